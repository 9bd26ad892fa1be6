/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a token's letters alone say about its being part of a name: handles, shouting, words glued together
   where a page lost its layout, names inside longer words. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* Bytes from the token's begin to the end of the name that a joined word begins with: Texas of Texas-based,
   Loeb of Loeb/AFP. 0 where the word is one, as Ocasio-Cortez. */
guint32 onr_shape_head(const OnrReading *r, guint32 i);

/* The key of such a head, as the word alone would have it. */
guint64 onr_shape_head_key(const OnrReading *r, guint32 i, guint32 head);

/* Can the token stand in no name at all: @handle, #tag, anti-Halden, NEVER? */
gboolean onr_shape_is_no_name(const OnrReading *r, guint32 i);

/* SmithHouse: two words that lost the space between them. */
gboolean onr_shape_is_glued(const OnrReading *r, guint32 i);

G_END_DECLS
