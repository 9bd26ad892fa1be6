/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/chars.h"
#include "text/token.h"

#include <string.h>

ONR_SUITE(tokens);

static const struct {
  guint8 flag;
  const char *name;
} flag_names[] = {
    {ONR_TOKEN_CAPITAL, "capital"}, {ONR_TOKEN_ALL_CAPS, "all-caps"}, {ONR_TOKEN_NON_ASCII, "non-ascii"},
    {ONR_TOKEN_JOINED, "joined"},   {ONR_TOKEN_DOTTED, "dotted"},     {ONR_TOKEN_UNSPACED, "unspaced"},
};

static char *describe(const char *text, const OnrToken *t) {
  static const char *const kinds[] = {"word", "number", "mark"};
  GString *line = g_string_new(NULL);
  g_string_append_len(line, text + t->begin, t->end - t->begin);
  g_string_append_printf(line, " %s", kinds[t->kind]);
  for (guint i = 0; i < G_N_ELEMENTS(flag_names); i++)
    if (t->flags & flag_names[i].flag)
      g_string_append_printf(line, " %s", flag_names[i].name);
  return g_string_free(line, FALSE);
}

/* Tokens with a blank between them, a possessive cut off by "<". */
static char *show(const char *text, const OnrTokens *tokens) {
  GString *line = g_string_new(NULL);
  for (guint32 i = 0; i < tokens->n; i++) {
    const OnrToken *t = &tokens->items[i];
    if (i > 0)
      g_string_append_c(line, ' ');
    g_string_append_len(line, text + t->begin, onr_token_bare_end(t) - t->begin);
    if (t->possessive) {
      g_string_append_c(line, '<');
      g_string_append_len(line, text + onr_token_bare_end(t), t->possessive);
    }
  }
  return g_string_free(line, FALSE);
}

Test(tokens, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("tokens.test");
  g_auto(OnrTokens) tokens = {0};
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    onr_tokens_scan(c->input, strlen(c->input), &tokens);
    g_autofree char *shown = show(c->input, &tokens);
    cr_expect_str_eq(shown, c->expected->pdata[0], "tokens.test:%u: %s", c->line, shown);
    for (guint k = 1; k < c->expected->len; k++) {
      gboolean found = FALSE;
      g_autoptr(GString) all = g_string_new(NULL);
      for (guint32 n = 0; n < tokens.n && !found; n++) {
        g_autofree char *line = describe(c->input, &tokens.items[n]);
        found = !strcmp(line, c->expected->pdata[k]);
        g_string_append_printf(all, "\n  %s", line);
      }
      cr_expect_neq(found, 0, "tokens.test:%u: no \"%s\" among%s", c->line, (char *)c->expected->pdata[k],
                    all->str);
    }
  }
}

static gboolean has_class_between(const char *text, guint32 from, guint32 to, guint8 class) {
  guint n;
  for (guint32 i = from; i < to; i += n) {
    guint8 k = onr_char_class_at(text + i, text + to, &n);
    if (k & class && k != ONR_CHAR_FORMAT)
      return TRUE;
  }
  return FALSE;
}

/* What lies between two tokens is white space or cannot be seen. */
static void check_gap(const char *text, guint32 from, guint32 to, const OnrToken *next, gboolean is_first) {
  guint n;
  for (guint32 i = from; i < to; i += n)
    cr_assert_neq(onr_char_class_at(text + i, text + to, &n) & ONR_CHAR_SPACE, 0,
                  "byte %u of \"%s\" in no token", i, text);
  if (!next)
    return;
  gboolean space = is_first || has_class_between(text, from, to, ONR_CHAR_SPACE);
  gboolean line = is_first || has_class_between(text, from, to, ONR_CHAR_LINE);
  cr_assert_eq((next->flags & ONR_TOKEN_SPACE_BEFORE) != 0, space);
  cr_assert_eq((next->flags & ONR_TOKEN_LINE_BEFORE) != 0, line);
}

static void check_token(const char *text, const OnrToken *t) {
  cr_assert_lt(t->begin, t->end);
  cr_assert_lt(t->possessive, t->end - t->begin);
  cr_assert_neq((guchar)text[t->begin] & 0xc0, 0x80);
  cr_assert_neq(g_utf8_validate(text + t->begin, t->end - t->begin, NULL), 0);
  gboolean non_ascii = FALSE;
  for (guint32 i = t->begin; i < t->end; i++)
    non_ascii |= (guchar)text[i] >= 0x80;
  cr_assert_eq((t->flags & ONR_TOKEN_NON_ASCII) != 0, non_ascii);
  guint n;
  guint8 first = onr_char_class_at(text + t->begin, text + t->end, &n);
  cr_assert_eq(t->kind == ONR_TOKEN_MARK, (first & ONR_CHAR_WORD) == 0);
  cr_assert_eq(t->kind == ONR_TOKEN_NUMBER, (first & ONR_CHAR_DIGIT) != 0);
}

static void check_tokens(const char *text, gsize length, const OnrTokens *tokens) {
  guint32 at = 0;
  for (guint32 i = 0; i < tokens->n; i++) {
    const OnrToken *t = &tokens->items[i];
    cr_assert_geq(t->begin, at);
    check_gap(text, at, t->begin, t, i == 0);
    check_token(text, t);
    at = t->end;
  }
  cr_assert_leq(at, length);
  check_gap(text, at, (guint32)length, NULL, FALSE);
}

Test(tokens, cover_any_text) {
  GRand *rand = g_rand_new_with_seed(2);
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(OnrTokens) tokens = {0};
  for (guint i = 0; i < 6000; i++) {
    random_text(rand, 60, text);
    onr_tokens_scan(text->str, text->len, &tokens);
    check_tokens(text->str, text->len, &tokens);
  }
  g_rand_free(rand);
}

/* A word that a blank ends takes a shorter way through the scanner than one that another mark ends: same
 * tokens. */
Test(tokens, short_way_agrees) {
  static const char letters[] = "abzABZ019";
  GRand *rand = g_rand_new_with_seed(3);
  g_auto(OnrTokens) plain = {0}, general = {0};
  for (guint i = 0; i < 4000; i++) {
    char text[64] = {0};
    gint32 n = g_rand_int_range(rand, 1, 28);
    for (gint32 k = 0; k < n; k++)
      text[k] = letters[g_rand_int_range(rand, 0, sizeof letters - 1)];
    strcpy(text + n, " and some more text");
    onr_tokens_scan(text, strlen(text), &plain);
    text[n] = '!';
    onr_tokens_scan(text, strlen(text), &general);
    cr_assert_eq(memcmp(&plain.items[0], &general.items[0], sizeof(OnrToken)), 0, "%s", text);
  }
  g_rand_free(rand);
}

Test(tokens, empty_and_tiny) {
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan("", 0, &tokens);
  cr_assert_eq(tokens.n, 0);
  onr_tokens_scan(" \n\t", 3, &tokens);
  cr_assert_eq(tokens.n, 0);
  onr_tokens_scan("a", 1, &tokens);
  cr_assert_eq(tokens.n, 1);
  cr_assert_eq(tokens.items[0].end, 1);
}

/* The scanner must not look past the end, which the sanitizer would see: each text is copied to memory of its
 * own size. */
Test(tokens, end_anywhere) {
  static const char whole[] = "The U.S.’s J. Smith-Jones/Lee’s “AT&T” paid 1,000.5 İ中国… e.g. ``x'' I.";
  g_auto(OnrTokens) tokens = {0};
  for (gsize n = 0; n < sizeof whole; n++) {
    g_autofree char *part = g_memdup2(whole, MAX(n, 1));
    onr_tokens_scan(part, n, &tokens);
    cr_assert_neq(n == 0 || tokens.n > 0, 0);
  }
}

/* Runs that would take hours if a character were looked at again for each one after it. */
Test(tokens, long_runs_in_linear_time, .timeout = 60) {
  static const char *const units[] = {"x",      "X.", "a-",  "a'",   "1,",    "1.", "-",  "'",
                                      "\"",     "A ", "J. ", "J.\n", "’s",    "é",  "中", "A.\xc2\xad",
                                      "\u0301", " ",  "&A",  "/",    "1,000", "a.a"};
  g_auto(OnrTokens) tokens = {0};
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 1000 * 1000)
      g_string_append(text, units[i]);
    onr_tokens_scan(text->str, text->len, &tokens);
    gboolean is_space = !strcmp(units[i], " ");
    cr_assert_eq(tokens.n == 0, is_space, "unit %u", i);
    cr_assert_neq(is_space || tokens.items[tokens.n - 1].end + strlen(units[i]) >= text->len, 0, "unit %u",
                  i);
  }
}

Test(tokens, joints_are_limited) {
  g_autoptr(GString) text = g_string_new("a");
  for (guint i = 0; i < 1000; i++)
    g_string_append(text, "/a");
  g_auto(OnrTokens) tokens = {0};
  onr_tokens_scan(text->str, text->len, &tokens);
  for (guint32 i = 0; i < tokens.n; i++)
    cr_assert_leq(tokens.items[i].end - tokens.items[i].begin, 20);
}
