/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/json_article.h"

#include "indexer/news/json_text.h"
#include "indexer/news/people.h"
#include "text/date.h"

#include <string.h>

#define MAX_WRAPPINGS 4   /* around an article: Guardian's response, content, fields */
#define WRAPPED_RANK 100  /* what is wrapped is ranked behind all that stands around it */
#define SUMMARY_RANK 1000 /* and a summary behind all texts */
#define NESTED_RANK 60    /* of members that only some interfaces have, behind the usual names */

/* --- values --- */

/* MongoDB's {"$oid": "…"}, {"$date": {"$numberLong": "…"}}: what is in it. */
static const json_t *unwrap(const json_t *value) {
  static const char *const keys[] = {"$oid", "$date", "$numberLong", "$numberInt", "$uuid"};
  for (guint depth = 0; depth < 2 && json_object_size(value) == 1; depth++)
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
      if (json_object_get(value, keys[i])) {
        value = json_object_get(value, keys[i]);
        break;
      }
  return value;
}

/* A number as a date: 20220206, or seconds or milliseconds since 1970. The caller frees it. */
static char *number_to_date(json_int_t number) {
  g_autofree char *digits = g_strdup_printf("%" JSON_INTEGER_FORMAT, number);
  char *iso = NULL;
  gint32 day;
  return onr_date_parse(digits, &iso, &day) ? iso : NULL;
}

/* A date that is no string; the caller frees it. */
static char *find_date(const json_t *value) {
  if (json_is_object(value) && json_is_object(json_object_get(value, "$date"))) {
    const char *digits = json_string_value(unwrap(value)); /* $numberLong: milliseconds */
    return digits ? number_to_date(g_ascii_strtoll(digits, NULL, 10)) : NULL;
  }
  value = unwrap(value);
  return json_is_integer(value) ? number_to_date(json_integer_value(value)) : NULL;
}

/* Of {"main": "…", "print": "…"} the headline; what has a name is that (onr_json_append_words). */
static const json_t *find_headline(const json_t *value) {
  static const char *const keys[] = {"main", "basic", "default", "full", "text"};
  for (gsize i = 0; json_is_object(value) && i < G_N_ELEMENTS(keys); i++) {
    const json_t *headline = json_object_get(value, keys[i]);
    if (json_is_string(headline) && json_string_length(headline) > 0)
      return headline;
  }
  return value;
}

/* --- members --- */

typedef struct {
  OnrFields fields;
  const json_t *text;
  guint text_rank;
  OnrGivenForm form;
  const json_t *odd_title; /* "None", "-": the title where nothing else is one, for JSON has null */
  const json_t *columns;   /* where a title or a text is an object of numbered cells */
} Reading;

static void offer_people(Reading *reading, guint rank, const json_t *value) {
  g_autoptr(GPtrArray) people = onr_people_new();
  onr_json_add_people(value, people);
  g_autofree char *names = onr_people_join(people);
  if (names)
    onr_fields_set(&reading->fields, ONR_HEADER_BYLINE, rank, names, -1);
}

static void offer_words(Reading *reading, OnrHeaderField field, guint rank, const json_t *value) {
  if (json_is_string(value)) {
    onr_given_set(&reading->fields, field, rank, json_string_value(value), (gssize)json_string_length(value));
    return;
  }
  g_autoptr(GString) words = g_string_new(NULL);
  onr_json_append_words(value, words);
  onr_given_set(&reading->fields, field, rank, words->str, (gssize)words->len);
}

static void offer_title(Reading *reading, guint rank, const json_t *value) {
  value = find_headline(value);
  offer_words(reading, ONR_HEADER_TITLE, rank, value);
  if (!reading->odd_title && json_is_string(value) &&
      onr_given_is_doubtful(json_string_value(value), json_string_length(value)))
    reading->odd_title = value;
}

/* "nan" is Min Nan (ISO 639-3): no word for nothing, for which JSON has null. */
static void offer_language(Reading *reading, guint rank, const json_t *value) {
  if (json_is_string(value) && strcmp(json_string_value(value), "nan") == 0)
    onr_fields_set(&reading->fields, ONR_HEADER_LANGUAGE, rank, "nan", -1);
  else
    offer_words(reading, ONR_HEADER_LANGUAGE, rank, value);
}

static void offer(Reading *reading, OnrHeaderField field, guint rank, const json_t *value) {
  if (field == ONR_HEADER_DATE && !json_is_string(value)) {
    g_autofree char *iso = find_date(value);
    if (iso) {
      onr_fields_set(&reading->fields, field, rank, iso, -1);
      return;
    }
  }
  value = unwrap(value);
  gboolean is_numbers = json_is_number(value) || json_is_number(json_array_get(value, 0));
  if (field == ONR_HEADER_BYLINE)
    offer_people(reading, rank, value);
  else if (field == ONR_HEADER_TITLE)
    offer_title(reading, rank, value);
  else if (field == ONR_HEADER_LANGUAGE)
    offer_language(reading, rank, value);
  else if (field != ONR_HEADER_SECTION || !is_numbers)
    offer_words(reading, field, rank, value);
}

static void offer_text(Reading *reading, guint base, guint rank, const json_t *value) {
  OnrGivenForm form = onr_given_form(rank);
  guint own = base + rank + (form == ONR_GIVEN_SUMMARY ? SUMMARY_RANK : 0);
  if (own >= reading->text_rank || !onr_json_has_text(value, form))
    return;
  reading->text = value;
  reading->text_rank = own;
  reading->form = form;
}

/* {"0": "…", "1": "…"}: a column of pandas' to_json. */
static gboolean is_column(const json_t *value) {
  void *first = json_is_object(value) ? json_object_iter((json_t *)value) : NULL;
  const char *key = first ? json_object_iter_key(first) : NULL;
  return key && onr_given_is_number(key, strlen(key));
}

/* What stands in a place of its own: WordPress' embedded authors, Arc's credits and headlines, AP's bylines.
 */
static void read_places(Reading *reading, const json_t *object, guint base) {
  guint rank = base + NESTED_RANK;
  const json_t *credits = json_object_get(object, "credits"),
               *embedded = json_object_get(object, "_embedded");
  offer_people(reading, rank, json_object_get(credits, "by"));
  offer_people(reading, rank + 1, json_object_get(embedded, "author"));
  offer_people(reading, rank + 2, json_object_get(object, "bylines"));
  const json_t *headlines = json_object_get(object, "headlines");
  if (json_is_object(headlines))
    offer_words(reading, ONR_HEADER_TITLE, rank, find_headline(headlines));
}

/* BASE is added to the ranks. Without IS_NAMED an id and an address are not taken. */
static void read_members(Reading *reading, const json_t *object, guint base, gboolean is_named) {
  const char *key;
  const json_t *value;
  json_object_foreach((json_t *)object, key, value) {
    guint rank;
    int field = onr_header_find(key, -1, &rank);
    if (field < 0)
      continue;
    if ((field == ONR_HEADER_TITLE || field == ONR_HEADER_TEXT) && is_column(value))
      reading->columns = value;
    else if (field == ONR_HEADER_TEXT)
      offer_text(reading, base, rank, value);
    else if (is_named || (field != ONR_HEADER_ID && field != ONR_HEADER_URL))
      offer(reading, (OnrHeaderField)field, base + rank, value);
  }
  read_places(reading, object, base);
}

/* --- notes --- */

/* The first of KEYS that OBJECT has. */
static const json_t *find_first(const json_t *object, const char *const *keys) {
  const json_t *value = NULL;
  for (; *keys && !value; keys++)
    value = json_object_get(object, *keys);
  return value;
}

static void read_updated(const json_t *object, OnrArticle *article) {
  static const char *const keys[] = {"dateModified", "date_modified",  "updated",     "updated_at",
                                     "updatedAt",    "modified",       "modified_at", "last_modified",
                                     "lastModified", "versioncreated", NULL};
  const json_t *value = find_first(object, keys);
  g_autofree char *iso = NULL;
  gint32 day;
  if (json_is_integer(value))
    iso = number_to_date(json_integer_value(value));
  else if (json_is_string(value))
    onr_date_parse(json_string_value(value), &iso, &day);
  if (iso)
    onr_article_add_note(article, ONR_NOTE_UPDATED, iso);
}

/* `pubstatus` and `ednote` as ninjs has them (IPTC). */
static void read_notice(const json_t *object, OnrArticle *article) {
  const char *status = json_string_value(json_object_get(object, "pubstatus"));
  const char *note = json_string_value(json_object_get(object, "ednote"));
  if (!g_strcmp0(status, "canceled") || !g_strcmp0(status, "cancelled"))
    onr_article_add_note(article, ONR_NOTE_NOTICE, "kill");
  else if (!g_strcmp0(status, "withheld"))
    onr_article_add_note(article, ONR_NOTE_NOTICE, "withhold");
  const char *clean = note ? onr_header_clean(article, note, -1) : NULL;
  if (clean)
    onr_article_add_note(article, ONR_NOTE_EDITORS, clean);
}

static void read_notes(const json_t *object, OnrArticle *article) {
  read_updated(object, article);
  json_int_t version = json_integer_value(json_object_get(object, "version"));
  if (version > 0) {
    g_autofree char *number = g_strdup_printf("%" JSON_INTEGER_FORMAT, version);
    onr_article_add_note(article, ONR_NOTE_VERSION, number);
  }
  read_notice(object, article);
}

/* --- wrapped --- */

const json_t *onr_json_find_wrapped(const json_t *object, guint *at) {
  static const char *const keys[] = {"_source", "fields",   "item", "article", "attributes",
                                     "content", "response", "data", "result"};
  while (*at < G_N_ELEMENTS(keys)) {
    const json_t *inner = json_object_get(object, keys[(*at)++]);
    if (json_object_size(inner) > 0)
      return inner;
  }
  return NULL;
}

static gboolean has_title(const Reading *reading) {
  return reading->fields.values[ONR_HEADER_TITLE] != NULL;
}

static gboolean is_complete(const Reading *reading) {
  return has_title(reading) && reading->text && reading->form != ONR_GIVEN_SUMMARY;
}

/* What OBJECT wraps fills what OBJECT left open. An article that OBJECT is itself keeps its name. */
static void read_wrapped(Reading *reading, const json_t *object, guint depth) {
  const json_t *inner;
  for (guint at = 0;
       depth <= MAX_WRAPPINGS && !is_complete(reading) && (inner = onr_json_find_wrapped(object, &at));) {
    gboolean is_around = !has_title(reading) && !reading->text;
    read_members(reading, inner, depth * WRAPPED_RANK, is_around);
    if (is_around && reading->fields.article->notes->len == 0)
      read_notes(inner, reading->fields.article);
    read_wrapped(reading, inner, depth + 1);
  }
}

gboolean onr_json_has_article(const json_t *object) {
  const char *key;
  const json_t *value;
  json_object_foreach((json_t *)object, key, value) {
    guint rank;
    int field = onr_header_find(key, -1, &rank);
    if ((field == ONR_HEADER_TITLE && !json_is_null(value)) ||
        (field == ONR_HEADER_TEXT && onr_json_has_text(value, onr_given_form(rank))))
      return TRUE;
  }
  return FALSE;
}

static gboolean refuse_columns(GError **error) {
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                      "a table by columns; by rows (pandas' to_json(orient=\"records\")) it is read");
  return FALSE;
}

gboolean onr_json_read_article(const json_t *object, OnrArticle *article, guint32 *n_replaced,
                               GError **error) {
  if (!json_is_object(object)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no JSON object");
    return FALSE;
  }
  Reading reading = {.text_rank = G_MAXUINT};
  onr_fields_init(&reading.fields, article);
  read_members(&reading, object, 0, TRUE);
  read_notes(object, article);
  read_wrapped(&reading, object, 1);
  if (!has_title(&reading) && reading.odd_title && reading.text && reading.form != ONR_GIVEN_SUMMARY)
    onr_fields_set(&reading.fields, ONR_HEADER_TITLE, 0, json_string_value(reading.odd_title), -1);
  onr_fields_finish(&reading.fields);
  /* a description of something that has no title is no article: of a program, of a data set */
  if (reading.form == ONR_GIVEN_SUMMARY && !article->title)
    reading.text = NULL;
  if (!article->title && !reading.text && reading.columns)
    return refuse_columns(error);
  return !reading.text || onr_json_set_text(article, reading.text, reading.form, n_replaced, error);
}
