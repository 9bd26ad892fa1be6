/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article in a web page: the paragraphs of the element that holds it, page furniture left out. The rule:

   1. Left out with all that is in them: navigation, asides, footers, forms, scripts, figures with their
   captions, and what names itself furniture (class or id: comments, share, related, newsletter …) or is
   hidden.
   2. The search begins at itemprop=articleBody, else the fullest <article>, else <main>, where that holds
   most of the page's good text (paragraphs of GOOD_BYTES and more that are no links); else at <body>.
   3. From there it goes down as long as one child alone holds nearly all of that text.
   4. Every block below is a paragraph, save those that are mostly links, and headings with nothing behind
   them. */
#pragma once

#include "indexer/readers/html_tree.h"

G_BEGIN_DECLS

/* Appends the article's paragraphs to OUT, a blank line between them. TITLE, which may be NULL, is what the
   page calls itself: an h1 that repeats it is left out. */
void onr_html_append_body(xmlDoc *tree, const char *title, GString *out);

G_END_DECLS
