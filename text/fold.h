/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Case and accent folding, the way to a term's form: compatibility decomposition, full case folding, marks
   dropped, ’ and its like to ', then NFC (utf8proc). İstanbul, ISTANBUL and istanbul fold alike; ß is ss, ø is o, ł is l. ASCII takes a
   table-driven path. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the folded form of LENGTH bytes of valid UTF-8 to OUT. */
void onr_fold(const char *text, gsize length, GString *out);

/* As onr_fold, for one string; the caller frees it. LENGTH -1: up to the NUL. */
char *onr_fold_dup(const char *text, gssize length);

G_END_DECLS
