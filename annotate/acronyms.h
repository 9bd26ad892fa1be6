/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Letters that are short for a name: FBI, U.N., DOE. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* The key of the initials of the tokens NAME, those of its small words too (DOE) or not (FBI); 0: there are
   none. */
guint64 onr_initials_key(const OnrReading *r, OnrSpan name, gboolean has_small);

/* The key of the letters of token I without full stops, where it is an acronym: U.N. is UN; else 0. */
guint64 onr_acronym_key(const OnrReading *r, guint32 i);

/* What token I, letters of a body, is short for by what stands beside it: the words in small letters before its brackets,
   "new history of capitalism (NHC)", or the agency of a picture that it stands on, "Image copyright EPA". NULL
   where nothing tells; else owned by CHUNK, or static. */
const char *onr_acronym_meaning(const OnrReading *r, guint32 i, GStringChunk *chunk);

G_END_DECLS
