/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of many sketches have elements in common: the pairs that are worth a closer look. An index of elements in memory that is
   proportional to the number of items: those that one item alone has, most of them, are sorted out by two bits each before
   anything is kept.

     g_autoptr(OnrPairFinder) finder = onr_pair_finder_new(n_items * ONR_SKETCH_MOST);
     for (each item) onr_pair_finder_note(finder, elements, n);      // all of them, in any order
     for (each item) onr_pair_finder_add(finder, item, elements, n); // the same again
     onr_pair_finder_find(finder, n_items, 2, each, data);

   What is found depends on the items and their numbers alone, not on the order in which they came. An element that more than
   ONR_PAIRS_MANY items have joins each with the ONR_PAIRS_NEAR before it only, by number: a story in a thousand wordings is still
   found as one, each with some of the others, and what stands below every article of a paper costs little. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_PAIRS_MANY 64
#define ONR_PAIRS_NEAR 8

typedef struct OnrPairFinder OnrPairFinder;

/* N_ELEMENTS: about as many as will be noted. */
OnrPairFinder *onr_pair_finder_new(gsize n_elements);
void onr_pair_finder_free(OnrPairFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrPairFinder, onr_pair_finder_free)

/* ELEMENTS: each once. */
void onr_pair_finder_note(OnrPairFinder *finder, const guint32 *elements, guint n);
/* How many of them were noted more than once, or are taken for such: what has too few needs not be added. */
guint onr_pair_finder_count_noted(const OnrPairFinder *finder, const guint32 *elements, guint n);
void onr_pair_finder_add(OnrPairFinder *finder, guint32 item, const guint32 *elements, guint n);

/* Calls EACH once for each pair with LEAST elements in common or more, other < item, in order of item, then other. Items are numbers below N_ITEMS. FALSE where EACH returned FALSE to
   stop. Nothing can be added afterwards. */
typedef gboolean (*OnrPairFunc)(guint32 item, guint32 other, guint n_shared, gpointer data);
gboolean onr_pair_finder_find(OnrPairFinder *finder, guint32 n_items, guint least, OnrPairFunc each, gpointer data);

G_END_DECLS
