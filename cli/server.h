/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Xapian's own servers as children of this process: started together, and ended together with the children
   that they have for their clients. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

typedef struct {
  const char *path; /* of the database */
  guint port;
} OnrServed;

/* Runs a server for each of the N, listening at ADDRESS, until a signal (SIGINT, SIGTERM, SIGHUP) comes or
   one of them ends; then ends all. Returns the exit status: 128 and the signal's number; FAILURE with ERROR
   where a server could not start or has ended by itself. */
int onr_servers_run(const OnrServed *served, guint n, const char *address, GError **error);

G_END_DECLS
