/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plans as large as plans may be. */
#include "fixture.h"

ONR_SUITE(engine_limits);

/* A group of terms "w0" … "w<n - 1>", some of which texts have. */
static OnrPlan *many_terms(OnrPlanKind kind, guint n) {
  OnrPlan *plan = onr_plan_group(kind);
  for (guint i = 0; i < n; i++) {
    g_autofree char *term = g_strdup_printf("w%u", i);
    onr_plan_add(plan, onr_plan_term(term));
  }
  return plan;
}

/* Words "w0" to "w<n - 1>", step by step. */
static void put_numbered(Fixture *fixture, const char *id, guint n, guint step) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < n; i += step)
    g_string_append_printf(text, "w%u ", i);
  fixture_put_text(fixture, id, NULL, text->str, ONR_NO_DAY);
}

static Fixture *numbered_fixture(guint e) {
  Fixture *fixture = fixture_new(fixture_class(e), 1);
  fixture_begin(fixture);
  put_numbered(fixture, "all", ONR_PLAN_MAX_TERMS, 1);
  put_numbered(fixture, "thirds", ONR_PLAN_MAX_TERMS, 3);
  put_numbered(fixture, "few", 7, 1);
  put_numbered(fixture, "none", 0, 1);
  fixture_commit(fixture);
  return fixture;
}

Test(engine_limits, a_thousand_terms) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = numbered_fixture(e);
    static const OnrPlanKind kinds[] = {ONR_PLAN_AND, ONR_PLAN_OR, ONR_PLAN_PHRASE};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
      g_autoptr(OnrPlan) plan = many_terms(kinds[i], ONR_PLAN_MAX_TERMS);
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    }
    g_autoptr(OnrPlan) filter = onr_plan_filter(many_terms(ONR_PLAN_OR, ONR_PLAN_MAX_TERMS));
    fixture_compare(fixture, filter, ONR_TABLE_ARTICLES);
    g_autoptr(OnrPlan) minus =
        onr_plan_not(onr_plan_leaf(ONR_PLAN_ALL), many_terms(ONR_PLAN_OR, ONR_PLAN_MAX_TERMS));
    fixture_compare(fixture, minus, ONR_TABLE_ARTICLES);
  }
}

/* (w0 and (w1 or (w2 and (… as deep as plans may be. */
static OnrPlan *deep_plan(guint depth, guint i) {
  g_autofree char *term = g_strdup_printf("w%u", i);
  if (i + 1 == depth)
    return onr_plan_term(term);
  OnrPlan *plan = onr_plan_group(i % 2 ? ONR_PLAN_OR : ONR_PLAN_AND);
  onr_plan_add(plan, onr_plan_term(term));
  onr_plan_add(plan, deep_plan(depth, i + 1));
  return plan;
}

Test(engine_limits, thirty_levels) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = numbered_fixture(e);
    GError *error = NULL;
    g_autoptr(OnrPlan) plan = onr_plan_normalise(deep_plan(ONR_PLAN_MAX_DEPTH, 0), &error);
    fixture_no_error(error);
    fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
  }
}

Test(engine_limits, terms_as_queries_would_forge_them) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    fixture_put_random(fixture, 10);
    static const char *const forged[] = {"\"",
                                         "the\" OR \"of",
                                         "the OR of",
                                         "",
                                         "*",
                                         "title:the",
                                         "^the",
                                         "(the)",
                                         "the*",
                                         "NEAR(the of)",
                                         "\\",
                                         "--",
                                         "'; DROP TABLE article; --"};
    for (guint i = 0; i < G_N_ELEMENTS(forged); i++)
      for (int table = 0; table < 2; table++) {
        g_autoptr(OnrPlan) plan = onr_plan_term(forged[i]);
        fixture_compare(fixture, plan, (OnrTable)table);
        OnrPlan *either = onr_plan_group(ONR_PLAN_OR);
        onr_plan_add(either, onr_plan_term(forged[i]));
        onr_plan_add(either, onr_plan_term("the"));
        fixture_compare(fixture, either, (OnrTable)table);
        onr_plan_free(either);
      }
  }
}

/* --- lists of many pages --- */

/* WORD N times, with the lighthouse in the middle. */
static char *long_text(const char *word, guint n) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, "%s%s ", word, i == n / 2 ? " lighthouse" : "");
  return g_string_free(text, FALSE);
}

static OnrPlan *both(OnrPlan *a, OnrPlan *b) {
  OnrPlan *plan = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(plan, a);
  onr_plan_add(plan, b);
  return plan;
}

/* Places of one word in one article that fill many pages, between articles that have the word as well. */
Test(engine_limits, positions_that_run_over_pages) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    fixture_begin(fixture);
    for (guint i = 0; i < 40; i++) {
      g_autofree char *id = g_strdup_printf("i%02u", i);
      g_autofree char *text = long_text(i % 2 ? "war" : "peace", i == 17 || i == 30 ? 30000 : i);
      fixture_put_text(fixture, id, "war and peace", text, (gint32)i);
    }
    fixture_commit(fixture);
    static const char *const words[] = {"war", "peace", "lighthouse", "and"};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
      g_autoptr(OnrPlan) plan = onr_plan_term(words[i]);
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    }
    g_autoptr(OnrPlan) phrase = fixture_parse_terms(ONR_PLAN_PHRASE, "war lighthouse war");
    fixture_compare(fixture, phrase, ONR_TABLE_ARTICLES);
    g_autoptr(OnrPlan) near = fixture_parse_terms(ONR_PLAN_NEAR, "lighthouse peace");
    fixture_compare(fixture, near, ONR_TABLE_ARTICLES);
  }
}

/* A list long enough to be leapt through, alone and in several batches, with rows removed here and there. */
Test(engine_limits, rare_words_among_thousands_of_rows) {
  static const guint ends[] = {3000, 3400, 3600};
  const guint n = ends[2];
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    gint64 first = 0;
    for (guint batch = 0, i = 0; batch < G_N_ELEMENTS(ends); batch++) {
      fixture_begin(fixture);
      for (; i < ends[batch]; i++) {
        g_autofree char *id = g_strdup_printf("i%04u", i);
        gint64 row = fixture_put_text(
            fixture, id, NULL, i % 997 == 5 ? "war of the lighthouse" : "the war of all the words in war",
            (gint32)i);
        first = first ? first : row;
      }
      fixture_commit(fixture);
    }
    GError *error = NULL;
    fixture_begin(fixture);
    for (gint64 row = first; row < first + n; row += 501) {
      onr_archive_remove(fixture->archive, row, &error);
      fixture_no_error(error);
      model_remove(fixture->model, row);
    }
    fixture_commit(fixture);
    OnrPlan *plans[] = {
        both(onr_plan_term("war"), onr_plan_term("lighthouse")),
        both(onr_plan_key(ONR_KEY_ID, "i3591"), onr_plan_term("the")),
        both(onr_plan_range(ONR_SLOT_DAY, 3000, 3010), fixture_parse_terms(ONR_PLAN_PHRASE, "war of"))};
    for (guint i = 0; i < G_N_ELEMENTS(plans); i++) {
      fixture_compare(fixture, plans[i], ONR_TABLE_ARTICLES);
      onr_plan_free(plans[i]);
    }
  }
}
