/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/terms.h"
#include "text/utf8.h"

#include <string.h>

ONR_SUITE(terms);

/* Postings as text: positions with a blank between them, what shares one with "|"; a stem in "()" when it is
 * not its form. */
static char *show(const OnrPostings *postings) {
  g_autoptr(GString) line = g_string_new(NULL);
  g_autoptr(GString) form = g_string_new(NULL);
  gsize offset = 0;
  OnrPosting p;
  while (postings->bytes && onr_postings_next(postings->bytes->data, postings->bytes->len, &offset, &p)) {
    if (p.is_stem) {
      cr_assert_neq(p.length > 0 && p.term[0] == 'Z', 0);
      if (form->len != p.length - 1u || memcmp(form->str, p.term + 1, form->len))
        g_string_append_printf(line, "(%.*s)", p.length - 1, p.term + 1);
      continue;
    }
    if (line->len > 0)
      g_string_append_c(line, p.is_colocated ? '|' : ' ');
    g_string_truncate(form, 0);
    g_string_append_len(form, p.term, p.length);
    g_string_append(line, form->str);
  }
  return g_string_free(g_steal_pointer(&line), FALSE);
}

Test(terms, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("terms.test");
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_auto(OnrPostings) postings = {0};
    onr_terms_post_text(maker, c->input, strlen(c->input), "", &postings);
    g_autofree char *shown = show(&postings);
    const char *expected = c->expected->len ? c->expected->pdata[0] : "";
    cr_expect_str_eq(shown, expected, "terms.test:%u: %s", c->line, shown);
  }
}

static char *show_query(OnrTermMaker *maker, const char *text, gboolean whole) {
  g_autoptr(GArray) terms = onr_terms_query(maker, text, strlen(text), whole);
  GString *line = g_string_new(NULL);
  for (guint i = 0; i < terms->len; i++) {
    const OnrQueryTerm *t = &g_array_index(terms, OnrQueryTerm, i);
    g_string_append_printf(line, "%s%s", i > 0 ? " " : "", t->form);
    if (strcmp(t->form, t->stem))
      g_string_append_printf(line, "(%s)", t->stem);
    cr_assert_neq(t->span.begin < t->span.end && t->span.end <= strlen(text), 0);
  }
  return g_string_free(line, FALSE);
}

Test(terms, query_cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("query_terms.test");
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *whole = show_query(maker, c->input, TRUE);
    g_autofree char *parts = show_query(maker, c->input, FALSE);
    cr_expect_str_eq(whole, c->expected->pdata[0], "query_terms.test:%u: %s", c->line, whole);
    cr_expect_str_eq(parts, c->expected->pdata[c->expected->len - 1], "query_terms.test:%u: %s", c->line,
                     parts);
  }
}

static void check_postings(const OnrPostings *postings, const char *prefix) {
  gsize offset = 0;
  guint32 n_forms = 0, n_stems = 0;
  OnrPosting p;
  while (onr_postings_next(postings->bytes->data, postings->bytes->len, &offset, &p)) {
    cr_assert_neq(p.length > strlen(prefix) && p.length <= ONR_TERM_MAX, 0);
    cr_assert_eq(memcmp(p.term, prefix, strlen(prefix)), 0);
    const char *rest = p.term + strlen(prefix);
    cr_assert_eq(p.is_stem, rest[0] == 'Z');
    cr_assert_neq(p.is_stem || !g_ascii_isupper(rest[0]), 0);
    cr_assert_neq(p.is_colocated || p.is_stem == 0, 0);
    cr_assert_eq(onr_utf8_valid_prefix(p.term, p.length), p.length);
    n_forms += p.is_stem ? 0 : 1;
    n_stems += p.is_stem ? 1 : 0;
    cr_assert_neq(n_stems <= n_forms, 0, "a stem without its form before it");
  }
  cr_assert_eq(offset, postings->bytes->len);
  cr_assert_eq(n_forms, postings->n_forms);
  cr_assert_eq(n_stems, postings->n_forms);
}

Test(terms, any_text_posts_pairs) {
  GRand *rand = g_rand_new_with_seed(8);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  g_auto(OnrPostings) postings = {0};
  for (guint i = 0; i < 4000; i++) {
    const char *prefix = i % 2 ? "XP" : "";
    random_text(rand, 80, text);
    onr_postings_reset(&postings);
    onr_terms_post_text(maker, text->str, text->len, prefix, &postings);
    check_postings(&postings, prefix);
  }
  g_rand_free(rand);
}

static gboolean is_posted(const OnrPostings *postings, const char *term) {
  gsize offset = 0;
  OnrPosting p;
  while (onr_postings_next(postings->bytes->data, postings->bytes->len, &offset, &p))
    if (strlen(term) == p.length && !memcmp(term, p.term, p.length))
      return TRUE;
  return FALSE;
}

static void check_found(OnrTermMaker *maker, const OnrPostings *postings, const char *text, const OnrToken *t,
                        gboolean whole) {
  g_autoptr(GArray) terms = onr_terms_query(maker, text + t->begin, t->end - t->begin, whole);
  for (guint k = 0; k < terms->len; k++) {
    const OnrQueryTerm *term = &g_array_index(terms, OnrQueryTerm, k);
    g_autofree char *form = onr_term_compose("XT", FALSE, term->form);
    g_autofree char *stem = onr_term_compose("XT", TRUE, term->stem);
    cr_assert_neq(is_posted(postings, form), 0, "\"%.*s\" does not post %s", (int)(t->end - t->begin),
                  text + t->begin, form);
    cr_assert_neq(is_posted(postings, stem), 0, "\"%.*s\" does not post %s", (int)(t->end - t->begin),
                  text + t->begin, stem);
  }
}

/* Whatever word of a text is asked for as it stands there is found, whole and by its parts. */
Test(terms, a_texts_own_words_find_it) {
  GRand *rand = g_rand_new_with_seed(9);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  g_auto(OnrTokens) tokens = {0};
  for (guint i = 0; i < 1500; i++) {
    g_auto(OnrPostings) postings = {0};
    random_text(rand, 40, text);
    onr_tokens_scan(text->str, text->len, &tokens);
    onr_terms_post(maker, text->str, &tokens, 0, tokens.n, "XT", &postings);
    for (guint32 k = 0; k < tokens.n; k++) {
      check_found(maker, &postings, text->str, &tokens.items[k], TRUE);
      check_found(maker, &postings, text->str, &tokens.items[k], FALSE);
    }
  }
  g_rand_free(rand);
}

/* Short ASCII words take a way of their own; a soft hyphen, which folds to nothing, makes the same word take
 * the general one. */
Test(terms, short_way_agrees) {
  static const char *const words[] = {"a",
                                      "I",
                                      "Go",
                                      "cats",
                                      "Running",
                                      "MINISTERS",
                                      "abcdefgh",
                                      "abcdefghi",
                                      "Government",
                                      "1990s",
                                      "X1",
                                      "seventeen-letter",
                                      "sixteenletterwrd",
                                      "abcdefghijklmnopqrstuvwx",
                                      "abcdefghijklmnopqrstuvwxy",
                                      "internationalizations",
                                      "O'Brien",
                                      "don't",
                                      "ministers's"};
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autofree char *marked = g_strdup_printf("%c\u00ad%s", words[i][0], words[i] + 1);
    g_auto(OnrPostings) plain = {0}, general = {0};
    onr_terms_post_text(maker, words[i], strlen(words[i]), "", &plain);
    onr_terms_post_text(maker, marked, strlen(marked), "", &general);
    g_autofree char *a = show(&plain);
    g_autofree char *b = show(&general);
    cr_expect_str_eq(a, b, "%s: %s, %s", words[i], a, b);
  }
}

Test(terms, long_words_are_cut_and_told_apart) {
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  static const gsize lengths[] = {197, 198, 199, 200, 201, 1000, 1000 * 1000};
  for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
    g_autofree char *a = g_strnfill(lengths[i], 'x');
    g_autofree char *b = g_strdup(a);
    b[lengths[i] - 1] = 'y';
    g_autofree char *both = g_strconcat(a, " ", b, NULL);
    g_auto(OnrPostings) postings = {0};
    onr_terms_post_text(maker, both, strlen(both), "XT", &postings);
    check_postings(&postings, "XT");
    g_autofree char *term_a = onr_term_compose("XT", FALSE, a);
    g_autofree char *term_b = onr_term_compose("XT", FALSE, b);
    cr_assert_str_neq(term_a, term_b);
    cr_assert_leq(strlen(term_a), ONR_TERM_MAX);
    cr_assert_neq(is_posted(&postings, term_a) && is_posted(&postings, term_b), 0);
    cr_assert_eq(strlen(term_a) == 2 + lengths[i], lengths[i] <= 198);
  }
}

/* A cut never splits a character. */
Test(terms, long_words_of_many_bytes) {
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("none", NULL);
  for (guint shift = 0; shift < 4; shift++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint k = 0; k < shift; k++)
      g_string_append_c(text, 'a');
    for (guint k = 0; k < 300; k++)
      g_string_append(text, "한");
    g_auto(OnrPostings) postings = {0};
    onr_terms_post_text(maker, text->str, text->len, "", &postings);
    check_postings(&postings, "");
    cr_assert_eq(postings.n_forms, 1);
  }
}

Test(terms, malformed_postings_end) {
  static const struct {
    const char *bytes;
    gsize n;
  } bad[] = {{"", 0}, {"\0", 1}, {"\0\5abc", 5}, {"\4\1a", 3}, {"\xff\1a", 3}};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    OnrPosting p;
    gsize offset = 0;
    g_autofree guint8 *bytes = g_memdup2(bad[i].bytes, MAX(bad[i].n, 1));
    cr_assert_not(onr_postings_next(bytes, bad[i].n, &offset, &p));
    cr_assert_eq(offset, 0);
    offset = 100;
    cr_assert_not(onr_postings_next(bytes, bad[i].n, &offset, &p));
  }
}

Test(terms, reset_and_append) {
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  g_auto(OnrPostings) postings = {0};
  onr_postings_reset(&postings);
  onr_terms_post_text(maker, "one", 3, "", &postings);
  onr_terms_post_text(maker, "two", 3, "S", &postings);
  cr_assert_eq(postings.n_forms, 2);
  gsize offset = 0;
  OnrPosting p;
  cr_assert_neq(onr_postings_next(postings.bytes->data, postings.bytes->len, &offset, &p), 0);
  cr_assert_neq(onr_postings_next(postings.bytes->data, postings.bytes->len, &offset, &p), 0);
  cr_assert_neq(p.length == 4 && !memcmp(p.term, "Zone", 4), 0);
  cr_assert_neq(onr_postings_next(postings.bytes->data, postings.bytes->len, &offset, &p), 0);
  cr_assert_neq(p.length == 4 && !memcmp(p.term, "Stwo", 4) && !p.is_colocated, 0);
  cr_assert_neq(onr_postings_next(postings.bytes->data, postings.bytes->len, &offset, &p), 0);
  cr_assert_neq(p.length == 5 && !memcmp(p.term, "SZtwo", 5) && p.is_stem, 0);
  onr_postings_reset(&postings);
  cr_assert_eq(postings.bytes->len, 0);
  cr_assert_eq(postings.n_forms, 0);
}

Test(terms, without_stemming) {
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("none", NULL);
  g_auto(OnrPostings) postings = {0};
  onr_terms_post_text(maker, "Running ministers’ cars-and-buses", 35, "", &postings);
  g_autofree char *shown = show(&postings);
  cr_assert_str_eq(shown, "running ministers cars|cars-and-buses and buses");
}

Test(terms, token_forms) {
  static const char text[] = "Ministers met NATO’s U.S.-led 中国人 ...";
  static const char *const expected[][2] = {{"ministers", "minist"},
                                            {"met", "met"},
                                            {"nato", "nato"},
                                            {"u.s-led", "u.s-led"},
                                            {"中国人", "中国人"}};
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  g_autoptr(GString) form = g_string_new(NULL), stem = g_string_new(NULL);
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text, strlen(text), &tokens);
  cr_assert_eq(tokens.n, G_N_ELEMENTS(expected) + 1);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    cr_assert_neq(onr_terms_token_form(maker, text, &tokens.items[i], form, stem), 0);
    cr_expect_str_eq(form->str, expected[i][0]);
    cr_expect_str_eq(stem->str, expected[i][1]);
  }
  cr_assert_not(onr_terms_token_form(maker, text, &tokens.items[tokens.n - 1], form, stem));
}

Test(terms, unknown_language) {
  g_autoptr(GError) error = NULL;
  cr_assert_null(onr_term_maker_new("klingon", &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED), 0);
  onr_term_maker_free(NULL);
}

/* More than the maker's buffer holds, with the longest terms there are. */
Test(terms, large_fields) {
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 2000; i++) {
    g_string_append_printf(text, "word%u ", i);
    for (guint k = 0; k < i % 230; k++)
      g_string_append_c(text, (char)('a' + k % 26));
    g_string_append_c(text, ' ');
  }
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  g_auto(OnrPostings) postings = {0};
  onr_terms_post_text(maker, text->str, text->len, "XVERYLONGPREFIX", &postings);
  check_postings(&postings, "XVERYLONGPREFIX");
}
