/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates as press databases write them, on a line of their own: with a weekday before or behind, a time, an edition,
   and in the language of the paper: "February 6, 2022 Sunday 10:15 AM GMT", "6. Februar 2022", "dimanche 6 février
   2022", "January 1, 1989, Sunday, Home Edition". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE where LINE is such a date. *ISO gets it as text/date.h writes dates (the caller frees it), or NULL where it has
   no day: "Winter" is no date, "February 2022" is one of a month. A time without a known zone is kept without one. */
gboolean onr_press_date_parse(const char *line, gsize length, char **iso);

G_END_DECLS
