/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML that no parser takes, made well-formed without losing words: what feeds get wrong. A '&' or '<' that is only a sign is
   escaped, HTML's named references become their characters, elements that were left open are closed where the one around
   them ends, end tags of nothing go, attributes get their quotation marks, control characters become U+FFFD, and what
   stands before and behind the document is left away. Entities that the document declares itself stay as written: a
   document type is not looked at. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_MAX_XML_DEPTH 256 /* of elements, libxml2's own */
#define ONR_MAX_MENDED_BYTES (48u << 20)

/* LENGTH bytes of UTF-8 as XML; control characters are counted in *N_REPLACED. The caller frees it with g_string_free.
   NULL where elements are nested deeper than ONR_MAX_XML_DEPTH, or it would be over ONR_MAX_MENDED_BYTES. */
GString *onr_xml_mend(const char *text, gsize length, guint32 *n_replaced);

G_END_DECLS
