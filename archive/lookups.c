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

/* One statement for many rows costs half of one for each. FAIL: a statement of many rows that could be undone
 * alone would open a savepoint, at which FTS5 writes out all that it has gathered. */
#define ROWS_AT_ONCE 64
#define FOUR(row) row ", " row ", " row ", " row
#define INSERTS(head, row)                                                                                   \
  { head " VALUES " row, head " VALUES " FOUR(FOUR(FOUR(row))) }

static const struct {
  const char *one, *many;
} inserts[] = {
    [ONR_LOOKUP_SPEAKER_QUOTE] =
        INSERTS("INSERT OR FAIL INTO speaker_quote (speaker, quote, article)", "(?, ?, ?)"),
    [ONR_LOOKUP_ENTITY_QUOTE] = INSERTS("INSERT OR FAIL INTO entity_quote (entity, quote)", "(?, ?)"),
    [ONR_LOOKUP_ENTITY_ARTICLE] = INSERTS("INSERT OR FAIL INTO entity_article (entity, article)", "(?, ?)"),
    [ONR_LOOKUP_WORD_ENTITY] = INSERTS("INSERT OR IGNORE INTO entity_word (word, entity)", "(?, ?)"),
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

/* Inserts N pairs by a statement of as many rows. */
static gboolean insert_pairs(sqlite3_stmt *s, OnrLookup which, const Pair *pairs, guint n, GError **error) {
  int parameter = 0;
  for (guint i = 0; i < n; i++) {
    onr_bind_int(s, ++parameter, pairs[i].from);
    onr_bind_int(s, ++parameter, pairs[i].to);
    if (which == ONR_LOOKUP_SPEAKER_QUOTE)
      onr_bind_int(s, ++parameter, pairs[i].article);
  }
  return onr_run(s, error);
}

static gboolean flush_one(OnrLookups *lookups, OnrLookup which, GError **error) {
  GArray *pairs = lookups->pairs[which];
  if (!pairs->len)
    return TRUE;
  g_autoptr(OnrStatement) one = onr_record_statement(lookups->record, inserts[which].one, error);
  g_autoptr(OnrStatement) many = onr_record_statement(lookups->record, inserts[which].many, error);
  if (!one || !many)
    return FALSE;
  tidy_pairs(pairs);
  guint n;
  for (guint i = 0; i < pairs->len; i += n) {
    n = pairs->len - i >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
    if (!insert_pairs(n > 1 ? many : one, which, &g_array_index(pairs, Pair, i), n, error))
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
