/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An object as an article by the names of its members (readers/fields.h), as databases, interfaces and libraries write them. */
#pragma once

#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* Fills ARTICLE from OBJECT, and where that has no title or no text also from what it wraps (onr_json_find_wrapped). FORMAT
   where it is no object, UNSUPPORTED for a table that is written by columns. */
gboolean onr_json_read_article(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error);

/* TRUE where OBJECT itself has a title or a text. */
gboolean onr_json_has_article(const json_t *object);

/* The AT-th of the objects in OBJECT that may be the article where OBJECT is only around it: a search engine's `_source`, an
   interface's `fields`, `attributes`, `item` …; NULL behind the last. AT is moved behind it. */
const json_t *onr_json_find_wrapped(const json_t *object, guint *at);

G_END_DECLS
