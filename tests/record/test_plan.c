/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/plan.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

ONR_SUITE(plan);

/* --- (and (term a) …) to a plan --- */

static char *next_word(const char **p) {
  while (**p == ' ')
    (*p)++;
  const char *first = *p;
  while (**p && !strchr(" ()", **p))
    (*p)++;
  return g_strndup(first, (gsize)(*p - first));
}

static gint64 number_of(const char *word, gint64 open_end) {
  return !strcmp(word, "*") ? open_end : g_ascii_strtoll(word, NULL, 10);
}

static OnrPlan *read_plan(const char **p);

static gboolean read_char(const char **p, char c) {
  while (**p == ' ')
    (*p)++;
  gboolean is_there = **p == c;
  *p += is_there;
  return is_there;
}

static OnrPlan *read_group(OnrPlanKind kind, const char **p) {
  OnrPlan *plan = onr_plan_group(kind);
  if (kind == ONR_PLAN_NEAR) {
    g_autofree char *window = next_word(p);
    plan->window = (guint)atoi(window);
  }
  while (!read_char(p, ')'))
    onr_plan_add(plan, read_plan(p));
  (*p)--;
  return plan;
}

static OnrPlan *read_range(const char **p) {
  static const char *const slots[] = {"day", "kind", "act", "confidence"};
  g_autofree char *slot = next_word(p), *low = next_word(p), *high = next_word(p);
  int i = 0;
  while (strcmp(slots[i], slot))
    i++;
  return onr_plan_range((OnrSlot)i, number_of(low, G_MININT64), number_of(high, G_MAXINT64));
}

static OnrPlan *read_identity(const char **p) {
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *relation = next_word(p);
  while (!read_char(p, ')'))
    g_ptr_array_add(ids, next_word(p));
  (*p)--;
  return onr_plan_identity(strcmp(relation, "speaker") ? ONR_RELATION_MENTION : ONR_RELATION_SPEAKER, ids);
}

static OnrPlan *read_key(const char **p) {
  g_autofree char *key = next_word(p), *pattern = next_word(p);
  return onr_plan_key(!strcmp(key, "id")     ? ONR_KEY_ID
                      : !strcmp(key, "path") ? ONR_KEY_PATH
                                             : ONR_KEY_URL,
                      pattern);
}

static OnrPlan *read_named(const char *name, const char **p) {
  if (!strcmp(name, "all") || !strcmp(name, "none"))
    return onr_plan_leaf(*name == 'a' ? ONR_PLAN_ALL : ONR_PLAN_NONE);
  if (!strcmp(name, "term")) {
    g_autofree char *term = next_word(p);
    return onr_plan_term(term);
  }
  if (!strcmp(name, "not")) {
    OnrPlan *all = read_plan(p);
    return onr_plan_not(all, read_plan(p));
  }
  if (!strcmp(name, "filter"))
    return onr_plan_filter(read_plan(p));
  if (!strcmp(name, "articles"))
    return onr_plan_articles(read_plan(p));
  if (!strcmp(name, "range"))
    return read_range(p);
  if (!strcmp(name, "identity"))
    return read_identity(p);
  if (!strcmp(name, "key"))
    return read_key(p);
  return read_group(!strcmp(name, "and")    ? ONR_PLAN_AND
                    : !strcmp(name, "or")   ? ONR_PLAN_OR
                    : !strcmp(name, "near") ? ONR_PLAN_NEAR
                                            : ONR_PLAN_PHRASE,
                    p);
}

static OnrPlan *read_plan(const char **p) {
  cr_assert_eq(read_char(p, '('), TRUE, "no '(' at '%s'", *p);
  g_autofree char *name = next_word(p);
  OnrPlan *plan = read_named(name, p);
  cr_assert_eq(read_char(p, ')'), TRUE, "no ')' at '%s'", *p);
  return plan;
}

static OnrPlan *plan_of(const char *text) {
  return read_plan(&text);
}

/* --- tests --- */

Test(plan, is_normalised_and_printed_as_the_cases_say) {
  g_autoptr(GPtrArray) cases = onr_test_cases("plans.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    GError *error = NULL;
    g_autoptr(OnrPlan) plan = onr_plan_normalise(plan_of(c->input), &error);
    require(plan != NULL, error);
    g_autoptr(GString) printed = g_string_new(NULL), expected = g_string_new(NULL);
    onr_plan_print(plan, printed);
    for (guint k = 0; k < c->expected->len; k++)
      g_string_append_printf(expected, "%s\n", (char *)c->expected->pdata[k]);
    cr_expect_str_eq(printed->str, expected->str, "plans.test:%u: %s\n%s", c->line, c->input, printed->str);
  }
}

Test(plan, normalising_twice_changes_nothing) {
  g_autoptr(GPtrArray) cases = onr_test_cases("plans.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    OnrPlan *once = onr_plan_normalise(plan_of(c->input), NULL);
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    onr_plan_print(once, first);
    g_autoptr(OnrPlan) twice = onr_plan_normalise(once, NULL);
    onr_plan_print(twice, second);
    cr_expect_str_eq(first->str, second->str, "plans.test:%u", c->line);
  }
}

Test(plan, a_copy_prints_alike_and_shares_nothing) {
  g_autoptr(OnrPlan) plan = plan_of(
      "(and (near 4 (term a) (term b)) (identity speaker org:b person:a) (not (key id x) (range act 0 1)))");
  g_autoptr(OnrPlan) copy = onr_plan_copy(plan);
  g_autoptr(GString) a = g_string_new(NULL), b = g_string_new(NULL);
  onr_plan_print(plan, a);
  g_clear_pointer(&plan, onr_plan_free);
  onr_plan_print(copy, b);
  cr_expect_str_eq(a->str, b->str);
}

/* (and (or (and … (term x) …))): LEVELS groups around a term. */
static OnrPlan *tower(guint levels) {
  OnrPlan *plan = onr_plan_term("x");
  for (guint i = 0; i < levels; i++) {
    OnrPlan *group = onr_plan_group(i % 2 ? ONR_PLAN_AND : ONR_PLAN_OR);
    g_autofree char *other = g_strdup_printf("t%u", i);
    onr_plan_add(group, onr_plan_term(other));
    onr_plan_add(group, plan);
    plan = group;
  }
  return plan;
}

Test(plan, may_be_as_deep_as_the_limit_and_no_deeper) {
  GError *error = NULL;
  g_autoptr(OnrPlan) plan = onr_plan_normalise(tower(ONR_PLAN_MAX_DEPTH - 1), &error);
  require(plan != NULL, error);
  cr_expect_null(onr_plan_normalise(tower(ONR_PLAN_MAX_DEPTH), &error));
  require_error(error, ONR_ERROR_LIMIT, "levels deep");
}

Test(plan, of_absurd_depth_is_refused_before_it_is_walked) {
  GError *error = NULL;
  cr_expect_null(onr_plan_normalise(tower(5000), &error));
  require_error(error, ONR_ERROR_LIMIT, "levels deep");
}

static OnrPlan *many_terms(OnrPlanKind kind, guint n) {
  OnrPlan *plan = onr_plan_group(kind);
  for (guint i = 0; i < n; i++) {
    g_autofree char *term = g_strdup_printf("t%u", i);
    onr_plan_add(plan, onr_plan_term(term));
  }
  return plan;
}

Test(plan, may_have_as_many_terms_as_the_limit_and_no_more) {
  GError *error = NULL;
  g_autoptr(OnrPlan) plan = onr_plan_normalise(many_terms(ONR_PLAN_OR, ONR_PLAN_MAX_TERMS), &error);
  require(plan != NULL, error);
  cr_expect_null(onr_plan_normalise(many_terms(ONR_PLAN_PHRASE, ONR_PLAN_MAX_TERMS + 1), &error));
  require_error(error, ONR_ERROR_LIMIT, "1001 terms");
}

Test(plan, counts_terms_after_equal_ones_are_merged) {
  OnrPlan *plan = onr_plan_group(ONR_PLAN_OR);
  for (guint i = 0; i < 3 * ONR_PLAN_MAX_TERMS; i++)
    onr_plan_add(plan, onr_plan_term(i % 2 ? "a" : "b"));
  GError *error = NULL;
  g_autoptr(OnrPlan) normal = onr_plan_normalise(plan, &error);
  require(normal != NULL, error);
  cr_expect_eq(normal->children->len, 2);
}

Test(plan, has_room_for_the_terms_of_prefixes_which_only_filter) {
  GError *error = NULL;
  OnrPlan *plan = onr_plan_group(ONR_PLAN_AND);
  onr_plan_add(plan, onr_plan_term("a"));
  for (guint i = 0; i < 5; i++)
    onr_plan_add(plan, onr_plan_filter(many_terms(ONR_PLAN_OR, 1000)));
  plan = onr_plan_not(plan, onr_plan_articles(many_terms(ONR_PLAN_OR, 1000)));
  g_autoptr(OnrPlan) normal = onr_plan_normalise(plan, &error);
  require(normal != NULL, error);
  cr_expect_null(
      onr_plan_normalise(onr_plan_filter(many_terms(ONR_PLAN_OR, ONR_PLAN_MAX_ALL_TERMS + 1)), &error));
  require_error(error, ONR_ERROR_LIMIT, "10001 terms with those of prefixes");
}
