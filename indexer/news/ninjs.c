/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/ninjs.h"

#include "indexer/news/nitf.h"
#include "indexer/news/people.h"

#include <string.h>

/* Member NAME as 3.x writes it, or as 1.x and 2.x do: in small letters. */
static const json_t *get(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  if (value)
    return value;
  char lower[32];
  gsize n = 0;
  for (; name[n] && n < sizeof lower - 1; n++)
    lower[n] = g_ascii_tolower(name[n]);
  lower[n] = '\0';
  return json_object_get(object, lower);
}

static const char *get_string(const json_t *object, const char *name) {
  const char *value = json_string_value(get(object, name));
  return value && *value ? value : NULL;
}

gboolean onr_ninjs_is(const json_t *object) {
  static const char *const own[] = {"versionCreated",   "pubStatus",         "contentCreated", "firstCreated",
                                    "body_xhtml",       "body_html",         "body_text",      "eventDetails",
                                    "description_text", "representationType"};
  if (!json_is_string(json_object_get(object, "uri")))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
    if (get(object, own[i]))
      return TRUE;
  return json_is_array(json_object_get(object, "headlines")) ||
         json_is_array(json_object_get(object, "bodies")) ||
         json_is_object(json_object_get(object, "$standard"));
}

/* --- what it is --- */

static const json_t *first_body(const json_t *object) {
  const json_t *bodies = json_object_get(object, "bodies");
  if (json_array_size(bodies) > 0)
    return bodies;
  static const char *const names[] = {"body_xhtml", "body_html", "body_text"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (get_string(object, names[i]))
      return json_object_get(object, names[i]);
  return NULL;
}

/* Why OBJECT is no article, or NULL. A picture never is, whatever its caption says; sound and video are with
 * their words. */
static const char *find_refusal(const json_t *object) {
  static const char *const kinds[][2] = {
      {"picture", "a picture, which is no article"},
      {"graphic", "a graphic, which is no article"},
      {"animation", "an animation, which is no article"},
      {"event", "an event, which is no article"},
      {"planning", "a plan, which is no article"},
      {"component", "a component of another item, which is no article"},
      {"video", "a video without its words"},
      {"audio", "a recording without its words"},
      {"package", "a package of other items, with no text of its own"},
      {"composite", "a package of other items, with no text of its own"},
  };
  const char *type = get_string(object, "type");
  gboolean may_have_words = type && (!strcmp(type, "video") || !strcmp(type, "audio") ||
                                     !strcmp(type, "package") || !strcmp(type, "composite"));
  if (json_is_object(get(object, "eventDetails")) && (!type || strcmp(type, "text") != 0))
    type = "event";
  for (gsize i = 0; type && i < G_N_ELEMENTS(kinds); i++)
    if (strcmp(type, kinds[i][0]) == 0 && !(may_have_words && first_body(object)))
      return kinds[i][1];
  return NULL;
}

/* --- header --- */

typedef struct {
  const json_t *object;
  OnrFields fields;
} Reading;

static void offer(Reading *reading, OnrHeaderField field, guint rank, const char *value) {
  if (value)
    onr_fields_set(&reading->fields, field, rank, value, -1);
}

static void offer_string(Reading *reading, OnrHeaderField field, guint rank, const char *name) {
  offer(reading, field, rank, get_string(reading->object, name));
}

static void offer_people(Reading *reading, guint rank, const char *name) {
  g_autoptr(GPtrArray) people = onr_people_new();
  onr_json_add_people(json_object_get(reading->object, name), people);
  g_autofree char *names = onr_people_join(people);
  offer(reading, ONR_HEADER_BYLINE, rank, names);
}

/* Of several headlines the main one, else the first. */
static void read_headlines(Reading *reading) {
  const json_t *headlines = json_object_get(reading->object, "headlines");
  for (gsize i = 0; i < json_array_size(headlines); i++) {
    const json_t *h = json_array_get(headlines, i);
    const char *role = get_string(h, "role"),
               *value = json_is_string(h) ? json_string_value(h) : get_string(h, "value");
    g_autofree char *plain = value ? onr_plain_words(value) : NULL;
    offer(reading, ONR_HEADER_TITLE, role && strcmp(role, "main") == 0 ? 0 : 1, plain);
  }
  const char *headline = get_string(reading->object, "headline");
  g_autofree char *plain = headline ? onr_plain_words(headline) : NULL;
  offer(reading, ONR_HEADER_TITLE, 0, plain);
  offer_string(reading, ONR_HEADER_TITLE, 20, "title");
}

static void read_publisher(Reading *reading) {
  const json_t *sources = get(reading->object, "infoSources");
  sources = sources ? sources : get(reading->object, "infoSource"); /* 1.x */
  for (gsize i = 0; i < json_array_size(sources); i++)
    offer(reading, ONR_HEADER_PUBLISHER, 1, get_string(json_array_get(sources, i), "name"));
  offer_string(reading, ONR_HEADER_PUBLISHER, 0, "source");
  offer_string(reading, ONR_HEADER_PUBLISHER, 2, "copyrightHolder");
}

static void read_header(Reading *reading) {
  const char *uri = get_string(reading->object, "uri"), *by = get_string(reading->object, "by");
  g_autofree char *person = onr_news_person(by ? by : get_string(reading->object, "byline"));
  offer(reading, ONR_HEADER_ID, 0, uri);
  if (uri && (g_str_has_prefix(uri, "http://") || g_str_has_prefix(uri, "https://")))
    offer(reading, ONR_HEADER_URL, 0, uri);
  offer(reading, ONR_HEADER_BYLINE, 0, person);
  offer_people(reading, 1, "authors");
  offer_people(reading, 2, "bylines"); /* AP's */
  offer_string(reading, ONR_HEADER_DATELINE, 0, "dateline");
  offer_string(reading, ONR_HEADER_DATELINE, 20, "located");
  offer_string(reading, ONR_HEADER_LANGUAGE, 0, "language");
  offer_string(reading, ONR_HEADER_DATE, 0, "firstCreated");
  offer_string(reading, ONR_HEADER_DATE, 1, "contentCreated");
  offer_string(reading, ONR_HEADER_DATE, 2, "versionCreated");
  read_headlines(reading);
  read_publisher(reading);
}

/* --- notes --- */

/* A string, a number, an object with a value, or a list of these: a note each. */
static void add_values(OnrArticle *article, const char *note, const json_t *value) {
  if (json_is_array(value)) {
    for (gsize i = 0; i < json_array_size(value); i++)
      add_values(article, note, json_array_get(value, i));
    return;
  }
  g_autoptr(GString) words = g_string_new(NULL);
  onr_json_append_words(json_is_object(value) && get(value, "value") ? get(value, "value") : value, words);
  onr_news_add_note(article, note, words->str);
}

/* 1.x: {"name", "scheme", "code"}; later: {"name", "uri", "literal"}. An address of IPTC's is surer than a
 * literal. */
static char *code_of(const json_t *concept) {
  const char *uri = get_string(concept, "uri"), *literal = get_string(concept, "literal");
  const char *scheme = get_string(concept, "scheme"), *code = get_string(concept, "code");
  if (uri && strstr(uri, "cv.iptc.org"))
    return g_strdup(uri);
  if (scheme && code)
    return g_strconcat(scheme, g_str_has_suffix(scheme, "/") ? "" : ":", code, NULL);
  return g_strdup(literal ? literal : code ? code : uri);
}

static void add_subjects(OnrArticle *article, const json_t *object) {
  const json_t *subjects = json_object_get(object, "subjects");
  subjects = subjects ? subjects : json_object_get(object, "subject");
  for (gsize i = 0; i < json_array_size(subjects); i++) {
    const json_t *subject = json_array_get(subjects, i);
    g_autofree char *code = code_of(subject);
    const char *name = get_string(subject, "name");
    onr_news_add_subject(article, code && name && strcmp(code, name) == 0 ? NULL : code, name);
  }
}

static void add_genres(OnrArticle *article, const json_t *object) {
  const json_t *genres = json_object_get(object, "genres");
  genres = genres ? genres : json_object_get(object, "genre");
  for (gsize i = 0; i < json_array_size(genres); i++) {
    g_autofree char *code = code_of(json_array_get(genres, i));
    const char *name = get_string(json_array_get(genres, i), "name");
    onr_news_add_note(article, ONR_NOTE_GENRE, name ? name : code ? onr_news_local_code(code) : NULL);
  }
}

static void add_notes(OnrArticle *article, const json_t *object) {
  onr_news_add_status(article, get_string(object, "pubStatus"));
  add_values(article, ONR_NOTE_VERSION, get(object, "version"));
  add_values(article, ONR_NOTE_EMBARGO, get(object, "embargoed"));
  add_values(article, ONR_NOTE_EMBARGO, get(object, "embargoedDate"));
  add_values(article, ONR_NOTE_SLUG, get(object, "slugline"));
  add_values(article, ONR_NOTE_URGENCY, get(object, "urgency"));
  add_values(article, ONR_NOTE_EDITORS, get(object, "edNote"));
  add_values(article, ONR_NOTE_EDITORS, get(object, "edNotes"));
  add_genres(article, object);
  add_subjects(article, object);
}

/* --- story --- */

typedef enum { HTML, NITF, PLAIN, OTHER } Form;

static Form form_of(const json_t *body) {
  const char *type = get_string(body, "contentType"), *role = get_string(body, "role"),
             *value = get_string(body, "value");
  if (!value)
    return OTHER;
  if ((type && (strstr(type, "NITF") || strstr(type, "nitf"))) || strstr(value, "<nitf"))
    return NITF;
  if ((type && strstr(type, "html")) || (!type && role && strstr(role, "html")))
    return HTML;
  return type && !g_str_has_prefix(type, "text/") ? OTHER : PLAIN;
}

static gboolean add_nitf(Reading *reading, const char *value, OnrParagraphs *body, guint32 *n_replaced,
                         GError **error) {
  g_autofree char *text = g_strdup(value);
  g_autoptr(xmlDoc) tree = onr_xml_parse(text, strlen(text), 0, n_replaced, error);
  xmlNode *nitf = tree ? onr_xml_descendant(xmlDocGetRootElement(tree), "nitf") : NULL;
  if (nitf)
    onr_nitf_read(nitf, 10, &reading->fields, body);
  else if (tree) /* AP's body_nitf: the blocks alone */
    onr_paragraphs_add_tree(body, xmlDocGetRootElement(tree), &ONR_MARKUP_NITF, NULL);
  return tree != NULL;
}

/* The bodies are one story in several forms: what tells paragraphs best is taken. A form that cannot be read
 * is none. */
static gboolean add_bodies(Reading *reading, OnrParagraphs *body, guint32 *n_replaced, GError **error) {
  const json_t *bodies = json_object_get(reading->object, "bodies");
  g_autoptr(GError) why = NULL;
  for (Form form = HTML; form < OTHER && body->n_paragraphs == 0; form++)
    for (gsize i = 0; i < json_array_size(bodies) && body->n_paragraphs == 0; i++) {
      const json_t *one = json_array_get(bodies, i);
      if (form_of(one) != form)
        continue;
      const char *value = get_string(one, "value"), *title = reading->fields.values[ONR_HEADER_TITLE];
      g_clear_error(&why);
      if (form == NITF)
        add_nitf(reading, value, body, n_replaced, &why);
      else if (form == HTML)
        onr_paragraphs_add_html(body, value, strlen(value), title, &why);
      else
        onr_paragraphs_add_markup(body, value, strlen(value), title, &why);
    }
  if (body->n_paragraphs > 0 || !why)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&why));
  return FALSE;
}

static gboolean add_old_nitf(Reading *reading, OnrParagraphs *body, guint32 *n_replaced, GError **error) {
  const char *value = get_string(reading->object, "body_nitf");
  if (!value || body->n_paragraphs > 0)
    return TRUE;
  g_autofree char *whole = strstr(value, "<nitf")
                               ? g_strdup(value)
                               : g_strconcat("<body.content>", value, "</body.content>", NULL);
  return add_nitf(reading, whole, body, n_replaced, error);
}

static gboolean add_old_bodies(Reading *reading, OnrParagraphs *body, guint32 *n_replaced, GError **error) {
  static const char *const names[] = {"body_xhtml", "body_html"};
  const char *title = reading->fields.values[ONR_HEADER_TITLE],
             *text = get_string(reading->object, "body_text");
  for (gsize i = 0; i < G_N_ELEMENTS(names) && body->n_paragraphs == 0; i++) {
    const char *value = get_string(reading->object, names[i]);
    if (value && !onr_paragraphs_add_html(body, value, strlen(value), title, error))
      return FALSE;
  }
  if (!add_old_nitf(reading, body, n_replaced, error))
    return FALSE;
  return body->n_paragraphs > 0 || !text || onr_paragraphs_add_markup(body, text, strlen(text), title, error);
}

/* Without a story its description is what there is. */
static gboolean add_description(Reading *reading, OnrParagraphs *body, GError **error) {
  static const char *const names[] = {"description_xhtml", "description_html", "description_text"};
  const json_t *descriptions = json_object_get(reading->object, "descriptions");
  const char *value = NULL;
  for (gsize i = 0; i < json_array_size(descriptions) && !value; i++) {
    const char *role = get_string(json_array_get(descriptions, i), "role");
    if (!role || (strcmp(role, "caption") != 0 && strcmp(role, "writer") != 0))
      value = get_string(json_array_get(descriptions, i), "value");
  }
  for (gsize i = 0; i < G_N_ELEMENTS(names) && !value; i++)
    value = get_string(reading->object, names[i]);
  if (value && !onr_article_is_kill(reading->fields.article))
    onr_news_add_note(reading->fields.article, ONR_NOTE_EXTENT, "summary");
  return !value || onr_paragraphs_add_markup(body, value, strlen(value), NULL, error);
}

gboolean onr_ninjs_read(const json_t *object, OnrArticle *article, guint32 *n_replaced, GError **error) {
  Reading reading = {.object = object};
  onr_fields_init(&reading.fields, article);
  add_notes(article, object);
  const char *refusal = onr_article_is_kill(article) ? NULL : find_refusal(object);
  if (refusal) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, refusal);
    return FALSE;
  }
  read_header(&reading);
  g_auto(OnrParagraphs) body = {0};
  if (!add_bodies(&reading, &body, n_replaced, error) ||
      (body.n_paragraphs == 0 && !add_old_bodies(&reading, &body, n_replaced, error)) ||
      (body.n_paragraphs == 0 && !add_description(&reading, &body, error)))
    return FALSE;
  onr_fields_finish(&reading.fields);
  onr_news_add_updated(article, get_string(object, "versionCreated"));
  const char *text = onr_paragraphs_text(&body);
  onr_article_set_text(article, text, strlen(text), n_replaced);
  return TRUE;
}
