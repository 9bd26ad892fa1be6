/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the index agrees with itself and with the record: Xapian's own check of each database; a document
   for each article and quote of the record and for nothing else; of each the id and, of articles, all that
   their data repeats of the record. That the terms are those of the texts is looked at by archive_check.c. */
#include "archive/xapian/index.h"

#include "archive/xapian/item.h"

#include <string.h>

typedef struct {
  OnrXapianIndex *index;
  OnrFindingKind kind;
} Check;

static const char *item_name(OnrTable table) {
  return table == ONR_TABLE_ARTICLES ? "article" : "quote";
}

/* --- each database --- */

static gboolean check_files(Check *check, GError **error) {
  for (guint i = 0; i < check->index->parts->len; i++)
    for (int t = 0; t < ONR_N_TABLES; t++) {
      g_autofree char *path = onr_part_path(check->index, onr_part_at(check->index, i)->number, (OnrTable)t);
      g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
      if (!onr_xap_check(path, findings, error))
        return FALSE;
      for (guint k = 0; k < findings->len; k++)
        onr_finding_add(&check->kind, "'%s': %s", path, (char *)findings->pdata[k]);
    }
  onr_finding_end(&check->kind);
  return TRUE;
}

/* --- rows --- */

static gboolean record_rows(Check *check, OnrTable table, GArray *rows, GError **error) {
  sqlite3 *db = onr_record_database(check->index->record);
  const char *sql = table == ONR_TABLE_ARTICLES ? "SELECT row FROM article ORDER BY row"
                                                : "SELECT row FROM quote ORDER BY row";
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(db, sql, error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    gint64 row = onr_column_int(s, 0);
    g_array_append_val(rows, row);
  }
  return step == ONR_STEP_DONE;
}

/* Rows that both have, into BOTH. */
static void compare_rows(Check *check, OnrTable table, const GArray *rows, const GArray *docids,
                         GArray *both) {
  guint r = 0, d = 0;
  while (r < rows->len || d < docids->len) {
    gint64 row = r < rows->len ? g_array_index(rows, gint64, r) : G_MAXINT64;
    gint64 found =
        d < docids->len ? onr_xapian_row(check->index, g_array_index(docids, guint32, d)) : G_MAXINT64;
    if (row < found)
      onr_finding_add(&check->kind, "%s %" G_GINT64_FORMAT " of the record is not in it", item_name(table),
                      row);
    else if (found < row)
      onr_finding_add(&check->kind, "%s %" G_GINT64_FORMAT " is not in the record", item_name(table), found);
    else
      g_array_append_val(both, row);
    r += row <= found;
    d += found <= row;
  }
  onr_finding_end(&check->kind);
}

/* --- documents --- */

/* A document calls an entity as its article does, the record as most articles do. */
static void take_names(OnrArticle *article, const GString *data, OnrArticle *indexed) {
  if (!onr_item_unpack(data->str, data->len, indexed, NULL) || indexed->entities->len != article->entities->len)
    return;
  for (guint i = 0; i < article->entities->len; i++) {
    const OnrEntityRow *from = &g_array_index(indexed->entities, OnrEntityRow, i);
    OnrEntityRow *to = &g_array_index(article->entities, OnrEntityRow, i);
    if (!strcmp(from->id, to->id))
      to->name = from->name;
  }
}

static gboolean check_article(Check *check, gint64 row, OnrArticle *article, GByteArray *packed,
                              GString *data, GError **error) {
  OnrXapDatabase *db = check->index->databases[ONR_TABLE_ARTICLES];
  if (!onr_record_load_article(check->index->record, row, TRUE, article, NULL))
    return TRUE; /* a finding of the record's own check */
  if (!onr_xap_database_data(db, onr_xapian_docid(check->index, ONR_TABLE_ARTICLES, row), data, error))
    return FALSE;
  g_autoptr(OnrArticle) indexed = onr_article_new();
  take_names(article, data, indexed);
  onr_item_pack(article, packed);
  if (packed->len != data->len || memcmp(packed->data, data->str, data->len) != 0)
    onr_finding_add(&check->kind, "article %" G_GINT64_FORMAT " ('%s') is not as the record has it", row,
                    article->id);
  return TRUE;
}

static gboolean check_quote(Check *check, gint64 row, OnrArticle *article, GString *order, GError **error) {
  OnrXapDatabase *db = check->index->databases[ONR_TABLE_QUOTES];
  gint64 article_row;
  guint number;
  if (!onr_record_locate_quote(check->index->record, row, &article_row, &number) ||
      !onr_record_load_article(check->index->record, article_row, FALSE, article, NULL))
    return TRUE;
  if (!onr_xap_database_value(db, onr_xapian_docid(check->index, ONR_TABLE_QUOTES, row),
                              ONR_XAPIAN_SLOT_ORDER, order, error))
    return FALSE;
  g_autoptr(GString) expected = g_string_new(NULL);
  onr_xapian_order_value(article->id, number, expected);
  if (!g_string_equal(order, expected))
    onr_finding_add(&check->kind, "quote %" G_GINT64_FORMAT " ('%s#%u') is not as the record has it", row,
                    article->id, number);
  return TRUE;
}

static gboolean check_items(Check *check, OnrTable table, const GArray *rows, GError **error) {
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GByteArray) packed = g_byte_array_new();
  g_autoptr(GString) scratch = g_string_new(NULL);
  for (guint i = 0; i < rows->len; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    if (!(table == ONR_TABLE_ARTICLES ? check_article(check, row, article, packed, scratch, error)
                                      : check_quote(check, row, article, scratch, error)))
      return FALSE;
  }
  onr_finding_end(&check->kind);
  return TRUE;
}

static gboolean check_table(Check *check, OnrTable table, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_autoptr(GArray) both = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!record_rows(check, table, rows, error) ||
      !onr_xap_database_docids(check->index->databases[table], docids, error))
    return FALSE;
  compare_rows(check, table, rows, docids, both);
  return check_items(check, table, both, error);
}

gboolean onr_xapian_check(OnrXapianIndex *index, OnrFindings *findings, GError **error) {
  Check check = {.index = index, .kind = {.findings = findings}};
  if (!check_files(&check, error))
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!check_table(&check, (OnrTable)t, error))
      return FALSE;
  return TRUE;
}
