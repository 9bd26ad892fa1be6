/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs of text whose lines were broken to a width, as wire copy, press databases and mail have it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends TEXT (valid UTF-8, LF line ends) to OUT as paragraphs of one line, a blank line between them and none at the
   ends. A line goes on in the next where the next word would not have fit the width, which is that of the longest line,
   60 to 100 characters; elsewhere its end was meant, and a paragraph ends with it. One ends also at a blank line
   and before a line that is indented more than the one before it, or, where most indented lines are followed by one
   that is not, before any indented line. Text with a tenth of its lines longer was not broken: each line is a
   paragraph. N_BEFORE characters stand before TEXT on its first line: a dateline. */
void onr_unwrap_append(const char *text, gsize length, gsize n_before, GString *out);

/* The same for the lines of one paragraph, whose ends are known: a line goes on in the next whatever their widths, unless a
   blank line or one that is indented more than the one before it begins another paragraph. */
void onr_unwrap_append_joined(const char *text, gsize length, GString *out);

G_END_DECLS
