/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a string that may be HTML or plain text is HTML, by the tags in it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE where TEXT holds an HTML tag. */
gboolean onr_is_markup(const char *text, gsize length);

/* TRUE where TEXT is HTML beyond doubt: it holds <p>, </p>, </div>, </li>, </ul>, the end of a heading, or <br>. A lone <b> or
   <I> may be a sign of its own, as in newswire's "Dorn Bancorp <I>". */
gboolean onr_is_html(const char *text, gsize length);

/* TRUE where an inline element begins and ends: <b>…</b>. */
gboolean onr_has_inline_element(const char *text, gsize length);

/* TRUE where the tags in TEXT are tags: it is HTML beyond doubt, an inline element begins and ends, a tag has an attribute with
   its value in quotation marks, or is one that nothing else looks like (<wbr>, <img>, a comment). "Profit <a 5% rise>" has none. */
gboolean onr_is_sure_markup(const char *text, gsize length);

/* TRUE for a page rather than a piece of one: it says <html>, <head>, <body> or <title>, or has a document type. */
gboolean onr_is_html_document(const char *text, gsize length);

G_END_DECLS
