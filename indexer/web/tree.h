/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A web page as libxml2's tree, and the few questions that its header and its body are asked. */
#pragma once

#include "text/error.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* The tree of LENGTH bytes of UTF-8; entities are not loaded from anywhere. The caller frees it with
   xmlFreeDoc. LIMIT where it would take more than ONR_MAX_TREE_BYTES, FORMAT where there is no element at
   all. */
xmlDoc *onr_html_parse(const char *text, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, xmlFreeDoc)

/* The node after NODE in document order below ROOT, or NULL; WITH_CHILDREN FALSE passes over what is inside
 * NODE. */
xmlNode *onr_html_next(xmlNode *node, const xmlNode *root, gboolean with_children);

gboolean onr_html_is(const xmlNode *node, const char *name);

/* TRUE where NODE's name is one of NAMES (NULL-terminated). */
gboolean onr_html_is_any(const xmlNode *node, const char *const *names);

/* The attribute's value, borrowed until the tree goes; NULL where there is none. */
const char *onr_html_get(const xmlNode *node, const char *attribute);

/* TRUE where NODE says that a browser shows nothing of it: hidden, aria-hidden, display:none. */
gboolean onr_html_is_hidden(const xmlNode *node);

/* TRUE where the attribute holds WORD among its space-separated words, without case. */
gboolean onr_html_has_word(const xmlNode *node, const char *attribute, const char *word);

/* The words below NODE, appended to OUT as they stand. */
void onr_html_append_text(xmlNode *node, GString *out);

G_END_DECLS
