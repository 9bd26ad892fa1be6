/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/xapian/: an article whole, header, text, names and quotes, as the data of its document, so that a hit can be shown where there is no record. A
   GVariant in little-endian normal form (docs/index-format.md); Xapian compresses it. A quote's document has no data: the value of the slot of order says whose it is. */
#pragma once

#include "archive/article.h"
#include "text/error.h"

G_BEGIN_DECLS

/* Replaces OUT by ARTICLE. */
void onr_item_pack(const OnrArticle *article, GByteArray *out);
/* Fills OUT (reset first). CORRUPT where DATA is no article. */
gboolean onr_item_unpack(const void *data, gsize length, OnrArticle *out, GError **error);

G_END_DECLS
