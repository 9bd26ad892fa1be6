/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is printed more than once, as an archive's readers ask for it: groups of articles that are the same one, statements of quotes (docs/duplicates.md). Rows are those that the archive's engine
   gives. Over shards each local archive has groups of its own; what another machine serves is alone. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* A number that all of the group of ROW have in common and nothing else has; for what is alone its own row. */
gboolean onr_archive_group_key(OnrArchive *archive, OnrTable table, gint64 row, gint64 *key, GError **error);

/* Is there any group at all? Where not, all rows are distinct. */
gboolean onr_archive_has_groups(OnrArchive *archive, OnrTable table, gboolean *out, GError **error);

/* How many of ROWS (gint64, ascending, each once) are distinct: groups, and those that are alone. */
gboolean onr_archive_count_distinct(OnrArchive *archive, OnrTable table, const GArray *rows, guint64 *n, GError **error);

/* One publication of a group. */
typedef struct {
  char *id;      /* of the article or quote; all owned */
  char *published, *publisher;
  char *words;   /* of a quote; NULL for articles, and where the article is damaged */
  gboolean is_asked; /* the one that was asked for */
} OnrCopy;
void onr_copy_free(gpointer copy);

/* Appends the group of ROW (OnrCopy), the first publication first, then by date and id; at most ONR_COPIES_MOST, with that one among them. Appends nothing for what is alone. *N gets how many there are. */
#define ONR_COPIES_MOST 1000
gboolean onr_archive_copies(OnrArchive *archive, OnrTable table, gint64 row, GPtrArray *copies, guint64 *n, GError **error);

G_END_DECLS
