/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/indexer.h"

#include "indexer/scribe.h"
#include "indexer/walk.h"

static gboolean collect_path(const OnrSource *source, gpointer data) {
  g_ptr_array_add(data, g_strdup(source->path));
  return TRUE;
}

/* The files at or below PATH, taken as a name of the record or as a path from here. */
static gboolean find_files(OnrRecord *record, const char *path, GPtrArray *names, GError **error) {
  g_autofree char *absolute = onr_path_absolute(path);
  g_autofree char *name = onr_path_name(absolute);
  return *path == '\0' || onr_record_each_source(record, name, collect_path, names, error);
}

/* The file's row counts one article less. */
static gboolean recount_file(OnrRecord *record, const char *path, GError **error) {
  const OnrSource *known = onr_record_find_source(record, path);
  if (!known || known->n_articles == 0)
    return TRUE;
  OnrSource row = *known;
  row.n_articles--;
  return onr_record_put_source(record, &row, NULL, error);
}

static gboolean remove_by_row(OnrArchive *archive, gint64 row, const char *path, GError **error) {
  if (!onr_archive_begin(archive, error))
    return FALSE;
  if (onr_archive_remove(archive, row, error) && recount_file(onr_archive_record(archive), path, error) &&
      onr_archive_commit(archive, error))
    return TRUE;
  onr_archive_rollback(archive);
  return FALSE;
}

/* Its file stays as it is in the record, so the next run does not bring it back; nor are the files marked
 * that hold duplicates of it. */
static gboolean forget_article(OnrArchive *archive, const char *id, guint64 *n_removed, GError **error) {
  g_autofree char *path = NULL;
  gint64 row = onr_record_find_article(onr_archive_record(archive), id, &path);
  if (row == 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no indexed file, folder or article '%s'", id);
    return FALSE;
  }
  *n_removed = remove_by_row(archive, row, path, error) ? 1 : 0;
  return *n_removed == 1;
}

static gboolean forget_files(OnrArchive *archive, const GPtrArray *names, guint64 *n_removed,
                             GError **error) {
  OnrIndexProgress report = {0};
  OnrIndexOptions options = {0};
  g_autoptr(OnrScribe) scribe = onr_scribe_new(archive, &options, &report);
  gboolean is_done = TRUE;
  for (guint i = 0; i < names->len && is_done; i++)
    is_done = onr_scribe_remove_file(scribe, names->pdata[i], error);
  is_done = is_done && onr_scribe_commit(scribe, error);
  onr_scribe_rollback(scribe);
  *n_removed = report.n_articles_removed;
  return is_done;
}

gboolean onr_forget(OnrArchive *archive, const char *path_or_id, guint64 *n_removed, GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  *n_removed = 0;
  if (!find_files(onr_archive_record(archive), path_or_id, names, error))
    return FALSE;
  return (names->len > 0 ? forget_files(archive, names, n_removed, error)
                         : forget_article(archive, path_or_id, n_removed, error)) &&
         onr_resolve_identities(archive, error);
}
