/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV and TSV: a line of column names, then one line a record. */
#include "cli/shapes.h"
#include "cli/writer.h"

typedef struct {
  OnrWriter head;
  OnrRows rows;
  GString *buffer;
} RowsWriter;

static gboolean can_write(OnrRecordKind kind) {
  switch (kind) {
  case ONR_RECORD_ARTICLE_HIT:
  case ONR_RECORD_QUOTE_HIT:
  case ONR_RECORD_SPEAKER:
  case ONR_RECORD_ENTITY:
  case ONR_RECORD_QUOTED_ENTITY:
  case ONR_RECORD_COUNT:
  case ONR_RECORD_EXPORTED_ARTICLE:
  case ONR_RECORD_EXPORTED_QUOTE:
  case ONR_RECORD_EXPORTED_ENTITY:
  case ONR_RECORD_CORRECTION:
  case ONR_RECORD_SKIPPED:
  case ONR_RECORD_SURVEY:
    return TRUE;
  default: /* single objects and nested ones make no table */
    return FALSE;
  }
}

static OnrWriter *open_rows(void) {
  RowsWriter *r = g_new0(RowsWriter, 1);
  r->buffer = g_string_new(NULL);
  return &r->head;
}

static void free_rows(OnrWriter *w) {
  RowsWriter *r = (RowsWriter *)w;
  onr_rows_clear(&r->rows);
  g_string_free(r->buffer, TRUE);
  g_free(r);
}

static void begin(OnrWriter *w, gboolean is_tsv) {
  RowsWriter *r = (RowsWriter *)w;
  onr_rows_init(&r->rows, is_tsv, w->out->is_terminal);
  OnrEmitter *e = &r->rows.head;
  if (w->is_batch)
    onr_emit_text(e, "query_id", NULL);
  onr_shape_emit_names(w->kind, e);
  onr_rows_take_names(&r->rows, r->buffer);
  onr_output_drain(w->out, r->buffer);
}

static void begin_csv(OnrWriter *w) {
  begin(w, FALSE);
}

static void begin_tsv(OnrWriter *w) {
  begin(w, TRUE);
}

static void put(OnrWriter *w, gconstpointer record) {
  RowsWriter *r = (RowsWriter *)w;
  OnrEmitter *e = &r->rows.head;
  if (w->is_batch)
    onr_emit_text(e, "query_id", w->count.query_id);
  onr_shape_emit(w->kind, e, record);
  onr_rows_take_cells(&r->rows, r->buffer);
  onr_output_drain(w->out, r->buffer);
}

static void begin_query(OnrWriter *w, const OnrCountRecord *count) {
  if (w->kind == ONR_RECORD_COUNT)
    put(w, count);
}

static void end_query(OnrWriter *w G_GNUC_UNUSED, const OnrCountRecord *count G_GNUC_UNUSED) {
}

static void end(OnrWriter *w G_GNUC_UNUSED) {
}

const OnrWriterClass ONR_WRITER_CSV = {
    .can_write = can_write,
    .needs_rows = TRUE,
    .open = open_rows,
    .begin = begin_csv,
    .begin_query = begin_query,
    .put = put,
    .end_query = end_query,
    .end = end,
    .free = free_rows,
};

const OnrWriterClass ONR_WRITER_TSV = {
    .can_write = can_write,
    .needs_rows = TRUE,
    .open = open_rows,
    .begin = begin_tsv,
    .begin_query = begin_query,
    .put = put,
    .end_query = end_query,
    .end = end,
    .free = free_rows,
};
