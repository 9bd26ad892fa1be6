/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/html_meta.h"

#include "indexer/readers/entity.h"
#include "indexer/readers/html_linked.h"

#include <string.h>

/* Ranks: JSON-LD from 0 (html_linked.c), the place in METAS from RANK_META, the page's own elements last. */
enum { RANK_META = 10, RANK_PAGE = 100 };

/* Meta elements by name, property or itemprop, the surest first. */
static const struct {
  const char *name;
  OnrHeaderField field;
} METAS[] = {
    {"og:title", ONR_HEADER_TITLE},
    {"og:site_name", ONR_HEADER_PUBLISHER},
    {"og:url", ONR_HEADER_URL},
    {"og:article:author", ONR_HEADER_BYLINE},
    {"article:author", ONR_HEADER_BYLINE},
    {"article:author_name", ONR_HEADER_BYLINE},
    {"article:published_time", ONR_HEADER_DATE},
    {"og:article:published_time", ONR_HEADER_DATE},
    {"article:published", ONR_HEADER_DATE},
    {"article:section", ONR_HEADER_SECTION},
    {"headline", ONR_HEADER_TITLE},
    {"sailthru.title", ONR_HEADER_TITLE},
    {"parsely-title", ONR_HEADER_TITLE},
    {"twitter:title", ONR_HEADER_TITLE},
    {"dc.title", ONR_HEADER_TITLE},
    {"author", ONR_HEADER_BYLINE},
    {"byl", ONR_HEADER_BYLINE},
    {"sailthru.author", ONR_HEADER_BYLINE},
    {"parsely-author", ONR_HEADER_BYLINE},
    {"dc.creator", ONR_HEADER_BYLINE},
    {"datepublished", ONR_HEADER_DATE},
    {"sailthru.date", ONR_HEADER_DATE},
    {"parsely-pub-date", ONR_HEADER_DATE},
    {"pubdate", ONR_HEADER_DATE},
    {"publishdate", ONR_HEADER_DATE},
    {"publish-date", ONR_HEADER_DATE},
    {"publication_date", ONR_HEADER_DATE},
    {"date", ONR_HEADER_DATE},
    {"dc.date", ONR_HEADER_DATE},
    {"dc.date.issued", ONR_HEADER_DATE},
    {"dcterms.created", ONR_HEADER_DATE},
    {"publisher", ONR_HEADER_PUBLISHER},
    {"dc.publisher", ONR_HEADER_PUBLISHER},
    {"application-name", ONR_HEADER_PUBLISHER},
    {"section", ONR_HEADER_SECTION},
    {"parsely-section", ONR_HEADER_SECTION},
    {"articlesection", ONR_HEADER_SECTION},
    {"og:locale", ONR_HEADER_LANGUAGE},
    {"language", ONR_HEADER_LANGUAGE},
    {"content-language", ONR_HEADER_LANGUAGE},
    {"dc.language", ONR_HEADER_LANGUAGE},
};

static void set_decoded(OnrFields *fields, OnrHeaderField field, guint rank, const char *value) {
  g_autofree char *decoded = onr_entity_decode(value);
  char *words = g_strstrip(decoded);
  if (field == ONR_HEADER_BYLINE) {
    if (g_ascii_strncasecmp(words, "by ", 3) == 0)
      words += 3;
    if (strstr(words, "://") || g_str_has_prefix(words, "www.")) /* a profile's address is no name */
      return;
  }
  if (field == ONR_HEADER_URL && !strstr(words, "://"))
    return;
  onr_fields_set(fields, field, rank, words, -1);
}

static void read_meta(const xmlNode *node, OnrFields *fields) {
  static const char *const attributes[] = {"property", "name", "itemprop", "http-equiv"};
  const char *content = onr_html_get(node, "content");
  for (gsize a = 0; content && a < G_N_ELEMENTS(attributes); a++) {
    const char *name = onr_html_get(node, attributes[a]);
    for (guint i = 0; name && i < G_N_ELEMENTS(METAS); i++)
      if (g_ascii_strcasecmp(METAS[i].name, name) == 0)
        set_decoded(fields, METAS[i].field, RANK_META + i, content);
  }
}

/* --- the page's own elements --- */

typedef struct {
  GString *h1, *title, *byline;
  const char *time; /* of publication */
  const char *any_time;
} Page;

static void keep_text(xmlNode *node, GString *out, gsize max_bytes) {
  if (out->len > 0)
    return;
  onr_html_append_text(node, out);
  if (out->len > max_bytes)
    g_string_truncate(out, 0);
}

static void read_time(const xmlNode *node, Page *page) {
  const char *when = onr_html_get(node, "datetime");
  if (!when)
    when = onr_html_get(node, "content");
  if (!when)
    return;
  gboolean is_published =
      onr_html_has_word(node, "itemprop", "datePublished") || onr_html_get(node, "pubdate");
  if (is_published && !page->time)
    page->time = when;
  if (!page->any_time)
    page->any_time = when;
}

static gboolean is_byline(const xmlNode *node) {
  return onr_html_has_word(node, "itemprop", "author") || onr_html_has_word(node, "rel", "author") ||
         onr_html_has_word(node, "class", "byline") || onr_html_has_word(node, "class", "author");
}

static void read_element(xmlNode *node, Page *page, OnrFields *fields) {
  const gsize max_title_bytes = 1000, max_byline_bytes = 200;
  if (onr_html_is(node, "meta")) {
    read_meta(node, fields);
  } else if (onr_html_is(node, "script")) {
    onr_html_read_linked(node, fields);
  } else if (onr_html_is(node, "title")) {
    keep_text(node, page->title, max_title_bytes);
  } else if (onr_html_is(node, "h1")) {
    keep_text(node, page->h1, max_title_bytes);
  } else if (onr_html_is(node, "link") && onr_html_has_word(node, "rel", "canonical") &&
             onr_html_get(node, "href")) {
    set_decoded(fields, ONR_HEADER_URL, RANK_PAGE, onr_html_get(node, "href"));
  } else if (onr_html_is(node, "html") && onr_html_get(node, "lang")) {
    onr_fields_set(fields, ONR_HEADER_LANGUAGE, RANK_PAGE, onr_html_get(node, "lang"), -1);
  } else if (onr_html_is(node, "time") || onr_html_has_word(node, "itemprop", "datePublished")) {
    read_time(node, page);
  } else if (is_byline(node)) {
    keep_text(node, page->byline, max_byline_bytes);
  }
}

/* <title> often ends in the site's name: the h1 is the title where the one begins with the other. */
static void set_page_title(const Page *page, OnrFields *fields) {
  const char *h1 = onr_header_clean(fields->article, page->h1->str, -1);
  const char *title = onr_header_clean(fields->article, page->title->str, -1);
  if (h1 && (!title || g_str_has_prefix(title, h1)))
    title = h1;
  const char *publisher = fields->values[ONR_HEADER_PUBLISHER];
  gsize length = title ? strlen(title) : 0;
  if (title && publisher && g_str_has_suffix(title, publisher)) {
    length -= strlen(publisher);
    while (length > 0 && strchr(" -|:", title[length - 1]))
      length--;
    if (length > 3 && (memcmp(title + length - 3, "–", 3) == 0 || memcmp(title + length - 3, "—", 3) == 0))
      length -= 3;
  }
  if (title)
    onr_fields_set(fields, ONR_HEADER_TITLE, RANK_PAGE, title, (gssize)(length > 0 ? length : strlen(title)));
}

/* The host stands for a publisher that is not named. */
static void set_host(OnrFields *fields) {
  const char *url = fields->values[ONR_HEADER_URL];
  const char *host = url ? strstr(url, "://") : NULL;
  if (!host)
    return;
  host += 3;
  if (g_str_has_prefix(host, "www."))
    host += 4;
  onr_fields_set(fields, ONR_HEADER_PUBLISHER, RANK_PAGE, host, (gssize)strcspn(host, "/?#:"));
}

void onr_html_read_meta(xmlDoc *tree, OnrFields *fields) {
  Page page = {.h1 = g_string_new(NULL), .title = g_string_new(NULL), .byline = g_string_new(NULL)};
  xmlNode *root = xmlDocGetRootElement(tree);
  for (xmlNode *node = root; node; node = onr_html_next(node, root, TRUE))
    if (node->type == XML_ELEMENT_NODE)
      read_element(node, &page, fields);
  set_page_title(&page, fields);
  set_decoded(fields, ONR_HEADER_BYLINE, RANK_PAGE, page.byline->str);
  if (page.time || page.any_time)
    onr_fields_set(fields, ONR_HEADER_DATE, page.time ? RANK_PAGE : RANK_PAGE + 1,
                   page.time ? page.time : page.any_time, -1);
  set_host(fields);
  g_string_free(page.h1, TRUE);
  g_string_free(page.title, TRUE);
  g_string_free(page.byline, TRUE);
}
