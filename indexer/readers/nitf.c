/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NITF: one document, one article (news/nitf.h). */
#include "indexer/readers/readers.h"

#include "indexer/news/nitf.h"
#include "indexer/readers/whole.h"
#include "indexer/xml/cut.h"
#include "indexer/xml/scan.h"

#include <string.h>

static const char *const ENDINGS[] = {"nitf", NULL};

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  OnrXmlRoot root;
  return onr_xml_find_root(bytes, n_bytes, &root) && onr_xml_root_is(&root, "nitf", "") ? 3 : 0;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_autoptr(xmlDoc) tree = onr_xml_open_item(item, n_replaced, error);
  if (!tree)
    return FALSE;
  OnrFields fields;
  onr_fields_init(&fields, article);
  g_auto(OnrParagraphs) body = {0};
  onr_nitf_read(xmlDocGetRootElement(tree), 0, &fields, &body);
  onr_fields_finish(&fields);
  const char *text = onr_paragraphs_text(&body);
  onr_article_set_text(article, text, strlen(text), n_replaced);
  return TRUE;
}

const OnrReader ONR_READER_NITF = {
    .name = "nitf",
    .what = "NITF",
    .endings = ENDINGS,
    .probe = probe,
    .split = onr_whole_split,
    .parse = parse,
};
