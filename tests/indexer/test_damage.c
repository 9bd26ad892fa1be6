/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files damaged at random: every reader ends, with items or reasons, and what it hands out is valid. */
#include "inputs.h"
#include "packed.h"

#include "indexer/authority_file.h"
#include "indexer/items.h"
#include "support/support.h"

#include <glib/gstdio.h>
#include <string.h>

ONR_SUITE(damage);

static void read_all(const char *path) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(path, &error);
  g_autoptr(OnrItems) items = onr_items_open(stream, path, NULL, &error);
  g_autoptr(OnrArticle) article = onr_article_new();
  OnrRawItem raw = {0};
  const OnrReader *reader;
  guint n = 0;
  while (items && onr_items_next(items, &raw, &reader, &error)) {
    g_autoptr(GError) why = NULL;
    guint32 n_replaced = 0;
    onr_article_reset(article);
    g_autofree char *place = onr_raw_item_place(&raw);
    cr_assert_neq(g_utf8_validate(place, -1, NULL), FALSE);
    if (raw.bytes && reader->parse(&raw, path, article, &n_replaced, &why)) {
      cr_assert_neq(g_utf8_validate(article->text, (gssize)article->text_length, NULL), FALSE);
      cr_assert_neq(!article->title || g_utf8_validate(article->title, -1, NULL), FALSE);
      for (guint i = 0; i < article->notes->len; i++)
        cr_assert_neq(g_utf8_validate(g_array_index(article->notes, OnrNote, i).value, -1, NULL), FALSE);
    } else {
      cr_assert_neq(why != NULL || raw.error != NULL, FALSE);
    }
    onr_raw_item_clear(&raw);
    cr_assert_lt(++n, 10000);
  }
}

/* Cuts, overwrites, doubles and swaps some bytes; the same every time. */
static void damage(GByteArray *bytes, GRand *rand) {
  static const char *const pieces[] = {"{",  "}",         "[",     "]",    "\"",   "\\",          "\n", "<",
                                       ">",  "&#",        "---\n", "\xff", "\x00", "\xe2\x80",    ",",  ":",
                                       "</", "<![CDATA[", "<!--",  "&amp", "/>",   "<!DOCTYPE [", "'",  ";",
                                       "\t", "\r",        "=",     "--b"};
  for (guint n = (guint)g_rand_int_range(rand, 1, 6); n > 0 && bytes->len > 2; n--) {
    guint at = (guint)g_rand_int_range(rand, 0, (gint)bytes->len - 1);
    const char *piece = pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))];
    guint n_out = (guint)g_rand_int_range(rand, 1, 20);
    switch (g_rand_int_range(rand, 0, 4)) {
    case 0:
      memcpy(bytes->data + at, piece, MIN(MAX(strlen(piece), 1), bytes->len - at));
      break;
    case 1:
      bytes->data[at] = (guint8)g_rand_int(rand);
      break;
    case 2:
      g_byte_array_remove_range(bytes, at, MIN(bytes->len - at, n_out));
      break;
    default:
      g_byte_array_set_size(bytes, at + 1);
      break;
    }
  }
}

/* Without fsync. What is there goes first: GLib would write over it and leave the rest of a longer file. */
static void write_file(const char *path, const char *bytes, gsize n_bytes) {
  g_remove(path);
  cr_assert_neq(g_file_set_contents_full(path, bytes, (gssize)n_bytes, G_FILE_SET_CONTENTS_NONE, 0666, NULL),
                FALSE);
}

/* SAMPLE, damaged in 400 ways, as a file NAME. */
static void damage_and_read(const char *name, const char *sample, gsize length, GRand *rand) {
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = g_build_filename(dir, name, NULL);
  for (guint n = 0; n < 400; n++) {
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)sample, (guint)length);
    damage(bytes, rand);
    write_file(path, (const char *)bytes->data, bytes->len);
    read_all(path);
  }
  onr_test_remove_dir(dir);
}

Test(damage, readers_end_whatever_they_are_given) {
  static const char *const samples[][2] = {
      {"a.json", "[{\"id\": 1, \"title\": \"A \\u20ac\", \"body\": \"x\\ny\", \"author\": [{\"name\": "
                 "\"Ada\"}]}, {\"title\": "
                 "\"B\", \"n\": [1.5, null, true]}]"},
      {"b.json", "{\"status\": \"ok\", \"response\": {\"docs\": [{\"title\": \"A\"}, {\"title\": \"B\"}]}}"},
      {"c.jsonl", "{\"id\": 1, \"title\": \"A\"}\n\n{\"title\": \"B \\ud83d\\ude00\"}\n"},
      {"m.html",
       "<html lang=en><head><title>Harbour reopens | Coast Daily</title><meta property=\"og:title\" content=\"Harbour "
       "reopens...\"><meta name=author content=\"By ADA MOOR and Ben Vale, Staff\"><link rel=canonical href=\"/2022/02/06/a\">"
       "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": [\"NewsArticle\"], \"headline\": \"A \"b\" c\", "
       "\"author\": [{\"@id\": \"#a\"}, ], \"isAccessibleForFree\": false, \"hasPart\": {\"isAccessibleForFree\": false, "
       "\"cssSelector\": \".paid\"}}, {\"@id\": \"#a\", \"name\": \"Ada\"}]}</script></head><body itemscope "
       "itemtype=Article><h1 itemprop=headline>Harbour</h1><p class=byline>By <a rel=author>Ada Moor</a></p><time "
       "datetime=\"2022-02-06T10:15\">x</time><p>Updated 12:01 GMT, 6 February 2022</p></body></html>"},
      {"d.html",
       "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>T</title><script "
       "type=\"application/ld+json\">"
       "{\"@type\": \"NewsArticle\", \"headline\": \"H\"}</script></head><body><nav>n</nav><article><p>One "
       "&amp; two.<br>More.</p><ul><li>x</li></ul></article></body></html>"},
      {"e.md", "---\ntitle: \"T\"\nauthors: [A, 'B']\n---\n# H\n\nText *with* [a](b) ![c](d) `e` <f> "
               "&amp;\n```\nx\n```\n> q\n- l\n"},
      {"f.txt", "Title: T\nDate: 2022-02-06\n\nText.\n"},
      {"g.csv", "id,title,body,date\r\n1,\"A \"\"b\"\"\",\"One,\r\ntwo.\",2022-02-06\r\n2,\"C\",D\xc3\xa9,\r\n"},
      {"h.tsv", "title\tbody\nA\tOne.\\n\\tTwo.\nB\tThree.\n"},
      {"i.eml", "From: =?utf-8?Q?Ad=C3=A4?= <a@x.example>\nMessage-ID: <1@x>\nSubject: =?utf-8?B?w6Q=?=\n T\nDate: Sun, 06 Feb "
                "2022 10:15:00 +0100\nList-Id: \"L\" <l.x>\nContent-Type: multipart/alternative;\n boundary=\"b\"; "
                "x*0*=utf-8''a; x*1=b\n\n--b\nContent-Type: text/plain; format=flowed\n\nOne \ntwo.\n-- \nx\n--b\nContent-Type: "
                "text/html; charset=latin1\nContent-Transfer-Encoding: quoted-printable\n\n<p>One =\ntw=F6.</p>\n--b\nContent-Type: "
                "message/rfc822\n\nSubject: U\nContent-Transfer-Encoding: base64\n\nVGV4dA==\n--b--\n"},
      {"j.mbox", "From a@x Sun Feb  6 10:15:00 2022\nSubject: A\nContent-Length: 8\n\n>From x\n\nFrom b@x Mon Feb  7 10:15:00 "
                 "2022\nSubject: B\n\nText.\n"},
      {"k.txt", "  1 of 2 DOCUMENTS\n\n         Paper\n\n      May 1, 2020 Friday 10:15 PM GMT\n\nTitle\n\nBYLINE: By A\n\nLENGTH: 300 "
                "words\n\n   One.\n\nLOAD-DATE: May 2, 2020\n\nSUBJECT: X (90%); Y\n\n  2 of 2 DOCUMENTS\n\nLENGTH: 1\n\nx\n"},
      {"l.txt", "T\nPaper\n6. Februar 2022\nCopyright 2022 P\nSection: N\nLength: 3 words\nBody\nOne.\nGraphic\nx\nClassification\n"
                "Language: ENGLISH\nLoad-Date: May 2, 2020\nEnd of Document\n"},
      {"m.sgm", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\">\n<DATE>26-FEB-1987 "
                "15:01:01.79</DATE><TOPICS><D>a</D></TOPICS><TEXT>&#2;\n<TITLE>T &lt;X></TITLE><DATELINE> C, Feb 26 - "
                "</DATELINE><BODY>One.\n    Two.\n Reuter\n&#3;</BODY></TEXT></REUTERS>\n"},
      {"n", "<DOC>\n<DOCNO> WSJ870324-0001 </DOCNO>\n<HL>A\n@ ----\n@ By B</HL>\n<DD> = 870324 </DD>\n<SUBJECT><P>a; "
            "b</P></SUBJECT><TEXT>\n<P>One.\n<P>Two.</TEXT>\n</DOC>\n<DOC id=\"x\" title=\"y\">All.</DOC>"}};
  g_autofree char *dir = onr_test_make_dir();
  GRand *rand = g_rand_new_with_seed(17);
  for (guint i = 0; i < G_N_ELEMENTS(samples); i++)
    damage_and_read(samples[i][0], samples[i][1], strlen(samples[i][1]), rand);
  g_rand_free(rand);
}

/* --- containers and compressions --- */

static const char CRAWLED[] = "<html><head><link rel=canonical href='/x'></head><p>One &amp; two.</p></html>";

static GString *make_crawl(void) {
  GString *warc = g_string_new(NULL);
  onr_test_add_record(warc, "WARC-Type: warcinfo\r\n", "software: none\r\n");
  onr_test_add_response(warc, "https://coast.example/1", "200 OK",
                        "Content-Type: text/html; charset=latin1\r\n", CRAWLED);
  onr_test_add_response(warc, "https://coast.example/2", "200 OK",
                        "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n",
                        "4\r\nOne \r\n3\r\ntwo\r\n0\r\n\r\n");
  onr_test_add_response(warc, "https://coast.example/3", "200 OK", "Content-Encoding: deflate\r\n",
                        "\x03\x04 {x");
  onr_test_add_record(warc, "WARC-Type: revisit\r\n", "");
  return warc;
}

static GString *make_arc(void) {
  static const char *const uris[] = {"filedesc://a.arc", "http://coast.example/a b",
                                     "http://coast.example/2"};
  GString *arc = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(uris); i++)
    g_string_append_printf(arc, "%s 10.0.0.1 20220206101500 text/html %u\n%s\n", uris[i],
                           (guint)strlen(CRAWLED), CRAWLED);
  return arc;
}

static GBytes *make_bundle(gboolean is_zip) {
  g_autoptr(GString) warc = make_crawl();
  OnrTestBundle *bundle = onr_test_bundle_new(is_zip);
  onr_test_bundle_add(bundle, "a/page.html", CRAWLED, -1);
  onr_test_bundle_add(bundle, "b.jsonl", "{\"title\": \"A\"}\n{\"title\": \"B\"}\n", -1);
  onr_test_bundle_add(bundle, "c.warc", warc->str, (gssize)warc->len);
  onr_test_bundle_add(bundle, ".d.txt", "D", -1);
  return onr_test_bundle_end(bundle);
}

static void damage_bytes(const char *name, GBytes *bytes, GRand *rand) {
  gsize n;
  const char *data = g_bytes_get_data(bytes, &n);
  damage_and_read(name, data, n, rand);
}

Test(damage, containers_end_whatever_they_are_given) {
  g_autoptr(GString) warc = make_crawl(), arc = make_arc();
  g_autoptr(GBytes) zip = make_bundle(TRUE), tar = make_bundle(FALSE);
  GRand *rand = g_rand_new_with_seed(29);
  damage_and_read("a.warc", warc->str, warc->len, rand);
  damage_and_read("a.arc", arc->str, arc->len, rand);
  damage_bytes("a.zip", zip, rand);
  damage_bytes("a.tar", tar, rand);
  for (OnrPacking packing = ONR_PACKING_GZIP; packing <= ONR_PACKING_ZSTD; packing++) {
    g_autoptr(GBytes) packed = onr_test_pack(packing, warc->str, warc->len);
    damage_bytes("a.warc", packed, rand);
  }
  g_rand_free(rand);
}

/* Each of tests/indexer/formats. */
Test(damage, news_formats_end_whatever_they_are_given) {
  g_autoptr(GDir) formats = g_dir_open(ONR_TEST_FORMATS, 0, NULL);
  cr_assert_not_null(formats);
  g_autofree char *dir = onr_test_make_dir();
  GRand *rand = g_rand_new_with_seed(29);
  for (const char *name; (name = g_dir_read_name(formats));) {
    g_autofree char *path = g_build_filename(ONR_TEST_FORMATS, name, NULL),
                    *copy = g_build_filename(dir, name, NULL);
    g_autofree char *content = NULL;
    gsize length;
    if (g_str_has_suffix(name, ".expected"))
      continue;
    cr_assert_neq(g_file_get_contents(path, &content, &length, NULL), FALSE);
    for (guint n = 0; n < 150; n++) {
      g_autoptr(GByteArray) bytes = g_byte_array_new();
      g_byte_array_append(bytes, (const guint8 *)content, (guint)length);
      damage(bytes, rand);
      write_file(copy, (const char *)bytes->data, bytes->len);
      read_all(copy);
    }
  }
  g_rand_free(rand);
  onr_test_remove_dir(dir);
}

/* --- authority files --- */

typedef struct {
  GString *printed; /* TSV */
  guint64 n_entries, n_faults;
} Told;

static gboolean take_entry(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  Told *told = data;
  (void)error;
  told->n_entries++;
  cr_assert_gt(line, 0);
  cr_assert_gt(strlen(entry->id), 0);
  cr_assert_neq(*entry->name || entry->same_as, FALSE);
  onr_authority_print(entry, ONR_AUTHORITY_TSV, told->printed);
  return TRUE;
}

static void take_fault(guint64 line, const char *what, gpointer data) {
  Told *told = data;
  told->n_faults++;
  cr_assert_gt(line, 0);
  cr_assert_neq(*what && !strchr(what, '\n') && g_utf8_validate(what, -1, NULL), FALSE, "%s", what);
}

/* What is handed out of PATH, as TSV; faults are counted. NULL where the file as a whole is none. */
static char *read_authority(const char *path, guint64 *n_faults) {
  g_autoptr(GError) error = NULL;
  guint64 n_entries = 0;
  Told told = {.printed = g_string_new(ONR_AUTHORITY_HEADER)};
  gboolean is_read =
      onr_authority_file_read(path, take_entry, take_fault, &told, &n_entries, n_faults, &error);
  cr_assert_eq(is_read, error == NULL);
  if (is_read) {
    cr_assert_eq(n_entries, told.n_entries);
    cr_assert_eq(*n_faults, told.n_faults);
  }
  return g_string_free(told.printed, !is_read);
}

/* What is left of a damaged file is printed and read back the same. */
static void check_authority(const char *path, const char *again_path, guint *n_faulty) {
  guint64 n_faults = 0, n_faults_again = 0;
  g_autofree char *printed = read_authority(path, &n_faults);
  *n_faulty += !printed || n_faults > 0;
  if (!printed)
    return;
  write_file(again_path, printed, strlen(printed));
  g_autofree char *again = read_authority(again_path, &n_faults_again);
  cr_assert_str_eq(again, printed);
  cr_assert_leq(n_faults_again, n_faults); /* circles */
}

Test(damage, authority_files_are_read_whatever_they_are) {
  static const char *const samples[] = {"id\tname\ttype\taliases\troles\tlinks\tsame_as\n"
                                        "person:quill\tAda Quill\tperson\tA. Quill | A\\|Q\tMayor "
                                        "(2004-03-09..2012) | Poet \\(2004)\tq=1 | v=2\t\n"
                                        "# x\nada\t\t\t\t\t\tperson:quill\norg:\xc3\xa9\t\xc3\x89\t\n",
                                        "{\"id\": \"a\", \"name\": \"A \\u20ac\", \"aliases\": [\"x\", "
                                        "\"y\"], \"roles\": [\"r (2004)\", {\"role\": "
                                        "\"s\", \"from\": \"2004\"}]}\n{\"id\": \"b\", \"same_as\": \"a\"}\n",
                                        "[{\"id\": \"a\", \"name\": \"A\", \"links\": {\"q\": [\"1\", "
                                        "\"2\"], \"v\": \"3\"}},\n {\"id\": \"b\", "
                                        "\"name\": \"B\", \"type\": \"org\", \"same_as\": \"a\"}]\n"};
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = g_build_filename(dir, "people", NULL),
                  *again = g_build_filename(dir, "again", NULL);
  GRand *rand = g_rand_new_with_seed(23);
  guint n_faulty = 0;
  for (guint i = 0; i < G_N_ELEMENTS(samples); i++)
    for (guint n = 0; n < 400; n++) {
      g_autoptr(GByteArray) bytes = g_byte_array_new();
      g_byte_array_append(bytes, (const guint8 *)samples[i], (guint)strlen(samples[i]));
      damage(bytes, rand);
      write_file(path, (const char *)bytes->data, bytes->len);
      check_authority(path, again, &n_faulty);
    }
  cr_assert_gt(n_faulty, 600);
  g_rand_free(rand);
  onr_test_remove_dir(dir);
}
