/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Learned labels for the tokens of an article: a structured perceptron (Collins, "Discriminative training
   methods for hidden Markov models", 2002) over one stretch of tokens at a time, twice: the second pass sees
   the labels of the first (stacking: Cohen and Carvalho, 2005). What the labels are and what is seen of a
   token is a task's (annotate/tagger.h); the weights are a model's (annotate/model.h). */
#pragma once

#include "text/document.h"

G_BEGIN_DECLS

#define ONR_LABEL_PASSES 2
#define ONR_LABEL_LANES 8      /* labels, and what is always 0: a row's pass is a word of the machine */
#define ONR_LABEL_ROWS_MAX 128 /* rows of a token in both passes: their sum fits in 16 bits */
#define ONR_LABEL_CORRECTION 16 /* what one correction in training adds to a score */

typedef struct {
  guint n_labels; /* at most ONR_LABEL_LANES; label 0 is none */
  guint8 step;    /* what a weight of 1 adds to a score */
  guint8 goes_on; /* bit set of the labels that stand only behind themselves or the label before them */
  /* Writes the rows of token I of STRETCH, at most ONR_LABEL_ROWS_MAX in both passes together; returns how
   * many. */
  guint32 (*first)(gconstpointer seen, guint32 i, OnrSpan stretch, guint32 *rows);
  /* Takes in the first pass's LABELS of the article. */
  void (*between)(gpointer seen, const guint8 *labels);
  /* As FIRST, what the second pass sees beside it. */
  guint32 (*second)(gconstpointer seen, guint32 i, OnrSpan stretch, const guint8 *labels, guint32 *rows);
} OnrLabelTask;

/* Weights of both passes side by side: a token's first pass and the like features of its second cost one
 * visit. Tables are larger than near caches and most rows far apart, so that bytes are time; in bytes the
 * labels are as good as in numbers of twice the width. */
typedef struct {
  gint8 weights[ONR_LABEL_PASSES][ONR_LABEL_LANES];
} OnrLabelRow;

/* Of a label after a label; the row ONR_LABEL_LANES is a stretch's beginning. */
typedef gint16 OnrLabelTransitions[ONR_LABEL_LANES + 1][ONR_LABEL_LANES];

/* Numbers are little endian. */
typedef struct {
  const OnrLabelRow *rows;
  const OnrLabelTransitions *transitions; /* a member a pass */
} OnrLabelWeights;

typedef gint32 OnrLabelScores[ONR_LABEL_LANES]; /* of a token, or of what follows a label */

/* --- the best sequence --- */

typedef struct {
  OnrLabelScores allowed[ONR_LABEL_LANES]; /* of a label after a label, far below all others where it never is */
  OnrLabelScores begin;                    /* of a stretch's first */
  guint32 capacity;
  OnrLabelScores *best; /* of the best sequence that ends in each label */
  OnrLabelScores *from; /* the label before it */
} OnrDecoder;

void onr_decoder_clear(OnrDecoder *d);

/* What TASK's labels score after each other, from now on: TRANSITIONS are as in OnrLabelTransitions. */
void onr_decoder_allow(OnrDecoder *d, const OnrLabelTask *task, const OnrLabelScores *transitions);

/* The sequence of labels with the highest sum (Viterbi). SCORES and LABELS have N members, N is at least 1. */
void onr_decoder_best(OnrDecoder *d, const OnrLabelScores *scores, guint32 n, guint8 *labels);

/* --- labelling --- */

typedef struct {
  const OnrLabelTask *task;
  gpointer seen;     /* the task's, borrowed */
  GArray *stretches; /* OnrSpan, in text order */
  const OnrLabelRow *rows;
  OnrDecoder decoders[ONR_LABEL_PASSES];
  guint32 n, capacity;
  /* A member a token of the article: */
  OnrLabelScores *scores[ONR_LABEL_PASSES];
  guint8 *first;  /* labels of the first pass */
  guint8 *labels; /* the result */
} OnrLabeller;

void onr_labeller_init(OnrLabeller *l, const OnrLabelTask *task, gpointer seen);
void onr_labeller_clear(OnrLabeller *l);
/* WEIGHTS' rows are borrowed until others are set. */
void onr_labeller_set_weights(OnrLabeller *l, const OnrLabelWeights *weights);

/* Room for an article of N tokens without any stretch. */
void onr_labeller_begin(OnrLabeller *l, guint32 n);
/* Tokens to label, behind those added before; nothing when STRETCH is empty. */
void onr_labeller_add(OnrLabeller *l, OnrSpan stretch);
/* Both passes over all stretches; tokens outside are labelled none. */
void onr_labeller_run(OnrLabeller *l);
/* By how much the label of token I, which is in a stretch, beats the next best by itself: negative where its
 * neighbours decided. */
gint32 onr_labeller_margin(const OnrLabeller *l, guint32 i);

G_END_DECLS
