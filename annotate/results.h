/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines of sports results and standings: "Halden 2 Marenport 0", "Halden v Marenport". A town that stands so
   is its team. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* Do two names or more of SENTENCE, or one when GOES_ON (the sentence before was such a line), stand with a
 * score or an opponent? */
gboolean onr_results_is_line(const OnrReading *r, OnrSpan sentence, gboolean goes_on);

/* In such a line: does a score or an opponent stand beside the name, so that it is a team's? */
gboolean onr_results_is_team(const OnrReading *r, OnrSpan sentence, OnrSpan name);

G_END_DECLS
