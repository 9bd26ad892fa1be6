/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/dictionary.h"

#include <string.h>

/* A term of the open batch. A form is nearly always followed by the same stem, so the form remembers it and
 * most stems cost no look-up. */
typedef struct {
  guint32 hash;
  guint32 begin;     /* of its bytes in the arena */
  guint32 last_item; /* the item it was last counted for */
  guint32 stem;      /* entry of the stem last seen after this form, or NO_ENTRY */
  gint32 n_items;    /* to be added */
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
  guint32 item;
  int sign;
};

#define FIRST_SLOTS (1u << 12)

static void reset_slots(OnrDictionary *dictionary, guint32 n_slots) {
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
  reset_slots(dictionary, FIRST_SLOTS);
  return dictionary;
}

void onr_dictionary_free(OnrDictionary *dictionary) {
  if (!dictionary)
    return;
  g_array_unref(dictionary->entries);
  g_byte_array_unref(dictionary->arena);
  g_free(dictionary->slots);
  g_free(dictionary);
}

void onr_dictionary_forget(OnrDictionary *dictionary) {
  g_array_set_size(dictionary->entries, 0);
  g_byte_array_set_size(dictionary->arena, 0);
  reset_slots(dictionary, FIRST_SLOTS);
  dictionary->item = 0;
}

gboolean onr_dictionary_is_dirty(const OnrDictionary *dictionary) {
  return dictionary->entries->len > 0;
}

/* --- counting --- */

/* Eight bytes a step, mixed by the finaliser of MurmurHash3 (Austin Appleby, public domain). */
static guint32 hash_bytes(const char *p, gsize length) {
  guint64 hash = length * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  for (;;) {
    guint64 word = 0;
    memcpy(&word, p, MIN(length, sizeof word));
    hash = (hash ^ word) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash ^= hash >> 32;
    if (length <= sizeof word)
      return (guint32)hash;
    p += sizeof word;
    length -= sizeof word;
  }
}

static inline Entry *entry_at(const OnrDictionary *dictionary, guint32 i) {
  return &g_array_index(dictionary->entries, Entry, i);
}

static inline gboolean is_term(const OnrDictionary *dictionary, const Entry *entry,
                               const OnrPosting *posting) {
  return entry->length == posting->length &&
         !memcmp(dictionary->arena->data + entry->begin, posting->term, posting->length);
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

static guint32 add_entry(OnrDictionary *dictionary, guint32 hash, const OnrPosting *posting) {
  Entry entry = {.hash = hash,
                 .begin = dictionary->arena->len,
                 .last_item = 0,
                 .stem = NO_ENTRY,
                 .length = posting->length};
  g_byte_array_append(dictionary->arena, (const guint8 *)posting->term, posting->length);
  g_array_append_val(dictionary->entries, entry);
  guint32 i = dictionary->entries->len - 1;
  if (dictionary->entries->len > dictionary->n_slots / 2)
    grow(dictionary);
  else
    insert_slot(dictionary, hash, i);
  return i;
}

static guint32 find_entry(OnrDictionary *dictionary, const OnrPosting *posting) {
  guint32 hash = hash_bytes(posting->term, posting->length);
  for (guint32 i = hash & (dictionary->n_slots - 1);; i = (i + 1) & (dictionary->n_slots - 1)) {
    Slot slot = dictionary->slots[i];
    if (slot.entry == NO_ENTRY)
      return add_entry(dictionary, hash, posting);
    if (slot.hash == hash && is_term(dictionary, entry_at(dictionary, slot.entry), posting))
      return slot.entry;
  }
}

/* The entry of POSTING, which comes after entry FORMER (or NO_ENTRY). */
static guint32 entry_after(OnrDictionary *dictionary, guint32 former, const OnrPosting *posting) {
  if (!posting->is_stem || former == NO_ENTRY)
    return find_entry(dictionary, posting);
  guint32 stem = entry_at(dictionary, former)->stem;
  if (stem != NO_ENTRY && is_term(dictionary, entry_at(dictionary, stem), posting))
    return stem;
  stem = find_entry(dictionary, posting);
  entry_at(dictionary, former)->stem = stem;
  return stem;
}

void onr_dictionary_begin_item(OnrDictionary *dictionary, int sign) {
  dictionary->item++;
  dictionary->sign = sign;
}

void onr_dictionary_count(OnrDictionary *dictionary, const OnrPostings *postings, guint weight) {
  if (!postings->bytes)
    return;
  gint64 n_postings = (gint64)weight * dictionary->sign;
  guint32 former = NO_ENTRY;
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &posting);) {
    former = entry_after(dictionary, former, &posting);
    Entry *entry = entry_at(dictionary, former);
    if (entry->last_item != dictionary->item) {
      entry->last_item = dictionary->item;
      entry->n_items += dictionary->sign;
    }
    entry->n_postings += n_postings;
  }
}

/* --- the table --- */

gboolean onr_dictionary_create(sqlite3 *db, OnrTable table, GError **error) {
  g_autofree char *sql =
      g_strdup_printf("CREATE TABLE fts5_%s_term (term TEXT PRIMARY KEY, n_items INTEGER NOT NULL,"
                      " n_postings INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                      table == ONR_TABLE_ARTICLES ? "article" : "quote");
  return onr_database_exec(db, sql, error);
}

/* SQL with %s for the table's name, one literal a table. */
#define BY_TABLE(dictionary, before, after)                                                                  \
  ((dictionary)->table == ONR_TABLE_ARTICLES ? before "fts5_article_term" after                              \
                                             : before "fts5_quote_term" after)

typedef struct {
  const char *bytes;
  const Entry *entry;
} SortKey;

static int compare_keys(gconstpointer a, gconstpointer b) {
  const SortKey *x = a, *y = b;
  int order = memcmp(x->bytes, y->bytes, MIN(x->entry->length, y->entry->length));
  return order ? order : (int)x->entry->length - (int)y->entry->length;
}

static GArray *sorted_entries(const OnrDictionary *dictionary) {
  GArray *keys = g_array_sized_new(FALSE, FALSE, sizeof(SortKey), dictionary->entries->len);
  for (guint i = 0; i < dictionary->entries->len; i++) {
    const Entry *entry = entry_at(dictionary, i);
    SortKey key = {(const char *)dictionary->arena->data + entry->begin, entry};
    if (entry->n_items || entry->n_postings)
      g_array_append_val(keys, key);
  }
  g_array_sort(keys, compare_keys);
  return keys;
}

static gboolean write_entries(OnrDictionary *dictionary, const GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record,
      BY_TABLE(dictionary, "INSERT INTO ",
               " VALUES (?1, ?2, ?3) ON CONFLICT (term) DO UPDATE SET"
               " n_items = n_items + excluded.n_items, n_postings = n_postings + excluded.n_postings"),
      error);
  if (!s)
    return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    const SortKey *key = &g_array_index(keys, SortKey, i);
    onr_bind_bytes(s, 1, key->bytes, key->entry->length);
    onr_bind_int(s, 2, key->entry->n_items);
    onr_bind_int(s, 3, key->entry->n_postings);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

/* Only terms that lost items can have lost their last. */
static gboolean remove_empty(OnrDictionary *dictionary, const GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record, BY_TABLE(dictionary, "DELETE FROM ", " WHERE term = ?1 AND n_items = 0"), error);
  if (!s)
    return FALSE;
  for (guint i = 0; i < keys->len; i++) {
    const SortKey *key = &g_array_index(keys, SortKey, i);
    if (key->entry->n_items >= 0)
      continue;
    onr_bind_bytes(s, 1, key->bytes, key->entry->length);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error) {
  if (!dictionary->entries->len)
    return TRUE;
  g_autoptr(GArray) keys = sorted_entries(dictionary);
  if (!write_entries(dictionary, keys, error) || !remove_empty(dictionary, keys, error))
    return FALSE;
  onr_dictionary_forget(dictionary);
  return TRUE;
}

gboolean onr_dictionary_find(OnrDictionary *dictionary, const char *term, guint64 *n_items,
                             guint64 *n_postings, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      dictionary->record, BY_TABLE(dictionary, "SELECT n_items, n_postings FROM ", " WHERE term = ?1"),
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
      BY_TABLE(dictionary, "SELECT term FROM ", " WHERE term >= ?1 AND term < ?2 ORDER BY term LIMIT ?3"),
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
