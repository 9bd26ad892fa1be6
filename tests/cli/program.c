/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _XOPEN_SOURCE 700 /* posix_openpt, ptsname */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static char **make_environment(const char *dir) {
  g_autofree char *bin = g_path_get_dirname(ONR_TEST_PROGRAM);
  g_autofree char *path = g_strdup_printf("%s:%s", bin, g_getenv("PATH"));
  char **env = g_get_environ();
  env = g_environ_setenv(env, "PATH", path, TRUE);
  env = g_environ_setenv(env, "HOME", dir, TRUE);
  env = g_environ_setenv(env, "TERM", "xterm-256color", TRUE);
  static const char *const unset[] = {"ONRECORD_ARCHIVE", "NO_COLOR", "COLUMNS"};
  for (guint i = 0; i < G_N_ELEMENTS(unset); i++)
    env = g_environ_unsetenv(env, unset[i]);
  return env;
}

void place_init(Place *place) {
  *place = (Place){.dir = onr_test_make_dir()};
  place->env = make_environment(place->dir);
  place_expect(place, "cp -R '" ONR_TEST_DATA "' news", 0);
}

void place_init_indexed(Place *place) {
  place_init(place);
  place_expect(place, "onrecord index --quiet news", 0);
}

static void forget_run(Place *place) {
  g_clear_pointer(&place->out, g_free);
  g_clear_pointer(&place->err, g_free);
}

void place_clear(Place *place) {
  forget_run(place);
  onr_test_remove_dir(place->dir);
  g_free(place->dir);
  g_strfreev(place->env);
}

static int exit_status(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

int place_run(Place *place, const char *line) {
  forget_run(place);
  char *argv[] = {"/bin/sh", "-c", (char *)line, NULL};
  int wait_status = 0;
  g_autoptr(GError) error = NULL;
  gboolean is_run = g_spawn_sync(place->dir, argv, place->env, G_SPAWN_DEFAULT, NULL, NULL, &place->out,
                                 &place->err, &wait_status, &error);
  cr_assert_eq(is_run, TRUE, "%s", error ? error->message : "");
  place->status = exit_status(wait_status);
  return place->status;
}

void place_expect(Place *place, const char *line, int status) {
  int got = place_run(place, line);
  cr_assert_eq(got, status, "%s\nended with %d, not %d\n%s%s", line, got, status, place->out, place->err);
}

int place_wait(pid_t pid) {
  int wait_status;
  cr_assert_eq(waitpid(pid, &wait_status, 0), pid);
  return exit_status(wait_status);
}

/* --- on a terminal --- */

static void run_child(const Place *place, const char *line, const char *terminal, guint columns) {
  const struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)columns};
  setsid();
  int fd = open(terminal, O_RDWR); /* the new session's controlling terminal */
  if (fd < 0 || ioctl(fd, TIOCSWINSZ, &size) || dup2(fd, 0) < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0 ||
      chdir(place->dir))
    _exit(126);
  execle("/bin/sh", "sh", "-c", line, (char *)NULL, place->env);
  _exit(127);
}

/* Until the other side is closed, which Linux reports as EIO. */
static char *read_all(int fd) {
  GString *text = g_string_new(NULL);
  char buffer[4096];
  ssize_t n;
  while ((n = read(fd, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      g_string_append_len(text, buffer, n);
  return g_string_free(text, FALSE);
}

char *place_run_on_terminal(Place *place, const char *line, guint columns) {
  int fd = posix_openpt(O_RDWR | O_NOCTTY);
  if (fd < 0) { /* a system that was entered by chroot has no /dev/pts */
    place_clear(place);
    cr_skip_test("no pseudo-terminals here");
  }
  cr_assert_eq(grantpt(fd), 0);
  cr_assert_eq(unlockpt(fd), 0);
  char *terminal = ptsname(fd);
  pid_t child = fork();
  if (child == 0)
    run_child(place, line, terminal, columns);
  char *text = read_all(fd);
  place->status = place_wait(child);
  close(fd);
  return text;
}
