/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <string.h>

ONR_SUITE(article);

Test(article, is_empty_when_new_and_after_a_reset) {
  g_autoptr(OnrArticle) a = sample_article(0);
  onr_article_reset(a);
  cr_expect_str_eq(a->text, "");
  cr_expect_str_eq(a->member, "");
  cr_expect_null(a->title);
  cr_expect_eq(a->day, ONR_NO_DAY);
  cr_expect_eq(a->has_attribution, TRUE);
  cr_expect_eq(a->entities->len + a->mentions->len + a->quotes->len, 0);
}

Test(article, is_used_again_for_another_text) {
  g_autoptr(OnrArticle) a = sample_article(0);
  g_free(onr_article_quote_words(a, &g_array_index(a->quotes, OnrQuoteRow, 0)));
  onr_article_reset(a);
  a->text = g_string_chunk_insert(a->strings, "é “oui” é");
  a->text_length = strlen(a->text);
  OnrQuoteRow *q = quote(a, "oui", NOBODY);
  g_autofree char *words = onr_article_quote_words(a, q);
  cr_expect_str_eq(words, "oui");
}

Test(article, joins_the_pieces_of_a_split_quote) {
  g_autoptr(OnrArticle) a = sample_article(2);
  g_autofree char *words = onr_article_quote_words(a, &g_array_index(a->quotes, OnrQuoteRow, 0));
  cr_expect_str_eq(words, "boats come … soon");
}

Test(article, cuts_quotes_by_code_points_of_any_length) {
  g_autoptr(OnrArticle) a = article_of("x", "/x", NULL, "𝔸é日 said “日本語 𝔹”.");
  OnrQuoteRow *q = quote(a, "“日本語 𝔹”", NOBODY);
  OnrSpan span = g_array_index(q->content, OnrSpan, 0);
  cr_expect_eq(span.begin, 9);
  cr_expect_eq(span.end, 16);
  g_autofree char *words = onr_article_quote_words(a, q);
  cr_expect_str_eq(words, "“日本語 𝔹”");
}

Test(article, keeps_its_text_when_the_annotation_is_cleared) {
  g_autoptr(OnrArticle) a = sample_article(0);
  onr_article_clear_annotation(a);
  cr_expect_eq(a->quotes->len + a->entities->len + a->mentions->len, 0);
  cr_expect_str_eq(a->title, "Harbour council meets");
}

static char *hash_of(const char *publisher, const char *published, const char *title, const char *text) {
  g_autoptr(OnrArticle) a = article_of("", "/x", title, text);
  a->publisher = publisher;
  a->published = published;
  return g_strdup(onr_article_hash_id(a));
}

/* The digest is that of printf '1:P10:2022-02-061:T1:x' | sha256sum: it is stored in archives and must never
 * change. */
Test(article, hash_id_is_fixed_for_ever) {
  g_autofree char *id = hash_of("P", "2022-02-06", "T", "x");
  cr_expect_str_eq(id, "h-a304a0f751f05f61c63bb56b0ac4bc43");
}

Test(article, hash_id_keeps_fields_apart) {
  g_autofree char *a = hash_of("ab", NULL, "c", "t"), *b = hash_of("a", NULL, "bc", "t");
  g_autofree char *c = hash_of(NULL, "ab", "c", "t"), *d = hash_of("ab", NULL, "c", "t");
  cr_expect_str_neq(a, b);
  cr_expect_str_neq(a, c);
  cr_expect_str_eq(a, d);
}
