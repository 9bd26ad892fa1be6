/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose the names of a block are: its names and their articles out of the tables, through identity/resolve.h,
   and what came out back into entity.identity and sense. */
#include "archive/record_private.h"

#include "identity/block.h"
#include "identity/resolve.h"

#include <string.h>

/* Signatures of articles that are kept from block to block: a few names are in many articles. */
#define MAX_TOPICS 20000

/* A name of the block as the tables have it now. */
typedef struct {
  gint64 row, identity;
  char *id, *name, *reason;
  int type;
} Known;

typedef struct {
  OnrRecord *record;
  const OnrIdentityModel *model;
  GHashTable *topics;  /* gint64 → GBytes */
  GArray *known;       /* Known, parallel to nodes */
  GArray *nodes;       /* OnrNameNode */
  GStringChunk *bytes; /* of signatures */
  GError *error;       /* of reading topics, in the middle of a resolution */
} Resolution;

static void known_clear(gpointer p) {
  Known *known = p;
  g_free(known->id);
  g_free(known->name);
  g_free(known->reason);
}

static void node_clear(gpointer p) {
  OnrNameNode *node = p;
  g_array_unref(node->items);
  g_clear_pointer(&node->aliases, g_ptr_array_unref);
  g_clear_pointer(&node->parts, g_array_unref);
}

static void resolution_init(Resolution *r, OnrRecord *record, const OnrIdentityModel *model) {
  *r = (Resolution){.record = record, .model = model};
  r->topics = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_bytes_unref);
  r->known = g_array_new(FALSE, FALSE, sizeof(Known));
  g_array_set_clear_func(r->known, known_clear);
  r->nodes = g_array_new(FALSE, FALSE, sizeof(OnrNameNode));
  g_array_set_clear_func(r->nodes, node_clear);
  r->bytes = g_string_chunk_new(1 << 16);
}

static void resolution_clear(Resolution *r) {
  g_hash_table_unref(r->topics);
  g_array_unref(r->known);
  g_array_unref(r->nodes);
  g_string_chunk_free(r->bytes);
  g_clear_error(&r->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Resolution, resolution_clear)

/* --- reading --- */

static const guint8 *topic_of(gint64 article, gsize *n, gpointer data) {
  Resolution *r = data;
  GBytes *bytes = g_hash_table_lookup(r->topics, &article);
  if (!bytes) {
    g_autoptr(OnrStatement) s =
        onr_record_statement(r->record, "SELECT signature FROM article_topic WHERE article = ?1", &r->error);
    if (!s)
      return NULL;
    onr_bind_int(s, 1, article);
    if (onr_step(s, r->error ? NULL : &r->error) == ONR_STEP_ROW)
      bytes = g_bytes_new(sqlite3_column_blob(s, 0), (gsize)sqlite3_column_bytes(s, 0));
    else
      bytes = g_bytes_new(NULL, 0);
    g_hash_table_insert(r->topics, g_memdup2(&article, sizeof article), bytes);
  }
  return g_bytes_get_data(bytes, n);
}

static gboolean read_items(Resolution *r, gint64 entity, GArray *items, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      r->record, "SELECT article, signature FROM entity_article WHERE entity = ?1 ORDER BY article", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrNameItem item = {.article = onr_column_int(s, 0), .n_name = (gsize)sqlite3_column_bytes(s, 1)};
    if (item.n_name) {
      item.name =
          (const guint8 *)g_string_chunk_insert_len(r->bytes, sqlite3_column_blob(s, 1), (gssize)item.n_name);
      memcpy(&item.lot, item.name, MIN(sizeof item.lot, item.n_name));
      item.lot = GUINT32_FROM_LE(item.lot);
    }
    g_array_append_val(items, item);
  }
  return step == ONR_STEP_DONE;
}

/* Each of NAME's forms, folded as ids are. */
static gboolean read_aliases(Resolution *r, gint64 entity, GPtrArray *aliases, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(r->record, "SELECT name FROM alias WHERE entity = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(aliases, onr_identity_fold(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

static gboolean read_names(Resolution *r, gint64 block, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      r->record, "SELECT row, identity, id, name, type, reason FROM entity WHERE block = ?1 ORDER BY id",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, block);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    Known known = {.row = onr_column_int(s, 0),
                   .identity = onr_column_int(s, 1),
                   .id = g_strdup(onr_column_text(s, 2)),
                   .name = g_strdup(onr_column_text(s, 3)),
                   .type = (int)onr_column_int(s, 4),
                   .reason = g_strdup(onr_column_text(s, 5))};
    OnrNameNode node = {.id = known.id, .items = g_array_new(FALSE, FALSE, sizeof(OnrNameItem))};
    g_array_append_val(r->known, known);
    g_array_append_val(r->nodes, node);
  }
  return step == ONR_STEP_DONE;
}

static gboolean read_block(Resolution *r, gint64 block, GError **error) {
  g_array_set_size(r->known, 0);
  g_array_set_size(r->nodes, 0);
  g_string_chunk_clear(r->bytes);
  if (g_hash_table_size(r->topics) > MAX_TOPICS)
    g_hash_table_remove_all(r->topics);
  if (!read_names(r, block, error))
    return FALSE;
  if (r->nodes->len == 1 && !onr_identities_need_items(r->model, g_array_index(r->nodes, OnrNameNode, 0).id))
    return TRUE;
  for (guint i = 0; i < r->nodes->len; i++) {
    OnrNameNode *node = &g_array_index(r->nodes, OnrNameNode, i);
    const Known *known = &g_array_index(r->known, Known, i);
    if (!read_items(r, known->row, node->items, error))
      return FALSE;
    if (known->type != ONR_ENTITY_ORG || r->nodes->len < 2)
      continue;
    node->aliases = g_ptr_array_new_with_free_func(g_free);
    if (!read_aliases(r, known->row, node->aliases, error))
      return FALSE;
  }
  return TRUE;
}

/* --- writing --- */

static gboolean run_with(OnrRecord *record, const char *sql, gint64 a, gint64 b, gint64 c, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  const gint64 values[] = {a, b, c};
  if (!s)
    return FALSE;
  for (int i = 0; i < sqlite3_bind_parameter_count(s); i++)
    onr_bind_int(s, i + 1, values[i]);
  return onr_run(s, error);
}

gboolean onr_record_drop_name(OnrRecord *record, gint64 entity, GError **error) {
  static const char *const changes[] = {
      "DELETE FROM sense WHERE entity = ?1 OR identity = ?1",
      "DELETE FROM entity WHERE part_of = ?1",
      "UPDATE OR FAIL entity SET identity = row, reason = NULL, score = NULL WHERE identity = ?1 AND row <> "
      "?1",
  };
  for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
    if (!run_with(record, changes[i], entity, 0, 0, error))
      return FALSE;
    if (i)
      record->totals[ONR_TOTAL_ENTITIES] +=
          i == 1 ? -sqlite3_changes(record->db) : sqlite3_changes(record->db);
  }
  if (!run_with(record, "DELETE FROM entity WHERE row = ?1 AND identity = row", entity, 0, 0, error))
    return FALSE;
  record->totals[ONR_TOTAL_ENTITIES] -= sqlite3_changes(record->db);
  return run_with(record, "DELETE FROM entity WHERE row = ?1", entity, 0, 0, error);
}

/* The rows of the parts of name I, by number from 1, in place of those that it had. */
static gboolean write_parts(Resolution *r, guint i, GArray *rows, GError **error) {
  const OnrNameNode *node = &g_array_index(r->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(r->known, Known, i);
  if (!run_with(r->record, "DELETE FROM sense WHERE entity = ?1", known->row, 0, 0, error) ||
      !run_with(r->record, "DELETE FROM entity WHERE part_of = ?1", known->row, 0, 0, error))
    return FALSE;
  r->record->totals[ONR_TOTAL_ENTITIES] -= sqlite3_changes(r->record->db);
  for (guint k = 0; node->parts && k < node->parts->len; k++) {
    g_autofree char *id = g_strdup_printf("%s~%08x", known->id, g_array_index(node->parts, guint32, k));
    g_autoptr(OnrStatement) s = onr_record_statement(
        r->record,
        "INSERT INTO entity (row, id, name, type, identity, part_of) VALUES (?1, ?2, ?3, ?4, ?1, ?5)", error);
    gint64 row;
    if (!s || !onr_names_new_row(r->record->names, &row, error))
      return FALSE;
    onr_bind_int(s, 1, row);
    onr_bind_text(s, 2, id);
    onr_bind_text(s, 3, known->name);
    onr_bind_int(s, 4, known->type);
    onr_bind_int(s, 5, known->row);
    if (!onr_run(s, error))
      return FALSE;
    r->record->totals[ONR_TOTAL_ENTITIES]++;
    g_array_append_val(rows, row);
  }
  return TRUE;
}

static gboolean write_senses(Resolution *r, guint i, const GArray *parts, GError **error) {
  const OnrNameNode *node = &g_array_index(r->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(r->known, Known, i);
  for (guint k = 0; k < node->items->len; k++) {
    const OnrNameItem *item = &g_array_index(node->items, OnrNameItem, k);
    gint64 identity = item->part ? g_array_index(parts, gint64, item->part - 1)
                                 : g_array_index(r->known, Known, item->bearer).row;
    if ((item->part || item->bearer != i) &&
        !run_with(r->record, "INSERT INTO sense (entity, article, identity) VALUES (?1, ?2, ?3)", known->row,
                  item->article, identity, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_identity(Resolution *r, guint i, GError **error) {
  const OnrNameNode *node = &g_array_index(r->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(r->known, Known, i);
  gint64 identity = g_array_index(r->known, Known, node->identity).row;
  if (identity == known->identity && !g_strcmp0(known->reason, node->reason))
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      r->record, "UPDATE entity SET identity = ?2, reason = ?3, score = ?4 WHERE row = ?1", error);
  if (!s)
    return FALSE;
  r->record->totals[ONR_TOTAL_ENTITIES] += (identity == known->row) - (known->identity == known->row);
  onr_bind_int(s, 1, known->row);
  onr_bind_int(s, 2, identity);
  onr_bind_text(s, 3, node->reason);
  if (node->reason && node->score > 0)
    sqlite3_bind_double(s, 4, node->score);
  else
    onr_bind_null(s, 4);
  return onr_run(s, error);
}

static gboolean write_block(Resolution *r, GError **error) {
  g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (guint i = 0; i < r->nodes->len; i++) {
    g_array_set_size(parts, 0);
    if (!write_parts(r, i, parts, error) || !write_senses(r, i, parts, error) || !write_identity(r, i, error))
      return FALSE;
  }
  return TRUE;
}

/* --- all of them --- */

static gboolean resolve_block(Resolution *r, gint64 block, GError **error) {
  if (!read_block(r, block, error))
    return FALSE;
  onr_identities_resolve(r->model, r->nodes, topic_of, r);
  if (r->error) {
    g_propagate_error(error, g_steal_pointer(&r->error));
    return FALSE;
  }
  return write_block(r, error) &&
         run_with(r->record, "DELETE FROM unresolved WHERE block = ?1", block, 0, 0, error);
}

static gboolean next_blocks(OnrRecord *record, guint limit, GArray *blocks, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT block FROM unresolved ORDER BY block LIMIT ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, limit);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    gint64 block = onr_column_int(s, 0);
    g_array_append_val(blocks, block);
  }
  return step == ONR_STEP_DONE;
}

gboolean onr_record_resolve(OnrRecord *record, const OnrIdentityModel *model, guint limit, gboolean *is_done,
                            GError **error) {
  g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_auto(Resolution) resolution;
  resolution_init(&resolution, record, model);
  *is_done = FALSE;
  if (!onr_record_needs_transaction(record, error) || !onr_record_flush(record, error) ||
      !next_blocks(record, limit, blocks, error))
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    if (!resolve_block(&resolution, g_array_index(blocks, gint64, i), error))
      return FALSE;
  *is_done = blocks->len < limit;
  return TRUE;
}
