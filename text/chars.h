/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Characters by what they do in running text. Latin-1 comes from a table, general punctuation from another,
   everything else from utf8proc's categories. */
#pragma once

#include "text/utf8.h"

G_BEGIN_DECLS

enum {
  ONR_CHAR_LOWER = 1 << 0,
  ONR_CHAR_UPPER = 1 << 1,    /* upper and title case */
  ONR_CHAR_CASELESS = 1 << 2, /* letters of scripts without case */
  ONR_CHAR_DIGIT = 1 << 3,    /* categories Nd, Nl, No */
  ONR_CHAR_ACCENT = 1 << 4,   /* categories Mn, Mc, Me */
  ONR_CHAR_UNSPACED = 1 << 5, /* letters, digits and marks of scripts without spaces between words */
  ONR_CHAR_SPACE = 1 << 6,
  ONR_CHAR_LINE = 1 << 7, /* with SPACE: ends a line */
  ONR_CHAR_LETTER = ONR_CHAR_LOWER | ONR_CHAR_UPPER | ONR_CHAR_CASELESS,
  ONR_CHAR_WORD = ONR_CHAR_LETTER | ONR_CHAR_DIGIT | ONR_CHAR_ACCENT | ONR_CHAR_UNSPACED,
  /* soft hyphen, joiners, direction marks: nothing between words, part of a word inside one */
  ONR_CHAR_FORMAT = ONR_CHAR_ACCENT | ONR_CHAR_SPACE,
};

/* Classes of U+0000 to U+00FF; 0 is visible and no part of a word: punctuation and symbols. */
extern const guint8 onr_char_latin1[256];

/* The class of any code point. */
guint8 onr_char_class(gint32 code_point);

/* The class of the character at P, before END; *N gets its bytes. */
static inline guint8 onr_char_class_at(const char *p, const char *end, guint *n) {
  if ((guchar)*p < 0x80) {
    *n = 1;
    return onr_char_latin1[(guchar)*p];
  }
  gint32 c = onr_utf8_get(p, end, n);
  return c < 0x100 ? onr_char_latin1[c] : onr_char_class(c);
}

/* Quotation marks and brackets stand alone as tokens even when the same one follows. */
gboolean onr_char_is_quote_or_bracket(gint32 code_point);

G_END_DECLS
