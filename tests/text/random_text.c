/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

static const char *const pieces[] = {
    "a",      "b",      "s",      "U",      "S",      "I",      "J",   "1",      "3",  "000", " ",
    " ",      " ",      "\n",     "\n\n",   "\t",     ".",      ".",   ",",      "'",  "’",   "‘",
    "“",      "”",      "\"",     "-",      "‐",      "–",      "--",  "...",    "…",  "/",   "&",
    "`",      "``",     "''",     "(",      ")",      "!",      "?",   "'s",     "’s", "ʼs",  "the",
    "NATO",   "Assad",  "U.S.",   "J. ",    "e.g.",   "é",      "İ",   "ß",      "Ø",  "ł",   "е",
    "Ж",      "ή",      "中",     "国",     "カ",     "ﾞ",      "ก",   "ำ",      "한", "नि",  "\u0301",
    "\u00ad", "\u200d", "\u200b", "\ufeff", "\u00a0", "\u2028", "👍",   "\ufe0f", "½",  "²",   "Ⅷ",
    "\u3099", "。",     "？",     "\x01",   "said",   "Mr.",    "No.",
};

static gunichar random_character(GRand *rand) {
  gunichar c;
  do
    c = (gunichar)g_rand_int_range(rand, 1, g_rand_boolean(rand) ? 0x3000 : 0x110000);
  while (!g_unichar_validate(c));
  return c;
}

void random_text(GRand *rand, guint max_characters, GString *out) {
  g_string_truncate(out, 0);
  gint32 n = g_rand_int_range(rand, 0, (gint32)max_characters + 1);
  for (gint32 i = 0; i < n; i++) {
    if (g_rand_int_range(rand, 0, 16) == 0)
      g_string_append_unichar(out, random_character(rand));
    else
      g_string_append(out, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
  }
}
