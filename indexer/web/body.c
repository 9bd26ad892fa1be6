/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "indexer/web/body.h"

#include "indexer/web/blocks.h"
#include "indexer/web/byline.h"
#include "indexer/web/dates.h"
#include "text/chars.h"

#include <string.h>

/* Shares are per cent of good text. Seen on the 92 pages of the public article-extraction benchmark that we
   hold; between half and twice each of them its F1 changes by less than a point. */
#define BODY_SHARE 20    /* of the page's that makes itemprop=articleBody the beginning */
#define ARTICLE_SHARE 40 /* … the fullest <article> … */
#define MAIN_SHARE 50    /* … and <main> */
#define PARTS_SHARE 80   /* of an element's that several articleBody together must hold to be its parts */
#define ENTRIES_SHARE                                                                                        \
  20                     /* of the fullest article's that its brothers must hold to be entries as it is one  \
                          */
#define DESCEND_SHARE 85 /* of an element's that one child must hold to be gone into */
#define FURNITURE_SHARE 60 /* of the page's that an element called furniture must hold to be none */
#define COMMENTS_SHARE 95  /* the same for readers' comments, which may well be most of a page */
#define SECTION_SHARE 40   /* the same for a section under a heading of furniture */
#define TEASER_BYTES 700   /* of good text in a teaser, at most */
#define MIN_LINKS 2        /* blocks of links that make a heading that of a list */
#define MIN_TEASERS 3      /* in a row */
#define HEADLINE_BYTES 15  /* of a teaser's linked headline, at least */
#define MAX_PULLED_FROM                                                                                      \
  500 /* blocks: each is compared with all others, so in longer articles none is looked for */
#define QUOTED_BYTES                                                                                         \
  15 /* of a pull quote that is set off, by its element or by quotation marks around it                      \
      */
#define MAX_PULLED_BYTES 1000
#define PULLED_BYTES 40 /* of words that stand in another paragraph too, at least, to be a pull quote */

static const char *const HEADINGS[] = {"h1", "h2", "h3", "h4", "h5", "h6", NULL};

static const xmlNode *node_of(const OnrHtmlBlocks *page, guint32 number) {
  return onr_html_element(page, number)->node;
}

static gboolean is_heading(const OnrHtmlBlocks *page, const OnrHtmlBlock *block) {
  return onr_html_is_any(node_of(page, block->element), HEADINGS);
}

/* --- weights --- */

/* Sums up the good text of each element; what is left out adds nothing to those above it. */
static void weigh(OnrHtmlBlocks *page) {
  for (guint32 i = 0; i < page->elements->len; i++)
    onr_html_element(page, i)->good_bytes = 0;
  for (guint i = 0; i < page->blocks->len; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (onr_html_block_is_good(block))
      onr_html_element(page, block->element)->good_bytes += block->length;
  }
  for (guint32 i = page->elements->len; i-- > 1;) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (!element->is_left_out)
      onr_html_element(page, element->parent)->good_bytes += element->good_bytes;
  }
}

static guint64 share_of(const OnrHtmlElement *element, guint32 of_bytes) {
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

/* Good text, and no link that is a headline. */
static gboolean is_prose(const OnrHtmlBlocks *page, const OnrHtmlElement *element) {
  for (guint i = element->begin_block; i < element->end_block; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (block->length >= HEADLINE_BYTES && onr_html_block_is_links(block) && block->leads_away)
      return FALSE;
  }
  return element->good_bytes > 0;
}

static void leave_out_named(OnrHtmlBlocks *page, OnrFurniture furniture, guint most_share) {
  guint32 page_bytes = onr_html_element(page, 0)->good_bytes;
  g_autoptr(GHashTable) rows = weigh_rows(page, furniture);
  for (guint32 i = 1; i < page->elements->len; i++) {
    OnrHtmlElement *element = onr_html_element(page, i);
    if (element->furniture != furniture || (furniture == ONR_FURNITURE_TEASER && is_prose(page, element)))
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
    if (element->begin_block != heading->begin_block || share_of(element, page_bytes) > SECTION_SHARE)
      break;
    section = i;
  }
  return section;
}

static void leave_out_sections(OnrHtmlBlocks *page, guint32 page_bytes) {
  for (guint i = 0; i < page->blocks->len; i++) {
    const OnrHtmlBlock *block = onr_html_block(page, i);
    if (!is_heading(page, block) ||
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
    if (block->length >= HEADLINE_BYTES && onr_html_block_is_links(block) && block->leads_away)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_alike(const xmlNode *a, const xmlNode *b) {
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
    if (first == 0 || !is_alike(element->node, node_of(page, first)))
      continue;
    n_teasers += is_one ? 1 : 0;
    n_others += is_one ? 0 : 1;
    good_bytes += is_one ? element->good_bytes : 0;
  }
  if (n_teasers < MIN_TEASERS || n_others * 2 > n_teasers ||
      (guint64)good_bytes * 100 > (guint64)page_bytes * FURNITURE_SHARE)
    return;
  for (guint32 i = first; i < end; i = onr_html_element(page, i)->end)
    if (is_alike(node_of(page, i), node_of(page, first)) && is_teaser(page, onr_html_element(page, i)))
      onr_html_element(page, i)->is_left_out = TRUE;
}

static void leave_out_rows(OnrHtmlBlocks *page, guint32 page_bytes) {
  for (guint32 i = 0; i < page->elements->len; i++) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (element->end_block - element->begin_block >= MIN_TEASERS)
      leave_out_row(page, i, page_bytes);
  }
}

/* --- the element that holds the article --- */

/* Share of the page's good text that makes NODE the beginning of the search; 0 where nothing does. The surer
   the mark, the smaller. */
static guint needed_share(const xmlNode *node) {
  if (onr_html_has_word(node, "itemprop", "articleBody"))
    return BODY_SHARE;
  if (onr_html_is(node, "article"))
    return ARTICLE_SHARE;
  return onr_html_is(node, "main") || onr_html_has_word(node, "role", "main") ? MAIN_SHARE : 0;
}

/* An article may be marked in parts, with advertisements between them: the innermost element that holds all
   of them, where it holds little else; else FIRST. */
static guint32 join_parts(const OnrHtmlBlocks *page, guint32 first) {
  guint32 parts = 0, last = first;
  for (guint32 i = 0; i < page->elements->len; i++) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (!onr_html_has_word(element->node, "itemprop", "articleBody") || element->good_bytes == 0)
      continue;
    parts += element->good_bytes;
    first = MIN(first, i);
    last = i;
    i = element->end - 1;
  }
  guint32 whole = first;
  while (whole > 0 && onr_html_element(page, whole)->end <= last)
    whole = onr_html_element(page, whole)->parent;
  return (guint64)parts * 100 >= (guint64)onr_html_element(page, whole)->good_bytes * PARTS_SHARE ? whole
                                                                                                  : first;
}

/* The entries of a live blog may be articles each, beside the fullest, in list items or by themselves: the
   element around them, where the others hold ENTRIES_SHARE of what ARTICLE holds, are called alike and are no
   teasers. */
static guint32 join_entries(const OnrHtmlBlocks *page, guint32 article) {
  const OnrHtmlElement *element = onr_html_element(page, article);
  guint32 depth = article > 0 && element->parent == article - 1 &&
                          onr_html_element(page, element->parent)->end == element->end
                      ? 1
                      : 0; /* of the article in its entry, which holds nothing else */
  const OnrHtmlElement *entry = onr_html_element(page, article - depth);
  guint32 bytes = 0, end = onr_html_element(page, entry->parent)->end;
  for (guint32 i = entry->parent + 1; i < end; i = onr_html_element(page, i)->end) {
    const OnrHtmlElement *other = onr_html_element(page, i);
    if (i + depth != article && !other->is_left_out && is_alike(other->node, entry->node) &&
        i + depth < other->end && is_alike(node_of(page, i + depth), element->node) && is_prose(page, other))
      bytes += other->good_bytes;
  }
  gboolean is_entry = (guint64)bytes * 100 >= (guint64)element->good_bytes * ENTRIES_SHARE;
  return is_entry && article > 0 ? entry->parent : article;
}

static guint32 choose_root(const OnrHtmlBlocks *page) {
  guint32 best = 0, page_bytes = onr_html_element(page, 0)->good_bytes;
  guint best_needed = G_MAXUINT;
  for (guint32 i = 0; i < page->elements->len; i++) {
    const OnrHtmlElement *element = onr_html_element(page, i);
    if (element->is_left_out) {
      i = element->end - 1;
      continue;
    }
    guint needed = needed_share(element->node);
    if (needed == 0 || share_of(element, page_bytes) <= needed || needed > best_needed ||
        (needed == best_needed && element->good_bytes <= onr_html_element(page, best)->good_bytes))
      continue;
    best = i;
    best_needed = needed;
  }
  return best_needed == BODY_SHARE      ? join_parts(page, best)
         : best_needed == ARTICLE_SHARE ? join_entries(page, best)
                                        : best;
}

static guint32 descend(const OnrHtmlBlocks *page, guint32 root) {
  for (;;) {
    const OnrHtmlElement *element = onr_html_element(page, root);
    guint32 heaviest = root + 1;
    for (guint32 i = root + 1; i < element->end; i = onr_html_element(page, i)->end)
      if (!onr_html_element(page, i)->is_left_out &&
          onr_html_element(page, i)->good_bytes > onr_html_element(page, heaviest)->good_bytes)
        heaviest = i;
    if (heaviest >= element->end || onr_html_element(page, heaviest)->is_left_out ||
        element->good_bytes == 0 ||
        share_of(onr_html_element(page, heaviest), element->good_bytes) < DESCEND_SHARE ||
        onr_html_is(node_of(page, heaviest), "p"))
      return root;
    root = heaviest;
  }
}

/* --- out --- */

typedef struct {
  const OnrHtmlBlocks *page;
  GString *out;
  const char *title;
  guint32 root;          /* the article's element */
  guint heading_end;     /* block behind the box of the heading that waits */
  gsize heading_begin;   /* of a heading that waits for a paragraph behind it; G_MAXSIZE: none */
  gboolean has_gap;      /* a block behind that heading was left out */
  gboolean has_headline; /* one of them was the link of a headline: "[edit]" beside a heading is none */
  guint n_links;         /* blocks of links that were left out behind it */
  gboolean is_cut;
} Body;

static gboolean is_title(const Body *body, const OnrHtmlBlock *block) {
  return body->title && strlen(body->title) == block->length &&
         memcmp(body->title, onr_html_block_words(body->page, block), block->length) == 0;
}

static const char *const SET_OFF[] = {"blockquote", "aside", "q", NULL};

/* Takes quotation marks around all of the words off. TRUE where they were there. */
static gboolean strip_quotes(const char **words, gsize *length) {
  static const char *const marks[][2] = {{"\"", "\""}, {"“", "”"}, {"‘", "’"},
                                         {"«", "»"},   {"»", "«"}, {"„", "“"}};
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
    gsize n_open = strlen(marks[i][0]), n_close = strlen(marks[i][1]);
    if (*length > n_open + n_close && memcmp(*words, marks[i][0], n_open) == 0 &&
        memcmp(*words + *length - n_close, marks[i][1], n_close) == 0) {
      *words += n_open;
      *length -= n_open + n_close;
      return TRUE;
    }
  }
  return FALSE;
}

/* A pull quote repeats the article's words for the eye. What repeats a whole paragraph is the page's second
 * copy of it. */
static gboolean is_pulled(const Body *body, const OnrHtmlElement *article, guint at) {
  const OnrHtmlBlock *block = onr_html_block(body->page, at);
  const char *words = onr_html_block_words(body->page, block);
  gsize length = block->length;
  gboolean is_set_off =
      strip_quotes(&words, &length) || onr_html_is_any(node_of(body->page, block->element), SET_OFF) ||
      onr_html_is_any(node_of(body->page, onr_html_element(body->page, block->element)->parent), SET_OFF);
  if (length < (is_set_off ? QUOTED_BYTES : PULLED_BYTES) || length > MAX_PULLED_BYTES ||
      article->end_block - article->begin_block > MAX_PULLED_FROM)
    return FALSE;
  for (guint i = article->begin_block; i < article->end_block; i++) {
    const OnrHtmlBlock *other = onr_html_block(body->page, i);
    if (i == at || other->length < block->length || (other->length == block->length && i > at))
      continue;
    if (memmem(onr_html_block_words(body->page, other), other->length, words, length))
      return TRUE;
  }
  return FALSE;
}

/* A heading between which and the next, or its box's end, nothing but furniture stood goes with it. */
static void settle_heading(Body *body, guint at, gboolean has_paragraph) {
  gboolean is_box = at >= body->heading_end && (body->n_links >= MIN_LINKS || body->has_headline);
  if ((!has_paragraph || is_box) && body->heading_begin != G_MAXSIZE && body->has_gap)
    g_string_truncate(body->out, body->heading_begin);
  if (has_paragraph || body->has_gap)
    body->heading_begin = G_MAXSIZE;
  body->has_gap = body->has_headline = FALSE;
  body->n_links = 0;
}

/* "Read also: " before a link that was left out. */
static gboolean is_label(const char *words, const OnrHtmlBlock *block) {
  const guint max_bytes = 30;
  return block->is_led_to && block->length <= max_bytes && words[block->length - 1] == ':';
}

/* Words outside a date, its day's name and zone among them. In scripts without blanks, where what is a date's
   is not told from what follows, every character but its own is one. */
static guint count_others(const char *words, gsize begin, gsize end) {
  static const char signs[] = "年月日時时分秒";
  guint n = 0, size;
  gboolean was_word = FALSE;
  const char *limit = words + strlen(words);
  for (const char *p = words; p < limit; p += size) {
    guint class = onr_char_class_at(p, limit, &size);
    gboolean is_unspaced = (class & ONR_CHAR_UNSPACED) && !memmem(signs, sizeof signs - 1, p, size);
    gboolean is_word = (class & ONR_CHAR_WORD) && (p < words + begin || p >= words + end);
    n += is_unspaced || (is_word && !was_word) ? 1 : 0;
    was_word = is_word;
  }
  return n;
}

static gboolean is_sentence(const char *words) {
  static const char *const stops[] = {".", "!", "?", "。", "…"};
  for (gsize i = 0; i < G_N_ELEMENTS(stops); i++)
    if (g_str_has_suffix(words, stops[i]))
      return !g_str_has_suffix(words, ".m."); /* "10:15 a.m." */
  return FALSE;
}

/* Above the first paragraph: a date, "By Ada Moor", "4 min read". */
static gboolean is_header_line(const char *block_words, gsize length) {
  const guint max_bytes = 80, max_other_words = 3;
  if (length > max_bytes)
    return FALSE;
  g_autofree char *words = g_strndup(block_words, length);
  if (is_sentence(words))
    return FALSE;
  gsize at = 0, begin = 0;
  gboolean is_updated = FALSE;
  g_autofree char *date = onr_date_find(words, &at, &begin, &is_updated);
  if (date)
    return count_others(words, begin, at) <= max_other_words;
  if (strcmp(words + strspn(words, "0123456789"), " min read") == 0)
    return TRUE;
  if (onr_byline_begins(words) == 0)
    return FALSE;
  g_autoptr(GArray) authors = onr_authors_new();
  onr_byline_split(words, FALSE, authors);
  return authors->len > 0;
}

static gboolean is_no_part(const Body *body, const OnrHtmlElement *article, guint at, gboolean is_head) {
  const OnrHtmlBlock *block = onr_html_block(body->page, at);
  const char *words = onr_html_block_words(body->page, block);
  if (onr_html_is_furniture_text(words, block->length) ||
      (body->out->len == 0 && is_header_line(words, block->length)) || is_label(words, block))
    return TRUE;
  if (is_head)
    return onr_html_is_furniture_heading(words, block->length) || is_title(body, block) ||
           (onr_html_block_is_links(block) && block->leads_away);
  return (onr_html_block_is_links(block) && !onr_html_block_is_sentence(body->page, block)) ||
         is_pulled(body, article, at);
}

static void write_block(Body *body, const OnrHtmlElement *article, guint at) {
  const OnrHtmlBlock *block = onr_html_block(body->page, at);
  const char *words = onr_html_block_words(body->page, block);
  body->is_cut = body->is_cut || onr_html_is_wall(words, block->length);
  gboolean is_head = is_heading(body->page, block);
  if (is_no_part(body, article, at, is_head)) {
    gboolean is_links = onr_html_block_is_links(block);
    body->has_gap = TRUE;
    body->n_links += is_links ? 1 : 0;
    body->has_headline |= is_links && block->length >= HEADLINE_BYTES;
    return;
  }
  settle_heading(body, at, !is_head);
  if (is_head && body->heading_begin == G_MAXSIZE) {
    guint32 box = onr_html_element(body->page, block->element)->parent;
    body->heading_begin = body->out->len;
    body->heading_end = box == body->root ? G_MAXUINT : onr_html_element(body->page, box)->end_block;
  }
  if (body->out->len > 0)
    g_string_append(body->out, "\n\n");
  g_string_append_len(body->out, words, block->length);
}

static void write_article(const OnrHtmlBlocks *page, guint32 root, Body *body) {
  const OnrHtmlElement *article = onr_html_element(page, root);
  body->root = root;
  for (guint i = article->begin_block; i < article->end_block; i++)
    write_block(body, article, i);
  if (body->heading_begin != G_MAXSIZE)
    g_string_truncate(body->out, body->heading_begin);
}

static gsize count_link_bytes(const OnrHtmlBlocks *page) {
  gsize n = 0;
  for (guint i = 0; i < page->blocks->len; i++)
    n += onr_html_block(page, i)->link_bytes;
  return n;
}

void onr_html_append_body(xmlDoc *tree, const char *title, GString *out, OnrHtmlBodyFacts *facts) {
  Body body = {.out = out, .title = title, .heading_begin = G_MAXSIZE};
  OnrHtmlBodyFacts found = {0};
  g_autoptr(OnrHtmlBlocks) page = onr_html_blocks_new(xmlDocGetRootElement(tree));
  body.page = page;
  if (page->elements->len > 0) {
    weigh(page);
    found.link_bytes = count_link_bytes(page);
    leave_out_named(page, ONR_FURNITURE_COMMENTS, COMMENTS_SHARE);
    weigh(page); /* an article is not measured against what its readers say */
    leave_out_named(page, ONR_FURNITURE_ASIDE, FURNITURE_SHARE);
    leave_out_named(page, ONR_FURNITURE_TEASER, FURNITURE_SHARE);
    guint32 page_bytes = onr_html_element(page, 0)->good_bytes;
    leave_out_popups(page);
    leave_out_sections(page, page_bytes);
    leave_out_rows(page, page_bytes);
    onr_html_blocks_cut(page);
    weigh(page);
    write_article(page, descend(page, choose_root(page)), &body);
  }
  found.is_cut = body.is_cut;
  if (facts)
    *facts = found;
}
