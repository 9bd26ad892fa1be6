/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/commands.h"
#include "training/identities.h"

typedef struct {
  char **text;
  char *output;
} Options;

static gboolean parse(int argc, char **argv, Options *o, GError **error) {
  const GOptionEntry entries[] = {
      {"text", 't', 0, G_OPTION_ARG_FILENAME_ARRAY, &o->text,
       "articles in JSON Lines, may be gzipped; may be given again", "FILE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output, "write the model here", "FILE"},
      {NULL, 0, 0, 0, NULL, NULL, NULL}};
  g_autoptr(GOptionContext) context = g_option_context_new("- train the identity model");
  g_option_context_add_main_entries(context, entries, NULL);
  if (!g_option_context_parse(context, &argc, &argv, error))
    return FALSE;
  if (!o->text || !o->output) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "give --text and --output; see --help");
    return FALSE;
  }
  return TRUE;
}

static gboolean read_all(const Options *o, OnrIdentityCorpus *corpus, GError **error) {
  for (guint k = 0; o->text[k]; k++)
    if (!onr_identity_corpus_read(corpus, o->text[k], error))
      return FALSE;
  return TRUE;
}

static gboolean train(const Options *o, GError **error) {
  g_autoptr(OnrIdentityCorpus) corpus = onr_identity_corpus_new(error);
  if (!corpus || !read_all(o, corpus, error))
    return FALSE;
  onr_identity_corpus_rate(corpus);
  if (!read_all(o, corpus, error))
    return FALSE;
  onr_identity_corpus_fit(corpus, stderr);
  g_autofree char *bytes = onr_identity_corpus_bytes(corpus);
  return onr_model_write(bytes, &onr_identity_file, o->output, error);
}

gboolean onr_train_identities(int argc, char **argv, GError **error) {
  Options o = {0};
  gboolean is_done = parse(argc, argv, &o, error) && train(&o, error);
  g_strfreev(o.text);
  g_free(o.output);
  return is_done;
}
