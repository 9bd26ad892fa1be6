/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Training on a few made-up articles: the same bytes however many threads, and a model that tags what it was
 * shown. */
#include "support/support.h"
#include "training/attribution.h"
#include "training/directions.h"
#include "training/entity_corpus.h"
#include "training/word_classes.h"

#include <math.h>
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
  g_autofree char *model = onr_model_find(ONR_ENTITY_MODEL);
  OnrCorpus *corpus = onr_corpus_read(path, model, ONR_FEATURES_ALL, &error);
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
  onr_attribution_train(first, all, NULL, 1, one);
  onr_attribution_train(second, all, NULL, 2, two);
  cr_assert_eq(memcmp(one->bytes, two->bytes, ONR_MODEL_BYTES), 0);
  OnrExample *e = onr_corpus_get(first, 3);
  onr_tagger_set_model(&e->tagger, &one->model);
  onr_tagger_label(&e->tagger);
  cr_assert_eq(memcmp(e->tagger.run.labels, e->labels, e->reading.n), 0);
  onr_test_remove_dir(folder);
}

Test(training, bad_lines_are_named) {
  g_autofree char *folder = onr_test_make_dir();
  g_autofree char *path = onr_test_write(
      folder, "bad.jsonl", "{\"id\": \"a\", \"body\": \"x\", \"attributions\": []}\n{\"id\": 3}\n", -1);
  g_autoptr(GError) error = NULL;
  g_autofree char *model = onr_model_find(ONR_ENTITY_MODEL);
  cr_assert_null(onr_corpus_read(path, model, ONR_FEATURES_ALL, &error));
  cr_assert_not_null(strstr(error->message, "bad.jsonl:2:"), "%s", error->message);
  onr_test_remove_dir(folder);
}

/* --- entities --- */

/* "Dorn of Norland said so." TYPE is what the first word is labelled as. */
static void add_named(GString *lines, guint k, const char *type) {
  const char *name = names[k % G_N_ELEMENTS(names)];
  guint end = (guint)strlen(name), place = end + (guint)strlen(" of ");
  g_string_append_printf(
      lines,
      "{\"id\": \"a%u\", \"body\": \"%s of Norland said so. It rained in May %u.\", \"entities\": "
      "[{\"begin\": 0, \"end\": %u, \"type\": \"%s\"}, "
      "{\"begin\": %u, \"end\": %u, \"type\": \"place\"}]}\n",
      k, name, 1900 + k, end, type, place, place + (guint)strlen("Norland"));
}

/* Gold articles, then silver ones of which every second has another type. */
static OnrEntityCorpus *made_entities(const char *folder) {
  g_autoptr(GString) gold = g_string_new(NULL), silver = g_string_new(NULL);
  for (guint k = 0; k < N_ARTICLES; k++) {
    add_named(gold, k, "person");
    add_named(silver, k, k % 2 ? "org" : "person");
  }
  g_autofree char *gold_path = onr_test_write(folder, "gold.jsonl", gold->str, -1);
  g_autofree char *silver_path = onr_test_write(folder, "silver.jsonl", silver->str, -1);
  g_autoptr(GError) error = NULL;
  OnrEntityCorpus *corpus = onr_entity_corpus_new();
  cr_assert_neq(onr_entity_corpus_read(corpus, gold_path, &error), FALSE, "%s", error ? error->message : "");
  cr_assert_neq(onr_entity_corpus_read(corpus, silver_path, &error), FALSE, "%s",
                error ? error->message : "");
  cr_assert_eq(corpus->articles->len, 2 * N_ARTICLES);
  cr_assert_eq(corpus->n_entities, 4 * N_ARTICLES);
  cr_assert_eq(corpus->n_unseen, 0);
  return corpus;
}

Test(training, what_the_gold_denies_is_in_doubt) {
  g_autofree char *folder = onr_test_make_dir();
  g_autoptr(OnrEntityCorpus) first = made_entities(folder), second = made_entities(folder);
  g_autoptr(OnrLabelTable) one = onr_label_table_new(ONR_ENTITY_BITS),
                           two = onr_label_table_new(ONR_ENTITY_BITS);
  onr_entity_corpus_train(first, N_ARTICLES, 1, one);
  cr_assert_eq(first->n_doubts, N_ARTICLES / 2);
  OnrLabelled *last = &g_array_index(first->labelled, OnrLabelled, 2 * N_ARTICLES - 1);
  OnrLabelWeights weights = onr_label_table_weights(one);
  onr_labeller_set_weights(last->run, &weights);
  last->label(last->owner);
  cr_assert_eq(last->run->labels[0], 1 + ONR_ENTITY_PERSON);
  cr_assert_eq(last->right[0], 1 + ONR_ENTITY_ORG);
  onr_entity_corpus_train(second, N_ARTICLES, 2, two);
  cr_assert_eq(memcmp(one->rows, two->rows, ONR_ENTITY_ROWS_BYTES), 0);
  onr_test_remove_dir(folder);
}

Test(training, nothing_is_learned_of_nothing) {
  g_autoptr(OnrEntityCorpus) corpus = onr_entity_corpus_new();
  g_autoptr(OnrLabelTable) table = onr_label_table_new(ONR_ENTITY_BITS),
                           untouched = onr_label_table_new(ONR_ENTITY_BITS);
  onr_entity_corpus_train(corpus, 0, 1, table);
  cr_assert_eq(memcmp(table->rows, untouched->rows, ONR_ENTITY_ROWS_BYTES), 0);
  cr_assert_eq(memcmp(table->transitions, untouched->transitions, sizeof table->transitions), 0);
}

/* --- classes of words --- */

#define N_LINES 40

static OnrWordClasses *made_classes(const char *folder, guint *n_words) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint k = 0; k < N_LINES; k++)
    g_string_append_printf(lines, "{\"body\": \"The %s sank. May is near %s. %s\"}\n",
                           k % 2 ? "ferry" : "barge", names[k % G_N_ELEMENTS(names)],
                           k ? "They may go." : "Zephyr.");
  g_autofree char *path = onr_test_write(folder, "text.jsonl", lines->str, -1);
  g_autoptr(OnrWordStream) stream = onr_word_stream_new();
  g_autoptr(GError) error = NULL;
  cr_assert_neq(onr_word_stream_read(stream, path, &error), FALSE, "%s", error ? error->message : "");
  OnrWordClasses *classes = g_malloc0(sizeof *classes);
  *n_words = onr_word_classes_find(stream, classes);
  return classes;
}

Test(training, words_in_like_places_are_of_one_class) {
  g_autofree char *folder = onr_test_make_dir();
  guint n_words;
  g_autofree OnrWordClasses *classes = made_classes(folder, &n_words);
  static const char text[] = "ferry barge May may zephyr sank";
  g_autoptr(OnrLexicon) lexicon = onr_lexicon_new();
  g_autoptr(OnrDocument) doc = onr_document_new();
  OnrReading reading;
  onr_document_set_text(doc, text, strlen(text));
  onr_reading_init(&reading, lexicon);
  onr_reading_set(&reading, doc, NULL);
  guint32 class[6];
  for (guint32 i = 0; i < G_N_ELEMENTS(class); i++)
    class[i] = onr_word_class((const OnrWordClasses *)classes, &reading, i);
  /* the ferry barge sank May is near they may go, five names, a full stop */
  cr_assert_eq(n_words, 16);
  cr_assert_eq(class[0], class[1]);
  cr_assert_neq(class[2], class[3]); /* a capital makes another word */
  cr_assert_eq(class[4], (guint32)ONR_WORD_CLASS_NONE);
  cr_assert_neq(class[5], class[0]);
  onr_reading_clear(&reading);
  onr_test_remove_dir(folder);
}

static double product(const gint8 *a, const gint8 *b) {
  double sum = 0;
  for (guint k = 0; k < ONR_N_DIRECTIONS; k++)
    sum += a[k] * b[k];
  return sum;
}

static double likeness(gint8 (*vectors)[ONR_N_DIRECTIONS], guint a, guint b) {
  return product(vectors[a], vectors[b]) /
         sqrt(product(vectors[a], vectors[a]) * product(vectors[b], vectors[b]));
}

/* Buckets 1 and 2 never stand in one row, but both stand beside 3. */
Test(training, buckets_of_like_rows_lie_in_like_directions) {
  static const guint16 rows[][2] = {{1, 3}, {2, 3}, {4, 6}, {5, 6}};
  g_autoptr(OnrDirections) directions = onr_directions_new();
  g_autofree gint8(*vectors)[ONR_N_DIRECTIONS] = g_malloc(ONR_N_BUCKETS * sizeof *vectors),
             (*again)[ONR_N_DIRECTIONS] = g_malloc(ONR_N_BUCKETS * sizeof *again);
  for (guint n = 0; n < 100; n++)
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
      guint own = 100 + 4 * (n % 50) + i; /* a word that few rows have */
      onr_directions_add(directions, rows[i][0], 1);
      onr_directions_add(directions, rows[i][1], 2);
      onr_directions_add(directions, (guint16)own, 0.25f);
      onr_directions_end_row(directions);
    }
  onr_directions_find(directions, vectors);
  onr_directions_find(directions, again);
  cr_expect_eq(memcmp(vectors, again, ONR_N_BUCKETS * sizeof *vectors), 0, "the same rows, the same numbers");
  cr_expect_gt(likeness(vectors, 1, 3), likeness(vectors, 1, 6) + 0.1);
  cr_expect_gt(likeness(vectors, 4, 6), likeness(vectors, 4, 3) + 0.1);
  cr_expect_eq(product(vectors[99], vectors[99]), 0, "what no row has lies nowhere");
}
