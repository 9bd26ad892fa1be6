/* SPDX-License-Identifier: GPL-2.0-or-later */
/* AST to plan: where words become terms, names identities and prefixes the terms that begin so. Looks things up in the archive, but
   runs nothing. */
#pragma once

#include "archive/holdings.h"
#include "query/ast.h"

G_BEGIN_DECLS

#define ONR_PREFIX_MAX_TERMS 1000 /* that a prefix may stand for */

/* Where a field's words are posted. Bare words (no prefix) score, those of fields are conditions. */
typedef struct {
  const char *prefix;
  OnrTable table;
} OnrFieldPlace;
/* FIELD as a query over TABLE asks it: bare words are those of the table, the text and its title those of articles. */
OnrFieldPlace onr_field_place(OnrField field, OnrTable table);

/* Mask of 1 << OnrEntityType: what person:, org: and place: look among; all of them for other fields. */
guint onr_field_entity_types(OnrField field);

typedef struct {
  OnrArchive *archive;  /* borrowed, like all of these */
  OnrTermMaker *maker;
  OnrTable table;
  const char *text;     /* the query, for messages */
  gboolean is_for_marks; /* plan what a reader is to see marked: no second term that only ranks */
  GPtrArray *left_out;  /* char *, appended: stop words that --any does not look for; may be NULL */
} OnrPlanning;

/* The normal plan of AST over PLANNING's table. *N_CONDITIONS (may be NULL) gets how many of its leaves hold something that can be searched:
   bare words without letter or digit are passed over. Over quotes every condition is about one quote, and those of articles
   about its article. Reports SYNTAX for a field that the table has not or a value without words, LIMIT for a prefix of too many words and for
   too large plans. */
OnrPlan *onr_query_make_plan(const OnrPlanning *planning, const OnrAst *ast, guint *n_conditions, GError **error);

G_END_DECLS
