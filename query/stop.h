/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of English that say nothing of what a text is about: left out of --any queries, where they would only add noise and
   cost (docs/ranking.md has the figures). Nowhere else are words left out. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FORM is folded. */
gboolean onr_is_stop_word(const char *form);

G_END_DECLS
