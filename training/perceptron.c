/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/perceptron.h"

#include <string.h>

/* A number and the sum that its average over all steps is made of: average = value - sum / steps. */
typedef struct {
  gint32 value[ONR_LABEL_LANES];
  gint64 sum[ONR_LABEL_LANES];
} Row;

typedef struct {
  Row *rows;
  Row transitions[ONR_LABEL_LANES + 1];
  gint64 steps;
  gint32 value_max; /* of a row, of either sign: it holds no more, and what else is seen learns the rest */
  guint pass;
  /* scratch for one stretch */
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

static void add(const Trainer *t, Row *row, guint lane, gint32 sign) {
  row->value[lane] += sign;
  row->sum[lane] += sign * t->steps;
}

static void correct(const Trainer *t, Row *row, guint right, guint wrong) {
  if (row->value[right] < t->value_max)
    add(t, row, right, 1);
  if (row->value[wrong] > -t->value_max)
    add(t, row, wrong, -1);
}

static void score(Trainer *t, const OnrLabelled *e, OnrSpan p) {
  const OnrLabelTask *task = e->run->task;
  gconstpointer seen = e->run->seen;
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

static void correct_stretch(Trainer *t, const guint8 *right, guint32 n) {
  guint right_before = ONR_LABEL_LANES, wrong_before = ONR_LABEL_LANES;
  for (guint32 k = 0; k < n; k++) {
    if (right[k] != t->labels[k])
      for (guint32 j = 0; j < t->n_features[k]; j++)
        correct(t, &t->rows[t->features[k][j]], right[k], t->labels[k]);
    if (right[k] != t->labels[k] || right_before != wrong_before) {
      Row *after_right = &t->transitions[right_before], *after_wrong = &t->transitions[wrong_before];
      add(t, after_right, right[k], 1);
      add(t, after_wrong, t->labels[k], -1);
    }
    right_before = right[k];
    wrong_before = t->labels[k];
  }
}

static void train_stretch(Trainer *t, const OnrLabelled *e, OnrSpan p) {
  OnrLabelScores transitions[ONR_LABEL_LANES + 1];
  for (guint a = 0; a <= ONR_LABEL_LANES; a++)
    memcpy(transitions[a], t->transitions[a].value, sizeof transitions[a]);
  guint32 n = onr_span_length(p);
  grow(t, n);
  score(t, e, p);
  onr_decoder_allow(&t->decoder, e->run->task, (const OnrLabelScores *)transitions);
  onr_decoder_best(&t->decoder, (const OnrLabelScores *)t->scores, n, t->labels);
  t->steps++;
  if (memcmp(t->labels, e->right + p.begin, n) != 0)
    correct_stretch(t, e->right + p.begin, n);
}

static void train_article(Trainer *t, const OnrLabelled *e) {
  for (guint k = 0; k < e->run->stretches->len; k++)
    if (!e->doubts || !e->doubts[k])
      train_stretch(t, e, g_array_index(e->run->stretches, OnrSpan, k));
}

/* The average over all steps, as it adds to a score, to the nearest whole number. */
static gint64 averaged(const Trainer *t, gint32 value, gint64 sum) {
  gint64 total = (value * t->steps - sum) * ONR_LABEL_CORRECTION, half = t->steps / 2;
  return (total + (total < 0 ? -half : half)) / t->steps;
}

/* What the runs' averages add up to. */
typedef struct {
  OnrLabelScores *rows;
  OnrLabelScores transitions[ONR_LABEL_LANES + 1];
} Total;

static void add_run(const Trainer *t, gsize n_rows, Total *total) {
  for (gsize k = 0; k < n_rows; k++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      total->rows[k][b] += (gint32)averaged(t, t->rows[k].value[b], t->rows[k].sum[b]);
  for (guint a = 0; a <= ONR_LABEL_LANES; a++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      total->transitions[a][b] += (gint32)averaged(t, t->transitions[a].value[b], t->transitions[a].sum[b]);
}

/* To the nearest whole number. */
static gint32 divide(gint32 total, gint32 n) {
  return (total + (total < 0 ? -(n / 2) : n / 2)) / n;
}

static void write_weights(const Total *total, gint32 step, const OnrPerceptronPlan *plan,
                          OnrLabelTable *out) {
  gint32 n_runs = (gint32)plan->runs;
  for (gsize k = 0; k < (gsize)1 << out->bits; k++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      out->rows[k].weights[plan->pass][b] = (gint8)divide(total->rows[k][b], n_runs * step);
  for (guint a = 0; a <= ONR_LABEL_LANES; a++)
    for (guint b = 0; b < ONR_LABEL_LANES; b++)
      out->transitions[plan->pass][a][b] =
          GINT16_TO_LE((gint16)CLAMP(divide(total->transitions[a][b], n_runs), G_MININT16, G_MAXINT16));
}

static void begin_run(Trainer *t, gsize n_rows) {
  memset(t->rows, 0, sizeof *t->rows * n_rows);
  memset(t->transitions, 0, sizeof t->transitions);
  t->steps = 0;
}

void onr_perceptron_train(const OnrLabelled *items, guint n_items, OnrExampleFilter filter, gpointer data,
                          const OnrPerceptronPlan *plan, OnrLabelTable *out) {
  if (!n_items)
    return;
  gsize n_rows = (gsize)1 << out->bits;
  gint32 step = items[0].run->task->step;
  Trainer t = {
      .rows = g_new(Row, n_rows), .value_max = G_MAXINT8 * step / ONR_LABEL_CORRECTION, .pass = plan->pass};
  Total total = {.rows = g_malloc0(sizeof *total.rows * n_rows)};
  g_autofree guint *order = g_new(guint, n_items);
  guint n = 0;
  for (guint k = 0; k < n_items; k++)
    if (filter(k, data))
      order[n++] = k;
  GRand *random = g_rand_new_with_seed(plan->seed);
  for (guint run = 0; n && run < plan->runs; run++) {
    begin_run(&t, n_rows);
    for (guint epoch = 0; epoch < plan->epochs; epoch++) {
      onr_shuffle(order, n, random);
      for (guint k = 0; k < n; k++)
        train_article(&t, &items[order[k]]);
    }
    if (t.steps)
      add_run(&t, n_rows, &total);
  }
  write_weights(&total, step, plan, out);
  g_rand_free(random);
  g_free(total.rows);
  trainer_clear(&t);
}

OnrLabelTable *onr_label_table_new(guint bits) {
  OnrLabelTable *table = g_new0(OnrLabelTable, 1);
  table->bits = bits;
  table->rows = g_new0(OnrLabelRow, (gsize)1 << bits);
  return table;
}

void onr_label_table_free(OnrLabelTable *table) {
  if (!table)
    return;
  g_free(table->rows);
  g_free(table);
}

void onr_shuffle(guint *items, guint n, GRand *random) {
  for (guint k = n; k-- > 1;) {
    guint other = (guint)g_rand_int_range(random, 0, (gint32)k + 1), item = items[k];
    items[k] = items[other];
    items[other] = item;
  }
}
