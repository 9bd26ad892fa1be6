/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of one table and how many items have them. BM25 needs the count before the first item is looked
   at, and FTS5 finds it by walking a term's whole list; a prefix needs the terms in order. Kept in
   fts5_article_term or fts5_quote_term; what a batch adds and takes away is summed up in memory and written
   at the flush, in order of terms (measured: 1.5 µs a term). */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

typedef struct OnrDictionary OnrDictionary;

OnrDictionary *onr_dictionary_new(OnrRecord *record, OnrTable table);
void onr_dictionary_free(OnrDictionary *dictionary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDictionary, onr_dictionary_free)

gboolean onr_dictionary_create(sqlite3 *db, OnrTable table, GError **error);

/* Begins the next item: a term counts once for it, however many of the buffers below have it. SIGN is 1, or
 * -1 for an item that goes. */
void onr_dictionary_begin_item(OnrDictionary *dictionary, int sign);
/* Counts one buffer of the item's postings, each with WEIGHT. */
void onr_dictionary_count(OnrDictionary *dictionary, const OnrPostings *postings, guint weight);

gboolean onr_dictionary_is_dirty(const OnrDictionary *dictionary);
gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error);
void onr_dictionary_forget(OnrDictionary *dictionary);

/* How many items have TERM, and the sum of its wdf in them; 0 for an unknown one. Of what was flushed. */
gboolean onr_dictionary_find(OnrDictionary *dictionary, const char *term, guint64 *n_items,
                             guint64 *n_postings, GError **error);
/* See OnrEngineClass.expand. */
gboolean onr_dictionary_expand(OnrDictionary *dictionary, const char *prefix, guint limit, GPtrArray *terms,
                               GError **error);

G_END_DECLS
