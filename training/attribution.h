/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A whole model of attribution: the tagger's two passes, then the linker over labels of articles that the
   tagger had not seen. */
#pragma once

#include "training/corpus.h"
#include "training/weights.h"

G_BEGIN_DECLS

/* Trains on the examples that FILTER passes, in N_JOBS threads; the result does not depend on N_JOBS. */
void onr_attribution_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, guint n_jobs,
                           OnrWeights *model);

G_END_DECLS
