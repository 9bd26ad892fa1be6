/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/tagger.h"

#include "annotate/phrases.h"

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

/* "news from Halden like that": the preposition says nothing, whatever the verb does. */
static gboolean is_no_cue(const OnrTagger *t, guint32 i, guint32 end) {
  const OnrReading *r = t->features.reading;
  gboolean is_alone = i + 1 >= end || t->run.labels[i + 1] != ONR_LABEL_CUE_ON;
  return t->run.labels[i] == ONR_LABEL_CUE && is_alone && onr_tag(r, i) == ONR_TAG_PREPOSITION &&
         onr_reading_equals(r, i, "like");
}

/* With the content that it would say. */
static void drop_cue(OnrTagger *t, guint32 i, guint32 end) {
  guint8 *labels = t->run.labels;
  labels[i] = ONR_LABEL_NONE;
  for (i++; i < end && (labels[i] == ONR_LABEL_CONTENT || labels[i] == ONR_LABEL_CONTENT_ON); i++)
    labels[i] = ONR_LABEL_NONE;
}

void onr_tagger_label(OnrTagger *t) {
  onr_labeller_run(&t->run);
  for (guint k = 0; k < t->run.stretches->len; k++) {
    OnrSpan tokens = g_array_index(t->run.stretches, OnrSpan, k);
    guint8 *labels = t->run.labels + tokens.begin;
    if (tokens.end <= t->features.reading->n_headline)
      memset(labels, ONR_LABEL_NONE, onr_span_length(tokens)); /* repeats the article's words */
    for (guint32 i = tokens.begin; i < tokens.end; i++)
      if (is_no_cue(t, i, tokens.end))
        drop_cue(t, i, tokens.end);
    if (is_transcript(t, tokens))
      memcpy(labels, t->features.rules + tokens.begin, onr_span_length(tokens));
  }
}
