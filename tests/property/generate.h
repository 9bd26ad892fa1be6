/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles and queries by chance, out of one small vocabulary, so that queries find something but not everything. */
#pragma once

#include "archive/article.h"
#include "archive/plan.h"

/* Article number N; the caller frees it. */
OnrArticle *onr_generate_article(GRand *random, guint n);

/* A query that parses over TABLE. ARTICLES (OnrArticle) lend it phrases, dates and keys. The caller frees it. */
char *onr_generate_query(GRand *random, OnrTable table, const GPtrArray *articles);
