/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/lookups.h"

#include "archive/record_private.h"

typedef struct {
  gint64 from, to;
  gint64 article; /* of SPEAKER_QUOTE; of ENTITY_ARTICLE where its signature is in bytes: a byte of length,
                     then so many; 0: none */
} Pair;

struct OnrLookups {
  OnrRecord *record;
  GArray *pairs[ONR_N_LOOKUPS]; /* of Pair */
  GByteArray *bytes;            /* signatures; one byte before the first */
};

static const OnrInsert inserts[] = {
    [ONR_LOOKUP_SPEAKER_QUOTE] =
        ONR_INSERT("INSERT OR FAIL INTO speaker_quote (speaker, quote, article)", "(?, ?, ?)", 3),
    [ONR_LOOKUP_ENTITY_QUOTE] = ONR_INSERT("INSERT OR FAIL INTO entity_quote (entity, quote)", "(?, ?)", 2),
    [ONR_LOOKUP_ENTITY_ARTICLE] =
        ONR_INSERT("INSERT OR FAIL INTO entity_article (entity, article, signature)", "(?, ?, ?)", 3),
    [ONR_LOOKUP_WORD_ENTITY] = ONR_INSERT("INSERT OR IGNORE INTO entity_word (word, entity)", "(?, ?)", 2),
};

OnrLookups *onr_lookups_new(OnrRecord *record) {
  OnrLookups *lookups = g_new0(OnrLookups, 1);
  lookups->record = record;
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    lookups->pairs[i] = g_array_new(FALSE, FALSE, sizeof(Pair));
  lookups->bytes = g_byte_array_new();
  g_byte_array_set_size(lookups->bytes, 1);
  return lookups;
}

void onr_lookups_free(OnrLookups *lookups) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    g_array_unref(lookups->pairs[i]);
  g_byte_array_unref(lookups->bytes);
  g_free(lookups);
}

void onr_lookups_forget(OnrLookups *lookups) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    g_array_set_size(lookups->pairs[i], 0);
  g_byte_array_set_size(lookups->bytes, 1);
}

void onr_lookups_add(OnrLookups *lookups, OnrLookup which, gint64 from, gint64 to, gint64 article) {
  Pair pair = {.from = from, .to = to, .article = article};
  g_array_append_val(lookups->pairs[which], pair);
}

void onr_lookups_add_signed(OnrLookups *lookups, gint64 entity, gint64 article, const guint8 *signature,
                            gsize n) {
  Pair pair = {.from = entity, .to = article, .article = n ? lookups->bytes->len : 0};
  guint8 length = (guint8)n;
  if (n) {
    g_byte_array_append(lookups->bytes, &length, 1);
    g_byte_array_append(lookups->bytes, signature, length);
  }
  g_array_append_val(lookups->pairs[ONR_LOOKUP_ENTITY_ARTICLE], pair);
}

/* What rows are bound from. */
typedef struct {
  const GArray *pairs;
  const GByteArray *bytes;
} Pairs;

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

static void bind_pair(sqlite3_stmt *s, int first, gconstpointer data, guint i) {
  const Pair *pair = &g_array_index(((const Pairs *)data)->pairs, Pair, i);
  onr_bind_int(s, first, pair->from);
  onr_bind_int(s, first + 1, pair->to);
}

static void bind_triple(sqlite3_stmt *s, int first, gconstpointer data, guint i) {
  bind_pair(s, first, data, i);
  onr_bind_int(s, first + 2, g_array_index(((const Pairs *)data)->pairs, Pair, i).article);
}

static void bind_signed(sqlite3_stmt *s, int first, gconstpointer data, guint i) {
  const Pairs *p = data;
  gint64 at = g_array_index(p->pairs, Pair, i).article;
  bind_pair(s, first, data, i);
  if (at)
    onr_bind_blob(s, first + 2, p->bytes->data + at + 1, p->bytes->data[at]);
  else
    onr_bind_null(s, first + 2);
}

static OnrBindRow binder_of(OnrLookup which) {
  return which == ONR_LOOKUP_SPEAKER_QUOTE    ? bind_triple
         : which == ONR_LOOKUP_ENTITY_ARTICLE ? bind_signed
                                              : bind_pair;
}

static gboolean flush_one(OnrLookups *lookups, OnrLookup which, GError **error) {
  GArray *pairs = lookups->pairs[which];
  const Pairs data = {pairs, lookups->bytes};
  tidy_pairs(pairs);
  if (pairs->len &&
      !onr_record_insert_rows(lookups->record, &inserts[which], binder_of(which), &data, pairs->len, error))
    return FALSE;
  g_array_set_size(pairs, 0);
  return TRUE;
}

gboolean onr_lookups_flush(OnrLookups *lookups, GError **error) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    if (!flush_one(lookups, (OnrLookup)i, error))
      return FALSE;
  g_byte_array_set_size(lookups->bytes, 1);
  return TRUE;
}
