/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is committed is carried from the log to the file while the writer has it open. */
#include "fixture.h"

#include <glib/gstdio.h>

ONR_SUITE(checkpoint);

#define LARGE_BYTES (48 << 20)             /* more than the log holds before it is carried */
#define LONG_LOG_BYTES ((gint64)256 << 20) /* which the writer waits for */
#define WAIT_US (60 * G_USEC_PER_SEC)

static gint64 file_bytes(const char *file) {
  GStatBuf info;
  return g_stat(file, &info) == 0 ? info.st_size : -1;
}

/* Its bytes once they are as many as that, or after a minute. */
static gint64 bytes_after_growing(const char *file, gint64 bytes) {
  gint64 until = g_get_monotonic_time() + WAIT_US;
  while (file_bytes(file) < bytes && g_get_monotonic_time() < until)
    g_usleep(10000);
  return file_bytes(file);
}

static void copy_file(const char *from, const char *to) {
  GError *error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  require(g_file_get_contents(from, &bytes, &length, &error) &&
              g_file_set_contents(to, bytes, (gssize)length, &error),
          error);
}

static void set_large(OnrRecord *record, const char *value) {
  GError *error = NULL;
  require(onr_record_begin(record, &error) && onr_record_set_setting(record, "large", value, &error) &&
              onr_record_commit(record, &error),
          error);
}

Test(checkpoint, a_long_log_is_carried_while_the_writer_goes_on) {
  char *dir = fixture_begin();
  GError *error = NULL;
  OnrRecord *record = sample_record(dir);
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL),
                  *log = g_strconcat(file, "-wal", NULL);
  g_autofree char *large = g_strnfill(LARGE_BYTES, 'x'), *larger = g_strnfill(LARGE_BYTES, 'y');
  cr_expect_lt(file_bytes(file), LARGE_BYTES);
  set_large(record, large);
  cr_expect_geq(bytes_after_growing(file, LARGE_BYTES), LARGE_BYTES);
  guint n_tries = 0;
  do { /* once all was carried, the next commit begins the log anew, which cuts it */
    g_usleep(G_USEC_PER_SEC / 4);
    set_large(record, larger);
  } while (file_bytes(log) >= 2 * (gint64)LARGE_BYTES && ++n_tries < 8);
  cr_expect_lt(file_bytes(log), 2 * (gint64)LARGE_BYTES);

  OnrRecord *reader = onr_record_open(file, ONR_OPEN_READ, &error);
  require(reader != NULL, error);
  g_autofree char *read = onr_record_get_setting(reader, "large");
  cr_expect_str_eq(read, larger);
  onr_record_close(reader);
  onr_record_close(record);
  cr_expect_eq(file_bytes(log), -1);
  fixture_end(dir);
}

Test(checkpoint, a_writer_that_is_faster_waits) {
  char *dir = fixture_begin();
  OnrRecord *record = sample_record(dir);
  g_autofree char *log = g_strconcat(onr_record_file(record), "-wal", NULL);
  g_autofree char *large = g_strnfill(LARGE_BYTES, 'x'), *larger = g_strnfill(LARGE_BYTES, 'y');
  for (guint i = 0; i < 10; i++) {
    set_large(record, i % 2 ? large : larger);
    cr_expect_lt(file_bytes(log), LONG_LOG_BYTES + 2 * (gint64)LARGE_BYTES);
  }
  onr_record_close(record);
  fixture_end(dir);
}

Test(checkpoint, what_a_killed_writer_had_committed_is_there) {
  char *dir = fixture_begin();
  GError *error = NULL;
  OnrRecord *record = sample_record(dir);
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  g_autofree char *large = g_strnfill(LARGE_BYTES, 'x');
  set_large(record, large);
  /* As a kill leaves it, in the middle of being carried or behind it: the file and the log as they are now.
   */
  g_autofree char *copy = g_build_filename(dir, "copy.sqlite", NULL), *log = g_strconcat(file, "-wal", NULL),
                  *log_copy = g_strconcat(copy, "-wal", NULL);
  copy_file(log, log_copy);
  copy_file(file, copy);
  OnrRecord *found = onr_record_open(copy, ONR_OPEN_WRITE, &error);
  require(found != NULL, error);
  g_autofree char *read = onr_record_get_setting(found, "large");
  cr_expect_str_eq(read, large);
  onr_record_close(found);
  onr_record_close(record);
  fixture_end(dir);
}
