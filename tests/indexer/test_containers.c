/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Zip and tar files: what is read of them, what is told of the rest, and that none of it does harm. */
#include "packed.h"

#include "inputs.h"

#include "indexer/containers/member_name.h"
#include "indexer/reader.h"
#include "support/support.h"

#include <locale.h>
#include <string.h>

ONR_SUITE(containers);

static const char LINES[] = "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n";

static void expect_items(const char *name, GBytes *bytes, const char *expected) {
  g_autofree char *told =
      onr_test_items_of(name, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
  cr_assert_str_eq(told, expected, "found:\n%sexpected:\n%s", told, expected);
}

static GBytes *pack(OnrPacking packing, GBytes *bytes) {
  return onr_test_pack(packing, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void add_bytes(OnrTestBundle *bundle, const char *name, GBytes *bytes) {
  onr_test_bundle_add(bundle, name, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
}

/* One of everything, in zip and in tar. */
static GBytes *make_day(gboolean is_zip) {
  g_autoptr(GBytes) packed = onr_test_gzip(LINES, strlen(LINES));
  OnrTestBundle *bundle = onr_test_bundle_new(is_zip);
  onr_test_bundle_add(bundle, "feed.jsonl", LINES, -1);
  onr_test_bundle_add(bundle, "pages/one.html", "<html><body><p>One.</p></body></html>", -1);
  add_bytes(bundle, "more.jsonl.gz", packed);
  onr_test_bundle_add(bundle, ".hidden.txt", "Hidden", -1);
  onr_test_bundle_add(bundle, "__MACOSX/pages/one.html", "Hidden", -1);
  if (!is_zip) /* of zip, that a file is a link stands behind all files */
    onr_test_bundle_add_link(bundle, "link.txt", "/etc/passwd");
  onr_test_bundle_add(bundle, "photo.png", "\x89PNG\r\n\x1a\n\0\0", 10);
  onr_test_bundle_add(bundle, "empty.txt", "", -1);
  onr_test_bundle_add(bundle, "last.txt", "Last\n", -1);
  return onr_test_bundle_end(bundle);
}

static const char DAY[] = "feed.jsonl:1 jsonl {\\\"id\\\": \\\"a\\\", \\\"title\\\": \\\"A\\\"\n"
                          "feed.jsonl:2 jsonl {\\\"id\\\": \\\"b\\\", \\\"title\\\": \\\"B\\\"\n"
                          "pages/one.html html <html><body><p>One.</p><\n"
                          "more.jsonl.gz:1 jsonl {\\\"id\\\": \\\"a\\\", \\\"title\\\": \\\"A\\\"\n"
                          "more.jsonl.gz:2 jsonl {\\\"id\\\": \\\"b\\\", \\\"title\\\": \\\"B\\\"\n"
                          "photo.png! a PNG image, which is not read\n"
                          "empty.txt! empty file\n"
                          "last.txt txt Last\\n\n";

Test(containers, zip_and_tar) {
  g_autoptr(GBytes) zip = make_day(TRUE), tar = make_day(FALSE);
  expect_items("day.zip", zip, DAY);
  expect_items("day.tar", tar, DAY);
  expect_items("day", tar, DAY); /* by content */
}

Test(containers, packed_tar) {
  static const OnrPacking packings[] = {ONR_PACKING_GZIP, ONR_PACKING_BZIP2, ONR_PACKING_XZ,
                                        ONR_PACKING_ZSTD};
  g_autoptr(GBytes) tar = make_day(FALSE);
  g_autofree char *expected = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(packings); i++) {
    g_autoptr(GBytes) packed = pack(packings[i], tar);
    g_autofree char *told =
        onr_test_items_of("day.tar", g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed));
    if (!expected)
      expected = g_strdup(told);
    cr_assert_str_eq(told, expected);
    cr_assert_not_null(strstr(told, "last.txt txt"));
  }
}

Test(containers, two_deep_and_no_deeper) {
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  onr_test_bundle_add(bundle, "a.txt", "A\n", -1);
  g_autoptr(GBytes) inner = onr_test_bundle_end(bundle);
  bundle = onr_test_bundle_new(TRUE);
  add_bytes(bundle, "inner.zip", inner);
  onr_test_bundle_add(bundle, "b.jsonl", LINES, -1);
  g_autoptr(GBytes) middle = onr_test_bundle_end(bundle);
  bundle = onr_test_bundle_new(FALSE);
  add_bytes(bundle, "inner.zip", inner);
  add_bytes(bundle, "x/middle.zip", middle);
  g_autoptr(GBytes) outer = onr_test_bundle_end(bundle);
  g_autoptr(GBytes) packed = pack(ONR_PACKING_XZ, outer);
  expect_items("week.tar.xz", packed,
               "inner.zip/a.txt txt A\\n\n"
               "x/middle.zip/inner.zip! a zip file inside 2 others, which is not read\n"
               "x/middle.zip/b.jsonl:1 jsonl {\\\"id\\\": \\\"a\\\", \\\"title\\\": \\\"A\\\"\n"
               "x/middle.zip/b.jsonl:2 jsonl {\\\"id\\\": \\\"b\\\", \\\"title\\\": \\\"B\\\"\n");
}

/* --- names --- */

/* Names are only names: they are shown so that they do no harm, and nothing is written anywhere. */
Test(containers, names_that_would_be_tricks) {
  setlocale(LC_ALL, "C");
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  onr_test_bundle_add(bundle, "../../etc/cron.d/x.txt", "A\n", -1);
  onr_test_bundle_add(bundle, "/etc/shadow", "B\n", -1);
  onr_test_bundle_add(bundle, "a\033[31m\n.txt", "C\n", -1);
  onr_test_bundle_add(bundle, "caf\xc3\xa9.txt", "D\n", -1);
  onr_test_bundle_add(bundle, "caf\xe9.txt", "E\n", -1);
  onr_test_bundle_add(bundle, "./same.txt", "F\n", -1);
  onr_test_bundle_add(bundle, "same.txt", "G\n", -1);
  onr_test_bundle_add(bundle, "./.git/config.txt", "H\n", -1);
  g_autoptr(GBytes) zip = onr_test_bundle_end(bundle);
  expect_items("names.zip", zip,
               "../../etc/cron.d/x.txt txt A\\n\n"
               "etc/shadow txt B\\n\n"
               "a\\x1B[31m\\x0A.txt txt C\\n\n"
               "caf\xc3\xa9.txt txt D\\n\n"
               "caf\\xE9.txt txt E\\n\n"
               "same.txt txt F\\n\n"
               "same.txt (2) txt G\\n\n");
}

/* Names of a tar file come by another way, since it says their encoding; the C locale must not lose them. */
Test(containers, names_of_tar_in_the_c_locale) {
  setlocale(LC_ALL, "C.UTF-8"); /* to write it */
  OnrTestBundle *bundle = onr_test_bundle_new(FALSE);
  g_autofree char *name = g_strconcat("caf\xc3\xa9/", "12345678901234567890123456789012345678901234567890",
                                      "12345678901234567890123456789012345678901234567890.txt", NULL);
  onr_test_bundle_add(bundle, name, "A\n", -1);
  g_autoptr(GBytes) tar = onr_test_bundle_end(bundle);
  setlocale(LC_ALL, "C");
  g_autofree char *expected = g_strconcat(name, " txt A\\n\n", NULL);
  expect_items("names.tar", tar, expected);
}

Test(containers, long_names_are_cut_at_a_character) {
  g_autoptr(GString) raw = g_string_new(NULL);
  while (raw->len < 3000)
    g_string_append(raw, "\xe2\x82\xac");
  g_autofree char *name = onr_member_name(raw->str);
  cr_assert_leq(strlen(name), 1024);
  cr_assert_gt(strlen(name), 1020);
  cr_assert_neq(g_utf8_validate(name, -1, NULL), FALSE);
}

/* --- what is no row of files --- */

Test(containers, documents_that_are_zip_files) {
  static const char *const names[][3] = {{"report.docx", "[Content_Types].xml", "an Office document"},
                                         {"report.docx", "_rels/.rels", "an Office document"},
                                         {"sheet", "xl/workbook.xml", "an Office document"},
                                         {"x.jar", "META-INF/MANIFEST.MF", "a Java program"}};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
    onr_test_bundle_add(bundle, names[i][1], "<x/>", -1);
    onr_test_bundle_add(bundle, "page.html", "<html></html>", -1);
    g_autoptr(GBytes) zip = onr_test_bundle_end(bundle);
    g_autofree char *expected = g_strdup_printf("end: %s, which is not read\n", names[i][2]);
    expect_items(names[i][0], zip, expected);
  }
  /* as their formats ask for, the type comes first and is stored: local header without data descriptor */
  static const char epub[] =
      "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0\x14\0\0\0\x08\0\0\0mimetypeapplication/epub+zip";
  g_autofree char *book = onr_test_items_of("a.zip", epub, sizeof epub - 1);
  cr_assert_str_eq(book, "end: an EPUB book, which is not read\n");
}

Test(containers, an_encrypted_entry_costs_itself) {
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  onr_test_bundle_add(bundle, "secret.txt", "Secret\n", -1);
  onr_test_bundle_add(bundle, "plain.txt", "Plain\n", -1);
  g_autoptr(GByteArray) zip = g_bytes_unref_to_array(onr_test_bundle_end(bundle));
  zip->data[6] |= 1; /* APPNOTE.TXT, 4.4.4: bit 0 */
  g_autofree char *told = onr_test_items_of("a.zip", (const char *)zip->data, zip->len);
  cr_assert_str_eq(told, "secret.txt! encrypted, which is not read\nplain.txt txt Plain\\n\n");
}

/* --- damage --- */

static guint find_text(const GByteArray *bytes, const char *text, guint nth) {
  for (guint at = 0; at + strlen(text) <= bytes->len; at++)
    if (memcmp(bytes->data + at, text, strlen(text)) == 0 && nth-- == 0)
      return at;
  cr_assert_neq(0, 0, "no '%s'", text);
  return 0;
}

Test(containers, a_damaged_entry_costs_itself) {
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf("%u.txt", i);
    onr_test_bundle_add(bundle, name, "One line of text, and another one of text.\n", -1);
  }
  g_autoptr(GByteArray) zip = g_bytes_unref_to_array(onr_test_bundle_end(bundle));
  guint at = find_text(zip, "1.txt", 0) + 40;
  memset(zip->data + at, 0xff, 12);
  g_autofree char *told = onr_test_items_of("a.zip", (const char *)zip->data, zip->len);
  cr_assert_not_null(strstr(told, "0.txt txt One line"), "%s", told);
  cr_assert_not_null(strstr(told, "1.txt! cannot be unpacked: "), "%s", told);
  cr_assert_not_null(strstr(told, "2.txt txt One line"), "%s", told);
  cr_assert_not_null(strstr(told, "3.txt txt One line"), "%s", told);
}

Test(containers, a_damaged_tar_header_costs_itself) {
  OnrTestBundle *bundle = onr_test_bundle_new(FALSE);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *name = g_strdup_printf("%u.txt", i);
    onr_test_bundle_add(bundle, name, "Text.\n", -1);
  }
  g_autoptr(GByteArray) tar = g_bytes_unref_to_array(onr_test_bundle_end(bundle));
  tar->data[find_text(tar, "1.txt", 0)] ^= 0x40;
  g_autofree char *told = onr_test_items_of("a.tar", (const char *)tar->data, tar->len);
  cr_assert_not_null(strstr(told, "0.txt txt Text."), "%s", told);
  cr_assert_not_null(strstr(told, "damage! "), "%s", told);
  cr_assert_not_null(strstr(told, "2.txt txt Text."), "%s", told);
  cr_assert_not_null(strstr(told, "3.txt txt Text."), "%s", told);
}

/* What is whole before the end is read; the file's fault is told once. */
Test(containers, a_truncated_file_gives_what_is_whole) {
  g_autoptr(GBytes) tar = make_day(FALSE);
  g_autoptr(GBytes) packed = pack(ONR_PACKING_GZIP, tar);
  g_autofree char *cut =
      onr_test_items_of("a.tar.gz", g_bytes_get_data(packed, NULL), (gssize)g_bytes_get_size(packed) * 2 / 3);
  cr_assert_not_null(strstr(cut, "feed.jsonl:2 jsonl"), "%s", cut);
  cr_assert_not_null(strstr(cut, "end: truncated gzip after "), "%s", cut);
  cr_assert_null(strchr(cut, '!'), "%s", cut);
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  onr_test_bundle_add(bundle, "lines.jsonl", LINES, -1);
  g_autoptr(GBytes) zip = onr_test_bundle_end(bundle);
  const char *bytes = g_bytes_get_data(zip, NULL);
  for (gssize n = 60; n < 100; n += 10) {
    g_autofree char *told = onr_test_items_of("a.zip", bytes, n);
    cr_assert_not_null(strstr(told, "! cannot be unpacked: "), "%s", told);
  }
}

/* --- bombs --- */

/* Blank lines: read on and on for an item that does not come. */
static GBytes *make_blank_lines(gsize n_bytes) {
  const gsize line_bytes = 64u << 10;
  char *lines = g_malloc(n_bytes);
  memset(lines, ' ', n_bytes);
  for (gsize i = line_bytes; i < n_bytes; i += line_bytes)
    lines[i] = '\n';
  memcpy(lines, "{}\n{}\n", 6);
  return g_bytes_new_take(lines, n_bytes);
}

static GBytes *zip_of(GBytes *content, guint n) {
  OnrTestBundle *bundle = onr_test_bundle_new(TRUE);
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf("%u.jsonl", i);
    add_bytes(bundle, name, content);
  }
  return onr_test_bundle_end(bundle);
}

static void expect_bomb(const char *name, GBytes *bytes, const char *reason) {
  g_autofree char *told =
      onr_test_items_of(name, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
  cr_assert_not_null(strstr(told, reason), "%s", told);
  cr_assert_null(strstr(told, "9.jsonl"), "it ends the file: %s", told);
}

/* Members count together, and what is packed twice is measured by what the file has. */
Test(containers, bombs_end_the_file) {
  g_autoptr(GBytes) lines = make_blank_lines(70u << 20);
  g_autoptr(GBytes) zip = zip_of(lines, 1);
  g_autoptr(GBytes) nested = zip_of(zip, 10);
  expect_bomb("nested.zip", nested, "end: unpacks to more than 1000 times its size");
  g_autoptr(GBytes) gzip = pack(ONR_PACKING_GZIP, lines);
  g_autoptr(GBytes) in_zip = zip_of(gzip, 10);
  expect_bomb("gzip.zip", in_zip, "end: gzip bomb after ");
  g_autoptr(GBytes) part = make_blank_lines(10u << 20); /* less than a file may unpack to unmeasured */
  g_autoptr(GBytes) bzip2 = pack(ONR_PACKING_BZIP2, part);
  g_autoptr(GBytes) many = zip_of(bzip2, 10);
  expect_bomb("many.zip", many, "end: bzip2 bomb after ");
}

/* A hole of 2^40 bytes takes a few hundred in the file. */
Test(containers, an_entry_that_claims_a_huge_size) {
  OnrTestBundle *bundle = onr_test_bundle_new(FALSE);
  onr_test_bundle_add(bundle, "a.txt", "A\n", -1);
  onr_test_bundle_add_hole(bundle, "hole.jsonl", G_GINT64_CONSTANT(1) << 40);
  g_autoptr(GBytes) tar = onr_test_bundle_end(bundle);
  g_autofree char *told =
      onr_test_items_of("hole.tar", g_bytes_get_data(tar, NULL), (gssize)g_bytes_get_size(tar));
  cr_assert_not_null(strstr(told, "a.txt txt"), "%s", told);
  cr_assert_not_null(strstr(told, "hole.jsonl"), "%s", told);
  /* and one whose size is a lie */
  bundle = onr_test_bundle_new(FALSE);
  onr_test_bundle_add(bundle, "a.jsonl", LINES, -1);
  g_autoptr(GByteArray) lie = g_bytes_unref_to_array(onr_test_bundle_end(bundle));
  memcpy(lie->data + 124, "77777777777", 11);
  guint sum = 0;
  memset(lie->data + 148, ' ', 8);
  for (guint i = 0; i < 512; i++)
    sum += lie->data[i];
  g_snprintf((char *)lie->data + 148, 8, "%06o", sum);
  g_autofree char *lied = onr_test_items_of("lie.tar", (const char *)lie->data, lie->len);
  cr_assert_str_eq(lied, "a.jsonl! binary data, which is not read\n"); /* the zeros that end a tar file */
}

/* --- in an archive --- */

Test(containers, members_are_articles_of_their_file) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GBytes) zip = make_day(TRUE);
  g_free(onr_test_write(t->input, "day.zip", g_bytes_get_data(zip, NULL), (gssize)g_bytes_get_size(zip)));
  onr_test_index(t, NULL);
  onr_test_check(t);
  cr_assert_eq(t->report.n_stored, 4); /* a, b, the page, last.txt */
  cr_assert_eq(t->report.n_duplicates, 2);
  cr_assert_eq(t->report.n_skipped, 2);
  g_autoptr(OnrArticle) b = onr_test_load(t, "b");
  cr_assert_str_eq(b->member, "feed.jsonl:2");
  g_autofree char *name = g_build_filename(t->input, "day.zip", NULL);
  const OnrSource *source = onr_record_find_source(onr_archive_record(t->archive), name);
  cr_assert_str_eq(source->format, "zip");
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_files_unchanged, 1);
}
