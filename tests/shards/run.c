/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memfd_create, setns */
#include "run.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define POLL_US 2000

void place_init(Place *place) {
  g_autofree char *bin = g_path_get_dirname(ONR_TEST_PROGRAM);
  g_autofree char *path = g_strdup_printf("%s:%s", bin, g_getenv("PATH"));
  place->dir = onr_test_make_dir();
  place->env = g_environ_setenv(g_get_environ(), "PATH", path, TRUE);
  place->env = g_environ_setenv(place->env, "HOME", place->dir, TRUE);
  place->env = g_environ_unsetenv(place->env, "ONRECORD_ARCHIVE");
}

void place_clear(Place *place) {
  onr_test_remove_dir(place->dir);
  g_free(place->dir);
  g_strfreev(place->env);
}

/* --- starting --- */

/* Those that have not been freed: whoever waits for one sees the others end, and when. */
static GList *live;

typedef struct {
  pid_t parent;
  int network;
} Setup;

/* In the child, before it becomes the program. */
static void set_up(gpointer data) {
  const Setup *setup = data;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != setup->parent || (setup->network >= 0 && setns(setup->network, CLONE_NEWNET)))
    _exit(126);
}

Run *run_start_in(const Place *place, const char *line, int network) {
  g_auto(GStrv) argv = NULL;
  g_autoptr(GError) error = NULL;
  Run *run = g_new0(Run, 1);
  Setup setup = {getpid(), network};
  run->line = g_strdup(line);
  live = g_list_prepend(live, run);
  run->out_fd = memfd_create("out", MFD_CLOEXEC);
  run->err_fd = memfd_create("err", MFD_CLOEXEC);
  run->began = g_get_monotonic_time();
  gboolean is_started = g_shell_parse_argv(line, NULL, &argv, &error) &&
                        g_spawn_async_with_pipes_and_fds(
                            place->dir, (const char *const *)argv, (const char *const *)place->env,
                            G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH_FROM_ENVP, set_up, &setup, -1,
                            run->out_fd, run->err_fd, NULL, NULL, 0, &run->pid, &run->in, NULL, NULL, &error);
  cr_assert_eq(is_started, TRUE, "%s: %s", line, error ? error->message : "");
  return run;
}

Run *run_start(const Place *place, const char *line) {
  return run_start_in(place, line, -1);
}

/* --- what it says --- */

static char *read_file(int fd) {
  GString *text = g_string_new(NULL);
  char buffer[16384];
  ssize_t n;
  while ((n = pread(fd, buffer, sizeof buffer, (off_t)text->len)) > 0)
    g_string_append_len(text, buffer, n);
  return g_string_free(text, FALSE);
}

static gboolean is_late(const Run *run) {
  return g_get_monotonic_time() - run->began > RUN_MOST_SECONDS * G_USEC_PER_SEC;
}

/* What the test has still to say to a program that has ended is for nobody. */
void run_write(Run *run, const char *text) {
  signal(SIGPIPE, SIG_IGN);
  for (gsize n = strlen(text); n;) {
    ssize_t done = write(run->in, text, n);
    if (done < 0 && errno != EINTR)
      return;
    text += MAX(done, 0);
    n -= (gsize)MAX(done, 0);
  }
}

void run_await(Run *run, const char *text) {
  for (;;) {
    g_autofree char *err = read_file(run->err_fd);
    if (strstr(err, text))
      return;
    if (run_is_over(run) || is_late(run)) {
      kill(run->pid, SIGKILL);
      cr_assert_eq(0, 1, "%s: has not said '%s', but:\n%s", run->line, text, err);
    }
    g_usleep(POLL_US);
  }
}

/* --- the end --- */

static int exit_status(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

gboolean run_is_over(Run *run) {
  int wait_status;
  if (run->pid && waitpid(run->pid, &wait_status, WNOHANG) == run->pid) {
    run->pid = 0;
    run->status = exit_status(wait_status);
    run->seconds = (double)(g_get_monotonic_time() - run->began) / G_USEC_PER_SEC;
  }
  return !run->pid;
}

/* TRUE where RUN is over; the others are looked after. */
static gboolean is_over_among(Run *run) {
  for (GList *other = live; other; other = other->next)
    run_is_over(other->data);
  return run_is_over(run);
}

void run_end(Run *run) {
  if (run->out)
    return;
  close(run->in);
  run->in = -1;
  while (!is_over_among(run) && !is_late(run))
    g_usleep(POLL_US);
  gboolean has_hung = run->pid != 0;
  if (has_hung)
    kill(run->pid, SIGKILL);
  run->out = read_file(run->out_fd);
  run->err = read_file(run->err_fd);
  cr_assert_eq(has_hung, FALSE, "%s\nhas not ended in %d s:\n%s", run->line, RUN_MOST_SECONDS, run->err);
}

void run_free(Run *run) {
  live = g_list_remove(live, run);
  if (run->pid) {
    kill(run->pid, SIGKILL);
    waitpid(run->pid, NULL, 0);
  }
  if (run->in >= 0)
    close(run->in);
  close(run->out_fd);
  close(run->err_fd);
  g_free(run->line);
  g_free(run->out);
  g_free(run->err);
  g_free(run);
}

Run *run_whole(const Place *place, const char *line) {
  Run *run = run_start(place, line);
  run_end(run);
  return run;
}

char *run_expect(const Place *place, const char *line, int status) {
  g_autoptr(Run) run = run_whole(place, line);
  cr_assert_eq(run->status, status, "%s\nended with %d, not %d\n%s%s", line, run->status, status, run->out,
               run->err);
  return g_steal_pointer(&run->out);
}
