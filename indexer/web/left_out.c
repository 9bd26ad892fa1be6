/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/left_out.h"

#include <string.h>

/* Shares are per cent of good text; see body.c. */
#define FURNITURE_SHARE 60 /* of the page's that an element called furniture must hold to be none */
#define COMMENTS_SHARE 95  /* the same for readers' comments, which may well be most of a page */
#define SECTION_SHARE 40   /* the same for a section under a heading of furniture */
#define TEASER_BYTES 700   /* of good text in a teaser, at most */
#define MIN_TEASERS 3      /* in a row */
#define MIN_TURNS 8        /* of a talk in short sentences */

static const char *const HEADINGS[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};

const xmlNode *onr_html_node(const OnrHtmlBlocks *page, guint32 number) {
  return onr_html_element(page, number)->node;
}

gboolean onr_html_is_heading(const OnrHtmlBlocks *page, const OnrHtmlBlock *block) {
  return onr_html_is_any(onr_html_node(page, block->element), HEADINGS);
}

/* --- weights --- */

/* Questions and answers may all be short: a row of MIN_TURNS and more sentences, each a paragraph of one
   element, is as good as what is long. Adds what such a row from block *AT on has to its element; *AT is
   moved behind it. */
static void weigh_turns(OnrHtmlBlocks *page, guint *at) {
  guint32 parent = onr_html_element(page, onr_html_block(page, *at)->element)->parent, bytes = 0;
  guint n = 0;
  for (; *at < page->blocks->len; ++*at, n++) {
    const OnrHtmlBlock *block = onr_html_block(page, *at);
    const OnrHtmlElement *element = onr_html_element(page, block->element);
    if (element->parent != parent || !onr_html_is(element->node, "p") || onr_html_block_is_links(block) ||
        !onr_html_block_is_ended(page, block))
      break;
    bytes += onr_html_block_is_good(block) ? 0 : block->length;
  }
  if (n >= MIN_TURNS)
    onr_html_element(page, parent)->good_bytes += bytes;
  *at += n == 0 ? 1 : 0;
}

void onr_html_weigh(OnrHtmlBlocks *page) {
  for (guint32 i = 0; i < page->elements->len; i++)
    onr_html_element(page, i)->good_bytes = 0;
  for (guint i = 0; i < page->blocks->len; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (onr_html_block_is_good(block))
      onr_html_element(page, block->element)->good_bytes += block->length;
  }
  for (guint at = 0; at < page->blocks->len;)
    weigh_turns(page, &at);
  for (guint32 i = page->elements->len; i-- > 1;) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (!element->is_left_out)
      onr_html_element(page, element->parent)->good_bytes += element->good_bytes;
  }
}

guint64 onr_html_share(const OnrHtmlElement *element, guint32 of_bytes) {
  return of_bytes ? (guint64)element->good_bytes * 100 / of_bytes : 0;
}

/* --- what is left out --- */

/* Brothers of one name are one thing in parts: what an element shares its name with is of one parent. The
 * caller frees it. */
static char *name_of_row(const OnrHtmlElement *element) {
  const char *class = onr_html_get(element->node, "class");
  return g_strdup_printf("%u %s %s", element->parent, (const char *)element->node->name, class ? class : "");
}

/* The good text of all elements called FURNITURE, by name_of_row. */
static GHashTable *weigh_rows(const OnrHtmlBlocks *page, OnrFurniture furniture) {
  GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint32 i = 1; i < page->elements->len; i++) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (element->furniture != furniture || element->good_bytes == 0)
      continue;
    char *name = name_of_row(element);
    guint bytes = GPOINTER_TO_UINT(g_hash_table_lookup(rows, name)) + element->good_bytes;
    g_hash_table_insert(rows, name, GUINT_TO_POINTER(bytes));
  }
  return rows;
}

gboolean onr_html_is_prose(const OnrHtmlBlocks *page, const OnrHtmlElement *element) {
  for (guint i = element->begin_block; i < element->end_block; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (block->length >= ONR_HEADLINE_BYTES && onr_html_block_is_links(block) && block->leads_away)
      return FALSE;
  }
  return element->good_bytes > 0;
}

static void leave_out_named(OnrHtmlBlocks *page, OnrFurniture furniture, guint most_share) {
  guint32 page_bytes = onr_html_element(page, 0)->good_bytes;
  g_autoptr(GHashTable) rows = weigh_rows(page, furniture);
  for (guint32 i = 1; i < page->elements->len; i++) {
    OnrHtmlElement *element = onr_html_element(page, i);
    if (element->furniture != furniture ||
        (furniture == ONR_FURNITURE_TEASER && onr_html_is_prose(page, element)))
      continue;
    g_autofree char *name = element->good_bytes > 0 ? name_of_row(element) : NULL;
    guint64 bytes = name ? GPOINTER_TO_UINT(g_hash_table_lookup(rows, name)) : 0;
    if (bytes * 100 <= (guint64)page_bytes * most_share)
      element->is_left_out = TRUE;
  }
}

/* A small window that opens over a name in the text: links and nothing else, inside a paragraph. */
static gboolean is_popup(const OnrHtmlElement *element) {
  const guint many_links = 2;
  guint n_links = 0;
  for (xmlNode *node = element->node; node;
       node = onr_html_next(node, element->node, !onr_html_is(node, "a"))) {
    n_links += onr_html_is(node, "a") ? 1 : 0;
    if (node->type == XML_TEXT_NODE && !xmlIsBlankNode(node))
      return FALSE;
  }
  return n_links >= many_links;
}

static void leave_out_popups(OnrHtmlBlocks *page) {
  for (guint32 i = 1; i < page->elements->len; i++) {
    OnrHtmlElement *element = onr_html_element(page, i);
    if (onr_html_is(element->node, "span") && element->end - i > 2 && is_popup(element))
      element->is_left_out = TRUE;
  }
}

/* The section that a heading in element NUMBER opens: the highest element in which it is the first block, as
   long as that does not hold much of the page; 0 where that is the heading's element itself. */
static guint32 section_of(const OnrHtmlBlocks *page, guint32 number, guint32 page_bytes) {
  const OnrHtmlElement *heading = onr_html_element(page, number);
  guint32 section = 0;
  for (guint32 i = heading->parent; i > 0; i = onr_html_element(page, i)->parent) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (element->begin_block != heading->begin_block || onr_html_share(element, page_bytes) > SECTION_SHARE)
      break;
    section = i;
  }
  return section;
}

static void leave_out_sections(OnrHtmlBlocks *page, guint32 page_bytes) {
  for (guint i = 0; i < page->blocks->len; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (!onr_html_is_heading(page, block) ||
        !onr_html_is_furniture_heading(onr_html_block_words(page, block), block->length))
      continue;
    guint32 section = section_of(page, block->element, page_bytes);
    if (section > 0)
      onr_html_element(page, section)->is_left_out = TRUE;
  }
}

/* A linked headline, and no more good text than a teaser has. */
static gboolean is_teaser(const OnrHtmlBlocks *page, const OnrHtmlElement *element) {
  static const char *const tags[] = {"li", "article", "div", "section", "td", "a", NULL};
  const guint max_blocks = 8;
  if (element->good_bytes > TEASER_BYTES || element->end_block - element->begin_block > max_blocks ||
      !onr_html_is_any(element->node, tags))
    return FALSE;
  for (guint i = element->begin_block; i < element->end_block; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (onr_html_block_is_good(block))
      return FALSE;
    if (block->length >= ONR_HEADLINE_BYTES && onr_html_block_is_links(block) && block->leads_away)
      return TRUE;
  }
  return FALSE;
}

gboolean onr_html_is_alike(const xmlNode *a, const xmlNode *b) {
  return strcmp((const char *)a->name, (const char *)b->name) == 0 &&
         g_strcmp0(onr_html_get(a, "class"), onr_html_get(b, "class")) == 0;
}

/* Calls itself a row where MIN_TEASERS and more children of PARENT that look like the first teaser are
 * teasers, and few that look so are none. */
static void leave_out_row(OnrHtmlBlocks *page, guint32 parent, guint32 page_bytes) {
  guint32 end = onr_html_element(page, parent)->end, first = 0, good_bytes = 0;
  guint n_teasers = 0, n_others = 0;
  for (guint32 i = parent + 1; i < end; i = onr_html_element(page, i)->end) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    gboolean is_one = is_teaser(page, element);
    if (first == 0 && is_one)
      first = i;
    if (first == 0 || !onr_html_is_alike(element->node, onr_html_node(page, first)))
      continue;
    n_teasers += is_one ? 1 : 0;
    n_others += is_one ? 0 : 1;
    good_bytes += is_one ? element->good_bytes : 0;
  }
  if (n_teasers < MIN_TEASERS || n_others * 2 > n_teasers ||
      (guint64)good_bytes * 100 > (guint64)page_bytes * FURNITURE_SHARE)
    return;
  for (guint32 i = first; i < end; i = onr_html_element(page, i)->end)
    if (onr_html_is_alike(onr_html_node(page, i), onr_html_node(page, first)) &&
        is_teaser(page, onr_html_element(page, i)))
      onr_html_element(page, i)->is_left_out = TRUE;
}

static void leave_out_rows(OnrHtmlBlocks *page, guint32 page_bytes) {
  for (guint32 i = 0; i < page->elements->len; i++) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (element->end_block - element->begin_block >= MIN_TEASERS)
      leave_out_row(page, i, page_bytes);
  }
}

void onr_html_leave_out(OnrHtmlBlocks *page) {
  onr_html_weigh(page);
  leave_out_named(page, ONR_FURNITURE_COMMENTS, COMMENTS_SHARE);
  onr_html_weigh(page); /* an article is not measured against what its readers say */
  leave_out_named(page, ONR_FURNITURE_ASIDE, FURNITURE_SHARE);
  leave_out_named(page, ONR_FURNITURE_TEASER, FURNITURE_SHARE);
  guint32 page_bytes = onr_html_element(page, 0)->good_bytes;
  leave_out_popups(page);
  leave_out_sections(page, page_bytes);
  leave_out_rows(page, page_bytes);
  onr_html_blocks_cut(page);
  onr_html_weigh(page);
}
