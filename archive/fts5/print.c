/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the engine does for a plan, in its own words. */
#include "archive/fts5/tree.h"

static const char *word_for(const OnrNode *node) {
  static const char *const words[] = {
      [ONR_NODE_PHRASE] = "phrase: neighbours, the rarest leads",
      [ONR_NODE_NEAR] = "near: places compared, the rarer leads",
      [ONR_NODE_AND] = "and: the rarest leads",
      [ONR_NODE_OR] = "or: lists side by side",
      [ONR_NODE_NOT] = "not: the first, unless the second",
      [ONR_NODE_RANGE] = "range: a number a row, in memory",
      [ONR_NODE_ALL] = "all: every row",
  };
  return words[node->kind];
}

static void print_node(const OnrRun *run, const OnrNode *node, guint depth, GString *out) {
  const char *items = run->table == ONR_TABLE_ARTICLES ? "articles" : "quotes";
  g_string_append_printf(out, "fts5 %*s", 2 * (int)depth, "");
  if (node->kind == ONR_NODE_TERM)
    g_string_append_printf(out, "list: %s, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " %s%s\n", node->term,
                           node->doc_frequency, run->index->totals[run->table].n_items, items,
                           node->scores ? "" : ", not scored");
  else if (node->kind == ONR_NODE_SET)
    g_string_append_printf(out, "set: %" G_GUINT64_FORMAT " %s\n", node->estimate, items);
  else
    g_string_append_printf(out, "%s\n", word_for(node));
  for (guint i = 0; node->children && i < node->children->len; i++)
    print_node(run, node->children->pdata[i], depth + 1, out);
}

void onr_node_print(const OnrRun *run, const OnrNode *node, GString *out) {
  print_node(run, node, 0, out);
}
