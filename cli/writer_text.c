/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for eyes: which function prints which record. */
#include "cli/text_parts.h"
#include "cli/writer.h"

typedef struct {
  OnrWriter head;
  OnrPage page;
  /* of lists that end with what they come to */
  OnrLosses *losses;
  GArray *totals; /* OnrSurveyFile */
  guint64 n_by_state[ONR_N_SURVEY_STATES];
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

static void clear_total(gpointer p) {
  OnrSurveyFile *total = p;
  g_free((char *)total->format);
}

static void free_text(OnrWriter *w) {
  TextWriter *t = (TextWriter *)w;
  onr_page_clear(&t->page);
  onr_losses_free(t->losses);
  g_clear_pointer(&t->totals, g_array_unref);
  g_free(w);
}

static void begin(OnrWriter *w) {
  TextWriter *t = (TextWriter *)w;
  onr_page_init(&t->page, w->out);
  t->losses = onr_losses_new();
  t->totals = g_array_new(FALSE, FALSE, sizeof(OnrSurveyFile));
  g_array_set_clear_func(t->totals, clear_total);
}

static void put_skipped(TextWriter *t, const OnrSource *source) {
  onr_print_skipped(&t->page, source);
  if (source->status == ONR_SOURCE_SKIPPED)
    onr_losses_add(t->losses, source->kind, source->reason ? source->reason : "no reason");
}

static void put_survey(TextWriter *t, const OnrSurveyFile *file) {
  if (!file->path) {
    OnrSurveyFile total = *file;
    total.format = g_strdup(file->format);
    g_array_append_val(t->totals, total);
    return;
  }
  t->n_by_state[file->state]++;
  for (guint i = 0; file->problems && i < file->problems->len; i++) {
    const OnrSurveyProblem *problem = &g_array_index(file->problems, OnrSurveyProblem, i);
    onr_losses_add(t->losses, problem->kind, problem->reason);
  }
  for (guint64 n = file->problems ? file->problems->len : 0; n < file->n_skipped; n++)
    onr_losses_add(t->losses, NULL, "more, in files with many faults");
  onr_print_survey_file(&t->page, file, t->head.is_verbose);
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
    put_skipped((TextWriter *)w, record);
    return;
  case ONR_RECORD_SURVEY:
    put_survey((TextWriter *)w, record);
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

static void end(OnrWriter *w) {
  TextWriter *t = (TextWriter *)w;
  if (w->is_quiet)
    return;
  if (w->kind == ONR_RECORD_SURVEY)
    onr_print_survey_totals(&t->page, t->totals);
  onr_print_losses(&t->page, t->losses);
  if (w->kind == ONR_RECORD_SURVEY)
    onr_print_survey_states(&t->page, t->n_by_state);
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
