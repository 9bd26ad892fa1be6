/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Kills `onrecord index` and `onrecord reindex` at random moments (SIGKILL): kill_index ONRECORD ENGINE
   [KILLS [SEED]], or $ONR_CRASH_KILLS and $ONR_CRASH_SEED; KILLS for indexing and as many for reindexing.
   After each kill, before anybody writes again, searches answer with what is in the archive, `check` is clean
   and every article in it is whole; an archive killed a few times over and then written to the end exports
   and answers the same as one that was never disturbed, and no file is left that it does not name. */
#include "generate.h"
#include "snapshot.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEFAULT_KILLS 4
#define BATCH_BYTES                                                                                          \
  "20000" /* some six articles: dozens of commits to be killed in, and merges of what they leave */
#define MAX_KILLS_OF_ONE 4 /* before an archive is finished and compared */

/* What is killed: a command on an archive that is as START was; from nothing where that is NULL. */
typedef struct {
  const char *name;
  const char *start;
  const char *const *argv; /* NULL-terminated; its archive is the trial's */
  Snapshot *before;        /* of START, or NULL */
  Snapshot *whole;         /* of the archive that was not disturbed */
  char *answers;           /* of that too */
  gint64 run_us;           /* what it took */
} Stage;

typedef struct {
  const char *onrecord, *engine;
  char *dir, *input, *archive;
  char *kept[2]; /* archives that stages begin with */
  GRand *draw;
  guint n_kills; /* of indexing, and of reindexing */
} Trial;

static void run_to_end(const Stage *stage) {
  g_autofree char *output = NULL;
  int status = run_program(stage->argv, &output);
  if (status != 0) {
    fprintf(stderr, "%s ended with %d: %s\n", stage->name, status, output);
    exit(1);
  }
}

static void begin_archive(const Trial *trial, const Stage *stage) {
  remove_tree(trial->archive);
  if (stage->start)
    copy_tree(stage->start, trial->archive);
}

/* Runs it undisturbed, and leaves the archive. */
static gboolean stage_init(Stage *stage, const Trial *trial) {
  begin_archive(trial, stage);
  gint64 start = g_get_monotonic_time();
  run_to_end(stage);
  stage->run_us = g_get_monotonic_time() - start;
  stage->whole = snapshot_take(trial->onrecord, trial->archive);
  stage->answers = archive_answers(trial->onrecord, trial->archive, stage->whole);
  stage->before = stage->start ? snapshot_take(trial->onrecord, stage->start) : NULL;
  return stage->answers && archive_is_clean(trial->onrecord, trial->archive) &&
         archive_is_tidy(trial->archive);
}

static void stage_clear(Stage *stage) {
  snapshot_free(stage->whole);
  snapshot_free(stage->before);
  g_free(stage->answers);
}

/* TRUE when the run was still going when it was killed. */
static gboolean kill_once(const Stage *stage, gint64 after_us) {
  pid_t child = fork();
  if (child == 0) {
    execv(stage->argv[0], (char *const *)stage->argv);
    _exit(127);
  }
  g_usleep((gulong)after_us);
  kill(child, SIGKILL);
  int status;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
    fprintf(stderr, "%s ended by itself with %d\n", stage->name, WEXITSTATUS(status));
    exit(1);
  }
  return WIFSIGNALED(status);
}

/* Killed before there was an archive, nothing is there to be whole. */
static gboolean has_archive(const Trial *trial) {
  g_autofree char *record = g_build_filename(trial->archive, "record.sqlite", NULL);
  return g_file_test(record, G_FILE_TEST_EXISTS);
}

/* Readers only. *N gets how many articles there are. */
static gboolean is_whole(const Trial *trial, const Stage *stage, guint *n) {
  g_autoptr(Snapshot) part = snapshot_take(trial->onrecord, trial->archive);
  g_autofree char *answers = archive_answers(trial->onrecord, trial->archive, part);
  *n += snapshot_n_articles(part);
  return answers && archive_is_clean(trial->onrecord, trial->archive) &&
         snapshot_is_part(part, stage->whole, stage->before);
}

static gboolean is_same_answer(const char *is, const char *wanted) {
  if (is && g_str_equal(is, wanted))
    return TRUE;
  fprintf(stderr, "searches answer otherwise\n");
  return FALSE;
}

static gboolean ends_as_undisturbed(const Trial *trial, const Stage *stage) {
  run_to_end(stage);
  g_autoptr(Snapshot) end = snapshot_take(trial->onrecord, trial->archive);
  g_autofree char *answers = archive_answers(trial->onrecord, trial->archive, end);
  return archive_is_clean(trial->onrecord, trial->archive) && snapshot_equal(end, stage->whole) &&
         is_same_answer(answers, stage->answers) && archive_is_tidy(trial->archive);
}

static gboolean kill_stage(const Trial *trial, const Stage *stage, guint n_kills) {
  guint n_of_this = 0, n_articles = 0;
  begin_archive(trial, stage);
  for (guint n = 0; n < n_kills;) {
    gint64 after_us = (gint64)(g_rand_double(trial->draw) * (double)stage->run_us);
    gboolean is_killed = kill_once(stage, after_us);
    if (is_killed) {
      n++, n_of_this++;
      if (has_archive(trial) && !is_whole(trial, stage, &n_articles)) {
        fprintf(stderr, "%s, kill %u, after %.1f ms: the archive is not whole\n", stage->name, n,
                (double)after_us / 1000);
        return FALSE;
      }
    }
    /* What ended by itself, as some do that were killed before, is ended: there is nothing more to kill. */
    if (!is_killed || n_of_this == MAX_KILLS_OF_ONE || n == n_kills || g_rand_boolean(trial->draw)) {
      if (!ends_as_undisturbed(trial, stage)) {
        fprintf(stderr, "%s, kill %u: run to the end, the archive is another than undisturbed\n", stage->name,
                n);
        return FALSE;
      }
      begin_archive(trial, stage);
      n_of_this = 0;
    }
  }
  printf("%s: %u kills in runs of %.2f s: every archive answered, clean and whole (%.0f of %u articles in "
         "the mean), "
         "and ended as undisturbed\n",
         stage->name, n_kills, (double)stage->run_us / 1e6, n_kills ? (double)n_articles / n_kills : 0,
         snapshot_n_articles(stage->whole));
  fflush(stdout);
  return TRUE;
}

/* A stage from its beginning to its end; the archive that it leaves undisturbed is kept at KEEP, where that
 * is not NULL. */
static gboolean run_stage(const Trial *trial, Stage *stage, guint n_kills, const char *keep) {
  gboolean is_done = stage_init(stage, trial);
  if (is_done && keep)
    copy_tree(trial->archive, keep);
  is_done = is_done && kill_stage(trial, stage, n_kills);
  stage_clear(stage);
  return is_done;
}

/* Of N, the share of part I of PARTS. */
static guint share(guint n, guint i, guint parts) {
  return n * (i + 1) / parts - n * i / parts;
}

/* Articles come; many of them change, so that they are taken out of the index and come again; few do, so that
   little is merged into much. Leaves the last archive in kept[1]. */
static gboolean kill_indexing(Trial *trial) {
  const char *argv[] = {
      trial->onrecord, "-a",        trial->archive, "index", "--engine", trial->engine, "--quiet",
      "--batch-bytes", BATCH_BYTES, trial->input,   NULL};
  char *names[] = {g_strdup_printf("%s, index", trial->engine),
                   g_strdup_printf("%s, many changes", trial->engine),
                   g_strdup_printf("%s, few changes", trial->engine)};
  Stage stages[] = {{.name = names[0], .argv = argv},
                    {.name = names[1], .argv = argv, .start = trial->kept[0]},
                    {.name = names[2], .argv = argv, .start = trial->kept[1]}};
  gboolean is_done = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(stages); i++) {
    if (i == 0)
      generate_articles(trial->input);
    else if (i == 1)
      change_articles(trial->input);
    else
      touch_articles(trial->input);
    is_done = is_done && run_stage(trial, &stages[i], share(trial->n_kills, i, G_N_ELEMENTS(stages)),
                                   i < 2 ? trial->kept[i] : NULL);
    g_free(names[i]);
  }
  return is_done;
}

/* What was indexed last, from ENGINE to each. */
static gboolean kill_reindexing(Trial *trial) {
  static const char *const engines[] = {"fts5", "xapian"};
  gboolean is_done = TRUE;
  for (guint i = 0; is_done && i < G_N_ELEMENTS(engines); i++) {
    const char *argv[] = {trial->onrecord, "-a",       trial->archive, "reindex",
                          "--engine",      engines[i], "--quiet",      NULL};
    g_autofree char *name = g_strdup_printf("reindex %s to %s", trial->engine, engines[i]);
    Stage stage = {.name = name, .argv = argv, .start = trial->kept[1]};
    is_done = run_stage(trial, &stage, share(trial->n_kills, i, G_N_ELEMENTS(engines)), NULL);
  }
  return is_done;
}

static guint number(int argc, char **argv, int at, const char *variable, guint otherwise) {
  const char *value = at < argc ? argv[at] : g_getenv(variable);
  return value ? (guint)g_ascii_strtoull(value, NULL, 10) : otherwise;
}

/* A killed process leaves to the system what it has written, on whatever disk: the one in memory is the
 * quickest. */
static char *make_dir(void) {
  if (!g_getenv("TMPDIR") && access("/dev/shm", W_OK) == 0)
    g_setenv("TMPDIR", "/dev/shm", TRUE);
  return g_dir_make_tmp("onrecord-crash-XXXXXX", NULL);
}

int main(int argc, char **argv) {
  if (argc < 3 || argc > 5) {
    fprintf(stderr, "usage: kill_index ONRECORD ENGINE [KILLS [SEED]]\n");
    return 2;
  }
  guint seed = number(argc, argv, 4, "ONR_CRASH_SEED", g_random_int());
  Trial trial = {.onrecord = argv[1],
                 .engine = argv[2],
                 .dir = make_dir(),
                 .draw = g_rand_new_with_seed(seed),
                 .n_kills = number(argc, argv, 3, "ONR_CRASH_KILLS", DEFAULT_KILLS)};
  trial.input = g_build_filename(trial.dir, "input", NULL);
  trial.archive = g_build_filename(trial.dir, "archive", NULL);
  trial.kept[0] = g_build_filename(trial.dir, "first", NULL);
  trial.kept[1] = g_build_filename(trial.dir, "second", NULL);
  printf("%s: %u kills of indexing and %u of reindexing, seed %u\n", trial.engine, trial.n_kills,
         trial.n_kills, seed);
  fflush(stdout);
  gboolean is_done = kill_indexing(&trial) && kill_reindexing(&trial);
  remove_tree(trial.dir);
  char *owned[] = {trial.dir, trial.input, trial.archive, trial.kept[0], trial.kept[1]};
  for (guint i = 0; i < G_N_ELEMENTS(owned); i++)
    g_free(owned[i]);
  g_rand_free(trial.draw);
  return !is_done;
}
