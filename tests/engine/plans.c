/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "plans.h"

#include <string.h>

guint plans_below(Fixture *fixture, guint n) {
  return (guint)g_rand_int_range(fixture->rand, 0, (gint32)n);
}

static const char *const prefixes[][4] = {
    [ONR_TABLE_ARTICLES] = {ONR_PREFIX_TITLE, ONR_PREFIX_BYLINE, ONR_PREFIX_PUBLISHER, ONR_PREFIX_SECTION},
    [ONR_TABLE_QUOTES] = {ONR_PREFIX_ROLE, ONR_PREFIX_CUE, ONR_PREFIX_CUE, ONR_PREFIX_ROLE}};

/* What a query's word looks for: form or stem, bare or of a field; now and then what nothing has. */
OnrPlan *plans_random_term(Fixture *fixture, const char *prefix, gboolean is_stem) {
  if (!plans_below(fixture, 30))
    return onr_plan_term("no\"such");
  const char *word = fixture_random_word(fixture);
  g_autoptr(GArray) terms = onr_terms_query(fixture->maker, word, strlen(word), TRUE);
  const OnrQueryTerm *query = &g_array_index(terms, OnrQueryTerm, 0);
  g_autofree char *term = onr_term_compose(prefix, is_stem, is_stem ? query->stem : query->form);
  return onr_plan_term(term);
}

static OnrPlan *random_positional(Fixture *fixture, OnrPlanKind kind, const char *prefix) {
  OnrPlan *plan = onr_plan_group(kind);
  guint n = kind == ONR_PLAN_NEAR ? 2 : 2 + plans_below(fixture, 2);
  for (guint i = 0; i < n; i++)
    onr_plan_add(plan, plans_random_term(fixture, prefix, kind == ONR_PLAN_NEAR && plans_below(fixture, 2)));
  plan->window = plans_below(fixture, 6);
  return plan;
}

static OnrPlan *random_range(Fixture *fixture, OnrTable table) {
  OnrSlot slot = table == ONR_TABLE_ARTICLES ? ONR_SLOT_DAY : (OnrSlot)plans_below(fixture, 4);
  static const gint64 tops[] = {
      [ONR_SLOT_DAY] = 40, [ONR_SLOT_KIND] = 2, [ONR_SLOT_ACT] = 1, [ONR_SLOT_CONFIDENCE] = 100};
  if (slot == ONR_SLOT_DAY && !plans_below(fixture, 4))
    return onr_plan_range(slot, ONR_NO_DAY, ONR_NO_DAY);
  gint64 low = g_rand_int_range(fixture->rand, slot == ONR_SLOT_DAY ? -40 : 0, (gint32)tops[slot] + 1);
  return onr_plan_range(slot, plans_below(fixture, 4) ? low : ONR_NO_DAY,
                        low + plans_below(fixture, (guint)tops[slot] + 1));
}

/* Now and then one that the record does not have. */
static OnrPlan *random_identity(Fixture *fixture) {
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  for (guint n = plans_below(fixture, 3) + 1; n > 0; n--) {
    const char *id = plans_below(fixture, 10) ? fixture_random_entity(fixture) : "person:nobody";
    if (!ids->len || strcmp(id, ids->pdata[ids->len - 1]) > 0)
      g_ptr_array_add(ids, g_strdup(id));
  }
  return onr_plan_identity(plans_below(fixture, 2) ? ONR_RELATION_SPEAKER : ONR_RELATION_MENTION, ids);
}

static OnrPlan *random_key(Fixture *fixture, OnrTable table) {
  static const char *const paths[] = {"wire", "/news/daily", "file3.txt", "*file1*", "ews", "/news"};
  static const char *const urls[] = {"wire", "*daily.example*", "example/1", "https"};
  const GPtrArray *items = fixture->model->items[table];
  switch (plans_below(fixture, 3)) {
  case 0:
    return onr_plan_key(ONR_KEY_PATH, paths[plans_below(fixture, G_N_ELEMENTS(paths))]);
  case 1:
    return onr_plan_key(ONR_KEY_URL, urls[plans_below(fixture, G_N_ELEMENTS(urls))]);
  default:
    if (!items->len)
      return onr_plan_key(ONR_KEY_ID, "nothing");
    const ModelItem *item = items->pdata[plans_below(fixture, items->len)];
    g_autofree char *id = item->number && plans_below(fixture, 2)
                              ? g_strdup_printf("%s#%u", item->article_id, item->number)
                              : g_strdup(item->article_id);
    return onr_plan_key(ONR_KEY_ID, id);
  }
}

static OnrPlan *random_tree(Fixture *fixture, OnrTable table, guint depth);

static OnrPlan *random_group(Fixture *fixture, OnrTable table, OnrPlanKind kind, guint depth) {
  OnrPlan *plan = onr_plan_group(kind);
  for (guint n = 2 + plans_below(fixture, 3); n > 0; n--)
    onr_plan_add(plan, random_tree(fixture, table, depth - 1));
  return plan;
}

/* A prefix's expansion: a filter over many terms. */
static OnrPlan *random_expansion(Fixture *fixture) {
  OnrPlan *plan = onr_plan_group(ONR_PLAN_OR);
  for (guint n = 2 + plans_below(fixture, 20); n > 0; n--)
    onr_plan_add(plan, plans_random_term(fixture, "", FALSE));
  return onr_plan_filter(plan);
}

static OnrPlan *random_leaf(Fixture *fixture, OnrTable table) {
  const char *prefix = plans_below(fixture, 4) ? "" : prefixes[table][plans_below(fixture, 4)];
  switch (plans_below(fixture, 16)) {
  case 0:
    return random_range(fixture, table);
  case 1:
    return random_identity(fixture);
  case 2:
    return random_key(fixture, table);
  case 3:
    return onr_plan_leaf(plans_below(fixture, 3) ? ONR_PLAN_ALL : ONR_PLAN_NONE);
  case 4:
    return random_expansion(fixture);
  case 5:
  case 6:
    return random_positional(fixture, ONR_PLAN_PHRASE, prefix);
  case 7:
  case 8:
    return random_positional(fixture, ONR_PLAN_NEAR, prefix);
  default:
    return plans_random_term(fixture, prefix, !!plans_below(fixture, 2));
  }
}

static OnrPlan *random_tree(Fixture *fixture, OnrTable table, guint depth) {
  if (!depth)
    return random_leaf(fixture, table);
  switch (plans_below(fixture, 12)) {
  case 0:
  case 1:
  case 2:
  case 3:
    return random_group(fixture, table, ONR_PLAN_AND, depth);
  case 4:
  case 5:
  case 6:
    return random_group(fixture, table, ONR_PLAN_OR, depth);
  case 7:
  case 8:
    return onr_plan_not(random_tree(fixture, table, depth - 1), random_tree(fixture, table, depth - 1));
  case 9:
    return onr_plan_filter(random_tree(fixture, table, depth - 1));
  case 10:
    if (table == ONR_TABLE_QUOTES)
      return onr_plan_articles(random_tree(fixture, ONR_TABLE_ARTICLES, depth - 1));
    return random_leaf(fixture, table);
  default:
    return random_leaf(fixture, table);
  }
}

OnrPlan *plans_random(Fixture *fixture, OnrTable table, guint depth) {
  GError *error = NULL;
  OnrPlan *plan = onr_plan_normalise(random_tree(fixture, table, depth), &error);
  fixture_no_error(error);
  return plan;
}

void plans_compare_random(Fixture *fixture, guint n, guint depth) {
  for (guint i = 0; i < n; i++) {
    OnrTable table = i % 2 ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES;
    g_autoptr(OnrPlan) plan = plans_random(fixture, table, depth);
    fixture_compare(fixture, plan, table);
  }
}
