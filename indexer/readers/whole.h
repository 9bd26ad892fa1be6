/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the formats of one article a file share: the whole file is the item, decoded as one. */
#pragma once

#include "indexer/reader.h"
#include "text/decode.h"

G_BEGIN_DECLS

/* OnrReader.split: all bytes as one item, once. */
gboolean onr_whole_split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error);

/* The item's bytes as text, DECLARED as in onr_decode; what a container declares goes before it, as HTTP's header does
   in browsers. LIMIT where they are more than MAX_BYTES. */
gboolean onr_whole_decode(const OnrRawItem *item, const char *declared, gsize max_bytes, OnrDecoded *out,
                          GError **error);

/* The next line of TEXT from *AT, without its LF; moves *AT behind it. FALSE at END. */
gboolean onr_line_next(const char **at, const char *end, const char **line, gsize *length);

/* TRUE where a line is empty or white space. */
gboolean onr_line_is_blank(const char *line, gsize length);

/* The title that TEXT begins with: its first line that is not blank, or NULL where that is too long for a
 * title. */
const char *onr_first_line_title(OnrArticle *article, const char *text, gsize length);

G_END_DECLS
