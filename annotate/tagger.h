/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learned tagger: gives each token of an article a label (annotate/features.h). A structured perceptron
   (Collins, "Discriminative training methods for hidden Markov models", 2002) over one paragraph at a time,
   twice: the second pass sees the labels of the first (stacking: Cohen and Carvalho, 2005). */
#pragma once

#include "annotate/features.h"
#include "annotate/model.h"

G_BEGIN_DECLS

typedef gint32 OnrTagScores[ONR_TAG_LANES]; /* of a token, or of what follows a label */

typedef struct {
  guint32 capacity;
  OnrTagScores *best; /* of the best sequence that ends in each label */
  guint8 (*from)[ONR_TAG_LANES];
} OnrDecoder;

void onr_decoder_clear(OnrDecoder *d);

/* The sequence of labels with the highest sum (Viterbi), among those in which a part follows its beginning.
 * SCORES and LABELS have N members; TRANSITIONS[ONR_TAG_LANES] is the beginning. N is at least 1. */
void onr_decoder_best(OnrDecoder *d, const OnrTagScores *scores, guint32 n, const OnrTagScores *transitions,
                      guint8 *labels);

typedef struct {
  const OnrModel *model;
  OnrTagScores transitions[ONR_TAG_PASSES][ONR_TAG_LANES + 1];
  OnrFeatures features;
  OnrDecoder decoder;
  guint32 capacity;
  OnrTagScores *scores[ONR_TAG_PASSES];
  OnrNearCues *near;
  guint8 *first;  /* labels of the first pass, one a token of the article */
  guint8 *labels; /* the result */
} OnrTagger;

void onr_tagger_init(OnrTagger *t);
/* MODEL is borrowed until another one is set. */
void onr_tagger_set_model(OnrTagger *t, const OnrModel *model);
void onr_tagger_clear(OnrTagger *t);

/* Labels the article that RULES stand for. */
void onr_tagger_label(OnrTagger *t, const OnrAttributions *rules);

G_END_DECLS
