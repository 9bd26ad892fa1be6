/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/tree.h"

/* A tree that cannot tell where it holds is asked at every row that there is. */
static guint32 last_row(const OnrRun *run, const OnrNode *node) {
  if (node->is_driven)
    return run->high;
  guint32 end = onr_columns_end(run->index->columns, onr_length_column(run->table));
  return end ? MIN(run->high, end - 1) : 0;
}

static void run_node(OnrRun *run, OnrNode *node, OnrSink sink, gpointer data, GArray *explained) {
  OnrEvaluation e = {.run = run, .explained = explained};
  guint32 last = last_row(run, node);
  for (e.row = onr_node_advance(node, run->low); e.row <= last; e.row = onr_node_advance(node, e.row + 1)) {
    double score = 0;
    e.norm = -1;
    if ((node->is_driven || onr_leaf_is_live(run, e.row)) && onr_node_evaluate(node, &e, &score))
      sink(e.row, score, data);
  }
}

gboolean onr_run_plan(OnrRun *run, const OnrPlan *plan, gboolean scores, OnrSink sink, gpointer data,
                      GArray *explained, GError **error) {
  OnrSegments *segments = run->index->segments[run->table];
  if (!onr_segments_load(segments, error))
    return FALSE;
  g_autoptr(OnrNode) node = onr_node_compile(run, plan, scores, error);
  if (!node)
    return FALSE;
  run_node(run, node, sink, data, explained);
  return onr_segments_check(segments, error) && onr_columns_check(run->index->columns, error);
}

static void add_to_set(guint32 row, double score, gpointer data) {
  (void)score;
  onr_row_set_add(data, row);
}

OnrRowSet *onr_run_for_set(OnrRun *run, const OnrPlan *plan, GError **error) {
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  return onr_run_plan(run, plan, FALSE, add_to_set, set, NULL, error) ? g_steal_pointer(&set) : NULL;
}
