/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plan to tree: terms get their weights, conditions that the record decides become sets. */
#include "archive/fts5/bm25.h"
#include "archive/fts5/tree.h"

/* Terms of an OR that does not score from which on its rows are gathered beforehand: FTS5 asks every child of
 * an OR at every row. */
#define SWEEP_FROM 8

void onr_term_score_clear(gpointer score) {
  g_free(((OnrTermScore *)score)->term);
}

void onr_node_free(OnrNode *node) {
  if (!node)
    return;
  g_clear_pointer(&node->children, g_ptr_array_unref);
  g_free(node->term);
  g_clear_pointer(&node->positions, g_array_unref);
  onr_row_set_free(node->set);
  g_clear_pointer(&node->rows, g_array_unref);
  g_clear_pointer(&node->row_scores, g_array_unref);
  g_clear_pointer(&node->explained, g_array_unref);
  g_free(node);
}

static OnrNode *leaf_new(OnrNodeKind kind) {
  OnrNode *node = g_new0(OnrNode, 1);
  node->kind = kind;
  node->bound = ONR_BOUND_TERMLESS;
  return node;
}

static OnrNode *group_new(OnrNodeKind kind) {
  OnrNode *node = leaf_new(kind);
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)onr_node_free);
  return node;
}

static inline OnrNode *child_at(const OnrNode *node, guint i) {
  return node->children->pdata[i];
}

/* Takes SET; NULL, after an error, gives NULL. */
static OnrNode *set_new(OnrRowSet *set, gboolean is_negated) {
  if (!set)
    return NULL;
  OnrNode *node = leaf_new(ONR_NODE_SET);
  node->set = set;
  node->is_negated = is_negated;
  return node;
}

/* A field's terms are conditions: wdf 0. */
static gboolean is_field_term(const char *term) {
  return g_ascii_isupper(*term) && *term != *ONR_TERM_STEM;
}

static OnrNode *compile_term(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  g_autoptr(OnrNode) node = leaf_new(ONR_NODE_TERM);
  node->bound = ONR_BOUND_BY_TERMS;
  node->scores = scores && !is_field_term(plan->term);
  node->term = g_strdup(plan->term);
  node->wqf = plan->wqf;
  node->positions = g_array_new(FALSE, FALSE, sizeof(guint64));
  guint64 n_postings;
  if (!onr_dictionary_find(run->index->dictionaries[run->table], plan->term, &node->doc_frequency,
                           &n_postings, error))
    return NULL;
  const OnrIndexTotal *total = &run->index->totals[run->table];
  node->weight = onr_bm25_weight(&run->index->bm25, total->n_items, node->doc_frequency, plan->wqf);
  node->estimate = node->doc_frequency;
  return g_steal_pointer(&node);
}

static gboolean add_children(OnrRun *run, OnrNode *node, const OnrPlan *plan, gboolean scores,
                             GError **error) {
  node->scores = scores;
  for (guint i = 0; i < plan->children->len; i++) {
    OnrNode *child = onr_node_compile(run, plan->children->pdata[i], scores, error);
    if (!child)
      return FALSE;
    g_ptr_array_add(node->children, child);
  }
  return TRUE;
}

static void estimate_least(OnrNode *node) {
  node->estimate = G_MAXUINT64;
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->bound == ONR_BOUND_BY_TERMS)
      node->estimate = MIN(node->estimate, child_at(node, i)->estimate);
}

static OnrNode *compile_positional(OnrRun *run, const OnrPlan *plan, OnrNodeKind kind, gboolean scores,
                                   GError **error) {
  g_autoptr(OnrNode) node = group_new(kind);
  node->bound = ONR_BOUND_BY_TERMS;
  node->window = plan->window;
  if (!add_children(run, node, plan, scores, error))
    return NULL;
  estimate_least(node);
  return g_steal_pointer(&node);
}

/* Tests that cost little come first; of those with terms the rarest, which FTS5 then lets lead. */
static int compare_cost(gconstpointer a, gconstpointer b) {
  const OnrNode *x = *(OnrNode *const *)a, *y = *(OnrNode *const *)b;
  gboolean x_has_terms = x->bound == ONR_BOUND_BY_TERMS, y_has_terms = y->bound == ONR_BOUND_BY_TERMS;
  if (x_has_terms != y_has_terms)
    return x_has_terms - y_has_terms;
  return (x->estimate > y->estimate) - (x->estimate < y->estimate);
}

/* Of an AND whose children are there: bound as soon as one child is, and then the mixed ones must do without
 * positions. */
static OnrNode *finish_and(OnrRun *run, OnrNode *node, GError **error) {
  gboolean has_terms = FALSE, has_mixed = FALSE;
  for (guint i = 0; i < node->children->len; i++) {
    has_terms |= child_at(node, i)->bound == ONR_BOUND_BY_TERMS;
    has_mixed |= child_at(node, i)->bound == ONR_BOUND_MIXED;
  }
  node->bound = has_terms ? ONR_BOUND_BY_TERMS : has_mixed ? ONR_BOUND_MIXED : ONR_BOUND_TERMLESS;
  for (guint i = 0; has_terms && has_mixed && i < node->children->len; i++) {
    if (child_at(node, i)->bound != ONR_BOUND_MIXED)
      continue;
    node->children->pdata[i] = onr_node_materialise(run, child_at(node, i), error);
    if (!node->children->pdata[i]) {
      onr_node_free(node);
      return NULL;
    }
  }
  estimate_least(node);
  g_ptr_array_sort(node->children, compare_cost);
  return node;
}

static OnrNode *compile_and(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  g_autoptr(OnrNode) node = group_new(ONR_NODE_AND);
  if (!add_children(run, node, plan, scores, error))
    return NULL;
  return finish_and(run, g_steal_pointer(&node), error);
}

static gboolean is_or_of_terms(const OnrPlan *plan) {
  for (guint i = 0; i < plan->children->len; i++)
    if (((OnrPlan *)plan->children->pdata[i])->kind != ONR_PLAN_TERM)
      return FALSE;
  return TRUE;
}

static OnrNode *compile_or(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  if (!scores && plan->children->len >= SWEEP_FROM && is_or_of_terms(plan))
    return set_new(onr_leaf_any_term(run, plan->children, error), FALSE);
  g_autoptr(OnrNode) node = group_new(ONR_NODE_OR);
  if (!add_children(run, node, plan, scores, error))
    return NULL;
  guint n_by_terms = 0, n_termless = 0;
  for (guint i = 0; i < node->children->len; i++) {
    n_by_terms += child_at(node, i)->bound == ONR_BOUND_BY_TERMS;
    n_termless += child_at(node, i)->bound == ONR_BOUND_TERMLESS;
    node->estimate += child_at(node, i)->estimate;
  }
  node->bound = n_by_terms == node->children->len   ? ONR_BOUND_BY_TERMS
                : n_termless == node->children->len ? ONR_BOUND_TERMLESS
                                                    : ONR_BOUND_MIXED;
  return g_steal_pointer(&node);
}

/* --- NOT --- */

/* Whether FTS5's own expression of PLAN is exact: terms under AND and OR. */
static gboolean is_boolean(const OnrPlan *plan) {
  if (plan->kind == ONR_PLAN_TERM)
    return TRUE;
  if (plan->kind == ONR_PLAN_FILTER)
    return is_boolean(plan->children->pdata[0]);
  if (plan->kind != ONR_PLAN_AND && plan->kind != ONR_PLAN_OR)
    return FALSE;
  for (guint i = 0; i < plan->children->len; i++)
    if (!is_boolean(plan->children->pdata[i]))
      return FALSE;
  return TRUE;
}

static guint count_leaves(const OnrPlan *plan) {
  guint n = !plan->children;
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    n += count_leaves(plan->children->pdata[i]);
  return n;
}

static OnrNode *compile_minus(OnrRun *run, OnrNode *all, const OnrPlan *minus, GError **error) {
  g_autoptr(OnrNode) node = group_new(ONR_NODE_MINUS);
  node->bound = ONR_BOUND_BY_TERMS;
  node->scores = all->scores;
  node->estimate = all->estimate;
  g_ptr_array_add(node->children, all);
  OnrNode *child = onr_node_compile(run, minus, FALSE, error);
  if (!child)
    return NULL;
  g_ptr_array_add(node->children, child);
  return g_steal_pointer(&node);
}

static OnrNode *compile_not(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  g_autoptr(OnrNode) all = onr_node_compile(run, plan->children->pdata[0], scores, error);
  const OnrPlan *minus = plan->children->pdata[1];
  if (!all)
    return NULL;
  if (all->bound == ONR_BOUND_BY_TERMS && is_boolean(minus) && count_leaves(minus) < SWEEP_FROM)
    return compile_minus(run, g_steal_pointer(&all), minus, error);
  OnrNode *absent = set_new(onr_run_for_set(run, minus, error), TRUE);
  if (!absent)
    return NULL;
  OnrNode *node = group_new(ONR_NODE_AND);
  node->scores = scores;
  g_ptr_array_add(node->children, g_steal_pointer(&all));
  g_ptr_array_add(node->children, absent);
  return finish_and(run, node, error);
}

/* --- conditions --- */

static OnrNode *compile_range(const OnrRun *run, const OnrPlan *plan) {
  gboolean is_over_quotes = run->table == ONR_TABLE_QUOTES;
  if (!is_over_quotes && plan->slot != ONR_SLOT_DAY)
    return set_new(onr_row_set_new(), FALSE);
  OnrNode *node = leaf_new(ONR_NODE_RANGE);
  node->slot = plan->slot;
  node->low = plan->low;
  node->high = plan->high;
  node->is_via_article = is_over_quotes && plan->slot == ONR_SLOT_DAY;
  node->column = plan->slot == ONR_SLOT_DAY ? ONR_ARTICLE_DAY : ONR_QUOTE_TRAITS;
  return node;
}

/* A date is looked up at the quote's article; any other condition on articles is run over them first. */
static OnrNode *compile_articles(OnrRun *run, const OnrPlan *plan, GError **error) {
  const OnrPlan *child = plan->children->pdata[0];
  if (run->table == ONR_TABLE_ARTICLES)
    return onr_node_compile(run, child, FALSE, error);
  if (child->kind == ONR_PLAN_RANGE && child->slot == ONR_SLOT_DAY)
    return compile_range(run, child);
  OnrRun articles = {.index = run->index, .table = ONR_TABLE_ARTICLES, .high = ONR_ROW_MAX};
  OnrNode *node = set_new(onr_run_for_set(&articles, child, error), FALSE);
  if (node)
    node->is_via_article = TRUE;
  return node;
}

OnrNode *onr_node_compile(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  switch (plan->kind) {
  case ONR_PLAN_TERM:
    return compile_term(run, plan, scores, error);
  case ONR_PLAN_PHRASE:
    return compile_positional(run, plan, ONR_NODE_PHRASE, scores, error);
  case ONR_PLAN_NEAR:
    return compile_positional(run, plan, ONR_NODE_NEAR, scores, error);
  case ONR_PLAN_AND:
    return compile_and(run, plan, scores, error);
  case ONR_PLAN_OR:
    return compile_or(run, plan, scores, error);
  case ONR_PLAN_NOT:
    return compile_not(run, plan, scores, error);
  case ONR_PLAN_FILTER:
    return onr_node_compile(run, plan->children->pdata[0], FALSE, error);
  case ONR_PLAN_RANGE:
    return compile_range(run, plan);
  case ONR_PLAN_IDENTITY:
    return set_new(onr_leaf_identity(run, plan, error), FALSE);
  case ONR_PLAN_KEY:
    return set_new(onr_leaf_key(run, plan, error), FALSE);
  case ONR_PLAN_ARTICLES:
    return compile_articles(run, plan, error);
  case ONR_PLAN_NONE:
    return set_new(onr_row_set_new(), FALSE);
  case ONR_PLAN_ALL:
  default:
    return leaf_new(ONR_NODE_ALL);
  }
}
