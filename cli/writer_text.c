/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for eyes: which function prints which record. */
#include "cli/text_parts.h"
#include "cli/writer.h"

typedef struct {
  OnrWriter head;
  OnrPage page;
} TextWriter;

static OnrPage *page_of(OnrWriter *w) {
  return &((TextWriter *)w)->page;
}

static gboolean can_write(OnrRecordKind kind) {
  return kind != ONR_RECORD_EXPORTED_ARTICLE && kind != ONR_RECORD_EXPORTED_QUOTE &&
         kind != ONR_RECORD_EXPORTED_ENTITY;
}

static OnrWriter *open_text(void) {
  TextWriter *t = g_new0(TextWriter, 1);
  return &t->head;
}

static void free_text(OnrWriter *w) {
  onr_page_clear(page_of(w));
  g_free(w);
}

static void begin(OnrWriter *w) {
  onr_page_init(page_of(w), w->out);
}

static void begin_query(OnrWriter *w, const OnrCountRecord *count) {
  if (w->is_batch)
    onr_print_query_head(page_of(w), count);
  if (count->explain)
    onr_print_explanation(page_of(w), count->explain);
}

static void put(OnrWriter *w, gconstpointer record) {
  OnrPage *page = page_of(w);
  switch (w->kind) {
  case ONR_RECORD_ARTICLE_HIT:
    onr_print_article_hit(page, record);
    return;
  case ONR_RECORD_QUOTE_HIT:
    onr_print_quote_hit(page, record);
    return;
  case ONR_RECORD_SPEAKER:
  case ONR_RECORD_ENTITY:
  case ONR_RECORD_QUOTED_ENTITY:
    if (!w->n_put)
      onr_print_facet_head(page, w->kind);
    onr_print_facet(page, w->kind, record);
    return;
  case ONR_RECORD_ARTICLE:
    onr_print_article(page, record);
    return;
  case ONR_RECORD_PASSAGE:
    onr_print_passage(page, record);
    return;
  case ONR_RECORD_ANNOTATED:
    onr_print_annotated(page, record);
    return;
  case ONR_RECORD_DOSSIER:
    if (w->n_put)
      onr_page_blank_line(page);
    onr_print_dossier(page, record);
    return;
  case ONR_RECORD_CORRECTION:
    onr_print_correction(page, record);
    return;
  case ONR_RECORD_SKIPPED:
    onr_print_skipped(page, record);
    return;
  case ONR_RECORD_STATUS:
    onr_print_status(page, record);
    return;
  case ONR_RECORD_FINDING:
    onr_print_finding(page, record);
    return;
  case ONR_RECORD_SUMMARY:
    if (!w->is_quiet)
      onr_print_summary(page, record);
    return;
  case ONR_RECORD_COUNT:
  case ONR_RECORD_EXPORTED_ARTICLE:
  case ONR_RECORD_EXPORTED_QUOTE:
  case ONR_RECORD_EXPORTED_ENTITY:
  case ONR_N_RECORDS:
    break;
  }
  g_assert_not_reached();
}

static gboolean is_facet(OnrRecordKind kind) {
  return kind == ONR_RECORD_SPEAKER || kind == ONR_RECORD_ENTITY || kind == ONR_RECORD_QUOTED_ENTITY;
}

static void end_query(OnrWriter *w, const OnrCountRecord *count) {
  OnrPage *page = page_of(w);
  gboolean is_count = w->kind == ONR_RECORD_COUNT;
  if (is_count || (!w->is_quiet && (count->n_matches || w->is_batch))) {
    if (is_facet(w->kind) && w->n_put)
      onr_page_blank_line(page);
    onr_print_count(page, count, is_count ? count->n_matches : w->n_put);
  }
  if (w->is_batch)
    onr_page_blank_line(page);
}

static void end(OnrWriter *w G_GNUC_UNUSED) {
}

const OnrWriterClass ONR_WRITER_TEXT = {
    .can_write = can_write,
    .has_explanations = TRUE,
    .needs_rows = TRUE,
    .open = open_text,
    .begin = begin,
    .begin_query = begin_query,
    .put = put,
    .end_query = end_query,
    .end = end,
    .free = free_text,
};
