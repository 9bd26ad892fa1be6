/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/json_value.h"

#include "indexer/news/people.h"
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

/* --- not quite JSON --- */

static gboolean is_word_end(const char *p, const char *end) {
  return p == end || !(g_ascii_isalnum(*p) || *p == '_');
}

/* Bytes of the number at P that JSON has not and Python's json writes: NaN, Infinity, -Infinity; 0 for none.
 */
static gsize measure_no_number(const char *p, const char *end) {
  static const char *const words[] = {"NaN", "Infinity", "-Infinity"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    gsize n = strlen(words[i]);
    if ((gsize)(end - p) >= n && memcmp(p, words[i], n) == 0 && is_word_end(p + n, end))
      return n;
  }
  return 0;
}

/* BYTES with null for each of those; NULL where there is none. */
static GString *replace_no_numbers(const char *bytes, gsize n_bytes) {
  const char *end = bytes + n_bytes, *copied = bytes;
  GString *out = NULL;
  for (const char *p = bytes; p < end;) {
    gsize n = *p == 'N' || *p == 'I' || *p == '-' ? measure_no_number(p, end) : 0;
    if (n == 0) {
      p = *p == '"' ? skip_string(p + 1, end) : p + 1;
      continue;
    }
    out = out ? out : g_string_sized_new(n_bytes + 64);
    g_string_append_len(out, copied, (gssize)(p - copied));
    g_string_append(out, "null");
    p += n;
    copied = p;
  }
  if (out)
    g_string_append_len(out, copied, (gssize)(end - copied));
  return out;
}

static json_t *load_without_no_numbers(const char *bytes, gsize n_bytes, size_t flags) {
  json_error_t why;
  GString *json = replace_no_numbers(bytes, n_bytes);
  json_t *value = json ? json_loadb(json->str, json->len, flags, &why) : NULL;
  if (json)
    g_string_free(json, TRUE);
  return value;
}

static json_t *load(const char *bytes, gsize n_bytes, guint64 first_line, GError **error) {
  const size_t flags = JSON_ALLOW_NUL | JSON_DECODE_ANY;
  json_error_t why;
  json_t *value = json_loadb(bytes, n_bytes, flags, &why);
  if (!value && json_error_code(&why) ==
                    json_error_numeric_overflow) /* 2^63 and more: nothing we read is such a number */
    value = json_loadb(bytes, n_bytes, flags | JSON_DECODE_INT_AS_REAL, &why);
  if (!value)
    value = load_without_no_numbers(bytes, n_bytes, flags | JSON_DECODE_INT_AS_REAL);
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

gboolean onr_json_is_text_key(const char *key, gsize length) {
  guint rank;
  return onr_header_find(key, (gssize)length, &rank) == ONR_HEADER_TEXT && rank < ONR_RANK_MARKUP;
}

/* --- people --- */

static const char *get_string(const json_t *object, const char *key) {
  const char *value = json_string_value(json_object_get(object, key));
  return value && *value ? value : NULL;
}

/* The name of a person of two parts. The caller frees it. */
static char *join_names(const json_t *person) {
  static const char *const keys[][2] = {{"first_name", "last_name"},   {"firstName", "lastName"},
                                        {"firstname", "lastname"},     {"givenName", "familyName"},
                                        {"given_name", "family_name"}, {"first", "last"}};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
    const char *first = get_string(person, keys[i][0]), *last = get_string(person, keys[i][1]);
    if (last)
      return first ? g_strconcat(first, " ", last, NULL) : g_strdup(last);
  }
  return NULL;
}

static void add_person(const json_t *person, GPtrArray *people) {
  static const char *const keys[] = {"name", "full_name", "fullName", "display_name", "displayName", NULL};
  static const char *const lines[] = {"original", "by", "byline", NULL}; /* of a whole byline */
  const char *name = NULL;
  for (gsize i = 0; keys[i] && !name; i++)
    name = get_string(person, keys[i]);
  g_autofree char *joined = name ? NULL : join_names(person);
  name = joined ? joined : name;
  for (gsize i = 0; lines[i] && !name; i++)
    name = get_string(person, lines[i]);
  name = name ? name : json_string_value(find_name(person));
  if (name)
    onr_people_add(people, name);
}

void onr_json_add_people(const json_t *value, GPtrArray *people) {
  if (json_is_string(value))
    onr_people_add(people, json_string_value(value));
  else if (json_is_object(value))
    add_person(value, people);
  for (gsize i = 0; i < json_array_size(value); i++)
    onr_json_add_people(json_array_get(value, i), people);
}
