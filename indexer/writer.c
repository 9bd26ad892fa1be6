/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/writer.h"

#include <string.h>

#define ARTICLE_BYTES 1024        /* of rows beside text and postings */
#define REMOVED_BYTES (32u << 10) /* what a removal counts in a batch */
#define REST "rest"               /* member of the item that stands for what could not be read of a file */

struct OnrWriter {
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

OnrWriter *onr_writer_new(OnrArchive *archive, const OnrIndexOptions *options, OnrIndexProgress *report) {
  OnrWriter *writer = g_new0(OnrWriter, 1);
  writer->archive = archive;
  writer->record = onr_archive_record(archive);
  writer->options = options;
  writer->report = report;
  writer->max_batch_bytes = options->batch_bytes ? options->batch_bytes : ONR_BATCH_BYTES;
  writer->stored = onr_article_new();
  writer->marked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  writer->skipped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  writer->old = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  return writer;
}

static void forget_own(OnrWriter *writer) {
  g_free((char *)writer->own.reason);
  g_free((char *)writer->own.article_id);
  writer->own = (OnrSource){0};
}

void onr_writer_free(OnrWriter *writer) {
  if (!writer)
    return;
  forget_own(writer);
  g_free(writer->name);
  onr_article_free(writer->stored);
  g_hash_table_unref(writer->marked);
  g_hash_table_unref(writer->skipped);
  g_hash_table_unref(writer->old);
  g_free(writer);
}

/* --- batches --- */

static gboolean begin(OnrWriter *writer, GError **error) {
  if (!writer->is_in_batch)
    writer->is_in_batch = onr_archive_begin(writer->archive, error);
  return writer->is_in_batch;
}

/* The row that the file has until it is read to its end. */
static gboolean put_open_row(OnrWriter *writer, GError **error) {
  OnrSource row = {.path = writer->name,
                   .member = "",
                   .size_bytes = -1,
                   .status = ONR_SOURCE_READ,
                   .n_articles = writer->n_articles + g_hash_table_size(writer->old)};
  return onr_record_put_source(writer->record, &row, NULL, error);
}

gboolean onr_writer_commit(OnrWriter *writer, GError **error) {
  if (!writer->is_in_batch)
    return TRUE;
  if ((writer->name && !put_open_row(writer, error)) || !onr_archive_commit(writer->archive, error))
    return FALSE;
  writer->is_in_batch = FALSE;
  writer->batch_bytes = 0;
  return TRUE;
}

void onr_writer_rollback(OnrWriter *writer) {
  if (writer->is_in_batch)
    onr_archive_rollback(writer->archive);
  writer->is_in_batch = FALSE;
}

static gboolean count_bytes(OnrWriter *writer, gsize n_bytes, GError **error) {
  writer->batch_bytes += n_bytes;
  return writer->batch_bytes < writer->max_batch_bytes || onr_writer_commit(writer, error);
}

/* --- removing --- */

static gboolean collect_path(const OnrSource *source, gpointer data) {
  g_ptr_array_add(data, g_strdup(source->path));
  return TRUE;
}

/* The files that hold duplicates of ID look changed from now on. */
static gboolean mark_holders(OnrWriter *writer, const char *id, GError **error) {
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  if (!onr_record_each_duplicate(writer->record, id, collect_path, paths, error))
    return FALSE;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = paths->pdata[i];
    const OnrSource *file = onr_record_find_source(writer->record, path);
    if (g_strcmp0(path, writer->name) == 0 || !file) /* the open file's row is not final anyway */
      continue;
    if (!onr_record_touch_source(writer->record, file->row, -1, 0, error))
      return FALSE;
    g_hash_table_add(writer->marked, g_strdup(path));
  }
  return TRUE;
}

gboolean onr_writer_remove_article(OnrWriter *writer, gint64 row, GError **error) {
  if (!begin(writer, error) || !onr_record_load_article(writer->record, row, FALSE, writer->stored, error))
    return FALSE;
  g_autofree char *id = g_strdup(writer->stored->id);
  if (!onr_archive_remove(writer->archive, row, error) || !mark_holders(writer, id, error))
    return FALSE;
  writer->report->n_articles_removed++;
  return count_bytes(writer, REMOVED_BYTES, error);
}

gboolean onr_writer_remove_file(OnrWriter *writer, const char *name, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!onr_record_article_rows(writer->record, name, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!onr_writer_remove_article(writer, g_array_index(rows, gint64, i), error))
      return FALSE;
  return begin(writer, error) && onr_record_remove_source(writer->record, name, error);
}

/* --- items that are not stored --- */

static void tell_skipped(const OnrWriter *writer, const char *name, const char *member, const char *reason) {
  if (writer->options->skipped)
    writer->options->skipped(name, member, reason, writer->options->data);
}

/* Notes that an item of the open file is not stored. A file's only item has no row but the file's own. */
static gboolean put_missed(OnrWriter *writer, const char *member, OnrSourceStatus status, const char *reason,
                           const char *article_id, GError **error) {
  writer->report->n_items++;
  if (status == ONR_SOURCE_SKIPPED)
    writer->report->n_skipped++;
  else
    writer->report->n_duplicates++;
  tell_skipped(writer, writer->name, member, reason);
  if (!*member) {
    forget_own(writer);
    writer->own =
        (OnrSource){.status = status, .reason = g_strdup(reason), .article_id = g_strdup(article_id)};
    return TRUE;
  }
  OnrSource row = {
      .path = writer->name, .member = member, .status = status, .reason = reason, .article_id = article_id};
  return onr_record_put_source(writer->record, &row, NULL, error) &&
         count_bytes(writer, ARTICLE_BYTES, error);
}

/* --- articles --- */

/* TRUE where the record holds ARTICLE as it is. What is annotated comes from the same fields. */
static gboolean is_same_article(OnrWriter *writer, gint64 row, const OnrArticle *article) {
  const OnrArticle *stored = writer->stored;
  return onr_record_load_article(writer->record, row, TRUE, writer->stored, NULL) &&
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

static void count_stored(OnrWriter *writer, const OnrArticle *article) {
  OnrIndexProgress *report = writer->report;
  writer->n_articles++;
  report->n_items++;
  report->n_stored++;
  report->n_quotes += article->quotes->len;
  report->text_bytes += article->text_length + (article->title ? strlen(article->title) : 0);
}

static gboolean put_article(OnrWriter *writer, const OnrWorkResult *result, GError **error) {
  OnrArticle *article = result->article;
  g_autofree char *owner = NULL;
  gint64 row = onr_record_find_article(writer->record, article->id, &owner);
  gboolean is_old = row != 0 && g_hash_table_remove(writer->old, &row);
  if (row != 0 && !is_old) {
    g_autofree char *reason = g_strdup_printf("id '%s' is that of an article in '%s'", article->id, owner);
    return put_missed(writer, article->member, ONR_SOURCE_DUPLICATE, reason, article->id, error);
  }
  count_stored(writer, article);
  if (is_old && is_same_article(writer, row, article))
    return TRUE;
  if (is_old && !onr_archive_remove(writer->archive, row, error))
    return FALSE;
  return onr_archive_put(writer->archive, article, result->postings, error) &&
         count_bytes(writer,
                     onr_article_postings_size(result->postings) + article->text_length + ARTICLE_BYTES,
                     error);
}

static gboolean take_item(OnrWriter *writer, const OnrJob *job, GError **error) {
  writer->n_items++;
  writer->n_replaced += job->result.n_replaced;
  if (!begin(writer, error))
    return FALSE;
  if (job->result.error)
    return put_missed(writer, job->raw.member, ONR_SOURCE_SKIPPED, job->result.error->message, NULL, error);
  return put_article(writer, &job->result, error);
}

/* --- files --- */

static gboolean begin_file(OnrWriter *writer, const OnrFile *file, GError **error) {
  g_free(writer->name);
  writer->name = g_strdup(file->name);
  g_hash_table_remove(writer->marked, file->name);
  writer->n_items = writer->n_articles = writer->n_replaced = 0;
  forget_own(writer);
  g_hash_table_remove_all(writer->old);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!begin(writer, error))
    return FALSE;
  if (file->source_row && !(onr_record_article_rows(writer->record, file->name, rows, error) &&
                            onr_record_clear_items(writer->record, file->name, error)))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add(writer->old, g_memdup2(&g_array_index(rows, gint64, i), sizeof(gint64)));
  return put_open_row(writer, error);
}

/* Articles that the file has no longer. */
static gboolean remove_old(OnrWriter *writer, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, writer->old);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    g_array_append_val(rows, *(gint64 *)key);
  for (guint i = 0; i < rows->len; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    g_hash_table_remove(writer->old, &row);
    if (!onr_writer_remove_article(writer, row, error))
      return FALSE;
  }
  return TRUE;
}

/* The file's final row. One that the system did not give to its end looks changed to the next run. */
static gboolean put_final_row(OnrWriter *writer, const OnrFile *file, gboolean is_refused, GError **error) {
  OnrSource row = {.path = file->name,
                   .member = "",
                   .size_bytes = is_refused ? -1 : file->size_bytes,
                   .mtime_ns = is_refused ? 0 : file->mtime_ns,
                   .hash = is_refused ? NULL : file->hash,
                   .format = file->format,
                   .status = writer->own.status,
                   .reason = writer->own.reason,
                   .n_articles = writer->n_articles + g_hash_table_size(writer->old),
                   .n_replaced = writer->n_replaced,
                   .article_id = writer->own.article_id};
  return onr_record_put_source(writer->record, &row, NULL, error);
}

static gboolean end_file(OnrWriter *writer, const OnrFile *file, GError **error) {
  OnrIndexProgress *report = writer->report;
  gboolean is_refused = g_error_matches(file->error, ONR_ERROR, ONR_ERROR_IO) ||
                        g_error_matches(file->error, ONR_ERROR, ONR_ERROR_NOT_FOUND);
  if (!begin(writer, error))
    return FALSE;
  if (file->error && !put_missed(writer, writer->n_items > 0 ? REST : "", ONR_SOURCE_SKIPPED,
                                 file->error->message, NULL, error))
    return FALSE;
  if (is_refused)
    g_hash_table_add(writer->skipped, g_strdup(file->name));
  else if (!remove_old(writer, error))
    return FALSE;
  if (!begin(writer, error) || !put_final_row(writer, file, is_refused, error))
    return FALSE;
  g_clear_pointer(&writer->name, g_free);
  report->n_files++;
  return TRUE;
}

/* What the walk could not give: its row is written when it is news. Articles that it had are kept: nothing is
 * known of them. */
static gboolean skip_file(OnrWriter *writer, const OnrFile *file, GError **error) {
  writer->report->n_items++;
  writer->report->n_skipped++;
  tell_skipped(writer, file->name, "", file->error->message);
  g_hash_table_add(writer->skipped, g_strdup(file->name));
  const OnrSource *known = onr_record_find_source(writer->record, file->name);
  if (known && known->status == ONR_SOURCE_SKIPPED && known->size_bytes == -1 &&
      g_strcmp0(known->reason, file->error->message) == 0)
    return TRUE;
  OnrSource row = {.path = file->name,
                   .member = "",
                   .size_bytes = -1,
                   .status = ONR_SOURCE_SKIPPED,
                   .reason = file->error->message,
                   .n_articles = known ? known->n_articles : 0};
  return begin(writer, error) && onr_record_put_source(writer->record, &row, NULL, error) &&
         count_bytes(writer, ARTICLE_BYTES, error);
}

static gboolean pass_over(OnrWriter *writer, const OnrFile *file, gboolean is_touched, GError **error) {
  writer->report->n_files++;
  writer->report->n_files_unchanged++;
  return !is_touched || (begin(writer, error) &&
                         onr_record_touch_source(writer->record, file->source_row, file->size_bytes,
                                                 file->mtime_ns, error) &&
                         count_bytes(writer, ARTICLE_BYTES, error));
}

gboolean onr_writer_take(OnrWriter *writer, const OnrJob *job, GError **error) {
  const OnrFile *file = job->data;
  switch ((OnrFeedEvent)job->event) {
  case ONR_FEED_UNCHANGED:
  case ONR_FEED_TOUCHED:
    return pass_over(writer, file, job->event == ONR_FEED_TOUCHED, error);
  case ONR_FEED_SKIPPED:
    return skip_file(writer, file, error);
  case ONR_FEED_BEGIN:
    return begin_file(writer, file, error);
  case ONR_FEED_ITEM:
    return take_item(writer, job, error);
  case ONR_FEED_END:
    return end_file(writer, file, error);
  }
  g_assert_not_reached();
}

static int compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *onr_writer_take_marked(OnrWriter *writer) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, writer->marked);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_ptr_array_add(names, g_strdup(name));
  g_hash_table_remove_all(writer->marked);
  g_ptr_array_sort(names, compare_names);
  return names;
}

gboolean onr_writer_has_skipped(const OnrWriter *writer, const char *name) {
  return g_hash_table_contains(writer->skipped, name);
}
