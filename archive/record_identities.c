/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whose the names of a block are: its names and their articles out of the tables, through identity/resolve.h,
   and what came out back into entity.identity and sense. */
#include "archive/items.h"
#include "archive/record_private.h"

#include "identity/block.h"
#include "identity/variants.h"

#include <string.h>

#define CHUNK 1024 /* blocks that are read, then resolved side by side, then written */

/* A name of the block as the tables have it now. */
typedef struct {
  gint64 row, identity;
  char *id, *name, *reason;
  int type;
  double score;
  gint64 label; /* row of the identity that a user says it is; 0 where none does */
} Known;

typedef struct {
  gint64 number;
  GArray *known;       /* Known, parallel to nodes */
  GArray *nodes;       /* OnrNameNode */
  GStringChunk *bytes; /* of signatures and labels */
  OnrItems *items;     /* borrowed; only read while the block is resolved */
} Block;

typedef struct {
  OnrRecord *record;
  const OnrIdentityModel *model;
  gboolean has_rulings;
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
  g_clear_pointer(&node->part_labels, g_array_unref);
}

static Block *block_new(gint64 number, OnrItems *items) {
  Block *block = g_new0(Block, 1);
  block->number = number;
  block->items = items;
  block->known = g_array_new(FALSE, FALSE, sizeof(Known));
  g_array_set_clear_func(block->known, known_clear);
  block->nodes = g_array_new(FALSE, FALSE, sizeof(OnrNameNode));
  g_array_set_clear_func(block->nodes, node_clear);
  block->bytes = g_string_chunk_new(256);
  return block;
}

static void block_free(gpointer p) {
  Block *block = p;
  g_array_unref(block->known);
  g_array_unref(block->nodes);
  g_string_chunk_free(block->bytes);
  g_free(block);
}

/* --- reading --- */

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

static gboolean read_names(Resolution *r, const Block *block, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      r->record,
      "SELECT row, identity, id, name, type, reason, score FROM entity WHERE block = ?1 ORDER BY id", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, block->number);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    Known known = {.row = onr_column_int(s, 0),
                   .identity = onr_column_int(s, 1),
                   .id = g_strdup(onr_column_text(s, 2)),
                   .name = g_strdup(onr_column_text(s, 3)),
                   .type = (int)onr_column_int(s, 4),
                   .reason = g_strdup(onr_column_text(s, 5)),
                   .score = sqlite3_column_double(s, 6)};
    OnrNameNode node = {.id = known.id, .items = g_array_new(FALSE, FALSE, sizeof(OnrNameItem))};
    g_array_append_val(block->known, known);
    g_array_append_val(block->nodes, node);
  }
  return step == ONR_STEP_DONE;
}

/* --- what users say --- */

static void take_ruling(const Block *block, OnrNameNode *node, const OnrRuling *ruling, GArray *pins) {
  const char *label = g_string_chunk_insert_const(block->bytes, ruling->identity);
  if (*ruling->article) {
    OnrNameItem pin = {.article = ruling->article_row, .label = label};
    g_array_append_val(pins, pin);
  } else if (ruling->part >= 0) {
    OnrPartLabel part = {(guint32)ruling->part, label};
    if (!node->part_labels)
      node->part_labels = g_array_new(FALSE, FALSE, sizeof(OnrPartLabel));
    g_array_append_val(node->part_labels, part);
  } else {
    node->label = label;
    node->is_whole = ruling->is_whole;
    node->ruling = g_string_chunk_insert_const(block->bytes, ruling->reason);
  }
}

/* PINS gets, as items, the articles of which alone something is said. */
static gboolean read_rulings(const Resolution *r, const Block *block, OnrNameNode *node, GArray *pins,
                             GError **error) {
  g_autoptr(GArray) rulings = g_array_new(FALSE, FALSE, sizeof(OnrRuling));
  g_array_set_clear_func(rulings, onr_ruling_clear);
  if (!onr_record_rulings_of(r->record, node->id, rulings, error))
    return FALSE;
  for (guint i = 0; i < rulings->len; i++)
    take_ruling(block, node, &g_array_index(rulings, OnrRuling, i), pins);
  return TRUE;
}

static void pin_items(const OnrNameNode *node, const GArray *pins) {
  for (guint i = 0; i < node->items->len; i++)
    for (guint k = 0; k < pins->len; k++)
      if (g_array_index(pins, OnrNameItem, k).article == g_array_index(node->items, OnrNameItem, i).article)
        g_array_index(node->items, OnrNameItem, i).label = g_array_index(pins, OnrNameItem, k).label;
}

static gboolean read_node(Resolution *r, const Block *block, guint i, gboolean needs_items, GError **error) {
  OnrNameNode *node = &g_array_index(block->nodes, OnrNameNode, i);
  g_autoptr(GArray) pins = g_array_new(FALSE, FALSE, sizeof(OnrNameItem));
  if (r->has_rulings && !read_rulings(r, block, node, pins, error))
    return FALSE;
  if ((needs_items || pins->len) && !onr_items_read(block->items, g_array_index(block->known, Known, i).row,
                                                    block->bytes, node->items, error))
    return FALSE;
  pin_items(node, pins);
  return TRUE;
}

static gboolean read_block(Resolution *r, const Block *block, GError **error) {
  if (!read_names(r, block, error))
    return FALSE;
  if (block->nodes->len == 1 &&
      !onr_identities_need_items(r->model, g_array_index(block->nodes, OnrNameNode, 0).id))
    return read_node(r, block, 0, FALSE, error);
  for (guint i = 0; i < block->nodes->len; i++) {
    OnrNameNode *node = &g_array_index(block->nodes, OnrNameNode, i);
    const Known *known = &g_array_index(block->known, Known, i);
    if (!read_node(r, block, i, TRUE, error))
      return FALSE;
    if (known->type != ONR_ENTITY_ORG || block->nodes->len < 2)
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
      "INSERT OR IGNORE INTO unresolved SELECT block FROM entity WHERE identity = ?1 AND row <> ?1 AND block "
      "IS NOT NULL",
      "INSERT OR IGNORE INTO unresolved SELECT e.block FROM sense s JOIN entity e ON e.row = s.entity WHERE "
      "s.identity = ?1 "
      "AND e.block IS NOT NULL",
      "DELETE FROM sense WHERE entity = ?1 OR identity = ?1",
      "DELETE FROM unplaced WHERE entity = ?1",
      "INSERT OR IGNORE INTO unplaced SELECT row FROM entity WHERE variant_of = ?1 AND row <> ?1",
      "UPDATE entity SET variant_of = row WHERE variant_of = ?1",
      "DELETE FROM entity WHERE part_of = ?1",
      "UPDATE OR FAIL entity SET identity = row, reason = NULL, score = NULL WHERE identity = ?1 AND row <> "
      "?1",
  };
  for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
    if (!run_with(record, changes[i], entity, 0, 0, error))
      return FALSE;
    if (i > 5)
      record->totals[ONR_TOTAL_ENTITIES] +=
          i == 6 ? -sqlite3_changes(record->db) : sqlite3_changes(record->db);
  }
  if (!run_with(record, "DELETE FROM entity WHERE row = ?1 AND identity = row", entity, 0, 0, error))
    return FALSE;
  record->totals[ONR_TOTAL_ENTITIES] -= sqlite3_changes(record->db);
  return run_with(record, "DELETE FROM entity WHERE row = ?1", entity, 0, 0, error);
}

/* --- identities that no name has for its own: parts, and those that users list --- */

static gboolean insert_identity(OnrRecord *record, const char *id, const char *name, int type, gint64 part_of,
                                gint64 *row, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "INSERT INTO entity (row, id, name, type, identity, part_of) "
                           "VALUES (?1, ?2, coalesce((SELECT nullif(name, '') FROM authority WHERE id = ?2), "
                           "?3), ?4, ?1, nullif(?5, 0))",
                           error);
  if (!s || !onr_names_new_row(record->names, row, error))
    return FALSE;
  onr_bind_int(s, 1, *row);
  onr_bind_text(s, 2, id);
  onr_bind_text(s, 3, name);
  onr_bind_int(s, 4, type);
  onr_bind_int(s, 5, part_of);
  record->totals[ONR_TOTAL_ENTITIES]++;
  return onr_run(s, error);
}

/* Type and name of an identity that articles do not name so: as listed, else by its id. */
static gboolean describe(OnrRecord *record, const char *id, int *type, char **name, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT type, name FROM authority WHERE id = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, id);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW) {
    *type = (int)onr_column_int(s, 0);
    *name = g_strdup(onr_column_text(s, 1));
  } else {
    g_autofree char *of_name = g_strndup(id, strcspn(id, "~")); /* of a part */
    *type = (int)onr_entity_type_of_id(id);
    *name = onr_record_name_of(record, of_name);
    if (!*name)
      *name = onr_identity_words(of_name);
  }
  return step != ONR_STEP_ERROR;
}

/* The row of the identity with ID, made where there is none. */
static gboolean use_identity(Resolution *r, const char *id, gint64 *row, GError **error) {
  int type;
  g_autofree char *name = NULL;
  *row = onr_record_find_entity(r->record, id);
  return *row || (describe(r->record, id, &type, &name, error) &&
                  insert_identity(r->record, id, name, type, 0, row, error));
}

/* What users list goes where no name is it any more. */
static gboolean drop_unused_identities(OnrRecord *record, GError **error) {
  if (!run_with(
          record,
          "DELETE FROM entity WHERE block IS NULL AND part_of IS NULL "
          "AND NOT EXISTS (SELECT 1 FROM entity n WHERE n.identity = entity.row AND n.row <> entity.row) "
          "AND NOT EXISTS (SELECT 1 FROM sense s WHERE s.identity = entity.row)",
          0, 0, 0, error))
    return FALSE;
  record->totals[ONR_TOTAL_ENTITIES] -= sqlite3_changes(record->db);
  return TRUE;
}

/* The rows of the parts of name I, by number from 1, in place of those that it had. */
static gboolean write_parts(Resolution *r, const Block *block, guint i, GArray *rows, GError **error) {
  const OnrNameNode *node = &g_array_index(block->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(block->known, Known, i);
  if (!run_with(r->record, "DELETE FROM sense WHERE entity = ?1", known->row, 0, 0, error) ||
      !run_with(r->record,
                "UPDATE entity SET part_of = NULL WHERE part_of = ?1 "
                "AND EXISTS (SELECT 1 FROM sense s WHERE s.identity = entity.row)",
                known->row, 0, 0, error) ||
      !run_with(r->record, "DELETE FROM entity WHERE part_of = ?1", known->row, 0, 0, error))
    return FALSE;
  r->record->totals[ONR_TOTAL_ENTITIES] -= sqlite3_changes(r->record->db);
  for (guint k = 0; node->parts && k < node->parts->len; k++) {
    g_autofree char *id = g_strdup_printf("%s~%08x", known->id, g_array_index(node->parts, guint32, k));
    gint64 row = onr_record_find_entity(r->record, id);
    if (row ? !run_with(r->record, "UPDATE entity SET part_of = ?2 WHERE row = ?1", row, known->row, 0, error)
            : !insert_identity(r->record, id, known->name, known->type, known->row, &row, error))
      return FALSE;
    g_array_append_val(rows, row);
  }
  return TRUE;
}

/* Whose name I of BLOCK is. */
static gint64 identity_of(const Block *block, guint i) {
  const Known *known = &g_array_index(block->known, Known, i);
  return known->label
             ? known->label
             : g_array_index(block->known, Known, g_array_index(block->nodes, OnrNameNode, i).identity).row;
}

static gboolean write_senses(Resolution *r, const Block *block, guint i, const GArray *parts,
                             GError **error) {
  const OnrNameNode *node = &g_array_index(block->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(block->known, Known, i);
  for (guint k = 0; k < node->items->len; k++) {
    const OnrNameItem *item = &g_array_index(node->items, OnrNameItem, k);
    gint64 identity =
        item->part ? g_array_index(parts, gint64, item->part - 1) : identity_of(block, item->bearer);
    if (item->label && !use_identity(r, item->label, &identity, error))
      return FALSE;
    if (identity != identity_of(block, i) &&
        !run_with(r->record, "INSERT INTO sense (entity, article, identity) VALUES (?1, ?2, ?3)", known->row,
                  item->article, identity, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_identity(Resolution *r, const Block *block, guint i, GError **error) {
  const OnrNameNode *node = &g_array_index(block->nodes, OnrNameNode, i);
  const Known *known = &g_array_index(block->known, Known, i);
  gint64 identity = identity_of(block, i);
  double score = node->reason && node->score > 0 ? node->score : 0;
  if (identity == known->identity && !g_strcmp0(known->reason, node->reason) && score == known->score)
    return TRUE;
  g_autoptr(OnrStatement) s = onr_record_statement(
      r->record, "UPDATE entity SET identity = ?2, reason = ?3, score = ?4 WHERE row = ?1", error);
  if (!s)
    return FALSE;
  r->record->totals[ONR_TOTAL_ENTITIES] += (identity == known->row) - (known->identity == known->row);
  onr_bind_int(s, 1, known->row);
  onr_bind_int(s, 2, identity);
  onr_bind_text(s, 3, node->reason);
  if (score > 0)
    sqlite3_bind_double(s, 4, score);
  else
    onr_bind_null(s, 4);
  return onr_run(s, error);
}

static gboolean find_labels(Resolution *r, const Block *block, GError **error) {
  for (guint i = 0; i < block->nodes->len; i++) {
    const char *label = g_array_index(block->nodes, OnrNameNode, i).label;
    if (label && !use_identity(r, label, &g_array_index(block->known, Known, i).label, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean write_block(Resolution *r, const Block *block, GError **error) {
  g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!find_labels(r, block, error))
    return FALSE;
  for (guint i = 0; i < block->nodes->len; i++) {
    g_array_set_size(parts, 0);
    if (!write_parts(r, block, i, parts, error) || !write_senses(r, block, i, parts, error) ||
        !write_identity(r, block, i, error))
      return FALSE;
  }
  return run_with(r->record, "DELETE FROM unresolved WHERE block = ?1", block->number, 0, 0, error);
}

/* --- all of them --- */

static void resolve_block(gpointer data, gpointer resolution) {
  const Block *block = data;
  const Resolution *r = resolution;
  onr_identities_resolve(r->model, block->nodes, onr_items_topic, block->items);
}

/* Blocks that are resolved at once. */
typedef struct {
  OnrItems *items;
  GPtrArray *blocks; /* Block */
  GThreadPool *pool; /* while they are resolved; else NULL */
} Chunk;

static void chunk_init(Chunk *chunk, OnrRecord *record) {
  *chunk = (Chunk){.items = onr_items_new(record), .blocks = g_ptr_array_new_with_free_func(block_free)};
}

/* Until all that was begun is resolved. */
static void chunk_wait(Chunk *chunk) {
  if (chunk->pool)
    g_thread_pool_free(chunk->pool, FALSE, TRUE);
  chunk->pool = NULL;
}

static void chunk_clear(Chunk *chunk) {
  chunk_wait(chunk);
  g_ptr_array_unref(chunk->blocks);
  onr_items_free(chunk->items);
}

static gboolean chunk_read(Resolution *r, Chunk *chunk, const gint64 *numbers, guint n, GError **error) {
  onr_items_forget(chunk->items);
  for (guint i = 0; i < n; i++) {
    g_ptr_array_add(chunk->blocks, block_new(numbers[i], chunk->items));
    if (!read_block(r, chunk->blocks->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* Blocks know nothing of each other, so each core takes one. */
static gboolean chunk_begin(Resolution *r, Chunk *chunk, GError **error) {
  chunk->pool = g_thread_pool_new(resolve_block, r, (gint)g_get_num_processors(), FALSE, error);
  if (!chunk->pool)
    return FALSE;
  for (guint i = 0; i < chunk->blocks->len; i++)
    g_thread_pool_push(chunk->pool, chunk->blocks->pdata[i],
                       NULL); /* where no thread can be made now, one that there is takes it later */
  return TRUE;
}

static gboolean chunk_write(Resolution *r, Chunk *chunk, GError **error) {
  for (guint i = 0; i < chunk->blocks->len; i++)
    if (!write_block(r, chunk->blocks->pdata[i], error))
      return FALSE;
  g_ptr_array_set_size(chunk->blocks, 0);
  return TRUE;
}

/* The next chunk is read, and the last one written, while another is resolved: a block's rows are no other
   block's. */
static gboolean resolve_all(Resolution *r, const GArray *numbers, GError **error) {
  Chunk chunks[2];
  guint n_chunks = (numbers->len + CHUNK - 1) / CHUNK;
  gboolean is_done = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(chunks); i++)
    chunk_init(&chunks[i], r->record);
  for (guint k = 0; k <= n_chunks && is_done; k++) {
    Chunk *next = &chunks[k % 2], *last = &chunks[(k + 1) % 2];
    guint begin = k * CHUNK, end = MIN(begin + CHUNK, numbers->len);
    is_done =
        k == n_chunks || chunk_read(r, next, &g_array_index(numbers, gint64, begin), end - begin, error);
    chunk_wait(last);
    is_done = is_done && (k == n_chunks || chunk_begin(r, next, error)) && chunk_write(r, last, error);
  }
  for (guint i = 0; i < G_N_ELEMENTS(chunks); i++)
    chunk_clear(&chunks[i]);
  return is_done;
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

/* --- another version of the program's tables --- */

static gboolean renew_block(OnrRecord *record, gint64 row, const char *id, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "UPDATE entity SET block = ?2, variant_key = nullif(?3, 0), variant_of = NULL WHERE row = ?1",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  onr_bind_int(s, 2, (gint64)onr_identity_block(id));
  onr_bind_int(s, 3, (gint64)onr_variant_key(id));
  return onr_run(s, error);
}

static gboolean renew_blocks(OnrRecord *record, GError **error) {
  g_autoptr(OnrOwnStatement) s =
      onr_database_prepare(record->db, "SELECT row, id FROM entity WHERE block IS NOT NULL", error);
  OnrStep step = ONR_STEP_ERROR;
  while (s && (step = onr_step(s, error)) == ONR_STEP_ROW)
    if (!renew_block(record, onr_column_int(s, 0), onr_column_text(s, 1), error))
      return FALSE;
  return step == ONR_STEP_DONE &&
         onr_database_exec(
             record->db,
             "DELETE FROM unresolved; INSERT OR IGNORE INTO unresolved SELECT DISTINCT block FROM entity "
             "WHERE block IS NOT NULL; INSERT OR IGNORE INTO unplaced SELECT row FROM entity WHERE "
             "variant_key IS NOT NULL",
             error);
}

/* Names lie in the blocks of this version from here on. */
static gboolean keep_version(OnrRecord *record, GError **error) {
  g_autofree char *version = onr_record_get_setting(record, "identity_version");
  if (!g_strcmp0(version, G_STRINGIFY(ONR_IDENTITY_VERSION)))
    return TRUE;
  return renew_blocks(record, error) &&
         onr_record_set_setting(record, "identity_version", G_STRINGIFY(ONR_IDENTITY_VERSION), error);
}

gboolean onr_record_resolve(OnrRecord *record, const OnrIdentityModel *model, guint limit, gboolean *is_done,
                            GError **error) {
  g_autoptr(GArray) blocks = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrItems) items = onr_items_new(record);
  Resolution resolution = {.record = record, .model = model};
  *is_done = FALSE;
  if (!onr_record_needs_transaction(record, error) || !onr_record_flush(record, error) ||
      !keep_version(record, error) || !onr_record_place_variants(record, items, model, error) ||
      !next_blocks(record, limit, blocks, error) ||
      !onr_record_has_rulings(record, &resolution.has_rulings, error))
    return FALSE;
  if (blocks->len && !onr_record_mark_groups(record, error)) /* statements are those of one speaker */
    return FALSE;
  if (!resolve_all(&resolution, blocks, error))
    return FALSE;
  *is_done = blocks->len < limit;
  return !*is_done || drop_unused_identities(record, error);
}
