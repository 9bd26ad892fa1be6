/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose variants names of persons are: the names like those that came or went out of the tables, through
   identity/variants.h, and what came out back into entity.variant_of and entity.block. */
#include "archive/items.h"
#include "archive/record_private.h"

#include "identity/block.h"
#include "identity/variants.h"
#include "text/distance.h"

#include <string.h>

typedef struct {
  gint64 row, variant_of, key; /* as the tables have them */
  const char *last;            /* word of ID; that of a generation is none */
  gsize n_last;
  char id[];
} Name;

#define NAME_COLUMNS "e.row, e.id, coalesce(e.variant_of, 0), e.variant_key"

typedef struct {
  OnrRecord *record;
  OnrItems *items;
  const OnrIdentityModel *model;
  GPtrArray *group; /* Name: those of KEY */
  gint64 key;
  GHashTable *done; /* gint64: names that were asked whose variants they are */
  GArray *changed;  /* gint64: of those the ones whose answer is another now */
} Placing;

static const char *last_word(const char *id, gsize *length) {
  static const char *const generations[] = {"-jr", "-sr", "-ii", "-iii", "-iv"};
  const char *end = id + strlen(id);
  for (guint i = 0; i < G_N_ELEMENTS(generations); i++)
    if (g_str_has_suffix(id, generations[i]))
      end = id + strlen(id) - strlen(generations[i]);
  const char *word = g_strrstr_len(id, end - id, "-");
  word = word ? word + 1 : id;
  *length = (gsize)(end - word);
  return word;
}

/* Of a row of NAME_COLUMNS; freed with g_free. */
static Name *name_read(OnrStatement *s) {
  const char *id = onr_column_text(s, 1);
  gsize size = strlen(id) + 1;
  Name *name = g_malloc(sizeof *name + size);
  *name =
      (Name){.row = onr_column_int(s, 0), .variant_of = onr_column_int(s, 2), .key = onr_column_int(s, 3)};
  memcpy(name->id, id, size);
  name->last = last_word(name->id, &name->n_last);
  return name;
}

static Name *name_copy(const Name *name) {
  gsize size = sizeof *name + strlen(name->id) + 1;
  Name *copy = g_memdup2(name, size);
  copy->last = copy->id + (name->last - name->id);
  return copy;
}

/* --- names like one --- */

static gboolean add_names(OnrStatement *s, GPtrArray *names, GError **error) {
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(names, name_read(s));
  return step == ONR_STEP_DONE;
}

/* Names are asked in the order of their keys, so one group is kept. */
static gboolean read_group(Placing *p, gint64 key, GError **error) {
  if (p->key == key)
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      p->record, "SELECT " NAME_COLUMNS " FROM entity e WHERE e.variant_key = ?1 ORDER BY e.row", error);
  if (!s)
    return FALSE;
  g_ptr_array_set_size(p->group, 0);
  p->key = key;
  onr_bind_int(s, 1, key);
  return add_names(s, p->group, error);
}

/* Are the last words of two ids one letter apart? Most names of a group are told from each other here. */
static gboolean may_be_slip(const Name *a, const Name *b) {
  return MAX(a->n_last, b->n_last) - MIN(a->n_last, b->n_last) <= 1 &&
         onr_edit_distance(a->last, a->n_last, b->last, b->n_last, 1) == 1;
}

static gboolean add_slips(Placing *p, const Name *name, GPtrArray *out, GError **error) {
  if (!read_group(p, name->key, error))
    return FALSE;
  for (guint i = 0; i < p->group->len; i++) {
    const Name *other = p->group->pdata[i];
    if (may_be_slip(name, other) && onr_may_be_variant(name->id, other->id))
      g_ptr_array_add(out, name_copy(other));
  }
  return TRUE;
}

/* Names with a word less than ID, or with its words turned. */
static gboolean add_shorter(Placing *p, const char *id, GPtrArray *out, GError **error) {
  g_autoptr(GPtrArray) ids = onr_variant_ids(id);
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr(OnrStatement) s = onr_record_statement(
        p->record, "SELECT " NAME_COLUMNS " FROM entity e WHERE e.id = ?1 AND e.variant_key IS NOT NULL",
        error);
    if (!s)
      return FALSE;
    onr_bind_text(s, 1, ids->pdata[i]);
    guint n_before = out->len;
    if (!add_names(s, out, error))
      return FALSE;
    if (out->len > n_before && !onr_may_be_variant(id, ids->pdata[i]))
      g_ptr_array_set_size(out, (gint)n_before);
  }
  return TRUE;
}

/* Names with a word more behind ID: '.' is the character that follows '-'. */
static gboolean add_longer(Placing *p, const char *id, GPtrArray *out, GError **error) {
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(OnrStatement) s = onr_record_statement(
      p->record,
      "SELECT " NAME_COLUMNS
      " FROM entity e WHERE e.id > ?1 || '-' AND e.id < ?1 || '.' AND e.variant_key IS NOT NULL",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, id);
  if (!add_names(s, found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++) {
    const Name *other = found->pdata[i];
    if (!strchr(other->id + strlen(id) + 1, '-') && onr_may_be_variant(id, other->id))
      g_ptr_array_add(out, name_copy(other));
  }
  return TRUE;
}

static gboolean find_like(Placing *p, const Name *name, GPtrArray *out, GError **error) {
  return add_shorter(p, name->id, out, error) && add_longer(p, name->id, out, error) &&
         add_slips(p, name, out, error);
}

/* --- blocks --- */

static gboolean query_int(OnrRecord *record, const char *sql, gint64 row, gint64 *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  *out = step == ONR_STEP_ROW ? onr_column_int(s, 0) : 0;
  return step != ONR_STEP_ERROR;
}

/* The caller frees it; NULL where it cannot be read. */
static char *id_of(OnrRecord *record, gint64 row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT id FROM entity WHERE row = ?1", error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no entity in row %" G_GINT64_FORMAT, record->file,
                row);
  return step == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 0)) : NULL;
}

static gboolean note_block(OnrRecord *record, gint64 block, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT OR IGNORE INTO unresolved VALUES (?1)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, block);
  return onr_run(s, error);
}

static gboolean write_block(OnrRecord *record, gint64 row, gint64 block, GError **error) {
  gint64 before;
  if (!query_int(record, "SELECT block FROM entity WHERE row = ?1", row, &before, error))
    return FALSE;
  if (before == block)
    return TRUE;
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "UPDATE entity SET block = ?2 WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  onr_bind_int(s, 2, block);
  return onr_run(s, error) && note_block(record, before, error) && note_block(record, block, error);
}

/* Puts the name in ROW, and those that are variants of it, into BLOCK. */
static gboolean move_to(OnrRecord *record, gint64 row, gint64 block, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_array_append_val(rows, row);
  for (guint i = 0; i < rows->len; i++) {
    gint64 at = g_array_index(rows, gint64, i);
    g_autoptr(OnrStatement) s =
        onr_record_statement(record, "SELECT row FROM entity WHERE variant_of = ?1", error);
    if (!s || !write_block(record, at, block, error))
      return FALSE;
    onr_bind_int(s, 1, at);
    OnrStep step;
    while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
      gint64 variant = onr_column_int(s, 0);
      g_array_append_val(rows, variant);
    }
    if (step == ONR_STEP_ERROR)
      return FALSE;
  }
  return TRUE;
}

#define LONGEST_CHAIN 1000 /* of variants of variants, each with fewer articles than the next */

/* Puts the name in ROW where the name belongs that it is a variant of in the end: into its own block where it
 * is none's. */
static gboolean place(OnrRecord *record, gint64 row, GError **error) {
  gint64 root = row, next = row;
  for (guint n = 0; next; n++, root = next ? next : root) {
    if (n > LONGEST_CHAIN) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': entity.variant_of goes in a circle; reindex",
                  record->file);
      return FALSE;
    }
    if (!query_int(record, "SELECT coalesce(variant_of, 0) FROM entity WHERE row = ?1", root, &next, error))
      return FALSE;
  }
  g_autofree char *id = id_of(record, root, error);
  return id && move_to(record, row, (gint64)onr_identity_block(id), error);
}

/* NAME is a variant of the one in row OF; 0: of none. */
static gboolean write_variant(Placing *p, const Name *name, gint64 of, GError **error) {
  if (name->variant_of == of)
    return TRUE;
  g_array_append_val(p->changed, name->row);
  g_autoptr(OnrStatement) s =
      onr_record_statement(p->record, "UPDATE entity SET variant_of = nullif(?2, 0) WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, name->row);
  onr_bind_int(s, 2, of);
  return onr_run(s, error);
}

/* --- asking --- */

static void node_clear(gpointer p) {
  g_array_unref(((OnrNameNode *)p)->items);
}

static gboolean read_node(Placing *p, const Name *name, GStringChunk *bytes, GArray *nodes, GError **error) {
  OnrNameNode node = {.id = name->id, .items = g_array_new(FALSE, FALSE, sizeof(OnrNameItem))};
  g_array_append_val(nodes, node);
  return onr_items_read(p->items, name->row, bytes, node.items, error);
}

/* Which of LIKE the name is a variant of: its row, 0 for none. */
static gboolean choose(Placing *p, const Name *name, const GPtrArray *like, gint64 *of, GError **error) {
  *of = 0;
  if (!like->len)
    return TRUE;
  g_autoptr(GStringChunk) bytes = g_string_chunk_new(1024);
  g_autoptr(GArray) nodes = g_array_new(FALSE, FALSE, sizeof(OnrNameNode)),
                    others = g_array_new(FALSE, FALSE, sizeof(OnrNameNode));
  g_array_set_clear_func(nodes, node_clear);
  g_array_set_clear_func(others, node_clear);
  if (!read_node(p, name, bytes, nodes, error))
    return FALSE;
  for (guint i = 0; i < like->len; i++)
    if (!read_node(p, like->pdata[i], bytes, others, error))
      return FALSE;
  guint best =
      onr_variant_of(p->model, &g_array_index(nodes, OnrNameNode, 0), others, onr_items_topic, p->items);
  if (best != G_MAXUINT)
    *of = ((const Name *)like->pdata[best])->row;
  return TRUE;
}

/* LIKE: the names like NAME; NULL: they are to be found. */
static gboolean ask(Placing *p, const Name *name, const GPtrArray *like, GError **error) {
  gint64 of;
  g_autoptr(GPtrArray) found = NULL;
  if (!g_hash_table_add(p->done, g_memdup2(&name->row, sizeof name->row)))
    return TRUE;
  if (!like) {
    found = g_ptr_array_new_with_free_func(g_free);
    if (!find_like(p, name, found, error))
      return FALSE;
  }
  onr_items_forget(p->items);
  return choose(p, name, like ? like : found, &of, error) && write_variant(p, name, of, error);
}

/* NAME and those like it, which may be variants of it. */
static gboolean ask_all(Placing *p, const Name *name, GError **error) {
  g_autoptr(GPtrArray) like = g_ptr_array_new_with_free_func(g_free);
  if (!find_like(p, name, like, error) || !ask(p, name, like, error))
    return FALSE;
  for (guint i = 0; i < like->len; i++)
    if (!ask(p, like->pdata[i], NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean read_unplaced(OnrRecord *record, GPtrArray *names, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT " NAME_COLUMNS
      " FROM unplaced u CROSS JOIN entity e ON e.row = u.entity ORDER BY e.variant_key, e.row",
      error);
  return s && add_names(s, names, error);
}

/* All that came or went are asked before any is placed: a name is a variant of one with more articles than
   it, so that no chain of answers which are all of today comes back to where it began. */
static gboolean place_all(Placing *p, const GPtrArray *names, GError **error) {
  for (guint i = 0; i < names->len; i++)
    if (!ask_all(p, names->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < p->changed->len; i++)
    if (!place(p->record, g_array_index(p->changed, gint64, i), error))
      return FALSE;
  return onr_database_exec(p->record->db, "DELETE FROM unplaced", error);
}

gboolean onr_record_place_variants(OnrRecord *record, OnrItems *items, const OnrIdentityModel *model,
                                   GError **error) {
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free),
                       group = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) changed = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GHashTable) done = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  Placing placing = {
      .record = record, .items = items, .model = model, .group = group, .done = done, .changed = changed};
  return read_unplaced(record, names, error) && (!names->len || place_all(&placing, names, error));
}
