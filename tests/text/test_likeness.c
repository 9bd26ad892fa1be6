/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/likeness.h"

#include <stdlib.h>
#include <string.h>

ONR_SUITE(likeness);

static const char *const names[] = {
    [ONR_LIKENESS_NONE] = "none", [ONR_LIKENESS_SIMILAR] = "similar", [ONR_LIKENESS_SAME] = "same"};

static OnrWording *wording_of(const char *text, gboolean has_title) {
  const char *mark = has_title ? strstr(text, " :: ") : NULL;
  g_autofree char *title = mark ? g_strndup(text, (gsize)(mark - text)) : NULL;
  const char *body = mark ? mark + strlen(" :: ") : text;
  return onr_wording_new(title, body, strlen(body));
}

Test(likeness, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("likeness.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    const char *wanted = c->expected->pdata[1], *days = strstr(wanted, "days ");
    gboolean has_title = strstr(wanted, "title") != NULL;
    g_autoptr(OnrWording) a = wording_of(c->input, has_title),
                          b = wording_of(c->expected->pdata[0], has_title);
    guint n_days = days ? (guint)atoi(days + strlen("days ")) : 0;
    OnrLikenessFigures f;
    const char *got = names[onr_likeness(a, b, n_days, &f)], *back = names[onr_likeness(b, a, n_days, NULL)];
    cr_expect_eq(g_str_has_prefix(wanted, got), TRUE,
                 "likeness.test:%u: %s; shared %u of %u and %u, facts %u, gone %u, edits %u, cut %u, lead %u",
                 c->line, got, f.n_shared, f.n_shorter, f.n_longer, f.n_facts, f.n_gone, f.n_edits, f.n_cut,
                 f.n_lead);
    cr_expect_str_eq(got, back, "likeness.test:%u: %s, and %s the other way round", c->line, got, back);
  }
}

/* Words are shared once, whatever the texts are. */
Test(likeness, of_any_texts_is_within_bounds) {
  GRand *rand = g_rand_new_with_seed(7);
  g_autoptr(GString) x = g_string_new(NULL), y = g_string_new(NULL);
  for (guint i = 0; i < 600; i++) {
    random_text(rand, 80, x);
    random_text(rand, 80, y);
    if (i % 2)
      g_string_append(y, x->str);
    g_autoptr(OnrWording) a = onr_wording_new(NULL, x->str, x->len), b = onr_wording_new("T", y->str, y->len);
    OnrLikenessFigures f, g;
    OnrLikeness there = onr_likeness(a, b, 0, &f), back = onr_likeness(b, a, 0, &g);
    cr_assert_eq(there, back);
    cr_assert_eq(memcmp(&f, &g, sizeof f), 0);
    cr_assert_leq(f.n_shared, f.n_shorter);
    cr_assert_leq(f.n_gone, f.n_facts);
    cr_assert_leq(onr_likeness_shared(&f), 1000);
    cr_assert_eq(onr_likeness(a, a, 0, &f) == ONR_LIKENESS_SAME || f.n_shorter < 8, TRUE);
    cr_assert_eq(f.n_shared, f.n_shorter);
  }
  g_rand_free(rand);
}

Test(likeness, of_texts_that_have_themselves_twice) {
  g_autoptr(GString) once = g_string_new(NULL);
  for (guint i = 0; i < 300; i++)
    g_string_append_printf(once, "word%u ", i % 150);
  g_autoptr(OnrWording) a = onr_wording_new(NULL, once->str, once->len);
  once->str[0] = 'W';
  g_autoptr(OnrWording) b = onr_wording_new(NULL, once->str, once->len);
  OnrLikenessFigures f;
  cr_expect_eq(onr_likeness(a, b, 0, &f), ONR_LIKENESS_SAME);
  cr_expect_eq(f.n_shared, 300);
}
