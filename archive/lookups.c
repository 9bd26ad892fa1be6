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

static const char *const inserts[] = {
    [ONR_LOOKUP_SPEAKER_QUOTE] = "INSERT INTO speaker_quote (speaker, quote, article) VALUES (?1, ?2, ?3)",
    [ONR_LOOKUP_ENTITY_QUOTE] = "INSERT INTO entity_quote (entity, quote) VALUES (?1, ?2)",
    [ONR_LOOKUP_ENTITY_ARTICLE] = "INSERT INTO entity_article (entity, article) VALUES (?1, ?2)",
    [ONR_LOOKUP_WORD_ENTITY] = "INSERT OR IGNORE INTO entity_word (word, entity) VALUES (?1, ?2)",
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

static gboolean flush_one(OnrLookups *lookups, OnrLookup which, GError **error) {
  GArray *pairs = lookups->pairs[which];
  if (!pairs->len)
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(lookups->record, inserts[which], error);
  if (!s)
    return FALSE;
  g_array_sort(pairs, by_pair);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index(pairs, Pair, i);
    if (i && by_pair(pair, pair - 1) == 0)
      continue;
    onr_bind_int(s, 1, pair->from);
    onr_bind_int(s, 2, pair->to);
    if (which == ONR_LOOKUP_SPEAKER_QUOTE)
      onr_bind_int(s, 3, pair->article);
    if (!onr_run(s, error))
      return FALSE;
  }
  g_array_set_size(pairs, 0);
  return TRUE;
}

gboolean onr_lookups_flush(OnrLookups *lookups, GError **error) {
  for (int i = 0; i < ONR_N_LOOKUPS; i++)
    if (!flush_one(lookups, (OnrLookup)i, error))
      return FALSE;
  return TRUE;
}
