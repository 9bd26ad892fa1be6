/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of the open batch, with what is to be added to their counts. The one thread that writes counts
   some two thousand terms an article in a table that no cache holds: an article's terms are looked up a few
   at a time, so that the memory of one is fetched while others are worked on. */
#pragma once

#include "archive/term_counts.h"

G_BEGIN_DECLS

#define ONR_BATCH_TERM_HEAD 11

/* 32 bytes: two a cache line. */
typedef struct {
  gint64 n_postings; /* to be added */
  gint32 n_items;    /* to be added */
  guint32 stem;      /* of a form: index of its stem; of a stem: its own */
  guint32 begin;     /* of its bytes in the batch's arena */
  guint8 length;
  char head[ONR_BATCH_TERM_HEAD]; /* its first bytes, filled up with NULs */
} OnrBatchTerm;

typedef struct {
  OnrBatchTerm *terms; /* in order of their first count */
  guint32 n_terms, capacity;
  GByteArray *arena;
  struct OnrBatchSlot *slots; /* open addressing, at most half full */
  guint32 n_slots;
} OnrBatchTerms;

void onr_batch_terms_init(OnrBatchTerms *batch);
void onr_batch_terms_clear(OnrBatchTerms *batch);
void onr_batch_terms_empty(OnrBatchTerms *batch); /* keeps the memory */

/* SIGN is 1, or -1 for what goes. */
void onr_batch_terms_count(OnrBatchTerms *batch, const OnrTermCounts *counts, int sign);

/* Indices of all terms in byte order; n_terms, to be freed by the caller. */
guint32 *onr_batch_terms_sort(const OnrBatchTerms *batch);

static inline const char *onr_batch_term_bytes(const OnrBatchTerms *batch, const OnrBatchTerm *term) {
  return (const char *)batch->arena->data + term->begin;
}

G_END_DECLS
