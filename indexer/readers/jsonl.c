/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON Lines: one object a line; blank lines are passed over. A line that is broken costs itself. */
#include "indexer/readers/readers.h"

#include "indexer/news/json_item.h"
#include "indexer/readers/sniff.h"
#include "indexer/readers/whole.h"

#include <string.h>

static const char *const ENDINGS[] = {"jsonl", "ndjson", "jl", NULL};

static const char *skip_space(const char *p, const char *end) {
  while (p < end && g_ascii_isspace(*p))
    p++;
  return p;
}

/* Behind the object that begins at P; NULL where it goes on behind END. */
static const char *skip_object(const char *p, const char *end) {
  gboolean is_in_string = FALSE;
  for (guint depth = 0; p < end; p++) {
    if (is_in_string) {
      is_in_string = *p != '"';
      p += *p == '\\' && p + 1 < end;
    } else if (*p == '"') {
      is_in_string = TRUE;
    } else if (*p == '{' || *p == '[') {
      depth++;
    } else if ((*p == '}' || *p == ']') && --depth == 0) {
      return p + 1;
    }
  }
  return NULL;
}

/* FALSE for an object over several lines, for several on one line and for commas between them, whatever the
 * file is called: the JSON reader parts them. A line that is only broken has another object below it. */
static gboolean is_lines(const char *line, const char *line_end, const char *end) {
  const char *next = skip_space(line_end, end), *behind = skip_object(line, line_end);
  if (!behind)
    return next == end || *next == '{';
  behind = skip_space(behind, line_end);
  return behind == line_end || (*behind != '{' && *behind != ',');
}

/* Content shows it where the first line is an object from end to end and another follows. */
static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  const char *end = bytes + n_bytes, *p = skip_space(bytes, end);
  gboolean is_named = g_strv_contains(ENDINGS, ending);
  if (p == end || *p != '{')
    return is_named ? 2 : 0;
  const char *lf = memchr(p, '\n', (gsize)(end - p));
  if (is_named)
    return is_lines(p, lf ? lf : end, end) ? 3 : 2;
  if (!lf)
    return 0;
  const char *last = lf;
  while (g_ascii_isspace(last[-1]))
    last--;
  const char *next = skip_space(lf, end);
  return last[-1] == '}' && next < end && *next == '{' && is_lines(p, lf, end) ? 3 : 0;
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (split->line == 0) {
    gsize n_bytes;
    const char *first = onr_stream_peek(stream, &n_bytes, error);
    if (!first || (onr_sniff_wide(first, n_bytes) && !onr_stream_decode(stream, error)))
      return FALSE;
  }
  for (;;) {
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) line = onr_stream_read_line(stream, &why);
    if (!line && (!why || onr_stream_has_failed(stream))) {
      if (why)
        g_propagate_error(error, g_steal_pointer(&why));
      return FALSE;
    }
    split->line++;
    if (line && onr_line_is_blank(g_bytes_get_data(line, NULL), g_bytes_get_size(line)))
      continue;
    split->n_items++;
    out->bytes = g_steal_pointer(&line);
    out->error = g_steal_pointer(&why);
    out->member = g_strdup_printf("%" G_GUINT64_FORMAT, split->line);
    return TRUE;
  }
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  return onr_json_parse_item(item, g_ascii_strtoull(item->member, NULL, 10), article, n_replaced, error);
}

const OnrReader ONR_READER_JSONL = {
    .name = "jsonl",
    .what = "JSON Lines",
    .endings = ENDINGS,
    .probe = probe,
    .split = split,
    .parse = parse,
};
