/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether record and index agree. Each engine looks at its own structure and at the items it holds; here the
   postings of every stored article are made again, and for each term the number of items that have it must be
   what the engine says. Terms are known by a 64-bit hash, so that a few million of them take little memory.
 */
#include "archive/archive_private.h"

#include <string.h>

#define MAX_FINDINGS 100

/* --- term hash → items, by open addressing; hash 0 is an empty place --- */

typedef struct {
  guint64 hash;
  guint32 n_items;
  guint32 last_item; /* counts an item once */
} Place;

typedef struct {
  Place *places;
  gsize n_places, n_used; /* a power of two; at most 3/4 used */
} Counter;

static Place *place_of(Counter *counter, guint64 hash) {
  gsize at = hash & (counter->n_places - 1);
  while (counter->places[at].hash && counter->places[at].hash != hash)
    at = (at + 1) & (counter->n_places - 1);
  return &counter->places[at];
}

static void resize(Counter *counter, gsize n_places) {
  Counter larger = {.places = g_new0(Place, n_places), .n_places = n_places, .n_used = counter->n_used};
  for (gsize i = 0; i < counter->n_places; i++)
    if (counter->places[i].hash)
      *place_of(&larger, counter->places[i].hash) = counter->places[i];
  g_free(counter->places);
  *counter = larger;
}

/* FNV-1a, with its upper bits mixed into the lower ones, which choose the place. */
static guint64 hash_of(const char *term, gsize length) {
  guint64 h = 0xcbf29ce484222325u;
  for (gsize i = 0; i < length; i++)
    h = (h ^ (guchar)term[i]) * 0x100000001b3u;
  h ^= h >> 32;
  return h ? h : 1;
}

static void count_term(Counter *counter, const OnrPosting *posting, guint32 item) {
  if (counter->n_used * 4 >= counter->n_places * 3)
    resize(counter, MAX(counter->n_places * 2, 1024));
  guint64 hash = hash_of(posting->term, posting->length);
  Place *place = place_of(counter, hash);
  if (!place->hash) {
    place->hash = hash;
    counter->n_used++;
  }
  if (place->last_item != item) {
    place->n_items++;
    place->last_item = item;
  }
}

/* --- what the texts give --- */

typedef struct {
  OnrTable table;
  Counter terms;
  guint32 n_items;
  guint64 length;      /* sum of the items' */
  GPtrArray *findings; /* in the second pass; see name_posting */
} Expected;

static void expected_clear(Expected *expected) {
  g_free(expected->terms.places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Expected, expected_clear)

typedef void (*PostingFunc)(Expected *expected, const OnrPosting *posting);

static void count_posting(Expected *expected, const OnrPosting *posting) {
  count_term(&expected->terms, posting, expected->n_items);
}

static void each_posting(Expected *expected, const OnrPostings *postings, PostingFunc each) {
  gsize at = 0;
  OnrPosting posting;
  while (postings->bytes && onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &posting))
    each(expected, &posting);
}

static void each_of_article(Expected *expected, const OnrArticlePostings *postings, PostingFunc each) {
  expected->n_items++;
  expected->length += postings->length;
  each_posting(expected, &postings->title, each);
  each_posting(expected, &postings->text, each);
  each_posting(expected, &postings->fields, each);
}

static void each_of_quotes(Expected *expected, const OnrArticlePostings *postings, PostingFunc each) {
  for (guint i = 0; i < postings->n_quotes; i++) {
    const OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
    expected->n_items++;
    expected->length += quote->length;
    each_posting(expected, &quote->words, each);
    each_posting(expected, &quote->fields, each);
  }
}

/* Goes through the postings of all stored articles. A damaged one is a finding of the record's check; here it
 * is passed over. */
static gboolean each_of_archive(OnrArchive *archive, Expected *articles, Expected *quotes, PostingFunc each,
                                GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!onr_record_article_rows(archive->record, NULL, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    OnrArticle *article = onr_archive_load(archive, g_array_index(rows, gint64, i), NULL);
    if (!article)
      continue;
    const OnrArticlePostings *postings = onr_archive_make_postings(archive, article, error);
    if (!postings)
      return FALSE;
    each_of_article(articles, postings, each);
    each_of_quotes(quotes, postings, each);
  }
  return TRUE;
}

/* --- what the engine has --- */

static void add_finding(GPtrArray *findings, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add_finding(GPtrArray *findings, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_ptr_array_add(findings, g_strdup_vprintf(format, arguments));
  va_end(arguments);
}

static const char *table_name(OnrTable table) {
  return table == ONR_TABLE_ARTICLES ? "articles" : "quotes";
}

static void compare_totals(const Expected *expected, const OnrTermStats *stats, GPtrArray *findings) {
  const char *table = table_name(expected->table);
  if (stats->n_items != expected->n_items)
    add_finding(findings, "index: %" G_GUINT64_FORMAT " %s, the record has %u", stats->n_items, table,
                expected->n_items);
  double average = expected->n_items ? (double)expected->length / expected->n_items : 0;
  double difference = stats->average_length - average;
  if (difference > 1e-6 * average || difference < -1e-6 * average)
    add_finding(findings, "index: %s are %.6f long on the average, their texts give %.6f", table,
                stats->average_length, average);
}

/* Compares every term that the engine has. What has a count in EXPECTED afterwards, the engine lacks. */
static gboolean compare_terms(OnrArchive *archive, Expected *expected, const GPtrArray *terms,
                              GPtrArray *findings, GError **error) {
  guint limit = findings->len + MAX_FINDINGS;
  for (guint i = 0; i < terms->len && findings->len < limit; i++) {
    const char *term = terms->pdata[i];
    OnrTermStats stats;
    if (!archive->engine_class->term_stats(archive->engine, expected->table, term, &stats, error))
      return FALSE;
    Place *place = expected->terms.n_places ? place_of(&expected->terms, hash_of(term, strlen(term))) : NULL;
    guint32 n_items = place ? place->n_items : 0;
    if (stats.doc_frequency != n_items)
      add_finding(findings, "index: term '%s' in %" G_GUINT64_FORMAT " %s, their texts give it in %u", term,
                  stats.doc_frequency, table_name(expected->table), n_items);
    if (place)
      place->n_items = 0;
  }
  return TRUE;
}

static gboolean compare_table(OnrArchive *archive, Expected *expected, GPtrArray *findings, GError **error) {
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  OnrTermStats stats;
  if (!archive->engine_class->term_stats(archive->engine, expected->table, "", &stats, error) ||
      !archive->engine_class->expand(archive->engine, expected->table, "", G_MAXUINT - 1, terms, error))
    return FALSE;
  compare_totals(expected, &stats, findings);
  return compare_terms(archive, expected, terms, findings, error);
}

static gboolean lacks_terms(const Expected *expected) {
  for (gsize i = 0; i < expected->terms.n_places; i++)
    if (expected->terms.places[i].n_items)
      return TRUE;
  return FALSE;
}

/* The second pass: a hash has no name, so the terms that the engine lacks are looked for in the texts again.
 */
static void name_posting(Expected *expected, const OnrPosting *posting) {
  Place *place = place_of(&expected->terms, hash_of(posting->term, posting->length));
  if (!place->n_items || expected->findings->len > MAX_FINDINGS)
    return;
  add_finding(expected->findings, "index: term '%.*s' in no %s, their texts give it in %u", posting->length,
              posting->term, table_name(expected->table), place->n_items);
  place->n_items = 0;
}

static gboolean compare(OnrArchive *archive, GPtrArray *findings, GError **error) {
  g_auto(Expected) articles = {.table = ONR_TABLE_ARTICLES, .findings = findings};
  g_auto(Expected) quotes = {.table = ONR_TABLE_QUOTES, .findings = findings};
  if (!each_of_archive(archive, &articles, &quotes, count_posting, error) ||
      !compare_table(archive, &articles, findings, error) ||
      !compare_table(archive, &quotes, findings, error))
    return FALSE;
  return (!lacks_terms(&articles) && !lacks_terms(&quotes)) ||
         each_of_archive(archive, &articles, &quotes, name_posting, error);
}

/* Damage that stops a part of the check is that part's finding. */
static gboolean note_damage(gboolean is_done, GError *local, GPtrArray *findings, GError **error) {
  if (is_done)
    return TRUE;
  if (!g_error_matches(local, ONR_ERROR, ONR_ERROR_CORRUPT)) {
    g_propagate_error(error, local);
    return FALSE;
  }
  g_ptr_array_add(findings, g_strdup(local->message));
  g_error_free(local);
  return TRUE;
}

gboolean onr_archive_check(OnrArchive *archive, GPtrArray *findings, GError **error) {
  GError *record = NULL, *index = NULL, *both = NULL;
  return note_damage(onr_record_check(archive->record, findings, &record), record, findings, error) &&
         note_damage(archive->engine_class->check(archive->engine, findings, &index), index, findings,
                     error) &&
         note_damage(compare(archive, findings, &both), both, findings, error);
}
