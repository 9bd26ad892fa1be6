/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `role:` by what the authority file says: its entries' roles hold the words, their speakers spoke while they had them. */
#pragma once

#include "archive/archive.h"
#include "query/ast.h"

G_BEGIN_DECLS

#define ONR_ROLES_MAX 1000 /* spans of time, each with those who had the role in it */

/* AST: words, a phrase or a prefix of field role. *OUT: quotes of those who had such a role on the article's day, NULL where nobody is listed with one; *IS_TOO_MANY where
   they had it at more than ONR_ROLES_MAX spans of time. */
gboolean onr_roles_plan(OnrArchive *archive, OnrTermMaker *maker, const OnrAst *ast, OnrPlan **out, gboolean *is_too_many, GError **error);

G_END_DECLS
