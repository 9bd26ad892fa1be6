/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/name_set.h"

#include <string.h>

static void sense_clear(gpointer p) {
  g_free(((OnrSenseId *)p)->name);
  g_free(((OnrSenseId *)p)->article);
}

static GArray *senses_new(void) {
  GArray *senses = g_array_new(FALSE, FALSE, sizeof(OnrSenseId));
  g_array_set_clear_func(senses, sense_clear);
  return senses;
}

void onr_name_set_init(OnrNameSet *set) {
  set->names = g_ptr_array_new_with_free_func(g_free);
  set->bearers = g_ptr_array_new_with_free_func(g_free);
  set->only = senses_new();
  set->but = senses_new();
}

void onr_name_set_clear(OnrNameSet *set) {
  g_clear_pointer(&set->names, g_ptr_array_unref);
  g_clear_pointer(&set->bearers, g_ptr_array_unref);
  g_clear_pointer(&set->only, g_array_unref);
  g_clear_pointer(&set->but, g_array_unref);
}

static void add_sense(GArray *senses, const char *name, const char *article) {
  OnrSenseId sense = {g_strdup(name), g_strdup(article)};
  g_array_append_val(senses, sense);
}

void onr_name_set_add(OnrNameSet *set, const char *name) {
  g_ptr_array_add(set->names, g_strdup(name));
}

void onr_name_set_add_bearer(OnrNameSet *set, const char *identity) {
  g_ptr_array_add(set->bearers, g_strdup(identity));
}

void onr_name_set_add_only(OnrNameSet *set, const char *name, const char *article) {
  add_sense(set->only, name, article);
}

void onr_name_set_add_but(OnrNameSet *set, const char *name, const char *article) {
  add_sense(set->but, name, article);
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static int by_sense(gconstpointer a, gconstpointer b) {
  const OnrSenseId *x = a, *y = b;
  int order = strcmp(x->name, y->name);
  return order ? order : strcmp(x->article, y->article);
}

static void tidy_senses(GArray *senses) {
  g_array_sort(senses, by_sense);
  for (guint i = senses->len; i-- > 1;)
    if (!by_sense(&g_array_index(senses, OnrSenseId, i), &g_array_index(senses, OnrSenseId, i - 1)))
      g_array_remove_index(senses, i);
}

static void tidy_ids(GPtrArray *ids) {
  g_ptr_array_sort(ids, by_name);
  for (guint i = ids->len; i-- > 1;)
    if (!strcmp(ids->pdata[i], ids->pdata[i - 1]))
      g_ptr_array_remove_index(ids, i);
}

void onr_name_set_tidy(OnrNameSet *set) {
  tidy_ids(set->names);
  tidy_ids(set->bearers);
  tidy_senses(set->only);
  tidy_senses(set->but);
}

gboolean onr_name_set_is_empty(const OnrNameSet *set) {
  return !set->names->len && !set->bearers->len && !set->only->len;
}
