/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For queries by chance, over articles by chance, the archive finds exactly what a scan of the articles
   finds. ONR_PROPERTY_QUERIES asks for another number of queries, ONR_PROPERTY_SEED for another beginning;
   both are printed, so that a failure can be run again. */
#include "fixture.h"
#include "generate.h"
#include "naive.h"
#include "query/query.h"

#include <string.h>

#define DEFAULT_SEED 20261123
#define DEFAULT_QUERIES 700
#define N_ARTICLES 60

TestSuite(property, .fini = onr_test_check_leaks, .timeout = 0);

static guint setting(const char *name, guint otherwise) {
  const char *value = g_getenv(name);
  return value ? (guint)g_ascii_strtoull(value, NULL, 10) : otherwise;
}

typedef struct {
  OnrFixture *fixture;
  GPtrArray *articles; /* OnrArticle */
  OnrNaive *naive;
} World;

static World *world_new(GRand *random) {
  World *world = g_new0(World, 1);
  world->fixture = onr_fixture_new();
  world->articles = g_ptr_array_new_with_free_func((GDestroyNotify)onr_article_free);
  for (guint i = 0; i < N_ARTICLES; i++) {
    OnrArticle *article = onr_generate_article(random, i);
    onr_fixture_add(world->fixture, article);
    g_ptr_array_add(world->articles, article);
  }
  onr_fixture_ready(world->fixture);
  world->naive = onr_naive_new(world->articles);
  return world;
}

static void world_free(World *world) {
  onr_naive_free(world->naive);
  onr_fixture_free(world->fixture);
  g_ptr_array_unref(world->articles);
  g_free(world);
}

/* --- what each side finds, as sorted lines of ids --- */

static int compare_ids(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *joined(GPtrArray *ids) {
  g_ptr_array_sort(ids, compare_ids);
  g_ptr_array_add(ids, NULL);
  return g_strjoinv(" ", (char **)ids->pdata);
}

/* *N_UNDATED gets how many items only lack a date. */
static char *scan(World *world, const OnrAst *ast, OnrTable table, guint *n, guint64 *n_undated) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  *n_undated = 0;
  for (guint i = 0; i < world->articles->len; i++) {
    const OnrArticle *article = world->articles->pdata[i];
    guint n_items = table == ONR_TABLE_QUOTES ? article->quotes->len : 1;
    for (guint j = 0; j < n_items; j++) {
      if (onr_naive_holds(world->naive, ast, table, i, j))
        g_ptr_array_add(ids, table == ONR_TABLE_QUOTES ? g_strdup_printf("%s#%u", article->id, g_array_index(article->quotes, OnrQuoteRow, j).number)
                                                       : g_strdup(article->id));
      *n_undated += onr_naive_lacks_date(world->naive, ast, table, i, j) ? 1 : 0;
    }
  }
  *n = ids->len;
  return joined(ids);
}

/* The ids that a ranked search gives. */
static char *ids_of(const OnrResults *results) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < results->rows->len; i++)
    g_ptr_array_add(ids, g_strdup(((OnrRow *)results->rows->pdata[i])->id));
  return joined(ids);
}

static int compare_rows(gconstpointer a, gconstpointer b) {
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* The rows that a search gives and those that a match gives are the same. */
static void check_match(OnrQuery *query, const OnrResults *results, const char *text) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GError) error = NULL;
  cr_assert_eq(onr_query_match(query, rows, &error), TRUE, "%s: %s", text, error ? error->message : "");
  cr_assert_eq(rows->len, results->rows->len, "%s: match has %u rows, search %u", text, rows->len,
               results->rows->len);
  for (guint i = 0; i < results->rows->len; i++) {
    gint64 row = ((OnrRow *)results->rows->pdata[i])->row;
    cr_assert_eq(g_array_binary_search(rows, &row, compare_rows, NULL), TRUE, "%s", text);
  }
}

/* --- what is marked --- */

/* PLAN's terms that an item has to have for it to match, those of NOT left out. */
static void collect_terms(const OnrPlan *plan, GHashTable *terms) {
  if (plan->kind == ONR_PLAN_TERM)
    g_hash_table_add(terms, plan->term);
  guint n = !plan->children || plan->kind == ONR_PLAN_ARTICLES ? 0
            : plan->kind == ONR_PLAN_NOT                       ? 1
                                                               : plan->children->len;
  for (guint i = 0; i < n; i++)
    collect_terms(plan->children->pdata[i], terms);
}

static gboolean are_asked(World *world, GHashTable *terms, const char *text, gsize length, gboolean whole) {
  g_autoptr(GArray) words = onr_terms_query(world->fixture->maker, text, length, whole);
  for (guint i = 0; i < words->len; i++) {
    const OnrQueryTerm *word = &g_array_index(words, OnrQueryTerm, i);
    g_autofree char *stem = g_strconcat(ONR_TERM_STEM, word->stem, NULL);
    if (!g_hash_table_contains(terms, word->form) && !g_hash_table_contains(terms, stem))
      return FALSE;
  }
  return words->len > 0;
}

/* Marks lie in order within the text, and every word in them is one that was asked for. Pairs of characters
   that touch are one mark: those are not cut again. */
static void check_marks(World *world, const OnrQuery *query, const OnrRow *row, const char *text) {
  g_autoptr(GHashTable) terms = g_hash_table_new(g_str_hash, g_str_equal);
  const OnrSnippet *snippet = &row->snippet;
  guint32 at = 0;
  collect_terms(onr_query_plan(query), terms);
  cr_assert_eq(g_utf8_validate(snippet->text, -1, NULL), TRUE);
  for (guint i = 0; i < snippet->matches->len; i++) {
    OnrSpan mark = g_array_index(snippet->matches, OnrSpan, i);
    const char *words = snippet->text + mark.begin;
    cr_assert_lt(mark.begin, mark.end);
    cr_assert_geq(mark.begin, at);
    cr_assert_leq(mark.end, strlen(snippet->text));
    at = mark.end;
    cr_assert_eq((guchar)*words >= 0xe3 || are_asked(world, terms, words, onr_span_length(mark), FALSE) ||
                     are_asked(world, terms, words, onr_span_length(mark), TRUE),
                 TRUE, "%s: '%.*s' is marked in '%s'", text, (int)onr_span_length(mark), words,
                 snippet->text);
  }
}

static gboolean asks_names(const OnrAst *ast) {
  return onr_ast_has_field(ast, ONR_FIELD_SPEAKER) || onr_ast_has_field(ast, ONR_FIELD_MENTION) ||
         onr_ast_has_field(ast, ONR_FIELD_PERSON) || onr_ast_has_field(ast, ONR_FIELD_ORG) ||
         onr_ast_has_field(ast, ONR_FIELD_PLACE);
}

#define ROWS_SHOWN 3

static guint check_shown(World *world, OnrQuery *query, const OnrResults *results, const char *text) {
  guint n_marks = 0;
  for (guint i = 0; i < MIN(results->rows->len, ROWS_SHOWN); i++) {
    OnrRow *row = results->rows->pdata[i];
    g_autoptr(GError) error = NULL;
    cr_assert_eq(onr_query_fill_row(query, row, i, &error), TRUE, "%s: %s", text,
                 error ? error->message : "");
    n_marks += row->snippet.matches->len;
    if (!asks_names(onr_query_ast(query)))
      check_marks(world, query, row, text);
    onr_row_empty(row);
  }
  return n_marks;
}

/* --- one query --- */

typedef struct {
  guint n_some, n_marks; /* queries that found something; marks that were looked at */
} Tally;

static void check_query(World *world, OnrTable table, const char *text, gboolean any, Tally *tally) {
  const OnrRunSpec all = {.sort = ONR_SORT_RELEVANCE};
  const OnrQueryOptions options = {.any = any};
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrQuery) query = onr_query_new(world->fixture->archive, table, text, &options, &error);
  cr_assert_not_null(query, "%s: %s", text, error ? error->message : "");
  g_autoptr(OnrResults) results = onr_query_run(query, &all, &error);
  cr_assert_not_null(results, "%s: %s", text, error ? error->message : "");
  guint64 n_undated;
  guint n_found;
  g_autofree char *should = scan(world, onr_query_ast(query), table, &n_found, &n_undated);
  g_autofree char *is = ids_of(results);
  cr_assert_str_eq(is, should, "%s %s%s\n  is:     %s\n  should: %s", table ? "quotes" : "search",
                   any ? "--any " : "", text, is, should);
  cr_assert_eq(results->n_matches, n_found, "%s", text);
  cr_assert_eq(results->n_undated, n_undated, "%s: %" G_GUINT64_FORMAT " undated, not %" G_GUINT64_FORMAT,
               text, n_undated, results->n_undated);
  check_match(query, results, text);
  tally->n_some += n_found > 0;
  tally->n_marks += check_shown(world, query, results, text);
}

/* The one query that was asked for, over both tables. */
static gboolean check_given(World *world) {
  const char *text = g_getenv("ONR_PROPERTY_QUERY");
  Tally tally = {0};
  for (int table = ONR_TABLE_ARTICLES; text && table <= ONR_TABLE_QUOTES; table++)
    check_query(world, (OnrTable)table, text, FALSE, &tally);
  return text != NULL;
}

Test(property, archive_finds_what_a_scan_finds) {
  guint seed = setting("ONR_PROPERTY_SEED", DEFAULT_SEED),
        n = setting("ONR_PROPERTY_QUERIES", DEFAULT_QUERIES);
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  World *world = world_new(random);
  Tally tally = {0};
  gboolean is_given = check_given(world);
  for (guint i = 0; !is_given && i < n; i++) {
    OnrTable table = i & 1 ? ONR_TABLE_QUOTES : ONR_TABLE_ARTICLES;
    g_autofree char *text = onr_generate_query(random, table, world->articles);
    check_query(world, table, text, g_rand_int_range(random, 0, 5) == 0, &tally);
  }
  world_free(world);
  if (is_given)
    return;
  g_print("%s: %u queries compared, %u of them found something, %u marks looked at (seed %u)\n",
          onr_fixture_engine(), n, tally.n_some, tally.n_marks, seed);
  cr_assert_gt(tally.n_some, n / 3, "the queries find too little to tell anything");
  cr_assert_gt(tally.n_marks, n / 3, "too little is marked to tell anything");
}
