/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where servers run: on machines of their own, each a network namespace at the end of a cable, where the system lets tests make such; else all at 127.0.0.1. The namespaces go
   with the last process that is in them or holds them. */
#pragma once

#include "run.h"

typedef struct {
  char *host;
  int network; /* -1: the test's own */
  guint number;
} Machine;

/* The first call in a test leaves the system's network for one of the test's own. NUMBER 0 is in that, where the test is; others, from 1, are at the end of their cables. */
Machine *machine_new(const Place *place, guint number);
void machine_free(Machine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Machine, machine_free)

/* From here on all that is sent there goes nowhere, as if the power had failed. FALSE where machines are not to be had. */
gboolean machine_vanish(const Place *place, const Machine *machine);

/* A port at which nobody listens, nor at the next. */
guint machine_free_ports(const Machine *machine);
/* TRUE where a process listens at PORT; PID is any in the machine's network. */
gboolean machine_is_listening(GPid pid, guint port);
