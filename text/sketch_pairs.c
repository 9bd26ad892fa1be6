/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/sketch_pairs.h"

#include <stdlib.h>
#include <string.h>

#define N_PARTS 256 /* by an element's last bits, so that each is sorted and let go alone */
#define BITS_PER_ELEMENT 4
#define LEAST_BITS (1u << 12)

typedef struct {
  guint32 *lists;   /* by item, from starts[item] to starts[item + 1]: the elements that it has, as numbers of
                       lists */
  guint32 *starts;  /* of items in lists, and one more */
  guint32 *members; /* items, ascending, of one list after the other */
  guint32 *begins;  /* of lists in members, and one more */
  guint32 n_lists;
} Index;

struct OnrPairFinder {
  guint64 *once, *twice; /* bits: elements seen, and seen again; NULL after the first item was added */
  gsize n_bits;          /* of each; a power of two */
  gboolean is_adding;
  GArray *parts[N_PARTS]; /* of guint64: element above, item below */
};

OnrPairFinder *onr_pair_finder_new(gsize n_elements) {
  OnrPairFinder *finder = g_new0(OnrPairFinder, 1);
  finder->n_bits = LEAST_BITS;
  while (finder->n_bits < n_elements * BITS_PER_ELEMENT)
    finder->n_bits *= 2;
  finder->once = g_new0(guint64, finder->n_bits / 64);
  finder->twice = g_new0(guint64, finder->n_bits / 64);
  for (guint i = 0; i < N_PARTS; i++)
    finder->parts[i] = g_array_new(FALSE, FALSE, sizeof(guint64));
  return finder;
}

void onr_pair_finder_free(OnrPairFinder *finder) {
  if (!finder)
    return;
  g_free(finder->once);
  g_free(finder->twice);
  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer(&finder->parts[i], g_array_unref);
  g_free(finder);
}

/* --- elements that two items have --- */

/* Elements may differ in 24 bits only. */
static gsize bit_of(const OnrPairFinder *finder, guint32 element) {
  return (gsize)(element * 0x9e3779b97f4a7c15u >> 20) & (finder->n_bits - 1);
}

void onr_pair_finder_note(OnrPairFinder *finder, const guint32 *elements, guint n) {
  g_assert(!finder->is_adding);
  for (guint i = 0; i < n; i++) {
    gsize bit = bit_of(finder, elements[i]);
    guint64 mask = (guint64)1 << bit % 64;
    finder->twice[bit / 64] |= finder->once[bit / 64] & mask;
    finder->once[bit / 64] |= mask;
  }
}

static gboolean is_noted(const OnrPairFinder *finder, guint32 element) {
  gsize bit = bit_of(finder, element);
  return (finder->twice[bit / 64] >> bit % 64 & 1) != 0;
}

guint onr_pair_finder_count_noted(const OnrPairFinder *finder, const guint32 *elements, guint n) {
  guint n_noted = 0;
  for (guint i = 0; i < n; i++)
    n_noted += is_noted(finder, elements[i]) ? 1 : 0;
  return n_noted;
}

void onr_pair_finder_add(OnrPairFinder *finder, guint32 item, const guint32 *elements, guint n) {
  finder->is_adding = TRUE;
  for (guint i = 0; i < n; i++) {
    guint64 entry = (guint64)elements[i] << 32 | item;
    if (is_noted(finder, elements[i]))
      g_array_append_val(finder->parts[elements[i] % N_PARTS], entry);
  }
}

/* --- from entries to an index --- */

static int compare_entries(const void *a, const void *b) {
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return (x > y) - (x < y);
}

/* A list for each element that stands in PART more than once. */
static void add_lists(Index *index, const GArray *part, guint32 *n_members, guint32 *counts) {
  const guint64 *entries = (const guint64 *)(gconstpointer)part->data;
  for (guint i = 0, end; i < part->len; i = end) {
    for (end = i + 1; end < part->len && entries[end] >> 32 == entries[i] >> 32;)
      end++;
    if (end - i < 2)
      continue;
    index->begins[index->n_lists++] = *n_members;
    for (guint k = i; k < end; k++) {
      guint32 item = (guint32)entries[k];
      index->members[(*n_members)++] = item;
      counts[item]++;
    }
  }
}

/* COUNTS, of lists by item, become where each item's begin. */
static void add_starts(Index *index, guint32 *counts, guint32 n_items) {
  guint32 at = 0;
  for (guint32 i = 0; i <= n_items; i++) {
    guint32 n = counts[i];
    counts[i] = at;
    at += n;
  }
  index->starts = counts;
  index->lists = g_new(guint32, MAX(at, 1));
  for (guint32 list = 0; list < index->n_lists; list++)
    for (guint32 k = index->begins[list]; k < index->begins[list + 1]; k++)
      index->lists[counts[index->members[k]]++] = list;
  memmove(counts + 1, counts, n_items * sizeof *counts); /* each has moved to the next one's begin */
  counts[0] = 0;
}

static void build_index(OnrPairFinder *finder, guint32 n_items, Index *index) {
  gsize n_entries = 0;
  for (guint i = 0; i < N_PARTS; i++)
    n_entries += finder->parts[i]->len;
  g_clear_pointer(&finder->once, g_free);
  g_clear_pointer(&finder->twice, g_free);
  guint32 n_members = 0, *counts = g_new0(guint32, (gsize)n_items + 1);
  *index = (Index){.members = g_new(guint32, n_entries + 1), .begins = g_new(guint32, n_entries / 2 + 1)};
  for (guint i = 0; i < N_PARTS; i++) {
    GArray *part = finder->parts[i];
    if (part->len)
      qsort(part->data, part->len, sizeof(guint64), compare_entries);
    add_lists(index, part, &n_members, counts);
    g_clear_pointer(&finder->parts[i], g_array_unref);
  }
  index->begins[index->n_lists] = n_members;
  add_starts(index, counts, n_items);
}

static void index_clear(Index *index) {
  g_free(index->lists);
  g_free(index->starts);
  g_free(index->members);
  g_free(index->begins);
}

/* --- pairs --- */

typedef struct {
  const Index *index;
  guint8 *counts;  /* by other item: elements in common with the one at hand */
  GArray *touched; /* guint32: those with a count */
} Search;

/* The place of ITEM in members [BEGIN, END), where it is. */
static guint32 place_in(const guint32 *members, guint32 begin, guint32 end, guint32 item) {
  while (begin < end) {
    guint32 middle = begin + (end - begin) / 2;
    if (members[middle] < item)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin;
}

static void count_list(Search *search, guint32 list, guint32 item) {
  const Index *index = search->index;
  guint32 begin = index->begins[list], end = index->begins[list + 1];
  guint32 at = place_in(index->members, begin, end, item);
  if (end - begin > ONR_PAIRS_MANY)
    begin = MAX(begin, at - MIN(at, ONR_PAIRS_NEAR));
  for (guint32 k = begin; k < at; k++) {
    guint32 other = index->members[k];
    if (!search->counts[other]++)
      g_array_append_val(search->touched, other);
  }
}

static int compare_items(gconstpointer a, gconstpointer b) {
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

static gboolean find_of(Search *search, guint32 item, guint least, OnrPairFunc each, gpointer data) {
  const Index *index = search->index;
  gboolean is_going_on = TRUE;
  g_array_set_size(search->touched, 0);
  for (guint32 i = index->starts[item]; i < index->starts[item + 1]; i++)
    count_list(search, index->lists[i], item);
  g_array_sort(search->touched, compare_items);
  for (guint i = 0; i < search->touched->len; i++) {
    guint32 other = g_array_index(search->touched, guint32, i);
    if (is_going_on && search->counts[other] >= least)
      is_going_on = each(item, other, search->counts[other], data);
    search->counts[other] = 0;
  }
  return is_going_on;
}

gboolean onr_pair_finder_find(OnrPairFinder *finder, guint32 n_items, guint least, OnrPairFunc each,
                              gpointer data) {
  Index index;
  build_index(finder, n_items, &index);
  Search search = {.index = &index,
                   .counts = g_new0(guint8, (gsize)n_items + 1),
                   .touched = g_array_new(FALSE, FALSE, sizeof(guint32))};
  gboolean is_going_on = TRUE;
  for (guint32 item = 0; item < n_items && is_going_on; item++)
    is_going_on = find_of(&search, item, least, each, data);
  g_array_unref(search.touched);
  g_free(search.counts);
  index_clear(&index);
  return is_going_on;
}
