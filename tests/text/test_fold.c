/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/fold.h"
#include "text/stem.h"
#include "text/utf8.h"

#include <string.h>

ONR_SUITE(fold);

Test(fold, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("fold.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *folded = onr_fold_dup(c->input, -1);
    cr_expect_str_eq(folded, c->expected->pdata[0], "fold.test:%u: \"%s\"", c->line, folded);
  }
}

static void check_folded(const char *text, gsize length, const GString *folded, GString *again) {
  cr_assert_eq(onr_utf8_valid_prefix(folded->str, folded->len), folded->len);
  cr_assert_eq(folded->str[folded->len], '\0');
  for (gsize i = 0; i < folded->len; i++)
    cr_assert_not(g_ascii_isupper(folded->str[i]), "capital in the form of \"%.*s\"", (int)length, text);
  g_string_truncate(again, 0);
  onr_fold(folded->str, folded->len, again);
  cr_assert_neq(g_string_equal(folded, again), 0, "\"%.*s\" folds to \"%s\", that to \"%s\"", (int)length,
                text, folded->str, again->str);
}

/* No code point folds to a capital, to bad UTF-8 or to something that folds further. */
Test(fold, every_code_point, .timeout = 120) {
  g_autoptr(GString) folded = g_string_new(NULL), again = g_string_new(NULL);
  for (gint32 c = 1; c < 0x110000; c++) {
    char text[4];
    if (c >= 0xd800 && c < 0xe000)
      continue;
    guint n = onr_utf8_put(c, text);
    g_string_truncate(folded, 0);
    onr_fold(text, n, folded);
    check_folded(text, n, folded, again);
  }
}

Test(fold, any_text_once_is_enough) {
  GRand *rand = g_rand_new_with_seed(5);
  g_autoptr(GString) text = g_string_new(NULL), folded = g_string_new(NULL), again = g_string_new(NULL);
  for (guint i = 0; i < 4000; i++) {
    random_text(rand, 40, text);
    g_string_truncate(folded, 0);
    onr_fold(text->str, text->len, folded);
    check_folded(text->str, text->len, folded, again);
  }
  g_rand_free(rand);
}

/* The table for Latin letters says what the general way does, which a following accent (dropped) makes the
 * text take. */
Test(fold, latin_table_agrees) {
  for (gint32 c = 0xc0; c < 0x250; c++) {
    char letter[8] = {0}, decomposed[16] = {0};
    onr_utf8_put(c, letter);
    g_autofree char *nfd = g_utf8_normalize(letter, -1, G_NORMALIZE_NFD);
    g_strlcpy(decomposed, nfd, sizeof decomposed);
    g_autofree char *a = onr_fold_dup(letter, -1);
    g_autofree char *b = onr_fold_dup(decomposed, -1);
    cr_expect_str_eq(a, b, "U+%04X: \"%s\", \"%s\"", (guint)c, a, b);
  }
}

Test(fold, appends) {
  g_autoptr(GString) out = g_string_new("X");
  for (gsize n = 0; n <= 40; n++) {
    g_autofree char *text = g_memdup2("ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`@ABC0129", MAX(n, 1));
    g_string_assign(out, "X");
    onr_fold(text, n, out);
    cr_assert_eq(out->len, n + 1);
    for (gsize i = 0; i < n; i++)
      cr_assert_eq(out->str[i + 1], g_ascii_tolower(text[i]));
  }
}

Test(fold, stems) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrStemmer) english = onr_stemmer_new("english", &error);
  cr_assert_not_null(english);
  static const char *const pairs[][2] = {
      {"ministers", "minist"},
      {"running", "run"},
      {"skies", "sky"},
      {"hoping", "hope"},
      {"a", "a"},
      {"nato", "nato"},
      {"fairly", "fair"},
      {"news", "news"},
      {"counterrevolutionaries", "counterrevolutionari"},
      {"deinstitutionalizations", "deinstitution"},
      {"antidisestablishmentarianisms", "antidisestablishmentarian"},
  };
  for (guint round = 0; round < 2; round++) /* the second comes from the cache */
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
      gsize n;
      const char *stem = onr_stem(english, pairs[i][0], strlen(pairs[i][0]), &n);
      cr_expect_neq(n == strlen(pairs[i][1]) && !memcmp(stem, pairs[i][1], n), 0, "%s: %.*s", pairs[i][0],
                    (int)n, stem);
    }
}

/* More words than the cache holds: what it says is what a stemmer without memory says. */
Test(fold, stem_cache_agrees, .timeout = 60) {
  static const char *const endings[] = {"", "s", "ing", "ed", "ies", "ization", "ly", "able", "iveness", "y"};
  g_autoptr(OnrStemmer) warm = onr_stemmer_new("en", NULL);
  GRand *rand = g_rand_new_with_seed(6);
  GHashTable *first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < 120000; i++) {
    GString *word = g_string_new(NULL);
    gint32 n = g_rand_int_range(rand, 1, 5);
    for (gint32 k = 0; k < n; k++)
      g_string_append_c(word, "abcdeilmnorstu"[g_rand_int_range(rand, 0, 14)]);
    g_string_append(word, endings[g_rand_int_range(rand, 0, G_N_ELEMENTS(endings))]);
    gsize stem_length;
    const char *stem = onr_stem(warm, word->str, word->len, &stem_length);
    const char *before = g_hash_table_lookup(first, word->str);
    if (before)
      cr_assert_neq(strlen(before) == stem_length && !memcmp(before, stem, stem_length), 0, "%s", word->str);
    else
      g_hash_table_insert(first, g_strdup(word->str), g_strndup(stem, stem_length));
    g_string_free(word, TRUE);
  }
  cr_assert_gt(g_hash_table_size(first), 34000);
  g_hash_table_destroy(first);
  g_rand_free(rand);
}

Test(fold, stem_languages) {
  g_autoptr(GError) error = NULL;
  gsize n;
  g_autoptr(OnrStemmer) none = onr_stemmer_new("none", &error);
  const char *stem = onr_stem(none, "ministers", 9, &n);
  cr_assert_neq(n == 9 && !memcmp(stem, "ministers", 9), 0);
  g_autoptr(OnrStemmer) german = onr_stemmer_new("de", &error);
  stem = onr_stem(german, "ministern", 9, &n);
  cr_assert_neq(n == 6 && !memcmp(stem, "minist", 6), 0, "%.*s", (int)n, stem);
  cr_assert_null(onr_stemmer_new("klingon", &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED), 0);
  cr_assert_not_null(strstr(error->message, "\"klingon\""));
}

Test(fold, stem_of_anything) {
  g_autoptr(OnrStemmer) english = onr_stemmer_new("english", NULL);
  GRand *rand = g_rand_new_with_seed(7);
  g_autoptr(GString) text = g_string_new(NULL), folded = g_string_new(NULL);
  for (guint i = 0; i < 4000; i++) {
    random_text(rand, 30, text);
    g_string_truncate(folded, 0);
    onr_fold(text->str, text->len, folded);
    gsize n;
    const char *stem = onr_stem(english, folded->str, folded->len, &n);
    cr_assert_eq(n > 0, folded->len > 0);
    cr_assert_eq(onr_utf8_valid_prefix(stem, n), n);
  }
  g_rand_free(rand);
}
