/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Averaged structured perceptron (Collins 2002) for a labeller's passes: whole numbers throughout, so that
   the same articles in the same order give the same bytes on every machine. */
#pragma once

#include "annotate/labeller.h"

G_BEGIN_DECLS

/* An article whose labels are known. */
typedef struct {
  gpointer owner; /* of what labels it, for LABEL */
  void (*label)(gpointer owner);
  OnrLabeller *run;     /* its task, what that sees, and the stretches */
  const guint8 *doubts; /* a byte a stretch: not 0 where it is not trained on; NULL for none */
  const guint8 *right;  /* a label a token */
  guint8 *first;        /* a label a token, by a first pass that has not seen the article */
} OnrLabelled;

/* Weights of 1 << BITS rows. */
typedef struct {
  guint bits;
  OnrLabelRow *rows;
  OnrLabelTransitions transitions[ONR_LABEL_PASSES];
} OnrLabelTable;

OnrLabelTable *onr_label_table_new(guint bits); /* all zero */
void onr_label_table_free(OnrLabelTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrLabelTable, onr_label_table_free)

static inline OnrLabelWeights onr_label_table_weights(const OnrLabelTable *table) {
  return (OnrLabelWeights){table->rows, table->transitions};
}

/* Which articles are used, by number. */
typedef gboolean (*OnrExampleFilter)(guint example, gpointer data);

typedef struct {
  guint pass; /* 0 or 1: the second sees each article's first labels */
  guint runs; /* over articles in other orders: a perceptron ends where chance leaves it, the mean of several
                 is steadier */
  guint epochs; /* of each */
  guint32 seed; /* of the order of articles */
} OnrPerceptronPlan;

/* Trains the weights of a pass on those of the N ITEMS, all of one task, that FILTER passes and writes them into
   OUT; without items OUT stays as it is. */
void onr_perceptron_train(const OnrLabelled *items, guint n, OnrExampleFilter filter, gpointer data,
                          const OnrPerceptronPlan *plan, OnrLabelTable *out);

/* Puts N items in an order drawn from RANDOM. */
void onr_shuffle(guint *items, guint n, GRand *random);

G_END_DECLS
