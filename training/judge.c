/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/judge.h"

#include "training/perceptron.h"

#include <math.h>
#include <string.h>

#define EPOCHS 12
#define SEED 1
#define SHRINK 1e-6
#define WEIGHT_SCALE 256 /* of one unit of log odds */
#define N_ROWS ((gsize)1 << ONR_RANK_BITS)
/* The table of confidences: from -4 to +4, an eighth a step. */
#define CONFIDENCE_FROM (-4 * WEIGHT_SCALE)
#define CONFIDENCE_STEP (WEIGHT_SCALE / 8)
/* Cases that a step of the table of confidences stands on, at least. */
#define MIN_CASES 50

static double odds(const double *weights, const OnrJudged *c) {
  double sum = 0;
  for (guint32 k = 0; k < c->features.n; k++)
    sum += weights[c->features.rows[k]];
  return sum;
}

/* Trains on all folds but WITHOUT. */
static void train(const GArray *cases, guint without, double *weights) {
  memset(weights, 0, sizeof(double) * N_ROWS);
  g_autofree double *squares = g_new0(double, N_ROWS);
  g_autofree guint *order = g_new(guint, cases->len + 1);
  guint n = 0;
  for (guint k = 0; k < cases->len; k++)
    if (g_array_index(cases, OnrJudged, k).fold != without)
      order[n++] = k;
  GRand *random = g_rand_new_with_seed(SEED);
  for (guint epoch = 0; epoch < EPOCHS; epoch++) {
    onr_shuffle(order, n, random);
    for (guint k = 0; k < n; k++) {
      const OnrJudged *c = &g_array_index(cases, OnrJudged, order[k]);
      double wrong = (c->is_right ? 1 : 0) - 1 / (1 + exp(-odds(weights, c)));
      for (guint32 j = 0; j < c->features.n; j++) {
        guint32 row = c->features.rows[j];
        onr_weight_step(&weights[row], &squares[row], wrong - SHRINK * weights[row]);
      }
    }
  }
  g_rand_free(random);
}

static gint32 quantised(double weight) {
  return (gint32)CLAMP(lround(weight * WEIGHT_SCALE), -G_MAXINT16, G_MAXINT16);
}

static gint32 score_of(const double *weights, const OnrJudged *c) {
  gint32 sum = 0;
  for (guint32 k = 0; k < c->features.n; k++)
    sum += quantised(weights[c->features.rows[k]]);
  return sum;
}

typedef struct {
  gint32 score;
  const OnrJudged *judged;
} Scored;

/* Share of right ones a step of scores, made not to fall (pool adjacent violators: Ayer et al. 1955). */
static void set_confidences(const GArray *scored, OnrModelHeader *h) {
  double right[ONR_N_CONFIDENCES] = {0}, all[ONR_N_CONFIDENCES] = {0};
  guint first[ONR_N_CONFIDENCES], n = 0;
  for (guint k = 0; k < scored->len; k++) {
    const Scored *s = &g_array_index(scored, Scored, k);
    gint32 place = CLAMP((s->score - CONFIDENCE_FROM) / CONFIDENCE_STEP, 0, ONR_N_CONFIDENCES - 1);
    right[place] += s->judged->is_right;
    all[place]++;
  }
  for (guint k = 0; k < ONR_N_CONFIDENCES; k++) {
    first[n] = k;
    right[n] = right[k];
    all[n] = all[k];
    n++;
    while (n > 1 && (all[n - 1] < MIN_CASES || right[n - 2] * all[n - 1] >= right[n - 1] * all[n - 2])) {
      n--;
      right[n - 1] += right[n];
      all[n - 1] += all[n];
    }
  }
  for (guint k = 0; k < n; k++)
    for (guint place = first[k]; place < (k + 1 < n ? first[k + 1] : ONR_N_CONFIDENCES); place++)
      h->confidences[place] = (guint8)lround(all[k] > 0 ? 100 * right[k] / all[k] : 0);
}

void onr_judge_train(const GArray *cases, guint n_folds, OnrWeights *model) {
  g_autofree double *weights = g_new(double, N_ROWS);
  g_autoptr(GArray) scored = g_array_new(FALSE, FALSE, sizeof(Scored));
  for (guint fold = 0; fold < n_folds; fold++) {
    train(cases, fold, weights);
    for (guint k = 0; k < cases->len; k++) {
      const OnrJudged *c = &g_array_index(cases, OnrJudged, k);
      Scored s = {score_of(weights, c), c};
      if (c->fold == fold)
        g_array_append_val(scored, s);
    }
  }
  OnrModelHeader *h = onr_weights_header(model);
  h->confidence_from = GINT16_TO_LE((gint16)CONFIDENCE_FROM);
  h->confidence_step = GINT16_TO_LE((gint16)CONFIDENCE_STEP);
  set_confidences(scored, h);
  train(cases, G_MAXUINT, weights);
  gint16 *out = onr_weights_of_ranker(model, ONR_RANKER_JUDGE);
  for (gsize r = 0; r < N_ROWS; r++)
    out[r] = GINT16_TO_LE((gint16)quantised(weights[r]));
}
