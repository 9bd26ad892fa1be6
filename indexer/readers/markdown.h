/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Markdown's markup taken out of a text, line by line. Kept: the words of paragraphs, headings, lists, block
   quotes, links, emphasis and inline code, and the line ends between them. Left out: fenced code, images with
   their alternative text, link targets and definitions, footnote marks, rules, HTML tags and comments. Square
   brackets without a target are words ("[the bill]") and stay. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the words of LENGTH bytes of TEXT (UTF-8, LF line ends) to OUT; HEADING gets those of the first
 * heading, if any. */
void onr_markdown_to_text(const char *text, gsize length, GString *out, GString *heading);

G_END_DECLS
