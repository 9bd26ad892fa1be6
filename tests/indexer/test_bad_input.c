/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Input that is broken, hostile or strange: each has the outcome that docs/formats.md and docs/limits.md
 * give, and costs no other item. */
#include "inputs.h"

#include "indexer/reader.h"
#include "support/support.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ONR_SUITE(bad_input);

static const char *const GOOD = "Harbour reopens\n\n\"We are glad,\" said Mayor Ada Moor.\n";

/* An archive whose input has one good file, read last. */
static OnrTestArchive *open_archive(void) {
  OnrTestArchive *t = onr_test_archive_new();
  g_free(onr_test_write(t->input, "z.txt", GOOD, -1));
  return t;
}

/* Indexes; the good file must be there and the run's counts must agree. */
static void run(OnrTestArchive *t, guint64 n_stored, guint64 n_skipped) {
  onr_test_index(t, NULL);
  onr_test_check(t);
  cr_assert_eq(t->report.n_stored, n_stored + 1, "stored %u", (guint)t->report.n_stored);
  cr_assert_eq(t->report.n_skipped, n_skipped, "skipped %u", (guint)t->report.n_skipped);
  cr_assert_eq(t->skipped->len, n_skipped);
  onr_test_index(t, NULL); /* and is known the next time */
  cr_assert_eq(t->report.n_stored, 0);
}

static void expect_skipped(const char *name, const char *content, gssize length, const char *reason) {
  g_autoptr(OnrTestArchive) t = open_archive();
  g_free(onr_test_write(t->input, name, content, length));
  onr_test_index(t, NULL);
  onr_test_check(t);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->skipped->len, 1);
  cr_assert_str_eq(t->skipped->pdata[0], reason);
}

/* One file of text; its article's text, which the caller frees. */
static char *text_of(const char *name, const char *content, gssize length) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_free(onr_test_write(t->input, name, content, length));
  onr_test_index(t, NULL);
  onr_test_check(t);
  g_autofree char *id = onr_test_ids(t);
  g_autoptr(OnrArticle) article = onr_test_load(t, id);
  cr_assert_not_null(article, "%s: %s", name, t->skipped->len ? (char *)t->skipped->pdata[0] : "nothing");
  return g_strdup(article->text);
}

static void expect_text(const char *name, const char *content, gssize length, const char *expected) {
  g_autofree char *text = text_of(name, content, length);
  cr_assert_str_eq(text, expected, "%s: %s", name, text);
}

Test(bad_input, empty_and_nearly_empty) {
  expect_skipped("a.txt", "", 0, "a.txt: empty file");
  expect_skipped("a.html", "", 0, "a.html: empty file");
  expect_skipped("a.jsonl", "", 0, "a.jsonl: empty file");
  expect_skipped("a.txt", " \n\n\t", -1, "a.txt: no title and no text");
  expect_skipped("a.html", "<html><body></body></html>", -1, "a.html: no title and no text");
  expect_skipped("a.html", "<", -1, "a.html: no HTML");
  expect_skipped("a.json", "{}", -1, "a.json: no title and no text");
  expect_skipped("a.json", "{", -1, "a.json: the file ends inside an item");
  expect_text("a.txt", "x", -1, "x");
}

/* A file of JSON Lines without an item is no error: there is nothing to skip. */
Test(bad_input, files_without_items) {
  g_autoptr(OnrTestArchive) t = open_archive();
  g_free(onr_test_write(t->input, "a.json", "[]", -1));
  g_free(onr_test_write(t->input, "a.jsonl", "\n\n", -1));
  run(t, 0, 0);
}

Test(bad_input, a_line_of_100_megabytes) {
  g_autoptr(OnrTestArchive) t = open_archive();
  gsize n = 100u << 20;
  g_autofree char *text = g_malloc(n);
  memset(text, 'x', n);
  g_free(onr_test_write(t->input, "a.txt", text, (gssize)n));
  memcpy(text, "{\"body\": \"", 10);
  memcpy(text + n - 40, "\"}\n{\"id\": \"b\", \"title\": \"B\"}\n", 29);
  g_free(onr_test_write(t->input, "b.jsonl", text, (gssize)n - 11));
  run(t, 1, 2);
}

Test(bad_input, a_text_over_the_limit) {
  gsize n = ONR_MAX_TEXT_BYTES + 1;
  g_autofree char *text = g_malloc(n);
  memset(text, 'x', n);
  g_autofree char *reason =
      g_strdup_printf("a.txt: a text of %u bytes is over the limit of %u for one article",
                      ONR_MAX_TEXT_BYTES + 1, ONR_MAX_TEXT_BYTES);
  expect_skipped("a.txt", text, (gssize)n, reason);
}

Test(bad_input, a_word_of_a_megabyte) {
  gsize n = 1u << 20;
  g_autofree char *text = g_malloc(n + 1);
  memset(text, 'x', n);
  text[n] = '\0';
  expect_text("a.txt", text, (gssize)n, text);
}

Test(bad_input, ten_thousand_quotation_marks) {
  GString *text = g_string_new("Title\n\n");
  for (guint i = 0; i < 10000; i++)
    g_string_append(text, i % 7 ? "\"" : "\" said Ada Moor ");
  expect_text("a.txt", text->str, -1, text->str);
  g_string_free(text, TRUE);
}

/* --- encodings --- */

Test(bad_input, nul_bytes_and_invalid_utf8) {
  expect_text("a.txt", "A line with a \0 in its middle, as a damaged disk leaves it.\n", 60,
              "A line with a \xef\xbf\xbd in its middle, as a damaged disk leaves it.\n");
  g_autofree char *text =
      text_of("a.txt", "\xc3\xa9t\xc3\xa9 \xc3( and more, \xe2\x82\xac 5, caf\xc3\xa9s \xf0\x9f", -1);
  cr_assert_neq(g_utf8_validate(text, -1, NULL), FALSE);
  cr_assert_not_null(strstr(text, "( and more"));
}

static void expect_encoded(const char *name, const char *charset, const char *mark, gsize mark_length,
                           const char *text) {
  gsize n;
  g_autofree char *bytes = g_convert(text, -1, charset, "UTF-8", NULL, &n, NULL);
  g_autoptr(GByteArray) content = g_byte_array_new();
  g_byte_array_append(content, (const guint8 *)mark, (guint)mark_length);
  g_byte_array_append(content, (const guint8 *)bytes, (guint)n);
  const char *body = strstr(text, "body\": \"");
  g_autofree char *expected = body ? g_strndup(body + 8, strcspn(body + 8, "\"")) : g_strdup(text);
  expect_text(name, (const char *)content->data, content->len, expected);
}

Test(bad_input, utf16_with_and_without_a_mark) {
  const char *text = "Harbour reopens\n\nThe caf\xc3\xa9 by the harbour is open again.\n";
  expect_encoded("a.txt", "UTF-16LE", "\xff\xfe", 2, text);
  expect_encoded("a.txt", "UTF-16BE", "\xfe\xff", 2, text);
  expect_encoded("a.txt", "UTF-16LE", "", 0, text);
  expect_encoded("a.txt", "UTF-16BE", "", 0, text);
  const char *json = "{\"id\": \"a\", \"body\": \"The caf\xc3\xa9 is open.\"}\n";
  expect_encoded("a.jsonl", "UTF-16LE", "\xff\xfe", 2, json);
  expect_encoded("a.json", "UTF-16BE", "", 0, json);
}

Test(bad_input, latin1_and_koi8) {
  expect_encoded("a.txt", "ISO-8859-1", "", 0,
                 "Le caf\xc3\xa9 du port est ouvert\n\nL'\xc3\xa9t\xc3\xa9 dernier, la mairie a d\xc3\xa9"
                 "cid\xc3\xa9 de "
                 "rouvrir le caf\xc3\xa9 pr\xc3\xa8s du ch\xc3\xa2teau.\n");
  expect_encoded(
      "a.txt", "KOI8-R", "", 0,
      "Порт снова открыт\n\nВ понедельник мэр города сказала, что порт снова открыт для всех кораблей, "
      "которые ждали у берега целую неделю.\n");
}

/* --- packed --- */

Test(bad_input, truncated_gzip_gives_what_is_whole) {
  g_autoptr(OnrTestArchive) t = open_archive();
  const char *lines =
      "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n{\"id\": \"c\", \"ti";
  g_free(onr_test_write_gzip(t->input, "a.jsonl.gz", lines, strlen(lines), 8));
  g_free(onr_test_write_gzip(t->input, "b.txt.gz", GOOD, strlen(GOOD), 8));
  run(t, 2, 2);
  onr_test_check(t);
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_neq(g_str_has_prefix(ids, "a b h-"), FALSE, "%s", ids);
}

Test(bad_input, gzip_bomb) {
  g_autoptr(OnrTestArchive) t = open_archive();
  gsize n = 80u << 20;
  g_autofree char *blanks = g_malloc(n);
  memset(blanks, ' ', n);
  memcpy(blanks, "{\"id\": \"a\", \"title\": \"A\"}\n", 26);
  g_free(onr_test_write_gzip(t->input, "a.jsonl.gz", blanks, n, 0));
  run(t, 1, 1);
}

/* --- JSON --- */

Test(bad_input, json_nested_deep) {
  g_autoptr(OnrTestArchive) t = open_archive();
  const gsize depth = 100000;
  GString *json = g_string_new("{\"title\": \"A\", \"x\": ");
  for (gsize i = 0; i < depth; i++)
    g_string_append_c(json, '[');
  for (gsize i = 0; i < depth; i++)
    g_string_append_c(json, ']');
  g_string_append(json, "}");
  g_free(onr_test_write(t->input, "a.json", json->str, -1));
  g_string_append(json, "\n{\"title\": \"B\"}\n");
  g_free(onr_test_write(t->input, "b.jsonl", json->str, -1));
  g_string_free(json, TRUE);
  run(t, 1, 2);
  onr_test_check(t);
}

/* Brackets that are closed again, or stand in strings, do not add up. */
Test(bad_input, json_depth_is_counted_exactly) {
  g_autoptr(OnrTestArchive) t = open_archive();
  GString *lines = g_string_new(NULL);
  for (guint depth = ONR_MAX_JSON_DEPTH; depth <= ONR_MAX_JSON_DEPTH + 1; depth++) {
    g_autofree char *open = g_strnfill(depth - 1, '[');
    g_autofree char *closed = g_strnfill(depth - 1, ']');
    g_string_append_printf(lines, "{\"id\": \"%u\", \"title\": \"[[\\\"[\", \"x\": %s%s}\n", depth, open,
                           closed);
  }
  g_string_append(lines, "{\"id\": \"many\", \"title\": \"A\", \"x\": [[0]");
  for (guint i = 0; i < ONR_MAX_JSON_DEPTH; i++)
    g_string_append(lines, ", [[0], {\"y\": [1]}]");
  g_string_append(lines, "]}\n");
  g_free(onr_test_write(t->input, "a.jsonl", lines->str, -1));
  g_string_free(lines, TRUE);
  run(t, 2, 1);
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_neq(g_str_has_prefix(ids, "200 h-"), FALSE, "%s", ids);
}

Test(bad_input, json_of_many_small_values) {
  g_autoptr(OnrTestArchive) t = open_archive();
  GString *json = g_string_new("{\"title\": \"A\", \"x\": [0");
  while (json->len < 8u << 20)
    g_string_append(json, ",[]");
  g_string_append(json, "]}");
  g_free(onr_test_write(t->input, "a.json", json->str, -1));
  g_string_free(json, TRUE);
  run(t, 0, 1);
}

Test(bad_input, html_of_many_small_elements) {
  g_autoptr(OnrTestArchive) t = open_archive();
  GString *html = g_string_new("<html><body><p>Text.");
  for (guint i = 0; i < 1000; i++)
    g_string_append(html, "<div>");
  g_string_append(html, "Deep.");
  g_free(onr_test_write(t->input, "a.html", html->str, -1));
  while (html->len < 4u << 20)
    g_string_append(html, "<b>");
  g_free(onr_test_write(t->input, "b.html", html->str, -1));
  g_string_free(html, TRUE);
  run(t, 1, 1);
}

Test(bad_input, broken_lines_in_the_middle) {
  g_autoptr(OnrTestArchive) t = open_archive();
  g_free(onr_test_write(t->input, "a.jsonl",
                        "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \n\xff\xfe\xfd\n\n[]\n\"x\"\n"
                        "{\"id\": \"c\", \"title\": \"C\"}\n{\"id\": \"d\"}\n",
                        -1));
  run(t, 2, 5);
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_neq(g_str_has_prefix(ids, "a c h-"), FALSE, "%s", ids);
}

Test(bad_input, items_with_little_in_them) {
  g_autoptr(OnrTestArchive) t = open_archive();
  g_free(onr_test_write(t->input, "a.jsonl",
                        "{\"id\": \"a\", \"body\": \"Only a body.\"}\n"
                        "{\"id\": \"b\", \"title\": \"Only a title\", \"body\": \"\"}\n"
                        "{\"id\": \"c\", \"title\": null, \"body\": null, \"date\": \"2022-02-06\"}\n"
                        "{\"title\": 5, \"body\": {\"x\": 1}}\n",
                        -1));
  run(t, 3, 1);
}

Test(bad_input, impossible_dates) {
  g_autoptr(OnrTestArchive) t = open_archive();
  static const char *const dates[] = {"2022-02-30", "0000-00-00",  "2022-13-01", "tomorrow",
                                      "",           "99999-01-01", "03/04/2022", "-1"};
  GString *lines = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(dates); i++)
    g_string_append_printf(lines, "{\"id\": \"%u\", \"title\": \"A\", \"date\": \"%s\"}\n", i, dates[i]);
  g_string_append(lines, "{\"id\": \"n\", \"title\": \"A\", \"date\": 9223372036854775807}\n");
  g_free(onr_test_write(t->input, "a.jsonl", lines->str, -1));
  g_string_free(lines, TRUE);
  run(t, G_N_ELEMENTS(dates) + 1, 0);
  OnrCounts counts;
  cr_assert_neq(onr_record_count(onr_archive_record(t->archive), &counts, NULL), FALSE);
  cr_assert_eq(counts.n_undated, counts.n_articles);
}

Test(bad_input, fields_over_their_limit) {
  g_autoptr(OnrTestArchive) t = open_archive();
  GString *json = g_string_new("{\"id\": \"");
  for (guint i = 0; i < 600; i++)
    g_string_append(json, "\xc3\xa9");
  g_string_append(json, "\", \"title\": \"");
  for (guint i = 0; i < 5000; i++)
    g_string_append(json, "\xe2\x82\xac");
  g_string_append(json, "\"}");
  g_free(onr_test_write(t->input, "a.json", json->str, -1));
  g_string_free(json, TRUE);
  run(t, 1, 0);
  g_autofree char *ids = onr_test_ids(t);
  g_auto(GStrv) id = g_strsplit(ids, " ", -1);
  cr_assert_neq(g_str_has_prefix(id[0], "h-"), FALSE, "an id over its limit is no id");
  g_autoptr(OnrArticle) a = onr_test_load(t, id[0]);
  g_autoptr(OnrArticle) b = onr_test_load(t, id[1]);
  gsize longest = MAX(strlen(a->title), strlen(b->title));
  cr_assert_leq(longest, ONR_MAX_FIELD_BYTES);
  cr_assert_gt(longest, ONR_MAX_FIELD_BYTES - 3);
  cr_assert_eq(longest % 3, 0, "cut at a character");
}

/* --- files that cannot be read --- */

Test(bad_input, files_the_system_does_not_give) {
  g_autoptr(OnrTestArchive) t = open_archive();
  static const struct {
    const char *name, *target;
  } links[] = {{"a", "/no/such/file"}, {"b", "b"}, {"c", "."}, {"d", "/proc/self/mem"}};
  for (guint i = 0; i < G_N_ELEMENTS(links); i++) {
    g_autofree char *path = g_build_filename(t->input, links[i].name, NULL);
    cr_assert_eq(symlink(links[i].target, path), 0);
  }
  g_autofree char *fifo = g_build_filename(t->input, "e", NULL);
  cr_assert_eq(mkfifo(fifo, 0666), 0);
  onr_test_index(t, NULL);
  onr_test_check(t);
  cr_assert_eq(t->report.n_stored, 1);
  static const char *const expected[] = {"a: link: No such file or directory",
                                         "b: link: Too many levels of symbolic links", NULL,
                                         "d: cannot be read: Input/output error", "e: a FIFO"};
  cr_assert_eq(t->skipped->len, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
    if (expected[i])
      cr_assert_str_eq(t->skipped->pdata[i], expected[i]);
  OnrCounts counts;
  cr_assert_neq(onr_record_count(onr_archive_record(t->archive), &counts, NULL), FALSE);
  cr_assert_eq(counts.n_skipped, G_N_ELEMENTS(expected));
  /* they are tried, and told, again; once gone they are forgotten */
  onr_test_index(t, NULL);
  cr_assert_eq(t->skipped->len, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(links); i++) {
    g_autofree char *path = g_build_filename(t->input, links[i].name, NULL);
    cr_assert_eq(unlink(path), 0);
  }
  onr_test_index(t, NULL);
  cr_assert_neq(onr_record_count(onr_archive_record(t->archive), &counts, NULL), FALSE);
  cr_assert_eq(counts.n_skipped, 1);
}

/* A file that had articles and cannot be read now keeps them. */
Test(bad_input, a_file_that_is_refused_keeps_its_articles) {
  g_autoptr(OnrTestArchive) t = open_archive();
  g_autofree char *real = onr_test_write(t->dir, "real.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n", -1);
  g_autofree char *link = g_build_filename(t->input, "a", NULL);
  cr_assert_eq(symlink(real, link), 0);
  onr_test_index(t, NULL);
  cr_assert_eq(unlink(link), 0);
  cr_assert_eq(symlink("/proc/self/mem", link), 0);
  onr_test_index(t, NULL);
  cr_assert_eq(t->skipped->len, 1);
  onr_test_check(t);
  g_autoptr(OnrArticle) kept = onr_test_load(t, "a");
  cr_assert_not_null(kept);
  cr_assert_eq(unlink(link), 0);
  onr_test_index(t, NULL);
  g_autoptr(OnrArticle) gone = onr_test_load(t, "a");
  cr_assert_null(gone);
}
