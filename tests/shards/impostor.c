/* SPDX-License-Identifier: GPL-2.0-or-later */
/* impostor ADDRESS PORT HOW [HOST PORT BYTES]: listens at PORT and PORT + 1, where a shard would be served,
   and does with every client what HOW says: close    hangs up silence  takes what comes and never answers
     noise    sends nonsense, and waits
     flood    sends nonsense without an end
   Behind HOST PORT it is a relay for what answers there and at the next port; when BYTES have come back, on
   all connections together, it goes over to HOW with all of them and with those to come. */
#include <glib.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *how, *target;
static guint target_port;
static gint64 bytes_left; /* of the relay's */
static GMutex lock;

typedef struct {
  int socket;  /* that listens */
  guint which; /* 0 or 1: articles or quotes */
} Listener;

typedef struct {
  int client, server;
} Pair;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static struct sockaddr_in address_of(const char *host, guint port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((guint16)port)};
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1)
    fail(host);
  return address;
}

/* --- what it does --- */

static void send_noise(int fd, gboolean is_endless) {
  g_autoptr(GRand) draw = g_rand_new_with_seed(5);
  guint8 bytes[4096];
  do {
    for (gsize i = 0; i < sizeof bytes; i++)
      bytes[i] = (guint8)g_rand_int_range(draw, 0, 256);
  } while (send(fd, bytes, sizeof bytes, MSG_NOSIGNAL) > 0 && is_endless);
}

static void misbehave(int fd) {
  char ignored[4096];
  if (strcmp(how, "close") == 0)
    return;
  if (strcmp(how, "silence") != 0)
    send_noise(fd, strcmp(how, "flood") == 0);
  while (recv(fd, ignored, sizeof ignored, 0) > 0)
    continue;
}

/* --- the relay --- */

/* How many of N bytes may still go back. */
static gsize allow(gsize n) {
  g_mutex_lock(&lock);
  gsize allowed = (gsize)CLAMP(bytes_left, 0, (gint64)n);
  bytes_left -= (gint64)allowed;
  g_mutex_unlock(&lock);
  return allowed;
}

static gboolean send_all(int fd, const char *bytes, gsize n) {
  ssize_t done = 0;
  for (; n && (done = send(fd, bytes, n, MSG_NOSIGNAL)) > 0; n -= (gsize)done)
    bytes += done;
  return !n;
}

static gpointer relay_questions(gpointer data) {
  const Pair *pair = data;
  char buffer[4096];
  ssize_t n;
  while ((n = recv(pair->client, buffer, sizeof buffer, 0)) > 0 && send_all(pair->server, buffer, (gsize)n))
    continue;
  shutdown(pair->server, SHUT_RDWR);
  return NULL;
}

/* TRUE where there is no more to come, else the relay is used up. */
static gboolean relay_answers(const Pair *pair) {
  char buffer[4096];
  ssize_t n;
  while ((n = recv(pair->server, buffer, sizeof buffer, 0)) > 0) {
    gsize allowed = allow((gsize)n);
    if (!send_all(pair->client, buffer, allowed))
      return TRUE;
    if (allowed < (gsize)n)
      return FALSE;
  }
  return TRUE;
}

/* Small messages go at once, as they do between Xapian's own. */
static void hurry(int fd) {
  int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

static void relay(int client, guint which) {
  struct sockaddr_in address = address_of(target, target_port + which);
  Pair pair = {client, socket(AF_INET, SOCK_STREAM, 0)};
  hurry(pair.client);
  hurry(pair.server);
  if (connect(pair.server, (struct sockaddr *)&address, sizeof address) == 0) {
    GThread *questions = g_thread_new("questions", relay_questions, &pair);
    if (!relay_answers(&pair))
      misbehave(client);
    shutdown(client, SHUT_RDWR);
    shutdown(pair.server, SHUT_RDWR);
    g_thread_join(questions);
  }
  close(pair.server);
}

/* --- connections --- */

static gboolean is_used_up(void) {
  g_mutex_lock(&lock);
  gboolean is_none_left = bytes_left <= 0;
  g_mutex_unlock(&lock);
  return is_none_left;
}

typedef struct {
  int fd;
  guint which;
} Client;

static gpointer serve(gpointer data) {
  g_autofree Client *client = data;
  if (is_used_up())
    misbehave(client->fd);
  else
    relay(client->fd, client->which);
  close(client->fd);
  return NULL;
}

static gpointer listen_at(gpointer data) {
  const Listener *listener = data;
  int fd;
  while ((fd = accept(listener->socket, NULL, NULL)) >= 0) {
    Client *client = g_new(Client, 1);
    *client = (Client){fd, listener->which};
    g_thread_unref(g_thread_new("client", serve, client));
  }
  return NULL;
}

static int open_port(const char *host, guint port) {
  struct sockaddr_in address = address_of(host, port);
  int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 50))
    fail("listen");
  return fd;
}

int main(int argc, char **argv) {
  if (argc != 4 && argc != 7) {
    fprintf(stderr, "usage: impostor ADDRESS PORT HOW [HOST PORT BYTES]\n");
    return 2;
  }
  guint port = (guint)atoi(argv[2]);
  how = argv[3];
  if (argc == 7) {
    target = argv[4];
    target_port = (guint)atoi(argv[5]);
    bytes_left = atoll(argv[6]);
  }
  Listener listeners[] = {{open_port(argv[1], port), 0}, {open_port(argv[1], port + 1), 1}};
  g_thread_unref(g_thread_new("articles", listen_at, &listeners[0]));
  listen_at(&listeners[1]);
  return 1;
}
