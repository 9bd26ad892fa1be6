/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/sketch_set.h"

#include "archive/record_private.h"
#include "text/sketch.h"
#include "text/sketch_pairs.h"

#define LEAST_ELEMENTS 2
#define LEAST_CONTAINMENT                                                                                    \
  0.25 /* as estimated; what has less by chance is not looked at: docs/duplicates.md */

/* --- reading sketches --- */

typedef gboolean (*SketchFunc)(gint64 row, guint ordinal, const OnrSketch *sketch, gpointer data);

static gboolean each_sketch(OnrRecord *record, SketchFunc each, gpointer data, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT article, sketch FROM article_sketch ORDER BY article", error);
  if (!s)
    return FALSE;
  OnrStep step;
  for (guint ordinal = 0; (step = onr_step(s, error)) == ONR_STEP_ROW; ordinal++) {
    OnrSketch sketch;
    const guint8 *bytes = sqlite3_column_blob(s, 1);
    if (!onr_sketch_read(bytes, (gsize)sqlite3_column_bytes(s, 1), &sketch)) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                  "'%s': sketch of article in row %" G_GINT64_FORMAT " is damaged", record->file,
                  onr_column_int(s, 0));
      return FALSE;
    }
    if (!each(onr_column_int(s, 0), ordinal, &sketch, data))
      return FALSE;
  }
  return step == ONR_STEP_DONE;
}

/* --- classes --- */

typedef struct {
  guint64 hash;
  guint32 ordinal;
} Item;

typedef struct {
  OnrSketchSet *set;
  GArray *items; /* Item */
} Gathering;

static gboolean gather(gint64 row, guint ordinal, const OnrSketch *sketch, gpointer data) {
  Gathering *g = data;
  Item item = {sketch->hash, ordinal};
  g_array_append_val(g->set->rows, row);
  g_array_append_val(g->items, item);
  return TRUE;
}

static int compare_items(gconstpointer a, gconstpointer b) {
  const Item *x = a, *y = b;
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

static char *id_of(OnrRecord *record, gint64 row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT id FROM article WHERE row = ?1", error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no article in row %" G_GINT64_FORMAT,
                record->file, row);
  return step == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 0)) : NULL;
}

/* The article of ITEMS [BEGIN, END) whose id is first. */
static gboolean find_leader(OnrRecord *record, const Gathering *g, guint begin, guint end, gint64 *leader,
                            GError **error) {
  g_autofree char *first = NULL;
  *leader = g_array_index(g->set->rows, gint64, g_array_index(g->items, Item, begin).ordinal);
  for (guint i = begin; i < end && end - begin > 1; i++) {
    gint64 row = g_array_index(g->set->rows, gint64, g_array_index(g->items, Item, i).ordinal);
    char *id = id_of(record, row, error);
    if (!id)
      return FALSE;
    if (!first || strcmp(id, first) < 0) {
      g_free(first);
      first = g_steal_pointer(&id);
      *leader = row;
    }
    g_free(id);
  }
  return TRUE;
}

static gboolean make_classes(OnrRecord *record, const Gathering *g, GError **error) {
  OnrSketchSet *set = g->set;
  set->class_of = g_new(guint32, MAX(g->items->len, 1));
  for (guint i = 0, end; i < g->items->len; i = end) {
    OnrSketchClass class = {.hash = g_array_index(g->items, Item, i).hash};
    for (end = i; end < g->items->len && g_array_index(g->items, Item, end).hash == class.hash; end++)
      set->class_of[g_array_index(g->items, Item, end).ordinal] = set->classes->len;
    if (!find_leader(record, g, i, end, &class.leader, error))
      return FALSE;
    g_array_append_val(set->classes, class);
  }
  return TRUE;
}

gboolean onr_sketch_set_read(OnrRecord *record, OnrSketchSet *out, GError **error) {
  *out = (OnrSketchSet){.rows = g_array_new(FALSE, FALSE, sizeof(gint64)),
                        .classes = g_array_new(FALSE, FALSE, sizeof(OnrSketchClass))};
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(Item));
  Gathering g = {out, items};
  if (!each_sketch(record, gather, &g, error))
    return FALSE;
  g_array_sort(items, compare_items);
  return make_classes(record, &g, error);
}

void onr_sketch_set_clear(OnrSketchSet *set) {
  g_clear_pointer(&set->rows, g_array_unref);
  g_clear_pointer(&set->classes, g_array_unref);
  g_clear_pointer(&set->class_of, g_free);
}

guint32 onr_sketch_set_class(const OnrSketchSet *set, gint64 row) {
  guint low = 0, high = set->rows->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index(set->rows, gint64, middle) < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low < set->rows->len && g_array_index(set->rows, gint64, low) == row ? set->class_of[low]
                                                                              : G_MAXUINT32;
}

/* --- pairs --- */

/* What an estimate takes of a class's sketch. */
typedef struct {
  guint32 n_words, n;
} Head;

typedef struct {
  const OnrSketchSet *set;
  OnrPairFinder *finder;
  Head *heads;   /* by class */
  GArray *pairs; /* OnrClassPair */
} PairSearch;

static gboolean is_leader(const PairSearch *search, gint64 row, guint ordinal) {
  guint32 class = search->set->class_of[ordinal];
  return g_array_index(search->set->classes, OnrSketchClass, class).leader == row;
}

static gboolean note(gint64 row, guint ordinal, const OnrSketch *sketch, gpointer data) {
  PairSearch *search = data;
  if (is_leader(search, row, ordinal))
    onr_pair_finder_note(search->finder, sketch->elements, sketch->n);
  return TRUE;
}

static gboolean add(gint64 row, guint ordinal, const OnrSketch *sketch, gpointer data) {
  PairSearch *search = data;
  guint32 class = search->set->class_of[ordinal];
  if (!is_leader(search, row, ordinal))
    return TRUE;
  onr_pair_finder_add(search->finder, class, sketch->elements, sketch->n);
  search->heads[class] = (Head){sketch->n_words, sketch->n};
  return TRUE;
}

static gboolean keep_pair(guint32 item, guint32 other, guint n_shared, gpointer data) {
  PairSearch *search = data;
  OnrSketch a = {.n_words = search->heads[item].n_words, .n = search->heads[item].n};
  OnrSketch b = {.n_words = search->heads[other].n_words, .n = search->heads[other].n};
  OnrClassPair pair = {item, other};
  if (onr_sketch_containment(&a, &b, n_shared) >= LEAST_CONTAINMENT)
    g_array_append_val(search->pairs, pair);
  return TRUE;
}

gboolean onr_sketch_set_pairs(OnrRecord *record, const OnrSketchSet *set, GArray *pairs, GError **error) {
  guint n = set->classes->len;
  g_autofree Head *heads = g_new0(Head, MAX(n, 1));
  g_autoptr(OnrPairFinder) finder = onr_pair_finder_new((gsize)n * ONR_SKETCH_MOST);
  PairSearch search = {.set = set, .finder = finder, .heads = heads, .pairs = pairs};
  return each_sketch(record, note, &search, error) && each_sketch(record, add, &search, error) &&
         onr_pair_finder_find(finder, n, LEAST_ELEMENTS, keep_pair, &search);
}
