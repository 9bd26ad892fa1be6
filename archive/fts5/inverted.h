/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The inverted index: two contentless FTS5 tables, fts5_article(title, text, fields) and fts5_quote(words,
   fields), rowid = the record's row. FTS5 stores, merges and reads the lists; which words there are is
   decided before (text/terms.h): a column's value IS a packed postings buffer, which our tokenizer hands on
   term by term, and in a query a string is one term, taken as it is.

   Reading is a walk: FTS5 runs an expression of single terms and calls our auxiliary function for each row,
   inside which the row's positions can be read. Nothing is returned to SQL, so no row is sorted or copied.

     static gboolean visit(OnrPlace *place, gpointer data, GError **error) { … onr_place_next_position … }
     onr_inverted_walk(record, ONR_TABLE_ARTICLES, "\"nato\" AND \"sanctions\"", 0, ONR_ROW_MAX, visit, data,
   error); */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

/* Makes tokenizer and function known to DB; any number of times. */
gboolean onr_inverted_register(sqlite3 *db, GError **error);
gboolean onr_inverted_create(sqlite3 *db, GError **error);

typedef struct {
  const OnrPostings *columns[3]; /* as many as the table has */
} OnrColumnPostings;

gboolean onr_inverted_put(OnrRecord *record, OnrTable table, gint64 row, const OnrColumnPostings *postings,
                          GError **error);
/* POSTINGS: those that were put. */
gboolean onr_inverted_remove(OnrRecord *record, OnrTable table, gint64 row, const OnrColumnPostings *postings,
                             GError **error);
/* Merges all that FTS5 holds of a table into one list a term. */
gboolean onr_inverted_optimise(OnrRecord *record, OnrTable table, GError **error);
/* FTS5's own check of its structures; needs a connection that may write. */
gboolean onr_inverted_check(OnrRecord *record, OnrTable table, GError **error);

/* What a posting in column COLUMN of TABLE adds to wdf and, for forms, to length. */
guint onr_inverted_column_weight(OnrTable table, int column);

/* Appends TERM as an FTS5 string. */
void onr_inverted_quote(GString *out, const char *term);

/* --- walking --- */

typedef struct {
  const Fts5ExtensionApi *api;
  Fts5Context *context;
} OnrPlace;

/* A walk's visitor: FALSE, with ERROR set, ends the walk. */
typedef gboolean (*OnrVisit)(OnrPlace *place, gpointer data, GError **error);

/* Visits, ascending, the rows from LOW to HIGH that match EXPRESSION: strings, AND, OR, NOT, brackets. The
   strings are the expression's phrases, numbered from 0 as they stand in it. Not to be called from a visitor.
 */
gboolean onr_inverted_walk(OnrRecord *record, OnrTable table, const char *expression, guint32 low,
                           guint32 high, OnrVisit visit, gpointer data, GError **error);

/* Visits the rows of each of TERMS in turn, without looking at the others: quicker than a walk for the union
   of many. The place has one phrase, 0. */
gboolean onr_inverted_sweep(OnrRecord *record, OnrTable table, const char *const *terms, guint n_terms,
                            OnrVisit visit, gpointer data, GError **error);

static inline guint32 onr_place_row(const OnrPlace *place) {
  return (guint32)place->api->xRowid(place->context);
}

/* Positions of one phrase in the row: column in the upper, word in the lower half. */
typedef struct {
  Fts5PhraseIter iter;
  int column, word; /* column < 0: no more */
} OnrPositions;

/* FALSE where the row, in this branch of the expression, has none. A phrase below an AND that does not hold
   may look absent, one below a NOT that does not hold always does. */
static inline gboolean onr_positions_first(const OnrPlace *place, int phrase, OnrPositions *positions) {
  return place->api->xPhraseFirst(place->context, phrase, &positions->iter, &positions->column,
                                  &positions->word) == SQLITE_OK &&
         positions->column >= 0;
}

static inline gboolean onr_positions_next(const OnrPlace *place, OnrPositions *positions) {
  place->api->xPhraseNext(place->context, &positions->iter, &positions->column, &positions->word);
  return positions->column >= 0;
}

G_END_DECLS
