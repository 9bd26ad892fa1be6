/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/commands.h"
#include "training/entity_corpus.h"
#include "training/word_classes.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  char **data, **silver, **text;
  char *output;
  gint n_jobs;
} Options;

static gboolean parse(int argc, char **argv, Options *o, GError **error) {
  const GOptionEntry entries[] = {
      {"data", 'd', 0, G_OPTION_ARG_FILENAME_ARRAY, &o->data,
       "articles with entities in JSON Lines, may be gzipped; may be given again", "FILE"},
      {"silver", 's', 0, G_OPTION_ARG_FILENAME_ARRAY, &o->silver,
       "articles that a program labelled: sentences count where a model of --data alone agrees; may be given "
       "again",
       "FILE"},
      {"text", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &o->text,
       "articles, entities known or not, in which words are put into classes; may be given again", "FILE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output, "write the model here", "FILE"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &o->n_jobs, "threads; the result is the same for any number", "N"},
      {NULL, 0, 0, 0, NULL, NULL, NULL}};
  g_autoptr(GOptionContext) context = g_option_context_new("- train the entity model");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, error))
    return FALSE;
  if (!o->data || !o->text || !o->output) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "give --data, --text and --output; see --help");
    return FALSE;
  }
  return TRUE;
}

static gboolean write_model(const OnrLabelTable *table, const OnrWordClasses *classes, const char *path,
                            GError **error) {
  g_autofree char *bytes = g_malloc0(ONR_ENTITY_MODEL_BYTES);
  OnrEntityHeader *header = (OnrEntityHeader *)(gpointer)bytes;
  memcpy(header->transitions, table->transitions, sizeof header->transitions);
  memcpy(bytes + ONR_MODEL_HEADER_BYTES, table->rows, ONR_ENTITY_ROWS_BYTES);
  memcpy(bytes + ONR_MODEL_HEADER_BYTES + ONR_ENTITY_ROWS_BYTES, classes, sizeof *classes);
  return onr_model_write(bytes, &onr_entity_file, path, error);
}

static gboolean find_classes(const Options *o, OnrWordClasses *classes, GError **error) {
  g_autoptr(OnrWordStream) stream = onr_word_stream_new();
  for (guint k = 0; o->text[k]; k++)
    if (!onr_word_stream_read(stream, o->text[k], error))
      return FALSE;
  fprintf(stderr, "onrecord-train: %u words in %u classes\n", onr_word_classes_find(stream, classes),
          (guint)ONR_N_WORD_CLASSES);
  return TRUE;
}

static gboolean train(const Options *o, GError **error) {
  g_autoptr(OnrEntityCorpus) corpus = onr_entity_corpus_new();
  if (!find_classes(o, corpus->classes, error))
    return FALSE;
  for (guint k = 0; o->data[k]; k++)
    if (!onr_entity_corpus_read(corpus, o->data[k], error))
      return FALSE;
  guint n_gold = corpus->articles->len;
  for (guint k = 0; o->silver && o->silver[k]; k++)
    if (!onr_entity_corpus_read(corpus, o->silver[k], error))
      return FALSE;
  g_autoptr(OnrLabelTable) table = onr_label_table_new(ONR_ENTITY_BITS);
  onr_entity_corpus_train(corpus, n_gold, (guint)MAX(o->n_jobs, 1), table);
  fprintf(stderr,
          "onrecord-train: %u entities in %u articles, %u in no stretch of capitals; %u stretches in doubt\n",
          corpus->n_entities, corpus->articles->len, corpus->n_unseen, corpus->n_doubts);
  return write_model(table, (const OnrWordClasses *)corpus->classes, o->output, error);
}

gboolean onr_train_entities(int argc, char **argv, GError **error) {
  Options o = {.n_jobs = (gint)g_get_num_processors()};
  gboolean is_done = parse(argc, argv, &o, error) && train(&o, error);
  g_strfreev(o.data);
  g_strfreev(o.silver);
  g_strfreev(o.text);
  g_free(o.output);
  return is_done;
}
