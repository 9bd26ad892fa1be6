/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/fts5/: the open index and what its parts share. */
#pragma once

#include "archive/fts5/columns.h"
#include "archive/fts5/dictionary.h"
#include "archive/fts5/inverted.h"
#include "archive/fts5/segments.h"

G_BEGIN_DECLS

#define ONR_N_TABLES 2 /* of OnrTable */

/* Of the engine's own tables, FTS5's apart (segments.h): in the setting "fts5_format". An index of another
   format is refused with a request for `reindex`. 2: the dictionary as sorted runs. */
#define ONR_FTS5_FORMAT "2"
#define ONR_FTS5_FORMAT_SETTING "fts5_format"

/* Of all items of one table; exact under removal. Kept in fts5_total. */
typedef struct {
  guint64 n_items;
  guint64 length; /* sum over the items */
} OnrIndexTotal;

typedef struct {
  OnrRecord *record;
  gboolean is_writable;
  OnrBm25 bm25;
  OnrHandover *handover; /* borrowed */
  OnrColumns *columns;
  OnrDictionary *dictionaries[ONR_N_TABLES];
  OnrIndexTotal totals[ONR_N_TABLES];
  gboolean is_loaded; /* totals are what the file has, or newer */
  OnrSegments *segments[ONR_N_TABLES];
  gboolean is_list_pending; /* FTS5 may hold postings in memory that its pages lack */
  gboolean is_dirty;        /* something was put or removed since the flush */
  gint64 data_version;      /* SQLite's: raised when another connection has committed */
} OnrIndex;

/* What every reading and writing begins with. UNSUPPORTED where the index is of another format. */
gboolean onr_index_load_totals(OnrIndex *index, GError **error);
gboolean onr_index_flush(OnrIndex *index, GError **error);
/* Forgets all that is in memory. */
void onr_index_forget(OnrIndex *index);

static inline double onr_index_average_length(const OnrIndex *index, OnrTable table) {
  const OnrIndexTotal *total = &index->totals[table];
  return total->n_items ? (double)total->length / (double)total->n_items : 0;
}

static inline double onr_index_length_factor(const OnrIndex *index, OnrTable table) {
  const OnrIndexTotal *total = &index->totals[table];
  return total->length ? (double)total->n_items / (double)total->length : 0;
}

static inline OnrColumn onr_length_column(OnrTable table) {
  return table == ONR_TABLE_ARTICLES ? ONR_ARTICLE_LENGTH : ONR_QUOTE_LENGTH;
}

/* One look at the index: within it FTS5's lists, the columns and the record are of one commit. Begun inside a
   transaction it is part of that. g_auto(OnrReading) reading = {0}; if (!onr_reading_begin(&reading, index,
   error)) return FALSE; */
typedef struct {
  sqlite3 *db; /* where this began the transaction; else NULL */
} OnrReading;

gboolean onr_reading_begin(OnrReading *reading, OnrIndex *index, GError **error);
void onr_reading_end(OnrReading *reading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrReading, onr_reading_end)

/* Writing: see OnrEngineClass. */
gboolean onr_index_put(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                       const OnrArticlePostings *postings, GError **error);
gboolean onr_index_remove(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                          const OnrArticlePostings *postings, GError **error);

/* settle.c: see OnrEngineClass. */
gboolean onr_index_settle(OnrIndex *index, gboolean *is_done, GError **error);

gboolean onr_index_check(OnrIndex *index, OnrFindings *findings, GError **error);

G_END_DECLS
