/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/web_feed.h"

#include <libxml/uri.h>
#include <string.h>

/* A description is an article where it is long and in paragraphs, or very long. Of the 184 items of the five
   feeds that we hold none is an article; the longest has 1,086 bytes in three paragraphs, and the most
   paragraphs, four, have 564. */
#define ARTICLE_PARAGRAPHS 4
#define ARTICLE_BYTES 1500
#define LONG_ARTICLE_BYTES 3000

/* --- whose word --- */

static const struct {
  const char *namespace; /* a part of its address: http or https, with a slash at the end or without */
  const char *prefix;    /* as it is used without being declared */
  OnrWebFeedWords words;
} VOCABULARIES[] = {
    {"purl.org/rss/1.0/modules/content", "content", ONR_WEB_FEED_CONTENT},
    {"purl.org/rss/1.0/modules", NULL, ONR_WEB_FEED_OTHER},
    {"purl.org/dc/elements", "dc", ONR_WEB_FEED_DC},
    {"purl.org/dc/terms", "dcterms", ONR_WEB_FEED_DCTERMS},
    {"www.w3.org/2005/Atom", "atom", ONR_WEB_FEED_ATOM},
    {"purl.org/atom/ns", "atom03", ONR_WEB_FEED_ATOM},
    {"rssnamespace.org/feedburner", "feedburner", ONR_WEB_FEED_FEEDBURNER},
    {"wordpress.org/export", "wp", ONR_WEB_FEED_WORDPRESS},
    {"itunes.com/dtds/podcast", "itunes", ONR_WEB_FEED_ITUNES},
    {"search.yahoo.com/mrss", "media", ONR_WEB_FEED_MEDIA},
    {"purl.org/rss/1.0", NULL, ONR_WEB_FEED_OWN},
    {"netscape.com/rdf/simple/0.9", NULL, ONR_WEB_FEED_OWN},
    {"backend.userland.com", NULL, ONR_WEB_FEED_OWN},
};

static const char *local_name(const xmlNode *node) {
  const char *name = (const char *)node->name, *colon = node->ns ? NULL : strchr(name, ':');
  return colon ? colon + 1 : name;
}

static OnrWebFeedWords words_of_prefix(const char *name) {
  const char *colon = strchr(name, ':');
  for (gsize i = 0; colon && i < G_N_ELEMENTS(VOCABULARIES); i++) {
    const char *prefix = VOCABULARIES[i].prefix;
    if (prefix && strlen(prefix) == (gsize)(colon - name) && strncmp(prefix, name, strlen(prefix)) == 0)
      return VOCABULARIES[i].words;
  }
  return colon ? ONR_WEB_FEED_OTHER : ONR_WEB_FEED_OWN;
}

OnrWebFeedWords onr_web_feed_words(const xmlNode *node) {
  const char *namespace = onr_xml_namespace(node);
  if (!*namespace)
    return words_of_prefix((const char *)node->name);
  for (gsize i = 0; i < G_N_ELEMENTS(VOCABULARIES); i++)
    if (strstr(namespace, VOCABULARIES[i].namespace))
      return VOCABULARIES[i].words;
  const xmlNode *root = xmlDocGetRootElement(node->doc);
  return strcmp(namespace, onr_xml_namespace(root)) == 0 ? ONR_WEB_FEED_OWN : ONR_WEB_FEED_OTHER;
}

static xmlNode *find(xmlNode *node, OnrWebFeedWords words, const char *name) {
  for (; node; node = node->next)
    if (node->type == XML_ELEMENT_NODE && strcmp(local_name(node), name) == 0 &&
        onr_web_feed_words(node) == words)
      return node;
  return NULL;
}

xmlNode *onr_web_feed_child(const xmlNode *parent, OnrWebFeedWords words, const char *name) {
  return parent ? find(parent->children, words, name) : NULL;
}

xmlNode *onr_web_feed_next(const xmlNode *node, OnrWebFeedWords words, const char *name) {
  return find(node->next, words, name);
}

/* --- fields --- */

void onr_web_feed_set(OnrFields *fields, OnrHeaderField field, guint rank, const xmlNode *parent,
                      OnrWebFeedWords words, const char *name) {
  g_autofree char *value = onr_xml_words(onr_web_feed_child(parent, words, name));
  gboolean is_words = field == ONR_HEADER_TITLE || field == ONR_HEADER_PUBLISHER;
  g_autofree char *plain = value && is_words ? onr_plain_words(value) : NULL;
  if (value)
    onr_fields_set(fields, field, rank, plain ? plain : value, -1);
}

char *onr_web_feed_address(const xmlNode *node, const char *address, const char *fallback) {
  g_autofree char *own = address ? g_strstrip(g_strdup(address)) : NULL;
  if (!own || !*own || strstr(own, "://"))
    return own && *own ? g_steal_pointer(&own) : NULL;
  xmlChar *base = xmlNodeGetBase(node->doc, node);
  xmlChar *whole = xmlBuildURI((const xmlChar *)own, base ? base : (const xmlChar *)fallback);
  char *out = whole && strstr((const char *)whole, "://") ? g_strdup((const char *)whole) : NULL;
  xmlFree(whole);
  xmlFree(base);
  return out;
}

/* --- text --- */

gboolean onr_web_feed_read_text(xmlNode *node, const char *title, OnrParagraphs *out, GError **error) {
  for (const xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_ELEMENT_NODE) {
      onr_paragraphs_add_tree(out, node, &ONR_MARKUP_HTML, title);
      return TRUE;
    }
  g_autofree char *words = onr_xml_words(node);
  return !words || onr_paragraphs_add_markup(out, words, strlen(words), title, error);
}

static gboolean ends_open(const OnrParagraphs *text) {
  return g_str_has_suffix(text->text->str, "…") || g_str_has_suffix(text->text->str, "...");
}

static gboolean is_article(const OnrParagraphs *text) {
  gsize n = text->text->len;
  return !text->is_cut &&
         (n >= LONG_ARTICLE_BYTES || (n >= ARTICLE_BYTES && text->n_paragraphs >= ARTICLE_PARAGRAPHS));
}

void onr_web_feed_set_text(OnrArticle *article, const OnrParagraphs *full, const OnrParagraphs *summary,
                           guint32 *n_replaced) {
  gboolean has_full = full->n_paragraphs > 0;
  const OnrParagraphs *text = has_full ? full : summary;
  gboolean is_whole = FALSE;
  if (has_full)
    is_whole = !text->is_cut && !(text->n_paragraphs == 1 && ends_open(text));
  else if (summary->n_paragraphs > 0)
    is_whole = is_article(text);
  const char *words = onr_paragraphs_text(text);
  onr_article_set_text(article, words, strlen(words), n_replaced);
  if (!is_whole)
    onr_news_add_note(article, ONR_NOTE_EXTENT, "summary");
}
