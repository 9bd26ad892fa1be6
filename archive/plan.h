/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine-neutral query: a tree of terms, conditions and ranges over one table (articles or quotes). query/ builds it, an engine
   runs it; both print it with onr_plan_print, one node a line. A plan is normalised when built: AND and OR are flat, equal terms
   of one AND or OR are one node with a higher wqf, depth at most ONR_PLAN_MAX_DEPTH, at most ONR_PLAN_MAX_TERMS terms that score. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

#define ONR_PLAN_MAX_DEPTH 30
#define ONR_PLAN_MAX_TERMS 1000      /* that score */
#define ONR_PLAN_MAX_ALL_TERMS 10000 /* with those of conditions: prefixes are expanded to terms */

typedef enum { ONR_TABLE_ARTICLES, ONR_TABLE_QUOTES } OnrTable;

typedef enum {
  ONR_PLAN_ALL,      /* every item; scores 0 */
  ONR_PLAN_NONE,     /* no item */
  ONR_PLAN_TERM,     /* items with the term; scores BM25 */
  ONR_PLAN_PHRASE,   /* children are terms at consecutive positions of one field; the terms score */
  ONR_PLAN_NEAR,     /* two terms of one field with at most `window` words between, any order; the terms score */
  ONR_PLAN_AND,      /* all children; sum of their scores */
  ONR_PLAN_OR,       /* any child; sum of the matching ones' scores */
  ONR_PLAN_NOT,      /* first child minus second; score of the first */
  ONR_PLAN_FILTER,   /* the child as a condition: scores 0 */
  ONR_PLAN_RANGE,    /* low <= slot <= high; scores 0. DAY with low = high = ONR_NO_DAY: items without a date, which no other range of days holds */
  ONR_PLAN_IDENTITY, /* relation to any of the identities, as names; scores 0 */
  ONR_PLAN_SENSES,   /* relation to a name that is another's in some articles, where it is one of the identities': asked of one archive with a record; scores 0 */
  ONR_PLAN_KEY,      /* article's id, path or url; over quotes also the quote's own id "ARTICLE#n"; scores 0 */
  ONR_PLAN_ARTICLES, /* over quotes only: the child holds of the quote's article; scores 0 */
} OnrPlanKind;

/* Numbers that each item carries. Articles have ONR_SLOT_DAY only. */
typedef enum { ONR_SLOT_DAY, ONR_SLOT_KIND, ONR_SLOT_ACT, ONR_SLOT_CONFIDENCE } OnrSlot;

/* Over quotes: who speaks; whom the content mentions. Over articles: whom it quotes; whom it mentions. */
typedef enum { ONR_RELATION_SPEAKER, ONR_RELATION_MENTION } OnrRelation;

/* ID: equal. PATH and URL: a glob (* ? [ ]) over the whole, or, without glob characters, a folder or file name at a '/' boundary (PATH), or
   a part of it (URL). */
typedef enum { ONR_KEY_ID, ONR_KEY_PATH, ONR_KEY_URL } OnrKey;

typedef struct OnrPlan OnrPlan;
struct OnrPlan {
  OnrPlanKind kind;
  char *term;          /* TERM: as posted, prefix included; KEY: the pattern */
  guint wqf;           /* TERM: how often the query has it, from 1 */
  guint window;        /* NEAR */
  OnrSlot slot;        /* RANGE */
  gint64 low, high;    /* RANGE, inclusive */
  OnrRelation relation; /* IDENTITY, SENSES */
  GPtrArray *identities; /* IDENTITY, SENSES: ids (char *), in byte order, each once, owned; empty matches nothing. Ids, since rows are of one record and a plan may
                            be asked of several; one that a record does not have matches nothing there */
  OnrKey key;          /* KEY */
  GPtrArray *children; /* OnrPlan *, owned; NULL for leaves */
};

/* Makers take the ownership of children and of identities. */
OnrPlan *onr_plan_leaf(OnrPlanKind kind); /* ALL, NONE */
OnrPlan *onr_plan_term(const char *term);
OnrPlan *onr_plan_group(OnrPlanKind kind); /* PHRASE, NEAR, AND, OR: add children */
OnrPlan *onr_plan_not(OnrPlan *all, OnrPlan *minus);
OnrPlan *onr_plan_filter(OnrPlan *child);
OnrPlan *onr_plan_articles(OnrPlan *child);
OnrPlan *onr_plan_range(OnrSlot slot, gint64 low, gint64 high);
OnrPlan *onr_plan_identity(OnrRelation relation, GPtrArray *identities);
OnrPlan *onr_plan_senses(OnrRelation relation, GPtrArray *identities);
OnrPlan *onr_plan_key(OnrKey key, const char *pattern);
void onr_plan_add(OnrPlan *group, OnrPlan *child);
OnrPlan *onr_plan_copy(const OnrPlan *plan);
void onr_plan_free(OnrPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrPlan, onr_plan_free)

/* Flattens AND and OR, merges their equal terms, drops ALL from AND and NONE from OR, turns one-child groups into the child, takes NOT out of AND and NOT
   ((a − x) ∧ b is (a ∧ b) − x, so no child of an AND and no first child of a NOT is a NOT), drops a FILTER around what scores nothing; an empty range or identity
   is NONE. A tree that is NONE as a whole is one leaf. Takes PLAN. Reports ONR_ERROR_LIMIT beyond ONR_PLAN_MAX_DEPTH, ONR_PLAN_MAX_TERMS or ONR_PLAN_MAX_ALL_TERMS. */
OnrPlan *onr_plan_normalise(OnrPlan *plan, GError **error);

/* Appends the tree, two spaces a level: "and\n  term Znato\n  range day 18993..19082\n"; "term Znato * 2" where wqf is 2. */
void onr_plan_print(const OnrPlan *plan, GString *out);

G_END_DECLS
