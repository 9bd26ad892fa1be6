/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/interrupt.h"

typedef struct {
  OnrSession *session;
  OnrWriter *writer;
  guint64 n_articles, n_failed;
} Annotating;

static gboolean take_article(const OnrArticle *article, const char *path, const char *member,
                             const GError *item_error, gpointer data) {
  Annotating *a = data;
  if (article) {
    onr_writer_put(a->writer, &(OnrAnnotatedRecord){article, path, member});
    a->n_articles++;
  } else {
    gboolean has_member = member && *member;
    onr_session_complain(a->session, "%s%s%s: %s", path, has_member ? ":" : "", has_member ? member : "",
                         item_error->message);
    a->n_failed++;
  }
  return !onr_output_is_done(&a->session->out) && !onr_interrupt_signal();
}

static int run(OnrSession *session, GError **error) {
  Annotating a = {.session = session,
                  .writer = onr_session_writer(session, ONR_RECORD_ANNOTATED, FALSE, error)};
  if (!a.writer)
    return ONR_EXIT_FAILURE;
  onr_interrupt_watch();
  gboolean is_read = onr_annotate_files((const char *const *)session->options.words->pdata,
                                        session->options.jobs, take_article, &a, error);
  onr_writer_close(a.writer);
  if (onr_interrupt_signal())
    return ONR_EXIT_SIGNAL + onr_interrupt_signal();
  return is_read && (a.n_articles || !a.n_failed) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_JOBS, &ONR_GROUP_FORMAT_OBJECT, &ONR_GROUP_COMMON,
                                               NULL};

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
                  "one JSON object an article, with offsets"}},
    .need = ONR_NEEDS_NOTHING,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
