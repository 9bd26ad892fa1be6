/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which articles have texts that are the same or similar: table article_pair is kept to what the sketches of
   all articles ask for. What has been compared once is not compared again while both articles are there; so a
   run compares what it brings. */
#include "archive/record_groups.h"
#include "archive/record_private.h"

#include "text/likeness.h"

#define CHUNK_BYTES (8u << 20) /* of texts that are held at once */

/* --- what is to be compared, and what is there --- */

typedef struct {
  OnrClassPair classes;
  gint64 article, other; /* as stored */
} Stored;

static int compare_pairs(const OnrClassPair *x, const OnrClassPair *y) {
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static int compare_stored(gconstpointer a, gconstpointer b) {
  return compare_pairs(&((const Stored *)a)->classes, &((const Stored *)b)->classes);
}

/* Of an article that does not stand for its class any more: of no classes. */
static OnrClassPair classes_of(const OnrSketchSet *set, gint64 article, gint64 other) {
  guint32 a = onr_sketch_set_class(set, article), b = onr_sketch_set_class(set, other);
  if (a == G_MAXUINT32 || b == G_MAXUINT32 ||
      g_array_index(set->classes, OnrSketchClass, a).leader != article ||
      g_array_index(set->classes, OnrSketchClass, b).leader != other)
    return (OnrClassPair){G_MAXUINT32, G_MAXUINT32};
  return (OnrClassPair){MAX(a, b), MIN(a, b)};
}

static gboolean read_stored(OnrRecord *record, const OnrSketchSet *set, GArray *stored, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT article, other FROM article_pair ORDER BY article, other", error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    Stored pair = {.article = onr_column_int(s, 0), .other = onr_column_int(s, 1)};
    pair.classes = classes_of(set, pair.article, pair.other);
    g_array_append_val(stored, pair);
  }
  g_array_sort(stored, compare_stored);
  return step == ONR_STEP_DONE;
}

static gboolean drop_pair(OnrRecord *record, const Stored *pair, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "DELETE FROM article_pair WHERE article = ?1 AND other = ?2", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, pair->article);
  onr_bind_int(s, 2, pair->other);
  return onr_run(s, error);
}

/* Drops what is stored and not asked for; leaves in WANTED what is asked for and not stored. */
static gboolean settle_stored(OnrRecord *record, GArray *wanted, const GArray *stored, GError **error) {
  guint n_kept = 0, at = 0;
  for (guint i = 0; i <= wanted->len; i++) {
    const OnrClassPair *pair = i < wanted->len ? &g_array_index(wanted, OnrClassPair, i) : NULL;
    int order = 1;
    while (at < stored->len &&
           (!pair || (order = compare_pairs(&g_array_index(stored, Stored, at).classes, pair)) < 0))
      if (!drop_pair(record, &g_array_index(stored, Stored, at++), error))
        return FALSE;
    if (!pair)
      break;
    if (at < stored->len && order == 0)
      at++;
    else
      g_array_index(wanted, OnrClassPair, n_kept++) = *pair;
  }
  g_array_set_size(wanted, n_kept);
  return TRUE;
}

/* --- comparing --- */

typedef struct {
  gint64 row;
  char *title, *text;
  gsize length;
  gint32 day;
  OnrWording *wording;
} Reading;

typedef struct {
  Reading *a, *b;
  OnrLikeness likeness;
  guint shared;
} Job;

typedef struct {
  OnrRecord *record;
  const OnrSketchSet *set;
  GHashTable *readings; /* gint64 → Reading */
  GPtrArray *jobs;
  gsize n_bytes; /* of texts in readings */
} Chunk;

static void reading_free(gpointer p) {
  Reading *reading = p;
  g_free(reading->title);
  g_free(reading->text);
  onr_wording_free(reading->wording);
  g_free(reading);
}

static void chunk_clear(Chunk *chunk) {
  g_hash_table_unref(chunk->readings);
  g_ptr_array_unref(chunk->jobs);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chunk, chunk_clear)

static gboolean load_reading(OnrRecord *record, Reading *reading, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "SELECT a.title, t.text, a.day FROM article a JOIN "
                                                   "article_text t ON t.article = a.row WHERE a.row = ?1",
                                                   error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, reading->row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no text of article in row %" G_GINT64_FORMAT,
                record->file, reading->row);
  if (step != ONR_STEP_ROW)
    return FALSE;
  reading->title = g_strdup(onr_column_text(s, 0));
  reading->text = g_strdup(onr_column_text(s, 1));
  reading->length = (gsize)sqlite3_column_bytes(s, 1);
  reading->day = onr_column_day(s, 2);
  return TRUE;
}

static Reading *reading_of(Chunk *chunk, guint32 class, GError **error) {
  gint64 row = g_array_index(chunk->set->classes, OnrSketchClass, class).leader;
  Reading *reading = g_hash_table_lookup(chunk->readings, &row);
  if (reading)
    return reading;
  reading = g_new0(Reading, 1);
  reading->row = row;
  g_hash_table_insert(chunk->readings, &reading->row, reading);
  if (!load_reading(chunk->record, reading, error))
    return NULL;
  chunk->n_bytes += reading->length;
  return reading;
}

static gboolean add_job(Chunk *chunk, const OnrClassPair *pair, GError **error) {
  Job job = {.a = reading_of(chunk, pair->a, error)};
  if (!job.a || !(job.b = reading_of(chunk, pair->b, error)))
    return FALSE;
  g_ptr_array_add(chunk->jobs, g_memdup2(&job, sizeof job));
  return TRUE;
}

static void read_wording(gpointer data, gpointer unused G_GNUC_UNUSED) {
  Reading *reading = data;
  reading->wording = onr_wording_new(reading->title, reading->text, reading->length);
  g_clear_pointer(&reading->text, g_free);
}

static void compare_texts(gpointer data, gpointer unused G_GNUC_UNUSED) {
  Job *job = data;
  OnrLikenessFigures figures;
  gint32 a = job->a->day, b = job->b->day;
  guint n_days = a == ONR_NO_DAY || b == ONR_NO_DAY ? 0 : (guint)ABS(a - b);
  job->likeness = onr_likeness(job->a->wording, job->b->wording, n_days, &figures);
  job->shared = onr_likeness_shared(&figures);
}

/* Calls WORK for each of ITEMS, on all cores. */
static gboolean do_all(GFunc work, const GPtrArray *items, GError **error) {
  GThreadPool *pool = g_thread_pool_new(work, NULL, (gint)g_get_num_processors(), FALSE, error);
  if (!pool)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    g_thread_pool_push(pool, items->pdata[i], NULL); /* without a new thread one that there is takes it */
  g_thread_pool_free(pool, FALSE, TRUE);
  return TRUE;
}

static gboolean write_job(OnrRecord *record, const Job *job, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "INSERT INTO article_pair (article, other, kind, shared) VALUES (?1, ?2, ?3, ?4)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, MIN(job->a->row, job->b->row));
  onr_bind_int(s, 2, MAX(job->a->row, job->b->row));
  onr_bind_int(s, 3, job->likeness);
  onr_bind_int(s, 4, job->shared);
  return onr_run(s, error);
}

/* Compares what the chunk holds, and lets it go. */
static gboolean finish_chunk(Chunk *chunk, GError **error) {
  g_autoptr(GPtrArray) readings = g_ptr_array_new();
  GHashTableIter iter;
  gpointer reading;
  g_hash_table_iter_init(&iter, chunk->readings);
  while (g_hash_table_iter_next(&iter, NULL, &reading))
    g_ptr_array_add(readings, reading);
  if (!do_all(read_wording, readings, error) || !do_all(compare_texts, chunk->jobs, error))
    return FALSE;
  for (guint i = 0; i < chunk->jobs->len; i++)
    if (!write_job(chunk->record, chunk->jobs->pdata[i], error))
      return FALSE;
  g_ptr_array_set_size(chunk->jobs, 0);
  g_hash_table_remove_all(chunk->readings);
  chunk->n_bytes = 0;
  return TRUE;
}

static gboolean compare_all(OnrRecord *record, const OnrSketchSet *set, const GArray *pairs, guint n,
                            GError **error) {
  g_auto(Chunk) chunk = {.record = record,
                         .set = set,
                         .readings = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, reading_free),
                         .jobs = g_ptr_array_new_with_free_func(g_free)};
  for (guint i = 0; i < n; i++)
    if (!add_job(&chunk, &g_array_index(pairs, OnrClassPair, i), error) ||
        (chunk.n_bytes > CHUNK_BYTES && !finish_chunk(&chunk, error)))
      return FALSE;
  return !chunk.jobs->len || finish_chunk(&chunk, error);
}

gboolean onr_record_update_pairs(OnrRecord *record, const OnrSketchSet *set, guint limit, gboolean *is_done,
                                 GError **error) {
  g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(OnrClassPair)),
                    stored = g_array_new(FALSE, FALSE, sizeof(Stored));
  if (!onr_sketch_set_pairs(record, set, wanted, error) || !read_stored(record, set, stored, error) ||
      !settle_stored(record, wanted, stored, error))
    return FALSE;
  *is_done = wanted->len <= limit;
  return compare_all(record, set, wanted, MIN(wanted->len, limit), error);
}
