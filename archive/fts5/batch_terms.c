/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/batch_terms.h"

#include <string.h>

#define NO_TERM G_MAXUINT32
#define FIRST_SLOTS (1u << 12)
#define CACHE_LINE 64
/* Terms looked up side by side. */
#define STRIDE 16

typedef struct OnrBatchSlot {
  guint32 hash;
  guint32 term; /* NO_TERM: free */
} Slot;

static void reset_slots(OnrBatchTerms *batch, guint32 n_slots) {
  if (n_slots != batch->n_slots)
    batch->slots = g_renew(Slot, batch->slots, n_slots);
  batch->n_slots = n_slots;
  memset(batch->slots, 0xff, n_slots * sizeof(Slot));
}

void onr_batch_terms_init(OnrBatchTerms *batch) {
  *batch = (OnrBatchTerms){.arena = g_byte_array_new()};
  reset_slots(batch, FIRST_SLOTS);
}

void onr_batch_terms_clear(OnrBatchTerms *batch) {
  g_clear_pointer(&batch->arena, g_byte_array_unref);
  g_clear_pointer(&batch->slots, g_free);
  g_aligned_free(g_steal_pointer(&batch->terms));
  batch->n_terms = batch->capacity = batch->n_slots = 0;
}

void onr_batch_terms_empty(OnrBatchTerms *batch) {
  if (!batch->n_terms)
    return;
  batch->n_terms = 0;
  g_byte_array_set_size(batch->arena, 0);
  reset_slots(batch, batch->n_slots);
}

/* --- adding --- */

static void insert_slot(OnrBatchTerms *batch, guint32 hash, guint32 term) {
  guint32 i = hash & (batch->n_slots - 1);
  while (batch->slots[i].term != NO_TERM)
    i = (i + 1) & (batch->n_slots - 1);
  batch->slots[i] = (Slot){.hash = hash, .term = term};
}

static void grow_slots(OnrBatchTerms *batch) {
  guint32 n_old = batch->n_slots;
  g_autofree Slot *old = g_steal_pointer(&batch->slots);
  batch->n_slots = 0;
  reset_slots(batch, n_old * 2);
  for (guint32 i = 0; i < n_old; i++)
    if (old[i].term != NO_TERM)
      insert_slot(batch, old[i].hash, old[i].term);
}

static void grow_terms(OnrBatchTerms *batch) {
  guint32 capacity = MAX(batch->capacity * 2, FIRST_SLOTS / 2);
  OnrBatchTerm *terms = g_aligned_alloc(capacity, sizeof *terms, CACHE_LINE);
  if (batch->n_terms)
    memcpy(terms, batch->terms, batch->n_terms * sizeof *terms);
  g_aligned_free(batch->terms);
  batch->terms = terms;
  batch->capacity = capacity;
}

static guint32 add_term(OnrBatchTerms *batch, const OnrTermCount *count) {
  if (batch->n_terms == batch->capacity)
    grow_terms(batch);
  if (batch->n_terms >= batch->n_slots / 2)
    grow_slots(batch);
  guint32 i = batch->n_terms++;
  batch->terms[i] = (OnrBatchTerm){.stem = NO_TERM, .begin = batch->arena->len, .length = count->length};
  memcpy(batch->terms[i].head, count->term, MIN(count->length, ONR_BATCH_TERM_HEAD));
  g_byte_array_append(batch->arena, (const guint8 *)count->term, count->length);
  insert_slot(batch, count->hash, i);
  return i;
}

/* --- looking up --- */

static inline gboolean is_term(const OnrBatchTerms *batch, const OnrBatchTerm *term,
                               const OnrTermCount *count) {
  const guint n_head = MIN(count->length, ONR_BATCH_TERM_HEAD);
  return term->length == count->length && !memcmp(term->head, count->term, n_head) &&
         (count->length == n_head ||
          !memcmp(onr_batch_term_bytes(batch, term) + n_head, count->term + n_head, count->length - n_head));
}

/* The first term with the hash of COUNT: most often it is the one. NO_TERM: the batch has none. */
static inline guint32 guess_term(const OnrBatchTerms *batch, const OnrTermCount *count) {
  for (guint32 i = count->hash & (batch->n_slots - 1);; i = (i + 1) & (batch->n_slots - 1)) {
    Slot slot = batch->slots[i];
    if (slot.term == NO_TERM || slot.hash == count->hash)
      return slot.term;
  }
}

static guint32 find_or_add_term(OnrBatchTerms *batch, const OnrTermCount *count) {
  for (guint32 i = count->hash & (batch->n_slots - 1);; i = (i + 1) & (batch->n_slots - 1)) {
    Slot slot = batch->slots[i];
    if (slot.term == NO_TERM)
      return add_term(batch, count);
    if (slot.hash == count->hash && is_term(batch, &batch->terms[slot.term], count))
      return slot.term;
  }
}

static void fetch_slots(const OnrBatchTerms *batch, const OnrTermCount *counts, guint n) {
  for (guint i = 0; i < n; i++) {
    __builtin_prefetch(&batch->slots[counts[i].hash & (batch->n_slots - 1)]);
    __builtin_prefetch(counts[i].term);
  }
}

/* Indices of COUNTS[0 … N - 1], whose slots were fetched, into FOUND. */
static void find_terms(OnrBatchTerms *batch, const OnrTermCount *counts, guint n, guint32 *found) {
  for (guint i = 0; i < n; i++) {
    found[i] = guess_term(batch, &counts[i]);
    if (found[i] != NO_TERM)
      __builtin_prefetch(&batch->terms[found[i]], 1);
  }
  for (guint i = 0; i < n; i++)
    if (found[i] == NO_TERM || !is_term(batch, &batch->terms[found[i]], &counts[i]))
      found[i] = find_or_add_term(batch, &counts[i]);
}

static void add_counts(OnrBatchTerms *batch, const OnrTermCount *counts, guint n, const guint32 *found,
                       int sign) {
  for (guint i = 0; i < n; i++) {
    OnrBatchTerm *term = &batch->terms[found[i]];
    term->n_items += sign * (gint32)counts[i].n_items;
    term->n_postings += sign * (gint64)counts[i].n_postings;
  }
}

void onr_batch_terms_count(OnrBatchTerms *batch, const OnrTermCounts *counts, int sign) {
  if (!counts->terms)
    return;
  const OnrTermCount *first = (const OnrTermCount *)(gconstpointer)counts->terms->data;
  const guint n = counts->terms->len;
  const guint32 n_known = batch->n_terms;
  g_autofree guint32 *found = g_new(guint32, n);
  fetch_slots(batch, first, MIN(STRIDE, n));
  for (guint begin = 0; begin < n; begin += STRIDE) {
    guint end = MIN(begin + STRIDE, n);
    fetch_slots(batch, first + end, MIN(STRIDE, n - end));
    find_terms(batch, first + begin, end - begin, found + begin);
    add_counts(batch, first + begin, end - begin, found + begin, sign);
  }
  for (guint i = 0; i < n && n_known < batch->n_terms; i++)
    if (found[i] >= n_known)
      batch->terms[found[i]].stem = found[first[i].stem];
}

/* --- sorting --- */

typedef struct {
  guint64 head; /* the first eight bytes, as a number that orders as they do */
  guint32 term;
} SortKey;

static int compare_keys(gconstpointer a, gconstpointer b, gpointer data) {
  const SortKey *x = a, *y = b;
  if (x->head != y->head)
    return x->head < y->head ? -1 : 1;
  const OnrBatchTerms *batch = data;
  const OnrBatchTerm *s = &batch->terms[x->term], *t = &batch->terms[y->term];
  int order =
      memcmp(onr_batch_term_bytes(batch, s), onr_batch_term_bytes(batch, t), MIN(s->length, t->length));
  return order ? order : (int)s->length - (int)t->length;
}

guint32 *onr_batch_terms_sort(const OnrBatchTerms *batch) {
  g_autofree SortKey *keys = g_new(SortKey, batch->n_terms);
  for (guint32 i = 0; i < batch->n_terms; i++) {
    guint64 head;
    memcpy(&head, batch->terms[i].head, sizeof head);
    keys[i] = (SortKey){.head = GUINT64_FROM_BE(head), .term = i};
  }
  g_qsort_with_data(keys, (gint)batch->n_terms, sizeof *keys, compare_keys, (gpointer)batch);
  guint32 *sorted = g_new(guint32, batch->n_terms);
  for (guint32 i = 0; i < batch->n_terms; i++)
    sorted[i] = keys[i].term;
  return sorted;
}
