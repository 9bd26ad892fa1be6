/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON that sites write by hand or by template, made JSON where there is one reading of it: comments and
   commas too many go, line ends and quotation marks inside strings are escaped, '…' becomes "…", a missing
   value null, and what is open at the end is closed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* LENGTH bytes of TEXT, from its first bracket on, as JSON if that is what they were meant to be; the parser
   says. What follows the first whole value is left out. The caller frees it; NULL where there is no bracket,
   or more than ONR_MAX_JSON_DEPTH are open. */
char *onr_json_repair(const char *text, gsize length);

G_END_DECLS
