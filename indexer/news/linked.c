/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/linked.h"

#include "indexer/news/notes.h"
#include "indexer/news/paragraphs.h"
#include "indexer/news/schema_kind.h"
#include "indexer/readers/entity.h"

#include <string.h>

#define MAX_DEPTH 8 /* of lists in graphs in lists */

/* --- types --- */

static gboolean is_article(const json_t *object) {
  return onr_schema_kind(object) >= ONR_SCHEMA_REVIEW;
}

/* A context is an address, an object with one as its @vocab, or a list of these. */
static gboolean is_schema_org(const json_t *context, guint depth) {
  if (json_is_string(context))
    return strstr(json_string_value(context), "schema.org") != NULL;
  if (json_is_object(context) && is_schema_org(json_object_get(context, "@vocab"), MAX_DEPTH))
    return TRUE;
  for (gsize i = 0; depth < MAX_DEPTH && i < json_array_size(context); i++)
    if (is_schema_org(json_array_get(context, i), depth + 1))
      return TRUE;
  return FALSE;
}

gboolean onr_linked_is(const json_t *object) {
  return json_object_get(object, "@type") &&
         (is_article(object) || is_schema_org(json_object_get(object, "@context"), 0));
}

/* --- members --- */

/* Member NAME, also where the file writes schema.org's prefix; a list of one is its element. */
static const json_t *get(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  if (!value && json_is_object(object)) {
    g_autofree char *prefixed = g_strconcat("schema:", name, NULL);
    value = json_object_get(object, prefixed);
  }
  return json_array_size(value) == 1 ? json_array_get(value, 0) : value;
}

/* The words of a value, references decoded; NULL for none. The caller frees it. */
static char *words_of(const json_t *value) {
  g_autoptr(GString) words = g_string_new(NULL);
  if (value)
    onr_json_append_words(value, words);
  return words->len > 0 ? onr_entity_decode(words->str) : NULL;
}

static void offer(OnrFields *fields, OnrHeaderField field, guint rank, const json_t *value) {
  g_autofree char *words = words_of(value);
  gboolean is_address = words && strstr(words, "://");
  if (words && (field == ONR_HEADER_ID || is_address == (field == ONR_HEADER_URL)))
    onr_fields_set(fields, field, rank, words, -1);
}

static void read_header(OnrFields *fields, const json_t *object) {
  static const struct {
    const char *key;
    OnrHeaderField field;
    guint rank;
  } keys[] = {
      {"identifier", ONR_HEADER_ID, 0},
      {"headline", ONR_HEADER_TITLE, 0},
      {"name", ONR_HEADER_TITLE, 1},
      {"author", ONR_HEADER_BYLINE, 0},
      {"creator", ONR_HEADER_BYLINE, 1},
      {"datePublished", ONR_HEADER_DATE, 0},
      {"dateCreated", ONR_HEADER_DATE, 1},
      {"coverageStartTime", ONR_HEADER_DATE, 2},
      {"publisher", ONR_HEADER_PUBLISHER, 0},
      {"sourceOrganization", ONR_HEADER_PUBLISHER, 1},
      {"articleSection", ONR_HEADER_SECTION, 0},
      {"inLanguage", ONR_HEADER_LANGUAGE, 0},
      {"url", ONR_HEADER_URL, 0},
      {"mainEntityOfPage", ONR_HEADER_URL, 1},
      {"@id", ONR_HEADER_URL, 2},
      {"dateline", ONR_HEADER_DATELINE, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    offer(fields, keys[i].field, keys[i].rank, get(object, keys[i].key));
}

/* Words parted by commas, or a list. */
static void add_keywords(OnrArticle *article, const json_t *value) {
  for (gsize i = 0; i < json_array_size(value); i++) {
    g_autofree char *words = words_of(json_array_get(value, i));
    onr_news_add_subject(article, NULL, words);
  }
  g_auto(GStrv) parts = json_is_string(value) ? g_strsplit(json_string_value(value), ",", -1) : NULL;
  for (guint i = 0; parts && parts[i]; i++)
    onr_news_add_subject(article, NULL, g_strstrip(parts[i]));
}

static void add_notes(OnrArticle *article, const json_t *object) {
  g_autofree char *version = words_of(get(object, "version")), *genre = words_of(get(object, "genre"));
  onr_news_add_note(article, ONR_NOTE_VERSION, version);
  onr_news_add_note(article, ONR_NOTE_GENRE, genre);
  if (get(object, "correction"))
    onr_news_add_notice(article, "correction");
  add_keywords(article, get(object, "keywords"));
}

/* --- text --- */

static gboolean add_text(const json_t *value, const char *title, OnrParagraphs *body, GError **error) {
  if (json_is_string(value))
    return onr_paragraphs_add_markup(body, json_string_value(value), json_string_length(value), title, error);
  for (gsize i = 0; i < json_array_size(value); i++)
    if (json_is_string(json_array_get(value, i)) && !add_text(json_array_get(value, i), title, body, error))
      return FALSE;
  return TRUE;
}

static gboolean add_body(const json_t *object, const char *title, OnrParagraphs *body, GError **error) {
  static const char *const names[] = {"articleBody", "reviewBody", "text"};
  guint before = body->n_paragraphs;
  for (gsize i = 0; i < G_N_ELEMENTS(names) && body->n_paragraphs == before; i++)
    if (!add_text(get(object, names[i]), title, body, error))
      return FALSE;
  return TRUE;
}

/* A live blog's updates, in its order: headline, then text. */
static gboolean add_updates(const json_t *object, OnrParagraphs *body, GError **error) {
  const json_t *updates = json_object_get(object, "liveBlogUpdate");
  gsize n = json_is_object(updates) ? 1 : json_array_size(updates);
  for (gsize i = 0; i < n; i++) {
    const json_t *update = json_is_object(updates) ? updates : json_array_get(updates, i);
    g_autofree char *headline = words_of(get(update, "headline"));
    if (headline)
      onr_paragraphs_add_plain(body, headline, strlen(headline));
    if (!add_body(update, headline, body, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean refuse_type(const json_t *object, GError **error) {
  g_autofree char *type = words_of(json_object_get(object, "@type"));
  g_autofree char *shown =
      g_utf8_make_valid(type ? type : "thing", (gssize)MIN(strlen(type ? type : "thing"), 64));
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "a schema.org %s, which is no article", shown);
  return FALSE;
}

gboolean onr_linked_read(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error) {
  if (!is_article(object))
    return refuse_type(object, error);
  OnrFields fields;
  onr_fields_init(&fields, article);
  read_header(&fields, object);
  onr_fields_finish(&fields);
  add_notes(article, object);
  g_autofree char *modified = words_of(get(object, "dateModified"));
  onr_news_add_updated(article, modified);
  g_auto(OnrParagraphs) body = {0};
  if (!add_body(object, article->title, &body, error) || !add_updates(object, &body, error))
    return FALSE;
  if (body.n_paragraphs == 0) {
    onr_news_add_note(article, ONR_NOTE_EXTENT, "summary");
    if (!add_text(get(object, "description"), NULL, &body, error))
      return FALSE;
  }
  const char *text = onr_paragraphs_text(&body);
  onr_article_set_text(article, text, strlen(text), n_replaced);
  return TRUE;
}

/* --- graphs and lists --- */

static void index_ids(const json_t *value, GHashTable *by_id, guint depth) {
  if (depth > MAX_DEPTH)
    return;
  for (gsize i = 0; i < json_array_size(value); i++)
    index_ids(json_array_get(value, i), by_id, depth + 1);
  if (!json_is_object(value))
    return;
  const char *id = json_string_value(json_object_get(value, "@id"));
  if (id && json_object_size(value) > 1)
    g_hash_table_insert(by_id, (gpointer)id, (gpointer)value);
  index_ids(json_object_get(value, "@graph"), by_id, depth + 1);
}

/* VALUE, or what it is a reference to. */
static const json_t *resolve(const json_t *value, GHashTable *by_id) {
  const char *id = json_object_size(value) == 1 ? json_string_value(json_object_get(value, "@id")) : NULL;
  const json_t *found = id ? g_hash_table_lookup(by_id, id) : NULL;
  return found ? found : value;
}

/* A reference in its place needs only its words: nothing grows by being named often. */
static json_t *named(const json_t *value, GHashTable *by_id) {
  const json_t *found = resolve(value, by_id);
  const json_t *name = found == value ? NULL : get(found, "name");
  return json_is_string(name) ? json_pack("{s:O}", "name", name) : json_incref((json_t *)value);
}

/* ARTICLE with the people and papers that it names by reference. */
static json_t *complete(const json_t *article, GHashTable *by_id) {
  static const char *const keys[] = {"author", "creator", "publisher", "sourceOrganization"};
  json_t *copy = json_copy((json_t *)article);
  for (gsize k = 0; k < G_N_ELEMENTS(keys); k++) {
    const json_t *value = json_object_get(article, keys[k]);
    if (json_is_object(value)) {
      json_object_set_new(copy, keys[k], named(value, by_id));
    } else if (json_is_array(value)) {
      json_t *list = json_array();
      for (gsize i = 0; i < json_array_size(value); i++)
        json_array_append_new(list, named(json_array_get(value, i), by_id));
      json_object_set_new(copy, keys[k], list);
    }
  }
  return copy;
}

static void collect(const json_t *value, GHashTable *by_id, GHashTable *seen, json_t *out, guint depth) {
  static const char *const lists[] = {"@graph", "itemListElement", "dataFeedElement",
                                      "item",   "mainEntity",      "hasPart"};
  if (depth > MAX_DEPTH)
    return;
  for (gsize i = 0; i < json_array_size(value); i++)
    collect(json_array_get(value, i), by_id, seen, out, depth + 1);
  if (!json_is_object(value))
    return;
  const json_t *object = resolve(value, by_id);
  if (!g_hash_table_add(seen, (gpointer)object))
    return;
  if (is_article(object)) {
    json_array_append_new(out, complete(object, by_id));
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
    collect(json_object_get(object, lists[i]), by_id, seen, out, depth + 1);
}

json_t *onr_linked_find_articles(const json_t *top) {
  g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  json_t *out = json_array();
  index_ids(top, by_id, 0);
  collect(top, by_id, seen, out, 0);
  return out;
}
