/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/surveying.h"

#include "cli/interrupt.h"
#include "cli/progress.h"
#include <string.h>

typedef struct {
  OnrSession *session;
  OnrWriter *writer;
  OnrProgressBar bar;
  OnrIndexProgress report;
  GPtrArray *totals; /* OnrSurveyFile, by format; NULL last */
} Surveying;

/* --- sums --- */

static void total_free(gpointer p) {
  OnrSurveyFile *total = p;
  g_free((char *)total->format);
  g_free(total);
}

static OnrSurveyFile *total_of(Surveying *s, const char *format) {
  for (guint i = 0; i < s->totals->len; i++) {
    OnrSurveyFile *total = s->totals->pdata[i];
    if (g_strcmp0(total->format, format) == 0)
      return total;
  }
  OnrSurveyFile *total = g_new0(OnrSurveyFile, 1);
  total->format = g_strdup(format);
  g_ptr_array_add(s->totals, total);
  return total;
}

static void add_up(OnrSurveyFile *total, const OnrSurveyFile *file) {
  total->n_files += file->n_files;
  total->n_bytes += file->n_bytes;
  total->n_items += file->n_items;
  total->n_articles += file->n_articles;
  total->n_skipped += file->n_skipped;
  total->n_duplicates += file->n_duplicates;
  total->n_kills += file->n_kills;
  total->n_untitled += file->n_untitled;
  total->n_undated += file->n_undated;
  total->n_textless += file->n_textless;
}

static int by_format(gconstpointer a, gconstpointer b) {
  const OnrSurveyFile *x = *(OnrSurveyFile *const *)a, *y = *(OnrSurveyFile *const *)b;
  if (!x->format || !y->format)
    return (int)!x->format - (int)!y->format;
  return strcmp(x->format, y->format);
}

/* --- the run --- */

static gboolean take_file(const OnrSurveyFile *file, gpointer data) {
  Surveying *s = data;
  onr_progress_bar_clear(&s->bar);
  onr_writer_put(s->writer, file);
  if (file->state != ONR_SURVEY_GONE)
    add_up(total_of(s, file->format), file);
  return !onr_output_is_done(&s->session->out) && !onr_interrupt_signal();
}

static gboolean show_progress(const OnrIndexProgress *progress, gpointer data) {
  Surveying *s = data;
  onr_progress_bar_update(&s->bar, progress);
  return !onr_interrupt_signal();
}

static void write_totals(Surveying *s) {
  g_ptr_array_sort(s->totals, by_format);
  for (guint i = 0; i < s->totals->len; i++)
    onr_writer_put(s->writer, s->totals->pdata[i]);
}

static int run_survey(Surveying *s, const char *dir, GError **error) {
  OnrSession *session = s->session;
  const OnrOptions *o = &session->options;
  const OnrIndexOptions options = {.include = (const char *const *)o->include->pdata,
                                   .exclude = (const char *const *)o->exclude->pdata,
                                   .keep_missing = o->is_keeping_missing,
                                   .is_strict = o->is_strict,
                                   .n_jobs = o->jobs,
                                   .progress = show_progress,
                                   .data = s};
  GError *failure = NULL;
  gboolean is_done = onr_survey((const char *const *)o->words->pdata, &options, session->archive, dir,
                                take_file, s, &s->report, &failure);
  onr_progress_bar_clear(&s->bar);
  int signal_number = onr_interrupt_signal();
  if (is_done || signal_number)
    write_totals(s);
  if (is_done)
    return ONR_EXIT_DONE;
  if (signal_number || onr_output_is_done(&session->out)) {
    g_clear_error(&failure);
    return signal_number ? ONR_EXIT_SIGNAL + signal_number : ONR_EXIT_DONE;
  }
  g_propagate_error(error, failure);
  return ONR_EXIT_FAILURE;
}

/* Opens the archive that `index` would write to, where there is one. One that cannot be read is not compared
 * with. */
static void open_archive(OnrSession *session, const char *dir) {
  g_autofree char *file = dir ? g_build_filename(dir, ONR_RECORD_FILE, NULL) : NULL;
  if (!file || !g_file_test(file, G_FILE_TEST_EXISTS))
    return;
  g_autoptr(GError) why = NULL;
  session->archive = onr_archive_open(dir, ONR_OPEN_READ, &why);
  if (!session->archive)
    onr_session_complain(session, "not compared with the archive: %s", why->message);
}

int onr_surveying_run(OnrSession *session, GError **error) {
  const GPtrArray *archives = session->options.archives;
  g_autofree char *here = g_get_current_dir();
  g_autofree char *dir = onr_archive_locate(archives->pdata[0], here);
  if (archives->len > 2 ||
      (dir && onr_archive_is_shard_name(dir) && archives->pdata[0] && g_file_test(dir, G_FILE_TEST_EXISTS))) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE, "index works on one archive, in a folder");
    return ONR_EXIT_FAILURE;
  }
  Surveying s = {.session = session, .writer = onr_session_writer(session, ONR_RECORD_SURVEY, FALSE, error)};
  if (!s.writer)
    return ONR_EXIT_FAILURE;
  s.writer->is_verbose = session->options.is_verbose;
  open_archive(session, dir);
  s.totals = g_ptr_array_new_with_free_func(total_free);
  onr_progress_bar_init(&s.bar, &session->err, !session->options.is_quiet);
  onr_interrupt_watch();
  int status = run_survey(&s, dir, error);
  onr_writer_close(s.writer);
  g_ptr_array_unref(s.totals);
  return status;
}
