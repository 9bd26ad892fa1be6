/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an engine must answer, worked out the long way: every item with all of its postings, every plan tested
   against every item. Shares nothing with an engine but the postings themselves (text/terms.h) and the words
   of the formula (docs/ranking.md). */
#pragma once

#include "archive/archive.h"

/* One place of one term. */
typedef struct {
  guint column;   /* of its table: title, text, fields; words, fields */
  guint position; /* in the column */
  guint weight;   /* what it adds to wdf */
} ModelPlace;

typedef struct {
  guint n_refs;
  OnrTable table;
  gint64 row, article_row;
  char *article_id, *path, *url;
  guint number; /* of a quote; 0 for articles */
  gint32 day;
  guint kind, act, confidence;
  guint64 length;
  GHashTable *terms;               /* char * → GArray of ModelPlace */
  GHashTable *speakers, *mentions; /* sets of entity ids, char * */
} ModelItem;

typedef struct {
  GPtrArray *items[2]; /* ModelItem by OnrTable, owned */
  GHashTable *rows[2]; /* row → ModelItem */
  /* Worked out when first asked for, and forgotten when an article comes or goes. */
  GHashTable *frequencies[2]; /* char * → number of items */
  double average_lengths[2];  /* below 0: unknown */
} Model;

Model *model_new(void);
void model_free(Model *model);
/* What stands in it now, whatever becomes of the other. */
Model *model_copy(const Model *model);

/* ARTICLE has its row, its quotes follow at FIRST_QUOTE. */
void model_put(Model *model, const OnrArticle *article, gint64 first_quote,
               const OnrArticlePostings *postings);
void model_remove(Model *model, gint64 article_row);

/* Whether PLAN holds of ITEM; *SCORE gets what it scores. */
gboolean model_matches(Model *model, const OnrPlan *plan, const ModelItem *item, double *score);

guint64 model_doc_frequency(Model *model, OnrTable table, const char *term);
guint64 model_collection_frequency(const Model *model, OnrTable table, const char *term);
double model_average_length(Model *model, OnrTable table);

/* Which of two items comes first where nothing else tells: by article id, then number. */
int model_compare_ids(const ModelItem *a, const ModelItem *b);
const ModelItem *model_find(const Model *model, OnrTable table, gint64 row);
