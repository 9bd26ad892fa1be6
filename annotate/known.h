/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of several words that are known (text/known_names.h) or are of a form that tells, put together where
   the recogniser left them in pieces: "People’s | Liberation Army", "Bureau of Alcohol | , | Tobacco, …",
   "Sheriff’s | Office". */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* LABELS (annotate/labeller.h) and GOES_ON have a byte a token. Where a whole name is known, and none of the
   labels in it reaches beyond it, its tokens get its label; lists of places are cut at their commas, and
   desks from the press ("NPR | Justice correspondent"). GOES_ON, all 0 before, becomes 1 where a name goes on
   behind the token whatever it is. */
void onr_known_label(const OnrReading *r, guint8 *labels, guint8 *goes_on);

/* Does a name end behind token I whatever the labels: a possessive, and none that a name goes on behind? */
static inline gboolean onr_known_ends(const OnrReading *r, const guint8 *goes_on, guint32 i) {
  return onr_reading_token(r, i)->possessive && !goes_on[i];
}

G_END_DECLS
