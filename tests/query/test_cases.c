/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stages that need an archive, as they print themselves; cases are data over the articles of news.txt and
 * long.txt. */
#include "printing.h"

ONR_SUITE(query_cases);

typedef char *(*PrintFunc)(OnrFixture *fixture, const char *input);

static void check_cases(const char *articles, const char *cases_name, PrintFunc print) {
  g_autoptr(OnrFixture) fixture = onr_fixture_new();
  onr_fixture_add_file(fixture, articles);
  onr_fixture_ready(fixture);
  g_autoptr(GPtrArray) cases = onr_test_cases(cases_name);
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *printed = print(fixture, c->input);
    onr_check_lines(cases_name, c, printed);
  }
}

Test(query_cases, plans) {
  check_cases("news.txt", "plan_query.test", onr_print_plan);
}

Test(query_cases, hits) {
  check_cases("news.txt", "plan_query_hits.test", onr_print_hits);
}

Test(query_cases, snippets) {
  check_cases("news.txt", "snippets.test", onr_print_snippets);
}

Test(query_cases, snippets_of_long_texts) {
  check_cases("long.txt", "snippets_long.test", onr_print_snippets);
}

Test(query_cases, suggestions) {
  check_cases("news.txt", "plan_query_suggestions.test", onr_print_suggestions);
}

Test(query_cases, explanations) {
  check_cases("news.txt", "plan_query_explanations.test", onr_print_explanation);
}
