/* SPDX-License-Identifier: GPL-2.0-or-later */
/* HTML's character references outside HTML: in Markdown, and in JSON-LD and meta values that a site has
 * escaped twice. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The reference at P (a '&'), before END, as characters appended to OUT. Returns the place behind it, or NULL
 * where '&' is only a sign. */
const char *onr_entity_append(const char *p, const char *end, GString *out);

/* TEXT with its references as characters; the caller frees it. */
char *onr_entity_decode(const char *text);
/* The same for LENGTH bytes, among which NULs may be. */
GString *onr_entity_decode_bytes(const char *text, gsize length);

G_END_DECLS
