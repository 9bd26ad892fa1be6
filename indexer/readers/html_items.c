/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/html_items.h"

#include "indexer/readers/html_words.h"

#include <string.h>

#define RANKS_PER_ITEM 4
#define RANK_OUTSIDE 10000   /* of properties outside any item */
#define MAX_VALUE_BYTES 600

static const struct {
  const char *name;
  OnrClaimKind kind;
  guint rank;
} PROPERTIES[] = {
    {"headline", ONR_CLAIM_TITLE, 0},          {"author", ONR_CLAIM_AUTHOR, 0},
    {"creator", ONR_CLAIM_AUTHOR, 2},          {"datePublished", ONR_CLAIM_DATE, 0},
    {"dateCreated", ONR_CLAIM_DATE, 1},        {"dateModified", ONR_CLAIM_UPDATED, 0},
    {"articleSection", ONR_CLAIM_SECTION, 0},  {"publisher", ONR_CLAIM_PUBLISHER, 0},
    {"inLanguage", ONR_CLAIM_LANGUAGE, 0},     {"mainEntityOfPage", ONR_CLAIM_URL, 0},
    {"dateline", ONR_CLAIM_DATELINE, 0},       {"keywords", ONR_CLAIM_SUBJECT, 3},
    {"genre", ONR_CLAIM_GENRE, 0},
};

static gboolean ends_with_type(const char *type, const char *const *names) {
  gsize n = strlen(type);
  for (; *names; names++) {
    gsize k = strlen(*names);
    if (n >= k && g_ascii_strcasecmp(type + n - k, *names) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The item that NODE begins with TYPE, as PROPERTY (which may be NULL) of the one it stands in. */
static OnrItem begin_item(const char *type, const char *property, OnrItem outer, guint *n_items) {
  static const char *const articles[] = {"Article", "BlogPosting", "/Report", "/CreativeWork", "/Review", NULL};
  static const char *const pages[] = {"WebPage", "/WebSite", "/Blog", "/ItemList", "/ProfilePage", NULL};
  if (property && (strcmp(property, "author") == 0 || strcmp(property, "creator") == 0) &&
      outer.kind != ONR_ITEM_OTHER)
    return (OnrItem){ONR_ITEM_AUTHOR, outer.kind == ONR_ITEM_ARTICLE ? outer.rank : RANK_OUTSIDE};
  if (property && strcmp(property, "publisher") == 0 && outer.kind != ONR_ITEM_OTHER)
    return (OnrItem){ONR_ITEM_PUBLISHER, outer.rank};
  if (type && outer.kind != ONR_ITEM_OTHER && ends_with_type(type, articles))
    return (OnrItem){ONR_ITEM_ARTICLE, RANKS_PER_ITEM * (*n_items)++};
  if (type && outer.kind == ONR_ITEM_NONE && ends_with_type(type, pages))
    return outer;
  return (OnrItem){ONR_ITEM_OTHER, 0};
}

/* content, datetime, an address where one is wanted, else the words. */
static char *value_of(xmlNode *node, OnrClaimKind kind) {
  static const char *const attributes[] = {"content", "datetime", NULL, NULL};
  for (gsize i = 0; attributes[i]; i++) {
    const char *value = onr_html_get(node, attributes[i]);
    if (value && *value)
      return g_strdup(value);
  }
  if (kind == ONR_CLAIM_URL) {
    const char *address = onr_html_get(node, "href");
    return g_strdup(address ? address : onr_html_get(node, "itemid"));
  }
  g_autoptr(GString) words = g_string_new(NULL);
  return onr_html_append_words(node, MAX_VALUE_BYTES, words) ? g_strdup(words->str) : NULL;
}

static void claim(xmlNode *node, OnrClaimKind kind, guint rank, OnrClaims *claims) {
  g_autofree char *value = value_of(node, kind);
  onr_claims_add(claims, (OnrClaim){.kind = kind, .origin = ONR_ORIGIN_ITEM, .rank = rank, .value = value});
}

static void claim_property(xmlNode *node, const char *property, OnrItem item, gboolean is_item, OnrClaims *claims) {
  if (strcmp(property, "name") == 0) {
    if (item.kind == ONR_ITEM_AUTHOR)
      claim(node, ONR_CLAIM_AUTHOR, item.rank, claims);
    else if (item.kind == ONR_ITEM_PUBLISHER)
      claim(node, ONR_CLAIM_PUBLISHER, item.rank, claims);
    else if (item.kind == ONR_ITEM_ARTICLE)
      claim(node, ONR_CLAIM_TITLE, item.rank + 1, claims);
    return;
  }
  if (item.kind != ONR_ITEM_ARTICLE && item.kind != ONR_ITEM_NONE)
    return;
  guint rank = item.kind == ONR_ITEM_ARTICLE ? item.rank : RANK_OUTSIDE;
  for (gsize i = 0; i < G_N_ELEMENTS(PROPERTIES); i++) {
    if (strcmp(property, PROPERTIES[i].name) != 0)
      continue;
    OnrClaimKind kind = PROPERTIES[i].kind;
    if (is_item && kind == ONR_CLAIM_PUBLISHER) /* its logo's words, and whatever else is in there */
      return;
    /* An author that is an item has a name inside; the words of all of it count where it has none. */
    claim(node, kind, rank + PROPERTIES[i].rank + (is_item && kind == ONR_CLAIM_AUTHOR ? 1 : 0), claims);
  }
}

/* Each property of VALUE, a list of words, without its prefix: "schema:author", "headline name". */
static void claim_properties(xmlNode *node, const char *value, OnrItem item, gboolean is_item, OnrClaims *claims) {
  g_auto(GStrv) words = g_strsplit_set(value, " \t\n", 8);
  for (guint i = 0; words[i]; i++) {
    const char *colon = strrchr(words[i], ':');
    const char *name = colon ? colon + 1 : words[i];
    if (!colon || g_str_has_prefix(words[i], "schema:") || g_str_has_prefix(words[i], "s:") ||
        g_str_has_prefix(words[i], "http"))
      claim_property(node, strrchr(name, '/') ? strrchr(name, '/') + 1 : name, item, is_item, claims);
  }
}

OnrItem onr_html_read_item(xmlNode *node, OnrItem item, guint *n_items, OnrClaims *claims) {
  const char *property = onr_html_get(node, "itemprop");
  const char *type = onr_html_get(node, "itemtype");
  gboolean is_item = onr_html_get(node, "itemscope") != NULL;
  if (!property && !is_item) { /* RDFa; a meta element's property is OpenGraph's as a rule */
    type = onr_html_get(node, "typeof");
    is_item = type != NULL;
    property = onr_html_is(node, "meta") ? NULL : onr_html_get(node, "property");
  }
  if (property)
    claim_properties(node, property, item, is_item, claims);
  return is_item ? begin_item(type, property, item, n_items) : item;
}
