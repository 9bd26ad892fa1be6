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

/* --- phrases and windows --- */

/* Places of the first N words of the node's order, where all are in the row. */
static inline gboolean begin_positions(const OnrNode *node, const OnrEvaluation *e, guint n) {
  for (guint i = 0; i < n; i++)
    if (!is_at(child_at(node, node->order[i]), e))
      return FALSE;
  for (guint i = 0; i < n; i++)
    node->positions[i] = onr_list_positions(child_at(node, node->order[i])->list);
  return TRUE;
}

/* The first N words of the phrase's order, each where the phrase wants it. Each list of positions is gone
   through once: every word is moved up to where the one that is farthest ahead wants it, until all stand
   there. */
static gboolean have_places(const OnrNode *node, const OnrEvaluation *e, guint n) {
  guint64 start = 0;
  if (!begin_positions(node, e, n))
    return FALSE;
  for (guint i = 0, n_agreed = 0; n_agreed < n; i = i + 1 == n ? 0 : i + 1) {
    OnrPositions *at = &node->positions[i];
    guint place = node->order[i];
    while (at->position < start + place)
      onr_positions_next(at);
    if (at->position == ONR_NO_POSITION)
      return FALSE;
    n_agreed = at->position == start + place ? n_agreed + 1 : 1;
    start = at->position - place;
  }
  return TRUE;
}

static gboolean has_phrase(const OnrNode *node, const OnrEvaluation *e) {
  guint n = node->children->len;
  return (node->n_rare == n || have_places(node, e, node->n_rare)) && have_places(node, e, n);
}

/* Whether a place stands before POSITION in its column, with at most REACH - 1 words between. */
static inline gboolean is_near(guint64 before, guint64 position, guint64 reach) {
  return before >> 32 == position >> 32 && position > before && position - before <= reach;
}

/* Both lists are gone through in one order of positions, each place compared with the last one before it of
   the other list. One place of both is not near itself. */
static gboolean has_near(const OnrNode *node, const OnrEvaluation *e) {
  guint64 reach = (guint64)node->window + 1, last[2] = {ONR_NO_POSITION, ONR_NO_POSITION};
  OnrPositions *a = &node->positions[0], *b = &node->positions[1];
  if (!begin_positions(node, e, 2))
    return FALSE;
  while (a->position != ONR_NO_POSITION || b->position != ONR_NO_POSITION) {
    guint64 now = MIN(a->position, b->position);
    gboolean is_a = a->position == now, is_b = b->position == now;
    if ((is_a && is_near(last[1], now, reach)) || (is_b && is_near(last[0], now, reach)))
      return TRUE;
    if (is_a) {
      last[0] = now;
      onr_positions_next(a);
    }
    if (is_b) {
      last[1] = now;
      onr_positions_next(b);
    }
  }
  return FALSE;
}

static gboolean evaluate_positional(const OnrNode *node, OnrEvaluation *e, double *score) {
  if (!(node->kind == ONR_NODE_PHRASE ? has_phrase(node, e) : has_near(node, e)))
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->scores)
      score_term(child_at(node, i), e, score);
  return TRUE;
}

/* --- groups --- */

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
