/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every kind of plan against the model. */
#include "plans.h"

ONR_SUITE(engine_search);

Test(engine_search, random_plans_match_the_model) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 20260101);
    fixture_put_random(fixture, 120);
    for (guint depth = 0; depth < 4; depth++)
      plans_compare_random(fixture, 36, depth);
  }
}

Test(engine_search, random_plans_match_the_model_over_batches_and_removals) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 7);
    for (guint batch = 0; batch < 6; batch++) {
      fixture_put_random(fixture, 25);
      fixture_remove_random(fixture, 8);
      if (batch % 2)
        fixture_reopen(fixture);
      plans_compare_random(fixture, 15, 2);
    }
  }
}

Test(engine_search, empty_tables_have_no_match) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    plans_compare_random(fixture, 30, 2);
    fixture_put_random(fixture, 5);
    fixture_remove_random(fixture, 5);
    plans_compare_random(fixture, 30, 2);
  }
}

Test(engine_search, near_needs_two_places) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    fixture_begin(fixture);
    fixture_put_text(fixture, "once", NULL, "the talks went on", ONR_NO_DAY);
    fixture_put_text(fixture, "twice", NULL, "talks about talks", ONR_NO_DAY);
    fixture_put_text(fixture, "far", NULL, "talks one two three talks", ONR_NO_DAY);
    fixture_put_text(fixture, "fields", "Talks", "talks", ONR_NO_DAY);
    fixture_commit(fixture);
    for (guint window = 0; window < 5; window++) {
      g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_NEAR, "talks talks");
      plan->window = window;
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    }
    /* Stem and form of one word stand at one place: that is not two. */
    g_autoptr(OnrPlan) one_word = fixture_parse_terms(ONR_PLAN_NEAR, "went Zwent");
    one_word->window = 3;
    fixture_compare(fixture, one_word, ONR_TABLE_ARTICLES);
  }
}

Test(engine_search, phrases_stay_in_their_field) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 1);
    fixture_begin(fixture);
    fixture_put_text(fixture, "a", "harbour board", "votes tonight", ONR_NO_DAY);
    fixture_put_text(fixture, "b", "harbour", "board votes tonight", ONR_NO_DAY);
    fixture_put_text(fixture, "c", "votes", "the harbour board votes", ONR_NO_DAY);
    fixture_put_text(fixture, "d", NULL, "al-Maren met NATO-led al Maren", ONR_NO_DAY);
    fixture_commit(fixture);
    static const char *const phrases[] = {"harbour board", "board votes",  "harbour board votes",
                                          "al maren",      "al-maren met", "maren met nato",
                                          "met nato led",  "nato-led al"};
    for (guint i = 0; i < G_N_ELEMENTS(phrases); i++) {
      g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_PHRASE, phrases[i]);
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    }
  }
}

/* A set of few rows beside a word that most have: an engine may look the rows up one by one. */
Test(engine_search, few_rows_among_common_words) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 3);
    fixture_put_random(fixture, 20);
    fixture_begin(fixture);
    for (guint i = 0; i < 400; i++) {
      g_autofree char *id = g_strdup_printf("z%u", i);
      fixture_put_text(fixture, id, "the talks", "the harbour of the war", (gint32)i);
    }
    fixture_commit(fixture);
    static const char *const ids[] = {"z7", "z399", "a0", "missing"};
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
      OnrPlan *both = onr_plan_group(ONR_PLAN_AND);
      onr_plan_add(both, onr_plan_key(ONR_KEY_ID, ids[i]));
      onr_plan_add(both, onr_plan_term("the"));
      onr_plan_add(both, fixture_parse_terms(ONR_PLAN_PHRASE, "harbour of"));
      g_autoptr(OnrPlan) plan = both;
      fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
    }
  }
}
