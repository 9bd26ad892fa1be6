/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `index` and `reindex` share: the progress bar, the list of skipped items, Ctrl-C and the summary. */
#pragma once

#include "cli/command.h"
#include "cli/progress.h"

G_BEGIN_DECLS

typedef struct {
  OnrSession *session;
  OnrProgressBar bar;
  OnrIndexProgress report;
  gboolean is_whole_only;
  char *remark; /* the one that was told last */
} OnrIndexing;

/* IS_WHOLE_ONLY: stopped half-way, all stays as it was; else what was done by then is kept. */
void onr_indexing_begin(OnrIndexing *indexing, OnrSession *session, gboolean is_whole_only);
/* For OnrIndexOptions; DATA is the OnrIndexing. */
gboolean onr_indexing_progress(const OnrIndexProgress *progress, gpointer data);
void onr_indexing_skipped(const char *path, const char *member, const char *reason, gpointer data);
/* Told unless it is that of the file before: a folder of tables says it once. */
void onr_indexing_remarked(const char *path, const char *remark, gpointer data);
/* Ends the bar and writes the summary. Returns the exit status; ERROR, when set, is cleared where it says
 * only that a signal stopped the run. */
int onr_indexing_end(OnrIndexing *indexing, gboolean is_done, GError **error);

/* Returns what the allocator holds and nobody uses to the system, where it is one that would keep it. */
void onr_indexing_give_back_memory(void);

G_END_DECLS
