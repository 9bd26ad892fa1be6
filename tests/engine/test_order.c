/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ties, pages and sorting: items that score alike by the hundred. */
#include "fixture.h"

ONR_SUITE(engine_order);

/* N articles of three texts, so of three scores, with days that repeat. */
static Fixture *fixture_of_ties(guint e, guint n) {
  static const char *const texts[] = {"war", "war and talks of war", "talks"};
  Fixture *fixture = fixture_new(fixture_class(e), 11);
  fixture_begin(fixture);
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf("%x", i * 2654435761u);
    fixture_put_text(fixture, id, NULL, texts[i % 3], i % 7 ? (gint32)(i % 10) : ONR_NO_DAY);
  }
  fixture_commit(fixture);
  return fixture;
}

Test(engine_order, ties_go_by_id) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_of_ties(e, 300);
    g_autoptr(OnrPlan) word = onr_plan_term("war");
    fixture_compare(fixture, word, ONR_TABLE_ARTICLES);
    g_autoptr(OnrPlan) all = onr_plan_leaf(ONR_PLAN_ALL);
    fixture_compare(fixture, all, ONR_TABLE_ARTICLES);
    g_autoptr(OnrPlan) few = onr_plan_range(ONR_SLOT_DAY, 3, 3);
    fixture_compare(fixture, few, ONR_TABLE_ARTICLES);
  }
}

static void check_page(Fixture *fixture, const OnrPlan *plan, guint offset, guint limit, guint expected) {
  GError *error = NULL;
  g_auto(OnrHits) hits = {0};
  OnrSearchSpec spec = {.table = ONR_TABLE_ARTICLES, .offset = offset, .limit = limit};
  fixture->engine_class->search(fixture->engine, plan, &spec, &hits, &error);
  fixture_no_error(error);
  cr_assert_eq(hits.hits->len, expected);
  cr_assert_eq(hits.n_matches, 60);
}

Test(engine_order, pages_at_and_beyond_the_end) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_of_ties(e, 60);
    g_autoptr(OnrPlan) all = onr_plan_leaf(ONR_PLAN_ALL);
    check_page(fixture, all, 0, 60, 60);
    check_page(fixture, all, 59, 10, 1);
    check_page(fixture, all, 60, 10, 0);
    check_page(fixture, all, 1000, 10, 0);
    check_page(fixture, all, G_MAXUINT, G_MAXUINT, 0);
    check_page(fixture, all, 0, G_MAXUINT, 60);
    check_page(fixture, all, 50, 0, 10);
  }
}
