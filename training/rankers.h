/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trains the linker's choices on examples whose taggers hold labels made by a tagger that had not seen them,
   so that the linker learns from the mistakes it will meet. */
#pragma once

#include "training/corpus.h"
#include "training/weights.h"

G_BEGIN_DECLS

/* Trains edges, partners and the judge on the examples that FILTER passes, with the confidences that the
 * judge's scores stand for and the score from which a candidate is kept. */
void onr_rankers_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, OnrWeights *model);

G_END_DECLS
