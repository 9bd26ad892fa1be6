/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/web/tree.h"

#include "indexer/reader.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* An element with its attributes and the text behind it, in libxml2 2.9 on 64 bits: 120 bytes a node,
 * allocator's share included. */
#define TAG_BYTES 320

static gsize measure_tree(const char *text, gsize length) {
  gsize n_tags = 0;
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++)
    n_tags++;
  return n_tags * TAG_BYTES + length;
}

static void init_parser(void) {
  static gsize once = 0;
  if (g_once_init_enter(&once)) {
    xmlInitParser();
    g_once_init_leave(&once, 1);
  }
}

xmlDoc *onr_html_parse(const char *text, gsize length, GError **error) {
  gsize tree_bytes = measure_tree(text, length);
  if (tree_bytes > ONR_MAX_TREE_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "the page would take %" G_GSIZE_FORMAT " bytes; the limit is %u", tree_bytes,
                ONR_MAX_TREE_BYTES);
    return NULL;
  }
  init_parser();
  xmlDoc *tree = htmlReadMemory(text, (int)length, NULL, "UTF-8",
                                HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT);
  if (tree && xmlDocGetRootElement(tree))
    return tree;
  xmlFreeDoc(tree);
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no HTML");
  return NULL;
}

xmlNode *onr_html_next(xmlNode *node, const xmlNode *root, gboolean with_children) {
  if (with_children && node->type == XML_ELEMENT_NODE && node->children)
    return node->children;
  while (node != root && !node->next)
    node = node->parent;
  return node == root ? NULL : node->next;
}

gboolean onr_html_is(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

gboolean onr_html_is_any(const xmlNode *node, const char *const *names) {
  if (node->type != XML_ELEMENT_NODE)
    return FALSE;
  for (; *names; names++)
    if (strcmp((const char *)node->name, *names) == 0)
      return TRUE;
  return FALSE;
}

const char *onr_html_get(const xmlNode *node, const char *attribute) {
  if (node->type != XML_ELEMENT_NODE)
    return NULL;
  for (const xmlAttr *a = node->properties; a; a = a->next)
    if (strcmp((const char *)a->name, attribute) == 0)
      return a->children && a->children->content ? (const char *)a->children->content : "";
  return NULL;
}

gboolean onr_html_is_hidden(const xmlNode *node) {
  const char *style = onr_html_get(node, "style");
  const char *aria = onr_html_get(node, "aria-hidden");
  return onr_html_get(node, "hidden") || (aria && strcmp(aria, "true") == 0) ||
         (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

gboolean onr_html_has_word(const xmlNode *node, const char *attribute, const char *word) {
  const char *value = onr_html_get(node, attribute);
  gsize length = strlen(word);
  while (value && *value) {
    gsize n = strcspn(value, " \t\n\r\f");
    if (n == length && g_ascii_strncasecmp(value, word, n) == 0)
      return TRUE;
    value += n + strspn(value + n, " \t\n\r\f");
  }
  return FALSE;
}

void onr_html_append_text(xmlNode *node, GString *out) {
  for (xmlNode *n = node; n; n = onr_html_next(n, node, TRUE))
    if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) && n->content)
      g_string_append(out, (const char *)n->content);
}
