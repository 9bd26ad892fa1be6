/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's class: the slots of OnrEngineClass over the parts of this folder. */
#include "archive/fts5/engine.h"

#include "archive/fts5/best.h"
#include "archive/fts5/tree.h"

static inline OnrIndex *index_of(OnrEngine *engine) {
  return (OnrIndex *)engine;
}

static const char *library_version(void) {
  return sqlite3_libversion();
}

/* --- life --- */

static gboolean create(OnrRecord *record, GError **error) {
  static const char tables[] =
      "CREATE TABLE fts5_column (key INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;"
      "CREATE TABLE fts5_total (item_table INTEGER PRIMARY KEY, n_items INTEGER NOT NULL, length INTEGER NOT "
      "NULL) STRICT;"
      "INSERT INTO fts5_total VALUES (0, 0, 0), (1, 0, 0)";
  sqlite3 *db = onr_record_database(record);
  return onr_inverted_create(db, error) && onr_dictionary_create(db, error) &&
         onr_database_exec(db, tables, error) &&
         onr_record_set_setting(record, ONR_FTS5_FORMAT_SETTING, ONR_FTS5_FORMAT, error);
}

static void close_engine(OnrEngine *engine) {
  OnrIndex *index = index_of(engine);
  if (!index)
    return;
  onr_columns_free(index->columns);
  for (int t = 0; t < ONR_N_TABLES; t++) {
    onr_dictionary_free(index->dictionaries[t]);
    onr_segments_free(index->segments[t]);
  }
  g_free(index);
}

static OnrEngine *open_engine(OnrRecord *record, gboolean is_writable, GError **error) {
  OnrHandover *handover = onr_inverted_register(onr_record_database(record), error);
  if (!handover)
    return NULL;
  OnrIndex *index = g_new0(OnrIndex, 1);
  index->record = record;
  index->handover = handover;
  index->is_writable = is_writable;
  index->bm25 = ONR_BM25_DEFAULT;
  index->columns = onr_columns_new(record);
  for (int t = 0; t < ONR_N_TABLES; t++) {
    index->dictionaries[t] = onr_dictionary_new(record, (OnrTable)t);
    index->segments[t] = onr_segments_new(record, (OnrTable)t);
  }
  return (OnrEngine *)index;
}

/* --- writing --- */

static gboolean put(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row,
                    const OnrArticlePostings *postings, GError **error) {
  return onr_index_put(index_of(engine), article, first_quote_row, postings, error);
}

static gboolean take_out(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row,
                         const OnrArticlePostings *postings, GError **error) {
  return onr_index_remove(index_of(engine), article, first_quote_row, postings, error);
}

static gboolean flush(OnrEngine *engine, GError **error) {
  return onr_index_flush(index_of(engine), error);
}

static gboolean rollback(OnrEngine *engine, GError **error) {
  (void)error;
  onr_index_forget(index_of(engine));
  return TRUE;
}

/* Everything is in the record's own file. */
static void clean(OnrRecord *record) {
  (void)record;
}

static guint64 size_bytes(OnrEngine *engine) {
  (void)engine;
  return 0;
}

static gboolean settle(OnrEngine *engine, gboolean *is_done, GError **error) {
  return onr_index_settle(index_of(engine), is_done, error);
}

static gboolean optimise(OnrEngine *engine, GError **error) {
  OnrIndex *index = index_of(engine);
  index->is_list_pending = TRUE;
  if (!onr_index_flush(index, error))
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!onr_inverted_optimise(index->record, (OnrTable)t, error) ||
        !onr_dictionary_optimise(index->dictionaries[t], error))
      return FALSE;
  return TRUE;
}

static gboolean list_tables(sqlite3 *db, GPtrArray *names, GError **error) {
  g_autoptr(OnrOwnStatement) s =
      onr_database_prepare(db,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'fts5_*'"
                           " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC, name",
                           error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(names, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

static gboolean drop_table(sqlite3 *db, const char *name, GError **error) {
  g_autofree char *sql = g_strdup_printf("DROP TABLE IF EXISTS \"%s\"", name);
  return onr_database_exec(db, sql, error);
}

/* All tables whose names begin as the engine's do, whatever format made them; FTS5's first, which take their
 * own tables with them. */
static gboolean drop(OnrEngine *engine, GError **error) {
  OnrIndex *index = index_of(engine);
  onr_record_drop_statements(index->record);
  onr_index_forget(index);
  sqlite3 *db = onr_record_database(index->record);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  if (!list_tables(db, names, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!drop_table(db, names->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- reading --- */

/* What a search does with each match. */
typedef struct {
  OnrRun run;
  OnrBest best;
  guint64 n_matches, n_articles;
  guint32 last_article; /* quotes of one article are neighbours */
} Tally;

static void tally_match(guint32 row, double score, gpointer data) {
  Tally *tally = data;
  guint32 article = onr_run_article_of(&tally->run, row);
  tally->n_matches++;
  tally->n_articles += article != tally->last_article;
  tally->last_article = article;
  gint32 day = ONR_NO_DAY;
  if (tally->best.sort != ONR_SORT_RELEVANCE)
    day = onr_day_decode(onr_columns_get(tally->run.index->columns, ONR_ARTICLE_DAY, article));
  onr_best_add(&tally->best, row, score, day);
}

static gboolean finish_search(Tally *tally, const OnrSearchSpec *spec, OnrHits *out, GError **error) {
  g_autoptr(GArray) hits = g_array_new(FALSE, FALSE, sizeof(OnrHit));
  if (!onr_best_finish(&tally->best, tally->run.index, spec->table, spec->offset, hits, error))
    return FALSE;
  onr_hits_clear(out);
  out->hits = g_steal_pointer(&hits);
  out->n_matches = tally->n_matches;
  out->n_articles = tally->n_articles;
  return TRUE;
}

static gboolean search(OnrEngine *engine, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *out,
                       GError **error) {
  OnrIndex *index = index_of(engine);
  g_auto(OnrReading) reading = {0};
  if (!onr_reading_begin(&reading, index, error))
    return FALSE;
  Tally tally = {.run = {.index = index, .table = spec->table, .high = ONR_ROW_MAX}};
  onr_best_init(&tally.best, spec->sort, spec->limit ? (guint64)spec->offset + spec->limit : 0);
  gboolean ok = onr_run_plan(&tally.run, plan, TRUE, tally_match, &tally, NULL, error) &&
                finish_search(&tally, spec, out, error);
  onr_best_clear(&tally.best);
  return ok;
}

static void add_row(guint32 row, double score, gpointer data) {
  (void)score;
  gint64 wide = row;
  g_array_append_val((GArray *)data, wide);
}

static gboolean match(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GArray *rows, GError **error) {
  OnrRun run = {.index = index_of(engine), .table = table, .high = ONR_ROW_MAX};
  g_auto(OnrReading) reading = {0};
  return onr_reading_begin(&reading, run.index, error) &&
         onr_run_plan(&run, plan, FALSE, add_row, rows, NULL, error);
}

static gboolean term_stats(OnrEngine *engine, OnrTable table, const char *term, OnrTermStats *out,
                           GError **error) {
  OnrIndex *index = index_of(engine);
  g_auto(OnrReading) reading = {0};
  guint64 n_items, n_postings;
  if (!onr_reading_begin(&reading, index, error) ||
      !onr_dictionary_find(index->dictionaries[table], term, &n_items, &n_postings, error))
    return FALSE;
  *out = (OnrTermStats){.n_items = index->totals[table].n_items,
                        .average_length = onr_index_average_length(index, table),
                        .doc_frequency = n_items,
                        .collection_frequency = n_postings};
  return TRUE;
}

static gboolean expand(OnrEngine *engine, OnrTable table, const char *prefix, guint limit, GPtrArray *terms,
                       GError **error) {
  OnrIndex *index = index_of(engine);
  g_auto(OnrReading) reading = {0};
  return onr_reading_begin(&reading, index, error) &&
         onr_dictionary_expand(index->dictionaries[table], prefix, limit, terms, error);
}

static void ignore_row(guint32 row, double score, gpointer data) {
  (void)row, (void)score, (void)data;
}

static gboolean explain(OnrEngine *engine, const OnrPlan *plan, OnrTable table, gint64 row, GArray *scores,
                        GError **error) {
  if (row <= 0 || row > ONR_ROW_MAX)
    return TRUE;
  OnrRun run = {.index = index_of(engine), .table = table, .low = (guint32)row, .high = (guint32)row};
  g_array_set_clear_func(scores, onr_term_score_clear);
  g_auto(OnrReading) reading = {0};
  return onr_reading_begin(&reading, run.index, error) &&
         onr_run_plan(&run, plan, TRUE, ignore_row, NULL, scores, error);
}

static gboolean print(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GString *out, GError **error) {
  OnrRun run = {.index = index_of(engine), .table = table, .high = ONR_ROW_MAX};
  g_auto(OnrReading) reading = {0};
  if (!onr_reading_begin(&reading, run.index, error))
    return FALSE;
  if (!onr_segments_load(run.index->segments[table], error))
    return FALSE;
  g_autoptr(OnrNode) node = onr_node_compile(&run, plan, TRUE, error);
  if (!node)
    return FALSE;
  onr_node_print(&run, node, out);
  return TRUE;
}

static gboolean check(OnrEngine *engine, OnrFindings *findings, GError **error) {
  OnrIndex *index = index_of(engine);
  g_auto(OnrReading) reading = {0};
  return onr_reading_begin(&reading, index, error) && onr_index_check(index, findings, error);
}

const OnrEngineClass ONR_FTS5_ENGINE = {
    .name = "fts5",
    .library_version = library_version,
    .create = create,
    .open = open_engine,
    .close = close_engine,
    .put = put,
    .remove = take_out,
    .flush = flush,
    .rollback = rollback,
    .clean = clean,
    .settle = settle,
    .optimise = optimise,
    .drop = drop,
    .search = search,
    .match = match,
    .term_stats = term_stats,
    .expand = expand,
    .explain = explain,
    .print = print,
    .check = check,
    .size_bytes = size_bytes,
};
