/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The normal form of a plan (see onr_plan_normalise). Each rule keeps the set of items and the sum of scores
 * as they are. */
#include "archive/plan.h"

#include <string.h>

/* Of a tree as it is given: recursion below stays within the stack. */
#define RAW_DEPTH_MAX 1000

static OnrPlan *normal_of(OnrPlan *plan);

static gboolean is_deeper_than(const OnrPlan *plan, guint limit) {
  if (!limit)
    return TRUE;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    if (is_deeper_than(plan->children->pdata[i], limit - 1))
      return TRUE;
  return FALSE;
}

static gboolean child_scores(const OnrPlan *plan, guint i) {
  return plan->kind != ONR_PLAN_FILTER && plan->kind != ONR_PLAN_ARTICLES &&
         (plan->kind != ONR_PLAN_NOT || i == 0);
}

static void count_terms(const OnrPlan *plan, gboolean is_scoring, guint *n_scoring, guint *n_all) {
  if (plan->kind == ONR_PLAN_TERM) {
    *n_scoring += is_scoring ? 1 : 0;
    *n_all += 1;
  }
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    count_terms(plan->children->pdata[i], is_scoring && child_scores(plan, i), n_scoring, n_all);
}

/* Leaves a hole that onr_plan_free passes over. */
static OnrPlan *take_child(OnrPlan *parent, guint i) {
  return g_steal_pointer((OnrPlan **)&parent->children->pdata[i]);
}

static OnrPlan *replace(OnrPlan *plan, OnrPlan *by) {
  onr_plan_free(plan);
  return by;
}

static OnrPlan *replace_by_child(OnrPlan *plan, guint i) {
  return replace(plan, take_child(plan, i));
}

static gboolean scores_nothing(const OnrPlan *plan) {
  switch (plan->kind) {
  case ONR_PLAN_ALL:
  case ONR_PLAN_NONE:
  case ONR_PLAN_RANGE:
  case ONR_PLAN_IDENTITY:
  case ONR_PLAN_SENSES:
  case ONR_PLAN_KEY:
  case ONR_PLAN_ARTICLES:
  case ONR_PLAN_FILTER:
    return TRUE;
  default:
    return FALSE;
  }
}

/* PLAN where only its set matters. */
static OnrPlan *condition_of(OnrPlan *plan) {
  return plan->kind == ONR_PLAN_FILTER ? replace_by_child(plan, 0) : plan;
}

/* An AND or OR in the making: children as they come, equal terms once. */
typedef struct {
  OnrPlan *group;
  GHashTable *terms; /* term → node; borrowed */
  gboolean has_all, has_none;
} Gathering;

static Gathering gathering_begin(OnrPlanKind kind) {
  return (Gathering){.group = onr_plan_group(kind), .terms = g_hash_table_new(g_str_hash, g_str_equal)};
}

static void gather_term(Gathering *g, OnrPlan *term) {
  OnrPlan *same = g_hash_table_lookup(g->terms, term->term);
  if (same) {
    same->wqf += term->wqf;
    onr_plan_free(term);
    return;
  }
  g_hash_table_insert(g->terms, term->term, term);
  onr_plan_add(g->group, term);
}

/* CHILD is normal. One of the group's own kind hands over its children. */
static void gather(Gathering *g, OnrPlan *child) {
  if (child->kind == g->group->kind) {
    for (guint i = 0; i < child->children->len; i++)
      gather(g, take_child(child, i));
    onr_plan_free(child);
  } else if (child->kind == ONR_PLAN_TERM) {
    gather_term(g, child);
  } else if (child->kind == ONR_PLAN_ALL || child->kind == ONR_PLAN_NONE) {
    g->has_all |= child->kind == ONR_PLAN_ALL;
    g->has_none |= child->kind == ONR_PLAN_NONE;
    onr_plan_free(child);
  } else {
    onr_plan_add(g->group, child);
  }
}

/* The group, or its only child; EMPTY where there is none. */
static OnrPlan *gathering_end(Gathering *g, OnrPlanKind empty) {
  g_hash_table_unref(g->terms);
  if (g->group->children->len > 1)
    return g->group;
  return g->group->children->len ? replace_by_child(g->group, 0) : replace(g->group, onr_plan_leaf(empty));
}

/* All holds of every item: items minus all are none, but beside terms that score it stays as a child. */
static OnrPlan *end_or(Gathering *g) {
  if (g->has_all)
    onr_plan_add(g->group, onr_plan_leaf(ONR_PLAN_ALL));
  return gathering_end(g, ONR_PLAN_NONE);
}

static gboolean holds_all(const OnrPlan *plan) {
  if (plan->kind != ONR_PLAN_OR)
    return plan->kind == ONR_PLAN_ALL;
  for (guint i = 0; i < plan->children->len; i++)
    if (((OnrPlan *)plan->children->pdata[i])->kind == ONR_PLAN_ALL)
      return TRUE;
  return FALSE;
}

/* ALL and MINUS are normal, ALL is no NOT. */
static OnrPlan *difference_of(OnrPlan *all, OnrPlan *minus) {
  if (minus->kind == ONR_PLAN_NONE)
    return replace(minus, all);
  if (all->kind == ONR_PLAN_NONE || holds_all(minus)) {
    onr_plan_free(minus);
    return replace(all, onr_plan_leaf(ONR_PLAN_NONE));
  }
  return onr_plan_not(all, minus);
}

static OnrPlan *normal_or(OnrPlan *plan) {
  Gathering g = gathering_begin(ONR_PLAN_OR);
  for (guint i = 0; i < plan->children->len; i++)
    gather(&g, normal_of(take_child(plan, i)));
  return replace(plan, end_or(&g));
}

/* What the children subtract is subtracted once, from the whole: (a − x) ∧ b is (a ∧ b) − x. */
static OnrPlan *normal_and(OnrPlan *plan) {
  Gathering all = gathering_begin(ONR_PLAN_AND), minus = gathering_begin(ONR_PLAN_OR);
  for (guint i = 0; i < plan->children->len; i++) {
    OnrPlan *child = normal_of(take_child(plan, i));
    if (child->kind == ONR_PLAN_NOT) {
      gather(&minus, take_child(child, 1));
      child = replace_by_child(child, 0);
    }
    gather(&all, child);
  }
  gboolean is_none = all.has_none;
  OnrPlan *positive = gathering_end(&all, ONR_PLAN_ALL);
  if (is_none)
    positive = replace(positive, onr_plan_leaf(ONR_PLAN_NONE));
  return replace(plan, difference_of(positive, end_or(&minus)));
}

static OnrPlan *normal_not(OnrPlan *plan) {
  OnrPlan *all = normal_of(take_child(plan, 0));
  Gathering minus = gathering_begin(ONR_PLAN_OR);
  if (all->kind == ONR_PLAN_NOT) {
    gather(&minus, take_child(all, 1));
    all = replace_by_child(all, 0);
  }
  gather(&minus, condition_of(normal_of(take_child(plan, 1))));
  return replace(plan, difference_of(all, end_or(&minus)));
}

static OnrPlan *normal_filter(OnrPlan *plan) {
  OnrPlan *child = normal_of(take_child(plan, 0));
  if (scores_nothing(child))
    return replace(plan, child);
  plan->children->pdata[0] = child;
  return plan;
}

static OnrPlan *normal_articles(OnrPlan *plan) {
  OnrPlan *child = condition_of(normal_of(take_child(plan, 0)));
  if (child->kind == ONR_PLAN_ALL || child->kind == ONR_PLAN_NONE)
    return replace(plan, child);
  plan->children->pdata[0] = child;
  return plan;
}

static OnrPlan *normal_of(OnrPlan *plan) {
  gboolean is_empty = FALSE;
  switch (plan->kind) {
  case ONR_PLAN_AND:
    return normal_and(plan);
  case ONR_PLAN_OR:
    return normal_or(plan);
  case ONR_PLAN_NOT:
    return normal_not(plan);
  case ONR_PLAN_FILTER:
    return normal_filter(plan);
  case ONR_PLAN_ARTICLES:
    return normal_articles(plan);
  case ONR_PLAN_PHRASE:
  case ONR_PLAN_NEAR:
    if (plan->children->len == 1)
      return replace_by_child(plan, 0);
    is_empty = plan->children->len == 0;
    break;
  case ONR_PLAN_RANGE:
    is_empty = plan->low > plan->high;
    break;
  case ONR_PLAN_IDENTITY:
  case ONR_PLAN_SENSES:
    is_empty = plan->identities->len == 0;
    break;
  default:
    break;
  }
  return is_empty ? replace(plan, onr_plan_leaf(ONR_PLAN_NONE)) : plan;
}

static gboolean is_within_limits(const OnrPlan *plan, GError **error) {
  if (is_deeper_than(plan, ONR_PLAN_MAX_DEPTH)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "query is more than %d levels deep", ONR_PLAN_MAX_DEPTH);
    return FALSE;
  }
  guint n_scoring = 0, n_all = 0;
  count_terms(plan, TRUE, &n_scoring, &n_all);
  if (n_scoring > ONR_PLAN_MAX_TERMS || n_all > ONR_PLAN_MAX_ALL_TERMS) {
    gboolean is_scoring = n_scoring > ONR_PLAN_MAX_TERMS;
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "query has %u terms%s, the limit is %d",
                is_scoring ? n_scoring : n_all, is_scoring ? "" : " with those of prefixes",
                is_scoring ? ONR_PLAN_MAX_TERMS : ONR_PLAN_MAX_ALL_TERMS);
    return FALSE;
  }
  return TRUE;
}

OnrPlan *onr_plan_normalise(OnrPlan *plan, GError **error) {
  if (is_deeper_than(plan, RAW_DEPTH_MAX)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "query is more than %d levels deep", ONR_PLAN_MAX_DEPTH);
    onr_plan_free(plan);
    return NULL;
  }
  OnrPlan *normal = normal_of(plan);
  if (is_within_limits(normal, error))
    return normal;
  onr_plan_free(normal);
  return NULL;
}
