/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/items.h"

#include "indexer/web/words.h"

#include <string.h>

#define RANKS_PER_ITEM 4
#define MAX_VALUE_BYTES 600

static const struct {
  const char *name;
  OnrClaimKind kind;
  guint rank;
} PROPERTIES[] = {
    {"headline", ONR_CLAIM_TITLE, 0},
    {"author", ONR_CLAIM_AUTHOR, 0},
    {"creator", ONR_CLAIM_AUTHOR, 2},
    {"datePublished", ONR_CLAIM_DATE, 0},
    {"dateCreated", ONR_CLAIM_DATE, 1},
    {"dateModified", ONR_CLAIM_UPDATED, 0},
    {"articleSection", ONR_CLAIM_SECTION, 0},
    {"publisher", ONR_CLAIM_PUBLISHER, 0},
    {"inLanguage", ONR_CLAIM_LANGUAGE, 0},
    {"mainEntityOfPage", ONR_CLAIM_URL, 0},
    {"dateline", ONR_CLAIM_DATELINE, 0},
    {"keywords", ONR_CLAIM_SUBJECT, 3},
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
  static const char *const articles[] = {"Article",       "BlogPosting", "/Report",
                                         "/CreativeWork", "/Review",     NULL};
  static const char *const pages[] = {"WebPage", "/WebSite", "/Blog", "/ItemList", "/ProfilePage", NULL};
  if (property && (strcmp(property, "author") == 0 || strcmp(property, "creator") == 0) &&
      outer.kind != ONR_ITEM_OTHER)
    return (OnrItem){ONR_ITEM_AUTHOR, outer.kind == ONR_ITEM_ARTICLE ? outer.rank : ONR_RANK_OUTSIDE};
  if (property && strcmp(property, "publisher") == 0 && outer.kind != ONR_ITEM_OTHER)
    return (OnrItem){ONR_ITEM_PUBLISHER, outer.rank};
  if (type && outer.kind != ONR_ITEM_OTHER && ends_with_type(type, articles))
    return (OnrItem){ONR_ITEM_ARTICLE, RANKS_PER_ITEM * (*n_items)++};
  if (type && outer.kind == ONR_ITEM_NONE && ends_with_type(type, pages))
    return outer;
  return (OnrItem){ONR_ITEM_OTHER, 0};
}

/* The value in an attribute: content, datetime, an address where one is wanted; or NULL, and the words count.
 */
static const char *attribute_of(const xmlNode *node, OnrClaimKind kind) {
  static const char *const attributes[] = {"content", "datetime"};
  for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++) {
    const char *value = onr_html_get(node, attributes[i]);
    if (value && *value)
      return value;
  }
  const char *title =
      kind == ONR_CLAIM_DATE && onr_html_is(node, "abbr") ? onr_html_get(node, "title") : NULL;
  if (title && *title)
    return title;
  const char *address = kind == ONR_CLAIM_URL ? onr_html_get(node, "href") : NULL;
  return address || kind != ONR_CLAIM_URL ? address : onr_html_get(node, "itemid");
}

typedef struct {
  xmlNode *node;
  OnrClaims *claims;
  OnrClaim place;
} Source;

static void claim(const Source *source, OnrClaimKind kind, guint rank) {
  OnrClaim made = source->place;
  made.kind = kind;
  made.origin = ONR_ORIGIN_ITEM;
  made.rank = rank;
  made.value = attribute_of(source->node, kind);
  g_autoptr(GString) words = g_string_new(NULL);
  if (!made.value && kind != ONR_CLAIM_URL) {
    made.node = source->node;
    if (!onr_html_append_words(source->node, MAX_VALUE_BYTES, words))
      return;
    made.value = words->str;
  }
  onr_claims_add(source->claims, made);
}

static void claim_property(const Source *source, const char *property, OnrItem item, gboolean is_item) {
  if (strcmp(property, "name") == 0) {
    if (item.kind == ONR_ITEM_AUTHOR)
      claim(source, ONR_CLAIM_AUTHOR, item.rank);
    else if (item.kind == ONR_ITEM_PUBLISHER)
      claim(source, ONR_CLAIM_PUBLISHER, item.rank);
    else if (item.kind == ONR_ITEM_ARTICLE)
      claim(source, ONR_CLAIM_TITLE, item.rank + 1);
    return;
  }
  if (item.kind != ONR_ITEM_ARTICLE && item.kind != ONR_ITEM_NONE)
    return;
  guint rank = item.kind == ONR_ITEM_ARTICLE ? item.rank : ONR_RANK_OUTSIDE;
  for (gsize i = 0; i < G_N_ELEMENTS(PROPERTIES); i++) {
    if (strcmp(property, PROPERTIES[i].name) != 0)
      continue;
    OnrClaimKind kind = PROPERTIES[i].kind;
    if (is_item && kind == ONR_CLAIM_PUBLISHER) /* its logo's words, and whatever else is in there */
      return;
    /* An author that is an item has a name inside; the words of all of it count where it has none. */
    claim(source, kind, rank + PROPERTIES[i].rank + (is_item && kind == ONR_CLAIM_AUTHOR ? 1 : 0));
  }
}

/* Each property of VALUE, a list of words, without its prefix: "schema:author", "headline name". */
static void claim_properties(const Source *source, const char *value, OnrItem item, gboolean is_item) {
  g_auto(GStrv) words = g_strsplit_set(value, " \t\n", 8);
  for (guint i = 0; words[i]; i++) {
    const char *colon = strrchr(words[i], ':');
    const char *name = colon ? colon + 1 : words[i];
    if (!colon || g_str_has_prefix(words[i], "schema:") || g_str_has_prefix(words[i], "s:") ||
        g_str_has_prefix(words[i], "http"))
      claim_property(source, strrchr(name, '/') ? strrchr(name, '/') + 1 : name, item, is_item);
  }
}

OnrItem onr_html_read_item(xmlNode *node, OnrItem item, guint *n_items, OnrClaims *claims, OnrClaim place) {
  const char *property = onr_html_get(node, "itemprop");
  const char *type = onr_html_get(node, "itemtype");
  gboolean is_item = onr_html_get(node, "itemscope") != NULL;
  if (!property && !is_item) { /* RDFa; a meta element's property is OpenGraph's as a rule */
    type = onr_html_get(node, "typeof");
    is_item = type != NULL;
    property = onr_html_is(node, "meta") ? NULL : onr_html_get(node, "property");
  }
  if (property)
    claim_properties(&(Source){node, claims, place}, property, item, is_item);
  return is_item ? begin_item(type, property, item, n_items) : item;
}
