/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Training on a few made-up articles: the same bytes however many threads, and a model that tags what it was
 * shown. */
#include "support/support.h"
#include "training/stack.h"

#include <string.h>

ONR_SUITE(training);

#define N_ARTICLES 20

static const char *const names[] = {"Ellison", "Dorn", "Reyk", "Corvalan", "Herrick"};
static const char *const cues[] = {"said", "argued", "insisted", "claimed"};

static void add_article(GString *lines, guint k) {
  const char *name = names[k % G_N_ELEMENTS(names)], *cue = cues[k % G_N_ELEMENTS(cues)];
  guint cue_begin = (guint)strlen(name) + 1, content_begin = cue_begin + (guint)strlen(cue) + 1;
  static const char content[] = "that the bridge was safe";
  guint content_end = content_begin + (guint)strlen(content);
  g_string_append_printf(lines,
                         "{\"id\": \"a%u\", \"title\": null, \"body\": \"%s %s %s. It opened in May %u.\", "
                         "\"attributions\": [{\"source\": "
                         "[[0, %u]], \"cue\": [[%u, %u]], \"content\": [[%u, %u]]}]}\n",
                         k, name, cue, content, 1900 + k, (guint)strlen(name), cue_begin, content_begin - 1,
                         content_begin, content_end);
}

static gboolean all(guint k, gpointer data) {
  (void)k;
  (void)data;
  return TRUE;
}

static OnrCorpus *made_corpus(const char *folder) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint k = 0; k < N_ARTICLES; k++)
    add_article(lines, k);
  g_autofree char *path = onr_test_write(folder, "train.jsonl", lines->str, -1);
  g_autoptr(GError) error = NULL;
  OnrCorpus *corpus = onr_corpus_read(path, ONR_FEATURES_ALL, &error);
  cr_assert_not_null(corpus, "%s", error ? error->message : "");
  cr_assert_eq(corpus->examples->len, N_ARTICLES);
  return corpus;
}

Test(training, spans_of_annotators_become_tokens) {
  g_autofree char *folder = onr_test_make_dir();
  g_autoptr(OnrCorpus) corpus = made_corpus(folder);
  const OnrExample *e = onr_corpus_get(corpus, 0);
  static const guint8 labels[] = {ONR_LABEL_SOURCE,     ONR_LABEL_CUE,        ONR_LABEL_CONTENT,
                                  ONR_LABEL_CONTENT_ON, ONR_LABEL_CONTENT_ON, ONR_LABEL_CONTENT_ON,
                                  ONR_LABEL_CONTENT_ON, ONR_LABEL_NONE};
  cr_assert_eq(memcmp(e->labels, labels, sizeof labels), 0);
  cr_assert_not_null(onr_example_gold(e, ONR_ROLE_CONTENT, (OnrSpan){3, 4}));
  cr_assert_null(onr_example_gold(e, ONR_ROLE_CONTENT, (OnrSpan){0, 2}));
  onr_test_remove_dir(folder);
}

Test(training, threads_do_not_change_a_byte) {
  g_autofree char *folder = onr_test_make_dir();
  g_autoptr(OnrWeights) one = onr_weights_new(), two = onr_weights_new();
  g_autoptr(OnrCorpus) first = made_corpus(folder), second = made_corpus(folder);
  onr_stack_train(first, all, NULL, 1, one);
  onr_stack_train(second, all, NULL, 2, two);
  cr_assert_eq(memcmp(one->bytes, two->bytes, ONR_MODEL_BYTES), 0);
  OnrExample *e = onr_corpus_get(first, 3);
  onr_tagger_set_model(&e->tagger, &one->model);
  onr_tagger_label(&e->tagger, &e->rules);
  cr_assert_eq(memcmp(e->tagger.run.labels, e->labels, e->reading.n), 0);
  onr_test_remove_dir(folder);
}

Test(training, bad_lines_are_named) {
  g_autofree char *folder = onr_test_make_dir();
  g_autofree char *path = onr_test_write(
      folder, "bad.jsonl", "{\"id\": \"a\", \"body\": \"x\", \"attributions\": []}\n{\"id\": 3}\n", -1);
  g_autoptr(GError) error = NULL;
  cr_assert_null(onr_corpus_read(path, ONR_FEATURES_ALL, &error));
  cr_assert_not_null(strstr(error->message, "bad.jsonl:2:"), "%s", error->message);
  onr_test_remove_dir(folder);
}
