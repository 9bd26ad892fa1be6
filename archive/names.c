/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/names.h"

#include "archive/labels.h"
#include "archive/record_private.h"
#include "archive/words.h"
#include "identity/block.h"
#include "identity/variants.h"

#include <string.h>

/* Entities, labels and words that are kept in memory from batch to batch; beyond it those go that the last
   batch did not use. With names of 20 bytes some 40 MB. */
#define MAX_CACHED 300000

typedef struct {
  gint64 row;
  char *name; /* as entity.name has it */
  OnrEntityType type;
  guint used; /* number of the batch that used it last */
  char id[];
} Entity;

struct OnrNames {
  OnrRecord *record;
  OnrWords *words;
  OnrLabels *labels;
  GHashTable *entities; /* id → Entity */
  GPtrArray *made;      /* Entity, borrowed: not in table entity yet; their rows follow one another */
  gint64 last;          /* row given last; 0: not asked for yet */
  GHashTable *unsure;   /* gint64: entities whose name, or existence, is to be looked at */
  GHashTable *touched;  /* gint64: entities of which articles came or went: their blocks are to be resolved */
  guint batch;          /* flushes so far */
  GString *name;        /* scratch */
};

static void entity_free(gpointer p) {
  Entity *entity = p;
  g_free(entity->name);
  g_free(entity);
}

OnrNames *onr_names_new(OnrRecord *record) {
  OnrNames *names = g_new0(OnrNames, 1);
  names->record = record;
  names->words = onr_words_new(record);
  names->labels = onr_labels_new(record, names->words);
  names->entities = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entity_free);
  names->made = g_ptr_array_new();
  names->unsure = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  names->touched = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  names->name = g_string_new(NULL);
  return names;
}

void onr_names_free(OnrNames *names) {
  onr_labels_free(names->labels);
  onr_words_free(names->words);
  g_ptr_array_unref(names->made);
  g_hash_table_unref(names->entities);
  g_hash_table_unref(names->unsure);
  g_hash_table_unref(names->touched);
  g_string_free(names->name, TRUE);
  g_free(names);
}

void onr_names_forget(OnrNames *names) {
  g_ptr_array_set_size(names->made, 0);
  names->last = 0;
  g_hash_table_remove_all(names->unsure);
  g_hash_table_remove_all(names->touched);
  g_hash_table_remove_all(names->entities);
  onr_labels_forget(names->labels);
  onr_words_forget(names->words);
}

/* Most names are as tidy would make them. */
static gboolean is_tidy(const char *text, gsize length) {
  if (!length || length > ONR_NAME_MAX || text[length - 1] == ' ')
    return FALSE;
  char before = ' ';
  for (gsize i = 0; i < length; before = text[i++])
    if (g_ascii_isspace(text[i]) && (text[i] != ' ' || before == ' '))
      return FALSE;
  return TRUE;
}

/* One line, single blanks, at most ONR_NAME_MAX bytes: into names->name. */
static const char *tidy(OnrNames *names, const char *text, gsize length) {
  GString *out = names->name;
  g_string_truncate(out, 0);
  if (is_tidy(text, length))
    return g_string_append_len(out, text, (gssize)length)->str;
  for (gsize i = 0; i < length && out->len < ONR_NAME_MAX; i++) {
    if (!g_ascii_isspace(text[i]))
      g_string_append_c(out, text[i]);
    else if (out->len && out->str[out->len - 1] != ' ')
      g_string_append_c(out, ' ');
  }
  const char *end;
  g_utf8_validate_len(out->str, out->len, &end); /* a character that was cut */
  g_string_truncate(out, (gsize)(end - out->str));
  if (out->len && out->str[out->len - 1] == ' ')
    g_string_truncate(out, out->len - 1);
  return out->str;
}

static void mark(GHashTable *rows, gint64 entity) {
  if (!g_hash_table_contains(rows, &entity))
    g_hash_table_add(rows, g_memdup2(&entity, sizeof entity));
}

/* --- entities --- */

/* Not in table entity yet. */
static gboolean is_new(const OnrNames *names, gint64 entity) {
  return names->made->len && entity > names->last - names->made->len;
}

gboolean onr_names_count(OnrNames *names, gint64 entity_row, const char *text, gsize length, int n,
                         GError **error) {
  const char *name = tidy(names, text, length);
  if (!*name)
    return TRUE;
  OnrLabel *alias =
      onr_labels_use(names->labels, ONR_LABEL_ALIAS, entity_row, is_new(names, entity_row), name, error);
  if (!alias)
    return FALSE;
  onr_labels_count(names->labels, alias, n, 0);
  return TRUE;
}

static Entity *remember_entity(OnrNames *names, const char *id, gint64 row, const char *name,
                               OnrEntityType type) {
  gsize size = strlen(id) + 1;
  Entity *entity = g_malloc(sizeof *entity + size);
  *entity = (Entity){.row = row, .name = g_strdup(name), .type = type, .used = names->batch};
  memcpy(entity->id, id, size);
  g_hash_table_insert(names->entities, entity->id, entity);
  return entity;
}

gboolean onr_names_new_row(OnrNames *names, gint64 *row, GError **error) {
  g_assert(!names->made->len); /* their rows follow one another */
  if (!onr_record_next_row(names->record, "SELECT max(row) FROM entity", &names->last, error))
    return FALSE;
  *row = names->last;
  return TRUE;
}

static Entity *make_entity(OnrNames *names, const OnrEntityRow *entity, const char *name, GError **error) {
  if (!onr_record_next_row(names->record, "SELECT max(row) FROM entity", &names->last, error))
    return NULL;
  names->record->totals[ONR_TOTAL_ENTITIES]++;
  Entity *made = remember_entity(names, entity->id, names->last, name, entity->type);
  g_ptr_array_add(names->made, made);
  return made;
}

/* ENTITY, which only users had listed so far, is a name from now on. */
static gboolean make_name(OnrNames *names, gint64 entity, const char *id, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "UPDATE entity SET block = ?2, variant_key = nullif(?3, 0) WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_int(s, 2, (gint64)onr_identity_block(id));
  onr_bind_int(s, 3, (gint64)onr_variant_key(id));
  return onr_run(s, error);
}

static Entity *use_entity(OnrNames *names, const OnrEntityRow *entity, const char *name, GError **error) {
  Entity *known = g_hash_table_lookup(names->entities, entity->id);
  if (known) {
    known->used = names->batch;
    return known;
  }
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT row, name, block IS NULL FROM entity WHERE id = ?1", error);
  if (!s)
    return NULL;
  onr_bind_text(s, 1, entity->id);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR || (step == ONR_STEP_ROW && onr_column_int(s, 2) &&
                                 !make_name(names, onr_column_int(s, 0), entity->id, error)))
    return NULL;
  return step == ONR_STEP_ROW
             ? remember_entity(names, entity->id, onr_column_int(s, 0), onr_column_text(s, 1), entity->type)
             : make_entity(names, entity, name, error);
}

static gboolean use_role(OnrNames *names, const Entity *entity, const char *text, gint64 *row,
                         GError **error) {
  const char *name = text ? tidy(names, text, strlen(text)) : "";
  *row = 0;
  if (!*name)
    return TRUE;
  OnrLabel *role =
      onr_labels_use(names->labels, ONR_LABEL_ROLE, entity->row, is_new(names, entity->row), name, error);
  if (!role)
    return FALSE;
  onr_labels_count(names->labels, role, 1, 0);
  *row = role->row;
  return TRUE;
}

gboolean onr_names_use(OnrNames *names, const OnrEntityRow *entity, OnrNameRows *out, GError **error) {
  const char *name = tidy(names, entity->name, strlen(entity->name));
  Entity *known = use_entity(names, entity, name, error);
  OnrLabel *alias = known ? onr_labels_use(names->labels, ONR_LABEL_ALIAS, known->row,
                                           is_new(names, known->row), name, error)
                          : NULL;
  if (!alias)
    return FALSE;
  onr_labels_count(names->labels, alias, 0, 1);
  if (strcmp(alias->name, known->name) != 0)
    mark(names->unsure, known->row); /* it may have become the most frequent */
  mark(names->touched, known->row);
  out->entity = known->row;
  out->alias = alias->row;
  return use_role(names, known, entity->role, &out->role, error);
}

gboolean onr_names_unuse(OnrNames *names, const OnrNameRows *rows, GError **error) {
  OnrLabels *labels = names->labels;
  OnrLabel *alias = onr_labels_get(labels, ONR_LABEL_ALIAS, rows->entity, rows->alias, error);
  OnrLabel *role =
      alias && rows->role ? onr_labels_get(labels, ONR_LABEL_ROLE, rows->entity, rows->role, error) : NULL;
  if (!alias || (rows->role && !role))
    return FALSE;
  onr_labels_count(labels, alias, 0, -1);
  if (role)
    onr_labels_count(labels, role, -1, 0);
  mark(names->unsure, rows->entity);
  mark(names->touched, rows->entity);
  return TRUE;
}

void onr_names_doubt(OnrNames *names, gint64 entity) {
  mark(names->unsure, entity);
}

/* --- flush --- */

static void bind_entity(sqlite3_stmt *s, int first, gconstpointer made, guint i) {
  const Entity *entity = ((Entity *const *)made)[i];
  onr_bind_int(s, first, entity->row);
  onr_bind_text(s, first + 1, entity->id);
  onr_bind_text(s, first + 2, entity->name);
  onr_bind_int(s, first + 3, entity->type);
  onr_bind_int(s, first + 4, entity->row);
  onr_bind_int(s, first + 5, (gint64)onr_identity_block(entity->id));
  onr_bind_int(s, first + 6, (gint64)onr_variant_key(entity->id));
}

gboolean onr_names_insert_new(OnrNames *names, GError **error) {
  static const OnrInsert insert =
      ONR_INSERT("INSERT OR FAIL INTO entity (row, id, name, type, identity, block, variant_key)",
                 "(?, ?, ?, ?, ?, ?, nullif(?, 0))", 7);
  if (names->made->len && !onr_record_insert_rows(names->record, &insert, bind_entity, names->made->pdata,
                                                  names->made->len, error))
    return FALSE;
  g_ptr_array_set_size(names->made, 0);
  return onr_words_insert_new(names->words, error) && onr_labels_insert_new(names->labels, error);
}

/* The entity's id and name as they are kept; *ID NULL where there is none. */
static gboolean read_entity(OnrNames *names, gint64 entity, char **id, char **name, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT id, name FROM entity WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step = onr_step(s, error);
  *id = step == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 0)) : NULL;
  *name = step == ONR_STEP_ROW ? g_strdup(onr_column_text(s, 1)) : NULL;
  return step != ONR_STEP_ERROR;
}

static gboolean rename_entity(OnrNames *names, gint64 entity, const char *id, const char *name,
                              GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "UPDATE entity SET name = ?2 WHERE row = ?1", error);
  if (!s)
    return FALSE;
  Entity *known = g_hash_table_lookup(names->entities, id);
  if (known) {
    g_free(known->name);
    known->name = g_strdup(name);
  }
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  return onr_run(s, error);
}

static gboolean delete_entity(OnrNames *names, gint64 entity, const char *id, GError **error) {
  g_hash_table_remove(names->entities, id);
  return onr_record_drop_name(names->record, entity, error);
}

/* The name that a user lists, else the one that most articles give in full, the first in byte order of
   several; so it depends on the articles there are, not on the order in which they came. An entity without an
   alias is one that no article has. */
static gboolean settle_entity(OnrNames *names, gint64 entity, GError **error) {
  g_autofree char *id = NULL, *before = NULL;
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record,
                           "SELECT coalesce((SELECT nullif(a.name, '') FROM authority a JOIN entity e ON "
                           "e.id = a.id WHERE e.row = ?1), name) "
                           "FROM alias WHERE entity = ?1 ORDER BY n_full DESC, name LIMIT 1",
                           error);
  if (!s || !read_entity(names, entity, &id, &before, error))
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR || !id)
    return step != ONR_STEP_ERROR;
  const char *name = step == ONR_STEP_ROW ? onr_column_text(s, 0) : NULL;
  if (!name)
    return delete_entity(names, entity, id, error);
  return !strcmp(name, before) || rename_entity(names, entity, id, name, error);
}

static int by_number(gconstpointer a, gconstpointer b) {
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* In order of rows, which a name's block is read in. Names of misc are joined by what users say only, but
   where their block holds others, which are names that the tables know, or what stands around them is asked
   for. */
static gboolean note_unresolved(OnrNames *names, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record,
      "INSERT OR IGNORE INTO unresolved SELECT block FROM entity WHERE row = ?1 AND block IS NOT NULL "
      "AND (type <> 3 OR EXISTS (SELECT 1 FROM entity o WHERE o.block = entity.block AND o.row <> "
      "entity.row) "
      "OR EXISTS (SELECT 1 FROM entity_article m WHERE m.entity = entity.row AND m.signature IS NOT NULL) "
      "OR EXISTS (SELECT 1 FROM ruling) OR EXISTS (SELECT 1 FROM authority))",
      error);
  g_autoptr(OnrStatement) u =
      onr_record_statement(names->record,
                           "INSERT OR IGNORE INTO unplaced SELECT row FROM entity WHERE row = ?1 AND "
                           "variant_key IS NOT NULL",
                           error);
  GHashTableIter iter;
  gpointer entity;
  g_hash_table_iter_init(&iter, names->touched);
  while (g_hash_table_iter_next(&iter, &entity, NULL))
    g_array_append_vals(rows, entity, 1);
  g_array_sort(rows, by_number);
  for (guint i = 0; s && u && i < rows->len; i++) {
    onr_bind_int(s, 1, g_array_index(rows, gint64, i));
    onr_bind_int(u, 1, g_array_index(rows, gint64, i));
    if (!onr_run(s, error) || !onr_run(u, error))
      return FALSE;
  }
  g_hash_table_remove_all(names->touched);
  return s && u;
}

static gboolean is_entity_old(gpointer id, gpointer entity, gpointer names) {
  (void)id;
  return ((Entity *)entity)->used != ((OnrNames *)names)->batch;
}

/* A few names make most of what is looked up, so what the last batch did not use is not missed much. */
static void forget_old(OnrNames *names) {
  guint n_cached = g_hash_table_size(names->entities) + onr_labels_n_cached(names->labels) +
                   onr_words_n_cached(names->words);
  gboolean is_full = n_cached > MAX_CACHED;
  if (is_full) {
    g_hash_table_foreach_remove(names->entities, is_entity_old, names);
    onr_words_forget(names->words);
  }
  onr_labels_end_batch(names->labels, is_full);
  names->batch++;
}

gboolean onr_names_flush(OnrNames *names, GError **error) {
  if (!onr_names_insert_new(names, error) || !onr_labels_flush(names->labels, names->unsure, error) ||
      !note_unresolved(names, error))
    return FALSE;
  GHashTableIter iter;
  gpointer entity;
  g_hash_table_iter_init(&iter, names->unsure);
  while (g_hash_table_iter_next(&iter, &entity, NULL))
    if (!settle_entity(names, *(gint64 *)entity, error))
      return FALSE;
  g_hash_table_remove_all(names->unsure);
  forget_old(names);
  return TRUE;
}
