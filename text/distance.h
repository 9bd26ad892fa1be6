/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far apart two words are, for "did you mean". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Insertions, deletions, replacements and swaps of neighbours, in code points, that turn A into B (valid
   UTF-8): optimal string alignment, Damerau 1964. LIMIT + 1 where it is more than LIMIT. */
guint onr_edit_distance(const char *a, gsize a_length, const char *b, gsize b_length, guint limit);

/* The distance up to which a word of N letters is still near: a third of them, at least one, at most two. */
guint onr_edit_limit(gsize n);

G_END_DECLS
