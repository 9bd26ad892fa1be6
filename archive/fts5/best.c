/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/best.h"

void onr_best_init(OnrBest *best, OnrSort sort, guint64 capacity) {
  *best = (OnrBest){.sort = sort,
                    .capacity = capacity ? capacity : G_MAXUINT64,
                    .kept = g_array_new(FALSE, FALSE, sizeof(OnrRanked)),
                    .ties = g_array_new(FALSE, FALSE, sizeof(guint32))};
}

void onr_best_clear(OnrBest *best) {
  g_clear_pointer(&best->kept, g_array_unref);
  g_clear_pointer(&best->ties, g_array_unref);
}

int onr_ranked_compare(const OnrRanked *a, const OnrRanked *b) {
  if (a->day != b->day)
    return a->day < b->day ? -1 : 1;
  return (a->score < b->score) - (a->score > b->score);
}

/* Undated items come last either way. */
static gint32 day_key(OnrSort sort, gint32 day) {
  if (sort == ONR_SORT_RELEVANCE)
    return 0;
  if (day == ONR_NO_DAY)
    return G_MAXINT32;
  return sort == ONR_SORT_DATE ? day : -day;
}

static inline OnrRanked *kept_at(const OnrBest *best, guint i) {
  return &g_array_index(best->kept, OnrRanked, i);
}

/* Moves the entry at I down to where nothing below it is worse. */
static void sift_down(OnrBest *best, guint i) {
  guint n = best->kept->len;
  OnrRanked moved = *kept_at(best, i);
  for (guint child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && onr_ranked_compare(kept_at(best, child + 1), kept_at(best, child)) > 0)
      child++;
    if (onr_ranked_compare(kept_at(best, child), &moved) <= 0)
      break;
    *kept_at(best, i) = *kept_at(best, child);
  }
  *kept_at(best, i) = moved;
}

static void make_heap(OnrBest *best) {
  for (guint i = best->kept->len / 2; i-- > 0;)
    sift_down(best, i);
  best->is_heap = TRUE;
}

/* The worst goes for ENTRY; if the new worst is no better, it was a tie and stays at hand. */
static void replace_worst(OnrBest *best, const OnrRanked *entry) {
  OnrRanked gone = *kept_at(best, 0);
  *kept_at(best, 0) = *entry;
  sift_down(best, 0);
  if (onr_ranked_compare(&gone, kept_at(best, 0)) == 0)
    g_array_append_val(best->ties, gone.row);
  else
    g_array_set_size(best->ties, 0);
}

void onr_best_add(OnrBest *best, guint32 row, double score, gint32 day) {
  OnrRanked entry = {.score = score, .day = day_key(best->sort, day), .row = row};
  if (best->kept->len < best->capacity) {
    g_array_append_val(best->kept, entry);
    return;
  }
  if (!best->is_heap)
    make_heap(best);
  int order = onr_ranked_compare(&entry, kept_at(best, 0));
  if (order < 0)
    replace_worst(best, &entry);
  else if (order == 0)
    g_array_append_val(best->ties, row);
}
