/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TREC run files, as trec_eval reads them: "qid Q0 docid rank score tag". */
#include "cli/emitter.h"
#include "cli/writer.h"

#define RUN_TAG "onrecord"
#define ONLY_QUERY_ID "1"

static gboolean can_write(OnrRecordKind kind) {
  return kind == ONR_RECORD_ARTICLE_HIT || kind == ONR_RECORD_QUOTE_HIT;
}

static OnrWriter *open_trec(void) {
  return g_new0(OnrWriter, 1);
}

static void free_trec(OnrWriter *w) {
  g_free(w);
}

/* White space and controls, C0 and C1 (the byte after 0xC2 of a C1 is left as it is: alone it is none). */
static gboolean needs_escape(const guchar *p) {
  return p[0] <= ' ' || p[0] == '%' || p[0] == 0x7f || (p[0] == 0xc2 && p[1] < 0xa0);
}

/* Columns are parted by blanks, so that what would part or hide them in an id is written as in a URL. */
static void append_word(GString *out, const char *word) {
  for (const char *p = word; *p; p++)
    if (needs_escape((const guchar *)p))
      g_string_append_printf(out, "%%%02X", (guchar)*p);
    else
      g_string_append_c(out, *p);
}

static void put(OnrWriter *w, gconstpointer record) {
  const OnrHitRecord *hit = record;
  g_autoptr(GString) line = g_string_new(NULL);
  append_word(line, w->count.query_id ? w->count.query_id : ONLY_QUERY_ID);
  g_string_append(line, " Q0 ");
  append_word(line, hit->row->id);
  g_string_append_printf(line, " %" G_GUINT64_FORMAT " ", hit->rank);
  onr_real_append(line, hit->row->score, ONR_REAL_EXACT);
  g_string_append(line, " " RUN_TAG "\n");
  onr_output_drain(w->out, line);
}

static void no_query(OnrWriter *w G_GNUC_UNUSED, const OnrCountRecord *count G_GNUC_UNUSED) {
}

static void nothing(OnrWriter *w G_GNUC_UNUSED) {
}

const OnrWriterClass ONR_WRITER_TREC = {
    .can_write = can_write,
    .open = open_trec,
    .begin = nothing,
    .begin_query = no_query,
    .put = put,
    .end_query = no_query,
    .end = nothing,
    .free = free_trec,
};
