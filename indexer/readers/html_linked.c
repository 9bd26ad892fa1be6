/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/html_linked.h"

#include "indexer/readers/entity.h"
#include "indexer/readers/json_value.h"

#include <string.h>

#define MAX_GRAPH_DEPTH 6

static gboolean is_article_type(const char *type) {
  return g_str_has_suffix(type, "Article") || g_str_has_suffix(type, "BlogPosting") ||
         g_str_has_suffix(type, "Report");
}

static gboolean is_article(const json_t *object) {
  const json_t *type = json_object_get(object, "@type");
  if (json_is_string(type))
    return is_article_type(json_string_value(type));
  for (gsize i = 0; i < json_array_size(type); i++)
    if (json_is_string(json_array_get(type, i)) &&
        is_article_type(json_string_value(json_array_get(type, i))))
      return TRUE;
  return FALSE;
}

/* The first article in VALUE: itself, an element, or below @graph or mainEntity. */
static const json_t *find_article(const json_t *value, guint depth) {
  if (depth > MAX_GRAPH_DEPTH)
    return NULL;
  for (gsize i = 0; i < json_array_size(value); i++) {
    const json_t *found = find_article(json_array_get(value, i), depth + 1);
    if (found)
      return found;
  }
  if (!json_is_object(value) || is_article(value))
    return json_is_object(value) ? value : NULL;
  const json_t *found = find_article(json_object_get(value, "@graph"), depth + 1);
  return found ? found : find_article(json_object_get(value, "mainEntity"), depth + 1);
}

/* The element of the top level's @graph with ID: an article's author may be only a reference. */
static const json_t *find_by_id(const json_t *top, const json_t *id) {
  const json_t *graph = json_is_array(top) ? top : json_object_get(top, "@graph");
  for (gsize i = 0; i < json_array_size(graph); i++) {
    const json_t *element = json_array_get(graph, i);
    const json_t *own = json_object_get(element, "@id");
    if (json_is_string(own) && json_equal(own, id))
      return element;
  }
  return NULL;
}

static const json_t *resolve(const json_t *top, const json_t *value) {
  if (json_is_array(value) && json_array_size(value) == 1)
    value = json_array_get(value, 0);
  const json_t *id = json_object_get(value, "@id");
  if (!json_is_string(id) || json_object_get(value, "name"))
    return value;
  const json_t *found = find_by_id(top, id);
  return found ? found : value;
}

static void offer(OnrFields *fields, OnrHeaderField field, guint rank, const json_t *value) {
  if (!value)
    return;
  g_autoptr(GString) words = g_string_new(NULL);
  onr_json_append_words(value, words);
  g_autofree char *decoded = onr_entity_decode(words->str);
  gboolean is_address = strstr(decoded, "://") != NULL;
  if (is_address == (field == ONR_HEADER_URL))
    onr_fields_set(fields, field, rank, decoded, -1);
}

static void take_article(const json_t *top, const json_t *article, OnrFields *fields) {
  static const struct {
    const char *key;
    OnrHeaderField field;
    guint rank;
  } keys[] = {
      {"headline", ONR_HEADER_TITLE, 0},       {"name", ONR_HEADER_TITLE, 1},
      {"author", ONR_HEADER_BYLINE, 0},        {"creator", ONR_HEADER_BYLINE, 1},
      {"datePublished", ONR_HEADER_DATE, 0},   {"dateCreated", ONR_HEADER_DATE, 1},
      {"publisher", ONR_HEADER_PUBLISHER, 0},  {"articleSection", ONR_HEADER_SECTION, 0},
      {"inLanguage", ONR_HEADER_LANGUAGE, 0},  {"url", ONR_HEADER_URL, 0},
      {"mainEntityOfPage", ONR_HEADER_URL, 1}, {"dateline", ONR_HEADER_DATELINE, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const json_t *value = json_object_get(article, keys[i].key);
    offer(fields, keys[i].field, keys[i].rank, keys[i].field == ONR_HEADER_URL ? value : resolve(top, value));
  }
}

/* Sites put line ends into strings and comments around the whole; neither is JSON. */
static char *tidy(GString *text, gsize *length) {
  for (gsize i = 0; i < text->len; i++)
    if ((guchar)text->str[i] < 0x20)
      text->str[i] = ' ';
  char *begin = strpbrk(text->str, "{[");
  char *end = begin ? strrchr(begin, *begin == '{' ? '}' : ']') : NULL;
  *length = end ? (gsize)(end - begin) + 1 : 0;
  return begin;
}

void onr_html_read_linked(xmlNode *script, OnrFields *fields) {
  const char *type = onr_html_get(script, "type");
  if (!type || g_ascii_strncasecmp(type, "application/ld+json", strlen("application/ld+json")) != 0)
    return;
  g_autoptr(GString) text = g_string_new(NULL);
  onr_html_append_text(script, text);
  gsize length;
  const char *json = tidy(text, &length);
  guint32 n_replaced = 0;
  g_autoptr(json_t) top = length > 0 ? onr_json_parse(json, length, 1, &n_replaced, NULL) : NULL;
  const json_t *article = top ? find_article(top, 0) : NULL;
  if (article)
    take_article(top, article, fields);
}
