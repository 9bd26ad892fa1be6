/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON: one document, with the counts and "output_version". JSON Lines: one object a record and nothing else.
 */
#include "cli/shapes.h"
#include "cli/writer.h"

typedef struct {
  OnrWriter head;
  OnrJson json;
  GString *buffer;
} JsonWriter;

static gboolean can_write_all(OnrRecordKind kind G_GNUC_UNUSED) {
  return TRUE;
}

static OnrWriter *open_json(void) {
  JsonWriter *j = g_new0(JsonWriter, 1);
  j->buffer = g_string_new(NULL);
  return &j->head;
}

static void free_json(OnrWriter *w) {
  JsonWriter *j = (JsonWriter *)w;
  g_string_free(j->buffer, TRUE);
  g_free(j);
}

/* --- JSON --- */

/* Kinds of which a run writes one, and which therefore are the document themselves. */
static gboolean is_single(OnrRecordKind kind) {
  return kind == ONR_RECORD_STATUS || kind == ONR_RECORD_SUMMARY || kind == ONR_RECORD_ARTICLE ||
         kind == ONR_RECORD_PASSAGE;
}

/* Kinds that come as the answer to a query, between begin_query and end_query. */
static gboolean is_answer(OnrRecordKind kind) {
  return kind == ONR_RECORD_ARTICLE_HIT || kind == ONR_RECORD_QUOTE_HIT || kind == ONR_RECORD_SPEAKER ||
         kind == ONR_RECORD_ENTITY || kind == ONR_RECORD_QUOTED_ENTITY || kind == ONR_RECORD_COUNT;
}

static void json_begin(OnrWriter *w) {
  JsonWriter *j = (JsonWriter *)w;
  onr_json_init(&j->json, j->buffer, TRUE);
  OnrEmitter *e = &j->json.head;
  onr_emit_begin(e, NULL);
  onr_emit_number(e, "output_version", ONR_OUTPUT_VERSION);
  if (w->is_batch)
    onr_emit_begin_list(e, "batch");
  else if (!is_answer(w->kind) && !is_single(w->kind))
    onr_emit_begin_list(e, "results");
}

static void json_begin_query(OnrWriter *w, const OnrCountRecord *count) {
  OnrEmitter *e = &((JsonWriter *)w)->json.head;
  if (w->is_batch) {
    onr_emit_begin(e, NULL);
    onr_emit_text(e, "query_id", count->query_id);
  }
  onr_shape_emit(ONR_RECORD_COUNT, e, count);
  if (w->kind != ONR_RECORD_COUNT)
    onr_emit_begin_list(e, "results");
}

static void json_put(OnrWriter *w, gconstpointer record) {
  JsonWriter *j = (JsonWriter *)w;
  OnrEmitter *e = &j->json.head;
  if (!is_single(w->kind))
    onr_emit_begin(e, NULL);
  onr_shape_emit(w->kind, e, record);
  if (!is_single(w->kind))
    onr_emit_end(e);
  onr_output_drain(w->out, j->buffer);
}

static void json_end_query(OnrWriter *w, const OnrCountRecord *count G_GNUC_UNUSED) {
  OnrEmitter *e = &((JsonWriter *)w)->json.head;
  if (w->kind != ONR_RECORD_COUNT)
    onr_emit_end_list(e);
  if (w->is_batch)
    onr_emit_end(e);
}

static void json_end(OnrWriter *w) {
  JsonWriter *j = (JsonWriter *)w;
  OnrEmitter *e = &j->json.head;
  if (w->is_batch || (!is_answer(w->kind) && !is_single(w->kind)))
    onr_emit_end_list(e);
  onr_emit_end(e);
  g_string_append_c(j->buffer, '\n');
  onr_output_drain(w->out, j->buffer);
}

const OnrWriterClass ONR_WRITER_JSON = {
    .can_write = can_write_all,
    .has_explanations = TRUE,
    .needs_rows = TRUE,
    .open = open_json,
    .begin = json_begin,
    .begin_query = json_begin_query,
    .put = json_put,
    .end_query = json_end_query,
    .end = json_end,
    .free = free_json,
};

/* --- JSON Lines --- */

static void lines_put(OnrWriter *w, gconstpointer record) {
  JsonWriter *j = (JsonWriter *)w;
  onr_json_init(&j->json, j->buffer, FALSE);
  OnrEmitter *e = &j->json.head;
  onr_emit_begin(e, NULL);
  if (w->is_batch)
    onr_emit_text(e, "query_id", w->count.query_id);
  onr_shape_emit(w->kind, e, record);
  onr_emit_end(e);
  g_string_append_c(j->buffer, '\n');
  onr_output_drain(w->out, j->buffer);
}

static void lines_begin_query(OnrWriter *w, const OnrCountRecord *count) {
  if (w->kind == ONR_RECORD_COUNT)
    lines_put(w, count);
}

static void lines_end_query(OnrWriter *w G_GNUC_UNUSED, const OnrCountRecord *count G_GNUC_UNUSED) {
}

static void lines_nothing(OnrWriter *w G_GNUC_UNUSED) {
}

const OnrWriterClass ONR_WRITER_JSONL = {
    .can_write = can_write_all,
    .needs_rows = TRUE,
    .open = open_json,
    .begin = lines_nothing,
    .begin_query = lines_begin_query,
    .put = lines_put,
    .end_query = lines_end_query,
    .end = lines_nothing,
    .free = free_json,
};
