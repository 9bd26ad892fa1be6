/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a text that does not say its language is one that attribution knows: by its script and its
 * commonest words. */
#pragma once

#include "text/document.h"

G_BEGIN_DECLS

/* FALSE where DOC is clearly in another language than English: most of its letters are of another script, or
   other languages' commonest words stand in it more often than English ones. Short texts and tables, which
   show nothing, count as English. */
gboolean onr_language_is_english(const OnrDocument *doc);

G_END_DECLS
