/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/labels.h"

#include "archive/record_private.h"

#include <string.h>

static const struct {
  const char *last, *find, *get, *add, *drop;
  OnrInsert insert;
} sql_of[] = {
    [ONR_LABEL_ALIAS] = {.last = "SELECT max(row) FROM alias",
                         .find = "SELECT row FROM alias WHERE entity = ?1 AND name = ?2",
                         .get = "SELECT name FROM alias WHERE row = ?1",
                         .add = "UPDATE alias SET n = n + ?2, n_full = n_full + ?3 WHERE row = ?1",
                         .drop = "DELETE FROM alias WHERE row = ?1 AND n <= 0 AND n_full <= 0",
                         .insert = ONR_INSERT("INSERT OR FAIL INTO alias (row, entity, name, n, n_full)",
                                              "(?, ?, ?, ?, ?)", 5)},
    [ONR_LABEL_ROLE] = {.last = "SELECT max(row) FROM role",
                        .find = "SELECT row FROM role WHERE entity = ?1 AND name = ?2",
                        .get = "SELECT name FROM role WHERE row = ?1",
                        .add = "UPDATE role SET n = n + ?2 WHERE row = ?1",
                        .drop = "DELETE FROM role WHERE row = ?1 AND n <= 0",
                        .insert =
                            ONR_INSERT("INSERT OR FAIL INTO role (row, entity, name, n)", "(?, ?, ?, ?)", 4)},
};

struct OnrLabels {
  OnrRecord *record;
  OnrWords *words;
  GHashTable *known;             /* set of OnrLabel, by kind, entity and name */
  GPtrArray *made[ONR_N_LABELS]; /* those that are new, borrowed; their rows follow one another */
  gint64 last[ONR_N_LABELS];     /* row given last; 0: not asked for yet */
  GPtrArray *pending;            /* borrowed */
  guint batch;                   /* ended so far */
};

static guint label_hash(gconstpointer p) {
  const OnrLabel *label = p;
  return g_str_hash(label->name) ^
         (guint)((label->entity * 2 + label->kind) * 2654435761); /* Knuth's multiplier */
}

static gboolean label_equal(gconstpointer p, gconstpointer q) {
  const OnrLabel *a = p, *b = q;
  return a->entity == b->entity && a->kind == b->kind && !strcmp(a->name, b->name);
}

OnrLabels *onr_labels_new(OnrRecord *record, OnrWords *words) {
  OnrLabels *labels = g_new0(OnrLabels, 1);
  labels->record = record;
  labels->words = words;
  labels->known = g_hash_table_new_full(label_hash, label_equal, g_free, NULL);
  labels->pending = g_ptr_array_new();
  for (int i = 0; i < ONR_N_LABELS; i++)
    labels->made[i] = g_ptr_array_new();
  return labels;
}

void onr_labels_free(OnrLabels *labels) {
  for (int i = 0; i < ONR_N_LABELS; i++)
    g_ptr_array_unref(labels->made[i]);
  g_ptr_array_unref(labels->pending);
  g_hash_table_unref(labels->known);
  g_free(labels);
}

void onr_labels_forget(OnrLabels *labels) {
  for (int i = 0; i < ONR_N_LABELS; i++) {
    g_ptr_array_set_size(labels->made[i], 0);
    labels->last[i] = 0;
  }
  g_ptr_array_set_size(labels->pending, 0);
  g_hash_table_remove_all(labels->known);
}

guint onr_labels_n_cached(const OnrLabels *labels) {
  return g_hash_table_size(labels->known);
}

static OnrLabel *remember(OnrLabels *labels, OnrLabelKind kind, gint64 entity, gint64 row, const char *name) {
  gsize size = strlen(name) + 1;
  OnrLabel *label = g_malloc0(sizeof *label + size);
  label->kind = kind;
  label->entity = entity;
  label->row = row;
  label->used = labels->batch;
  memcpy(label->bytes, name, size);
  label->name = label->bytes;
  g_hash_table_add(labels->known, label);
  return label;
}

static OnrLabel *make_label(OnrLabels *labels, OnrLabelKind kind, gint64 entity, const char *name,
                            GError **error) {
  if (!onr_record_next_row(labels->record, sql_of[kind].last, &labels->last[kind], error) ||
      (kind == ONR_LABEL_ALIAS && !onr_words_add(labels->words, entity, name, error)))
    return NULL;
  OnrLabel *label = remember(labels, kind, entity, labels->last[kind], name);
  label->is_new = TRUE;
  g_ptr_array_add(labels->made[kind], label);
  return label;
}

static gboolean find_row(OnrLabels *labels, OnrLabelKind kind, gint64 entity, const char *name, gint64 *row,
                         GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(labels->record, sql_of[kind].find, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  return onr_step_int(s, 0, row, error);
}

OnrLabel *onr_labels_use(OnrLabels *labels, OnrLabelKind kind, gint64 entity, gboolean is_entity_new,
                         const char *name, GError **error) {
  OnrLabel key = {.kind = kind, .entity = entity, .name = name};
  OnrLabel *known = g_hash_table_lookup(labels->known, &key);
  gint64 row = 0;
  if (known)
    return known;
  if (!is_entity_new && !find_row(labels, kind, entity, name, &row, error))
    return NULL;
  return row ? remember(labels, kind, entity, row, name) : make_label(labels, kind, entity, name, error);
}

/* The label in ROW where it is new, else NULL. */
static OnrLabel *get_new(const OnrLabels *labels, OnrLabelKind kind, gint64 row) {
  const GPtrArray *made = labels->made[kind];
  gint64 first = labels->last[kind] - made->len + 1;
  return made->len && row >= first && row <= labels->last[kind] ? made->pdata[row - first] : NULL;
}

OnrLabel *onr_labels_get(OnrLabels *labels, OnrLabelKind kind, gint64 entity, gint64 row, GError **error) {
  OnrLabel *made = get_new(labels, kind, row);
  if (made)
    return made;
  g_autoptr(OnrStatement) s = onr_record_statement(labels->record, sql_of[kind].get, error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': an article refers to a missing name",
                labels->record->file);
  return step == ONR_STEP_ROW ? onr_labels_use(labels, kind, entity, FALSE, onr_column_text(s, 0), error)
                              : NULL;
}

void onr_labels_count(OnrLabels *labels, OnrLabel *label, int n, int n_full) {
  label->n += n;
  label->n_full += n_full;
  label->used = labels->batch;
  if (label->is_new || label->is_pending)
    return;
  label->is_pending = TRUE;
  g_ptr_array_add(labels->pending, label);
}

/* --- flush --- */

static void bind_label(sqlite3_stmt *s, int first, gconstpointer made, guint i) {
  const OnrLabel *label = ((OnrLabel *const *)made)[i];
  onr_bind_int(s, first, label->row);
  onr_bind_int(s, first + 1, label->entity);
  onr_bind_text(s, first + 2, label->name);
  onr_bind_int(s, first + 3, label->n);
  if (label->kind == ONR_LABEL_ALIAS)
    onr_bind_int(s, first + 4, label->n_full);
}

/* LABEL is in its table now; one that was counted up and down again is to go. */
static void note_inserted(OnrLabels *labels, OnrLabel *label) {
  gboolean may_go = label->n <= 0 && label->n_full <= 0;
  label->n = label->n_full = 0;
  label->is_new = FALSE;
  if (may_go)
    onr_labels_count(labels, label, 0, 0);
}

gboolean onr_labels_insert_new(OnrLabels *labels, GError **error) {
  for (int kind = 0; kind < ONR_N_LABELS; kind++) {
    GPtrArray *made = labels->made[kind];
    if (made->len && !onr_record_insert_rows(labels->record, &sql_of[kind].insert, bind_label, made->pdata,
                                             made->len, error))
      return FALSE;
    for (guint i = 0; i < made->len; i++)
      note_inserted(labels, made->pdata[i]);
    g_ptr_array_set_size(made, 0);
  }
  return TRUE;
}

static int by_row(gconstpointer a, gconstpointer b) {
  gint64 x = (*(const OnrLabel *const *)a)->row, y = (*(const OnrLabel *const *)b)->row;
  return (x > y) - (x < y);
}

/* Deletes LABEL where nothing has it any more. */
static gboolean drop_unused(OnrLabels *labels, OnrLabel *label, GHashTable *unsure, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(labels->record, sql_of[label->kind].drop, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, label->row);
  if (!onr_run(s, error))
    return FALSE;
  if (!sqlite3_changes(labels->record->db))
    return TRUE;
  g_hash_table_add(unsure, g_memdup2(&label->entity, sizeof label->entity));
  gboolean is_done =
      label->kind == ONR_LABEL_ROLE || onr_words_drop(labels->words, label->entity, label->name, error);
  g_hash_table_remove(labels->known, label);
  return is_done;
}

static gboolean write_count(OnrLabels *labels, OnrLabel *label, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(labels->record, sql_of[label->kind].add, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, label->row);
  onr_bind_int(s, 2, label->n);
  if (label->kind == ONR_LABEL_ALIAS)
    onr_bind_int(s, 3, label->n_full);
  label->n = label->n_full = 0;
  return onr_run(s, error);
}

gboolean onr_labels_flush(OnrLabels *labels, GHashTable *unsure, GError **error) {
  if (!onr_labels_insert_new(labels, error))
    return FALSE;
  g_ptr_array_sort(labels->pending, by_row);
  for (guint i = 0; i < labels->pending->len; i++) {
    OnrLabel *label = labels->pending->pdata[i];
    gboolean has_changed = label->n || label->n_full, may_go = label->n <= 0 && label->n_full <= 0;
    label->is_pending = FALSE;
    if ((has_changed && !write_count(labels, label, error)) ||
        (may_go && !drop_unused(labels, label, unsure, error)))
      return FALSE;
  }
  g_ptr_array_set_size(labels->pending, 0);
  return TRUE;
}

static gboolean is_old(gpointer label, gpointer value, gpointer labels) {
  (void)value;
  return ((OnrLabel *)label)->used != ((OnrLabels *)labels)->batch;
}

void onr_labels_end_batch(OnrLabels *labels, gboolean is_full) {
  if (is_full)
    g_hash_table_foreach_remove(labels->known, is_old, labels);
  labels->batch++;
}
