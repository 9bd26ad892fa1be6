/* SPDX-License-Identifier: GPL-2.0-or-later */
/* WARC and ARC files: which records are pages, what their HTTP says, and what is told of the others. */
#include "packed.h"

#include "inputs.h"

#include "indexer/containers/headers.h"
#include "indexer/containers/http.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(crawls);

#define HTML "Content-Type: text/html\r\n"
#define PAGE(words) "<html><p>" words "</p></html>"

static void expect_items(const char *name, const char *bytes, gsize n_bytes, const char *expected) {
  g_autofree char *told = onr_test_items_of(name, bytes, (gssize)n_bytes);
  cr_assert_str_eq(told, expected, "found:\n%sexpected:\n%s", told, expected);
}

static void expect_crawl(GString *warc, const char *expected) {
  expect_items("a.warc", warc->str, warc->len, expected);
}

static GString *new_warc(void) {
  GString *warc = g_string_new(NULL);
  onr_test_add_record(warc, "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n",
                      "software: none\r\n");
  return warc;
}

static GString *one_page(void) {
  GString *warc = new_warc();
  onr_test_add_response(warc, "https://coast.example/1", "200 OK", HTML, PAGE("One"));
  return warc;
}

/* A kind is one tally, also where its name is shown otherwise than it is written. */
Test(crawls, kinds_with_bytes_that_are_no_text) {
  g_autoptr(GString) warc = new_warc();
  for (guint i = 0; i < 2; i++)
    onr_test_add_response(warc,
                          "b\xff"
                          "d://coast.example/1",
                          "200 OK", HTML, i == 0 ? PAGE("One") : PAGE("Two"));
  expect_crawl(warc, "b\\xFFd! 2 records: the address is no page's\n");
}

Test(crawls, metadata_alone) {
  g_autoptr(GString) warc = new_warc();
  onr_test_add_record(warc, "WARC-Type: metadata\r\nContent-Type: application/json\r\n",
                      "{\"Envelope\": {}}");
  expect_crawl(warc, "metadata! 2 records: of requests and metadata, without a page\n");
}

Test(crawls, pages_and_what_else_a_crawl_holds) {
  g_autoptr(GString) warc = new_warc();
  onr_test_add_record(warc, "WARC-Type: request\r\nContent-Type: application/http; msgtype=request\r\n",
                      "GET / HTTP/1.1\r\n\r\n");
  onr_test_add_response(warc, "https://coast.example/robots.txt", "200 OK", "Content-Type: text/plain\r\n",
                        "User-agent: *\n");
  onr_test_add_response(warc, "https://coast.example/1", "200 OK",
                        "Content-Type: text/html;\r\n charset=\"iso-8859-15\"\r\n", PAGE("One"));
  onr_test_add_response(warc, "https://coast.example/2", "302", "Location: /1\r\n", "");
  onr_test_add_response(warc, "https://coast.example/3", "302 Found", "Location: /1\r\n", "");
  onr_test_add_response(warc, "https://coast.example/4", "404 Not Found", HTML, PAGE("Gone"));
  onr_test_add_response(warc, "https://coast.example/a.png", "200 OK", "Content-Type: image/png\r\n", "PNG");
  onr_test_add_response(warc, "https://coast.example/b.png", "200 OK", "Content-Type: image/png\r\n", "PNG");
  onr_test_add_response(warc, "https://coast.example/data.json?x=1", "200 OK", "", "{\"title\": \"A\"}");
  onr_test_add_response(warc, "https://coast.example/style.css", "200 OK", "", "body { color: red }");
  onr_test_add_response(warc, "https://coast.example/1?again", "200 OK", HTML, PAGE("One"));
  onr_test_add_record(warc, "WARC-Type: revisit\r\nWARC-Target-URI: https://coast.example/1\r\n", "");
  onr_test_add_record(warc,
                      "WARC-Type: resource\r\nWARC-Target-URI: <https://coast.example/5>\r\n"
                      "Content-Type: text/html\r\nWARC-Date: yesterday\r\n",
                      PAGE("Five"));
  onr_test_add_record(
      warc, "WARC-Type: resource\r\nWARC-Target-URI: metadata://x/log\r\nContent-Type: text/plain\r\n",
      "log");
  expect_crawl(
      warc, "4 html <html><p>One</p></html> <https://coast.example/1> iso-8859-15 2022-02-06T10:15:00Z\n"
            "10 json {\\\"title\\\": \\\"A\\\"} <https://coast.example/data.json?x=1> 2022-02-06T10:15:00Z\n"
            "14 html <html><p>Five</p></html> <https://coast.example/5>\n"
            "robots.txt! 1 record: rules for robots, which are not read\n"
            "status 302! 2 records: responses that are no page\n"
            "status 404! 1 record: responses that are no page\n"
            "image/png! 2 records: image/png, which is not read\n"
            "a style sheet! 1 record: a style sheet, which is not read\n"
            "repeated! 1 record: their content came before in this file\n"
            "revisit! 1 record: the same content as an earlier capture\n"
            "metadata! 1 record: the address is no page's\n");
}

/* A digest that the crawler has written counts for more than the bytes, which transfers change. */
Test(crawls, repeated_by_digest) {
  g_autoptr(GString) warc = new_warc();
  for (guint i = 1; i <= 3; i++) {
    g_autofree char *headers =
        g_strdup_printf("WARC-Type: response\r\nWARC-Target-URI: https://coast.example/%u\r\n"
                        "WARC-Payload-Digest: sha1:%s\r\nContent-Type: application/http\r\n",
                        i, i == 2 ? "ABC" : "XYZ");
    g_autofree char *block = g_strdup_printf("HTTP/1.1 200 OK\r\n" HTML "\r\n<html>%u", i);
    onr_test_add_record(warc, headers, block);
  }
  expect_crawl(warc, "2 html <html>1 <https://coast.example/1>\n3 html <html>2 <https://coast.example/2>\n"
                     "repeated! 1 record: their content came before in this file\n");
}

/* --- packed --- */

Test(crawls, a_gzip_member_for_each_record_or_one_for_all) {
  g_autoptr(GString) warc = one_page();
  const char *second = strstr(warc->str + 5, "WARC/1.1");
  gsize n_first = (gsize)(second - warc->str);
  g_autoptr(GBytes) all = onr_test_gzip(warc->str, warc->len), first = onr_test_gzip(warc->str, n_first),
                    rest = onr_test_gzip(second, warc->len - n_first);
  g_autoptr(GByteArray) members = g_byte_array_new();
  g_byte_array_append(members, g_bytes_get_data(first, NULL), (guint)g_bytes_get_size(first));
  g_byte_array_append(members, g_bytes_get_data(rest, NULL), (guint)g_bytes_get_size(rest));
  const char *expected = "2 html <html><p>One</p></html> <https://coast.example/1> 2022-02-06T10:15:00Z\n";
  expect_items("a.warc.gz", g_bytes_get_data(all, NULL), g_bytes_get_size(all), expected);
  expect_items("a.warc.gz", (const char *)members->data, members->len, expected);
}

static void append_packed(GByteArray *out, const char *bytes, gsize n_bytes) {
  g_autoptr(GBytes) packed = onr_test_gzip(bytes, n_bytes);
  g_byte_array_append(out, g_bytes_get_data(packed, NULL), (guint)g_bytes_get_size(packed));
}

/* Where each record is packed by itself, damage costs the one that it is in. */
Test(crawls, damage_of_one_gzip_member) {
  for (guint damaged = 0; damaged < 20; damaged++) {
    g_autoptr(GByteArray) file = g_byte_array_new();
    for (guint i = 0; i < 20; i++) {
      g_autoptr(GString) record = g_string_new(NULL);
      g_autofree char *page =
          g_strdup_printf("<html><p>Page %u has its own text, as %08x.</p></html>", i, i * 0x1234567);
      g_autofree char *uri = g_strdup_printf("https://coast.example/%u/", i);
      onr_test_add_response(record, uri, "200 OK", HTML, page);
      guint begin = file->len;
      append_packed(file, record->str, record->len);
      if (i == damaged)
        memset(file->data + begin + (file->len - begin) / 2, 0xa5, 8);
    }
    g_autofree char *told = onr_test_items_of("a.warc.gz", (const char *)file->data, (gssize)file->len);
    cr_assert_eq(strstr(told, "end: ") != NULL, damaged == 19, "nothing follows: %s", told);
    for (guint i = 0; i < 20; i++) {
      g_autofree char *uri = g_strdup_printf("<https://coast.example/%u/>", i);
      cr_assert_neq(i == damaged || strstr(told, uri), FALSE, "no %u without %u: %s", i, damaged, told);
    }
    cr_assert_neq(damaged == 19 || strstr(told, "damage! 1 record"), FALSE, "%u: %s", damaged, told);
  }
}

/* --- HTTP --- */

static char *body_of(const char *http, const char *body, gsize n_body) {
  g_autofree char *head = g_strdup_printf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n%s\r\n", http);
  g_autoptr(GString) warc = g_string_new(NULL);
  g_string_append_printf(
      warc,
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: "
      "application/http\r\nContent-Length: %u\r\n\r\n%s",
      (guint)(strlen(head) + n_body), head);
  g_string_append_len(warc, body, (gssize)n_body);
  g_string_append(warc, "\r\n\r\n");
  return onr_test_items_of("a.warc", warc->str, (gssize)warc->len);
}

static void expect_body(const char *http, const char *body, gsize n_body, const char *expected) {
  g_autofree char *told = body_of(http, body, n_body);
  g_autofree char *line = g_strdup_printf("1 txt %s <http://a.example/>\n", expected);
  cr_assert_str_eq(told, line);
}

#define CHUNKED "Transfer-Encoding: chunked\r\n"

Test(crawls, chunked_bodies) {
  static const struct {
    const char *body, *expected;
  } cases[] = {
      {"5\r\nHello\r\n7\r\n, world\r\n0\r\n\r\n", "Hello, world"},
      {"0005 ;x=1\r\nHello\r\n0\r\nTrailer: x\r\n\r\n", "Hello"},
      {"5\nHello\n0\n\n", "Hello"},
      {"Hello, world", "Hello, world"},            /* announced, but stored without */
      {"5\r\nHello\r\n7\r\n, w", "Hello, w"},      /* cut short */
      {"5\r\nHello\r\nworld", "Hello\\r\\nworld"}, /* no size */
      {"fffffffffffffffff\r\nx", "fffffffffffffffff\\r\\nx"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    expect_body(CHUNKED, cases[i].body, strlen(cases[i].body), cases[i].expected);
}

Test(crawls, packed_bodies) {
  static const struct {
    OnrPacking packing;
    const char *name;
    guint cut; /* bytes left out at both ends: zlib's header and check sum */
  } cases[] = {{ONR_PACKING_GZIP, "gzip", 0},       {ONR_PACKING_DEFLATE, "deflate", 0},
               {ONR_PACKING_DEFLATE, "deflate", 2}, {ONR_PACKING_BROTLI, "br", 0},
               {ONR_PACKING_ZSTD, "zstd", 0},       {ONR_PACKING_GZIP, "identity", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GBytes) packed = onr_test_pack(cases[i].packing, "Hello, world", 12);
    g_autofree char *http = g_strdup_printf("Content-Encoding: %s\r\n", cases[i].name);
    gsize n;
    const char *bytes = g_bytes_get_data(packed, &n);
    expect_body(http, bytes + cases[i].cut, n - 3 * cases[i].cut, "Hello, world");
  }
  static const char stored_unpacked[] = "<p>Hello</p>";
  expect_body("Content-Encoding: br\r\n", stored_unpacked, strlen(stored_unpacked), stored_unpacked);
  expect_body("Content-Encoding: gzip\r\n", "Hello", 5, "Hello");
}

Test(crawls, chunked_and_packed) {
  g_autoptr(GBytes) packed = onr_test_pack(ONR_PACKING_BROTLI, "Hello, world", 12);
  gsize n;
  const char *bytes = g_bytes_get_data(packed, &n);
  g_autoptr(GString) body = g_string_new(NULL);
  for (gsize i = 0; i < n; i++) {
    g_string_append(body, "1\r\n");
    g_string_append_len(body, bytes + i, 1);
    g_string_append(body, "\r\n");
  }
  g_string_append(body, "0\r\n\r\n");
  expect_body(CHUNKED "Content-Encoding: br\r\n", body->str, body->len, "Hello, world");
}

Test(crawls, heads) {
  g_auto(OnrHttpHead) head = {0};
  static const char text[] =
      "HTTP/2 203 \nX: 1\ncontent-type : Text/HTML ; charset = utf-8\ncontent-length: 12\n\nbody";
  cr_assert_neq(onr_http_head_read(text, strlen(text), &head), FALSE);
  cr_assert_eq(head.status, 203);
  cr_assert_str_eq(head.type, "text/html");
  cr_assert_str_eq(head.charset, "utf-8");
  cr_assert_eq(head.body_bytes, 12);
  cr_assert_eq(head.n_bytes, strlen(text) - 4);
  cr_assert_eq(onr_http_head_read("<html>", 6, &head), FALSE);
  cr_assert_eq(onr_http_head_read("HTTP/1.1 200 OK\r\nX: ", 20, &head), FALSE);
  cr_assert_eq(onr_http_head_read("HTTP/1.1 2x0 OK\r\n\r\n", 19, &head), FALSE);
}

/* --- lengths that are wrong, and other damage --- */

static GString *with_length(GString *warc, const char *page, int by) {
  char *at = strstr(warc->str, page);
  char *length = g_strrstr_len(warc->str, at - warc->str, "Content-Length: ");
  guint64 n = g_ascii_strtoull(length + 16, NULL, 10);
  g_autofree char *before = g_strdup_printf("Content-Length: %u\r\n", (guint)n);
  g_autofree char *after = g_strdup_printf("Content-Length: %u\r\n", (guint)((int)n + by));
  g_string_replace(warc, before, after, 0);
  return warc;
}

Test(crawls, a_wrong_length_ends_at_the_next_record) {
  static const int by[] = {-8, -2, 40, 100000};
  for (guint i = 0; i < G_N_ELEMENTS(by); i++) {
    g_autoptr(GString) warc = one_page();
    onr_test_add_response(warc, "https://coast.example/2", "200 OK", HTML, PAGE("Number two"));
    with_length(warc, "<p>One", by[i]);
    expect_crawl(warc, "2 html <html><p>One</p></html> <https://coast.example/1> 2022-02-06T10:15:00Z\n"
                       "3 html <html><p>Number two</p>< <https://coast.example/2> 2022-02-06T10:15:00Z\n"
                       "length! 1 record: wrong length, read as far as they go\n");
  }
}

Test(crawls, what_is_no_record_is_passed_over) {
  g_autoptr(GString) warc = one_page();
  g_string_append(warc, "\r\n\r\nhere the disk was full\x01\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n");
  g_string_append(warc, "WARC/x\r\n");
  onr_test_add_response(warc, "https://coast.example/2", "200 OK", HTML, PAGE("Two"));
  expect_crawl(warc, "2 html <html><p>One</p></html> <https://coast.example/1> 2022-02-06T10:15:00Z\n"
                     "4 html <html><p>Two</p></html> <https://coast.example/2> 2022-02-06T10:15:00Z\n"
                     "damage! 2 records: bytes that are no record\n"
                     "header! 1 record: no header that can be read\n");
}

Test(crawls, a_file_that_ends_in_a_record) {
  g_autoptr(GString) warc = one_page();
  onr_test_add_response(warc, "https://coast.example/2", "200 OK", HTML, PAGE("Two"));
  expect_items("a.warc", warc->str, warc->len - 20,
               "2 html <html><p>One</p></html> <https://coast.example/1> 2022-02-06T10:15:00Z\n"
               "end: the file ends inside record 3\n");
  g_autoptr(GBytes) packed = onr_test_gzip(warc->str, warc->len);
  g_autofree char *told =
      onr_test_items_of("a.warc.gz", g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed) - 30);
  cr_assert_not_null(strstr(told, "end: truncated gzip after "), "%s", told);
}

/* What was passed over is told although the file ends early. */
Test(crawls, kinds_of_a_file_that_is_cut) {
  g_autoptr(GString) warc = one_page();
  onr_test_add_response(warc, "https://coast.example/a.png", "200 OK", "Content-Type: image/png\r\n", "PNG");
  onr_test_add_response(warc, "https://coast.example/2", "200 OK", HTML,
                        PAGE("a8f3 0c1d 77e2 b945 16fa 3d80 e6c7 529b 91de 04a3 7bf8 c25e d631 48a9"));
  g_autoptr(GBytes) packed = onr_test_gzip(warc->str, warc->len);
  g_autofree char *told =
      onr_test_items_of("a.warc.gz", g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed) - 30);
  const char *kind = strstr(told, "image/png! 1 record: image/png, which is not read\n");
  cr_assert_neq(kind && strstr(kind, "end: truncated gzip after "), FALSE, "%s", told);
}

/* A page that shows a WARC record is one page, so long as its record's length is true. */
Test(crawls, a_record_in_a_page) {
  g_autoptr(GString) warc = new_warc();
  onr_test_add_response(
      warc, "https://coast.example/1", "200 OK", "Content-Type: text/plain\r\n",
      "So it looks:\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n");
  expect_crawl(warc,
               "2 txt So it looks:\\r\\n\\r\\nWARC/1.0 <https://coast.example/1> 2022-02-06T10:15:00Z\n");
}

Test(crawls, many_kinds_are_told_in_few_lines) {
  g_autoptr(GString) warc = new_warc();
  for (guint i = 0; i < 300; i++) {
    g_autofree char *http = g_strdup_printf("Content-Type: image/x-%u\r\n", i);
    onr_test_add_response(warc, "https://coast.example/", "200 OK", http, "x");
  }
  g_autofree char *told = onr_test_items_of("a.warc", warc->str, (gssize)warc->len);
  cr_assert_not_null(strstr(told, "other! 200 records: "), "%s", told);
}

/* --- ARC --- */

static void add_arc(GString *arc, const char *line, const char *block) {
  g_string_append_printf(arc, "%s %u\n%s\n", line, (guint)strlen(block), block);
}

Test(crawls, arc) {
  g_autoptr(GString) arc = g_string_new(NULL);
  add_arc(arc, "filedesc://a.arc 0.0.0.0 20020206101500 text/plain",
          "1 0 Nobody\nURL IP-address Archive-date Content-type Archive-length\n");
  add_arc(arc, "http://coast.example/a b.html 10.0.0.1 20020206101500 text/html",
          "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=latin1\r\n\r\n" PAGE("One"));
  add_arc(arc, "http://coast.example/x.gif 10.0.0.1 20020206101500 image/gif",
          "HTTP/1.0 200 OK\r\n"
          "Content-Type: image/gif\r\n\r\nGIF");
  add_arc(arc, "dns:coast.example 10.0.0.1 20020206101500 text/dns", "x");
  add_arc(arc, "http://coast.example/2 10.0.0.1 20020206101500 text/html 200 sum loc 12 a.arc",
          "HTTP/1.0 200 OK\r\n\r\n" PAGE("Two"));
  g_string_append(arc, "http://coast.example/3 10.0.0.1 20020206101500 text/html -1\n\n");
  add_arc(arc, "http://coast.example/4 10.0.0.1 20020206101500 text/html", PAGE("Four"));
  expect_items("a.arc", arc->str, arc->len,
               "2 html <html><p>One</p></html> <http://coast.example/a b.html> latin1 2002-02-06T10:15:00Z\n"
               "5 html <html><p>Two</p></html> <http://coast.example/2> 2002-02-06T10:15:00Z\n"
               "7 html <html><p>Four</p></html> <http://coast.example/4> 2002-02-06T10:15:00Z\n"
               "image/gif! 1 record: image/gif, which is not read\n"
               "dns! 1 record: the address is no page's\n"
               "header! 1 record: no header that can be read\n");
}

/* --- in an archive --- */

static OnrArticle *load_served(const char *charset, const char *uri, const char *page, const char *id) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GString) warc = new_warc();
  g_autofree char *http = g_strdup_printf("Content-Type: text/html; charset=%s\r\n", charset);
  onr_test_add_response(warc, uri, "200 OK", http, page);
  g_free(onr_test_write(t->input, "a.warc", warc->str, (gssize)warc->len));
  onr_test_index(t, NULL);
  onr_test_check(t);
  OnrArticle *article = onr_test_load(t, id);
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_not_null(article, "no '%s' but '%s'", id, ids);
  return article;
}

static OnrArticle *load_page(const char *uri, const char *page, const char *id) {
  return load_served("windows-1252", uri, page, id);
}

/* The server's charset goes before the page's, unless it is none. */
Test(crawls, charsets) {
  static const char page[] = "<html><meta charset=iso-8859-7><p>\xe1</p></html>";
  g_autoptr(OnrArticle) served = load_served("iso-8859-5", "http://a.example/", page, "http://a.example/");
  cr_assert_str_eq(served->text, "\xd1\x81"); /* с */
  g_autoptr(OnrArticle) unknown = load_served("none", "http://a.example/", page, "http://a.example/");
  cr_assert_str_eq(unknown->text, "\xce\xb1"); /* α */
}

/* The crawl's address is the page's where the page names none; one that it names may be relative. */
Test(crawls, addresses_charsets_and_dates) {
  g_autoptr(OnrArticle) plain =
      load_page("https://www.coast.example/1?utm=x", "<html><title>T\x96</title><p>caf\xe9</p>",
                "https://www.coast.example/1?utm=x");
  cr_assert_str_eq(plain->url, "https://www.coast.example/1?utm=x");
  cr_assert_str_eq(plain->publisher, "coast.example");
  cr_assert_str_eq(plain->text, "caf\xc3\xa9");
  cr_assert_str_eq(plain->title, "T\xe2\x80\x93");
  cr_assert_str_eq(plain->member, "2");
  cr_assert_null(plain->published);
  cr_assert_str_eq(onr_article_get_note(plain, ONR_NOTE_CAPTURED), "2022-02-06T10:15:00Z");
  g_autoptr(OnrArticle) relative = load_page(
      "https://coast.example/news/1?utm=x",
      "<html><head><link rel=canonical href=' ../one '></head><p>Text.</p>", "https://coast.example/one");
  cr_assert_str_eq(relative->url, "https://coast.example/one");
  g_autoptr(OnrArticle) based = load_page("https://coast.example/news/1",
                                          "<html><head><base href='https://quill.example/x/'><meta "
                                          "property='og:url' content='two'></head><p>Text.</p>",
                                          "https://quill.example/x/two");
  cr_assert_str_eq(based->publisher, "quill.example");
}

/* Many items of one response do not all have its address for their id. */
Test(crawls, items_of_a_list_have_no_address) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GString) warc = new_warc();
  onr_test_add_response(warc, "https://coast.example/api", "200 OK", "Content-Type: application/json\r\n",
                        "[{\"title\": \"A\"}, {\"title\": \"B\"}, {\"id\": \"c\", \"title\": \"C\"}]");
  onr_test_add_response(warc, "https://coast.example/one", "200 OK", "Content-Type: application/json\r\n",
                        "{\"title\": \"D\"}");
  g_autoptr(GBytes) packed = onr_test_gzip(warc->str, warc->len);
  g_free(onr_test_write(t->input, "a.warc.gz", g_bytes_get_data(packed, NULL),
                        (gssize)g_bytes_get_size(packed)));
  onr_test_index(t, NULL);
  onr_test_check(t);
  cr_assert_eq(t->report.n_stored, 4);
  g_autoptr(OnrArticle) c = onr_test_load(t, "c");
  cr_assert_str_eq(c->member, "2:3");
  cr_assert_null(c->url);
  g_autoptr(OnrArticle) d = onr_test_load(t, "https://coast.example/one");
  cr_assert_str_eq(d->member, "3");
  g_autofree char *name = g_build_filename(t->input, "a.warc.gz", NULL);
  cr_assert_str_eq(onr_record_find_source(onr_archive_record(t->archive), name)->format, "warc.gz");
}

/* --- other people's files --- */

/* Those of the shared data: how many pages each has, and a reason where there are none. */
Test(crawls, shared_samples) {
  static const struct {
    const char *name;
    guint n_pages;
    const char *reason;
  } files[] = {
      {"bad.arc", 1, "header! 3 records"}, /* one of a single line end */
      {"example-bad-non-chunked.warc.gz", 1, "revisit! 1 record"},
      {"example-bad.warc.gz.bad", 1, "status 302! 1 record"},
      {"example-digest.warc", 0, NULL}, /* requests only */
      {"example-iana.org-chunked.warc", 1, NULL},
      {"example-resource.warc.gz", 1, NULL},
      {"example-space-in-target-uri.warc.gz", 0, "image/png! 1 record"},
      {"example-space-in-url.arc", 1, "length! 1 record"},
      {"example-trunc.warc", 1, "length! 1 record"},
      {"example-wget-bad-target-uri.warc.gz", 1, "metadata! 2 records"},
      {"example-wrong-chunks.warc.gz", 1, NULL},
      {"example.arc", 1, NULL},
      {"example.arc.gz", 1, NULL},
      {"example.warc", 1, "revisit! 1 record"},
      {"example.warc.gz", 1, "revisit! 1 record"},
      {"post-test.warc.gz", 3, NULL},
  };
  const char *shared = onr_test_shared();
  if (!shared)
    cr_skip_test("no ../shared");
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename(shared, "data", "formats", "warc", files[i].name, NULL);
    g_autofree char *told = onr_test_items(path);
    guint n_pages = 0;
    for (const char *p = told; (p = strstr(p, " <http")); p++)
      n_pages++;
    cr_assert_eq(n_pages, files[i].n_pages, "%s: %s", files[i].name, told);
    cr_assert_neq(!files[i].reason || strstr(told, files[i].reason), FALSE, "%s: %s", files[i].name, told);
    cr_assert_null(strstr(told, "end: "), "%s: %s", files[i].name, told);
  }
}
