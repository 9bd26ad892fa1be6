/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drafts into parts. Xapian indexes 2 MB of text a second and processor, and one database takes one thread:
   the drafts are dealt out in runs of like size, one a processor, each into a part of its own. */
#include "archive/xapian/index.h"

#include <glib/gstdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Bytes of drafts between two commits. Xapian gathers postings in maps, which are slow once they have left
   the processor's cache. */
#define COMMIT_BYTES (6u << 20)

typedef struct {
  const OnrXapianIndex *index;
  guint first, end; /* of the drafts */
  OnrPart part;
  GError *error;
  GThread *thread;
} Task;

static void count_rows(OnrPart *part, const OnrDraft *draft) {
  if (!part->first[ONR_TABLE_ARTICLES])
    part->first[ONR_TABLE_ARTICLES] = draft->row;
  part->last[ONR_TABLE_ARTICLES] = draft->row;
  if (draft->n_quotes) {
    if (!part->first[ONR_TABLE_QUOTES])
      part->first[ONR_TABLE_QUOTES] = draft->first_quote;
    part->last[ONR_TABLE_QUOTES] = draft->first_quote + draft->n_quotes - 1;
  }
  part->n_bytes += draft->end - draft->begin;
}

static gboolean begin_all(OnrXapWriter *const *writers, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!onr_xap_writer_begin(writers[t], error))
      return FALSE;
  return TRUE;
}

static gboolean commit_all(OnrXapWriter *const *writers, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!onr_xap_writer_commit(writers[t], error))
      return FALSE;
  return TRUE;
}

typedef struct {
  Task *task;
  OnrXapWriter *writer;
} Stems;

/* The forms of a stem are its metadata: what has positions. */
static void store_stem(const char *stem, const char *forms, gpointer data) {
  Stems *stems = data;
  if (!stems->task->error)
    onr_xap_writer_set_metadata(stems->writer, stem, forms, strlen(forms), &stems->task->error);
}

static gboolean store_stems(Task *task, const OnrDraftScratch *scratch, OnrXapWriter *const *writers) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    Stems stems = {task, writers[t]};
    onr_draft_scratch_each_stem(scratch, (OnrTable)t, store_stem, &stems);
  }
  return !task->error;
}

static gboolean write_drafts(Task *task, OnrDraftScratch *scratch, OnrXapWriter *const *writers) {
  const OnrDrafts *drafts = &task->index->drafts;
  gsize committed = g_array_index(drafts->items, OnrDraft, task->first).begin;
  for (guint i = task->first; i < task->end; i++) {
    const OnrDraft *draft = &g_array_index(drafts->items, OnrDraft, i);
    if (!onr_draft_write(drafts, i, scratch, writers, &task->error))
      return FALSE;
    count_rows(&task->part, draft);
    if (draft->end - committed < COMMIT_BYTES)
      continue;
    if (!commit_all(writers, &task->error) || !begin_all(writers, &task->error))
      return FALSE;
    committed = draft->end;
  }
  return store_stems(task, scratch, writers) && commit_all(writers, &task->error);
}

/* What a reader has to know who has not the record. */
static gboolean store_settings(Task *task, OnrXapWriter *writer) {
  const char *const settings[][2] = {
      {ONR_XAPIAN_FORMAT_KEY, ONR_XAPIAN_FORMAT},
      {ONR_XAPIAN_TERMS_KEY, G_STRINGIFY(ONR_TERM_VERSION)},
      {ONR_XAPIAN_LANGUAGE_KEY, task->index->language ? task->index->language : ""}};
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
    if (!onr_xap_writer_set_metadata(writer, settings[i][0], settings[i][1], strlen(settings[i][1]),
                                     &task->error))
      return FALSE;
  return TRUE;
}

static gboolean open_writers(Task *task, OnrXapWriter **writers) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autofree char *path = onr_part_path(task->index, task->part.number, (OnrTable)t);
    writers[t] = onr_xap_writer_open(path, ONR_XAP_CREATE, &task->error);
    if (!writers[t] || !store_settings(task, writers[t]))
      return FALSE;
  }
  return begin_all(writers, &task->error);
}

static gboolean note_revisions(Task *task, OnrXapWriter *const *writers) {
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!onr_xap_writer_revision(writers[t], &task->part.revisions[t], &task->error))
      return FALSE;
  return TRUE;
}

/* Here, where another thread has work meanwhile. */
static void sync_part(Task *task) {
  for (int t = 0; t < ONR_N_TABLES && !task->error; t++) {
    g_autofree char *path = onr_part_path(task->index, task->part.number, (OnrTable)t);
    onr_part_sync(path, &task->error);
  }
}

static gpointer build(gpointer data) {
  Task *task = data;
  OnrXapWriter *writers[ONR_N_TABLES] = {0};
  g_autoptr(OnrDraftScratch) scratch = onr_draft_scratch_new(&task->error);
  if (scratch && open_writers(task, writers) && write_drafts(task, scratch, writers))
    note_revisions(task, writers);
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (writers[t])
      onr_xap_writer_free(writers[t]);
  sync_part(task);
  return NULL;
}

/* The first draft behind which BYTES or more of all drafts stand. */
static guint draft_after(const OnrDrafts *drafts, gsize bytes) {
  guint i = 0;
  while (i < drafts->items->len && g_array_index(drafts->items, OnrDraft, i).end < bytes)
    i++;
  return i;
}

static guint deal_out(OnrXapianIndex *index, Task *tasks, guint n) {
  const OnrDrafts *drafts = &index->drafts;
  guint first = 0, n_tasks = 0;
  for (guint i = 0; i < n; i++) {
    gsize bytes = (gsize)((guint64)drafts->bytes->len * (i + 1) / n);
    guint end = i + 1 == n ? drafts->items->len : draft_after(drafts, bytes);
    if (end > first)
      tasks[n_tasks++] = (Task){.index = index,
                                .first = first,
                                .end = end,
                                .part = {.number = index->next_number++, .is_new = TRUE}};
    first = MAX(first, end);
  }
  return n_tasks;
}

/* One of the tasks is this thread's own. */
static void run_tasks(Task *tasks, guint n) {
  for (guint i = 1; i < n; i++)
    tasks[i].thread = g_thread_new("build", build, &tasks[i]);
  build(&tasks[0]);
  for (guint i = 1; i < n; i++)
    g_thread_join(tasks[i].thread);
}

static gboolean take_parts(OnrXapianIndex *index, Task *tasks, guint n, GError **error) {
  gboolean is_done = TRUE;
  for (guint i = 0; i < n; i++) {
    g_array_append_val(index->parts, tasks[i].part);
    if (tasks[i].error && is_done)
      g_propagate_error(error, g_steal_pointer(&tasks[i].error));
    is_done &= !tasks[i].error && (!error || !*error);
    g_clear_error(&tasks[i].error);
  }
  return is_done;
}

gboolean onr_build_drafts(OnrXapianIndex *index, GError **error) {
  if (!index->drafts.items->len)
    return TRUE;
  g_free(index->language);
  index->language = onr_record_get_setting(index->record, "language");
  if (g_mkdir_with_parents(index->folder, 0777) != 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", index->folder, g_strerror(errno));
    return FALSE;
  }
  guint n = (guint)CLAMP(index->drafts.bytes->len / index->limits.part_bytes, 1, g_get_num_processors());
  g_autofree Task *tasks = g_new0(Task, n);
  n = deal_out(index, tasks, n);
  run_tasks(tasks, n);
#ifdef __GLIBC__
  malloc_trim(0); /* the maps of each thread are small pieces that its heap would keep: a fifth of the peak */
#endif
  onr_parts_close_databases(index);
  gboolean is_done = take_parts(index, tasks, n, error);
  onr_drafts_empty(&index->drafts);
  return is_done && onr_merge_levels(index, error);
}
