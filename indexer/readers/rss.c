/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RSS 0.9x, 1.0 (RDF) and 2.0: an item is an article, and the channel's title its publisher. Of a site that
   WordPress exported (WXR) the published posts and pages are articles. */
#include "indexer/readers/readers.h"

#include "indexer/news/web_feed.h"
#include "indexer/xml/cut.h"
#include "indexer/xml/scan.h"

#include <string.h>

static const char *const ENDINGS[] = {"rss", NULL};
static const OnrXmlCutting CUTTING = {.names = {"item", NULL}, .none = "a feed without items"};

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  OnrXmlRoot root;
  if (!onr_xml_find_root(bytes, n_bytes, &root))
    return 0;
  gboolean is_rdf = onr_xml_root_is(&root, "RDF", "") &&
                    (g_strstr_len(bytes, (gssize)n_bytes, "purl.org/rss/1.0/") ||
                     g_strstr_len(bytes, (gssize)n_bytes, "netscape.com/rdf/simple/0.9"));
  return is_rdf || onr_xml_root_is(&root, "rss", "") ? 3 : 0;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  return onr_xml_cut_split(stream, split, &CUTTING, out, error);
}

/* --- people --- */

/* Who logs in to WordPress as LOGIN, by the channel's list; NULL for what is none. The caller frees it. */
static char *name_of_login(const xmlNode *channel, const char *login) {
  for (xmlNode *a = onr_web_feed_child(channel, ONR_WEB_FEED_WORDPRESS, "author"); a;
       a = onr_web_feed_next(a, ONR_WEB_FEED_WORDPRESS, "author")) {
    g_autofree char *own = onr_xml_words(onr_web_feed_child(a, ONR_WEB_FEED_WORDPRESS, "author_login"));
    if (g_strcmp0(own, login) == 0)
      return onr_xml_words(onr_web_feed_child(a, ONR_WEB_FEED_WORDPRESS, "author_display_name"));
  }
  return NULL;
}

/* All who are named, "Ada Moor, Ben Vale"; addresses are none. */
static void add_people(GString *out, const xmlNode *item, const xmlNode *channel, OnrWebFeedWords words,
                       const char *name) {
  for (xmlNode *node = onr_web_feed_child(item, words, name); node && out->len <= ONR_MAX_FIELD_BYTES;
       node = onr_web_feed_next(node, words, name)) {
    xmlNode *inner = onr_web_feed_child(node, ONR_WEB_FEED_ATOM, "name");
    g_autofree char *value = onr_xml_words(inner ? inner : node);
    g_autofree char *named = value ? name_of_login(channel, value) : NULL;
    g_autofree char *person = onr_news_person(named ? named : value);
    g_autofree char *plain = person ? onr_plain_words(person) : NULL;
    if (plain && !strstr(out->str, plain))
      g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", plain);
  }
}

static void read_people(OnrFields *fields, const xmlNode *item, const xmlNode *channel) {
  g_autoptr(GString) all = g_string_new(NULL);
  add_people(all, item, channel, ONR_WEB_FEED_DC, "creator");
  if (all->len == 0)
    add_people(all, item, channel, ONR_WEB_FEED_OWN, "author");
  if (all->len == 0)
    add_people(all, item, channel, ONR_WEB_FEED_ATOM, "author");
  if (all->len == 0)
    add_people(all, item, channel, ONR_WEB_FEED_ITUNES, "author");
  onr_fields_set(fields, ONR_HEADER_BYLINE, 0, all->str, -1);
}

/* --- the header --- */

static void set_address(OnrFields *fields, guint rank, const xmlNode *node, const char *address,
                        const char *site) {
  g_autofree char *whole = node ? onr_web_feed_address(node, address, site) : NULL;
  if (whole)
    onr_fields_set(fields, ONR_HEADER_URL, rank, whole, -1);
}

/* Where a feed goes through a counter of readers the article's own address is beside the counter's. */
static void read_addresses(OnrFields *fields, const xmlNode *item, const xmlNode *channel) {
  g_autofree char *site = onr_xml_words(onr_web_feed_child(channel, ONR_WEB_FEED_OWN, "link"));
  const xmlNode *original = onr_web_feed_child(item, ONR_WEB_FEED_FEEDBURNER, "origLink");
  const xmlNode *link = onr_web_feed_child(item, ONR_WEB_FEED_OWN, "link"),
                *guid = onr_web_feed_child(item, ONR_WEB_FEED_OWN, "guid");
  g_autofree char *own = onr_xml_words((xmlNode *)original), *address = onr_xml_words((xmlNode *)link);
  g_autofree char *id = onr_xml_words((xmlNode *)guid);
  set_address(fields, 0, original, own, site);
  set_address(fields, 1, link, address, site);
  for (xmlNode *a = onr_web_feed_child(item, ONR_WEB_FEED_ATOM, "link"); a;
       a = onr_web_feed_next(a, ONR_WEB_FEED_ATOM, "link"))
    if (g_strcmp0(onr_html_get(a, "rel"), "alternate") == 0 || !onr_html_get(a, "rel"))
      set_address(fields, 2, a, onr_html_get(a, "href"), site);
  if (id && strstr(id, "://") && g_strcmp0(onr_html_get(guid, "isPermaLink"), "false") != 0)
    set_address(fields, 3, guid, id, NULL);
}

static void read_header(OnrFields *fields, const xmlNode *item, const xmlNode *channel) {
  const char *about = onr_html_get(item, "about"); /* rdf:about */
  onr_web_feed_set(fields, ONR_HEADER_ID, 0, item, ONR_WEB_FEED_OWN, "guid");
  if (about)
    onr_fields_set(fields, ONR_HEADER_ID, 1, about, -1);
  onr_web_feed_set(fields, ONR_HEADER_TITLE, 0, item, ONR_WEB_FEED_OWN, "title");
  onr_web_feed_set(fields, ONR_HEADER_TITLE, 1, item, ONR_WEB_FEED_DC, "title");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 0, item, ONR_WEB_FEED_OWN, "pubDate");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 1, item, ONR_WEB_FEED_DC, "date");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 2, item, ONR_WEB_FEED_ATOM, "published");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 3, item, ONR_WEB_FEED_DCTERMS, "issued");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 4, item, ONR_WEB_FEED_DCTERMS, "created");
  onr_web_feed_set(fields, ONR_HEADER_DATE, 5, item, ONR_WEB_FEED_ATOM, "updated");
  onr_web_feed_set(fields, ONR_HEADER_PUBLISHER, 0, item, ONR_WEB_FEED_OWN, "source");
  onr_web_feed_set(fields, ONR_HEADER_PUBLISHER, 1, item, ONR_WEB_FEED_DC, "publisher");
  onr_web_feed_set(fields, ONR_HEADER_PUBLISHER, 2, channel, ONR_WEB_FEED_OWN, "title");
  onr_web_feed_set(fields, ONR_HEADER_LANGUAGE, 0, item, ONR_WEB_FEED_DC, "language");
  onr_web_feed_set(fields, ONR_HEADER_LANGUAGE, 2, channel, ONR_WEB_FEED_OWN, "language");
  onr_web_feed_set(fields, ONR_HEADER_LANGUAGE, 3, channel, ONR_WEB_FEED_DC, "language");
  const char *language = onr_xml_language(item);
  if (language)
    onr_fields_set(fields, ONR_HEADER_LANGUAGE, 1, language, -1);
  read_people(fields, item, channel);
  read_addresses(fields, item, channel);
}

static void read_notes(OnrArticle *article, const xmlNode *item) {
  g_autofree char *updated = onr_xml_words(onr_web_feed_child(item, ONR_WEB_FEED_ATOM, "updated"));
  g_autofree char *modified = onr_xml_words(onr_web_feed_child(item, ONR_WEB_FEED_DCTERMS, "modified"));
  onr_news_add_updated(article, updated ? updated : modified);
  static const struct {
    OnrWebFeedWords words;
    const char *name;
  } subjects[] = {{ONR_WEB_FEED_OWN, "category"}, {ONR_WEB_FEED_DC, "subject"}};
  for (gsize i = 0; i < G_N_ELEMENTS(subjects); i++)
    for (xmlNode *c = onr_web_feed_child(item, subjects[i].words, subjects[i].name); c;
         c = onr_web_feed_next(c, subjects[i].words, subjects[i].name)) {
      g_autofree char *words = onr_xml_words(c);
      g_autofree char *plain = words ? onr_plain_words(words) : NULL;
      onr_news_add_subject(article, NULL, plain);
    }
}

/* --- the article --- */

/* What WordPress keeps beside a site's articles. Types of the site's own may be articles: "story", "review".
 */
static const char *kind_beside(const char *type) {
  static const char *const kinds[][2] = {
      {"attachment", "an attachment"},
      {"nav_menu_item", "a menu's entry"},
      {"revision", "an earlier revision"},
      {"wp_block", "a block of layout"},
      {"wp_navigation", "a menu"},
      {"wp_template", "a template"},
      {"wp_template_part", "a template"},
      {"wp_global_styles", "a style sheet"},
      {"custom_css", "a style sheet"},
      {"customize_changeset", "a change of layout"},
      {"oembed_cache", "an embedded object"},
      {"user_request", "a request"},
  };
  for (gsize i = 0; type && i < G_N_ELEMENTS(kinds); i++)
    if (strcmp(kinds[i][0], type) == 0)
      return kinds[i][1];
  return NULL;
}

static const char *unpublished_as(const char *status) {
  static const char *const kinds[][2] = {
      {"draft", "a draft"},
      {"auto-draft", "a draft"},
      {"pending", "a draft"},
      {"trash", "an item in the bin"},
      {"inherit", "an earlier revision"},
      {"private", "a private item"},
  };
  for (gsize i = 0; status && i < G_N_ELEMENTS(kinds); i++)
    if (strcmp(kinds[i][0], status) == 0)
      return kinds[i][1];
  return NULL;
}

static gboolean is_published(const xmlNode *item, GError **error) {
  g_autofree char *type = onr_xml_words(onr_web_feed_child(item, ONR_WEB_FEED_WORDPRESS, "post_type"));
  g_autofree char *status = onr_xml_words(onr_web_feed_child(item, ONR_WEB_FEED_WORDPRESS, "status"));
  const char *what = kind_beside(type);
  what = what ? what : unpublished_as(status);
  if (what)
    g_set_error(error, ONR_ERROR, ONR_ERROR_NO_ARTICLE, "%s of WordPress, which is no article", what);
  return !what;
}

/* The best that an item has for a summary. What media:content says of itself is a picture's caption. */
static xmlNode *find_summary(const xmlNode *item) {
  static const struct {
    OnrWebFeedWords words;
    const char *name;
  } names[] = {
      {ONR_WEB_FEED_OWN, "description"}, {ONR_WEB_FEED_ATOM, "summary"},
      {ONR_WEB_FEED_DC, "description"},  {ONR_WEB_FEED_WORDPRESS, "encoded"}, /* excerpt:encoded */
      {ONR_WEB_FEED_ITUNES, "summary"},  {ONR_WEB_FEED_MEDIA, "description"},
  };
  const xmlNode *group = onr_web_feed_child(item, ONR_WEB_FEED_MEDIA, "group");
  xmlNode *found = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS(names) && !found; i++) {
    found = onr_web_feed_child(item, names[i].words, names[i].name);
    g_autofree char *words = onr_xml_words(found);
    found = words ? found : NULL;
  }
  return found ? found : onr_web_feed_child(group, ONR_WEB_FEED_MEDIA, "description");
}

static gboolean read_text(OnrArticle *article, const xmlNode *item, guint32 *n_replaced, GError **error) {
  g_auto(OnrParagraphs) full = {0}, summary = {0};
  xmlNode *content = onr_web_feed_child(item, ONR_WEB_FEED_CONTENT, "encoded");
  content = content ? content : onr_web_feed_child(item, ONR_WEB_FEED_ATOM, "content");
  for (xmlNode *node = item->children; node && !content; node = node->next)
    if (onr_html_is(node, "body") && strstr(onr_xml_namespace(node), "xhtml"))
      content = node;
  xmlNode *description = find_summary(item);
  if ((content && !onr_web_feed_read_text(content, article->title, &full, error)) ||
      (description && !onr_web_feed_read_text(description, article->title, &summary, error)))
    return FALSE;
  onr_web_feed_set_text(article, &full, &summary, n_replaced);
  return TRUE;
}

static gboolean parse(const OnrRawItem *raw, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  g_autoptr(xmlDoc) tree = onr_xml_open_item(raw, n_replaced, error);
  if (!tree)
    return FALSE;
  xmlNode *root = xmlDocGetRootElement(tree);
  const xmlNode *item = onr_xml_descendant(root, "item");
  if (!item) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no item");
    return FALSE;
  }
  if (!is_published(item, error))
    return FALSE;
  OnrFields fields;
  onr_fields_init(&fields, article);
  read_header(&fields, item, onr_xml_descendant(root, "channel"));
  onr_fields_finish(&fields);
  read_notes(article, item);
  return read_text(article, item, n_replaced, error);
}

const OnrReader ONR_READER_RSS = {
    .name = "rss",
    .what = "RSS",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
