/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/server.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "xapian-tcpsrv"
#define NO_PROGRAM 127 /* exit status of a child that found no program, as a shell's */
#define MAX_SERVERS 2
/* How long servers may take to end when they are asked to. */
#define END_STEPS 50
#define END_STEP_US 20000

typedef struct {
  pid_t pids[MAX_SERVERS]; /* each leads a process group, which its children are in */
  guint n;
  sigset_t former;
} Servers;

/* In the child: nothing but what may stand between fork and exec. */
static void become_server(const char *const *argv, const sigset_t *mask, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent)
    _exit(NO_PROGRAM);
  signal(SIGPIPE, SIG_DFL);
  sigprocmask(SIG_SETMASK, mask, NULL);
  execvp(argv[0], (char *const *)argv);
  _exit(NO_PROGRAM);
}

static gboolean start(Servers *servers, const OnrServed *served, const char *address, GError **error) {
  g_autofree char *port = g_strdup_printf("%u", served->port);
  const char *const argv[] = {PROGRAM, "--quiet", "--port", port, "--interface", address, served->path, NULL};
  pid_t parent = getpid(), pid = fork();
  if (pid == 0)
    become_server(argv, &servers->former, parent);
  if (pid < 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "fork: %s", g_strerror(errno));
    return FALSE;
  }
  setpgid(pid, pid); /* by the child or here, whoever comes first */
  servers->pids[servers->n++] = pid;
  return TRUE;
}

static void signal_all(const Servers *servers, int number) {
  for (guint i = 0; i < servers->n; i++)
    kill(-servers->pids[i], number);
}

static gboolean is_any_left(const Servers *servers) {
  while (waitpid(-1, NULL, WNOHANG) > 0)
    continue;
  for (guint i = 0; i < servers->n; i++)
    if (kill(-servers->pids[i], 0) == 0)
      return TRUE;
  return FALSE;
}

/* A server that was stopped (SIGSTOP) has to go on to end. What does not end when asked is killed. */
static void end_all(const Servers *servers) {
  signal_all(servers, SIGTERM);
  signal_all(servers, SIGCONT);
  for (guint step = 0; step < END_STEPS && is_any_left(servers); step++)
    g_usleep(END_STEP_US);
  if (is_any_left(servers))
    signal_all(servers, SIGKILL);
  while (waitpid(-1, NULL, 0) > 0)
    continue;
}

static int report_end(const OnrServed *served, int status, GError **error) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == NO_PROGRAM)
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                "'" PROGRAM "' could not be run; it comes with Debian's package xapian-tools");
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "the server for '%s' at port %u has ended (%s %d)",
                served->path, served->port, WIFEXITED(status) ? "exit status" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
  return ONR_EXIT_FAILURE;
}

/* Until a signal or the end of a server. */
static int wait_for_end(const Servers *servers, const OnrServed *served, const sigset_t *signals,
                        GError **error) {
  for (;;) {
    int number = sigwaitinfo(signals, NULL);
    if (number > 0 && number != SIGCHLD)
      return ONR_EXIT_SIGNAL + number;
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
      for (guint i = 0; i < servers->n; i++)
        if (servers->pids[i] == pid)
          return report_end(&served[i], status, error);
  }
}

int onr_servers_run(const OnrServed *served, guint n, const char *address, GError **error) {
  static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD};
  Servers servers = {0};
  sigset_t signals;
  g_assert(n <= MAX_SERVERS);
  sigemptyset(&signals);
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    sigaddset(&signals, numbers[i]);
  sigprocmask(SIG_BLOCK, &signals, &servers.former);
  gboolean is_started = TRUE;
  for (guint i = 0; i < n && is_started; i++)
    is_started = start(&servers, &served[i], address, error);
  int status = is_started ? wait_for_end(&servers, served, &signals, error) : ONR_EXIT_FAILURE;
  end_all(&servers);
  sigprocmask(SIG_SETMASK, &servers.former, NULL);
  return status;
}
