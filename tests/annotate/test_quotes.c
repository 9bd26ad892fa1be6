/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

ONR_SUITE(quotes);

static void append_spans(GString *s, const Annotated *a, OnrSpanList list) {
  const OnrSpan *spans = onr_annotation_spans(a->found, list);
  for (guint32 i = 0; i < list.n; i++) {
    g_string_append(s, i ? " // " : "");
    g_string_append_len(s, a->doc->text + spans[i].begin, (gssize)onr_span_length(spans[i]));
  }
  if (!list.n)
    g_string_append_c(s, '-');
}

static char *quote_line(const Annotated *a, guint i) {
  const OnrQuote *q = &g_array_index(a->found->quotes, OnrQuote, i);
  GString *s = g_string_new(onr_quote_kind_name(q->kind));
  g_string_append(s, q->act == ONR_ACT_ATTITUDE ? " attitude | " : " | ");
  append_spans(s, a, q->source);
  g_string_append(s, " | ");
  append_spans(s, a, q->cue);
  g_string_append(s, " | ");
  append_spans(s, a, q->content);
  for (char *p = s->str; *p; p++) /* a quotation over paragraphs on one line */
    if (*p == '\n')
      *p = ' ';
  return g_string_free(s, FALSE);
}

static guint n_quotes(const Annotated *a) {
  return a->found->quotes->len;
}

Test(quotes, direct) {
  annotated_run_cases("quotes_direct.test", n_quotes, quote_line);
}

Test(quotes, indirect) {
  annotated_run_cases("quotes_indirect.test", n_quotes, quote_line);
}

Test(quotes, marks) {
  annotated_run_cases("quotes_marks.test", n_quotes, quote_line);
}

Test(quotes, none) {
  annotated_run_cases("quotes_none.test", n_quotes, quote_line);
}

Test(quotes, are_in_order_and_complete) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  annotated_set(
      &a,
      "“We agreed,” said Mara Ellison, who hopes to build a bridge. She added that “it was time.”\n\n"
      "According to the board, the plan will cost little. “It is cheap,” it said.",
      NULL);
  guint32 last = 0;
  cr_assert_geq(a.found->quotes->len, 4);
  for (guint i = 0; i < a.found->quotes->len; i++) {
    const OnrQuote *q = &g_array_index(a.found->quotes, OnrQuote, i);
    cr_assert_gt(q->content.n, 0);
    OnrSpan first = onr_annotation_spans(a.found, q->content)[0];
    cr_assert_geq(first.begin, last);
    cr_assert_leq(q->confidence, 100);
    cr_assert_gt(q->confidence, 0);
    last = first.begin;
  }
}

Test(quotes, of_other_languages_are_left_out) {
  g_auto(Annotated) a = {0};
  annotated_init(&a);
  const char *text = "“We won,” said Mara Ellison.";
  OnrArticleHeader german = {.language = "de"}, british = {.language = "en-GB"};
  onr_document_set_text(a.doc, text, strlen(text));
  onr_annotate(a.annotator, a.doc, &german, a.found);
  cr_assert_eq(a.found->quotes->len + a.found->entities->len, 0);
  onr_annotate(a.annotator, a.doc, &british, a.found);
  cr_assert_eq(a.found->quotes->len, 1);
  cr_assert_eq(onr_annotate_knows_language(NULL), TRUE);
  cr_assert_eq(onr_annotate_knows_language("EN"), TRUE);
  cr_assert_eq(onr_annotate_knows_language("eng"), TRUE);
  cr_assert_eq(onr_annotate_knows_language("es-EN"), FALSE);
}
