/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/lookups.h"

#include "archive/record_private.h"

typedef struct {
  gint64 from, to, article;
} Pair;

struct OnrLookups {
  OnrRecord *record;
  GArray *pairs[ONR_N_LOOKUPS]; /* of Pair */
};

static const OnrInsert inserts[] = {
    [ONR_LOOKUP_SPEAKER_QUOTE] =
        ONR_INSERT("INSERT OR FAIL INTO speaker_quote (speaker, quote, article)", "(?, ?, ?)", 3),
    [ONR_LOOKUP_ENTITY_QUOTE] = ONR_INSERT("INSERT OR FAIL INTO entity_quote (entity, quote)", "(?, ?)", 2),
    [ONR_LOOKUP_ENTITY_ARTICLE] =
        ONR_INSERT("INSERT OR FAIL INTO entity_article (entity, article)", "(?, ?)", 2),
    [ONR_LOOKUP_WORD_ENTITY] = ONR_INSERT("INSERT OR IGNORE INTO entity_word (word, entity)", "(?, ?)", 2),
};

OnrLookups *onr_lookups_new(OnrRecord *record) {
  OnrLookups *lookups = g_new0(OnrLookups, 1);
  lookups->record = record;
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    lookups->pairs[i] = g_array_new(FALSE, FALSE, sizeof(Pair));
  return lookups;
}

void onr_lookups_free(OnrLookups *lookups) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    g_array_unref(lookups->pairs[i]);
  g_free(lookups);
}

void onr_lookups_forget(OnrLookups *lookups) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    g_array_set_size(lookups->pairs[i], 0);
}

void onr_lookups_add(OnrLookups *lookups, OnrLookup which, gint64 from, gint64 to, gint64 article) {
  Pair pair = {.from = from, .to = to, .article = article};
  g_array_append_val(lookups->pairs[which], pair);
}

static int by_pair(gconstpointer p, gconstpointer q) {
  const Pair *a = p, *b = q;
  if (a->from != b->from)
    return a->from < b->from ? -1 : 1;
  return (a->to > b->to) - (a->to < b->to);
}

/* PAIRS in order, each once. */
static void tidy_pairs(GArray *pairs) {
  Pair *all = (Pair *)(void *)pairs->data;
  guint n = 0;
  g_array_sort(pairs, by_pair);
  for (guint i = 0; i < pairs->len; i++)
    if (!n || by_pair(&all[i], &all[n - 1]) != 0)
      all[n++] = all[i];
  g_array_set_size(pairs, n);
}

static void bind_pair(sqlite3_stmt *s, int first, gconstpointer pairs, guint i) {
  const Pair *pair = &((const Pair *)pairs)[i];
  onr_bind_int(s, first, pair->from);
  onr_bind_int(s, first + 1, pair->to);
}

static void bind_triple(sqlite3_stmt *s, int first, gconstpointer pairs, guint i) {
  bind_pair(s, first, pairs, i);
  onr_bind_int(s, first + 2, ((const Pair *)pairs)[i].article);
}

static gboolean flush_one(OnrLookups *lookups, OnrLookup which, GError **error) {
  GArray *pairs = lookups->pairs[which];
  tidy_pairs(pairs);
  if (pairs->len && !onr_record_insert_rows(lookups->record, &inserts[which],
                                            which == ONR_LOOKUP_SPEAKER_QUOTE ? bind_triple : bind_pair,
                                            pairs->data, pairs->len, error))
    return FALSE;
  g_array_set_size(pairs, 0);
  return TRUE;
}

gboolean onr_lookups_flush(OnrLookups *lookups, GError **error) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    if (!flush_one(lookups, (OnrLookup)i, error))
      return FALSE;
  return TRUE;
}
