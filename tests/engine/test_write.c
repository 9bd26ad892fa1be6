/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Batches, rollbacks and readers beside a writer. */
#include "fixture.h"

#include <string.h>

ONR_SUITE(engine_write);

static guint64 count_matches(const OnrEngineClass *engine_class, OnrEngine *engine, const char *term) {
  GError *error = NULL;
  g_autoptr(OnrPlan) plan = onr_plan_term(term);
  g_auto(OnrHits) hits = {0};
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES, .limit = 5};
  engine_class->search(engine, plan, &spec, &hits, &error);
  fixture_no_error(error);
  return hits.n_matches;
}

Test(engine_write, a_rolled_back_batch_leaves_no_trace) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 2);
    fixture_put_random(fixture, 20);
    fixture_begin(fixture);
    gint64 row = fixture_put_text(fixture, "gone", "lighthouse", "the lighthouse keeper", 3);
    onr_archive_rollback(fixture->archive);
    model_remove(fixture->model, row);
    cr_assert_eq(count_matches(fixture->engine_class, fixture->engine, "lighthouse"), 0);
    g_autoptr(OnrPlan) plan = onr_plan_term("the");
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    fixture_put_random(fixture, 5);
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    GError *error = NULL;
    fixture->engine_class->check(fixture->engine, findings, &error);
    fixture_no_error(error);
    cr_assert_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
  }
}

/* A reader that has looked, and has numbers in memory, looks again after others have written. */
Test(engine_write, a_reader_sees_what_was_committed_since) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 2);
    fixture_begin(fixture);
    fixture_put_text(fixture, "one", NULL, "war", 1);
    fixture_commit(fixture);
    GError *error = NULL;
    g_autofree char *file = g_build_filename(fixture->dir, ONR_RECORD_FILE, NULL);
    OnrRecord *record = onr_record_open(file, ONR_OPEN_READ, &error);
    fixture_no_error(error);
    OnrEngine *reader = fixture->engine_class->open(record, FALSE, &error);
    fixture_no_error(error);
    cr_assert_eq(count_matches(fixture->engine_class, reader, "war"), 1);

    fixture_begin(fixture);
    fixture_put_text(fixture, "two", NULL, "war and more war", 2);
    cr_assert_eq(count_matches(fixture->engine_class, reader, "war"), 1,
                 "a batch that is not committed is seen");
    fixture_commit(fixture);
    OnrEngine *writer = fixture->engine;
    fixture->engine = reader;
    g_autoptr(OnrPlan) plan = onr_plan_term("war");
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    fixture->engine = writer;
    fixture->engine_class->close(reader);
    onr_record_close(record);
  }
}

/* What a writer has put it may ask for before it commits. */
Test(engine_write, a_writer_sees_its_own_batch) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 2);
    fixture_put_random(fixture, 10);
    fixture_begin(fixture);
    fixture_put_text(fixture, "new", "lighthouse", "the lighthouse keeper", 3);
    g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_AND, "the lighthouse");
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    fixture_put_text(fixture, "newer", "lighthouse", "the old lighthouse", 3);
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    fixture_commit(fixture);
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
  }
}

Test(engine_write, optimising_changes_no_answer) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 9);
    for (guint i = 0; i < 4; i++) {
      fixture_put_random(fixture, 10);
      fixture_remove_random(fixture, 3);
    }
    GError *error = NULL;
    fixture_begin(fixture);
    fixture->engine_class->optimise(fixture->engine, &error);
    fixture_no_error(error);
    fixture_commit(fixture);
    static const char *const words[] = {"the", "Zwar", "of", "Zharbour"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
      g_autoptr(OnrPlan) plan = onr_plan_term(words[i]);
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
      fixture_compare(fixture, plan, ONR_TABLE_QUOTES);
    }
  }
}

Test(engine_write, dropping_and_making_again_starts_empty) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 9);
    fixture_put_random(fixture, 10);
    GError *error = NULL;
    fixture_begin(fixture);
    fixture->engine_class->drop(fixture->engine, &error);
    fixture_no_error(error);
    fixture->engine_class->create(fixture->record, &error);
    fixture_no_error(error);
    cr_assert_eq(count_matches(fixture->engine_class, fixture->engine, "the"), 0);
    onr_archive_rollback(fixture->archive);
    g_autoptr(OnrPlan) plan = onr_plan_term("the");
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
  }
}

Test(engine_write, what_is_not_there_is_not_removed) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 9);
    fixture_put_random(fixture, 3);
    fixture_begin(fixture);
    g_autoptr(OnrArticle) article = onr_article_new();
    g_autoptr(OnrArticlePostings) postings = onr_article_postings_new();
    article->row = 77;
    g_autoptr(GError) error = NULL;
    cr_assert_eq(fixture->engine_class->remove(fixture->engine, article, 0, postings, &error), FALSE);
    cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), 0);
    onr_archive_rollback(fixture->archive);
  }
}
