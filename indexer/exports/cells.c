/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/cells.h"

#include <string.h>

/* --- rows --- */

static gboolean is_line_end(const OnrDialect *d, char c) {
  return c == '\n' || (c == '\r' && d->is_cr);
}

/* A mark before this, or before the end, closes a cell. */
static gboolean ends_cell(const OnrDialect *d, const char *p, const char *end) {
  return p == end || *p == d->separator || is_line_end(d, *p) ||
         (*p == '\r' && (p + 1 == end || p[1] == '\n'));
}

/* A mark behind a separator or line end and before a letter would open a cell, were it not inside one. */
static gboolean looks_opening(const OnrDialect *d, const char *bytes, gsize at, char next) {
  char before = bytes[at - 1];
  return (before == d->separator || before == '\n' || before == '\r') && !g_ascii_isspace(next);
}

/* One step inside marks; FALSE where the byte behind has to be seen first. */
static gboolean step_quoted(const OnrDialect *d, const char *bytes, gsize n_bytes, gboolean is_last,
                            OnrRowScan *scan, gboolean *is_stray) {
  const char *p = bytes + scan->at, *end = bytes + n_bytes;
  if (*p == '\n' || *p == '\r')
    scan->line_end = scan->line_end ? scan->line_end : scan->at + 1;
  if (*p != '"' && (*p != '\\' || !d->has_escapes)) {
    scan->at++;
    return TRUE;
  }
  if (end - p < 3 && !is_last) /* a CR may want the LF behind it */
    return FALSE;
  if (*p == '\\' || (p + 1 < end && p[1] == '"')) {
    scan->at += MIN(2, (gsize)(end - p));
  } else if (ends_cell(d, p + 1, end)) {
    scan->is_quoted = FALSE;
    scan->at++;
  } else if (scan->line_end && !d->is_sloppy && looks_opening(d, bytes, scan->at, p[1])) {
    *is_stray = TRUE;
  } else {
    scan->at++;
  }
  return TRUE;
}

/* One step outside marks; TRUE at the row's end. */
static gboolean step_bare(const OnrDialect *d, const char *bytes, OnrRowScan *scan) {
  char c = bytes[scan->at++];
  if (c == '"' && d->has_quotes && !scan->is_inside) {
    scan->is_quoted = scan->is_inside = TRUE;
    scan->line_end = 0;
  } else if (c == d->separator) {
    scan->is_inside = FALSE;
  } else if (is_line_end(d, c)) {
    return TRUE;
  } else if (c != ' ' || !d->has_blanks) {
    scan->is_inside = TRUE;
  }
  return FALSE;
}

OnrRowEnd onr_row_scan(const OnrDialect *d, const char *bytes, gsize n_bytes, gboolean is_last,
                       OnrRowScan *scan) {
  while (scan->at < n_bytes) {
    gboolean is_stray = FALSE;
    if (scan->is_quoted) {
      if (!step_quoted(d, bytes, n_bytes, is_last, scan, &is_stray))
        return ONR_ROW_MORE;
      if (is_stray)
        return ONR_ROW_STRAY;
    } else if (step_bare(d, bytes, scan)) {
      if (bytes[scan->at - 1] == '\r' && scan->at < n_bytes && bytes[scan->at] == '\n')
        scan->at++;
      return ONR_ROW_WHOLE;
    }
  }
  return is_last ? ONR_ROW_WHOLE : ONR_ROW_MORE;
}

/* --- cells --- */

static const char *skip_blanks(const OnrDialect *d, const char *p, const char *end) {
  const char *q = p;
  while (d->has_blanks && q < end && *q == ' ')
    q++;
  return q < end && *q == '"' ? q : p;
}

/* The inside of the marks at P (behind the one that opens) into CELL. Returns the place behind the mark that
 * closes; NULL where there is none. */
static const char *take_quoted(const OnrDialect *d, const char *p, const char *end, GString *cell) {
  while (p < end) {
    const char *next = p;
    while (next < end && *next != '"' && (*next != '\\' || !d->has_escapes))
      next++;
    g_string_append_len(cell, p, next - p);
    p = next;
    if (p == end)
      return NULL;
    gboolean is_pair = p + 1 < end && (p[1] == '"' || (*p == '\\' && (p[1] == '\\' || p[1] == '\n')));
    if (*p == '"' && !is_pair && ends_cell(d, p + 1, end))
      return p + 1;
    g_string_append_c(cell, is_pair ? p[1] : *p);
    p += is_pair ? 2 : 1;
  }
  return NULL;
}

static void take_bare(const OnrDialect *d, const char *p, const char *end, GString *cell) {
  static const char letters[] = "tnr\\", values[] = "\t\n\r\\";
  if (d->has_letters && end - p == 2 && !memcmp(p, "\\N", 2))
    return;
  for (; p < end; p++) {
    p += d->has_escapes && *p == '\\' && p + 1 < end && p[1] == '"' ? 1 : 0;
    const char *letter = d->has_letters && *p == '\\' && p + 1 < end ? memchr(letters, p[1], 4) : NULL;
    g_string_append_c(cell, letter ? values[letter - letters] : *p);
    p += letter ? 1 : 0;
  }
}

static const char *cell_end(const OnrDialect *d, const char *p, const char *end) {
  const char *separator = memchr(p, d->separator, (gsize)(end - p));
  return separator ? separator : end;
}

/* Calls with CELLS NULL count only. Behind a mark that is not closed none closes a cell. */
static guint split_row(const OnrDialect *d, const char *bytes, gsize n_bytes, GPtrArray *cells,
                       gboolean *is_open) {
  const char *p = bytes, *end = bytes + n_bytes;
  g_autoptr(GString) cell = g_string_new(NULL);
  while (end > p && (end[-1] == '\n' || end[-1] == '\r'))
    end--;
  *is_open = FALSE;
  for (guint n = 1;; n++) {
    const char *q = skip_blanks(d, p, end), *after = NULL;
    gboolean is_quoted = d->has_quotes && !*is_open && q < end && *q == '"';
    g_string_truncate(cell, 0);
    if (is_quoted)
      after = take_quoted(d, q + 1, end, cell);
    *is_open |= is_quoted && !after;
    if (!after) {
      g_string_truncate(cell, 0);
      take_bare(d, p, after = cell_end(d, p, end), cell);
    }
    if (cells && cells->len <= ONR_MAX_COLUMNS)
      g_ptr_array_add(cells, g_strndup(cell->str, cell->len));
    if (after == end)
      return n;
    p = after + 1;
  }
}

gboolean onr_row_split(const OnrDialect *dialect, const char *bytes, gsize n_bytes, GPtrArray *cells) {
  gboolean is_open;
  split_row(dialect, bytes, n_bytes, cells, &is_open);
  return !is_open;
}

guint onr_row_count(const OnrDialect *dialect, const char *bytes, gsize n_bytes) {
  gboolean is_open;
  return split_row(dialect, bytes, n_bytes, NULL, &is_open);
}

/* --- dialects --- */

/* Rows of the first bytes, and how many of them have as many cells as the first. The last may be cut. */
static void count_rows(const OnrDialect *d, const char *bytes, gsize n_bytes, guint *n_rows, guint *n_good) {
  guint n_cells = 0;
  *n_rows = *n_good = 0;
  while (n_bytes > 0) {
    OnrRowScan scan = {0};
    OnrRowEnd outcome = onr_row_scan(d, bytes, n_bytes, FALSE, &scan);
    if (outcome == ONR_ROW_MORE)
      return;
    if (outcome == ONR_ROW_STRAY)
      scan.at = scan.line_end;
    guint n = onr_row_count(d, bytes, scan.at);
    n_cells = n_cells ? n_cells : n;
    ++*n_rows;
    *n_good += outcome == ONR_ROW_WHOLE && n == n_cells ? 1 : 0;
    bytes += scan.at;
    n_bytes -= scan.at;
  }
}

/* Two marks in a window that neither close a cell nor are doubled, as in "He said "yes" and left", are a
 * habit. */
static gboolean has_bare_marks(const OnrDialect *d, const char *bytes, gsize n_bytes) {
  guint n = 0;
  gboolean is_quoted = FALSE;
  for (gsize i = 0; i < n_bytes; i++) {
    if (bytes[i] != '"')
      continue;
    if (!is_quoted) {
      is_quoted = i == 0 || bytes[i - 1] == d->separator || bytes[i - 1] == '\n' || bytes[i - 1] == '\r';
    } else if (i + 1 < n_bytes && bytes[i + 1] == '"') {
      i++;
    } else if (ends_cell(d, bytes + i + 1, bytes + n_bytes)) {
      is_quoted = FALSE;
    } else {
      n += looks_opening(d, bytes, i, bytes[i + 1]) ? 0 : 1;
    }
  }
  return n >= 2;
}

/* Marks inside cells are written \" more often than "". One before a separator may close a cell, and tells
 * nothing. */
static gboolean has_escaped_marks(const OnrDialect *d, const char *bytes, gsize n_bytes) {
  guint n_escaped = 0, n_doubled = 0;
  for (gsize i = 1; i + 1 < n_bytes; i++) {
    if (bytes[i] != '"')
      continue;
    gboolean is_escaped = bytes[i - 1] == '\\',
             begins = bytes[i - 1] == d->separator || is_line_end(d, bytes[i - 1]);
    n_escaped += is_escaped && !ends_cell(d, bytes + i + 1, bytes + n_bytes) ? 1 : 0;
    if (bytes[i + 1] == '"' && !is_escaped && !begins) {
      n_doubled++;
      i++;
    }
  }
  return n_escaped > n_doubled;
}

static gboolean has_word(const char *bytes, gsize n_bytes, const char *word) {
  return g_strstr_len(bytes, (gssize)n_bytes, word) != NULL;
}

/* Marks that stand where one opens a cell, without those that stand where one closes it, outnumber them. */
static gboolean has_one_sided_marks(const OnrDialect *d, const char *bytes, gsize n_bytes) {
  guint n_opening = 0, n_closing = 0;
  for (gsize i = 0; i < n_bytes; i++) {
    if (bytes[i] != '"')
      continue;
    gboolean is_opening = i == 0 || bytes[i - 1] == d->separator || is_line_end(d, bytes[i - 1]);
    n_opening += is_opening ? 1 : 0;
    n_closing += ends_cell(d, bytes + i + 1, bytes + n_bytes) ? 1 : 0;
  }
  return n_opening > 2 * n_closing;
}

/* Rows that are good, less the more others there are. */
static double rate(const OnrDialect *d, const char *bytes, gsize n_bytes) {
  guint n_rows, n_good;
  count_rows(d, bytes, n_bytes, &n_rows, &n_good);
  return n_rows ? (double)n_good * n_good / n_rows : 0;
}

OnrDialect onr_dialect_guess(const char *bytes, gsize n_bytes, char separator) {
  OnrDialect plain = {.separator = separator,
                      .has_quotes = TRUE,
                      .is_cr = !memchr(bytes, '\n', n_bytes) && memchr(bytes, '\r', n_bytes)};
  plain.has_escapes = has_escaped_marks(&plain, bytes, n_bytes);
  OnrDialect with_blanks = plain, bare = plain;
  with_blanks.has_blanks = TRUE;
  bare.has_quotes = FALSE;
  bare.has_letters = separator == '\t';
  if (separator == '\t' && (has_word(bytes, n_bytes, "\\n") || has_word(bytes, n_bytes, "\\t")))
    return bare;
  double rate_plain = rate(&plain, bytes, n_bytes);
  if (has_one_sided_marks(&plain, bytes, n_bytes) && rate(&bare, bytes, n_bytes) > rate_plain)
    return bare;
  OnrDialect best = rate(&with_blanks, bytes, n_bytes) > rate_plain ? with_blanks : plain;
  best.is_sloppy = has_bare_marks(&best, bytes, n_bytes);
  return best;
}
