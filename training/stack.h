/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trains both passes of a labeller, each also ONR_STACK_FOLDS times without a fifth of the articles, so that
   the second pass, and whatever comes behind it, sees labels of articles that the pass before had not seen
   (jackknife). */
#pragma once

#include "training/perceptron.h"

G_BEGIN_DECLS

#define ONR_STACK_FOLDS 5

typedef struct {
  const OnrLabelled *items;
  guint n;
  OnrExampleFilter filter; /* what is trained on */
  gpointer data;
  guint runs, epochs; /* see OnrPerceptronPlan */
  guint n_jobs;       /* threads; the result does not depend on them */
} OnrStack;

/* Writes the weights into OUT. Each item is left labelled by a labeller that has not seen it. */
void onr_stack_train(const OnrStack *stack, OnrLabelTable *out);

G_END_DECLS
