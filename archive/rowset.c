/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/rowset.h"

#include <string.h>

OnrRowSet *onr_row_set_new(void) {
  return g_new0(OnrRowSet, 1);
}

void onr_row_set_free(OnrRowSet *set) {
  if (!set)
    return;
  g_free(set->words);
  g_free(set);
}

static void grow(OnrRowSet *set, guint32 n_words) {
  if (n_words <= set->n_words)
    return;
  n_words = MAX(n_words, set->n_words + set->n_words / 2);
  set->words = g_renew(guint64, set->words, n_words);
  memset(set->words + set->n_words, 0, (n_words - set->n_words) * sizeof *set->words);
  set->n_words = n_words;
}

void onr_row_set_add(OnrRowSet *set, guint32 row) {
  grow(set, row / 64 + 1);
  set->words[row / 64] |= G_GUINT64_CONSTANT(1) << (row % 64);
}

void onr_row_set_add_range(OnrRowSet *set, guint32 first, guint32 n) {
  for (guint32 i = 0; i < n; i++)
    onr_row_set_add(set, first + i);
}

void onr_row_set_join(OnrRowSet *set, const OnrRowSet *other) {
  grow(set, other->n_words);
  for (guint32 i = 0; i < other->n_words; i++)
    set->words[i] |= other->words[i];
}

void onr_row_set_meet(OnrRowSet *set, const OnrRowSet *other) {
  set->n_words = MIN(set->n_words, other->n_words);
  for (guint32 i = 0; i < set->n_words; i++)
    set->words[i] &= other->words[i];
}

void onr_row_set_take(OnrRowSet *set, const OnrRowSet *other) {
  guint32 n = MIN(set->n_words, other->n_words);
  for (guint32 i = 0; i < n; i++)
    set->words[i] &= ~other->words[i];
}

/* Most words of most sets hold no row, and counting bits is a call where the processor is not known to do it.
 */
guint64 onr_row_set_count(const OnrRowSet *set) {
  guint64 n = 0;
  for (guint32 i = 0; i < set->n_words; i++)
    if (set->words[i])
      n += (guint64)__builtin_popcountll(set->words[i]);
  return n;
}

gboolean onr_row_set_next(const OnrRowSet *set, guint32 *row) {
  guint32 i = *row / 64;
  if (i >= set->n_words)
    return FALSE;
  guint64 word = set->words[i] & (G_MAXUINT64 << (*row % 64));
  while (!word && ++i < set->n_words)
    word = set->words[i];
  if (!word)
    return FALSE;
  *row = i * 64 + (guint32)__builtin_ctzll(word);
  return TRUE;
}
