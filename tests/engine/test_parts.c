/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The xapian engine's parts: lists and folders that do not agree, changes in place and their taking back,
   readers beside a writer. */
#include "parts.h"
#include "plans.h"

#include "archive/xapian/engine.h"

#include <glib/gstdio.h>
#include <string.h>

ONR_SUITE(engine_parts);

static void compare_some(Fixture *fixture) {
  static const char *const words[] = {"the", "Zwar", "lighthouse"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    for (int table = 0; table < 2; table++) {
      g_autoptr(OnrPlan) plan = onr_plan_term(words[i]);
      fixture_compare(fixture, plan, (OnrTable)table);
    }
  plans_compare_random(fixture, 4, 2);
}

/* What a fresh reader says of a search; NULL where it answers. */
static GError *search_error(const Fixture *fixture) {
  GError *error = NULL;
  g_autoptr(OnrArchive) reader = onr_archive_open(fixture->dir, ONR_OPEN_READ, &error);
  if (!reader)
    return error;
  g_autoptr(OnrPlan) plan = onr_plan_term("the");
  g_auto(OnrHits) hits = {0};
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES};
  ONR_XAPIAN_ENGINE.search(onr_archive_engine(reader), plan, &spec, &hits, &error);
  return error;
}

static void expect_agreement(const Fixture *fixture, Model *model) {
  g_autoptr(OnrArchive) reader = fixture_open_reader(fixture);
  g_autoptr(OnrPlan) plan = onr_plan_term("the");
  for (int table = 0; table < 2; table++)
    cr_assert_eq(fixture_agrees(reader, model, plan, (OnrTable)table), TRUE);
  GError *error = NULL;
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  onr_archive_check(reader, findings, &error);
  fixture_no_error(error);
  cr_assert_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
}

/* The way out that messages name. */
static void expect_reindex_mends(Fixture *fixture) {
  GError *error = NULL;
  onr_archive_close(fixture->archive);
  fixture->archive = onr_archive_open(fixture->dir, ONR_OPEN_REINDEX, &error);
  fixture_no_error(error);
  fixture_take_engine(fixture);
  fixture_reindex(fixture, &ONR_XAPIAN_ENGINE);
  fixture_commit(fixture);
  fixture_reopen(fixture);
  compare_some(fixture);
  fixture_expect_sound(fixture);
  parts_expect_tidy(fixture);
}

static void expect_refusal(Fixture *fixture, const char *what) {
  gint64 start = g_get_monotonic_time();
  g_autoptr(GError) error = search_error(fixture);
  cr_assert_not_null(error, "%s: a search answers", what);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), 0, "%s: %s", what, error->message);
  cr_assert_not_null(strstr(error->message, "run `onrecord reindex`"), "%s: %s", what, error->message);
  cr_assert_lt(g_get_monotonic_time() - start, G_USEC_PER_SEC, "%s: the reader waits for a writer", what);
}

/* --- lists and folders that do not agree --- */

Test(engine_parts, a_list_that_is_damaged_asks_for_reindex) {
  static const char *const lists[] = {"x",
                                      "1 2 3\n",
                                      "0 1 1 1 1 1 1 1\n",
                                      "1 1 1 1 1 1 1\n",
                                      "1 1 1 1 1 1 1 1 1\n",
                                      "1 1 1 1 1 1 1 x\n",
                                      "1 1 1  1 1 1 1 1\n",
                                      "-1 1 1 1 1 1 1 1\n",
                                      "4294967297 1 1 1 20 1 20 1\n",
                                      "1 1 1 4294967297 20 1 20 1\n",
                                      "1 1 1 20 1 1 20 1\n",
                                      "1 1 1 1 20 1 20 99999999999999999999999\n",
                                      "1 1 1 1 20 1 20 100\n1 1 1 1 20 1 20 100\n",
                                      "1 1 1 1 20 1 20 100"};
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 4);
  fixture_put_random(fixture, 20);
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    g_autofree char *sql =
        g_strdup_printf("UPDATE setting SET value = '%s' WHERE name = 'xapian_parts'", lists[i]);
    parts_plant(fixture, sql);
    expect_refusal(fixture, lists[i]);
  }
  parts_plant(fixture, "DELETE FROM setting WHERE name = 'xapian_parts'");
  expect_refusal(fixture, "no list");
  expect_reindex_mends(fixture);
}

/* Nothing is removed on the word of a list that cannot be read. */
Test(engine_parts, folders_stay_where_the_list_is_damaged) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 4);
  fixture_put_random(fixture, 20);
  guint number = parts_number(fixture, 0);
  g_autofree char *list = onr_record_get_setting(fixture->record, "xapian_parts");
  g_autofree char *path = parts_path(fixture, number, ONR_TABLE_ARTICLES, "");
  static const char *const damages[] = {"UPDATE setting SET value = 'x' WHERE name = 'xapian_parts'",
                                        "DELETE FROM setting WHERE name = 'xapian_parts'"};
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    parts_plant(fixture, damages[i]);
    fixture_reopen(fixture);
    cr_assert_eq(g_file_test(path, G_FILE_TEST_IS_DIR), TRUE, "%s", damages[i]);
  }
  g_autofree char *sql =
      g_strdup_printf("INSERT OR REPLACE INTO setting VALUES ('xapian_parts', '%s')", list);
  parts_plant(fixture, sql);
  fixture_reopen(fixture);
  compare_some(fixture);
}

Test(engine_parts, an_index_of_another_format_asks_for_reindex) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 4);
  fixture_put_random(fixture, 20);
  parts_plant(fixture, "UPDATE setting SET value = '0' WHERE name = 'xapian_format'");
  g_autoptr(GError) error = search_error(fixture);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED), 0, "%s", error->message);
  cr_assert_not_null(strstr(error->message, "run `onrecord reindex`"), "%s", error->message);
  expect_reindex_mends(fixture);
}

/* A writer is refused as a reader is, before it has changed anything. */
static void expect_writer_refused(Fixture *fixture) {
  fixture_reopen(fixture);
  g_autoptr(GError) error = NULL;
  onr_archive_begin(fixture->archive, &error);
  fixture_no_error(error);
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(OnrArticlePostings) postings = onr_article_postings_new();
  article->row = 1000;
  article->id = article->path = "new";
  article->text = "";
  cr_assert_eq(fixture->engine_class->put(fixture->engine, article, 0, postings, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), 0, "%s", error->message);
  cr_assert_not_null(strstr(error->message, "run `onrecord reindex`"), "%s", error->message);
  onr_archive_rollback(fixture->archive);
}

Test(engine_parts, a_folder_that_is_missing_asks_for_reindex) {
  for (int table = 0; table < 2; table++) {
    g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 4);
    fixture_put_random(fixture, 20);
    fixture_put_random(fixture, 20);
    g_autofree char *path = parts_path(fixture, parts_number(fixture, 1), (OnrTable)table, "");
    onr_test_remove_dir(path);
    expect_refusal(fixture, path);
    expect_writer_refused(fixture);
    expect_reindex_mends(fixture);
  }
}

/* --- an index that has gone on --- */

Test(engine_parts, what_a_kill_leaves_changed_goes_back) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 5);
  fixture_put_random(fixture, 30);
  fixture_remove_random(fixture, 2); /* so that something is laid by already */
  g_autofree char *kept = parts_keep_record(fixture);
  Model *before = model_copy(fixture->model);
  fixture_remove_random(fixture, 5);
  parts_put_record_back(fixture, kept);
  model_free(fixture->model);
  fixture->model = before;
  for (guint twice = 0; twice < 2; twice++)
    expect_agreement(fixture, fixture->model); /* nobody has repaired it */
  fixture_reopen(fixture);
  compare_some(fixture);
  fixture_expect_sound(fixture);
  fixture_remove_random(fixture, 5);
  fixture_put_random(fixture, 5);
  expect_agreement(fixture, fixture->model);
  fixture_reopen(fixture);
  compare_some(fixture);
  fixture_expect_sound(fixture);
  parts_expect_tidy(fixture);
}

Test(engine_parts, new_parts_that_a_kill_leaves_are_nobodys) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 5);
  fixture_put_random(fixture, 30);
  g_autofree char *kept = parts_keep_record(fixture);
  Model *before = model_copy(fixture->model);
  fixture_put_random(fixture, 5);
  parts_put_record_back(fixture, kept);
  model_free(fixture->model);
  fixture->model = before;
  expect_agreement(fixture, fixture->model);
  fixture_reopen(fixture);
  parts_expect_tidy(fixture);
  fixture_put_random(fixture, 5);
  compare_some(fixture);
  fixture_expect_sound(fixture);
}

/* Of what a merge has replaced nothing is left to go back to. */
Test(engine_parts, an_index_that_has_gone_on_twice_asks_for_reindex) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 5);
  fixture_put_random(fixture, 30);
  for (guint way = 0; way < 3; way++) {
    g_autofree char *kept = parts_keep_record(fixture);
    Model *before = model_copy(fixture->model);
    guint number = parts_number(fixture, 0);
    fixture_remove_random(fixture, 2);
    if (way == 1)
      fixture_remove_random(fixture, 2);
    if (way == 2) {
      GError *error = NULL;
      onr_archive_compact(fixture->archive, &error);
      fixture_no_error(error);
    }
    parts_put_record_back(fixture, kept);
    model_free(fixture->model);
    fixture->model = before;
    if (way == 0) {
      g_autofree char *laid_by = parts_path(fixture, number, ONR_TABLE_ARTICLES, ".before");
      onr_test_remove_dir(laid_by);
    }
    expect_refusal(fixture, "gone on");
    expect_writer_refused(fixture);
    expect_reindex_mends(fixture);
  }
}

/* --- taking back --- */

Test(engine_parts, a_rolled_back_batch_of_all_kinds_leaves_no_trace) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 6);
    fixture_put_random(fixture, 20);
    for (guint round = 0; round < 12; round++) {
      fixture_begin(fixture);
      for (guint n = 0; n < 6; n++) {
        const GPtrArray *articles = fixture->model->items[ONR_TABLE_ARTICLES];
        if (g_rand_boolean(fixture->rand) && articles->len)
          fixture_remove(
              fixture,
              ((ModelItem *)articles->pdata[g_rand_int_range(fixture->rand, 0, (gint32)articles->len)])->row);
        else
          fixture_put_one(fixture);
        if (n == round % 6) {
          g_autoptr(OnrPlan) plan = onr_plan_term("the");
          fixture_compare(fixture, plan, ONR_TABLE_QUOTES);
        }
      }
      if (round % 3)
        fixture_rollback(fixture);
      else
        fixture_commit(fixture);
      compare_some(fixture);
    }
    fixture_expect_sound(fixture);
    fixture_reopen(fixture);
    compare_some(fixture);
  }
}

/* Where the version file of the last revision should be laid by is a folder: the change cannot be made. */
Test(engine_parts, a_flush_that_fails_is_taken_back) {
  for (int table = 0; table < 2; table++) {
    g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 6);
    fixture_put_random(fixture, 20);
    fixture_remove_random(fixture, 3);
    g_autofree char *laid_by = parts_path(fixture, parts_number(fixture, 0), (OnrTable)table, ".before");
    g_autofree char *file = g_build_filename(laid_by, "iamglass", NULL);
    g_unlink(file);
    g_mkdir(file, 0777);
    g_autofree char *inside = g_build_filename(file, "inside", NULL);
    g_mkdir(inside, 0777);
    fixture_begin(fixture);
    fixture_put_one(fixture);
    for (guint n = 0; n < 4; n++)
      fixture_remove(fixture, ((ModelItem *)fixture->model->items[ONR_TABLE_ARTICLES]->pdata[2 * n])->row);
    g_autoptr(GError) error = NULL;
    cr_assert_eq(onr_archive_commit(fixture->archive, &error), FALSE);
    cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_IO), 0, "%s", error->message);
    fixture_rollback(fixture);
    compare_some(fixture);
    onr_test_remove_dir(file);
    fixture_expect_sound(fixture);
    fixture_remove_random(fixture, 3);
    fixture_put_random(fixture, 3);
    compare_some(fixture);
    fixture_expect_sound(fixture);
    parts_expect_tidy(fixture);
  }
}

Test(engine_parts, a_new_index_that_is_rolled_back_leaves_the_old_one) {
  for (guint from = 0; fixture_class(from); from++)
    for (guint to = 0; fixture_class(to); to++) {
      g_autoptr(Fixture) fixture = fixture_new(fixture_class(from), 6);
      fixture_put_random(fixture, 20);
      fixture_reindex(fixture, fixture_class(to));
      g_autoptr(OnrPlan) plan = onr_plan_term("the");
      fixture_compare(fixture, plan, ONR_TABLE_QUOTES);
      fixture_rollback(fixture);
      cr_assert_eq(fixture->engine_class, fixture_class(from));
      compare_some(fixture);
      parts_expect_tidy(fixture);
      fixture_put_random(fixture, 5);
      compare_some(fixture);
      fixture_expect_sound(fixture);
    }
}

Test(engine_parts, an_engine_that_goes_leaves_no_folder) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 6);
  g_autofree char *folder = g_build_filename(fixture->dir, "xapian", NULL);
  static const char *const engines[] = {"fts5", "xapian", "xapian", "fts5"};
  fixture_put_random(fixture, 20);
  fixture_remove_random(fixture, 3);
  fixture_settle(fixture);
  for (guint i = 0; i < G_N_ELEMENTS(engines); i++) {
    fixture_reindex(fixture, onr_engine_class(engines[i]));
    fixture_commit(fixture);
    compare_some(fixture);
    fixture_expect_sound(fixture);
    parts_expect_tidy(fixture);
    cr_assert_eq(g_file_test(folder, G_FILE_TEST_EXISTS), strcmp(engines[i], "xapian") == 0);
  }
}

/* --- rows that come again --- */

/* SQLite gives the highest rows again when they have gone. */
static gint64 highest_row(const Fixture *fixture) {
  gint64 row = 0;
  for (guint i = 0; i < fixture->model->items[ONR_TABLE_ARTICLES]->len; i++)
    row = MAX(row, ((ModelItem *)fixture->model->items[ONR_TABLE_ARTICLES]->pdata[i])->row);
  return row;
}

Test(engine_parts, rows_come_again) {
  for (guint e = 0; fixture_class(e); e++)
    for (guint is_one_batch = 0; is_one_batch < 2; is_one_batch++) {
      g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 8);
      fixture_put_random(fixture, 14);
      for (guint round = 0; round < 8; round++) {
        fixture_begin(fixture);
        for (guint n = 0; n <= round % 3; n++)
          fixture_remove(fixture, highest_row(fixture));
        if (!is_one_batch) {
          fixture_commit(fixture);
          fixture_begin(fixture);
        }
        gint64 last = highest_row(fixture);
        fixture_put_one(fixture);
        cr_assert_eq(highest_row(fixture), last + 1);
        if (round % 2) /* out again, and another in its place */
          fixture_remove(fixture, last + 1);
        fixture_put_one(fixture);
        fixture_put_one(fixture);
        fixture_commit(fixture);
        compare_some(fixture);
        if (round % 4 != 3)
          continue;
        fixture_expect_sound(fixture);
        fixture_settle(fixture);
      }
      fixture_reopen(fixture);
      compare_some(fixture);
    }
}

Test(engine_parts, articles_go_and_come_in_one_batch) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 9);
    fixture_put_random(fixture, 30);
    for (guint round = 0; round < 4; round++) {
      fixture_begin(fixture);
      for (guint n = 0; n < 12; n++) {
        const GPtrArray *articles = fixture->model->items[ONR_TABLE_ARTICLES];
        fixture_remove(
            fixture,
            ((ModelItem *)articles->pdata[g_rand_int_range(fixture->rand, 0, (gint32)articles->len)])->row);
        fixture_put_one(fixture);
      }
      fixture_commit(fixture);
      compare_some(fixture);
    }
    fixture_expect_sound(fixture);
  }
}

/* A file that has changed is removed and put again: that makes no part of its own. */
Test(engine_parts, changed_articles_make_one_part_a_batch) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 9);
  fixture_put_random(fixture, 60);
  fixture_begin(fixture);
  for (guint n = 0; n < 20; n++) {
    fixture_remove(fixture, ((ModelItem *)fixture->model->items[ONR_TABLE_ARTICLES]->pdata[0])->row);
    fixture_put_one(fixture);
  }
  fixture_commit(fixture);
  cr_assert_eq(parts_n(fixture), 2);
  compare_some(fixture);
  fixture_expect_sound(fixture);
}

/* --- readers beside a writer --- */

static const char *const reader_words[] = {"the", "of", "Zwar", "Zminist"};

/* Which of the two models READER agrees with, by all words; neither is a failure. */
static gboolean is_at(OnrArchive *reader, Model *model) {
  gboolean agrees = TRUE;
  for (guint i = 0; agrees && i < G_N_ELEMENTS(reader_words); i++)
    for (int table = 0; agrees && table < 2; table++) {
      g_autoptr(OnrPlan) plan = onr_plan_term(reader_words[i]);
      agrees = fixture_agrees(reader, model, plan, (OnrTable)table);
    }
  return agrees;
}

/* What READER says is what stood in the archive THEN, or what stands in it NOW: TRUE where it is the latter.
   It may go over while it is asked, but then stays. */
static gboolean reads_new(OnrArchive *reader, Model *then, Model *now) {
  if (is_at(reader, then))
    return FALSE;
  cr_assert_eq(is_at(reader, now), TRUE, "neither the old nor the new answer");
  return TRUE;
}

static void optimise(Fixture *fixture) {
  GError *error = NULL;
  fixture_begin(fixture);
  fixture->engine_class->optimise(fixture->engine, &error);
  fixture_no_error(error);
  fixture_commit(fixture);
}

/* Not by `compact`, which waits for readers before it empties SQLite's log. */
static void go_on(Fixture *fixture, guint step) {
  if (step == 4)
    optimise(fixture);
  else if (step == 2)
    fixture_put_random(fixture, 4);
  else if (step == 3)
    fixture_settle(fixture);
  else
    fixture_remove_random(fixture, 3);
}

/* HAS_LOOKED: the reader has its databases open before the writer goes on. */
static void read_beside_a_writer(Fixture *fixture, gboolean has_looked) {
  g_autoptr(OnrArchive) reader = fixture_open_reader(fixture);
  Model *then = model_copy(fixture->model);
  if (has_looked)
    cr_assert_eq(is_at(reader, then), TRUE);
  for (guint step = 0; step < 5; step++) {
    go_on(fixture, step);
    if (!has_looked && step < 3)
      continue;
    if (reads_new(reader, then, fixture->model)) { /* and may fall behind once more */
      model_free(then);
      then = model_copy(fixture->model);
    }
  }
  model_free(then);
}

Test(engine_parts, a_reader_goes_on_beside_a_writer) {
  for (guint e = 0; fixture_class(e); e++)
    for (int has_looked = 0; has_looked < 2; has_looked++) {
      g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 10);
      fixture_put_random(fixture, 40);
      read_beside_a_writer(fixture, has_looked);
      read_beside_a_writer(fixture, has_looked);
      fixture_expect_sound(fixture);
    }
}

/* A part's number is not given again, or a reader would take the new part for the one on its list. */
Test(engine_parts, numbers_are_not_given_twice) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 10);
  fixture_put_random(fixture, 60);
  fixture_put_random(fixture, 1);
  g_autoptr(OnrArchive) reader = fixture_open_reader(fixture);
  Model *then = model_copy(fixture->model);
  guint first = parts_number(fixture, 1);
  parts_index(fixture)->limits.copy_part = 4;
  fixture_settle(fixture);
  cr_assert_eq(parts_n(fixture), 1);
  fixture_reopen(fixture);
  fixture_put_random(fixture, 1);
  cr_assert_gt(parts_number(fixture, 1), first);
  reads_new(reader, then, fixture->model);
  model_free(then);
}

/* The archive is made anew with another engine before a reader has looked. */
Test(engine_parts, a_reader_whose_engine_has_gone_is_told) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 10);
  fixture_put_random(fixture, 20);
  g_autoptr(OnrArchive) late = fixture_open_reader(fixture);
  g_autoptr(OnrArchive) early = fixture_open_reader(fixture);
  g_autoptr(OnrPlan) plan = onr_plan_term("the");
  Model *then = model_copy(fixture->model);
  cr_assert_eq(fixture_agrees(early, then, plan, ONR_TABLE_ARTICLES), TRUE);
  fixture_reindex(fixture, onr_engine_class("fts5"));
  fixture_commit(fixture);
  cr_assert_eq(fixture_agrees(early, then, plan, ONR_TABLE_ARTICLES), TRUE);
  g_auto(OnrHits) hits = {0};
  g_autoptr(GError) error = NULL;
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES};
  cr_assert_eq(ONR_XAPIAN_ENGINE.search(onr_archive_engine(late), plan, &spec, &hits, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_BUSY), 0, "%s", error->message);
  model_free(then);
}

/* --- a reader that never rests --- */

typedef struct {
  const Fixture *fixture;
  gint is_over; /* atomic */
  guint n_searches;
  char *failure; /* asserts are the main thread's */
} Restless;

static gboolean is_resolved(OnrArchive *reader, OnrTable table, gint64 row) {
  gint64 article_row = row;
  guint number;
  g_autoptr(OnrArticle) article = onr_article_new();
  return (table == ONR_TABLE_ARTICLES ||
          onr_record_locate_quote(onr_archive_record(reader), row, &article_row, &number)) &&
         onr_record_load_article(onr_archive_record(reader), article_row, TRUE, article, NULL);
}

/* The answer is of one state of the archive: as many items as its record has, each of them there. */
static char *fault_of_search(OnrArchive *reader, OnrTable table) {
  g_autoptr(GError) error = NULL;
  guint64 n_items[2];
  g_autoptr(OnrPlan) plan = onr_plan_leaf(ONR_PLAN_ALL);
  g_auto(OnrHits) hits = {0};
  if (!onr_archive_engine_class(reader)->search(onr_archive_engine(reader), plan,
                                                &(OnrSearchSpec){.table = table}, &hits, &error) ||
      !onr_record_count_items(onr_archive_record(reader), &n_items[0], &n_items[1], &error))
    return g_strdup(error->message);
  if (hits.n_matches != n_items[table] || hits.hits->len != n_items[table])
    return g_strdup_printf("%u hits of %u items", hits.hits->len, (guint)n_items[table]);
  for (guint k = 0; k < hits.hits->len; k++)
    if (!is_resolved(reader, table, g_array_index(hits.hits, OnrHit, k).row))
      return g_strdup_printf("hit %u is not in the record", k);
  return NULL;
}

static gpointer read_restlessly(gpointer data) {
  Restless *restless = data;
  while (!restless->failure && !g_atomic_int_get(&restless->is_over)) {
    g_autoptr(GError) error = NULL;
    g_autoptr(OnrArchive) reader = onr_archive_open(restless->fixture->dir, ONR_OPEN_READ, &error);
    if (!reader)
      restless->failure = g_strdup(error->message);
    for (guint i = 0; i < 20 && !restless->failure; i++, restless->n_searches++)
      restless->failure = fault_of_search(reader, i % 2 ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES);
  }
  return NULL;
}

Test(engine_parts, a_reader_that_never_rests_sees_whole_states) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 11);
    fixture_put_random(fixture, 40);
    Restless restless = {.fixture = fixture};
    GThread *thread = g_thread_new("reader", read_restlessly, &restless);
    for (guint round = 0; round < 12; round++) {
      fixture_remove_random(fixture, 3);
      fixture_put_random(fixture, 3);
      if (round % 4 == 3)
        fixture_settle(fixture);
      fixture_begin(fixture);
      fixture_remove(fixture, highest_row(fixture));
      fixture_rollback(fixture);
    }
    g_atomic_int_set(&restless.is_over, 1);
    g_thread_join(thread);
    cr_assert_null(restless.failure, "%s, search %u: %s", fixture->engine_class->name, restless.n_searches,
                   restless.failure);
    cr_assert_gt(restless.n_searches, 5);
    compare_some(fixture);
    fixture_expect_sound(fixture);
  }
}
