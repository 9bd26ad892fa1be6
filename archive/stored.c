/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/stored.h"

/* Some tens of millions of numbers are printed while an archive is made: no printf, and room is made once for
 * a list. */
#define NUMBER_BYTES 20 /* digits of 2^64 - 1 */
#define SPAN_BYTES (2 * NUMBER_BYTES + 4)

static char *put_number(char *out, guint64 number) {
  char digits[NUMBER_BYTES];
  guint n = 0;
  do
    digits[n++] = (char)('0' + number % 10);
  while (number /= 10);
  while (n)
    *out++ = digits[--n];
  return out;
}

static char *put_spans(char *out, const OnrSpan *spans, guint n) {
  *out++ = '[';
  for (guint i = 0; i < n; i++) {
    if (i)
      *out++ = ',';
    *out++ = '[';
    out = put_number(out, spans[i].begin);
    *out++ = ',';
    out = put_number(out, spans[i].end);
    *out++ = ']';
  }
  *out++ = ']';
  return out;
}

/* Where up to N bytes may be written behind what OUT holds; end_append says how far they were. */
static char *begin_append(GString *out, gsize n) {
  gsize length = out->len;
  g_string_set_size(out, length + n);
  return out->str + length;
}

static void end_append(GString *out, const char *end) {
  g_string_truncate(out, (gsize)(end - out->str));
}

void onr_stored_append_spans(GString *out, const OnrSpan *spans, guint n) {
  char *at = begin_append(out, (gsize)n * SPAN_BYTES + 2);
  end_append(out, put_spans(at, spans, n));
}

static void append_comma(GString *out) {
  if (out->str[out->len - 1] != '[')
    g_string_append_c(out, ',');
}

void onr_stored_append_row(GString *out, gint64 row) {
  append_comma(out);
  char *at = begin_append(out, NUMBER_BYTES);
  end_append(out, put_number(at, (guint64)row));
}

void onr_stored_append_entity(GString *out, gint64 entity, gint64 alias, gint64 role, const OnrSpan *spans,
                              guint n) {
  const gint64 rows[] = {entity, alias, role};
  append_comma(out);
  char *at = begin_append(out, G_N_ELEMENTS(rows) * (NUMBER_BYTES + 1) + (gsize)n * SPAN_BYTES + 4);
  *at++ = '[';
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    at = put_number(at, (guint64)rows[i]);
    *at++ = ',';
  }
  at = put_spans(at, spans, n);
  *at++ = ']';
  end_append(out, at);
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
