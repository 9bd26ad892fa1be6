/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/sorting.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 1024
#define SMALL 4096 /* elements that are sorted at once */

typedef struct {
  char *data;
  gsize size;
  OnrSortKey key;
  guint64 least;
  guint shift; /* of what lies above the least key */
} Flag;

static guint bucket_of(const Flag *flag, gconstpointer element) {
  return (guint)((flag->key(element) - flag->least) >> flag->shift);
}

static void swap(char *a, char *b, gsize size) {
  char held[ONR_SORTABLE_BYTES];
  memcpy(held, a, size);
  memcpy(a, b, size);
  memcpy(b, held, size);
}

static void choose_shift(Flag *flag, guint n) {
  guint64 most = flag->least = flag->key(flag->data);
  for (guint i = 1; i < n; i++) {
    guint64 key = flag->key(flag->data + i * flag->size);
    flag->least = MIN(flag->least, key);
    most = MAX(most, key);
  }
  while ((most - flag->least) >> flag->shift >= BUCKETS)
    flag->shift++;
}

/* Brings each element into its bucket; ENDS gets where the buckets end. */
static void partition(const Flag *flag, guint n, guint ends[BUCKETS]) {
  guint next[BUCKETS] = {0};
  for (guint i = 0; i < n; i++)
    next[bucket_of(flag, flag->data + i * flag->size)]++;
  for (guint b = 0, at = 0; b < BUCKETS; b++) {
    guint count = next[b];
    next[b] = at;
    ends[b] = at += count;
  }
  for (guint b = 0; b < BUCKETS; b++)
    while (next[b] < ends[b]) {
      char *element = flag->data + next[b] * flag->size;
      guint home = bucket_of(flag, element);
      if (home == b)
        next[b]++;
      else
        swap(element, flag->data + next[home]++ * flag->size, flag->size);
    }
}

void onr_sort_in_place(GArray *array, OnrSortKey key, GCompareFunc compare) {
  Flag flag = {.data = array->data, .size = g_array_get_element_size(array), .key = key};
  g_assert(flag.size <= ONR_SORTABLE_BYTES);
  if (array->len <= SMALL) {
    g_array_sort(array, compare);
    return;
  }
  guint ends[BUCKETS];
  choose_shift(&flag, array->len);
  partition(&flag, array->len, ends);
  for (guint b = 0, begin = 0; b < BUCKETS; begin = ends[b++])
    if (ends[b] - begin > 1)
      qsort(flag.data + begin * flag.size, ends[b] - begin, flag.size, compare);
}
