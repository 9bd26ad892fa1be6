/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "training/lines.h"

#include "text/error.h"

#include <gio/gio.h>

static GInputStream *open_lines(const char *path, GError **error) {
  g_autoptr(GFile) file = g_file_new_for_path(path);
  GInputStream *raw = G_INPUT_STREAM(g_file_read(file, NULL, error));
  if (!raw || !g_str_has_suffix(path, ".gz"))
    return raw;
  g_autoptr(GZlibDecompressor) gunzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  GInputStream *text = g_converter_input_stream_new(raw, G_CONVERTER(gunzip));
  g_object_unref(raw);
  return text;
}

gboolean onr_lines_read(const char *path, OnrLineTaker take, gpointer data, const char *wanted,
                        GError **error) {
  g_autoptr(GInputStream) stream = open_lines(path, error);
  if (!stream)
    return FALSE;
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new(stream);
  for (guint number = 1;; number++) {
    GError *cause = NULL;
    gsize length;
    g_autofree char *line = g_data_input_stream_read_line(lines, &length, NULL, &cause);
    if (cause) {
      g_propagate_error(error, cause);
      return FALSE;
    }
    if (!line)
      return TRUE;
    json_t *item = json_loadb(line, length, 0, NULL);
    gboolean is_taken = take(item, data);
    json_decref(item);
    if (!is_taken) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "%s:%u: no object with %s", path, number, wanted);
      return FALSE;
    }
  }
}

OnrSpan onr_lines_tokens(const OnrReading *r, OnrSpan bytes) {
  OnrSpan tokens = {onr_reading_token_from(r, bytes.begin), onr_reading_token_from(r, bytes.end)};
  if (tokens.begin > 0 && onr_reading_token(r, tokens.begin - 1)->end > bytes.begin)
    tokens.begin--;
  return tokens;
}
