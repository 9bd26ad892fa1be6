/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The progress bar: one line on standard error, on a terminal only, redrawn a few times a second. */
#pragma once

#include "cli/output.h"
#include "indexer/indexer.h"

G_BEGIN_DECLS

typedef struct {
  OnrOutput *out; /* borrowed */
  gboolean is_shown;
  gint64 drawn_us; /* when, on the monotonic clock */
  guint columns;   /* that the line drawn last takes */
} OnrProgressBar;

/* IS_WANTED FALSE, or OUT no terminal: all calls do nothing. */
void onr_progress_bar_init(OnrProgressBar *bar, OnrOutput *out, gboolean is_wanted);
void onr_progress_bar_update(OnrProgressBar *bar, const OnrIndexProgress *progress);
/* Takes the line away, before other output and at the end. */
void onr_progress_bar_clear(OnrProgressBar *bar);

/* The line for WIDTH columns: "█████░░░░░  45 %  12,340 articles  812/s  7.9 MB/s  1:23 left". What does not
   fit is left out from the bar on. The caller frees it. */
char *onr_progress_line(const OnrIndexProgress *progress, guint width);

G_END_DECLS
