/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/postings.h"

#include "text/fold.h"
#include "text/offsets.h"

#include <string.h>

OnrArticlePostings *onr_article_postings_new(void) {
  OnrArticlePostings *postings = g_new0(OnrArticlePostings, 1);
  postings->quotes = g_array_new(FALSE, TRUE, sizeof(OnrQuotePostings));
  return postings;
}

void onr_article_postings_free(OnrArticlePostings *postings) {
  if (!postings)
    return;
  for (guint i = 0; i < postings->quotes->len; i++) {
    OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
    onr_postings_clear(&quote->words);
    onr_postings_clear(&quote->fields);
  }
  g_array_unref(postings->quotes);
  onr_postings_clear(&postings->title);
  onr_postings_clear(&postings->text);
  onr_postings_clear(&postings->fields);
  onr_term_counts_clear(&postings->article_terms);
  onr_term_counts_clear(&postings->quote_terms);
  g_free(postings);
}

static void reset(OnrArticlePostings *postings) {
  onr_postings_reset(&postings->title);
  onr_postings_reset(&postings->text);
  onr_postings_reset(&postings->fields);
  postings->length = 0;
  postings->n_quotes = 0;
}

/* The next quote's postings, emptied. */
static OnrQuotePostings *add_quote(OnrArticlePostings *postings) {
  guint i = postings->n_quotes++;
  if (i == postings->quotes->len)
    g_array_set_size(postings->quotes, i + 1);
  OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
  onr_postings_reset(&quote->words);
  onr_postings_reset(&quote->fields);
  return quote;
}

static void post_field(OnrPostings *out, OnrTermMaker *maker, const char *prefix, const char *field) {
  if (field)
    onr_terms_post_text(maker, field, strlen(field), prefix, out);
}

static void append_posting(OnrPostings *out, guint8 flags, const char *term) {
  guint8 head[] = {flags, (guint8)strlen(term)};
  g_byte_array_append(out->bytes, head, sizeof head);
  g_byte_array_append(out->bytes, (const guint8 *)term, head[1]);
}

/* The whole code is one term, "en-gb", where words would be cut at the hyphen. */
static void post_language(OnrPostings *out, const char *language) {
  g_autofree char *folded = language ? onr_fold_dup(language, -1) : NULL;
  if (!folded || !*folded)
    return;
  if (!out->bytes)
    out->bytes = g_byte_array_new();
  g_autofree char *form = onr_term_compose(ONR_PREFIX_LANGUAGE, FALSE, folded);
  g_autofree char *stem = onr_term_compose(ONR_PREFIX_LANGUAGE, TRUE, folded);
  append_posting(out, 0, form);
  append_posting(out, ONR_POSTING_COLOCATED | ONR_POSTING_STEM, stem);
  out->n_forms++;
}

/* Folded, white space of any length one blank, none at the ends. */
static char *squeeze(const char *text, gsize length) {
  g_autofree char *folded = onr_fold_dup(text, (gssize)length);
  g_auto(GStrv) words = g_strsplit_set(folded, " \t\n", -1);
  GString *out = g_string_sized_new(length);
  for (guint i = 0; words[i]; i++)
    if (*words[i])
      g_string_append_printf(out, "%s%s", out->len ? " " : "", words[i]);
  return g_string_free(out, FALSE);
}

/* Folding and squeezing change a text's length by less than this factor in any real headline; a first
   paragraph beyond it is not looked at, since it may be the whole of a long article. */
#define TITLE_STRETCH 2

static gboolean repeats_title(const char *title, const OnrDocument *doc) {
  if (!title || !doc->n_paragraphs)
    return FALSE;
  OnrSpan span = doc->paragraphs[0].span;
  gsize length = strlen(title);
  if (onr_span_length(span) > TITLE_STRETCH * length || length > (gsize)TITLE_STRETCH * onr_span_length(span))
    return FALSE;
  g_autofree char *a = squeeze(title, length);
  g_autofree char *b = squeeze(doc->text + span.begin, onr_span_length(span));
  return !strcmp(a, b);
}

/* The first token that begins at BYTE or after it. */
static guint32 token_from(const OnrTokens *tokens, guint32 byte) {
  guint32 low = 0, high = tokens->n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (tokens->items[middle].begin < byte)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A token belongs to the span that it begins in. */
static void post_spans(OnrPostings *out, OnrTermMaker *maker, const OnrOffsets *offsets,
                       const OnrDocument *doc, const GArray *spans, const char *prefix) {
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = onr_offsets_span_to_bytes(offsets, g_array_index(spans, OnrSpan, i));
    onr_terms_post(maker, doc->text, &doc->tokens, token_from(&doc->tokens, span.begin),
                   token_from(&doc->tokens, span.end), prefix, out);
  }
}

static void post_quote(OnrQuotePostings *out, OnrTermMaker *maker, const OnrOffsets *offsets,
                       const OnrDocument *doc, const OnrQuoteRow *quote) {
  post_spans(&out->words, maker, offsets, doc, quote->content, "");
  post_spans(&out->fields, maker, offsets, doc, quote->cue, ONR_PREFIX_CUE);
  post_field(&out->fields, maker, ONR_PREFIX_ROLE, quote->role);
  out->length = out->words.n_forms;
}

/* After all is posted: counts refer to the postings' bytes. */
static void count_terms(OnrArticlePostings *postings) {
  onr_term_counts_reset(&postings->article_terms);
  onr_term_counts_begin_item(&postings->article_terms);
  onr_term_counts_add(&postings->article_terms, &postings->title, ONR_TITLE_WEIGHT);
  onr_term_counts_add(&postings->article_terms, &postings->text, 1);
  onr_term_counts_add(&postings->article_terms, &postings->fields, 0);
  onr_term_counts_reset(&postings->quote_terms);
  for (guint i = 0; i < postings->n_quotes; i++) {
    const OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
    onr_term_counts_begin_item(&postings->quote_terms);
    onr_term_counts_add(&postings->quote_terms, &quote->words, 1);
    onr_term_counts_add(&postings->quote_terms, &quote->fields, 0);
  }
}

void onr_article_postings_make(OnrArticlePostings *out, OnrTermMaker *maker, const OnrArticle *article,
                               const OnrDocument *doc) {
  reset(out);
  post_field(&out->title, maker, "", article->title);
  guint32 first = repeats_title(article->title, doc) ? doc->paragraphs[0].end_token : 0;
  onr_terms_post(maker, doc->text, &doc->tokens, first, doc->tokens.n, "", &out->text);
  out->length = ONR_TITLE_WEIGHT * out->title.n_forms + out->text.n_forms;
  post_field(&out->fields, maker, ONR_PREFIX_TITLE, article->title);
  post_field(&out->fields, maker, ONR_PREFIX_BYLINE, article->byline);
  post_field(&out->fields, maker, ONR_PREFIX_PUBLISHER, article->publisher);
  post_field(&out->fields, maker, ONR_PREFIX_SECTION, article->section);
  post_language(&out->fields, article->language);
  const OnrOffsets *offsets = onr_article_offsets(article);
  for (guint i = 0; i < article->quotes->len; i++)
    post_quote(add_quote(out), maker, offsets, doc, &g_array_index(article->quotes, OnrQuoteRow, i));
  count_terms(out);
}

static gsize size_of(const OnrPostings *postings) {
  return postings->bytes ? postings->bytes->len : 0;
}

gsize onr_article_postings_size(const OnrArticlePostings *postings) {
  gsize size = size_of(&postings->title) + size_of(&postings->text) + size_of(&postings->fields);
  for (guint i = 0; i < postings->n_quotes; i++) {
    const OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
    size += size_of(&quote->words) + size_of(&quote->fields);
  }
  return size;
}

static gsize memory_of(const OnrTermCounts *counts) {
  return counts->terms ? counts->terms->len * sizeof(OnrTermCount) + counts->n_slots * sizeof(guint32) : 0;
}

gsize onr_article_postings_memory(const OnrArticlePostings *postings) {
  return onr_article_postings_size(postings) + postings->n_quotes * sizeof(OnrQuotePostings) +
         memory_of(&postings->article_terms) + memory_of(&postings->quote_terms);
}
