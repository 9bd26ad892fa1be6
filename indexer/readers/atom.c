/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Atom (RFC 4287, and 0.3 before it): an entry is an article, and the feed's title its publisher. A deleted
   entry (RFC 6721) takes back what was sent under its id. */
#include "indexer/readers/readers.h"

#include "indexer/news/web_feed.h"
#include "indexer/xml/cut.h"
#include "indexer/xml/scan.h"

#include <string.h>

static const char *const ENDINGS[] = {"atom", NULL};
static const OnrXmlCutting CUTTING = {.names = {"entry", "deleted-entry", NULL},
                                      .none = "a feed without entries"};

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  OnrXmlRoot root;
  if (!onr_xml_find_root(bytes, n_bytes, &root) ||
      !(onr_xml_root_is(&root, "feed", "") || onr_xml_root_is(&root, "entry", "")))
    return 0;
  gboolean is_named = onr_xml_root_is(&root, "feed", "http://www.w3.org/2005/Atom") ||
                      onr_xml_root_is(&root, "entry", "http://www.w3.org/2005/Atom") ||
                      onr_xml_root_is(&root, "feed", "http://purl.org/atom/ns");
  if (root.namespace)
    return is_named ? 3 : 0;
  return onr_xml_root_is(&root, "feed", "") || g_strv_contains(ENDINGS, ending) ? 3 : 0;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  return onr_xml_cut_split(stream, split, &CUTTING, out, error);
}

/* An entry's own people, else those of the feed that it came from, else the feed's. */
static void read_people(OnrFields *fields, const xmlNode *entry, const xmlNode *source, const xmlNode *feed) {
  const xmlNode *const holders[] = {entry, source, feed};
  for (guint i = 0; i < G_N_ELEMENTS(holders); i++) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (xmlNode *a = onr_xml_child(holders[i], "author"); a && all->len <= ONR_MAX_FIELD_BYTES;
         a = onr_xml_next_sibling(a, "author")) {
      g_autofree char *words = onr_xml_words(onr_xml_child(a, "name"));
      g_autofree char *name = onr_news_person(words);
      if (name)
        g_string_append_printf(all, "%s%s", all->len > 0 ? ", " : "", name);
    }
    onr_fields_set(fields, ONR_HEADER_BYLINE, i, all->str, -1);
  }
}

static void read_addresses(OnrFields *fields, const xmlNode *entry) {
  for (xmlNode *link = onr_xml_child(entry, "link"); link; link = onr_xml_next_sibling(link, "link")) {
    const char *rel = onr_html_get(link, "rel"), *type = onr_html_get(link, "type");
    if (rel && strcmp(rel, "alternate") != 0)
      continue;
    g_autofree char *address = onr_web_feed_address(link, onr_html_get(link, "href"), NULL);
    if (address)
      onr_fields_set(fields, ONR_HEADER_URL, !type || strstr(type, "html") ? 0 : 1, address, -1);
  }
  const xmlNode *original = onr_web_feed_child(entry, ONR_WEB_FEED_FEEDBURNER, "origLink");
  g_autofree char *own = onr_xml_words((xmlNode *)original);
  if (own)
    onr_fields_set(fields, ONR_HEADER_URL, 2, own, -1);
}

static xmlNode *own_child(const xmlNode *parent, const char *name) {
  xmlNode *child = onr_web_feed_child(parent, ONR_WEB_FEED_ATOM, name);
  return child ? child : onr_web_feed_child(parent, ONR_WEB_FEED_OWN, name);
}

static void set(OnrFields *fields, OnrHeaderField field, guint rank, const xmlNode *parent,
                const char *name) {
  g_autofree char *words = onr_xml_words(own_child(parent, name));
  g_autofree char *plain = words ? onr_plain_words(words) : NULL;
  if (plain)
    onr_fields_set(fields, field, rank, field == ONR_HEADER_ID ? words : plain, -1);
}

static void read_header(OnrFields *fields, const xmlNode *entry, const xmlNode *feed) {
  const xmlNode *source = own_child(entry, "source"), *content = own_child(entry, "content");
  set(fields, ONR_HEADER_ID, 0, entry, "id");
  set(fields, ONR_HEADER_TITLE, 0, entry, "title");
  static const char *const dates[] = {"published", "issued", "created", "updated", "modified"};
  for (guint i = 0; i < G_N_ELEMENTS(dates); i++)
    set(fields, ONR_HEADER_DATE, i, entry, dates[i]);
  set(fields, ONR_HEADER_PUBLISHER, 0, source, "title");
  set(fields, ONR_HEADER_PUBLISHER, 1, feed, "title");
  const char *language = onr_xml_language(content ? content : entry);
  if (language)
    onr_fields_set(fields, ONR_HEADER_LANGUAGE, 0, language, -1);
  read_people(fields, entry, source, feed);
  read_addresses(fields, entry);
}

static void read_notes(OnrArticle *article, const xmlNode *entry) {
  g_autofree char *updated = onr_xml_words(own_child(entry, "updated"));
  g_autofree char *modified = onr_xml_words(own_child(entry, "modified"));
  onr_news_add_updated(article, updated ? updated : modified);
  for (xmlNode *c = own_child(entry, "category"); c; c = onr_xml_next_sibling(c, "category")) {
    const char *label = onr_html_get(c, "label");
    onr_news_add_subject(article, NULL, label && *label ? label : onr_html_get(c, "term"));
  }
}

/* A content that lies elsewhere, or is a picture in base64, is none here. */
static gboolean is_text(const xmlNode *content) {
  const char *type = onr_html_get(content, "type");
  return !onr_html_get(content, "src") &&
         (!type || !strchr(type, '/') || g_str_has_prefix(type, "text/") || g_str_has_suffix(type, "xml"));
}

static gboolean read_text(OnrArticle *article, const xmlNode *entry, guint32 *n_replaced, GError **error) {
  g_auto(OnrParagraphs) full = {0}, summary = {0};
  xmlNode *content = own_child(entry, "content"), *short_one = own_child(entry, "summary");
  if (content && is_text(content) && !onr_web_feed_read_text(content, article->title, &full, error))
    return FALSE;
  if (short_one && !onr_web_feed_read_text(short_one, article->title, &summary, error))
    return FALSE;
  onr_web_feed_set_text(article, &full, &summary, n_replaced);
  return TRUE;
}

/* Says no more than which entry is gone, and when. */
static gboolean read_deletion(const xmlNode *deleted, OnrArticle *article, GError **error) {
  const char *id = onr_html_get(deleted, "ref"), *when = onr_html_get(deleted, "when");
  OnrFields fields;
  onr_fields_init(&fields, article);
  if (!id || !onr_fields_set(&fields, ONR_HEADER_ID, 0, id, -1)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "a deleted entry that does not say which");
    return FALSE;
  }
  if (when)
    onr_fields_set(&fields, ONR_HEADER_DATE, 0, when, -1);
  onr_fields_finish(&fields);
  onr_news_add_notice(article, "kill");
  onr_article_set_text(article, "", 0, NULL);
  return TRUE;
}

static gboolean parse(const OnrRawItem *raw, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_autoptr(xmlDoc) tree = onr_xml_open_item(raw, n_replaced, error);
  if (!tree)
    return FALSE;
  xmlNode *root = xmlDocGetRootElement(tree);
  const xmlNode *deleted = onr_xml_descendant(root, "deleted-entry"),
                *entry = onr_xml_descendant(root, "entry");
  if (deleted)
    return read_deletion(deleted, article, error);
  if (!entry) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no entry");
    return FALSE;
  }
  OnrFields fields;
  onr_fields_init(&fields, article);
  read_header(&fields, entry, onr_html_is(root, "feed") ? root : NULL);
  onr_fields_finish(&fields);
  read_notes(article, entry);
  return read_text(article, entry, n_replaced, error);
}

const OnrReader ONR_READER_ATOM = {
    .name = "atom",
    .what = "Atom",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
