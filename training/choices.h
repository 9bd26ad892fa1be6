/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Choices with their right answers, kept small, and the averaged perceptron that ranks their candidates. */
#pragma once

#include "training/weights.h"

G_BEGIN_DECLS

typedef struct {
  GArray *rows;       /* guint32, of all candidates */
  GArray *candidates; /* internal */
  GArray *choices;    /* internal */
} OnrChoices;

void onr_choices_init(OnrChoices *c);
void onr_choices_clear(OnrChoices *c);

/* Adds CHOICE, of which the candidates with a bit set in RIGHT are right; passed over when none or all are.
 */
void onr_choices_add(OnrChoices *c, const OnrChoice *choice, guint32 right);

/* Trains RANKER's weights in MODEL. */
void onr_choices_train(const OnrChoices *c, OnrRanker ranker, OnrWeights *model);

G_END_DECLS
