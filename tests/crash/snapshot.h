/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Running the program, and what an archive holds according to `onrecord export`: what a broken run is
 * compared by. */
#pragma once

#include <glib.h>

/* Runs ARGV (NULL-terminated) to its end and returns its exit status, -1 where a signal ended it. *OUTPUT
   (may be NULL) is what it printed on both streams. A program that cannot be started ends the test. */
int run_program(const char *const *argv, char **output);

typedef struct {
  char *articles, *quotes, *entities; /* whole exports, as JSON Lines */
  GHashTable *article_lines;          /* id → its line */
  GHashTable *quote_lines;            /* article's id → its quotes' lines, one after the other */
} Snapshot;

Snapshot *snapshot_take(const char *onrecord, const char *archive);
void snapshot_free(Snapshot *snapshot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Snapshot, snapshot_free)

/* TRUE when the two archives export the same bytes; else says what differs. */
gboolean snapshot_equal(const Snapshot *snapshot, const Snapshot *whole);
/* TRUE when each article of SNAPSHOT stands in WHOLE with the same members and the same quotes; else says
 * which does not. */
gboolean snapshot_is_part(const Snapshot *snapshot, const Snapshot *whole);
guint snapshot_n_articles(const Snapshot *snapshot);

/* TRUE when `onrecord check` finds no fault in ARCHIVE; else prints what it says. */
gboolean archive_is_clean(const char *onrecord, const char *archive);

/* Removes a folder and all below it. */
void remove_tree(const char *path);
