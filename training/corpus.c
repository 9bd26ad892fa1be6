/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/corpus.h"

#include "annotate/quotes.h"
#include "text/offsets.h"
#include "training/lines.h"

#include <string.h>

static const char *const role_names[ONR_N_ROLES] = {"content", "source", "cue"};

static void gold_clear(gpointer data) {
  OnrGold *gold = data;
  for (guint role = 0; role < ONR_N_ROLES; role++)
    g_array_unref(gold->spans[role]);
}

static void example_free(gpointer data) {
  OnrExample *e = data;
  g_array_unref(e->gold);
  onr_tagger_clear(&e->tagger);
  onr_attributions_clear(&e->rules);
  onr_entities_clear(&e->entities);
  onr_recogniser_clear(&e->recogniser);
  onr_reading_clear(&e->reading);
  onr_annotation_free(e->annotation);
  onr_document_free(e->doc);
  g_free(e->id);
  g_free(e->title);
  g_free(e->body);
  g_free(e->labels);
  g_free(e->first);
  g_free(e);
}

void onr_corpus_free(OnrCorpus *corpus) {
  if (!corpus)
    return;
  g_clear_pointer(&corpus->examples, g_ptr_array_unref);
  g_clear_pointer(&corpus->labelled, g_array_unref);
  onr_lexicon_free(corpus->lexicon);
  g_clear_pointer(&corpus->names, g_mapped_file_unref);
  g_free(corpus);
}

static void read_spans(const OnrExample *e, const OnrOffsets *offsets, const json_t *pairs, GArray *out) {
  size_t k;
  json_t *pair;
  json_array_foreach(pairs, k, pair) {
    OnrSpan points = {(guint32)json_integer_value(json_array_get(pair, 0)),
                      (guint32)json_integer_value(json_array_get(pair, 1))};
    OnrSpan tokens = onr_lines_tokens(&e->reading, onr_offsets_span_to_bytes(offsets, points));
    if (tokens.begin < tokens.end)
      g_array_append_val(out, tokens);
  }
}

static void label(guint8 *labels, const GArray *spans, OnrRole role) {
  for (guint k = 0; k < spans->len; k++) {
    OnrSpan span = g_array_index(spans, OnrSpan, k);
    for (guint32 i = span.begin; i < span.end; i++)
      labels[i] = (guint8)(1 + 2 * role + (i > span.begin));
  }
}

static void read_gold(OnrExample *e, const json_t *attributions) {
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, e->body, strlen(e->body));
  e->gold = g_array_new(FALSE, FALSE, sizeof(OnrGold));
  g_array_set_clear_func(e->gold, gold_clear);
  size_t k;
  json_t *item;
  json_array_foreach(attributions, k, item) {
    OnrGold gold;
    for (OnrRole role = 0; role < ONR_N_ROLES; role++) {
      gold.spans[role] = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
      read_spans(e, &offsets, json_object_get(item, role_names[role]), gold.spans[role]);
      label(e->labels, gold.spans[role], role);
    }
    g_array_append_val(e->gold, gold);
  }
}

static void annotate(OnrExample *e, const OnrCorpus *corpus, guint32 groups) {
  OnrArticleHeader header = {.title = e->title};
  e->doc = onr_document_new();
  e->annotation = onr_annotation_new();
  onr_reading_init(&e->reading, corpus->lexicon);
  onr_recogniser_init(&e->recogniser);
  onr_recogniser_set_model(&e->recogniser, corpus->names);
  onr_entities_init(&e->entities);
  onr_attributions_init(&e->rules);
  onr_document_set_text(e->doc, e->body, strlen(e->body));
  onr_reading_set(&e->reading, e->doc, &header);
  onr_recogniser_set(&e->recogniser, &e->reading);
  onr_recogniser_label(&e->recogniser);
  onr_entities_find(&e->entities, &e->recogniser, &e->reading, e->annotation);
  onr_attributions_reset(&e->rules, &e->reading);
  onr_quotes_find(&e->rules);
  onr_tagger_init(&e->tagger);
  e->tagger.features.groups = groups;
  onr_tagger_set(&e->tagger, &e->rules);
}

static OnrExample *example_of(const json_t *item, const OnrCorpus *corpus, guint32 groups) {
  OnrExample *e = g_new0(OnrExample, 1);
  e->id = g_strdup(json_string_value(json_object_get(item, "id")));
  e->title = g_strdup(json_string_value(json_object_get(item, "title")));
  e->body = g_strdup(json_string_value(json_object_get(item, "body")));
  annotate(e, corpus, groups);
  e->labels = g_malloc0(e->reading.n + 1);
  e->first = g_malloc0(e->reading.n + 1);
  read_gold(e, json_object_get(item, "attributions"));
  return e;
}

typedef struct {
  OnrCorpus *corpus;
  guint32 groups;
} Reader;

static void run_tagger(gpointer tagger) {
  onr_tagger_label(tagger);
}

static gboolean take(const json_t *item, gpointer data) {
  const Reader *reader = data;
  if (!json_is_string(json_object_get(item, "body")) || !json_is_array(json_object_get(item, "attributions")))
    return FALSE;
  OnrExample *e = example_of(item, reader->corpus, reader->groups);
  OnrLabelled labelled = {&e->tagger, run_tagger, &e->tagger.run, NULL, e->labels, e->first};
  g_ptr_array_add(reader->corpus->examples, e);
  g_array_append_val(reader->corpus->labelled, labelled);
  return TRUE;
}

OnrCorpus *onr_corpus_read(const char *path, const char *names, guint32 groups, GError **error) {
  g_autoptr(OnrCorpus) corpus = g_new0(OnrCorpus, 1);
  corpus->names = onr_model_map(names, &onr_entity_file, error);
  if (!corpus->names)
    return NULL;
  corpus->lexicon = onr_lexicon_new();
  corpus->examples = g_ptr_array_new_with_free_func(example_free);
  corpus->labelled = g_array_new(FALSE, FALSE, sizeof(OnrLabelled));
  Reader reader = {corpus, groups};
  return onr_lines_read(path, take, &reader, "\"body\" and \"attributions\"", error)
             ? g_steal_pointer(&corpus)
             : NULL;
}

static guint32 shared(OnrSpan a, OnrSpan b) {
  return onr_span_overlaps(a, b) ? MIN(a.end, b.end) - MAX(a.begin, b.begin) : 0;
}

const OnrGold *onr_example_gold(const OnrExample *e, OnrRole role, OnrSpan span) {
  const OnrGold *best = NULL;
  guint32 most = 0;
  for (guint k = 0; k < e->gold->len; k++) {
    const OnrGold *gold = &g_array_index(e->gold, OnrGold, k);
    for (guint i = 0; i < gold->spans[role]->len; i++) {
      guint32 n = shared(g_array_index(gold->spans[role], OnrSpan, i), span);
      best = n > most ? gold : best;
      most = MAX(most, n);
    }
  }
  return best;
}

gboolean onr_gold_overlaps(const OnrGold *gold, OnrRole role, OnrSpan span) {
  for (guint k = 0; k < gold->spans[role]->len; k++)
    if (onr_span_overlaps(g_array_index(gold->spans[role], OnrSpan, k), span))
      return TRUE;
  return FALSE;
}
