/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article in a web page: the paragraphs of the element that holds it, page furniture left out. The rule:

   1. Every run of words between block elements is a block. Good text are blocks of GOOD_BYTES and more that are no
   links; an element weighs what good text is in it.
   2. Left out with all that is in them: navigation, asides, footers, forms, figures with their captions, what names
   itself furniture (web/furniture.h) or is hidden, sections under a heading of furniture, and rows of teasers (three
   and more alike, each a linked headline and a line or two), unless most of the page's good text is in them.
   3. The search begins at itemprop=articleBody, else the fullest <article>, else <main>, where that holds enough of
   what is left; else at <body>. From there it goes down as long as one child alone holds nearly all.
   4. Every block below is a paragraph, save those that are mostly links, those whose words are furniture's, words that
   stand in another paragraph too (pull quotes), and headings with nothing behind them.

   Libraries of its kind that were read about, not taken from: Readability, trafilatura (Barbaresi, ACL 2021), and
   Kohlschütter et al., Boilerplate Detection using Shallow Text Features (WSDM 2010), whose link density this is. */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

typedef struct {
  gboolean is_cut;  /* the page says that the rest is for subscribers */
  gsize link_bytes; /* of words in links, on all of the page */
} OnrHtmlBodyFacts;

/* Appends the article's paragraphs to OUT, a blank line between them. TITLE, which may be NULL, is what the
   page calls itself: an h1 that repeats it is left out. FACTS may be NULL. */
void onr_html_append_body(xmlDoc *tree, const char *title, GString *out, OnrHtmlBodyFacts *facts);

G_END_DECLS
