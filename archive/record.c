/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The connection: opening, settings, transactions. */
#include "archive/record_private.h"

#include "archive/schema.h"
#include "text/terms.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Pages of 8 KiB: see docs/schema.md, "Measured". */
#define PAGE_BYTES "8192"
#define BUSY_MILLISECONDS 5000
/* Of the log. From so many on they are carried to the file beside the writer, which waits for that once they
   are many more: SQLite begins the log anew only when all of it is carried before the next page is logged. */
#define LOG_PAGES 4096
#define LONG_LOG_PAGES (8 * LOG_PAGES)

static const char writer_settings[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"  /* an index beside the record must not be ahead of what the disk has */
    "PRAGMA cache_size = -65536;" /* KiB: of the 512 MiB that indexing may take */
    "PRAGMA journal_size_limit = 67108864;" /* of the WAL after a checkpoint */
    "PRAGMA secure_delete = OFF;"           /* pages that merges of the index free need not be written */
    "PRAGMA temp_store = FILE";

/* Pages are read where the system keeps them, without a copy. */
static const char reader_settings[] = "PRAGMA cache_size = -16384; PRAGMA mmap_size = 1099511627776";

static gboolean fail_missing(const char *file, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no record at '%s'", file);
  return FALSE;
}

/* Errors that SQLite gives one name ("unable to open") and the user would not. */
static gboolean check_file(const char *file, gboolean may_be_missing, GError **error) {
  GStatBuf info;
  if (g_stat(file, &info)) {
    if (errno == ENOENT || errno == ENOTDIR)
      return may_be_missing || fail_missing(file, error);
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", file, g_strerror(errno));
    return FALSE;
  }
  if (!S_ISREG(info.st_mode)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s' is no file", file);
    return FALSE;
  }
  return TRUE;
}

static gboolean can_write_folder(const char *file) {
  g_autofree char *folder = g_path_get_dirname(file);
  return faccessat(AT_FDCWD, folder, W_OK, AT_EACCESS) == 0;
}

static gboolean has_wal(const char *file) {
  g_autofree char *wal = g_strconcat(file, "-wal", NULL);
  GStatBuf info;
  return g_stat(wal, &info) == 0 && info.st_size > 0;
}

static char *immutable_uri(const char *file) {
  g_autofree char *escaped = g_uri_escape_string(file, "/", FALSE);
  return g_strconcat("file:", escaped, "?immutable=1", NULL);
}

static gboolean connect_database(OnrRecord *record, const char *name, int flags, GError **error) {
  int rc = sqlite3_open_v2(name, &record->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (!record->db) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "'%s': out of memory", record->file);
    return FALSE;
  }
  sqlite3_busy_timeout(record->db, BUSY_MILLISECONDS);
  return rc == SQLITE_OK || onr_database_fail(record->db, error);
}

gboolean onr_record_hold(OnrRecord *record, GError **error) {
  g_assert(!record->is_writable);
  return onr_database_exec(record->db, "BEGIN; SELECT count(*) FROM sqlite_schema", error);
}

gboolean onr_record_renew(OnrRecord *record, GError **error) {
  return sqlite3_get_autocommit(record->db) ||
         (onr_database_exec(record->db, "COMMIT", error) && onr_record_hold(record, error));
}

static gboolean connect_reader(OnrRecord *record, GError **error) {
  const char *file = record->file;
  gboolean is_writable = can_write_folder(file), is_hot = has_wal(file);
  record->is_file_immutable = !is_writable && !is_hot;
  g_autofree char *uri = record->is_file_immutable ? immutable_uri(file) : NULL;
  g_autoptr(GError) local = NULL;
  if (connect_database(record, uri ? uri : file, SQLITE_OPEN_READONLY | (uri ? SQLITE_OPEN_URI : 0),
                       &local) &&
      onr_database_exec(record->db, reader_settings, &local))
    return TRUE;
  if (is_hot && !is_writable && g_error_matches(local, ONR_ERROR, ONR_ERROR_IO))
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO,
                "'%s': its last writer was cut short ('%s-wal' is left) and its folder cannot be written: "
                "open it once "
                "where it can be, e.g. with `onrecord status`",
                file, file);
  else
    g_propagate_error(error, g_steal_pointer(&local));
  return FALSE;
}

static gboolean begin_immediate(OnrRecord *record, GError **error) {
  return onr_database_exec(record->db, "BEGIN IMMEDIATE", error);
}

static gboolean create_tables(OnrRecord *record, GError **error) {
  static const char defaults[] =
      "INSERT INTO setting VALUES ('generation', '0'), ('created_by', 'onrecord " ONR_VERSION "'),"
      "  ('term_version', '" G_STRINGIFY(ONR_TERM_VERSION) "')";
  if (!begin_immediate(record, error))
    return FALSE;
  if (onr_schema_create(record->db, error) && onr_database_exec(record->db, defaults, error) &&
      onr_database_exec(record->db, "COMMIT", error))
    return TRUE;
  sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* *VALUE gets NULL where the setting is not there. */
static gboolean read_setting(OnrRecord *record, const char *key, char **value, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT value FROM setting WHERE name = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, key);
  OnrStep step = onr_step(s, error);
  *value = step == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 0)) : NULL;
  return step != ONR_STEP_ERROR;
}

static gboolean verify_terms(OnrRecord *record, GError **error) {
  g_autofree char *version = NULL;
  if (!read_setting(record, "term_version", &version, error))
    return FALSE;
  if (version && !strcmp(version, G_STRINGIFY(ONR_TERM_VERSION)))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
              "'%s': indexed with term version %s, this program uses %d: run `onrecord reindex`",
              record->file, version ? version : "unknown", ONR_TERM_VERSION);
  return FALSE;
}

static gboolean verify(OnrRecord *record, OnrOpenMode mode, GError **error) {
  gboolean is_empty;
  if (!onr_schema_verify(record->db, &is_empty, error))
    return FALSE;
  if (is_empty && mode != ONR_OPEN_CREATE) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': an empty file, no record of Onrecord",
                record->file);
    return FALSE;
  }
  if (is_empty)
    return create_tables(record, error);
  return mode == ONR_OPEN_REINDEX || verify_terms(record, error);
}

/* SQLite calls it behind each commit. */
static int carry_log(void *data, sqlite3 *db, const char *schema, int n_pages) {
  OnrRecord *record = data;
  if (n_pages < LOG_PAGES)
    return SQLITE_OK;
  if (!onr_checkpointer_wake(record->checkpointer))
    sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  else if (n_pages >= LONG_LOG_PAGES)
    onr_checkpointer_wait(record->checkpointer);
  return SQLITE_OK; /* what could not be carried is tried again behind the next commit */
}

/* The page size holds from the first table on, so it goes before all else. */
static gboolean connect_writer(OnrRecord *record, OnrOpenMode mode, GError **error) {
  int flags = SQLITE_OPEN_READWRITE | (mode == ONR_OPEN_CREATE ? SQLITE_OPEN_CREATE : 0);
  record->is_writable = TRUE;
  if (!connect_database(record, record->file, flags, error) ||
      !onr_database_exec(record->db, "PRAGMA page_size = " PAGE_BYTES, error) ||
      !onr_database_exec(record->db, writer_settings, error))
    return FALSE;
  record->checkpointer = onr_checkpointer_new(record->file);
  sqlite3_wal_hook(record->db, carry_log, record);
  return TRUE;
}

static void statement_finalize(gpointer statement) {
  sqlite3_finalize(statement);
}

static OnrRecord *record_new(const char *file) {
  OnrRecord *record = g_new0(OnrRecord, 1);
  record->file = g_strdup(file);
  record->statements = g_hash_table_new_full(NULL, NULL, NULL, statement_finalize);
  record->json = g_string_new(NULL);
  record->scratch = g_string_new(NULL);
  record->spans = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  record->rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  record->speakers = g_array_new(FALSE, FALSE, sizeof(gint64));
  record->names = onr_names_new(record);
  record->lookups = onr_lookups_new(record);
  return record;
}

/* SQLite counts its allocations under a lock, for statistics that nobody asks for. Refused, and harmless so,
 * where SQLite is in use already. */
static void configure_sqlite(void) {
  static gsize is_configured = 0;
  if (g_once_init_enter(&is_configured)) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave(&is_configured, 1);
  }
}

OnrRecord *onr_record_open(const char *file, OnrOpenMode mode, GError **error) {
  configure_sqlite();
  g_autoptr(OnrRecord) record = record_new(file);
  if (!check_file(file, mode == ONR_OPEN_CREATE, error))
    return NULL;
  if (!(mode == ONR_OPEN_READ ? connect_reader(record, error) : connect_writer(record, mode, error)))
    return NULL;
  if (!verify(record, mode, error))
    return NULL;
  return g_steal_pointer(&record);
}

void onr_record_close(OnrRecord *record) {
  if (!record)
    return;
  g_hash_table_unref(record->statements);
  onr_names_free(record->names);
  onr_lookups_free(record->lookups);
  onr_checkpointer_free(record->checkpointer);
  sqlite3_close(record->db);
  onr_source_clear(&record->found);
  g_string_free(record->json, TRUE);
  g_string_free(record->scratch, TRUE);
  g_array_unref(record->spans);
  g_array_unref(record->rows);
  g_array_unref(record->speakers);
  g_free(record->source_path);
  g_free(record->file);
  g_free(record);
}

sqlite3 *onr_record_database(OnrRecord *record) {
  return record->db;
}

gboolean onr_record_is_writable(const OnrRecord *record) {
  return record->is_writable;
}

const char *onr_record_file(const OnrRecord *record) {
  return record->file;
}

OnrStatement *onr_record_statement(OnrRecord *record, const char *sql, GError **error) {
  OnrStatement *statement = g_hash_table_lookup(record->statements, sql);
  if (!statement) {
    if (sqlite3_prepare_v3(record->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
      onr_database_fail(record->db, error);
      return NULL;
    }
    g_hash_table_insert(record->statements, (gpointer)sql, statement);
  }
  g_assert(!sqlite3_stmt_busy(statement));
  return statement;
}

void onr_record_drop_statements(OnrRecord *record) {
  g_hash_table_remove_all(record->statements);
}

/* --- settings --- */

char *onr_record_get_setting(OnrRecord *record, const char *key) {
  char *value = NULL;
  return read_setting(record, key, &value, NULL) ? value : NULL;
}

gboolean onr_record_set_setting(OnrRecord *record, const char *key, const char *value, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "INSERT INTO setting VALUES (?1, ?2) "
                                                   "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                                   error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, key);
  onr_bind_text(s, 2, value);
  return onr_run(s, error);
}

/* --- transactions --- */

static void forget(OnrRecord *record) {
  memset(record->totals, 0, sizeof record->totals);
  record->next_quote = 0;
  record->is_group_marked = FALSE;
  record->source_row = 0;
  g_clear_pointer(&record->source_path, g_free);
}

/* What another connection has committed makes old what this one remembers. */
static gboolean notice_others(OnrRecord *record, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "PRAGMA data_version", error);
  gint64 version;
  if (!s || !onr_step_int(s, 0, &version, error))
    return FALSE;
  if (version != record->data_version)
    onr_names_forget(record->names);
  record->data_version = version;
  return TRUE;
}

gboolean onr_record_begin(OnrRecord *record, GError **error) {
  if (!record->is_writable || record->is_in_transaction) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "'%s': %s", record->file,
                record->is_writable ? "a transaction is open already" : "opened for reading");
    return FALSE;
  }
  if (!begin_immediate(record, error))
    return FALSE;
  record->is_in_transaction = TRUE;
  record->changes_at_begin = sqlite3_total_changes64(record->db);
  forget(record);
  if (notice_others(record, error))
    return TRUE;
  onr_record_rollback(record);
  return FALSE;
}

gboolean onr_record_needs_transaction(OnrRecord *record, GError **error) {
  if (record->is_in_transaction)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "'%s': no transaction is open", record->file);
  return FALSE;
}

static gboolean write_totals(OnrRecord *record, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "INSERT INTO total VALUES (?1, ?2) "
                                                   "ON CONFLICT (name) DO UPDATE SET n = n + excluded.n",
                                                   error);
  if (!s)
    return FALSE;
  for (int i = 0; i < ONR_N_TOTALS; i++) {
    onr_bind_text(s, 1, onr_total_name((OnrTotal)i));
    onr_bind_int(s, 2, record->totals[i]);
    if (record->totals[i] && !onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean raise_generation(OnrRecord *record, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "UPDATE setting SET value = value + 1 WHERE name = 'generation'", error);
  return s && onr_run(s, error);
}

gboolean onr_record_next_row(OnrRecord *record, const char *last_sql, gint64 *last, GError **error) {
  if (!*last) {
    g_autoptr(OnrStatement) s = onr_record_statement(record, last_sql, error);
    if (!s || !onr_step_int(s, 0, last, error))
      return FALSE;
  }
  ++*last;
  return TRUE;
}

/* Pairs first: names that have gone take their words' pairs with them. */
gboolean onr_record_flush(OnrRecord *record, GError **error) {
  return onr_lookups_flush(record->lookups, error) && onr_names_flush(record->names, error);
}

gboolean onr_record_commit(OnrRecord *record, GError **error) {
  if (!onr_record_needs_transaction(record, error) || !onr_record_flush(record, error))
    return FALSE;
  gboolean is_changed = sqlite3_total_changes64(record->db) != record->changes_at_begin;
  if (is_changed && (!write_totals(record, error) || !raise_generation(record, error)))
    return FALSE;
  memset(record->totals, 0, sizeof record->totals);
  if (!onr_database_exec(record->db, "COMMIT", error))
    return FALSE;
  record->is_in_transaction = FALSE;
  return TRUE;
}

/* SQLite has rolled back by itself after some errors (full disk); then there is nothing left to do here. */
void onr_record_rollback(OnrRecord *record) {
  if (!record->is_in_transaction)
    return;
  if (!sqlite3_get_autocommit(record->db))
    sqlite3_exec(record->db, "ROLLBACK", NULL, NULL, NULL);
  record->is_in_transaction = FALSE;
  forget(record);
  onr_names_forget(record->names);
  onr_lookups_forget(record->lookups);
}

gboolean onr_record_is_in_transaction(const OnrRecord *record) {
  return record->is_in_transaction;
}
