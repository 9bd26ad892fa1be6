/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/labeller.h"

#include <string.h>

#define IMPOSSIBLE (G_MININT32 / 2)
#define FAR (1 << 28) /* sums of a stretch of a hundred thousand tokens: only their differences count */

void onr_decoder_clear(OnrDecoder *d) {
  g_free(d->best);
  g_free(d->from);
  memset(d, 0, sizeof *d);
}

static gboolean goes_on(const OnrLabelTask *task, guint label) {
  return (task->goes_on >> label & 1) != 0;
}

void onr_decoder_allow(OnrDecoder *d, const OnrLabelTask *task, const OnrLabelScores *transitions) {
  for (guint b = 0; b < ONR_LABEL_LANES; b++) {
    gboolean may_begin = b < task->n_labels && !goes_on(task, b);
    d->begin[b] = may_begin ? transitions[ONR_LABEL_LANES][b] : IMPOSSIBLE;
    for (guint a = 0; a < ONR_LABEL_LANES; a++) {
      gboolean may_follow =
          a < task->n_labels && b < task->n_labels && (!goes_on(task, b) || a == b || a + 1 == b);
      d->allowed[a][b] = may_follow ? transitions[a][b] : IMPOSSIBLE;
    }
  }
}

/* Only the differences of a token's sums count. Label 0 may stand behind each, so that its sum is never far
   from the highest. */
static void keep_near(gint32 *sums) {
  gint32 zero = sums[0];
  for (guint b = 0; (zero > FAR || zero < -FAR) && b < ONR_LABEL_LANES; b++)
    sums[b] = (gint32)MAX((gint64)sums[b] - zero, IMPOSSIBLE);
}

static void decode_first(OnrDecoder *d, const OnrLabelScores scores) {
  for (guint b = 0; b < ONR_LABEL_LANES; b++)
    d->best[0][b] = d->begin[b] == IMPOSSIBLE ? IMPOSSIBLE : scores[b] + d->begin[b];
}

/* Four labels in a word of the machine (vectors of GCC and Clang). */
typedef gint32 Word __attribute__((vector_size(4 * sizeof(gint32))));

static Word load(const gint32 *lanes) {
  Word word;
  memcpy(&word, lanes, sizeof word);
  return word;
}

static Word choose(Word is_first, Word first, Word second) {
  return (first & is_first) | (second & ~is_first);
}

static void decode_token(OnrDecoder *d, guint32 i, const OnrLabelScores scores) {
  const gint32 *before = d->best[i - 1];
  const Word least = (Word){0} + IMPOSSIBLE;
  for (guint at = 0; at < ONR_LABEL_LANES; at += 4) {
    Word best = load(d->allowed[0] + at) + before[0], from = {0};
#pragma GCC unroll 8
    for (gint32 a = 1; a < ONR_LABEL_LANES; a++) {
      Word score = load(d->allowed[a] + at) + before[a], is_more = score > best;
      best = choose(is_more, score, best);
      from = choose(is_more, (Word){0} + a, from);
    }
    best += load(scores + at);
    best = choose(best > least, best, least);
    memcpy(d->best[i] + at, &best, sizeof best);
    memcpy(d->from[i] + at, &from, sizeof from);
  }
  keep_near(d->best[i]);
}

void onr_decoder_best(OnrDecoder *d, const OnrLabelScores *scores, guint32 n, guint8 *labels) {
  if (n > d->capacity) {
    d->capacity = n + n / 2;
    d->best = g_realloc_n(d->best, d->capacity, sizeof *d->best);
    d->from = g_realloc_n(d->from, d->capacity, sizeof *d->from);
  }
  decode_first(d, scores[0]);
  for (guint32 i = 1; i < n; i++)
    decode_token(d, i, scores[i]);
  guint8 label = 0;
  for (guint8 b = 1; b < ONR_LABEL_LANES; b++)
    label = d->best[n - 1][b] > d->best[n - 1][label] ? b : label;
  for (guint32 i = n; i-- > 0;) {
    labels[i] = label;
    label = i ? (guint8)d->from[i][label] : 0;
  }
}

void onr_labeller_init(OnrLabeller *l, const OnrLabelTask *task, gpointer seen) {
  memset(l, 0, sizeof *l);
  l->task = task;
  l->seen = seen;
  l->stretches = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
}

void onr_labeller_clear(OnrLabeller *l) {
  if (l->stretches)
    g_array_unref(l->stretches);
  for (guint pass = 0; pass < ONR_LABEL_PASSES; pass++) {
    onr_decoder_clear(&l->decoders[pass]);
    g_free(l->scores[pass]);
  }
  g_free(l->first);
  g_free(l->labels);
  memset(l, 0, sizeof *l);
}

void onr_labeller_set_weights(OnrLabeller *l, const OnrLabelWeights *weights) {
  OnrLabelScores transitions[ONR_LABEL_LANES + 1];
  l->rows = weights->rows;
  for (guint pass = 0; pass < ONR_LABEL_PASSES; pass++) {
    for (guint a = 0; a <= ONR_LABEL_LANES; a++)
      for (guint b = 0; b < ONR_LABEL_LANES; b++)
        transitions[a][b] = (gint16)GINT16_FROM_LE(weights->transitions[pass][a][b]);
    onr_decoder_allow(&l->decoders[pass], l->task, (const OnrLabelScores *)transitions);
  }
}

static void grow(OnrLabeller *l, guint32 n) {
  if (n <= l->capacity)
    return;
  l->capacity = n + n / 2;
  for (guint pass = 0; pass < ONR_LABEL_PASSES; pass++)
    l->scores[pass] = g_realloc_n(l->scores[pass], l->capacity, sizeof *l->scores[pass]);
  l->first = g_realloc(l->first, l->capacity);
  l->labels = g_realloc(l->labels, l->capacity);
}

void onr_labeller_begin(OnrLabeller *l, guint32 n) {
  grow(l, n);
  l->n = n;
  g_array_set_size(l->stretches, 0);
}

void onr_labeller_add(OnrLabeller *l, OnrSpan stretch) {
  if (stretch.begin < stretch.end)
    g_array_append_val(l->stretches, stretch);
}

/* Rows of one token. The table is larger than near caches: rows are asked for a token ahead of their use. */
typedef struct {
  guint32 n;
  guint32 rows[ONR_LABEL_ROWS_MAX];
} TokenRows;

static void ask_for(const OnrLabelRow *table, const TokenRows *t) {
  for (guint32 k = 0; k < t->n; k++)
    __builtin_prefetch(&table[t->rows[k]]);
}

#define N_SUMS (ONR_LABEL_PASSES * ONR_LABEL_LANES)

static const gint16 *weights_of(const OnrLabelRow *table, const TokenRows *t, guint32 k) {
  return &table[t->rows[k]].weights[0][0];
}

static gint16 weight(const gint16 *weights, guint lane) {
  return (gint16)GINT16_FROM_LE(weights[lane]);
}

/* Four rows at a time are added in 16 bits (ONR_LABEL_WEIGHT_MAX), then to sums of 32. */
static void sum_both(const OnrLabelRow *table, const TokenRows *t, gint32 *sums) {
  guint32 k = 0;
  memset(sums, 0, sizeof(gint32) * N_SUMS);
  for (; k + 4 <= t->n; k += 4) {
    const gint16 *a = weights_of(table, t, k), *b = weights_of(table, t, k + 1),
                 *c = weights_of(table, t, k + 2), *d = weights_of(table, t, k + 3);
    gint16 four[N_SUMS];
    for (guint lane = 0; lane < N_SUMS; lane++)
      four[lane] = (gint16)(weight(a, lane) + weight(b, lane) + weight(c, lane) + weight(d, lane));
    for (guint lane = 0; lane < N_SUMS; lane++)
      sums[lane] += four[lane];
  }
  for (; k < t->n; k++)
    for (guint lane = 0; lane < N_SUMS; lane++)
      sums[lane] += weight(weights_of(table, t, k), lane);
}

static void add_second(const OnrLabelRow *table, const TokenRows *t, gint32 *scores) {
  for (guint32 k = 0; k < t->n; k++) {
    const gint16 *weights = table[t->rows[k]].weights[1];
    for (guint lane = 0; lane < ONR_LABEL_LANES; lane++)
      scores[lane] += weight(weights, lane);
  }
}

static void read_token(const OnrLabeller *l, guint32 i, OnrSpan p, TokenRows *out) {
  if (i >= p.end)
    return;
  out->n = l->task->first(l->seen, i, p, out->rows);
  ask_for(l->rows, out);
}

static void read_second(const OnrLabeller *l, guint32 i, OnrSpan p, TokenRows *out) {
  if (i >= p.end)
    return;
  out->n = l->task->second(l->seen, i, p, l->first, out->rows);
  ask_for(l->rows, out);
}

/* Scores of the first pass, and those of the second that do not wait for it. */
static void score_tokens(OnrLabeller *l, OnrSpan p) {
  TokenRows two[2];
  gint32 sums[N_SUMS];
  read_token(l, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_token(l, i + 1, p, &two[(i + 1) % 2]);
    sum_both(l->rows, &two[i % 2], sums);
    memcpy(l->scores[0][i], sums, sizeof l->scores[0][i]);
    memcpy(l->scores[1][i], sums + ONR_LABEL_LANES, sizeof l->scores[1][i]);
  }
}

static void score_second(OnrLabeller *l, OnrSpan p) {
  TokenRows two[2];
  read_second(l, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_second(l, i + 1, p, &two[(i + 1) % 2]);
    add_second(l->rows, &two[i % 2], l->scores[1][i]);
  }
}

static void decode(OnrLabeller *l, OnrSpan p, guint pass, guint8 *labels) {
  onr_decoder_best(&l->decoders[pass], (const OnrLabelScores *)l->scores[pass] + p.begin, onr_span_length(p),
                   labels + p.begin);
}

void onr_labeller_run(OnrLabeller *l) {
  const OnrSpan *stretches = (const OnrSpan *)(gpointer)l->stretches->data;
  if (!l->n)
    return;
  memset(l->first, 0, l->n);
  memset(l->labels, 0, l->n);
  for (guint k = 0; k < l->stretches->len; k++) {
    score_tokens(l, stretches[k]);
    decode(l, stretches[k], 0, l->first);
  }
  l->task->between(l->seen, l->first);
  for (guint k = 0; k < l->stretches->len; k++) {
    score_second(l, stretches[k]);
    decode(l, stretches[k], 1, l->labels);
  }
}

gint32 onr_labeller_margin(const OnrLabeller *l, guint32 i) {
  const gint32 *scores = l->scores[ONR_LABEL_PASSES - 1][i];
  gint32 other = G_MININT32;
  for (guint label = 0; label < l->task->n_labels; label++)
    if (label != l->labels[i])
      other = MAX(other, scores[label]);
  return scores[l->labels[i]] - other;
}
