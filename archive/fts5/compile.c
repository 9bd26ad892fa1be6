/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plan to tree: terms get their lists and weights, conditions that the record decides become sets. */
#include "archive/fts5/bm25.h"
#include "archive/fts5/tree.h"

/* Terms of an OR that does not score from which on its rows are gathered beforehand: an OR asks every child
   at every row, and a prefix may stand for a thousand. */
#define GATHER_FROM 8

void onr_term_score_clear(gpointer score) {
  g_free(((OnrTermScore *)score)->term);
}

void onr_node_free(OnrNode *node) {
  if (!node)
    return;
  g_clear_pointer(&node->leaders, g_ptr_array_unref);
  g_clear_pointer(&node->children, g_ptr_array_unref);
  g_free(node->term);
  onr_list_free(node->list);
  g_free(node->positions);
  g_free(node->order);
  onr_row_set_free(node->set);
  g_free(node);
}

static OnrNode *leaf_new(OnrNodeKind kind) {
  OnrNode *node = g_new0(OnrNode, 1);
  node->kind = kind;
  return node;
}

static inline OnrNode *child_at(const OnrNode *node, guint i) {
  return node->children->pdata[i];
}

/* Takes SET; NULL, after an error, gives NULL. */
static OnrNode *set_new(OnrRowSet *set) {
  if (!set)
    return NULL;
  OnrNode *node = leaf_new(ONR_NODE_SET);
  node->set = set;
  node->is_driven = TRUE;
  node->estimate = onr_row_set_count(set);
  return node;
}

/* A field's terms are conditions: wdf 0. */
static gboolean is_field_term(const char *term) {
  return g_ascii_isupper(*term) && *term != *ONR_TERM_STEM;
}

static OnrNode *compile_term(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  g_autoptr(OnrNode) node = leaf_new(ONR_NODE_TERM);
  OnrIndex *index = run->index;
  g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
  guint64 n_postings;
  OnrDictionary *dictionary = index->dictionaries[run->table];
  if (!onr_dictionary_find(dictionary, plan->term, &node->doc_frequency, &n_postings, error) ||
      !onr_dictionary_forms(dictionary, plan->term, forms, error))
    return NULL;
  node->scores = scores && !is_field_term(plan->term);
  node->term = g_strdup(plan->term);
  node->wqf = plan->wqf;
  node->weight =
      onr_bm25_weight(&index->bm25, index->totals[run->table].n_items, node->doc_frequency, plan->wqf);
  node->list = onr_list_open(index->segments[run->table], forms);
  node->is_driven = TRUE;
  node->estimate = node->doc_frequency;
  return g_steal_pointer(&node);
}

/* --- groups --- */

#define UNCOUNTED G_MAXUINT64 /* the estimate of a set that others have gone into */

typedef void (*CombineFunc)(OnrRowSet *set, const OnrRowSet *other);

/* Adds CHILD to NODE. Sets, which are known before the search begins and score nothing, become one by COMBINE
 * (or NULL). */
static void add_child(OnrNode *node, OnrNode *child, CombineFunc combine) {
  for (guint i = 0; combine && child->kind == ONR_NODE_SET && i < node->children->len; i++) {
    OnrNode *other = child_at(node, i);
    if (other->kind != ONR_NODE_SET)
      continue;
    combine(other->set, child->set);
    other->estimate = UNCOUNTED;
    onr_node_free(child);
    return;
  }
  g_ptr_array_add(node->children, child);
}

static void count_sets(const OnrNode *node) {
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->estimate == UNCOUNTED)
      child_at(node, i)->estimate = onr_row_set_count(child_at(node, i)->set);
}

static OnrNode *group_new(OnrRun *run, const OnrPlan *plan, OnrNodeKind kind, gboolean scores,
                          CombineFunc combine, GError **error) {
  g_autoptr(OnrNode) node = leaf_new(kind);
  node->scores = scores;
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)onr_node_free);
  for (guint i = 0; i < plan->children->len; i++) {
    OnrNode *child = onr_node_compile(run, plan->children->pdata[i], scores, error);
    if (!child)
      return NULL;
    add_child(node, child, combine);
  }
  count_sets(node);
  return g_steal_pointer(&node);
}

/* TRUE where one set is all that is left of NODE. */
static gboolean is_set(const OnrNode *node) {
  return node->children->len == 1 && child_at(node, 0)->kind == ONR_NODE_SET;
}

/* The set that is all that is left of NODE, which goes. */
static OnrNode *take_set(OnrNode *node) {
  OnrNode *set = g_ptr_array_steal_index(node->children, 0);
  onr_node_free(node);
  return set;
}

static int compare_estimates(gconstpointer a, gconstpointer b) {
  const OnrNode *x = *(OnrNode *const *)a, *y = *(OnrNode *const *)b;
  return (x->estimate > y->estimate) - (x->estimate < y->estimate);
}

static void find_leaders(OnrNode *node) {
  node->leaders = g_ptr_array_new();
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->is_driven)
      g_ptr_array_add(node->leaders, child_at(node, i));
  g_ptr_array_sort(node->leaders, compare_estimates);
  node->is_driven = node->leaders->len > 0;
  node->estimate = node->is_driven ? ((OnrNode *)node->leaders->pdata[0])->estimate : 0;
}

/* Words of so many times the rows of the rarest do not lead: a page of their lists, which are long, has to be
   read for nearly every row at which the rarer ones agree. */
#define COMMON_WORD 4

static int compare_words(gconstpointer a, gconstpointer b, gpointer children) {
  GPtrArray *words = children;
  return compare_estimates(&words->pdata[*(const guint *)a], &words->pdata[*(const guint *)b]);
}

/* Two words lead at least: one alone tells nothing of the phrase. All words are terms, so all are leaders, in
   the same order. */
static void order_words(OnrNode *node) {
  guint n = node->children->len;
  node->order = g_new(guint, n);
  for (guint i = 0; i < n; i++)
    node->order[i] = i;
  g_qsort_with_data(node->order, (gint)n, sizeof *node->order, compare_words, node->children);
  guint64 most = COMMON_WORD * node->estimate;
  node->n_rare = MIN(n, 2);
  while (node->n_rare < n && child_at(node, node->order[node->n_rare])->estimate <= most)
    node->n_rare++;
  g_ptr_array_set_size(node->leaders, (gint)node->n_rare);
}

static OnrNode *compile_positional(OnrRun *run, const OnrPlan *plan, OnrNodeKind kind, gboolean scores,
                                   GError **error) {
  OnrNode *node = group_new(run, plan, kind, scores, NULL, error);
  if (!node)
    return NULL;
  node->window = plan->window;
  node->positions = g_new0(OnrPositions, plan->children->len);
  find_leaders(node);
  order_words(node);
  return node;
}

/* What is tested first: conditions, which cost little, then terms, then what reads positions. */
static int cost_of(const OnrNode *node) {
  switch (node->kind) {
  case ONR_NODE_ALL:
  case ONR_NODE_SET:
  case ONR_NODE_RANGE:
    return 0;
  case ONR_NODE_TERM:
    return 1;
  default:
    return 2;
  }
}

static int compare_costs(gconstpointer a, gconstpointer b) {
  return cost_of(*(OnrNode *const *)a) - cost_of(*(OnrNode *const *)b);
}

static OnrNode *compile_and(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  OnrNode *node = group_new(run, plan, ONR_NODE_AND, scores, onr_row_set_meet, error);
  if (!node || is_set(node))
    return node ? take_set(node) : NULL;
  find_leaders(node);
  g_ptr_array_sort(node->children, compare_costs);
  return node;
}

static gboolean is_or_of_terms(const OnrPlan *plan) {
  for (guint i = 0; i < plan->children->len; i++)
    if (((OnrPlan *)plan->children->pdata[i])->kind != ONR_PLAN_TERM)
      return FALSE;
  return TRUE;
}

static OnrNode *compile_or(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  if (!scores && plan->children->len >= GATHER_FROM && is_or_of_terms(plan))
    return set_new(onr_leaf_any_term(run, plan->children, error));
  OnrNode *node = group_new(run, plan, ONR_NODE_OR, scores, onr_row_set_join, error);
  if (!node || is_set(node))
    return node ? take_set(node) : NULL;
  node->is_driven = TRUE;
  for (guint i = 0; i < node->children->len; i++) {
    node->is_driven &= child_at(node, i)->is_driven;
    node->estimate += child_at(node, i)->estimate;
  }
  return node;
}

static OnrNode *compile_not(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error) {
  g_autoptr(OnrNode) all = onr_node_compile(run, plan->children->pdata[0], scores, error);
  OnrNode *minus = all ? onr_node_compile(run, plan->children->pdata[1], FALSE, error) : NULL;
  if (!minus)
    return NULL;
  if (all->kind == ONR_NODE_SET && minus->kind == ONR_NODE_SET) {
    onr_row_set_take(all->set, minus->set);
    all->estimate = onr_row_set_count(all->set);
    onr_node_free(minus);
    return g_steal_pointer(&all);
  }
  OnrNode *node = leaf_new(ONR_NODE_NOT);
  node->scores = scores;
  node->is_driven = all->is_driven;
  node->estimate = all->estimate;
  node->children = g_ptr_array_new_with_free_func((GDestroyNotify)onr_node_free);
  g_ptr_array_add(node->children, g_steal_pointer(&all));
  g_ptr_array_add(node->children, minus);
  return node;
}

/* --- conditions --- */

static OnrNode *compile_range(const OnrRun *run, const OnrPlan *plan) {
  gboolean is_over_quotes = run->table == ONR_TABLE_QUOTES;
  if (!is_over_quotes && plan->slot != ONR_SLOT_DAY)
    return set_new(onr_row_set_new());
  OnrNode *node = leaf_new(ONR_NODE_RANGE);
  node->slot = plan->slot;
  node->low = plan->low;
  node->high = plan->high;
  node->is_via_article = is_over_quotes && plan->slot == ONR_SLOT_DAY;
  node->column = plan->slot == ONR_SLOT_DAY ? ONR_ARTICLE_DAY : ONR_QUOTE_TRAITS;
  return node;
}

/* A date is looked up at the quote's article. Any other condition on articles is run over them first; to go
   on from a few articles to their quotes costs less than to ask each quote for its article. */
static OnrNode *compile_articles(OnrRun *run, const OnrPlan *plan, GError **error) {
  const OnrPlan *child = plan->children->pdata[0];
  if (run->table == ONR_TABLE_ARTICLES)
    return onr_node_compile(run, child, FALSE, error);
  if (child->kind == ONR_PLAN_RANGE && child->slot == ONR_SLOT_DAY)
    return compile_range(run, child);
  OnrRun articles = {.index = run->index, .table = ONR_TABLE_ARTICLES, .high = ONR_ROW_MAX};
  g_autoptr(OnrRowSet) set = onr_run_for_set(&articles, child, error);
  return set ? set_new(onr_leaf_quotes_of(run, set)) : NULL;
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
    return set_new(onr_leaf_identity(run, plan, error));
  case ONR_PLAN_SENSES:
    return set_new(onr_leaf_senses(run, plan, error));
  case ONR_PLAN_KEY:
    return set_new(onr_leaf_key(run, plan, error));
  case ONR_PLAN_ARTICLES:
    return compile_articles(run, plan, error);
  case ONR_PLAN_NONE:
    return set_new(onr_row_set_new());
  case ONR_PLAN_ALL:
  default:
    return leaf_new(ONR_NODE_ALL);
  }
}
