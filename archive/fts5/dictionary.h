/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of one table and how many items have them. BM25 needs the count before the first item is looked
   at, and a prefix needs the terms in order. The lists hold forms only; the dictionary has forms and stems,
   and which forms a stem stands for (a form has one stem, since an archive has one language). What a batch
   adds and takes away is summed up in memory (batch_terms.h) and leaves a sorted run (term_runs.h).

   Keys of the runs: a term, with its counts; a stem, a NUL and a form of it, with the form's n_items and 0.
   So a stem's forms come right after it, and one that no item has any more is none of them. */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

typedef struct OnrDictionary OnrDictionary;

OnrDictionary *onr_dictionary_new(OnrRecord *record, OnrTable table);
void onr_dictionary_free(OnrDictionary *dictionary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDictionary, onr_dictionary_free)

/* Makes what the dictionaries of both tables are kept in. */
gboolean onr_dictionary_create(sqlite3 *db, GError **error);

/* Counts the terms of an article or of its quotes. SIGN is 1, or -1 where it goes. */
void onr_dictionary_count(OnrDictionary *dictionary, const OnrTermCounts *counts, int sign);

gboolean onr_dictionary_flush(OnrDictionary *dictionary, GError **error);
void onr_dictionary_forget(OnrDictionary *dictionary);
/* Makes one run of what was flushed. */
gboolean onr_dictionary_optimise(OnrDictionary *dictionary, GError **error);

/* How many items have TERM, and the sum of its wdf in them; 0 for an unknown one. Of what was flushed, as all
 * below. */
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

/* Whether what the dictionary is kept in is whole. */
gboolean onr_dictionary_check(OnrDictionary *dictionary, GError **error);

/* What the dictionary says of one term, or of one form of a stem. */
typedef struct {
  const char *term;
  const char *form; /* NULL: of TERM; else of this form of the stem TERM, and n_postings is 0 */
  gint64 n_items, n_postings;
} OnrDictionaryEntry;

/* Goes through all that is counted, in byte order of terms, a stem's forms after the stem. */
typedef struct OnrTermRunCursor OnrDictionaryCursor;
OnrDictionaryCursor *onr_dictionary_cursor_new(OnrDictionary *dictionary, GError **error);
void onr_dictionary_cursor_free(OnrDictionaryCursor *cursor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDictionaryCursor, onr_dictionary_cursor_free)
/* ENTRY's strings are borrowed until the next call. */
OnrStep onr_dictionary_cursor_next(OnrDictionaryCursor *cursor, OnrDictionaryEntry *entry, GError **error);

G_END_DECLS
