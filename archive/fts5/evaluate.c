/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a tree holds of the row at hand, and its score there. */
#include "archive/fts5/bm25.h"
#include "archive/fts5/tree.h"

static inline OnrNode *child_at(const OnrNode *node, guint i) {
  return node->children->pdata[i];
}

/* Column in the upper half, so that neighbours are neighbours of one column. */
static inline guint64 onr_position(const OnrPositions *at) {
  return (guint64)at->column << 32 | (guint32)at->word;
}

guint32 onr_run_article_of(const OnrRun *run, guint32 row) {
  return run->table == ONR_TABLE_ARTICLES ? row
                                          : onr_columns_get(run->index->columns, ONR_QUOTE_ARTICLE, row);
}

/* --- terms --- */

static guint32 length_of(const OnrEvaluation *e) {
  guint32 stored = onr_columns_get(e->run->index->columns, onr_length_column(e->run->table), e->row);
  return stored ? stored - 1 : 0;
}

static double norm_of(OnrEvaluation *e) {
  if (e->norm < 0) {
    const OnrIndex *index = e->run->index;
    e->norm = onr_bm25_norm(&index->bm25, length_of(e), onr_index_average_length(index, e->run->table));
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

static void score_term(const OnrNode *node, OnrEvaluation *e, guint wdf, double *score) {
  double weight = onr_bm25_part(node->weight, norm_of(e), wdf);
  *score += weight;
  if (e->explained)
    explain_term(node, e, wdf, weight);
}

static gboolean evaluate_term(OnrNode *node, OnrEvaluation *e, double *score) {
  OnrPositions at;
  if (!onr_positions_first(e->place, node->phrase, &at))
    return FALSE;
  if (!node->scores)
    return TRUE;
  guint wdf = 0;
  do
    wdf += onr_inverted_column_weight(e->run->table, at.column);
  while (onr_positions_next(e->place, &at));
  score_term(node, e, wdf, score);
  return TRUE;
}

/* --- phrases and windows --- */

static gboolean read_positions(OnrNode *node, const OnrPlace *place) {
  OnrPositions at;
  g_array_set_size(node->positions, 0);
  if (!onr_positions_first(place, node->phrase, &at))
    return FALSE;
  do {
    guint64 position = onr_position(&at);
    g_array_append_val(node->positions, position);
  } while (onr_positions_next(place, &at));
  return TRUE;
}

/* Moves *AT to the first of POSITIONS at or after WANTED. */
static inline gboolean seek(const GArray *positions, guint *at, guint64 wanted) {
  while (*at < positions->len && g_array_index(positions, guint64, *at) < wanted)
    ++*at;
  return *at < positions->len;
}

/* The terms at consecutive positions. Each list is gone through once, since what is wanted of it only grows.
 */
static gboolean has_phrase(const OnrNode *node) {
  guint n = node->children->len;
  g_autofree guint *cursors = g_new0(guint, n);
  const GArray *first = child_at(node, 0)->positions;
  for (guint i = 0; i < first->len; i++) {
    guint64 start = g_array_index(first, guint64, i);
    guint k = 1;
    for (; k < n; k++) {
      const GArray *positions = child_at(node, k)->positions;
      if (!seek(positions, &cursors[k], start + k))
        return FALSE;
      if (g_array_index(positions, guint64, cursors[k]) != start + k)
        break;
    }
    if (k == n)
      return TRUE;
  }
  return FALSE;
}

/* Two places of one column with at most WINDOW words between; one place alone never does. */
static gboolean has_near(const OnrNode *node) {
  const GArray *a = child_at(node, 0)->positions, *b = child_at(node, 1)->positions;
  guint64 reach = (guint64)node->window + 1;
  guint cursor = 0;
  for (guint i = 0; i < a->len; i++) {
    guint64 place = g_array_index(a, guint64, i), word = place & G_MAXUINT32;
    guint64 low = place - MIN(reach, word), high = place + MIN(reach, G_MAXUINT32 - word);
    if (!seek(b, &cursor, low))
      return FALSE;
    for (guint k = cursor; k < b->len && g_array_index(b, guint64, k) <= high; k++)
      if (g_array_index(b, guint64, k) != place)
        return TRUE;
  }
  return FALSE;
}

static void score_positions(OnrNode *node, OnrEvaluation *e, double *score) {
  guint wdf = 0;
  for (guint i = 0; i < node->positions->len; i++)
    wdf += onr_inverted_column_weight(e->run->table, (int)(g_array_index(node->positions, guint64, i) >> 32));
  score_term(node, e, wdf, score);
}

static gboolean evaluate_positional(OnrNode *node, OnrEvaluation *e, double *score) {
  for (guint i = 0; i < node->children->len; i++)
    if (!read_positions(child_at(node, i), e->place))
      return FALSE;
  if (!(node->kind == ONR_NODE_PHRASE ? has_phrase(node) : has_near(node)))
    return FALSE;
  for (guint i = 0; i < node->children->len; i++)
    if (child_at(node, i)->scores)
      score_positions(child_at(node, i), e, score);
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

/* --- conditions --- */

static gboolean evaluate_set(const OnrNode *node, const OnrEvaluation *e) {
  guint32 row = node->is_via_article ? onr_run_article_of(e->run, e->row) : e->row;
  return onr_row_set_has(node->set, row) != node->is_negated;
}

static gboolean evaluate_list(OnrNode *node, OnrEvaluation *e, double *score) {
  const GArray *rows = node->rows;
  while (node->cursor < rows->len && g_array_index(rows, guint32, node->cursor) < e->row)
    node->cursor++;
  if (node->cursor == rows->len || g_array_index(rows, guint32, node->cursor) != e->row)
    return FALSE;
  *score += g_array_index(node->row_scores, double, node->cursor);
  for (guint i = 0; e->explained && i < node->explained->len; i++) {
    OnrTermScore copy = g_array_index(node->explained, OnrTermScore, i);
    copy.term = g_strdup(copy.term);
    g_array_append_val(e->explained, copy);
  }
  return TRUE;
}

gboolean onr_node_evaluate(OnrNode *node, OnrEvaluation *e, double *score) {
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
  case ONR_NODE_MINUS:
    return onr_node_evaluate(child_at(node, 0), e, score);
  case ONR_NODE_RANGE:
    return onr_leaf_in_range(e->run, node, e->row);
  case ONR_NODE_SET:
    return evaluate_set(node, e);
  case ONR_NODE_LIST:
    return evaluate_list(node, e, score);
  case ONR_NODE_ALL:
  default:
    return TRUE;
  }
}
