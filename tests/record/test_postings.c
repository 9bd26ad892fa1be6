/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <string.h>

ONR_SUITE(postings);

/* "the/Zthe council/Zcouncil": forms and what stands at their positions. */
static char *shown(const OnrPostings *postings) {
  GString *out = g_string_new(NULL);
  gsize at = 0;
  OnrPosting p;
  while (postings->bytes && onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &p))
    g_string_append_printf(out, "%s%.*s", !out->len ? "" : p.is_colocated ? "/" : " ", p.length, p.term);
  return g_string_free(out, FALSE);
}

typedef struct {
  OnrTermMaker *maker;
  OnrDocument *doc;
  OnrArticlePostings *postings;
} Maker;

static Maker maker_begin(void) {
  GError *error = NULL;
  Maker m = {.maker = onr_term_maker_new("english", &error),
             .doc = onr_document_new(),
             .postings = onr_article_postings_new()};
  require(m.maker != NULL, error);
  return m;
}

static void maker_end(Maker *m) {
  onr_term_maker_free(m->maker);
  onr_document_free(m->doc);
  onr_article_postings_free(m->postings);
}

static const OnrArticlePostings *make(Maker *m, const OnrArticle *article) {
  onr_document_set_text(m->doc, article->text, article->text_length);
  onr_article_postings_make(m->postings, m->maker, article, m->doc);
  return m->postings;
}

static void expect(const OnrPostings *postings, const char *expected) {
  g_autofree char *got = shown(postings);
  cr_expect_str_eq(got, expected, "%s", got);
}

Test(postings, hold_title_text_and_length) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = article_of("x", "/x", "Ships wait", "The 3 ships waited.");
  const OnrArticlePostings *p = make(&m, a);
  expect(&p->title, "ships/Zship wait/Zwait");
  expect(&p->text, "the/Zthe 3/Z3 ships/Zship waited/Zwait");
  cr_expect_eq(p->length, ONR_TITLE_WEIGHT * 2 + 4);
  cr_expect_eq(p->n_quotes, 0);
  maker_end(&m);
}

Test(postings, hold_each_field_under_its_prefix) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = article_of("x", "/x", "Tide", "Text.");
  a->byline = "Ana Prell";
  a->publisher = "Morning Gull";
  a->section = "Ports";
  a->language = "en-GB";
  expect(&make(&m, a)->fields,
         "Stide/SZtide Aana/AZana Aprell/AZprell Pmorning/PZmorn Pgull/PZgull Cports/CZport "
         "Len-gb/LZen-gb");
  maker_end(&m);
}

Test(postings, leave_out_fields_that_the_article_has_not) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = article_of("x", "/x", NULL, "Text.");
  a->language = "";
  const OnrArticlePostings *p = make(&m, a);
  expect(&p->fields, "");
  expect(&p->title, "");
  cr_expect_eq(p->length, 1);
  maker_end(&m);
}

Test(postings, post_a_title_that_repeats_as_first_paragraph_once) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = article_of("x", "/x", "Ships  wait", "SHIPS\twait\n\nThey wait.\n");
  const OnrArticlePostings *p = make(&m, a);
  expect(&p->text, "they/Zthey wait/Zwait");
  cr_expect_eq(p->length, ONR_TITLE_WEIGHT * 2 + 2);
  maker_end(&m);
}

Test(postings, post_a_first_paragraph_that_only_begins_like_the_title) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = article_of("x", "/x", "Ships wait", "Ships wait long\n\nYes.\n");
  expect(&make(&m, a)->text, "ships/Zship wait/Zwait long/Zlong yes/Zyes");
  maker_end(&m);
}

Test(postings, of_quotes_hold_contents_cues_and_roles) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = sample_article(0);
  const OnrArticlePostings *p = make(&m, a);
  cr_assert_eq(p->n_quotes, 2);
  const OnrQuotePostings *q = &g_array_index(p->quotes, OnrQuotePostings, 0);
  expect(&q->words, "the/Zthe harbour/Zharbour stays/Zstay open/Zopen");
  expect(&q->fields, "Qsaid/QZsaid Rmayor/RZmayor Rof/RZof Rlindahl/RZlindahl");
  cr_expect_eq(q->length, 4);
  expect(&g_array_index(p->quotes, OnrQuotePostings, 1).words,
         "no/Zno ship/Zship leaves/Zleav lindahl/Zlindahl");
  maker_end(&m);
}

Test(postings, of_a_split_quote_follow_one_another) {
  Maker m = maker_begin();
  g_autoptr(OnrArticle) a = sample_article(2);
  expect(&g_array_index(make(&m, a)->quotes, OnrQuotePostings, 0).words, "boats/Zboat come/Zcome soon/Zsoon");
  maker_end(&m);
}

static void append_all(const OnrArticlePostings *p, GString *out) {
  const OnrPostings *lists[] = {&p->title, &p->text, &p->fields};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    g_autofree char *text = shown(lists[i]);
    g_string_append_printf(out, "%s\n", text);
  }
  for (guint i = 0; i < p->n_quotes; i++) {
    const OnrQuotePostings *q = &g_array_index(p->quotes, OnrQuotePostings, i);
    g_autofree char *words = shown(&q->words), *fields = shown(&q->fields);
    g_string_append_printf(out, "%u %s | %s\n", q->length, words, fields);
  }
  g_string_append_printf(out, "%u\n", p->length);
}

Test(postings, are_the_same_in_memory_that_was_used_before) {
  Maker used = maker_begin();
  for (guint i = 0; i < N_SAMPLES; i++) {
    Maker fresh = maker_begin();
    g_autoptr(OnrArticle) a = sample_article(i);
    g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);
    append_all(make(&used, a), x);
    append_all(make(&fresh, a), y);
    cr_expect_str_eq(x->str, y->str);
    cr_expect_eq(onr_article_postings_size(used.postings), onr_article_postings_size(fresh.postings));
    cr_expect_gt(onr_article_postings_size(used.postings), 0);
    maker_end(&fresh);
  }
  maker_end(&used);
}

/* An engine deletes by being given the same postings again. */
Test(postings, are_made_alike_from_the_stored_article) {
  char *dir = fixture_begin();
  Maker m = maker_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) stored = onr_article_new();
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) a = sample_article(i);
    g_autoptr(GString) put = g_string_new(NULL), again = g_string_new(NULL);
    append_all(make(&m, a), put);
    require(
        onr_record_load_article(record, onr_record_find_article(record, a->id, NULL), TRUE, stored, &error),
        error);
    append_all(make(&m, stored), again);
    cr_expect_str_eq(put->str, again->str);
  }
  maker_end(&m);
  fixture_end(dir);
}
