/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query means, worked out the slow way: its tree is tried on every article and quote, on word lists cut by text/ and on the rows
   as they were made. No index, no plan, no engine. */
#pragma once

#include "archive/archive.h"
#include "query/ast.h"

typedef struct OnrNaive OnrNaive;

/* ARTICLES: OnrArticle, borrowed. */
OnrNaive *onr_naive_new(const GPtrArray *articles);
void onr_naive_free(OnrNaive *naive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrNaive, onr_naive_free)

/* TRUE where AST holds of article number ARTICLE (over articles) or of its quote number QUOTE, from 0 (over quotes). */
gboolean onr_naive_holds(OnrNaive *naive, const OnrAst *ast, OnrTable table, guint article, guint quote);

/* TRUE where it would hold if the item had whatever date it is asked for, and the item has none. */
gboolean onr_naive_lacks_date(OnrNaive *naive, const OnrAst *ast, OnrTable table, guint article, guint quote);
