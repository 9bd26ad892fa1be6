/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/crawl.h"

#include "indexer/containers/headers.h"
#include "indexer/containers/member_name.h"

#include <string.h>

#define HTTP_OK 200
#define BOUNDARY_BYTES 64 /* looked at behind a record: line ends, then the next header's first bytes */

typedef struct {
  char *key;
  char *what;
  guint64 n;
} Tally;

void onr_capture_clear(OnrCapture *capture) {
  g_free(capture->uri);
  g_free(capture->type);
  g_free(capture->digest);
  g_free(capture->captured);
  *capture = (OnrCapture){0};
}

static void tally_free(gpointer p) {
  Tally *tally = p;
  g_free(tally->key);
  g_free(tally->what);
  g_free(tally);
}

gpointer onr_crawl_open(OnrStream *outer) {
  OnrCrawl *crawl = g_new(OnrCrawl, 1);
  *crawl = (OnrCrawl){.outer = outer,
                      .body = {.outer = outer},
                      .contents = onr_seen_new(),
                      .tallies = g_ptr_array_new_with_free_func(tally_free)};
  return crawl;
}

void onr_crawl_close(gpointer state) {
  OnrCrawl *crawl = state;
  onr_seen_free(crawl->contents);
  g_ptr_array_unref(crawl->tallies);
  g_clear_error(&crawl->failure);
  g_free(crawl);
}

/* --- where records begin and end --- */

static gsize skip_line_ends(const char *bytes, gsize n_bytes, gsize at) {
  while (at < n_bytes && (bytes[at] == '\r' || bytes[at] == '\n'))
    at++;
  return at;
}

/* What comes next; after damage of what is packed, what follows that. NULL at the end. */
static const char *peek_on(OnrCrawl *crawl, gsize *n_bytes, gboolean *is_other) {
  for (;;) {
    const char *bytes = onr_stream_peek(crawl->outer, n_bytes, &crawl->failure);
    if (bytes || !onr_stream_resume(crawl->outer))
      return bytes && *n_bytes > 0 ? bytes : NULL;
    g_clear_error(&crawl->failure);
    *is_other = TRUE;
  }
}

/* Consumes up to a header, at most what is peeked at. TRUE when it stands before one; *IS_OTHER where it
   passed over something else than line ends. */
static gboolean seek_step(OnrCrawl *crawl, OnrFindRecordFunc find, gboolean *is_other, gboolean *is_at_end) {
  gsize n_bytes;
  const char *bytes = peek_on(crawl, &n_bytes, is_other);
  *is_at_end = !bytes;
  if (*is_at_end)
    return FALSE;
  gsize from = skip_line_ends(bytes, n_bytes, 0), found = find(bytes, n_bytes, from);
  *is_other |= found > from;
  gboolean is_found = found < n_bytes;
  gboolean is_last = n_bytes < ONR_PEEK_BYTES;
  gsize kept = is_found || is_last ? 0 : ONR_PEEK_BYTES / 2; /* a header may begin in it */
  onr_stream_skip(crawl->outer, is_found ? found : MAX(from, n_bytes - kept));
  return is_found;
}

gboolean onr_crawl_seek(OnrCrawl *crawl, OnrFindRecordFunc find) {
  gboolean is_other = FALSE, is_found = FALSE, is_at_end = FALSE;
  onr_http_body_skip(&crawl->body);
  while (!crawl->failure && !is_found && !is_at_end)
    is_found = seek_step(crawl, find, &is_other, &is_at_end);
  if (is_other)
    onr_crawl_count(crawl, "damage", "bytes that are no record");
  return is_found;
}

/* TRUE where a record's block may end at AT: with the line ends that close one, or before a record or the
 * file's end. */
static gboolean ends_here(const char *bytes, gsize n_bytes, gsize at, OnrFindRecordFunc find) {
  static const char closing[] = "\r\n\r\n";
  if (n_bytes - at >= strlen(closing) && memcmp(bytes + at, closing, strlen(closing)) == 0)
    return TRUE;
  at = skip_line_ends(bytes, n_bytes, at);
  return at == n_bytes || find(bytes, n_bytes, at) == at;
}

/* Bytes before FOUND without the line ends that close a record. */
static gsize without_line_ends(const char *bytes, gsize found) {
  const gsize most = 4; /* CR LF CR LF */
  gsize n = found;
  while (n > 0 && found - n < most && (bytes[n - 1] == '\r' || bytes[n - 1] == '\n'))
    n--;
  return n;
}

/* TRUE where the N_BYTES that are left of the file hold a whole response, whatever the record's header
 * claims. */
static gboolean is_whole_response(const char *bytes, gsize n_bytes) {
  g_auto(OnrHttpHead) head = {0};
  return bytes && onr_http_head_read(bytes, n_bytes, &head) && !head.is_chunked && head.body_bytes >= 0 &&
         (guint64)head.body_bytes <= n_bytes - head.n_bytes;
}

static void count_wrong_length(OnrCrawl *crawl) {
  onr_crawl_count(crawl, "length", "wrong length, read as far as they go");
}

gboolean onr_crawl_begin(OnrCrawl *crawl, guint64 n_claimed, OnrFindRecordFunc find) {
  gsize n = (gsize)n_claimed, n_bytes;
  crawl->n_records++;
  crawl->body = (OnrHttpBody){.outer = crawl->outer, .left = n_claimed};
  if (n_claimed > ONR_MAX_ITEM_BYTES) /* no page; too much to look through */
    return TRUE;
  const char *bytes = onr_stream_peek_more(crawl->outer, n + BOUNDARY_BYTES, &n_bytes, NULL);
  if (bytes && n_bytes >= n && ends_here(bytes, n_bytes, n, find))
    return TRUE;
  bytes = onr_stream_peek_more(crawl->outer, n + ONR_PEEK_BYTES, &n_bytes, NULL);
  gsize found = bytes ? find(bytes, n_bytes, 0) : 0;
  if (bytes && found < n_bytes) {
    crawl->body.left = without_line_ends(bytes, found);
    count_wrong_length(crawl);
    return TRUE;
  }
  if (bytes && n_bytes >= n)
    return TRUE;
  if (is_whole_response(bytes, n_bytes)) {
    crawl->body.left = n_bytes;
    count_wrong_length(crawl);
    return TRUE;
  }
  crawl->body.left = n_bytes; /* so that the fault behind it, if there is one, comes up */
  onr_http_body_skip(&crawl->body);
  gboolean is_damaged = FALSE;
  if (!peek_on(crawl, &n_bytes, &is_damaged) && !crawl->failure)
    crawl->failure = g_error_new(ONR_ERROR, ONR_ERROR_FORMAT,
                                 "the file ends inside record %" G_GUINT64_FORMAT, crawl->n_records);
  return FALSE;
}

/* --- kinds --- */

void onr_crawl_count(OnrCrawl *crawl, const char *key, const char *what) {
  g_autofree char *name = onr_member_name(key);
  for (guint i = 0; i < crawl->tallies->len; i++) {
    Tally *tally = crawl->tallies->pdata[i];
    if (strcmp(tally->key, name) == 0) {
      tally->n++;
      return;
    }
  }
  if (crawl->tallies->len >= ONR_MAX_CRAWL_KINDS && strcmp(key, "other") != 0) {
    onr_crawl_count(crawl, "other", "of more kinds, none of them read");
    return;
  }
  Tally *tally = g_new(Tally, 1);
  *tally = (Tally){.key = g_steal_pointer(&name), .what = g_strdup(what), .n = 1};
  g_ptr_array_add(crawl->tallies, tally);
}

gboolean onr_crawl_refuse(gpointer crawl, const char *reason) {
  g_autofree char *key = g_strndup(reason, strcspn(reason, ","));
  onr_crawl_count(crawl, key, reason);
  return TRUE;
}

gboolean onr_crawl_end(OnrCrawl *crawl, OnrMember *out, GError **error) {
  if (crawl->n_told == crawl->tallies->len) {
    if (crawl->failure)
      g_propagate_error(error, g_steal_pointer(&crawl->failure));
    return FALSE;
  }
  const Tally *tally = crawl->tallies->pdata[crawl->n_told++];
  out->name = g_strdup(tally->key);
  out->is_place = TRUE;
  out->error = g_error_new(ONR_ERROR, ONR_ERROR_NO_ARTICLE, "%" G_GUINT64_FORMAT " %s: %s", tally->n,
                           tally->n == 1 ? "record" : "records", tally->what);
  return TRUE;
}

/* --- which records --- */

/* Content types that a reader may know, with the name that it knows them by; NULL: that of the address. */
static const char *const TYPES[][2] = {
    {"", NULL},
    {"text/html", "page.html"},
    {"application/xhtml+xml", "page.xhtml"},
    {"text/plain", "page.txt"},
    {"text/markdown", "page.md"},
    {"application/json", "page.json"},
    {"text/json", "page.json"},
    {"application/x-ndjson", "page.jsonl"},
    {"application/jsonl", "page.jsonl"},
    {"application/jsonlines", "page.jsonl"},
    {"text/xml", "page.xml"},
    {"application/xml", "page.xml"},
    {"application/rss+xml", "page.rss"},
    {"application/atom+xml", "page.atom"},
    {"application/rdf+xml", "page.rdf"},
    {"application/octet-stream", NULL},
    {"binary/octet-stream", NULL},
    {"unk", NULL}, /* ARC's */
    {"no-type", NULL},
    {"application/zip", NULL},
    {"application/x-zip-compressed", NULL},
    {"application/gzip", NULL},
    {"application/x-gzip", NULL},
    {"application/x-tar", NULL},
    {"application/x-bzip2", NULL},
    {"application/x-xz", NULL},
    {"application/zstd", NULL},
};

/* FALSE where no reader is for TYPE. *PATH gets what it is to be known by, which the caller frees. */
static gboolean find_type(const char *type, const char *uri, char **path) {
  for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++)
    if (strcmp(TYPES[i][0], type) == 0) {
      *path = TYPES[i][1] ? g_strdup(TYPES[i][1]) : g_strndup(uri, strcspn(uri, "?#"));
      return TRUE;
    }
  const char *suffix = g_str_has_suffix(type, "+json")                                        ? "page.json"
                       : g_str_has_suffix(type, "+xml") && strcmp(type, "image/svg+xml") != 0 ? "page.xml"
                                                                                              : NULL;
  *path = g_strdup(suffix);
  return suffix != NULL;
}

/* What a crawl keeps beside pages, by its address: FALSE, and counted. */
static gboolean is_page(OnrCrawl *crawl, const char *uri) {
  static const char *const schemes[] = {"http://", "https://", "ftp://", "file://"};
  for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
    if (g_ascii_strncasecmp(uri, schemes[i], strlen(schemes[i])) != 0)
      continue;
    const char *path = strchr(uri + strlen(schemes[i]), '/');
    if (!path || strcmp(path, "/robots.txt") != 0)
      return TRUE;
    onr_crawl_count(crawl, "robots.txt", "rules for robots, which are not read");
    return FALSE;
  }
  g_autofree char *scheme = g_strndup(uri, strcspn(uri, ":"));
  onr_crawl_count(crawl, *scheme && strlen(scheme) < 20 ? scheme : "address", "the address is no page's");
  return FALSE;
}

/* The record's bytes that come next, all of them where it is small enough, are new to this file. */
static gboolean is_new_content(OnrCrawl *crawl, const char *digest) {
  guint64 left = crawl->body.left;
  if (digest)
    return onr_seen_add(crawl->contents, digest, strlen(digest));
  if (left > ONR_MAX_ITEM_BYTES)
    return TRUE;
  gsize n_bytes;
  const char *bytes = onr_stream_peek_more(crawl->outer, (gsize)left, &n_bytes, NULL);
  return !bytes || onr_seen_add(crawl->contents, bytes, (gsize)MIN(n_bytes, left));
}

/* Takes the head off an HTTP response; for other records HEAD says what the record says of itself. FALSE, and
   counted, where it is no page. */
static gboolean read_head(OnrCrawl *crawl, const OnrCapture *capture, OnrHttpHead *head) {
  gsize n_bytes;
  const char *bytes = onr_stream_peek(crawl->outer, &n_bytes, NULL);
  n_bytes = (gsize)MIN(n_bytes, crawl->body.left);
  if (!bytes || !onr_http_head_read(bytes, n_bytes, head)) {
    *head = (OnrHttpHead){.status = HTTP_OK};
    head->type = onr_media_type(capture->type, &head->charset);
    if (g_str_has_prefix(head->type, "application/http")) {
      onr_crawl_count(crawl, "no response", "no HTTP response where one should be");
      return FALSE;
    }
  }
  onr_stream_skip(crawl->outer, head->n_bytes);
  crawl->body.left -= head->n_bytes;
  crawl->body.phase = head->is_chunked ? ONR_BODY_AT_SIZE : ONR_BODY_RAW;
  if (head->status == HTTP_OK)
    return TRUE;
  g_autofree char *key = g_strdup_printf("status %u", head->status);
  onr_crawl_count(crawl, key, "responses that are no page");
  return FALSE;
}

/* What the head says of the body's coding, unless the body begins as text does: crawlers store bodies decoded
   under heads that still announce the coding. Neither brotli nor deflate begins so, but by chance one in
   thousands. */
static OnrPacking packing_of(OnrCrawl *crawl, const OnrHttpHead *head) {
  gsize n_bytes;
  const char *bytes = head->packing ? onr_http_body_peek(&crawl->body, &n_bytes, NULL) : NULL;
  gboolean is_text = bytes && n_bytes > 1 && strchr("<{[", *bytes) && g_ascii_isprint(bytes[1]);
  return is_text ? ONR_PACKING_NONE : head->packing;
}

gboolean onr_crawl_take(OnrCrawl *crawl, const OnrCapture *capture, OnrMember *out) {
  if (capture->is_revisit) {
    onr_crawl_count(crawl, "revisit", "the same content as an earlier capture");
    return FALSE;
  }
  g_auto(OnrHttpHead) head = {0};
  g_autofree char *path = NULL;
  const char *uri = capture->uri ? capture->uri : "";
  if (!is_page(crawl, uri) || !read_head(crawl, capture, &head))
    return FALSE;
  if (!find_type(head.type, uri, &path)) {
    g_autofree char *what = g_strconcat(head.type, ", which is not read", NULL);
    onr_crawl_count(crawl, head.type, what);
    return FALSE;
  }
  if (!is_new_content(crawl, capture->digest)) {
    onr_crawl_count(crawl, "repeated", "their content came before in this file");
    return FALSE;
  }
  out->name = g_strdup_printf("%" G_GUINT64_FORMAT, crawl->n_records);
  out->is_place = TRUE;
  out->path = g_steal_pointer(&path);
  out->url = g_strdup(uri);
  out->charset = g_steal_pointer(&head.charset);
  out->captured = g_strdup(capture->captured);
  out->stream =
      onr_stream_open_inside(crawl->outer, packing_of(crawl, &head), onr_http_body_pull, &crawl->body);
  return TRUE;
}
