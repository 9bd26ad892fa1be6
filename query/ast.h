/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query says, before anything is looked up: the tree that the parser makes of it. It knows fields and
   words, no archive. Spans are bytes of the query text, for messages with a caret and for --explain. */
#pragma once

#include "query/field.h"
#include "text/error.h"
#include "text/span.h"

G_BEGIN_DECLS

typedef enum {
  ONR_AST_ALL,    /* "*" alone */
  ONR_AST_WORD,   /* word, matched by stem; also values of kind:, date: … */
  ONR_AST_QUOTED, /* "one or more words", as written */
  ONR_AST_PREFIX, /* econom* */
  ONR_AST_NEAR,   /* two children, WORD or QUOTED of one field; window */
  ONR_AST_AND,
  ONR_AST_OR,
  ONR_AST_NOT, /* one child */
} OnrAstKind;

typedef struct OnrAst OnrAst;
struct OnrAst {
  OnrAstKind kind;
  OnrField field;      /* leaves and NEAR */
  char *text;          /* leaves: as written, without marks; NULL for ALL. QUOTED holds no straight quotation mark */
  guint window;        /* NEAR */
  gboolean is_any;     /* OR: made by --any of words that stand side by side, where stop words do not count */
  OnrSpan span;        /* in the query; empty where an option, not the text, gave the condition */
  GPtrArray *children; /* owned; NULL for leaves */
};

/* A leaf with LENGTH bytes of TEXT, or, with TEXT NULL, a parent without children. */
OnrAst *onr_ast_leaf(OnrAstKind kind, OnrField field, const char *text, gsize length, OnrSpan span);
OnrAst *onr_ast_parent(OnrAstKind kind);
/* Appends CHILD, which is taken, and widens PARENT's span to hold it. */
void onr_ast_add(OnrAst *parent, OnrAst *child);
void onr_ast_free(OnrAst *ast);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrAst, onr_ast_free)

/* TRUE where AST or anything below it asks FIELD. */
gboolean onr_ast_has_field(const OnrAst *ast, OnrField field);

/* (and (word speaker lavrov) (word nato)) on one line. */
void onr_ast_print(const OnrAst *ast, GString *out);

/* The tree as query text again, bracketed where need be: parsing it gives an equal tree. */
void onr_ast_write(const OnrAst *ast, GString *out);

G_END_DECLS
