/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of one table and how many items have them. BM25 needs the count before the first item is looked
   at, and a prefix needs the terms in order. Forms and stems both have a row in fts5_article_term or
   fts5_quote_term; the lists hold forms only, and fts5_article_form or fts5_quote_form says which forms a
   stem stands for (a form has one stem, since an archive has one language). What a batch adds and takes away
   is summed up in memory and written at the flush, in order of terms (measured: 1.5 µs a term). */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

typedef struct OnrDictionary OnrDictionary;

OnrDictionary *onr_dictionary_new(OnrRecord *record, OnrTable table);
void onr_dictionary_free(OnrDictionary *dictionary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDictionary, onr_dictionary_free)

gboolean onr_dictionary_create(sqlite3 *db, OnrTable table, GError **error);

/* Counts the terms of an article or of its quotes. SIGN is 1, or -1 where it goes. */
void onr_dictionary_count(OnrDictionary *dictionary, const OnrTermCounts *counts, int sign);

gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error);
void onr_dictionary_forget(OnrDictionary *dictionary);

/* How many items have TERM, and the sum of its wdf in them; 0 for an unknown one. Of what was flushed. */
gboolean onr_dictionary_find(OnrDictionary *dictionary, const char *term, guint64 *n_items,
                             guint64 *n_postings, GError **error);
/* The forms whose lists make up TERM's: of a stem those that have it, of a form itself. Appends to FORMS
 * (char *). */
gboolean onr_dictionary_forms(OnrDictionary *dictionary, const char *term, GPtrArray *forms, GError **error);
/* Whether TERM is a stem, by its spelling. */
gboolean onr_term_is_stem(const char *term);
/* See OnrEngineClass.expand. */
gboolean onr_dictionary_expand(OnrDictionary *dictionary, const char *prefix, guint limit, GPtrArray *terms,
                               GError **error);

G_END_DECLS
