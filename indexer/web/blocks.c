/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/blocks.h"

#include <string.h>

#define GOOD_BYTES 80 /* a paragraph of the article is seldom shorter, a teaser or button seldom longer */
#define LINK_SHARE 50 /* per cent of a block's bytes in links that make it no paragraph */

static const char *const BLOCKS[] = {
    "p",          "div",     "h1",      "h2",         "h3",    "h4",     "h5",     "h6",     "li",
    "ul",         "ol",      "dl",      "dt",         "dd",    "td",     "tr",     "table",  "tbody",
    "section",    "article", "pre",     "main",       "body",  "hr",     "center", "header", "address",
    "blockquote", "figure",  "html",    "th",         "thead", "footer", "aside",  "nav",    "form",
    "fieldset",   "details", "summary", "figcaption", NULL};

/* --- elements, numbered --- */

static void number_elements(OnrHtmlBlocks *page, xmlNode *node, guint32 parent) {
  OnrFurniture furniture = onr_html_furniture(node);
  node->_private = NULL;
  if (furniture == ONR_FURNITURE_NO_TEXT)
    return;
  guint32 number = page->elements->len;
  OnrHtmlElement element = {.node = node, .parent = parent, .furniture = (guint8)furniture};
  g_array_append_val(page->elements, element);
  node->_private = GUINT_TO_POINTER(number + 1);
  for (xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      number_elements(page, child, number);
  onr_html_element(page, number)->end = page->elements->len;
}

/* --- blocks, cut --- */

typedef enum {
  LINK_NONE,
  LINK_HERE, /* to a place in this page */
  LINK_AWAY
} Link;

/* What the words in NODE are linked to, which stands in AROUND. */
static Link link_of(const xmlNode *node, Link around) {
  if (!onr_html_is(node, "a"))
    return around;
  const char *href = onr_html_get(node, "href");
  return href && *href == '#' ? LINK_HERE : LINK_AWAY;
}

typedef struct {
  OnrHtmlBlocks *page;
  OnrHtmlBlock block; /* the one that is open */
  guint32 element;    /* the innermost block element */
  guint n_breaks;     /* <br> since the last word */
  gboolean is_gap;
  gboolean is_preformatted; /* inside <pre>: a blank line ends a block */
} Walk;

static void end_block(Walk *walk) {
  walk->block.length = (guint32)walk->page->words->len - walk->block.begin;
  walk->block.element = walk->element;
  if (walk->block.length > 0)
    g_array_append_val(walk->page->blocks, walk->block);
  walk->block = (OnrHtmlBlock){.begin = (guint32)walk->page->words->len};
  walk->is_gap = FALSE;
  walk->n_breaks = 0;
}

/* Bytes of white space at P: blanks, line ends, no-break and zero-width space, byte order marks. */
static gsize space_at(const char *p) {
  const guchar *u = (const guchar *)p;
  if (g_ascii_isspace(*p))
    return 1;
  if (u[0] == 0xc2 && u[1] == 0xa0)
    return 2;
  gboolean is_zero_width = u[0] == 0xe2 && u[1] == 0x80 && u[2] == 0x8b;
  return is_zero_width || (u[0] == 0xef && u[1] == 0xbb && u[2] == 0xbf) ? 3 : 0;
}

/* What stands between the words before and those that come. */
static void join_words(Walk *walk) {
  if (walk->n_breaks > 1)
    end_block(walk);
  if (walk->page->words->len > walk->block.begin && (walk->n_breaks == 1 || walk->is_gap))
    g_string_append_c(walk->page->words, walk->n_breaks == 1 ? '\n' : ' ');
  walk->is_gap = FALSE;
  walk->n_breaks = 0;
}

static void count_word(OnrHtmlBlock *block, guint32 n_bytes, Link link) {
  block->is_led_to = FALSE;
  if (link != LINK_NONE) {
    block->leads_away |= link == LINK_AWAY;
    block->link_bytes += n_bytes;
    block->tail_bytes = 0;
  } else if (block->link_bytes == 0) {
    block->head_bytes += n_bytes;
  } else {
    block->tail_bytes += n_bytes;
  }
}

static void add_words(Walk *walk, const char *p, Link link) {
  guint n_lines = 0;
  while (*p) {
    gsize n_space = space_at(p);
    if (n_space > 0) {
      walk->is_gap = TRUE;
      n_lines += *p == '\n' ? 1 : 0;
      if (walk->is_preformatted && n_lines > 1)
        end_block(walk);
      p += n_space;
      continue;
    }
    const char *begin = p;
    n_lines = 0;
    while (*p && space_at(p) == 0)
      p++;
    join_words(walk);
    g_string_append_len(walk->page->words, begin, p - begin);
    count_word(&walk->block, (guint32)(p - begin), link);
  }
}

/* Calls itself for what is below NODE: libxml2 bounds a page's depth at 256. */
static void walk_node(Walk *walk, xmlNode *node, Link link) {
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    add_words(walk, (const char *)node->content, link);
  if (node->type != XML_ELEMENT_NODE || !node->_private)
    return;
  guint32 number = GPOINTER_TO_UINT(node->_private) - 1, outer = walk->element;
  if (onr_html_element(walk->page, number)->is_left_out) {
    walk->block.is_led_to |=
        walk->page->words->len > walk->block.begin && link_of(node, LINK_NONE) == LINK_AWAY;
    return;
  }
  if (onr_html_is(node, "br")) {
    walk->n_breaks++;
    return;
  }
  gboolean is_block = onr_html_is_any(node, BLOCKS), was_preformatted = walk->is_preformatted;
  walk->is_preformatted |= onr_html_is(node, "pre");
  if (is_block) {
    end_block(walk);
    walk->element = number;
  }
  onr_html_element(walk->page, number)->begin_block = walk->page->blocks->len;
  for (xmlNode *child = node->children; child; child = child->next)
    walk_node(walk, child, link_of(node, link));
  if (is_block) {
    end_block(walk);
    walk->element = outer;
  }
  walk->is_preformatted = was_preformatted;
  onr_html_element(walk->page, number)->end_block = walk->page->blocks->len;
}

void onr_html_blocks_cut(OnrHtmlBlocks *page) {
  g_array_set_size(page->blocks, 0);
  g_string_truncate(page->words, 0);
  Walk walk = {.page = page};
  walk_node(&walk, onr_html_element(page, 0)->node, LINK_NONE);
  end_block(&walk);
}

OnrHtmlBlocks *onr_html_blocks_new(xmlNode *root) {
  OnrHtmlBlocks *page = g_new0(OnrHtmlBlocks, 1);
  page->elements = g_array_new(FALSE, FALSE, sizeof(OnrHtmlElement));
  page->blocks = g_array_new(FALSE, FALSE, sizeof(OnrHtmlBlock));
  page->words = g_string_new(NULL);
  number_elements(page, root, 0);
  if (page->elements->len > 0)
    onr_html_blocks_cut(page);
  return page;
}

void onr_html_blocks_free(OnrHtmlBlocks *page) {
  if (!page)
    return;
  g_array_unref(page->elements);
  g_array_unref(page->blocks);
  g_string_free(page->words, TRUE);
  g_free(page);
}

gboolean onr_html_block_is_links(const OnrHtmlBlock *block) {
  return block->link_bytes * 100 > block->length * LINK_SHARE &&
         block->length - block->link_bytes < GOOD_BYTES;
}

gboolean onr_html_block_is_ended(const OnrHtmlBlocks *page, const OnrHtmlBlock *block) {
  static const char *const closing[] = {"\"", "'", ")", "”", "’", "»", "“"};
  const char *words = onr_html_block_words(page, block), *end = words + block->length;
  for (gsize i = 0; i < G_N_ELEMENTS(closing); i++) {
    gsize n = strlen(closing[i]);
    if ((gsize)(end - words) > n && memcmp(end - n, closing[i], n) == 0) {
      end -= n;
      break;
    }
  }
  return end > words && end[-1] != '\0' && strchr(".!?", end[-1]);
}

gboolean onr_html_block_is_sentence(const OnrHtmlBlocks *page, const OnrHtmlBlock *block) {
  const guint32 least_bytes = 8;
  gboolean is_label = memchr(onr_html_block_words(page, block), ':',
                             MIN(block->length, block->head_bytes + block->head_bytes / 2)) != NULL;
  return onr_html_block_is_ended(page, block) &&
         (block->tail_bytes >= least_bytes || (block->head_bytes >= least_bytes && !is_label));
}

gboolean onr_html_block_is_good(const OnrHtmlBlock *block) {
  return block->length >= GOOD_BYTES && !onr_html_block_is_links(block);
}
