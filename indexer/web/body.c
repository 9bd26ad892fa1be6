/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "indexer/web/body.h"

#include "indexer/web/byline.h"
#include "indexer/web/dates.h"
#include "indexer/web/left_out.h"
#include "text/chars.h"

#include <string.h>

/* Shares are per cent of good text. Seen on the 92 pages of the public article-extraction benchmark that we
   hold; between half and twice each of them its F1 changes by less than a point. */
#define BODY_SHARE 20    /* of the page's that makes itemprop=articleBody the beginning */
#define ARTICLE_SHARE 40 /* … the fullest <article> … */
#define MAIN_SHARE 50    /* … and <main> */
#define PARTS_SHARE 80   /* of an element's that several articleBody together must hold to be its parts */
#define ENTRIES_SHARE 20 /* of the fullest article's that its brothers must hold to be entries too */
#define DESCEND_SHARE 85 /* of an element's that one child must hold to be gone into */

#define MIN_LINKS 2 /* blocks of links that make a heading that of a list */
/* Words that stand in another paragraph too are a pull quote from PULLED_BYTES on, or QUOTED_BYTES where they
   are set off by their element or quotation marks around them. Each block is compared with all others, so in
   articles of more blocks none is looked for. */
#define PULLED_BYTES 40
#define QUOTED_BYTES 15
#define MAX_PULLED_BYTES 1000
#define MAX_PULLED_FROM 500

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
    if (i + depth != article && !other->is_left_out && onr_html_is_alike(other->node, entry->node) &&
        i + depth < other->end && onr_html_is_alike(onr_html_node(page, i + depth), element->node) &&
        onr_html_is_prose(page, other))
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
    if (needed == 0 || onr_html_share(element, page_bytes) <= needed || needed > best_needed ||
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
        onr_html_share(onr_html_element(page, heaviest), element->good_bytes) < DESCEND_SHARE ||
        onr_html_is(onr_html_node(page, heaviest), "p"))
      return root;
    root = heaviest;
  }
}

/* --- out --- */

typedef struct {
  const OnrHtmlBlocks *page;
  GString *out;
  const char *title;
  guint32 root;           /* the article's element */
  guint heading_end;      /* block behind the box of the heading that waits */
  gsize heading_begin;    /* of a heading that waits for a paragraph behind it; G_MAXSIZE: none */
  gboolean has_gap;       /* a block behind that heading was left out */
  gboolean has_headline;  /* one of them was the link of a headline: "[edit]" beside a heading is none */
  guint n_links;          /* blocks of links that were left out behind it */
  gboolean has_paragraph; /* one that is good: what stands above it may be the article's header */
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
      strip_quotes(&words, &length) || onr_html_is_any(onr_html_node(body->page, block->element), SET_OFF) ||
      onr_html_is_any(onr_html_node(body->page, onr_html_element(body->page, block->element)->parent),
                      SET_OFF);
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
      (!body->has_paragraph && (is_title(body, block) || is_header_line(words, block->length))) ||
      is_label(words, block))
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
  gboolean is_head = onr_html_is_heading(body->page, block);
  if (is_no_part(body, article, at, is_head)) {
    gboolean is_links = onr_html_block_is_links(block);
    body->has_gap = TRUE;
    body->n_links += is_links ? 1 : 0;
    body->has_headline |= is_links && block->length >= ONR_HEADLINE_BYTES;
    return;
  }
  body->has_paragraph |= onr_html_block_is_good(block);
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
    found.link_bytes = count_link_bytes(page);
    onr_html_leave_out(page);
    write_article(page, descend(page, choose_root(page)), &body);
  }
  found.is_cut = body.is_cut;
  if (facts)
    *facts = found;
}
