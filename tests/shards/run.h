/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs run from a test, in a folder of its own, beside each other, and each with an end: what has not ended in time is killed, and the test fails. What a test has started dies
   with it.

     Run *run = run_start(&scene->place, "onrecord quotes -a a0 --batch -");
     run_write(run, "nato\n"); run_await(run, "left out"); …
     run_end(run); → run->status, run->seconds, run->out, run->err
     run_free(run); */
#pragma once

#include "support/support.h"

#define RUN_MOST_SECONDS 40 /* a watchdog's: no run takes as long, under sanitizers on a busy machine */

typedef struct {
  char *dir;
  char **env;
} Place;

void place_init(Place *place);
void place_clear(Place *place);

typedef struct {
  char *line;
  GPid pid;
  int in, out_fd, err_fd; /* the last two of files without a name */
  gint64 began;
  int status; /* exit status; 128 + n where signal n ended it */
  double seconds;
  char *out, *err;
} Run;

/* LINE is cut into words as sh would, without expanding anything. NETWORK: a namespace (network.h), or -1. */
Run *run_start(const Place *place, const char *line);
Run *run_start_in(const Place *place, const char *line, int network);
void run_write(Run *run, const char *text);
/* Until standard error has TEXT. */
void run_await(Run *run, const char *text);
gboolean run_is_over(Run *run);
/* Ends standard input and waits for the end. */
void run_end(Run *run);
void run_free(Run *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Run, run_free)

/* Start and end in one. */
Run *run_whole(const Place *place, const char *line);
/* The same, where it must end with STATUS; what it has written, which the caller frees. */
char *run_expect(const Place *place, const char *line, int status);

#define ASSERT_HAS(text, part)                                                                               \
  cr_assert_not_null(strstr((text), (part)), "'%s' is not in:\n%s", (part), (text))
