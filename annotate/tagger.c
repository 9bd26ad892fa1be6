/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/tagger.h"

#include <string.h>

#define IMPOSSIBLE (G_MININT32 / 2)

void onr_decoder_clear(OnrDecoder *d) {
  g_free(d->best);
  g_free(d->from);
  memset(d, 0, sizeof *d);
}

/* Labels that may stand before LABEL are all, but a part goes on only from its beginning or from itself. */
static gboolean goes_on(guint label) {
  return label == ONR_LABEL_CONTENT_ON || label == ONR_LABEL_SOURCE_ON || label == ONR_LABEL_CUE_ON;
}

static void decode_first(OnrDecoder *d, const OnrTagScores scores, const OnrTagScores begin) {
  for (guint b = 0; b < ONR_N_LABELS; b++) {
    d->best[0][b] = goes_on(b) ? IMPOSSIBLE : scores[b] + begin[b];
    d->from[0][b] = 0;
  }
}

static void decode_token(OnrDecoder *d, guint32 i, const OnrTagScores scores,
                         const OnrTagScores *transitions) {
  for (guint b = 0; b < ONR_N_LABELS; b++) {
    guint first = goes_on(b) ? b - 1 : 0, last = goes_on(b) ? b : ONR_N_LABELS - 1;
    gint32 best = G_MININT32;
    guint8 from = 0;
    for (guint a = first; a <= last; a++) {
      gint32 score = d->best[i - 1][a] + transitions[a][b];
      if (score > best) {
        best = score;
        from = (guint8)a;
      }
    }
    d->best[i][b] = MAX(best + scores[b], IMPOSSIBLE);
    d->from[i][b] = from;
  }
}

void onr_decoder_best(OnrDecoder *d, const OnrTagScores *scores, guint32 n, const OnrTagScores *transitions,
                      guint8 *labels) {
  if (n > d->capacity) {
    d->capacity = n + n / 2;
    d->best = g_realloc_n(d->best, d->capacity, sizeof *d->best);
    d->from = g_realloc_n(d->from, d->capacity, sizeof *d->from);
  }
  decode_first(d, scores[0], transitions[ONR_TAG_LANES]);
  for (guint32 i = 1; i < n; i++)
    decode_token(d, i, scores[i], transitions);
  guint8 label = 0;
  for (guint8 b = 1; b < ONR_N_LABELS; b++)
    label = d->best[n - 1][b] > d->best[n - 1][label] ? b : label;
  for (guint32 i = n; i-- > 0;) {
    labels[i] = label;
    label = d->from[i][label];
  }
}

void onr_tagger_init(OnrTagger *t) {
  memset(t, 0, sizeof *t);
  onr_features_init(&t->features);
}

void onr_tagger_set_model(OnrTagger *t, const OnrModel *model) {
  t->model = model;
  for (guint pass = 0; pass < ONR_TAG_PASSES; pass++)
    for (guint a = 0; a <= ONR_TAG_LANES; a++)
      for (guint b = 0; b < ONR_TAG_LANES; b++)
        t->transitions[pass][a][b] = (gint16)GINT16_FROM_LE(model->header->transitions[pass][a][b]);
}

void onr_tagger_clear(OnrTagger *t) {
  onr_features_clear(&t->features);
  onr_decoder_clear(&t->decoder);
  for (guint pass = 0; pass < ONR_TAG_PASSES; pass++)
    g_free(t->scores[pass]);
  g_free(t->near);
  g_free(t->first);
  g_free(t->labels);
  memset(t, 0, sizeof *t);
}

static void grow(OnrTagger *t, guint32 n) {
  if (n <= t->capacity)
    return;
  t->capacity = n + n / 2;
  for (guint pass = 0; pass < ONR_TAG_PASSES; pass++)
    t->scores[pass] = g_realloc_n(t->scores[pass], t->capacity, sizeof *t->scores[pass]);
  t->near = g_renew(OnrNearCues, t->near, t->capacity);
  t->first = g_realloc(t->first, t->capacity);
  t->labels = g_realloc(t->labels, t->capacity);
}

/* Rows of one token. The table is larger than near caches: rows are asked for a token ahead of their use. */
typedef struct {
  guint32 n;
  guint32 rows[ONR_FEATURES_MAX];
} TokenRows;

static void ask_for(const OnrTagRow *table, const TokenRows *t) {
  for (guint32 k = 0; k < t->n; k++)
    __builtin_prefetch(&table[t->rows[k]]);
}

#define N_SUMS (ONR_TAG_PASSES * ONR_TAG_LANES)

static const gint16 *weights_of(const OnrTagRow *table, const TokenRows *t, guint32 k) {
  return &table[t->rows[k]].weights[0][0];
}

static gint16 weight(const gint16 *weights, guint lane) {
  return (gint16)GINT16_FROM_LE(weights[lane]);
}

/* Four rows at a time are added in 16 bits (ONR_TAG_WEIGHT_MAX), then to sums of 32. */
static void sum_both(const OnrTagRow *table, const TokenRows *t, gint32 *sums) {
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

static void add_second(const OnrTagRow *table, const TokenRows *t, gint32 *scores) {
  for (guint32 k = 0; k < t->n; k++) {
    const gint16 *weights = table[t->rows[k]].weights[1];
    for (guint lane = 0; lane < ONR_TAG_LANES; lane++)
      scores[lane] += weight(weights, lane);
  }
}

static void read_token(const OnrTagger *t, guint32 i, OnrSpan p, TokenRows *out) {
  if (i >= p.end)
    return;
  out->n = onr_features_token(&t->features, i, p, out->rows);
  ask_for(t->model->tag_rows, out);
}

static void read_second(const OnrTagger *t, guint32 i, OnrSpan p, TokenRows *out) {
  if (i >= p.end)
    return;
  out->n = onr_features_second(&t->features, i, p, t->first, t->near[i], out->rows);
  ask_for(t->model->tag_rows, out);
}

/* Scores of the first pass, and those of the second that do not wait for it. */
static void score_tokens(OnrTagger *t, OnrSpan p) {
  TokenRows two[2];
  gint32 sums[N_SUMS];
  read_token(t, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_token(t, i + 1, p, &two[(i + 1) % 2]);
    sum_both(t->model->tag_rows, &two[i % 2], sums);
    memcpy(t->scores[0][i], sums, sizeof t->scores[0][i]);
    memcpy(t->scores[1][i], sums + ONR_TAG_LANES, sizeof t->scores[1][i]);
  }
}

static void score_second(OnrTagger *t, OnrSpan p) {
  TokenRows two[2];
  onr_features_near_cues(t->first, p, t->near + p.begin);
  read_second(t, p.begin, p, &two[p.begin % 2]);
  for (guint32 i = p.begin; i < p.end; i++) {
    read_second(t, i + 1, p, &two[(i + 1) % 2]);
    add_second(t->model->tag_rows, &two[i % 2], t->scores[1][i]);
  }
}

static void label_paragraph(OnrTagger *t, OnrSpan p) {
  guint32 n = onr_span_length(p);
  score_tokens(t, p);
  onr_decoder_best(&t->decoder, (const OnrTagScores *)t->scores[0] + p.begin, n,
                   (const OnrTagScores *)t->transitions[0], t->first + p.begin);
  score_second(t, p);
  onr_decoder_best(&t->decoder, (const OnrTagScores *)t->scores[1] + p.begin, n,
                   (const OnrTagScores *)t->transitions[1], t->labels + p.begin);
}

/* Transcripts have a form of their own, which the corpus hardly has: what the rules find there stands. */
static gboolean is_transcript(const OnrTagger *t, OnrSpan p) {
  return t->features.construction[p.begin] == 1 + ONR_CONSTRUCTION_TRANSCRIPT;
}

void onr_tagger_label(OnrTagger *t, const OnrAttributions *rules) {
  const OnrDocument *doc = rules->reading->doc;
  onr_features_set(&t->features, rules);
  grow(t, rules->reading->n);
  if (!rules->reading->n)
    return;
  memset(t->first, ONR_LABEL_NONE, rules->reading->n);
  memset(t->labels, ONR_LABEL_NONE, rules->reading->n);
  for (guint32 p = 0; p < doc->n_paragraphs; p++) {
    OnrSpan tokens = {doc->paragraphs[p].first_token, doc->paragraphs[p].end_token};
    if (tokens.begin == tokens.end)
      continue;
    label_paragraph(t, tokens);
    if (tokens.end <= rules->reading->n_headline)
      memset(t->labels + tokens.begin, ONR_LABEL_NONE,
             onr_span_length(tokens)); /* repeats the article's words */
    if (is_transcript(t, tokens))
      memcpy(t->labels + tokens.begin, t->features.rules + tokens.begin, onr_span_length(tokens));
  }
}
