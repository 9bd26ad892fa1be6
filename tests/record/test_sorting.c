/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sorting in place against GLib's. */
#include "archive/sorting.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(sorting);

typedef struct {
  guint64 key;
  guint32 number;
} Element;

static guint64 key_of(gconstpointer element) {
  return ((const Element *)element)->key;
}

static int compare(gconstpointer a, gconstpointer b) {
  const Element *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

static void expect_sorted(guint n, guint64 mask, guint64 offset) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(n + 7);
  g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof(Element));
  for (guint32 i = 0; i < n; i++) {
    guint64 random = (guint64)g_rand_int(rand) << 32 | g_rand_int(rand);
    Element element;
    memset(&element, 0, sizeof element);
    element.key = (random & mask) + offset;
    element.number = n - i;
    g_array_append_val(array, element);
  }
  g_autoptr(GArray) expected = g_array_copy(array);
  g_array_sort(expected, compare);
  onr_sort_in_place(array, key_of, compare);
  cr_assert_eq(array->len, n);
  for (guint i = 0; i < n; i++)
    cr_assert_eq(compare(&g_array_index(array, Element, i), &g_array_index(expected, Element, i)), 0,
                 "element %u of %u, mask %" G_GINT64_MODIFIER "x", i, n, mask);
}

Test(sorting, like_glibs) {
  static const guint sizes[] = {0, 1, 2, 100, 4096, 4097, 50000};
  for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
    expect_sorted(sizes[i], G_MAXUINT64, 0); /* as hashes lie */
    expect_sorted(sizes[i], 0, 5);           /* all alike */
    expect_sorted(sizes[i], 0xff, 1u << 20); /* rows */
    expect_sorted(sizes[i], 0xfff000, 0);    /* few buckets */
    expect_sorted(sizes[i], 1, G_MAXUINT64 - 1);
  }
}
