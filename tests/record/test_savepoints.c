/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A statement that may have to be undone by half opens a savepoint, and at every savepoint FTS5 writes out
   all that it has gathered: a statement like that in a put would make indexing several times slower and its
   index much larger. A virtual table that counts savepoints finds them: statements with RETURNING, or INSERT
   from a SELECT. */
#include "fixture.h"

#include "archive/database.h"

#include <string.h>

ONR_SUITE(savepoints);

typedef struct {
  sqlite3_vtab base;
  guint *n;
} Counting;

static int connect_counting(sqlite3 *db, void *n, int argc, const char *const *argv, sqlite3_vtab **out,
                            char **error) {
  (void)argc, (void)argv, (void)error;
  Counting *table = sqlite3_malloc(sizeof *table);
  *table = (Counting){.n = n};
  *out = &table->base;
  return sqlite3_declare_vtab(db, "CREATE TABLE x (a)");
}

static int disconnect_counting(sqlite3_vtab *table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

static int plan_nothing(sqlite3_vtab *table, sqlite3_index_info *info) {
  (void)table, (void)info;
  return SQLITE_CONSTRAINT;
}

static int take(sqlite3_vtab *table, int argc, sqlite3_value **argv, sqlite3_int64 *row) {
  (void)table, (void)argc, (void)argv;
  *row = 1;
  return SQLITE_OK;
}

static int do_nothing(sqlite3_vtab *table) {
  (void)table;
  return SQLITE_OK;
}

static int count_savepoint(sqlite3_vtab *table, int level) {
  (void)level;
  ++*((Counting *)table)->n;
  return SQLITE_OK;
}

static const sqlite3_module counting = {.iVersion = 2,
                                        .xCreate = connect_counting,
                                        .xConnect = connect_counting,
                                        .xBestIndex = plan_nothing,
                                        .xDisconnect = disconnect_counting,
                                        .xDestroy = disconnect_counting,
                                        .xUpdate = take,
                                        .xBegin = do_nothing,
                                        .xCommit = do_nothing,
                                        .xRollback = do_nothing,
                                        .xSavepoint = count_savepoint};

static void begin(OnrRecord *record) {
  GError *error = NULL;
  require(onr_record_begin(record, &error), error);
  require(onr_database_exec(onr_record_database(record), "INSERT INTO counting VALUES (1)", &error), error);
}

static void register_counting(OnrRecord *record, guint *n) {
  GError *error = NULL;
  sqlite3 *db = onr_record_database(record);
  cr_assert_eq(sqlite3_create_module(db, "counting", &counting, n), SQLITE_OK);
  require(onr_database_exec(db, "CREATE VIRTUAL TABLE temp.counting USING counting", &error), error);
}

static void expect_none(guint *n, const char *what) {
  cr_expect_eq(*n, 0, "%s opens %u savepoints", what, *n);
  *n = 0;
}

Test(savepoints, are_not_opened_by_puts_removals_and_commits) {
  char *dir = fixture_begin();
  GError *error = NULL;
  guint n = 0;
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  g_autoptr(OnrRecord) record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  require(record != NULL, error);
  register_counting(record, &n);
  begin(record);
  require(onr_database_exec(onr_record_database(record), "SAVEPOINT x; RELEASE x", &error), error);
  cr_assert_gt(n, 0, "the counting table does not count");
  n = 0;
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) article = sample_article(i);
    gint64 row;
    OnrSource source = {.path = article->path, .member = "", .size_bytes = 1};
    require(onr_record_put_source(record, &source, &row, &error), error);
    expect_none(&n, "putting a source");
    require(onr_record_put_article(record, article, NULL, &error), error);
    require(onr_record_touch_source(record, row, 2, 3, &error), error);
    expect_none(&n, "putting an article");
  }
  require(onr_record_commit(record, &error), error);
  expect_none(&n, "a commit");
  begin(record);
  require(onr_record_remove_article(record, 1, &error), error);
  expect_none(&n, "removing an article");
  require(onr_record_remove_article(record, 2, &error), error);
  require(onr_record_clear_items(record, "/news/a.jsonl", &error), error);
  require(onr_record_remove_source(record, "/news/a.jsonl", &error), error);
  expect_none(&n, "removing a source");
  require(onr_record_commit(record, &error), error);
  expect_none(&n, "a commit after removals");
  fixture_end(dir);
}
