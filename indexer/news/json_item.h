/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A JSON object as an article, in whichever dialect it is: ninjs (news/ninjs.h), schema.org (news/linked.h), or members with
   the usual names (readers/json_value.h). The JSON and JSON Lines readers ask here. */
#pragma once

#include "indexer/readers/json_value.h"

G_BEGIN_DECLS

/* Fills ARTICLE. FORMAT where OBJECT is no object, UNSUPPORTED with what it is where it says that it is no article. */
gboolean onr_json_read_item(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error);

/* The same for ITEM's bytes, whose first line is the FIRST_LINE of what errors count. Also reports what onr_json_parse does. */
gboolean onr_json_parse_item(const OnrRawItem *item, guint64 first_line, OnrArticle *article, guint32 *n_replaced,
                             GError **error);

G_END_DECLS
