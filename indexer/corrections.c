/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The archive brought to what its corrections say. The file is the truth; setting "corrections" is its text
   as it was applied last, so that what differs is known. */
#include "indexer/indexer.h"
#include "indexer/worker.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static const char *const setting = "corrections";

static char *file_of(const OnrArchive *archive) {
  return g_build_filename(onr_archive_dir(archive), ONR_CORRECTIONS_FILE, NULL);
}

/* "" where there is no file. */
static char *read_text(const OnrArchive *archive, GError **error) {
  g_autofree char *file = file_of(archive);
  g_autoptr(GError) why = NULL;
  char *text = NULL;
  if (g_file_get_contents(file, &text, NULL, &why))
    return text;
  if (g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_strdup("");
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_IO, why->message);
  return NULL;
}

/* No file where there is no correction. */
static gboolean write_text(const OnrArchive *archive, const char *text, GError **error) {
  g_autofree char *file = file_of(archive);
  g_autoptr(GError) why = NULL;
  if (!*text) {
    if (g_unlink(file) == 0 || errno == ENOENT)
      return TRUE;
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", file, g_strerror(errno));
    return FALSE;
  }
  if (g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                               0666, &why))
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_IO, why->message);
  return FALSE;
}

static OnrCorrections *parse(const OnrArchive *archive, const char *text, GError **error) {
  OnrCorrections *corrections = onr_corrections_parse(text, error);
  g_autofree char *file = file_of(archive);
  if (!corrections)
    g_prefix_error(error, "'%s': ", file);
  return corrections;
}

OnrCorrections *onr_corrections_read(OnrArchive *archive, GError **error) {
  g_autofree char *text = read_text(archive, error);
  return text ? parse(archive, text, error) : NULL;
}

gboolean onr_corrections_note(OnrArchive *archive, const OnrCorrections *corrections, GError **error) {
  OnrRecord *record = onr_archive_record(archive);
  g_autofree char *text = onr_corrections_print(corrections);
  g_autoptr(GArray) rulings = onr_corrections_rulings(corrections);
  return onr_record_set_rulings(record, rulings, error) &&
         onr_record_set_setting(record, setting, text, error);
}

/* --- articles --- */

/* Annotates the article with ID into RESULT; *ROW 0 where there is none. */
static gboolean annotate(OnrArchive *archive, OnrWorker *worker, const char *id, OnrWorkResult *result,
                         gint64 *row, GError **error) {
  OnrRecord *record = onr_archive_record(archive);
  *row = onr_record_find_article(record, id, NULL);
  onr_work_result_reset(result);
  if (*row && !onr_record_load_article(record, *row, TRUE, result->article, error))
    return FALSE;
  if (*row)
    onr_worker_annotate(worker, result);
  return TRUE;
}

static gboolean annotate_again(OnrArchive *archive, OnrWorker *worker, const char *id, OnrWorkResult *result,
                               guint *n_lost, GError **error) {
  gint64 row;
  if (!annotate(archive, worker, id, result, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *n_lost += result->n_lost;
  return onr_archive_remove(archive, row, error) &&
         onr_archive_put(archive, result->article, result->postings, error);
}

static int compare_ids(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In order of ids, so that the same corrections make the same archive. */
static GPtrArray *sorted(GHashTable *ids) {
  GPtrArray *list = g_ptr_array_new();
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, ids);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_ptr_array_add(list, id);
  g_ptr_array_sort(list, compare_ids);
  return list;
}

static gboolean annotate_all(OnrArchive *archive, const OnrCorrections *corrections, GHashTable *articles,
                             guint *n_lost, GError **error) {
  OnrWorkerOptions options = {.language = onr_archive_language(archive), .corrections = corrections};
  g_autoptr(GPtrArray) ids = sorted(articles);
  g_autoptr(OnrWorker) worker = ids->len ? onr_worker_new(&options, error) : NULL;
  OnrWorkResult result = {0};
  gboolean is_done = worker || !ids->len;
  for (guint i = 0; i < ids->len && is_done; i++)
    is_done = annotate_again(archive, worker, ids->pdata[i], &result, n_lost, error);
  onr_work_result_clear(&result);
  return is_done;
}

/* --- all --- */

static gboolean apply(OnrArchive *archive, const OnrCorrections *corrections, GHashTable *articles,
                      guint *n_lost, GError **error) {
  if (!onr_archive_begin(archive, error))
    return FALSE;
  if (annotate_all(archive, corrections, articles, n_lost, error) &&
      onr_corrections_note(archive, corrections, error) && onr_archive_commit(archive, error))
    return TRUE;
  onr_archive_rollback(archive);
  return FALSE;
}

gboolean onr_corrections_sync(OnrArchive *archive, guint *n_lost, GError **error) {
  g_autoptr(OnrCorrections) corrections = onr_corrections_read(archive, error);
  g_autoptr(GHashTable) articles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  *n_lost = 0;
  if (!corrections)
    return FALSE;
  g_autofree char *before = onr_record_get_setting(onr_archive_record(archive), setting);
  g_autofree char *now = onr_corrections_print(corrections);
  if (!strcmp(before ? before : "", now))
    return TRUE;
  g_autoptr(OnrCorrections) applied = before ? onr_corrections_parse(before, error) : onr_corrections_new();
  if (!applied)
    return FALSE;
  onr_corrections_differ(applied, corrections, articles);
  return apply(archive, corrections, articles, n_lost, error) && onr_resolve_identities(archive, error);
}

gboolean onr_corrections_write(OnrArchive *archive, const OnrCorrections *corrections, guint *n_lost,
                               GError **error) {
  g_autofree char *before = read_text(archive, error);
  g_autofree char *text = onr_corrections_print(corrections);
  if (!before || !write_text(archive, text, error))
    return FALSE;
  if (onr_corrections_sync(archive, n_lost, error))
    return TRUE;
  write_text(archive, before, NULL);
  return FALSE;
}

/* --- how they stand --- */

static gboolean is_known(OnrRecord *record, const char *id) {
  return onr_record_find_entity(record, id) || onr_record_is_listed(record, id);
}

static OnrCorrectionState state_of_names(OnrRecord *record, const OnrCorrection *correction) {
  for (guint i = 0; correction->ids && i < correction->ids->len; i++)
    if (!is_known(record, correction->ids->pdata[i]))
      return ONR_CORRECTION_NO_IDENTITY;
  return correction->article && !onr_record_find_article(record, correction->article, NULL)
             ? ONR_CORRECTION_NO_ARTICLE
             : ONR_CORRECTION_HOLDS;
}

static gboolean find_quotes(OnrArchive *archive, OnrWorker *worker, const OnrCorrections *corrections,
                            const char *id, OnrWorkResult *result, gboolean *found, GError **error) {
  gint64 row;
  if (!annotate(archive, worker, id, result, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  onr_corrections_apply(corrections, result->article, found);
  return TRUE;
}

static gboolean find_all_quotes(OnrArchive *archive, const OnrCorrections *corrections, gboolean *found,
                                GError **error) {
  g_autoptr(GHashTable) articles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  OnrWorkerOptions options = {0};
  onr_corrections_differ(NULL, corrections, articles);
  g_autoptr(GPtrArray) ids = sorted(articles);
  g_autoptr(OnrWorker) worker = ids->len ? onr_worker_new(&options, error) : NULL;
  OnrWorkResult result = {0};
  gboolean is_done = worker || !ids->len;
  for (guint i = 0; i < ids->len && is_done; i++)
    is_done = find_quotes(archive, worker, corrections, ids->pdata[i], &result, found, error);
  onr_work_result_clear(&result);
  return is_done;
}

gboolean onr_corrections_examine(OnrArchive *archive, const OnrCorrections *corrections, GArray *states,
                                 GError **error) {
  guint n = onr_corrections_count(corrections);
  g_autofree gboolean *found = g_new0(gboolean, n + 1);
  if (!find_all_quotes(archive, corrections, found, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const OnrCorrection *correction = onr_corrections_get(corrections, i);
    OnrCorrectionState state = state_of_names(onr_archive_record(archive), correction);
    if (correction->words && state == ONR_CORRECTION_HOLDS && !found[i])
      state = ONR_CORRECTION_NO_QUOTE;
    g_array_append_val(states, state);
  }
  return TRUE;
}
