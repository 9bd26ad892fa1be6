/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One run over PATHS: check them, remove what has vanished, read what is new or changed, read again what that
 * has set free. */
#include "indexer/indexer.h"

#include "indexer/feed.h"
#include "indexer/paths.h"
#include "indexer/exports/columns.h"
#include "indexer/scribe.h"
#include "indexer/walk.h"

/* Reading again may set ids free again, where a file has changed under way; no chain of that is worth more.
 */
#define MAX_PASSES 3

typedef struct {
  OnrArchive *archive;
  const OnrIndexOptions *options;
  OnrIndexProgress *report;
  OnrScribe *scribe;
  OnrCorrections *corrections;
  OnrWalkOptions walk_options;
  gint64 begun_us, told_us;
  guint64 bytes_before; /* of files that are done with */
  gboolean is_stopped;
} Run;

gint64 onr_index_progress_us(const OnrIndexOptions *options) {
  const gint64 usual_us = 200000;
  return options->progress_ms == 0 ? usual_us : MAX(options->progress_ms, 0) * G_GINT64_CONSTANT(1000);
}

/* --- what has vanished --- */

static gboolean collect_vanished(const OnrSource *source, gpointer data) {
  if (onr_paths_is_gone(source))
    g_ptr_array_add(data, g_strdup(source->path));
  return TRUE;
}

static gboolean remove_files(Run *run, const GPtrArray *names, GError **error) {
  for (guint i = 0; i < names->len; i++) {
    if (!onr_scribe_remove_file(run->scribe, names->pdata[i], error))
      return FALSE;
    run->report->n_files_removed++;
  }
  return onr_scribe_commit(run->scribe, error);
}

static gboolean remove_vanished(Run *run, const char *const *roots, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (; *roots && !run->options->keep_missing; roots++) {
    g_ptr_array_set_size(names, 0);
    if (!onr_record_each_source(onr_archive_record(run->archive), *roots, collect_vanished, names, error) ||
        !remove_files(run, names, error))
      return FALSE;
  }
  g_ptr_array_unref(onr_scribe_take_marked(run->scribe)); /* the walk comes to them */
  return TRUE;
}

/* Rows of what an earlier run could not get at (a folder, a link) and this one did not meet. */
typedef struct {
  const OnrScribe *scribe;
  GPtrArray *names;
} Settled;

static gboolean collect_settled(const OnrSource *source, gpointer data) {
  Settled *settled = data;
  if (source->status == ONR_SOURCE_SKIPPED && source->size_bytes == -1 && source->n_articles == 0 &&
      !onr_scribe_has_skipped(settled->scribe, source->path))
    g_ptr_array_add(settled->names, g_strdup(source->path));
  return TRUE;
}

static gboolean remove_settled(Run *run, const char *const *roots, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  Settled settled = {run->scribe, names};
  for (; *roots; roots++)
    if (!onr_record_each_source(onr_archive_record(run->archive), *roots, collect_settled, &settled, error))
      return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!onr_scribe_remove_file(run->scribe, names->pdata[i], error))
      return FALSE;
  return onr_scribe_commit(run->scribe, error);
}

/* --- reading --- */

static void count_job(Run *run, const OnrJob *job) {
  OnrIndexProgress *report = run->report;
  const OnrFile *file = job->data;
  report->current_path = file->name;
  if (job->event == ONR_FEED_ITEM) {
    report->n_bytes_done = run->bytes_before + job->n_bytes;
  } else if (job->event == ONR_FEED_UNCHANGED || job->event == ONR_FEED_TOUCHED ||
             job->event == ONR_FEED_END) {
    run->bytes_before += (guint64)file->size_bytes;
    report->n_bytes_done = run->bytes_before;
    report->read_bytes += job->event == ONR_FEED_END ? (guint64)file->size_bytes : 0;
  }
}

static void tell_remark(const Run *run, const OnrJob *job) {
  const OnrFile *file = job->data;
  if (job->event == ONR_FEED_END && file->remark && run->options->remarked)
    run->options->remarked(file->name, file->remark, run->options->data);
}

/* Calls the progress function when it is time; TRUE to go on. */
static gboolean tell_progress(Run *run, gboolean is_final) {
  gint64 now_us = g_get_monotonic_time();
  run->report->seconds = (double)(now_us - run->begun_us) / G_USEC_PER_SEC;
  if (!run->options->progress || (!is_final && now_us - run->told_us < onr_index_progress_us(run->options)))
    return TRUE;
  run->told_us = now_us;
  run->is_stopped = !run->options->progress(run->report, run->options->data) && !is_final;
  return !run->is_stopped;
}

/* Once nothing more is read, a batch is written when it is half full, while the workers have work still:
 * behind the last article the writer is alone. */
static gboolean commit_near_end(Run *run, OnrCrew *crew, GError **error) {
  return !onr_crew_is_closed(crew) || onr_scribe_commit_half(run->scribe, error);
}

static gboolean take_all(Run *run, OnrCrew *crew, GError **error) {
  gint64 timeout_us = run->options->progress ? onr_index_progress_us(run->options) : -1;
  OnrJob *job;
  while (onr_crew_take(crew, timeout_us, &job)) {
    gboolean is_done = TRUE;
    if (job) {
      is_done = onr_scribe_take(run->scribe, job, error);
      if (is_done) {
        count_job(run, job);
        tell_remark(run, job);
      }
      onr_crew_put_back(crew, job);
    }
    if (!is_done || !commit_near_end(run, crew, error))
      return FALSE;
    if (!tell_progress(run, FALSE))
      return TRUE;
  }
  return TRUE;
}

/* Reads everything that WALK gives. */
static gboolean read_pass(Run *run, OnrWalk *walk, GError **error) {
  OnrWorkerOptions worker = {.language = onr_archive_language(run->archive), .corrections = run->corrections};
  g_autoptr(OnrRecord) record =
      onr_record_open(onr_record_file(onr_archive_record(run->archive)), ONR_OPEN_READ, error);
  g_autoptr(OnrCrew) crew =
      record ? onr_crew_new(run->options->n_jobs, ONR_QUEUE_BYTES, &worker, error) : NULL;
  OnrFeed feed = {.crew = crew, .walk = walk, .record = record, .map = run->options->map};
  GThread *thread = crew ? g_thread_try_new("onr-feed", onr_feed_run, &feed, error) : NULL;
  if (!thread)
    return FALSE;
  gboolean is_done = take_all(run, crew, error);
  onr_crew_cancel(crew);
  g_thread_join(thread);
  run->report->current_path = NULL;
  return is_done && onr_scribe_commit(run->scribe, error);
}

/* The files among NAMES that lie below this run's PATHs and are there, as PATHs of their own. */
static GPtrArray *choose_again(const GPtrArray *names, const char *const *roots) {
  GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < names->len; i++)
    for (guint r = 0; roots[r]; r++) {
      g_autofree char *path = onr_path_from_name(names->pdata[i]);
      if (!onr_path_is_below(names->pdata[i], roots[r]) || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        continue;
      g_ptr_array_add(paths, g_steal_pointer(&path));
      break;
    }
  if (paths->len > 0)
    g_ptr_array_add(paths, NULL);
  return paths;
}

static gboolean read_again(Run *run, const char *const *roots, GError **error) {
  for (guint pass = 1; pass < MAX_PASSES && !run->is_stopped; pass++) {
    g_autoptr(GPtrArray) names = onr_scribe_take_marked(run->scribe);
    g_autoptr(GPtrArray) paths = choose_again(names, roots);
    if (paths->len == 0)
      return TRUE;
    OnrWalkOptions all = {0};
    g_autoptr(OnrWalk) walk = onr_walk_open((const char *const *)paths->pdata, &all, error);
    if (!walk || !read_pass(run, walk, error))
      return FALSE;
  }
  return TRUE;
}

/* A stop is heeded between two steps; the next run takes the others. */
static gboolean settle(Run *run, GError **error) {
  gboolean is_done = FALSE;
  if (run->options->give_back_memory)
    run->options->give_back_memory();
  if (!onr_resolve_identities(run->archive, error))
    return FALSE;
  while (!is_done && tell_progress(run, FALSE))
    if (!onr_archive_settle(run->archive, &is_done, error))
      return FALSE;
  return TRUE;
}

/* What was changed by hand is applied to articles that are there before others come. */
static gboolean read_corrections(Run *run, GError **error) {
  guint n_lost;
  if (!onr_corrections_sync(run->archive, &n_lost, error))
    return FALSE;
  run->report->n_corrections_lost = n_lost;
  run->corrections = onr_corrections_read(run->archive, error);
  return run->corrections != NULL;
}

static gboolean run_all(Run *run, const char *const *paths, GError **error) {
  g_autoptr(OnrWalk) walk = NULL;
  guint64 *n_bytes = run->options->progress ? &run->report->n_bytes_expected : NULL;
  if (!onr_column_map_check(run->options->map, error) || !onr_paths_check(paths, &run->walk_options, n_bytes, error) || !read_corrections(run, error) ||
      !(walk = onr_walk_open(paths, &run->walk_options, error)))
    return FALSE;
  const char *const *roots = onr_walk_roots(walk);
  if (!remove_vanished(run, roots, error) || !read_pass(run, walk, error) || !read_again(run, roots, error) ||
      (!run->is_stopped && !(remove_settled(run, roots, error) && settle(run, error))))
    return FALSE;
  if (run->is_stopped)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CANCELLED, "stopped; what was whole is kept");
  return !run->is_stopped;
}

gboolean onr_index(OnrArchive *archive, const char *const *paths, const OnrIndexOptions *options,
                   OnrIndexProgress *report, GError **error) {
  *report = (OnrIndexProgress){0};
  Run run = {.archive = archive,
             .options = options,
             .report = report,
             .walk_options = {.include = options->include,
                              .exclude = options->exclude,
                              .archive_dir = onr_archive_dir(archive)},
             .begun_us = g_get_monotonic_time()};
  run.scribe = onr_scribe_new(archive, options, report);
  gboolean is_done = run_all(&run, paths, error);
  onr_scribe_rollback(run.scribe);
  onr_scribe_free(run.scribe);
  onr_corrections_free(run.corrections);
  tell_progress(&run, TRUE);
  return is_done;
}
