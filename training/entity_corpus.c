/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/entity_corpus.h"

#include "text/offsets.h"
#include "training/lines.h"
#include "training/stack.h"

#include <string.h>

#define RUNS 3
#define EPOCHS 8

typedef struct {
  char *title, *body;
  OnrDocument *doc;
  OnrReading reading;
  OnrRecogniser recogniser;
  guint8 *right, *first, *doubts;
} Article;

static void article_free(gpointer data) {
  Article *a = data;
  onr_recogniser_clear(&a->recogniser);
  onr_reading_clear(&a->reading);
  onr_document_free(a->doc);
  g_free(a->title);
  g_free(a->body);
  g_free(a->right);
  g_free(a->first);
  g_free(a->doubts);
  g_free(a);
}

OnrEntityCorpus *onr_entity_corpus_new(void) {
  OnrEntityCorpus *corpus = g_new0(OnrEntityCorpus, 1);
  corpus->articles = g_ptr_array_new_with_free_func(article_free);
  corpus->labelled = g_array_new(FALSE, FALSE, sizeof(OnrLabelled));
  corpus->lexicon = onr_lexicon_new();
  corpus->classes = g_malloc0(sizeof *corpus->classes);
  return corpus;
}

void onr_entity_corpus_free(OnrEntityCorpus *corpus) {
  if (!corpus)
    return;
  g_ptr_array_unref(corpus->articles);
  g_array_unref(corpus->labelled);
  onr_lexicon_free(corpus->lexicon);
  g_free(corpus->classes);
  g_free(corpus);
}

/* Labels the tokens of one entity; what is in no stretch stays none, as it will be found. */
static gboolean label_entity(Article *a, OnrSpan tokens, guint8 label) {
  const GArray *stretches = a->recogniser.run.stretches;
  guint32 n = 0;
  for (guint k = 0; k < stretches->len; k++) {
    OnrSpan s = g_array_index(stretches, OnrSpan, k);
    for (guint32 i = MAX(s.begin, tokens.begin); i < MIN(s.end, tokens.end); i++, n++)
      a->right[i] = label;
  }
  return n == onr_span_length(tokens);
}

static gboolean read_entities(OnrEntityCorpus *corpus, Article *a, const json_t *entities) {
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, a->body, strlen(a->body));
  size_t k;
  json_t *item;
  json_array_foreach(entities, k, item) {
    const char *name = json_string_value(json_object_get(item, "type"));
    int type = name ? onr_entity_type_parse(name) : -1;
    if (type < 0)
      return FALSE;
    OnrSpan points = {(guint32)json_integer_value(json_object_get(item, "begin")),
                      (guint32)json_integer_value(json_object_get(item, "end"))};
    OnrSpan tokens = onr_lines_tokens(&a->reading, onr_offsets_span_to_bytes(&offsets, points));
    corpus->n_entities++;
    corpus->n_unseen += label_entity(a, tokens, (guint8)(1 + type)) ? 0 : 1;
  }
  return TRUE;
}

static void run(gpointer recogniser) {
  onr_recogniser_label(recogniser);
}

static gboolean take(const json_t *item, gpointer data) {
  OnrEntityCorpus *corpus = data;
  const json_t *entities = json_object_get(item, "entities");
  if (!json_is_string(json_object_get(item, "body")) || !json_is_array(entities))
    return FALSE;
  Article *a = g_new0(Article, 1);
  g_ptr_array_add(corpus->articles, a);
  a->title = g_strdup(json_string_value(json_object_get(item, "title")));
  a->body = g_strdup(json_string_value(json_object_get(item, "body")));
  a->doc = onr_document_new();
  OnrArticleHeader header = {.title = a->title};
  onr_document_set_text(a->doc, a->body, strlen(a->body));
  onr_reading_init(&a->reading, corpus->lexicon);
  onr_reading_set(&a->reading, a->doc, &header);
  onr_recogniser_init(&a->recogniser);
  a->recogniser.features.classes = (const OnrWordClasses *)corpus->classes;
  onr_recogniser_set(&a->recogniser, &a->reading);
  a->right = g_malloc0(a->reading.n + 1);
  a->first = g_malloc0(a->reading.n + 1);
  a->doubts = g_malloc0(a->recogniser.run.stretches->len + 1);
  OnrLabelled labelled = {&a->recogniser, run, &a->recogniser.run, a->doubts, a->right, a->first};
  g_array_append_val(corpus->labelled, labelled);
  return read_entities(corpus, a, entities);
}

gboolean onr_entity_corpus_read(OnrEntityCorpus *corpus, const char *path, GError **error) {
  return onr_lines_read(path, take, corpus, "\"body\" and \"entities\" of known types", error);
}

/* Does the labeller agree with all labels of SENTENCE? */
static gboolean is_agreed(const Article *a, guint32 sentence) {
  const OnrSentence *s = &a->doc->sentences[sentence];
  return memcmp(a->recogniser.run.labels + s->first_token, a->right + s->first_token,
                s->end_token - s->first_token) == 0;
}

/* Leaves out what TABLE's labeller doubts in articles from FIRST on. */
static void doubt(OnrEntityCorpus *corpus, guint first, const OnrLabelTable *table) {
  OnrLabelWeights weights = onr_label_table_weights(table);
  for (guint k = first; k < corpus->articles->len; k++) {
    Article *a = g_ptr_array_index(corpus->articles, k);
    onr_labeller_set_weights(&a->recogniser.run, &weights);
    onr_recogniser_label(&a->recogniser);
    const GArray *stretches = a->recogniser.run.stretches;
    for (guint i = 0; i < stretches->len; i++) {
      guint32 begin = g_array_index(stretches, OnrSpan, i).begin;
      a->doubts[i] = !is_agreed(a, a->recogniser.features.items[begin].sentence);
      corpus->n_doubts += a->doubts[i];
    }
  }
}

static gboolean is_below(guint example, gpointer limit) {
  return example < *(const guint *)limit;
}

void onr_entity_corpus_train(OnrEntityCorpus *corpus, guint n_gold, guint n_jobs, OnrLabelTable *out) {
  guint n = n_gold;
  OnrStack stack = {.items = (const OnrLabelled *)(gpointer)corpus->labelled->data,
                    .n = corpus->labelled->len,
                    .filter = is_below,
                    .data = &n,
                    .runs = RUNS,
                    .epochs = EPOCHS,
                    .n_jobs = n_jobs};
  onr_stack_train(&stack, out);
  if (n_gold == corpus->articles->len)
    return;
  doubt(corpus, n_gold, out);
  n = corpus->articles->len;
  onr_stack_train(&stack, out);
}
