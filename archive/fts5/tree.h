/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/fts5/: a plan made ready to run over one table, and running it.

   FTS5 knows terms and where they stand; it knows nothing of dates, speakers or scores. So a tree is run in
   one of two ways. A tree that some terms bound (every match has one of them) is run over the rows that FTS5
   finds for an expression of those terms alone, a superset of the matches; each row is then tested against
   the whole tree with the positions in hand. A tree of conditions without terms is tested against the rows of
   its sets. What is neither (a term OR a date) is brought to the second by running its bounded parts first,
   each into a list of rows and scores. */
#pragma once

#include "archive/fts5/index.h"
#include "archive/fts5/rowset.h"

G_BEGIN_DECLS

typedef enum {
  ONR_NODE_ALL,
  ONR_NODE_TERM,
  ONR_NODE_PHRASE,
  ONR_NODE_NEAR,
  ONR_NODE_AND,
  ONR_NODE_OR,
  ONR_NODE_MINUS, /* first child, from which FTS5 itself takes the second away */
  ONR_NODE_RANGE,
  ONR_NODE_SET,
  ONR_NODE_LIST, /* what a part gave when it was run */
} OnrNodeKind;

typedef enum {
  ONR_BOUND_BY_TERMS, /* FTS5 finds all of its matches */
  ONR_BOUND_TERMLESS, /* needs no positions: may be tested anywhere */
  ONR_BOUND_MIXED,    /* has terms, but also matches without them */
} OnrBound;

typedef struct OnrNode OnrNode;
struct OnrNode {
  OnrNodeKind kind;
  OnrBound bound;
  gboolean scores;
  guint64 estimate;    /* BY_TERMS: at most so many rows */
  GPtrArray *children; /* OnrNode, owned; NULL for leaves */

  /* TERM */
  char *term;
  guint wqf;
  guint64 doc_frequency;
  double weight;
  int phrase;        /* its number in the expression */
  GArray *positions; /* of the row at hand: guint64, see onr_position; scratch */
  guint window;      /* NEAR */

  gboolean is_via_article; /* RANGE and SET over quotes: the quote's article is looked at */
  OnrColumn column;        /* RANGE */
  OnrSlot slot;
  gint64 low, high;
  OnrRowSet *set; /* SET */
  gboolean is_negated;
  GArray *rows;       /* LIST: guint32, ascending */
  GArray *row_scores; /* LIST: double, one a row */
  guint cursor;       /* LIST: where the last row was found */
  GArray *explained;  /* LIST, while explaining: OnrTermScore of its one row */
};

void onr_node_free(OnrNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrNode, onr_node_free)

/* One query being run. */
typedef struct {
  OnrIndex *index;
  OnrTable table;
  guint32 low, high;      /* rows outside are not looked at */
  gboolean is_explaining; /* low = high */
} OnrRun;

/* Takes a matching row: rows come ascending. */
typedef void (*OnrSink)(guint32 row, double score, gpointer data);

/* compile.c: PLAN over RUN's table; SCORES FALSE below a FILTER and the like. */
OnrNode *onr_node_compile(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error);
/* expression.c: the FTS5 expression that finds all matches of NODE, bound by terms; numbers its phrases. */
void onr_node_express(OnrNode *node, GString *out);

/* expression.c: what will be run for NODE, a line a step. */
void onr_node_print(OnrNode *node, GString *out);

/* run.c: compiles PLAN and runs it over all rows of RUN. EXPLAINED, where not NULL, gets an OnrTermScore a
 * term that scored. */
gboolean onr_run_plan(OnrRun *run, const OnrPlan *plan, gboolean scores, OnrSink sink, gpointer data,
                      GArray *explained, GError **error);
/* The rows of PLAN. */
OnrRowSet *onr_run_for_set(OnrRun *run, const OnrPlan *plan, GError **error);
/* Makes NODE termless by running its bounded parts. Takes NODE; NULL on error. */
OnrNode *onr_node_materialise(OnrRun *run, OnrNode *node, GError **error);

/* evaluate.c */
typedef struct {
  OnrRun *run;
  const OnrPlace *place; /* NULL outside a walk */
  guint32 row;
  double norm;       /* of the row; below 0: not computed yet */
  GArray *explained; /* or NULL */
} OnrEvaluation;

/* Whether NODE holds of the row; adds to *SCORE if it does. */
gboolean onr_node_evaluate(OnrNode *node, OnrEvaluation *e, double *score);
guint32 onr_run_article_of(const OnrRun *run, guint32 row);

/* leaves.c: rows by what the record knows of them. */
OnrRowSet *onr_leaf_identity(OnrRun *run, const OnrPlan *plan, GError **error);
OnrRowSet *onr_leaf_key(OnrRun *run, const OnrPlan *plan, GError **error);
/* Rows with any of the TERM plans PLANS; positions are not looked at. */
OnrRowSet *onr_leaf_any_term(OnrRun *run, const GPtrArray *plans, GError **error);
OnrRowSet *onr_leaf_live(OnrRun *run);
/* The rows that a termless NODE can match: at least its matches. */
OnrRowSet *onr_leaf_candidates(OnrRun *run, const OnrNode *node);
gboolean onr_leaf_in_range(const OnrRun *run, const OnrNode *node, guint32 row);

void onr_term_score_clear(gpointer score); /* a GArray's clear function */

G_END_DECLS
