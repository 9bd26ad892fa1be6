/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writing runs and merging them. */
#include "archive/fts5/term_runs.h"

/* What a run counts at least when it is decided what to merge: so that the traces of many small batches come
   together. Merging so little takes a millisecond. */
#define SMALL_BLOCKS 16

struct OnrTermRunWriter {
  OnrRecord *record;
  OnrTable table;
  OnrTermRun run;
  char first[ONR_TERM_KEY_MAX]; /* key of the block at hand */
  guint first_length;
  OnrTermBlockWriter block;
};

gboolean onr_term_runs_create(sqlite3 *db, GError **error) {
  return onr_database_exec(
      db,
      "CREATE TABLE fts5_term_run (run INTEGER PRIMARY KEY, item_table INTEGER NOT NULL,"
      " n_blocks INTEGER NOT NULL) STRICT;"
      "CREATE TABLE fts5_term_block (id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;"
      "CREATE TABLE fts5_term_first (run INTEGER NOT NULL, first BLOB NOT NULL, id INTEGER NOT NULL,"
      " PRIMARY KEY (run, first)) STRICT, WITHOUT ROWID",
      error);
}

/* --- writing --- */

OnrTermRunWriter *onr_term_run_writer_new(OnrRecord *record, OnrTable table, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT ifnull(max(run), 0) + 1 FROM fts5_term_run", error);
  gint64 number;
  if (!s || !onr_step_int(s, 1, &number, error))
    return NULL;
  OnrTermRunWriter *writer = g_new(OnrTermRunWriter, 1);
  writer->record = record;
  writer->table = table;
  writer->run = (OnrTermRun){.number = (guint32)number};
  writer->first_length = 0; /* of a run's first block: it holds all that comes before the second */
  onr_term_block_writer_reset(&writer->block);
  return writer;
}

void onr_term_run_writer_free(OnrTermRunWriter *writer) {
  g_free(writer);
}

static gboolean store_block(OnrTermRunWriter *writer, gint64 id, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(writer->record, "INSERT INTO fts5_term_block VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, id);
  onr_bind_blob(s, 2, writer->block.bytes, writer->block.n_bytes);
  return onr_run(s, error);
}

static gboolean store_first(OnrTermRunWriter *writer, gint64 id, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(writer->record, "INSERT INTO fts5_term_first VALUES (?1, ?2, ?3)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, writer->run.number);
  onr_bind_blob(s, 2, writer->first, writer->first_length);
  onr_bind_int(s, 3, id);
  return onr_run(s, error);
}

static gboolean end_block(OnrTermRunWriter *writer, GError **error) {
  gint64 id = onr_term_block_id(writer->run.number, writer->run.n_blocks++);
  if (!store_block(writer, id, error) || !store_first(writer, id, error))
    return FALSE;
  onr_term_block_writer_reset(&writer->block);
  return TRUE;
}

gboolean onr_term_run_writer_add(OnrTermRunWriter *writer, const char *key, guint length, gint64 n_items,
                                 gint64 n_postings, GError **error) {
  if (onr_term_block_writer_add(&writer->block, key, length, n_items, n_postings))
    return TRUE;
  if (!end_block(writer, error))
    return FALSE;
  memcpy(writer->first, key, length);
  writer->first_length = length;
  onr_term_block_writer_add(&writer->block, key, length, n_items, n_postings);
  return TRUE;
}

gboolean onr_term_run_writer_finish(OnrTermRunWriter *writer, GError **error) {
  if (!writer->block.n_bytes)
    return TRUE;
  if (!end_block(writer, error))
    return FALSE;
  g_autoptr(OnrStatement) s =
      onr_record_statement(writer->record, "INSERT INTO fts5_term_run VALUES (?1, ?2, ?3)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, writer->run.number);
  onr_bind_int(s, 2, writer->table);
  onr_bind_int(s, 3, writer->run.n_blocks);
  return onr_run(s, error);
}

/* --- merging --- */

static gboolean delete_where(OnrRecord *record, const char *sql, gint64 low, gint64 high, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, low);
  onr_bind_int(s, 2, high);
  return onr_run(s, error);
}

static gboolean delete_run(OnrRecord *record, guint32 run, GError **error) {
  return delete_where(record, "DELETE FROM fts5_term_block WHERE id BETWEEN ?1 AND ?2",
                      onr_term_block_id(run, 0), onr_term_block_id(run, G_MAXUINT32), error) &&
         delete_where(record, "DELETE FROM fts5_term_first WHERE run BETWEEN ?1 AND ?2", run, run, error) &&
         delete_where(record, "DELETE FROM fts5_term_run WHERE run BETWEEN ?1 AND ?2", run, run, error);
}

static gboolean write_all(OnrTermRunWriter *writer, OnrTermRunCursor *cursor, GError **error) {
  const OnrTermEntry *entry;
  for (;;) {
    if (!onr_term_run_cursor_next(cursor, &entry, error))
      return FALSE;
    if (!entry)
      return onr_term_run_writer_finish(writer, error);
    if (!onr_term_run_writer_add(writer, entry->key, entry->length, entry->n_items, entry->n_postings, error))
      return FALSE;
  }
}

static gboolean merge(OnrRecord *record, OnrTable table, const OnrTermRun *runs, guint n_runs,
                      GError **error) {
  g_autoptr(OnrTermRunWriter) writer = onr_term_run_writer_new(record, table, error);
  g_autoptr(OnrTermRunCursor) cursor =
      writer ? onr_term_run_cursor_new(record, table, runs, n_runs, error) : NULL;
  if (!cursor || !write_all(writer, cursor, error))
    return FALSE;
  for (guint i = 0; i < n_runs; i++)
    if (!delete_run(record, runs[i].number, error))
      return FALSE;
  return TRUE;
}

/* How many of RUNS, the largest first, stay as they are: up to the last that is larger than all behind it
 * together. */
static guint count_settled(const GArray *runs) {
  guint64 behind = 0;
  guint n_settled = runs->len;
  for (guint i = runs->len; i-- > 0;) {
    guint64 n_blocks = MAX(g_array_index(runs, OnrTermRun, i).n_blocks, SMALL_BLOCKS);
    if (n_blocks <= behind)
      n_settled = i;
    behind += n_blocks;
  }
  return n_settled;
}

static gboolean merge_from(OnrRecord *record, OnrTable table, gboolean is_all, GError **error) {
  g_autoptr(GArray) runs = g_array_new(FALSE, FALSE, sizeof(OnrTermRun));
  if (!onr_term_runs_list(record, table, runs, error))
    return FALSE;
  guint first = is_all ? 0 : count_settled(runs);
  guint n_runs = runs->len - first;
  return n_runs < 2 || merge(record, table, &g_array_index(runs, OnrTermRun, first), n_runs, error);
}

gboolean onr_term_runs_settle(OnrRecord *record, OnrTable table, GError **error) {
  return merge_from(record, table, FALSE, error);
}

gboolean onr_term_runs_merge(OnrRecord *record, OnrTable table, GError **error) {
  return merge_from(record, table, TRUE, error);
}
