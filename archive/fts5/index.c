/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state of an open index, and looking at it consistently. */
#include "archive/fts5/index.h"

#include <string.h>

void onr_index_forget(OnrIndex *index) {
  onr_columns_forget(index->columns);
  for (int t = 0; t < ONR_N_TABLES; t++)
    onr_dictionary_forget(index->dictionaries[t]);
  for (int t = 0; t < ONR_N_TABLES; t++)
    onr_segments_forget(index->segments[t]);
  index->is_loaded = index->is_dirty = FALSE;
}

static gboolean check_format(OnrIndex *index, GError **error) {
  g_autofree char *format = onr_record_get_setting(index->record, ONR_FTS5_FORMAT_SETTING);
  if (format && !strcmp(format, ONR_FTS5_FORMAT))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
              "'%s': the index has format %s, this program knows " ONR_FTS5_FORMAT ": run `onrecord reindex`",
              onr_record_file(index->record), format ? format : "1");
  return FALSE;
}

gboolean onr_index_load_totals(OnrIndex *index, GError **error) {
  if (index->is_loaded)
    return TRUE;
  if (!check_format(index, error))
    return FALSE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      index->record, "SELECT n_items, length FROM fts5_total ORDER BY item_table", error);
  if (!s)
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++) {
    OnrStep step = onr_step(s, error);
    if (step == ONR_STEP_ERROR)
      return FALSE;
    gboolean is_there = step == ONR_STEP_ROW;
    index->totals[t].n_items = is_there ? (guint64)onr_column_int(s, 0) : 0;
    index->totals[t].length = is_there ? (guint64)onr_column_int(s, 1) : 0;
  }
  index->is_loaded = TRUE;
  return TRUE;
}

static gboolean write_totals(OnrIndex *index, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      index->record, "UPDATE fts5_total SET n_items = ?2, length = ?3 WHERE item_table = ?1", error);
  if (!s)
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++) {
    onr_bind_int(s, 1, t);
    onr_bind_int(s, 2, (gint64)index->totals[t].n_items);
    onr_bind_int(s, 3, (gint64)index->totals[t].length);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_index_flush(OnrIndex *index, GError **error) {
  if (!index->is_dirty)
    return TRUE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!onr_dictionary_flush(index->dictionaries[t], error))
      return FALSE;
  if (!onr_columns_flush(index->columns, error) || !write_totals(index, error))
    return FALSE;
  /* A long run would else hold the columns of all that it has written. */
  onr_columns_forget(index->columns);
  index->is_dirty = FALSE;
  return TRUE;
}

/* --- reading --- */

static gboolean notice_others(OnrIndex *index, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(index->record, "PRAGMA data_version", error);
  gint64 version;
  if (!s || !onr_step_int(s, 0, &version, error))
    return FALSE;
  if (version != index->data_version && !index->is_dirty)
    onr_index_forget(index);
  index->data_version = version;
  return TRUE;
}

/* What this engine itself has written in the open transaction. */
static gboolean flush_lists(OnrIndex *index, GError **error) {
  if (!index->is_list_pending)
    return TRUE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    onr_segments_forget(index->segments[t]);
  index->is_list_pending = FALSE;
  return onr_inverted_flush(index->record, error);
}

gboolean onr_reading_begin(OnrReading *reading, OnrIndex *index, GError **error) {
  sqlite3 *db = onr_record_database(index->record);
  if (sqlite3_get_autocommit(db)) {
    if (!onr_database_exec(db, "BEGIN", error))
      return FALSE;
    reading->db = db;
  }
  return onr_index_flush(index, error) && flush_lists(index, error) && notice_others(index, error) &&
         onr_index_load_totals(index, error);
}

/* Nothing was written, so there is nothing to lose by a rollback either. */
void onr_reading_end(OnrReading *reading) {
  if (reading->db && !sqlite3_get_autocommit(reading->db))
    sqlite3_exec(reading->db, "COMMIT", NULL, NULL, NULL);
  reading->db = NULL;
}
