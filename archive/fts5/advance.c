/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a tree may hold next. */
#include "archive/fts5/tree.h"

static guint32 advance_group(const OnrNode *node, guint32 row);

/* Inline, since most children are terms, asked at every row. */
static inline guint32 advance(OnrNode *node, guint32 row) {
  if (!node->is_driven)
    return row;
  if (node->kind == ONR_NODE_TERM)
    return onr_list_seek(node->list, row);
  if (node->kind == ONR_NODE_SET)
    return onr_row_set_next(node->set, &row) ? row : ONR_NO_ROW;
  if (node->next < row || !node->next)
    node->next = advance_group(node, row);
  return node->next;
}

/* Each leader in turn moves to ROW or beyond; one that goes beyond takes the row with it, and all are asked
 * again, the rarest first. */
static guint32 advance_together(const OnrNode *node, guint32 row) {
  for (guint i = 0; i < node->leaders->len;) {
    guint32 next = advance(node->leaders->pdata[i], row);
    if (next == ONR_NO_ROW)
      return ONR_NO_ROW;
    i = next == row ? i + 1 : i == 0 ? 1 : 0;
    row = next;
  }
  return row;
}

/* Most rows that have all words do not have them as they must stand: those go no further than here. */
static guint32 advance_positional(const OnrNode *node, guint32 row) {
  while ((row = advance_together(node, row)) != ONR_NO_ROW && !onr_node_has_places(node, row))
    row++;
  return row;
}

static guint32 advance_any(const OnrNode *node, guint32 row) {
  guint32 least = ONR_NO_ROW;
  for (guint i = 0; i < node->children->len && least != row; i++)
    least = MIN(least, advance(node->children->pdata[i], row));
  return least;
}

static guint32 advance_group(const OnrNode *node, guint32 row) {
  switch (node->kind) {
  case ONR_NODE_OR:
    return advance_any(node, row);
  case ONR_NODE_NOT:
    return advance(node->children->pdata[0], row);
  case ONR_NODE_PHRASE:
  case ONR_NODE_NEAR:
    return advance_positional(node, row);
  default:
    return advance_together(node, row);
  }
}

guint32 onr_node_advance(OnrNode *node, guint32 row) {
  return advance(node, row);
}
