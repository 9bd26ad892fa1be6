/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query from its text to ranked rows:  text → AST (parser.h) → plan (planner) → hits (engine) → rows with snippets.

     g_autoptr(OnrQuery) query = onr_query_new(archive, ONR_TABLE_QUOTES, "speaker:lavrov nato", &options, error);
     g_autoptr(OnrResults) results = onr_query_run(query, &spec, error);
     for (guint i = 0; i < results->rows->len; i++) show(results->rows->pdata[i]); */
#pragma once

#include "archive/archive.h"
#include "archive/groups.h"
#include "query/ast.h"
#include "query/snippet.h"

G_BEGIN_DECLS

typedef struct OnrQuery OnrQuery;

/* A newcomer's words for the fields; each is one more condition. NULL where not given. */
typedef struct {
  gboolean any;             /* --any */
  const char *speaker;      /* --speaker */
  const char *mentioning;   /* --mentioning */
  const char *from, *to;    /* --from, --to: dates */
  const char *source;       /* --source: publisher */
  gboolean all_acts;        /* quotes: attitudes too, as act:any */
} OnrQueryOptions;

/* Parses TEXT and plans it over TABLE. TEXT may be "" when an option gives a condition. Reports SYNTAX, LIMIT (prefix expansion, depth, terms), and what the archive reports. In
   quotes, speech only is searched unless the query says act: (or all_acts). */
OnrQuery *onr_query_new(OnrArchive *archive, OnrTable table, const char *text, const OnrQueryOptions *options, GError **error);
void onr_query_free(OnrQuery *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrQuery, onr_query_free)

const OnrAst *onr_query_ast(const OnrQuery *query);
const OnrPlan *onr_query_plan(const OnrQuery *query);
OnrTable onr_query_table(const OnrQuery *query);

/* One result, with all that any output format shows. Offsets are code points of the article's text. */
typedef struct {
  gint64 row;
  double score;
  char *id;                /* of the article, or ARTICLE#n */
  OnrArticle *article;     /* header and text; its entities and quotes are loaded too; NULL until the row is filled */
  guint quote;             /* index into article->quotes; quotes only */
  char *words;             /* quotes: the content's words */
  OnrSnippet snippet;      /* articles: best stretch of text; quotes: the words with matches marked */
  GArray *title_matches;   /* articles: OnrSpan, bytes of article->title that matched, in order */
  char *before, *after;    /* quotes with context: sentences around the quote, and what else its own sentences hold; else NULL */
  GPtrArray *copies;       /* OnrCopy: all of its group, the first publication first; empty where it is alone, NULL until onr_query_fill_copies */
  guint64 n_copies;        /* how many there are: copies has ONR_COPIES_MOST at most */
  guint paragraph;         /* of the quote or of the best match, from 1 */
  gpointer loaded;         /* private: what holds the article; rows of one article that are filled in turn share it */
} OnrRow;

#define ONR_NOT_COUNTED G_MAXUINT64

typedef struct {
  GPtrArray *rows;         /* OnrRow, best first; owned */
  guint64 n_matches;       /* items */
  guint64 n_articles;      /* articles among them */
  guint64 n_items_total, n_articles_total; /* in the archive */
  guint64 n_distinct;      /* items, what is printed more than once counted once; ONR_NOT_COUNTED where that was not asked for */
  guint64 n_undated;       /* items that a date filter left out because they have no date, else 0 */
} OnrResults;
void onr_results_free(OnrResults *results);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrResults, onr_results_free)

typedef struct {
  guint offset, limit;     /* limit 0: all */
  OnrSort sort;
  guint context;           /* sentences around a quote */
  gboolean is_grouped;     /* of what is printed more than once (archive/groups.h) the hit that ranks best stands for all; offset and limit count these */
  gboolean counts_distinct;
  gboolean with_rows;      /* FALSE: only hits' ids, scores and counts (--count, trec) */
} OnrRunSpec;

OnrResults *onr_query_run(OnrQuery *query, const OnrRunSpec *spec, GError **error);

/* Loads what run leaves out without with_rows: article, words, snippet, CONTEXT sentences. A caller that fills, shows and empties
   row by row holds one article's text at a time, however many rows there are. */
gboolean onr_query_fill_row(OnrQuery *query, OnrRow *row, guint context, GError **error);
/* Lets go of what fill_row loaded; row, id and score stay. */
void onr_row_empty(OnrRow *row);

/* Loads what else is of ROW's group; onr_row_empty lets go of it. */
gboolean onr_query_fill_copies(OnrQuery *query, OnrRow *row, GError **error);

/* Rows that match, ascending, without ranking. */
gboolean onr_query_match(OnrQuery *query, GArray *rows, GError **error);

/* Who is quoted (speakers) or what is mentioned (entities) in what matches; QUERY NULL: in all. */
gboolean onr_query_facets(OnrArchive *archive, OnrQuery *query, OnrFacetKind what, guint offset, guint limit, GArray *facets, guint64 *n_distinct, GError **error);

/* Without hits: lines that say what was understood and what is near ("no speaker 'lavrof'; nearest: Lavrov, 41 quotes"). Owned strings. */
GPtrArray *onr_query_suggest(OnrQuery *query, GError **error);

/* --explain: the query, the AST, the plan, what the engine runs; and for a row why it scored so. */
gboolean onr_query_explain(OnrQuery *query, GString *out, GError **error);
gboolean onr_query_explain_row(OnrQuery *query, gint64 row, GString *out, GError **error);

G_END_DECLS
