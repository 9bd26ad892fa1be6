/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Queries as Xapian prints them, and those that cannot be made. */
#include "fixture.h"

#include <math.h>

ONR_SUITE(xapian_queries);

/* Takes QUERY. */
static void expect(OnrXapQuery *query, const char *expected) {
  GError *error = NULL;
  g_autofree char *text = onr_xap_query_describe(query, &error);
  fixture_no_error(error);
  cr_assert_str_eq(text, expected);
  onr_xap_query_free(query);
}

Test(xapian_queries, leaves) {
  GError *error = NULL;
  expect(onr_xap_query_all(&error), "Query(<alldocuments>)");
  expect(onr_xap_query_none(&error), "Query()");
  expect(onr_xap_query_term("war", 3, 1, &error), "Query(war)");
  expect(onr_xap_query_term("war", 3, 2, &error), "Query(war#2)");
  expect(onr_xap_query_range(3, "a", 1, "b", 1, &error), "Query(VALUE_RANGE 3 a b)");
  expect(onr_xap_query_range(3, "b", 1, "a", 1, &error), "Query()");
  onr_xap_query_free(NULL);
}

Test(xapian_queries, groups) {
  expect(fixture_group(ONR_XAP_AND, "a b c", 0), "Query((a AND b AND c))");
  expect(fixture_group(ONR_XAP_OR, "a b c", 0), "Query((a OR b OR c))");
  expect(fixture_group(ONR_XAP_PHRASE, "a b", 2), "Query((a PHRASE 2 b))");
  expect(fixture_group(ONR_XAP_PHRASE, "a b c", 0), "Query((a PHRASE 3 b PHRASE 3 c))");
  expect(fixture_group(ONR_XAP_NEAR, "a|x b", 5), "Query(((a OR x) NEAR 5 b))");
  for (guint op = ONR_XAP_AND; op <= ONR_XAP_NEAR; op++)
    expect(fixture_group((OnrXapOperator)op, "a", 5), "Query(a)");
}

Test(xapian_queries, pairs_and_weights) {
  GError *error = NULL;
  expect(onr_xap_query_and_not(fixture_term("a"), fixture_term("b"), &error), "Query((a AND_NOT b))");
  expect(onr_xap_query_filter(fixture_term("a"), fixture_term("b"), &error), "Query((a FILTER b))");
  expect(onr_xap_query_scale(fixture_term("a"), 2.5, &error), "Query(2.5 * a)");
  expect(onr_xap_query_scale(fixture_term("a"), 0, &error), "Query(0 * a)");
}

Test(xapian_queries, what_cannot_be_made) {
  GError *error = NULL;
  cr_assert_null(onr_xap_query_group(ONR_XAP_AND, NULL, 0, 0, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "at least one member");
  cr_assert_null(onr_xap_query_term("", 0, 1, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "a term is not empty");
  g_autofree char *longer = g_strnfill(ONR_XAP_TERM_MAX + 1, 'x');
  cr_assert_null(onr_xap_query_term(longer, ONR_XAP_TERM_MAX + 1, 1, &error));
  fixture_expect(&error, ONR_ERROR_LIMIT, "a term has at most 245 bytes");
  cr_assert_null(onr_xap_query_range(0, "", 0, "b", 1, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "no value");
  for (guint i = 0; i < 3; i++) {
    cr_assert_null(onr_xap_query_scale(fixture_term("a"), (double[]){-1, NAN, INFINITY}[i], &error));
    fixture_expect(&error, ONR_ERROR_USAGE, "a number from 0");
  }
}

/* So that queries can be nested and the error looked at once. */
Test(xapian_queries, a_child_that_failed_makes_its_parents_fail_with_its_error) {
  GError *error = NULL;
  OnrXapQuery *bad = onr_xap_query_term("", 0, 1, &error);
  bad = onr_xap_query_scale(bad, 2, &error);
  bad = onr_xap_query_and_not(fixture_term("a"), bad, &error);
  bad = onr_xap_query_filter(bad, fixture_term("b"), &error);
  OnrXapQuery *children[] = {fixture_term("c"), bad};
  cr_assert_null(onr_xap_query_group(ONR_XAP_AND, children, 2, 0, &error));
  fixture_expect(&error, ONR_ERROR_USAGE, "a term is not empty");
}

/* A query is used for any number of searches, also on other databases, and outlives none of what it was made
 * of. */
Test(xapian_queries, a_query_is_used_again) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"a b", "", "a", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapQuery) query =
      onr_xap_query_and_not(fixture_group(ONR_XAP_OR, "a b", 0), fixture_term("b"), &error);
  for (guint round = 0; round < 2; round++) {
    g_auto(OnrXapMatches) matches = {0};
    OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
    fixture_search(db, query, &spec, &matches);
    cr_assert_eq(matches.n_matches, 1);
  }
}
