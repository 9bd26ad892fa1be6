/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Markdown: YAML or TOML front matter is the header (frontmatter.c), the rest is the text without its markup
   (markdown.c). The title is the front matter's, else the first heading, else the first line; a heading stays
   part of the text. */
#include "indexer/readers/readers.h"

#include "indexer/readers/frontmatter.h"
#include "indexer/readers/markdown.h"
#include "indexer/readers/whole.h"

static const char *const ENDINGS[] = {"md", "markdown", "mdown", "mkd", NULL};

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  gboolean is_named = g_strv_contains(ENDINGS, ending);
  if (onr_frontmatter_length(bytes, n_bytes) > 0)
    return is_named ? 3 : 2;
  return is_named ? 2 : 0;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_auto(OnrDecoded) decoded = {0};
  if (!onr_whole_decode(item, NULL, (gsize)ONR_MAX_TEXT_BYTES * 4, &decoded, error)) /* 4: UTF-32 */
    return FALSE;
  *n_replaced += decoded.n_replaced;
  OnrFields fields;
  onr_fields_init(&fields, article);
  gsize header = onr_frontmatter_read(decoded.text, decoded.length, &fields);
  g_autoptr(GString) text = g_string_sized_new(decoded.length - header + 1);
  g_autoptr(GString) heading = g_string_new(NULL);
  onr_markdown_to_text(decoded.text + header, decoded.length - header, text, heading);
  onr_fields_finish(&fields);
  onr_article_set_text(article, text->str, text->len, n_replaced);
  if (!article->title)
    article->title = onr_header_clean(article, heading->str, (gssize)heading->len);
  if (!article->title)
    article->title = onr_first_line_title(article, article->text, article->text_length);
  return TRUE;
}

const OnrReader ONR_READER_MD = {
    .name = "md",
    .what = "Markdown",
    .endings = ENDINGS,
    .probe = probe,
    .split = onr_whole_split,
    .parse = parse,
};
