/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/chars.h"

#include <utf8proc.h>

enum {
  P = 0, /* punctuation and symbols */
  L = ONR_CHAR_LOWER,
  U = ONR_CHAR_UPPER,
  C = ONR_CHAR_CASELESS,
  D = ONR_CHAR_DIGIT,
  S = ONR_CHAR_SPACE,
  N = ONR_CHAR_SPACE | ONR_CHAR_LINE,
  F = ONR_CHAR_FORMAT,
};

/* clang-format off */
const guint8 onr_char_latin1[256] = {
    S, S, S, S, S, S, S, S, S, S, N, S, S, N, S, S, /* 00 */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* 10 */
    S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P, /* 20 */
    D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, /* 30 */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* 40 */
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P, /* 50 */
    P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S, /* 70 */
    S, S, S, S, S, N, S, S, S, S, S, S, S, S, S, S, /* 80 */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* 90 */
    S, P, P, P, P, P, P, P, P, P, C, P, P, F, P, P, /* a0 */
    P, P, D, D, P, L, P, P, P, D, C, P, D, D, D, P, /* b0 */
    U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* c0 */
    U, U, U, U, U, U, U, P, U, U, U, U, U, U, U, L, /* d0 */
    L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* e0 */
    L, L, L, L, L, L, L, P, L, L, L, L, L, L, L, L, /* f0 */
};
/* clang-format on */

static const guint8 category_class[] = {
    [UTF8PROC_CATEGORY_CN] = P,
    [UTF8PROC_CATEGORY_LU] = U,
    [UTF8PROC_CATEGORY_LL] = L,
    [UTF8PROC_CATEGORY_LT] = U,
    [UTF8PROC_CATEGORY_LM] = C,
    [UTF8PROC_CATEGORY_LO] = C,
    [UTF8PROC_CATEGORY_MN] = ONR_CHAR_ACCENT,
    [UTF8PROC_CATEGORY_MC] = ONR_CHAR_ACCENT,
    [UTF8PROC_CATEGORY_ME] = ONR_CHAR_ACCENT,
    [UTF8PROC_CATEGORY_ND] = D,
    [UTF8PROC_CATEGORY_NL] = D,
    [UTF8PROC_CATEGORY_NO] = D,
    [UTF8PROC_CATEGORY_ZS] = S,
    [UTF8PROC_CATEGORY_ZL] = N,
    [UTF8PROC_CATEGORY_ZP] = N,
    [UTF8PROC_CATEGORY_CC] = S,
    [UTF8PROC_CATEGORY_CF] = F,
    [UTF8PROC_CATEGORY_CS] = P,
    [UTF8PROC_CATEGORY_CO] = P,
};

/* Blocks of the scripts without spaces between words (Unicode 15, Blocks.txt), in order. Their punctuation is
 * told apart by category. */
static const struct {
  gint32 first, last;
} unspaced_blocks[] = {
    {0x0e00, 0x0eff},   /* Thai, Lao */
    {0x1000, 0x109f},   /* Myanmar */
    {0x1780, 0x17ff},   /* Khmer */
    {0x1950, 0x19df},   /* Tai Le, New Tai Lue */
    {0x2e80, 0x2fdf},   /* radicals */
    {0x3005, 0x312f},   /* iteration marks, hiragana, katakana, bopomofo */
    {0x31a0, 0x31ff},   /* bopomofo and katakana extensions */
    {0x3400, 0x4dbf},   /* Han extension A */
    {0x4e00, 0x9fff},   /* Han */
    {0xa9e0, 0xa9ff},   /* Myanmar extended B */
    {0xaa60, 0xaa7f},   /* Myanmar extended A */
    {0xf900, 0xfaff},   /* Han compatibility */
    {0xff66, 0xff9f},   /* halfwidth katakana */
    {0x1aff0, 0x1b16f}, /* kana supplements */
    {0x20000, 0x3ffff}, /* Han extensions B and up */
};

static gboolean is_unspaced(gint32 c) {
  if (c < unspaced_blocks[0].first)
    return FALSE;
  guint low = 0, high = G_N_ELEMENTS(unspaced_blocks);
  while (low < high) {
    guint middle = (low + high) / 2;
    if (c > unspaced_blocks[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  return low < G_N_ELEMENTS(unspaced_blocks) && c >= unspaced_blocks[low].first;
}

/* U+2000 to U+206F: the typographic marks of otherwise ASCII text. */
static guint8 punctuation_class(gint32 c) {
  if (c >= 0x2010 && c <= 0x2027)
    return P;
  if (c <= 0x200b || c == 0x202f || c == 0x205f) /* zero width space too: it parts words of Khmer and Thai */
    return S;
  if (c == 0x2028 || c == 0x2029)
    return N;
  if (c >= 0x2030 && c <= 0x205e)
    return P;
  return F;
}

guint8 onr_char_class(gint32 c) {
  if (c < 0x100)
    return onr_char_latin1[c];
  if (c >= 0x2000 && c <= 0x206f)
    return punctuation_class(c);
  if (c == 0xfeff) /* a byte order mark that stayed in */
    return S;
  guint8 k = category_class[utf8proc_category(c)];
  if (k != F && (k & ONR_CHAR_WORD) && is_unspaced(c))
    return ONR_CHAR_UNSPACED;
  return k;
}

gboolean onr_char_is_quote_or_bracket(gint32 c) {
  switch (c) {
  case '"':
  case '(':
  case ')':
  case '[':
  case ']':
  case '{':
  case '}':
  case 0xff02: /* fullwidth quotation mark */
    return TRUE;
  default:
    break;
  }
  if (c < 0xab)
    return FALSE;
  if (c >= 0x2010 && c <= 0x2027) /* ‘ ’ ‚ ‛ “ ” „ ‟ among dashes and dots */
    return c >= 0x2018 && c <= 0x201f;
  utf8proc_category_t k = utf8proc_category(c);
  return k == UTF8PROC_CATEGORY_PI || k == UTF8PROC_CATEGORY_PF || k == UTF8PROC_CATEGORY_PS ||
         k == UTF8PROC_CATEGORY_PE;
}
