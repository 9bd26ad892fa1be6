/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a tree holds of the row at hand, and its score there. */
#include "archive/fts5/bm25.h"
#include "archive/fts5/tree.h"

static inline OnrNode *child_at(const OnrNode *node, guint i) {
  return node->children->pdata[i];
}

/* --- terms --- */

static guint32 length_of(const OnrEvaluation *e) {
  guint32 stored = onr_columns_get(e->run->index->columns, onr_length_column(e->run->table), e->row);
  return stored ? stored - 1 : 0;
}

static double norm_of(OnrEvaluation *e) {
  if (e->norm < 0) {
    const OnrIndex *index = e->run->index;
    e->norm = onr_bm25_norm(&index->bm25, length_of(e), onr_index_length_factor(index, e->run->table));
  }
  return e->norm;
}

static void explain_term(const OnrNode *node, OnrEvaluation *e, guint wdf, double weight) {
  OnrTermScore score = {.term = g_strdup(node->term),
                        .wdf = wdf,
                        .wqf = node->wqf,
                        .doc_frequency = node->doc_frequency,
                        .weight = weight,
                        .length = length_of(e)};
  g_array_append_val(e->explained, score);
}

static inline gboolean is_at(const OnrNode *term, const OnrEvaluation *e) {
  return onr_list_seek(term->list, e->row) == e->row;
}

static void score_term(const OnrNode *node, OnrEvaluation *e, double *score) {
  guint wdf = onr_list_wdf(node->list, onr_inverted_weights(e->run->table), ONR_MAX_COLUMNS);
  double weight = onr_bm25_part(node->weight, norm_of(e), wdf);
  *score += weight;
  if (e->explained)
    explain_term(node, e, wdf, weight);
}

static gboolean evaluate_term(const OnrNode *node, OnrEvaluation *e, double *score) {
  if (!is_at(node, e))
    return FALSE;
  if (node->scores)
    score_term(node, e, score);
  return TRUE;
}

/* --- groups --- */

static gboolean evaluate_positional(OnrNode *node, OnrEvaluation *e, double *score) {
  if (onr_node_advance(node, e->row) != e->row)
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->scores)
      score_term(child_at(node, i), e, score);
  return TRUE;
}

/* What matched children add counts only if all match; nor may they be explained otherwise. */
static gboolean evaluate_and(OnrNode *node, OnrEvaluation *e, double *score) {
  guint n_explained = e->explained ? e->explained->len : 0;
  double sum = 0;
  for (guint i = 0; i < node->children->len; i++)
    if (!onr_node_evaluate(child_at(node, i), e, &sum)) {
      if (e->explained)
        g_array_set_size(e->explained, n_explained);
      return FALSE;
    }
  *score += sum;
  return TRUE;
}

static gboolean evaluate_or(OnrNode *node, OnrEvaluation *e, double *score) {
  gboolean is_match = FALSE;
  for (guint i = 0; i < node->children->len; i++) {
    is_match |= onr_node_evaluate(child_at(node, i), e, score);
    if (is_match && !node->scores)
      break;
  }
  return is_match;
}

/* A condition: what its terms would score is told to nobody. */
static gboolean holds(OnrNode *node, const OnrEvaluation *e) {
  OnrEvaluation silent = {.run = e->run, .row = e->row, .norm = e->norm};
  double ignored = 0;
  return onr_node_evaluate(node, &silent, &ignored);
}

static gboolean evaluate_not(OnrNode *node, OnrEvaluation *e, double *score) {
  return !holds(child_at(node, 1), e) && onr_node_evaluate(child_at(node, 0), e, score);
}

gboolean onr_node_evaluate(OnrNode *node, OnrEvaluation *e, double *score) {
  if (node->next > e->row)
    return FALSE;
  switch (node->kind) {
  case ONR_NODE_TERM:
    return evaluate_term(node, e, score);
  case ONR_NODE_PHRASE:
  case ONR_NODE_NEAR:
    return evaluate_positional(node, e, score);
  case ONR_NODE_AND:
    return evaluate_and(node, e, score);
  case ONR_NODE_OR:
    return evaluate_or(node, e, score);
  case ONR_NODE_NOT:
    return evaluate_not(node, e, score);
  case ONR_NODE_RANGE:
    return onr_leaf_in_range(e->run, node, e->row);
  case ONR_NODE_SET:
    return onr_row_set_has(node->set, e->row);
  case ONR_NODE_ALL:
  default:
    return TRUE;
  }
}
