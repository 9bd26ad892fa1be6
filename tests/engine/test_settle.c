/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Merging between runs: no answer changes, neither while a merge is under way nor after it. */
#include "plans.h"

#include "archive/fts5/engine.h"
#include "archive/fts5/index.h"

ONR_SUITE(engine_settle);

static void put_batches(Fixture *fixture, guint n) {
  for (guint i = 0; i < n; i++) {
    fixture_put_random(fixture, 6);
    if (i % 3 == 2)
      fixture_remove_random(fixture, 3);
  }
}

/* Segments that FTS5 lists for a table. */
static guint n_segments(Fixture *fixture, OnrTable table) {
  GError *error = NULL;
  g_autoptr(OnrSegments) segments = onr_segments_new(onr_archive_record(fixture->archive), table);
  onr_segments_load(segments, &error);
  fixture_no_error(error);
  return segments->n_listed;
}

Test(engine_settle, settling_changes_no_answer) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 5);
    put_batches(fixture, 20);
    fixture_settle(fixture);
    plans_compare_random(fixture, 50, 2);
    fixture_expect_sound(fixture);
    cr_assert_eq(fixture_settle(fixture), 1, "what is settled is settled again");
  }
}

Test(engine_settle, many_segments_become_few) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_FTS5_ENGINE, 6);
  put_batches(fixture, 20);
  cr_assert_geq(n_segments(fixture, ONR_TABLE_ARTICLES), 16, "there is nothing to merge");
  fixture_settle(fixture);
  cr_assert_eq(n_segments(fixture, ONR_TABLE_ARTICLES), 1);
  cr_assert_eq(n_segments(fixture, ONR_TABLE_QUOTES), 1);
}

/* A small batch a day: the large segment is left alone, and the small ones do not pile up. */
Test(engine_settle, small_runs_leave_few_segments) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_FTS5_ENGINE, 7);
  for (guint i = 0; i < 16; i++)
    fixture_put_random(fixture, 20);
  fixture_settle(fixture);
  for (guint day = 0; day < 40; day++) {
    fixture_put_random(fixture, 1);
    fixture_settle(fixture);
    cr_assert_leq(n_segments(fixture, ONR_TABLE_ARTICLES), 20);
  }
  plans_compare_random(fixture, 20, 2);
}

/* A few small pages at a time, so that most states are of merges that are half done: segments that have lost
   their first pages, segments that are used up, and the new one that has no end yet. */
Test(engine_settle, a_merge_under_way_changes_no_answer) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_FTS5_ENGINE, 8);
  GError *error = NULL;
  onr_database_exec(onr_record_database(onr_archive_record(fixture->archive)),
                    "INSERT INTO fts5_article(fts5_article, rank) VALUES ('pgsz', 200)", &error);
  fixture_no_error(error);
  put_batches(fixture, 14);
  guint n_steps = 0;
  for (gboolean is_done = FALSE; !is_done; n_steps++) {
    fixture_begin(fixture);
    onr_inverted_merge(onr_archive_record(fixture->archive), ONR_TABLE_ARTICLES, TRUE, 12, &is_done, &error);
    fixture_no_error(error);
    fixture_commit(fixture);
    fixture_reopen(fixture);
    plans_compare_random(fixture, 4, 2);
    if (n_steps == 3 || n_steps == 7) { /* life goes on */
      fixture_put_random(fixture, 2);
      fixture_remove_random(fixture, 2);
    }
    cr_assert_lt(n_steps, 200, "merging does not end");
  }
  cr_assert_gt(n_steps, 5, "no merge was ever half done");
  fixture_expect_sound(fixture);
}
