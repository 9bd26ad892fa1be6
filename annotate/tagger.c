/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/tagger.h"

#include <string.h>

void onr_tagger_init(OnrTagger *t) {
  onr_features_init(&t->features);
  onr_labeller_init(&t->run, &onr_attribution_task, &t->features);
}

void onr_tagger_set_model(OnrTagger *t, const OnrModel *model) {
  OnrLabelWeights weights = {model->tag_rows, model->header->transitions};
  onr_labeller_set_weights(&t->run, &weights);
}

void onr_tagger_clear(OnrTagger *t) {
  onr_features_clear(&t->features);
  onr_labeller_clear(&t->run);
}

/* Transcripts have a form of their own, which the corpus hardly has: what the rules find there stands. */
static gboolean is_transcript(const OnrTagger *t, OnrSpan p) {
  return t->features.construction[p.begin] == 1 + ONR_CONSTRUCTION_TRANSCRIPT;
}

void onr_tagger_set(OnrTagger *t, const OnrAttributions *rules) {
  const OnrDocument *doc = rules->reading->doc;
  onr_features_set(&t->features, rules);
  onr_labeller_begin(&t->run, rules->reading->n);
  for (guint32 p = 0; p < doc->n_paragraphs; p++)
    onr_labeller_add(&t->run, onr_paragraph_tokens(doc, p));
}

void onr_tagger_label(OnrTagger *t) {
  onr_labeller_run(&t->run);
  for (guint k = 0; k < t->run.stretches->len; k++) {
    OnrSpan tokens = g_array_index(t->run.stretches, OnrSpan, k);
    guint8 *labels = t->run.labels + tokens.begin;
    if (tokens.end <= t->features.reading->n_headline)
      memset(labels, ONR_LABEL_NONE, onr_span_length(tokens)); /* repeats the article's words */
    if (is_transcript(t, tokens))
      memcpy(labels, t->features.rules + tokens.begin, onr_span_length(tokens));
  }
}
