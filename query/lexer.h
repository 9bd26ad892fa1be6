/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query text to lexemes, the first stage of reading a query: it decides what is a word, a quoted text, an operator, a field.
   Operators are written in capitals; any double quotation mark opens and closes a quoted text; a name of letters with a colon and something
   directly behind it is a field. */
#pragma once

#include "query/field.h"
#include "text/error.h"
#include "text/span.h"

G_BEGIN_DECLS

typedef enum {
  ONR_LEXEME_WORD,
  ONR_LEXEME_PREFIX, /* econom* */
  ONR_LEXEME_STAR,   /* * alone */
  ONR_LEXEME_QUOTED,
  ONR_LEXEME_KEY,    /* an unquoted value of id:, url: or path: */
  ONR_LEXEME_FIELD,  /* speaker: */
  ONR_LEXEME_OPEN,
  ONR_LEXEME_CLOSE,
  ONR_LEXEME_AND,
  ONR_LEXEME_OR,
  ONR_LEXEME_NOT,    /* NOT, or - before a word */
  ONR_LEXEME_NEAR,   /* NEAR, NEAR/5 */
  ONR_LEXEME_END,
} OnrLexemeKind;

#define ONR_NEAR_DEFAULT 10 /* of NEAR without a number, as SQLite's FTS5 has it */
#define ONR_NEAR_MAX 1000

typedef struct {
  OnrLexemeKind kind;
  OnrField field; /* FIELD */
  guint window;   /* NEAR */
  OnrSpan span;   /* bytes of the query */
  OnrSpan inner;  /* of the text without marks: inside the quotation marks, before the star */
} OnrLexeme;

/* Appends the lexemes of TEXT (OnrLexeme), the last one END. Reports SYNTAX and LIMIT with three lines, see query/fault.h. */
gboolean onr_query_lex(const char *text, GArray *lexemes, GError **error);

/* "field:speaker word:lavrov near:5 …" on one line. */
void onr_lexemes_print(const char *text, const GArray *lexemes, GString *out);

G_END_DECLS
