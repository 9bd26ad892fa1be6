/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys with counts as a small log-structured merge (O'Neil et al., "The log-structured merge-tree", 1996):
   each batch leaves one sorted run of blocks (term_block.h), and the counts of a key are the sum over the
   runs. Writing is appending, whatever the size of the archive; updating one row a term cost an eighth of
   indexing.

   Runs are merged when the smaller ones together are as large as the next: then the largest is at least
   half of all, there are about log2(all / smallest) of them, and a key is written again as often. Tables:

     fts5_term_run    run, item_table (OnrTable), n_blocks
     fts5_term_block  id = run << 32 | number of the block in its run, entries
     fts5_term_first  run, first key of a block (of a run's first block: empty), id of the block

   All is read and written within the caller's transaction, and nothing is kept in memory between calls. */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"
#include "archive/fts5/term_block.h"

G_BEGIN_DECLS

static inline gint64 onr_term_block_id(guint32 run, guint32 number) {
  return (gint64)run << 32 | number;
}

/* Makes the tables, for both tables of items. */
gboolean onr_term_runs_create(sqlite3 *db, GError **error);

/* --- writing --- */

typedef struct OnrTermRunWriter OnrTermRunWriter;

OnrTermRunWriter *onr_term_run_writer_new(OnrRecord *record, OnrTable table, GError **error);
void onr_term_run_writer_free(OnrTermRunWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrTermRunWriter, onr_term_run_writer_free)
/* Keys ascend. What is added is seen after the finish. */
gboolean onr_term_run_writer_add(OnrTermRunWriter *writer, const char *key, guint length, gint64 n_items,
                                 gint64 n_postings, GError **error);
gboolean onr_term_run_writer_finish(OnrTermRunWriter *writer, GError **error);

/* Merges runs as the rule above has it; to be called after a run was written. */
gboolean onr_term_runs_settle(OnrRecord *record, OnrTable table, GError **error);
/* Merges all runs into one. */
gboolean onr_term_runs_merge(OnrRecord *record, OnrTable table, GError **error);

/* --- reading: damage is CORRUPT, and names run and block --- */

/* The sums of KEY over all runs; 0 where none has it. */
gboolean onr_term_runs_find(OnrRecord *record, OnrTable table, const char *key, guint length, gint64 *n_items,
                            gint64 *n_postings, GError **error);

/* One run, as fts5_term_run has it. */
typedef struct {
  guint32 number, n_blocks;
} OnrTermRun;

/* Appends the runs of TABLE to RUNS (OnrTermRun), the largest first. */
gboolean onr_term_runs_list(OnrRecord *record, OnrTable table, GArray *runs, GError **error);

/* Goes through the keys of several runs at once. Writing makes it stale. */
typedef struct OnrTermRunCursor OnrTermRunCursor;

/* All keys of RUNS[0 … N_RUNS - 1]. */
OnrTermRunCursor *onr_term_run_cursor_new(OnrRecord *record, OnrTable table, const OnrTermRun *runs,
                                          guint n_runs, GError **error);
/* Those of all runs, from KEY on. */
OnrTermRunCursor *onr_term_run_cursor_new_at(OnrRecord *record, OnrTable table, const char *key, guint length,
                                             GError **error);
void onr_term_run_cursor_free(OnrTermRunCursor *cursor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrTermRunCursor, onr_term_run_cursor_free)
/* The next key whose sums are not both 0, with its sums; borrowed until the next call. *ENTRY NULL at the
 * end. */
gboolean onr_term_run_cursor_next(OnrTermRunCursor *cursor, const OnrTermEntry **entry, GError **error);

/* Whether every run has the blocks that it says it has, each where fts5_term_first says, in order. */
gboolean onr_term_runs_check(OnrRecord *record, OnrTable table, GError **error);

G_END_DECLS
