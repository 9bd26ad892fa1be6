/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Upkeep between runs. Writing leaves a segment for every few MiB of lists, and a search opens each of its
   terms in each segment. FTS5 can merge all segments, or a level that has many of them, so many pages at a
   time; here is when it is told to. */
#include "archive/fts5/index.h"

/* A segment more costs a term that is looked up 5 to 10 µs (measured). */
#define SETTLE_FROM 16
/* All are merged where those beside the largest are at least this part of it: a large run is merged at its
   end, and small ones do not have a large archive written anew. These are merged by FTS5's levels
   (usermerge). */
#define LARGE_PART 4
/* Of 8 KiB, written in one step: a transaction that the log holds, and that other processes wait for at most.
 */
#define STEP_PAGES 2048

static gboolean is_large_run(const OnrSegments *segments) {
  guint64 n_pages = 0, n_largest = 0;
  for (guint i = 0; i < segments->segments->len; i++) {
    const OnrSegment *segment = &g_array_index(segments->segments, OnrSegment, i);
    guint64 n = (guint64)segment->last_page - segment->first_page + 1;
    n_pages += n;
    n_largest = MAX(n_largest, n);
  }
  return (n_pages - n_largest) * LARGE_PART >= n_largest;
}

static gboolean settle_table(OnrIndex *index, OnrTable table, gboolean *is_done, GError **error) {
  OnrSegments *segments = index->segments[table];
  *is_done = TRUE;
  onr_segments_forget(segments);
  if (!onr_segments_load(segments, error))
    return FALSE;
  if (segments->n_listed < SETTLE_FROM)
    return TRUE;
  gboolean is_merged =
      onr_inverted_merge(index->record, table, is_large_run(segments), STEP_PAGES, is_done, error);
  onr_segments_forget(segments);
  return is_merged;
}

gboolean onr_index_settle(OnrIndex *index, gboolean *is_done, GError **error) {
  *is_done = TRUE;
  for (int t = 0; t < ONR_N_TABLES && *is_done; t++)
    if (!settle_table(index, (OnrTable)t, is_done, error))
      return FALSE;
  return TRUE;
}
