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

/* All labels of one pass, or every other one of both. */
typedef gint16 Lanes __attribute__((vector_size(ONR_LABEL_LANES * sizeof(gint16))));
typedef struct {
  Lanes pass[ONR_LABEL_PASSES];
} Sums;

/* A row is read as eight numbers of two bytes each. */
static Sums sum_rows(const OnrLabelRow *table, const TokenRows *t) {
  Lanes low = {0}, high = {0};
  for (guint32 k = 0; k < t->n; k++) {
    Lanes row;
    memcpy(&row, &table[t->rows[k]], sizeof row);
    low += row << 8 >> 8;
    high += row >> 8;
  }
  Lanes even = G_BYTE_ORDER == G_LITTLE_ENDIAN ? low : high,
        odd = G_BYTE_ORDER == G_LITTLE_ENDIAN ? high : low;
  return (Sums){{__builtin_shufflevector(even, odd, 0, 8, 1, 9, 2, 10, 3, 11),
                 __builtin_shufflevector(even, odd, 4, 12, 5, 13, 6, 14, 7, 15)}};
}

/* What SUMS of a pass come to. */
static void get_scores(Lanes sums, gint32 step, gint32 *scores) {
  for (guint lane = 0; lane < ONR_LABEL_LANES; lane++)
    scores[lane] = sums[lane] * step;
}

/* Sets the scores of token I in the first pass, and those of the second as far as they are known by then. */
static void score_both(OnrLabeller *l, guint32 i, const TokenRows *t) {
  Sums sums = sum_rows(l->rows, t);
  for (guint pass = 0; pass < ONR_LABEL_PASSES; pass++)
    get_scores(sums.pass[pass], l->task->step, l->scores[pass][i]);
}

static void add_second(OnrLabeller *l, guint32 i, const TokenRows *t) {
  OnrLabelScores more;
  get_scores(sum_rows(l->rows, t).pass[1], l->task->step, more);
  for (guint lane = 0; lane < ONR_LABEL_LANES; lane++)
    l->scores[1][i][lane] += more[lane];
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

static void score_tokens(OnrLabeller *l, OnrSpan p) {
  TokenRows two[2];
  read_token(l, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_token(l, i + 1, p, &two[(i + 1) % 2]);
    score_both(l, i, &two[i % 2]);
  }
}

static void score_second(OnrLabeller *l, OnrSpan p) {
  TokenRows two[2];
  read_second(l, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_second(l, i + 1, p, &two[(i + 1) % 2]);
    add_second(l, i, &two[i % 2]);
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
