/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/utf8.h"

#include "text/bytes.h"

gsize onr_utf8_ascii_prefix(const char *text, gsize length) {
  gsize i = 0;
  while (i + 8 <= length && !(onr_load8(text + i) & ONR_BYTES_HIGH))
    i += 8;
  if (i < length && !(onr_load_up_to_8(text + i, length - i) & ONR_BYTES_HIGH))
    return length;
  while (i < length && (guchar)text[i] < 0x80)
    i++;
  return i;
}

/* What a sequence that LEAD begins looks like: its bytes (0: LEAD begins none) and the range of the second
   byte, which alone tells overlong forms, surrogates and code points past U+10FFFF (Unicode 15, table 3-7).
 */
static guint sequence_shape(guchar lead, guchar *low, guchar *high) {
  *low = 0x80;
  *high = 0xbf;
  if (lead < 0x80)
    return 1;
  if (lead < 0xc2)
    return 0;
  if (lead < 0xe0)
    return 2;
  if (lead < 0xf0) {
    if (lead == 0xe0)
      *low = 0xa0;
    if (lead == 0xed)
      *high = 0x9f;
    return 3;
  }
  if (lead > 0xf4)
    return 0;
  if (lead == 0xf0)
    *low = 0x90;
  if (lead == 0xf4)
    *high = 0x8f;
  return 4;
}

/* Bytes of the sequence at TEXT that are as they should be; *WHOLE tells whether the sequence is complete. */
static gsize sequence_length(const char *text, gsize length, gboolean *whole) {
  const guchar *u = (const guchar *)text;
  guchar low, high;
  guint n = sequence_shape(u[0], &low, &high);
  *whole = FALSE;
  if (n == 0)
    return 0;
  gsize i = 1;
  while (i < n && i < length && u[i] >= low && u[i] <= high) {
    low = 0x80;
    high = 0xbf;
    i++;
  }
  *whole = i == n;
  return i;
}

gsize onr_utf8_valid_prefix(const char *text, gsize length) {
  gsize i = 0;
  while (i < length) {
    i += onr_utf8_ascii_prefix(text + i, length - i);
    while (i < length && (guchar)text[i] >= 0x80) {
      gboolean whole;
      gsize n = sequence_length(text + i, length - i, &whole);
      if (!whole)
        return i;
      i += n;
    }
  }
  return i;
}

gsize onr_utf8_bad_length(const char *text, gsize length) {
  gboolean whole;
  gsize n = sequence_length(text, length, &whole);
  return MAX(n, 1);
}

gsize onr_utf8_count(const char *text, gsize length) {
  gsize n = 0, i = 0;
  for (; i + 8 <= length; i += 8) {
    guint64 v = onr_load8(text + i);
    /* a continuation byte has bit 7 set and bit 6 clear */
    guint64 continuation = (v >> 7) & ~(v >> 6) & ONR_BYTES_LOW;
    n += 8 - (gsize)((continuation * ONR_BYTES_LOW) >> 56);
  }
  for (; i < length; i++)
    n += ((guchar)text[i] & 0xc0) != 0x80;
  return n;
}
