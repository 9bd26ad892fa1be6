/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/schema.h"

#include "archive/database.h"

gboolean onr_schema_create(sqlite3 *db, GError **error) {
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                           ONR_APPLICATION_ID, ONR_SCHEMA_VERSION);
  return onr_database_exec(db, (const char *)onr_schema_sql, error) && onr_database_exec(db, marks, error);
}

static gboolean query_int(sqlite3 *db, const char *sql, gint64 *out, GError **error) {
  g_autoptr(OnrOwnStatement) statement = onr_database_prepare(db, sql, error);
  return statement && onr_step_int(statement, 0, out, error);
}

gboolean onr_schema_verify(sqlite3 *db, gboolean *is_empty, GError **error) {
  gint64 application, version, n_tables;
  if (!query_int(db, "PRAGMA application_id", &application, error) ||
      !query_int(db, "PRAGMA user_version", &version, error) ||
      !query_int(db, "SELECT count(*) FROM sqlite_schema", &n_tables, error))
    return FALSE;
  *is_empty = !application && !n_tables;
  if (*is_empty)
    return TRUE;
  const char *file = sqlite3_db_filename(db, "main");
  if (application != ONR_APPLICATION_ID) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': a database, but no record of Onrecord", file);
    return FALSE;
  }
  if (version != ONR_SCHEMA_VERSION) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                "'%s': made with schema version %" G_GINT64_FORMAT ", this program knows %d: use %s", file,
                version, ONR_SCHEMA_VERSION,
                version > ONR_SCHEMA_VERSION
                    ? "a newer Onrecord"
                    : "an older Onrecord, or index the sources again into a new archive");
    return FALSE;
  }
  return TRUE;
}
