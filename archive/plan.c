/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tree itself: making, copying, printing. plan_normalise.c brings it to its normal form. */
#include "archive/plan.h"

static void child_free(gpointer p) {
  onr_plan_free(p);
}

static OnrPlan *node_new(OnrPlanKind kind) {
  OnrPlan *plan = g_new0(OnrPlan, 1);
  plan->kind = kind;
  return plan;
}

static OnrPlan *parent_new(OnrPlanKind kind) {
  OnrPlan *plan = node_new(kind);
  plan->children = g_ptr_array_new_with_free_func(child_free);
  return plan;
}

OnrPlan *onr_plan_leaf(OnrPlanKind kind) {
  g_assert(kind == ONR_PLAN_ALL || kind == ONR_PLAN_NONE);
  return node_new(kind);
}

OnrPlan *onr_plan_term(const char *term) {
  OnrPlan *plan = node_new(ONR_PLAN_TERM);
  plan->term = g_strdup(term);
  plan->wqf = 1;
  return plan;
}

OnrPlan *onr_plan_group(OnrPlanKind kind) {
  g_assert(kind == ONR_PLAN_PHRASE || kind == ONR_PLAN_NEAR || kind == ONR_PLAN_AND || kind == ONR_PLAN_OR);
  return parent_new(kind);
}

void onr_plan_add(OnrPlan *group, OnrPlan *child) {
  g_assert((group->kind != ONR_PLAN_PHRASE && group->kind != ONR_PLAN_NEAR) || child->kind == ONR_PLAN_TERM);
  g_ptr_array_add(group->children, child);
}

OnrPlan *onr_plan_not(OnrPlan *all, OnrPlan *minus) {
  OnrPlan *plan = parent_new(ONR_PLAN_NOT);
  onr_plan_add(plan, all);
  onr_plan_add(plan, minus);
  return plan;
}

OnrPlan *onr_plan_filter(OnrPlan *child) {
  OnrPlan *plan = parent_new(ONR_PLAN_FILTER);
  onr_plan_add(plan, child);
  return plan;
}

OnrPlan *onr_plan_articles(OnrPlan *child) {
  OnrPlan *plan = parent_new(ONR_PLAN_ARTICLES);
  onr_plan_add(plan, child);
  return plan;
}

OnrPlan *onr_plan_range(OnrSlot slot, gint64 low, gint64 high) {
  OnrPlan *plan = node_new(ONR_PLAN_RANGE);
  plan->slot = slot;
  plan->low = low;
  plan->high = high;
  return plan;
}

static OnrPlan *related_new(OnrPlanKind kind, OnrRelation relation, GPtrArray *identities) {
  OnrPlan *plan = node_new(kind);
  plan->relation = relation;
  plan->identities = identities;
  return plan;
}

OnrPlan *onr_plan_identity(OnrRelation relation, GPtrArray *identities) {
  return related_new(ONR_PLAN_IDENTITY, relation, identities);
}

OnrPlan *onr_plan_senses(OnrRelation relation, GPtrArray *identities) {
  return related_new(ONR_PLAN_SENSES, relation, identities);
}

OnrPlan *onr_plan_key(OnrKey key, const char *pattern) {
  OnrPlan *plan = node_new(ONR_PLAN_KEY);
  plan->key = key;
  plan->term = g_strdup(pattern);
  return plan;
}

static gpointer copy_id(gconstpointer id, gpointer data) {
  (void)data;
  return g_strdup(id);
}

OnrPlan *onr_plan_copy(const OnrPlan *plan) {
  OnrPlan *copy = g_new(OnrPlan, 1);
  *copy = *plan;
  copy->term = g_strdup(plan->term);
  if (plan->identities)
    copy->identities = g_ptr_array_copy(plan->identities, copy_id, NULL);
  if (plan->children) {
    copy->children = g_ptr_array_new_with_free_func(child_free);
    for (guint i = 0; i < plan->children->len; i++)
      g_ptr_array_add(copy->children, onr_plan_copy(plan->children->pdata[i]));
  }
  return copy;
}

void onr_plan_free(OnrPlan *plan) {
  if (!plan)
    return;
  g_free(plan->term);
  if (plan->identities)
    g_ptr_array_unref(plan->identities);
  if (plan->children)
    g_ptr_array_unref(plan->children);
  g_free(plan);
}

static const char *const kind_names[] = {
    [ONR_PLAN_ALL] = "all",       [ONR_PLAN_NONE] = "none",         [ONR_PLAN_TERM] = "term",
    [ONR_PLAN_PHRASE] = "phrase", [ONR_PLAN_NEAR] = "near",         [ONR_PLAN_AND] = "and",
    [ONR_PLAN_OR] = "or",         [ONR_PLAN_NOT] = "not",           [ONR_PLAN_FILTER] = "filter",
    [ONR_PLAN_RANGE] = "range",   [ONR_PLAN_IDENTITY] = "identity", [ONR_PLAN_SENSES] = "senses",
    [ONR_PLAN_KEY] = "key",       [ONR_PLAN_ARTICLES] = "articles"};
static const char *const slot_names[] = {[ONR_SLOT_DAY] = "day",
                                         [ONR_SLOT_KIND] = "kind",
                                         [ONR_SLOT_ACT] = "act",
                                         [ONR_SLOT_CONFIDENCE] = "confidence"};
static const char *const relation_names[] = {
    [ONR_RELATION_SPEAKER] = "speaker", [ONR_RELATION_MENTION] = "mention"};
static const char *const key_names[] = {[ONR_KEY_ID] = "id", [ONR_KEY_PATH] = "path", [ONR_KEY_URL] = "url"};

/* "18993..19082"; an end that bounds nothing is left out. */
static void print_range(const OnrPlan *plan, GString *out) {
  g_string_append_printf(out, " %s ", slot_names[plan->slot]);
  if (plan->low != G_MININT64)
    g_string_append_printf(out, "%" G_GINT64_FORMAT, plan->low);
  g_string_append(out, "..");
  if (plan->high != G_MAXINT64)
    g_string_append_printf(out, "%" G_GINT64_FORMAT, plan->high);
}

static void print_identities(const OnrPlan *plan, GString *out) {
  g_string_append_printf(out, " %s", relation_names[plan->relation]);
  for (guint i = 0; i < plan->identities->len; i++)
    g_string_append_printf(out, " %s", (char *)plan->identities->pdata[i]);
}

static void print_details(const OnrPlan *plan, GString *out) {
  switch (plan->kind) {
  case ONR_PLAN_TERM:
    g_string_append_printf(out, " %s", plan->term);
    if (plan->wqf > 1)
      g_string_append_printf(out, " * %u", plan->wqf);
    break;
  case ONR_PLAN_NEAR:
    g_string_append_printf(out, " %u", plan->window);
    break;
  case ONR_PLAN_RANGE:
    print_range(plan, out);
    break;
  case ONR_PLAN_IDENTITY:
  case ONR_PLAN_SENSES:
    print_identities(plan, out);
    break;
  case ONR_PLAN_KEY:
    g_string_append_printf(out, " %s %s", key_names[plan->key], plan->term);
    break;
  default:
    break;
  }
}

static void print_node(const OnrPlan *plan, guint level, GString *out) {
  for (guint i = 0; i < level; i++)
    g_string_append(out, "  ");
  g_string_append(out, kind_names[plan->kind]);
  print_details(plan, out);
  g_string_append_c(out, '\n');
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    print_node(plan->children->pdata[i], level + 1, out);
}

void onr_plan_print(const OnrPlan *plan, GString *out) {
  print_node(plan, 0, out);
}
