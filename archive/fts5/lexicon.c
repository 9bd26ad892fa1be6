/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/lexicon.h"

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

struct OnrLexicon {
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

static void reset_slots(OnrLexicon *lexicon, guint32 n_slots) {
  lexicon->slots = g_renew(Slot, lexicon->slots, n_slots);
  lexicon->n_slots = n_slots;
  memset(lexicon->slots, 0xff, n_slots * sizeof(Slot));
}

OnrLexicon *onr_lexicon_new(OnrRecord *record, OnrTable table) {
  OnrLexicon *lexicon = g_new0(OnrLexicon, 1);
  lexicon->record = record;
  lexicon->table = table;
  lexicon->entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  lexicon->arena = g_byte_array_new();
  reset_slots(lexicon, FIRST_SLOTS);
  return lexicon;
}

void onr_lexicon_free(OnrLexicon *lexicon) {
  if (!lexicon)
    return;
  g_array_unref(lexicon->entries);
  g_byte_array_unref(lexicon->arena);
  g_free(lexicon->slots);
  g_free(lexicon);
}

void onr_lexicon_forget(OnrLexicon *lexicon) {
  g_array_set_size(lexicon->entries, 0);
  g_byte_array_set_size(lexicon->arena, 0);
  reset_slots(lexicon, FIRST_SLOTS);
  lexicon->item = 0;
}

gboolean onr_lexicon_is_dirty(const OnrLexicon *lexicon) {
  return lexicon->entries->len > 0;
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

static inline Entry *entry_at(const OnrLexicon *lexicon, guint32 i) {
  return &g_array_index(lexicon->entries, Entry, i);
}

static inline gboolean is_term(const OnrLexicon *lexicon, const Entry *entry, const OnrPosting *posting) {
  return entry->length == posting->length &&
         !memcmp(lexicon->arena->data + entry->begin, posting->term, posting->length);
}

static void insert_slot(OnrLexicon *lexicon, guint32 hash, guint32 entry) {
  guint32 i = hash & (lexicon->n_slots - 1);
  while (lexicon->slots[i].entry != NO_ENTRY)
    i = (i + 1) & (lexicon->n_slots - 1);
  lexicon->slots[i] = (Slot){.hash = hash, .entry = entry};
}

static void grow(OnrLexicon *lexicon) {
  reset_slots(lexicon, lexicon->n_slots * 2);
  for (guint32 i = 0; i < lexicon->entries->len; i++)
    insert_slot(lexicon, entry_at(lexicon, i)->hash, i);
}

static guint32 add_entry(OnrLexicon *lexicon, guint32 hash, const OnrPosting *posting) {
  Entry entry = {.hash = hash,
                 .begin = lexicon->arena->len,
                 .last_item = 0,
                 .stem = NO_ENTRY,
                 .length = posting->length};
  g_byte_array_append(lexicon->arena, (const guint8 *)posting->term, posting->length);
  g_array_append_val(lexicon->entries, entry);
  guint32 i = lexicon->entries->len - 1;
  if (lexicon->entries->len > lexicon->n_slots / 2)
    grow(lexicon);
  else
    insert_slot(lexicon, hash, i);
  return i;
}

static guint32 find_entry(OnrLexicon *lexicon, const OnrPosting *posting) {
  guint32 hash = hash_bytes(posting->term, posting->length);
  for (guint32 i = hash & (lexicon->n_slots - 1);; i = (i + 1) & (lexicon->n_slots - 1)) {
    Slot slot = lexicon->slots[i];
    if (slot.entry == NO_ENTRY)
      return add_entry(lexicon, hash, posting);
    if (slot.hash == hash && is_term(lexicon, entry_at(lexicon, slot.entry), posting))
      return slot.entry;
  }
}

/* The entry of POSTING, which comes after entry FORMER (or NO_ENTRY). */
static guint32 entry_after(OnrLexicon *lexicon, guint32 former, const OnrPosting *posting) {
  if (!posting->is_stem || former == NO_ENTRY)
    return find_entry(lexicon, posting);
  guint32 stem = entry_at(lexicon, former)->stem;
  if (stem != NO_ENTRY && is_term(lexicon, entry_at(lexicon, stem), posting))
    return stem;
  stem = find_entry(lexicon, posting);
  entry_at(lexicon, former)->stem = stem;
  return stem;
}

void onr_lexicon_begin_item(OnrLexicon *lexicon, int sign) {
  lexicon->item++;
  lexicon->sign = sign;
}

void onr_lexicon_count(OnrLexicon *lexicon, const OnrPostings *postings, guint weight) {
  if (!postings->bytes)
    return;
  gint64 n_postings = (gint64)weight * lexicon->sign;
  guint32 former = NO_ENTRY;
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &posting);) {
    former = entry_after(lexicon, former, &posting);
    Entry *entry = entry_at(lexicon, former);
    if (entry->last_item != lexicon->item) {
      entry->last_item = lexicon->item;
      entry->n_items += lexicon->sign;
    }
    entry->n_postings += n_postings;
  }
}

/* --- the table --- */

gboolean onr_lexicon_create(sqlite3 *db, OnrTable table, GError **error) {
  g_autofree char *sql =
      g_strdup_printf("CREATE TABLE fts5_%s_term (term TEXT PRIMARY KEY, n_items INTEGER NOT NULL,"
                      " n_postings INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                      table == ONR_TABLE_ARTICLES ? "article" : "quote");
  return onr_database_exec(db, sql, error);
}

/* SQL with %s for the table's name, one literal a table. */
#define BY_TABLE(lexicon, before, after)                                                                     \
  ((lexicon)->table == ONR_TABLE_ARTICLES ? before "fts5_article_term" after : before "fts5_quote_term" after)

typedef struct {
  const char *bytes;
  const Entry *entry;
} SortKey;

static int compare_keys(gconstpointer a, gconstpointer b) {
  const SortKey *x = a, *y = b;
  int order = memcmp(x->bytes, y->bytes, MIN(x->entry->length, y->entry->length));
  return order ? order : (int)x->entry->length - (int)y->entry->length;
}

static GArray *sorted_entries(const OnrLexicon *lexicon) {
  GArray *keys = g_array_sized_new(FALSE, FALSE, sizeof(SortKey), lexicon->entries->len);
  for (guint i = 0; i < lexicon->entries->len; i++) {
    const Entry *entry = entry_at(lexicon, i);
    SortKey key = {(const char *)lexicon->arena->data + entry->begin, entry};
    if (entry->n_items || entry->n_postings)
      g_array_append_val(keys, key);
  }
  g_array_sort(keys, compare_keys);
  return keys;
}

static gboolean write_entries(OnrLexicon *lexicon, const GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      lexicon->record,
      BY_TABLE(lexicon, "INSERT INTO ",
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
static gboolean remove_empty(OnrLexicon *lexicon, const GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      lexicon->record, BY_TABLE(lexicon, "DELETE FROM ", " WHERE term = ?1 AND n_items = 0"), error);
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

gboolean onr_lexicon_flush(OnrLexicon *lexicon, GError **error) {
  if (!lexicon->entries->len)
    return TRUE;
  g_autoptr(GArray) keys = sorted_entries(lexicon);
  if (!write_entries(lexicon, keys, error) || !remove_empty(lexicon, keys, error))
    return FALSE;
  onr_lexicon_forget(lexicon);
  return TRUE;
}

gboolean onr_lexicon_find(OnrLexicon *lexicon, const char *term, guint64 *n_items, guint64 *n_postings,
                          GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      lexicon->record, BY_TABLE(lexicon, "SELECT n_items, n_postings FROM ", " WHERE term = ?1"), error);
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

gboolean onr_lexicon_expand(OnrLexicon *lexicon, const char *prefix, guint limit, GPtrArray *terms,
                            GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      lexicon->record,
      BY_TABLE(lexicon, "SELECT term FROM ", " WHERE term >= ?1 AND term < ?2 ORDER BY term LIMIT ?3"),
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
