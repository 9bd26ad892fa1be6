/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/decode.h"
#include "text/utf8.h"

#include <string.h>

ONR_SUITE(decode);

#define RUSSIAN                                                                                              \
  "Министры четырёх стран встретились в понедельник в старом зале и договорились о новом договоре.\n"
#define FRENCH                                                                                                      \
  "Les députés ont voté très tôt, et le procès-verbal de la réunion a été publié à Genève, où l’on " \
  "s’étonne.\n"
#define JAPANESE                                                                                             \
  "大臣たちは月曜日に古い会館で会い、新しい条約について合意した。次の会議は来年に行われる予定である。\n"

static void check(const char *bytes, gsize n, const char *declared, const char *text, const char *charset,
                  guint32 n_replaced, const char *what) {
  g_auto(OnrDecoded) d = {0};
  g_autoptr(GError) error = NULL;
  g_autofree char *copy = g_memdup2(bytes, MAX(n, 1)); /* the sanitizer sees a look past the end */
  cr_assert_neq(onr_decode(copy, n, declared, &d, &error), 0, "%s: %s", what, error ? error->message : "");
  cr_expect_str_eq(d.text, text, "%s: \"%s\"", what, d.text);
  cr_expect_eq(d.length, strlen(text), "%s", what);
  cr_expect_eq(d.n_replaced, n_replaced, "%s: %u replaced", what, d.n_replaced);
  if (charset)
    cr_expect_str_eq(d.charset, charset, "%s: %s", what, d.charset);
}

static char *encode(const char *text, const char *charset, gsize *n) {
  GError *error = NULL;
  char *bytes = g_convert(text, -1, charset, "UTF-8", NULL, n, &error);
  cr_assert_not_null(bytes, "%s", error ? error->message : "");
  return bytes;
}

static void check_encoded(const char *text, const char *encoding, const char *declared, const char *charset) {
  gsize n;
  g_autofree char *bytes = encode(text, encoding, &n);
  check(bytes, n, declared, text, charset, 0, encoding);
}

Test(decode, utf8_stays_as_it_is) {
  check("", 0, NULL, "", "UTF-8", 0, "empty");
  check("plain", 5, NULL, "plain", "UTF-8", 0, "ASCII");
  check(RUSSIAN, strlen(RUSSIAN), NULL, RUSSIAN, "UTF-8", 0, "UTF-8");
  check(RUSSIAN, strlen(RUSSIAN), "utf-8", RUSSIAN, "UTF-8", 0, "declared UTF-8");
}

Test(decode, marks) {
  check("\xef\xbb\xbfx", 4, NULL, "x", "UTF-8", 0, "UTF-8 mark");
  check("\xff\xfex\0", 4, NULL, "x", "UTF-16LE", 0, "UTF-16LE mark");
  check("\xfe\xff\0x", 4, NULL, "x", "UTF-16BE", 0, "UTF-16BE mark");
  check("\xff\xfe\0\0x\0\0\0", 8, NULL, "x", "UTF-32LE", 0, "UTF-32LE mark");
  check("\0\0\xfe\xff\0\0\0x", 8, NULL, "x", "UTF-32BE", 0, "UTF-32BE mark");
  check("\xef\xbb\xbf", 3, "koi8-r", "", "UTF-8", 0, "a mark alone, and stronger than what is declared");
  check("\xff\xfe", 2, NULL, "", "UTF-16LE", 0, "a mark alone");
  check("\xff\xfe\x3d\xd8\x4d\xdc", 6, NULL, "\U0001f44d", "UTF-16LE", 0, "surrogates");
  check("\xff\xfe\x3d\xd8x\0", 6, NULL, "\ufffdx", "UTF-16LE", 1, "half a pair of surrogates");
  check("\xff\xfex\0y", 5, NULL, "x\ufffd", "UTF-16LE", 1, "half a unit at the end");
}

Test(decode, line_ends) {
  check("a\r\nb\rc\nd\r", 9, NULL, "a\nb\nc\nd\n", "UTF-8", 0, "line ends");
  check("\r\r\n\r\n\r", 6, NULL, "\n\n\n\n", "UTF-8", 0, "line ends alone");
  check("\xff\xfe\r\0\n\0", 6, NULL, "\n", "UTF-16LE", 0, "UTF-16 line end");
}

Test(decode, nuls) {
  check("a\0bcdefgh\0\0", 11, "utf-8", "a\ufffdbcdefgh\ufffd\ufffd", "UTF-8", 3, "a few NULs");
  check("\0", 1, NULL, "\ufffd", "UTF-8", 1, "one NUL");
  check("long enough text\0with one\r\n", 27, NULL, "long enough text\ufffdwith one\n", "UTF-8", 1,
        "one in a text");
}

Test(decode, declared) {
  check_encoded(RUSSIAN, "KOI8-R", "koi8-r", "KOI8-R");
  check_encoded(RUSSIAN, "CP1251", "windows-1251", "WINDOWS-1251");
  check_encoded(FRENCH, "CP1252", "iso-8859-1", "WINDOWS-1252");
  check_encoded(JAPANESE, "SHIFT_JIS", "Shift_JIS", "SHIFT_JIS");
  check_encoded(JAPANESE, "EUC-JP", "euc-jp", "EUC-JP");
  check_encoded("ab", "UTF-16BE", "UTF-16BE", "UTF-16BE");
}

/* Wrong, unknown and hostile declarations are passed over. */
Test(decode, declared_wrongly) {
  static const char *const names[] = {
      "iso-8859-1", "us-ascii",
      "klingon",    "",
      "utf-16",     "UTF-16LE",
      "//IGNORE",   "utf-8//TRANSLIT",
      "x,y",        "a name that is longer than any name of an encoding can be"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    check(FRENCH, strlen(FRENCH), names[i], FRENCH, "UTF-8", 0, names[i]);
  gsize n;
  g_autofree char *latin =
      encode("caf\u00e9 d'\u00e9t\u00e9 pr\u00e8s de la for\u00eat, l\u00e0-bas", "CP1252", &n);
  check(latin, n, "utf-8", "caf\u00e9 d'\u00e9t\u00e9 pr\u00e8s de la for\u00eat, l\u00e0-bas",
        "WINDOWS-1252", 0, "Latin-1 declared UTF-8");
}

Test(decode, undeclared) {
  check_encoded(RUSSIAN RUSSIAN, "KOI8-R", NULL, "KOI8-R");
  check_encoded(RUSSIAN RUSSIAN, "CP1251", NULL, NULL);
  check_encoded(FRENCH FRENCH, "CP1252", NULL, "WINDOWS-1252");
  check_encoded(JAPANESE JAPANESE, "SHIFT_JIS", NULL, "SHIFT_JIS");
  check("caf\xe9", 4, NULL, "caf\u00e9", "WINDOWS-1252", 0, "one byte over 0x7f");
  check("\x93yes\x94", 5, NULL, "“yes”", "WINDOWS-1252", 0, "curly marks");
}

Test(decode, utf16_without_a_mark) {
  check_encoded("Ministers met on Monday.\n", "UTF-16LE", NULL, "UTF-16LE");
  check_encoded("Ministers met on Monday.\n", "UTF-16BE", NULL, "UTF-16BE");
  check_encoded(RUSSIAN, "UTF-16LE", NULL, "UTF-16LE");
  check_encoded(FRENCH, "UTF-16BE", NULL, "UTF-16BE");
}

Test(decode, damaged_utf8) {
  check("caf\xc3", 4, NULL, "caf\u00c3", "WINDOWS-1252", 0, "a lead byte alone is Latin-1 as well");
  check("yes \xe2\x80", 6, NULL, "yes \ufffd", "UTF-8", 1, "cut in the last character");
  g_autoptr(GString) bytes = g_string_new(RUSSIAN), text = g_string_new(RUSSIAN);
  g_string_append_c(bytes, '\xd0');
  g_string_append(text, "\ufffd");
  check(bytes->str, bytes->len, NULL, text->str, "UTF-8", 1, "a letter cut at the end");
  g_string_append(bytes, " \xff" RUSSIAN);
  g_string_append(text, " \ufffd" RUSSIAN);
  check(bytes->str, bytes->len, "utf-8", text->str, "UTF-8", 2, "bad bytes between good ones");
}

Test(decode, any_bytes) {
  static const char *const names[] = {NULL,     "utf-8",       "utf-16",  "utf-32", "shift_jis",
                                      "koi8-r", "iso-2022-jp", "gb18030", "utf-7"};
  GRand *rand = g_rand_new_with_seed(14);
  for (guint i = 0; i < 3000; i++) {
    gsize n = (gsize)g_rand_int_range(rand, 0, 200);
    g_autofree char *bytes = g_malloc(MAX(n, 1));
    for (gsize k = 0; k < n; k++)
      bytes[k] = (char)(i % 3 ? g_rand_int_range(rand, 0, 256) : g_rand_int_range(rand, 0, 2) * 0x5c + 0x61);
    g_auto(OnrDecoded) d = {0};
    cr_assert_neq(onr_decode(bytes, n, names[i % G_N_ELEMENTS(names)], &d, NULL), 0);
    cr_assert_eq(onr_utf8_valid_prefix(d.text, d.length), d.length);
    cr_assert_eq(strlen(d.text), d.length);
    cr_assert_null(strchr(d.text, '\r'));
    cr_assert_not_null(d.charset);
  }
  g_rand_free(rand);
}

Test(decode, any_text_without_nul_and_cr_is_the_same) {
  GRand *rand = g_rand_new_with_seed(15);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 2000; i++) {
    random_text(rand, 60, text);
    if (strchr(text->str, '\r') || g_str_has_prefix(text->str, "\ufeff"))
      continue;
    check(text->str, text->len, i % 2 ? "iso-8859-1" : NULL, text->str, "UTF-8", 0, "random text");
  }
  g_rand_free(rand);
}

Test(decode, too_long) {
  g_auto(OnrDecoded) d = {0};
  g_autoptr(GError) error = NULL;
  cr_assert_not(onr_decode("", (gsize)G_MAXUINT32 + 1, NULL, &d, &error));
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_LIMIT), 0);
  cr_assert_null(d.text);
}
