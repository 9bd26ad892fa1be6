/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/database.h"

#include <string.h>

void onr_statement_release(OnrStatement *statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
}

void onr_own_statement_free(OnrOwnStatement *statement) {
  sqlite3_finalize(statement);
}

static OnrErrorCode code_of(int rc) {
  switch (rc & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return ONR_ERROR_BUSY;
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return ONR_ERROR_IO;
  case SQLITE_TOOBIG:
  case SQLITE_NOMEM:
    return ONR_ERROR_LIMIT;
  case SQLITE_INTERRUPT:
    return ONR_ERROR_CANCELLED;
  default:
    return ONR_ERROR_CORRUPT;
  }
}

static void set_error(sqlite3 *db, int rc, const char *message, GError **error) {
  const char *file = sqlite3_db_filename(db, "main");
  int system = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN ? sqlite3_system_errno(db) : 0;
  g_set_error(error, ONR_ERROR, (gint)code_of(rc), "'%s': %s%s%s", file ? file : "", message,
              system ? ": " : "", system ? g_strerror(system) : "");
}

gboolean onr_database_fail(sqlite3 *db, GError **error) {
  set_error(db, sqlite3_extended_errcode(db), sqlite3_errmsg(db), error);
  return FALSE;
}

gboolean onr_database_fail_code(sqlite3 *db, int rc, GError **error) {
  set_error(db, rc, sqlite3_errstr(rc), error);
  return FALSE;
}

OnrOwnStatement *onr_database_prepare(sqlite3 *db, const char *sql, GError **error) {
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(db, sql, -1, 0, &statement, NULL) != SQLITE_OK) {
    onr_database_fail(db, error);
    return NULL;
  }
  return statement;
}

gboolean onr_database_exec(sqlite3 *db, const char *sql, GError **error) {
  return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK || onr_database_fail(db, error);
}

OnrStep onr_step(sqlite3_stmt *statement, GError **error) {
  int rc = sqlite3_step(statement);
  if (rc == SQLITE_ROW)
    return ONR_STEP_ROW;
  if (rc == SQLITE_DONE)
    return ONR_STEP_DONE;
  onr_database_fail(sqlite3_db_handle(statement), error);
  return ONR_STEP_ERROR;
}

gboolean onr_run(sqlite3_stmt *statement, GError **error) {
  OnrStep step = onr_step(statement, error);
  sqlite3_reset(statement);
  return step != ONR_STEP_ERROR;
}

gboolean onr_step_int(sqlite3_stmt *statement, gint64 default_value, gint64 *out, GError **error) {
  OnrStep step = onr_step(statement, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  *out = step == ONR_STEP_ROW ? sqlite3_column_int64(statement, 0) : default_value;
  return TRUE;
}

gboolean onr_record_insert_rows(OnrRecord *record, const OnrInsert *insert, OnrBindRow bind,
                                gconstpointer data, guint n_rows, GError **error) {
  g_autoptr(OnrStatement) one = onr_record_statement(record, insert->one, error);
  g_autoptr(OnrStatement) many = one ? onr_record_statement(record, insert->many, error) : NULL;
  if (!many)
    return FALSE;
  guint n;
  for (guint i = 0; i < n_rows; i += n) {
    n = n_rows - i >= ONR_ROWS_AT_ONCE ? ONR_ROWS_AT_ONCE : 1;
    for (guint k = 0; k < n; k++)
      bind(n > 1 ? many : one, 1 + (int)k * insert->n_columns, data, i + k);
    if (!onr_run(n > 1 ? many : one, error))
      return FALSE;
  }
  return TRUE;
}

void onr_bind_int(sqlite3_stmt *statement, int parameter, gint64 value) {
  sqlite3_bind_int64(statement, parameter, value);
}

void onr_bind_text(sqlite3_stmt *statement, int parameter, const char *text) {
  onr_bind_bytes(statement, parameter, text, text ? strlen(text) : 0);
}

void onr_bind_bytes(sqlite3_stmt *statement, int parameter, const char *text, gsize length) {
  sqlite3_bind_text64(statement, parameter, text, length, SQLITE_STATIC, SQLITE_UTF8);
}

void onr_bind_blob(sqlite3_stmt *statement, int parameter, const void *bytes, gsize length) {
  sqlite3_bind_blob64(statement, parameter, bytes, length, SQLITE_STATIC);
}

void onr_bind_null(sqlite3_stmt *statement, int parameter) {
  sqlite3_bind_null(statement, parameter);
}

const char *onr_column_text(sqlite3_stmt *statement, int column) {
  return (const char *)sqlite3_column_text(statement, column);
}

gint64 onr_column_int(sqlite3_stmt *statement, int column) {
  return sqlite3_column_int64(statement, column);
}

gint32 onr_column_day(sqlite3_stmt *statement, int column) {
  return sqlite3_column_type(statement, column) == SQLITE_NULL
             ? ONR_NO_DAY
             : (gint32)sqlite3_column_int64(statement, column);
}
