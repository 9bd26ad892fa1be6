/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query says, before anything is looked up: the tree that the parser makes of it. It knows fields and words, no archive. Spans are bytes of
   the query text, for messages with a caret and for --explain. */
#pragma once

#include "text/error.h"
#include "text/span.h"

G_BEGIN_DECLS

typedef enum {
  ONR_FIELD_DEFAULT, /* text in search, quote in quotes */
  ONR_FIELD_QUOTE, ONR_FIELD_SPEAKER, ONR_FIELD_ROLE, ONR_FIELD_CUE, ONR_FIELD_KIND, ONR_FIELD_ACT, ONR_FIELD_MENTION,
  ONR_FIELD_PERSON, ONR_FIELD_ORG, ONR_FIELD_PLACE, ONR_FIELD_CONFIDENCE,
  ONR_FIELD_TEXT, ONR_FIELD_TITLE, ONR_FIELD_BYLINE, ONR_FIELD_PUBLISHER, ONR_FIELD_SECTION, ONR_FIELD_LANG,
  ONR_FIELD_DATE, ONR_FIELD_URL, ONR_FIELD_PATH, ONR_FIELD_ID,
  ONR_N_FIELDS
} OnrField;

typedef enum {
  ONR_AST_ALL,    /* "*" alone */
  ONR_AST_WORD,   /* word, matched by stem; also values of kind:, date: … */
  ONR_AST_QUOTED, /* "one or more words", as written */
  ONR_AST_PREFIX, /* econom* */
  ONR_AST_NEAR,   /* two words, window */
  ONR_AST_AND, ONR_AST_OR, ONR_AST_NOT, /* NOT has one child */
} OnrAstKind;

typedef struct OnrAst OnrAst;
struct OnrAst {
  OnrAstKind kind;
  OnrField field;      /* leaves and NEAR */
  char *text;          /* leaves: as written, without marks */
  guint window;        /* NEAR */
  OnrSpan span;        /* in the query */
  GPtrArray *children; /* owned; NULL for leaves */
};

void onr_ast_free(OnrAst *ast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrAst, onr_ast_free)

/* "speaker", NULL for the default field. */
const char *onr_field_name(OnrField field);
int onr_field_parse(const char *name, gsize length); /* -1 when there is none */

/* (and (word speaker lavrov) (word nato)) on one line. */
void onr_ast_print(const OnrAst *ast, GString *out);

G_END_DECLS
