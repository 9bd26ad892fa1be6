/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the way to SQLite. Statements that are prepared once and kept, binding, stepping, and SQLite's results as GErrors.

     g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT text FROM article_text WHERE article = ?1", error);
     if (!s) return FALSE;
     onr_bind_int(s, 1, row);
     if (onr_step(s, error) == ONR_STEP_ROW) use(onr_column_text(s, 0)); */
#pragma once

#include "archive/record.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* The connection; borrowed until the record is closed. The record may have a transaction open on it. */
sqlite3 *onr_record_database(OnrRecord *record);
gboolean onr_record_is_writable(const OnrRecord *record);

/* A statement of the record's cache: given back, reset and unbound, when it leaves scope. */
typedef struct sqlite3_stmt OnrStatement;
void onr_statement_release(OnrStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrStatement, onr_statement_release)

/* A statement of one's own, finalised when it leaves scope: for loops that call back, and for SQL made at run time. */
typedef struct sqlite3_stmt OnrOwnStatement;
void onr_own_statement_free(OnrOwnStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrOwnStatement, onr_own_statement_free)

/* Prepares SQL once per record. SQL is a string literal: its address is the key. It must not be in use already. */
OnrStatement *onr_record_statement(OnrRecord *record, const char *sql, GError **error);
OnrOwnStatement *onr_database_prepare(sqlite3 *db, const char *sql, GError **error);
/* Finalises every kept statement: before statements that change the schema, and before the connection closes. */
void onr_record_drop_statements(OnrRecord *record);

/* Runs one or more statements without parameters or rows. */
gboolean onr_database_exec(sqlite3 *db, const char *sql, GError **error);

typedef enum { ONR_STEP_ERROR = -1, ONR_STEP_DONE = 0, ONR_STEP_ROW = 1 } OnrStep;
OnrStep onr_step(sqlite3_stmt *statement, GError **error);
/* Steps a statement that returns no row and resets it for the next binding. */
gboolean onr_run(sqlite3_stmt *statement, GError **error);
/* Steps to the first row and reads its first column; DEFAULT_VALUE where there is no row. FALSE on an error. */
gboolean onr_step_int(sqlite3_stmt *statement, gint64 default_value, gint64 *out, GError **error);

/* Rows are inserted many by one statement, since beginning and ending one costs as much as a short row. HEAD is all up to the column names, ROW "(?, …)".
   HEAD says OR FAIL or OR IGNORE: a statement of many rows that could be undone alone opens a savepoint, at which FTS5 writes out all it has gathered. */
#define ONR_ROWS_AT_ONCE 64
#define ONR_FOUR_ROWS(row) row ", " row ", " row ", " row
#define ONR_INSERT(head, row, n)                                                                                        \
  { .one = head " VALUES " row, .many = head " VALUES " ONR_FOUR_ROWS(ONR_FOUR_ROWS(ONR_FOUR_ROWS(row))), .n_columns = n }
typedef struct {
  const char *one, *many;
  int n_columns;
} OnrInsert;

/* Binds row I of DATA to the parameters from FIRST on. */
typedef void (*OnrBindRow)(sqlite3_stmt *statement, int first, gconstpointer data, guint i);
gboolean onr_record_insert_rows(OnrRecord *record, const OnrInsert *insert, OnrBindRow bind, gconstpointer data, guint n_rows, GError **error);

/* Parameters count from 1. Text is borrowed until the statement is reset; NULL binds NULL. */
void onr_bind_int(sqlite3_stmt *statement, int parameter, gint64 value);
void onr_bind_text(sqlite3_stmt *statement, int parameter, const char *text);
void onr_bind_bytes(sqlite3_stmt *statement, int parameter, const char *text, gsize length); /* UTF-8 of LENGTH bytes */
void onr_bind_blob(sqlite3_stmt *statement, int parameter, const void *bytes, gsize length);
void onr_bind_null(sqlite3_stmt *statement, int parameter);

/* Columns count from 0. Borrowed until the next step; NULL for NULL. */
const char *onr_column_text(sqlite3_stmt *statement, int column);
gint64 onr_column_int(sqlite3_stmt *statement, int column);
gint32 onr_column_day(sqlite3_stmt *statement, int column); /* ONR_NO_DAY for NULL */

/* Sets ERROR from the connection's last error and returns FALSE: BUSY and LOCKED are ONR_ERROR_BUSY; FULL, IOERR, CANTOPEN, READONLY, PERM are IO;
   TOOBIG and NOMEM are LIMIT; INTERRUPT is CANCELLED; all else (CORRUPT, NOTADB, a missing table, a broken constraint) is CORRUPT. */
gboolean onr_database_fail(sqlite3 *db, GError **error);
/* As above with the result code in RC, for calls that leave no error on the connection. */
gboolean onr_database_fail_code(sqlite3 *db, int rc, GError **error);

G_END_DECLS
