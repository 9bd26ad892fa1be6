/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/spans.h"

#include <string.h>

/* Some tens of millions are printed while an archive is made: no printf. */
static void append_number(GString *out, guint32 number) {
  char digits[10]; /* of 4294967295 */
  guint at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}

void onr_spans_print(const OnrSpan *spans, guint n, GString *out) {
  g_string_assign(out, "[");
  for (guint i = 0; i < n; i++) {
    g_string_append(out, i ? ",[" : "[");
    append_number(out, spans[i].begin);
    g_string_append_c(out, ',');
    append_number(out, spans[i].end);
    g_string_append_c(out, ']');
  }
  g_string_append_c(out, ']');
}

static gboolean read_char(const char **p, char c) {
  if (**p != c)
    return FALSE;
  (*p)++;
  return TRUE;
}

/* A number of at most LIMIT. */
static gboolean read_number(const char **p, guint32 limit, guint32 *out) {
  guint64 number = 0;
  const char *first = *p;
  for (; g_ascii_isdigit(**p); (*p)++) {
    number = number * 10 + (guint64)(**p - '0');
    if (number > limit)
      return FALSE;
  }
  *out = (guint32)number;
  return *p > first;
}

gboolean onr_spans_parse(const char *json, guint32 n_points, GArray *out) {
  const char *p = json;
  if (!p || !read_char(&p, '['))
    return FALSE;
  for (guint n = 0; *p != ']'; n++) {
    OnrSpan span;
    if ((n && !read_char(&p, ',')) || !read_char(&p, '[') || !read_number(&p, n_points, &span.begin) ||
        !read_char(&p, ',') || !read_number(&p, n_points, &span.end) || !read_char(&p, ']'))
      return FALSE;
    if (span.end < span.begin)
      return FALSE;
    g_array_append_val(out, span);
  }
  return p[1] == '\0';
}
