/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Case and accent folding, the way to a term's form: compatibility decomposition, full case folding, marks
   dropped, ’ and its like to ', ‐ to -, then NFC (utf8proc). İstanbul, ISTANBUL and istanbul fold alike; ß is
   ss, ø is o, ł is l. Marks are dropped where readers leave them out (Latin, Greek, Cyrillic, Hebrew,
   Arabic); those of other scripts are vowels and stay. Characters that cannot be seen (soft hyphens, joiners)
   are dropped. ASCII takes a fast path. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the folded form of LENGTH bytes of valid UTF-8 to OUT. */
void onr_fold(const char *text, gsize length, GString *out);

/* Lower case of LENGTH bytes of ASCII into OUT, which has room for them: what onr_fold makes of such text. */
void onr_fold_ascii(const char *text, gsize length, char *out);

/* As onr_fold, for one string; the caller frees it. LENGTH -1: up to the NUL. */
char *onr_fold_dup(const char *text, gssize length);

G_END_DECLS
