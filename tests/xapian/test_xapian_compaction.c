/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several databases written into one, and what is kept of them. */
#include "fixture.h"

#include <glib/gstdio.h>

ONR_SUITE(xapian_compaction);

static void compact(const char *to, const char *const *paths, guint n) {
  GError *error = NULL;
  onr_xap_compact(paths, n, to, &error);
  fixture_no_error(error);
}

static void put_metadata(const char *path, const char *key, const char *value) {
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(path, ONR_XAP_OPEN);
  onr_xap_writer_set_metadata(writer, key, value, 1, &error);
  fixture_no_error(error);
  fixture_commit(writer);
}

static void expect_metadata(OnrXapDatabase *db, const char *key, const char *expected) {
  GError *error = NULL;
  g_autoptr(GString) value = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_metadata(db, key, value, &error), TRUE);
  cr_assert_str_eq(value->str, expected);
}

/* Numbers with holes, in the wrong order of paths, an empty database among them. */
Test(xapian_compaction, everything_is_kept) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 10, 3,
                (const char *[]){"the war|wars the end", "1914", "", "", "end", "", NULL});
  fixture_build(fixture->two, 2, 2, (const char *[]){"the peace", "1918", "the war", "", NULL});
  fixture_build(fixture->three, 1, 1, (const char *[]){NULL});
  put_metadata(fixture->one, "key", "b");
  put_metadata(fixture->two, "key", "a");
  put_metadata(fixture->one, "same", "s");
  put_metadata(fixture->two, "same", "s");
  put_metadata(fixture->two, "other", "o");
  put_metadata(fixture->three, "empty", "e");
  g_autofree char *to = g_build_filename(fixture->dir, "to", NULL);
  compact(to, (const char *[]){fixture->one, fixture->three, fixture->two}, 3);
  g_autoptr(OnrXapDatabase) db = fixture_open(to, NULL);
  g_autofree char *printed = fixture_print(db);
  cr_assert_str_eq(printed, "5 documents of 10, last 16\n"
                            "2 [the peace] =1918 2: peace:1@2 the:1@1\n"
                            "4 [the war] = 2: the:1@1 war:1@2\n"
                            "10 [the war|wars the end] =1914 5: end:1@4 the:2@1,3 war:1@2 wars:1@2\n"
                            "13 [] = 0:\n"
                            "16 [end] = 1: end:1@1\n"
                            "end in 2, 2 times\n"
                            "peace in 1, 1 times\n"
                            "the in 3, 4 times\n"
                            "war in 2, 2 times\n"
                            "wars in 1, 1 times\n");
  fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "the war", 2), ONR_XAP_BY_VALUE, "4 10");
  expect_metadata(db, "key", "a\tb");
  expect_metadata(db, "same", "s");
  expect_metadata(db, "other", "o");
  expect_metadata(db, "empty", "e");
}

static void fill(const char *path, guint first, guint n) {
  g_autoptr(OnrXapWriter) writer = fixture_writer(path, ONR_XAP_CREATE);
  for (guint i = first; i < first + n; i++) {
    g_autofree char *words = g_strdup_printf("all number%u of%u", i, i % 7);
    g_autofree char *value = g_strdup_printf("%u", i % 11);
    fixture_put(writer, i, words, value);
  }
  fixture_commit(writer);
}

/* Then it is written to as if it had always been one. */
Test(xapian_compaction, what_is_compact_takes_updates) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fill(fixture->one, 1, 1000);
  fill(fixture->two, 1001, 1000);
  compact(fixture->three, (const char *[]){fixture->one, fixture->two}, 2);
  OnrXapWriter *writer = fixture_writer(fixture->three, ONR_XAP_OPEN);
  for (guint i = 1; i <= 2000; i += 3)
    fixture_put(writer, i, "changed number all", "x");
  for (guint i = 2; i <= 2000; i += 3)
    cr_assert_eq(onr_xap_writer_remove(writer, i, &error), TRUE);
  fixture_commit(writer);
  onr_xap_writer_free(writer);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  cr_assert_eq(onr_xap_check(fixture->three, findings, &error), TRUE);
  cr_assert_eq(findings->len, 0);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->three, NULL);
  fixture_finds(db, fixture_term("number1500"), ONR_XAP_BY_DOCID, "1500");
  fixture_finds(db, fixture_term("number1501"), ONR_XAP_BY_DOCID, "");
  OnrXapCounts counts = {0};
  cr_assert_eq(onr_xap_database_count(db, &counts, &error), TRUE);
  cr_assert_eq(counts.n_documents, 1333);
}

Test(xapian_compaction, empty_ones_alone) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){NULL});
  compact(fixture->three, (const char *[]){fixture->one, fixture->two}, 2);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->three, NULL);
  g_autofree char *printed = fixture_print(db);
  cr_assert_str_eq(printed, "0 documents of 0, last 0\n");
}

/* A number that was in use once is not in the way of another's. */
Test(xapian_compaction, numbers_are_those_in_use) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", "b", "", "c", "", NULL});
  fixture_build(fixture->two, 2, 1, (const char *[]){"x", "", NULL});
  OnrXapWriter *writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  onr_xap_writer_remove(writer, 2, &error);
  onr_xap_writer_remove(writer, 3, &error);
  fixture_commit(writer);
  onr_xap_writer_free(writer);
  compact(fixture->three, (const char *[]){fixture->one, fixture->two}, 2);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->three, NULL);
  g_autofree char *docids = fixture_docids(db);
  cr_assert_str_eq(docids, "1 2");
}

Test(xapian_compaction, what_is_refused) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 2, (const char *[]){"a", "", "c", "", NULL});
  fixture_build(fixture->two, 2, 2, (const char *[]){"b", "", "d", "", NULL});
  const char *paths[] = {fixture->one, fixture->two};
  g_autofree char *missing = g_build_filename(fixture->dir, "missing", NULL);
  cr_assert_eq(onr_xap_compact(paths, 2, fixture->three, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "disjoint");
  cr_assert_eq(onr_xap_compact(paths, 1, fixture->two, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "something already");
  cr_assert_eq(onr_xap_compact(paths, 0, fixture->three, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "nothing to compact");
  cr_assert_eq(onr_xap_compact((const char *[]){missing}, 1, fixture->three, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, missing);
  cr_assert_eq(g_file_test(fixture->three, G_FILE_TEST_EXISTS), FALSE);
}

/* A writer may have the database; what it has not committed is not there. */
Test(xapian_compaction, beside_a_writer) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", NULL});
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  fixture_put(writer, 2, "b", NULL);
  compact(fixture->two, (const char *[]){fixture->one}, 1);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->two, NULL);
  g_autofree char *docids = fixture_docids(db);
  cr_assert_str_eq(docids, "1");
}
