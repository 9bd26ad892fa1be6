/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/html_body.h"

#include <string.h>

/* Measured on the 92 pages of the public article-extraction benchmark that we hold. */
#define GOOD_BYTES 80    /* a paragraph of the article is seldom shorter, a teaser or button seldom longer */
#define ROOT_SHARE 50    /* per cent of the page's good text that makes <article> or <main> the beginning */
#define DESCEND_SHARE 85 /* per cent of it that one child must hold to be gone into */
#define FURNITURE_SHARE 60 /* per cent of it that an element called furniture must hold to be none */
#define COMMENTS_SHARE 95  /* the same for readers' comments, which may well be most of a page */
#define LINK_SHARE 50      /* per cent of a block's bytes in links that make it no paragraph */

/* What holds no words of the article, whatever its size … */
static const char *const SKIPPED[] = {"script",   "style", "noscript", "button", "select", "textarea",
                                      "iframe",   "svg",   "object",   "video",  "audio",  "canvas",
                                      "template", "head",  "input",    "img",    "dialog", NULL};

/* … and what is furniture unless most of the page is in it. */
static const char *const ASIDE[] = {"nav",        "aside",    "footer", "form", "figure",
                                    "figcaption", "fieldset", "label",  "menu", NULL};

static const char *const BLOCKS[] = {"p",      "div",  "h1",    "h2",     "h3",      "h4",      "h5",
                                     "h6",     "li",   "ul",    "ol",     "dl",      "dt",      "dd",
                                     "td",     "tr",   "table", "tbody",  "section", "article", "pre",
                                     "main",   "body", "hr",    "center", "header",  "address", "blockquote",
                                     "figure", "html", "th",    "thead",  NULL};

/* Parts of class and id names by which pages call their furniture. */
static const char *const FURNITURE[] = {
    "comment",    "share",        "sharing",       "social",          "related",   "recirc",
    "newsletter", "subscri",      "promo",         "sidebar",         "side-bar",  "breadcrumb",
    "footer",     "footnote",     "navigation",    "navbar",          "menu",      "popup",
    "modal",      "cookie",       "advert",        "sponsor",         "outbrain",  "taboola",
    "caption",    "credit",       "byline",        "author-bio",      "authorbio", "author-info",
    "tags",       "tag-list",     "most-read",     "mostread",        "trending",  "recommend",
    "read-more",  "readmore",     "more-on",       "toolbar",         "masthead",  "signup",
    "sign-up",    "print-only",   "screen-reader", "visually-hidden", "sr-only",   "skip-link",
    "copyright",  "timestamp",    "dateline",      "pagination",      "pager",     "gallery",
    "slideshow",  "video-player", "donat",         "jump-to",         "teaser",    "disclaimer",
    NULL};

static const char *const COMMENTS[] = {"comment", "disqus", "discussion", NULL};

/* TRUE where the element's class or id has one of NAMES in it. */
static gboolean is_called(const xmlNode *node, const char *const *names) {
  static const char *const attributes[] = {"class", "id"};
  for (gsize a = 0; a < G_N_ELEMENTS(attributes); a++) {
    const char *value = onr_html_get(node, attributes[a]);
    g_autofree char *lower = value ? g_ascii_strdown(value, -1) : NULL;
    for (guint i = 0; lower && names[i]; i++)
      if (strstr(lower, names[i]))
        return TRUE;
  }
  return FALSE;
}

static gboolean is_hidden(const xmlNode *node) {
  const char *style = onr_html_get(node, "style");
  const char *aria = onr_html_get(node, "aria-hidden");
  return onr_html_get(node, "hidden") || (aria && strcmp(aria, "true") == 0) ||
         (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

/* Bytes of good text in and below each element. */
typedef struct {
  GHashTable *bytes;
  gsize page_bytes; /* 0 while the page is being weighed for the first time: then all of it is looked at */
} Weights;

static gsize weight_of(const Weights *weights, const xmlNode *node) {
  return GPOINTER_TO_SIZE(g_hash_table_lookup(weights->bytes, node));
}

/* Pages call their outermost element "has-sidebar" and put all into a form: what holds most of the good text
 * is no furniture. */
static gboolean is_left_out(const xmlNode *node, const Weights *weights) {
  if (node->type != XML_ELEMENT_NODE)
    return node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE;
  if (onr_html_is_any(node, SKIPPED) || is_hidden(node))
    return TRUE;
  if (weights->page_bytes == 0)
    return FALSE;
  gsize share = weight_of(weights, node) * 100 / weights->page_bytes;
  return (share <= COMMENTS_SHARE && is_called(node, COMMENTS)) ||
         (share <= FURNITURE_SHARE && (onr_html_is_any(node, ASIDE) || is_called(node, FURNITURE)));
}

/* --- blocks --- */

/* One run of words between block elements. */
typedef struct {
  GString *words;
  gsize link_bytes;  /* of words inside <a> */
  const xmlNode *in; /* the block element that it stands in */
} Block;

typedef void (*BlockFunc)(const Block *block, gpointer data);

typedef struct {
  Block block;
  guint n_breaks; /* <br> since the last word */
  gboolean is_gap, is_preformatted;
  const Weights *weights;
  BlockFunc each;
  gpointer data;
} Walk;

static void end_block(Walk *walk) {
  if (walk->block.words->len > 0)
    walk->each(&walk->block, walk->data);
  g_string_truncate(walk->block.words, 0);
  walk->block.link_bytes = 0;
  walk->is_gap = FALSE;
  walk->n_breaks = 0;
}

static void add_words(Walk *walk, const char *text, gboolean in_link) {
  GString *words = walk->block.words;
  for (; *text; text++) {
    gboolean is_no_break = (guchar)text[0] == 0xc2 && (guchar)text[1] == 0xa0;
    if (g_ascii_isspace(*text) || is_no_break) {
      walk->is_gap = words->len > 0;
      text += is_no_break ? 1 : 0;
      continue;
    }
    if (walk->n_breaks > 1 && words->len > 0)
      end_block(walk);
    if (walk->n_breaks == 1 && words->len > 0)
      g_string_append_c(words, '\n');
    else if (walk->is_gap && words->len > 0)
      g_string_append_c(words, ' ');
    walk->is_gap = FALSE;
    walk->n_breaks = 0;
    g_string_append_c(words, *text);
    walk->block.link_bytes += in_link ? 1 : 0;
  }
}

/* Calls EACH for the blocks below NODE. libxml2 bounds a page's depth at 256. */
static void walk_blocks(Walk *walk, xmlNode *node, gboolean in_link) {
  if (is_left_out(node, walk->weights))
    return;
  if (node->type != XML_ELEMENT_NODE) {
    add_words(walk, (const char *)node->content, in_link);
    return;
  }
  if (onr_html_is(node, "br")) {
    walk->n_breaks++;
    return;
  }
  gboolean is_block = onr_html_is_any(node, BLOCKS);
  const xmlNode *outer = walk->block.in;
  if (is_block) {
    end_block(walk);
    walk->block.in = node;
  }
  for (xmlNode *child = node->children; child; child = child->next)
    walk_blocks(walk, child, in_link || onr_html_is(node, "a"));
  if (is_block) {
    end_block(walk);
    walk->block.in = outer;
  }
}

static void each_block(xmlNode *root, const Weights *weights, BlockFunc each, gpointer data) {
  Walk walk = {
      .block = {.words = g_string_new(NULL), .in = root}, .weights = weights, .each = each, .data = data};
  walk_blocks(&walk, root, FALSE);
  end_block(&walk);
  g_string_free(walk.block.words, TRUE);
}

static gboolean is_mostly_links(const Block *block) {
  return block->link_bytes * 100 > block->words->len * LINK_SHARE;
}

/* --- the element that holds the article --- */

static void weigh_block(const Block *block, gpointer data) {
  Weights *weights = data;
  if (block->words->len < GOOD_BYTES || is_mostly_links(block))
    return;
  for (const xmlNode *node = block->in; node && node->type == XML_ELEMENT_NODE; node = node->parent)
    g_hash_table_insert(weights->bytes, (gpointer)node,
                        GSIZE_TO_POINTER(weight_of(weights, node) + block->words->len));
}

/* 3: itemprop=articleBody, 2: <article>, 1: <main> */
static int root_class(const xmlNode *node) {
  if (onr_html_has_word(node, "itemprop", "articleBody"))
    return 3;
  if (onr_html_is(node, "article"))
    return 2;
  return onr_html_is(node, "main") || onr_html_has_word(node, "role", "main") ? 1 : 0;
}

static xmlNode *choose_root(xmlNode *body, const Weights *weights) {
  xmlNode *best = body;
  int best_class = 0;
  gsize best_weight = 0, enough = weight_of(weights, body) * ROOT_SHARE / 100;
  for (xmlNode *node = body; node; node = onr_html_next(node, body, TRUE)) {
    int class = node->type == XML_ELEMENT_NODE ? root_class(node) : 0;
    gsize weight = weight_of(weights, node);
    if (class == 0 || weight <= enough || class < best_class ||
        (class == best_class && weight <= best_weight))
      continue;
    best = node;
    best_class = class;
    best_weight = weight;
  }
  return best;
}

static xmlNode *descend(xmlNode *root, const Weights *weights) {
  for (;;) {
    xmlNode *heaviest = NULL;
    for (xmlNode *child = root->children; child; child = child->next)
      if (!heaviest || weight_of(weights, child) > weight_of(weights, heaviest))
        heaviest = child;
    if (!heaviest || weight_of(weights, heaviest) * 100 < weight_of(weights, root) * DESCEND_SHARE ||
        weight_of(weights, heaviest) == 0 || onr_html_is(heaviest, "p"))
      return root;
    root = heaviest;
  }
}

/* --- out --- */

typedef struct {
  GString *out;
  const char *title;
  gsize heading_begin; /* of a heading that waits for a paragraph behind it; G_MAXSIZE: none */
} Body;

static void write_block(const Block *block, gpointer data) {
  static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};
  Body *body = data;
  if (is_mostly_links(block))
    return;
  gboolean is_heading = onr_html_is_any(block->in, headings);
  if (is_heading && body->title && strcmp(body->title, block->words->str) == 0)
    return;
  if (!is_heading)
    body->heading_begin = G_MAXSIZE;
  else if (body->heading_begin == G_MAXSIZE)
    body->heading_begin = body->out->len;
  if (body->out->len > 0)
    g_string_append(body->out, "\n\n");
  g_string_append_len(body->out, block->words->str, (gssize)block->words->len);
}

void onr_html_append_body(xmlDoc *tree, const char *title, GString *out) {
  xmlNode *root = xmlDocGetRootElement(tree), *page = root;
  for (xmlNode *node = root->children; node; node = node->next)
    if (onr_html_is(node, "body"))
      page = node;
  Weights all = {.bytes = g_hash_table_new(NULL, NULL)}, kept = {.bytes = g_hash_table_new(NULL, NULL)};
  each_block(page, &all, weigh_block, &all);
  all.page_bytes = weight_of(&all, page);
  each_block(page, &all, weigh_block, &kept);
  xmlNode *article = descend(choose_root(page, &kept), &kept);
  Body body = {.out = out, .title = title, .heading_begin = G_MAXSIZE};
  each_block(article, &all, write_block, &body);
  g_hash_table_unref(all.bytes);
  g_hash_table_unref(kept.bytes);
  if (body.heading_begin != G_MAXSIZE)
    g_string_truncate(out, body.heading_begin);
}
