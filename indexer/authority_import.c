/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/indexer.h"

typedef struct {
  OnrArchive *archive;
  OnrAuthorityFaultFunc fault;
  gpointer data;
  guint64 n_faults;
} Import;

/* After a fault the rest is only looked at. */
static gboolean take_entry(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  Import *import = data;
  (void)line;
  return import->n_faults > 0 || onr_record_put_authority(onr_archive_record(import->archive), entry, error);
}

static void take_fault(guint64 line, const char *what, gpointer data) {
  Import *import = data;
  import->n_faults++;
  if (import->fault)
    import->fault(line, what, import->data);
}

static gboolean import_all(Import *import, const char *file, gboolean replaces, guint64 *n_entries,
                           GError **error) {
  OnrRecord *record = onr_archive_record(import->archive);
  if (replaces && !onr_record_clear_authority(record, error))
    return FALSE;
  if (!onr_authority_file_read(file, take_entry, take_fault, import, n_entries, NULL, error)) {
    g_prefix_error(error, "'%s': ", file);
    return FALSE;
  }
  if (import->n_faults) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT,
                "'%s': %" G_GUINT64_FORMAT " %s, nothing is imported; correct %s and try again", file,
                import->n_faults, import->n_faults == 1 ? "fault" : "faults",
                import->n_faults == 1 ? "it" : "them");
    return FALSE;
  }
  return onr_record_check_authority(record, error) && onr_archive_commit(import->archive, error);
}

gboolean onr_authority_import(OnrArchive *archive, const char *file, gboolean replaces,
                              OnrAuthorityFaultFunc fault, gpointer data, guint64 *n_entries,
                              GError **error) {
  Import import = {.archive = archive, .fault = fault, .data = data};
  if (!onr_archive_begin(archive, error))
    return FALSE;
  if (import_all(&import, file, replaces, n_entries, error))
    return onr_resolve_identities(archive, error);
  onr_archive_rollback(archive);
  return FALSE;
}
