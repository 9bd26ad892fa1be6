/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "server.h"

#include "support/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM "xapian-tcpsrv"

void server_need(void) {
  g_autofree char *program = g_find_program_in_path(PROGRAM);
  if (!program)
    cr_skip_test("no " PROGRAM " here (Debian: xapian-tools): there is nothing to connect to");
}

/* --- ports --- */

static struct sockaddr_in address_of(guint port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((guint16)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/* A socket at a port that the system chooses. */
static int bind_free(guint *port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = address_of(0);
  socklen_t length = sizeof address;
  cr_assert_eq(bind(fd, (struct sockaddr *)&address, length), 0);
  cr_assert_eq(getsockname(fd, (struct sockaddr *)&address, &length), 0);
  *port = ntohs(address.sin_port);
  return fd;
}

guint server_free_port(void) {
  guint port;
  close(bind_free(&port));
  return port;
}

GByteArray *server_greeting(guint port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = address_of(port);
  cr_assert_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
  guint8 bytes[2 + 255]; /* a kind, a length, and that many bytes */
  cr_assert_eq(recv(fd, bytes, 2, MSG_WAITALL), 2);
  cr_assert_eq(recv(fd, bytes + 2, bytes[1], MSG_WAITALL), bytes[1]);
  close(fd);
  return g_byte_array_append(g_byte_array_new(), bytes, 2u + bytes[1]);
}

/* --- xapian-tcpsrv --- */

/* A group of its own, so that its children can be killed with it. */
static void lead_a_group(gpointer data) {
  (void)data;
  setpgid(0, 0);
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails kills no server */
#endif
}

/* Reads up to its last word before it serves; FALSE where it ended instead, somebody having taken the port.
 */
static gboolean is_listening(int out) {
  g_autoptr(GString) said = g_string_new(NULL);
  char byte;
  while (!strstr(said->str, "Listening...\n") && read(out, &byte, 1) == 1)
    g_string_append_c(said, byte);
  return strstr(said->str, "Listening...\n") != NULL;
}

static gboolean try_start(Server *server, const char *const *paths) {
  server->port = server_free_port();
  g_autofree char *port = g_strdup_printf("%u", server->port);
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  const char *const first[] = {PROGRAM, "--interface", "127.0.0.1", "--port", port};
  for (guint i = 0; i < G_N_ELEMENTS(first); i++)
    g_ptr_array_add(words, (gpointer)first[i]);
  for (guint i = 0; i <= g_strv_length((char **)paths); i++)
    g_ptr_array_add(words, (gpointer)paths[i]);
  GError *error = NULL;
  g_spawn_async_with_pipes(NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD,
                           lead_a_group, NULL, &server->pid, NULL, &server->out, NULL, &error);
  cr_assert_null(error, "%s", error ? error->message : "");
  return is_listening(server->out);
}

Server *server_start(const char *const *paths) {
  Server *server = g_new0(Server, 1);
  for (guint attempt = 0; !try_start(server, paths); attempt++) {
    server_kill(server);
    cr_assert_lt(attempt, 5u, PROGRAM " does not start");
  }
  return server;
}

void server_kill(Server *server) {
  if (!server->pid)
    return;
  kill(-server->pid, SIGKILL);
  waitpid(server->pid, NULL, 0);
  server->pid = 0;
  close(server->out);
}

void server_hold(Server *server) {
  kill(-server->pid, SIGSTOP);
}

void server_go_on(Server *server) {
  kill(-server->pid, SIGCONT);
}

void server_free(Server *server) {
  server_kill(server);
  g_free(server);
}

/* --- impostors --- */

static gpointer talk(gpointer data) {
  Impostor *impostor = data;
  int fd = accept(impostor->socket, NULL, NULL);
  if (fd < 0)
    return NULL;
  send(fd, impostor->bytes, impostor->n, MSG_NOSIGNAL);
  char ignored[1000];
  while (!impostor->hangs_up && recv(fd, ignored, sizeof ignored, 0) > 0) {
  }
  close(fd);
  return NULL;
}

Impostor *impostor_new(const char *bytes, gsize n, gboolean hangs_up) {
  Impostor *impostor = g_new0(Impostor, 1);
  impostor->socket = bind_free(&impostor->port);
  cr_assert_eq(listen(impostor->socket, 5), 0); /* from here on the system takes connections */
  impostor->bytes = g_memdup2(bytes, n);
  impostor->n = n;
  impostor->hangs_up = hangs_up;
  if (bytes)
    impostor->thread = g_thread_new("impostor", talk, impostor);
  return impostor;
}

/* Whoever is connected has gone, else the thread waits for it. */
void impostor_free(Impostor *impostor) {
  shutdown(impostor->socket, SHUT_RDWR);
  if (impostor->thread)
    g_thread_join(impostor->thread);
  close(impostor->socket);
  g_free(impostor->bytes);
  g_free(impostor);
}
