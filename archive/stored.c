/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/stored.h"

/* Some tens of millions are printed while an archive is made: no printf. */
static void append_number(GString *out, guint64 number) {
  char digits[20]; /* of 2^64 - 1 */
  guint at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}

void onr_stored_append_spans(GString *out, const OnrSpan *spans, guint n) {
  g_string_append_c(out, '[');
  for (guint i = 0; i < n; i++) {
    g_string_append(out, i ? ",[" : "[");
    append_number(out, spans[i].begin);
    g_string_append_c(out, ',');
    append_number(out, spans[i].end);
    g_string_append_c(out, ']');
  }
  g_string_append_c(out, ']');
}

static void append_comma(GString *out) {
  if (out->str[out->len - 1] != '[')
    g_string_append_c(out, ',');
}

void onr_stored_append_row(GString *out, gint64 row) {
  append_comma(out);
  append_number(out, (guint64)row);
}

void onr_stored_append_entity(GString *out, gint64 entity, gint64 alias, gint64 role, const OnrSpan *spans,
                              guint n) {
  append_comma(out);
  g_string_append_c(out, '[');
  append_number(out, (guint64)entity);
  g_string_append_c(out, ',');
  append_number(out, (guint64)alias);
  g_string_append_c(out, ',');
  append_number(out, (guint64)role);
  g_string_append_c(out, ',');
  onr_stored_append_spans(out, spans, n);
  g_string_append_c(out, ']');
}

static gboolean read_char(const char **p, char c) {
  if (**p != c)
    return FALSE;
  (*p)++;
  return TRUE;
}

/* A number of at most LIMIT, which is below G_MAXINT64 / 10. */
static gboolean read_number(const char **p, gint64 limit, gint64 *out) {
  const char *first = *p;
  for (*out = 0; g_ascii_isdigit(**p); (*p)++) {
    *out = *out * 10 + (**p - '0');
    if (*out > limit)
      return FALSE;
  }
  return *p > first;
}

/* Far more rows than a file of SQLite's greatest size can hold. */
#define ROW_LIMIT (G_MAXINT64 / 16)

static gboolean read_span(const char **p, guint32 n_points, GArray *out) {
  gint64 begin, end;
  if (!read_char(p, '[') || !read_number(p, n_points, &begin) || !read_char(p, ',') ||
      !read_number(p, n_points, &end) || !read_char(p, ']') || end < begin)
    return FALSE;
  OnrSpan span = {(guint32)begin, (guint32)end};
  g_array_append_val(out, span);
  return TRUE;
}

static gboolean read_span_list(const char **p, guint32 n_points, GArray *out) {
  if (!read_char(p, '['))
    return FALSE;
  for (guint n = 0; **p != ']'; n++)
    if ((n && !read_char(p, ',')) || !read_span(p, n_points, out))
      return FALSE;
  return read_char(p, ']');
}

gboolean onr_stored_read_spans(const char *json, guint32 n_points, GArray *out) {
  const char *p = json;
  return p && read_span_list(&p, n_points, out) && !*p;
}

gboolean onr_stored_read_rows(const char *json, GArray *out) {
  const char *p = json;
  if (!p || !read_char(&p, '['))
    return FALSE;
  for (guint n = 0; *p != ']'; n++) {
    gint64 row;
    if ((n && !read_char(&p, ',')) || !read_number(&p, ROW_LIMIT, &row))
      return FALSE;
    g_array_append_val(out, row);
  }
  return read_char(&p, ']') && !*p;
}

static gboolean read_entity(const char **p, guint32 n_points, OnrStoredEntity *out) {
  return read_char(p, '[') && read_number(p, ROW_LIMIT, &out->entity) && read_char(p, ',') &&
         read_number(p, ROW_LIMIT, &out->alias) && read_char(p, ',') &&
         read_number(p, ROW_LIMIT, &out->role) && read_char(p, ',') &&
         read_span_list(p, n_points, out->spans) && read_char(p, ']');
}

/* Each step eats the mark before its entity: '[' before the first, ',' before the others. Damage leaves *AT
 * on something. */
gboolean onr_stored_next_entity(const char **at, guint32 n_points, OnrStoredEntity *out) {
  const char *p = *at;
  g_array_set_size(out->spans, 0);
  if (p[0] == ']' || (p[0] == '[' && p[1] == ']')) {
    *at = p + (p[0] == ']' ? 1 : 2);
    return FALSE;
  }
  if (!(read_char(&p, '[') || read_char(&p, ',')) || !read_entity(&p, n_points, out))
    return FALSE;
  *at = p;
  return TRUE;
}
