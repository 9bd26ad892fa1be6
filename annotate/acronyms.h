/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Letters that are short for a name: FBI, U.N., DOE. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* The key of the initials of the tokens NAME, those of its small words too (DOE) or not (FBI); 0: there are
   none. */
guint64 onr_initials_key(const OnrReading *r, OnrSpan name, gboolean has_small);

/* The key of the letters of token I without full stops, where it is an acronym: U.N. is UN; else 0. */
guint64 onr_acronym_key(const OnrReading *r, guint32 i);

/* The words in small letters that token I, an acronym in brackets behind them, is short for: "new history of
   capitalism (NHC)"; empty where there are none. */
OnrSpan onr_acronym_meaning(const OnrReading *r, guint32 i);

/* The agency whose picture token I, an acronym that is a body's too, stands on: "Image copyright EPA"; static,
   NULL where it stands on none. */
const char *onr_acronym_agency(const OnrReading *r, guint32 i);

G_END_DECLS
