/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/choices.h"

#include "training/perceptron.h"

#include <math.h>
#include <string.h>

#define EPOCHS 8
#define SEED 1
#define WEIGHT_SCALE 256
#define SHRINK 1e-3
#define N_ROWS ((gsize)1 << ONR_RANK_BITS)

typedef struct {
  guint first_row, n_rows;
  gboolean is_right;
} Candidate;

typedef struct {
  guint first_candidate, n_candidates;
} Choice;

void onr_choices_init(OnrChoices *c) {
  c->rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  c->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  c->choices = g_array_new(FALSE, FALSE, sizeof(Choice));
}

void onr_choices_clear(OnrChoices *c) {
  g_array_unref(c->rows);
  g_array_unref(c->candidates);
  g_array_unref(c->choices);
}

void onr_choices_add(OnrChoices *c, const OnrChoice *choice, guint32 right) {
  guint32 all = (guint32)((G_GUINT64_CONSTANT(1) << choice->n) - 1);
  if (!(right & all) || (right & all) == all)
    return;
  Choice kept = {c->candidates->len, choice->n};
  for (guint32 k = 0; k < choice->n; k++) {
    Candidate candidate = {c->rows->len, choice->items[k].n, (right >> k & 1) != 0};
    g_array_append_vals(c->rows, choice->items[k].rows, choice->items[k].n);
    g_array_append_val(c->candidates, candidate);
  }
  g_array_append_val(c->choices, kept);
}

static double score(const OnrChoices *c, const Candidate *candidate, const double *weights) {
  double sum = 0;
  for (guint k = 0; k < candidate->n_rows; k++)
    sum += weights[g_array_index(c->rows, guint32, candidate->first_row + k)];
  return sum;
}

static void add(const OnrChoices *c, const Candidate *candidate, double by, double *weights,
                double *squares) {
  for (guint k = 0; k < candidate->n_rows; k++) {
    guint32 row = g_array_index(c->rows, guint32, candidate->first_row + k);
    onr_weight_step(&weights[row], &squares[row], by - SHRINK * weights[row]);
  }
}

/* The gradient of the log of what all right candidates have together, of a softmax over all. */
static void learn(const OnrChoices *c, const Choice *choice, double *weights, double *squares) {
  double odds[ONR_CANDIDATES_MAX], most = -HUGE_VAL, all = 0, right = 0;
  const Candidate *items = &g_array_index(c->candidates, Candidate, choice->first_candidate);
  for (guint k = 0; k < choice->n_candidates; k++) {
    odds[k] = score(c, &items[k], weights);
    most = MAX(most, odds[k]);
  }
  for (guint k = 0; k < choice->n_candidates; k++) {
    odds[k] = exp(odds[k] - most);
    all += odds[k];
    right += items[k].is_right ? odds[k] : 0;
  }
  for (guint k = 0; k < choice->n_candidates; k++) {
    double by = (items[k].is_right ? odds[k] / right : 0) - odds[k] / all;
    if (fabs(by) > 1e-4)
      add(c, &items[k], by, weights, squares);
  }
}

void onr_choices_train(const OnrChoices *c, OnrRanker ranker, OnrWeights *model) {
  guint n = c->choices->len;
  g_autofree double *weights = g_new0(double, N_ROWS), *squares = g_new0(double, N_ROWS);
  g_autofree guint *order = g_new(guint, n + 1);
  for (guint k = 0; k < n; k++)
    order[k] = k;
  GRand *random = g_rand_new_with_seed(SEED);
  for (guint epoch = 0; epoch < EPOCHS; epoch++) {
    onr_shuffle(order, n, random);
    for (guint k = 0; k < n; k++)
      learn(c, &g_array_index(c->choices, Choice, order[k]), weights, squares);
  }
  g_rand_free(random);
  gint16 *out = onr_weights_of_ranker(model, ranker);
  for (gsize r = 0; r < N_ROWS; r++)
    out[r] = GINT16_TO_LE((gint16)CLAMP(lround(weights[r] * WEIGHT_SCALE), -G_MAXINT16, G_MAXINT16));
}
