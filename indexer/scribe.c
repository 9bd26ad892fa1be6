/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/scribe_private.h"

#include <string.h>

#define ARTICLE_BYTES 1024 /* of rows beside text and postings */
#define REST "rest"        /* member of the item that stands for what could not be read of a file */

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

void onr_scribe_free(OnrScribe *scribe) {
  if (!scribe)
    return;
  onr_source_clear(&scribe->own);
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

/* The row that the file has until it is read to its end. A kill holds from now on. */
static gboolean put_open_row(OnrScribe *scribe, GError **error) {
  OnrSource row = {0};
  if (scribe->own.status == ONR_SOURCE_KILL)
    row = scribe->own;
  row.path = scribe->name;
  row.member = "";
  row.size_bytes = -1;
  row.n_articles = scribe->n_articles + g_hash_table_size(scribe->old);
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

gboolean onr_scribe_remove_article(OnrScribe *scribe, gint64 row, GError **error) {
  if (!begin(scribe, error) || !onr_record_load_article(scribe->record, row, FALSE, scribe->stored, error))
    return FALSE;
  g_autofree char *id = g_strdup(scribe->stored->id);
  if (!onr_archive_remove(scribe->archive, row, error) || !onr_scribe_settle_id(scribe, id, error))
    return FALSE;
  scribe->report->n_articles_removed++;
  return count_bytes(scribe, ONR_REMOVED_BYTES, error);
}

/* Of kills that are gone. */
static gboolean settle_ids(OnrScribe *scribe, const GPtrArray *ids, GError **error) {
  for (guint i = 0; i < ids->len; i++)
    if (!onr_scribe_settle_id(scribe, ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean onr_scribe_remove_file(OnrScribe *scribe, const char *name, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GPtrArray) killed = g_ptr_array_new_with_free_func(g_free);
  if (!begin(scribe, error) || !onr_record_clear_items(scribe->record, name, error) ||
      !onr_record_article_rows(scribe->record, name, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!onr_scribe_remove_article(scribe, g_array_index(rows, gint64, i), error))
      return FALSE;
  return begin(scribe, error) && onr_record_kills_of_file(scribe->record, name, killed, error) &&
         onr_record_remove_source(scribe->record, name, error) && settle_ids(scribe, killed, error);
}

/* --- items that are not stored --- */

static void tell_skipped(const OnrScribe *scribe, const char *name, const char *member, const char *reason) {
  if (scribe->options->skipped)
    scribe->options->skipped(name, member, reason, scribe->options->data);
}

static void count_missed(OnrIndexProgress *report, OnrSourceStatus status) {
  guint64 *const counters[ONR_N_SOURCE_STATUSES] = {
      [ONR_SOURCE_SKIPPED] = &report->n_skipped,   [ONR_SOURCE_DUPLICATE] = &report->n_duplicates,
      [ONR_SOURCE_REPLACED] = &report->n_replaced, [ONR_SOURCE_KILLED] = &report->n_killed,
      [ONR_SOURCE_KILL] = &report->n_kills,
  };
  report->n_items++;
  ++*counters[status];
}

/* A file's only item has no row but the file's own. */
gboolean onr_scribe_put_missed(OnrScribe *scribe, const OnrSource *missed, GError **error) {
  count_missed(scribe->report, missed->status);
  g_autofree char *reason = onr_source_explain(missed);
  tell_skipped(scribe, scribe->name, missed->member, reason);
  if (!*missed->member) {
    onr_source_clear(&scribe->own);
    onr_source_copy(missed, &scribe->own);
    return missed->status != ONR_SOURCE_KILL || put_open_row(scribe, error);
  }
  OnrSource row = *missed;
  row.path = scribe->name;
  if (!onr_record_put_source(scribe->record, &row, NULL, error))
    return FALSE;
  scribe->batch_bytes += ARTICLE_BYTES;
  return TRUE;
}

const char *onr_skip_kind(const GError *why) {
  if (why->domain != ONR_ERROR)
    return "unreadable";
  switch ((OnrErrorCode)why->code) {
  case ONR_ERROR_NO_ARTICLE:
  case ONR_ERROR_UNSUPPORTED:
    return "unsupported";
  case ONR_ERROR_LIMIT:
    return "too large";
  case ONR_ERROR_IO:
  case ONR_ERROR_NOT_FOUND:
    return "unreadable";
  default:
    return "broken";
  }
}

/* For runs that stop at the first item that cannot be read: always FALSE. */
static gboolean stop_at(OnrScribe *scribe, const char *name, const char *member, const GError *why,
                        GError **error) {
  if (!onr_scribe_commit(scribe, error))
    return FALSE;
  guint64 n = scribe->report->n_stored;
  g_autofree char *kept = n == 0 ? g_strdup("")
                          : n == 1
                              ? g_strdup(", the article before it is kept")
                              : g_strdup_printf(", the %" G_GUINT64_FORMAT " articles before it are kept", n);
  g_set_error(error, ONR_ERROR, why->domain == ONR_ERROR ? why->code : ONR_ERROR_IO,
              "%s%s%s: %s; stopped there%s", name, *member ? ":" : "", member, why->message, kept);
  return FALSE;
}

static gboolean put_skipped(OnrScribe *scribe, const OnrFile *file, const char *member, const GError *why,
                            GError **error) {
  if (scribe->options->is_strict && onr_error_is_fault(why))
    return stop_at(scribe, scribe->name, member, why, error);
  OnrSource row = {.member = member,
                   .format = file->format,
                   .status = ONR_SOURCE_SKIPPED,
                   .reason = why->message,
                   .kind = onr_skip_kind(why)};
  return onr_scribe_put_missed(scribe, &row, error) && count_bytes(scribe, 0, error);
}

/* --- articles --- */

static gboolean has_same_notes(const OnrArticle *a, const OnrArticle *b) {
  gboolean is_same = a->notes->len == b->notes->len;
  for (guint i = 0; is_same && i < a->notes->len; i++) {
    const OnrNote *x = &g_array_index(a->notes, OnrNote, i), *y = &g_array_index(b->notes, OnrNote, i);
    is_same = strcmp(x->name, y->name) == 0 && strcmp(x->value, y->value) == 0;
  }
  return is_same;
}

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
         g_strcmp0(stored->language, article->language) == 0 && g_strcmp0(stored->url, article->url) == 0 &&
         has_same_notes(stored, article);
}

static void count_stored(OnrScribe *scribe, const OnrArticle *article) {
  OnrIndexProgress *report = scribe->report;
  scribe->n_articles++;
  report->n_items++;
  report->n_stored++;
  report->n_quotes += article->quotes->len;
  report->text_bytes += article->text_length + (article->title ? strlen(article->title) : 0);
}

static gboolean store(OnrScribe *scribe, const OnrWorkResult *result, gint64 old_row, GError **error) {
  OnrArticle *article = result->article;
  count_stored(scribe, article);
  scribe->report->n_corrections_lost += result->n_lost;
  if (old_row && is_same_article(scribe, old_row, article))
    return TRUE;
  if (old_row && !onr_archive_remove(scribe->archive, old_row, error))
    return FALSE;
  return onr_archive_put(scribe->archive, article, result->postings, error) &&
         count_bytes(scribe,
                     onr_article_postings_size(result->postings) + article->text_length + ARTICLE_BYTES,
                     error);
}

static gboolean put_left_out(OnrScribe *scribe, const OnrFile *file, const OnrArticle *article,
                             const OnrAdmission *admission, GError **error) {
  const OnrSource *by = &admission->by;
  OnrSource row = onr_scribe_left_out(article, admission->status);
  row.format = file->format;
  row.by_path = by->path;
  row.by_member = by->member;
  row.by_version = by->version;
  row.by_notice = by->notice;
  row.by_reason = by->reason;
  return onr_scribe_put_missed(scribe, &row, error) && count_bytes(scribe, 0, error);
}

static gboolean put_article(OnrScribe *scribe, const OnrFile *file, const OnrWorkResult *result,
                            GError **error) {
  const OnrArticle *article = result->article;
  g_auto(OnrAdmission) admission = {0};
  if (onr_article_is_kill(article))
    return onr_scribe_put_kill(scribe, file, article, error) && count_bytes(scribe, 0, error);
  if (!onr_scribe_admit(scribe, article, &admission, error))
    return FALSE;
  return admission.status == ONR_SOURCE_READ ? store(scribe, result, admission.old_row, error)
                                             : put_left_out(scribe, file, article, &admission, error);
}

static gboolean take_item(OnrScribe *scribe, const OnrJob *job, GError **error) {
  const OnrFile *file = job->data;
  scribe->format = file->format;
  scribe->n_items++;
  scribe->n_replaced += job->result.n_replaced;
  if (!begin(scribe, error))
    return FALSE;
  return job->result.error ? put_skipped(scribe, file, job->raw.member, job->result.error, error)
                           : put_article(scribe, file, &job->result, error);
}

/* --- files --- */

static gboolean begin_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  g_free(scribe->name);
  scribe->name = g_strdup(file->name);
  g_hash_table_remove(scribe->marked, file->name);
  scribe->n_items = scribe->n_articles = scribe->n_replaced = 0;
  scribe->is_again = FALSE;
  onr_source_clear(&scribe->own);
  g_hash_table_remove_all(scribe->old);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!begin(scribe, error))
    return FALSE;
  if (file->source_row && !(onr_record_article_rows(scribe->record, file->name, rows, error) &&
                            onr_record_set_kills_aside(scribe->record, file->name, error) &&
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

/* Kills that the file has no longer. */
static gboolean drop_kills(OnrScribe *scribe, GError **error) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  return begin(scribe, error) && onr_record_drop_kills_aside(scribe->record, scribe->name, ids, error) &&
         settle_ids(scribe, ids, error);
}

/* The file's final row. One that the system did not give to its end, or that is to be read once more, looks
 * changed to the next run. */
static gboolean put_final_row(OnrScribe *scribe, const OnrFile *file, gboolean is_refused, GError **error) {
  gboolean is_open = is_refused || scribe->is_again;
  OnrSource row = scribe->own;
  row.path = file->name;
  row.member = "";
  row.size_bytes = is_open ? -1 : file->size_bytes;
  row.mtime_ns = is_open ? 0 : file->mtime_ns;
  row.hash = is_open ? NULL : file->hash;
  row.format = file->format;
  row.n_articles = scribe->n_articles + g_hash_table_size(scribe->old);
  row.n_replaced = scribe->n_replaced;
  if (scribe->is_again)
    g_hash_table_add(scribe->marked, g_strdup(file->name));
  return onr_record_put_source(scribe->record, &row, NULL, error);
}

static gboolean end_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  OnrIndexProgress *report = scribe->report;
  gboolean is_refused = g_error_matches(file->error, ONR_ERROR, ONR_ERROR_IO) ||
                        g_error_matches(file->error, ONR_ERROR, ONR_ERROR_NOT_FOUND);
  if (!begin(scribe, error))
    return FALSE;
  if (file->error && !put_skipped(scribe, file, scribe->n_items > 0 ? REST : "", file->error, error))
    return FALSE;
  if (is_refused)
    g_hash_table_add(scribe->skipped, g_strdup(file->name));
  else if (!remove_old(scribe, error) || !drop_kills(scribe, error))
    return FALSE;
  if (!begin(scribe, error) || !put_final_row(scribe, file, is_refused, error))
    return FALSE;
  g_clear_pointer(&scribe->name, g_free);
  onr_source_clear(&scribe->own);
  report->n_files++;
  return TRUE;
}

/* What the walk could not give: its row is written when it is news. Articles and kills that it had are kept:
 * nothing is known of them. */
static gboolean skip_file(OnrScribe *scribe, const OnrFile *file, GError **error) {
  if (scribe->options->is_strict)
    return stop_at(scribe, file->name, "", file->error, error);
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
                   .kind = onr_skip_kind(file->error),
                   .n_articles = known ? known->n_articles : 0};
  return begin(scribe, error) && onr_record_set_kills_aside(scribe->record, file->name, error) &&
         onr_record_put_source(scribe->record, &row, NULL, error) &&
         count_bytes(scribe, ARTICLE_BYTES, error);
}

static gboolean pass_over(OnrScribe *scribe, const OnrFile *file, gboolean is_touched, GError **error) {
  scribe->report->n_files++;
  scribe->report->n_files_unchanged++;
  is_touched = is_touched && !g_hash_table_contains(scribe->marked, file->name);
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
