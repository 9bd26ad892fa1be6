/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where sentences end. */
#pragma once

#include "text/token.h"

G_BEGIN_DECLS

/* The end (half open) of the sentence that begins with token FIRST of the paragraph whose tokens end at END.
 */
guint32 onr_sentence_end(const char *text, const OnrTokens *tokens, guint32 first, guint32 end);

G_END_DECLS
