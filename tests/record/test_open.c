/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening records that are there, are not, are something else, or may not be written. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

ONR_SUITE(open);

static OnrRecord *open_ok(const char *file, OnrOpenMode mode) {
  GError *error = NULL;
  OnrRecord *record = onr_record_open(file, mode, &error);
  require(record != NULL, error);
  return record;
}

static void expect_refused(const char *file, OnrOpenMode mode, OnrErrorCode code, const char *part) {
  GError *error = NULL;
  cr_expect_null(onr_record_open(file, mode, &error));
  require_error(error, code, part);
}

static char *sample_file(const char *dir) {
  onr_record_close(sample_record(dir));
  return g_build_filename(dir, ONR_RECORD_FILE, NULL);
}

Test(open, a_missing_file_is_not_found) {
  char *dir = fixture_begin();
  g_autofree char *file = g_build_filename(dir, "none", "record.sqlite", NULL);
  expect_refused(file, ONR_OPEN_READ, ONR_ERROR_NOT_FOUND, "no record at");
  expect_refused(file, ONR_OPEN_WRITE, ONR_ERROR_NOT_FOUND, "no record at");
  expect_refused(file, ONR_OPEN_CREATE, ONR_ERROR_IO, "unable to open");
  fixture_end(dir);
}

Test(open, what_is_no_database_is_corrupt) {
  char *dir = fixture_begin();
  g_autofree char *noise = g_strnfill(20000, 'x');
  g_autofree char *text = onr_test_write(dir, "text", noise, -1),
                  *empty = onr_test_write(dir, "empty", "", 0);
  for (OnrOpenMode mode = ONR_OPEN_READ; mode <= ONR_OPEN_REINDEX; mode++) {
    expect_refused(text, mode, ONR_ERROR_CORRUPT, "not a database");
    expect_refused(dir, mode, ONR_ERROR_CORRUPT, "is no file");
    expect_refused(empty, mode, ONR_ERROR_CORRUPT, "an empty file");
  }
  fixture_end(dir);
}

Test(open, another_programs_database_is_refused_and_left_alone) {
  char *dir = fixture_begin();
  g_autofree char *file = g_build_filename(dir, "places.sqlite", NULL);
  vandalise(file, "CREATE TABLE bookmark (url TEXT)");
  expect_refused(file, ONR_OPEN_READ, ONR_ERROR_CORRUPT, "no record of Onrecord");
  expect_refused(file, ONR_OPEN_CREATE, ONR_ERROR_CORRUPT, "no record of Onrecord");
  vandalise(file, "INSERT INTO bookmark VALUES ('still here')");
  fixture_end(dir);
}

Test(open, a_newer_or_older_schema_is_unsupported) {
  char *dir = fixture_begin();
  g_autofree char *file = sample_file(dir);
  vandalise(file, "PRAGMA user_version = 99");
  for (OnrOpenMode mode = ONR_OPEN_READ; mode <= ONR_OPEN_CREATE; mode++)
    expect_refused(file, mode, ONR_ERROR_UNSUPPORTED,
                   "schema version 99, this program knows 6: use a newer Onrecord");
  vandalise(file, "PRAGMA user_version = 0");
  expect_refused(file, ONR_OPEN_READ, ONR_ERROR_UNSUPPORTED,
                 "schema version 0, this program knows 6: use an older");
  fixture_end(dir);
}

Test(open, other_terms_ask_for_reindex_which_may_open) {
  char *dir = fixture_begin();
  g_autofree char *file = sample_file(dir);
  vandalise(file, "UPDATE setting SET value = '77' WHERE name = 'term_version'");
  expect_refused(file, ONR_OPEN_READ, ONR_ERROR_UNSUPPORTED, "term version 77");
  expect_refused(file, ONR_OPEN_WRITE, ONR_ERROR_UNSUPPORTED, "run `onrecord reindex`");
  onr_record_close(open_ok(file, ONR_OPEN_REINDEX));
  vandalise(file, "DELETE FROM setting WHERE name = 'term_version'");
  expect_refused(file, ONR_OPEN_READ, ONR_ERROR_UNSUPPORTED, "term version unknown");
  fixture_end(dir);
}

Test(open, a_damaged_file_reports_damage_and_does_not_crash) {
  char *dir = fixture_begin();
  g_autofree char *file = sample_file(dir);
  g_autofree char *bytes = NULL;
  gsize length;
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, NULL), TRUE);
  for (gsize page = 1; page * 8192 < length; page++) {
    g_autofree char *damaged = g_memdup2(bytes, length);
    memset(damaged + page * 8192, 0xa5, 8192);
    g_autofree char *copy = onr_test_write(dir, "damaged.sqlite", damaged, (gssize)length);
    g_autoptr(GError) error = NULL;
    g_autoptr(OnrRecord) record = onr_record_open(copy, ONR_OPEN_READ, &error);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    gboolean is_found = record && onr_record_check(record, findings, &error) && findings->len > 0;
    cr_expect_eq(is_found || g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), TRUE, "page %zu: %s", page,
                 error ? error->message : "nothing found");
  }
  fixture_end(dir);
}

Test(open, a_truncated_file_reports_damage_and_does_not_crash) {
  char *dir = fixture_begin();
  g_autofree char *file = sample_file(dir);
  g_autofree char *bytes = NULL;
  gsize length;
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, NULL), TRUE);
  for (gsize keep = 100; keep + 8192 < length; keep += 13 * 1024) { /* of the last page the end may be empty */
    g_autofree char *copy = onr_test_write(dir, "cut.sqlite", bytes, (gssize)keep);
    g_autoptr(GError) error = NULL;
    g_autoptr(OnrRecord) record = onr_record_open(copy, ONR_OPEN_READ, &error);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    gboolean is_found = record && onr_record_check(record, findings, &error) && findings->len > 0;
    cr_expect_eq(is_found || error, TRUE, "%zu bytes: nothing found", keep);
  }
  fixture_end(dir);
}

/* --- folders that cannot be written --- */

/* Permissions mean nothing to root: it becomes another user for a while. */
static gboolean become_nobody(void) {
  return geteuid() != 0 || seteuid(65534) == 0;
}

static void become_root_again(void) {
  if (getuid() == 0)
    cr_assert_eq(seteuid(0), 0);
  prctl(PR_SET_DUMPABLE, 1); /* which the leak check needs and a change of user takes away */
}

static void seal(const char *dir) {
  cr_assert_eq(chmod(dir, 0555), 0);
}

static void unseal(const char *dir) {
  become_root_again();
  cr_assert_eq(chmod(dir, 0755), 0);
}

Test(open, a_read_only_folder_can_be_read) {
  char *dir = fixture_begin();
  g_autofree char *file = sample_file(dir);
  seal(dir);
  cr_assert_eq(become_nobody(), TRUE);
  OnrRecord *record = open_ok(file, ONR_OPEN_READ);
  cr_expect_gt(onr_record_find_article(record, "a1", NULL), 0);
  g_autofree char *content = dump(record);
  cr_expect_not_null(strstr(content, "article b1"));
  onr_record_close(record);
  g_autofree char *shm = g_strconcat(file, "-shm", NULL);
  cr_expect_eq(g_file_test(shm, G_FILE_TEST_EXISTS), FALSE, "reading left a file");
  GError *error = NULL;
  record = onr_record_open(file, ONR_OPEN_WRITE, &error);
  cr_expect_null(record);
  require_error(error, ONR_ERROR_IO, "readonly");
  unseal(dir);
  fixture_end(dir);
}

Test(open, a_path_with_odd_characters_is_no_address) {
  char *dir = fixture_begin();
  g_autofree char *odd = g_build_filename(dir, "a?mode=x#b%41 é", NULL);
  cr_assert_eq(g_mkdir(odd, 0755), 0);
  g_autofree char *file = sample_file(odd);
  cr_assert_eq(chmod(dir, 0755), 0);
  seal(odd);
  cr_assert_eq(become_nobody(), TRUE);
  OnrRecord *record = open_ok(file, ONR_OPEN_READ);
  cr_expect_gt(onr_record_find_article(record, "a1", NULL), 0);
  onr_record_close(record);
  unseal(odd);
  fixture_end(dir);
}

/* A writer that was killed leaves a WAL with what it committed. */
static char *killed_writer(const char *dir, gboolean with_shm) {
  OnrRecord *record = sample_record(dir);
  g_autofree char *hot = g_build_filename(dir, "hot", NULL);
  cr_assert_eq(g_mkdir(hot, 0755), 0);
  static const char *const endings[] = {"", "-wal", "-shm"};
  for (guint i = 0; i < (with_shm ? 3u : 2u); i++) {
    g_autofree char *from = g_strconcat(dir, "/", ONR_RECORD_FILE, endings[i], NULL);
    g_autofree char *name = g_strconcat(ONR_RECORD_FILE, endings[i], NULL);
    g_autofree char *bytes = NULL;
    gsize length;
    cr_assert_eq(g_file_get_contents(from, &bytes, &length, NULL), TRUE);
    g_free(onr_test_write(hot, name, bytes, (gssize)length));
  }
  onr_record_close(record);
  return g_build_filename(hot, ONR_RECORD_FILE, NULL);
}

Test(open, what_a_killed_writer_committed_is_there) {
  char *dir = fixture_begin();
  g_autofree char *file = killed_writer(dir, FALSE);
  g_autoptr(OnrRecord) record = open_ok(file, ONR_OPEN_READ);
  cr_expect_gt(onr_record_find_article(record, "b1", NULL), 0);
  fixture_end(dir);
}

Test(open, a_killed_writers_read_only_folder_is_read_whole_or_refused) {
  for (int with_shm = 0; with_shm < 2; with_shm++) {
    char *dir = fixture_begin();
    g_autofree char *file = killed_writer(dir, with_shm);
    g_autofree char *hot = g_path_get_dirname(file);
    cr_assert_eq(chmod(dir, 0755), 0);
    seal(hot);
    cr_assert_eq(become_nobody(), TRUE);
    GError *error = NULL;
    OnrRecord *record = onr_record_open(file, ONR_OPEN_READ, &error);
    if (record) {
      cr_expect_gt(onr_record_find_article(record, "b1", NULL), 0, "part of what was committed is missing");
      onr_record_close(record);
    } else {
      require_error(error, ONR_ERROR_IO, "its last writer was cut short");
    }
    unseal(hot);
    fixture_end(dir);
  }
}
