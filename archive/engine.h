/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What ranks. An engine indexes the postings of articles and quotes and answers plans over them. Two engines answer alike: the same
   set of hits and, by Xapian's BM25Weight, the same scores to 1e-6 (relative). Engines know nothing of query text, files or output.

   Each engine is one OnrEngineClass with every slot filled; archive/engines.c lists them by name. An engine is used by one thread at a time. */
#pragma once

#include "archive/findings.h"
#include "archive/plan.h"
#include "archive/postings.h"

G_BEGIN_DECLS

typedef struct OnrRecord OnrRecord; /* archive/record.h */
typedef struct OnrEngine OnrEngine;

typedef enum { ONR_SORT_RELEVANCE, ONR_SORT_DATE, ONR_SORT_DATE_DOWN } OnrSort;

/* BM25 as Xapian's BM25Weight computes it (k1, k2 = 0, k3, b, min_normlen; docs/ranking.md): the archive's setting, not a query's. */
typedef struct {
  double k1, k3, b, min_normlen;
} OnrBm25;
extern const OnrBm25 ONR_BM25_DEFAULT;

typedef struct {
  OnrTable table;
  OnrSort sort;       /* by date: then score, then id; items without a date last */
  guint offset;
  guint limit;        /* hits wanted; 0: all */
  gboolean skips_counts; /* n_matches and n_articles are not wanted, and may be 0 */
} OnrSearchSpec;

typedef struct {
  gint64 row; /* rowid of the article or quote in the record */
  double score;
} OnrHit;

typedef struct {
  GArray *hits;         /* OnrHit, best first, ties by id */
  guint64 n_matches;    /* all matching items, not only those in hits */
  guint64 n_articles;   /* distinct articles among them */
} OnrHits;
void onr_hits_clear(OnrHits *hits);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrHits, onr_hits_clear)

typedef struct {
  guint64 n_items;        /* in the table */
  double average_length;
  guint64 doc_frequency;  /* of the term asked for */
  guint64 collection_frequency;
} OnrTermStats;

/* One term's part in one item's score, for --explain. */
typedef struct {
  char *term;
  guint wdf, wqf;
  guint64 doc_frequency;
  double weight;
  double length; /* of the item */
} OnrTermScore;

typedef struct {
  const char *name; /* "fts5" */
  const char *(*library_version)(void);

  /* Makes the engine's own tables or files; called once, when an archive is created or reindexed to this engine. */
  gboolean (*create)(OnrRecord *record, GError **error);
  OnrEngine *(*open)(OnrRecord *record, gboolean is_writable, GError **error);
  void (*close)(OnrEngine *engine);

  /* Writing, between the record's begin and commit. Quote n of ARTICLE has row first_quote_row + n - 1. */
  gboolean (*put)(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row, const OnrArticlePostings *postings, GError **error);
  /* POSTINGS: made again from the stored record, equal to those that were put. */
  gboolean (*remove)(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row, const OnrArticlePostings *postings, GError **error);
  gboolean (*flush)(OnrEngine *engine, GError **error);    /* before each commit of the record */
  gboolean (*rollback)(OnrEngine *engine, GError **error); /* after the record has rolled back: forget what was put since the flush */
  void (*clean)(OnrRecord *record);                        /* outside transactions: removes files that the record, by its settings, does not know */
  /* At the end of a run, in transactions of its own: a step towards an index that is quick to search, of a bounded size; *IS_DONE where there was none to take. */
  gboolean (*settle)(OnrEngine *engine, gboolean *is_done, GError **error);
  gboolean (*optimise)(OnrEngine *engine, GError **error); /* `compact` */
  gboolean (*drop)(OnrEngine *engine, GError **error);     /* remove all that create and put made; its files when clean follows the commit */

  /* Reading. */
  gboolean (*search)(OnrEngine *engine, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *out, GError **error);
  /* All matching rows, ascending, without scores (facets, counts). */
  gboolean (*match)(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GArray *rows, GError **error);
  gboolean (*term_stats)(OnrEngine *engine, OnrTable table, const char *term, OnrTermStats *out, GError **error);
  /* Terms of TABLE that begin with PREFIX, in byte order, at most LIMIT + 1 so that the caller sees "more". */
  gboolean (*expand)(OnrEngine *engine, OnrTable table, const char *prefix, guint limit, GPtrArray *terms, GError **error);
  /* Why ROW scored as it did: appends an OnrTermScore for each term that scored to SCORES, and makes it free their strings. */
  gboolean (*explain)(OnrEngine *engine, const OnrPlan *plan, OnrTable table, gint64 row, GArray *scores, GError **error);
  /* What the engine runs for PLAN, in its own words ("fts5 match: …"). */
  gboolean (*print)(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GString *out, GError **error);
  gboolean (*check)(OnrEngine *engine, OnrFindings *findings, GError **error);
  guint64 (*size_bytes)(OnrEngine *engine); /* of the files that it has beside the record */
} OnrEngineClass;

/* The class with NAME, or NULL; NULL asks for the default ("fts5"). */
const OnrEngineClass *onr_engine_class(const char *name);

/* The engines' names, in the order of the table; NULL-terminated, static. */
const char *const *onr_engine_names(void);

/* What clean does, for every engine: one that the record has had may have left files. */
void onr_engines_clean(OnrRecord *record);

G_END_DECLS
