/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The built program, run from tests in a fresh folder of their own. */
#pragma once

#include "support/support.h"
#include <sys/types.h>

typedef struct {
  char *dir; /* where the program runs; HOME too */
  char **env;
  char *out, *err; /* of the last run */
  gsize out_length;
  int status; /* exit status of the last run; 128 + n where signal n ended it */
} Place;

/* A folder with a copy of tests/cli/data as news/. */
void place_init(Place *place);
/* The same with an archive of it in .onrecord. */
void place_init_indexed(Place *place);
void place_clear(Place *place);

/* Runs LINE, which sh reads, with the program on PATH; returns the exit status. */
int place_run(Place *place, const char *line);
/* Fails the test unless LINE ends with STATUS. */
void place_expect(Place *place, const char *line, int status);

/* What LINE prints on a terminal of COLUMNS columns (both streams); free it with g_free. */
char *place_run_on_terminal(Place *place, const char *line, guint columns);

/* Waits for PID: exit status, or 128 and the signal's number. */
int place_wait(pid_t pid);

#define ASSERT_HAS(text, part)                                                                               \
  cr_assert_not_null(strstr((text), (part)), "'%s' is not in:\n%s", (part), (text))
#define ASSERT_HAS_NOT(text, part) cr_assert_null(strstr((text), (part)), "'%s' is in:\n%s", (part), (text))
