/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/document.h"

#include <string.h>

ONR_SUITE(document);

/* Sentences of a document, a line each; a line "--" between paragraphs. Line ends inside a sentence show as
 * "/". */
static GPtrArray *show(const OnrDocument *doc) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (guint32 i = 0; i < doc->n_sentences; i++) {
    const OnrSentence *s = &doc->sentences[i];
    if (i > 0 && s->paragraph != s[-1].paragraph)
      g_ptr_array_add(lines, g_strdup("--"));
    char *line = g_strndup(doc->text + s->span.begin, onr_span_length(s->span));
    g_strdelimit(line, "\n", '/');
    g_ptr_array_add(lines, line);
  }
  return lines;
}

Test(document, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("sentences.test");
  g_autoptr(OnrDocument) doc = onr_document_new();
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    onr_document_set_text(doc, c->input, strlen(c->input));
    g_autoptr(GPtrArray) shown = show(doc);
    for (guint k = 0; k < MAX(shown->len, c->expected->len); k++) {
      const char *got = k < shown->len ? shown->pdata[k] : "(nothing)";
      const char *expected = k < c->expected->len ? c->expected->pdata[k] : "(nothing)";
      cr_expect_str_eq(got, expected, "sentences.test:%u, line %u: \"%s\"", c->line, k + 1, got);
    }
  }
}

static void check_sentences(const OnrDocument *doc) {
  guint32 token = 0;
  for (guint32 i = 0; i < doc->n_sentences; i++) {
    const OnrSentence *s = &doc->sentences[i];
    cr_assert_eq(s->first_token, token);
    cr_assert_gt(s->end_token, s->first_token);
    cr_assert_eq(s->span.begin, doc->tokens.items[s->first_token].begin);
    cr_assert_eq(s->span.end, doc->tokens.items[s->end_token - 1].end);
    cr_assert_eq(onr_document_sentence_at(doc, s->span.begin), i);
    cr_assert_eq(onr_document_sentence_at(doc, s->span.end - 1), i);
    token = s->end_token;
  }
  cr_assert_eq(token, doc->tokens.n);
}

static void check_paragraphs(const OnrDocument *doc) {
  guint32 token = 0, sentence = 0;
  for (guint32 i = 0; i < doc->n_paragraphs; i++) {
    const OnrParagraph *p = &doc->paragraphs[i];
    cr_assert_eq(p->first_token, token);
    cr_assert_eq(p->first_sentence, sentence);
    cr_assert_gt(p->end_sentence, sentence);
    cr_assert_eq(p->span.begin, doc->sentences[p->first_sentence].span.begin);
    cr_assert_eq(p->span.end, doc->sentences[p->end_sentence - 1].span.end);
    for (guint32 k = p->first_sentence; k < p->end_sentence; k++)
      cr_assert_eq(doc->sentences[k].paragraph, i);
    cr_assert_eq(onr_document_paragraph_at(doc, p->span.end - 1), i);
    token = p->end_token;
    sentence = p->end_sentence;
  }
  cr_assert_eq(token, doc->tokens.n);
  cr_assert_eq(sentence, doc->n_sentences);
}

Test(document, parts_any_text) {
  GRand *rand = g_rand_new_with_seed(4);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(OnrDocument) doc = onr_document_new();
  for (guint i = 0; i < 4000; i++) {
    random_text(rand, 120, text);
    onr_document_set_text(doc, text->str, text->len);
    check_sentences(doc);
    check_paragraphs(doc);
  }
  g_rand_free(rand);
}

Test(document, empty) {
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, "", 0);
  cr_assert_eq(doc->n_sentences, 0);
  cr_assert_eq(doc->n_paragraphs, 0);
  cr_assert_eq(onr_document_sentence_at(doc, 5), 0);
  cr_assert_eq(onr_document_paragraph_at(doc, 5), 0);
  onr_document_free(NULL);
}

/* A blank line within a wrapped text may hold white space; what lies between sentences finds the one before.
 */
Test(document, at_gaps) {
  static const char text[] = "One here. Two here.\n\nThree.";
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, text, strlen(text));
  cr_assert_eq(doc->n_sentences, 3);
  cr_assert_eq(onr_document_sentence_at(doc, 9), 0);
  cr_assert_eq(onr_document_sentence_at(doc, 10), 1);
  cr_assert_eq(onr_document_sentence_at(doc, 20), 1);
  cr_assert_eq(onr_document_sentence_at(doc, 1000), 2);
  cr_assert_eq(onr_document_paragraph_at(doc, 19), 0);
  cr_assert_eq(onr_document_paragraph_at(doc, 21), 1);
}

Test(document, long_runs_in_linear_time, .timeout = 60) {
  static const char *const units[] = {".", ". ",  "? ",  "Mr. ", "A. ", "U.S. ", "\"",  "“",
                                      "”", ".\"", "! “", "X!” ", "a\n", "\n",    ". . "};
  g_autoptr(OnrDocument) doc = onr_document_new();
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 500 * 1000)
      g_string_append(text, units[i]);
    onr_document_set_text(doc, text->str, text->len);
    check_sentences(doc);
  }
}
