/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text to tokens: the one cutting that search terms, sentences and annotation all stand on. A word is a run
   of letters, digits and marks (utf8proc categories L, N, M) with what may join it inside: apostrophe
   (O'Brien, don’t), hyphen and slash (al-Assad, and/or), full stops of initialisms and numbers (U.S., 3.5),
   ampersand between at most three letters each (AT&T, r&d). Every other visible character is a token of its own, save runs of the
   same mark (``, '', --, ...) which are one. White space is no token. */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

typedef enum {
  ONR_TOKEN_WORD,   /* begins with a letter or mark */
  ONR_TOKEN_NUMBER, /* begins with a digit: 3.5, 2022, 1,000, 20th */
  ONR_TOKEN_MARK,   /* punctuation and symbols */
} OnrTokenKind;

enum {
  ONR_TOKEN_CAPITAL = 1 << 0,   /* the first letter is upper case */
  ONR_TOKEN_ALL_CAPS = 1 << 1,  /* two or more letters, all upper case */
  ONR_TOKEN_NON_ASCII = 1 << 2, /* holds a byte over 0x7f */
  ONR_TOKEN_JOINED = 1 << 3,    /* has an inner hyphen or slash */
  ONR_TOKEN_DOTTED = 1 << 4,    /* an initialism with its full stops: U.S., J. */
  ONR_TOKEN_UNSPACED = 1 << 5,  /* script without spaces: Han, kana, Thai, Lao, Khmer, Myanmar */
  ONR_TOKEN_SPACE_BEFORE = 1 << 6,
  ONR_TOKEN_LINE_BEFORE =
      1 << 7, /* a line end lies between this token and the one before, or it is the first */
};

typedef struct {
  guint32 begin; /* bytes into the text, half open */
  guint32 end;
  guint16 possessive; /* bytes of a final 's or ’s inside [begin, end), else 0 */
  guint8 kind;        /* OnrTokenKind */
  guint8 flags;
} OnrToken;

typedef struct {
  OnrToken *items;
  guint32 n;
  guint32 capacity;
} OnrTokens;

/* Cuts LENGTH bytes of valid UTF-8 into OUT, whose former content is replaced and whose memory is reused. */
void onr_tokens_scan(const char *text, gsize length, OnrTokens *out);
void onr_tokens_clear(OnrTokens *tokens);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrTokens, onr_tokens_clear)

/* The token's end without its possessive: the end of NATO in NATO’s. */
static inline guint32 onr_token_bare_end(const OnrToken *t) {
  return t->end - t->possessive;
}

G_END_DECLS
