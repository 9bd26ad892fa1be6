/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/dictionary.h"

#include <string.h>

/* A term of the open batch. */
typedef struct {
  guint32 hash;
  guint32 begin;  /* of its bytes in the arena */
  guint32 stem;   /* of a form: entry of its stem; of a stem: its own */
  gint32 n_items; /* to be added */
  guint8 length;
  gint64 n_postings; /* to be added */
} Entry;

#define NO_ENTRY G_MAXUINT32

typedef struct {
  guint32 hash;
  guint32 entry; /* NO_ENTRY: free */
} Slot;

struct OnrDictionary {
  OnrRecord *record;
  OnrTable table;
  GArray *entries; /* Entry */
  GByteArray *arena;
  Slot *slots; /* open addressing, at most half full */
  guint32 n_slots;
  GArray *found; /* guint32: entries of the counts at hand; scratch */
};

#define FIRST_SLOTS (1u << 12)

static void reset_slots(OnrDictionary *dictionary, guint32 n_slots) {
  if (n_slots != dictionary->n_slots)
    dictionary->slots = g_renew(Slot, dictionary->slots, n_slots);
  dictionary->n_slots = n_slots;
  memset(dictionary->slots, 0xff, n_slots * sizeof(Slot));
}

OnrDictionary *onr_dictionary_new(OnrRecord *record, OnrTable table) {
  OnrDictionary *dictionary = g_new0(OnrDictionary, 1);
  dictionary->record = record;
  dictionary->table = table;
  dictionary->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  dictionary->arena = g_byte_array_new();
  dictionary->found = g_array_new(FALSE, FALSE, sizeof(guint32));
  reset_slots(dictionary, FIRST_SLOTS);
  return dictionary;
}

void onr_dictionary_free(OnrDictionary *dictionary) {
  if (!dictionary)
    return;
  g_array_unref(dictionary->entries);
  g_byte_array_unref(dictionary->arena);
  g_array_unref(dictionary->found);
  g_free(dictionary->slots);
  g_free(dictionary);
}

void onr_dictionary_forget(OnrDictionary *dictionary) {
  if (!dictionary->entries->len)
    return;
  g_array_set_size(dictionary->entries, 0);
  g_byte_array_set_size(dictionary->arena, 0);
  reset_slots(dictionary, FIRST_SLOTS);
}

/* --- counting --- */

static inline Entry *entry_at(const OnrDictionary *dictionary, guint32 i) {
  return &g_array_index(dictionary->entries, Entry, i);
}

static inline gboolean is_term(const OnrDictionary *dictionary, const Entry *entry,
                               const OnrTermCount *count) {
  return entry->length == count->length &&
         !memcmp(dictionary->arena->data + entry->begin, count->term, count->length);
}

static void insert_slot(OnrDictionary *dictionary, guint32 hash, guint32 entry) {
  guint32 i = hash & (dictionary->n_slots - 1);
  while (dictionary->slots[i].entry != NO_ENTRY)
    i = (i + 1) & (dictionary->n_slots - 1);
  dictionary->slots[i] = (Slot){.hash = hash, .entry = entry};
}

static void grow(OnrDictionary *dictionary) {
  reset_slots(dictionary, dictionary->n_slots * 2);
  for (guint32 i = 0; i < dictionary->entries->len; i++)
    insert_slot(dictionary, entry_at(dictionary, i)->hash, i);
}

static guint32 add_entry(OnrDictionary *dictionary, const OnrTermCount *count) {
  guint32 i = dictionary->entries->len;
  Entry entry = {.hash = count->hash, .begin = dictionary->arena->len, .stem = i, .length = count->length};
  g_byte_array_append(dictionary->arena, (const guint8 *)count->term, count->length);
  g_array_append_val(dictionary->entries, entry);
  if (dictionary->entries->len > dictionary->n_slots / 2)
    grow(dictionary);
  else
    insert_slot(dictionary, count->hash, i);
  return i;
}

static guint32 find_entry(OnrDictionary *dictionary, const OnrTermCount *count) {
  for (guint32 i = count->hash & (dictionary->n_slots - 1);; i = (i + 1) & (dictionary->n_slots - 1)) {
    Slot slot = dictionary->slots[i];
    if (slot.entry == NO_ENTRY)
      return add_entry(dictionary, count);
    if (slot.hash == count->hash && is_term(dictionary, entry_at(dictionary, slot.entry), count))
      return slot.entry;
  }
}

void onr_dictionary_count(OnrDictionary *dictionary, const OnrTermCounts *counts, int sign) {
  if (!counts->terms)
    return;
  g_array_set_size(dictionary->found, counts->terms->len);
  guint32 *found = (guint32 *)(gpointer)dictionary->found->data;
  for (guint i = 0; i < counts->terms->len; i++) {
    const OnrTermCount *count = &g_array_index(counts->terms, OnrTermCount, i);
    found[i] = find_entry(dictionary, count);
    Entry *entry = entry_at(dictionary, found[i]);
    entry->n_items += sign * (gint32)count->n_items;
    entry->n_postings += sign * (gint64)count->n_postings;
  }
  for (guint i = 0; i < counts->terms->len; i++)
    entry_at(dictionary, found[i])->stem = found[g_array_index(counts->terms, OnrTermCount, i).stem];
}

/* --- the tables --- */

/* SQL with the table's name inside, one literal a table. */
#define BY_TABLE(dictionary, before, after)                                                                  \
  ((dictionary)->table == ONR_TABLE_ARTICLES ? before "fts5_article_" after : before "fts5_quote_" after)

gboolean onr_dictionary_create(sqlite3 *db, OnrTable table, GError **error) {
  const char *name = table == ONR_TABLE_ARTICLES ? "article" : "quote";
  g_autofree char *sql =
      g_strdup_printf("CREATE TABLE fts5_%s_term (term TEXT PRIMARY KEY, n_items INTEGER NOT NULL,"
                      " n_postings INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
                      "CREATE TABLE fts5_%s_form (stem TEXT NOT NULL, form TEXT NOT NULL,"
                      " PRIMARY KEY (stem, form)) STRICT, WITHOUT ROWID",
                      name, name);
  return onr_database_exec(db, sql, error);
}

typedef struct {
  const char *bytes;
  const Entry *entry;
} SortKey;

static int compare_keys(gconstpointer a, gconstpointer b) {
  const SortKey *x = a, *y = b;
  int order = memcmp(x->bytes, y->bytes, MIN(x->entry->length, y->entry->length));
  return order ? order : (int)x->entry->length - (int)y->entry->length;
}

static const char *bytes_of(const OnrDictionary *dictionary, const Entry *entry) {
  return (const char *)dictionary->arena->data + entry->begin;
}

static GArray *sorted_entries(const OnrDictionary *dictionary) {
  GArray *keys = g_array_sized_new(FALSE, FALSE, sizeof(SortKey), dictionary->entries->len);
  for (guint i = 0; i < dictionary->entries->len; i++) {
    const Entry *entry = entry_at(dictionary, i);
    SortKey key = {bytes_of(dictionary, entry), entry};
    if (entry->n_items || entry->n_postings)
      g_array_append_val(keys, key);
  }
  g_array_sort(keys, compare_keys);
  return keys;
}

/* The statements of one flush. */
typedef struct {
  OnrStatement *update, *insert, *remove, *insert_form, *remove_form;
} Statements;

static void statements_clear(Statements *s) {
  g_clear_pointer(&s->update, onr_statement_release);
  g_clear_pointer(&s->insert, onr_statement_release);
  g_clear_pointer(&s->remove, onr_statement_release);
  g_clear_pointer(&s->insert_form, onr_statement_release);
  g_clear_pointer(&s->remove_form, onr_statement_release);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Statements, statements_clear)

static gboolean statements_init(Statements *s, const OnrDictionary *d, GError **error) {
  OnrRecord *r = d->record;
  return (s->update = onr_record_statement(
              r,
              BY_TABLE(d, "UPDATE ",
                       "term SET n_items = n_items + ?2, n_postings = n_postings + ?3 WHERE term = ?1"),
              error)) &&
         (s->insert =
              onr_record_statement(r, BY_TABLE(d, "INSERT INTO ", "term VALUES (?1, ?2, ?3)"), error)) &&
         (s->remove = onr_record_statement(
              r, BY_TABLE(d, "DELETE FROM ", "term WHERE term = ?1 AND n_items = 0"), error)) &&
         (s->insert_form =
              onr_record_statement(r, BY_TABLE(d, "INSERT INTO ", "form VALUES (?1, ?2)"), error)) &&
         (s->remove_form = onr_record_statement(
              r, BY_TABLE(d, "DELETE FROM ", "form WHERE stem = ?1 AND form = ?2"), error));
}

static gboolean run_for_term(sqlite3_stmt *s, const SortKey *key, GError **error) {
  onr_bind_bytes(s, 1, key->bytes, key->entry->length);
  onr_bind_int(s, 2, key->entry->n_items);
  onr_bind_int(s, 3, key->entry->n_postings);
  return onr_run(s, error);
}

/* A stem's entry is its own stem: it is in no list. */
static gboolean run_for_form(const OnrDictionary *dictionary, sqlite3_stmt *s, const SortKey *key,
                             GError **error) {
  const Entry *stem = entry_at(dictionary, key->entry->stem);
  if (stem == key->entry)
    return TRUE;
  onr_bind_bytes(s, 1, bytes_of(dictionary, stem), stem->length);
  onr_bind_bytes(s, 2, key->bytes, key->entry->length);
  return onr_run(s, error);
}

static gboolean write_term(const OnrDictionary *dictionary, Statements *s, const SortKey *key,
                           GError **error) {
  sqlite3 *db = onr_record_database(dictionary->record);
  if (!run_for_term(s->update, key, error))
    return FALSE;
  if (!sqlite3_changes(db))
    return run_for_term(s->insert, key, error) && run_for_form(dictionary, s->insert_form, key, error);
  if (key->entry->n_items >= 0)
    return TRUE;
  onr_bind_bytes(s->remove, 1, key->bytes, key->entry->length);
  if (!onr_run(s->remove, error))
    return FALSE;
  return !sqlite3_changes(db) || run_for_form(dictionary, s->remove_form, key, error);
}

gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error) {
  if (!dictionary->entries->len)
    return TRUE;
  g_autoptr(GArray) keys = sorted_entries(dictionary);
  g_auto(Statements) statements = {0};
  if (!statements_init(&statements, dictionary, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    if (!write_term(dictionary, &statements, &g_array_index(keys, SortKey, i), error))
      return FALSE;
  onr_dictionary_forget(dictionary);
  return TRUE;
}

/* --- looking up --- */

gboolean onr_term_is_stem(const char *term) {
  if (g_ascii_isupper(*term) && *term != *ONR_TERM_STEM)
    term++;
  return *term == *ONR_TERM_STEM;
}

gboolean onr_dictionary_forms(OnrDictionary *dictionary, const char *term, GPtrArray *forms, GError **error) {
  if (!onr_term_is_stem(term)) {
    g_ptr_array_add(forms, g_strdup(term));
    return TRUE;
  }
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record, BY_TABLE(dictionary, "SELECT form FROM ", "form WHERE stem = ?1 ORDER BY form"),
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, term);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(forms, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

gboolean onr_dictionary_find(OnrDictionary *dictionary, const char *term, guint64 *n_items,
                             guint64 *n_postings, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record, BY_TABLE(dictionary, "SELECT n_items, n_postings FROM ", "term WHERE term = ?1"),
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, term);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  *n_items = step == ONR_STEP_ROW ? (guint64)onr_column_int(s, 0) : 0;
  *n_postings = step == ONR_STEP_ROW ? (guint64)onr_column_int(s, 1) : 0;
  return TRUE;
}

gboolean onr_dictionary_expand(OnrDictionary *dictionary, const char *prefix, guint limit, GPtrArray *terms,
                               GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record,
      BY_TABLE(dictionary, "SELECT term FROM ", "term WHERE term >= ?1 AND term < ?2 ORDER BY term LIMIT ?3"),
      error);
  if (!s)
    return FALSE;
  /* No term holds the byte 0xff: all terms with the prefix come before the prefix and that byte. */
  g_autofree char *end = g_strconcat(prefix, "\xff", NULL);
  onr_bind_text(s, 1, prefix);
  onr_bind_text(s, 2, end);
  onr_bind_int(s, 3, (gint64)limit + 1);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(terms, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}
