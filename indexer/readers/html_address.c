/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/html_address.h"

#include "indexer/readers/html_tree.h"

#include <string.h>

/* REFERENCE as seen from BASE; NULL where the two make no address. The caller frees it. */
static char *resolve(const char *base, const char *reference) {
  g_autofree char *stripped = g_strstrip(g_strdup(reference));
  return *stripped
             ? g_uri_resolve_relative(base, stripped, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL)
             : NULL;
}

static void resolve_attribute(xmlNode *node, const char *name, const char *base) {
  const char *value = onr_html_get(node, name);
  g_autofree char *absolute = value && !strstr(value, "://") ? resolve(base, value) : NULL;
  if (absolute)
    xmlSetProp(node, BAD_CAST name, BAD_CAST absolute);
}

void onr_html_resolve_address(xmlDoc *tree, const char *address) {
  xmlNode *root = xmlDocGetRootElement(tree);
  g_autofree char *base = NULL;
  for (xmlNode *node = root; node; node = onr_html_next(node, root, TRUE)) {
    if (node->type != XML_ELEMENT_NODE)
      continue;
    if (!base && onr_html_is(node, "base") && onr_html_get(node, "href"))
      base = resolve(address, onr_html_get(node, "href"));
    else if (onr_html_is(node, "link") && onr_html_has_word(node, "rel", "canonical"))
      resolve_attribute(node, "href", base ? base : address);
    else if (onr_html_is(node, "meta") && g_strcmp0(onr_html_get(node, "property"), "og:url") == 0)
      resolve_attribute(node, "content", base ? base : address);
  }
}
