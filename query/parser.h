/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Query text to AST, by the grammar in docs/query-language.md. */
#pragma once

#include "query/ast.h"

G_BEGIN_DECLS

#define ONR_QUERY_MAX_BYTES 65536 /* of query text */
#define ONR_QUERY_MAX_DEPTH 30    /* of brackets and NOTs */
#define ONR_QUERY_MAX_TERMS 1000  /* words, quoted texts and values */

/* ANY makes plain juxtaposition OR. Reports SYNTAX (unclosed quote, bracket, unknown field …) with three lines: message, the query's part,
   a caret under the place and what was expected; LIMIT beyond the limits. An empty query is SYNTAX. */
OnrAst *onr_query_parse(const char *text, gboolean any, GError **error);

G_END_DECLS
