/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs of bytes a machine word at a time, never reading past their end. */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define ONR_BYTES_LOW 0x0101010101010101u
#define ONR_BYTES_HIGH 0x8080808080808080u

static inline guint32 onr_load4(const char *p) {
  guint32 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline guint64 onr_load8(const char *p) {
  guint64 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline void onr_store8(char *p, guint64 v) {
  memcpy(p, &v, sizeof v);
}

/* The first N bytes at P, 8 at most, zero padded; not 0 bytes. Longer runs read overlapping halves. */
static inline guint64 onr_load_up_to_8(const char *p, gsize n) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  if (n >= 8)
    return onr_load8(p);
  if (n >= 4)
    return onr_load4(p) | (guint64)onr_load4(p + n - 4) << (8 * (n - 4));
  return (guint64)(guchar)p[0] | (guint64)(guchar)p[n / 2] << (8 * (n / 2)) |
         (guint64)(guchar)p[n - 1] << (8 * (n - 1));
#else
  guint64 v = 0;
  memcpy(&v, p, MIN(n, 8));
  return v;
#endif
}

/* Lower case of eight ASCII bytes; others of 0x80 and over come out changed or not, so look at them first. */
static inline guint64 onr_lower8(guint64 v) {
  guint64 from_a = v + (0x80 - 'A') * ONR_BYTES_LOW, past_z = v + (0x7f - 'Z') * ONR_BYTES_LOW;
  return v | ((from_a ^ past_z) & ONR_BYTES_HIGH) >> 2;
}

/* What the letters and digits in front of eight bytes are; a set high bit of a byte in UPPER or LOWER stands
 * for such a letter. */
typedef struct {
  gsize length; /* of the run */
  guint64 upper;
  guint64 lower;
} OnrWordBytes;

/* Bytes of V from LOW to HIGH as set high bits, for bytes below 0x80. */
static inline guint64 onr_bytes_in_range(guint64 v, guchar low, guchar high) {
  guint64 from_low = v + (guint64)(0x80 - low) * ONR_BYTES_LOW,
          past_high = v + (guint64)(0x7f - high) * ONR_BYTES_LOW;
  return (from_low ^ past_high) & ONR_BYTES_HIGH;
}

/* Little endian only. */
static inline OnrWordBytes onr_word_bytes(guint64 v) {
  guint64 ascii = ~v & ONR_BYTES_HIGH, seven_bits = v & ~ONR_BYTES_HIGH;
  guint64 letters = onr_bytes_in_range(seven_bits | 0x20 * ONR_BYTES_LOW, 'a', 'z') & ascii;
  guint64 digits = onr_bytes_in_range(seven_bits, '0', '9') & ascii;
  guint64 other = (letters | digits) ^ ONR_BYTES_HIGH;
  guint64 is_lower = v << 2 & ONR_BYTES_HIGH; /* bit 0x20 */
  guint64 run = other ? (other & (0 - other)) - 1 : G_MAXUINT64;
  return (OnrWordBytes){other ? (gsize)__builtin_ctzll(other) / 8 : 8, letters & ~is_lower & run,
                        letters & is_lower & run};
}

G_END_DECLS
