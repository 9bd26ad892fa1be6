/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/perceptron.h"

#include <string.h>

#define N_ROWS ((gsize)1 << ONR_TAG_BITS)
/* Of a weight of one correction; what passes a byte is cut off there. */
#define WEIGHT_SCALE 16

/* A number and the sum that its average over all steps is made of: average = value - sum / steps. */
typedef struct {
  gint32 value[ONR_LABEL_LANES];
  gint64 sum[ONR_LABEL_LANES];
} Row;

typedef struct {
  Row *rows;
  Row transitions[ONR_LABEL_LANES + 1];
  gint64 steps;
  guint pass;
  /* scratch for one paragraph */
  guint32 capacity;
  guint32 (*features)[ONR_LABEL_ROWS_MAX];
  guint32 *n_features;
  OnrLabelScores *scores;
  guint8 *labels;
  OnrDecoder decoder;
} Trainer;

static void grow(Trainer *t, guint32 n) {
  if (n <= t->capacity)
    return;
  t->capacity = 2 * n;
  t->features = g_realloc_n(t->features, t->capacity, sizeof *t->features);
  t->n_features = g_renew(guint32, t->n_features, t->capacity);
  t->scores = g_realloc_n(t->scores, t->capacity, sizeof *t->scores);
  t->labels = g_realloc(t->labels, t->capacity);
}

static void trainer_clear(Trainer *t) {
  g_free(t->rows);
  g_free(t->features);
  g_free(t->n_features);
  g_free(t->scores);
  g_free(t->labels);
  onr_decoder_clear(&t->decoder);
}

static void correct(Trainer *t, Row *row, guint right, guint wrong) {
  row->value[right]++;
  row->sum[right] += t->steps;
  row->value[wrong]--;
  row->sum[wrong] -= t->steps;
}

static void score(Trainer *t, const OnrExample *e, OnrSpan p) {
  const OnrLabelTask *task = e->tagger.run.task;
  gconstpointer seen = e->tagger.run.seen;
  for (guint32 i = p.begin; i < p.end; i++) {
    guint32 k = i - p.begin, n = task->first(seen, i, p, t->features[k]);
    if (t->pass == 1)
      n += task->second(seen, i, p, e->first, t->features[k] + n);
    t->n_features[k] = n;
    memset(t->scores[k], 0, sizeof t->scores[k]);
    for (guint32 j = 0; j < n; j++)
      for (guint lane = 0; lane < ONR_LABEL_LANES; lane++)
        t->scores[k][lane] += t->rows[t->features[k][j]].value[lane];
  }
}

static void correct_paragraph(Trainer *t, const guint8 *right, guint32 n) {
  guint right_before = ONR_LABEL_LANES, wrong_before = ONR_LABEL_LANES;
  for (guint32 k = 0; k < n; k++) {
    if (right[k] != t->labels[k])
      for (guint32 j = 0; j < t->n_features[k]; j++)
        correct(t, &t->rows[t->features[k][j]], right[k], t->labels[k]);
    if (right[k] != t->labels[k] || right_before != wrong_before) {
      Row *after_right = &t->transitions[right_before], *after_wrong = &t->transitions[wrong_before];
      after_right->value[right[k]]++;
      after_right->sum[right[k]] += t->steps;
      after_wrong->value[t->labels[k]]--;
      after_wrong->sum[t->labels[k]] -= t->steps;
    }
    right_before = right[k];
    wrong_before = t->labels[k];
  }
}

static void train_paragraph(Trainer *t, const OnrExample *e, OnrSpan p) {
  OnrLabelScores transitions[ONR_LABEL_LANES + 1];
  for (guint a = 0; a <= ONR_LABEL_LANES; a++)
    memcpy(transitions[a], t->transitions[a].value, sizeof transitions[a]);
  guint32 n = onr_span_length(p);
  grow(t, n);
  score(t, e, p);
  onr_decoder_best(&t->decoder, e->tagger.run.task, (const OnrLabelScores *)t->scores, n,
                   (const OnrLabelScores *)transitions, t->labels);
  t->steps++;
  if (memcmp(t->labels, e->labels + p.begin, n) != 0)
    correct_paragraph(t, e->labels + p.begin, n);
}

static void train_example(Trainer *t, const OnrExample *e) {
  for (guint32 p = 0; p < e->doc->n_paragraphs; p++) {
    OnrSpan tokens = onr_paragraph_tokens(e->doc, p);
    if (tokens.begin < tokens.end)
      train_paragraph(t, e, tokens);
  }
}

/* The average over all steps, in WEIGHT_SCALEs, to the nearest whole number, as it is written. */
static gint16 averaged(const Trainer *t, gint32 value, gint64 sum) {
  gint64 total = (value * t->steps - sum) * WEIGHT_SCALE, half = t->steps / 2;
  gint64 average = (total + (total < 0 ? -half : half)) / t->steps;
  return GINT16_TO_LE((gint16)CLAMP(average, -ONR_LABEL_WEIGHT_MAX, ONR_LABEL_WEIGHT_MAX));
}

static void write_weights(const Trainer *t, OnrWeights *model) {
  OnrLabelRow *rows = onr_weights_tag_rows(model);
  for (gsize r = 0; r < N_ROWS; r++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      rows[r].weights[t->pass][b] = averaged(t, t->rows[r].value[b], t->rows[r].sum[b]);
  OnrModelHeader *h = onr_weights_header(model);
  for (guint a = 0; a <= ONR_LABEL_LANES; a++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      h->transitions[t->pass][a][b] = averaged(t, t->transitions[a].value[b], t->transitions[a].sum[b]);
}

void onr_perceptron_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data,
                          const OnrPerceptronPlan *plan, OnrWeights *model) {
  Trainer t = {.rows = g_new0(Row, N_ROWS), .pass = plan->pass};
  g_autofree guint *order = g_new(guint, corpus->examples->len);
  guint n = 0;
  for (guint k = 0; k < corpus->examples->len; k++)
    if (filter(k, data))
      order[n++] = k;
  GRand *random = g_rand_new_with_seed(plan->seed);
  for (guint epoch = 0; epoch < plan->epochs; epoch++) {
    onr_shuffle(order, n, random);
    for (guint k = 0; k < n; k++)
      train_example(&t, onr_corpus_get(corpus, order[k]));
  }
  g_rand_free(random);
  if (t.steps)
    write_weights(&t, model);
  trainer_clear(&t);
}
