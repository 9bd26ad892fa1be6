/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sources: the files that were read, and the items of them that were not stored. */
#include "archive/record_private.h"

#include <string.h>

const char *onr_source_status_name(OnrSourceStatus status) {
  static const char *const names[ONR_N_SOURCE_STATUSES] = {
      [ONR_SOURCE_READ] = "read",           [ONR_SOURCE_SKIPPED] = "skipped",
      [ONR_SOURCE_DUPLICATE] = "duplicate", [ONR_SOURCE_REPLACED] = "replaced",
      [ONR_SOURCE_KILLED] = "killed",       [ONR_SOURCE_KILL] = "kill"};
  return names[status];
}

/* The strings of a source, so that they are copied and freed alike. */
#define N_STRINGS 15
static void list_strings(OnrSource *source, const char **strings[N_STRINGS]) {
  const char **all[N_STRINGS] = {&source->path,      &source->member,     &source->hash,     &source->format,
                                 &source->reason,    &source->article_id, &source->kind,     &source->title,
                                 &source->updated,   &source->published,  &source->notice,   &source->by_path,
                                 &source->by_member, &source->by_notice,  &source->by_reason};
  memcpy(strings, all, sizeof all);
}

void onr_source_copy(const OnrSource *from, OnrSource *to) {
  const char **strings[N_STRINGS];
  OnrSource copy = *from;
  list_strings(&copy, strings);
  for (guint i = 0; i < N_STRINGS; i++)
    *strings[i] = g_strdup(*strings[i]);
  *to = copy;
}

void onr_source_clear(OnrSource *source) {
  const char **strings[N_STRINGS];
  list_strings(source, strings);
  for (guint i = 0; i < N_STRINGS; i++)
    g_free((char *)*strings[i]);
  *source = (OnrSource){0};
}

void onr_source_read_row(sqlite3_stmt *s, OnrSource *out) {
  const OnrSource row = {.row = onr_column_int(s, 0),
                         .path = onr_column_text(s, 1),
                         .member = onr_column_text(s, 2),
                         .size_bytes = onr_column_int(s, 3),
                         .mtime_ns = onr_column_int(s, 4),
                         .hash = onr_column_text(s, 5),
                         .format = onr_column_text(s, 6),
                         .status = (OnrSourceStatus)onr_column_int(s, 7),
                         .reason = onr_column_text(s, 8),
                         .n_articles = (guint32)onr_column_int(s, 9),
                         .n_replaced = (guint32)onr_column_int(s, 10),
                         .article_id = onr_column_text(s, 11),
                         .kind = onr_column_text(s, 12),
                         .title = onr_column_text(s, 13),
                         .version = onr_column_int(s, 14),
                         .updated = onr_column_text(s, 15),
                         .published = onr_column_text(s, 16),
                         .notice = onr_column_text(s, 17)};
  onr_source_clear(out);
  onr_source_copy(&row, out);
}

const OnrSource *onr_record_find_source(OnrRecord *record, const char *path) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE path = ?1 AND member = ''", NULL);
  if (!s)
    return NULL;
  onr_bind_text(s, 1, path);
  if (onr_step(s, NULL) != ONR_STEP_ROW)
    return NULL;
  onr_source_read_row(s, &record->found);
  return &record->found;
}

/* Not one statement with ON CONFLICT and RETURNING: that opens a savepoint, at which FTS5 writes out all it
 * has gathered. */
/* clang-format off */
static const char insert_sql[] =
    "INSERT INTO source (path, member, size_bytes, mtime_ns, hash, format, status, reason, n_articles, n_replaced, "
    "  article_id, kind, title, version, updated, published, notice) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?13, ?14, ?15, ?16, ?17, ?18)";
static const char update_sql[] =
    "UPDATE source SET size_bytes = ?3, mtime_ns = ?4, hash = ?5, format = ?6, status = ?7, reason = ?8, "
    "  n_articles = ?9, n_replaced = ?10, article_id = ?11, kind = ?13, title = ?14, version = ?15, updated = ?16, "
    "  published = ?17, notice = ?18 WHERE row = ?12";
/* clang-format on */

static gboolean find_row(OnrRecord *record, const char *path, const char *member, gint64 *row,
                         GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT row FROM source WHERE path = ?1 AND member = ?2", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, path);
  onr_bind_text(s, 2, member);
  return onr_step_int(s, 0, row, error);
}

/* Where ROW is 0 a row is made, else that is changed. */
static gboolean write_source(OnrRecord *record, const OnrSource *source, const char *member, gint64 row,
                             GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, row ? update_sql : insert_sql, error);
  if (!s)
    return FALSE;
  if (!row) {
    onr_bind_text(s, 1, source->path);
    onr_bind_text(s, 2, member);
  }
  onr_bind_int(s, 3, source->size_bytes);
  onr_bind_int(s, 4, source->mtime_ns);
  onr_bind_text(s, 5, source->hash);
  onr_bind_text(s, 6, source->format);
  onr_bind_int(s, 7, source->status);
  onr_bind_text(s, 8, source->reason);
  onr_bind_int(s, 9, source->n_articles);
  onr_bind_int(s, 10, source->n_replaced);
  onr_bind_text(s, 11, source->article_id);
  if (row)
    onr_bind_int(s, 12, row);
  onr_bind_text(s, 13, source->kind);
  onr_bind_text(s, 14, source->title);
  if (source->version)
    onr_bind_int(s, 15, source->version);
  onr_bind_text(s, 16, source->updated);
  onr_bind_text(s, 17, source->published);
  onr_bind_text(s, 18, source->notice);
  return onr_run(s, error);
}

gboolean onr_record_put_source(OnrRecord *record, const OnrSource *source, gint64 *row, GError **error) {
  const char *member = source->member ? source->member : "";
  gint64 found;
  if (!onr_record_needs_transaction(record, error) ||
      !find_row(record, source->path, member, &found, error) ||
      !write_source(record, source, member, found, error))
    return FALSE;
  if (row)
    *row = found ? found : sqlite3_last_insert_rowid(record->db);
  return TRUE;
}

gboolean onr_record_touch_source(OnrRecord *record, gint64 row, gint64 size_bytes, gint64 mtime_ns,
                                 GError **error) {
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_needs_transaction(record, error) ||
      !(s = onr_record_statement(record, "UPDATE source SET size_bytes = ?2, mtime_ns = ?3 WHERE row = ?1",
                                 error)))
    return FALSE;
  onr_bind_int(s, 1, row);
  onr_bind_int(s, 2, size_bytes);
  onr_bind_int(s, 3, mtime_ns);
  return onr_run(s, error);
}

gboolean onr_source_each_row(sqlite3_stmt *s, OnrSourceFunc each, gpointer data, GError **error) {
  g_auto(OnrSource) source = {0};
  OnrStep step;
  gboolean goes_on = TRUE;
  while (goes_on && (step = onr_step(s, error)) == ONR_STEP_ROW) {
    onr_source_read_row(s, &source);
    goes_on = each(&source, data);
  }
  return !goes_on || step == ONR_STEP_DONE;
}

/* "/news" and what lies below: from "/news/" up to "/news0", '0' being the character after '/'. */
static void bind_range(sqlite3_stmt *s, const char *root, GString *scratch) {
  gsize length = strlen(root);
  while (length && root[length - 1] == '/')
    length--;
  g_string_printf(scratch, "%.*s/", (int)length, root);
  sqlite3_bind_text64(s, 1, root, length ? length : 1, SQLITE_TRANSIENT, SQLITE_UTF8);
  sqlite3_bind_text64(s, 2, scratch->str, scratch->len, SQLITE_TRANSIENT, SQLITE_UTF8);
  scratch->str[scratch->len - 1] = '/' + 1;
  sqlite3_bind_text64(s, 3, scratch->str, scratch->len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

gboolean onr_record_each_source(OnrRecord *record, const char *root, OnrSourceFunc each, gpointer data,
                                GError **error) {
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      record->db,
      root ? "SELECT " ONR_SOURCE_COLUMNS
             " FROM source WHERE member = '' AND (path = ?1 OR (path >= ?2 AND path < ?3)) "
             "ORDER BY path"
           : "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE member = '' ORDER BY path",
      error);
  if (!s)
    return FALSE;
  if (root)
    bind_range(s, root, record->scratch);
  return onr_source_each_row(s, each, data, error);
}

gboolean onr_record_each_skipped(OnrRecord *record, OnrSourceFunc each, gpointer data, GError **error) {
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      record->db, "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE status <> 0 ORDER BY path, member", error);
  if (!s)
    return FALSE;
  g_auto(OnrSource) source = {0};
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    onr_source_read_row(s, &source);
    if (!onr_record_find_successor(record, &source, error))
      return FALSE;
    if (!each(&source, data))
      return TRUE;
  }
  return step == ONR_STEP_DONE;
}

gboolean onr_record_each_loss(OnrRecord *record, OnrSourceFunc each, gpointer data, GError **error) {
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      record->db, "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE status <> 0 AND status = 1", error);
  return s && onr_source_each_row(s, each, data, error);
}

gboolean onr_record_clear_items(OnrRecord *record, const char *path, GError **error) {
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_needs_transaction(record, error) ||
      !(s = onr_record_statement(
            record, "DELETE FROM source WHERE path = ?1 AND member <> '' AND status <> 5", error)))
    return FALSE;
  onr_bind_text(s, 1, path);
  return onr_run(s, error);
}

static gboolean has_articles(OnrRecord *record, const char *path, gboolean *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT 1 FROM article WHERE source = (SELECT row FROM source WHERE path = ?1 AND member = '') LIMIT 1",
      error);
  gint64 found;
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, path);
  if (!onr_step_int(s, 0, &found, error))
    return FALSE;
  *out = found != 0;
  return TRUE;
}

gboolean onr_record_remove_source(OnrRecord *record, const char *path, GError **error) {
  gboolean is_used;
  if (!onr_record_needs_transaction(record, error) || !has_articles(record, path, &is_used, error))
    return FALSE;
  if (is_used) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "'%s' still has articles in the record", path);
    return FALSE;
  }
  g_autoptr(OnrStatement) s = onr_record_statement(record, "DELETE FROM source WHERE path = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, path);
  if (!onr_run(s, error))
    return FALSE;
  if (g_strcmp0(path, record->source_path) == 0)
    g_clear_pointer(&record->source_path, g_free);
  return TRUE;
}
