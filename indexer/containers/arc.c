/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ARC, the Internet Archive's format before WARC, versions 1 and 2: a line for each record, then its block,
   then a line end. The line's fields are parted by blanks, which addresses hold too, so they are counted from
   the end:

     http://example.com/a b 93.184.216.119 20140216050221 text/html 1591
     http://example.com/ 93.184.216.119 20140216050221 text/html 200 checksum location 1024 file.arc 1591  */
#include "indexer/containers/containers.h"

#include "indexer/containers/crawl.h"

#include <string.h>

#define MAX_LINE_BYTES (16u << 10)

static const char MAGIC[] = "filedesc://";

/* A record's line, each field where the line has it. */
typedef struct {
  const char *uri, *date, *type, *length;
  gsize n_uri, n_date, n_type, n_length;
  gsize n_line; /* with its LF */
} Line;

/* The field that ends before END, blanks passed over; *N gets its length. */
static const char *field_before(const char *begin, const char *end, gsize *n) {
  while (end > begin && end[-1] == ' ')
    end--;
  const char *p = end;
  while (p > begin && p[-1] != ' ')
    p--;
  *n = (gsize)(end - p);
  return p;
}

static gboolean is_date(const char *p, gsize n) {
  const gsize day_digits = 8, max_digits = 20;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit(p[i]))
      return FALSE;
  return n >= day_digits && n <= max_digits;
}

/* Reads the fields with N_AFTER others between the type and the length. */
static gboolean read_fields(const char *begin, const char *end, guint n_after, Line *out) {
  gsize n;
  const char *at = out->length = field_before(begin, end, &out->n_length);
  for (guint i = 0; i < n_after; i++)
    at = field_before(begin, at, &n);
  out->type = field_before(begin, at, &out->n_type);
  out->date = field_before(begin, out->type, &out->n_date);
  at = field_before(begin, out->date, &n); /* IP */
  if (at == begin || !is_date(out->date, out->n_date))
    return FALSE;
  out->uri = begin;
  out->n_uri = (gsize)(at - begin);
  while (out->n_uri > 0 && begin[out->n_uri - 1] == ' ')
    out->n_uri--;
  return out->n_uri > 0 && memchr(begin, ':', out->n_uri);
}

static gboolean read_line(const char *bytes, gsize n_bytes, Line *out) {
  const guint after_2 = 5; /* version 2: result, checksum, location, offset, filename */
  const char *lf = memchr(bytes, '\n', MIN(n_bytes, MAX_LINE_BYTES));
  if (!lf || !g_ascii_isalpha(*bytes))
    return FALSE;
  const char *end = lf > bytes && lf[-1] == '\r' ? lf - 1 : lf;
  out->n_line = (gsize)(lf + 1 - bytes);
  return read_fields(bytes, end, 0, out) || read_fields(bytes, end, after_2, out);
}

static gsize find_record(const char *bytes, gsize n_bytes, gsize from) {
  Line line;
  for (gsize at = from; at < n_bytes;) {
    if (read_line(bytes + at, n_bytes - at, &line))
      return at;
    const char *lf = memchr(bytes + at, '\n', n_bytes - at);
    at = lf ? (gsize)(lf + 1 - bytes) : n_bytes;
  }
  return n_bytes;
}

static gboolean probe(const char *bytes, gsize n_bytes) {
  return n_bytes > strlen(MAGIC) && memcmp(bytes, MAGIC, strlen(MAGIC)) == 0 &&
         find_record(bytes, n_bytes, 0) == 0;
}

/* --- a record --- */

/* 20140216050221 as 2014-02-16T05:02:21Z. */
static char *iso_date(const char *date, gsize n) {
  const gsize whole = strlen("20140216050221");
  if (n < whole)
    return NULL;
  return g_strdup_printf("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date, date + 4, date + 6, date + 8, date + 10,
                         date + 12);
}

/* Consumes the line that comes next and begins its record. FALSE where it is not whole. */
static gboolean read_record(OnrCrawl *crawl, OnrCapture *out) {
  gsize n_bytes;
  const char *bytes = onr_stream_peek(crawl->outer, &n_bytes, NULL);
  Line line;
  gboolean is_line = bytes && read_line(bytes, n_bytes, &line);
  g_assert(is_line); /* seek stands before one */
  g_autofree char *length = g_strndup(line.length, line.n_length);
  out->uri = g_strndup(line.uri, line.n_uri);
  out->type = g_strndup(line.type, line.n_type);
  out->captured = iso_date(line.date, line.n_date);
  onr_stream_skip(crawl->outer, line.n_line);
  guint64 n_claimed;
  if (g_ascii_string_to_unsigned(length, 10, 0, G_MAXINT64, &n_claimed, NULL))
    return onr_crawl_begin(crawl, n_claimed, find_record);
  onr_crawl_count(crawl, "header", "no header that can be read");
  g_clear_pointer(&out->uri, g_free);
  crawl->n_records++;
  return TRUE;
}

/* --- the container --- */

static gboolean next(gpointer state, OnrMember *out, GError **error) {
  OnrCrawl *crawl = state;
  while (!crawl->failure && onr_crawl_seek(crawl, find_record)) {
    g_auto(OnrCapture) capture = {0};
    if (!read_record(crawl, &capture))
      continue;
    gboolean is_about_file = !capture.uri || g_str_has_prefix(capture.uri, MAGIC);
    if (!is_about_file && onr_crawl_take(crawl, &capture, out))
      return TRUE;
  }
  return onr_crawl_end(crawl, out, error);
}

const OnrContainerClass ONR_CONTAINER_ARC = {
    .name = "arc",
    .what = "an ARC file",
    .probe = probe,
    .open = onr_crawl_open,
    .close = onr_crawl_close,
    .next = next,
    .refuse = onr_crawl_refuse,
};
