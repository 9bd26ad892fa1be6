/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indexes onto a disk that is too small: full_disk ONRECORD. The run fails with a message; the archive opens,
   `check` is clean and every article in it is whole; once there is room, `index` ends as if nothing had been.
   The disk is a tmpfs; where none may be mounted the test is skipped (exit status 77). */
#include "generate.h"
#include "snapshot.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#define SKIPPED 77
#define BATCH_BYTES "20000"

static int index_into(const char *onrecord, const char *archive, const char *input, char **output) {
  const char *argv[] = {onrecord,        "-a",        archive, "index", "--quiet",
                        "--batch-bytes", BATCH_BYTES, input,   NULL};
  return run_program(argv, output);
}

static guint64 tree_bytes(const char *path) {
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  guint64 total = 0;
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    GStatBuf found;
    if (g_file_test(child, G_FILE_TEST_IS_DIR))
      total += tree_bytes(child);
    else if (g_stat(child, &found) == 0)
      total += (guint64)found.st_size;
  }
  return total;
}

static gboolean resize(const char *disk, guint64 n_bytes, unsigned long flags) {
  g_autofree char *options = g_strdup_printf("size=%" G_GUINT64_FORMAT, n_bytes);
  return mount("tmpfs", disk, "tmpfs", flags, options) == 0;
}

/* One run on a disk of N_BYTES, then with room. *N_COMMITTED gets the articles that the first run left. */
static gboolean survives(const char *onrecord, const char *disk, const char *input, guint64 n_bytes,
                         const Snapshot *whole, guint *n_committed) {
  g_autofree char *archive = g_build_filename(disk, "archive", NULL);
  g_autofree char *output = NULL;
  int status = index_into(onrecord, archive, input, &output);
  if (status != 2 || !*output) {
    fprintf(stderr, "index on a full disk of %" G_GUINT64_FORMAT " bytes ended with %d: %s\n", n_bytes,
            status, output);
    return FALSE;
  }
  printf("%" G_GUINT64_FORMAT " bytes: %s", n_bytes, output);
  if (!resize(disk, 1 << 30, MS_REMOUNT))
    return FALSE;
  g_autofree char *record = g_build_filename(archive, "record.sqlite", NULL);
  if (g_file_test(record, G_FILE_TEST_EXISTS)) {
    if (!archive_is_clean(onrecord, archive))
      return FALSE;
    g_autoptr(Snapshot) part = snapshot_take(onrecord, archive);
    *n_committed = snapshot_n_articles(part);
    printf("  %u articles were committed\n", *n_committed);
    if (!snapshot_is_part(part, whole))
      return FALSE;
  }
  if (index_into(onrecord, archive, input, NULL) != 0 || !archive_is_clean(onrecord, archive))
    return FALSE;
  g_autoptr(Snapshot) end = snapshot_take(onrecord, archive);
  return snapshot_equal(end, whole);
}

static gboolean run_sizes(const char *onrecord, const char *disk, const char *input,
                          const char *undisturbed) {
  g_autoptr(Snapshot) whole = snapshot_take(onrecord, undisturbed);
  guint64 full = tree_bytes(undisturbed);
  /* of the finished archive: the log beside it needs more while it grows, so that more than all may be too
   * little */
  static const guint percents[] = {8, 60, 120, 160, 200};
  gboolean ok = TRUE;
  guint n_cut_short = 0; /* runs that a full disk ended between batches */
  for (gsize i = 0; ok && i < G_N_ELEMENTS(percents); i++) {
    guint64 n_bytes = full * percents[i] / 100;
    guint n_committed = 0;
    ok = resize(disk, n_bytes, 0) && survives(onrecord, disk, input, n_bytes, whole, &n_committed);
    n_cut_short += n_committed > 0 && n_committed < snapshot_n_articles(whole);
    umount(disk);
  }
  if (ok && n_cut_short == 0)
    fprintf(stderr, "no disk filled after the first batch: choose other sizes\n");
  return ok && n_cut_short > 0;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: full_disk ONRECORD\n");
    return 2;
  }
  g_autofree char *dir = g_dir_make_tmp("onrecord-full-XXXXXX", NULL);
  g_autofree char *disk = g_build_filename(dir, "disk", NULL);
  g_autofree char *input = g_build_filename(dir, "input", NULL);
  g_autofree char *undisturbed = g_build_filename(dir, "undisturbed", NULL);
  g_mkdir(disk, 0777);
  int result = SKIPPED;
  if (!resize(disk, 1 << 20, 0)) {
    printf("skipped: no tmpfs may be mounted here\n");
  } else {
    umount(disk);
    generate_articles(input);
    g_autofree char *output = NULL;
    result = index_into(argv[1], undisturbed, input, &output) != 0 ||
             !run_sizes(argv[1], disk, input, undisturbed);
  }
  remove_tree(dir);
  return result;
}
