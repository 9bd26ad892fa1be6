/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/unwrap.h"

#include "indexer/readers/whole.h"
#include "text/utf8.h"

#include <string.h>

#define MAX_WIDTH 100 /* characters: press databases break at 65 to 80, mail at 72 to 78 */
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

/* The width to which lines were broken: that of the longest which is no single word, an address as a rule. Where a
 * tenth of the lines is longer than any such width: G_MAXSIZE. */
static gsize find_width(const char *text, gsize length) {
  const char *at = text, *raw;
  gsize n, width = 0, n_lines = 0, n_long = 0;
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    if (line.length == 0 || !memchr(line.text, ' ', line.length))
      continue;
    n_lines++;
    n_long += line.width > MAX_WIDTH ? 1 : 0;
    width = line.width > MAX_WIDTH ? width : MAX(width, line.width);
  }
  return n_long * 10 > n_lines ? G_MAXSIZE : width;
}

static gsize first_word_width(const Line *line) {
  const char *blank = memchr(line->text, ' ', line->length);
  return onr_utf8_count(line->text, blank ? (gsize)(blank - line->text) : line->length);
}

/* What stands between two lines of a paragraph. */
static char joint(const Line *before, const Line *line, gsize width) {
  gboolean is_broken = before->width <= MAX_WIDTH && before->width + 1 + first_word_width(line) > width;
  return is_broken ? ' ' : '\n';
}

void onr_unwrap_append(const char *text, gsize length, gsize n_before, GString *out) {
  gsize width = find_width(text, length), n;
  const char *at = text, *raw;
  gsize begin = out->len;
  Line before = {0};
  while (onr_line_next(&at, text + length, &raw, &n)) {
    Line line = measure(raw, n);
    line.width += raw == text ? n_before : 0;
    if (line.length > 0) {
      gboolean is_new = before.length == 0 || line.indent >= before.indent + INDENT;
      if (is_new && out->len > begin)
        g_string_append(out, "\n\n");
      else if (!is_new)
        g_string_append_c(out, joint(&before, &line, width));
      g_string_append_len(out, line.text, (gssize)line.length);
    }
    before = line;
  }
}
