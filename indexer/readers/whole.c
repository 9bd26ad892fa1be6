/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/whole.h"

#include "indexer/readers/fields.h"
#include "text/utf8.h"

#include <string.h>

/* A first line with more characters is a paragraph, not a headline. */
#define MAX_TITLE_POINTS 300

gboolean onr_whole_split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (split->n_items > 0)
    return FALSE;
  split->n_items = 1;
  out->bytes = onr_stream_read_all(stream, error);
  if (!out->bytes)
    return FALSE;
  out->member = g_strdup("");
  return TRUE;
}

/* Servers name charsets that are none ("utf8mb4", "none"); what the page says is better then. */
static gboolean is_known_charset(const char *charset) {
  GIConv converter = g_iconv_open("UTF-8", charset);
  gboolean is_known = converter != (GIConv)-1;
  if (is_known)
    g_iconv_close(converter);
  return is_known;
}

gboolean onr_whole_decode(const OnrRawItem *item, const char *declared, gsize max_bytes, OnrDecoded *out,
                          GError **error) {
  gsize n_bytes;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes);
  if (n_bytes > max_bytes) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
                "%" G_GSIZE_FORMAT " bytes are over the limit of %" G_GSIZE_FORMAT, n_bytes, max_bytes);
    return FALSE;
  }
  if (item->charset && is_known_charset(item->charset))
    declared = item->charset;
  return onr_decode(bytes ? bytes : "", n_bytes, declared, out, error);
}

gboolean onr_line_next(const char **at, const char *end, const char **line, gsize *length) {
  if (*at >= end)
    return FALSE;
  const char *lf = memchr(*at, '\n', (gsize)(end - *at));
  *line = *at;
  *length = (gsize)((lf ? lf : end) - *at);
  *at = lf ? lf + 1 : end;
  return TRUE;
}

gboolean onr_line_is_blank(const char *line, gsize length) {
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace(line[i]))
      return FALSE;
  return TRUE;
}

const char *onr_first_line_title(OnrArticle *article, const char *text, gsize length) {
  const char *at = text, *end = text + length, *line;
  gsize n;
  while (onr_line_next(&at, end, &line, &n)) {
    if (onr_line_is_blank(line, n))
      continue;
    return onr_utf8_count(line, n) <= MAX_TITLE_POINTS ? onr_header_clean(article, line, (gssize)n) : NULL;
  }
  return NULL;
}
