/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to query/: an OnrQuery from inside. */
#pragma once

#include "archive/holdings.h"
#include "query/planner.h"
#include "query/query.h"

G_BEGIN_DECLS

/* An article that the rows of its quotes share; reference counted (g_rc_box). */
typedef struct {
  gint64 row;
  OnrArticle *article;
} OnrLoaded;

/* The names that are asked for in one relation: ids (const char *), which the plan owns. */
typedef struct {
  GHashTable *names;   /* of names, whoever bears them */
  GHashTable *bearers; /* of identities, where a name is theirs */
} OnrAskedNames;

struct OnrQuery {
  OnrArchive *archive; /* borrowed */
  OnrTable table;
  char *text;
  OnrAst *ast;
  gboolean has_default_act; /* the last child of ast is act:speech, which nobody wrote */
  OnrPlan *plan;
  OnrTermMaker *maker;
  GPtrArray *left_out; /* char *: stop words that --any did not look for */
  /* Made with the first row that is shown, see row.c. */
  OnrPlan *shown;               /* the plan that marks are made by */
  OnrMarker *words, *title;
  OnrAskedNames mentioned, speakers;
  OnrDocument *document;
  OnrLoaded *last;              /* whose text document holds */
  /* Of the row whose id was made last. */
  gint64 named_row;
  char *named_id;
};

OnrPlanning onr_query_planning(const OnrQuery *query);

/* --- conditions.c --- */

/* The tree of TEXT ("" or NULL: none) and of OPTIONS, joined by AND; over quotes with act:speech where neither text nor options ask for acts
   (*HAS_DEFAULT_ACT). Reports what onr_query_parse reports. */
OnrAst *onr_query_conditions(OnrTable table, const char *text, const OnrQueryOptions *options, gboolean *has_default_act, GError **error);

/* --- the engine of a query's archive --- */

gboolean onr_query_run_match(const OnrQuery *query, const OnrPlan *plan, GArray *rows, GError **error);
/* How many items match PLAN, which is taken. */
gboolean onr_query_count(const OnrQuery *query, OnrPlan *plan, guint64 *n, GError **error);

/* The hits that SPEC asks for: those of the engine, or one of each group. */
gboolean onr_query_search(const OnrQuery *query, const OnrRunSpec *spec, OnrHits *out, GError **error);
/* How many of the N_MATCHES items that match are distinct. */
gboolean onr_query_count_distinct(OnrQuery *query, guint64 n_matches, guint64 *n, GError **error);

/* "ARTICLE" or "ARTICLE#n"; the caller frees it. */
char *onr_query_item_id(const char *article_id, guint number);
void onr_loaded_unref(OnrLoaded *loaded);

G_END_DECLS
