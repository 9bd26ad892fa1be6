/* SPDX-License-Identifier: GPL-2.0-or-later */
/* "Did you mean": the name of a closed list that a mistyped word was most likely meant to be. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The element of NAMES (NULL-terminated) with the fewest insertions, deletions, replacements and swaps of
   neighbours to WORD, or that WORD begins; NULL where none is near
   (text/distance.h: onr_edit_limit). Borrowed. */
const char *onr_nearest_name(const char *word, const char *const *names);

G_END_DECLS
