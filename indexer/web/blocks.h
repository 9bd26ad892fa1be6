/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A page as blocks: the runs of words between block elements, in order, with how much of each is in links. The
   elements that hold them are numbered in document order, so that what is below one is a range of numbers.

     g_autoptr(OnrHtmlBlocks) page = onr_html_blocks_new(body);
     for (guint i = 0; i < page->blocks->len; i++) use(onr_html_block(page, i));
 */
#pragma once

#include "indexer/web/furniture.h"

G_BEGIN_DECLS

/* An element that may hold words of the article. */
typedef struct {
  xmlNode *node;
  guint32 parent;     /* number; its own at the root */
  guint32 end;        /* number behind the last element below it */
  guint32 begin_block, end_block; /* of those in it; exact for block elements */
  guint32 good_bytes; /* of good text in and below it, without what is left out */
  guint8 furniture;   /* OnrFurniture */
  gboolean is_left_out;
} OnrHtmlElement;

typedef struct {
  guint32 begin, length; /* in words */
  guint32 link_bytes;    /* of them inside <a>, blanks not counted */
  guint32 head_bytes;    /* of words before the first of them … */
  guint32 tail_bytes;    /* … and behind the last */
  gboolean leads_away;   /* one of these links is to another page, not to a place in this one */
  gboolean is_led_to;    /* right behind its words a link to another page was left out */
  guint32 element;       /* number of the innermost block element that it stands in */
} OnrHtmlBlock;

typedef struct {
  GArray *elements; /* OnrHtmlElement */
  GArray *blocks;   /* OnrHtmlBlock */
  GString *words;   /* of all blocks: single blanks inside, LF for <br> */
} OnrHtmlBlocks;

/* The blocks below ROOT, borrowed until its tree goes. Elements whose furniture is ONR_FURNITURE_NO_TEXT are passed
   over; nothing is left out yet. The tree's nodes are marked (_private). */
OnrHtmlBlocks *onr_html_blocks_new(xmlNode *root);
void onr_html_blocks_free(OnrHtmlBlocks *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrHtmlBlocks, onr_html_blocks_free)

/* Cuts the blocks anew, without the words of elements that are left out: what they leave of a block grows together. */
void onr_html_blocks_cut(OnrHtmlBlocks *page);

static inline OnrHtmlElement *onr_html_element(const OnrHtmlBlocks *page, guint32 number) {
  return &g_array_index(page->elements, OnrHtmlElement, number);
}
static inline const OnrHtmlBlock *onr_html_block(const OnrHtmlBlocks *page, guint32 i) {
  return &g_array_index(page->blocks, OnrHtmlBlock, i);
}
static inline const char *onr_html_block_words(const OnrHtmlBlocks *page, const OnrHtmlBlock *block) {
  return page->words->str + block->begin;
}

/* TRUE where it is more links than words, and what is no link is no paragraph. */
gboolean onr_html_block_is_links(const OnrHtmlBlock *block);

/* TRUE where BLOCK ends with a full stop, a question or exclamation mark, a quotation mark or bracket behind it or not. */
gboolean onr_html_block_is_ended(const OnrHtmlBlocks *page, const OnrHtmlBlock *block);

/* TRUE for a sentence that has words of its own beside its links: "<a>Ada Moor resigned</a>, citing her health." */
gboolean onr_html_block_is_sentence(const OnrHtmlBlocks *page, const OnrHtmlBlock *block);

/* TRUE for what is a paragraph beyond doubt: long, and no links. */
gboolean onr_html_block_is_good(const OnrHtmlBlock *block);

G_END_DECLS
