/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What answers, or does not, at a pair of ports: `onrecord serve-shard`, xapian-tcpsrv over any two databases, an impostor. With all their children. */
#pragma once

#include "machine.h"

typedef struct {
  const Machine *machine;
  guint port;
  char *name; /* host:port */
  Run *run;
} Server;

/* Skips the test where xapian-tools are not installed. */
void server_need_tools(void);

/* Each returns when both ports are listened at. */
Server *server_start_shard(const Place *place, const Machine *machine, const char *archive);
Server *server_start_databases(const Place *place, const Machine *machine, const char *articles, const char *quotes);
/* xapian-replicate-server for the databases in FOLDER, at the first port alone. */
Server *server_start_master(const Place *place, const Machine *machine, const char *folder);
/* HOW and what follows: see impostor.c. */
Server *server_start_impostor(const Place *place, const Machine *machine, const char *how);

/* NUMBER to the server and all its children. */
void server_signal(const Server *server, int number);
/* PID and all that it and its children have started (pid_t), parents first. */
GArray *server_processes(pid_t pid);
gboolean server_is_gone(pid_t pid);
/* Kills it where it stands, with its children; the ports are free then. */
void server_kill(Server *server);
void server_free(Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)
