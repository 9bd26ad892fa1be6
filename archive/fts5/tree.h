/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/fts5/: a plan made ready to run over one table, and running it.

   A tree is run row by row, upwards. It is first asked where it may hold next (onr_node_advance): lists and
   sets leap to their next row, an AND to where those of its children that can tell agree, an OR to the least, a
   phrase or window to where its words stand as they must. There it is tested as a whole, with ranges and all
   (onr_node_evaluate). So each list is gone through once, and only as far as others call for it. */
#pragma once

#include "archive/fts5/doclist.h"
#include "archive/fts5/index.h"
#include "archive/rowset.h"

G_BEGIN_DECLS

typedef enum {
  ONR_NODE_ALL,
  ONR_NODE_TERM,
  ONR_NODE_PHRASE,
  ONR_NODE_NEAR,
  ONR_NODE_AND,
  ONR_NODE_OR,
  ONR_NODE_NOT, /* first child, unless the second holds */
  ONR_NODE_RANGE,
  ONR_NODE_SET,
} OnrNodeKind;

typedef struct OnrNode OnrNode;
struct OnrNode {
  OnrNodeKind kind;
  gboolean scores;
  gboolean is_driven; /* knows where it may hold next; else every row has to be tested */
  guint64 estimate;   /* driven: it may hold at so many rows at most */
  guint32 next;       /* driven groups: what onr_node_advance said last, so that the node holds nowhere before
                         it; 0: nothing yet */
  GPtrArray *children; /* OnrNode, owned; NULL for leaves */
  GPtrArray *leaders;  /* AND, PHRASE, NEAR: the driven children, borrowed, those of fewest rows first */

  /* TERM */
  char *term;
  guint wqf;
  guint64 doc_frequency;
  double weight;
  OnrList *list;

  guint window;            /* NEAR */
  OnrPositions *positions; /* PHRASE, NEAR: one a child; scratch */
  guint *order;            /* PHRASE, NEAR: numbers of the children, those of fewest rows first */
  guint n_rare; /* PHRASE, NEAR: so many of them lead; where those of a phrase do not agree the others
                   are not looked for */

  OnrRowSet *set;          /* SET */
  gboolean is_via_article; /* RANGE over quotes: the quote's article is looked at */
  OnrColumn column;        /* RANGE */
  OnrSlot slot;
  gint64 low, high;
};

void onr_node_free(OnrNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrNode, onr_node_free)

/* One query being run. */
typedef struct {
  OnrIndex *index;
  OnrTable table;
  guint32 low, high; /* rows outside are not looked at */
} OnrRun;

/* compile.c: PLAN over RUN's table; SCORES FALSE below a FILTER and the like. */
OnrNode *onr_node_compile(OnrRun *run, const OnrPlan *plan, gboolean scores, GError **error);
/* print.c: what will be run for NODE, a line a step. */
void onr_node_print(const OnrRun *run, const OnrNode *node, GString *out);

/* advance.c: the least row at or after ROW at which NODE may hold; ROW itself where NODE cannot tell;
   ONR_NO_ROW: none. A PHRASE or NEAR does hold there. ROW never falls from call to call. */
guint32 onr_node_advance(OnrNode *node, guint32 row);

/* positional.c: whether the words of NODE, a PHRASE or NEAR, stand in ROW as they must. */
gboolean onr_node_has_places(const OnrNode *node, guint32 row);

/* evaluate.c: testing one row. */
typedef struct {
  OnrRun *run;
  guint32 row;
  double norm;       /* of the row; below 0: not computed yet */
  GArray *explained; /* OnrTermScore of terms that score; or NULL */
} OnrEvaluation;

/* Whether NODE holds of the row; adds to *SCORE if it does. */
gboolean onr_node_evaluate(OnrNode *node, OnrEvaluation *e, double *score);

/* run.c: takes a matching row: rows come ascending. */
typedef void (*OnrSink)(guint32 row, double score, gpointer data);

/* Compiles PLAN and runs it over all rows of RUN. EXPLAINED, where not NULL, gets an OnrTermScore a term that
 * scored. */
gboolean onr_run_plan(OnrRun *run, const OnrPlan *plan, gboolean scores, OnrSink sink, gpointer data,
                      GArray *explained, GError **error);
/* The rows of PLAN. */
OnrRowSet *onr_run_for_set(OnrRun *run, const OnrPlan *plan, GError **error);

/* leaves.c: rows by what the record knows of them. */
OnrRowSet *onr_leaf_identity(OnrRun *run, const OnrPlan *plan, GError **error);
OnrRowSet *onr_leaf_senses(OnrRun *run, const OnrPlan *plan, GError **error);
OnrRowSet *onr_leaf_key(OnrRun *run, const OnrPlan *plan, GError **error);
/* Rows with any of the TERM plans PLANS. */
OnrRowSet *onr_leaf_any_term(OnrRun *run, const GPtrArray *plans, GError **error);
/* The quotes of ARTICLES. */
OnrRowSet *onr_leaf_quotes_of(OnrRun *run, const OnrRowSet *articles);
gboolean onr_leaf_in_range(const OnrRun *run, const OnrNode *node, guint32 row);
/* Whether the table has ROW. */
gboolean onr_leaf_is_live(const OnrRun *run, guint32 row);
guint32 onr_run_article_of(const OnrRun *run, guint32 row);

void onr_term_score_clear(gpointer score); /* a GArray's clear function */

G_END_DECLS
