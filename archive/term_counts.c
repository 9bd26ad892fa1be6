/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/term_counts.h"

#include "text/bytes.h"

#define FIRST_SLOTS 1024u
#define NO_TERM G_MAXUINT32

/* Eight bytes a step, mixed by the finaliser of MurmurHash3 (Austin Appleby, public domain). */
static inline guint32 hash_term(const char *term, gsize length) {
  guint64 hash = length * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  for (gsize at = 0; at < length; at += 8) {
    hash = (hash ^ onr_load_up_to_8(term + at, length - at)) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash ^= hash >> 32;
  }
  return (guint32)hash;
}

guint32 onr_term_hash(const char *term, gsize length) {
  return hash_term(term, length);
}

static void set_slots(OnrTermCounts *counts, guint32 n_slots) {
  if (n_slots != counts->n_slots)
    counts->slots = g_renew(guint32, counts->slots, n_slots);
  counts->n_slots = n_slots;
  memset(counts->slots, 0xff, n_slots * sizeof *counts->slots);
}

void onr_term_counts_reset(OnrTermCounts *counts) {
  if (!counts->terms)
    counts->terms = g_array_new(FALSE, FALSE, sizeof(OnrTermCount));
  g_array_set_size(counts->terms, 0);
  set_slots(counts, FIRST_SLOTS);
  counts->item = 0;
}

void onr_term_counts_clear(OnrTermCounts *counts) {
  g_clear_pointer(&counts->terms, g_array_unref);
  g_clear_pointer(&counts->slots, g_free);
  counts->n_slots = 0;
}

static inline OnrTermCount *term_at(const OnrTermCounts *counts, guint32 i) {
  return &g_array_index(counts->terms, OnrTermCount, i);
}

/* Most terms are shorter than a call takes. */
static inline gboolean is_posting(const OnrTermCount *count, const OnrPosting *posting) {
  gsize length = posting->length;
  if (count->length != length)
    return FALSE;
  for (gsize at = 0; at < length; at += 8)
    if (onr_load_up_to_8(count->term + at, length - at) != onr_load_up_to_8(posting->term + at, length - at))
      return FALSE;
  return TRUE;
}

static void insert_slot(OnrTermCounts *counts, guint32 hash, guint32 term) {
  guint32 i = hash & (counts->n_slots - 1);
  while (counts->slots[i] != NO_TERM)
    i = (i + 1) & (counts->n_slots - 1);
  counts->slots[i] = term;
}

static void grow(OnrTermCounts *counts) {
  set_slots(counts, counts->n_slots * 2);
  for (guint32 i = 0; i < counts->terms->len; i++)
    insert_slot(counts, term_at(counts, i)->hash, i);
}

static guint32 add_term(OnrTermCounts *counts, guint32 hash, const OnrPosting *posting) {
  guint32 i = counts->terms->len;
  OnrTermCount count = {.term = posting->term,
                        .length = posting->length,
                        .is_stem = posting->is_stem ? 1 : 0,
                        .hash = hash,
                        .stem = i};
  g_array_append_val(counts->terms, count);
  if (counts->terms->len > counts->n_slots / 2)
    grow(counts);
  else
    insert_slot(counts, hash, i);
  return i;
}

static guint32 find_term(OnrTermCounts *counts, const OnrPosting *posting) {
  guint32 hash = hash_term(posting->term, posting->length);
  for (guint32 i = hash & (counts->n_slots - 1);; i = (i + 1) & (counts->n_slots - 1)) {
    guint32 term = counts->slots[i];
    if (term == NO_TERM)
      return add_term(counts, hash, posting);
    if (term_at(counts, term)->hash == hash && is_posting(term_at(counts, term), posting))
      return term;
  }
}

/* A form is posted with the same stem each time, so that most stems need no look-up. */
static guint32 find_stem(OnrTermCounts *counts, guint32 form, const OnrPosting *posting) {
  guint32 stem = term_at(counts, form)->stem;
  if (stem != form && is_posting(term_at(counts, stem), posting))
    return stem;
  stem = find_term(counts, posting);
  term_at(counts, form)->stem = stem;
  return stem;
}

void onr_term_counts_begin_item(OnrTermCounts *counts) {
  counts->item++;
}

void onr_term_counts_add(OnrTermCounts *counts, const OnrPostings *postings, guint weight) {
  if (!postings->bytes)
    return;
  guint32 form = NO_TERM;
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(postings->bytes->data, postings->bytes->len, &at, &posting);) {
    guint32 i =
        posting.is_stem && form != NO_TERM ? find_stem(counts, form, &posting) : find_term(counts, &posting);
    form = posting.is_stem ? form : i;
    OnrTermCount *count = term_at(counts, i);
    count->n_items += count->last_item != counts->item;
    count->last_item = counts->item;
    count->n_postings += weight;
  }
}
