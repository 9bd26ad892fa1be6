/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Corrections of quotes, found again in what annotation gives. */
#include "archive/corrections_private.h"
#include "archive/record_private.h"

#include "text/fold.h"

#include <string.h>

/* How much of the words of two must be the same for them to be one quote: of both together, or, where they
   overlap in the text, of the shorter. Below a half, neighbouring quotes of one speaker would do. */
#define ALIKE 0.6
#define PART 0.8
/* That a quote begins where it did outweighs a few words. */
#define SAME_PLACE 0.25

/* Single blanks between words, which line ends are too. */
static char *folded_words(const OnrArticle *article, const OnrQuoteRow *quote) {
  g_autofree char *words = onr_article_quote_words(article, quote);
  g_autofree char *folded = onr_fold_dup(words, -1);
  g_auto(GStrv) parts = g_strsplit_set(folded, " \t\n\r", -1);
  GString *out = g_string_new(NULL);
  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_string_append_printf(out, "%s%s", out->len ? " " : "", parts[i]);
  return g_string_free(out, FALSE);
}

static OnrSpan span_of(const OnrQuoteRow *quote) {
  return (OnrSpan){g_array_index(quote->content, OnrSpan, 0).begin,
                   g_array_index(quote->content, OnrSpan, quote->content->len - 1).end};
}

void onr_correction_set_quote(OnrCorrection *out, const OnrArticle *article, guint index) {
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, index);
  out->article = g_strdup(article->id);
  out->content = span_of(quote);
  out->words = folded_words(article, quote);
}

/* How often each word is there. */
static GHashTable *count_words(const char *words, guint *n) {
  GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) parts = g_strsplit(words, " ", -1);
  for (*n = 0; parts[*n]; ++*n) {
    gpointer count = g_hash_table_lookup(counts, parts[*n]);
    g_hash_table_insert(counts, g_strdup(parts[*n]), GUINT_TO_POINTER(GPOINTER_TO_UINT(count) + 1));
  }
  return counts;
}

/* Words that A and B share, of N and M. */
static guint count_shared(const char *a, const char *b, guint *n, guint *m) {
  g_autoptr(GHashTable) of_a = count_words(a, n), of_b = count_words(b, m);
  GHashTableIter iter;
  gpointer word, count;
  guint shared = 0;
  g_hash_table_iter_init(&iter, of_a);
  while (g_hash_table_iter_next(&iter, &word, &count))
    shared += MIN(GPOINTER_TO_UINT(count), GPOINTER_TO_UINT(g_hash_table_lookup(of_b, word)));
  return shared;
}

/* 0 where QUOTE is not the corrected one. */
static double likeness_of(const OnrCorrection *correction, const OnrArticle *article,
                          const OnrQuoteRow *quote) {
  g_autofree char *words = folded_words(article, quote);
  guint n, m, shared = count_shared(correction->words, words, &n, &m);
  double alike = 2.0 * shared / MAX(n + m, 1), part = (double)shared / MAX(MIN(n, m), 1);
  gboolean overlaps = onr_span_overlaps(correction->content, span_of(quote));
  if (alike < ALIKE && !(overlaps && part >= PART))
    return 0;
  return alike + (span_of(quote).begin == correction->content.begin ? SAME_PLACE : 0);
}

/* The best match, the first of equals; G_MAXUINT where there is none. */
static guint find_quote(const OnrCorrection *correction, const OnrArticle *article) {
  guint best = G_MAXUINT;
  double most = 0;
  for (guint i = 0; i < article->quotes->len; i++) {
    double likeness = likeness_of(correction, article, &g_array_index(article->quotes, OnrQuoteRow, i));
    if (likeness > most) {
      most = likeness;
      best = i;
    }
  }
  return best;
}

/* --- who it is --- */

static const char *keep(OnrArticle *article, const char *text) {
  return g_string_chunk_insert(article->strings, text);
}

static guint32 use_entity(OnrArticle *article, const OnrCorrection *correction) {
  for (guint i = 0; i < article->entities->len; i++)
    if (!strcmp(g_array_index(article->entities, OnrEntityRow, i).id, correction->name_id))
      return i;
  OnrEntityRow entity = {.id = keep(article, correction->name_id),
                         .name = keep(article, correction->name),
                         .type = onr_entity_type_of_id(correction->name_id)};
  g_array_append_val(article->entities, entity);
  return article->entities->len - 1;
}

/* What the former speaker is in this article, the next one is not. */
static const char *role_without(const OnrArticle *article, const OnrQuoteRow *quote) {
  for (guint i = 0; i < quote->speakers->len; i++)
    if (!g_strcmp0(onr_article_speaker(article, quote, i)->role, quote->role))
      return NULL;
  return quote->role;
}

static void set_speaker(OnrArticle *article, OnrQuoteRow *quote, const OnrCorrection *correction) {
  const char *role = role_without(article, quote);
  g_array_set_size(quote->speakers, 0);
  quote->confidence = quote->speaker_confidence = 100;
  quote->speaker_type = ONR_SPEAKER_UNKNOWN;
  quote->role = NULL;
  if (!correction->identity)
    return;
  guint32 entity = use_entity(article, correction);
  const OnrEntityRow *row = &g_array_index(article->entities, OnrEntityRow, entity);
  g_array_append_val(quote->speakers, entity);
  quote->speaker_type = row->type == ONR_ENTITY_PERSON ? ONR_SPEAKER_PERSON : ONR_SPEAKER_ORG;
  quote->role = row->role ? row->role : role;
}

/* --- all of an article --- */

static int by_number_down(gconstpointer a, gconstpointer b) {
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x < y) - (x > y);
}

guint onr_corrections_apply(const OnrCorrections *corrections, OnrArticle *article, gboolean *found) {
  const GArray *of = g_hash_table_lookup(corrections->of_article, article->id);
  g_autoptr(GArray) dropped = g_array_new(FALSE, FALSE, sizeof(guint));
  guint n_lost = 0;
  for (guint i = 0; of && i < of->len; i++) {
    const OnrCorrection *correction = onr_corrections_get(corrections, g_array_index(of, guint, i));
    guint quote = find_quote(correction, article);
    n_lost += quote == G_MAXUINT;
    if (found)
      found[g_array_index(of, guint, i)] = quote != G_MAXUINT;
    if (quote == G_MAXUINT)
      continue;
    if (correction->kind == ONR_CORRECTION_SPEAKER)
      set_speaker(article, &g_array_index(article->quotes, OnrQuoteRow, quote), correction);
    else
      g_array_append_val(dropped, quote);
  }
  g_array_sort(dropped, by_number_down);
  for (guint i = 0; i < dropped->len; i++)
    if (!i || g_array_index(dropped, guint, i) != g_array_index(dropped, guint, i - 1))
      onr_article_remove_quote(article, g_array_index(dropped, guint, i));
  return n_lost;
}

/* --- what two files say differently --- */

static GHashTable *lines_of(const OnrCorrections *corrections) {
  GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; corrections && i < corrections->all->len; i++) {
    const OnrCorrection *correction = onr_corrections_get(corrections, i);
    if (onr_correction_is_of_quote(correction))
      g_hash_table_insert(lines, onr_correction_print(correction), g_strdup(correction->article));
  }
  return lines;
}

static void add_missing(GHashTable *lines, GHashTable *others, GHashTable *articles) {
  GHashTableIter iter;
  gpointer line, article;
  g_hash_table_iter_init(&iter, lines);
  while (g_hash_table_iter_next(&iter, &line, &article))
    if (!g_hash_table_contains(others, line))
      g_hash_table_add(articles, g_strdup(article));
}

void onr_corrections_differ(const OnrCorrections *a, const OnrCorrections *b, GHashTable *articles) {
  g_autoptr(GHashTable) of_a = lines_of(a), of_b = lines_of(b);
  add_missing(of_a, of_b, articles);
  add_missing(of_b, of_a, articles);
}
