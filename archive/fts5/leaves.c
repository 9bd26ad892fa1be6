/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions that need no positions: identities and keys out of the record, ranges out of the columns. */
#include "archive/fts5/tree.h"
#include "archive/senses.h"

#include <string.h>

/* --- the record --- */

static gboolean collect(sqlite3_stmt *s, OnrRowSet *set, GError **error) {
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    onr_row_set_add(set, (guint32)onr_column_int(s, 0));
  return step == ONR_STEP_DONE;
}

OnrRowSet *onr_leaf_identity(OnrRun *run, const OnrPlan *plan, GError **error) {
  static const char *const sql[][ONR_N_TABLES] = {
      [ONR_RELATION_SPEAKER] = {[ONR_TABLE_ARTICLES] =
                                    "SELECT DISTINCT s.article FROM entity e JOIN speaker_quote s "
                                    "ON s.speaker = e.row WHERE e.id = ?1",
                                [ONR_TABLE_QUOTES] = "SELECT s.quote FROM entity e JOIN speaker_quote s "
                                                     "ON s.speaker = e.row WHERE e.id = ?1"},
      [ONR_RELATION_MENTION] = {[ONR_TABLE_ARTICLES] = "SELECT m.article FROM entity e JOIN entity_article m "
                                                       "ON m.entity = e.row WHERE e.id = ?1",
                                [ONR_TABLE_QUOTES] = "SELECT m.quote FROM entity e JOIN entity_quote m "
                                                     "ON m.entity = e.row WHERE e.id = ?1"}};
  g_autoptr(OnrStatement) s =
      onr_record_statement(run->index->record, sql[plan->relation][run->table], error);
  if (!s)
    return NULL;
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  for (guint i = 0; i < plan->identities->len; i++) {
    onr_bind_text(s, 1, plan->identities->pdata[i]);
    if (!collect(s, set, error))
      return NULL;
    sqlite3_reset(s);
  }
  return g_steal_pointer(&set);
}

OnrRowSet *onr_leaf_senses(OnrRun *run, const OnrPlan *plan, GError **error) {
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  return onr_record_add_senses(run->index->record, run->table, plan->relation, plan->identities, set, error)
             ? g_steal_pointer(&set)
             : NULL;
}

static OnrRowSet *articles_where(OnrRun *run, const char *sql, const char *pattern, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(run->index->record, sql, error);
  if (!s)
    return NULL;
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  onr_bind_text(s, 1, pattern);
  return collect(s, set, error) ? g_steal_pointer(&set) : NULL;
}

static OnrRowSet *articles_by_path(OnrRun *run, const char *pattern, GError **error) {
  if (strpbrk(pattern, "*?["))
    return articles_where(run,
                          "SELECT a.row FROM source s JOIN article a ON a.source = s.row WHERE s.member = '' "
                          "AND s.path GLOB ?1",
                          pattern, error);
  gsize length = strlen(pattern);
  while (length > 1 && pattern[length - 1] == '/')
    length--;
  g_autofree char *name = g_strndup(pattern, length);
  if (*name == '/')
    return articles_where(run,
                          "SELECT a.row FROM source s JOIN article a ON a.source = s.row WHERE s.member = ''"
                          " AND (s.path = ?1 OR ?1 = '/' OR substr(s.path, 1, length(?1) + 1) = ?1 || '/')",
                          name, error);
  return articles_where(run,
                        "SELECT a.row FROM source s JOIN article a ON a.source = s.row WHERE s.member = ''"
                        " AND instr('/' || s.path || '/', '/' || ?1 || '/')",
                        name, error);
}

static OnrRowSet *articles_by_key(OnrRun *run, const OnrPlan *plan, GError **error) {
  switch (plan->key) {
  case ONR_KEY_ID:
    return articles_where(run, "SELECT row FROM article WHERE id = ?1", plan->term, error);
  case ONR_KEY_PATH:
    return articles_by_path(run, plan->term, error);
  case ONR_KEY_URL:
  default:
    return strpbrk(plan->term, "*?[")
               ? articles_where(run, "SELECT row FROM article WHERE url GLOB ?1", plan->term, error)
               : articles_where(run, "SELECT row FROM article WHERE instr(url, ?1)", plan->term, error);
  }
}

OnrRowSet *onr_leaf_quotes_of(OnrRun *run, const OnrRowSet *articles) {
  OnrColumns *columns = run->index->columns;
  OnrRowSet *quotes = onr_row_set_new();
  for (guint32 row = 0; onr_row_set_next(articles, &row); row++)
    onr_row_set_add_range(quotes, onr_columns_get(columns, ONR_ARTICLE_FIRST_QUOTE, row),
                          onr_columns_get(columns, ONR_ARTICLE_N_QUOTES, row));
  return quotes;
}

/* "ARTICLE#n", the id of a quote, adds that one. */
static gboolean add_quote_by_id(OnrRun *run, const char *id, OnrRowSet *set, GError **error) {
  const char *hash = strrchr(id, '#');
  guint64 number;
  if (!hash || !g_ascii_string_to_unsigned(hash + 1, 10, 1, G_MAXUINT32, &number, NULL))
    return TRUE;
  g_autofree char *article = g_strndup(id, (gsize)(hash - id));
  g_autoptr(OnrStatement) s = onr_record_statement(
      run->index->record,
      "SELECT q.row FROM article a JOIN quote q ON q.article = a.row WHERE a.id = ?1 AND q.number = ?2",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, article);
  onr_bind_int(s, 2, (gint64)number);
  return collect(s, set, error);
}

OnrRowSet *onr_leaf_key(OnrRun *run, const OnrPlan *plan, GError **error) {
  g_autoptr(OnrRowSet) articles = articles_by_key(run, plan, error);
  if (!articles || run->table == ONR_TABLE_ARTICLES)
    return g_steal_pointer(&articles);
  g_autoptr(OnrRowSet) quotes = onr_leaf_quotes_of(run, articles);
  if (plan->key == ONR_KEY_ID && !add_quote_by_id(run, plan->term, quotes, error))
    return NULL;
  return g_steal_pointer(&quotes);
}

/* --- the lists --- */

static void add_rows(OnrRun *run, const GPtrArray *forms, OnrRowSet *set) {
  g_autoptr(OnrList) list = onr_list_open(run->index->segments[run->table], forms);
  for (guint32 row = onr_list_seek(list, run->low); row <= run->high; row = onr_list_seek(list, row + 1))
    onr_row_set_add(set, row);
}

OnrRowSet *onr_leaf_any_term(OnrRun *run, const GPtrArray *plans, GError **error) {
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  for (guint i = 0; i < plans->len; i++) {
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
    const OnrPlan *plan = plans->pdata[i];
    if (!onr_dictionary_forms(run->index->dictionaries[run->table], plan->term, forms, error))
      return NULL;
    add_rows(run, forms, set);
  }
  return g_steal_pointer(&set);
}

/* --- the columns --- */

gboolean onr_leaf_is_live(const OnrRun *run, guint32 row) {
  return onr_columns_get(run->index->columns, onr_length_column(run->table), row) > 0;
}

guint32 onr_run_article_of(const OnrRun *run, guint32 row) {
  return run->table == ONR_TABLE_ARTICLES ? row
                                          : onr_columns_get(run->index->columns, ONR_QUOTE_ARTICLE, row);
}

/* Items without a date are outside every range but the one of ONR_NO_DAY alone. */
static gboolean is_day_within(gint32 day, const OnrNode *node) {
  if (day == ONR_NO_DAY)
    return node->low == ONR_NO_DAY && node->high == ONR_NO_DAY;
  return node->low <= day && day <= node->high;
}

gboolean onr_leaf_in_range(const OnrRun *run, const OnrNode *node, guint32 row) {
  guint32 number = onr_columns_get(run->index->columns, node->column,
                                   node->is_via_article ? onr_run_article_of(run, row) : row);
  gint64 value;
  switch (node->slot) {
  case ONR_SLOT_DAY:
    return is_day_within(onr_day_decode(number), node);
  case ONR_SLOT_KIND:
    value = onr_traits_kind(number);
    break;
  case ONR_SLOT_ACT:
    value = onr_traits_act(number);
    break;
  case ONR_SLOT_CONFIDENCE:
  default:
    value = onr_traits_confidence(number);
  }
  return node->low <= value && value <= node->high;
}
