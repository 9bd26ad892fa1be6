/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kills `onrecord index` at random moments (SIGKILL): kill_index ONRECORD [KILLS [SEED]], or $ONR_CRASH_KILLS
   and $ONR_CRASH_SEED. After each kill the archive opens, `check` is clean and every article in it is whole;
   an archive killed a few times over and then indexed to the end exports the same as one that was never
   disturbed. */
#include "generate.h"
#include "snapshot.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_KILLS 6
#define BATCH_BYTES "20000" /* some fifteen articles: dozens of commits to be killed in */
#define MAX_KILLS_OF_ONE 4  /* before an archive is finished and compared */

typedef struct {
  const char *onrecord, *input, *archive;
  GRand *draw;
  gint64 whole_us; /* what an undisturbed run takes */
  Snapshot *whole;
  guint n_committed; /* articles seen in killed archives, all told */
} Trial;

static void index_to_end(const Trial *trial, const char *archive) {
  const char *argv[] = {trial->onrecord, "-a",        archive,      "index", "--quiet",
                        "--batch-bytes", BATCH_BYTES, trial->input, NULL};
  g_autofree char *output = NULL;
  int status = run_program(argv, &output);
  if (status != 0) {
    fprintf(stderr, "index ended with %d: %s\n", status, output);
    exit(1);
  }
}

static pid_t start_index(const Trial *trial) {
  pid_t child = fork();
  if (child == 0) {
    execl(trial->onrecord, trial->onrecord, "-a", trial->archive, "index", "--quiet", "--batch-bytes",
          BATCH_BYTES, trial->input, (char *)NULL);
    _exit(127);
  }
  return child;
}

/* TRUE when the run was still going when it was killed. */
static gboolean kill_once(const Trial *trial, gint64 after_us) {
  pid_t child = start_index(trial);
  g_usleep((gulong)after_us);
  kill(child, SIGKILL);
  int status;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    fprintf(stderr, "index ended by itself with %d\n", WEXITSTATUS(status));
    exit(1);
  }
  return WIFSIGNALED(status);
}

/* Killed before there was an archive, nothing is there to be whole. */
static gboolean has_archive(const Trial *trial) {
  const char *argv[] = {trial->onrecord, "-a", trial->archive, "status", NULL};
  g_autofree char *record = g_build_filename(trial->archive, "record.sqlite", NULL);
  g_autofree char *output = NULL;
  if (!g_file_test(record, G_FILE_TEST_EXISTS))
    return FALSE;
  int status = run_program(argv, &output);
  if (status != 0)
    fprintf(stderr, "status ended with %d: %s\n", status, output);
  return status == 0;
}

static gboolean is_whole(Trial *trial) {
  if (!archive_is_clean(trial->onrecord, trial->archive))
    return FALSE;
  g_autoptr(Snapshot) part = snapshot_take(trial->onrecord, trial->archive);
  trial->n_committed += snapshot_n_articles(part);
  return snapshot_is_part(part, trial->whole);
}

static gboolean ends_as_undisturbed(const Trial *trial) {
  index_to_end(trial, trial->archive);
  if (!archive_is_clean(trial->onrecord, trial->archive))
    return FALSE;
  g_autoptr(Snapshot) end = snapshot_take(trial->onrecord, trial->archive);
  return snapshot_equal(end, trial->whole);
}

static gboolean run_trial(Trial *trial, guint n_kills) {
  guint n_of_this = 0;
  for (guint n = 0; n < n_kills;) {
    gint64 after_us = (gint64)(g_rand_double(trial->draw) * (double)trial->whole_us);
    if (kill_once(trial, after_us)) {
      n++, n_of_this++;
      if (has_archive(trial) && !is_whole(trial)) {
        fprintf(stderr, "kill %u, after %.1f ms: the archive is not whole\n", n, (double)after_us / 1000);
        return FALSE;
      }
    }
    if (n_of_this == MAX_KILLS_OF_ONE || n == n_kills || g_rand_boolean(trial->draw)) {
      if (!ends_as_undisturbed(trial)) {
        fprintf(stderr, "kill %u: indexed to the end, the archive is another than undisturbed\n", n);
        return FALSE;
      }
      remove_tree(trial->archive);
      n_of_this = 0;
    }
  }
  return TRUE;
}

static guint number(int argc, char **argv, int at, const char *variable, guint otherwise) {
  const char *value = at < argc ? argv[at] : g_getenv(variable);
  return value ? (guint)g_ascii_strtoull(value, NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 4) {
    fprintf(stderr, "usage: kill_index ONRECORD [KILLS [SEED]]\n");
    return 2;
  }
  guint n_kills = number(argc, argv, 2, "ONR_CRASH_KILLS", DEFAULT_KILLS);
  guint seed = number(argc, argv, 3, "ONR_CRASH_SEED", g_random_int());
  g_autofree char *dir = g_dir_make_tmp("onrecord-crash-XXXXXX", NULL);
  g_autofree char *input = g_build_filename(dir, "input", NULL);
  g_autofree char *undisturbed = g_build_filename(dir, "undisturbed", NULL);
  g_autofree char *archive = g_build_filename(dir, "archive", NULL);
  g_autoptr(GRand) draw = g_rand_new_with_seed(seed);
  Trial trial = {.onrecord = argv[1], .input = input, .archive = archive, .draw = draw};
  guint n_articles = generate_articles(input);
  gint64 start = g_get_monotonic_time();
  index_to_end(&trial, undisturbed);
  trial.whole_us = g_get_monotonic_time() - start;
  trial.whole = snapshot_take(trial.onrecord, undisturbed);
  printf("%u articles, indexed in %.2f s; %u kills, seed %u\n", n_articles, (double)trial.whole_us / 1e6,
         n_kills, seed);
  fflush(stdout);
  gboolean ok = snapshot_n_articles(trial.whole) == n_articles && run_trial(&trial, n_kills);
  if (ok)
    printf("%u kills: every archive opened clean and whole (%.0f articles in the mean) and ended as "
           "undisturbed\n",
           n_kills, n_kills ? (double)trial.n_committed / n_kills : 0);
  snapshot_free(trial.whole);
  remove_tree(dir);
  return !ok;
}
