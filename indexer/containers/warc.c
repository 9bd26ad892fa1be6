/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem */
/* WARC, ISO 28500 versions 0.17 to 1.1: records of a header, a block and two line ends, packed or not. Pages
   are what `response` records hold, and `resource` and `conversion` records, whose block is the document
   itself. */
#include "indexer/containers/containers.h"

#include "indexer/containers/crawl.h"
#include "indexer/containers/headers.h"

#include <string.h>

#define MAX_HEADER_BYTES (48u << 10) /* of a record; found within what is peeked at */

static const char MAGIC[] = "WARC/";

/* A version's line with a header's line below it. */
static gboolean is_record(const char *p, const char *end) {
  p += strlen(MAGIC);
  const char *lf = memchr(p, '\n', (gsize)MIN(end - p, 16));
  if (!lf || !g_ascii_isdigit(*p))
    return FALSE;
  for (const char *c = p; c < lf; c++)
    if (!g_ascii_isdigit(*c) && *c != '.' && *c != '\r' && *c != ' ')
      return FALSE;
  const char *name = lf + 1;
  while (name < end && (g_ascii_isalnum(*name) || *name == '-'))
    name++;
  return name > lf + 1 && (name == end || *name == ':' || *name == ' ');
}

static gsize find_record(const char *bytes, gsize n_bytes, gsize from) {
  const char *end = bytes + n_bytes, *p = bytes + from;
  while ((p = memmem(p, (gsize)(end - p), MAGIC, strlen(MAGIC)))) {
    if (is_record(p, end))
      return (gsize)(p - bytes);
    p++;
  }
  return n_bytes;
}

static gboolean probe(const char *bytes, gsize n_bytes) {
  return n_bytes > strlen(MAGIC) && memcmp(bytes, MAGIC, strlen(MAGIC)) == 0 &&
         find_record(bytes, n_bytes, 0) == 0;
}

/* --- a record's header --- */

typedef enum { KIND_PAGE, KIND_REVISIT, KIND_SEGMENT, KIND_OTHER } Kind;

static Kind kind_of(const char *type) {
  static const struct {
    const char *type;
    Kind kind;
  } kinds[] = {{"response", KIND_PAGE},
               {"resource", KIND_PAGE},
               {"conversion", KIND_PAGE},
               {"revisit", KIND_REVISIT},
               {"continuation", KIND_SEGMENT}};
  for (guint i = 0; type && i < G_N_ELEMENTS(kinds); i++)
    if (g_ascii_strcasecmp(kinds[i].type, type) == 0)
      return kinds[i].kind;
  return KIND_OTHER; /* warcinfo, request, metadata: no content */
}

/* Wget writes <http://…>, which the standard's grammar of 1.0 asks for by mistake. */
static char *read_uri(const char *header, gsize n_bytes) {
  char *uri = onr_headers_get(header, n_bytes, "WARC-Target-URI");
  gsize n = uri ? strlen(uri) : 0;
  if (n > 1 && uri[0] == '<' && uri[n - 1] == '>') {
    uri[n - 1] = '\0';
    memmove(uri, uri + 1, n - 1);
  }
  return uri;
}

/* A date that begins as ISO 8601 does and has no other letters. */
static char *read_date(const char *header, gsize n_bytes) {
  char *date = onr_headers_get(header, n_bytes, "WARC-Date");
  gboolean is_date = date && strlen(date) >= strlen("2022-02-06") && strlen(date) <= 40 &&
                     strspn(date, "0123456789-") >= strlen("2022-02-06") &&
                     date[strspn(date, "0123456789-:.+TZ")] == '\0';
  if (!is_date)
    g_clear_pointer(&date, g_free);
  return date;
}

static gboolean read_length(const char *header, gsize n_bytes, guint64 *length) {
  g_autofree char *value = onr_headers_get(header, n_bytes, "Content-Length");
  return value && g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT64, length, NULL);
}

/* Consumes the header that comes next and begins its record. FALSE where it is not whole. */
static gboolean read_record(OnrCrawl *crawl, OnrCapture *out, Kind *kind) {
  gsize n_bytes;
  const char *header = onr_stream_peek(crawl->outer, &n_bytes, NULL);
  gsize n = header ? onr_headers_length(header, MIN(n_bytes, MAX_HEADER_BYTES)) : 0;
  guint64 length = 0;
  *kind = KIND_OTHER;
  if (n == 0 || !read_length(header, n, &length)) {
    onr_crawl_count(crawl, "header", "no header that can be read");
    onr_stream_skip(crawl->outer, n > 0 ? n : MIN(n_bytes, strlen(MAGIC)));
    crawl->n_records++;
    return TRUE;
  }
  g_autofree char *type = onr_headers_get(header, n, "WARC-Type");
  *kind = kind_of(type);
  out->is_revisit = *kind == KIND_REVISIT;
  out->uri = read_uri(header, n);
  out->type = onr_headers_get(header, n, "Content-Type");
  out->digest = onr_headers_get(header, n, "WARC-Payload-Digest");
  out->captured = read_date(header, n);
  onr_stream_skip(crawl->outer, n);
  return onr_crawl_begin(crawl, length, find_record);
}

/* --- the container --- */

static gboolean next(gpointer state, OnrMember *out, GError **error) {
  OnrCrawl *crawl = state;
  while (!crawl->failure && onr_crawl_seek(crawl, find_record)) {
    g_auto(OnrCapture) capture = {0};
    Kind kind;
    if (!read_record(crawl, &capture, &kind))
      continue;
    crawl->has_content |= kind != KIND_OTHER;
    if (kind == KIND_SEGMENT)
      onr_crawl_count(crawl, "continuation", "further segments of a record, which are not joined");
    else if (kind != KIND_OTHER && onr_crawl_take(crawl, &capture, out))
      return TRUE;
  }
  /* a WAT file, or a crawl that was cut off at its beginning */
  if (!crawl->has_content && crawl->tallies->len == 0)
    for (guint64 i = 0; i < crawl->n_records; i++)
      onr_crawl_count(crawl, "metadata", "of requests and metadata, without a page");
  return onr_crawl_end(crawl, out, error);
}

const OnrContainerClass ONR_CONTAINER_WARC = {
    .name = "warc",
    .what = "a WARC file",
    .probe = probe,
    .open = onr_crawl_open,
    .close = onr_crawl_close,
    .next = next,
    .refuse = onr_crawl_refuse,
};
