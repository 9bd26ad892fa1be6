/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phrases and windows: whether the words of a row stand as they must. */
#include "archive/fts5/tree.h"

/* The list of word I of the node's order. */
static inline OnrList *list_at(const OnrNode *node, guint i) {
  return ((OnrNode *)node->children->pdata[node->order[i]])->list;
}

/* Places of the first N words of the node's order, where all are in the row. */
static inline gboolean begin_positions(const OnrNode *node, guint32 row, guint n) {
  for (guint i = 0; i < n; i++)
    if (onr_list_seek(list_at(node, i), row) != row)
      return FALSE;
  for (guint i = 0; i < n; i++)
    onr_list_positions(list_at(node, i), &node->positions[i]);
  return TRUE;
}

/* The first N words of the phrase's order, each where the phrase wants it. Each list of positions is gone
   through once: every word is moved up to where the one that is farthest ahead wants it, until all stand
   there. */
static gboolean have_places(const OnrNode *node, guint32 row, guint n) {
  guint64 start = 0;
  if (!begin_positions(node, row, n))
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

/* Whether the phrase's two rarest words have places as far apart as in the phrase. Positions are copied, so
   that they stay in registers. */
static gboolean have_pair(const OnrNode *node, guint32 row) {
  if (!begin_positions(node, row, 2))
    return FALSE;
  OnrPositions a = node->positions[0], b = node->positions[1];
  guint place_a = node->order[0], place_b = node->order[1];
  while (a.position != ONR_NO_POSITION && b.position != ONR_NO_POSITION) {
    guint64 a_meets = a.position + place_b, b_meets = b.position + place_a;
    if (a_meets == b_meets)
      return TRUE;
    if (a_meets < b_meets)
      onr_positions_next(&a);
    else
      onr_positions_next(&b);
  }
  return FALSE;
}

/* Most rows fall with the pair, before the places of other words are looked at. */
static gboolean has_phrase(const OnrNode *node, guint32 row) {
  guint n = node->children->len;
  return n == 2 ? have_pair(node, row) : (n < 2 || have_pair(node, row)) && have_places(node, row, n);
}

/* Whether a place stands before POSITION in its column, with at most REACH - 1 words between. */
static inline gboolean is_near(guint64 before, guint64 position, guint64 reach) {
  return before >> 32 == position >> 32 && position > before && position - before <= reach;
}

/* Both lists are gone through in one order of positions, each place compared with the last one before it of
   the other list. One place of both is not near itself. */
static gboolean has_near(const OnrNode *node, guint32 row) {
  guint64 reach = (guint64)node->window + 1, last[2] = {ONR_NO_POSITION, ONR_NO_POSITION};
  if (!begin_positions(node, row, 2))
    return FALSE;
  OnrPositions a = node->positions[0], b = node->positions[1];
  while (a.position != ONR_NO_POSITION || b.position != ONR_NO_POSITION) {
    guint64 now = MIN(a.position, b.position);
    gboolean is_a = a.position == now, is_b = b.position == now;
    if ((is_a && is_near(last[1], now, reach)) || (is_b && is_near(last[0], now, reach)))
      return TRUE;
    if (is_a) {
      last[0] = now;
      onr_positions_next(&a);
    }
    if (is_b) {
      last[1] = now;
      onr_positions_next(&b);
    }
  }
  return FALSE;
}

gboolean onr_node_has_places(const OnrNode *node, guint32 row) {
  return node->kind == ONR_NODE_PHRASE ? has_phrase(node, row) : has_near(node, row);
}
