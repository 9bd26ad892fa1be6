/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Servers on free ports of 127.0.0.1: xapian-tcpsrv, and some that only listen or talk nonsense. */
#pragma once

#include <glib.h>

/* Skips the running test where xapian-tcpsrv is not installed (Debian: xapian-tools). */
void server_need(void);

/* A xapian-tcpsrv with its children, one for each connection. */
typedef struct {
  GPid pid;
  guint port;
  int out; /* what it says */
} Server;

/* Returns when it listens. Serves the databases at PATHS as one. */
Server *server_start(const char *const *paths);
/* Kills it and its children where they stand; the port is free then. */
void server_kill(Server *server);
/* Holds it where it stands, as an overloaded machine would, until it is let go on. */
void server_hold(Server *server);
void server_go_on(Server *server);
void server_free(Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)

/* One that takes a connection and sends BYTES, whatever it is told; then it waits, or hangs up. Without BYTES
   it never says a word. */
typedef struct {
  int socket;
  guint port;
  char *bytes;
  gsize n;
  gboolean hangs_up;
  GThread *thread;
} Impostor;

Impostor *impostor_new(const char *bytes, gsize n, gboolean hangs_up);
void impostor_free(Impostor *impostor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Impostor, impostor_free)

/* A port at which nobody listens. */
guint server_free_port(void);
/* What the xapian-tcpsrv at PORT says first. */
GByteArray *server_greeting(guint port);
