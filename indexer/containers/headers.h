/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks of `Name: value` lines up to a blank one, as in WARC records and HTTP messages. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of the block that BYTES begin with, its blank line counted; 0 where they end before it. Lines end in CRLF or LF. */
gsize onr_headers_length(const char *bytes, gsize n_bytes);

/* The value of the first line with NAME (whatever its case) in BLOCK, folded lines joined, white space at both ends
 * gone; NULL where there is none. The caller frees it. */
char *onr_headers_get(const char *block, gsize n_bytes, const char *name);

/* "Text/HTML; charset=UTF-8" as "text/html"; *CHARSET gets "UTF-8", or NULL. VALUE may be NULL: "". The caller frees
 * both. */
char *onr_media_type(const char *value, char **charset);

G_END_DECLS
