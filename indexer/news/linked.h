/* SPDX-License-Identifier: GPL-2.0-or-later */
/* schema.org's articles in JSON-LD, as files have them (web pages: web/linked.h): NewsArticle and its kin, live
   blogs with their updates, and the lists and graphs that articles come in. */
#pragma once

#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* TRUE where OBJECT has a `@type` and says that its words are schema.org's, or is of an article's type. */
gboolean onr_linked_is(const json_t *object);

/* Fills ARTICLE. UNSUPPORTED where OBJECT is of a type that is no article's. */
gboolean onr_linked_read(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error);

/* The articles in TOP: itself, or those in its `@graph`, its list (`itemListElement`, `dataFeedElement`, `hasPart`,
   `mainEntity`) or in it as an array, in their order. What they name only by `@id` (an author, a publisher) is put in its
   place where TOP has it. A new array, which the caller frees with json_decref; empty where there is none. */
json_t *onr_linked_find_articles(const json_t *top);

G_END_DECLS
