/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Averaged structured perceptron (Collins 2002) for the tagger's passes: whole numbers throughout, so that
   the same articles in the same order give the same bytes on every machine. */
#pragma once

#include "training/corpus.h"
#include "training/weights.h"

G_BEGIN_DECLS

typedef gboolean (*OnrExampleFilter)(guint example, gpointer data);

typedef struct {
  guint pass; /* 0 or 1: the second sees each example's first labels */
  guint epochs;
  guint32 seed; /* of the order of articles */
} OnrPerceptronPlan;

/* Trains the weights of a pass on the examples that FILTER passes and writes them into MODEL. */
void onr_perceptron_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data,
                          const OnrPerceptronPlan *plan, OnrWeights *model);

G_END_DECLS
