/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/attribution.h"

#include "training/rankers.h"
#include "training/stack.h"

#include <string.h>

#define RUNS 6
#define EPOCHS 5

void onr_attribution_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, guint n_jobs,
                           OnrWeights *model) {
  OnrStack stack = {.items = (const OnrLabelled *)(gpointer)corpus->labelled->data,
                    .n = corpus->labelled->len,
                    .filter = filter,
                    .data = data,
                    .runs = RUNS,
                    .epochs = EPOCHS,
                    .n_jobs = n_jobs};
  g_autoptr(OnrLabelTable) table = onr_label_table_new(ONR_TAG_BITS);
  onr_stack_train(&stack, table);
  memcpy(onr_weights_tag_rows(model), table->rows, ONR_MODEL_TAG_BYTES);
  memcpy(onr_weights_header(model)->transitions, table->transitions, sizeof table->transitions);
  onr_rankers_train(corpus, filter, data, model);
}
