/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/weights.h"

#include <math.h>

#define RATE 0.1

gint16 *onr_weights_of_ranker(OnrWeights *w, OnrRanker ranker) {
  gint16 *first = (gint16 *)(gpointer)(w->bytes + ONR_MODEL_HEADER_BYTES + ONR_MODEL_TAG_BYTES);
  return first + ((gsize)ranker << ONR_RANK_BITS);
}

OnrWeights *onr_weights_new(void) {
  OnrWeights *w = g_new0(OnrWeights, 1);
  w->bytes = g_malloc0(ONR_MODEL_BYTES);
  w->model.header = onr_weights_header(w);
  w->model.tag_rows = onr_weights_tag_rows(w);
  for (OnrRanker ranker = 0; ranker < ONR_N_RANKERS; ranker++)
    w->model.rank_weights[ranker] = onr_weights_of_ranker(w, ranker);
  return w;
}

void onr_weights_free(OnrWeights *weights) {
  if (!weights)
    return;
  g_free(weights->bytes);
  g_free(weights);
}

gboolean onr_weights_write(OnrWeights *weights, const char *path, GError **error) {
  return onr_model_write(weights->bytes, &onr_attribution_file, path, error);
}

void onr_weight_step(double *weight, double *squares, double gradient) {
  *squares += gradient * gradient;
  *weight += RATE * gradient / (sqrt(*squares) + 1e-6);
}
