/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/stack.h"

#include <string.h>

/* One fold of a pass; ONR_STACK_FOLDS: none is left out. */
typedef struct {
  const OnrStack *stack;
  guint pass, fold;
  OnrLabelTable *table;
} Part;

static guint fold_of(guint k) {
  return (k / 10) % ONR_STACK_FOLDS; /* k % 10 is the fold of cross-validation */
}

static gboolean is_trained_on(guint k, gpointer data) {
  const Part *part = data;
  return part->stack->filter(k, part->stack->data) && fold_of(k) != part->fold;
}

static void label(const Part *part) {
  OnrLabelWeights weights = onr_label_table_weights(part->table);
  for (guint k = 0; k < part->stack->n; k++) {
    const OnrLabelled *item = &part->stack->items[k];
    if (!part->stack->filter(k, part->stack->data) || fold_of(k) != part->fold)
      continue;
    onr_labeller_set_weights(item->run, &weights);
    item->label(item->owner);
    if (part->pass == 0)
      memcpy(item->first, item->run->first, item->run->n);
  }
}

static void train_part(gpointer data, gpointer unused) {
  (void)unused;
  Part *part = data;
  OnrPerceptronPlan plan = {.pass = part->pass,
                            .runs = part->stack->runs,
                            .epochs = part->stack->epochs,
                            .seed = 1 + part->fold + 10 * part->pass};
  onr_perceptron_train(part->stack->items, part->stack->n, is_trained_on, part, &plan, part->table);
}

static void train_pass(Part *parts) {
  GThreadPool *pool = g_thread_pool_new(train_part, NULL, (gint)parts->stack->n_jobs, TRUE, NULL);
  for (guint k = 0; k <= ONR_STACK_FOLDS; k++)
    g_thread_pool_push(pool, &parts[k], NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
  for (guint k = 0; k < ONR_STACK_FOLDS;
       k++) /* all have been trained on the former labels before any changes */
    label(&parts[k]);
}

void onr_stack_train(const OnrStack *stack, OnrLabelTable *out) {
  Part parts[ONR_STACK_FOLDS + 1];
  for (guint k = 0; k <= ONR_STACK_FOLDS; k++)
    parts[k] = (Part){stack, 0, k, k < ONR_STACK_FOLDS ? onr_label_table_new(out->bits) : out};
  for (guint pass = 0; pass < ONR_LABEL_PASSES; pass++) {
    for (guint k = 0; k <= ONR_STACK_FOLDS; k++)
      parts[k].pass = pass;
    train_pass(parts);
  }
  for (guint k = 0; k < ONR_STACK_FOLDS; k++)
    onr_label_table_free(parts[k].table);
}
