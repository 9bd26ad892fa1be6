/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/sketch_set.h"

#include "archive/record_private.h"
#include "text/likeness.h"
#include "text/sketch.h"
#include "text/sketch_pairs.h"

#include <string.h>

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
  guint32 ordinal, n_words;
} Item;

typedef struct {
  OnrSketchSet *set;
  GArray *items; /* Item */
} Gathering;

static gboolean gather(gint64 row, guint ordinal, const OnrSketch *sketch, gpointer data) {
  Gathering *g = data;
  Item item = {sketch->hash, ordinal, sketch->n_words};
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

/* An article among others with the same words. */
typedef struct {
  guint32 ordinal;
  gint64 row;
  gint32 day;
  char *id;
} Twin;

static void twin_clear(gpointer twin) {
  g_free(((Twin *)twin)->id);
}

static gboolean read_twin(OnrRecord *record, Twin *twin, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT id, day FROM article WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, twin->row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no article in row %" G_GINT64_FORMAT,
                record->file, twin->row);
  twin->id = g_strdup(step == ONR_STEP_ROW ? onr_column_text(s, 0) : NULL);
  twin->day = step == ONR_STEP_ROW ? onr_column_day(s, 1) : ONR_NO_DAY;
  return step == ONR_STEP_ROW;
}

/* By day, then id. */
static int compare_twins(gconstpointer a, gconstpointer b) {
  const Twin *x = a, *y = b;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return strcmp(x->id, y->id);
}

static void add_class(OnrSketchSet *set, guint64 hash, const Twin *twins, guint n) {
  OnrSketchClass class = {hash, twins->row};
  const char *first = twins->id;
  for (guint i = 0; i < n; i++) {
    set->class_of[twins[i].ordinal] = set->classes->len;
    if (first && strcmp(twins[i].id, first) < 0) {
      first = twins[i].id;
      class.leader = twins[i].row;
    }
  }
  g_array_append_val(set->classes, class);
}

/* What is brief is another's when it comes again later: classes end where more days lie between
 * (text/likeness.h). */
static void split_twins(OnrSketchSet *set, guint64 hash, gboolean is_brief, GArray *twins) {
  const Twin *all = (const Twin *)(gconstpointer)twins->data;
  g_array_sort(twins, compare_twins);
  for (guint i = 0, end; i < twins->len; i = end) {
    for (end = i + 1; end < twins->len; end++)
      if (is_brief && (gint64)all[end].day - all[end - 1].day > ONR_LIKENESS_DAYS)
        break;
    add_class(set, hash, all + i, end - i);
  }
}

/* ITEMS [BEGIN, END) have the same words. */
static gboolean make_class(OnrRecord *record, const Gathering *g, guint begin, guint end, GError **error) {
  g_autoptr(GArray) twins = g_array_new(FALSE, TRUE, sizeof(Twin));
  const Item *item = &g_array_index(g->items, Item, begin);
  g_array_set_clear_func(twins, twin_clear);
  for (guint i = begin; i < end; i++) {
    guint32 ordinal = g_array_index(g->items, Item, i).ordinal;
    Twin twin = {.ordinal = ordinal, .row = g_array_index(g->set->rows, gint64, ordinal)};
    g_array_append_val(twins, twin);
    if (end - begin > 1 && !read_twin(record, &g_array_index(twins, Twin, i - begin), error))
      return FALSE;
  }
  split_twins(g->set, item->hash, item->n_words < ONR_LIKENESS_BRIEF, twins);
  return TRUE;
}

static gboolean make_classes(OnrRecord *record, const Gathering *g, GError **error) {
  g->set->class_of = g_new(guint32, MAX(g->items->len, 1));
  for (guint i = 0, end; i < g->items->len; i = end) {
    guint64 hash = g_array_index(g->items, Item, i).hash;
    for (end = i; end < g->items->len && g_array_index(g->items, Item, end).hash == hash;)
      end++;
    if (!make_class(record, g, i, end, error))
      return FALSE;
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
