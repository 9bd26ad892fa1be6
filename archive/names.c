/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/names.h"

#include "archive/record_private.h"
#include "archive/words.h"

#include <string.h>

/* Entities, labels and words that are kept in memory from batch to batch; beyond it those go that the last
   batch did not use. With names of 20 bytes some 40 MB. */
#define MAX_CACHED 300000

typedef struct {
  gint64 row;
  char *name;      /* as entity.name has it */
  guint used;      /* number of the batch that used it last */
  gboolean is_new; /* made just now: it has no label yet, so none is looked for */
} Entity;

/* Aliases and roles are kept alike: an entity's name for itself and a text's name for what it is. */
typedef enum { ALIAS, ROLE } LabelKind;

static const struct {
  const char *find, *insert, *get, *add, *drop;
} sql_of[] = {
    [ALIAS] = {.find = "SELECT row FROM alias WHERE entity = ?1 AND name = ?2",
               .insert = "INSERT INTO alias (entity, name, n, n_full) VALUES (?1, ?2, 0, 0)",
               .get = "SELECT name FROM alias WHERE row = ?1",
               .add = "UPDATE alias SET n = n + ?2, n_full = n_full + ?3 WHERE row = ?1",
               .drop = "DELETE FROM alias WHERE row = ?1 AND n <= 0 AND n_full <= 0"},
    [ROLE] = {.find = "SELECT row FROM role WHERE entity = ?1 AND name = ?2",
              .insert = "INSERT INTO role (entity, name, n) VALUES (?1, ?2, 0)",
              .get = "SELECT name FROM role WHERE row = ?1",
              .add = "UPDATE role SET n = n + ?2 + ?3 WHERE row = ?1",
              .drop = "DELETE FROM role WHERE row = ?1 AND n <= 0"},
};

typedef struct {
  LabelKind kind;
  gboolean is_pending;
  gint64 entity, row;
  int n, n_full; /* to be added at the flush */
  guint used;    /* number of the batch that used it last */
  const char *name;
  char bytes[];
} Label;

struct OnrNames {
  OnrRecord *record;
  OnrWords *words;
  GHashTable *entities; /* id → Entity */
  GHashTable *labels;   /* set of Label, by kind, entity and name */
  GPtrArray *pending;   /* Label, borrowed */
  GHashTable *unsure;   /* gint64: entities whose name, or existence, is to be looked at */
  guint batch;          /* flushes so far */
  GString *name;        /* scratch */
};

static void entity_free(gpointer p) {
  Entity *entity = p;
  g_free(entity->name);
  g_free(entity);
}

static guint label_hash(gconstpointer p) {
  const Label *label = p;
  return g_str_hash(label->name) ^
         (guint)((label->entity * 2 + label->kind) * 2654435761); /* Knuth's multiplier */
}

static gboolean label_equal(gconstpointer p, gconstpointer q) {
  const Label *a = p, *b = q;
  return a->entity == b->entity && a->kind == b->kind && !strcmp(a->name, b->name);
}

OnrNames *onr_names_new(OnrRecord *record) {
  OnrNames *names = g_new0(OnrNames, 1);
  names->record = record;
  names->words = onr_words_new(record);
  names->entities = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entity_free);
  names->labels = g_hash_table_new_full(label_hash, label_equal, g_free, NULL);
  names->pending = g_ptr_array_new();
  names->unsure = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  names->name = g_string_new(NULL);
  return names;
}

void onr_names_free(OnrNames *names) {
  onr_words_free(names->words);
  g_hash_table_unref(names->entities);
  g_hash_table_unref(names->labels);
  g_ptr_array_unref(names->pending);
  g_hash_table_unref(names->unsure);
  g_string_free(names->name, TRUE);
  g_free(names);
}

void onr_names_forget(OnrNames *names) {
  g_ptr_array_set_size(names->pending, 0);
  g_hash_table_remove_all(names->unsure);
  g_hash_table_remove_all(names->entities);
  g_hash_table_remove_all(names->labels);
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

static void mark_unsure(OnrNames *names, gint64 entity) {
  if (!g_hash_table_contains(names->unsure, &entity))
    g_hash_table_add(names->unsure, g_memdup2(&entity, sizeof entity));
}

/* --- labels --- */

static Label *remember_label(OnrNames *names, LabelKind kind, gint64 entity, gint64 row, const char *name) {
  gsize size = strlen(name) + 1;
  Label *label = g_malloc0(sizeof *label + size);
  label->kind = kind;
  label->entity = entity;
  label->row = row;
  memcpy(label->bytes, name, size);
  label->name = label->bytes;
  g_hash_table_add(names->labels, label);
  return label;
}

static gboolean insert_label(OnrNames *names, LabelKind kind, gint64 entity, const char *name, gint64 *row,
                             GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, sql_of[kind].insert, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  if (!onr_run(s, error))
    return FALSE;
  *row = sqlite3_last_insert_rowid(names->record->db);
  return kind == ROLE || onr_words_add(names->words, entity, name, error);
}

static Label *make_label(OnrNames *names, LabelKind kind, gint64 entity, const char *name, GError **error) {
  gint64 row;
  return insert_label(names, kind, entity, name, &row, error) ? remember_label(names, kind, entity, row, name)
                                                              : NULL;
}

/* The label NAME (tidy) of ENTITY, made where it is missing; NULL on an error. */
static Label *use_label(OnrNames *names, LabelKind kind, gint64 entity, const char *name, GError **error) {
  Label key = {.kind = kind, .entity = entity, .name = name};
  Label *known = g_hash_table_lookup(names->labels, &key);
  if (known)
    return known;
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, sql_of[kind].find, error);
  gint64 row;
  if (!s)
    return NULL;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  if (!onr_step_int(s, 0, &row, error))
    return NULL;
  return row ? remember_label(names, kind, entity, row, name) : make_label(names, kind, entity, name, error);
}

/* The label in ROW; NULL on an error. */
static Label *get_label(OnrNames *names, LabelKind kind, gint64 entity, gint64 row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, sql_of[kind].get, error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': an article refers to a missing name",
                names->record->file);
  return step == ONR_STEP_ROW ? use_label(names, kind, entity, onr_column_text(s, 0), error) : NULL;
}

static void add_counts(OnrNames *names, Label *label, int n, int n_full) {
  label->n += n;
  label->n_full += n_full;
  label->used = names->batch;
  if (!label->is_pending)
    g_ptr_array_add(names->pending, label);
  label->is_pending = TRUE;
}

gboolean onr_names_count(OnrNames *names, gint64 entity_row, const char *text, gsize length, int n,
                         GError **error) {
  const char *name = tidy(names, text, length);
  if (!*name)
    return TRUE;
  Label *alias = use_label(names, ALIAS, entity_row, name, error);
  if (!alias)
    return FALSE;
  add_counts(names, alias, n, 0);
  return TRUE;
}

/* --- entities --- */

static Entity *remember_entity(OnrNames *names, const char *id, gint64 row, const char *name) {
  Entity *entity = g_new(Entity, 1);
  *entity = (Entity){.row = row, .name = g_strdup(name), .used = names->batch};
  g_hash_table_insert(names->entities, g_strdup(id), entity);
  return entity;
}

static Entity *insert_entity(OnrNames *names, const OnrEntityRow *entity, const char *name, GError **error) {
  OnrRecord *record = names->record;
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT INTO entity (id, name, type) VALUES (?1, ?2, ?3)", error);
  if (!s)
    return NULL;
  onr_bind_text(s, 1, entity->id);
  onr_bind_text(s, 2, name);
  onr_bind_int(s, 3, entity->type);
  if (!onr_run(s, error))
    return NULL;
  record->totals[ONR_TOTAL_ENTITIES]++;
  Entity *made = remember_entity(names, entity->id, sqlite3_last_insert_rowid(record->db), name);
  made->is_new = TRUE;
  return made;
}

static Entity *use_entity(OnrNames *names, const OnrEntityRow *entity, const char *name, GError **error) {
  Entity *known = g_hash_table_lookup(names->entities, entity->id);
  if (known) {
    known->used = names->batch;
    return known;
  }
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT row, name FROM entity WHERE id = ?1", error);
  if (!s)
    return NULL;
  onr_bind_text(s, 1, entity->id);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return NULL;
  return step == ONR_STEP_ROW
             ? remember_entity(names, entity->id, onr_column_int(s, 0), onr_column_text(s, 1))
             : insert_entity(names, entity, name, error);
}

/* A label of an entity that was made just now needs no looking for. */
static Label *use_label_of(OnrNames *names, LabelKind kind, const Entity *entity, const char *name,
                           GError **error) {
  return entity->is_new ? make_label(names, kind, entity->row, name, error)
                        : use_label(names, kind, entity->row, name, error);
}

static gboolean use_role(OnrNames *names, const Entity *entity, const char *text, gint64 *row,
                         GError **error) {
  const char *name = text ? tidy(names, text, strlen(text)) : "";
  *row = 0;
  if (!*name)
    return TRUE;
  Label *role = use_label_of(names, ROLE, entity, name, error);
  if (!role)
    return FALSE;
  add_counts(names, role, 1, 0);
  *row = role->row;
  return TRUE;
}

gboolean onr_names_use(OnrNames *names, const OnrEntityRow *entity, OnrNameRows *out, GError **error) {
  const char *name = tidy(names, entity->name, strlen(entity->name));
  Entity *known = use_entity(names, entity, name, error);
  Label *alias = known ? use_label_of(names, ALIAS, known, name, error) : NULL;
  if (!alias)
    return FALSE;
  add_counts(names, alias, 0, 1);
  if (strcmp(alias->name, known->name) != 0)
    mark_unsure(names, known->row); /* it may have become the most frequent */
  out->entity = known->row;
  out->alias = alias->row;
  gboolean is_done = use_role(names, known, entity->role, &out->role, error);
  known->is_new = FALSE;
  return is_done;
}

gboolean onr_names_unuse(OnrNames *names, const OnrNameRows *rows, GError **error) {
  Label *alias = get_label(names, ALIAS, rows->entity, rows->alias, error);
  Label *role = alias && rows->role ? get_label(names, ROLE, rows->entity, rows->role, error) : NULL;
  if (!alias || (rows->role && !role))
    return FALSE;
  add_counts(names, alias, 0, -1);
  if (role)
    add_counts(names, role, -1, 0);
  mark_unsure(names, rows->entity);
  return TRUE;
}

/* --- flush --- */

static int by_row(gconstpointer a, gconstpointer b) {
  gint64 x = (*(const Label *const *)a)->row, y = (*(const Label *const *)b)->row;
  return (x > y) - (x < y);
}

/* Deletes LABEL where nothing has it any more. */
static gboolean drop_unused(OnrNames *names, Label *label, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, sql_of[label->kind].drop, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, label->row);
  if (!onr_run(s, error))
    return FALSE;
  if (!sqlite3_changes(names->record->db))
    return TRUE;
  mark_unsure(names, label->entity);
  gboolean is_done = label->kind == ROLE || onr_words_drop(names->words, label->entity, label->name, error);
  g_hash_table_remove(names->labels, label);
  return is_done;
}

static gboolean write_count(OnrNames *names, Label *label, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, sql_of[label->kind].add, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, label->row);
  onr_bind_int(s, 2, label->n);
  onr_bind_int(s, 3, label->n_full);
  label->n = label->n_full = 0;
  label->is_pending = FALSE;
  return onr_run(s, error);
}

/* A label is inserted with no count, so one that was counted up and down again within a batch is dropped too.
 */
static gboolean write_counts(OnrNames *names, GError **error) {
  g_ptr_array_sort(names->pending, by_row);
  for (guint i = 0; i < names->pending->len; i++) {
    Label *label = names->pending->pdata[i];
    gboolean may_go = label->n <= 0 && label->n_full <= 0;
    if (!write_count(names, label, error) || (may_go && !drop_unused(names, label, error)))
      return FALSE;
  }
  g_ptr_array_set_size(names->pending, 0);
  return TRUE;
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
  g_autoptr(OnrStatement) s = onr_record_statement(names->record, "DELETE FROM entity WHERE row = ?1", error);
  if (!s)
    return FALSE;
  g_hash_table_remove(names->entities, id);
  names->record->totals[ONR_TOTAL_ENTITIES]--;
  onr_bind_int(s, 1, entity);
  return onr_run(s, error);
}

/* The name that most articles give in full, the first in byte order of several; so it depends on the articles
   there are, not on the order in which they came. An entity without an alias is one that no article has. */
static gboolean settle_entity(OnrNames *names, gint64 entity, GError **error) {
  g_autofree char *id = NULL, *before = NULL;
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "SELECT name FROM alias WHERE entity = ?1 ORDER BY n_full DESC, name LIMIT 1", error);
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

static gboolean is_entity_old(gpointer id, gpointer entity, gpointer names) {
  (void)id;
  return ((Entity *)entity)->used != ((OnrNames *)names)->batch;
}

static gboolean is_label_old(gpointer label, gpointer value, gpointer names) {
  (void)value;
  return ((Label *)label)->used != ((OnrNames *)names)->batch;
}

/* A few names make most of what is looked up, so what the last batch did not use is not missed much. */
static void forget_old(OnrNames *names) {
  guint n_cached = g_hash_table_size(names->entities) + g_hash_table_size(names->labels) +
                   onr_words_n_cached(names->words);
  if (n_cached > MAX_CACHED) {
    g_hash_table_foreach_remove(names->entities, is_entity_old, names);
    g_hash_table_foreach_remove(names->labels, is_label_old, names);
    onr_words_forget(names->words);
  }
  names->batch++;
}

gboolean onr_names_flush(OnrNames *names, GError **error) {
  if (!write_counts(names, error))
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
