/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/xml/tree.h"

#include "indexer/reader.h"
#include "indexer/xml/mend.h"
#include "indexer/xml/scan.h"

#include <libxml/parser.h>
#include <string.h>

/* An element with the text behind it, and an attribute with its value's node, in libxml2 2.9 on 64 bits with
   the allocator's share; measured 254 and 214. */
#define TAG_BYTES 320
#define ATTRIBUTE_BYTES 240

static gsize measure_tree(const char *text, gsize length) {
  gsize bytes = length;
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++)
    bytes += TAG_BYTES;
  for (const char *p = text; (p = memchr(p, '=', (gsize)(end - p))); p++)
    if (end - p > 1 && (p[1] == '"' || p[1] == '\''))
      bytes += ATTRIBUTE_BYTES;
  return bytes;
}

static void init_parser(void) {
  static gsize once = 0;
  if (g_once_init_enter(&once)) {
    xmlInitParser();
    g_once_init_leave(&once, 1);
  }
}

void onr_xml_blank_doctype(char *text, gsize length) {
  OnrXmlScan scan = {.at = text, .end = text + length};
  OnrXmlToken token;
  while (onr_xml_next(&scan, &token) && token.kind != ONR_XML_START && token.kind != ONR_XML_EMPTY)
    if (token.kind == ONR_XML_DOCTYPE)
      for (char *p = text + (token.begin - text); p < token.end; p++)
        *p = *p == '\n' ? '\n' : ' ';
}

static void report(const xmlError *why, gint lines_before, GError **error) {
  if (why && why->code == XML_ERR_INTERNAL_ERROR && why->message && strstr(why->message, "depth")) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "XML is nested over %d deep", ONR_MAX_XML_DEPTH);
    return;
  }
  g_autofree char *words = g_strchomp(g_strdup(why && why->message ? why->message : "no element"));
  if (*words && !g_ascii_isupper(words[1]))
    *words = g_ascii_tolower(*words);
  gint line = (why ? why->line : 1) - lines_before;
  g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "no XML at line %d: %s", MAX(line, 1), words);
}

/* As it stands, or NULL with ERROR. */
static xmlDoc *parse_strictly(const char *text, gsize length, gint lines_before, GError **error) {
  xmlParserCtxt *parser = xmlNewParserCtxt();
  xmlDoc *tree =
      xmlCtxtReadMemory(parser, text, (int)length, NULL, "UTF-8",
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
  if (!tree)
    report(xmlCtxtGetLastError(parser), lines_before, error);
  xmlFreeParserCtxt(parser);
  return tree;
}

xmlDoc *onr_xml_parse(char *text, gsize length, guint lines_before, guint32 *n_replaced, GError **error) {
  gsize tree_bytes = measure_tree(text, length);
  if (tree_bytes > ONR_MAX_TREE_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "XML would take %" G_GSIZE_FORMAT " bytes; the limit is %u", tree_bytes, ONR_MAX_TREE_BYTES);
    return NULL;
  }
  init_parser();
  onr_xml_blank_doctype(text, length);
  gint before = (gint)lines_before;
  for (; length > 0 && g_ascii_isspace(*text); text++, length--)
    before -= *text == '\n';
  g_autoptr(GError) why = NULL;
  xmlDoc *tree = parse_strictly(text, length, before, &why);
  if (!tree && why->code != ONR_ERROR_LIMIT) {
    GString *mended = onr_xml_mend(text, length, n_replaced);
    tree = mended ? parse_strictly(mended->str, mended->len, before, NULL) : NULL;
    if (mended)
      g_string_free(mended, TRUE);
  }
  if (!tree)
    g_propagate_error(error, g_steal_pointer(&why));
  return tree;
}

xmlNode *onr_xml_child(const xmlNode *parent, const char *name) {
  for (xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
    if (onr_html_is(node, name))
      return node;
  return NULL;
}

xmlNode *onr_xml_next_sibling(const xmlNode *node, const char *name) {
  for (xmlNode *next = node->next; next; next = next->next)
    if (onr_html_is(next, name))
      return next;
  return NULL;
}

xmlNode *onr_xml_find(xmlNode *root, const char *path) {
  g_auto(GStrv) names = g_strsplit(path, "/", -1);
  xmlNode *node = root;
  for (guint i = 0; names[i] && node; i++)
    node = onr_xml_child(node, names[i]);
  return node;
}

xmlNode *onr_xml_descendant(xmlNode *root, const char *name) {
  for (xmlNode *node = root; node; node = onr_html_next(node, root, TRUE))
    if (onr_html_is(node, name))
      return node;
  return NULL;
}

char *onr_xml_words(xmlNode *node) {
  if (!node)
    return NULL;
  g_autoptr(GString) words = g_string_new(NULL);
  onr_html_append_text(node, words);
  char *trimmed = g_strstrip(words->str);
  return *trimmed ? g_strdup(trimmed) : NULL;
}

const char *onr_xml_namespace(const xmlNode *node) {
  return node->ns && node->ns->href ? (const char *)node->ns->href : "";
}

const char *onr_xml_language(const xmlNode *node) {
  for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
    for (const xmlAttr *a = node->properties; a; a = a->next)
      if (strcmp((const char *)a->name, "lang") == 0 && a->children && a->children->content)
        return (const char *)a->children->content;
  return NULL;
}
