/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Indexes and reindexes onto a disk that is too small: full_disk ONRECORD ENGINE [DISKS]:
   each command on so many, of the ten below. The run fails with a
   message that says why; the archive opens, `check` is clean, searches answer and every article in it is
   whole; once there is room, the same command ends as if nothing had been. The disk is a tmpfs; where none
   may be mounted the test is skipped (exit status 77). */
#include "generate.h"
#include "snapshot.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#define SKIPPED 77
#define DEFAULT_DISKS 2
#define BATCH_BYTES "20000"

/* A command, and what it makes where there is room. */
typedef struct {
  const char *onrecord, *name;
  const char *const *argv; /* its archive is ARCHIVE */
  const char *archive;
  const char *start; /* an archive to begin with, or NULL */
  Snapshot *before, *whole;
  char *answers;
  guint64 start_bytes, whole_bytes;
  guint n_failed, n_cut_short; /* runs; of these, such as ended between batches */
} Job;

static gboolean resize(const char *disk, guint64 n_bytes, unsigned long flags) {
  g_autofree char *options = g_strdup_printf("size=%" G_GUINT64_FORMAT, n_bytes);
  return mount("tmpfs", disk, "tmpfs", flags, options) == 0;
}

/* Clear enough to act upon. */
static gboolean says_why(const char *output) {
  return strstr(output, "No space left on device") || strstr(output, "full");
}

static gboolean is_as_left(Job *job) {
  g_autofree char *record = g_build_filename(job->archive, "record.sqlite", NULL);
  if (!g_file_test(record, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autoptr(Snapshot) part = snapshot_take(job->onrecord, job->archive);
  g_autofree char *answers = archive_answers(job->onrecord, job->archive, part);
  guint n = snapshot_n_articles(part);
  printf("  %u articles are there\n", n);
  job->n_cut_short += n > 0 && n < snapshot_n_articles(job->whole);
  return answers && archive_is_clean(job->onrecord, job->archive) &&
         snapshot_is_part(part, job->whole, job->before);
}

static gboolean ends_as_undisturbed(const Job *job) {
  g_autofree char *output = NULL;
  int status = run_program(job->argv, &output);
  if (status != 0) {
    fprintf(stderr, "with room, %s ended with %d: %s\n", job->name, status, output);
    return FALSE;
  }
  g_autoptr(Snapshot) end = snapshot_take(job->onrecord, job->archive);
  g_autofree char *answers = archive_answers(job->onrecord, job->archive, end);
  return archive_is_clean(job->onrecord, job->archive) && snapshot_equal(end, job->whole) &&
         g_strcmp0(answers, job->answers) == 0 && archive_is_tidy(job->archive);
}

/* One run on a disk of N_BYTES, then with room. Readers come while the disk is full, and after. */
static gboolean survives(Job *job, const char *disk, guint64 n_bytes) {
  g_autofree char *output = NULL;
  int status = run_program(job->argv, &output);
  printf("%s, %" G_GUINT64_FORMAT " bytes: %s", job->name, n_bytes, status ? output : "fits\n");
  if (status == 0)
    return resize(disk, 1 << 30, MS_REMOUNT) && ends_as_undisturbed(job);
  job->n_failed++;
  if (status != 2 || !says_why(output)) {
    fprintf(stderr, "ended with %d: %s\n", status, output);
    return FALSE;
  }
  return is_as_left(job) && resize(disk, 1 << 30, MS_REMOUNT) && is_as_left(job) && ends_as_undisturbed(job);
}

/* Without disturbance, to compare with. */
static gboolean job_init(Job *job) {
  g_autofree char *output = NULL;
  if (job->start)
    copy_tree(job->start, job->archive);
  int status = run_program(job->argv, &output);
  if (status != 0) {
    fprintf(stderr, "%s ended with %d: %s\n", job->name, status, output);
    return FALSE;
  }
  job->whole = snapshot_take(job->onrecord, job->archive);
  job->answers = archive_answers(job->onrecord, job->archive, job->whole);
  job->whole_bytes = tree_bytes(job->archive);
  if (job->start) {
    job->before = snapshot_take(job->onrecord, job->start);
    job->start_bytes = tree_bytes(job->start);
  }
  return job->answers != NULL;
}

static void job_clear(Job *job) {
  snapshot_free(job->before);
  snapshot_free(job->whole);
  g_free(job->answers);
}

/* Beside what is there at the beginning, of what is there at the end: logs and parts that are merged need
   more while they last, so that more than all may be too little. */
static const guint percents[] = {40, 150, 8, 90, 3, 20, 60, 120, 180, 220};

/* KEEP, not NULL, gets the archive that is made with room. */
static gboolean run_job(Job *job, const char *disk, guint n_disks, const char *keep) {
  gboolean ok = resize(disk, 1 << 30, 0) && job_init(job);
  if (ok && keep)
    copy_tree(job->archive, keep);
  umount(disk);
  for (gsize i = 0; ok && i < n_disks; i++) {
    guint64 n_bytes = job->start_bytes + job->whole_bytes * percents[i] / 100;
    ok = resize(disk, n_bytes, 0);
    if (ok && job->start)
      copy_tree(job->start, job->archive);
    ok = ok && survives(job, disk, n_bytes);
    umount(disk);
  }
  if (ok)
    printf("%s: %u of %u disks were too small; every archive answered, clean and whole, and ended as "
           "undisturbed\n",
           job->name, job->n_failed, n_disks);
  fflush(stdout);
  return ok && job->n_failed > 0;
}

static gboolean run_all(const char *onrecord, const char *engine, const char *dir, const char *disk,
                        guint n_disks) {
  g_autofree char *input = g_build_filename(dir, "input", NULL),
                  *start = g_build_filename(dir, "start", NULL);
  g_autofree char *archive = g_build_filename(disk, "archive", NULL);
  char *names[] = {g_strdup_printf("%s, index", engine), g_strdup_printf("%s, changes", engine),
                   g_strdup_printf("reindex %s to xapian", engine),
                   g_strdup_printf("reindex %s to fts5", engine)};
  const char *index[] = {onrecord,        "-a",        archive, "index", "--engine", engine, "--quiet",
                         "--batch-bytes", BATCH_BYTES, input,   NULL};
  const char *to_xapian[] = {onrecord, "-a", archive, "reindex", "--engine", "xapian", "--quiet", NULL};
  const char *to_fts5[] = {onrecord, "-a", archive, "reindex", "--engine", "fts5", "--quiet", NULL};
  Job jobs[] = {
      {.onrecord = onrecord, .name = names[0], .argv = index, .archive = archive},
      {.onrecord = onrecord, .name = names[1], .argv = index, .archive = archive, .start = start},
      {.onrecord = onrecord, .name = names[2], .argv = to_xapian, .archive = archive, .start = start},
      {.onrecord = onrecord, .name = names[3], .argv = to_fts5, .archive = archive, .start = start}};
  gboolean ok = TRUE;
  generate_articles(input);
  for (guint i = 0; ok && i < G_N_ELEMENTS(jobs); i++) {
    if (i == 1)
      change_articles(input);
    ok = run_job(&jobs[i], disk, n_disks, i == 0 ? start : NULL);
    job_clear(&jobs[i]);
  }
  if (ok && jobs[0].n_cut_short == 0)
    fprintf(stderr, "no disk filled after the first batch: choose other sizes\n");
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    g_free(names[i]);
  return ok && jobs[0].n_cut_short > 0;
}

int main(int argc, char **argv) {
  if (argc < 3 || argc > 4) {
    fprintf(stderr, "usage: full_disk ONRECORD ENGINE [DISKS]\n");
    return 2;
  }
  guint n_disks = argc > 3 ? (guint)g_ascii_strtoull(argv[3], NULL, 10) : DEFAULT_DISKS;
  g_autofree char *dir = g_dir_make_tmp("onrecord-full-XXXXXX", NULL);
  g_autofree char *disk = g_build_filename(dir, "disk", NULL);
  g_mkdir(disk, 0777);
  int result = SKIPPED;
  if (!resize(disk, 1 << 20, 0)) {
    printf("skipped: no tmpfs may be mounted here\n");
  } else {
    umount(disk);
    result = !run_all(argv[1], argv[2], dir, disk, CLAMP(n_disks, 1, G_N_ELEMENTS(percents)));
  }
  remove_tree(dir);
  return result;
}
