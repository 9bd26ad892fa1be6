/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What first bytes look like, for files that no reader wants: so that a reason can say "a PNG image". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "a PNG image", "a PDF document", "binary data" …; NULL for what may be text, in whatever encoding. */
const char *onr_sniff_binary(const char *bytes, gsize n_bytes);

/* "an Office document", "an EPUB book", "a Java program" for a zip file that is one; NULL for one that holds files. */
const char *onr_sniff_document(const char *bytes, gsize n_bytes);

/* TRUE where the bytes are UTF-16 or UTF-32, by their mark or by the pattern of their NULs. */
gboolean onr_sniff_wide(const char *bytes, gsize n_bytes);

/* "a style sheet", "XML" … by a file's ending (lower case), for text that is no article; NULL for other
 * endings. */
const char *onr_sniff_ending(const char *ending);

/* "a text export of Factiva (…)" for text that a press database gave out and no reader knows, with what to ask the database for
   instead; NULL for other text. The second is for HTML with many articles. */
const char *onr_sniff_export(const char *bytes, gsize n_bytes);
const char *onr_sniff_html_export(const char *bytes, gsize n_bytes);

/* "an XML schema", "XML with root <x>" by the name (LENGTH bytes) of a document's outermost element; NULL for a document
   without one. The caller frees it. */
char *onr_sniff_xml(const char *root, gsize length);

G_END_DECLS
