/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define TRIES 5 /* where another program takes the port first */

void server_need_tools(void) {
  static const char *const programs[] = {"xapian-tcpsrv", "xapian-replicate", "xapian-replicate-server"};
  for (guint i = 0; i < G_N_ELEMENTS(programs); i++) {
    g_autofree char *path = g_find_program_in_path(programs[i]);
    if (!path)
      cr_skip_test("no xapian-tcpsrv here (Debian: xapian-tools): there is nothing to serve shards with");
  }
}

/* --- starting --- */

typedef char *(*LineFunc)(const Server *server, const char *const *words);

static gboolean has_begun(Server *server, guint n_ports) {
  while (!run_is_over(server->run)) {
    if (machine_is_listening(server->run->pid, server->port) &&
        machine_is_listening(server->run->pid, server->port + n_ports - 1))
      return TRUE;
    g_usleep(2000);
  }
  return FALSE;
}

static Server *start(const Place *place, const Machine *machine, guint n_ports, LineFunc make_line,
                     const char *const *words) {
  Server *server = g_new0(Server, 1);
  server->machine = machine;
  for (guint attempt = 0; attempt < TRIES; attempt++) {
    server->port = machine_free_ports(machine);
    g_autofree char *line = make_line(server, words);
    server->run = run_start_in(place, line, machine->network);
    if (has_begun(server, n_ports)) {
      server->name = g_strdup_printf("%s:%u", machine->host, server->port);
      return server;
    }
    run_end(server->run);
    fprintf(stderr, "%s: %s", line, server->run->err);
    run_free(server->run);
  }
  cr_assert_eq(0, 1, "no server begins");
  return NULL;
}

static char *shard_line(const Server *s, const char *const *words) {
  return g_strdup_printf("onrecord serve-shard -a '%s' --port %u --interface %s", words[0], s->port,
                         s->machine->host);
}

Server *server_start_shard(const Place *place, const Machine *machine, const char *archive) {
  return start(place, machine, 2, shard_line, &archive);
}

static char *databases_line(const Server *s, const char *const *words) {
  return g_strdup_printf(
      "sh -c 'xapian-tcpsrv --quiet --interface %s --port %u %s & exec xapian-tcpsrv --quiet "
      "--interface %s --port %u %s'",
      s->machine->host, s->port, words[0], s->machine->host, s->port + 1, words[1]);
}

Server *server_start_databases(const Place *place, const Machine *machine, const char *articles,
                               const char *quotes) {
  return start(place, machine, 2, databases_line, (const char *const[]){articles, quotes});
}

static char *master_line(const Server *s, const char *const *words) {
  return g_strdup_printf("xapian-replicate-server --interface=%s --port=%u %s", s->machine->host, s->port,
                         words[0]);
}

Server *server_start_master(const Place *place, const Machine *machine, const char *folder) {
  return start(place, machine, 1, master_line, &folder);
}

static char *impostor_line(const Server *s, const char *const *words) {
  return g_strdup_printf("%s %s %u %s", ONR_TEST_IMPOSTOR, s->machine->host, s->port, words[0]);
}

Server *server_start_impostor(const Place *place, const Machine *machine, const char *how) {
  return start(place, machine, 2, impostor_line, &how);
}

/* --- processes --- */

static pid_t parent_of(pid_t pid) {
  g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  int parent = 0;
  const char *end = g_file_get_contents(path, &text, NULL, NULL) ? strrchr(text, ')') : NULL;
  if (!end || sscanf(end, ") %*c %d", &parent) != 1)
    return 0;
  return parent;
}

static gboolean has_pid(const GArray *pids, pid_t pid) {
  for (guint i = 0; i < pids->len; i++)
    if (g_array_index(pids, pid_t, i) == pid)
      return TRUE;
  return FALSE;
}

/* TRUE where there was one whose parent is of PIDS and that was not. */
static gboolean add_children(GArray *pids) {
  g_autoptr(GDir) dir = g_dir_open("/proc", 0, NULL);
  const char *name;
  guint n = pids->len;
  while (dir && (name = g_dir_read_name(dir))) {
    pid_t pid = (pid_t)g_ascii_strtoll(name, NULL, 10);
    if (pid > 0 && !has_pid(pids, pid) && has_pid(pids, parent_of(pid)))
      g_array_append_val(pids, pid);
  }
  return pids->len > n;
}

GArray *server_processes(pid_t pid) {
  GArray *pids = g_array_new(FALSE, FALSE, sizeof(pid_t));
  if (pid)
    g_array_append_val(pids, pid);
  while (pid && add_children(pids))
    continue;
  return pids;
}

void server_signal(const Server *server, int number) {
  g_autoptr(GArray) pids = server_processes(server->run->pid);
  for (guint i = 0; i < pids->len; i++)
    kill(g_array_index(pids, pid_t, i), number);
}

/* Those whose parent has gone before them are the test's, and zombies until it asks for them. */
gboolean server_is_gone(pid_t pid) {
  g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  const char *end = g_file_get_contents(path, &text, NULL, NULL) ? strrchr(text, ')') : NULL;
  return !end || g_str_has_prefix(end, ") Z");
}

/* Held first, so that none has a child meanwhile. */
void server_kill(Server *server) {
  server_signal(server, SIGSTOP);
  g_autoptr(GArray) pids = server_processes(server->run->pid);
  server_signal(server, SIGKILL);
  run_end(server->run);
  for (guint i = 1; i < pids->len; i++)
    waitpid(g_array_index(pids, pid_t, i), NULL, 0);
}

void server_free(Server *server) {
  server_kill(server);
  run_free(server->run);
  g_free(server->name);
  g_free(server);
}
