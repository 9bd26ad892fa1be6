/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quotes that are one statement: nearly the same words from one speaker, or in articles that are the same
   one. Quotes of nearly the same words are found by their sketches; two of them are joined where they have a
   key in common, an identity that speaks or a group that their article is of. Quotes of few words are joined
   by a group only, and where they are equal; what is said indirectly, in each writer's own words, is joined
   by its speaker where these are the same. */
#include "archive/record_groups.h"
#include "archive/record_private.h"

#include "archive/sorting.h"
#include "archive/stored.h"
#include "text/sketch.h"
#include "text/sketch_pairs.h"

#define LEAST_ELEMENTS 3      /* that two quotes have in common, of ONR_QUOTE_SKETCH_MOST */
#define LEAST_CONTAINMENT 0.6 /* of the shorter one's shingles, as estimated */

/* A quote that may have others like it. Where an archive is full of copies that is every quote, sixteen bytes
   of each: so what else is known of it is read when it is asked for, and its group is at first the hash of
   its sketch, at last the statement. */
typedef OnrGroupMember Item;

/* Quotes with the same sketch are a class: items [begin, end). Classes are in the order of their hashes,
 * which is the same however the quotes came. */
typedef struct {
  guint begin, end;
  guint first_key, end_key; /* in keys, once they are read */
  gboolean has_keys;
  OnrQuoteSketch sketch;
} Class;

typedef struct {
  gint64 key;       /* row of an identity; of a group's first article, negative */
  gboolean is_near; /* joins quotes of nearly the same words too */
  guint32 item;
} Key;

typedef struct {
  OnrRecord *record;
  GArray *items, *classes; /* Item, Class */
  GArray *keys;            /* Key: of one class after the other, each sorted; of those that pairs ask for */
  GArray *pairs;           /* guint32, two by two: classes */
  guint32 *parents;        /* by item */
  GHashTable *bearers; /* gint64 name → gint64 identity, of names that are one's everywhere; 0 for others */
  GArray *speakers;    /* gint64, scratch */
} Statements;

/* --- reading sketches --- */

typedef void (*QuoteFunc)(gint64 quote, const OnrQuoteSketch *sketch, gpointer data);

static gboolean each_quote(OnrRecord *record, QuoteFunc each, gpointer data, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT quote, sketches FROM quote_sketch ORDER BY quote", error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrQuoteSketch sketch;
    gsize at = 0, n_bytes = (gsize)sqlite3_column_bytes(s, 1);
    const guint8 *bytes = sqlite3_column_blob(s, 1);
    for (gint64 quote = onr_column_int(s, 0); onr_quote_sketch_next(bytes, n_bytes, &at, &sketch); quote++)
      each(quote, &sketch, data);
  }
  return step == ONR_STEP_DONE;
}

static guint64 hash_of(const OnrQuoteSketch *sketch) {
  guint64 h = sketch->n_shingles << 1 | (sketch->is_short ? 1 : 0);
  for (guint i = 0; i < sketch->n; i++)
    h = (h ^ sketch->elements[i]) * 0x9e3779b97f4a7c15u + (h >> 29);
  return h;
}

typedef struct {
  OnrPairFinder *finder;
  guint n;       /* quotes that may have others like them */
  GArray *items; /* those */
} Gathering;

static void note(gint64 quote G_GNUC_UNUSED, const OnrQuoteSketch *sketch, gpointer data) {
  onr_pair_finder_note(((Gathering *)data)->finder, sketch->elements, sketch->n);
}

/* Most quotes are like no other: they are not kept. */
static gboolean may_have_like(const Gathering *g, const OnrQuoteSketch *sketch) {
  guint n_shared = onr_pair_finder_count_noted(g->finder, sketch->elements, sketch->n);
  return n_shared && n_shared >= MIN(LEAST_ELEMENTS, sketch->n);
}

static void count(gint64 quote G_GNUC_UNUSED, const OnrQuoteSketch *sketch, gpointer data) {
  Gathering *g = data;
  g->n += may_have_like(g, sketch) ? 1 : 0;
}

static void gather(gint64 quote, const OnrQuoteSketch *sketch, gpointer data) {
  Gathering *g = data;
  Item item = {hash_of(sketch), quote};
  if (may_have_like(g, sketch))
    g_array_append_val(g->items, item);
}

static guint64 hash_of_item(gconstpointer item) {
  return ((const Item *)item)->group;
}

static int compare_items(gconstpointer a, gconstpointer b) {
  const Item *x = a, *y = b;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static const OnrQuoteSketch *sketch_of(const Statements *st, guint32 class) {
  return &g_array_index(st->classes, Class, class).sketch;
}

static gboolean keep_pair(guint32 item, guint32 other, guint n_shared, gpointer data) {
  Statements *st = data;
  if (onr_quote_sketch_containment(sketch_of(st, item), sketch_of(st, other), n_shared) < LEAST_CONTAINMENT)
    return TRUE;
  g_array_append_val(st->pairs, item);
  g_array_append_val(st->pairs, other);
  return TRUE;
}

static void find_classes(Statements *st) {
  onr_sort_in_place(st->items, hash_of_item, compare_items);
  for (guint i = 0, end; i < st->items->len; i = end) {
    guint64 hash = g_array_index(st->items, Item, i).group;
    for (end = i; end < st->items->len && g_array_index(st->items, Item, end).group == hash;)
      end++;
    Class class = {.begin = i, .end = end};
    g_array_append_val(st->classes, class);
  }
}

/* The class whose first quote is QUOTE, of HASH; NULL where it is none's. */
static Class *class_begun_by(const Statements *st, guint64 hash, gint64 quote) {
  for (guint low = 0, high = st->classes->len; low < high;) {
    guint middle = low + (high - low) / 2;
    Class *class = &g_array_index(st->classes, Class, middle);
    const Item *first = &g_array_index(st->items, Item, class->begin);
    if (first->group == hash)
      return first->row == quote ? class : NULL;
    if (first->group < hash)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

static void keep_sketch(gint64 quote, const OnrQuoteSketch *sketch, gpointer data) {
  Class *class = class_begun_by(data, hash_of(sketch), quote);
  if (class)
    class->sketch = *sketch;
}

static void find_pairs(Statements *st, OnrPairFinder *finder) {
  for (guint i = 0; i < st->classes->len; i++) {
    const OnrQuoteSketch *sketch = sketch_of(st, i);
    if (!sketch->is_short)
      onr_pair_finder_add(finder, i, sketch->elements, sketch->n);
  }
  onr_pair_finder_find(finder, st->classes->len, LEAST_ELEMENTS, keep_pair, st);
}

static gboolean find_alike(Statements *st, GError **error) {
  gint64 n_quotes = 0;
  if (!onr_record_read_total(st->record, ONR_TOTAL_QUOTES, &n_quotes, error))
    return FALSE;
  n_quotes += st->record->totals[ONR_TOTAL_QUOTES];
  g_autoptr(OnrPairFinder) finder = onr_pair_finder_new((gsize)MAX(n_quotes, 0) * ONR_QUOTE_SKETCH_MOST);
  Gathering g = {.finder = finder};
  if (!each_quote(st->record, note, &g, error) || !each_quote(st->record, count, &g, error))
    return FALSE;
  st->items = g.items = g_array_sized_new(FALSE, FALSE, sizeof(Item), g.n); /* and no more */
  if (!each_quote(st->record, gather, &g, error))
    return FALSE;
  find_classes(st);
  if (!each_quote(st->record, keep_sketch, st, error))
    return FALSE;
  find_pairs(st, finder);
  return TRUE;
}

/* --- keys --- */

/* Whose NAME is in ARTICLE; most names are one's everywhere. */
static gboolean identity_of(Statements *st, gint64 name, gint64 article, gint64 *out, GError **error) {
  const gint64 *known = g_hash_table_lookup(st->bearers, &name);
  *out = known ? *known : 0;
  if (*out)
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      st->record,
      "SELECT coalesce((SELECT identity FROM sense WHERE entity = ?1 AND article = ?2), identity), "
      "EXISTS (SELECT 1 FROM sense WHERE entity = ?1) FROM entity WHERE row = ?1",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, name);
  onr_bind_int(s, 2, article);
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW)
    return step == ONR_STEP_DONE;
  *out = onr_column_int(s, 0);
  gint64 kept = onr_column_int(s, 1) ? 0 : *out;
  if (!known)
    g_hash_table_insert(st->bearers, g_memdup2(&name, sizeof name), g_memdup2(&kept, sizeof kept));
  return TRUE;
}

static void add_key(GArray *keys, gint64 key, gboolean is_near, guint32 item) {
  Key entry = {key, is_near, item};
  g_array_append_val(keys, entry);
}

static gboolean add_group(Statements *st, gint64 article, guint32 item, GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(st->record, "SELECT first FROM article_group WHERE article = ?1", error);
  gint64 first;
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article);
  if (!onr_step_int(s, 0, &first, error))
    return FALSE;
  if (first)
    add_key(keys, -first, TRUE, item);
  return TRUE;
}

static gboolean add_speakers(Statements *st, gint64 article, gboolean is_near, guint32 item, GArray *keys,
                             GError **error) {
  for (guint k = 0; k < st->speakers->len; k++) {
    gint64 identity;
    if (!identity_of(st, g_array_index(st->speakers, gint64, k), article, &identity, error))
      return FALSE;
    if (identity)
      add_key(keys, identity, is_near, item);
  }
  return TRUE;
}

/* Of quote ITEM: the group of its article, and who speaks, where it is not short. */
static gboolean add_keys(Statements *st, guint32 item, gboolean is_short, GArray *keys, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(st->record, "SELECT article, kind, speakers FROM quote WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, g_array_index(st->items, Item, item).row);
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW)
    return step == ONR_STEP_DONE;
  gint64 article = onr_column_int(s, 0);
  gboolean is_near = onr_column_int(s, 1) != ONR_QUOTE_INDIRECT;
  g_array_set_size(st->speakers, 0);
  onr_stored_read_rows(onr_column_text(s, 2), st->speakers);
  return add_group(st, article, item, keys, error) &&
         (is_short || add_speakers(st, article, is_near, item, keys, error));
}

static int compare_keys(gconstpointer a, gconstpointer b) {
  const Key *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->is_near != y->is_near)
    return x->is_near ? -1 : 1;
  return (x->item > y->item) - (x->item < y->item);
}

/* Appends the keys of CLASS to KEYS, sorted among themselves. */
static gboolean read_keys(Statements *st, const Class *class, GArray *keys, GError **error) {
  guint first = keys->len;
  for (guint i = class->begin; i < class->end; i++)
    if (!add_keys(st, i, class->sketch.is_short, keys, error))
      return FALSE;
  if (keys->len > first)
    qsort(&g_array_index(keys, Key, first), keys->len - first, sizeof(Key), compare_keys);
  return TRUE;
}

/* Those that pairs ask for are kept. */
static gboolean keep_keys(Statements *st, Class *class, GError **error) {
  if (class->has_keys)
    return TRUE;
  class->has_keys = TRUE;
  class->first_key = st->keys->len;
  gboolean is_read = read_keys(st, class, st->keys, error);
  class->end_key = st->keys->len;
  return is_read;
}

/* --- joining --- */

static void join(Statements *st, guint32 a, guint32 b) {
  guint32 x = onr_join_root(st->parents, a), y = onr_join_root(st->parents, b);
  st->parents[MAX(x, y)] = MIN(x, y);
}

static gboolean join_class(Statements *st, const Class *class, GArray *keys, GError **error) {
  if (class->end - class->begin < 2)
    return TRUE;
  g_array_set_size(keys, 0);
  if (!read_keys(st, class, keys, error))
    return FALSE;
  for (guint i = 1; i < keys->len; i++) {
    const Key *before = &g_array_index(keys, Key, i - 1), *key = before + 1;
    if (key->key == before->key)
      join(st, key->item, before->item);
  }
  return TRUE;
}

static gboolean join_pair(Statements *st, Class *a, Class *b, GError **error) {
  if (!keep_keys(st, a, error) || !keep_keys(st, b, error))
    return FALSE;
  for (guint i = a->first_key, k = b->first_key; i < a->end_key && k < b->end_key;) {
    const Key *x = &g_array_index(st->keys, Key, i), *y = &g_array_index(st->keys, Key, k);
    if (x->key == y->key && x->is_near && y->is_near)
      join(st, x->item, y->item);
    i += x->key <= y->key ? 1 : 0;
    k += y->key <= x->key ? 1 : 0;
  }
  return TRUE;
}

static gboolean join_all(Statements *st, GError **error) {
  st->parents = g_new(guint32, MAX(st->items->len, 1));
  for (guint32 i = 0; i < st->items->len; i++)
    st->parents[i] = i;
  g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(Key));
  for (guint i = 0; i < st->classes->len; i++)
    if (!join_class(st, &g_array_index(st->classes, Class, i), keys, error))
      return FALSE;
  for (guint i = 0; i < st->pairs->len; i += 2)
    if (!join_pair(st, &g_array_index(st->classes, Class, g_array_index(st->pairs, guint32, i)),
                   &g_array_index(st->classes, Class, g_array_index(st->pairs, guint32, i + 1)), error))
      return FALSE;
  return TRUE;
}

/* The quotes of statements, in the place of all that were looked at. */
static GArray *take_members(Statements *st) {
  g_autofree guint32 *sizes = g_new0(guint32, MAX(st->items->len, 1));
  for (guint32 i = 0; i < st->items->len; i++)
    sizes[onr_join_root(st->parents, i)]++;
  guint n = 0;
  for (guint32 i = 0; i < st->items->len; i++) {
    guint32 root = onr_join_root(st->parents, i);
    OnrGroupMember member = {root, g_array_index(st->items, Item, i).row};
    if (sizes[root] > 1)
      g_array_index(st->items, Item, n++) = member;
  }
  g_array_set_size(st->items, n);
  return g_steal_pointer(&st->items);
}

static void statements_clear(Statements *st) {
  g_clear_pointer(&st->items, g_array_unref);
  g_array_unref(st->classes);
  g_array_unref(st->keys);
  g_array_unref(st->pairs);
  g_array_unref(st->speakers);
  g_hash_table_unref(st->bearers);
  g_free(st->parents);
}

gboolean onr_record_update_statements(OnrRecord *record, GError **error) {
  Statements st = {.record = record,
                   .classes = g_array_new(FALSE, FALSE, sizeof(Class)),
                   .keys = g_array_new(FALSE, FALSE, sizeof(Key)),
                   .pairs = g_array_new(FALSE, FALSE, sizeof(guint32)),
                   .bearers = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free),
                   .speakers = g_array_new(FALSE, FALSE, sizeof(gint64))};
  gboolean is_found = find_alike(&st, error) && join_all(&st, error);
  g_autoptr(GArray) members = is_found ? take_members(&st) : NULL;
  statements_clear(&st);
  return is_found && onr_record_write_groups(record, ONR_TABLE_QUOTES, members, error);
}
