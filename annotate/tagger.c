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

void onr_tagger_label(OnrTagger *t, const OnrAttributions *rules) {
  const OnrDocument *doc = rules->reading->doc;
  onr_features_set(&t->features, rules);
  onr_labeller_begin(&t->run, rules->reading->n);
  for (guint32 p = 0; p < doc->n_paragraphs; p++) {
    OnrSpan tokens = onr_paragraph_tokens(doc, p);
    if (tokens.begin < tokens.end)
      onr_labeller_first(&t->run, tokens);
  }
  onr_labeller_between(&t->run);
  for (guint32 p = 0; p < doc->n_paragraphs; p++) {
    OnrSpan tokens = onr_paragraph_tokens(doc, p);
    guint8 *labels = t->run.labels + tokens.begin;
    guint32 n = onr_span_length(tokens);
    if (!n)
      continue;
    onr_labeller_second(&t->run, tokens);
    if (tokens.end <= rules->reading->n_headline)
      memset(labels, ONR_LABEL_NONE, n); /* repeats the article's words */
    if (is_transcript(t, tokens))
      memcpy(labels, t->features.rules + tokens.begin, n);
  }
}
