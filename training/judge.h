/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The judge: a logistic regression over whole attributions, whose scores are turned into percents that were
   right among candidates it had not seen. */
#pragma once

#include "training/weights.h"

G_BEGIN_DECLS

typedef struct {
  OnrCandidate features;
  guint fold;        /* candidates of one article are in one fold */
  gboolean is_right; /* content and source */
} OnrJudged;

/* Trains on CASES (OnrJudged) and writes weights and confidences into MODEL. */
void onr_judge_train(const GArray *cases, guint n_folds, OnrWeights *model);

G_END_DECLS
