/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/json_value.h"

#include "indexer/news/paragraphs.h"
#include "text/date.h"
#include "text/decode.h"
#include "text/utf8.h"

#include <string.h>

/* What jansson 2.14 takes for each, allocator's share included, rounded up. */
#define ELEMENT_BYTES 48
#define MEMBER_BYTES 96
#define ARRAY_BYTES 160
#define OBJECT_BYTES 320

/* The first byte behind the string whose opening quote is before P. */
static const char *skip_string(const char *p, const char *end) {
  while ((p = memchr(p, '"', (gsize)(end - p)))) {
    const char *back = p;
    while (back[-1] == '\\')
      back--;
    p++;
    if ((p - 1 - back) % 2 == 0) /* the quote itself is not escaped */
      return p;
  }
  return end;
}

/* Depth and size of the tree before it is built; brackets inside strings do not count. */
static void measure_tree(const char *bytes, gsize n_bytes, guint *depth, gsize *tree_bytes) {
  const char *p = bytes, *end = bytes + n_bytes;
  guint open = 0;
  *depth = 0;
  *tree_bytes = n_bytes;
  while (p < end) {
    switch (*p++) {
    case '"':
      p = skip_string(p, end);
      break;
    case ',':
      *tree_bytes += ELEMENT_BYTES;
      break;
    case ':':
      *tree_bytes += MEMBER_BYTES;
      break;
    case '[':
    case '{':
      *tree_bytes += p[-1] == '[' ? ARRAY_BYTES : OBJECT_BYTES;
      open++; /* apart from MAX, which evaluates its larger argument twice */
      *depth = MAX(*depth, open);
      break;
    case ']':
    case '}':
      open -= open > 0;
      break;
    default:
      break;
    }
  }
}

static gboolean check_limits(const char *bytes, gsize n_bytes, GError **error) {
  guint depth;
  gsize tree_bytes;
  measure_tree(bytes, n_bytes, &depth, &tree_bytes);
  if (depth > ONR_MAX_JSON_DEPTH) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "JSON is nested %u deep; the limit is %d", depth,
                ONR_MAX_JSON_DEPTH);
    return FALSE;
  }
  if (tree_bytes > ONR_MAX_TREE_BYTES) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "JSON would take %" G_GSIZE_FORMAT " bytes; the limit is %u", tree_bytes, ONR_MAX_TREE_BYTES);
    return FALSE;
  }
  return TRUE;
}

static json_t *load(const char *bytes, gsize n_bytes, guint64 first_line, GError **error) {
  json_error_t why;
  json_t *value = json_loadb(bytes, n_bytes, JSON_ALLOW_NUL | JSON_DECODE_ANY, &why);
  if (!value && json_error_code(&why) ==
                    json_error_numeric_overflow) /* 2^63 and more: nothing we read is such a number */
    value = json_loadb(bytes, n_bytes, JSON_ALLOW_NUL | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &why);
  if (!value)
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "no JSON at line %" G_GUINT64_FORMAT ", column %d: %s",
                first_line + (guint64)MAX(why.line, 1) - 1, MAX(why.column, 0), why.text);
  return value;
}

json_t *onr_json_parse(const char *bytes, gsize n_bytes, guint64 first_line, guint32 *n_replaced,
                       GError **error) {
  if (n_bytes == 0)
    bytes = ""; /* an empty item has none */
  if (n_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
    bytes += 3;
    n_bytes -= 3;
  }
  g_auto(OnrDecoded) decoded = {0};
  if (onr_utf8_valid_prefix(bytes, n_bytes) < n_bytes) {
    if (!onr_decode(bytes, n_bytes, NULL, &decoded, error))
      return NULL;
    *n_replaced += decoded.n_replaced;
    bytes = decoded.text;
    n_bytes = decoded.length;
  }
  return check_limits(bytes, n_bytes, error) ? load(bytes, n_bytes, first_line, error) : NULL;
}

/* The member that names a person, an organisation or a thing: {"name": "A. Writer"}. */
static const json_t *find_name(const json_t *object) {
  static const char *const keys[] = {"name", "title", "@value", "value", "rendered", "@id", "$"};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const json_t *value = json_object_get(object, keys[i]);
    if (json_is_string(value))
      return value;
  }
  return NULL;
}

void onr_json_append_words(const json_t *value, GString *out) {
  if (json_is_string(value)) {
    g_string_append_len(out, json_string_value(value), (gssize)json_string_length(value));
  } else if (json_is_integer(value)) {
    g_string_append_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
  } else if (json_is_real(value)) {
    g_string_append_printf(out, "%.17g", json_real_value(value));
  } else if (json_is_object(value)) {
    onr_json_append_words(find_name(value), out);
  } else if (json_is_array(value)) {
    for (gsize i = 0; i < json_array_size(value) && out->len <= ONR_MAX_FIELD_BYTES; i++) {
      gsize before = out->len;
      if (before > 0)
        g_string_append(out, ", ");
      gsize joined = out->len;
      onr_json_append_words(json_array_get(value, i), out);
      if (out->len == joined)
        g_string_truncate(out, before);
    }
  }
}

/* A number as a date: 20220206, 20220206101500, seconds or milliseconds since 1970. The caller frees it. */
static char *number_to_date(json_int_t number) {
  g_autofree char *digits = g_strdup_printf("%" JSON_INTEGER_FORMAT, number);
  char *iso = NULL;
  gint32 day;
  return onr_date_parse(digits, &iso, &day) ? iso : NULL;
}

static void offer(OnrFields *fields, OnrHeaderField field, guint rank, const json_t *value) {
  if (json_is_string(value)) {
    onr_fields_set(fields, field, rank, json_string_value(value), (gssize)json_string_length(value));
    return;
  }
  if (field == ONR_HEADER_DATE && json_is_integer(value)) {
    g_autofree char *iso = number_to_date(json_integer_value(value));
    if (iso)
      onr_fields_set(fields, field, rank, iso, -1);
    return;
  }
  g_autoptr(GString) words = g_string_new(NULL);
  onr_json_append_words(value, words);
  onr_fields_set(fields, field, rank, words->str, (gssize)words->len);
}

/* The text itself, where an interface wraps it: {"rendered": "<p>…</p>"}. */
static const json_t *find_text(const json_t *value) {
  static const char *const keys[] = {"rendered", "value", "text", "#text", "$t"};
  for (gsize i = 0; json_is_object(value) && i < G_N_ELEMENTS(keys); i++)
    if (json_is_string(json_object_get(value, keys[i])))
      return json_object_get(value, keys[i]);
  return value;
}

static gboolean has_text(const json_t *value) {
  return (json_is_string(value) && json_string_length(value) > 0) ||
         (json_is_array(value) && json_array_size(value) > 0 && json_is_string(json_array_get(value, 0)));
}

/* An array of strings is an article's paragraphs. */
static gboolean set_text(OnrArticle *article, const json_t *value, guint32 *n_replaced, GError **error) {
  if (json_is_string(value))
    return onr_article_set_words(article, json_string_value(value), json_string_length(value), n_replaced,
                                 error);
  g_autoptr(GString) text = g_string_new(NULL);
  for (gsize i = 0; i < json_array_size(value); i++) {
    const json_t *paragraph = json_array_get(value, i);
    if (!json_is_string(paragraph))
      continue;
    if (text->len > 0)
      g_string_append(text, "\n\n");
    g_string_append_len(text, json_string_value(paragraph), (gssize)json_string_length(paragraph));
  }
  return onr_article_set_words(article, text->str, text->len, n_replaced, error);
}

gboolean onr_json_is_text_key(const char *key, gsize length) {
  guint rank;
  return onr_header_find(key, (gssize)length, &rank) == ONR_HEADER_TEXT;
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

gboolean onr_json_read_article(const json_t *object, OnrArticle *article, guint32 *n_replaced,
                               GError **error) {
  if (!json_is_object(object)) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "no JSON object");
    return FALSE;
  }
  OnrFields fields;
  onr_fields_init(&fields, article);
  const json_t *text = NULL;
  guint text_rank = G_MAXUINT, rank;
  const char *key;
  const json_t *value;
  json_object_foreach((json_t *)object, key, value) {
    int field = onr_header_find(key, -1, &rank);
    if (field >= 0 && field != ONR_HEADER_TEXT) {
      offer(&fields, (OnrHeaderField)field, rank, value);
    } else if (field == ONR_HEADER_TEXT && rank < text_rank && has_text(find_text(value))) {
      text = find_text(value);
      text_rank = rank;
    }
  }
  onr_fields_finish(&fields);
  read_notes(object, article);
  return !text || set_text(article, text, n_replaced, error);
}
