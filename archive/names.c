/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/names.h"

#include "archive/record_private.h"
#include "text/fold.h"
#include "text/name.h"

#include <string.h>

/* What is kept in memory from batch to batch; beyond it everything is forgotten and looked up again. With
 * names of 20 bytes some 40 MB. */
#define MAX_CACHED 200000

typedef struct {
  gint64 row;
  char *name; /* as entity.name has it */
} Entity;

typedef struct {
  gint64 entity, row;
  int n, n_full; /* to be added at the flush */
  gboolean is_pending;
  const char *name;
  char bytes[];
} Alias;

struct OnrNames {
  OnrRecord *record;
  GHashTable *entities; /* id → Entity */
  GHashTable *aliases;  /* set of Alias, by entity and name */
  GHashTable *words;    /* word → gint64: row of name_word */
  GPtrArray *pending;   /* Alias, borrowed */
  GHashTable *unsure;   /* gint64: entities whose name, or existence, is to be looked at */
  GString *name;        /* scratch */
};

static void entity_free(gpointer p) {
  Entity *entity = p;
  g_free(entity->name);
  g_free(entity);
}

static guint alias_hash(gconstpointer p) {
  const Alias *alias = p;
  return g_str_hash(alias->name) ^ (guint)(alias->entity * 2654435761); /* Knuth's multiplicative hash */
}

static gboolean alias_equal(gconstpointer p, gconstpointer q) {
  const Alias *a = p, *b = q;
  return a->entity == b->entity && !strcmp(a->name, b->name);
}

OnrNames *onr_names_new(OnrRecord *record) {
  OnrNames *names = g_new0(OnrNames, 1);
  names->record = record;
  names->entities = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entity_free);
  names->aliases = g_hash_table_new_full(alias_hash, alias_equal, g_free, NULL);
  names->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  names->pending = g_ptr_array_new();
  names->unsure = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  names->name = g_string_new(NULL);
  return names;
}

void onr_names_free(OnrNames *names) {
  g_hash_table_unref(names->entities);
  g_hash_table_unref(names->aliases);
  g_hash_table_unref(names->words);
  g_ptr_array_unref(names->pending);
  g_hash_table_unref(names->unsure);
  g_string_free(names->name, TRUE);
  g_free(names);
}

void onr_names_forget(OnrNames *names) {
  g_ptr_array_set_size(names->pending, 0);
  g_hash_table_remove_all(names->unsure);
  g_hash_table_remove_all(names->entities);
  g_hash_table_remove_all(names->aliases);
  g_hash_table_remove_all(names->words);
}

/* One line, single blanks, at most ONR_NAME_MAX bytes: into names->name. */
static const char *tidy(OnrNames *names, const char *text, gsize length) {
  GString *out = names->name;
  g_string_truncate(out, 0);
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

/* --- words of aliases --- */

static gboolean insert_word(OnrRecord *record, const char *word, gint64 *row, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT INTO name_word (word, key) VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  g_autofree char *key = onr_name_word_key(word, -1);
  onr_bind_text(s, 1, word);
  onr_bind_text(s, 2, key);
  if (!onr_run(s, error))
    return FALSE;
  *row = sqlite3_last_insert_rowid(record->db);
  return TRUE;
}

static gboolean use_word(OnrNames *names, const char *word, gint64 *row, GError **error) {
  const gint64 *known = g_hash_table_lookup(names->words, word);
  if (known) {
    *row = *known;
    return TRUE;
  }
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT row FROM name_word WHERE word = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, word);
  if (!onr_step_int(s, 0, row, error) || (!*row && !insert_word(names->record, word, row, error)))
    return FALSE;
  g_hash_table_insert(names->words, g_strdup(word), g_memdup2(row, sizeof *row));
  return TRUE;
}

static gboolean add_words(OnrNames *names, gint64 entity, const char *name, GError **error) {
  g_autoptr(GPtrArray) words = onr_name_words(name);
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "INSERT OR IGNORE INTO entity_word VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  for (guint i = 0; i < words->len; i++) {
    gint64 word;
    if (!use_word(names, words->pdata[i], &word, error))
      return FALSE;
    onr_bind_int(s, 1, word);
    onr_bind_int(s, 2, entity);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

/* The words of all that ENTITY is still called by. */
static GHashTable *words_of(OnrRecord *record, gint64 entity, GError **error) {
  g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT name FROM alias WHERE entity = ?1", error);
  if (!s)
    return NULL;
  onr_bind_int(s, 1, entity);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    g_autoptr(GPtrArray) of_alias = onr_name_words(onr_column_text(s, 0));
    for (guint i = 0; i < of_alias->len; i++)
      g_hash_table_add(words, g_strdup(of_alias->pdata[i]));
  }
  return step == ONR_STEP_DONE ? g_steal_pointer(&words) : NULL;
}

static gboolean drop_word(OnrNames *names, gint64 entity, const char *word, GError **error) {
  g_autoptr(OnrStatement) unlink = onr_record_statement(
      names->record,
      "DELETE FROM entity_word WHERE word = (SELECT row FROM name_word WHERE word = ?1) AND entity = ?2",
      error);
  g_autoptr(OnrStatement) drop =
      onr_record_statement(names->record,
                           "DELETE FROM name_word WHERE word = ?1 AND NOT EXISTS (SELECT 1 FROM entity_word "
                           "w WHERE w.word = name_word.row)",
                           error);
  if (!unlink || !drop)
    return FALSE;
  onr_bind_text(unlink, 1, word);
  onr_bind_int(unlink, 2, entity);
  onr_bind_text(drop, 1, word);
  if (!onr_run(unlink, error) || !onr_run(drop, error))
    return FALSE;
  if (sqlite3_changes(names->record->db))
    g_hash_table_remove(names->words, word);
  return TRUE;
}

/* After alias NAME has gone. */
static gboolean drop_words(OnrNames *names, gint64 entity, const char *name, GError **error) {
  g_autoptr(GHashTable) kept = words_of(names->record, entity, error);
  if (!kept)
    return FALSE;
  g_autoptr(GPtrArray) words = onr_name_words(name);
  for (guint i = 0; i < words->len; i++)
    if (!g_hash_table_contains(kept, words->pdata[i]) && !drop_word(names, entity, words->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- aliases --- */

static Alias *remember_alias(OnrNames *names, gint64 entity, gint64 row, const char *name) {
  gsize size = strlen(name) + 1;
  Alias *alias = g_malloc0(sizeof *alias + size);
  alias->entity = entity;
  alias->row = row;
  memcpy(alias->bytes, name, size);
  alias->name = alias->bytes;
  g_hash_table_add(names->aliases, alias);
  return alias;
}

static gboolean insert_alias(OnrNames *names, gint64 entity, const char *name, gint64 *row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "INSERT INTO alias (entity, name, n, n_full) VALUES (?1, ?2, 0, 0)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  if (!onr_run(s, error))
    return FALSE;
  *row = sqlite3_last_insert_rowid(names->record->db);
  return add_words(names, entity, name, error);
}

/* The alias NAME (tidy) of ENTITY, made where it is missing; NULL on an error. */
static Alias *use_alias(OnrNames *names, gint64 entity, const char *name, GError **error) {
  Alias key = {.entity = entity, .name = name};
  Alias *known = g_hash_table_lookup(names->aliases, &key);
  if (known)
    return known;
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT row FROM alias WHERE entity = ?1 AND name = ?2", error);
  gint64 row;
  if (!s)
    return NULL;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  if (!onr_step_int(s, 0, &row, error) || (!row && !insert_alias(names, entity, name, &row, error)))
    return NULL;
  return remember_alias(names, entity, row, name);
}

static void add_counts(OnrNames *names, Alias *alias, int n, int n_full) {
  alias->n += n;
  alias->n_full += n_full;
  if (!alias->is_pending)
    g_ptr_array_add(names->pending, alias);
  alias->is_pending = TRUE;
}

gboolean onr_names_count(OnrNames *names, gint64 entity_row, const char *text, gsize length, int n,
                         GError **error) {
  const char *name = tidy(names, text, length);
  if (!*name)
    return TRUE;
  Alias *alias = use_alias(names, entity_row, name, error);
  if (!alias)
    return FALSE;
  add_counts(names, alias, n, 0);
  return TRUE;
}

/* --- entities --- */

static Entity *remember_entity(OnrNames *names, const char *id, gint64 row, const char *name) {
  Entity *entity = g_new(Entity, 1);
  *entity = (Entity){.row = row, .name = g_strdup(name)};
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
  return remember_entity(names, entity->id, sqlite3_last_insert_rowid(record->db), name);
}

static Entity *use_entity(OnrNames *names, const OnrEntityRow *entity, const char *name, GError **error) {
  Entity *known = g_hash_table_lookup(names->entities, entity->id);
  if (known)
    return known;
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

gboolean onr_names_use(OnrNames *names, const OnrEntityRow *entity, gint64 *entity_row, gint64 *alias_row,
                       GError **error) {
  const char *name = tidy(names, entity->name, strlen(entity->name));
  Entity *known = use_entity(names, entity, name, error);
  Alias *alias = known ? use_alias(names, known->row, name, error) : NULL;
  if (!alias)
    return FALSE;
  add_counts(names, alias, 0, 1);
  if (strcmp(alias->name, known->name))
    mark_unsure(names, known->row); /* it may have become the most frequent */
  *entity_row = known->row;
  *alias_row = alias->row;
  return TRUE;
}

gboolean onr_names_unuse(OnrNames *names, gint64 entity_row, gint64 alias_row, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "SELECT name FROM alias WHERE row = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, alias_row);
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW) {
    if (step == ONR_STEP_DONE)
      g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "'%s': no alias %" G_GINT64_FORMAT,
                  names->record->file, alias_row);
    return FALSE;
  }
  Alias *alias = use_alias(names, entity_row, onr_column_text(s, 0), error);
  if (!alias)
    return FALSE;
  add_counts(names, alias, 0, -1);
  mark_unsure(names, entity_row);
  return TRUE;
}

/* --- flush --- */

static int by_alias_row(gconstpointer a, gconstpointer b) {
  gint64 x = (*(const Alias *const *)a)->row, y = (*(const Alias *const *)b)->row;
  return (x > y) - (x < y);
}

/* Deletes ALIAS where nothing calls its entity so any more. */
static gboolean drop_unused(OnrNames *names, Alias *alias, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "DELETE FROM alias WHERE row = ?1 AND n <= 0 AND n_full <= 0", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, alias->row);
  if (!onr_run(s, error))
    return FALSE;
  if (!sqlite3_changes(names->record->db))
    return TRUE;
  mark_unsure(names, alias->entity);
  gboolean is_done = drop_words(names, alias->entity, alias->name, error);
  g_hash_table_remove(names->aliases, alias);
  return is_done;
}

/* An alias is inserted with no count, so one that was counted up and down again within a batch is dropped
 * too. */
static gboolean write_counts(OnrNames *names, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "UPDATE alias SET n = n + ?2, n_full = n_full + ?3 WHERE row = ?1", error);
  if (!s)
    return FALSE;
  g_ptr_array_sort(names->pending, by_alias_row);
  for (guint i = 0; i < names->pending->len; i++) {
    Alias *alias = names->pending->pdata[i];
    gboolean may_go = alias->n <= 0 && alias->n_full <= 0;
    onr_bind_int(s, 1, alias->row);
    onr_bind_int(s, 2, alias->n);
    onr_bind_int(s, 3, alias->n_full);
    alias->n = alias->n_full = 0;
    alias->is_pending = FALSE;
    if (!onr_run(s, error) || (may_go && !drop_unused(names, alias, error)))
      return FALSE;
  }
  g_ptr_array_set_size(names->pending, 0);
  return TRUE;
}

static gboolean rename_entity(OnrNames *names, gint64 entity, const char *name, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "UPDATE entity SET name = ?2 WHERE row = ?1 AND name <> ?2 RETURNING id", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_text(s, 2, name);
  OnrStep step = onr_step(s, error);
  Entity *known = step == ONR_STEP_ROW ? g_hash_table_lookup(names->entities, onr_column_text(s, 0)) : NULL;
  if (known) {
    g_free(known->name);
    known->name = g_strdup(name);
  }
  return step != ONR_STEP_ERROR;
}

static gboolean delete_entity(OnrNames *names, gint64 entity, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(names->record, "DELETE FROM entity WHERE row = ?1 RETURNING id", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW) {
    g_hash_table_remove(names->entities, onr_column_text(s, 0));
    names->record->totals[ONR_TOTAL_ENTITIES]--;
  }
  return step != ONR_STEP_ERROR;
}

/* The name that most articles give in full, the first in byte order of several; so it depends on the articles
   there are, not on the order in which they came. An entity without an alias is one that no article has. */
static gboolean settle_entity(OnrNames *names, gint64 entity, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      names->record, "SELECT name FROM alias WHERE entity = ?1 ORDER BY n_full DESC, name LIMIT 1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, entity);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  return step == ONR_STEP_ROW ? rename_entity(names, entity, onr_column_text(s, 0), error)
                              : delete_entity(names, entity, error);
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
  guint n_cached = g_hash_table_size(names->entities) + g_hash_table_size(names->aliases) +
                   g_hash_table_size(names->words);
  if (n_cached > MAX_CACHED)
    onr_names_forget(names);
  return TRUE;
}
