/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorting large arrays without a second one beside them: qsort of the C library takes as much memory again. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_SORTABLE_BYTES 64 /* an element's, at most */

/* The number that COMPARE orders elements by first, ascending. */
typedef guint64 (*OnrSortKey)(gconstpointer element);

/* Sorts ARRAY by COMPARE. Elements are brought into buckets by KEY in their place, each bucket is sorted by qsort: one pass of an
   American flag sort (McIlroy, Bostic, McIlroy: Engineering Radix Sort, 1993). With keys that lie evenly it takes a thousandth
   of the array's size beside it. */
void onr_sort_in_place(GArray *array, OnrSortKey key, GCompareFunc compare);

G_END_DECLS
