/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles: storing, removing, finding. record_load.c reads them back. */
#include "archive/record_private.h"

#include <string.h>

/* A row for a file that the caller has not named: never "unchanged", since no file has this size. */
static gboolean insert_source(OnrRecord *record, const char *path, gint64 *row, GError **error) {
  OnrSource source = {.path = path, .member = "", .size_bytes = -1};
  return onr_record_put_source(record, &source, row, error);
}

static gboolean find_source_row(OnrRecord *record, const char *path, gint64 *row, GError **error) {
  if (record->source_path && !strcmp(record->source_path, path)) {
    *row = record->source_row;
    return TRUE;
  }
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT row FROM source WHERE path = ?1 AND member = ''", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, path);
  if (!onr_step_int(s, 0, row, error) || (!*row && !insert_source(record, path, row, error)))
    return FALSE;
  g_free(record->source_path);
  record->source_path = g_strdup(path);
  record->source_row = *row;
  return TRUE;
}

static gboolean insert_header(OnrRecord *record, const OnrArticle *article, gint64 source, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "INSERT INTO article (id, source, member, title, byline, "
                                                   "dateline, published, day, publisher, section, language, "
                                                   "url, has_attribution, text_bytes) VALUES (?1, ?2, ?3, "
                                                   "?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                                                   error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, article->id);
  onr_bind_int(s, 2, source);
  onr_bind_text(s, 3, article->member);
  onr_bind_text(s, 4, article->title);
  onr_bind_text(s, 5, article->byline);
  onr_bind_text(s, 6, article->dateline);
  onr_bind_text(s, 7, article->published);
  if (article->day != ONR_NO_DAY)
    onr_bind_int(s, 8, article->day);
  onr_bind_text(s, 9, article->publisher);
  onr_bind_text(s, 10, article->section);
  onr_bind_text(s, 11, article->language);
  onr_bind_text(s, 12, article->url);
  onr_bind_int(s, 13, article->has_attribution ? 1 : 0);
  onr_bind_int(s, 14, (gint64)article->text_length);
  return onr_run(s, error);
}

static gboolean insert_text(OnrRecord *record, const OnrArticle *article, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT INTO article_text (article, text) VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article->row);
  onr_bind_bytes(s, 2, article->text, article->text_length);
  return onr_run(s, error);
}

static gboolean insert_notes(OnrRecord *record, const OnrArticle *article, GError **error) {
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    g_autoptr(OnrStatement) s = onr_record_statement(
        record, "INSERT INTO article_note (article, number, name, value) VALUES (?1, ?2, ?3, ?4)", error);
    if (!s)
      return FALSE;
    onr_bind_int(s, 1, article->row);
    onr_bind_int(s, 2, i);
    onr_bind_text(s, 3, note->name);
    onr_bind_text(s, 4, note->value);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

/* Of the header; annotation counts its own. SIGN is 1 for an article that comes, -1 for one that goes. */
static void count_header(OnrRecord *record, const OnrArticle *article, int sign) {
  record->totals[ONR_TOTAL_ARTICLES] += sign;
  record->totals[ONR_TOTAL_UNDATED] += article->day == ONR_NO_DAY ? sign : 0;
  record->totals[ONR_TOTAL_WITHOUT_ATTRIBUTION] += article->has_attribution ? 0 : sign;
  record->totals[ONR_TOTAL_TEXT_BYTES] += sign * (gint64)article->text_length;
}

gboolean onr_record_put_article(OnrRecord *record, OnrArticle *article, gint64 *first_quote, GError **error) {
  gint64 source;
  if (!onr_record_needs_transaction(record, error) ||
      !find_source_row(record, article->path, &source, error) ||
      !insert_header(record, article, source, error))
    return FALSE;
  article->row = sqlite3_last_insert_rowid(record->db);
  count_header(record, article, +1);
  return insert_text(record, article, error) && insert_notes(record, article, error) &&
         onr_record_insert_annotation(record, article, first_quote, error);
}

gboolean onr_record_put_annotation(OnrRecord *record, const OnrArticle *article, gint64 *first_quote,
                                   GError **error) {
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_needs_transaction(record, error) ||
      !(s = onr_record_statement(
            record, "UPDATE article SET has_attribution = ?2 WHERE row = ?1 AND has_attribution <> ?2",
            error)))
    return FALSE;
  onr_bind_int(s, 1, article->row);
  onr_bind_int(s, 2, article->has_attribution ? 1 : 0);
  if (!onr_run(s, error))
    return FALSE;
  if (sqlite3_changes(record->db))
    record->totals[ONR_TOTAL_WITHOUT_ATTRIBUTION] += article->has_attribution ? -1 : 1;
  return onr_record_insert_annotation(record, article, first_quote, error);
}

static gboolean delete_article(OnrRecord *record, gint64 row, GError **error) {
  static const char *const deletes[] = {"DELETE FROM article_text WHERE article = ?1",
                                        "DELETE FROM article_note WHERE article = ?1",
                                        "DELETE FROM article WHERE row = ?1"};
  for (guint i = 0; i < G_N_ELEMENTS(deletes); i++) {
    g_autoptr(OnrStatement) s = onr_record_statement(record, deletes[i], error);
    if (!s)
      return FALSE;
    onr_bind_int(s, 1, row);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_record_remove_loaded(OnrRecord *record, const OnrArticle *article, GError **error) {
  if (!onr_record_needs_transaction(record, error) || !onr_record_delete_annotation(record, article, error) ||
      !delete_article(record, article->row, error))
    return FALSE;
  count_header(record, article, -1);
  return TRUE;
}

gboolean onr_record_remove_article(OnrRecord *record, gint64 row, GError **error) {
  g_autoptr(OnrArticle) article = onr_article_new();
  return onr_record_needs_transaction(record, error) &&
         onr_record_load_article(record, row, TRUE, article, error) &&
         onr_record_remove_loaded(record, article, error);
}

gint64 onr_record_find_article(OnrRecord *record, const char *id, char **path) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT a.row, s.path FROM article a JOIN source s ON s.row = a.source WHERE a.id = ?1", NULL);
  if (!s)
    return 0;
  onr_bind_text(s, 1, id);
  if (onr_step(s, NULL) != ONR_STEP_ROW)
    return 0;
  if (path)
    *path = g_strdup(onr_column_text(s, 1));
  return onr_column_int(s, 0);
}

gint64 onr_record_first_quote(OnrRecord *record, gint64 article_row) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT coalesce(min(row), 0) FROM quote WHERE article = ?1", NULL);
  gint64 row = 0;
  if (!s)
    return 0;
  onr_bind_int(s, 1, article_row);
  onr_step_int(s, 0, &row, NULL);
  return row;
}

gboolean onr_record_locate_quote(OnrRecord *record, gint64 quote_row, gint64 *article_row, guint *number) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT article, number FROM quote WHERE row = ?1", NULL);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, quote_row);
  if (onr_step(s, NULL) != ONR_STEP_ROW)
    return FALSE;
  *article_row = onr_column_int(s, 0);
  *number = (guint)onr_column_int(s, 1);
  return TRUE;
}

static gboolean gather_rows(sqlite3_stmt *s, GArray *rows, GError **error) {
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    gint64 row = onr_column_int(s, 0);
    g_array_append_val(rows, row);
  }
  return step == ONR_STEP_DONE;
}

gboolean onr_record_article_rows(OnrRecord *record, const char *path, GArray *rows, GError **error) {
  g_autoptr(OnrStatement) s =
      path ? onr_record_statement(record,
                                  "SELECT row FROM article WHERE source = "
                                  "(SELECT row FROM source WHERE path = ?1 AND member = '') ORDER BY row",
                                  error)
           : onr_record_statement(record, "SELECT row FROM article ORDER BY row", error);
  if (!s)
    return FALSE;
  if (path)
    onr_bind_text(s, 1, path);
  return gather_rows(s, rows, error);
}

gboolean onr_record_article_rows_by_id(OnrRecord *record, GArray *rows, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT row FROM article ORDER BY id", error);
  return s && gather_rows(s, rows, error);
}
