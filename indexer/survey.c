/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/survey.h"

#include "indexer/feed.h"
#include "indexer/paths.h"
#include "indexer/scribe.h"

#include <string.h>

#define REST "rest" /* as in the record: what could not be read of a file */

typedef struct {
  OnrRecord *record; /* NULL: none to compare with */
  const OnrIndexOptions *options;
  OnrSurveyFunc each;
  gpointer data;
  OnrIndexProgress *report;
  GHashTable *ids; /* those that came, as 64-bit hashes: at 10 million ids two of them are taken for one with
                      odds of 1 in 370,000 */
  gint64 begun_us, told_us;
  guint64 bytes_before; /* of files that are done with */
  const char *const *roots;

  /* of the file at hand */
  OnrSurveyFile file;
  GStringChunk *strings;
} Survey;

const char *onr_survey_state_name(OnrSurveyState state) {
  static const char *const names[ONR_N_SURVEY_STATES] = {[ONR_SURVEY_NEW] = "new",
                                                         [ONR_SURVEY_CHANGED] = "changed",
                                                         [ONR_SURVEY_UNCHANGED] = "unchanged",
                                                         [ONR_SURVEY_GONE] = "gone"};
  return names[state];
}

/* --- one file --- */

static void begin_file(Survey *survey, const char *name) {
  GArray *problems = survey->file.problems;
  g_array_set_size(problems, 0);
  g_string_chunk_clear(survey->strings);
  survey->file = (OnrSurveyFile){
      .path = g_string_chunk_insert(survey->strings, name), .n_files = 1, .problems = problems};
}

static const char *keep(Survey *survey, const char *text) {
  return text ? g_string_chunk_insert(survey->strings, text) : NULL;
}

/* FALSE with ERROR where that ends the run. */
static gboolean add_problem(Survey *survey, const char *member, const GError *why, GError **error) {
  OnrSurveyFile *file = &survey->file;
  survey->report->n_skipped++;
  file->n_items++;
  file->n_skipped++;
  if (file->problems->len < ONR_SURVEY_PROBLEMS) {
    OnrSurveyProblem problem = {
        .member = keep(survey, member), .reason = keep(survey, why->message), .kind = onr_skip_kind(why)};
    g_array_append_val(file->problems, problem);
  }
  gboolean is_end = survey->options->is_strict && onr_error_is_fault(why);
  if (is_end)
    g_set_error(error, ONR_ERROR, why->domain == ONR_ERROR ? why->code : ONR_ERROR_IO,
                "%s%s%s: %s; stopped there", file->path, *member ? ":" : "", member, why->message);
  return !is_end;
}

/* --- ids --- */

/* FNV-1a, 64 bits. */
static guint64 hash_id(const char *id) {
  guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);
  for (; *id; id++)
    hash = (hash ^ (guchar)*id) * G_GUINT64_CONSTANT(0x100000001b3);
  return hash;
}

/* Whether the archive has the id from a file that this run does not look at. */
static gboolean is_held(Survey *survey, const char *id) {
  g_autofree char *owner = NULL;
  if (!survey->record || !onr_record_find_article(survey->record, id, &owner))
    return FALSE;
  for (const char *const *root = survey->roots; *root; root++)
    if (onr_path_is_below(owner, *root))
      return FALSE;
  return TRUE;
}

static gboolean has_come(Survey *survey, const char *id) {
  G_STATIC_ASSERT(sizeof(gpointer) >= sizeof(guint64));
  return !g_hash_table_add(survey->ids, (gpointer)(guintptr)hash_id(id));
}

/* --- items --- */

static gboolean is_blank(const OnrArticle *article) {
  for (gsize i = 0; i < article->text_length; i++)
    if (!g_ascii_isspace(article->text[i]))
      return FALSE;
  return TRUE;
}

static void add_article(Survey *survey, const OnrArticle *article) {
  OnrSurveyFile *file = &survey->file;
  if (file->n_articles++ == 0) {
    file->title = keep(survey, article->title);
    file->published = keep(survey, article->published);
  }
  file->n_untitled += article->title ? 0 : 1;
  file->n_undated += article->day == ONR_NO_DAY ? 1 : 0;
  file->n_textless += is_blank(article) ? 1 : 0;
  gboolean has_come_before = has_come(survey, article->id);
  file->n_duplicates += has_come_before || is_held(survey, article->id) ? 1 : 0;
  survey->report->n_stored++;
  survey->report->text_bytes += article->text_length;
}

static gboolean take_item(Survey *survey, const OnrJob *job, GError **error) {
  survey->report->n_items++;
  if (job->result.error)
    return add_problem(survey, job->raw.member, job->result.error, error);
  survey->file.n_items++;
  if (onr_article_is_kill(job->result.article))
    survey->file.n_kills++;
  else
    add_article(survey, job->result.article);
  return TRUE;
}

/* --- files --- */

static OnrSurveyState compare(Survey *survey, const OnrFile *file) {
  if (!survey->record)
    return ONR_SURVEY_UNKNOWN;
  const OnrSource *known = onr_record_find_source(survey->record, file->name);
  if (!known)
    return ONR_SURVEY_NEW;
  gboolean is_same = file->hash
                         ? g_strcmp0(known->hash, file->hash) == 0 && known->size_bytes == file->size_bytes
                         : known->size_bytes == file->size_bytes && known->mtime_ns == file->mtime_ns;
  return is_same ? ONR_SURVEY_UNCHANGED : ONR_SURVEY_CHANGED;
}

static gboolean fail_stopped(GError **error) {
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CANCELLED, "stopped");
  return FALSE;
}

static gboolean hand_out(Survey *survey, GError **error) {
  return survey->each(&survey->file, survey->data) || fail_stopped(error);
}

static gboolean end_file(Survey *survey, const OnrFile *file, GError **error) {
  OnrSurveyFile *out = &survey->file;
  gboolean has_items = out->n_items > 0;
  out->format = file->format;
  out->remark = file->remark;
  out->n_bytes = (guint64)file->size_bytes;
  out->state = compare(survey, file);
  survey->report->n_files++;
  survey->bytes_before += (guint64)file->size_bytes;
  survey->report->n_bytes_done = survey->bytes_before;
  if (file->error && !add_problem(survey, has_items ? REST : "", file->error, error))
    return FALSE;
  return hand_out(survey, error);
}

/* The walk could not give it: its size is not known. */
static gboolean skip_file(Survey *survey, const OnrFile *file, GError **error) {
  begin_file(survey, file->name);
  if (!add_problem(survey, "", file->error, error))
    return FALSE;
  const OnrSource *known = survey->record ? onr_record_find_source(survey->record, file->name) : NULL;
  gboolean is_same = known && g_strcmp0(known->reason, file->error->message) == 0;
  if (survey->record)
    survey->file.state = is_same ? ONR_SURVEY_UNCHANGED : known ? ONR_SURVEY_CHANGED : ONR_SURVEY_NEW;
  return hand_out(survey, error);
}

static gboolean take(Survey *survey, const OnrJob *job, GError **error) {
  const OnrFile *file = job->data;
  survey->report->current_path = file->name;
  switch ((OnrFeedEvent)job->event) {
  case ONR_FEED_SKIPPED:
    return skip_file(survey, file, error);
  case ONR_FEED_BEGIN:
    begin_file(survey, file->name);
    return TRUE;
  case ONR_FEED_ITEM:
    survey->report->n_bytes_done = survey->bytes_before + job->n_bytes;
    return take_item(survey, job, error);
  case ONR_FEED_END:
    return end_file(survey, file, error);
  case ONR_FEED_UNCHANGED: /* a feed without a record reads every file */
  case ONR_FEED_TOUCHED:
    break;
  }
  g_assert_not_reached();
}

/* --- what is gone --- */

typedef struct {
  Survey *survey;
  GPtrArray *names;
  GArray *counts; /* guint32, articles of each */
} Gone;

static gboolean collect_gone(const OnrSource *source, gpointer data) {
  Gone *gone = data;
  if (!onr_paths_is_gone(source))
    return TRUE;
  g_ptr_array_add(gone->names, g_strdup(source->path));
  g_array_append_val(gone->counts, source->n_articles);
  return TRUE;
}

static gboolean list_gone(Survey *survey, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(guint32));
  Gone gone = {survey, names, counts};
  if (!survey->record || survey->options->keep_missing)
    return TRUE;
  for (const char *const *root = survey->roots; *root; root++)
    if (!onr_record_each_source(survey->record, *root, collect_gone, &gone, error))
      return FALSE;
  for (guint i = 0; i < names->len; i++) {
    begin_file(survey, names->pdata[i]);
    survey->file.state = ONR_SURVEY_GONE;
    survey->file.n_articles = g_array_index(counts, guint32, i);
    if (!hand_out(survey, error))
      return FALSE;
  }
  return TRUE;
}

/* --- the run --- */

static gboolean tell_progress(Survey *survey, gboolean is_final, GError **error) {
  gint64 now_us = g_get_monotonic_time();
  const OnrIndexOptions *options = survey->options;
  survey->report->seconds = (double)(now_us - survey->begun_us) / G_USEC_PER_SEC;
  if (!options->progress || (!is_final && now_us - survey->told_us < onr_index_progress_us(options)))
    return TRUE;
  survey->told_us = now_us;
  return options->progress(survey->report, options->data) || is_final || fail_stopped(error);
}

static gboolean take_all(Survey *survey, OnrCrew *crew, GError **error) {
  gint64 timeout_us = survey->options->progress ? onr_index_progress_us(survey->options) : -1;
  OnrJob *job;
  while (onr_crew_take(crew, timeout_us, &job)) {
    gboolean is_done = !job || take(survey, job, error);
    if (job)
      onr_crew_put_back(crew, job);
    if (!is_done || !tell_progress(survey, FALSE, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_all(Survey *survey, OnrWalk *walk, GError **error) {
  OnrWorkerOptions worker = {.is_parsing_only = TRUE};
  g_autoptr(OnrCrew) crew = onr_crew_new(survey->options->n_jobs, ONR_QUEUE_BYTES, &worker, error);
  OnrFeed feed = {.crew = crew, .walk = walk};
  survey->roots = onr_walk_roots(walk);
  GThread *thread = crew ? g_thread_try_new("onr-feed", onr_feed_run, &feed, error) : NULL;
  if (!thread)
    return FALSE;
  gboolean is_done = take_all(survey, crew, error);
  onr_crew_cancel(crew);
  g_thread_join(thread);
  survey->report->current_path = NULL;
  return is_done && list_gone(survey, error);
}

static gboolean look(Survey *survey, const char *const *paths, const OnrWalkOptions *walk_options,
                     GError **error) {
  guint64 *n_bytes = survey->options->progress ? &survey->report->n_bytes_expected : NULL;
  g_autoptr(OnrWalk) walk = NULL;
  return onr_paths_check(paths, walk_options, n_bytes, error) &&
         (walk = onr_walk_open(paths, walk_options, error)) && read_all(survey, walk, error);
}

gboolean onr_survey(const char *const *paths, const OnrIndexOptions *options, OnrArchive *archive,
                    const char *archive_dir, OnrSurveyFunc each, gpointer data, OnrIndexProgress *report,
                    GError **error) {
  *report = (OnrIndexProgress){0};
  Survey survey = {.record = archive ? onr_archive_record(archive) : NULL,
                   .options = options,
                   .each = each,
                   .data = data,
                   .report = report,
                   .ids = g_hash_table_new(NULL, NULL),
                   .begun_us = g_get_monotonic_time(),
                   .file = {.problems = g_array_new(FALSE, FALSE, sizeof(OnrSurveyProblem))},
                   .strings = g_string_chunk_new(4096)};
  OnrWalkOptions walk_options = {
      .include = options->include, .exclude = options->exclude, .archive_dir = archive_dir};
  gboolean is_done = look(&survey, paths, &walk_options, error);
  tell_progress(&survey, TRUE, NULL);
  g_hash_table_unref(survey.ids);
  g_array_unref(survey.file.problems);
  g_string_chunk_free(survey.strings);
  return is_done;
}
