/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/annotate.h"
#include "cli/command.h"
#include "cli/interrupt.h"

typedef struct {
  OnrSession *session;
  OnrWriter *writer;
  guint64 n_articles, n_failed;
  OnrAnnotator *annotator; /* with --explain; NULL without */
  OnrDocument *doc;
  OnrAnnotation *found;
} Annotating;

/* Annotates once more, where the labels can be looked at. */
static void explain(Annotating *a, const OnrArticle *article) {
  OnrArticleHeader header = {
      .title = article->title, .byline = article->byline, .language = article->language};
  onr_document_set_text(a->doc, article->text, article->text_length);
  onr_annotate(a->annotator, a->doc, &header, a->found);
  for (guint k = 0; k < a->found->quotes->len && article->has_attribution; k++) {
    g_autoptr(GString) lines = g_string_new(NULL);
    g_string_append_printf(lines, "Why quote %u\n", k + 1);
    onr_annotator_explain(a->annotator, a->found, k, lines);
    g_string_replace(lines, "\n", "\n  ", 0);
    g_string_truncate(lines, lines->len - 2); /* behind the last line's end */
    g_string_append_c(lines, '\n');
    onr_output_puts(&a->session->out, lines->str);
  }
}

static gboolean take_article(const OnrArticle *article, const char *path, const char *member,
                             const GError *item_error, gpointer data) {
  Annotating *a = data;
  if (article) {
    onr_writer_put(a->writer, &(OnrAnnotatedRecord){article, path, member});
    if (a->annotator)
      explain(a, article);
    a->n_articles++;
  } else {
    gboolean has_member = member && *member;
    onr_session_complain(a->session, "%s%s%s: %s", path, has_member ? ":" : "", has_member ? member : "",
                         item_error->message);
    gboolean is_fault = onr_error_is_fault(item_error);
    a->n_failed += is_fault ? 1 : 0;
    if (is_fault && a->session->options.is_strict)
      return FALSE;
  }
  return !onr_output_is_done(&a->session->out) && !onr_interrupt_signal();
}

static void note_remark(const char *path, const char *remark, gpointer data) {
  Annotating *a = data;
  onr_session_note(a->session, "%s: %s", path, remark);
}

static gboolean open_explainer(Annotating *a, GError **error) {
  if (!a->session->options.is_explain)
    return TRUE;
  if (onr_session_format(a->session) != ONR_FORMAT_TEXT) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE,
                "--explain: explanations of quotes are written as text only");
    return FALSE;
  }
  a->annotator = onr_annotator_new(error);
  a->doc = onr_document_new();
  a->found = onr_annotation_new();
  return a->annotator != NULL;
}

static void close_explainer(Annotating *a) {
  g_clear_pointer(&a->annotator, onr_annotator_free);
  g_clear_pointer(&a->doc, onr_document_free);
  g_clear_pointer(&a->found, onr_annotation_free);
}

static int run(OnrSession *session, GError **error) {
  Annotating a = {.session = session};
  if (!open_explainer(&a, error) ||
      !(a.writer = onr_session_writer(session, ONR_RECORD_ANNOTATED, FALSE, error))) {
    close_explainer(&a);
    return ONR_EXIT_FAILURE;
  }
  onr_interrupt_watch();
  const OnrAnnotateOptions options = {.n_jobs = session->options.jobs,
                                      .map = (const char *const *)session->options.map->pdata,
                                      .each = take_article,
                                      .remarked = note_remark,
                                      .data = &a};
  gboolean is_read =
      onr_annotate_files((const char *const *)session->options.words->pdata, &options, error);
  onr_writer_close(a.writer);
  close_explainer(&a);
  if (onr_interrupt_signal())
    return ONR_EXIT_SIGNAL + onr_interrupt_signal();
  if (session->options.is_strict && a.n_failed)
    return ONR_EXIT_FAILURE;
  return is_read && (a.n_articles || !a.n_failed) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_WHY, &ONR_GROUP_MAP, &ONR_GROUP_STRICT, &ONR_GROUP_JOBS, &ONR_GROUP_FORMAT_OBJECT,
                                               &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_ANNOTATE = {
    .name = "annotate",
    .arguments = "FILE…",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .word = ONR_WORD_FILE,
    .summary = "print the quotes and names in files, without an archive",
    .about = "Reads articles from FILEs (- is standard input) in any of the formats that index reads, and "
             "prints each quote with its speaker, its "
             "cue and its kind. Nothing is stored.",
    .examples = {{"annotate ~/news/herald/lavrov-nato.md", "who says what in one article"},
                 {"annotate --format jsonl ~/news/wire/2024-06.jsonl",
                  "one JSON object an article, with offsets"},
                 {"annotate --explain ~/news/herald/lavrov-nato.md", "why each quote has its speaker"}},
    .need = ONR_NEEDS_NOTHING,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
