/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several items with one id: which rows there are beside the article that has it, and the kills among them.
 * Which of them holds is said by archive/edition.h. */
#include "archive/record_private.h"

#include <string.h>

/* The member of a kill of a file that is being read again begins with this (CANCEL): no item's place does. */
#define ASIDE '\x18'

static gboolean each_by_id(OnrRecord *record, const char *sql, const char *article_id, OnrSourceFunc each,
                           gpointer data, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, article_id);
  return onr_source_each_row(s, each, data, error);
}

gboolean onr_record_each_with_id(OnrRecord *record, const char *article_id, OnrSourceFunc each, gpointer data,
                                 GError **error) {
  static const char sql[] =
      "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE article_id = ?1 ORDER BY path, member";
  return each_by_id(record, sql, article_id, each, data, error);
}

gboolean onr_record_each_kill(OnrRecord *record, const char *article_id, OnrSourceFunc each, gpointer data,
                              GError **error) {
  static const char sql[] =
      "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE article_id = ?1 AND status = 5 ORDER BY path, member";
  return each_by_id(record, sql, article_id, each, data, error);
}

/* --- who has the id --- */

/* clang-format off */
#define NOTE(name) "(SELECT value FROM article_note n WHERE n.article = a.row AND n.name = '" name "' ORDER BY number LIMIT 1)"
static const char holder_sql[] =
    "SELECT a.row, s.path, a.member, a.title, a.published, " NOTE("version") ", " NOTE("updated") ", " NOTE("notice")
    " FROM article a JOIN source s ON s.row = a.source WHERE a.id = ?1";
/* clang-format on */

gboolean onr_record_find_holder(OnrRecord *record, const char *article_id, OnrSource *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, holder_sql, error);
  onr_source_clear(out);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, article_id);
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW)
    return step == ONR_STEP_DONE;
  const char *version = onr_column_text(s, 5);
  const OnrSource holder = {.row = onr_column_int(s, 0),
                            .path = onr_column_text(s, 1),
                            .member = onr_column_text(s, 2),
                            .article_id = article_id,
                            .title = onr_column_text(s, 3),
                            .published = onr_column_text(s, 4),
                            .version = version ? g_ascii_strtoll(version, NULL, 10) : 0,
                            .updated = onr_column_text(s, 6),
                            .notice = onr_column_text(s, 7)};
  onr_source_copy(&holder, out);
  return TRUE;
}

static gboolean find_kill(OnrRecord *record, const char *article_id, OnrSource *out, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "SELECT " ONR_SOURCE_COLUMNS " FROM source WHERE article_id = ?1 AND status = 5 "
                           "ORDER BY version DESC, updated DESC, path, member LIMIT 1",
                           error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, article_id);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    onr_source_read_row(s, out);
  return step != ONR_STEP_ERROR;
}

/* What is aside has no place that people know. */
static void show_aside(OnrSource *source) {
  if (*source->member != ASIDE)
    return;
  g_free((char *)source->member);
  source->member = g_strdup("");
}

gboolean onr_record_find_successor(OnrRecord *record, OnrSource *source, GError **error) {
  g_auto(OnrSource) by = {0};
  show_aside(source);
  gboolean is_killed = source->status == ONR_SOURCE_KILLED;
  if (!is_killed && source->status != ONR_SOURCE_DUPLICATE && source->status != ONR_SOURCE_REPLACED)
    return TRUE;
  if (!(is_killed ? find_kill(record, source->article_id, &by, error)
                  : onr_record_find_holder(record, source->article_id, &by, error)))
    return FALSE;
  if (by.row == 0)
    return TRUE;
  show_aside(&by);
  source->by_path = g_steal_pointer(&by.path);
  source->by_member = g_steal_pointer(&by.member);
  source->by_version = by.version;
  source->by_notice = g_steal_pointer(&by.notice);
  source->by_reason = g_steal_pointer(&by.reason);
  return TRUE;
}

/* --- in words --- */

static void append_place(GString *out, const OnrSource *source) {
  g_string_append_printf(out, "'%s%s%s'", source->by_path, *source->by_member ? ":" : "", source->by_member);
}

static void append_note(GString *out, const char *note) {
  if (note && *note)
    g_string_append_printf(out, ": %s", note);
}

static void explain_replaced(GString *out, const OnrSource *source) {
  gboolean is_correction = !g_strcmp0(source->by_notice, "correction");
  if (!source->by_path) {
    g_string_append(out, "replaced by a later version, which is gone");
    return;
  }
  g_string_append(out, is_correction ? "replaced by a correction" : "replaced by");
  if (source->by_version)
    g_string_append_printf(out, "%s version %" G_GINT64_FORMAT, is_correction ? "," : "", source->by_version);
  else if (!is_correction)
    g_string_append(out, " a later version");
  g_string_append(out, " in ");
  append_place(out, source);
}

static void explain_killed(GString *out, const OnrSource *source) {
  gboolean is_withheld = !g_strcmp0(source->by_notice, "withhold");
  if (!source->by_path) {
    g_string_append(out, "killed by a notice that is gone");
    return;
  }
  g_string_append(out, is_withheld ? "withheld by " : "killed by ");
  append_place(out, source);
  append_note(out, source->by_reason);
}

static void explain_kill(GString *out, const OnrSource *source) {
  g_string_append_printf(out, "%s of '%s'", source->notice ? source->notice : "kill", source->article_id);
  if (source->version)
    g_string_append_printf(out, ", version %" G_GINT64_FORMAT, source->version);
  if (source->updated)
    g_string_append_printf(out, ", %s", source->updated);
  append_note(out, source->reason);
}

char *onr_source_explain(const OnrSource *source) {
  GString *out = g_string_new(NULL);
  switch (source->status) {
  case ONR_SOURCE_DUPLICATE:
    if (source->by_path)
      g_string_append_printf(out, "id '%s' is that of an article in '%s'", source->article_id,
                             source->by_path);
    else
      g_string_append_printf(out, "id '%s' was that of an article that is gone", source->article_id);
    break;
  case ONR_SOURCE_REPLACED:
    explain_replaced(out, source);
    break;
  case ONR_SOURCE_KILLED:
    explain_killed(out, source);
    break;
  case ONR_SOURCE_KILL:
    explain_kill(out, source);
    break;
  default:
    g_string_append(out, source->reason ? source->reason : onr_source_status_name(source->status));
  }
  return g_string_free(out, FALSE);
}

/* --- changing rows --- */

gboolean onr_record_set_source_status(OnrRecord *record, gint64 row, OnrSourceStatus status, GError **error) {
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_needs_transaction(record, error) ||
      !(s = onr_record_statement(record, "UPDATE source SET status = ?2 WHERE row = ?1", error)))
    return FALSE;
  onr_bind_int(s, 1, row);
  onr_bind_int(s, 2, status);
  return onr_run(s, error);
}

static gboolean run_with_text(OnrRecord *record, const char *sql, const char *text, GError **error) {
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_needs_transaction(record, error) || !(s = onr_record_statement(record, sql, error)))
    return FALSE;
  onr_bind_text(s, 1, text);
  return onr_run(s, error);
}

/* OR FAIL, since a statement of several rows that could be undone alone opens a savepoint, at which FTS5
 * writes out all it has gathered. */
gboolean onr_record_lower_duplicates(OnrRecord *record, const char *article_id, GError **error) {
  static const char sql[] = "UPDATE OR FAIL source SET status = 3 WHERE article_id = ?1 AND status = 2";
  return run_with_text(record, sql, article_id, error);
}

/* --- kills of a file that is read again --- */

static gboolean append_ids(OnrRecord *record, const char *sql, const char *path, GPtrArray *ids,
                           GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, path);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(ids, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

gboolean onr_record_kills_of_file(OnrRecord *record, const char *path, GPtrArray *ids, GError **error) {
  static const char sql[] =
      "SELECT DISTINCT article_id FROM source WHERE path = ?1 AND status = 5 ORDER BY article_id";
  return append_ids(record, sql, path, ids, error);
}

/* The mark holds row and id, so that one that an earlier run, cut short, has put aside is not overwritten by
 * another's. */
gboolean onr_record_set_kills_aside(OnrRecord *record, const char *path, GError **error) {
  static const char rename[] =
      "UPDATE OR REPLACE source SET member = char(24) || row || ':' || article_id "
      "WHERE path = ?1 AND status = 5 AND member <> '' AND substr(member, 1, 1) <> char(24)";
  static const char copy[] = "INSERT OR REPLACE INTO source (path, member, size_bytes, mtime_ns, hash, "
                             "format, status, reason, n_articles, "
                             "  n_replaced, article_id, kind, title, version, updated, published, notice) "
                             "SELECT path, char(24) || row || ':' || article_id, 0, 0, NULL, format, status, "
                             "reason, 0, 0, article_id, "
                             "  kind, title, version, updated, published, notice "
                             "FROM source WHERE path = ?1 AND member = '' AND status = 5";
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  if (!onr_record_kills_of_file(record, path, ids, error))
    return FALSE;
  return ids->len == 0 ||
         (run_with_text(record, rename, path, error) && run_with_text(record, copy, path, error));
}

gboolean onr_record_drop_kills_aside(OnrRecord *record, const char *path, GPtrArray *ids, GError **error) {
  static const char find[] = "SELECT DISTINCT article_id FROM source WHERE path = ?1 AND status = 5 "
                             "AND member >= char(24) AND member < char(25) ORDER BY article_id";
  static const char drop[] =
      "DELETE FROM source WHERE path = ?1 AND status = 5 AND member >= char(24) AND member < char(25)";
  return append_ids(record, find, path, ids, error) && run_with_text(record, drop, path, error);
}
