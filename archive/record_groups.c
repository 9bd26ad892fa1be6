/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of articles that are the same one: what pairs join, but for those that are similar to each other. */
#include "archive/record_groups.h"
#include "archive/record_private.h"

#include "text/likeness.h"

static const char due_setting[] = "groups_due", version_setting[] = "likeness_version";

/* --- when --- */

gboolean onr_record_mark_groups(OnrRecord *record, GError **error) {
  if (record->is_group_marked)
    return TRUE;
  record->is_group_marked = TRUE;
  g_autofree char *due = onr_record_get_setting(record, due_setting);
  return !g_strcmp0(due, "1") || onr_record_set_setting(record, due_setting, "1", error);
}

/* What another version has decided is decided anew. */
static gboolean keep_version(OnrRecord *record, GError **error) {
  g_autofree char *version = onr_record_get_setting(record, version_setting);
  if (!g_strcmp0(version, G_STRINGIFY(ONR_LIKENESS_VERSION)))
    return TRUE;
  return onr_database_exec(record->db, "DELETE FROM article_pair", error) &&
         onr_record_mark_groups(record, error) &&
         onr_record_set_setting(record, version_setting, G_STRINGIFY(ONR_LIKENESS_VERSION), error);
}

static gboolean group_all(OnrRecord *record, guint limit, gboolean *is_done, GError **error) {
  g_auto(OnrSketchSet) set = {0};
  if (!onr_sketch_set_read(record, &set, error) ||
      !onr_record_update_pairs(record, &set, limit, is_done, error))
    return FALSE;
  if (!*is_done)
    return TRUE;
  if (!onr_record_update_groups(record, &set, error))
    return FALSE;
  onr_sketch_set_clear(&set);
  return onr_record_update_statements(record, error) &&
         onr_record_set_setting(record, due_setting, "0", error);
}

gboolean onr_record_group(OnrRecord *record, guint limit, gboolean *is_done, GError **error) {
  *is_done = FALSE;
  if (!onr_record_needs_transaction(record, error) || !onr_record_flush(record, error) ||
      !keep_version(record, error))
    return FALSE;
  g_autofree char *due = onr_record_get_setting(record, due_setting);
  if (!g_strcmp0(due, "1"))
    return group_all(record, limit, is_done, error);
  *is_done = TRUE;
  return TRUE;
}

/* --- joining --- */

guint32 onr_join_root(guint32 *parents, guint32 i) {
  while (parents[i] != i) {
    parents[i] = parents[parents[i]];
    i = parents[i];
  }
  return i;
}

typedef struct {
  guint32 a, b; /* classes */
  guint shared;
  gint64 n_days; /* between them; G_MAXINT32 where one has no date */
} Pair;

typedef struct {
  const OnrSketchSet *set;
  guint32 *parents;       /* by class: as far as joined */
  guint32 *together;      /* by class: as if nothing were kept apart */
  GArray *same, *similar; /* Pair */
} Grouping;

static gboolean read_pairs(OnrRecord *record, Grouping *g, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT p.article, p.other, p.kind, p.shared, coalesce(abs(a.day - o.day), ?1) FROM article_pair p "
      "JOIN article a ON a.row = p.article JOIN article o ON o.row = p.other WHERE p.kind <> 0",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, G_MAXINT32);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    guint32 a = onr_sketch_set_class(g->set, onr_column_int(s, 0)),
            b = onr_sketch_set_class(g->set, onr_column_int(s, 1));
    Pair pair = {MAX(a, b), MIN(a, b), (guint)onr_column_int(s, 3), onr_column_int(s, 4)};
    if (pair.a != G_MAXUINT32) /* else damage, which `check` finds */
      g_array_append_val(onr_column_int(s, 2) == ONR_LIKENESS_SAME ? g->same : g->similar, pair);
  }
  return step == ONR_STEP_DONE;
}

/* What shares most comes first, of equals what was printed in the fewest days, then by the order of classes,
 * which is that of what they say. */
static int compare_pairs(gconstpointer a, gconstpointer b) {
  const Pair *x = a, *y = b;
  if (x->shared != y->shared)
    return x->shared > y->shared ? -1 : 1;
  if (x->n_days != y->n_days)
    return x->n_days < y->n_days ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static void join(guint32 *parents, guint32 a, guint32 b) {
  guint32 x = onr_join_root(parents, a), y = onr_join_root(parents, b);
  parents[MAX(x, y)] = MIN(x, y);
}

/* By what joins all without regard to what is similar: pairs that are similar and came together so. */
static GHashTable *find_conflicts(const Grouping *g) {
  GHashTable *conflicts = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < g->same->len; i++) {
    const Pair *pair = &g_array_index(g->same, Pair, i);
    join(g->together, pair->a, pair->b);
  }
  for (guint i = 0; i < g->similar->len; i++) {
    const Pair *pair = &g_array_index(g->similar, Pair, i);
    guint32 root = onr_join_root(g->together, pair->a);
    if (root != onr_join_root(g->together, pair->b))
      continue;
    GArray *of_root = g_hash_table_lookup(conflicts, GUINT_TO_POINTER(root));
    if (!of_root) {
      of_root = g_array_new(FALSE, FALSE, sizeof(Pair));
      g_hash_table_insert(conflicts, GUINT_TO_POINTER(root), of_root);
    }
    g_array_append_val(of_root, *pair);
  }
  return conflicts;
}

/* Would joining A and B put two that are similar into one group? */
static gboolean is_kept_apart(const Grouping *g, const GArray *conflicts, guint32 a, guint32 b) {
  guint32 x = onr_join_root(g->parents, a), y = onr_join_root(g->parents, b);
  for (guint i = 0; conflicts && x != y && i < conflicts->len; i++) {
    const Pair *pair = &g_array_index(conflicts, Pair, i);
    guint32 p = onr_join_root(g->parents, pair->a), q = onr_join_root(g->parents, pair->b);
    if ((p == x && q == y) || (p == y && q == x))
      return TRUE;
  }
  return FALSE;
}

static void join_all(Grouping *g) {
  g_autoptr(GHashTable) conflicts = find_conflicts(g);
  g_array_sort(g->same, compare_pairs);
  for (guint i = 0; i < g->same->len; i++) {
    const Pair *pair = &g_array_index(g->same, Pair, i);
    guint32 root = onr_join_root(g->together, pair->a);
    if (!is_kept_apart(g, g_hash_table_lookup(conflicts, GUINT_TO_POINTER(root)), pair->a, pair->b))
      join(g->parents, pair->a, pair->b);
  }
}

/* --- */

static gboolean write_groups(OnrRecord *record, const Grouping *g, GError **error) {
  g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(OnrGroupMember));
  g_autofree guint32 *sizes = g_new0(guint32, MAX(g->set->classes->len, 1));
  for (guint i = 0; i < g->set->rows->len; i++)
    sizes[onr_join_root(g->parents, g->set->class_of[i])]++;
  for (guint i = 0; i < g->set->rows->len; i++) {
    OnrGroupMember member = {onr_join_root(g->parents, g->set->class_of[i]),
                             g_array_index(g->set->rows, gint64, i)};
    if (sizes[member.group] > 1)
      g_array_append_val(members, member);
  }
  return onr_record_write_groups(record, ONR_TABLE_ARTICLES, members, error);
}

gboolean onr_record_update_groups(OnrRecord *record, const OnrSketchSet *set, GError **error) {
  guint n = MAX(set->classes->len, 1);
  g_autofree guint32 *parents = g_new(guint32, n), *together = g_new(guint32, n);
  g_autoptr(GArray) same = g_array_new(FALSE, FALSE, sizeof(Pair)),
                    similar = g_array_new(FALSE, FALSE, sizeof(Pair));
  Grouping g = {.set = set, .parents = parents, .together = together, .same = same, .similar = similar};
  for (guint32 i = 0; i < n; i++)
    parents[i] = together[i] = i;
  if (!read_pairs(record, &g, error))
    return FALSE;
  join_all(&g);
  return write_groups(record, &g, error);
}
