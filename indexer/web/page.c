/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/page.h"

#include "indexer/web/byline.h"
#include "indexer/web/items.h"
#include "indexer/web/names.h"
#include "indexer/web/words.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LINE_BYTES 300 /* of a byline or a date with its labels; a longer one is a paragraph */
#define MAX_WORDS_BYTES                                                                                      \
  160                   /* of a text that is looked at for a date or "By …" though nothing calls it so     \
                         */
#define MAX_HEADINGS 10 /* <h2> that are titles where <h1> is the site's name: among the first */

typedef struct {
  OnrHtmlPage *page;
  guint at; /* bytes of words so far */
  guint n_items, n_headings;
} Walk;

/* What an element inherits. */
typedef struct {
  const xmlNode *furniture;
  OnrItem item;
} Around;

static void claim_element(Walk *walk, xmlNode *node, const Around *around, OnrClaim claim) {
  claim.node = node;
  claim.furniture = around->furniture;
  claim.at = walk->at;
  onr_claims_add(&walk->page->claims, claim);
}

static void claim_words(Walk *walk, xmlNode *node, const Around *around, gsize max_bytes, OnrClaim claim) {
  g_autoptr(GString) words = g_string_new(NULL);
  if (!onr_html_append_words(node, max_bytes, words))
    return;
  claim.value = words->str;
  claim_element(walk, node, around, claim);
}

static void read_link(Walk *walk, const xmlNode *node) {
  const char *href = onr_html_get(node, "href");
  if (href && onr_html_has_word(node, "rel", "canonical"))
    onr_claims_add(&walk->page->claims,
                   (OnrClaim){.kind = ONR_CLAIM_URL, .origin = ONR_ORIGIN_META, .value = href});
}

static gboolean says(const xmlNode *meta, const char *attribute, const char *name, const char *value) {
  const char *own = onr_html_get(meta, attribute), *content = onr_html_get(meta, "content");
  return own && content && strcmp(own, name) == 0 && g_ascii_strcasecmp(content, value) == 0;
}

static void read_meta(Walk *walk, const xmlNode *node, const Around *around) {
  if (around->item.kind == ONR_ITEM_OTHER)
    return;
  onr_html_read_named(node, &walk->page->claims);
  walk->page->is_article |= says(node, "property", "og:type", "article");
  walk->page->is_paid |= says(node, "property", "article:content_tier", "locked") ||
                         says(node, "itemprop", "isAccessibleForFree", "false");
}

static gboolean says_updated(const char *text) {
  static const char *const words[] = {"updat",   "modif",   "revis",     "edited",
                                      "actuali", "aktuali", "mis à jour"};
  g_autofree char *lower = g_utf8_strdown(text, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
    if (strstr(lower, words[i]))
      return TRUE;
  return FALSE;
}

/* Do the words before NODE, in its own block, say that it is when the article was changed? */
static gboolean is_labelled_updated(const xmlNode *node) {
  const xmlNode *before = node->prev ? node->prev : node->parent ? node->parent->prev : NULL;
  for (guint i = 0; before && i < 2; i++, before = before->prev) {
    g_autoptr(GString) text = g_string_new(NULL);
    if (before->type == XML_TEXT_NODE && before->content)
      g_string_append(text, (const char *)before->content);
    else if (before->type == XML_ELEMENT_NODE && !onr_html_is(before, "time"))
      onr_html_append_words((xmlNode *)before, 40, text);
    const char *word = g_strstrip(text->str);
    if (*word)
      return strlen(word) <= 60 && says_updated(word);
  }
  return FALSE;
}

static void read_time(Walk *walk, xmlNode *node, const Around *around, guint called) {
  const char *when = onr_html_get(node, "datetime");
  gboolean is_updated = (called & ONR_CALLED_UPDATED) ||
                        onr_html_has_word(node, "itemprop", "dateModified") ||
                        (!(called & ONR_CALLED_PUBLISHED) && is_labelled_updated(node));
  OnrClaim claim = {.kind = ONR_CLAIM_WHEN,
                    .origin = ONR_ORIGIN_PAGE,
                    .rank = onr_html_get(node, "pubdate") ? 0 : 1,
                    .value = when,
                    .is_updated = is_updated};
  if (when && *when)
    claim_element(walk, node, around, claim);
  else
    claim_words(walk, node, around, MAX_LINE_BYTES, claim);
}

/* What the element's class, id and rel call it. */
static void read_called(Walk *walk, xmlNode *node, const Around *around, guint called) {
  OnrClaim claim = {.kind = ONR_CLAIM_AUTHOR, .origin = ONR_ORIGIN_PAGE};
  if (onr_html_has_word(node, "rel", "author")) {
    claim_words(walk, node, around, MAX_LINE_BYTES, claim);
  } else if (called & (ONR_CALLED_BYLINE | ONR_CALLED_AUTHOR)) {
    claim.rank = called & ONR_CALLED_BYLINE ? 1 : 2;
    claim_words(walk, node, around, MAX_LINE_BYTES, claim);
  }
  if (called & ONR_CALLED_DATE) {
    claim = (OnrClaim){.kind = ONR_CLAIM_WHEN, .origin = ONR_ORIGIN_PAGE, .rank = 2};
    claim.is_updated = (called & ONR_CALLED_UPDATED) != 0;
    claim_words(walk, node, around, MAX_LINE_BYTES, claim);
  }
}

static void read_heading(Walk *walk, xmlNode *node, const Around *around, guint rank) {
  const gsize max_title_bytes = 600;
  if (rank > 0 && ++walk->n_headings > MAX_HEADINGS)
    return;
  g_autoptr(GString) words = g_string_new(NULL);
  if (!onr_html_append_words(node, max_title_bytes, words))
    return;
  g_string_replace(words, " | ", " ", 0); /* a title over two lines */
  claim_element(
      walk, node, around,
      (OnrClaim){.kind = ONR_CLAIM_HEADING, .origin = ONR_ORIGIN_PAGE, .rank = rank, .value = words->str});
}

static gboolean has_year(const char *text) {
  for (const char *p = text; (p = strpbrk(p, "12")); p++)
    if ((strncmp(p, "19", 2) == 0 || strncmp(p, "20", 2) == 0) && g_ascii_isdigit(p[2]) &&
        g_ascii_isdigit(p[3]))
      return TRUE;
  return FALSE;
}

/* TEXT begins with "By" or "Von". In other languages than English these are words that any sentence may begin
 * with. */
static void read_byline(Walk *walk, xmlNode *node, const Around *around, const char *text) {
  g_autoptr(GString) words = g_string_new(NULL);
  gsize n_by = onr_byline_begins(text);
  /* The name may be the next element: "By <a>Ada Moor</a>". */
  gboolean has_name = text[n_by] && text[n_by + 1] && !g_ascii_isspace(text[n_by + 1]);
  if (has_name)
    g_string_append(words, text);
  else if (!node->parent || !onr_html_append_words(node->parent, MAX_LINE_BYTES, words))
    return;
  g_strchomp(words->str);
  if (g_ascii_strncasecmp(text, "by", 2) != 0 && g_str_has_suffix(words->str, "."))
    return;
  OnrClaim claim = {.kind = ONR_CLAIM_AUTHOR, .origin = ONR_ORIGIN_WORDS, .value = words->str};
  claim_element(walk, has_name ? node : node->parent, around, claim);
}

/* A line that is worded like a date or a byline. */
static void read_words(Walk *walk, xmlNode *node, const Around *around, const char *text, gsize length) {
  if (length > MAX_WORDS_BYTES)
    return;
  OnrClaim claim = {.origin = ONR_ORIGIN_WORDS, .value = text};
  if (has_year(text)) {
    claim.kind = ONR_CLAIM_WHEN;
    claim.is_updated = is_labelled_updated(node);
    claim_element(walk, node, around, claim);
  }
  if (onr_byline_begins(text) > 0)
    read_byline(walk, node, around, text);
}

/* --- the walk --- */

typedef enum {
  TAG_OTHER,
  TAG_BASE,
  TAG_FURNITURE,
  TAG_H1,
  TAG_H2,
  TAG_HTML,
  TAG_LINK,
  TAG_META,
  TAG_SCRIPT,
  TAG_SKIPPED,
  TAG_TIME,
  TAG_TITLE
} Tag;

typedef struct {
  const char *name;
  Tag tag;
} TagName;

static int compare_tag(const void *name, const void *tag) {
  return strcmp(name, ((const TagName *)tag)->name);
}

static Tag tag_of(const xmlNode *node) {
  static const TagName tags[] = {/* in the order of strcmp */
                                 {"aside", TAG_FURNITURE},
                                 {"base", TAG_BASE},
                                 {"blockquote", TAG_FURNITURE},
                                 {"footer", TAG_FURNITURE},
                                 {"form", TAG_FURNITURE},
                                 {"h1", TAG_H1},
                                 {"h2", TAG_H2},
                                 {"html", TAG_HTML},
                                 {"iframe", TAG_SKIPPED},
                                 {"link", TAG_LINK},
                                 {"meta", TAG_META},
                                 {"nav", TAG_FURNITURE},
                                 {"noscript", TAG_SKIPPED},
                                 {"script", TAG_SCRIPT},
                                 {"select", TAG_SKIPPED},
                                 {"style", TAG_SKIPPED},
                                 {"svg", TAG_SKIPPED},
                                 {"template", TAG_SKIPPED},
                                 {"textarea", TAG_SKIPPED},
                                 {"time", TAG_TIME},
                                 {"title", TAG_TITLE}};
  static const char common[] = " a div span li p img ul i b br "; /* most of any page */
  const char *name = (const char *)node->name;
  gsize n = strlen(name);
  if (n <= 4) {
    char word[8] = " ";
    memcpy(word + 1, name, n);
    memcpy(word + 1 + n, " ", 2);
    if (strstr(common, word))
      return TAG_OTHER;
  }
  const TagName *found = bsearch(name, tags, G_N_ELEMENTS(tags), sizeof *tags, compare_tag);
  return found ? found->tag : TAG_OTHER;
}

/* What attributes an element has of those that are looked at, in one pass over them. */
typedef struct {
  guint called;
  gboolean has_item, has_rel;
} Attributes;

static Attributes attributes_of(const xmlNode *node) {
  Attributes found = {0};
  for (const xmlAttr *a = node->properties; a; a = a->next) {
    const char *name = (const char *)a->name;
    gboolean is_name =
        (*name == 'c' && strcmp(name, "class") == 0) || (*name == 'i' && strcmp(name, "id") == 0);
    if (is_name && a->children && a->children->content)
      found.called |= onr_html_called((const char *)a->children->content);
    found.has_item |=
        g_str_has_prefix(name, "item") || strcmp(name, "typeof") == 0 || strcmp(name, "property") == 0;
    found.has_rel |= strcmp(name, "rel") == 0;
  }
  return found;
}

static void walk_node(Walk *walk, xmlNode *node, Around around);

static void read_tag(Walk *walk, xmlNode *node, const Around *around, Tag tag, guint called) {
  if (tag == TAG_META) {
    read_meta(walk, node, around);
  } else if (tag == TAG_LINK) {
    read_link(walk, node);
  } else if (tag == TAG_BASE) {
    if (!walk->page->base)
      walk->page->base = onr_html_get(node, "href");
  } else if (tag == TAG_H1 || tag == TAG_H2) {
    read_heading(walk, node, around, tag == TAG_H1 ? 0 : 1);
  } else if (tag == TAG_TIME) {
    read_time(walk, node, around, called);
  } else if (tag == TAG_HTML) {
    const char *lang = onr_html_get(node, "lang");
    onr_claims_add(
        &walk->page->claims,
        (OnrClaim){.kind = ONR_CLAIM_LANGUAGE, .origin = ONR_ORIGIN_META, .rank = 2, .value = lang});
  }
}

static void read_element(Walk *walk, xmlNode *node, Around around, Tag tag) {
  Attributes attributes = attributes_of(node);
  guint called = attributes.called;
  /* The innermost: where it holds the headline, so do those around it. A page's own class tells its layout.
   */
  gboolean is_page = tag == TAG_HTML || onr_html_is(node, "body");
  if (!is_page && (tag == TAG_FURNITURE || (called & ONR_CALLED_FURNITURE)))
    around.furniture = node;
  if (tag != TAG_OTHER)
    read_tag(walk, node, &around, tag, called);
  if (attributes.has_item)
    around.item = onr_html_read_item(node, around.item, &walk->n_items, &walk->page->claims,
                                     (OnrClaim){.furniture = around.furniture, .at = walk->at});
  if (tag != TAG_TIME && node->children && (attributes.has_rel || (called & ~(guint)ONR_CALLED_FURNITURE)))
    read_called(walk, node, &around, called);
  for (xmlNode *child = node->children; child; child = child->next)
    walk_node(walk, child, around);
}

static void walk_element(Walk *walk, xmlNode *node, Around around) {
  Tag tag = tag_of(node);
  if (tag == TAG_SCRIPT)
    onr_linked_add(&walk->page->linked, node);
  else if (tag == TAG_TITLE)
    claim_words(walk, node, &around, ONR_MAX_CLAIM_BYTES,
                (OnrClaim){.kind = ONR_CLAIM_DOCUMENT, .origin = ONR_ORIGIN_META});
  else if (tag != TAG_SKIPPED)
    read_element(walk, node, around, tag);
}

/* libxml2 bounds a page's depth at 256. */
static void walk_node(Walk *walk, xmlNode *node, Around around) {
  if (node->type == XML_ELEMENT_NODE) {
    walk_element(walk, node, around);
  } else if (node->type == XML_TEXT_NODE && node->content) {
    const char *text = (const char *)node->content;
    text += strspn(text, " \t\r\n");
    gsize length = strlen(text);
    if (length >= strlen("By"))
      read_words(walk, node, &around, text, length);
    walk->at += (guint)length;
  }
}

/* <!-- saved from url=(0036)https://coast.example/1 --> before <html>, as Internet Explorer and its heirs
 * write it. */
static char *find_saved_from(xmlDoc *tree) {
  static const char mark[] = "saved from url=(";
  for (const xmlNode *node = tree->children; node; node = node->next) {
    const char *text = node->type == XML_COMMENT_NODE ? (const char *)node->content : NULL;
    const char *p = text ? strstr(text, mark) : NULL;
    p = p ? strchr(p, ')') : NULL;
    if (!p)
      continue;
    gsize n = strcspn(++p, " \t\r\n");
    return n > 0 ? g_strndup(p, n) : NULL;
  }
  return NULL;
}

void onr_html_page_read(xmlDoc *tree, OnrHtmlPage *out) {
  Walk walk = {.page = out};
  onr_claims_init(&out->claims);
  out->saved_from = find_saved_from(tree);
  walk_node(&walk, xmlDocGetRootElement(tree), (Around){.item = {ONR_ITEM_NONE, 0}});
  onr_linked_choose(&out->linked, &out->claims);
  onr_linked_claim(&out->linked, &out->claims);
  onr_claims_sort(&out->claims);
}

void onr_html_page_clear(OnrHtmlPage *page) {
  onr_claims_clear(&page->claims);
  onr_linked_clear(&page->linked);
  g_clear_pointer(&page->saved_from, g_free);
}
