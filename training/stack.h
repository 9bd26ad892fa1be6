/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trains a whole model: both passes of the tagger, each also N_FOLDS times without a fifth of the articles,
   so that the second pass and the linker see labels of articles that the pass before had not seen
   (jackknife). */
#pragma once

#include "training/rankers.h"

G_BEGIN_DECLS

/* Trains on the examples that FILTER passes, in N_JOBS threads; the result does not depend on N_JOBS. */
void onr_stack_train(OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, guint n_jobs,
                     OnrWeights *model);

G_END_DECLS
