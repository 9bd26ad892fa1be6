/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

#include <string.h>

ONR_SUITE(robust);

static const char *const pieces[] = {
    "said",
    "Smith",
    "the ",
    "“",
    "”",
    ",",
    ".",
    "that ",
    "he ",
    "who ",
    "to ",
    "adding",
    ":",
    "(",
    ")",
    " — ",
    "and ",
    "minister",
    " of ",
    "Russia",
    "'",
    "‘",
    "’",
    "\"",
    "Q: ",
    "\n\n",
    "\n",
    "according to ",
    "is ",
    "expected ",
    "``",
    "''",
    "«",
    "»",
    "„",
    "’s ",
    "U.S.",
    " Mr. ",
    "1,000",
    "é",
    "\xF0\x9F\x98\x80",
    "не",
    "漢字",
    " her ",
    "NATO",
    "…",
    "?",
    "!",
    " ",
    " ",
    " ",
    " ",
    "was ",
    "asked ",
    "by ",
    "if ",
    "…,” ",
    "“… ",
    "-",
    "al-",
};

static void check(const Annotated *a) {
  const OnrAnnotation *found = a->found;
  for (guint i = 0; i < found->spans->len; i++) {
    OnrSpan s = g_array_index(found->spans, OnrSpan, i);
    cr_assert_lt(s.begin, s.end);
    cr_assert_leq(s.end, a->doc->length);
  }
  for (guint i = 0; i < found->quotes->len; i++) {
    const OnrQuote *q = &g_array_index(found->quotes, OnrQuote, i);
    cr_assert_gt(q->content.n, 0);
    cr_assert_leq(q->content.first + q->content.n, found->spans->len);
    cr_assert_leq(q->speakers.n, ONR_SPEAKERS_MAX);
    cr_assert_leq(q->speaker_confidence, 100);
    for (guint32 k = 0; k < q->speakers.n; k++)
      cr_assert_lt(onr_annotation_speakers(found, q)[k], found->entities->len);
    for (guint32 k = 1; k < q->content.n; k++)
      cr_assert_leq(onr_annotation_spans(found, q->content)[k - 1].end,
                    onr_annotation_spans(found, q->content)[k].begin);
  }
  guint32 end = 0;
  for (guint i = 0; i < found->mentions->len; i++) {
    OnrMention m = g_array_index(found->mentions, OnrMention, i);
    cr_assert_geq(m.span.begin, end);
    cr_assert_lt(m.entity, found->entities->len);
    end = m.span.end;
  }
}

Test(robust, random_pieces) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  g_autoptr(GRand) random = g_rand_new_with_seed(20221123);
  for (guint round = 0; round < 400; round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = (guint)g_rand_int_range(random, 0, 300);
    for (guint i = 0; i < n; i++)
      g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
    annotated_set(&a, text->str, NULL);
    check(&a);
  }
}

static char *repeated(const char *piece, guint n) {
  GString *s = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append(s, piece);
  return g_string_free(s, FALSE);
}

/* Processor time per byte of N and of eight times as many repetitions: what is linear costs about the same.
 */
static double seconds(Annotated *a, const char *piece, guint n) {
  g_autofree char *text = repeated(piece, n);
  onr_document_set_text(a->doc, text, strlen(text));
  OnrArticleHeader header = {.title = NULL};
  clock_t begin = clock();
  onr_annotate(a->annotator, a->doc, &header, a->found);
  return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

Test(robust, time_is_linear) {
  static const char *const hostile[] = {"“word, ",
                                        "word,” he said. ",
                                        "\" ",
                                        "' ",
                                        "'word ",
                                        "very ",
                                        "said that he ",
                                        "Smith denounced ",
                                        "John Smith. He said he won. ",
                                        "the minister said that the plan and the bank which ",
                                        "a, ",
                                        "Smith: ",
                                        "“We won\n\n",
                                        "Voters \"want more,\" she said ",
                                        "(",
                                        "— ",
                                        "“”",
                                        "Smith, who ",
                                        "According to ",
                                        "Mr. ",
                                        "of the ",
                                        "and ",
                                        "NATO (",
                                        "to say "};
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
    double small = seconds(&a, hostile[i], 1500), large = seconds(&a, hostile[i], 12000);
    check(&a);
    /* 8 times the text; 24 leaves room for a noisy machine and is far below the 64 of a square */
    cr_expect_lt(large, 24 * small + 0.05, "\"%s\": %.4f s, then %.4f s", hostile[i], small, large);
  }
}

Test(robust, ends_of_the_scale) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  annotated_set(&a, "", "");
  cr_assert_eq(a.found->quotes->len + a.found->entities->len, 0);
  annotated_set(&a, "\n \n", NULL);
  cr_assert_eq(a.found->quotes->len + a.found->entities->len, 0);
  annotated_set(&a, "\"", NULL);
  g_autofree char *word = repeated("a", 1u << 20);
  annotated_set(&a, word, word);
  cr_assert_eq(a.found->quotes->len, 0);
  g_autofree char *marks = repeated("\"", 10000);
  annotated_set(&a, marks, NULL);
  check(&a);
  g_autofree char *pairs = repeated("“Yes,” he said. ", 10000);
  annotated_set(&a, pairs, NULL);
  check(&a);
  cr_assert_leq(a.found->quotes->len, ONR_ANNOTATE_MAX_QUOTES);
  g_autofree char *huge = repeated("“Yes,” he said. ", (ONR_ANNOTATE_MAX_BYTES >> 4) + 1);
  annotated_set(&a, huge, NULL);
  cr_assert_eq(a.found->quotes->len, 0, "a text over the limit is left unannotated");
}

/* The same text again, and after another one, gives the same answer. */
Test(robust, is_repeatable) {
  g_auto(Annotated) a = {0}, b = {0};
  annotated_init(&a);
  annotated_init(&b);
  const char *text = "Mayor Mara Ellison said the bridge was safe. “We tested it,” she said. Critics "
                     "disagreed, fearing a collapse.";
  annotated_set(&a, "Something else by Pavel Dorn, who denied it.", NULL);
  annotated_set(&a, text, NULL);
  annotated_set(&b, text, NULL);
  cr_assert_eq(a.found->quotes->len, b.found->quotes->len);
  cr_assert_eq(a.found->spans->len, b.found->spans->len);
  cr_assert_eq(memcmp(a.found->spans->data, b.found->spans->data, a.found->spans->len * sizeof(OnrSpan)), 0);
  for (guint i = 0; i < a.found->entities->len; i++)
    cr_assert_str_eq(g_array_index(a.found->entities, OnrEntity, i).name,
                     g_array_index(b.found->entities, OnrEntity, i).name);
}
