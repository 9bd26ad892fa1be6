/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Statistics of terms, expansion of prefixes, and what an engine says that it runs. */
#include "fixture.h"

#include <math.h>
#include <string.h>

ONR_SUITE(engine_terms);

static void compare_stats(Fixture *fixture, OnrTable table, const char *term) {
  GError *error = NULL;
  OnrTermStats stats;
  fixture->engine_class->term_stats(fixture->engine, table, term, &stats, &error);
  fixture_no_error(error);
  cr_assert_eq(stats.n_items, fixture->model->items[table]->len);
  cr_assert_lt(fabs(stats.average_length - model_average_length(fixture->model, table)), 1e-9);
  cr_assert_eq(stats.doc_frequency, model_doc_frequency(fixture->model, table, term), "'%s'", term);
  cr_assert_eq(stats.collection_frequency, model_collection_frequency(fixture->model, table, term), "'%s'",
               term);
}

static const char *const terms[] = {"the",     "Ztalk",    "al-maren", "al",    "u.s",
                                    "Zminist", "Sthe",     "Pharbour", "Qsaid", "Rminister",
                                    "nothing", "no\"such", "",         "Len",   "elan"};

Test(engine_terms, statistics_follow_every_change) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 5);
    for (guint step = 0; step < 4; step++) {
      for (guint i = 0; i < G_N_ELEMENTS(terms); i++)
        for (int table = 0; table < 2; table++)
          compare_stats(fixture, (OnrTable)table, terms[i]);
      if (step == 2)
        fixture_remove_random(fixture, 1000);
      else
        fixture_put_random(fixture, 30);
    }
  }
}

static int compare_strings(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *expected_terms(Fixture *fixture, OnrTable table, const char *prefix) {
  g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *expected = g_ptr_array_new();
  for (guint i = 0; i < fixture->model->items[table]->len; i++) {
    GHashTableIter iter;
    gpointer term;
    g_hash_table_iter_init(&iter, ((ModelItem *)fixture->model->items[table]->pdata[i])->terms);
    while (g_hash_table_iter_next(&iter, &term, NULL))
      if (g_str_has_prefix(term, prefix) && g_hash_table_add(found, term))
        g_ptr_array_add(expected, term);
  }
  g_ptr_array_sort(expected, compare_strings);
  return expected;
}

static void compare_expansion(Fixture *fixture, OnrTable table, const char *prefix, guint limit) {
  GError *error = NULL;
  g_autoptr(GPtrArray) expanded = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) expected = expected_terms(fixture, table, prefix);
  fixture->engine_class->expand(fixture->engine, table, prefix, limit, expanded, &error);
  fixture_no_error(error);
  cr_assert_eq(expanded->len, MIN(expected->len, limit + 1), "'%s': %u terms", prefix, expanded->len);
  for (guint i = 0; i < expanded->len; i++)
    cr_assert_str_eq(expanded->pdata[i], expected->pdata[i]);
}

Test(engine_terms, prefixes_expand_in_byte_order) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 6);
    fixture_put_random(fixture, 40);
    fixture_remove_random(fixture, 10);
    static const char *const prefixes[] = {"econom", "t", "Zt", "S", "nothing", "", "东", "al-"};
    for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++)
      for (int table = 0; table < 2; table++) {
        compare_expansion(fixture, (OnrTable)table, prefixes[i], 1000);
        compare_expansion(fixture, (OnrTable)table, prefixes[i], 2);
        compare_expansion(fixture, (OnrTable)table, prefixes[i], 0);
      }
  }
}

Test(engine_terms, print_names_what_is_run) {
  for (guint e = 0; fixture_class(e); e++) {
    g_autoptr(Fixture) fixture = fixture_new(fixture_class(e), 6);
    fixture_put_random(fixture, 10);
    GError *error = NULL;
    g_autoptr(OnrPlan) plan = fixture_parse_terms(ONR_PLAN_AND, "war talks");
    g_autoptr(GString) out = g_string_new(NULL);
    fixture->engine_class->print(fixture->engine, plan, ONR_TABLE_ARTICLES, out, &error);
    fixture_no_error(error);
    cr_assert_eq(g_str_has_prefix(out->str, fixture->engine_class->name), TRUE, "%s", out->str);
    cr_assert_not_null(strstr(out->str, "war"));
    cr_assert_not_null(strstr(out->str, "talks"));
    cr_assert_str_not_empty(fixture->engine_class->library_version());
  }
}
