/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `reindex`: every stored article annotated and posted anew, in one transaction. */
#include "indexer/crew.h"
#include "indexer/indexer.h"

#include <string.h>

typedef struct {
  OnrArchive *archive;
  OnrCorrections *corrections;
  OnrCrew *crew;
  const OnrIndexOptions *options;
  OnrIndexProgress *report;
  GArray *rows; /* gint64, of all articles */
  guint next;
  guint n_under_way;
  gint64 begun_us, told_us;
} Reindex;

/* The next article as a job; NULL with ERROR where the record does not give it. */
static OnrJob *load_next(Reindex *run, GError **error) {
  OnrJob *job = onr_crew_get(run->crew);
  onr_work_result_reset(&job->result);
  job->work = ONR_JOB_ANNOTATE;
  gint64 row = g_array_index(run->rows, gint64, run->next);
  if (!onr_record_load_article(onr_archive_record(run->archive), row, TRUE, job->result.article, error)) {
    onr_crew_put_back(run->crew, job);
    return NULL;
  }
  job->cost = ONR_COST_OF_JOB + job->result.article->text_length * ONR_COST_PER_BYTE;
  run->next++;
  return job;
}

static gboolean tell_progress(Reindex *run, gboolean is_final, GError **error) {
  gint64 now_us = g_get_monotonic_time();
  run->report->seconds = (double)(now_us - run->begun_us) / G_USEC_PER_SEC;
  if (!run->options->progress || (!is_final && now_us - run->told_us < onr_index_progress_us(run->options)))
    return TRUE;
  run->told_us = now_us;
  if (run->options->progress(run->report, run->options->data) || is_final)
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CANCELLED, "stopped; nothing is changed");
  return FALSE;
}

static gboolean write_next(Reindex *run, GError **error) {
  OnrJob *job;
  onr_crew_take(run->crew, -1, &job);
  OnrArticle *article = job->result.article;
  gboolean is_done = onr_archive_reindex(run->archive, article, job->result.postings, error);
  gsize n_bytes = article->text_length + (article->title ? strlen(article->title) : 0);
  run->report->n_items++;
  run->report->n_stored++;
  run->report->n_quotes += article->quotes->len;
  run->report->n_corrections_lost += job->result.n_lost;
  run->report->text_bytes += n_bytes;
  run->report->n_bytes_done += article->text_length;
  run->n_under_way--;
  onr_crew_put_back(run->crew, job);
  return is_done && tell_progress(run, FALSE, error);
}

/* One thread loads and writes: it loads ahead while there is room, and writes while there is none. */
static gboolean reindex_rows(Reindex *run, GError **error) {
  OnrJob *ready = NULL;
  gboolean is_done = TRUE;
  while (is_done && (ready || run->next < run->rows->len || run->n_under_way > 0)) {
    if (!ready && run->next < run->rows->len && !(ready = load_next(run, error)))
      return FALSE;
    if (ready && onr_crew_try_push(run->crew, ready)) {
      ready = NULL;
      run->n_under_way++;
    } else {
      is_done = write_next(run, error);
    }
  }
  if (ready) {
    ready->cost = 0; /* it was not pushed */
    onr_crew_put_back(run->crew, ready);
  }
  return is_done;
}

static gboolean reindex(Reindex *run, const char *engine, const char *language, GError **error) {
  OnrRecord *record = onr_archive_record(run->archive);
  OnrCounts counts;
  if (!onr_archive_reset_index(run->archive, engine, language, error) ||
      !onr_record_count(record, &counts, error) || !onr_record_article_rows(record, NULL, run->rows, error))
    return FALSE;
  run->report->n_bytes_expected = counts.text_bytes;
  if (!(run->corrections = onr_corrections_read(run->archive, error)))
    return FALSE;
  OnrWorkerOptions worker = {.language = onr_archive_language(run->archive), .corrections = run->corrections};
  run->crew = onr_crew_new(run->options->n_jobs, ONR_QUEUE_BYTES, &worker, error);
  return run->crew && reindex_rows(run, error) &&
         onr_corrections_note(run->archive, run->corrections, error) &&
         onr_archive_commit(run->archive, error);
}

gboolean onr_reindex(OnrArchive *archive, const char *engine, const char *language,
                     const OnrIndexOptions *options, OnrIndexProgress *report, GError **error) {
  *report = (OnrIndexProgress){0};
  Reindex run = {.archive = archive,
                 .options = options,
                 .report = report,
                 .rows = g_array_new(FALSE, FALSE, sizeof(gint64)),
                 .begun_us = g_get_monotonic_time()};
  gboolean is_begun = onr_archive_begin(archive, error);
  gboolean is_done = is_begun && reindex(&run, engine, language, error);
  if (is_begun && !is_done)
    onr_archive_rollback(archive);
  is_done = is_done && onr_resolve_identities(archive, error);
  for (gboolean is_settled = FALSE; is_done && !is_settled;)
    is_done = onr_archive_settle(archive, &is_settled, error);
  onr_crew_free(run.crew);
  onr_corrections_free(run.corrections);
  g_array_unref(run.rows);
  tell_progress(&run, TRUE, NULL);
  return is_done;
}
