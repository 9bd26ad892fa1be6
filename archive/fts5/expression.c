/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The FTS5 expression of a tree: single terms under AND, OR and NOT. Phrases and windows are relaxed to AND,
   conditions are left out, so that FTS5 finds at least what matches; strings are numbered as FTS5 numbers
   them, from left to right. */
#include "archive/fts5/tree.h"

static void express(OnrNode *node, GString *out, int *n_phrases);

static int compare_estimate(gconstpointer a, gconstpointer b) {
  const OnrNode *x = *(OnrNode *const *)a, *y = *(OnrNode *const *)b;
  return (x->estimate > y->estimate) - (x->estimate < y->estimate);
}

static GPtrArray *bounded_children(const OnrNode *node) {
  GPtrArray *bounded = g_ptr_array_new();
  for (guint i = 0; i < node->children->len; i++)
    if (((OnrNode *)node->children->pdata[i])->bound == ONR_BOUND_BY_TERMS)
      g_ptr_array_add(bounded, node->children->pdata[i]);
  return bounded;
}

/* Children that terms bound, with OPERATOR between; brackets around more than one. The first of an AND leads:
 * the rarest. */
static void express_group(OnrNode *node, const char *operator, GString * out, int *n_phrases) {
  g_autoptr(GPtrArray) bounded = bounded_children(node);
  if (node->kind != ONR_NODE_MINUS)
    g_ptr_array_sort(bounded, compare_estimate);
  g_string_append(out, bounded->len > 1 ? "(" : "");
  for (guint i = 0; i < bounded->len; i++) {
    g_string_append(out, i ? operator : "");
    express(bounded->pdata[i], out, n_phrases);
  }
  g_string_append(out, bounded->len > 1 ? ")" : "");
}

static void express(OnrNode *node, GString *out, int *n_phrases) {
  switch (node->kind) {
  case ONR_NODE_TERM:
    node->phrase = (*n_phrases)++;
    onr_inverted_quote(out, node->term);
    break;
  case ONR_NODE_OR:
    express_group(node, " OR ", out, n_phrases);
    break;
  case ONR_NODE_MINUS:
    express_group(node, " NOT ", out, n_phrases);
    break;
  default:
    express_group(node, " AND ", out, n_phrases);
  }
}

void onr_node_express(OnrNode *node, GString *out) {
  int n_phrases = 0;
  express(node, out, &n_phrases);
}

static void print_children(const OnrNode *node, GString *out);

/* What NODE looks at besides FTS5's rows. */
static void print_condition(const OnrNode *node, GString *out) {
  switch (node->kind) {
  case ONR_NODE_PHRASE:
    g_string_append_printf(out, "fts5 test: phrase of %u terms\n", node->children->len);
    break;
  case ONR_NODE_NEAR:
    g_string_append_printf(out, "fts5 test: two terms with at most %u words between\n", node->window);
    break;
  case ONR_NODE_RANGE:
    g_string_append(out, "fts5 test: range\n");
    break;
  case ONR_NODE_SET:
    g_string_append_printf(out, "fts5 test: %s set of %" G_GUINT64_FORMAT "%s\n",
                           node->is_negated ? "not in a" : "in a", onr_row_set_count(node->set),
                           node->is_via_article ? " articles" : "");
    break;
  case ONR_NODE_LIST:
    g_string_append_printf(out, "fts5 test: in a list of %u scored before\n", node->rows->len);
    break;
  case ONR_NODE_ALL:
    g_string_append(out, "fts5 test: every item\n");
    break;
  default:
    print_children(node, out);
  }
}

static void print_children(const OnrNode *node, GString *out) {
  for (guint i = 0; node->children && i < node->children->len; i++)
    print_condition(node->children->pdata[i], out);
}

void onr_node_print(OnrNode *node, GString *out) {
  if (node->bound == ONR_BOUND_BY_TERMS) {
    g_string_append(out, "fts5 match: ");
    onr_node_express(node, out);
    g_string_append_printf(out, "\nfts5 estimate: at most %" G_GUINT64_FORMAT " rows\n", node->estimate);
  } else if (node->bound == ONR_BOUND_MIXED) {
    for (guint i = 0; i < node->children->len; i++)
      onr_node_print(node->children->pdata[i], out);
    return;
  }
  print_condition(node, out);
}
