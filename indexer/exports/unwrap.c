/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/unwrap.h"

#include "indexer/readers/whole.h"
#include "text/utf8.h"

#include <string.h>

#define MAX_WIDTH 100 /* characters: press databases break at 65 to 80, mail at 72 to 78 */
#define MIN_WIDTH 60  /* a text of shorter lines is a table or verses */
#define INDENT 2      /* blanks that begin a paragraph */

typedef struct {
  const char *text; /* without the blanks at its ends */
  gsize length;
  gsize indent;
  gsize width; /* characters, with the indent */
} Line;

static Line measure(const char *line, gsize length) {
  gsize indent = 0, first = 0;
  while (length > 0 && g_ascii_isspace(line[length - 1]))
    length--;
  while (first < length && g_ascii_isspace(line[first]))
    indent += line[first++] == '\t' ? 8 : 1;
  gsize width = length > first ? indent + onr_utf8_count(line + first, length - first) : 0;
  return (Line){line + first, length - first, indent, width};
}

typedef struct {
  gsize width;          /* to which lines were broken; G_MAXSIZE where they were not */
  gsize margin;         /* the least indent */
  gboolean has_indents; /* a line that is indented begins a paragraph, whatever is before it */
} Layout;

/* The width is that of the longest line which is no single word, an address as a rule; where a tenth is
 * longer than any such width, lines were not broken. */
static void measure_width(const char *text, gsize length, Layout *layout) {
  const char *at = text, *raw;
  gsize n, n_lines = 0, n_long = 0;
  layout->margin = G_MAXSIZE;
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    layout->margin = line.length > 0 && raw > text ? MIN(layout->margin, line.indent) : layout->margin;
    if (line.length == 0 || !memchr(line.text, ' ', line.length))
      continue;
    n_lines++;
    n_long += line.width > MAX_WIDTH ? 1 : 0;
    layout->width = line.width > MAX_WIDTH ? layout->width : MAX(layout->width, line.width);
  }
  layout->width = n_long * 10 > n_lines ? G_MAXSIZE : MAX(layout->width, MIN_WIDTH);
}

/* Indents begin paragraphs where most lines that have one come before a line that has none, or a blank one.
 */
static void measure_indents(const char *text, gsize length, Layout *layout) {
  const char *at = text, *raw;
  gsize n, n_indented = 0, n_before = 0;
  gboolean is_indented = FALSE;
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    gboolean is_flush = line.length == 0 || line.indent < layout->margin + INDENT;
    n_before += is_indented && is_flush ? 1 : 0;
    is_indented = !is_flush;
    n_indented += is_indented ? 1 : 0;
  }
  layout->has_indents = n_before * 2 > n_indented;
}

static gsize first_word_width(const Line *line) {
  const char *blank = memchr(line->text, ' ', line->length);
  return onr_utf8_count(line->text, blank ? (gsize)(blank - line->text) : line->length);
}

/* TRUE where the next word would not have fit the line before. */
static gboolean is_broken(const Line *before, const Line *line, gsize width) {
  return before->width <= MAX_WIDTH && before->width + 1 + first_word_width(line) > width;
}

static gboolean begins_paragraph(const Line *before, const Line *line, const Layout *layout) {
  return before->length == 0 || line->indent >= before->indent + INDENT ||
         (layout->has_indents && line->indent >= layout->margin + INDENT) ||
         !is_broken(before, line, layout->width);
}

void onr_unwrap_append(const char *text, gsize length, gsize n_before, GString *out) {
  const char *at = text, *raw;
  gsize begin = out->len, n;
  Layout layout = {0};
  Line before = {0};
  measure_width(text, length, &layout);
  measure_indents(text, length, &layout);
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    line.width += raw == text ? n_before : 0;
    if (line.length > 0) {
      gboolean is_new = begins_paragraph(&before, &line, &layout);
      if (is_new && out->len > begin)
        g_string_append(out, "\n\n");
      else if (!is_new)
        g_string_append_c(out, ' ');
      g_string_append_len(out, line.text, (gssize)line.length);
    }
    before = line;
  }
}

void onr_unwrap_append_joined(const char *text, gsize length, GString *out) {
  const char *at = text, *raw;
  gsize begin = out->len, n;
  Line before = {0};
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    gboolean is_new = before.length == 0 || line.indent >= before.indent + INDENT;
    if (line.length > 0 && out->len > begin)
      g_string_append(out, is_new ? "\n\n" : " ");
    g_string_append_len(out, line.text, (gssize)line.length);
    before = line;
  }
}
