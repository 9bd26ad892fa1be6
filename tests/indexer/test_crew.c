/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/crew.h"

#include "support/support.h"

#include <string.h>

ONR_SUITE(crew);

static gboolean probe_nothing(const char *bytes, gsize n_bytes, const char *ending) {
  (void)bytes;
  (void)n_bytes;
  (void)ending;
  return 0;
}

/* The shorter an item, the longer it takes. */
static gboolean parse_slowly(const OnrRawItem *item, const char *path, OnrArticle *article,
                             guint32 *n_replaced, GError **error) {
  (void)path;
  (void)n_replaced;
  (void)error;
  gsize n = g_bytes_get_size(item->bytes);
  g_usleep(n < 5 ? 3000 : 0);
  article->title = g_string_chunk_insert(article->strings, item->member);
  return TRUE;
}

static const OnrReader SLOW = {.name = "slow", .probe = probe_nothing, .parse = parse_slowly};

typedef struct {
  OnrCrew *crew;
  guint n;
  gsize cost;
} Pusher;

static gpointer push_jobs(gpointer data) {
  Pusher *pusher = data;
  for (guint i = 0; i < pusher->n; i++) {
    OnrJob *job = onr_crew_get(pusher->crew);
    job->event = (int)i;
    job->cost = pusher->cost;
    if (i % 3) {
      job->work = ONR_JOB_READ;
      job->reader = &SLOW;
      job->name = "x";
      job->raw =
          (OnrRawItem){.bytes = g_bytes_new_static("0123456789", i % 10), .member = g_strdup_printf("%u", i)};
    }
    if (!onr_crew_push(pusher->crew, job))
      return GUINT_TO_POINTER(i);
  }
  onr_crew_close(pusher->crew);
  return GUINT_TO_POINTER(pusher->n);
}

static OnrCrew *new_crew(guint n_jobs, gsize queue_bytes) {
  OnrWorkerOptions options = {.keeps_own_ids = TRUE};
  GError *error = NULL;
  OnrCrew *crew = onr_crew_new(n_jobs, queue_bytes, &options, &error);
  cr_assert_not_null(crew, "%s", error ? error->message : "");
  return crew;
}

/* The taker comes LATE_US after the jobs. */
static void expect_in_order(guint n_jobs, gsize queue_bytes, gsize cost, gulong late_us) {
  g_autoptr(OnrCrew) crew = new_crew(n_jobs, queue_bytes);
  Pusher pusher = {crew, 200, cost};
  GThread *thread = g_thread_new("push", push_jobs, &pusher);
  g_usleep(late_us);
  OnrJob *job;
  guint n = 0;
  while (onr_crew_take(crew, -1, &job)) {
    cr_assert_eq(job->event, (int)n);
    if (n % 3) {
      g_autofree char *number = g_strdup_printf("%u", n);
      cr_assert_str_eq(job->result.article->title, number);
    }
    onr_crew_put_back(crew, job);
    n++;
  }
  cr_assert_eq(n, 200);
  g_thread_join(thread);
}

Test(crew, jobs_come_in_order) {
  expect_in_order(1, 1000, 10, 0);
  expect_in_order(4, 1000, 10, 0);
  expect_in_order(4, 1000000, 10, 0);
}

/* Many jobs are done before the first is taken, so that a worker rests. */
Test(crew, a_late_taker_gets_all_in_order, .timeout = 60) {
  expect_in_order(2, 1000000, 10, 200000);
  expect_in_order(3, 1000000, 10, 200000);
}

Test(crew, ends_with_jobs_that_nobody_takes, .timeout = 60) {
  OnrCrew *crew = new_crew(2, 1000000);
  Pusher pusher = {crew, 200, 10};
  push_jobs(&pusher);
  g_usleep(200000);
  onr_crew_free(crew);
}

Test(crew, a_job_over_the_bound_passes_alone) {
  expect_in_order(3, 100, 5000, 0);
}

Test(crew, cancelling_ends_the_pushing) {
  g_autoptr(OnrCrew) crew = new_crew(2, 100);
  Pusher pusher = {crew, 1000, 10};
  GThread *thread = g_thread_new("push", push_jobs, &pusher);
  OnrJob *job;
  cr_assert_neq(onr_crew_take(crew, -1, &job), FALSE);
  onr_crew_put_back(crew, job);
  onr_crew_cancel(crew);
  cr_assert_lt(GPOINTER_TO_UINT(g_thread_join(thread)), 1000);
}

Test(crew, taking_gives_up_after_its_time) {
  g_autoptr(OnrCrew) crew = new_crew(1, 100);
  OnrJob *job;
  cr_assert_neq(onr_crew_take(crew, 1000, &job), FALSE);
  cr_assert_null(job);
  onr_crew_close(crew);
  cr_assert_eq(onr_crew_take(crew, -1, &job), FALSE);
}

static gboolean parse_large(const OnrRawItem *item, const char *path, OnrArticle *article,
                            guint32 *n_replaced, GError **error) {
  (void)item;
  (void)path;
  (void)n_replaced;
  (void)error;
  const gsize n = 100000;
  g_autofree char *text = g_strnfill(n, 'x');
  article->text = g_string_chunk_insert_len(article->strings, text, (gssize)n);
  article->text_length = n;
  return TRUE;
}

static const OnrReader LARGE = {.name = "large", .probe = probe_nothing, .parse = parse_large};

static OnrJob *large_job(OnrCrew *crew, gsize cost) {
  OnrJob *job = onr_crew_get(crew);
  *job = (OnrJob){.work = ONR_JOB_READ, .cost = cost, .reader = &LARGE, .name = "x", .result = job->result};
  job->raw = (OnrRawItem){.bytes = g_bytes_new_static("x", 1), .member = g_strdup("")};
  return job;
}

/* What finished jobs really take is what counts, whatever was thought of them before. A thread that pushes
   and takes must not wait for room then: nobody would make it. */
Test(crew, finished_jobs_count_what_they_hold) {
  const gsize bound = 1000000;
  g_autoptr(OnrCrew) crew = new_crew(2, bound);
  guint n = 0;
  OnrJob *next = large_job(crew, 1);
  for (; n < 1000 && onr_crew_try_push(crew, next); n++) {
    g_usleep(2000); /* for the workers to get on with it */
    next = large_job(crew, 1);
  }
  cr_assert_lt(n, 1000, "articles of 100 kB each do not fill a queue of 1 MB");
  for (OnrJob *job; n > 0; n--) {
    cr_assert_neq(onr_crew_take(crew, -1, &job), FALSE);
    onr_crew_put_back(crew, job);
  }
  next->cost = bound;
  cr_assert_neq(onr_crew_try_push(crew, next), FALSE, "what was put back still counts");
}
