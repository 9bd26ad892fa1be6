/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/rankers.h"

#include "training/choices.h"
#include "training/judge.h"

#include <string.h>

/* The judge is trained on what edges and partners do with articles that they have not seen. */
#define N_FOLDS 5

typedef struct {
  const OnrCorpus *corpus;
  OnrExampleFilter filter;
  gpointer data;
  guint without; /* fold of the judge that is left out; N_FOLDS: none */
  OnrWeights *model;
  OnrLinker linker;
} Trainer;

static guint fold_of(guint k) {
  return (k * 7 + k / N_FOLDS) % N_FOLDS;
}

static gboolean is_wanted(const Trainer *t, guint k) {
  return t->filter(k, t->data) && fold_of(k) != t->without;
}

static void begin(Trainer *t, OnrExample *e) {
  onr_linker_begin(&t->linker, &e->tagger, &e->rules);
}

/* --- edges --- */

static guint n_words(const OnrReading *r, OnrSpan span) {
  guint n = 0;
  for (guint32 i = span.begin; i < span.end; i++)
    n += onr_reading_token(r, i)->kind != ONR_TOKEN_MARK;
  return n;
}

/* How much of TOKENS and of the annotators' span that shares most with it is in both, in words: 0 to 1. */
static double likeness(const OnrExample *e, OnrRole role, OnrSpan tokens) {
  const OnrReading *r = &e->reading;
  const OnrGold *gold = onr_example_gold(e, role, tokens);
  double most = 0;
  for (guint k = 0; gold && k < gold->spans[role]->len; k++) {
    OnrSpan right = g_array_index(gold->spans[role], OnrSpan, k);
    if (!onr_span_overlaps(right, tokens))
      continue;
    guint both = n_words(r, (OnrSpan){MAX(right.begin, tokens.begin), MIN(right.end, tokens.end)});
    guint either = n_words(r, right) + n_words(r, tokens) - both;
    most = MAX(most, either ? (double)both / either : 0);
  }
  return most;
}

/* Bit set of the candidates that are most like what the annotators have. */
static guint32 likest(const OnrExample *e, OnrRole role, const OnrChoice *choice) {
  double most = 1e-9;
  guint32 set = 0;
  for (guint32 c = 0; c < choice->n; c++) {
    double like = likeness(e, role, choice->items[c].tokens);
    set = like > most ? 1u << c : like == most ? set | 1u << c : set;
    most = MAX(most, like);
  }
  return set;
}

static void train_edges(Trainer *t) {
  OnrChoices choices;
  onr_choices_init(&choices);
  OnrChoice *choice = &t->linker.choice;
  for (guint k = 0; k < t->corpus->examples->len; k++) {
    if (!is_wanted(t, k))
      continue;
    OnrExample *e = onr_corpus_get(t->corpus, k);
    begin(t, e);
    for (OnrRole role = 0; role < ONR_N_ROLES; role++)
      for (guint32 s = 0; s < onr_segments_n(&t->linker.segments, role); s++) {
        onr_linker_edges(&t->linker, role, s, choice);
        onr_choices_add(&choices, choice, choice->n > 1 ? likest(e, role, choice) : 0);
      }
  }
  onr_choices_train(&choices, ONR_RANKER_EDGES, t->model);
  onr_choices_clear(&choices);
}

/* --- partners --- */

static void add_partners(Trainer *t, OnrExample *e, OnrRole role, guint32 k, OnrRole with,
                         OnrChoices *choices) {
  OnrChoice *choice = &t->linker.choice;
  const OnrGold *gold = onr_example_gold(e, role, onr_segments_get(&t->linker.segments, role, k)->tokens);
  if (!gold)
    return;
  onr_linker_partners(&t->linker, role, k, with, choice);
  guint32 right = gold->spans[with]->len ? 0 : 1;
  for (guint32 c = 1; c < choice->n; c++) {
    OnrSpan tokens = onr_segments_get(&t->linker.segments, with, choice->items[c].segment)->tokens;
    right |= onr_gold_overlaps(gold, with, tokens) ? 1u << c : 0;
  }
  onr_choices_add(choices, choice, right);
}

/* A content goes on with the one before when the annotators have both in one attribution. */
static void add_join(Trainer *t, OnrExample *e, guint32 k, OnrChoices *choices) {
  const OnrSegments *s = &t->linker.segments;
  const OnrGold *gold =
      onr_example_gold(e, ONR_ROLE_CONTENT, onr_segments_get(s, ONR_ROLE_CONTENT, k)->tokens);
  if (!gold)
    return;
  OnrSpan before = onr_segments_get(s, ONR_ROLE_CONTENT, k - 1)->tokens;
  gboolean is_one = onr_example_gold(e, ONR_ROLE_CONTENT, before) == gold;
  onr_linker_partners(&t->linker, ONR_ROLE_CONTENT, k, ONR_ROLE_CONTENT, &t->linker.choice);
  onr_choices_add(choices, &t->linker.choice, is_one ? 2 : 1);
}

static void train_partners(Trainer *t) {
  OnrChoices choices;
  onr_choices_init(&choices);
  for (guint k = 0; k < t->corpus->examples->len; k++) {
    if (!is_wanted(t, k))
      continue;
    OnrExample *e = onr_corpus_get(t->corpus, k);
    begin(t, e);
    onr_linker_choose_edges(&t->linker);
    const OnrSegments *s = &t->linker.segments;
    for (guint32 i = 0; i < onr_segments_n(s, ONR_ROLE_CONTENT); i++) {
      if (i > 0)
        add_join(t, e, i, &choices);
      add_partners(t, e, ONR_ROLE_CONTENT, i, ONR_ROLE_CUE, &choices);
      const OnrGold *gold =
          onr_example_gold(e, ONR_ROLE_CONTENT, onr_segments_get(s, ONR_ROLE_CONTENT, i)->tokens);
      if (gold && !gold->spans[ONR_ROLE_CUE]->len)
        add_partners(t, e, ONR_ROLE_CONTENT, i, ONR_ROLE_SOURCE, &choices);
    }
    for (guint32 i = 0; i < onr_segments_n(s, ONR_ROLE_CUE); i++)
      add_partners(t, e, ONR_ROLE_CUE, i, ONR_ROLE_SOURCE, &choices);
  }
  onr_choices_train(&choices, ONR_RANKER_PARTNERS, t->model);
  onr_choices_clear(&choices);
}

/* --- the judge --- */

static guint n_words_in_all(const OnrReading *r, const GArray *spans) {
  guint n = 0;
  for (guint k = 0; k < spans->len; k++)
    n += n_words(r, g_array_index(spans, OnrSpan, k));
  return n;
}

static guint n_words_shared(const OnrReading *r, const GArray *a, const GArray *b) {
  guint n = 0;
  for (guint i = 0; i < a->len; i++)
    for (guint k = 0; k < b->len; k++) {
      OnrSpan x = g_array_index(a, OnrSpan, i), y = g_array_index(b, OnrSpan, k);
      if (onr_span_overlaps(x, y))
        n += n_words(r, (OnrSpan){MAX(x.begin, y.begin), MIN(x.end, y.end)});
    }
  return n;
}

/* As the scorer counts: half of each content is in the other; sources touch, or neither has one. */
static void compare(const OnrLinker *l, const OnrExample *e, const OnrLink *link, const GArray *contents,
                    guint8 *is_taken, OnrJudged *out) {
  guint own = n_words_in_all(&e->reading, contents);
  for (guint k = 0; k < e->gold->len; k++) {
    const OnrGold *gold = &g_array_index(e->gold, OnrGold, k);
    guint both = n_words_shared(&e->reading, contents, gold->spans[ONR_ROLE_CONTENT]);
    if (!both || is_taken[k] || 2 * both < own ||
        2 * both < n_words_in_all(&e->reading, gold->spans[ONR_ROLE_CONTENT]))
      continue;
    is_taken[k] = 1;
    out->is_right =
        link->source == ONR_NO_SEGMENT
            ? !gold->spans[ONR_ROLE_SOURCE]->len
            : onr_gold_overlaps(gold, ONR_ROLE_SOURCE,
                                onr_segments_get(&l->segments, ONR_ROLE_SOURCE, link->source)->tokens);
    return;
  }
}

static void add_cases(Trainer *t, guint k, GArray *cases) {
  OnrExample *e = onr_corpus_get(t->corpus, k);
  begin(t, e);
  onr_linker_choose_edges(&t->linker);
  onr_linker_choose_partners(&t->linker);
  g_autofree guint8 *is_taken = g_malloc0(e->gold->len + 1);
  g_autoptr(GArray) contents = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  for (guint i = 0; i < t->linker.links->len; i++) {
    const OnrLink *link = &g_array_index(t->linker.links, OnrLink, i);
    OnrJudged judged = {.fold = fold_of(k)};
    onr_linker_judged(&t->linker, link, &judged.features);
    onr_linker_contents(&t->linker, i, contents);
    compare(&t->linker, e, link, contents, is_taken, &judged);
    g_array_append_val(cases, judged);
  }
}

void onr_rankers_train(const OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, OnrWeights *model) {
  Trainer t = {.corpus = corpus, .filter = filter, .data = data, .model = model};
  onr_linker_init(&t.linker, &model->model);
  g_autoptr(GArray) cases = g_array_new(FALSE, FALSE, sizeof(OnrJudged));
  for (t.without = 0; t.without < N_FOLDS; t.without++) {
    train_edges(&t);
    train_partners(&t);
    for (guint k = 0; k < corpus->examples->len; k++)
      if (filter(k, data) && fold_of(k) == t.without)
        add_cases(&t, k, cases);
  }
  onr_judge_train(cases, N_FOLDS, model);
  train_edges(&t);
  train_partners(&t);
  onr_linker_clear(&t.linker);
}
