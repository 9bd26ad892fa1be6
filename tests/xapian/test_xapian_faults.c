/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wrong paths, locks, damage, and a reader that has been overtaken. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

ONR_SUITE(xapian_faults);

static void expect_no_open(const char *path, OnrErrorCode code, const char *part) {
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  cr_assert_eq(onr_xap_database_add(db, path, &error), FALSE);
  fixture_expect(&error, code, part);
  cr_assert_eq(onr_xap_database_n_parts(db), 0);
}

Test(xapian_faults, nothing_there) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  expect_no_open(fixture->one, ONR_ERROR_NOT_FOUND, fixture->one);
  expect_no_open(fixture->dir, ONR_ERROR_NOT_FOUND, fixture->dir);
  cr_assert_eq(onr_xap_check(fixture->one, findings, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  g_autofree char *deep = g_build_filename(fixture->one, "deeper", NULL);
  cr_assert_null(onr_xap_writer_open(deep, ONR_XAP_CREATE, &error));
  fixture_expect(&error, ONR_ERROR_IO, "No such file or directory");
}

Test(xapian_faults, a_file_that_is_no_database) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autofree char *path = onr_test_write(fixture->dir, "file", "no database\nat all\n", -1);
  expect_no_open(path, ONR_ERROR_IO, path);
  cr_assert_null(onr_xap_writer_open(path, ONR_XAP_OPEN, &error));
  fixture_expect(&error, ONR_ERROR_IO, path);
  g_autofree char *below = g_build_filename(path, "below", NULL);
  cr_assert_null(onr_xap_writer_open(below, ONR_XAP_CREATE, &error));
  fixture_expect(&error, ONR_ERROR_IO, "Not a directory");
}

Test(xapian_faults, a_path_of_any_bytes_makes_a_line_of_utf8) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autofree char *path = g_build_filename(fixture->dir, "new\nline \xff", NULL);
  expect_no_open(path, ONR_ERROR_NOT_FOUND, "new line");
}

Test(xapian_faults, one_writer_at_a_time) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  OnrXapWriter *first = fixture_writer(fixture->one, ONR_XAP_CREATE);
  for (guint mode = ONR_XAP_OPEN; mode <= ONR_XAP_CREATE; mode++) {
    cr_assert_null(onr_xap_writer_open(fixture->one, (OnrXapWriteMode)mode, &error));
    fixture_expect(&error, ONR_ERROR_BUSY, fixture->one);
  }
  onr_xap_writer_free(first);
  onr_xap_writer_free(fixture_writer(fixture->one, ONR_XAP_OPEN));
}

static void rewrite(OnrXapWriter *writer, guint n, const char *word) {
  for (guint i = 1; i <= n; i++) {
    g_autofree char *words = g_strdup_printf("%s %s%u common word%u", word, word, i, i % 50);
    fixture_put(writer, i, words, word);
  }
  fixture_commit(writer);
}

/* After one commit the old revision is still whole; from the second on its blocks are written over. */
Test(xapian_faults, a_reader_that_is_overtaken_is_busy_until_it_reopens) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  rewrite(writer, 500, "first");
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  rewrite(writer, 500, "second");
  fixture_finds(db, fixture_term("first77"), ONR_XAP_BY_DOCID, "77");
  rewrite(writer, 500, "third");
  rewrite(writer, 500, "fourth");
  g_autoptr(OnrXapDatabase) second = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapQuery) query = fixture_term("common");
  g_auto(OnrXapMatches) matches = {0};
  g_autoptr(GString) data = g_string_new(NULL);
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_WEIGHT_THEN_VALUE);
  fixture_search(second, query, &spec, &matches);
  cr_assert_eq(onr_xap_database_search(db, query, &spec, &matches, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_BUSY, fixture->one);
  cr_assert_null(matches.items, "an error leaves no matches of a search before");
  cr_assert_eq(onr_xap_database_data(db, 77, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_BUSY, fixture->one);
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  fixture_finds(db, fixture_term("fourth77"), ONR_XAP_BY_DOCID, "77");
  fixture_finds(db, fixture_term("first77"), ONR_XAP_BY_DOCID, "");
}

static void damage(const char *path, const char *name, long offset, const char *bytes, gsize n) {
  g_autofree char *file = g_build_filename(path, name, NULL);
  FILE *stream = fopen(file, "r+b");
  cr_assert_not_null(stream, "%s", file);
  fseek(stream, offset, SEEK_SET);
  fwrite(bytes, 1, n, stream);
  fclose(stream);
}

/* The first blocks of a table but its root, which is read when the database is opened. */
static void damage_table(const char *path, const char *name) {
  char block[8192];
  memset(block, 0x5a, sizeof block);
  for (long i = 0; i < 6; i++)
    if (i != 2)
      damage(path, name, i * 8192, block, sizeof block);
}

static void build_long(const char *path) {
  g_autoptr(OnrXapWriter) writer = fixture_writer(path, ONR_XAP_CREATE);
  rewrite(writer, 2000, "word");
}

Test(xapian_faults, another_version) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_long(fixture->one);
  damage(fixture->one, "iamglass", 14, "\x01\x01", 2); /* behind the magic words */
  expect_no_open(fixture->one, ONR_ERROR_UNSUPPORTED, fixture->one);
}

Test(xapian_faults, a_damaged_head) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_long(fixture->one);
  damage(fixture->one, "iamglass", 32, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  expect_no_open(fixture->one, ONR_ERROR_CORRUPT, fixture->one);
}

static guint check(const char *path) {
  GError *error = NULL;
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  onr_xap_check(path, findings, &error);
  fixture_no_error(error);
  for (guint i = 0; i < findings->len; i++) {
    const char *finding = findings->pdata[i];
    cr_assert_eq(*finding && !strchr(finding, '\n'), TRUE, "%s", finding);
    cr_assert_eq(g_utf8_validate(finding, -1, NULL), TRUE);
  }
  return findings->len;
}

Test(xapian_faults, damage_is_found_by_reading_and_by_check) {
  static const char *const tables[] = {"postlist.glass", "docdata.glass", "termlist.glass", "position.glass"};
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
    g_autoptr(Fixture) fixture = fixture_new();
    build_long(fixture->one);
    cr_assert_eq(check(fixture->one), 0);
    damage_table(fixture->one, tables[i]);
    cr_assert_gt(check(fixture->one), 0, "%s", tables[i]);
  }
}

Test(xapian_faults, damage_met_by_a_reader) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  build_long(fixture->one);
  damage_table(fixture->one, "postlist.glass");
  damage_table(fixture->one, "docdata.glass");
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapQuery) query = fixture_term("common");
  g_auto(OnrXapMatches) matches = {0};
  g_autoptr(GString) data = g_string_new(NULL);
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_WEIGHT_THEN_VALUE);
  cr_assert_eq(onr_xap_database_search(db, query, &spec, &matches, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_CORRUPT, fixture->one);
  cr_assert_eq(onr_xap_database_data(db, 500, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_CORRUPT, fixture->one);
}

static guint check_without(const char *name) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_long(fixture->one);
  g_autofree char *file = g_build_filename(fixture->one, name, NULL);
  cr_assert_eq(g_unlink(file), 0);
  return check(fixture->one);
}

/* Xapian takes the other tables for such as nothing has been written to yet: it finds no positions, say, and
 * no fault. */
Test(xapian_faults, a_missing_file_is_a_finding_where_xapian_needs_it) {
  cr_assert_gt(check_without("postlist.glass"), 0);
  cr_assert_gt(check_without("iamglass"), 0);
  cr_assert_eq(check_without("docdata.glass"), 0);
  cr_assert_eq(check_without("termlist.glass"), 0);
  cr_assert_eq(check_without("position.glass"), 0);
}

/* As where nobody may write: Xapian's check opens tables for writing, though it writes nothing. */
Test(xapian_faults, what_check_may_not_open_is_no_finding) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  build_long(fixture->one);
  g_autofree char *file = g_build_filename(fixture->one, "postlist.glass", NULL);
  cr_assert_eq(g_unlink(file), 0);
  cr_assert_eq(g_mkdir(file, 0777), 0);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  cr_assert_eq(onr_xap_check(fixture->one, findings, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_IO, "one\": Couldn't open");
  cr_assert_eq(findings->len, 0);
}

/* Not by g_file_set_contents, which waits for the disk. */
static void overwrite(const char *file, const char *bytes, gsize n) {
  FILE *stream = fopen(file, "wb");
  cr_assert_eq(fwrite(bytes, 1, n, stream), n);
  fclose(stream);
}

/* The number of findings with three bytes of the file damaged, which is whole again then. */
static guint check_with_damage(const char *path, const char *name, GRand *random) {
  g_autofree char *file = g_build_filename(path, name, NULL);
  g_autofree char *bytes = NULL;
  gsize n;
  cr_assert_eq(g_file_get_contents(file, &bytes, &n, NULL), TRUE);
  g_autofree char *damaged = g_memdup2(bytes, n);
  for (guint i = 0; i < 3; i++)
    damaged[g_rand_int_range(random, 0, (gint32)n)] = (char)g_rand_int_range(random, -128, 128);
  overwrite(file, damaged, n);
  const guint n_findings = check(path);
  overwrite(file, bytes, n);
  return n_findings;
}

/* libxapian 1.4.22 itself crashes on some of these; the check goes on and says so. */
Test(xapian_faults, check_survives_any_damage) {
  static const char *const files[] = {"postlist.glass", "docdata.glass", "termlist.glass", "iamglass"};
  g_autoptr(Fixture) fixture = fixture_new();
  build_long(fixture->one);
  g_autoptr(GRand) random = g_rand_new_with_seed(3);
  guint n_found = 0;
  for (guint round = 0; round < 40; round++)
    n_found += check_with_damage(fixture->one, files[round % G_N_ELEMENTS(files)], random) > 0;
  cr_assert_gt(n_found, 15u);
  cr_assert_eq(check(fixture->one), 0);
}
