/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/lexer.h"

#include "query/fault.h"
#include "query/parser.h"
#include "text/chars.h"

#include <string.h>

typedef struct {
  const char *text;
  const char *p, *end;
  GArray *out;
  GError **error;
} Lexer;

/* --- characters --- */

/* " “ ” „ ‟ « » ＂: bytes of the double quotation mark at P, 0 where there is none. */
static guint quote_length(const char *p) {
  static const char *const marks[] = {"\"", "“", "”", "„", "‟", "«", "»", "＂"};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (g_str_has_prefix(p, marks[i]))
      return (guint)strlen(marks[i]);
  return 0;
}

/* White space and control characters part words; NUL and DEL too. */
static guint blank_length(const char *p, const char *end) {
  if (p == end)
    return 0;
  if (g_ascii_iscntrl(*p))
    return 1;
  guint n;
  guint8 class = onr_char_class_at(p, end, &n);
  return class == ONR_CHAR_SPACE || (class & ONR_CHAR_LINE) ? n : 0;
}

static guint character_length(const char *p) {
  return (guint)g_utf8_skip[(guchar)*p];
}

static void skip_blanks(Lexer *l) {
  guint n;
  while ((n = blank_length(l->p, l->end)))
    l->p += n;
}

/* Ends a word: blank, bracket, quotation mark, end of query. */
static gboolean is_word_end(const Lexer *l, const char *p) {
  return p == l->end || *p == '(' || *p == ')' || blank_length(p, l->end) || quote_length(p);
}

static const char *word_end(const Lexer *l, const char *p) {
  while (!is_word_end(l, p))
    p += character_length(p);
  return p;
}

/* As word_end, but brackets in pairs belong to it: https://…/Mercury_(planet). */
static const char *key_end(const Lexer *l, const char *p) {
  guint depth = 0;
  for (;; p += character_length(p)) {
    if (p < l->end && *p == '(')
      depth++;
    else if (p < l->end && *p == ')' && depth)
      depth--;
    else if (is_word_end(l, p))
      return p;
  }
}

/* --- lexemes --- */

static OnrSpan span_of(const Lexer *l, const char *begin, const char *end) {
  return (OnrSpan){(guint32)(begin - l->text), (guint32)(end - l->text)};
}

/* Adds a lexeme over [BEGIN, END), whose text is all of it, and moves behind it. */
static OnrLexeme *add(Lexer *l, OnrLexemeKind kind, const char *begin, const char *end) {
  OnrSpan span = span_of(l, begin, end);
  g_array_append_vals(l->out, &(OnrLexeme){.kind = kind, .span = span, .inner = span}, 1);
  l->p = end;
  return &g_array_index(l->out, OnrLexeme, l->out->len - 1);
}

#define FAULT(l, at, expected, ...)                                                                          \
  onr_query_fault((l)->error, ONR_ERROR_SYNTAX, (l)->text, (gsize)((at) - (l)->text), expected, __VA_ARGS__)

/* The mark that closes what OPEN opens: a straight one is closed by the next straight one, so that curly
   marks of pasted text stay inside; otherwise by the next mark of any shape. NULL where there is none. */
static const char *closing_mark(const Lexer *l, const char *open) {
  const char *from = open + quote_length(open);
  if (*open == '"') {
    const char *straight = strchr(from, '"');
    if (straight)
      return straight;
  }
  for (const char *p = from; p < l->end; p += character_length(p))
    if (quote_length(p))
      return p;
  return NULL;
}

static gboolean lex_quoted(Lexer *l) {
  const char *open = l->p, *from = open + quote_length(open), *close = closing_mark(l, open);
  if (!close) {
    FAULT(l, open, "expected a closing quotation mark behind it", "quotation mark is not closed");
    return FALSE;
  }
  const char *p = from;
  while (p < close && blank_length(p, close))
    p += blank_length(p, close);
  if (p == close) {
    FAULT(l, open, "expected words between them", "nothing between the quotation marks");
    return FALSE;
  }
  add(l, ONR_LEXEME_QUOTED, open, close + quote_length(close))->inner = span_of(l, from, close);
  return TRUE;
}

static gboolean lex_near(Lexer *l, const char *end) {
  const char *begin = l->p, *digits = begin + strlen("NEAR");
  guint64 window = ONR_NEAR_DEFAULT;
  if (digits < end) {
    digits++;
    gsize n = strspn(digits, "0123456789");
    if (!n || digits + n != end) {
      FAULT(l, digits, "expected how many words may stand between, as in NEAR/5", "NEAR/ without a number");
      return FALSE;
    }
    window = g_ascii_strtoull(digits, NULL, 10);
  }
  if (window > ONR_NEAR_MAX) {
    FAULT(l, digits, "expected a number of words up to " G_STRINGIFY(ONR_NEAR_MAX), "NEAR reaches too far");
    return FALSE;
  }
  add(l, ONR_LEXEME_NEAR, begin, end)->window = (guint)window;
  return TRUE;
}

static gboolean is_word(const char *begin, const char *end, const char *word) {
  return (gsize)(end - begin) == strlen(word) && !memcmp(begin, word, (gsize)(end - begin));
}

/* A star ends a word, and only there. */
static gboolean lex_plain(Lexer *l, const char *end) {
  const char *begin = l->p, *star = memchr(begin, '*', (gsize)(end - begin));
  if (!star) {
    add(l, ONR_LEXEME_WORD, begin, end);
  } else if (end - begin == 1) {
    add(l, ONR_LEXEME_STAR, begin, end);
  } else if (star == end - 1) {
    add(l, ONR_LEXEME_PREFIX, begin, end)->inner.end--;
  } else {
    FAULT(l, star, "expected it at the end of a word, as in econom*", "* inside a word");
    return FALSE;
  }
  return TRUE;
}

static gboolean lex_word_or_operator(Lexer *l) {
  const char *end = word_end(l, l->p);
  if (is_word(l->p, end, "AND"))
    add(l, ONR_LEXEME_AND, l->p, end);
  else if (is_word(l->p, end, "OR"))
    add(l, ONR_LEXEME_OR, l->p, end);
  else if (is_word(l->p, end, "NOT"))
    add(l, ONR_LEXEME_NOT, l->p, end);
  else if (is_word(l->p, end, "NEAR") || (end - l->p >= 5 && is_word(l->p, l->p + 5, "NEAR/")))
    return lex_near(l, end);
  else
    return lex_plain(l, end);
  return TRUE;
}

/* --- fields --- */

/* What stands directly behind "speaker:" is its value, even OR or NOT. */
static gboolean lex_value(Lexer *l, OnrField field) {
  if (onr_field_values(field) == ONR_VALUE_KEY) {
    skip_blanks(l);
    if (l->p == l->end || *l->p == '(' || *l->p == ')' || quote_length(l->p))
      return TRUE;
    add(l, ONR_LEXEME_KEY, l->p, key_end(l, l->p));
    return TRUE;
  }
  if (is_word_end(l, l->p))
    return TRUE;
  if (*l->p == '-' && !is_word_end(l, l->p + 1)) {
    FAULT(l, l->p, "write the - before the field", "- behind %s:", onr_field_name(field));
    return FALSE;
  }
  return lex_plain(l, word_end(l, l->p));
}

static gboolean report_unknown_field(Lexer *l, gsize length) {
  g_autofree char *name = onr_query_quote(l->p, length);
  int nearest = onr_field_nearest(l->p, length);
  GString *expected = g_string_new(NULL);
  if (nearest > 0) {
    g_string_append_printf(expected, "did you mean %s: ?", onr_field_name((OnrField)nearest));
  } else {
    g_string_append(expected, "expected one of");
    for (int i = ONR_FIELD_DEFAULT + 1; i < ONR_N_FIELDS; i++)
      g_string_append_printf(expected, " %s:", onr_field_name((OnrField)i));
  }
  g_string_append(expected, " (in quotation marks it is plain text)");
  FAULT(l, l->p, expected->str, "unknown field '%s'", name);
  g_string_free(expected, TRUE);
  return FALSE;
}

/* Letters before a colon at P; 0 where P begins no field name. */
static gsize field_name_length(const Lexer *l) {
  const char *p = l->p;
  while (g_ascii_isalpha(*p))
    p++;
  return *p == ':' ? (gsize)(p - l->p) : 0;
}

/* https://… is what url:https://… is. */
static void lex_address(Lexer *l) {
  const char *begin = l->p;
  add(l, ONR_LEXEME_FIELD, begin, begin)->field = ONR_FIELD_URL;
  add(l, ONR_LEXEME_KEY, begin, key_end(l, begin));
}

/* A name that is no field, with nothing behind its colon, is a word before a colon: "Exclusive: minister
 * resigns". */
static gboolean lex_field_or_word(Lexer *l, gsize length) {
  const char *value = l->p + length + 1;
  if (g_str_has_prefix(value, "//")) {
    lex_address(l);
    return TRUE;
  }
  int field = onr_field_parse(l->p, length);
  if (field < 0) {
    if (is_word_end(l, value) && !quote_length(value) && *value != '(')
      return lex_word_or_operator(l);
    return *value == ':' ? lex_word_or_operator(l) : report_unknown_field(l, length);
  }
  add(l, ONR_LEXEME_FIELD, l->p, value)->field = (OnrField)field;
  return lex_value(l, (OnrField)field);
}

/* --- all of it --- */

/* A hyphen is NOT where something that can be searched begins behind it: -x, -"a b", -(a OR b), -5, -*. */
static gboolean is_minus(const Lexer *l) {
  const char *next = l->p + 1;
  if (*l->p != '-' || next == l->end)
    return FALSE;
  guint n;
  return *next == '(' || *next == '*' || quote_length(next) ||
         (onr_char_class_at(next, l->end, &n) & ONR_CHAR_WORD) != 0;
}

static gboolean lex_next(Lexer *l) {
  gsize length;
  if (*l->p == '(')
    add(l, ONR_LEXEME_OPEN, l->p, l->p + 1);
  else if (*l->p == ')')
    add(l, ONR_LEXEME_CLOSE, l->p, l->p + 1);
  else if (quote_length(l->p))
    return lex_quoted(l);
  else if (is_minus(l))
    add(l, ONR_LEXEME_NOT, l->p, l->p + 1);
  else if ((length = field_name_length(l)))
    return lex_field_or_word(l, length);
  else
    return lex_word_or_operator(l);
  return TRUE;
}

static gboolean check_text(const char *text, gsize length, GError **error) {
  if (length > ONR_QUERY_MAX_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "query of %" G_GSIZE_FORMAT " bytes: at most %d are read",
                length, ONR_QUERY_MAX_BYTES);
    return FALSE;
  }
  gsize valid = onr_utf8_valid_prefix(text, length);
  if (valid < length) {
    onr_query_fault(error, ONR_ERROR_SYNTAX, text, valid, "expected UTF-8",
                    "query holds bytes that are no text");
    return FALSE;
  }
  return TRUE;
}

gboolean onr_query_lex(const char *text, GArray *lexemes, GError **error) {
  gsize length = strlen(text);
  if (!check_text(text, length, error))
    return FALSE;
  Lexer l = {.text = text, .p = text, .end = text + length, .out = lexemes, .error = error};
  for (skip_blanks(&l); l.p < l.end; skip_blanks(&l))
    if (!lex_next(&l))
      return FALSE;
  add(&l, ONR_LEXEME_END, l.end, l.end);
  return TRUE;
}

static const char *const kind_names[] = {
    [ONR_LEXEME_WORD] = "word",     [ONR_LEXEME_PREFIX] = "prefix", [ONR_LEXEME_STAR] = "star",
    [ONR_LEXEME_QUOTED] = "quoted", [ONR_LEXEME_KEY] = "key",       [ONR_LEXEME_FIELD] = "field",
    [ONR_LEXEME_OPEN] = "(",        [ONR_LEXEME_CLOSE] = ")",       [ONR_LEXEME_AND] = "AND",
    [ONR_LEXEME_OR] = "OR",         [ONR_LEXEME_NOT] = "NOT",       [ONR_LEXEME_NEAR] = "near",
    [ONR_LEXEME_END] = "end"};

void onr_lexemes_print(const char *text, const GArray *lexemes, GString *out) {
  for (guint i = 0; i < lexemes->len; i++) {
    const OnrLexeme *lexeme = &g_array_index(lexemes, OnrLexeme, i);
    g_string_append_printf(out, "%s%s", i ? " " : "", kind_names[lexeme->kind]);
    if (lexeme->kind == ONR_LEXEME_FIELD)
      g_string_append_printf(out, ":%s", onr_field_name(lexeme->field));
    else if (lexeme->kind == ONR_LEXEME_NEAR)
      g_string_append_printf(out, ":%u", lexeme->window);
    else if (lexeme->kind <= ONR_LEXEME_KEY && lexeme->kind != ONR_LEXEME_STAR)
      g_string_append_printf(out, ":[%.*s]", (int)onr_span_length(lexeme->inner), text + lexeme->inner.begin);
  }
}
