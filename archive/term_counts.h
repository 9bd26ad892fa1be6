/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The distinct terms of an article, or of all its quotes together, and how often they come: what an engine's
   dictionary of terms is kept with. Made in the worker, so that the one thread that writes looks a term up
   once an article and not once a posting.

     onr_term_counts_reset(&counts);
     onr_term_counts_begin_item(&counts);                  // × items
     onr_term_counts_add(&counts, &postings, weight);      // × fields */
#pragma once

#include "text/terms.h"

G_BEGIN_DECLS

typedef struct {
  const char *term; /* not NUL-terminated; borrowed from the postings */
  guint8 length;
  guint8 is_stem;
  guint32 hash;
  guint32 stem;       /* of a form: index of the stem that is posted with it; of a stem: its own */
  guint32 n_items;    /* that have it */
  guint32 n_postings; /* sum of wdf over these */
  guint32 last_item;  /* the item it was last counted for */
} OnrTermCount;

typedef struct {
  GArray *terms;  /* OnrTermCount, in order of first posting; NULL before first use */
  guint32 *slots; /* open addressing: index into terms, at most half full */
  guint32 n_slots;
  guint32 item;
} OnrTermCounts;

void onr_term_counts_reset(OnrTermCounts *counts); /* empties, keeps the memory */
void onr_term_counts_clear(OnrTermCounts *counts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrTermCounts, onr_term_counts_clear)

/* A term counts once for an item, however many of its fields have it. */
void onr_term_counts_begin_item(OnrTermCounts *counts);
/* Counts one field of the item, each posting WEIGHT times. POSTINGS stay as they are as long as the counts
 * are used. */
void onr_term_counts_add(OnrTermCounts *counts, const OnrPostings *postings, guint weight);

/* The hash that counts carry. */
guint32 onr_term_hash(const char *term, gsize length);

G_END_DECLS
