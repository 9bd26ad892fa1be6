/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `annotate`: files in, annotated articles out, no archive. */
#include "indexer/feed.h"
#include "indexer/indexer.h"
#include "indexer/exports/columns.h"

#include <string.h>

typedef struct {
  OnrCrew *crew;
  const char *const *paths, *const *map;
} PathFeed;

static gpointer feed_paths(gpointer data) {
  PathFeed *feed = data;
  for (const char *const *path = feed->paths; *path; path++) {
    g_autofree char *name = onr_path_name(*path);
    OnrWalkEntry entry = {.path = *path, .name = name};
    if (!onr_feed_read(feed->crew, &entry, 0, feed->map))
      break;
  }
  onr_crew_close(feed->crew);
  return NULL;
}

/* NAME without the ending of a compression. */
static void cut_packing(char *name) {
  for (OnrPacking packing = ONR_PACKING_GZIP; packing <= ONR_PACKING_ZSTD; packing++) {
    g_autofree char *ending = g_strconcat(".", onr_packing_ending(packing), NULL);
    if (g_str_has_suffix(name, ending)) {
      name[strlen(name) - strlen(ending)] = '\0';
      return;
    }
  }
}

/* The file's name without folders, the ending of a compression and its last ending, and with the item's place
 * where the file has many. */
static const char *file_id(OnrArticle *article) {
  g_autofree char *name = g_path_get_basename(article->path);
  cut_packing(name);
  char *dot = strrchr(name, '.');
  if (dot && dot != name)
    *dot = '\0';
  g_autofree char *id = *article->member ? g_strconcat(name, ":", article->member, NULL) : g_strdup(name);
  return g_string_chunk_insert(article->strings, id);
}

/* Hands one job out; FALSE to stop. */
static gboolean hand_out(const OnrJob *job, const OnrAnnotateOptions *options) {
  const OnrFile *file = job->data;
  OnrArticleFunc each = options->each;
  gpointer data = options->data;
  if (job->event == ONR_FEED_END) {
    if (file->remark && options->remarked)
      options->remarked(file->name, file->remark, data);
    return !file->error || each(NULL, file->name, "", file->error, data);
  }
  if (job->event != ONR_FEED_ITEM)
    return TRUE;
  if (job->result.error)
    return each(NULL, file->name, job->raw.member, job->result.error, data);
  OnrArticle *article = job->result.article;
  if (!article->id || !*article->id)
    article->id = file_id(article);
  return each(article, file->name, article->member, NULL, data);
}

gboolean onr_annotate_files(const char *const *paths, const OnrAnnotateOptions *options, GError **error) {
  OnrWorkerOptions worker = {.keeps_own_ids = TRUE};
  if (!onr_column_map_check(options->map, error))
    return FALSE;
  g_autoptr(OnrCrew) crew = onr_crew_new(options->n_jobs, ONR_QUEUE_BYTES, &worker, error);
  PathFeed feed = {crew, paths, options->map};
  GThread *thread = crew ? g_thread_try_new("onr-feed", feed_paths, &feed, error) : NULL;
  if (!thread)
    return FALSE;
  OnrJob *job;
  gboolean goes_on = TRUE;
  while (goes_on && onr_crew_take(crew, -1, &job)) {
    goes_on = hand_out(job, options);
    onr_crew_put_back(crew, job);
  }
  onr_crew_cancel(crew);
  g_thread_join(thread);
  return TRUE;
}
