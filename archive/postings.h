/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An article's postings, ready for an engine: which field is posted where, under which prefix and with which weight. Made once in the
   worker that annotates and handed over; made again from the stored record when an article is deleted (FTS5 deletes by
   being given the same tokens) or re-indexed.

   Articles. Bare words: title (weight ONR_TITLE_WEIGHT) and text, one field. Where the first paragraph repeats the title it is not posted
   a second time. Field terms, weight 0 in length: title S, byline A, publisher P, section C, language L.
   Quotes. Bare words: content. Field terms: role R, cue Q. */
#pragma once

#include "archive/article.h"
#include "archive/term_counts.h"

G_BEGIN_DECLS

#define ONR_TITLE_WEIGHT 2

#define ONR_PREFIX_TITLE "S"
#define ONR_PREFIX_BYLINE "A"
#define ONR_PREFIX_PUBLISHER "P"
#define ONR_PREFIX_SECTION "C"
#define ONR_PREFIX_LANGUAGE "L"
#define ONR_PREFIX_ROLE "R"
#define ONR_PREFIX_CUE "Q"

typedef struct {
  OnrPostings words;  /* of the quote's content */
  OnrPostings fields; /* prefixed */
  guint32 length;     /* sum of wdf of forms */
} OnrQuotePostings;

typedef struct {
  OnrPostings title;  /* bare words of the title */
  OnrPostings text;   /* bare words of the text */
  OnrPostings fields; /* prefixed */
  guint32 length;     /* sum of wdf of forms: ONR_TITLE_WEIGHT * title + text */
  GArray *quotes;     /* OnrQuotePostings, as many as the article has quotes; reused, see n_quotes */
  guint n_quotes;
  OnrTermCounts article_terms; /* distinct terms of the article */
  OnrTermCounts quote_terms;   /* of all its quotes together */
} OnrArticlePostings;

OnrArticlePostings *onr_article_postings_new(void);
void onr_article_postings_free(OnrArticlePostings *postings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrArticlePostings, onr_article_postings_free)

/* Fills OUT, whose memory is reused. DOC holds the tokens of ARTICLE->text. */
void onr_article_postings_make(OnrArticlePostings *out, OnrTermMaker *maker, const OnrArticle *article, const OnrDocument *doc);

/* Bytes that the postings take: what ends a batch. */
gsize onr_article_postings_size(const OnrArticlePostings *postings);
/* Bytes of memory that they use, with the counts of their terms. */
gsize onr_article_postings_memory(const OnrArticlePostings *postings);

G_END_DECLS
