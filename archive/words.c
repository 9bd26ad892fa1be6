/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/words.h"

#include "archive/record_private.h"
#include "text/name.h"

struct OnrWords {
  OnrRecord *record;
  GHashTable *rows; /* word → gint64: row of name_word */
  GArray *made;     /* New: not in name_word yet */
  gint64 last;      /* row given last; 0: not asked for yet */
};

typedef struct {
  gint64 row;
  const char *word; /* borrowed from rows */
  char *key;
} New;

static void new_clear(gpointer p) {
  g_free(((New *)p)->key);
}

OnrWords *onr_words_new(OnrRecord *record) {
  OnrWords *words = g_new0(OnrWords, 1);
  words->record = record;
  words->made = g_array_new(FALSE, FALSE, sizeof(New));
  g_array_set_clear_func(words->made, new_clear);
  words->rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return words;
}

void onr_words_free(OnrWords *words) {
  g_array_unref(words->made);
  g_hash_table_unref(words->rows);
  g_free(words);
}

void onr_words_forget(OnrWords *words) {
  g_array_set_size(words->made, 0);
  words->last = 0;
  g_hash_table_remove_all(words->rows);
}

guint onr_words_n_cached(const OnrWords *words) {
  return g_hash_table_size(words->rows);
}

static const char *remember(OnrWords *words, const char *word, gint64 row) {
  char *own = g_strdup(word);
  g_hash_table_insert(words->rows, own, g_memdup2(&row, sizeof row));
  return own;
}

static gboolean make_word(OnrWords *words, const char *word, gint64 *row, GError **error) {
  if (!onr_record_next_row(words->record, "SELECT max(row) FROM name_word", &words->last, error))
    return FALSE;
  New made = {
      .row = words->last, .word = remember(words, word, words->last), .key = onr_name_word_key(word, -1)};
  g_array_append_val(words->made, made);
  *row = made.row;
  return TRUE;
}

static gboolean use_word(OnrWords *words, const char *word, gint64 *row, GError **error) {
  const gint64 *known = g_hash_table_lookup(words->rows, word);
  if (known) {
    *row = *known;
    return TRUE;
  }
  g_autoptr(OnrStatement) s =
      onr_record_statement(words->record, "SELECT row FROM name_word WHERE word = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, word);
  if (!onr_step_int(s, 0, row, error))
    return FALSE;
  if (!*row)
    return make_word(words, word, row, error);
  remember(words, word, *row);
  return TRUE;
}

static void bind_word(sqlite3_stmt *s, int first, gconstpointer made, guint i) {
  const New *word = &((const New *)made)[i];
  onr_bind_int(s, first, word->row);
  onr_bind_text(s, first + 1, word->word);
  onr_bind_text(s, first + 2, word->key);
}

gboolean onr_words_insert_new(OnrWords *words, GError **error) {
  static const OnrInsert insert =
      ONR_INSERT("INSERT OR FAIL INTO name_word (row, word, key)", "(?, ?, ?)", 3);
  if (words->made->len &&
      !onr_record_insert_rows(words->record, &insert, bind_word, words->made->data, words->made->len, error))
    return FALSE;
  g_array_set_size(words->made, 0);
  return TRUE;
}

gboolean onr_words_add(OnrWords *words, gint64 entity, const char *name, GError **error) {
  g_autoptr(GPtrArray) of_name = onr_name_words(name);
  for (guint i = 0; i < of_name->len; i++) {
    gint64 word;
    if (!use_word(words, of_name->pdata[i], &word, error))
      return FALSE;
    onr_lookups_add(words->record->lookups, ONR_LOOKUP_WORD_ENTITY, word, entity, 0);
  }
  return TRUE;
}

/* The words of all that ENTITY is still called by. */
static GHashTable *words_of(OnrRecord *record, gint64 entity, GError **error) {
  g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT name FROM alias WHERE entity = ?1", error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    g_autoptr(GPtrArray) of_alias = onr_name_words(onr_column_text(s, 0));
    for (guint i = 0; i < of_alias->len; i++)
      g_hash_table_add(words, g_strdup(of_alias->pdata[i]));
  }
  return step == ONR_STEP_DONE ? g_steal_pointer(&words) : NULL;
}

static gboolean drop_word(OnrWords *words, gint64 entity, const char *word, GError **error) {
  g_autoptr(OnrStatement) unlink = onr_record_statement(
      words->record,
      "DELETE FROM entity_word WHERE word = (SELECT row FROM name_word WHERE word = ?1) AND entity = ?2",
      error);
  g_autoptr(OnrStatement) drop =
      onr_record_statement(words->record,
                           "DELETE FROM name_word WHERE word = ?1 AND NOT EXISTS (SELECT 1 FROM entity_word "
                           "w WHERE w.word = name_word.row)",
                           error);
  if (!unlink || !drop)
    return FALSE;
  onr_bind_text(unlink, 1, word);
  onr_bind_int(unlink, 2, entity);
  onr_bind_text(drop, 1, word);
  if (!onr_run(unlink, error) || !onr_run(drop, error))
    return FALSE;
  if (sqlite3_changes(words->record->db))
    g_hash_table_remove(words->rows, word);
  return TRUE;
}

gboolean onr_words_drop(OnrWords *words, gint64 entity, const char *name, GError **error) {
  g_autoptr(GHashTable) kept = words_of(words->record, entity, error);
  if (!kept)
    return FALSE;
  g_autoptr(GPtrArray) of_name = onr_name_words(name);
  for (guint i = 0; i < of_name->len; i++)
    if (!g_hash_table_contains(kept, of_name->pdata[i]) &&
        !drop_word(words, entity, of_name->pdata[i], error))
      return FALSE;
  return TRUE;
}
