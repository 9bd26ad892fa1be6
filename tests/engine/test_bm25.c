/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formula against numbers that Xapian itself gave (tests/cases/bm25.test). */
#include "archive/fts5/bm25.h"
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>

ONR_SUITE(engine_bm25);

typedef struct {
  OnrBm25 bm25;
  guint n_items, length;
  double average;
} BmCase;

static double score_words(const BmCase *c, const char *words) {
  double norm = onr_bm25_norm(&c->bm25, c->length, 1 / c->average), score = 0;
  g_auto(GStrv) parts = g_strsplit(words, ";", -1);
  for (guint i = 0; parts[i]; i++) {
    guint df, wqf, wdf;
    cr_assert_eq(sscanf(parts[i], "%u %u %u", &df, &wqf, &wdf), 3, "'%s'", parts[i]);
    score += onr_bm25_part(onr_bm25_weight(&c->bm25, c->n_items, df, wqf), norm, wdf);
  }
  return score;
}

Test(engine_bm25, scores_are_those_of_xapian) {
  g_autoptr(GPtrArray) cases = onr_test_cases("bm25.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *test = cases->pdata[i];
    BmCase c;
    int at = 0;
    cr_assert_eq(sscanf(test->input, "%lf %lf %lf %lf | %u %lf %u |%n", &c.bm25.k1, &c.bm25.k3, &c.bm25.b,
                        &c.bm25.min_normlen, &c.n_items, &c.average, &c.length, &at),
                 7, "line %u", test->line);
    double expected = g_ascii_strtod(test->expected->pdata[0], NULL);
    double score = score_words(&c, test->input + at);
    cr_assert_lt(fabs(score - expected), 1e-12 * fmax(1, expected), "line %u: %.17g, not %.17g", test->line,
                 score, expected);
  }
}

/* A term in every item still weighs something, and the more the rarer. */
Test(engine_bm25, weights_are_positive_and_fall_with_frequency) {
  double last = G_MAXDOUBLE;
  for (guint df = 0; df <= 100; df++) {
    double weight = onr_bm25_weight(&ONR_BM25_DEFAULT, 100, df, 1);
    cr_assert_gt(weight, 0);
    cr_assert_lt(weight, last);
    last = weight;
  }
}
