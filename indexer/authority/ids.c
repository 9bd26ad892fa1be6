/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/ids.h"

#define CHUNK_BYTES (64u << 10)
#define SHOWN_IDS 10 /* of a circle */

/* "ID is the same as SAME_AS". */
typedef struct {
  const char *id, *same_as;
  guint64 line;
  guint walk; /* the one that came by first, from 1 */
} Edge;

struct OnrAuthorityIds {
  GStringChunk *texts;
  GHashTable *lines; /* id to its line */
  GArray *edges;     /* in the order of lines */
};

OnrAuthorityIds *onr_authority_ids_new(void) {
  OnrAuthorityIds *ids = g_new0(OnrAuthorityIds, 1);
  ids->texts = g_string_chunk_new(CHUNK_BYTES);
  ids->lines = g_hash_table_new(g_str_hash, g_str_equal);
  ids->edges = g_array_new(FALSE, FALSE, sizeof(Edge));
  return ids;
}

void onr_authority_ids_free(OnrAuthorityIds *ids) {
  g_string_chunk_free(ids->texts);
  g_hash_table_unref(ids->lines);
  g_array_unref(ids->edges);
  g_free(ids);
}

guint64 onr_authority_ids_add(OnrAuthorityIds *ids, const char *id, guint64 line) {
  gpointer known = g_hash_table_lookup(ids->lines, id);
  if (known)
    return GPOINTER_TO_SIZE(known);
  g_hash_table_insert(ids->lines, g_string_chunk_insert(ids->texts, id), GSIZE_TO_POINTER(line));
  return 0;
}

void onr_authority_ids_join(OnrAuthorityIds *ids, const char *id, const char *same_as, guint64 line) {
  Edge edge = {.id = g_string_chunk_insert(ids->texts, id),
               .same_as = g_string_chunk_insert(ids->texts, same_as),
               .line = line};
  g_array_append_val(ids->edges, edge);
}

/* --- circles --- */

/* The edge of a circle that stands in the first line. */
static Edge *find_first(GHashTable *by_id, Edge *any) {
  Edge *first = any;
  for (Edge *e = g_hash_table_lookup(by_id, any->same_as); e != any;
       e = g_hash_table_lookup(by_id, e->same_as))
    if (e->line < first->line)
      first = e;
  return first;
}

/* Each id leads to one other at most, so that a walk ends outside, where another came by, or in a circle of
   its own: the first edge of that is returned. */
static Edge *walk(GHashTable *by_id, Edge *from, guint number) {
  Edge *e = from;
  while (e && e->walk == 0) {
    e->walk = number;
    e = g_hash_table_lookup(by_id, e->same_as);
  }
  return e && e->walk == number ? find_first(by_id, e) : NULL;
}

static char *print_circle(GHashTable *by_id, const Edge *first) {
  GString *out = g_string_new(first->id);
  const Edge *e = first;
  for (guint n = 1; n < SHOWN_IDS; n++) {
    e = g_hash_table_lookup(by_id, e->same_as);
    g_string_append_printf(out, " → %s", e->id);
    if (e == first)
      return g_string_free(out, FALSE);
  }
  g_string_append_printf(out, " → … → %s", first->id);
  return g_string_free(out, FALSE);
}

static gint compare_lines(gconstpointer a, gconstpointer b) {
  const Edge *const *x = a, *const *y = b;
  return (*x)->line < (*y)->line ? -1 : (*x)->line > (*y)->line;
}

void onr_authority_ids_find_circles(const OnrAuthorityIds *ids,
                                    void (*each)(guint64 line, const char *circle, gpointer data),
                                    gpointer data) {
  g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) firsts = g_ptr_array_new();
  for (guint i = 0; i < ids->edges->len; i++) {
    Edge *edge = &g_array_index(ids->edges, Edge, i);
    edge->walk = 0;
    g_hash_table_insert(by_id, (gpointer)edge->id, edge);
  }
  for (guint i = 0; i < ids->edges->len; i++) {
    Edge *first = walk(by_id, &g_array_index(ids->edges, Edge, i), i + 1);
    if (first)
      g_ptr_array_add(firsts, first);
  }
  g_ptr_array_sort(firsts, compare_lines);
  for (guint i = 0; i < firsts->len; i++) {
    const Edge *first = firsts->pdata[i];
    g_autofree char *circle = print_circle(by_id, first);
    each(first->line, circle, data);
  }
}
