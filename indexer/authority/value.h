/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What holds for a value of an authority file in either format: how it is cleaned, how a message shows it,
   and the time that a role ends in. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* OUT becomes TEXT, which is UTF-8, without blanks at its ends; blanks and control characters inside are
   single spaces. */
void onr_authority_clean(const char *text, gsize length, GString *out);

/* TEXT, or its beginning and "…" where it is long, for a message. The caller frees it. */
char *onr_authority_shorten(const char *text);

/* Bytes of TEXT before the time that it ends in, "(2004-03..2012)", "(2004..)", "(..2012)" or "(2012)";
   LENGTH where there is none or a backslash stands before it. *FROM and *TO become its ends, to be freed, or
   NULL. Whatever is made of digits and hyphens counts as one: whether it is a date is for the caller to see.
 */
gsize onr_authority_find_time(const char *text, gsize length, char **from, char **to);

G_END_DECLS
