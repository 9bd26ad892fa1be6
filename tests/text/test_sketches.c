/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/support.h"
#include "text/sketch.h"
#include "text/sketch_pairs.h"

#include <string.h>

ONR_SUITE(sketches);

static void post(const char *text, OnrPostings *out) {
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new("english", NULL);
  onr_postings_reset(out);
  onr_terms_post_text(maker, text, strlen(text), "", out);
}

static OnrSketch sketch_of(const char *text) {
  g_auto(OnrPostings) postings = {0};
  g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(guint64));
  OnrSketch sketch;
  post(text, &postings);
  onr_sketch_add_words(&postings, words);
  onr_sketch_make((const guint64 *)(gconstpointer)words->data, words->len, &sketch);
  return sketch;
}

static guint count_shared(const guint32 *a, guint n_a, const guint32 *b, guint n_b) {
  guint n = 0;
  for (guint i = 0; i < n_a; i++)
    for (guint k = 0; k < n_b; k++)
      n += a[i] == b[k] ? 1 : 0;
  return n;
}

/* N words that no other SEED has; each CHANGED-th is another one (0: none). */
static char *make_text(guint seed, guint n, guint changed) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, changed && i % changed == changed - 1 ? "other%u_%u " : "w%u_%u ", seed, i);
  return g_string_free(text, FALSE);
}

Test(sketches, know_words_and_not_what_is_between) {
  OnrSketch a = sketch_of("The quay of Sandhythe is closed: nobody may land there, NATO’s boats neither."),
            b = sketch_of("the QUAY of Sandhythe — is closed; nobody may land there. NATO boats neither"),
            c = sketch_of("The quay of Sandhythe is closed: nobody may land here, NATO’s boats neither.");
  cr_expect_eq(a.hash, b.hash);
  cr_expect_neq(a.hash, c.hash);
  cr_expect_eq(a.n_words, 13);
  cr_expect_eq(a.n, 9);
  cr_expect_eq(count_shared(a.elements, a.n, b.elements, b.n), 9);
  cr_expect_eq(count_shared(a.elements, a.n, c.elements, c.n), 5, "four of nine runs have the word");
  cr_expect_eq(sketch_of("Too few words to be sure of").n, 0);
}

Test(sketches, estimate_what_is_contained) {
  g_autofree char *whole = make_text(1, 2000, 0), *half = make_text(1, 1000, 0),
                  *edited = make_text(1, 2000, 20), *other = make_text(2, 2000, 0);
  OnrSketch a = sketch_of(whole);
  const struct {
    const char *text;
    double least, most;
  } cases[] = {{whole, 1, 1}, {half, 0.6, 1.5}, {edited, 0.5, 1}, {other, 0, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    OnrSketch b = sketch_of(cases[i].text);
    double got = onr_sketch_containment(&a, &b, count_shared(a.elements, a.n, b.elements, b.n));
    cr_expect_geq(got, cases[i].least, "case %u: %f", i, got);
    cr_expect_leq(got, cases[i].most, "case %u: %f", i, got);
  }
}

Test(sketches, are_read_as_they_were_written) {
  g_autofree char *text = make_text(3, 500, 0);
  OnrSketch a = sketch_of(text), b;
  guint8 bytes[ONR_SKETCH_BYTES_MAX];
  gsize n = onr_sketch_write(&a, bytes);
  cr_assert_eq(n, ONR_SKETCH_BYTES_MAX);
  cr_assert_eq(onr_sketch_read(bytes, n, &b), TRUE);
  cr_expect_eq(memcmp(&a, &b, sizeof a), 0);
  for (gsize cut = 0; cut < n; cut++)
    if (onr_sketch_read(bytes, cut, &b))
      cr_expect_eq(cut % 4 == 0 && cut > 12 && b.n < a.n, TRUE, "%zu bytes", cut);
}

Test(sketches, of_quotes_follow_each_other) {
  static const char *const quotes[] = {"we will not close the harbour while a single boat is out", "yes", "",
                                       "we will not close the harbour while any single boat is out there",
                                       "it is what it is, as it is"};
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_autoptr(GArray) scratch = g_array_new(FALSE, FALSE, sizeof(guint64));
  g_auto(OnrPostings) postings = {0};
  OnrQuoteSketch made[G_N_ELEMENTS(quotes)], read;
  for (guint i = 0; i < G_N_ELEMENTS(quotes); i++) {
    post(quotes[i], &postings);
    onr_quote_sketch_make(&postings, scratch, &made[i]);
    onr_quote_sketch_write(&made[i], bytes);
  }
  gsize at = 0;
  for (guint i = 0; i < G_N_ELEMENTS(quotes); i++) {
    cr_assert_eq(onr_quote_sketch_next(bytes->data, bytes->len, &at, &read), TRUE);
    cr_expect_eq(memcmp(&read, &made[i], sizeof read), 0, "%s", quotes[i]);
  }
  cr_expect_eq(at, bytes->len);
  cr_expect_eq(onr_quote_sketch_next(bytes->data, bytes->len, &at, &read), FALSE);
  at = 0;
  cr_expect_eq(onr_quote_sketch_next(bytes->data, 5, &at, &read), FALSE, "cut short");
  cr_expect_eq(made[0].is_short, FALSE);
  cr_expect_eq(made[1].is_short && made[1].n == 1, TRUE);
  cr_expect_eq(made[2].n, 0);
  cr_expect_eq(made[4].is_short, TRUE, "small words only");
  guint n_shared = count_shared(made[0].elements, made[0].n, made[3].elements, made[3].n);
  cr_expect_geq(onr_quote_sketch_containment(&made[0], &made[3], n_shared), 0.5);
}

/* --- pairs --- */

static gboolean print_pair(guint32 item, guint32 other, guint n_shared, gpointer out) {
  g_string_append_printf(out, "%u-%u:%u ", item, other, n_shared);
  return TRUE;
}

static char *pairs_of(const guint32 (*elements)[4], guint n_items, guint least) {
  g_autoptr(OnrPairFinder) finder = onr_pair_finder_new(n_items * 4);
  GString *out = g_string_new(NULL);
  for (guint i = n_items; i-- > 0;) /* in any order */
    onr_pair_finder_note(finder, elements[i], 4);
  for (guint i = 0; i < n_items; i++)
    onr_pair_finder_add(finder, i, elements[i], 4);
  cr_assert_eq(onr_pair_finder_find(finder, n_items, least, print_pair, out), TRUE);
  return g_string_free(out, FALSE);
}

Test(sketches, are_paired_by_what_they_have_in_common) {
  static const guint32 elements[][4] = {
      {1, 2, 3, 4}, {11, 12, 13, 14}, {1, 2, 23, 24}, {4, 3, 2, 1}, {1, 13, 14, 99}};
  g_autofree char *two = pairs_of(elements, 5, 2), *three = pairs_of(elements, 5, 3),
                  *none = pairs_of(elements, 0, 2);
  cr_expect_str_eq(two, "2-0:2 3-0:4 3-2:2 4-1:2 ");
  cr_expect_str_eq(three, "3-0:4 ");
  cr_expect_str_eq(none, "");
}

/* What very many have joins each with some of the others, so that all hang together and their pairs do not
 * grow with their square. */
Test(sketches, of_very_many_alike_hang_together) {
  enum { N = 500 };
  guint32 elements[N][4];
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < 4; k++)
      elements[i][k] = k < 3 ? k : 1000 + i;
  g_autofree char *pairs = pairs_of((const guint32(*)[4])elements, N, 3);
  g_auto(GStrv) each = g_strsplit(pairs, " ", -1);
  guint n = g_strv_length(each) - 1;
  cr_expect_leq(n, N * ONR_PAIRS_NEAR);
  for (guint i = 1; i < N; i++) {
    g_autofree char *joined = g_strdup_printf("%u-%u:3", i, i - 1);
    cr_expect_eq(g_strv_contains((const char *const *)each, joined), TRUE, "%s", joined);
  }
}
