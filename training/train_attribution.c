/* SPDX-License-Identifier: GPL-2.0-or-later */
/* With --folds, instead of a model: trains without each fold and writes what the model finds in it, in the
   form of `onrecord annotate --format jsonl`, for a scorer. */
#include "annotate/quotes.h"
#include "text/offsets.h"
#include "training/attribution.h"
#include "training/commands.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char *data, *names, *output, *predictions, *without;
  gint n_articles, n_folds, fold, n_jobs;
} Options;

static const char *const group_names[] = {"words", "tags",     "shapes", "marks",
                                          "cues",  "entities", "rules",  "labels"};

static gboolean parse(int argc, char **argv, Options *o, GError **error) {
  const GOptionEntry entries[] = {
      {"data", 'd', 0, G_OPTION_ARG_FILENAME, &o->data, "attributed articles in JSON Lines, may be gzipped",
       "FILE"},
      {"names", 0, 0, G_OPTION_ARG_FILENAME, &o->names, "the entity model (default: where onrecord has it)",
       "FILE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output, "write the model here", "FILE"},
      {"articles", 'n', 0, G_OPTION_ARG_INT, &o->n_articles, "train on no more than N articles", "N"},
      {"without", 0, 0, G_OPTION_ARG_STRING, &o->without,
       "leave out groups of features, with commas between: words, tags, shapes, marks, cues, entities, "
       "rules, labels",
       "GROUPS"},
      {"folds", 0, 0, G_OPTION_ARG_INT, &o->n_folds, "cross-validate instead, over N folds", "N"},
      {"fold", 0, 0, G_OPTION_ARG_INT, &o->fold, "only this fold, from 0", "K"},
      {"predictions", 0, 0, G_OPTION_ARG_FILENAME, &o->predictions,
       "with --folds: what was found, in JSON Lines", "FILE"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &o->n_jobs, "threads; the result is the same for any number", "N"},
      {NULL, 0, 0, 0, NULL, NULL, NULL}};
  g_autoptr(GOptionContext) context = g_option_context_new("- train the attribution model");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, error))
    return FALSE;
  gboolean is_whole = o->data && (o->n_folds > 1 ? o->predictions != NULL : o->output != NULL);
  if (!is_whole)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "give --data and --output, or --data, --folds and --predictions; see --help");
  return is_whole;
}

static gboolean groups_of(const char *without, guint32 *groups, GError **error) {
  g_auto(GStrv) names = g_strsplit(without ? without : "", ",", -1);
  *groups = ONR_FEATURES_ALL;
  for (guint i = 0; names[i]; i++) {
    guint k = 0;
    while (k < G_N_ELEMENTS(group_names) && strcmp(names[i], group_names[k]) != 0)
      k++;
    if (k == G_N_ELEMENTS(group_names)) {
      g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "no group of features '%s'; see --help",
                  names[i]);
      return FALSE;
    }
    *groups &= ~(1u << k);
  }
  return TRUE;
}

/* --- cross-validation --- */

typedef struct {
  guint n, fold; /* examples whose number modulo N is FOLD are held out; N is 0 for none */
  guint limit;   /* of the others, so many are trained on */
} Folds;

static gboolean is_kept(guint k, gpointer data) {
  const Folds *f = data;
  if (!f->n)
    return k < f->limit;
  guint held_out = k / f->n + (k % f->n > f->fold ? 1 : 0); /* before K */
  return k % f->n != f->fold && k - held_out < f->limit;
}

static json_t *spans_json(const OnrAnnotation *a, OnrSpanList list, const OnrOffsets *offsets) {
  json_t *spans = json_array();
  for (guint32 k = 0; k < list.n; k++) {
    OnrSpan points = onr_offsets_span_to_points(offsets, onr_annotation_spans(a, list)[k]);
    json_array_append_new(spans, json_pack("[I,I]", (json_int_t)points.begin, (json_int_t)points.end));
  }
  return spans;
}

static void predict(OnrExample *e, OnrLinker *linker, OnrAttributions *found, GArray *order, FILE *out) {
  onr_tagger_set_model(&e->tagger, linker->model);
  onr_tagger_label(&e->tagger);
  onr_linker_attribute(linker, &e->tagger, &e->rules, found);
  onr_annotation_reset(e->annotation);
  onr_quotes_write(found, e->annotation, order);
  g_auto(OnrOffsets) offsets = {0};
  onr_offsets_set_text(&offsets, e->body, strlen(e->body));
  json_t *quotes = json_array();
  for (guint k = 0; k < e->annotation->quotes->len; k++) {
    const OnrQuote *q = &g_array_index(e->annotation->quotes, OnrQuote, k);
    json_array_append_new(quotes, json_pack("{s:s,s:o,s:o,s:o,s:n,s:i}", "kind", onr_quote_kind_name(q->kind),
                                            "source", spans_json(e->annotation, q->source, &offsets), "cue",
                                            spans_json(e->annotation, q->cue, &offsets), "content",
                                            spans_json(e->annotation, q->content, &offsets), "speaker",
                                            "confidence", (int)q->confidence));
  }
  json_t *article = json_pack("{s:s,s:s,s:o}", "id", e->id, "text", e->body, "quotes", quotes);
  json_dumpf(article, out, JSON_COMPACT);
  fputc('\n', out);
  json_decref(article);
}

static guint n_jobs_of(const Options *o) {
  return (guint)MAX(o->n_jobs, 1);
}

static gboolean cross_validate(OnrCorpus *corpus, const Options *o, GError **error) {
  FILE *out = fopen(o->predictions, "w");
  if (!out) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "cannot write '%s'", o->predictions);
    return FALSE;
  }
  OnrAttributions found;
  onr_attributions_init(&found);
  g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (Folds f = {(guint)o->n_folds, 0, (guint)o->n_articles}; f.fold < f.n; f.fold++) {
    if (o->fold >= 0 && (guint)o->fold != f.fold)
      continue;
    g_autoptr(OnrWeights) model = onr_weights_new();
    onr_attribution_train(corpus, is_kept, &f, n_jobs_of(o), model);
    OnrLinker linker;
    onr_linker_init(&linker, &model->model);
    for (guint k = f.fold; k < corpus->examples->len; k += f.n)
      predict(onr_corpus_get(corpus, k), &linker, &found, order, out);
    onr_linker_clear(&linker);
    fprintf(stderr, "onrecord-train: fold %u of %u\n", f.fold + 1, f.n);
  }
  onr_attributions_clear(&found);
  return fclose(out) == 0;
}

static gboolean train(OnrCorpus *corpus, const Options *o, GError **error) {
  g_autoptr(OnrWeights) model = onr_weights_new();
  Folds all = {0, 0, (guint)o->n_articles};
  onr_attribution_train(corpus, is_kept, &all, n_jobs_of(o), model);
  return onr_weights_write(model, o->output, error);
}

gboolean onr_train_attribution(int argc, char **argv, GError **error) {
  Options o = {.fold = -1, .n_articles = G_MAXINT, .n_jobs = (gint)g_get_num_processors()};
  g_autoptr(OnrCorpus) corpus = NULL;
  guint32 groups;
  if (!o.names)
    o.names = onr_model_find(ONR_ENTITY_MODEL);
  gboolean is_done = parse(argc, argv, &o, error) && groups_of(o.without, &groups, error) &&
                     (corpus = onr_corpus_read(o.data, o.names, groups, error)) &&
                     (o.n_folds > 1 ? cross_validate(corpus, &o, error) : train(corpus, &o, error));
  g_free(o.data);
  g_free(o.names);
  g_free(o.output);
  g_free(o.predictions);
  g_free(o.without);
  return is_done;
}
