/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "query/fault.h"

#include <string.h>
#include <utf8proc.h>

#define LINE_COLUMNS 76  /* of the copied line: with its indent a terminal of 80 columns holds it */
#define LEAD_COLUMNS 40  /* shown before the caret where the line is cut */
#define QUOTE_COLUMNS 40 /* of a value inside a message */
#define REPLACEMENT 0xfffd

/* One character of a query as it is shown. */
typedef struct {
  gint32 code_point;
  guint n_bytes;
  guint columns;
} Cell;

/* Direction marks would turn the message around; controls would do worse. */
static gboolean is_shown(gint32 c) {
  if ((c >= 0x200e && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
      c == 0xfeff)
    return FALSE;
  switch (utf8proc_category(c)) {
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_CN:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return FALSE;
  default:
    return TRUE;
  }
}

static Cell cell_at(const char *p, const char *end) {
  gunichar c = g_utf8_get_char_validated(p, end - p);
  if (c == (gunichar)-1 || c == (gunichar)-2)
    return (Cell){REPLACEMENT, 1, 1};
  guint n_bytes = (guint)g_utf8_skip[(guchar)*p];
  if (c == '\t' || c == '\n' || c == '\r')
    return (Cell){' ', n_bytes, 1};
  if (!is_shown((gint32)c))
    return (Cell){REPLACEMENT, n_bytes, 1};
  return (Cell){(gint32)c, n_bytes, (guint)utf8proc_charwidth((gint32)c)};
}

static guint columns_between(const char *begin, const char *end) {
  guint columns = 0;
  while (begin < end) {
    Cell cell = cell_at(begin, end);
    columns += cell.columns;
    begin += cell.n_bytes;
  }
  return columns;
}

/* Appends [P, END), at most LIMIT columns and an ellipsis for the rest. */
static void append_cells(const char *p, const char *end, guint limit, GString *out) {
  guint columns = 0;
  while (p < end) {
    Cell cell = cell_at(p, end);
    if (columns + cell.columns > limit) {
      g_string_append(out, "…");
      return;
    }
    g_string_append_unichar(out, (gunichar)cell.code_point);
    columns += cell.columns;
    p += cell.n_bytes;
  }
}

char *onr_query_quote(const char *text, gsize length) {
  GString *out = g_string_new(NULL);
  append_cells(text, text + length, QUOTE_COLUMNS, out);
  return g_string_free(out, FALSE);
}

/* Where a copy that ends before AT begins, so that it has at most LEAD_COLUMNS before AT. */
static const char *window_begin(const char *line, const char *at) {
  while (columns_between(line, at) > LEAD_COLUMNS)
    line += cell_at(line, at).n_bytes;
  while (line < at && cell_at(line, at).columns == 0) /* an accent without its letter */
    line += cell_at(line, at).n_bytes;
  return line;
}

/* At most this much of a line is looked at before the caret: more never shows. */
#define LEAD_BYTES (LEAD_COLUMNS * 32)

static const char *line_begin(const char *query, const char *at) {
  const char *p = at;
  while (p > query && p[-1] != '\n' && p[-1] != '\r' && at - p < LEAD_BYTES)
    p--;
  while (p < at && ((guchar)*p & 0xc0) == 0x80)
    p++;
  return p;
}

static void append_place(GString *out, const char *query, gsize at_byte, const char *expected) {
  const char *at = query + at_byte;
  const char *begin = line_begin(query, at), *end = at + strcspn(at, "\n\r");
  gboolean is_cut = begin > query && begin[-1] != '\n' && begin[-1] != '\r';
  if (columns_between(begin, at) > LINE_COLUMNS - 10) {
    begin = window_begin(begin, at);
    is_cut = TRUE;
  }
  g_string_append_printf(out, "\n  %s", is_cut ? "…" : "");
  append_cells(begin, end, LINE_COLUMNS, out);
  guint column = columns_between(begin, at) + (is_cut ? 1 : 0);
  g_string_append_printf(out, "\n  %*s^ %s", (int)column, "", expected);
}

void onr_query_fault(GError **error, OnrErrorCode code, const char *query, gsize at, const char *expected,
                     const char *format, ...) {
  va_list args;
  va_start(args, format);
  GString *message = g_string_new(NULL);
  g_string_append_vprintf(message, format, args);
  va_end(args);
  append_place(message, query, at, expected);
  g_set_error_literal(error, ONR_ERROR, (int)code, message->str);
  g_string_free(message, TRUE);
}
