/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What one thread does with one raw item: parse, decide its id, annotate, make its postings. Each thread has
   one worker, whose scratch objects are used again from item to item. */
#pragma once

#include "archive/corrections.h"
#include "archive/postings.h"
#include "indexer/reader.h"

G_BEGIN_DECLS

/* What an item becomes. */
typedef struct {
  OnrArticle *article;
  OnrArticlePostings *postings;
  guint32 n_replaced; /* bytes that did not decode */
  GError *error;      /* why it is no article; owned */
  guint n_lost;       /* corrections of quotes of it that are not there */
  gsize held_bytes;   /* of memory, about: the most that any item has needed, with the spare room of arrays */
} OnrWorkResult;

typedef struct OnrWorker OnrWorker;

typedef struct {
  const char *language;   /* of stems; NULL: no postings are made */
  gboolean is_parsing_only; /* items are parsed and get their ids, and are not annotated; no language then */
  gboolean keeps_own_ids; /* `annotate`: an item without an id of its own gets none */
  const OnrCorrections *corrections; /* of quotes; NULL: none. Borrowed, and not changed, while there are workers */
} OnrWorkerOptions;

/* LANGUAGE is copied. */
OnrWorker *onr_worker_new(const OnrWorkerOptions *options, GError **error);
void onr_worker_free(OnrWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrWorker, onr_worker_free)

/* Fills RESULT from ITEM, whose bytes are given back as soon as they are parsed and whose member becomes its place in
   the file through all containers. NAME is the file's name for the record. READER may be NULL where the item is an
   error. */
void onr_worker_read(OnrWorker *worker, const OnrReader *reader, const char *name, OnrRawItem *item,
                     OnrWorkResult *result);

/* The second half alone, for an article that is stored already: its annotations and postings anew. */
void onr_worker_annotate(OnrWorker *worker, OnrWorkResult *result);

/* Makes RESULT ready for another item. */
void onr_work_result_reset(OnrWorkResult *result);
/* Gives all memory back. */
void onr_work_result_clear(OnrWorkResult *result);

G_END_DECLS
