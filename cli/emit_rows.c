/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/emitter.h"

#include "cli/visible.h"
#include <math.h>
#include <string.h>

/* --- cells --- */

/* Begins the next column: names it, and separates. FALSE inside lists, which rows leave out. */
static gboolean begin_cell(OnrEmitter *e, const char *name) {
  OnrRows *rows = (OnrRows *)e;
  if (rows->list_depth)
    return FALSE;
  if (!rows->is_first) {
    char separator = rows->is_tsv ? '\t' : ',';
    g_string_append_c(rows->names, separator);
    g_string_append_c(rows->cells, separator);
  }
  rows->is_first = FALSE;
  g_string_append(rows->names, rows->prefix->str);
  g_string_append(rows->names, name);
  return TRUE;
}

static void append_tsv(GString *out, const char *text, gsize length) {
  for (gsize i = 0; i < length; i++) {
    const char *escape = text[i] == '\t'   ? "\\t"
                         : text[i] == '\n' ? "\\n"
                         : text[i] == '\r' ? "\\r"
                         : text[i] == '\\' ? "\\\\"
                                           : NULL;
    if (escape)
      g_string_append(out, escape);
    else
      g_string_append_c(out, text[i]);
  }
}

/* A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV injection"); a ' in front makes it
 * text. */
static gboolean is_formula(const char *text, gsize length) {
  return length && strchr("=+-@\t\r", text[0]);
}

static void append_csv(GString *out, const char *text, gsize length) {
  gboolean is_plain = TRUE;
  for (gsize i = 0; i < length && is_plain; i++)
    is_plain = !strchr(",\"\r\n", text[i]);
  const char *guard = is_formula(text, length) ? "'" : "";
  if (is_plain) {
    g_string_append(out, guard);
    g_string_append_len(out, text, (gssize)length);
    return;
  }
  g_string_append_printf(out, "\"%s", guard);
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, text[i]);
  }
  g_string_append_c(out, '"');
}

static void rows_text(OnrEmitter *e, const char *name, const char *value, gssize length) {
  OnrRows *rows = (OnrRows *)e;
  if (!begin_cell(e, name) || !value)
    return;
  g_autofree char *valid = g_utf8_make_valid(value, length);
  g_autoptr(GString) visible = g_string_new(NULL);
  if (rows->is_visible)
    onr_visible_append(visible, valid, -1, ONR_VISIBLE_LINES);
  const char *text = rows->is_visible ? visible->str : valid;
  (rows->is_tsv ? append_tsv : append_csv)(rows->cells, text, strlen(text));
}

static void rows_number(OnrEmitter *e, const char *name, gint64 value) {
  if (begin_cell(e, name))
    g_string_append_printf(((OnrRows *)e)->cells, "%" G_GINT64_FORMAT, value);
}

static void rows_real(OnrEmitter *e, const char *name, double value, int decimals) {
  if (begin_cell(e, name) && isfinite(value))
    onr_real_append(((OnrRows *)e)->cells, value, decimals);
}

static void rows_null(OnrEmitter *e, const char *name) {
  begin_cell(e, name);
}

static void rows_spans(OnrEmitter *e, const char *name, const OnrSpan *spans, guint n) {
  if (!begin_cell(e, name))
    return;
  for (guint i = 0; i < n; i++)
    g_string_append_printf(((OnrRows *)e)->cells, "%s%u-%u", i ? ";" : "", spans[i].begin, spans[i].end);
}

static void rows_tally(OnrEmitter *e, const char *name, const char *label G_GNUC_UNUSED,
                       const GPtrArray *lines) {
  g_autoptr(GString) cell = g_string_new(NULL);
  for (guint i = 0; lines && i < lines->len; i++) {
    const char *line = lines->pdata[i];
    const char *tab = strrchr(line, '\t');
    g_string_append(cell, i ? "; " : "");
    g_string_append_len(cell, line, tab ? tab - line : -1);
    g_string_append_printf(cell, " (%s)", tab ? tab + 1 : "0");
  }
  rows_text(e, name, cell->str, (gssize)cell->len);
}

/* --- structure --- */

static void rows_begin(OnrEmitter *e, const char *name) {
  OnrRows *rows = (OnrRows *)e;
  g_array_append_val(rows->prefix_lengths, rows->prefix->len);
  if (name)
    g_string_append_printf(rows->prefix, "%s_", name);
}

static void rows_end(OnrEmitter *e) {
  OnrRows *rows = (OnrRows *)e;
  guint last = rows->prefix_lengths->len - 1;
  g_string_truncate(rows->prefix, g_array_index(rows->prefix_lengths, gsize, last));
  g_array_set_size(rows->prefix_lengths, last);
}

static void rows_begin_list(OnrEmitter *e, const char *name G_GNUC_UNUSED) {
  ((OnrRows *)e)->list_depth++;
}

static void rows_end_list(OnrEmitter *e) {
  ((OnrRows *)e)->list_depth--;
}

static const OnrEmitterClass ROWS_CLASS = {
    .text = rows_text,
    .number = rows_number,
    .real = rows_real,
    .null = rows_null,
    .spans = rows_spans,
    .begin = rows_begin,
    .end = rows_end,
    .begin_list = rows_begin_list,
    .end_list = rows_end_list,
    .tally = rows_tally,
};

void onr_rows_init(OnrRows *rows, gboolean is_tsv, gboolean is_visible) {
  *rows = (OnrRows){.head = {&ROWS_CLASS},
                    .names = g_string_new(NULL),
                    .cells = g_string_new(NULL),
                    .prefix = g_string_new(NULL),
                    .prefix_lengths = g_array_new(FALSE, FALSE, sizeof(gsize)),
                    .is_tsv = is_tsv,
                    .is_first = TRUE,
                    .is_visible = is_visible};
}

void onr_rows_clear(OnrRows *rows) {
  if (!rows->names)
    return;
  g_string_free(rows->names, TRUE);
  g_string_free(rows->cells, TRUE);
  g_string_free(rows->prefix, TRUE);
  g_array_unref(rows->prefix_lengths);
  rows->names = NULL;
}

static void take_line(OnrRows *rows, const GString *line, GString *out) {
  g_string_append_len(out, line->str, (gssize)line->len);
  g_string_append(out, rows->is_tsv ? "\n" : "\r\n");
  g_string_truncate(rows->names, 0);
  g_string_truncate(rows->cells, 0);
  rows->is_first = TRUE;
}

void onr_rows_take_names(OnrRows *rows, GString *out) {
  take_line(rows, rows->names, out);
}

void onr_rows_take_cells(OnrRows *rows, GString *out) {
  take_line(rows, rows->cells, out);
}
