/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/scribe.h"

#include <string.h>

#define ARTICLE_BYTES 1024        /* of rows beside text and postings */
#define REMOVED_BYTES (32u << 10) /* what a removal counts in a batch */
#define REST "rest"               /* member of the item that stands for what could not be read of a file */

struct OnrScribe {
  OnrArchive *archive;
  OnrRecord *record;
  const OnrIndexOptions *options;
  OnrIndexProgress *report;
  gboolean is_in_batch;
  gsize batch_bytes, max_batch_bytes;
  OnrArticle *stored;  /* scratch: an article as it is in the record */
  GHashTable *marked;  /* names of files to be read again */
  GHashTable *skipped; /* names of files that this run skipped */

  /* of the file that is being read */
  char *name;      /* NULL between files */
  GHashTable *old; /* gint64 rows of articles that the file had and has not shown again */
  guint32 n_items, n_articles, n_replaced;
  OnrSource own; /* what became of the one item of a file without members: status, reason and article_id,
                    which are owned */
};

OnrScribe *onr_scribe_new(OnrArchive *archive, const OnrIndexOptions *options, OnrIndexProgress *report) {
  OnrScribe *scribe = g_new0(OnrScribe, 1);
  scribe->archive = archive;
  scribe->record = onr_archive_record(archive);
  scribe->options = options;
  scribe->report = report;
  scribe->max_batch_bytes = options->batch_bytes ? options->batch_bytes : ONR_BATCH_BYTES;
  scribe->stored = onr_article_new();
  scribe->marked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  scribe->skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  scribe->old = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  return scribe;
}

static void forget_own(OnrScribe *scribe) {
  g_free((char *)scribe->own.reason);
  g_free((char *)scribe->own.article_id);
  scribe->own = (OnrSource){0};
}

void onr_scribe_free(OnrScribe *scribe) {
  if (!scribe)
    return;
  forget_own(scribe);
  g_free(scribe->name);
  onr_article_free(scribe->stored);
  g_hash_table_unref(scribe->marked);
  g_hash_table_unref(scribe->skipped);
  g_hash_table_unref(scribe->old);
  g_free(scribe);
}

/* --- batches --- */

static gboolean begin(OnrScribe *scribe, GError **error) {
  if (!scribe->is_in_batch)
    scribe->is_in_batch = onr_archive_begin(scribe->archive, error);
  return scribe->is_in_batch;
}

/* The row that the file has until it is read to its end. */
static gboolean put_open_row(OnrScribe *scribe, GError **error) {
  OnrSource row = {.path = scribe->name,
                   .member = "",
                   .size_bytes = -1,
                   .status = ONR_SOURCE_READ,
                   .n_articles = scribe->n_articles + g_hash_table_size(scribe->old)};
  return onr_record_put_source(scribe->record, &row, NULL, error);
}

gboolean onr_scribe_commit(OnrScribe *scribe, GError **error) {
  if (!scribe->is_in_batch)
    return TRUE;
  if ((scribe->name && !put_open_row(scribe, error)) || !onr_archive_commit(scribe->archive, error))
    return FALSE;
  scribe->is_in_batch = FALSE;
  scribe->batch_bytes = 0;
  return TRUE;
}

gboolean onr_scribe_commit_half(OnrScribe *scribe, GError **error) {
  return scribe->batch_bytes < scribe->max_batch_bytes / 2 || onr_scribe_commit(scribe, error);
}

void onr_scribe_rollback(OnrScribe *scribe) {
  if (scribe->is_in_batch)
    onr_archive_rollback(scribe->archive);
  scribe->is_in_batch = FALSE;
}

static gboolean count_bytes(OnrScribe *scribe, gsize n_bytes, GError **error) {
  scribe->batch_bytes += n_bytes;
  return scribe->batch_bytes < scribe->max_batch_bytes || onr_scribe_commit(scribe, error);
}

/* --- removing --- */

static gboolean collect_path(const OnrSource *source, gpointer data) {
  g_ptr_array_add(data, g_strdup(source->path));
  return TRUE;
}

/* The files that hold duplicates of ID look changed from now on. */
static gboolean mark_holders(OnrScribe *scribe, const char *id, GError **error) {
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  if (!onr_record_each_duplicate(scribe->record, id, collect_path, paths, error))
    return FALSE;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    const OnrSource *file = onr_record_find_source(scribe->record, path);
    if (g_strcmp0(path, scribe->name) == 0 || !file) /* the open file's row is not final anyway */
      continue;
    if (!onr_record_touch_source(scribe->record, file->row, -1, 0, error))
      return FALSE;
    g_hash_table_add(scribe->marked, g_strdup(path));
  }
  return TRUE;
}

gboolean onr_scribe_remove_article(OnrScribe *scribe, gint64 row, GError **error) {
  if (!begin(scribe, error) || !onr_record_load_article(scribe->record, row, FALSE, scribe->stored, error))
    return FALSE;
  g_autofree char *id = g_strdup(scribe->stored->id);
  if (!onr_archive_remove(scribe->archive, row, error) || !mark_holders(scribe, id, error))
    return FALSE;
  scribe->report->n_articles_removed++;
  return count_bytes(scribe, REMOVED_BYTES, error);
}

gboolean onr_scribe_remove_file(OnrScribe *scribe, const char *name, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!onr_record_article_rows(scribe->record, name, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!onr_scribe_remove_article(scribe, g_array_index(rows, gint64, i), error))
      return FALSE;
  return begin(scribe, error) && onr_record_remove_source(scribe->record, name, error);
}

/* --- items that are not stored --- */

static void tell_skipped(const OnrScribe *scribe, const char *name, const char *member, const char *reason) {
  if (scribe->options->skipped)
    scribe->options->skipped(name, member, reason, scribe->options->data);
}

/* Notes that an item of the open file is not stored. A file's only item has no row but the file's own. */
static gboolean put_missed(OnrScribe *scribe, const char *member, OnrSourceStatus status, const char *reason,
                           const char *article_id, GError **error) {
  scribe->report->n_items++;
  if (status == ONR_SOURCE_SKIPPED)
    scribe->report->n_skipped++;
  else
    scribe->report->n_duplicates++;
  tell_skipped(scribe, scribe->name, member, reason);
  if (!*member) {
    forget_own(scribe);
    scribe->own =
        (OnrSource){.status = status, .reason = g_strdup(reason), .article_id = g_strdup(article_id)};
    return TRUE;
  }
  OnrSource row = {
      .path = scribe->name, .member = member, .status = status, .reason = reason, .article_id = article_id};
  return onr_record_put_source(scribe->record, &row, NULL, error) &&
         count_bytes(scribe, ARTICLE_BYTES, error);
}

/* --- articles --- */

/* TRUE where the record holds ARTICLE as it is. What is annotated comes from the same fields. */
static gboolean is_same_article(OnrScribe *scribe, gint64 row, const OnrArticle *article) {
  const OnrArticle *stored = scribe->stored;
  return onr_record_load_article(scribe->record, row, TRUE, scribe->stored, NULL) &&
         stored->text_length == article->text_length &&
         memcmp(stored->text, article->text, article->text_length) == 0 &&
         g_strcmp0(stored->member, article->member) == 0 && g_strcmp0(stored->title, article->title) == 0 &&
         g_strcmp0(stored->byline, article->byline) == 0 &&
         g_strcmp0(stored->dateline, article->dateline) == 0 &&
         g_strcmp0(stored->published, article->published) == 0 &&
         g_strcmp0(stored->publisher, article->publisher) == 0 &&
         g_strcmp0(stored->section, article->section) == 0 &&
         g_strcmp0(stored->language, article->language) == 0 && g_strcmp0(stored->url, article->url) == 0;
}

static void count_stored(OnrScribe *scribe, const OnrArticle *article) {
  OnrIndexProgress *report = scribe->report;
  scribe->n_articles++;
  report->n_items++;
  report->n_stored++;
  report->n_quotes += article->quotes->len;
  report->text_bytes += article->text_length + (article->title ? strlen(article->title) : 0);
}

static gboolean put_article(OnrScribe *scribe, const OnrWorkResult *result, GError **error) {
  OnrArticle *article = result->article;
  g_autofree char *owner = NULL;
  gint64 row = onr_record_find_article(scribe->record, article->id, &owner);
  gboolean is_old = row != 0 && g_hash_table_remove(scribe->old, &row);
  if (row != 0 && !is_old) {
    g_autofree char *reason = g_strdup_printf("id '%s' is that of an article in '%s'", article->id, owner);
    return put_missed(scribe, article->member, ONR_SOURCE_DUPLICATE, reason, article->id, error);
  }
  count_stored(scribe, article);
  scribe->report->n_corrections_lost += result->n_lost;
  if (is_old && is_same_article(scribe, row, article))
    return TRUE;
  if (is_old && !onr_archive_remove(scribe->archive, row, error))
    return FALSE;
  return onr_archive_put(scribe->archive, article, result->postings, error) &&
         count_bytes(scribe,
                     onr_article_postings_size(result->postings) + article->text_length + ARTICLE_BYTES,
                     error);
}

static gboolean take_item(OnrScribe *scribe, const OnrJob *job, GError **error) {
  scribe->n_items++;
  scribe->n_replaced += job->result.n_replaced;
  if (!begin(scribe, error))
    return FALSE;
  if (job->result.error)
    return put_missed(scribe, job->raw.member, ONR_SOURCE_SKIPPED, job->result.error->message, NULL, error);
  return put_article(scribe, &job->result, error);
}

/* --- files --- */

static gboolean begin_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  g_free(scribe->name);
  scribe->name = g_strdup(file->name);
  g_hash_table_remove(scribe->marked, file->name);
  scribe->n_items = scribe->n_articles = scribe->n_replaced = 0;
  forget_own(scribe);
  g_hash_table_remove_all(scribe->old);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!begin(scribe, error))
    return FALSE;
  if (file->source_row && !(onr_record_article_rows(scribe->record, file->name, rows, error) &&
                            onr_record_clear_items(scribe->record, file->name, error)))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add(scribe->old, g_memdup2(&g_array_index(rows, gint64, i), sizeof(gint64)));
  return put_open_row(scribe, error);
}

/* Articles that the file has no longer. */
static gboolean remove_old(OnrScribe *scribe, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, scribe->old);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    g_array_append_val(rows, *(gint64 *)key);
  for (guint i = 0; i < rows->len; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    g_hash_table_remove(scribe->old, &row);
    if (!onr_scribe_remove_article(scribe, row, error))
      return FALSE;
  }
  return TRUE;
}

/* The file's final row. One that the system did not give to its end looks changed to the next run. */
static gboolean put_final_row(OnrScribe *scribe, const OnrFile *file, gboolean is_refused, GError **error) {
  OnrSource row = {.path = file->name,
                   .member = "",
                   .size_bytes = is_refused ? -1 : file->size_bytes,
                   .mtime_ns = is_refused ? 0 : file->mtime_ns,
                   .hash = is_refused ? NULL : file->hash,
                   .format = file->format,
                   .status = scribe->own.status,
                   .reason = scribe->own.reason,
                   .n_articles = scribe->n_articles + g_hash_table_size(scribe->old),
                   .n_replaced = scribe->n_replaced,
                   .article_id = scribe->own.article_id};
  return onr_record_put_source(scribe->record, &row, NULL, error);
}

static gboolean end_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  OnrIndexProgress *report = scribe->report;
  gboolean is_refused = g_error_matches(file->error, ONR_ERROR, ONR_ERROR_IO) ||
                        g_error_matches(file->error, ONR_ERROR, ONR_ERROR_NOT_FOUND);
  if (!begin(scribe, error))
    return FALSE;
  if (file->error && !put_missed(scribe, scribe->n_items > 0 ? REST : "", ONR_SOURCE_SKIPPED,
                                 file->error->message, NULL, error))
    return FALSE;
  if (is_refused)
    g_hash_table_add(scribe->skipped, g_strdup(file->name));
  else if (!remove_old(scribe, error))
    return FALSE;
  if (!begin(scribe, error) || !put_final_row(scribe, file, is_refused, error))
    return FALSE;
  g_clear_pointer(&scribe->name, g_free);
  report->n_files++;
  return TRUE;
}

/* What the walk could not give: its row is written when it is news. Articles that it had are kept: nothing is
 * known of them. */
static gboolean skip_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  scribe->report->n_items++;
  scribe->report->n_skipped++;
  tell_skipped(scribe, file->name, "", file->error->message);
  g_hash_table_add(scribe->skipped, g_strdup(file->name));
  const OnrSource *known = onr_record_find_source(scribe->record, file->name);
  if (known && known->status == ONR_SOURCE_SKIPPED && known->size_bytes == -1 &&
      g_strcmp0(known->reason, file->error->message) == 0)
    return TRUE;
  OnrSource row = {.path = file->name,
                   .member = "",
                   .size_bytes = -1,
                   .status = ONR_SOURCE_SKIPPED,
                   .reason = file->error->message,
                   .n_articles = known ? known->n_articles : 0};
  return begin(scribe, error) && onr_record_put_source(scribe->record, &row, NULL, error) &&
         count_bytes(scribe, ARTICLE_BYTES, error);
}

static gboolean pass_over(OnrScribe *scribe, const OnrFile *file, gboolean is_touched, GError **error) {
  scribe->report->n_files++;
  scribe->report->n_files_unchanged++;
  return !is_touched || (begin(scribe, error) &&
                         onr_record_touch_source(scribe->record, file->source_row, file->size_bytes,
                                                 file->mtime_ns, error) &&
                         count_bytes(scribe, ARTICLE_BYTES, error));
}

gboolean onr_scribe_take(OnrScribe *scribe, const OnrJob *job, GError **error) {
  const OnrFile *file = job->data;
  switch ((OnrFeedEvent)job->event) {
  case ONR_FEED_UNCHANGED:
  case ONR_FEED_TOUCHED:
    return pass_over(scribe, file, job->event == ONR_FEED_TOUCHED, error);
  case ONR_FEED_SKIPPED:
    return skip_file(scribe, file, error);
  case ONR_FEED_BEGIN:
    return begin_file(scribe, file, error);
  case ONR_FEED_ITEM:
    return take_item(scribe, job, error);
  case ONR_FEED_END:
    return end_file(scribe, file, error);
  }
  g_assert_not_reached();
}

static int compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *onr_scribe_take_marked(OnrScribe *scribe) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, scribe->marked);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_ptr_array_add(names, g_strdup(name));
  g_hash_table_remove_all(scribe->marked);
  g_ptr_array_sort(names, compare_names);
  return names;
}

gboolean onr_scribe_has_skipped(const OnrScribe *scribe, const char *name) {
  return g_hash_table_contains(scribe->skipped, name);
}
