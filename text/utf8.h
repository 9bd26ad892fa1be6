/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8 at the level of bytes: validation, counting and reading of code points, with NUL an ordinary
 * character. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes at the beginning of TEXT that are well-formed UTF-8 (no overlong forms, no surrogates). */
gsize onr_utf8_valid_prefix(const char *text, gsize length);

/* Bytes of the ill-formed sequence at TEXT, as many as belong to one U+FFFD (Unicode 15, 3.9, "maximal
 * subpart"). At least 1. */
gsize onr_utf8_bad_length(const char *text, gsize length);

/* Bytes at the beginning of TEXT below 0x80. */
gsize onr_utf8_ascii_prefix(const char *text, gsize length);

/* Code points in LENGTH bytes of valid UTF-8. */
gsize onr_utf8_count(const char *text, gsize length);

/* The code point at P, before END, of valid UTF-8; *N gets its bytes. A sequence cut by END reads as U+FFFD
 * of one byte. */
static inline gint32 onr_utf8_get(const char *p, const char *end, guint *n) {
  const guchar *u = (const guchar *)p;
  gsize room = (gsize)(end - p);
  if (u[0] < 0x80) {
    *n = 1;
    return u[0];
  }
  if (u[0] >= 0xc0 && u[0] < 0xe0 && room >= 2) {
    *n = 2;
    return (u[0] & 0x1f) << 6 | (u[1] & 0x3f);
  }
  if (u[0] >= 0xe0 && u[0] < 0xf0 && room >= 3) {
    *n = 3;
    return (u[0] & 0x0f) << 12 | (u[1] & 0x3f) << 6 | (u[2] & 0x3f);
  }
  if (u[0] >= 0xf0 && room >= 4) {
    *n = 4;
    return (u[0] & 0x07) << 18 | (u[1] & 0x3f) << 12 | (u[2] & 0x3f) << 6 | (u[3] & 0x3f);
  }
  *n = 1;
  return 0xfffd;
}

/* Writes CODE_POINT to OUT (room for 4) and returns its bytes. */
static inline guint onr_utf8_put(gint32 code_point, char *out) {
  return (guint)g_unichar_to_utf8((gunichar)code_point, out);
}

G_END_DECLS
