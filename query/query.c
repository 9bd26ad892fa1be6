/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/query_private.h"

#include <string.h>

OnrPlanning onr_query_planning(const OnrQuery *query) {
  return (OnrPlanning){
      .archive = query->archive, .maker = query->maker, .table = query->table, .text = query->text};
}

static const OnrEngineClass *engine_class(const OnrQuery *query) {
  return onr_archive_engine_class(query->archive);
}

/* --- from text to plan --- */

static gboolean make_plan(OnrQuery *query, GError **error) {
  OnrPlanning planning = onr_query_planning(query);
  planning.left_out = query->left_out;
  guint n_conditions = 0;
  query->plan = onr_query_make_plan(&planning, query->ast, &n_conditions, error);
  if (!query->plan)
    return FALSE;
  if (n_conditions > (query->has_default_act ? 1 : 0))
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_SYNTAX,
                      "nothing to search for: no word with a letter or digit in it (* finds everything)");
  return FALSE;
}

OnrQuery *onr_query_new(OnrArchive *archive, OnrTable table, const char *text, const OnrQueryOptions *options,
                        GError **error) {
  static const OnrQueryOptions no_options = {0};
  gboolean has_default_act;
  OnrAst *ast = onr_query_conditions(table, text, options ? options : &no_options, &has_default_act, error);
  if (!ast)
    return NULL;
  g_autoptr(OnrQuery) query = g_new0(OnrQuery, 1);
  query->archive = archive;
  query->table = table;
  query->text = g_strdup(text ? text : "");
  query->ast = ast;
  query->has_default_act = has_default_act;
  query->left_out = g_ptr_array_new_with_free_func(g_free);
  query->maker = onr_term_maker_new(onr_archive_language(archive), error);
  if (!query->maker || !make_plan(query, error))
    return NULL;
  return g_steal_pointer(&query);
}

static void asked_names_clear(OnrAskedNames *asked) {
  g_clear_pointer(&asked->names, g_hash_table_unref);
  g_clear_pointer(&asked->bearers, g_hash_table_unref);
}

void onr_query_free(OnrQuery *query) {
  if (!query)
    return;
  onr_ast_free(query->ast);
  onr_plan_free(query->plan);
  onr_plan_free(query->shown);
  onr_marker_free(query->words);
  onr_marker_free(query->title);
  asked_names_clear(&query->mentioned);
  asked_names_clear(&query->speakers);
  onr_document_free(query->document);
  onr_loaded_unref(query->last);
  g_free(query->named_id);
  onr_term_maker_free(query->maker);
  g_ptr_array_unref(query->left_out);
  g_free(query->text);
  g_free(query);
}

const OnrAst *onr_query_ast(const OnrQuery *query) {
  return query->ast;
}

const OnrPlan *onr_query_plan(const OnrQuery *query) {
  return query->plan;
}

OnrTable onr_query_table(const OnrQuery *query) {
  return query->table;
}

/* --- matching --- */

gboolean onr_query_run_match(const OnrQuery *query, const OnrPlan *plan, GArray *rows, GError **error) {
  return engine_class(query)->match(onr_archive_engine(query->archive), plan, query->table, rows, error);
}

gboolean onr_query_match(OnrQuery *query, GArray *rows, GError **error) {
  return onr_query_run_match(query, query->plan, rows, error);
}

gboolean onr_query_count(const OnrQuery *query, OnrPlan *plan, guint64 *n, GError **error) {
  const OnrSearchSpec spec = {.table = query->table, .limit = 1};
  g_autoptr(OnrPlan) normal = onr_plan_normalise(onr_plan_filter(plan), error);
  g_auto(OnrHits) hits = {0};
  if (!normal ||
      !engine_class(query)->search(onr_archive_engine(query->archive), normal, &spec, &hits, error))
    return FALSE;
  *n = hits.n_matches;
  return TRUE;
}

gboolean onr_query_facets(OnrArchive *archive, OnrQuery *query, OnrFacetKind what, guint offset, guint limit,
                          GArray *facets, guint64 *n_distinct, GError **error) {
  g_autoptr(GArray) rows = query ? g_array_new(FALSE, FALSE, sizeof(gint64)) : NULL;
  gboolean over_quotes =
      query ? query->table == ONR_TABLE_QUOTES : what == ONR_FACET_SPEAKER || what == ONR_FACET_KIND;
  if (query && !onr_query_match(query, rows, error))
    return FALSE;
  return onr_archive_facets(archive, what, over_quotes, rows, offset, limit, facets, n_distinct, error);
}

/* --- what a date filter left out --- */

static gboolean has_dates(const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_RANGE)
    return plan->slot == ONR_SLOT_DAY;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (has_dates(plan->children->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Turns PLAN's date ranges into what they would be for an item without a date if any date were right: true
   where an item has to be in the range, false where it must not be. */
static void forgive_dates(OnrPlan *plan, gboolean is_wanted) {
  if (plan->kind == ONR_PLAN_RANGE && plan->slot == ONR_SLOT_DAY) {
    if (is_wanted)
      plan->low = plan->high = ONR_NO_DAY;
    else
      plan->kind = ONR_PLAN_NONE;
  }
  for (guint i = 0; plan->children && i < plan->children->len; i++) {
    gboolean is_minus = plan->kind == ONR_PLAN_NOT && i == 1;
    forgive_dates(plan->children->pdata[i], is_minus ? !is_wanted : is_wanted);
  }
}

/* Items without a date that match PLAN but for that: those of the forgiving plan that the strict one has not.
 */
static gboolean count_undated(const OnrQuery *query, guint64 *n, GError **error) {
  *n = 0;
  if (!has_dates(query->plan))
    return TRUE;
  OnrPlan *forgiving = onr_plan_copy(query->plan);
  forgive_dates(forgiving, TRUE);
  OnrPlan *undated = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(undated, onr_plan_range(ONR_SLOT_DAY, ONR_NO_DAY, ONR_NO_DAY));
  onr_plan_add(undated, onr_plan_not(forgiving, onr_plan_copy(query->plan)));
  return onr_query_count(query, undated, n, error);
}

/* --- running --- */

static void row_free(gpointer p) {
  OnrRow *row = p;
  onr_row_empty(row);
  g_free(row->id);
  g_free(row);
}

void onr_results_free(OnrResults *results) {
  if (!results)
    return;
  g_ptr_array_unref(results->rows);
  g_free(results);
}

char *onr_query_item_id(const char *article_id, guint number) {
  return number ? g_strdup_printf("%s#%u", article_id, number) : g_strdup(article_id);
}

/* Hits of one article often come in a row: its header is read once. */
static gboolean find_id(OnrQuery *query, OnrRow *row, GError **error) {
  gint64 article_row;
  guint number;
  if (!onr_archive_locate_item(query->archive, query->table, row->row, &article_row, &number, error))
    return FALSE;
  if (article_row != query->named_row) {
    char *id = onr_archive_item_id(query->archive, ONR_TABLE_ARTICLES, article_row, error);
    if (!id)
      return FALSE;
    g_free(query->named_id);
    query->named_id = id;
    query->named_row = article_row;
  }
  row->id = onr_query_item_id(query->named_id, number);
  return TRUE;
}

static gboolean add_row(OnrQuery *query, const OnrHit *hit, const OnrRunSpec *spec, OnrResults *results,
                        GError **error) {
  OnrRow *row = g_new0(OnrRow, 1);
  g_ptr_array_add(results->rows, row);
  row->row = hit->row;
  row->score = hit->score;
  if (spec->with_rows)
    return onr_query_fill_row(query, row, spec->context, error);
  return find_id(query, row, error);
}

static gboolean count_all(const OnrQuery *query, OnrResults *results, GError **error) {
  guint64 n_articles, n_quotes;
  if (!onr_archive_count_items(query->archive, &n_articles, &n_quotes, error))
    return FALSE;
  results->n_articles_total = n_articles;
  results->n_items_total = query->table == ONR_TABLE_QUOTES ? n_quotes : n_articles;
  return TRUE;
}

OnrResults *onr_query_run(OnrQuery *query, const OnrRunSpec *spec, GError **error) {
  g_auto(OnrHits) hits = {0};
  if (!onr_query_search(query, spec, &hits, error))
    return NULL;
  g_autoptr(OnrResults) results = g_new0(OnrResults, 1);
  results->rows = g_ptr_array_new_with_free_func(row_free);
  results->n_matches = hits.n_matches;
  results->n_articles = hits.n_articles;
  results->n_distinct = ONR_NOT_COUNTED;
  if (spec->counts_distinct && !onr_query_count_distinct(query, hits.n_matches, &results->n_distinct, error))
    return NULL;
  if (!count_all(query, results, error) || !count_undated(query, &results->n_undated, error))
    return NULL;
  for (guint i = 0; i < hits.hits->len; i++)
    if (!add_row(query, &g_array_index(hits.hits, OnrHit, i), spec, results, error))
      return NULL;
  return g_steal_pointer(&results);
}
