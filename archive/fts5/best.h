/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The best n of many rows, kept in a heap while they come. Rows that tie are told apart by id, and ids are in
   the record, a look-up each: so all rows that tie with the worst kept are remembered by number, and ids are
   looked up at the end, for as few as can be. */
#pragma once

#include "archive/fts5/index.h"

G_BEGIN_DECLS

typedef struct {
  double score;
  gint32 day; /* 0 unless sorted by date; smaller is better */
  guint32 row;
} OnrRanked;

typedef struct {
  OnrSort sort;
  guint64 capacity;
  GArray *kept; /* OnrRanked; a heap with the worst at its top once it is full */
  GArray *ties; /* guint32: further rows equal to the worst kept */
  gboolean is_heap;
} OnrBest;

/* CAPACITY 0: all. */
void onr_best_init(OnrBest *best, OnrSort sort, guint64 capacity);
void onr_best_clear(OnrBest *best);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrBest, onr_best_clear)

/* DAY: of the item, as in its article; looked at when sorting by date. */
void onr_best_add(OnrBest *best, guint32 row, double score, gint32 day);

/* < 0 where A comes before B, 0 where only their ids tell them apart. */
int onr_ranked_compare(const OnrRanked *a, const OnrRanked *b);

/* order.c: puts what was kept in order, ties by id, and appends all from OFFSET on to HITS (OnrHit). BEST is
 * used up. */
gboolean onr_best_finish(OnrBest *best, OnrIndex *index, OnrTable table, guint offset, GArray *hits,
                         GError **error);

G_END_DECLS
