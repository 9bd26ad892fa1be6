/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/known_names.h"

#include "text/tables/tables.h"

typedef struct {
  GHashTable *bodies, *places; /* name → usual name */
  GHashTable *beginnings;      /* of names of several words */
  GStringChunk *words;
} Tables;

void onr_tables_add(GHashTable *names, GStringChunk *words, const char *const *rows, gboolean to_bar) {
  for (; *rows; rows++) {
    g_auto(GStrv) all = g_strsplit(*rows, " ", -1);
    char *usual = g_string_chunk_insert_const(words, all[0]);
    for (guint i = 0; all[i]; i++) {
      gboolean is_bar = !strcmp(all[i], "|");
      if (is_bar && to_bar)
        break;
      if (!is_bar)
        g_hash_table_insert(names, g_string_chunk_insert_const(words, all[i]), usual);
    }
  }
}

static void add_beginnings(Tables *t, GHashTable *names) {
  GHashTableIter all;
  gpointer name;
  g_hash_table_iter_init(&all, names);
  while (g_hash_table_iter_next(&all, &name, NULL))
    for (const char *dash = strchr(name, '-'); dash; dash = strchr(dash + 1, '-')) {
      g_autofree char *words = g_strndup(name, (gsize)(dash - (const char *)name));
      g_hash_table_add(t->beginnings, g_string_chunk_insert_const(t->words, words));
    }
}

static gpointer make_tables(gpointer data) {
  (void)data;
  Tables *t = g_new0(Tables, 1);
  t->words = g_string_chunk_new(1 << 14);
  t->bodies = g_hash_table_new(g_str_hash, g_str_equal);
  t->places = g_hash_table_new(g_str_hash, g_str_equal);
  t->beginnings = g_hash_table_new(g_str_hash, g_str_equal);
  onr_tables_add(t->bodies, t->words, onr_bodies, FALSE);
  onr_tables_add(t->places, t->words, onr_countries, FALSE);
  onr_tables_add(t->places, t->words, onr_places, FALSE);
  add_beginnings(t, t->bodies);
  add_beginnings(t, t->places);
  return t;
}

static const Tables *tables(void) {
  static GOnce once = G_ONCE_INIT;
  return g_once(&once, make_tables, NULL);
}

const char *onr_known_body(const char *name) {
  return g_hash_table_lookup(tables()->bodies, name);
}

const char *onr_known_place(const char *name) {
  return g_hash_table_lookup(tables()->places, name);
}

gboolean onr_known_begins(const char *name) {
  return g_hash_table_contains(tables()->beginnings, name);
}
