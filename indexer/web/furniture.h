/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Page furniture by what it calls itself: names of elements, classes, ids and roles, and the words that menus,
   share bars and paywalls are made of. Nothing here weighs text: body.c does, and keeps what calls itself
   furniture where most of the page's text is in it. */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

typedef enum {
  ONR_FURNITURE_NONE,
  ONR_FURNITURE_TEASER,   /* so called is also what a page opens or goes on with: it is one where links are in it */
  ONR_FURNITURE_ASIDE,    /* navigation, footers, share bars, captions, what is hidden … */
  ONR_FURNITURE_COMMENTS, /* readers' comments: they may well be most of a page */
  ONR_FURNITURE_NO_TEXT,  /* scripts, buttons, images: no words of an article, whatever their size */
} OnrFurniture;

/* What the element NODE is by its tag, role, class and id. Classes and ids are compared by their words
   ("articleShare-bar" has article, share, bar), and by two neighbours as one ("read-more", "readMore"). */
OnrFurniture onr_html_furniture(const xmlNode *node);

/* TRUE where a block's WORDS (single blanks between them) are those of furniture: "Advertisement", "Read more: …",
   "Follow us on Twitter", or hold no letter and no digit. */
gboolean onr_html_is_furniture_text(const char *words, gsize length);

/* TRUE where a heading's WORDS begin a section of furniture: "Related stories", "Most read". */
gboolean onr_html_is_furniture_heading(const char *words, gsize length);

/* TRUE where WORDS are what a paywall says in place of the rest: "To read the full story, subscribe". */
gboolean onr_html_is_wall(const char *words, gsize length);

G_END_DECLS
