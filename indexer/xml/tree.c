/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/xml/tree.h"

#include "indexer/reader.h"
#include "indexer/xml/mend.h"
#include "indexer/xml/scan.h"

#include <libxml/parser.h>
#include <string.h>

/* An element with the text behind it, and an attribute with its value's node, in libxml2 2.9 on 64 bits, with
   the allocator's share rounded up. */
#define TAG_BYTES 320
#define ATTRIBUTE_BYTES 240

/* libxml2 compares each attribute of an element with all others, and says on standard error that a text is
 * too long. */
#define MAX_ATTRIBUTES 1000
#define MAX_RUN_BYTES                                                                                        \
  (8u << 20) /* of text without an element in it; ONR_MAX_TEXT_BYTES of references would fit */

static gsize count_attributes(const OnrXmlToken *tag) {
  gsize n = 0;
  for (const char *p = tag->begin; (p = memchr(p, '=', (gsize)(tag->end - p))); p++)
    n++;
  return n;
}

static gboolean check_limits(const char *text, gsize length, GError **error) {
  gsize bytes = length;
  OnrXmlScan scan = {.at = text, .end = text + length};
  OnrXmlToken token;
  while (onr_xml_next(&scan, &token)) {
    gboolean is_tag = token.kind == ONR_XML_START || token.kind == ONR_XML_EMPTY;
    gsize n_attributes = is_tag ? count_attributes(&token) : 0;
    bytes += (is_tag ? TAG_BYTES : 0) + n_attributes * ATTRIBUTE_BYTES;
    if (n_attributes > MAX_ATTRIBUTES) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "an XML element has over %d attributes", MAX_ATTRIBUTES);
      return FALSE;
    }
    if (token.kind == ONR_XML_TEXT && (gsize)(token.end - token.begin) > MAX_RUN_BYTES) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "XML with a text over %u bytes", MAX_RUN_BYTES);
      return FALSE;
    }
  }
  if (bytes <= ONR_MAX_TREE_BYTES)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "XML would take %" G_GSIZE_FORMAT " bytes; the limit is %u",
              bytes, ONR_MAX_TREE_BYTES);
  return FALSE;
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

/* What is mended is larger, and may be over the limits that it was under. */
static xmlDoc *mend_and_parse(const char *text, gsize length, gint lines_before, guint32 *n_replaced,
                              GError **error) {
  GString *mended = onr_xml_mend(text, length, n_replaced);
  xmlDoc *tree = NULL;
  if (!mended)
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "XML is not well-formed, and nested over %d deep or over %u bytes", ONR_MAX_XML_DEPTH,
                ONR_MAX_MENDED_BYTES);
  else if (check_limits(mended->str, mended->len, error))
    tree = parse_strictly(mended->str, mended->len, lines_before, error);
  if (mended)
    g_string_free(mended, TRUE);
  return tree;
}

xmlDoc *onr_xml_parse(char *text, gsize length, guint lines_before, guint32 *n_replaced, GError **error) {
  if (!check_limits(text, length, error))
    return NULL;
  init_parser();
  onr_xml_blank_doctype(text, length);
  gint before = (gint)lines_before;
  for (; length > 0 && g_ascii_isspace(*text); text++, length--)
    before -= *text == '\n';
  g_autoptr(GError) why = NULL, still = NULL;
  xmlDoc *tree = parse_strictly(text, length, before, &why);
  if (!tree && why->code != ONR_ERROR_LIMIT)
    tree = mend_and_parse(text, length, before, n_replaced, &still);
  if (!tree && still && still->code == ONR_ERROR_LIMIT)
    g_propagate_error(error, g_steal_pointer(&still));
  else if (!tree)
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
