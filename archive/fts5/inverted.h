/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inverted index: two contentless FTS5 tables, fts5_article(title, text, fields) and fts5_quote(words,
   fields), rowid = the record's row. FTS5 gathers, stores and merges the lists (segments.h says how they are
   read); which words there are is decided before (text/terms.h): a column's value IS a packed postings
   buffer, which our tokenizer hands on term by term. */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

/* No row is beyond: sets, columns and lists count rows in 32 bits. */
#define ONR_ROW_MAX (G_MAXUINT32 - G_MAXUINT16)

#define ONR_MAX_COLUMNS 3 /* of a table */

/* What puts and removals give the tokenizer of one connection, which owns it. */
typedef struct OnrHandover OnrHandover;

/* Makes the tokenizer known to DB; any number of times. */
OnrHandover *onr_inverted_register(sqlite3 *db, GError **error);
/* After registration. */
gboolean onr_inverted_create(sqlite3 *db, GError **error);

typedef struct {
  const OnrPostings *columns[ONR_MAX_COLUMNS]; /* as many as the table has */
} OnrColumnPostings;

gboolean onr_inverted_put(OnrRecord *record, OnrHandover *handover, OnrTable table, gint64 row,
                          const OnrColumnPostings *postings, GError **error);
/* POSTINGS: those that were put. */
gboolean onr_inverted_remove(OnrRecord *record, OnrHandover *handover, OnrTable table, gint64 row,
                             const OnrColumnPostings *postings, GError **error);
/* Has FTS5 write what it holds in memory of the open transaction. */
gboolean onr_inverted_flush(OnrRecord *record, GError **error);
/* Merges segments of a table, until N_PAGES have been written: of all where IS_ALL, else of levels that have
   many. *IS_DONE where there was nothing to merge. What is merged by half is searched as well as before, and
   goes on at the next call. */
gboolean onr_inverted_merge(OnrRecord *record, OnrTable table, gboolean is_all, int n_pages,
                            gboolean *is_done, GError **error);
/* Merges all that FTS5 holds of a table into one list a term. */
gboolean onr_inverted_optimise(OnrRecord *record, OnrTable table, GError **error);
/* FTS5's own check of its structures; needs a connection that may write. */
gboolean onr_inverted_check(OnrRecord *record, OnrTable table, GError **error);

/* What a posting in each column of TABLE adds to wdf and, for forms, to length; ONR_MAX_COLUMNS numbers. */
const guint *onr_inverted_weights(OnrTable table);

G_END_DECLS
