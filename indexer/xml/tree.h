/* SPDX-License-Identifier: GPL-2.0-or-later */
/* XML as libxml2's tree, under our limits. Nothing is loaded from anywhere: a document type declaration is blanked before
   the parser sees the text, so there are no entities but XML's own five, and no expansion. What is not well-formed is
   mended (xml/mend.h) and tried once more; what is no XML then either is an error with its line. Elements are asked for by
   their local names (the functions of web/tree.h serve here too). */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

/* The tree of LENGTH bytes of UTF-8, whose document type is overwritten with blanks. The caller frees it with xmlFreeDoc.
   LIMIT where it would take more than ONR_MAX_TREE_BYTES or is nested too deep, FORMAT for what is no XML; lines are
   counted from 1 - LINES_BEFORE. */
xmlDoc *onr_xml_parse(char *text, gsize length, guint lines_before, guint32 *n_replaced, GError **error);

/* Blanks the document type of LENGTH bytes of TEXT, if it has one; line ends stay. */
void onr_xml_blank_doctype(char *text, gsize length);

/* The first element called NAME among the children of PARENT; PARENT may be NULL. */
xmlNode *onr_xml_child(const xmlNode *parent, const char *name);
/* The next one called NAME behind NODE among its siblings. */
xmlNode *onr_xml_next_sibling(const xmlNode *node, const char *name);
/* Down through children called by the names of PATH, "a/b/c"; NULL where there is none. */
xmlNode *onr_xml_find(xmlNode *root, const char *path);
/* The first element called NAME at or below ROOT in document order, or NULL; ROOT may be NULL. */
xmlNode *onr_xml_descendant(xmlNode *root, const char *name);

/* The words at and below NODE as they stand, white space at both ends off; NULL where there are none or NODE is NULL. The
   caller frees it. */
char *onr_xml_words(xmlNode *node);

/* The address of NODE's namespace, or "". */
const char *onr_xml_namespace(const xmlNode *node);

/* xml:lang of NODE or of the nearest element around it that has one; borrowed; NULL. */
const char *onr_xml_language(const xmlNode *node);

G_END_DECLS
