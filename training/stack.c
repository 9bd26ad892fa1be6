/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/stack.h"

#include <string.h>

#define N_FOLDS 5
#define EPOCHS 5

typedef struct {
  OnrCorpus *corpus;
  OnrExampleFilter filter;
  gpointer data;
  guint pass;
} Stack;

/* One fold of a pass; N_FOLDS: none is left out. */
typedef struct {
  Stack *stack;
  guint fold;
  OnrWeights *model;
} Part;

static guint fold_of(guint k) {
  return (k / 10) % N_FOLDS; /* k % 10 is the fold of cross-validation */
}

static gboolean is_trained_on(guint k, gpointer data) {
  const Part *part = data;
  return part->stack->filter(k, part->stack->data) && fold_of(k) != part->fold;
}

static void label(const Part *part) {
  OnrCorpus *corpus = part->stack->corpus;
  for (guint k = 0; k < corpus->examples->len; k++) {
    OnrExample *e = onr_corpus_get(corpus, k);
    if (!part->stack->filter(k, part->stack->data) || fold_of(k) != part->fold)
      continue;
    onr_tagger_set_model(&e->tagger, &part->model->model);
    onr_tagger_label(&e->tagger, &e->rules);
    if (part->stack->pass == 0)
      memcpy(e->first, e->tagger.run.first, e->reading.n);
  }
}

static void train_part(gpointer data, gpointer unused) {
  (void)unused;
  Part *part = data;
  OnrPerceptronPlan plan = {
      .pass = part->stack->pass, .epochs = EPOCHS, .seed = 1 + part->fold + 10 * part->stack->pass};
  onr_perceptron_train(part->stack->corpus, is_trained_on, part, &plan, part->model);
}

static void train_pass(guint n_jobs, Part *parts) {
  GThreadPool *pool = g_thread_pool_new(train_part, NULL, (gint)n_jobs, TRUE, NULL);
  for (guint k = 0; k <= N_FOLDS; k++)
    g_thread_pool_push(pool, &parts[k], NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
  for (guint k = 0; k < N_FOLDS; k++) /* all have been trained on the former labels before any changes */
    label(&parts[k]);
}

void onr_stack_train(OnrCorpus *corpus, OnrExampleFilter filter, gpointer data, guint n_jobs,
                     OnrWeights *model) {
  Stack stack = {corpus, filter, data, 0};
  Part parts[N_FOLDS + 1];
  for (guint k = 0; k <= N_FOLDS; k++)
    parts[k] = (Part){&stack, k, k < N_FOLDS ? onr_weights_new() : model};
  for (stack.pass = 0; stack.pass < ONR_LABEL_PASSES; stack.pass++)
    train_pass(n_jobs, parts);
  onr_rankers_train(corpus, filter, data, model);
  for (guint k = 0; k < N_FOLDS; k++)
    onr_weights_free(parts[k].model);
}
