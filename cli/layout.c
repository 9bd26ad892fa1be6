/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/layout.h"

#include "cli/visible.h"
#include "text/utf8.h"
#include <string.h>
#include <utf8proc.h>

/* --- styles: bold, faint and underlined are readable on every background; of the colours only red is --- */

static const char *const STYLES[ONR_N_STYLES] = {
    [ONR_STYLE_PLAIN] = "",        [ONR_STYLE_MATCH] = "\033[1;31m", [ONR_STYLE_TITLE] = "\033[1m",
    [ONR_STYLE_NAME] = "\033[1m",  [ONR_STYLE_FAINT] = "\033[2m",    [ONR_STYLE_DOT] = "\033[2m",
    [ONR_STYLE_QUOTE] = "\033[1m", [ONR_STYLE_SOURCE] = "\033[4m",
};

const char *onr_style_begin(const OnrOutput *out, OnrStyle style) {
  return out->has_color ? STYLES[style] : "";
}

const char *onr_style_end(const OnrOutput *out, OnrStyle style) {
  return out->has_color && *STYLES[style] ? "\033[0m" : "";
}

/* --- wrapping --- */

typedef struct {
  guint begin, width; /* of the line so far */
  guint cut, next;    /* last place to cut before `cut` and go on at `next`; equal to begin: none */
} Line;

static void end_line(GArray *lines, Line *line, guint end, guint next) {
  OnrSpan span = {line->begin, end};
  g_array_append_val(lines, span);
  *line = (Line){.begin = next, .cut = next, .next = next};
}

static gboolean is_wide(gint32 c) {
  return utf8proc_charwidth(c) == 2;
}

/* Where the next word or line begins: past the blanks at AT. */
static guint skip_blanks(const char *text, guint at, guint length) {
  while (at < length && text[at] == ' ')
    at++;
  return at;
}

void onr_layout_wrap(const char *text, gsize length, guint width, GArray *lines) {
  const char *end = text + length;
  g_array_set_size(lines, 0);
  Line line = {0};
  for (guint at = 0; at < length;) {
    guint n;
    gint32 c = onr_utf8_get(text + at, end, &n);
    guint columns = (guint)MAX(utf8proc_charwidth(c), 0);
    if (c == ' ' && at >= line.next) {
      line.cut = at;
      line.next = skip_blanks(text, at, (guint)length);
    } else if (is_wide(c) && at > line.begin && line.next != at) {
      line.cut = line.next = at;
    }
    if (c != ' ' && line.width + columns > width && at > line.begin) {
      gboolean has_cut = line.cut > line.begin;
      guint next = has_cut ? line.next : at;
      end_line(lines, &line, has_cut ? line.cut : at, next);
      at = next;
      continue;
    }
    line.width += columns;
    at += n;
  }
  if (line.begin < length)
    end_line(lines, &line, (guint)length, (guint)length);
}

/* --- prose --- */

typedef struct {
  guint32 end; /* bytes of the text; a run begins where the one before it ends */
  OnrStyle style;
} Run;

void onr_prose_clear(OnrProse *prose) {
  if (prose->text)
    g_string_free(prose->text, TRUE);
  g_clear_pointer(&prose->runs, g_array_unref);
  prose->text = NULL;
}

gboolean onr_prose_is_empty(const OnrProse *prose) {
  return !prose->text || !prose->text->len;
}

void onr_prose_add(OnrProse *prose, OnrStyle style, const char *text, gssize length) {
  if (!text)
    return;
  if (!prose->text) {
    prose->text = g_string_new(NULL);
    prose->runs = g_array_new(FALSE, FALSE, sizeof(Run));
  }
  onr_visible_append(prose->text, text, length, ONR_VISIBLE_FOLD);
  Run run = {(guint32)prose->text->len, style};
  g_array_append_val(prose->runs, run);
}

void onr_prose_printf(OnrProse *prose, OnrStyle style, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  onr_prose_add(prose, style, text, -1);
}

void onr_prose_add_matched(OnrProse *prose, OnrStyle style, const char *text, const GArray *matches) {
  guint32 at = 0;
  for (guint i = 0; matches && i < matches->len; i++) {
    OnrSpan match = g_array_index(matches, OnrSpan, i);
    onr_prose_add(prose, style, text + at, match.begin - at);
    onr_prose_add(prose, ONR_STYLE_MATCH, text + match.begin, onr_span_length(match));
    at = match.end;
  }
  onr_prose_add(prose, style, text + at, -1);
}

static void append_line(const OnrProse *prose, OnrSpan line, guint *run, const OnrOutput *out,
                        GString *page) {
  guint32 at = line.begin;
  while (at < line.end) {
    const Run *r = &g_array_index(prose->runs, Run, *run);
    if (r->end <= at) {
      ++*run;
      continue;
    }
    guint32 stop = MIN(r->end, line.end);
    if (r->style == ONR_STYLE_DOT && (at == line.begin || stop == line.end)) {
      at = stop;
      continue;
    }
    g_string_append(page, onr_style_begin(out, r->style));
    g_string_append_len(page, prose->text->str + at, stop - at);
    g_string_append(page, onr_style_end(out, r->style));
    at = stop;
  }
}

static void print_lines(OnrProse *prose, guint first_indent, guint indent, OnrOutput *out) {
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  onr_layout_wrap(prose->text->str, prose->text->len, MAX(out->width, indent + 1) - indent, lines);
  g_autoptr(GString) page = g_string_new(NULL);
  guint run = 0;
  for (guint i = 0; i < lines->len; i++) {
    g_string_append_printf(page, "%*s", (int)(i ? indent : first_indent), "");
    append_line(prose, g_array_index(lines, OnrSpan, i), &run, out, page);
    g_string_append_c(page, '\n');
  }
  onr_output_drain(out, page);
  g_string_truncate(prose->text, 0);
  g_array_set_size(prose->runs, 0);
}

void onr_prose_print(OnrProse *prose, guint indent, OnrOutput *out) {
  if (!onr_prose_is_empty(prose))
    print_lines(prose, indent, indent, out);
}

void onr_prose_print_hanging(OnrProse *prose, guint indent, OnrOutput *out) {
  if (!onr_prose_is_empty(prose))
    print_lines(prose, 0, indent, out);
}

void onr_prose_cut(OnrProse *prose, gsize end, const char *ellipsis) {
  guint n = 0;
  while (g_array_index(prose->runs, Run, n).end < end)
    n++;
  g_array_set_size(prose->runs, n + 1);
  g_string_truncate(prose->text, end);
  g_string_append(prose->text, ellipsis);
  g_array_index(prose->runs, Run, n).end = (guint32)prose->text->len;
}
