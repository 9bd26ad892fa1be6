/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sketches of an article and of its quotes (text/sketch.h), from the postings that an engine is given: made in the worker that annotates, stored by the record. */
#pragma once

#include "archive/postings.h"

G_BEGIN_DECLS

/* Fills ARTICLE's sketch and quote_sketches, in its own memory; an article of too few words has no sketch. POSTINGS are ARTICLE's. A short text
   counts with its title, which alone says whom it is about. */
void onr_article_make_sketches(OnrArticle *article, const OnrArticlePostings *postings);

G_END_DECLS
