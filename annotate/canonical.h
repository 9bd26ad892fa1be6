/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The form of a name that an entity is known by: as the article writes it, without shouting, and fuller than
   that where every reader knows it so ("President Obama", "AP"). */
#pragma once

#include "annotate/names.h"

G_BEGIN_DECLS

/* The canonical form of NAME, an entity's fullest, of TYPE; IS_PRESIDENT says whether the article calls its
 * bearer so. Into CHUNK. */
const char *onr_canonical_name(const OnrReading *r, const OnrName *name, OnrEntityType type,
                               gboolean is_president, GStringChunk *chunk);

/* The words of NAME, those that are shouted with a capital only: VAN DER BERG is Van Der Berg. Into CHUNK. */
const char *onr_canonical_words(const OnrReading *r, OnrSpan name, GStringChunk *chunk);

/* Bytes of the text up to which NAME reaches: Texas of Texas-based. */
guint32 onr_canonical_end(const OnrReading *r, const OnrName *name);

/* Does a sentence, or what stands in marks or behind a colon, begin with token I? */
gboolean onr_reading_opens_sentence(const OnrReading *r, guint32 i);

G_END_DECLS
