/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/token.h"

#include "text/bytes.h"
#include "text/chars.h"

/* Hyphens and slashes that one token takes, so that an address or a table's ruler makes no endless word. */
#define MAX_JOINTS 8

/* Letters on either side of an ampersand that joins: companies and railways shorten to three (SDG&E, D&RGW),
 * while what is written out, Marks&Spencer, is two words. */
#define MAX_AMPERSAND_LETTERS 3

typedef struct {
  const char *text;
  const char *p;
  const char *end;
  guint8 space; /* flags for the token that comes next */
} Scanner;

/* A word while it is read. SEGMENT is where letters last began: at the word's beginning, after a joint or a
 * full stop. */
typedef struct {
  const char *begin;
  const char *p;
  const char *segment;
  guint8 seen; /* classes of all its characters */
  guint8 last; /* class of the character before p */
  guint8 flags;
  guint8 n_joints;
  guint8 n_dots; /* of an initialism, in this part; stays at 2 */
  gboolean
      is_closed; /* ended in the full stop of an initialism: only a hyphen, slash or possessive may follow */
} Word;

static guint8 class_at(const Scanner *s, const char *p, guint *n) {
  if (p < s->end)
    return onr_char_class_at(p, s->end, n);
  *n = 0;
  return ONR_CHAR_SPACE;
}

static guint8 class_of_next(const Scanner *s, const char *p) {
  guint n;
  return class_at(s, p, &n);
}

/* Reads letters, digits and marks; stops at the first character that may only join. */
static void read_run(const Scanner *s, Word *w) {
  const char *p = w->p;
  guint8 seen = w->seen, last = w->last;
  while (p < s->end) {
    guchar c = (guchar)*p;
    guint n = 1;
    guint8 k = onr_char_latin1[c];
    if (c >= 0x80) {
      k = onr_char_class_at(p, s->end, &n);
      if (!(k & ONR_CHAR_WORD) || k & ONR_CHAR_UNSPACED)
        break;
      w->flags |= ONR_TOKEN_NON_ASCII;
    } else if (!(k & ONR_CHAR_WORD)) {
      break;
    }
    seen |= k;
    last = k;
    p += n;
  }
  w->p = p;
  w->seen = seen;
  w->last = last;
}

static gboolean segment_is_letter(const Scanner *s, const Word *w) {
  if (w->segment >= w->p)
    return FALSE;
  guint n;
  guint8 k = class_at(s, w->segment, &n);
  return (k & ONR_CHAR_LETTER) && w->segment + n == w->p;
}

/* P is past the full stop of a lone capital: does a capitalised word follow, "J. Smith", "J.-P."? */
static gboolean initial_is_followed(const Scanner *s, const char *p) {
  if (p < s->end && *p == '-')
    return (class_of_next(s, p + 1) & ONR_CHAR_UPPER) != 0;
  guint n, lines = 0;
  guint8 k;
  while ((k = class_at(s, p, &n)) & ONR_CHAR_SPACE && n > 0 && lines < 2) {
    lines += (k & ONR_CHAR_LINE) != 0;
    p += n;
  }
  return (k & ONR_CHAR_UPPER) != 0;
}

/* A single letter and a full stop: another of the kind, or the end of such a row, or a person's initial. */
static gboolean take_initialism_dot(const Scanner *s, Word *w) {
  if (!segment_is_letter(s, w))
    return FALSE;
  guint n;
  if (class_at(s, w->p + 1, &n) & ONR_CHAR_LETTER) {
    guint8 after = class_of_next(s, w->p + 1 + n);
    if (!(after & ONR_CHAR_WORD) || after == ONR_CHAR_FORMAT) {
      w->flags |= ONR_TOKEN_DOTTED;
      w->n_dots = (guint8)MIN(w->n_dots + 1, 2);
      w->segment = ++w->p;
      return TRUE;
    }
  }
  gboolean is_pronoun = w->p - w->begin == 1 && *w->begin == 'I'; /* "… than I. He …" */
  if (w->n_dots == 0 && (!(w->last & ONR_CHAR_UPPER) || is_pronoun || !initial_is_followed(s, w->p + 1)))
    return FALSE;
  w->flags |= ONR_TOKEN_DOTTED;
  w->p++;
  w->is_closed = TRUE;
  return TRUE;
}

static gboolean take_dot(const Scanner *s, Word *w) {
  if (w->is_closed)
    return FALSE;
  if (w->last & ONR_CHAR_DIGIT) {
    if (!(class_of_next(s, w->p + 1) & ONR_CHAR_DIGIT))
      return FALSE;
    w->segment = ++w->p;
    return TRUE;
  }
  return take_initialism_dot(s, w);
}

/* "1,000" but not "1,2,3": just three digits after the comma. */
static gboolean take_comma(const Scanner *s, Word *w) {
  const char *p = w->p + 1;
  if (w->is_closed || !(w->last & ONR_CHAR_DIGIT) || s->end - p < 3)
    return FALSE;
  if (!g_ascii_isdigit(p[0]) || !g_ascii_isdigit(p[1]) || !g_ascii_isdigit(p[2]) ||
      class_of_next(s, p + 3) & ONR_CHAR_DIGIT)
    return FALSE;
  w->p = p;
  return TRUE;
}

/* TRUE when nothing but letters, at least one and at most MAX_AMPERSAND_LETTERS, stands from P to STOP or to
 * the first character after them that is no part of a word. */
static gboolean is_few_letters(const Scanner *s, const char *p, const char *stop) {
  guint n, n_letters = 0;
  guint8 k;
  for (; p < stop && (k = class_at(s, p, &n)) & ONR_CHAR_WORD; p += n) {
    n_letters += (k & ONR_CHAR_LETTER) != 0;
    if (n_letters > MAX_AMPERSAND_LETTERS || k & (ONR_CHAR_DIGIT | ONR_CHAR_UNSPACED))
      return FALSE;
  }
  return n_letters > 0;
}

/* "AT&T", "at&t", "PG&E" but not "Marks&Spencer": the case does not count, since a query is seldom typed in
 * the right one. */
static gboolean take_ampersand(const Scanner *s, Word *w) {
  if (w->is_closed || !is_few_letters(s, w->segment, w->p) || !is_few_letters(s, w->p + 1, s->end))
    return FALSE;
  w->segment = ++w->p;
  return TRUE;
}

static gboolean take_apostrophe(const Scanner *s, Word *w, guint n) {
  if (!(class_of_next(s, w->p + n) & ONR_CHAR_LETTER))
    return FALSE;
  w->p += n;
  w->segment = w->p;
  w->is_closed = FALSE;
  if (n > 1)
    w->flags |= ONR_TOKEN_NON_ASCII;
  return TRUE;
}

static gboolean take_joint(const Scanner *s, Word *w, guint n) {
  if (w->n_joints == MAX_JOINTS || !(class_of_next(s, w->p + n) & (ONR_CHAR_LETTER | ONR_CHAR_DIGIT)))
    return FALSE;
  w->p += n;
  w->segment = w->p;
  w->n_joints++;
  w->n_dots = 0;
  w->is_closed = FALSE;
  w->flags |= n > 1 ? ONR_TOKEN_JOINED | ONR_TOKEN_NON_ASCII : ONR_TOKEN_JOINED;
  return TRUE;
}

/* ‘ ’ ‐ and the non-breaking hyphen, all of U+2000 to U+203F: E2 80 xx. */
static gboolean take_typographic(const Scanner *s, Word *w) {
  if (s->end - w->p < 3 || (guchar)w->p[1] != 0x80)
    return FALSE;
  switch ((guchar)w->p[2]) {
  case 0x90:
  case 0x91:
    return take_joint(s, w, 3);
  case 0x98:
  case 0x99:
    return take_apostrophe(s, w, 3);
  default:
    return FALSE;
  }
}

/* Takes the joining character at the word's end when what follows carries the word on. */
static gboolean take_joiner(const Scanner *s, Word *w) {
  switch ((guchar)*w->p) {
  case '\'':
    return take_apostrophe(s, w, 1);
  case '-':
  case '/':
    return take_joint(s, w, 1);
  case '.':
    return take_dot(s, w);
  case ',':
    return take_comma(s, w);
  case '&':
    return take_ampersand(s, w);
  case 0xe2:
    return take_typographic(s, w);
  default:
    return FALSE;
  }
}

/* Bytes of a final 's: ' or U+2019 (E2 80 99) or U+02BC (CA BC) and the letter. */
static guint16 possessive_length(const char *begin, const char *end) {
  gsize n = (gsize)(end - begin);
  if (n < 3 || (end[-1] != 's' && end[-1] != 'S'))
    return 0;
  if (end[-2] == '\'')
    return 2;
  if (n > 4 && !memcmp(end - 4, "\xe2\x80\x99", 3))
    return 4;
  if (n > 3 && !memcmp(end - 3, "\xca\xbc", 2))
    return 3;
  return 0;
}

/* Looks at the letters of [P, END) once more, which only words with a capital need. */
static guint8 case_flags(const char *p, const char *end) {
  guint8 flags = 0, seen = 0;
  guint n, n_letters = 0;
  for (; p < end; p += n) {
    guint8 k = onr_char_class_at(p, end, &n);
    if (!(k & ONR_CHAR_LETTER))
      continue;
    if (n_letters == 0 && k & ONR_CHAR_UPPER)
      flags |= ONR_TOKEN_CAPITAL;
    seen |= k;
    n_letters = MIN(n_letters + 1, 2);
  }
  if (n_letters == 2 && !(seen & (ONR_CHAR_LOWER | ONR_CHAR_CASELESS)))
    flags |= ONR_TOKEN_ALL_CAPS;
  return flags;
}

static void grow(OnrTokens *out) {
  out->capacity = out->capacity < G_MAXUINT32 / 2 ? MAX(256, out->capacity * 2) : G_MAXUINT32;
  out->items = g_renew(OnrToken, out->items, out->capacity);
}

static inline void append(Scanner *s, OnrTokens *out, const char *end, OnrTokenKind kind, guint8 flags,
                          guint16 possessive) {
  if (G_UNLIKELY(out->n == out->capacity))
    grow(out);
  out->items[out->n++] = (OnrToken){.begin = (guint32)(s->p - s->text),
                                    .end = (guint32)(end - s->text),
                                    .possessive = possessive,
                                    .kind = (guint8)kind,
                                    .flags = flags | s->space};
  s->p = end;
  s->space = 0;
}

/* TRUE when the word goes on after a joining character. The full stop that closes an initialism ends the word
   unless a joint follows it. */
static gboolean read_joiner(const Scanner *s, Word *w) {
  if (w->p == s->end || !take_joiner(s, w))
    return FALSE;
  return !w->is_closed || (w->p < s->end && take_joiner(s, w));
}

static void scan_word(Scanner *s, guint8 first, OnrTokens *out) {
  Word w = {.begin = s->p, .p = s->p, .segment = s->p};
  do
    read_run(s, &w);
  while (read_joiner(s, &w));
  guint16 possessive = possessive_length(w.begin, w.p);
  if (w.seen & ONR_CHAR_UPPER)
    w.flags |= case_flags(w.begin, w.p - possessive);
  OnrTokenKind kind = first & ONR_CHAR_DIGIT ? ONR_TOKEN_NUMBER : ONR_TOKEN_WORD;
  append(s, out, w.p, kind, w.flags, possessive);
}

/* After letters or digits these cannot carry the word on; a full stop or comma only after a digit or a single
 * letter. */
static inline gboolean ends_plain_word(char next, char last, gsize length) {
  if (next == ' ' || next == '\n')
    return TRUE;
  return (next == '.' || next == ',') && length > 1 && !g_ascii_isdigit(last);
}

/* The short way for a word of ASCII letters and digits that something evident ends: eight bytes at a time,
   without a branch for each. FALSE, nothing done, for all other words. */
static inline gboolean scan_plain_word(Scanner *s, guint8 first, OnrTokens *out) {
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  const char *p = s->p;
  guint64 upper = 0, lower = 0;
  gsize n = 8;
  for (; n == 8; p += n) {
    if (s->end - p <= 8)
      return FALSE;
    OnrWordBytes bytes = onr_word_bytes(onr_load8(p));
    if (p > s->p && (bytes.upper || first & ONR_CHAR_DIGIT)) /* the masks tell the first letter's case */
      return FALSE;
    n = bytes.length;
    upper |= bytes.upper;
    lower |= bytes.lower;
  }
  gsize length = (gsize)(p - s->p);
  if (!ends_plain_word(*p, p[-1], length))
    return FALSE;
  guint64 letters = upper | lower;
  guint8 flags = 0;
  flags |= (letters & (0 - letters)) & upper ? ONR_TOKEN_CAPITAL : 0;
  flags |= !lower && upper & (upper - 1) ? ONR_TOKEN_ALL_CAPS : 0;
  append(s, out, p, first & ONR_CHAR_DIGIT ? ONR_TOKEN_NUMBER : ONR_TOKEN_WORD, flags, 0);
  return TRUE;
#else
  return s == NULL;
#endif
}

static void scan_unspaced(Scanner *s, OnrTokens *out) {
  const char *p = s->p;
  guint n;
  while (class_at(s, p, &n) & (ONR_CHAR_UNSPACED | ONR_CHAR_ACCENT) && n > 0)
    p += n;
  append(s, out, p, ONR_TOKEN_WORD, ONR_TOKEN_UNSPACED | ONR_TOKEN_NON_ASCII, 0);
}

/* Where the run of marks at P ends: quotation marks and brackets alone, `` and '' in pairs, others as long as
 * they repeat. */
static const char *mark_run_end(const Scanner *s, const char *p, gint32 c, guint n) {
  const char *q = p + n;
  if (c == '`' || c == '\'')
    return q < s->end && *q == *p ? q + 1 : q;
  if (onr_char_is_quote_or_bracket(c))
    return q;
  while ((gsize)(s->end - q) >= n && !memcmp(q, p, n))
    q += n;
  return q;
}

static void scan_mark(Scanner *s, guint n, OnrTokens *out) {
  guint8 flags = n > 1 ? ONR_TOKEN_NON_ASCII : 0;
  const char *q = mark_run_end(s, s->p, onr_utf8_get(s->p, s->end, &n), n);
  /* variation selectors and enclosing marks belong to their symbol */
  while (q < s->end && (guchar)*q >= 0x80 && onr_char_class_at(q, s->end, &n) == ONR_CHAR_ACCENT) {
    flags |= ONR_TOKEN_NON_ASCII;
    q += n;
  }
  append(s, out, q, ONR_TOKEN_MARK, flags, 0);
}

void onr_tokens_scan(const char *text, gsize length, OnrTokens *out) {
  g_assert(length <= G_MAXUINT32);
  Scanner s = {.text = text, .p = text, .end = text + length};
  s.space = ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE;
  out->n = 0;
  while (s.p < s.end) {
    guint n;
    guint8 k = onr_char_class_at(s.p, s.end, &n);
    if (k & ONR_CHAR_SPACE) {
      if (k != ONR_CHAR_FORMAT)
        s.space |=
            k & ONR_CHAR_LINE ? ONR_TOKEN_SPACE_BEFORE | ONR_TOKEN_LINE_BEFORE : ONR_TOKEN_SPACE_BEFORE;
      s.p += n;
    } else if (k & ONR_CHAR_UNSPACED) {
      scan_unspaced(&s, out);
    } else if (k & ONR_CHAR_WORD) {
      if (n > 1 || !scan_plain_word(&s, k, out))
        scan_word(&s, k, out);
    } else {
      scan_mark(&s, n, out);
    }
  }
}

void onr_tokens_clear(OnrTokens *tokens) {
  g_free(tokens->items);
  *tokens = (OnrTokens){0};
}
