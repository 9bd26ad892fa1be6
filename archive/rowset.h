/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set of rows as a bitmap over rowids: asked for a row it answers at once, and a set over five million rows
   takes 600 KiB, so that sparse and dense sets need no two shapes. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 *words;
  guint32 n_words;
} OnrRowSet;

/* Holds no row; grows as rows are added. */
OnrRowSet *onr_row_set_new(void);
void onr_row_set_free(OnrRowSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrRowSet, onr_row_set_free)

void onr_row_set_add(OnrRowSet *set, guint32 row);
void onr_row_set_add_range(OnrRowSet *set, guint32 first, guint32 n);

/* SET with OTHER's rows; only those that OTHER has too; without OTHER's. */
void onr_row_set_join(OnrRowSet *set, const OnrRowSet *other);
void onr_row_set_meet(OnrRowSet *set, const OnrRowSet *other);
void onr_row_set_take(OnrRowSet *set, const OnrRowSet *other);

guint64 onr_row_set_count(const OnrRowSet *set);

/* The first row at or after *ROW, into *ROW; FALSE where there is none. To go through a set:
     for (guint32 row = 0; onr_row_set_next(set, &row); row++) … */
gboolean onr_row_set_next(const OnrRowSet *set, guint32 *row);
static inline gboolean onr_row_set_has(const OnrRowSet *set, guint32 row) {
  guint32 word = row / 64;
  return word < set->n_words && (set->words[word] >> (row % 64) & 1);
}

G_END_DECLS
