/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ordered work on several threads. One thread pushes jobs, workers do those that need work, one thread takes
   them in the order in which they were pushed, whatever order they were done in. What is under way is bounded
   by the jobs' cost: a push waits while there is too much; a single job of any cost passes when nothing else
   is under way.

     g_autoptr(OnrCrew) crew = onr_crew_new(n_jobs, queue_bytes, &options, error);
     job = onr_crew_get(crew); … onr_crew_push(crew, job);                       // the pushing thread; at its
   end onr_crew_close while (onr_crew_take(crew, -1, &job)) { use(job); onr_crew_put_back(crew, job); }  //
   the taking thread */
#pragma once

#include "indexer/worker.h"

G_BEGIN_DECLS

typedef struct OnrCrew OnrCrew;

/* An item of n bytes takes about COST_PER_BYTE n of memory until it is written, as far as can be said before it
   is parsed: the text, its postings and the counts of its terms, with their arrays' spare room. Measured: 31 and
   33 for web articles of 5 kB, 59 for newswire of 700 bytes. */
#define ONR_COST_PER_BYTE 32
#define ONR_COST_OF_JOB 2048

/* What a job asks of a worker. */
typedef enum { ONR_JOB_NOTHING, ONR_JOB_READ, ONR_JOB_ANNOTATE } OnrJobWork;

typedef struct {
  OnrJobWork work;
  gsize cost;              /* bytes of memory that it may take; once it is done, that it does take. Counts
                              until it is put back */
  const OnrReader *reader; /* READ */
  const char *name;        /* READ: the file's name for the record; borrowed until the job is put back */
  OnrRawItem raw;          /* READ */
  OnrWorkResult result;    /* ANNOTATE: its article is given; see onr_work_result_reset */
  int event;               /* the pusher's own, from here: what the taker should do … */
  gpointer data;           /* … with what … */
  GDestroyNotify release;  /* … how that is given back with the job; may be NULL … */
  guint64 n_bytes;         /* … and how far reading was */
  gboolean is_done;
} OnrJob;

/* N_JOBS 0: as many workers as cores: the taking thread is busy half the time. */
OnrCrew *onr_crew_new(guint n_jobs, gsize queue_bytes, const OnrWorkerOptions *options, GError **error);
/* Stops the workers and frees what was not taken; the pushing thread has ended or is the caller. */
void onr_crew_free(OnrCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrCrew, onr_crew_free)

/* An empty job. */
OnrJob *onr_crew_get(OnrCrew *crew);

/* Hands JOB over; FALSE, and JOB is put back, once the crew is cancelled. */
gboolean onr_crew_push(OnrCrew *crew, OnrJob *job);

/* As push, where that would not wait; else FALSE, and JOB stays the caller's. For a thread that takes as well: what workers hold may grow between a look and a push. */
gboolean onr_crew_try_push(OnrCrew *crew, OnrJob *job);

/* No job follows. */
void onr_crew_close(OnrCrew *crew);
gboolean onr_crew_is_closed(OnrCrew *crew);

/* Pushes fail from now on; what was pushed may still be taken. */
void onr_crew_cancel(OnrCrew *crew);

/* The next job in order, done. Waits at most TIMEOUT_US (-1: as long as it takes): *JOB is NULL when it has
 * passed. FALSE at the end. */
gboolean onr_crew_take(OnrCrew *crew, gint64 timeout_us, OnrJob **job);

void onr_crew_put_back(OnrCrew *crew, OnrJob *job);

G_END_DECLS
