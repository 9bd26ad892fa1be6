/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/crew.h"

/* Jobs are kept for use again with the memory that their results have grown: half of what the queue may take,
   since the pusher waits until half of it is free, and none that has grown larger than most articles need. */
#define FREE_PART 2
#define LARGE_RESULT_BYTES (512u << 10)
/* While so many jobs are done and not taken, one worker rests, until half of them are taken: the taker, which
   shares the cores with the workers, would else have them all to write when the workers have nothing left to
   do. Few against the some hundred that are under way. */
#define RESTING_FROM 32

struct OnrCrew {
  GMutex mutex;
  GCond has_work;  /* for workers */
  GCond has_done;  /* for the taker */
  GCond has_space; /* for the pusher */
  GCond is_taken;  /* for the worker that rests */
  GQueue ordered;  /* every job pushed and not taken, in order */
  GQueue waiting;  /* those of them that no worker has begun */
  GQueue pool;
  gsize pool_bytes;     /* held by the jobs in the pool */
  gsize cost, max_cost; /* of jobs pushed and not put back */
  guint n_done;         /* jobs in ordered that are done */
  gboolean is_closed, is_cancelled, is_ending;
  GPtrArray *workers; /* OnrWorker */
  GPtrArray *threads;
};

typedef struct {
  OnrCrew *crew;
  OnrWorker *worker;
  gboolean may_rest;
} Post;

static void job_clear(OnrJob *job) {
  onr_raw_item_clear(&job->raw);
  if (job->release)
    job->release(job->data);
  OnrWorkResult result = job->result;
  *job = (OnrJob){.result = result};
}

static void job_free(OnrJob *job) {
  job_clear(job);
  onr_work_result_clear(&job->result);
  g_free(job);
}

/* The mutex is held. */
static void rest(OnrCrew *crew) {
  g_cond_signal(&crew->has_work); /* this worker may have taken another's */
  while (!crew->is_ending && crew->n_done > RESTING_FROM / 2)
    g_cond_wait(&crew->is_taken, &crew->mutex);
}

static OnrJob *wait_for_work(const Post *post) {
  OnrCrew *crew = post->crew;
  g_mutex_lock(&crew->mutex);
  for (;;) {
    if (post->may_rest && crew->n_done >= RESTING_FROM)
      rest(crew);
    if (crew->is_ending || !g_queue_is_empty(&crew->waiting))
      break;
    g_cond_wait(&crew->has_work, &crew->mutex);
  }
  OnrJob *job = crew->is_ending ? NULL : g_queue_pop_head(&crew->waiting);
  g_mutex_unlock(&crew->mutex);
  return job;
}

/* The pusher is woken for many jobs at a time, and with it the workers: a thread's waking costs what a tenth
   of an article does. */
static void tell_space(OnrCrew *crew) {
  if (crew->cost <= crew->max_cost / FREE_PART)
    g_cond_signal(&crew->has_space);
}

/* What it costs in memory is known from now on. */
static void finish(OnrCrew *crew, OnrJob *job) {
  gsize cost = ONR_COST_OF_JOB + job->result.held_bytes;
  g_mutex_lock(&crew->mutex);
  crew->cost = crew->cost - job->cost + cost;
  job->cost = cost;
  tell_space(crew);
  job->is_done = TRUE;
  crew->n_done++;
  if (g_queue_peek_head(&crew->ordered) == job)
    g_cond_signal(&crew->has_done);
  g_mutex_unlock(&crew->mutex);
}

static gpointer run_worker(gpointer data) {
  g_autofree Post *post = data;
  OnrJob *job;
  while ((job = wait_for_work(post))) {
    if (job->work == ONR_JOB_READ)
      onr_worker_read(post->worker, job->reader, job->name, &job->raw, &job->result);
    else
      onr_worker_annotate(post->worker, &job->result);
    finish(post->crew, job);
  }
  return NULL;
}

static gboolean start_worker(OnrCrew *crew, const OnrWorkerOptions *options, GError **error) {
  OnrWorker *worker = onr_worker_new(options, error);
  if (!worker)
    return FALSE;
  g_ptr_array_add(crew->workers, worker);
  Post *post = g_new(Post, 1);
  *post = (Post){.crew = crew, .worker = worker, .may_rest = crew->workers->len == 2};
  GThread *thread = g_thread_try_new("onr-worker", run_worker, post, error);
  if (!thread) {
    g_free(post);
    return FALSE;
  }
  g_ptr_array_add(crew->threads, thread);
  return TRUE;
}

OnrCrew *onr_crew_new(guint n_jobs, gsize queue_bytes, const OnrWorkerOptions *options, GError **error) {
  OnrCrew *crew = g_new0(OnrCrew, 1);
  g_mutex_init(&crew->mutex);
  g_cond_init(&crew->has_work);
  g_cond_init(&crew->has_done);
  g_cond_init(&crew->has_space);
  g_cond_init(&crew->is_taken);
  crew->max_cost = queue_bytes;
  crew->workers = g_ptr_array_new_with_free_func((GDestroyNotify)onr_worker_free);
  crew->threads = g_ptr_array_new();
  guint n = n_jobs > 0 ? n_jobs : MAX(1, g_get_num_processors());
  for (guint i = 0; i < n; i++) {
    if (!start_worker(crew, options, error)) {
      onr_crew_free(crew);
      return NULL;
    }
  }
  return crew;
}

void onr_crew_free(OnrCrew *crew) {
  if (!crew)
    return;
  g_mutex_lock(&crew->mutex);
  crew->is_ending = TRUE;
  g_cond_broadcast(&crew->has_work);
  g_cond_broadcast(&crew->is_taken);
  g_mutex_unlock(&crew->mutex);
  for (guint i = 0; i < crew->threads->len; i++)
    g_thread_join(crew->threads->pdata[i]);
  g_ptr_array_unref(crew->threads);
  g_ptr_array_unref(crew->workers);
  g_queue_clear(&crew->waiting);
  g_queue_clear_full(&crew->ordered, (GDestroyNotify)job_free);
  g_queue_clear_full(&crew->pool, (GDestroyNotify)job_free);
  g_mutex_clear(&crew->mutex);
  g_cond_clear(&crew->has_work);
  g_cond_clear(&crew->has_done);
  g_cond_clear(&crew->has_space);
  g_cond_clear(&crew->is_taken);
  g_free(crew);
}

OnrJob *onr_crew_get(OnrCrew *crew) {
  g_mutex_lock(&crew->mutex);
  OnrJob *job = g_queue_pop_head(&crew->pool);
  if (job)
    crew->pool_bytes -= job->result.held_bytes;
  g_mutex_unlock(&crew->mutex);
  return job ? job : g_new0(OnrJob, 1);
}

static gboolean has_room(const OnrCrew *crew, gsize cost) {
  return crew->cost == 0 || (crew->cost <= crew->max_cost && cost <= crew->max_cost - crew->cost);
}

/* The mutex is held. */
static void queue_job(OnrCrew *crew, OnrJob *job) {
  crew->cost += job->cost;
  job->is_done = job->work == ONR_JOB_NOTHING;
  g_queue_push_tail(&crew->ordered, job);
  crew->n_done += job->is_done ? 1 : 0;
  if (job->work != ONR_JOB_NOTHING) {
    g_queue_push_tail(&crew->waiting, job);
    g_cond_signal(&crew->has_work);
  } else if (crew->ordered.length == 1) {
    g_cond_signal(&crew->has_done);
  }
}

gboolean onr_crew_try_push(OnrCrew *crew, OnrJob *job) {
  g_mutex_lock(&crew->mutex);
  gboolean is_pushed = has_room(crew, job->cost);
  if (is_pushed)
    queue_job(crew, job);
  g_mutex_unlock(&crew->mutex);
  return is_pushed;
}

gboolean onr_crew_push(OnrCrew *crew, OnrJob *job) {
  g_mutex_lock(&crew->mutex);
  while (!crew->is_cancelled && !has_room(crew, job->cost))
    g_cond_wait(&crew->has_space, &crew->mutex);
  gboolean is_pushed = !crew->is_cancelled;
  if (is_pushed)
    queue_job(crew, job);
  else
    crew->cost += job->cost; /* which put_back takes off */
  g_mutex_unlock(&crew->mutex);
  if (!is_pushed)
    onr_crew_put_back(crew, job);
  return is_pushed;
}

void onr_crew_close(OnrCrew *crew) {
  g_mutex_lock(&crew->mutex);
  crew->is_closed = TRUE;
  g_cond_signal(&crew->has_done);
  g_mutex_unlock(&crew->mutex);
}

gboolean onr_crew_is_closed(OnrCrew *crew) {
  g_mutex_lock(&crew->mutex);
  gboolean is_closed = crew->is_closed;
  g_mutex_unlock(&crew->mutex);
  return is_closed;
}

void onr_crew_cancel(OnrCrew *crew) {
  g_mutex_lock(&crew->mutex);
  crew->is_cancelled = TRUE;
  g_cond_signal(&crew->has_space);
  g_mutex_unlock(&crew->mutex);
}

gboolean onr_crew_take(OnrCrew *crew, gint64 timeout_us, OnrJob **job) {
  gint64 until = timeout_us < 0 ? -1 : g_get_monotonic_time() + timeout_us;
  gboolean is_at_end = FALSE;
  *job = NULL;
  g_mutex_lock(&crew->mutex);
  for (;;) {
    OnrJob *head = g_queue_peek_head(&crew->ordered);
    if (head && head->is_done) {
      *job = g_queue_pop_head(&crew->ordered);
      if (--crew->n_done <= RESTING_FROM / 2)
        g_cond_signal(&crew->is_taken);
      break;
    }
    is_at_end = !head && crew->is_closed;
    if (is_at_end)
      break;
    if (until < 0)
      g_cond_wait(&crew->has_done, &crew->mutex);
    else if (!g_cond_wait_until(&crew->has_done, &crew->mutex, until))
      break;
  }
  g_mutex_unlock(&crew->mutex);
  return !is_at_end;
}

void onr_crew_put_back(OnrCrew *crew, OnrJob *job) {
  gsize cost = job->cost, held = job->result.held_bytes;
  job_clear(job);
  g_mutex_lock(&crew->mutex);
  crew->cost -= cost;
  gboolean is_kept = held <= LARGE_RESULT_BYTES && crew->pool_bytes + held <= crew->max_cost / FREE_PART;
  if (is_kept) {
    crew->pool_bytes += held;
    g_queue_push_head(&crew->pool, job);
  }
  tell_space(crew);
  g_mutex_unlock(&crew->mutex);
  if (!is_kept)
    job_free(job);
}
