/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The xapian engine's parts made fewer: by compaction, by copying into the largest, level by level. */
#include "parts.h"
#include "plans.h"

#include "archive/xapian/engine.h"

#include <string.h>

ONR_SUITE(engine_merge);

static void settle_once(Fixture *fixture) {
  GError *error = NULL;
  gboolean is_done;
  onr_archive_settle(fixture->archive, &is_done, &error);
  fixture_no_error(error);
}

/* Settling copies what is a quarter of the largest part or less, whatever is best for large archives. */
static void let_copy(Fixture *fixture) {
  parts_index(fixture)->limits.copy_part = 4;
}

static gint64 row_at(const Fixture *fixture, guint i) {
  return ((ModelItem *)fixture->model->items[ONR_TABLE_ARTICLES]->pdata[i])->row;
}

/* TERMS near each other, three words between them at most. */
static void compare_near(Fixture *fixture, const char *terms) {
  g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_NEAR, terms);
  plan->window = 3;
  fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
}

/* --- quotes that are not there --- */

Test(engine_merge, parts_without_quotes) {
  for (guint e = 0; fixture_class(e); e++)
    for (guint way = 0; way < 2; way++) {
      g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 12);
      GError *error = NULL;
      for (guint i = 0; i < 3; i++) {
        g_autofree char *id = g_strdup_printf("n%u", i);
        fixture_begin(fixture);
        fixture_put_text(fixture, id, "The harbour", "the war in the harbour", (gint32)i);
        fixture_commit(fixture);
      }
      for (guint n = 0; n < 2; n++) {
        if (way)
          fixture_settle(fixture);
        else
          onr_archive_compact(fixture->archive, &error);
        fixture_no_error(error);
        for (int table = 0; table < 2; table++) {
          g_autoptr(OnrPlan) plan = onr_plan_term("the");
          fixture_compare(fixture, plan, (OnrTable)table);
        }
        plans_compare_random(fixture, 10, 2);
        fixture_expect_sound(fixture);
        fixture_put_random(fixture, 10); /* now there are some in one part, none in the other */
      }
    }
}

/* Of a part all articles go; of another all that have quotes. */
Test(engine_merge, parts_that_are_emptied) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 12);
  GError *error = NULL;
  fixture_put_random(fixture, 8);
  fixture_put_random(fixture, 8);
  fixture_begin(fixture);
  while (fixture->model->items[ONR_TABLE_ARTICLES]->len > 8)
    fixture_remove(fixture, row_at(fixture, 8));
  fixture_commit(fixture);
  fixture_put_random(fixture, 8);
  fixture_put_random(fixture, 8);
  plans_compare_random(fixture, 10, 2);
  fixture_settle(fixture);
  cr_assert_eq(parts_n(fixture), 1);
  plans_compare_random(fixture, 10, 2);
  fixture_expect_sound(fixture);
  fixture_remove_random(fixture, 1000);
  onr_archive_compact(fixture->archive, &error);
  fixture_no_error(error);
  plans_compare_random(fixture, 10, 2);
  fixture_expect_sound(fixture);
  fixture_put_random(fixture, 8);
  fixture_settle(fixture);
  plans_compare_random(fixture, 10, 2);
  fixture_expect_sound(fixture);
}

/* --- copying --- */

/* In the small part a stem has a form that the large one has not. */
Test(engine_merge, copying_takes_the_forms_of_stems_along) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 13);
    fixture_begin(fixture);
    for (guint i = 0; i < 60; i++) {
      g_autofree char *id = g_strdup_printf("l%u", i);
      fixture_put_text(fixture, id, "Boats", i % 2 ? "the boats fished near the harbour" : "the fisher sails",
                       (gint32)i);
    }
    fixture_commit(fixture);
    fixture_begin(fixture);
    fixture_put_text(fixture, "small", "Sailing", "the harbours sailing and fishing, all day", 3);
    fixture_commit(fixture);
    static const char *const near[] = {"Zfish Zharbour", "Zsail Zfish", "fishing Zsail", "Zharbour sailing"};
    for (guint step = 0; step < 3; step++) {
      for (guint i = 0; i < G_N_ELEMENTS(near); i++)
        compare_near(fixture, near[i]);
      if (step == 0) {
        if (e)
          let_copy(fixture);
        g_autofree char *large = e ? onr_record_get_setting(fixture->record, "xapian_parts") : NULL;
        fixture_settle(fixture);
        g_autofree char *one = e ? onr_record_get_setting(fixture->record, "xapian_parts") : NULL;
        if (e) /* it is the large part still, not one made of both */
          cr_assert_eq(strtoul(one, NULL, 10), strtoul(large, NULL, 10));
      } else {
        fixture_reopen(fixture);
      }
      fixture_expect_sound(fixture);
    }
  }
}

/* Between the steps of settling, and where a run ends between two, every article is found in its part. */
Test(engine_merge, half_settled_parts_keep_their_rows) {
  for (guint where = 0; where < 5; where++) { /* of the large part among small ones */
    g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 14);
    for (guint i = 0; i < 5; i++)
      fixture_put_random(fixture, i == where ? 60 : 2);
    let_copy(fixture);
    while (parts_n(fixture) > 1) {
      guint n_before = parts_n(fixture);
      settle_once(fixture);
      cr_assert_eq(parts_n(fixture), n_before - 1, "this does not copy");
      fixture_begin(fixture);
      for (guint i = 0; i < 4; i++) {
        fixture_remove(fixture, row_at(fixture, 0));
        fixture_remove(fixture, row_at(fixture, fixture->model->items[ONR_TABLE_ARTICLES]->len - 1));
      }
      fixture_rollback(fixture);
      plans_compare_random(fixture, 4, 2);
    }
    fixture_expect_sound(fixture);
    parts_expect_tidy(fixture);
  }
}

/* --- building and levels --- */

/* What takes gigabytes by the engine's own limits. */
static void make_small(Fixture *fixture) {
  OnrXapianIndex *index = parts_index(fixture);
  index->limits = (OnrXapianLimits){
      .draft_bytes = 30000, .part_bytes = 8000, .level_bytes = 40000, .fan_in = 3, .copy_part = 12};
}

Test(engine_merge, drafts_become_several_parts_and_levels) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 15);
  guint most = 0;
  for (guint batch = 0; batch < 4; batch++) {
    make_small(fixture);
    fixture_put_random(fixture, 60);
    most = MAX(most, parts_n(fixture));
    plans_compare_random(fixture, 4, 2);
    fixture_remove_random(fixture, 10);
    if (batch % 2)
      fixture_reopen(fixture);
    parts_expect_tidy(fixture);
  }
  cr_assert_gt(most, 2);
  cr_assert_lt(most, 12, "levels are not merged");
  fixture_settle(fixture);
  cr_assert_eq(parts_n(fixture), 1);
  plans_compare_random(fixture, 10, 2);
  fixture_expect_sound(fixture);
}

/* A batch that is built by pieces, changed in its own new parts, and taken back. */
Test(engine_merge, pieces_of_a_batch_are_taken_back_together) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 15);
  make_small(fixture);
  fixture_put_random(fixture, 60);
  for (guint round = 0; round < 4; round++) {
    fixture_begin(fixture);
    for (guint i = 0; i < 60; i++) {
      fixture_put_one(fixture);
      if (i % 15 == 14) /* of a part that this batch has made, and of one that stood before */
        for (guint k = 0; k < 2; k++)
          fixture_remove(fixture,
                         row_at(fixture, k ? fixture->model->items[ONR_TABLE_ARTICLES]->len - 12 : i / 4));
    }
    if (round % 2)
      fixture_commit(fixture);
    else
      fixture_rollback(fixture);
    plans_compare_random(fixture, 6, 2);
    parts_expect_tidy(fixture);
  }
  fixture_expect_sound(fixture);
}

/* --- places of stems --- */

/* A stem may be a word whose own stem is another: aliasing → alias, alias → alia. That word is no form of it.
 */
Test(engine_merge, a_stem_that_is_another_word_is_no_form) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 16);
    fixture_begin(fixture);
    fixture_put_text(fixture, "a", NULL, "an alias of the filter. x x x x x x x x aliasing", ONR_NO_DAY);
    fixture_put_text(fixture, "b", NULL, "aliasing of the filter. x x x x x x x x alias", ONR_NO_DAY);
    fixture_put_text(fixture, "c", NULL, "aliased filters", ONR_NO_DAY);
    fixture_commit(fixture);
    fixture_begin(fixture);
    fixture_put_text(fixture, "d", NULL, "filtering aliases x x x x x x lensing of lens", ONR_NO_DAY);
    fixture_put_text(fixture, "e", NULL, "a lens filters x x x x x x x x lensing", ONR_NO_DAY);
    fixture_commit(fixture);
    for (guint step = 0; step < 2; step++) {
      static const char *const near[] = {"Zalias Zfilter", "Zalia Zfilter", "Zlens Zfilter", "Zlen Zfilter",
                                         "Zlens lens"};
      for (guint i = 0; i < G_N_ELEMENTS(near); i++)
        compare_near(fixture, near[i]);
      fixture_settle(fixture);
    }
  }
}

/* Forms of one stem beside each other and beside their stem. */
Test(engine_merge, near_of_stem_and_form) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 16);
    static const char *const texts[] = {"talk",
                                        "talks",
                                        "talk talks",
                                        "talks talk",
                                        "talking x talks",
                                        "talks x x x talks",
                                        "talks x x x x talking",
                                        "x talks talks x",
                                        "harbour talk harbour",
                                        "harbour harbours talk x x x harbour",
                                        "talk x x x x x x harbour talks"};
    fixture_begin(fixture);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
      g_autofree char *id = g_strdup_printf("t%02u", i);
      fixture_put_text(fixture, id, i % 2 ? texts[(i * 5) % G_N_ELEMENTS(texts)] : NULL, texts[i],
                       ONR_NO_DAY);
    }
    fixture_commit(fixture);
    static const char *const near[] = {"talks Ztalk",    "Ztalk talks",      "talk Ztalk",
                                       "Ztalk Ztalk",    "talks talking",    "talks talks",
                                       "harbour Ztalk",  "Ztalk harbour",    "talks Zharbour",
                                       "Zharbour Ztalk", "harbours Zharbour"};
    for (guint i = 0; i < G_N_ELEMENTS(near); i++)
      for (guint window = 0; window < 6; window++) {
        g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_NEAR, near[i]);
        plan->window = window;
        fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
      }
  }
}

/* --- what every item has --- */

static OnrPlan *both(OnrPlanKind kind, OnrPlan *a, OnrPlan *b) {
  OnrPlan *plan = onr_plan_group(kind);
  onr_plan_add(plan, a);
  onr_plan_add(plan, b);
  return plan;
}

static void put_alike(Fixture *fixture, guint first, guint n, const char *text) {
  fixture_begin(fixture);
  for (guint i = first; i < first + n; i++) {
    g_autoptr(OnrArticle) article = onr_article_new();
    g_autofree char *id = g_strdup_printf("%c%u", "dbca"[i % 4], i);
    article->id = id;
    article->path = "/news/alike.txt";
    article->language = "en";
    article->publisher = "The Harbour Wire";
    article->text = text;
    article->text_length = strlen(text);
    OnrQuoteRow *quote = onr_article_add_quote(article);
    OnrSpan content = {0, 7};
    g_array_append_val(quote->content, content);
    fixture_put_article(fixture, article);
  }
  fixture_commit(fixture);
}

static void compare_both(Fixture *fixture, OnrPlan *taken) {
  g_autoptr(OnrPlan) plan = taken;
  fixture_compare(fixture, plan, ONR_TABLE_ARTICLES);
  fixture_compare(fixture, plan, ONR_TABLE_QUOTES);
  g_autoptr(OnrPlan) of_article = onr_plan_articles(onr_plan_copy(plan));
  fixture_compare(fixture, of_article, ONR_TABLE_QUOTES);
}

/* Xapian 1.4 takes the list of all documents for a term that all have, where its weight does not matter, and
   then loses its way in it where documents have gone: a sound index looks damaged. */
Test(engine_merge, what_every_item_has) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 17);
    GError *error = NULL;
    for (guint i = 0; i < 3; i++)
      put_alike(fixture, 10 * i, 10, "the war of the harbour");
    onr_archive_compact(fixture->archive, &error);
    fixture_no_error(error);
    fixture_begin(fixture);
    fixture_remove(fixture, row_at(fixture, 4));
    fixture_commit(fixture);
    for (guint step = 0; step < 2; step++) { /* all items; all of the first part */
      compare_both(fixture, onr_plan_term("Len"));
      compare_both(fixture, onr_plan_filter(onr_plan_term("Len")));
      compare_both(fixture, onr_plan_term("the"));
      compare_both(fixture, onr_plan_filter(onr_plan_term("the")));
      compare_both(fixture, onr_plan_filter(both(ONR_PLAN_OR, onr_plan_term("the"), onr_plan_term("war"))));
      compare_both(fixture, onr_plan_filter(both(ONR_PLAN_AND, onr_plan_term("the"), onr_plan_term("Len"))));
      compare_both(fixture,
                   both(ONR_PLAN_OR, onr_plan_term("harbour"), onr_plan_filter(onr_plan_term("the"))));
      compare_both(fixture, both(ONR_PLAN_AND, onr_plan_term("of"), onr_plan_filter(onr_plan_term("the"))));
      compare_both(fixture, onr_plan_not(onr_plan_leaf(ONR_PLAN_ALL), onr_plan_term("the")));
      compare_both(fixture, onr_plan_not(onr_plan_term("the"),
                                         both(ONR_PLAN_OR, onr_plan_term("boat"), onr_plan_term("sea"))));
      compare_both(fixture, onr_plan_not(onr_plan_filter(onr_plan_term("the")), onr_plan_term("boat")));
      compare_both(fixture, onr_plan_key(ONR_KEY_PATH, "alike.txt"));
      compare_both(fixture, onr_plan_range(ONR_SLOT_KIND, 0, 0));
      compare_both(fixture, onr_plan_range(ONR_SLOT_DAY, ONR_NO_DAY, ONR_NO_DAY));
      put_alike(fixture, 100 + 10 * step, 5, "boats at sea");
    }
  }
}

/* --- what parts leave --- */

Test(engine_merge, a_part_is_named_as_it_was_made) {
  g_autoptr(Fixture) fixture = fixture_new(&ONR_XAPIAN_ENGINE, 16);
  fixture_put_random(fixture, 5);
  guint first = parts_number(fixture, 0);
  fixture_put_random(fixture, 5);
  GError *error = NULL;
  onr_archive_compact(fixture->archive, &error);
  fixture_no_error(error);
  cr_assert_gt(parts_number(fixture, 0), first + 1);
  parts_expect_tidy(fixture);
}
