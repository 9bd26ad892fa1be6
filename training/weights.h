/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A model in memory while it is trained, in the form in which it is written. */
#pragma once

#include "annotate/linking.h"

G_BEGIN_DECLS

typedef struct {
  OnrModel model; /* what annotation reads; points into bytes */
  char *bytes;
} OnrWeights;

OnrWeights *onr_weights_new(void); /* all zero */
void onr_weights_free(OnrWeights *weights);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrWeights, onr_weights_free)

static inline OnrModelHeader *onr_weights_header(OnrWeights *w) {
  return (OnrModelHeader *)(gpointer)w->bytes;
}

static inline OnrLabelRow *onr_weights_tag_rows(OnrWeights *w) {
  return (OnrLabelRow *)(gpointer)(w->bytes + ONR_MODEL_HEADER_BYTES);
}

gint16 *onr_weights_of_ranker(OnrWeights *w, OnrRanker ranker);

/* Seals the header and writes the file at PATH, whole or not at all. */
gboolean onr_weights_write(OnrWeights *weights, const char *path, GError **error);

/* One step of AdaGrad (Duchi, Hazan and Singer 2011) along GRADIENT: WEIGHT moves by less the more it has
 * moved, SQUARES. */
void onr_weight_step(double *weight, double *squares, double gradient);

G_END_DECLS
