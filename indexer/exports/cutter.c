/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/cutter.h"

#include "indexer/readers/sniff.h"
#include "text/decode.h"
#include "text/utf8.h"

#include <string.h>

/* The encoding of bytes that are no UTF-8, by the lines that are whole. */
static char *guess_charset(const char *bytes, gsize n_bytes) {
  g_auto(OnrDecoded) decoded = {0};
  while (n_bytes > 0 && bytes[n_bytes - 1] != '\n')
    n_bytes--;
  if (onr_utf8_valid_prefix(bytes, n_bytes) == n_bytes || !onr_decode(bytes, n_bytes, NULL, &decoded, NULL))
    return NULL;
  return g_str_equal(decoded.charset, "UTF-8") ? NULL : g_strdup(decoded.charset);
}

OnrCutter *onr_cutter_open(OnrStream *stream, GError **error) {
  gsize n_bytes;
  const char *first = onr_stream_peek(stream, &n_bytes, error);
  if (!first)
    return NULL;
  if (onr_sniff_wide(first, n_bytes)) {
    if (!onr_stream_decode(stream, error) || !(first = onr_stream_peek(stream, &n_bytes, error)))
      return NULL;
  }
  if (n_bytes >= 3 && memcmp(first, "\xef\xbb\xbf", 3) == 0) {
    onr_stream_skip(stream, 3);
    first = onr_stream_peek(stream, &n_bytes, NULL);
  }
  OnrCutter *cutter = g_new0(OnrCutter, 1);
  cutter->held = g_byte_array_new();
  cutter->charset = guess_charset(first, n_bytes);
  return cutter;
}

void onr_cutter_free(OnrCutter *cutter) {
  if (!cutter)
    return;
  g_byte_array_unref(cutter->held);
  g_free(cutter->charset);
  g_free(cutter);
}

/* What lies before the item is moved over when it is more than what is held, so that a byte is moved about
 * once. */
static void make_room(OnrCutter *cutter) {
  gsize gone = cutter->begin;
  if (gone == 0 || gone < cutter->held->len - gone)
    return;
  memmove(cutter->held->data, cutter->held->data + gone, cutter->held->len - gone);
  g_byte_array_set_size(cutter->held, (guint)(cutter->held->len - gone));
  cutter->begin = 0;
  cutter->at -= gone;
  cutter->line -= gone;
}

gboolean onr_cutter_more(OnrCutter *cutter, OnrStream *stream, GError **error) {
  gsize n_bytes;
  const char *bytes = onr_stream_peek(stream, &n_bytes, error);
  if (!bytes || n_bytes == 0)
    return FALSE;
  make_room(cutter);
  g_byte_array_append(cutter->held, (const guint8 *)bytes, (guint)n_bytes);
  onr_stream_skip(stream, n_bytes);
  return TRUE;
}

/* Bytes of the line at `at`, or of a piece of it; 0 where more has to be taken first. */
static gsize line_length(const OnrCutter *cutter) {
  gsize room = MIN(cutter->held->len - cutter->at, ONR_CUTTER_LINE_BYTES);
  if (room == 0) /* there may be no bytes at all */
    return 0;
  const guint8 *at = cutter->held->data + cutter->at, *lf = memchr(at, '\n', room);
  return lf ? (gsize)(lf - at) + 1 : room == ONR_CUTTER_LINE_BYTES ? room : 0;
}

gboolean onr_cutter_next_line(OnrCutter *cutter, OnrStream *stream, OnrLine *line, GError **error) {
  g_autoptr(GError) why = NULL;
  gsize n;
  if (cutter->at - cutter->begin > ONR_MAX_ITEM_BYTES) {
    cutter->is_over_limit = TRUE;
    cutter->begin = cutter->at;
  }
  while ((n = line_length(cutter)) == 0 && onr_cutter_more(cutter, stream, &why))
    ;
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return FALSE;
  }
  n = n > 0 ? n : cutter->held->len - cutter->at; /* a last line without its end */
  if (n == 0)
    return FALSE;
  const char *text = (const char *)cutter->held->data + cutter->at;
  *line = (OnrLine){text, n, !cutter->is_inside_line};
  cutter->is_inside_line = text[n - 1] != '\n';
  cutter->line = cutter->at;
  cutter->at += n;
  return TRUE;
}

GBytes *onr_cutter_take(OnrCutter *cutter, gsize end, GError **error) {
  gboolean is_over_limit = cutter->is_over_limit || end - cutter->begin > ONR_MAX_ITEM_BYTES;
  GBytes *bytes = is_over_limit ? NULL : g_bytes_new(cutter->held->data + cutter->begin, end - cutter->begin);
  if (is_over_limit)
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "the item is over the limit of %u bytes",
                ONR_MAX_ITEM_BYTES);
  onr_cutter_drop(cutter, end);
  return bytes;
}

void onr_cutter_drop(OnrCutter *cutter, gsize end) {
  cutter->is_over_limit = FALSE;
  cutter->begin = end;
  cutter->at = MAX(cutter->at, end);
}
