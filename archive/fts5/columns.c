/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/columns.h"

#include <string.h>

/* What onr_columns_load lends for rows that have no chunk, and after an error. */
static const guint32 zeros[ONR_CHUNK_ROWS];

static void forget_column(OnrColumns *columns, OnrColumn column) {
  GArray *chunks = columns->chunks[column];
  for (guint i = 0; i < chunks->len; i++)
    g_free(g_array_index(chunks, OnrChunk, i).numbers);
  g_array_set_size(chunks, 0);
  columns->n_chunks[column] = -1;
}

OnrColumns *onr_columns_new(OnrRecord *record) {
  OnrColumns *columns = g_new0(OnrColumns, 1);
  columns->record = record;
  for (OnrColumn c = 0; c < ONR_N_COLUMNS; c++) {
    columns->chunks[c] = g_array_new(FALSE, TRUE, sizeof(OnrChunk));
    columns->n_chunks[c] = -1;
  }
  return columns;
}

void onr_columns_free(OnrColumns *columns) {
  if (!columns)
    return;
  for (OnrColumn c = 0; c < ONR_N_COLUMNS; c++) {
    forget_column(columns, c);
    g_array_unref(columns->chunks[c]);
  }
  g_clear_error(&columns->error);
  g_free(columns);
}

void onr_columns_forget(OnrColumns *columns) {
  for (OnrColumn c = 0; c < ONR_N_COLUMNS; c++)
    forget_column(columns, c);
  g_clear_error(&columns->error);
}

gboolean onr_columns_check(OnrColumns *columns, GError **error) {
  if (!columns->error)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&columns->error));
  return FALSE;
}

/* Column and chunk as the key of fts5_column: a column's chunks lie together, in order. */
static gint64 key_of(OnrColumn column, guint32 chunk) {
  return (gint64)column << 32 | chunk;
}

static gboolean count_chunks(OnrColumns *columns, OnrColumn column, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      columns->record, "SELECT max(key) FROM fts5_column WHERE key BETWEEN ?1 AND ?2", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, key_of(column, 0));
  onr_bind_int(s, 2, key_of(column, G_MAXUINT32));
  if (onr_step(s, error) != ONR_STEP_ROW)
    return FALSE;
  gboolean is_empty = sqlite3_column_type(s, 0) == SQLITE_NULL;
  columns->n_chunks[column] = is_empty ? 0 : (onr_column_int(s, 0) & G_MAXUINT32) + 1;
  return TRUE;
}

guint32 onr_columns_end(OnrColumns *columns, OnrColumn column) {
  if (columns->n_chunks[column] < 0 && !columns->error)
    count_chunks(columns, column, &columns->error);
  gint64 n_chunks = MAX(columns->n_chunks[column], columns->chunks[column]->len);
  return (guint32)n_chunks * ONR_CHUNK_ROWS;
}

static gboolean unpack(const guint8 *bytes, gsize n_bytes, guint32 *numbers) {
  gsize width = n_bytes / ONR_CHUNK_ROWS;
  if (n_bytes % ONR_CHUNK_ROWS || (width != 1 && width != 2 && width != 4))
    return FALSE;
  for (guint i = 0; i < ONR_CHUNK_ROWS; i++, bytes += width) {
    if (width == 1)
      numbers[i] = bytes[0];
    else if (width == 2)
      numbers[i] = bytes[0] | (guint32)bytes[1] << 8;
    else
      numbers[i] = bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
  }
  return TRUE;
}

static gboolean read_chunk(OnrColumns *columns, OnrColumn column, guint32 chunk, guint32 *numbers,
                           GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(columns->record, "SELECT data FROM fts5_column WHERE key = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, key_of(column, chunk));
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW)
    return step == ONR_STEP_DONE;
  if (unpack(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0), numbers))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': chunk %u of column %d of the index is damaged",
              onr_record_file(columns->record), chunk, column);
  return FALSE;
}

static OnrChunk *chunk_at(OnrColumns *columns, OnrColumn column, guint32 chunk) {
  GArray *chunks = columns->chunks[column];
  if (chunk >= chunks->len)
    g_array_set_size(chunks, chunk + 1);
  return &g_array_index(chunks, OnrChunk, chunk);
}

const guint32 *onr_columns_load(OnrColumns *columns, OnrColumn column, guint32 chunk) {
  if (columns->error || chunk >= onr_columns_end(columns, column) / ONR_CHUNK_ROWS)
    return zeros;
  OnrChunk *target = chunk_at(columns, column, chunk);
  if (target->numbers)
    return target->numbers;
  guint32 *numbers = g_new0(guint32, ONR_CHUNK_ROWS);
  if (read_chunk(columns, column, chunk, numbers, &columns->error))
    return target->numbers = numbers;
  g_free(numbers);
  return zeros;
}

void onr_columns_set(OnrColumns *columns, OnrColumn column, guint32 row, guint32 number) {
  guint32 i = row / ONR_CHUNK_ROWS;
  onr_columns_load(columns, column, i);
  OnrChunk *chunk = chunk_at(columns, column, i);
  if (!chunk->numbers)
    chunk->numbers = g_new0(guint32, ONR_CHUNK_ROWS);
  chunk->numbers[row % ONR_CHUNK_ROWS] = number;
  chunk->is_dirty = TRUE;
}

/* --- writing --- */

static gsize pack(const guint32 *numbers, guint8 *bytes) {
  guint32 all = 0;
  for (guint i = 0; i < ONR_CHUNK_ROWS; i++)
    all |= numbers[i];
  gsize width = all > G_MAXUINT16 ? 4 : all > G_MAXUINT8 ? 2 : 1;
  for (guint i = 0; i < ONR_CHUNK_ROWS; i++)
    for (gsize b = 0; b < width; b++)
      *bytes++ = (guint8)(numbers[i] >> 8 * b);
  return width * ONR_CHUNK_ROWS;
}

static gboolean write_chunk(OnrColumns *columns, OnrColumn column, guint32 chunk, const guint32 *numbers,
                            GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      columns->record,
      "INSERT INTO fts5_column VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET data = excluded.data", error);
  if (!s)
    return FALSE;
  g_autofree guint8 *bytes = g_malloc(4 * ONR_CHUNK_ROWS);
  onr_bind_int(s, 1, key_of(column, chunk));
  onr_bind_blob(s, 2, bytes, pack(numbers, bytes));
  return onr_run(s, error);
}

static gboolean flush_column(OnrColumns *columns, OnrColumn column, GError **error) {
  GArray *chunks = columns->chunks[column];
  for (guint i = 0; i < chunks->len; i++) {
    OnrChunk *chunk = &g_array_index(chunks, OnrChunk, i);
    if (chunk->is_dirty && !write_chunk(columns, column, i, chunk->numbers, error))
      return FALSE;
    chunk->is_dirty = FALSE;
  }
  return TRUE;
}

gboolean onr_columns_flush(OnrColumns *columns, GError **error) {
  if (!onr_columns_check(columns, error))
    return FALSE;
  for (OnrColumn c = 0; c < ONR_N_COLUMNS; c++)
    if (!flush_column(columns, c, error))
      return FALSE;
  return TRUE;
}
