/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading runs: one key, or all in order. */
#include "archive/fts5/term_runs.h"

#include <string.h>

static gboolean fail_block(OnrRecord *record, OnrTable table, guint32 run, guint32 number, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
              "'%s': block %u of run %u of the %s terms is damaged: run `onrecord reindex`",
              onr_record_file(record), number, run, table == ONR_TABLE_ARTICLES ? "article" : "quote");
  return FALSE;
}

gboolean onr_term_runs_list(OnrRecord *record, OnrTable table, GArray *runs, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT run, n_blocks FROM fts5_term_run WHERE item_table = ?1 ORDER BY n_blocks DESC, run",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, table);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrTermRun run = {(guint32)onr_column_int(s, 0), (guint32)onr_column_int(s, 1)};
    g_array_append_val(runs, run);
  }
  return step == ONR_STEP_DONE;
}

/* --- one key --- */

/* A row a run of TABLE: run, n_blocks, id and entries of the block where KEY is if the run has it. */
static OnrStatement *select_blocks(OnrRecord *record, OnrTable table, const char *key, guint length,
                                   GError **error) {
  OnrStatement *s = onr_record_statement(
      record,
      "SELECT r.run, r.n_blocks, b.id, b.entries FROM fts5_term_run r LEFT JOIN fts5_term_block b ON b.id ="
      " (SELECT id FROM fts5_term_first WHERE run = r.run AND first <= ?2 ORDER BY first DESC LIMIT 1)"
      " WHERE r.item_table = ?1",
      error);
  if (s) {
    onr_bind_int(s, 1, table);
    onr_bind_blob(s, 2, key, length);
  }
  return s;
}

/* At a row of select_blocks. */
static guint32 number_of_block(sqlite3_stmt *s) {
  return (guint32)(onr_column_int(s, 2) & G_MAXUINT32);
}

static gboolean init_reader(OnrTermBlockReader *reader, sqlite3_stmt *s, int column) {
  const guint8 *bytes = sqlite3_column_blob(s, column);
  onr_term_block_reader_init(reader, bytes, (gsize)sqlite3_column_bytes(s, column));
  return bytes != NULL;
}

gboolean onr_term_runs_find(OnrRecord *record, OnrTable table, const char *key, guint length, gint64 *n_items,
                            gint64 *n_postings, GError **error) {
  g_autoptr(OnrStatement) s = select_blocks(record, table, key, length, error);
  if (!s)
    return FALSE;
  guint64 items = 0, postings = 0; /* damage may make them run over */
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrTermBlockReader reader;
    gboolean is_there = init_reader(&reader, s, 3);
    if (is_there && onr_term_block_reader_seek(&reader, key, length) && reader.entry.length == length &&
        !memcmp(reader.entry.key, key, length)) {
      items += (guint64)reader.entry.n_items;
      postings += (guint64)reader.entry.n_postings;
    }
    if (!is_there || reader.is_damaged)
      return fail_block(record, table, (guint32)onr_column_int(s, 0), number_of_block(s), error);
  }
  *n_items = (gint64)items;
  *n_postings = (gint64)postings;
  return step == ONR_STEP_DONE;
}

/* --- several runs in order --- */

/* One run of a cursor. */
typedef struct {
  OnrTermRun run;
  guint32 block;    /* the one that is read */
  gboolean is_over; /* else reader.entry is the next of this run */
  OnrTermBlockReader reader;
  guint8 bytes[ONR_TERM_BLOCK_BYTES];
} Source;

struct OnrTermRunCursor {
  OnrRecord *record;
  OnrTable table;
  GPtrArray *sources; /* Source */
  OnrTermEntry entry;
};

static OnrTermRunCursor *cursor_new(OnrRecord *record, OnrTable table) {
  OnrTermRunCursor *cursor = g_new(OnrTermRunCursor, 1);
  cursor->record = record;
  cursor->table = table;
  cursor->sources = g_ptr_array_new_with_free_func(g_free);
  return cursor;
}

void onr_term_run_cursor_free(OnrTermRunCursor *cursor) {
  if (!cursor)
    return;
  g_ptr_array_unref(cursor->sources);
  g_free(cursor);
}

static Source *add_source(OnrTermRunCursor *cursor, OnrTermRun run, guint32 block) {
  Source *source = g_new(Source, 1);
  source->run = run;
  source->block = block;
  source->is_over = FALSE;
  g_ptr_array_add(cursor->sources, source);
  return source;
}

static gboolean fail_source(const OnrTermRunCursor *cursor, const Source *source, GError **error) {
  return fail_block(cursor->record, cursor->table, source->run.number, source->block, error);
}

/* Takes COLUMN of a row of S as the source's block. */
static gboolean take_block(Source *source, sqlite3_stmt *s, int column) {
  OnrTermBlockReader reader;
  gsize n_bytes = (gsize)sqlite3_column_bytes(s, column);
  if (!init_reader(&reader, s, column) || n_bytes > ONR_TERM_BLOCK_BYTES)
    return FALSE;
  memcpy(source->bytes, reader.at, n_bytes);
  onr_term_block_reader_init(&source->reader, source->bytes, n_bytes);
  return TRUE;
}

static gboolean load_block(OnrTermRunCursor *cursor, Source *source, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(cursor->record, "SELECT entries FROM fts5_term_block WHERE id = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, onr_term_block_id(source->run.number, source->block));
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  return (step == ONR_STEP_ROW && take_block(source, s, 0)) || fail_source(cursor, source, error);
}

/* Moves on to the run's next entry, which may be the first of another block. */
static gboolean advance(OnrTermRunCursor *cursor, Source *source, GError **error) {
  while (!onr_term_block_reader_next(&source->reader)) {
    if (source->reader.is_damaged)
      return fail_source(cursor, source, error);
    source->is_over = ++source->block >= source->run.n_blocks;
    if (source->is_over)
      return TRUE;
    if (!load_block(cursor, source, error))
      return FALSE;
  }
  return TRUE;
}

OnrTermRunCursor *onr_term_run_cursor_new(OnrRecord *record, OnrTable table, const OnrTermRun *runs,
                                          guint n_runs, GError **error) {
  g_autoptr(OnrTermRunCursor) cursor = cursor_new(record, table);
  for (guint i = 0; i < n_runs; i++) {
    Source *source = add_source(cursor, runs[i], 0);
    if (!load_block(cursor, source, error) || !advance(cursor, source, error))
      return NULL;
  }
  return g_steal_pointer(&cursor);
}

/* Each block is taken before another statement reads one. */
static gboolean take_blocks(OnrTermRunCursor *cursor, const char *key, guint length, GError **error) {
  g_autoptr(OnrStatement) s = select_blocks(cursor->record, cursor->table, key, length, error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrTermRun run = {(guint32)onr_column_int(s, 0), (guint32)onr_column_int(s, 1)};
    Source *source = add_source(cursor, run, number_of_block(s));
    if (!take_block(source, s, 3))
      return fail_source(cursor, source, error);
  }
  return step == ONR_STEP_DONE;
}

OnrTermRunCursor *onr_term_run_cursor_new_at(OnrRecord *record, OnrTable table, const char *key, guint length,
                                             GError **error) {
  g_autoptr(OnrTermRunCursor) cursor = cursor_new(record, table);
  if (!take_blocks(cursor, key, length, error))
    return NULL;
  for (guint i = 0; i < cursor->sources->len; i++) {
    Source *source = cursor->sources->pdata[i];
    if (!onr_term_block_reader_seek(&source->reader, key, length) && !advance(cursor, source, error))
      return NULL;
  }
  return g_steal_pointer(&cursor);
}

static int compare_entries(const OnrTermEntry *a, const OnrTermEntry *b) {
  return onr_term_key_compare(a->key, a->length, b->key, b->length);
}

/* The least entry of all sources; NULL at the end. */
static const OnrTermEntry *least_entry(const OnrTermRunCursor *cursor) {
  const OnrTermEntry *least = NULL;
  for (guint i = 0; i < cursor->sources->len; i++) {
    const Source *source = cursor->sources->pdata[i];
    if (!source->is_over && (!least || compare_entries(&source->reader.entry, least) < 0))
      least = &source->reader.entry;
  }
  return least;
}

static void add_counts(OnrTermEntry *sum, const OnrTermEntry *entry) {
  sum->n_items = (gint64)((guint64)sum->n_items + (guint64)entry->n_items);
  sum->n_postings = (gint64)((guint64)sum->n_postings + (guint64)entry->n_postings);
}

/* Sums up the least entry into cursor->entry and moves the sources that have it on. */
static gboolean sum_up(OnrTermRunCursor *cursor, const OnrTermEntry *least, GError **error) {
  OnrTermEntry *sum = &cursor->entry;
  sum->length = least->length;
  memcpy(sum->key, least->key, least->length + 1);
  sum->n_items = sum->n_postings = 0;
  for (guint i = 0; i < cursor->sources->len; i++) {
    Source *source = cursor->sources->pdata[i];
    if (source->is_over || compare_entries(&source->reader.entry, sum))
      continue;
    add_counts(sum, &source->reader.entry);
    if (!advance(cursor, source, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_term_run_cursor_next(OnrTermRunCursor *cursor, const OnrTermEntry **entry, GError **error) {
  const OnrTermEntry *least;
  while ((least = least_entry(cursor))) {
    if (!sum_up(cursor, least, error))
      return FALSE;
    if (cursor->entry.n_items || cursor->entry.n_postings)
      break;
  }
  *entry = least ? &cursor->entry : NULL;
  return TRUE;
}

/* --- checking --- */

typedef struct {
  OnrRecord *record;
  OnrTable table;
  OnrTermRun run;
  guint32 block;     /* the next */
  OnrTermEntry last; /* of the blocks before; of length 0 before the first */
} RunCheck;

/* At a row of: id, first, entries. */
static gboolean is_sound_block(RunCheck *check, sqlite3_stmt *s) {
  OnrTermBlockReader reader;
  if (onr_column_int(s, 0) != onr_term_block_id(check->run.number, check->block) ||
      !init_reader(&reader, s, 2) || sqlite3_column_bytes(s, 2) > ONR_TERM_BLOCK_BYTES ||
      !onr_term_block_reader_next(&reader))
    return FALSE;
  const OnrTermEntry *entry = &reader.entry;
  guint n_first = (guint)sqlite3_column_bytes(s, 1);
  gboolean is_first =
      check->block ? n_first == entry->length && !memcmp(sqlite3_column_blob(s, 1), entry->key, n_first)
                   : !n_first;
  if (!is_first || onr_term_key_compare(entry->key, entry->length, check->last.key, check->last.length) <= 0)
    return FALSE;
  while (onr_term_block_reader_next(&reader))
    ;
  check->last = reader.entry;
  return !reader.is_damaged;
}

static gboolean check_run(RunCheck *check, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      check->record,
      "SELECT f.id, f.first, b.entries FROM fts5_term_first f LEFT JOIN fts5_term_block b ON b.id = f.id"
      " WHERE f.run = ?1 ORDER BY f.first",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, check->run.number);
  OnrStep step;
  for (; (step = onr_step(s, error)) == ONR_STEP_ROW; check->block++)
    if (!is_sound_block(check, s))
      return fail_block(check->record, check->table, check->run.number, check->block, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  return check->block == check->run.n_blocks ||
         fail_block(check->record, check->table, check->run.number, check->block, error);
}

gboolean onr_term_runs_check(OnrRecord *record, OnrTable table, GError **error) {
  g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(OnrTermRun));
  if (!onr_term_runs_list(record, table, runs, error))
    return FALSE;
  for (guint i = 0; i < runs->len; i++) {
    RunCheck check = {.record = record, .table = table, .run = g_array_index(runs, OnrTermRun, i)};
    if (!check_run(&check, error))
      return FALSE;
  }
  return TRUE;
}
