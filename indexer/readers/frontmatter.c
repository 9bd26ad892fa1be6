/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/frontmatter.h"

#include "indexer/readers/whole.h"

#include <string.h>

#define MAX_FRONTMATTER_BYTES (64u << 10) /* what a probe sees */

static gboolean is_fence(const char *line, gsize length, const char *fence) {
  while (length > 0 && g_ascii_isspace(line[length - 1]))
    length--;
  return length == 3 && memcmp(line, fence, 3) == 0;
}

/* Two languages: in TOML a '=' stands behind a key, with blanks around it or none. */
typedef struct {
  const char *fence;
  gboolean is_toml;
} Language;

static const Language YAML = {"---", FALSE}, TOML = {"+++", TRUE};

static const Language *find_language(const char *text, gsize length) {
  return length > 3 && memcmp(text, TOML.fence, 3) == 0 ? &TOML : &YAML;
}

static const char *find_equals(const char *line, gsize length) {
  for (const char *p = line; p < line + length; p++) {
    if (*p == '=')
      return p > line ? p : NULL;
    if (!g_ascii_isalnum(*p) && *p != '_' && *p != '-' && *p != '.' && *p != ' ')
      return NULL;
  }
  return NULL;
}

/* The ':' that ends LINE's key, which begins at its first byte that is no space; NULL where LINE is no `key:
 * value`. */
static const char *find_colon(const char *line, gsize length) {
  const char *end = line + length;
  for (const char *p = line; p < end; p++) {
    if (*p == ':' && (p + 1 == end || g_ascii_isspace(p[1])))
      return p > line ? p : NULL;
    if (!g_ascii_isalnum(*p) && *p != '_' && *p != '-' && *p != '.' && *p != ' ')
      return NULL;
  }
  return NULL;
}

static const char *find_sign(const Language *language, const char *line, gsize length) {
  return language->is_toml ? find_equals(line, length) : find_colon(line, length);
}

gsize onr_frontmatter_length(const char *text, gsize length) {
  const char *at = text, *end = text + MIN(length, MAX_FRONTMATTER_BYTES), *line;
  const Language *language = find_language(text, length);
  gsize n;
  if (!onr_line_next(&at, end, &line, &n) || !is_fence(line, n, language->fence))
    return 0;
  gboolean has_key = FALSE;
  while (onr_line_next(&at, end, &line, &n)) {
    if (is_fence(line, n, language->fence) || (!language->is_toml && is_fence(line, n, "...")))
      return has_key ? (gsize)(at - text) : 0;
    const char *sign = find_sign(language, line, n);
    if (!has_key && !onr_line_is_blank(line, n) && line[0] != '#' && !sign)
      return 0;
    has_key |= sign != NULL;
  }
  return 0;
}

/* --- scalars --- */

/* A double-quoted scalar from P, which stands behind its opening quote; returns the place behind the closing
 * one. */
static const char *read_double_quoted(const char *p, const char *end, GString *out) {
  for (; p < end && *p != '"'; p++) {
    if (*p == '\\' && p + 1 < end) {
      p++;
      g_string_append_c(out, *p == 'n' || *p == 't' ? ' ' : *p);
    } else {
      g_string_append_c(out, *p);
    }
  }
  return p < end ? p + 1 : end;
}

/* The same for single quotes, in which '' stands for one. */
static const char *read_single_quoted(const char *p, const char *end, GString *out) {
  for (; p < end; p++) {
    if (*p == '\'' && (p + 1 == end || p[1] != '\''))
      return p + 1;
    p += *p == '\'';
    g_string_append_c(out, *p);
  }
  return end;
}

/* One scalar, up to END, a comment or, inside brackets, to ',' or ']'. Returns the place behind it. */
static const char *read_scalar(const char *p, const char *end, gboolean in_brackets, GString *out) {
  while (p < end && g_ascii_isspace(*p))
    p++;
  if (p < end && *p == '"')
    return read_double_quoted(p + 1, end, out);
  if (p < end && *p == '\'')
    return read_single_quoted(p + 1, end, out);
  for (; p < end; p++) {
    if (*p == '#' && out->len > 0 && g_ascii_isspace(p[-1]))
      return end;
    if (in_brackets && (*p == ',' || *p == ']'))
      return p;
    g_string_append_c(out, *p);
  }
  return p;
}

static void append_scalar(const char *p, gsize length, GString *value) {
  g_autoptr(GString) scalar = g_string_new(NULL);
  read_scalar(p, p + length, FALSE, scalar);
  g_strstrip(scalar->str);
  if (*scalar->str && value->len > 0)
    g_string_append(value, ", ");
  g_string_append(value, scalar->str);
}

static void append_bracketed(const char *p, const char *end, GString *value) {
  while (p < end && *p != ']') {
    while (p < end && g_ascii_isspace(*p))
      p++;
    if (p < end && *p == '#' && g_ascii_isspace(p[-1])) /* a comment */
      return;
    g_autoptr(GString) scalar = g_string_new(NULL);
    p = read_scalar(p, end, TRUE, scalar);
    append_scalar(scalar->str, scalar->len, value);
    while (p < end && *p != ',' && *p != ']')
      p++;
    p += p < end && *p == ',';
  }
}

/* --- members --- */

typedef struct {
  OnrFields *fields;
  const char *key; /* of the open member; NULL before the first */
  gsize key_length;
  GString *value;
} Member;

static void member_close(Member *member) {
  if (member->key && member->value->len > 0)
    onr_fields_offer(member->fields, member->key, (gssize)member->key_length, member->value->str,
                     (gssize)member->value->len);
  g_string_truncate(member->value, 0);
  member->key = NULL;
}

/* What follows a key or a dash: brackets, a scalar, or nothing yet. Block scalars (| and >) hold prose:
 * passed over. */
static void member_add(Member *member, const char *p, gsize length) {
  const char *end = p + length;
  while (p < end && g_ascii_isspace(*p))
    p++;
  if (p == end || *p == '|' || *p == '>' || *p == '&' || *p == '*' || *p == '!' || *p == '{')
    return;
  if (*p == '[')
    append_bracketed(p + 1, end, member->value);
  else
    append_scalar(p, (gsize)(end - p), member->value);
}

/* A line below a key: "- value", or "name: value" of a person or organisation. */
static void member_add_line(Member *member, const char *line, gsize length) {
  const char *p = line, *end = line + length;
  while (p < end && (*p == ' ' || *p == '\t'))
    p++;
  if (p < end && *p == '-' && (p + 1 == end || p[1] == ' '))
    for (p++; p < end && *p == ' '; p++)
      ;
  else if (p == line)
    return;
  const char *colon = find_colon(p, (gsize)(end - p));
  if (colon && (colon - p != 4 || memcmp(p, "name", 4) != 0))
    return;
  if (colon)
    p = colon + 1;
  else if (line[0] != '-' && !memchr(line, '-', (gsize)(p - line)))
    return; /* the lines of a block scalar */
  member_add(member, p, (gsize)(end - p));
}

static void member_begin(Member *member, const char *line, gsize length, const char *sign) {
  member_close(member);
  member->key = line;
  member->key_length = (gsize)(sign - line);
  while (g_ascii_isspace(line[member->key_length - 1]))
    member->key_length--;
  member_add(member, sign + 1, (gsize)(line + length - sign - 1));
}

static void read_yaml(Member *member, const char *at, const char *end) {
  const char *line;
  gsize n;
  while (onr_line_next(&at, end, &line, &n)) {
    const char *sign = n > 0 && g_ascii_isalpha(line[0]) ? find_colon(line, n) : NULL;
    if (sign)
      member_begin(member, line, n, sign);
    else if (member->key && !is_fence(line, n, YAML.fence) && n > 0 && line[0] != '#')
      member_add_line(member, line, n);
  }
}

static const char *begin_value(const char *sign, const char *end) {
  const char *p = sign + 1;
  while (p < end && *p == ' ')
    p++;
  return p;
}

/* The quotation marks that text over many lines, prose as a rule, begins with at VALUE and ends with; else
 * NULL. */
static const char *find_long_mark(const char *value, const char *end) {
  static const char *const marks[] = {"\"\"\"", "'''"};
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if (end - value >= 3 && memcmp(value, marks[i], 3) == 0)
      return marks[i];
  return NULL;
}

typedef struct {
  const char *mark;  /* of text over many lines, until its end; passed over */
  gboolean in_array; /* which goes on in the next line */
} Open;

static void take_toml_line(Member *member, const char *line, gsize length, Open *open) {
  const char *end = line + length,
             *sign = length > 0 && g_ascii_isalpha(line[0]) ? find_equals(line, length) : NULL;
  if (open->mark) {
    open->mark = g_strstr_len(line, (gssize)length, open->mark) ? NULL : open->mark;
  } else if (open->in_array) {
    append_bracketed(line, end, member->value);
    open->in_array = !memchr(line, ']', length);
  } else if (sign) {
    const char *value = begin_value(sign, end), *mark = find_long_mark(value, end);
    open->mark = mark && !g_strstr_len(value + 3, end - value - 3, mark) ? mark : NULL;
    open->in_array = value < end && *value == '[' && !memchr(value, ']', (gsize)(end - value));
    if (!mark)
      member_begin(member, line, length, sign);
  }
}

/* Up to the first table, `[params]`, whose keys are not the article's. */
static void read_toml(Member *member, const char *at, const char *end) {
  const char *line;
  gsize n;
  Open open = {0};
  while (onr_line_next(&at, end, &line, &n) && (open.mark || open.in_array || n == 0 || line[0] != '['))
    take_toml_line(member, line, n, &open);
}

gsize onr_frontmatter_read(const char *text, gsize length, OnrFields *fields) {
  gsize n_bytes = onr_frontmatter_length(text, length), n;
  const char *at = text + n_bytes, *line;
  Member member = {.fields = fields, .value = g_string_new(NULL)};
  if (find_language(text, length)->is_toml)
    read_toml(&member, text, at);
  else
    read_yaml(&member, text, at);
  member_close(&member);
  g_string_free(member.value, TRUE);
  while (n_bytes > 0 && onr_line_next(&at, text + length, &line, &n) && onr_line_is_blank(line, n))
    n_bytes = (gsize)(at - text);
  return n_bytes;
}
