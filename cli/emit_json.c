/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/emitter.h"

#include "text/utf8.h"
#include <math.h>
#include <string.h>

void onr_real_append(GString *out, double value, int decimals) {
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite(value)) {
    g_string_append(out, "null");
  } else if (decimals >= 0) {
    char format[16];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_string_append(out, g_ascii_formatd(buffer, sizeof buffer, format, value));
  } else {
    /* 17 digits always read back; most numbers need 15 or 16. */
    static const char *const formats[] = {"%.15g", "%.16g", "%.17g"};
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++)
      if (g_ascii_strtod(g_ascii_formatd(buffer, sizeof buffer, formats[i], value), NULL) == value)
        break;
    g_string_append(out, buffer);
  }
}

/* --- strings --- */

static void append_escape(GString *out, gint32 c) {
  static const char letters[] = {
      ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'};
  if ((gsize)c < sizeof letters && letters[c])
    g_string_append_printf(out, "\\%c", letters[c]);
  else
    g_string_append_printf(out, "\\u%04x", (guint)c);
}

static gboolean needs_escape(gint32 c) {
  return c < 0x20 || c == '"' || c == '\\' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static void append_valid(GString *out, const char *text, gsize length) {
  const char *end = text + length;
  const char *plain = text;
  while (text < end) {
    guint n;
    gint32 c = onr_utf8_get(text, end, &n);
    if (needs_escape(c)) {
      g_string_append_len(out, plain, text - plain);
      append_escape(out, c);
      plain = text + n;
    }
    text += n;
  }
  g_string_append_len(out, plain, end - plain);
}

void onr_json_append_string(GString *out, const char *text, gssize length) {
  gsize left = length < 0 ? strlen(text) : (gsize)length;
  g_string_append_c(out, '"');
  for (;;) {
    gsize n_valid = onr_utf8_valid_prefix(text, left);
    append_valid(out, text, n_valid);
    text += n_valid;
    left -= n_valid;
    if (!left)
      break;
    gsize n_bad = onr_utf8_bad_length(text, left);
    g_string_append(out, "\357\277\275"); /* U+FFFD */
    text += n_bad;
    left -= n_bad;
  }
  g_string_append_c(out, '"');
}

/* --- structure --- */

static void new_line(OnrJson *json) {
  if (json->is_pretty)
    g_string_append_printf(json->out, "\n%*s", (int)(2 * json->depth), "");
}

/* Comma, line end and name, in front of each value. */
static void begin_value(OnrEmitter *e, const char *name) {
  OnrJson *json = (OnrJson *)e;
  if (json->has_items)
    g_string_append(json->out, json->is_pretty ? "," : ", ");
  if (json->depth)
    new_line(json);
  json->has_items = TRUE;
  if (name) {
    onr_json_append_string(json->out, name, -1);
    g_string_append(json->out, ": ");
  }
}

static void open_nest(OnrEmitter *e, const char *name, char bracket) {
  OnrJson *json = (OnrJson *)e;
  begin_value(e, name);
  g_string_append_c(json->out, bracket);
  json->depth++;
  json->has_items = FALSE;
}

static void close_nest(OnrEmitter *e, char bracket) {
  OnrJson *json = (OnrJson *)e;
  json->depth--;
  if (json->has_items)
    new_line(json);
  g_string_append_c(json->out, bracket);
  json->has_items = json->depth > 0;
}

static void json_begin(OnrEmitter *e, const char *name) {
  open_nest(e, name, '{');
}

static void json_end(OnrEmitter *e) {
  close_nest(e, '}');
}

static void json_begin_list(OnrEmitter *e, const char *name) {
  open_nest(e, name, '[');
}

static void json_end_list(OnrEmitter *e) {
  close_nest(e, ']');
}

/* --- values --- */

static void json_null(OnrEmitter *e, const char *name) {
  begin_value(e, name);
  g_string_append(((OnrJson *)e)->out, "null");
}

static void json_text(OnrEmitter *e, const char *name, const char *value, gssize length) {
  if (!value) {
    json_null(e, name);
    return;
  }
  begin_value(e, name);
  onr_json_append_string(((OnrJson *)e)->out, value, length);
}

static void json_number(OnrEmitter *e, const char *name, gint64 value) {
  begin_value(e, name);
  g_string_append_printf(((OnrJson *)e)->out, "%" G_GINT64_FORMAT, value);
}

static void json_real(OnrEmitter *e, const char *name, double value, int decimals) {
  begin_value(e, name);
  onr_real_append(((OnrJson *)e)->out, value, decimals);
}

static void json_spans(OnrEmitter *e, const char *name, const OnrSpan *spans, guint n) {
  GString *out = ((OnrJson *)e)->out;
  begin_value(e, name);
  g_string_append_c(out, '[');
  for (guint i = 0; i < n; i++)
    g_string_append_printf(out, "%s[%u, %u]", i ? ", " : "", spans[i].begin, spans[i].end);
  g_string_append_c(out, ']');
}

static void json_tally(OnrEmitter *e, const char *name, const char *label, const GPtrArray *lines) {
  json_begin_list(e, name);
  for (guint i = 0; lines && i < lines->len; i++) {
    const char *line = lines->pdata[i];
    const char *tab = strrchr(line, '\t');
    json_begin(e, NULL);
    json_text(e, label, line, tab ? tab - line : -1);
    json_number(e, "count", tab ? g_ascii_strtoll(tab + 1, NULL, 10) : 0);
    json_end(e);
  }
  json_end_list(e);
}

static const OnrEmitterClass JSON_CLASS = {
    .text = json_text,
    .number = json_number,
    .real = json_real,
    .null = json_null,
    .spans = json_spans,
    .begin = json_begin,
    .end = json_end,
    .begin_list = json_begin_list,
    .end_list = json_end_list,
    .tally = json_tally,
};

void onr_json_init(OnrJson *json, GString *out, gboolean is_pretty) {
  *json = (OnrJson){.head = {&JSON_CLASS}, .out = out, .is_pretty = is_pretty};
}
