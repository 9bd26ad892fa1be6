/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/fold.h"

#include "text/bytes.h"
#include "text/chars.h"

#include <string.h>
#include <utf8proc.h>

/* U+00C0 to U+017F as the general way folds them (a test compares the two). */
/* clang-format off */
static const char latin[][4] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* 00c0 */
    "d", "n", "o", "o", "o", "o", "o", "×", "o", "u", "u", "u", "u", "y", "th", "ss", /* 00d0 */
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* 00e0 */
    "d", "n", "o", "o", "o", "o", "o", "÷", "o", "u", "u", "u", "u", "y", "th", "y", /* 00f0 */
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", /* 0100 */
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g", /* 0110 */
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i", /* 0120 */
    "i", "i", "ij", "ij", "j", "j", "k", "k", "ĸ", "l", "l", "l", "l", "l", "l", "l·", /* 0130 */
    "l·", "l", "l", "n", "n", "n", "n", "n", "n", "'n", "ŋ", "ŋ", "o", "o", "o", "o", /* 0140 */
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s", /* 0150 */
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", /* 0160 */
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s", /* 0170 */
};
/* clang-format on */
#define LATIN_FIRST 0xc0
#define LATIN_LAST (LATIN_FIRST + (gint32)G_N_ELEMENTS(latin) - 1)

/* Letters that Unicode does not decompose but newsrooms write without their stroke, and what stands for an
   apostrophe or a hyphen; NULL for all others. */
static const char *special_fold(gint32 c) {
  switch (c) {
  case 0xc6:
  case 0xe6:
    return "ae";
  case 0xd0:
  case 0xf0:
  case 0x110:
  case 0x111:
    return "d";
  case 0xd8:
  case 0xf8:
    return "o";
  case 0xde:
  case 0xfe:
    return "th";
  case 0x126:
  case 0x127:
    return "h";
  case 0x131:
    return "i";
  case 0x141:
  case 0x142:
    return "l";
  case 0x152:
  case 0x153:
    return "oe";
  case 0x166:
  case 0x167:
    return "t";
  case 0x2bb: /* the ʻ of Hawaiʻi */
  case 0x2bc:
  case 0x2018:
  case 0x2019:
  case 0x201b:
    return "'";
  case 0x2010:
  case 0x2011:
    return "-";
  default:
    return NULL;
  }
}

/* Marks that readers leave out: those of Latin, Greek, Cyrillic, Hebrew and Arabic. Elsewhere (Devanagari,
   Thai, kana) marks are vowels or tell words apart. */
static gboolean is_dropped_mark(gint32 c) {
  if (c < 0x300)
    return FALSE;
  gboolean in_range = c < 0x900 || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
                      (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f);
  return in_range && onr_char_class(c) == ONR_CHAR_ACCENT;
}

#define MAX_DECOMPOSED 32 /* code points that one may become; the longest is U+FDFA's 18 */

static void append_point(GString *out, gint32 c) {
  char bytes[4];
  g_string_append_len(out, bytes, onr_utf8_put(c, bytes));
}

/* Appends what one code point becomes, decomposed. Returns whether something in it may compose with its
 * neighbours. */
static gboolean append_decomposed(gint32 c, GString *out) {
  const char *special = special_fold(c);
  if (special) {
    g_string_append(out, special);
    return FALSE;
  }
  gint32 parts[MAX_DECOMPOSED];
  int boundary = 0;
  utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, MAX_DECOMPOSED,
                                               UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                                   UTF8PROC_IGNORE | UTF8PROC_STABLE,
                                               &boundary);
  gboolean may_compose = FALSE;
  gboolean was_space = (onr_char_class(c) & ONR_CHAR_SPACE) != 0;
  for (utf8proc_ssize_t i = 0; i < MIN(n, MAX_DECOMPOSED); i++) {
    if (is_dropped_mark(parts[i]) || (parts[i] == ' ' && !was_space)) /* U+037A and others hold a space */
      continue;
    special = special_fold(parts[i]);
    if (special)
      g_string_append(out, special);
    else
      append_point(out, parts[i]);
    const utf8proc_property_t *property = utf8proc_get_property(parts[i]);
    may_compose |= property->category == UTF8PROC_CATEGORY_MN || property->category == UTF8PROC_CATEGORY_MC ||
                   (parts[i] >= 0x1100 && parts[i] <= 0x11ff); /* Hangul jamo */
  }
  return may_compose;
}

/* NFC of what stands in OUT from FROM on. */
static void compose(GString *out, gsize from) {
  utf8proc_uint8_t *composed = NULL;
  utf8proc_ssize_t n =
      utf8proc_map((const utf8proc_uint8_t *)out->str + from, (utf8proc_ssize_t)(out->len - from), &composed,
                   UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  if (n >= 0) {
    g_string_truncate(out, from);
    g_string_append_len(out, (const char *)composed, n);
  }
  free(composed);
}

static void fold_general(const char *text, gsize length, GString *out) {
  const char *p = text, *end = text + length;
  gsize from = out->len;
  gboolean may_compose = FALSE;
  while (p < end) {
    guint n;
    gint32 c = onr_utf8_get(p, end, &n);
    p += n;
    if (c < 0x80)
      g_string_append_c(out, g_ascii_tolower((char)c));
    else if (c >= LATIN_FIRST && c <= LATIN_LAST)
      g_string_append(out, latin[c - LATIN_FIRST]);
    else
      may_compose |= append_decomposed(c, out);
  }
  if (may_compose)
    compose(out, from);
}

static void store_up_to_8(char *out, guint64 v, gsize n) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  for (; n > 0; n--, v >>= 8)
    *out++ = (char)(v & 0xff);
#else
  memcpy(out, &v, n);
#endif
}

void onr_fold_ascii(const char *text, gsize length, char *out) {
  if (length >= 8) {
    for (gsize i = 0; i + 8 <= length; i += 8)
      onr_store8(out + i, onr_lower8(onr_load8(text + i)));
    onr_store8(out + length - 8, onr_lower8(onr_load8(text + length - 8)));
  } else if (length > 0) {
    store_up_to_8(out, onr_lower8(onr_load_up_to_8(text, length)), length);
  }
}

/* Room for LENGTH more bytes, which become part of OUT, and for SLACK beyond them. */
static inline char *extend(GString *out, gsize length, gsize slack) {
  gsize at = out->len;
  if (out->allocated_len - at <= length + slack)
    g_string_set_size(out, at + length + slack);
  out->len = at + length;
  return out->str + at;
}

/* A word of up to eight bytes without a branch for each. */
static inline gboolean fold_short(const char *text, gsize length, GString *out) {
  guint64 v = onr_load_up_to_8(text, length);
  if (v & ONR_BYTES_HIGH)
    return FALSE;
  onr_store8(extend(out, length, 8), onr_lower8(v));
  out->str[out->len] = '\0';
  return TRUE;
}

void onr_fold(const char *text, gsize length, GString *out) {
  if (length > 0 && length <= 8 && fold_short(text, length, out))
    return;
  gsize n_ascii = onr_utf8_ascii_prefix(text, length);
  if (n_ascii < length && n_ascii > 0) /* a mark may compose with the letter before it */
    n_ascii--;
  onr_fold_ascii(text, n_ascii, extend(out, n_ascii, 0));
  out->str[out->len] = '\0';
  if (n_ascii < length)
    fold_general(text + n_ascii, length - n_ascii, out);
}

char *onr_fold_dup(const char *text, gssize length) {
  gsize n = length < 0 ? strlen(text) : (gsize)length;
  GString *out = g_string_sized_new(n + 1);
  onr_fold(text, n, out);
  return g_string_free(out, FALSE);
}
