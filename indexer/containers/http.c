/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/http.h"

#include "indexer/containers/headers.h"

#include <string.h>

#define CHUNK_SIZE_BYTES 1024 /* of the line with a chunk's size, its extensions counted */

/* --- head --- */

/* "HTTP/1.1 200 OK": 200; 0 where it is no status line. */
static guint read_status(const char *line, gsize n_bytes) {
  if (n_bytes < strlen("HTTP/1.1 200") || memcmp(line, "HTTP/", 5) != 0)
    return 0;
  const char *blank = memchr(line, ' ', MIN(n_bytes, 16));
  const char *end = line + n_bytes;
  while (blank && blank < end && *blank == ' ')
    blank++;
  guint status = 0;
  for (guint i = 0; blank && i < 3; i++) {
    if (blank + i >= end || !g_ascii_isdigit(blank[i]))
      return 0;
    status = status * 10 + (guint)(blank[i] - '0');
  }
  return status;
}

/* gzip and zstd are seen by content, whatever the head says. */
static OnrPacking coding_of(const char *value) {
  if (value && g_ascii_strcasecmp(value, "br") == 0)
    return ONR_PACKING_BROTLI;
  return value && g_ascii_strcasecmp(value, "deflate") == 0 ? ONR_PACKING_DEFLATE : ONR_PACKING_NONE;
}

static gint64 length_of(const char *value) {
  guint64 length;
  gboolean is_length = value && g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, &length, NULL);
  return is_length ? (gint64)length : -1;
}

gboolean onr_http_head_read(const char *bytes, gsize n_bytes, OnrHttpHead *out) {
  guint status = read_status(bytes, n_bytes);
  gsize n = status ? onr_headers_length(bytes, n_bytes) : 0;
  if (n == 0)
    return FALSE;
  g_autofree char *type = onr_headers_get(bytes, n, "Content-Type");
  g_autofree char *transfer = onr_headers_get(bytes, n, "Transfer-Encoding");
  g_autofree char *length = onr_headers_get(bytes, n, "Content-Length");
  g_autofree char *coding = onr_headers_get(bytes, n, "Content-Encoding");
  *out = (OnrHttpHead){.status = status,
                       .is_chunked = transfer && g_ascii_strcasecmp(transfer, "chunked") == 0,
                       .packing = coding_of(coding),
                       .n_bytes = n,
                       .body_bytes = length_of(length)};
  out->type = onr_media_type(type, &out->charset);
  return TRUE;
}

void onr_http_head_clear(OnrHttpHead *head) {
  g_free(head->type);
  g_free(head->charset);
  *head = (OnrHttpHead){0};
}

/* --- body --- */

/* The record's next bytes. */
static const char *peek_record(OnrHttpBody *body, gsize *n_bytes, GError **error) {
  *n_bytes = 0;
  if (body->left == 0)
    return NULL;
  const char *bytes = onr_stream_peek(body->outer, n_bytes, error);
  if (bytes && *n_bytes == 0)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "the file ends inside a record");
  *n_bytes = (gsize)MIN(*n_bytes, body->left);
  return bytes;
}

static void skip_record(OnrHttpBody *body, gsize n_bytes) {
  onr_stream_skip(body->outer, n_bytes);
  body->left -= n_bytes;
}

/* The size that LINE gives, up to its LF: hexadecimal digits, perhaps blanks, an extension. FALSE where it is
 * none. */
static gboolean read_chunk_size(const char *line, const char *lf, guint64 *size) {
  const char *p = line;
  const guint max_digits = 15; /* none that big is true, and 64 bits hold it */
  *size = 0;
  for (; p < lf && g_ascii_isxdigit(*p); p++)
    *size = *size << 4 | (guint64)g_ascii_xdigit_value(*p);
  if (p == line || p - line > max_digits)
    return FALSE;
  while (p < lf && (*p == ' ' || *p == '\t'))
    p++;
  return p == lf || *p == ';' || (*p == '\r' && p + 1 == lf);
}

/* Stands behind a size's line, or goes on with what is there as it is. FALSE where the outer stream fails. */
static gboolean enter_chunk(OnrHttpBody *body, GError **error) {
  gsize n_bytes, blank = 0;
  const char *bytes = peek_record(body, &n_bytes, error);
  if (!bytes)
    return FALSE;
  while (blank < n_bytes && blank < 2 && (bytes[blank] == '\r' || bytes[blank] == '\n'))
    blank++; /* behind the chunk before */
  const char *lf = memchr(bytes + blank, '\n', MIN(n_bytes - blank, CHUNK_SIZE_BYTES));
  guint64 size;
  if (!lf || !read_chunk_size(bytes + blank, lf, &size)) {
    body->phase = ONR_BODY_RAW;
    return TRUE;
  }
  skip_record(body, (gsize)(lf + 1 - bytes));
  body->chunk_left = size;
  body->phase = size > 0 ? ONR_BODY_IN_CHUNK : ONR_BODY_AT_END;
  return TRUE;
}

const char *onr_http_body_peek(OnrHttpBody *body, gsize *n_bytes, GError **error) {
  *n_bytes = 0;
  if (body->phase == ONR_BODY_IN_CHUNK && body->chunk_left == 0)
    body->phase = ONR_BODY_AT_SIZE;
  if (body->phase == ONR_BODY_AT_SIZE && !enter_chunk(body, error))
    return NULL;
  if (body->phase == ONR_BODY_AT_END)
    return NULL;
  const char *bytes = peek_record(body, n_bytes, error);
  if (body->phase == ONR_BODY_IN_CHUNK)
    *n_bytes = (gsize)MIN(*n_bytes, body->chunk_left);
  return bytes;
}

gsize onr_http_body_pull(gpointer data, char *out, gsize room, GError **error) {
  OnrHttpBody *body = data;
  gsize n_bytes;
  const char *bytes = onr_http_body_peek(body, &n_bytes, error);
  if (!bytes)
    return 0;
  gsize n = MIN(n_bytes, room);
  memcpy(out, bytes, n);
  skip_record(body, n);
  if (body->phase == ONR_BODY_IN_CHUNK)
    body->chunk_left -= n;
  return n;
}

void onr_http_body_skip(OnrHttpBody *body) {
  gsize n_bytes;
  while (body->left > 0 && peek_record(body, &n_bytes, NULL) && n_bytes > 0)
    skip_record(body, n_bytes);
  body->left = 0;
}
