/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is found, in which order, how much of it there is, and where Xapian's own rules surprise. */
#include "fixture.h"

#include <math.h>
#include <string.h>

ONR_SUITE(xapian_searching);

static OnrXapDatabase *build_and_open(const char *path, const char *const *texts) {
  fixture_build(path, 1, 1, texts);
  return fixture_open(path, NULL);
}

Test(xapian_searching, operators) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = build_and_open(
      fixture->one, (const char *[]){"a b c", "", "b a c", "", "c", "", "a c b", "", "", "", NULL});
  fixture_finds(db, onr_xap_query_all(&error), ONR_XAP_BY_DOCID, "1 2 3 4 5");
  fixture_finds(db, onr_xap_query_none(&error), ONR_XAP_BY_DOCID, "");
  fixture_finds(db, fixture_term("none"), ONR_XAP_BY_DOCID, "");
  fixture_finds(db, fixture_group(ONR_XAP_AND, "a c", 0), ONR_XAP_BY_DOCID, "1 2 4");
  fixture_finds(db, fixture_group(ONR_XAP_OR, "a c none", 0), ONR_XAP_BY_DOCID, "1 2 3 4");
  fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "a b", 2), ONR_XAP_BY_DOCID, "1");
  fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "a b", 3), ONR_XAP_BY_DOCID, "1 4");
  fixture_finds(db, fixture_group(ONR_XAP_NEAR, "a b", 2), ONR_XAP_BY_DOCID, "1 2");
  fixture_finds(db, fixture_group(ONR_XAP_NEAR, "a|b c", 2), ONR_XAP_BY_DOCID, "1 2 4");
  fixture_finds(db, onr_xap_query_and_not(fixture_term("c"), fixture_term("a"), &error), ONR_XAP_BY_DOCID,
                "3");
  fixture_finds(db, onr_xap_query_filter(fixture_term("c"), fixture_term("a"), &error), ONR_XAP_BY_DOCID,
                "1 2 4");
  fixture_finds(db, onr_xap_query_and_not(onr_xap_query_all(&error), fixture_term("c"), &error),
                ONR_XAP_BY_DOCID, "5");
}

Test(xapian_searching, ranges_include_their_ends_and_only_what_has_a_value) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = build_and_open(
      fixture->one, (const char *[]){"a", "10", "a", "20", "a", "", "a", "2", "a", "1", "a", "20x", NULL});
  fixture_finds(db, onr_xap_query_range(0, "10", 2, "20", 2, &error), ONR_XAP_BY_DOCID, "1 2 4");
  fixture_finds(db, onr_xap_query_range(0, "1", 1, "\xff", 1, &error), ONR_XAP_BY_DOCID, "1 2 4 5 6");
  fixture_finds(db, onr_xap_query_range(0, "1", 1, "1", 1, &error), ONR_XAP_BY_DOCID, "5");
  fixture_finds(db, onr_xap_query_range(0, "\0", 1, "1", 1, &error), ONR_XAP_BY_DOCID, "5");
  fixture_finds(db, onr_xap_query_range(0, "1", 1, "", 0, &error), ONR_XAP_BY_DOCID, "");
  fixture_finds(db, onr_xap_query_range(7, "0", 1, "9", 1, &error), ONR_XAP_BY_DOCID, "");
}

Test(xapian_searching, orders) {
  g_autoptr(Fixture) fixture = fixture_new();
  /* weights: 1 and 3 alike, 2 and 5 alike and lighter, 4 the heaviest */
  g_autoptr(OnrXapDatabase) db =
      build_and_open(fixture->one, (const char *[]){"a a x", "2", "a x y", "1", "a a y", "1", "a a a", "",
                                                    "a z z", "2", NULL});
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_DOCID, "1 2 3 4 5");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_WEIGHT_THEN_VALUE, "4 3 1 2 5");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "1 5 3 2 4");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE, "4 2 3 1 5");
}

Test(xapian_searching, ties_are_by_value_and_number) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapDatabase) db = build_and_open(
      fixture->one, (const char *[]){"a", "2", "a", "", "a", "1", "a", "2", "a", "1", "a", "", NULL});
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_WEIGHT_THEN_VALUE, "2 6 3 5 1 4");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "1 4 3 5 2 6");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE, "2 6 3 5 1 4");
}

/* The weight of the first match. Takes QUERY. */
static double best_weight(OnrXapDatabase *db, OnrXapQuery *query, OnrXapOrder order) {
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(order);
  fixture_search(db, query, &spec, &matches);
  onr_xap_query_free(query);
  cr_assert_gt(matches.items->len, 0);
  return g_array_index(matches.items, OnrXapMatch, 0).weight;
}

static double weight(OnrXapDatabase *db, OnrXapQuery *query) {
  return best_weight(db, query, ONR_XAP_BY_WEIGHT_THEN_VALUE);
}

static void expect_equal(double a, double b) {
  cr_assert_float_eq(a, b, 1e-12, "%.17g and %.17g", a, b);
}

Test(xapian_searching, weights) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db =
      build_and_open(fixture->one, (const char *[]){"a b", "", "c d", "", "e f", "", "g h", "", NULL});
  const double a = weight(db, fixture_term("a")), b = weight(db, fixture_term("b"));
  cr_assert_gt(a, 0);
  expect_equal(weight(db, fixture_group(ONR_XAP_AND, "a b", 0)), a + b);
  expect_equal(weight(db, fixture_group(ONR_XAP_PHRASE, "a b", 2)), a + b);
  expect_equal(weight(db, fixture_group(ONR_XAP_NEAR, "a b", 2)), a + b);
  expect_equal(weight(db, onr_xap_query_filter(fixture_term("a"), fixture_term("b"), &error)), a);
  expect_equal(weight(db, onr_xap_query_scale(fixture_term("a"), 2.5, &error)), 2.5 * a);
  expect_equal(weight(db, onr_xap_query_term("a", 1, 2, &error)),
               2 * a * 2 / 3); /* k3 = 1: (k3 + 1) q / (k3 + q) */
  cr_assert_eq(weight(db, onr_xap_query_scale(fixture_term("a"), 0, &error)), 0);
  cr_assert_eq(weight(db, onr_xap_query_all(&error)), 0);
  cr_assert_eq(best_weight(db, fixture_term("a"), ONR_XAP_BY_DOCID), 0);
  cr_assert_eq(best_weight(db, fixture_term("a"), ONR_XAP_BY_VALUE), 0);
  expect_equal(best_weight(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT), a);
}

/* Xapian's formula: a document of twice the average length, a term that stands in it three times. */
Test(xapian_searching, bm25_takes_its_constants_from_the_spec) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapDatabase) db =
      build_and_open(fixture->one, (const char *[]){"a a a b", "", "c", "", "c", "", "c c", "", NULL});
  g_auto(OnrXapMatches) matches = {0};
  g_autoptr(OnrXapQuery) query = fixture_term("a");
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_WEIGHT_THEN_VALUE);
  spec.k1 = 1.2, spec.k3 = 8, spec.b = 0.75, spec.min_normlen = 0;
  fixture_search(db, query, &spec, &matches);
  const double idf = log((4 - 1 + 0.5) / (1 + 0.5));
  const double expected = idf * (1.2 + 1) * 3 / (3 + 1.2 * (0.25 + 0.75 * 2));
  expect_equal(g_array_index(matches.items, OnrXapMatch, 0).weight, expected);
}

static char *slice(OnrXapDatabase *db, guint32 first, guint32 n, guint64 *n_matches) {
  g_autoptr(OnrXapQuery) query = fixture_term("a");
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
  spec.first = first, spec.n = n;
  fixture_search(db, query, &spec, &matches);
  *n_matches = matches.n_matches;
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < matches.items->len; i++)
    g_string_append_printf(text, "%u ", g_array_index(matches.items, OnrXapMatch, i).docid);
  return g_string_free(text, FALSE);
}

Test(xapian_searching, slices) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapDatabase) db =
      build_and_open(fixture->one, (const char *[]){"a", "", "b", "", "a", "", "a", "", "a", "", NULL});
  static const struct {
    guint32 first, n;
    const char *expected;
  } cases[] = {{0, 2, "1 3 "}, {2, 2, "4 5 "}, {3, 9, "5 "}, {1, G_MAXUINT32, "3 4 5 "},
               {4, 1, ""},     {0, 0, ""},     {9, 9, ""},   {G_MAXUINT32, G_MAXUINT32, ""}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint64 n_matches = 0;
    g_autofree char *found = slice(db, cases[i].first, cases[i].n, &n_matches);
    cr_assert_str_eq(found, cases[i].expected);
    cr_assert_eq(n_matches, 4);
  }
}

static void build_many(const char *path, guint n) {
  g_autoptr(OnrXapWriter) writer = fixture_writer(path, ONR_XAP_CREATE);
  for (guint i = 1; i <= n; i++)
    fixture_put(writer, i, i % 3 ? i % 2 ? "a a b" : "a c" : "b a", i % 5 ? i % 2 ? "odd" : "even" : "");
  fixture_commit(writer);
}

/* The exact count is of all matches, whatever is asked to be given; without it, it is somewhere near. */
Test(xapian_searching, counts_are_exact_where_asked) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_many(fixture->one, 3000);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  for (guint order = ONR_XAP_BY_DOCID; order <= ONR_XAP_BY_VALUE; order++) {
    g_autoptr(OnrXapQuery) query = fixture_group(ONR_XAP_PHRASE, "a b", 2);
    g_auto(OnrXapMatches) matches = {0};
    OnrXapSpec spec = fixture_spec((OnrXapOrder)order);
    for (spec.n = 0; spec.n <= 10; spec.n += 10) {
      fixture_search(db, query, &spec, &matches);
      cr_assert_eq(matches.n_matches, 1000);
      cr_assert_eq(matches.items->len, spec.n);
    }
    spec.is_exact = FALSE;
    fixture_search(db, query, &spec, &matches);
    cr_assert_geq(matches.n_matches, 10);
    cr_assert_leq(matches.n_matches, 3000);
  }
}

static void append_count(const char *value, gsize length, guint64 n, gpointer data) {
  g_string_append_printf(data, "%.*s=%" G_GUINT64_FORMAT " ", (int)length, value, n);
}

Test(xapian_searching, values_are_counted_over_all_matches) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_many(fixture->one, 3000);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  for (guint order = ONR_XAP_BY_DOCID; order <= ONR_XAP_BY_VALUE; order++) {
    g_autoptr(OnrXapQuery) query = fixture_term("b");
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(OnrXapMatches) matches = {0};
    OnrXapSpec spec = fixture_spec((OnrXapOrder)order);
    spec.n = order * 5, spec.is_exact = FALSE, spec.each_value = append_count, spec.data = text;
    fixture_search(db, query, &spec, &matches);
    cr_assert_str_eq(text->str, "even=400 odd=1200 =400 ");
    cr_assert_eq(matches.n_matches, 2000);
    g_string_truncate(text, 0);
    spec.count_tail = 3;
    fixture_search(db, query, &spec, &matches);
    cr_assert_str_eq(text->str, "e=400 =1600 ", "what is all tail is none");
    g_string_truncate(text, 0);
    spec.count_slot = 5;
    fixture_search(db, query, &spec, &matches);
    cr_assert_str_eq(text->str, "=2000 ");
  }
}

Test(xapian_searching, nothing_found_is_no_value) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_many(fixture->one, 30);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapQuery) query = fixture_term("none");
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_VALUE);
  spec.each_value = append_count, spec.data = text;
  fixture_search(db, query, &spec, &matches);
  cr_assert_str_eq(text->str, "");
  cr_assert_eq(matches.n_matches, 0);
}

/* Only terms and alternatives of terms have positions. */
Test(xapian_searching, what_stands_under_phrase_and_near) {
  GError *error = NULL;
  for (guint op = ONR_XAP_PHRASE; op <= ONR_XAP_NEAR; op++) {
    OnrXapQuery *children[] = {fixture_term("a"), fixture_group(ONR_XAP_AND, "b c", 0)};
    cr_assert_null(onr_xap_query_group((OnrXapOperator)op, children, 2, 5, &error));
    fixture_expect(&error, ONR_ERROR_UNSUPPORTED, "OP_NEAR and OP_PHRASE");
  }
}

/* --- NEAR and places --- */

Test(xapian_searching, near_takes_one_term_twice_for_two_places) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapDatabase) db = build_and_open(
      fixture->one, (const char *[]){"a", "", "a a", "", "a x a", "", "a x x a", "", "a a a", "", NULL});
  fixture_finds(db, fixture_group(ONR_XAP_NEAR, "a a", 2), ONR_XAP_BY_DOCID, "2 5");
  fixture_finds(db, fixture_group(ONR_XAP_NEAR, "a a", 3), ONR_XAP_BY_DOCID, "2 3 5");
  fixture_finds(db, fixture_group(ONR_XAP_NEAR, "a a a", 3), ONR_XAP_BY_DOCID, "5");
  fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "a a", 2), ONR_XAP_BY_DOCID, "2 5");
}

/* One place is not enough for two terms; but of two terms at one place Xapian moves on one of them, and where
   that was the wrong one it does not find what is there: documents 3 and 5 are near. */
Test(xapian_searching, near_misses_terms_that_also_stand_at_one_place) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapDatabase) db =
      build_and_open(fixture->one, (const char *[]){"a|b", "", "a|b x x a", "", "a|b b x x a", "", "b|a x a",
                                                    "", "a|b a x x b", "", NULL});
  g_autofree char *found = fixture_found(db, fixture_group(ONR_XAP_NEAR, "a b", 2), ONR_XAP_BY_DOCID);
  cr_assert_str_neq(found, "3 5", "libxapian has mended NEAR: the detour by phrases can go");
  cr_assert_null(strpbrk(found, "124"), "%s", found);
}

/* The detour: in any order is one phrase or the other, and a phrase wants places that rise. The weight stays
 * AND's. */
static OnrXapQuery *near_by_phrases(const char *a, const char *b, guint window) {
  GError *error = NULL;
  g_autofree char *there = g_strdup_printf("%s %s", a, b), *back = g_strdup_printf("%s %s", b, a);
  OnrXapQuery *phrases[] = {fixture_group(ONR_XAP_PHRASE, there, window),
                            fixture_group(ONR_XAP_PHRASE, back, window)};
  OnrXapQuery *query = onr_xap_query_filter(fixture_group(ONR_XAP_AND, there, 0),
                                            onr_xap_query_group(ONR_XAP_OR, phrases, 2, 0, &error), &error);
  fixture_no_error(error);
  return query;
}

/* Whether two places of A and B are 1 to WINDOW - 1 apart. */
static gboolean is_near(guint32 a, guint32 b, guint window) {
  for (guint p = 0; p < 32; p++)
    for (guint q = 0; q < 32; q++)
      if (a >> p & 1 && b >> q & 1 && p != q && (p > q ? p - q : q - p) < window)
        return TRUE;
  return FALSE;
}

/* Bit P of the sets is place P. */
static char *words_of(guint32 a, guint32 b) {
  GString *words = g_string_new(NULL);
  for (guint place = 0; place < 12; place++)
    g_string_append_printf(words, "%s%s%s%s", place ? " " : "", a >> place & 1 ? "a" : "x",
                           b >> place & 1 ? "|" : "", b >> place & 1 ? "b" : "");
  return g_string_free(words, FALSE);
}

Test(xapian_searching, near_by_phrases_is_exact) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  guint32 a[201], b[201];
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  for (guint i = 1; i <= 200; i++) {
    a[i] = g_rand_int(random) & g_rand_int(random) & 0xfff;
    b[i] = g_rand_int(random) & g_rand_int(random) & 0xfff;
    g_autofree char *words = words_of(a[i], b[i]);
    fixture_put(writer, i, words, NULL);
  }
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  for (guint window = 2; window <= 4; window++) {
    g_autoptr(GString) expected = g_string_new(NULL);
    for (guint i = 1; i <= 200; i++)
      if (is_near(a[i], b[i], window))
        g_string_append_printf(expected, "%s%u", expected->len ? " " : "", i);
    fixture_finds(db, near_by_phrases("a", "b", window), ONR_XAP_BY_DOCID, expected->str);
  }
}
