/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/writer.h"

static const OnrWriterClass *class_of(OnrFormat format) {
  static const OnrWriterClass *const classes[] = {
      [ONR_FORMAT_TEXT] = &ONR_WRITER_TEXT,   [ONR_FORMAT_JSON] = &ONR_WRITER_JSON,
      [ONR_FORMAT_JSONL] = &ONR_WRITER_JSONL, [ONR_FORMAT_CSV] = &ONR_WRITER_CSV,
      [ONR_FORMAT_TSV] = &ONR_WRITER_TSV,     [ONR_FORMAT_TREC] = &ONR_WRITER_TREC,
  };
  return classes[format];
}

const char *onr_format_name(OnrFormat format) {
  static const char *const names[] = {
      [ONR_FORMAT_TEXT] = "text", [ONR_FORMAT_JSON] = "json", [ONR_FORMAT_JSONL] = "jsonl",
      [ONR_FORMAT_CSV] = "csv",   [ONR_FORMAT_TSV] = "tsv",   [ONR_FORMAT_TREC] = "trec",
  };
  return names[format];
}

gboolean onr_writer_can_write(OnrFormat format, OnrRecordKind kind) {
  return class_of(format)->can_write(kind);
}

gboolean onr_writer_has_explanations(OnrFormat format) {
  return class_of(format)->has_explanations;
}

gboolean onr_writer_needs_rows(OnrFormat format) {
  return class_of(format)->needs_rows;
}

OnrWriter *onr_writer_new(OnrFormat format, OnrRecordKind kind, gboolean is_batch, gboolean is_quiet,
                          OnrOutput *out) {
  const OnrWriterClass *class = class_of(format);
  g_assert(class->can_write(kind));
  OnrWriter *w = class->open();
  w->class = class;
  w->out = out;
  w->kind = kind;
  w->is_batch = is_batch;
  w->is_quiet = is_quiet;
  class->begin(w);
  return w;
}

void onr_writer_begin_query(OnrWriter *w, const OnrCountRecord *count) {
  w->n_put = 0;
  w->count = *count;
  w->class->begin_query(w, count);
}

void onr_writer_put(OnrWriter *w, gconstpointer record) {
  w->class->put(w, record);
  w->n_put++;
}

void onr_writer_end_query(OnrWriter *w) {
  w->class->end_query(w, &w->count);
}

void onr_writer_close(OnrWriter *w) {
  w->class->end(w);
  w->class->free(w);
}
