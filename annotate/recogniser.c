/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/recogniser.h"

#include <string.h>

/* How many times surer another type of the same word must be. A town and its team are both sure. */
#define FAR_SURER 4

const OnrModelFile onr_entity_file = {"ONRNAMES", 2, ONR_ENTITY_MODEL_BYTES, "entity"};

void onr_recogniser_init(OnrRecogniser *n) {
  onr_entity_features_init(&n->features);
  onr_labeller_init(&n->run, &onr_entity_task, &n->features);
  memset(&n->words, 0, sizeof n->words);
  n->goes_on = NULL;
  n->sums = g_array_new(FALSE, TRUE, sizeof(OnrTypeSums));
}

void onr_recogniser_clear(OnrRecogniser *n) {
  onr_labeller_clear(&n->run);
  onr_entity_features_clear(&n->features);
  onr_keys_clear(&n->words);
  g_clear_pointer(&n->goes_on, g_free);
  if (n->sums)
    g_array_unref(n->sums);
  n->sums = NULL;
}

void onr_recogniser_set_model(OnrRecogniser *n, GMappedFile *model) {
  const char *bytes = g_mapped_file_get_contents(model);
  const OnrEntityHeader *header = (const OnrEntityHeader *)(gconstpointer)bytes;
  const char *rows = bytes + ONR_MODEL_HEADER_BYTES, *classes = rows + ONR_ENTITY_ROWS_BYTES;
  OnrLabelWeights weights = {(const OnrLabelRow *)(gconstpointer)rows, header->transitions};
  onr_labeller_set_weights(&n->run, &weights);
  n->features.classes = (const OnrWordClasses *)(gconstpointer)classes;
}

void onr_recogniser_set(OnrRecogniser *n, const OnrReading *reading) {
  onr_entity_features_set(&n->features, reading);
  onr_labeller_begin(&n->run, reading->n);
  for (guint k = 0; k < n->features.stretches->len; k++)
    onr_labeller_add(&n->run, g_array_index(n->features.stretches, OnrSpan, k));
}

OnrSpan onr_recogniser_next(const OnrRecogniser *n, guint32 *i, guint8 *label) {
  const OnrReading *r = n->features.reading;
  const guint8 *labels = n->run.labels;
  while (*i < r->n && !labels[*i])
    (*i)++;
  OnrSpan found = {*i, *i};
  if (*i == r->n)
    return found;
  *label = labels[*i];
  guint32 sentence = n->features.items[*i].sentence;
  do
    (*i)++;
  while (*i < r->n && (n->goes_on[*i - 1] || n->features.items[*i].sentence == sentence) &&
         onr_recogniser_links(n, *i));
  found.end = *i;
  return found;
}

/* --- one word, one type --- */

/* The sums of the entity's word; NULL when it has more than one. */
static OnrTypeSums *sums_of(OnrRecogniser *n, OnrSpan entity) {
  guint64 key = n->features.reading->words[entity.begin].key;
  if (!key || entity.end - entity.begin != 1)
    return NULL;
  guint32 k = onr_keys_get(&n->words, key);
  if (k == ONR_KEYS_NONE) {
    k = n->sums->len;
    onr_keys_set(&n->words, key, k);
    g_array_set_size(n->sums, k + 1);
  }
  return &g_array_index(n->sums, OnrTypeSums, k);
}

static void agree_on_types(OnrRecogniser *n) {
  guint8 label = 0;
  onr_keys_reset(&n->words);
  g_array_set_size(n->sums, 0);
  for (guint32 i = 0; i < n->run.n;) {
    OnrSpan entity = onr_recogniser_next(n, &i, &label);
    OnrTypeSums *sums = entity.begin < entity.end ? sums_of(n, entity) : NULL;
    if (sums)
      sums->of[label - 1] += MAX(onr_labeller_margin(&n->run, entity.begin), 1);
  }
  for (guint32 i = 0; i < n->run.n;) {
    OnrSpan entity = onr_recogniser_next(n, &i, &label);
    const OnrTypeSums *sums = entity.begin < entity.end ? sums_of(n, entity) : NULL;
    guint8 best = 0;
    for (guint8 type = 1; sums && type < ONR_N_ENTITY_TYPES; type++)
      best = sums->of[type] > sums->of[best] ? type : best;
    if (sums && sums->of[label - 1] * FAR_SURER < sums->of[best])
      n->run.labels[entity.begin] = (guint8)(1 + best);
  }
}

void onr_recogniser_label(OnrRecogniser *n) {
  onr_labeller_run(&n->run);
  n->goes_on = g_renew(guint8, n->goes_on, n->run.n + 1);
  memset(n->goes_on, 0, n->run.n);
  agree_on_types(n);
  onr_known_label(n->features.reading, n->run.labels, n->goes_on);
}
