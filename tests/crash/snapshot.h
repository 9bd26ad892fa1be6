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
/* TRUE when each article of SNAPSHOT stands in WHOLE, or else in BEFORE (may be NULL), with the same members and the
 * same quotes; else says which does not. */
gboolean snapshot_is_part(const Snapshot *snapshot, const Snapshot *whole, const Snapshot *before);
guint snapshot_n_articles(const Snapshot *snapshot);

/* What some searches answer: ids and scores. Each hit is one of SNAPSHOT's, and "*" finds all of them; else NULL, and
 * says what is wrong. The caller frees it. */
char *archive_answers(const char *onrecord, const char *archive, const Snapshot *snapshot);

/* TRUE when the folder of the xapian engine holds what the record names, and no more; else says what it holds. */
gboolean archive_is_tidy(const char *archive);

/* TRUE when `onrecord check` finds no fault in ARCHIVE; else prints what it says. */
gboolean archive_is_clean(const char *onrecord, const char *archive);

/* The size of all files below a folder. */
guint64 tree_bytes(const char *path);
/* A copy of a folder and all below it, over what is at TO. */
void copy_tree(const char *from, const char *to);
/* Removes a folder and all below it. */
void remove_tree(const char *path);
