/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/feed.h"

#include "indexer/items.h"

#include <string.h>

/* A file that was changed so short a time ago may be changed again without its time showing it: some systems
   keep whole seconds. Its time is not kept, so that the next run looks at its hash. */
#define RACY_NS G_GINT64_CONSTANT(2000000000)

static void file_clear(gpointer p) {
  OnrFile *file = p;
  g_free(file->path);
  g_free(file->name);
  g_free(file->remark);
  g_free(file->format);
  g_free(file->hash);
  g_clear_error(&file->error);
}

static void file_release(gpointer p) {
  g_atomic_rc_box_release_full(p, file_clear);
}

static OnrFile *file_new(const OnrWalkEntry *entry, gint64 source_row) {
  OnrFile *file = g_atomic_rc_box_new0(OnrFile);
  file->path = g_strdup(entry->path);
  file->name = g_strdup(entry->name);
  file->source_row = source_row;
  file->size_bytes = entry->size_bytes;
  file->mtime_ns = entry->mtime_ns;
  file->is_folder = entry->is_folder;
  return file;
}

static OnrJob *new_job(OnrCrew *crew, OnrFeedEvent event, OnrFile *file) {
  OnrJob *job = onr_crew_get(crew);
  job->event = (int)event;
  job->data = g_atomic_rc_box_acquire(file);
  job->release = file_release;
  job->name = file->name;
  job->cost = ONR_COST_OF_JOB;
  return job;
}

/* --- reading --- */

static gboolean push_item(OnrCrew *crew, OnrFile *file, const OnrReader *reader, OnrStream *stream,
                          OnrRawItem *raw) {
  OnrJob *job = new_job(crew, ONR_FEED_ITEM, file);
  job->work = ONR_JOB_READ;
  job->reader = reader;
  job->raw = *raw;
  *raw = (OnrRawItem){0};
  job->n_bytes = onr_stream_read_bytes(stream);
  job->cost += (job->raw.bytes ? g_bytes_get_size(job->raw.bytes) : 0) * ONR_COST_PER_BYTE;
  return onr_crew_push(crew, job);
}

static gboolean push_items(OnrCrew *crew, OnrFile *file, OnrStream *stream, const char *const *map) {
  g_autoptr(OnrItems) items = onr_items_open(stream, file->path, map, &file->error);
  if (!items)
    return TRUE;
  file->format = onr_items_format(items);
  OnrRawItem raw = {0};
  const OnrReader *reader;
  while (onr_items_next(items, &raw, &reader, &file->error))
    if (!push_item(crew, file, reader, stream, &raw))
      return FALSE;
  file->remark = onr_items_take_remark(items);
  file->hash = onr_stream_hash(stream);
  return TRUE;
}

/* The time as it is kept for the next run's comparison. */
static gint64 kept_mtime(gint64 mtime_ns) {
  gint64 now_ns = g_get_real_time() * 1000;
  return now_ns - mtime_ns < RACY_NS ? 0 : mtime_ns;
}

gboolean onr_feed_read(OnrCrew *crew, const OnrWalkEntry *entry, gint64 source_row, const char *const *map) {
  OnrFile *file = file_new(entry, source_row);
  gboolean goes_on = onr_crew_push(crew, new_job(crew, ONR_FEED_BEGIN, file));
  g_autoptr(OnrStream) stream = goes_on ? onr_stream_open(file->path, &file->error) : NULL;
  if (stream) {
    onr_stream_get_file(stream, &file->size_bytes, &file->mtime_ns);
    file->mtime_ns = kept_mtime(file->mtime_ns);
    goes_on = push_items(crew, file, stream, map);
  }
  goes_on = goes_on && onr_crew_push(crew, new_job(crew, ONR_FEED_END, file));
  file_release(file);
  return goes_on;
}

/* --- what has changed --- */

static char *hash_file(const char *path) {
  g_autoptr(OnrStream) stream = onr_stream_open(path, NULL);
  return stream ? onr_stream_hash(stream) : NULL;
}

static gboolean push_event(OnrCrew *crew, OnrFeedEvent event, const OnrWalkEntry *entry, gint64 source_row) {
  OnrFile *file = file_new(entry, source_row);
  file->mtime_ns = kept_mtime(file->mtime_ns);
  if (entry->reason)
    file->error = g_error_new_literal(ONR_ERROR, ONR_ERROR_IO, entry->reason);
  gboolean goes_on = onr_crew_push(crew, new_job(crew, event, file));
  file_release(file);
  return goes_on;
}

/* A table is another one when its columns are called otherwise. */
static gboolean is_mapped_anew(const OnrFeed *feed, const OnrSource *known) {
  return feed->map && *feed->map && known->format &&
         (g_str_has_prefix(known->format, "csv") || g_str_has_prefix(known->format, "tsv"));
}

static gboolean feed_entry(const OnrFeed *feed, const OnrWalkEntry *entry) {
  const OnrSource *known = feed->record ? onr_record_find_source(feed->record, entry->name) : NULL;
  gint64 row = known ? known->row : 0;
  if (entry->reason)
    return push_event(feed->crew, ONR_FEED_SKIPPED, entry, row);
  gboolean is_same_size = known && known->size_bytes == entry->size_bytes && !is_mapped_anew(feed, known);
  if (is_same_size && known->mtime_ns == entry->mtime_ns && known->mtime_ns != 0)
    return push_event(feed->crew, ONR_FEED_UNCHANGED, entry, row);
  if (is_same_size && known->hash) {
    g_autofree char *hash = hash_file(entry->path);
    if (g_strcmp0(hash, known->hash) == 0)
      return push_event(feed->crew, ONR_FEED_TOUCHED, entry, row);
  }
  return onr_feed_read(feed->crew, entry, row, feed->map);
}

gpointer onr_feed_run(gpointer data) {
  OnrFeed *feed = data;
  OnrWalkEntry entry;
  while (onr_walk_next(feed->walk, &entry) && feed_entry(feed, &entry))
    ;
  onr_crew_close(feed->crew);
  return NULL;
}
