/* SPDX-License-Identifier: GPL-2.0-or-later */
/* check is silent over what is whole and speaks of damage. */
#include "fixture.h"

#include "archive/fts5/dictionary.h"

#include <sqlite3.h>
#include <string.h>

ONR_SUITE(engine_check);

static GPtrArray *findings_of(Fixture *fixture) {
  GError *error = NULL;
  GPtrArray *findings = g_ptr_array_new_with_free_func(g_free);
  fixture->engine_class->check(fixture->engine, findings, &error);
  fixture_no_error(error);
  return findings;
}

Test(engine_check, a_whole_index_has_no_finding) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 4);
    for (guint i = 0; i < 3; i++) {
      fixture_put_random(fixture, 15);
      fixture_remove_random(fixture, 4);
      g_autoptr(GPtrArray) findings = findings_of(fixture);
      cr_assert_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
    }
  }
}

/* Damage that is planted with SQL in the record's file, for the engine that lives there. */
typedef struct {
  const char *sql;
  const char *finding; /* in one of the findings */
} Damage;

static const Damage damages[] = {
    {"UPDATE fts5_term_block SET entries = substr(entries, 1, length(entries) - 1) WHERE id >> 32 = 1",
     "block 0 of run 1 of the article terms is damaged"},
    {"UPDATE fts5_term_block SET entries = x'0102' WHERE id >> 32 = 2",
     "block 0 of run 2 of the quote terms is damaged"},
    {"DELETE FROM fts5_term_first WHERE run = 1", "of the article terms is damaged"},
    {"DELETE FROM fts5_term_run WHERE run = 1", "is in the lists but not counted"},
    {"UPDATE fts5_total SET length = length + 1 WHERE item_table = 0", "totals say"},
    {"UPDATE fts5_total SET n_items = n_items - 1 WHERE item_table = 1", "totals say"},
    {"UPDATE fts5_column SET data = zeroblob(length(data)) WHERE key = 0", "is not indexed"},
    {"UPDATE fts5_column SET data = zeroblob(length(data)) WHERE key >> 32 = 1", "another day"},
    {"UPDATE fts5_column SET data = zeroblob(length(data)) WHERE key >> 32 = 6", "another kind"},
    {"UPDATE fts5_column SET data = zeroblob(length(data)) WHERE key >> 32 = 5", "another article"},
    {"UPDATE fts5_column SET data = x'0102' WHERE key >> 32 = 2", "is damaged"},
    {"UPDATE fts5_article_data SET block = substr(block, 1, length(block) / 2) WHERE id > 1000",
     "article lists"},
    {"DELETE FROM fts5_quote_data WHERE id > 1000", "quote lists"},
};

static void plant(const Fixture *fixture, const char *sql) {
  g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
  sqlite3 *db;
  cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
  cr_assert_eq(sqlite3_exec(db, "PRAGMA writable_schema = 1", NULL, NULL, NULL), SQLITE_OK);
  char *message = NULL;
  sqlite3_exec(db, sql, NULL, NULL, &message);
  cr_assert_null(message, "%s: %s", sql, message);
  cr_assert_gt(sqlite3_total_changes(db), 0, "%s changed nothing", sql);
  sqlite3_close(db);
}

static gboolean tells(const GPtrArray *findings, const char *what) {
  for (guint i = 0; i < findings->len; i++)
    if (strstr(findings->pdata[i], what))
      return TRUE;
  return FALSE;
}

Test(engine_check, planted_damage_is_found) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5");
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    g_autoptr(Fixture) fixture = fixture_new(fts5, 4);
    fixture_put_random(fixture, 30);
    plant(fixture, damages[i].sql);
    fixture_reopen(fixture);
    g_autoptr(GPtrArray) findings = findings_of(fixture);
    cr_assert_neq(tells(findings, damages[i].finding), 0, "%s: %u findings, first: %s", damages[i].sql,
                  findings->len, findings->len ? (char *)findings->pdata[0] : "none");
    cr_assert_lt(findings->len, 60, "%s: findings are not summed up", damages[i].sql);
  }
}

/* --- a dictionary that says otherwise than the lists --- */

/* Adds to the counts of TERM, which becomes a form of STEM where this is not NULL. */
static void miscount(Fixture *fixture, OnrTable table, const char *term, const char *stem, gint64 n_items,
                     gint64 n_postings) {
  GError *error = NULL;
  g_auto(OnrTermCounts) counts = {0};
  onr_term_counts_reset(&counts);
  const char *names[] = {term, stem};
  for (guint i = 0; i < (stem ? 2 : 1); i++) {
    gsize length = strlen(names[i]);
    OnrTermCount count = {.term = names[i],
                          .length = (guint8)length,
                          .hash = onr_term_hash(names[i], length),
                          .stem = stem ? 1 : 0,
                          .n_items = i ? 0 : (guint32)ABS(n_items),
                          .n_postings = i ? 0 : (guint32)ABS(n_postings)};
    g_array_append_val(counts.terms, count);
  }
  fixture_begin(fixture);
  g_autoptr(OnrDictionary) dictionary = onr_dictionary_new(fixture->record, table);
  onr_dictionary_count(dictionary, &counts, n_items + n_postings < 0 ? -1 : 1);
  onr_dictionary_flush(dictionary, &error);
  fixture_no_error(error);
  fixture_commit(fixture);
}

/* Takes away all that the dictionary says of TERM; as a form of STEM too where this is not NULL. */
static void uncount(Fixture *fixture, OnrTable table, const char *term, const char *stem) {
  GError *error = NULL;
  guint64 n_items, n_postings;
  g_autoptr(OnrDictionary) dictionary = onr_dictionary_new(fixture->record, table);
  onr_dictionary_find(dictionary, term, &n_items, &n_postings, &error);
  fixture_no_error(error);
  cr_assert_gt(n_items, 0);
  miscount(fixture, table, term, stem, -(gint64)n_items, -(gint64)n_postings);
}

static void count_an_article_more(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_ARTICLES, "the", NULL, 1, 0);
}

static void count_a_posting_more(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_QUOTES, "the", NULL, 0, 1);
}

static void count_less_than_nothing(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_QUOTES, "the", NULL, -100000, -100000);
}

static void count_a_stem_more(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_ARTICLES, "Zwar", NULL, 1, 1);
}

static void lose_a_term(Fixture *fixture) {
  uncount(fixture, ONR_TABLE_ARTICLES, "war", NULL);
}

static void lose_a_stem(Fixture *fixture) {
  uncount(fixture, ONR_TABLE_ARTICLES, "Zwar", NULL);
}

static void invent_an_early_term(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_ARTICLES, "aaaa", NULL, 1, 1);
}

static void invent_a_late_term(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_ARTICLES, "zzzz", NULL, 1, 1);
}

static void lose_a_form(Fixture *fixture) {
  uncount(fixture, ONR_TABLE_ARTICLES, "wars", "Zwar");
}

static void invent_a_form(Fixture *fixture) {
  miscount(fixture, ONR_TABLE_QUOTES, "the", "Zwar", 1, 0);
}

typedef struct {
  void (*miscount)(Fixture *fixture);
  const char *finding; /* in one of the findings */
} Miscount;

static const Miscount miscounts[] = {
    {count_an_article_more, "article term 'the' is counted in"},
    {count_an_article_more, "as a form of 'Zthe' in"},
    {count_a_posting_more, "quote term 'the' is counted in"},
    {count_less_than_nothing, "term 'the' is counted in -"},
    {count_a_stem_more, "stem 'Zwar' is counted in"},
    {lose_a_term, "'war' is in the lists but not counted"},
    {lose_a_term, "article term 'war' is counted in 0 items, as a form of 'Zwar' in"},
    {lose_a_stem, "article stem 'Zwar' has the form 'war' but is not counted"},
    {invent_an_early_term, "'aaaa' is counted but in no list"},
    {invent_a_late_term, "'zzzz' is counted but in no list"},
    {lose_a_form, "stem 'Zwar' is counted in"},
    {invent_a_form, "stem 'Zwar' is counted in"},
    {invent_a_form, "as a form of 'Zwar' in 1"},
};

Test(engine_check, a_dictionary_that_miscounts_is_found) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5");
  for (guint i = 0; i < G_N_ELEMENTS(miscounts); i++) {
    g_autoptr(Fixture) fixture = fixture_new(fts5, 4);
    fixture_put_random(fixture, 30);
    miscounts[i].miscount(fixture);
    fixture_reopen(fixture);
    g_autoptr(GPtrArray) findings = findings_of(fixture);
    cr_assert_neq(tells(findings, miscounts[i].finding), 0, "%s: %u findings, first: %s",
                  miscounts[i].finding, findings->len, findings->len ? (char *)findings->pdata[0] : "none");
  }
}

/* An engine that finds its own files damaged says so instead of answering wrongly or crashing. */
Test(engine_check, searches_over_damage_report_it) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5");
  g_autoptr(Fixture) fixture = fixture_new(fts5, 4);
  fixture_put_random(fixture, 30);
  plant(fixture, "UPDATE fts5_article_data SET block = substr(block, 1, 6) WHERE id > 1000");
  plant(fixture, "UPDATE fts5_column SET data = x'01' WHERE key >> 32 = 4");
  fixture_reopen(fixture);
  for (int table = 0; table < 2; table++) {
    g_autoptr(OnrPlan) plan = onr_plan_term("the");
    g_auto(OnrHits) hits = {0};
    g_autoptr(GError) error = NULL;
    OnrSearchSpec spec = {.table = (OnrTable)table, .limit = 10};
    cr_assert_eq(fts5->search(fixture->engine, plan, &spec, &hits, &error), FALSE);
    cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), 0, "%s", error->message);
  }
}

/* A format of FTS5 that this program does not know is refused, not guessed at. */
Test(engine_check, lists_of_another_format_are_refused) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5");
  g_autoptr(Fixture) fixture = fixture_new(fts5, 4);
  fixture_put_random(fixture, 5);
  plant(fixture, "UPDATE fts5_article_config SET v = 9 WHERE k = 'version'");
  fixture_reopen(fixture);
  g_autoptr(OnrPlan) plan = onr_plan_term("the");
  g_auto(OnrHits) hits = {0};
  g_autoptr(GError) error = NULL;
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES, .limit = 10};
  cr_assert_eq(fts5->search(fixture->engine, plan, &spec, &hits, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED), 0, "%s", error->message);
}

/* An index of an older program is refused until it is made anew, which leaves nothing of it. */
Test(engine_check, an_index_of_another_format_asks_for_reindex) {
  const OnrEngineClass *fts5 = onr_engine_class("fts5");
  g_autoptr(Fixture) fixture = fixture_new(fts5, 4);
  fixture_put_random(fixture, 5);
  plant(fixture, "DELETE FROM setting WHERE name = 'fts5_format'");
  plant(fixture, "CREATE TABLE fts5_article_form (x); INSERT INTO fts5_article_form VALUES (1)");
  fixture_reopen(fixture);
  g_autoptr(OnrPlan) plan = onr_plan_term("the");
  g_auto(OnrHits) hits = {0};
  g_autoptr(GError) error = NULL;
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES, .limit = 10};
  cr_assert_eq(fts5->search(fixture->engine, plan, &spec, &hits, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED), 0, "%s", error->message);
  cr_assert_not_null(strstr(error->message, "format 1, this program knows 2: run `onrecord reindex`"), "%s",
                     error->message);
  fixture_begin(fixture);
  GError *local = NULL;
  onr_archive_reset_index(fixture->archive, NULL, NULL, &local);
  fixture_no_error(local);
  fixture_commit(fixture);
  fixture_reopen(fixture);
  cr_assert_neq(fts5->search(fixture->engine, plan, &spec, &hits, &local), 0);
  fixture_no_error(local);
  g_autoptr(OnrOwnStatement) s =
      onr_database_prepare(onr_record_database(fixture->record),
                           "SELECT 1 FROM sqlite_schema WHERE name = 'fts5_article_form'", &local);
  cr_assert_eq(onr_step(s, &local), ONR_STEP_DONE);
}

/* Whatever bytes the pages of the lists hold, a search ends with an answer or an error. */
static void search_all(Fixture *fixture) {
  static const char *const words[] = {"the", "Zwar", "talks", "Sthe", "zzz"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    for (int table = 0; table < 2; table++) {
      OnrPlan *plan = onr_plan_group(i % 2 ? ONR_PLAN_PHRASE : ONR_PLAN_OR);
      onr_plan_add(plan, onr_plan_term(words[i]));
      onr_plan_add(plan, onr_plan_term("of"));
      g_auto(OnrHits) hits = {0};
      g_autoptr(GError) error = NULL;
      OnrSearchSpec spec = {.table = (OnrTable)table, .limit = 10};
      gboolean is_answered = fixture->engine_class->search(fixture->engine, plan, &spec, &hits, &error);
      cr_assert_eq(is_answered, error == NULL);
      onr_plan_free(plan);
    }
}

static void store_page(sqlite3 *db, const char *table, gint64 id, const guint8 *bytes, int n) {
  sqlite3_stmt *s;
  g_autofree char *sql = g_strdup_printf("UPDATE fts5_%s_data SET block = ?2 WHERE id = ?1", table);
  cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  sqlite3_bind_int64(s, 1, id);
  sqlite3_bind_blob(s, 2, bytes, n, SQLITE_STATIC);
  cr_assert_eq(sqlite3_step(s), SQLITE_DONE);
  sqlite3_finalize(s);
}

/* A few bytes changed, most often in the page's head, now and then the page cut short. Returns its new
 * length. */
static int scramble(GRand *rand, guint8 *bytes, int n) {
  for (gint32 k = g_rand_int_range(rand, 1, 4); k > 0; k--)
    bytes[g_rand_int_range(rand, 0, g_rand_boolean(rand) ? MIN(n, 24) : n)] = (guint8)g_rand_int(rand);
  return g_rand_int_range(rand, 0, 8) ? n : g_rand_int_range(rand, 0, n);
}

/* Scrambles page PAGE of the lists of TABLE, searches, and puts it back. */
static void search_over_scrambled(Fixture *fixture, sqlite3 *db, const char *table, gint32 page) {
  sqlite3_stmt *s;
  g_autofree char *sql =
      g_strdup_printf("SELECT id, block FROM fts5_%s_data WHERE id >= 10 LIMIT 1 OFFSET %d", table, page);
  cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
  cr_assert_eq(sqlite3_step(s), SQLITE_ROW);
  gint64 id = sqlite3_column_int64(s, 0);
  int n = sqlite3_column_bytes(s, 1);
  g_autofree guint8 *whole = g_memdup2(sqlite3_column_blob(s, 1), (gsize)n);
  g_autofree guint8 *broken = g_memdup2(whole, (gsize)n);
  sqlite3_finalize(s);
  int n_broken = scramble(fixture->rand, broken, n);
  store_page(db, table, id, broken, n_broken);
  search_all(fixture);
  store_page(db, table, id, whole, n);
}

Test(engine_check, scrambled_pages_do_no_harm) {
  g_autoptr(Fixture) fixture = fixture_new(onr_engine_class("fts5"), 4);
  fixture_put_random(fixture, 60);
  fixture_put_random(fixture, 10);
  g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
  sqlite3 *db;
  cr_assert_eq(sqlite3_open(file, &db), SQLITE_OK);
  cr_assert_eq(sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL), SQLITE_OK);
  for (gint32 i = 0; i < 300; i++)
    search_over_scrambled(fixture, db, i % 2 ? "article" : "quote", i / 2 % 3);
  search_all(fixture);
  sqlite3_close(db);
}
