/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What users say of identities: the authority file's entries, and rulings that corrections come to. Both are
   read when the blocks of their names are resolved, so what changes here marks those blocks. */
#include "archive/record_private.h"

#include "identity/block.h"
#include "text/name.h"

#include <string.h>

/* A chain of same_as and merges longer than this is none that a file without circles has. */
#define MAX_CHAIN 100

OnrEntityType onr_entity_type_of_id(const char *id) {
  for (int type = 0; type < ONR_N_ENTITY_TYPES; type++) {
    const char *name = onr_entity_type_name((OnrEntityType)type);
    if (g_str_has_prefix(id, name) && id[strlen(name)] == ':')
      return (OnrEntityType)type;
  }
  return ONR_ENTITY_PERSON;
}

/* "sergey-lavrov" of "person:sergey-lavrov"; NULL where ID is not made of a name. */
static const char *words_of_id(const char *id) {
  const char *type = onr_entity_type_name(onr_entity_type_of_id(id));
  gsize n = strlen(type);
  return strncmp(id, type, n) == 0 && id[n] == ':' && !strchr(id, '~') ? id + n + 1 : NULL;
}

static char *words_of_name(const char *name) {
  g_autofree char *id = onr_name_id("misc", name);
  return g_strdup(id + strlen("misc:"));
}

/* --- what is to be resolved again --- */

static gboolean run_on_text(OnrRecord *record, const char *sql, const char *text, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, text);
  return onr_run(s, error);
}

/* The blocks of the names of identity ID, and its own. */
static gboolean mark_identity(OnrRecord *record, const char *id, GError **error) {
  static const char *const marks[] = {
      "INSERT OR IGNORE INTO unresolved SELECT block FROM entity WHERE id = ?1 AND block IS NOT NULL",
      "INSERT OR IGNORE INTO unresolved SELECT n.block FROM entity e CROSS JOIN entity n ON n.identity = "
      "e.row "
      "WHERE e.id = ?1 AND n.block IS NOT NULL",
      "INSERT OR IGNORE INTO unresolved SELECT n.block FROM entity e CROSS JOIN sense s ON s.identity = "
      "e.row "
      "CROSS JOIN entity n ON n.row = s.entity WHERE e.id = ?1 AND n.block IS NOT NULL",
  };
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (!run_on_text(record, marks[i], id, error))
      return FALSE;
  return TRUE;
}

/* Names of every type, since what is a person for us may be a place for a user. */
static gboolean mark_words(OnrRecord *record, const char *words, GError **error) {
  return run_on_text(record,
                     "INSERT OR IGNORE INTO unresolved SELECT block FROM entity WHERE id IN "
                     "('person:' || ?1, 'org:' || ?1, 'place:' || ?1, 'misc:' || ?1) AND block IS NOT NULL",
                     words, error);
}

/* The name that is shown for ID may change. */
static void doubt_name(OnrRecord *record, const char *id) {
  gint64 row = onr_record_find_entity(record, id);
  if (row)
    onr_names_doubt(record->names, row);
}

/* --- the authority file --- */

static gboolean find_authority(OnrRecord *record, const char *id, gint64 *row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT row FROM authority WHERE id = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, id);
  return onr_step_int(s, 0, row, error);
}

static gboolean mark_names_of(OnrRecord *record, gint64 authority, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT words FROM authority_name WHERE authority = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, authority);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (!mark_words(record, onr_column_text(s, 0), error))
      return FALSE;
  return step == ONR_STEP_DONE;
}

static gboolean delete_of(OnrRecord *record, const char *sql, gint64 authority, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, authority);
  return onr_run(s, error);
}

static gboolean drop_entry(OnrRecord *record, const char *id, GError **error) {
  gint64 row;
  if (!find_authority(record, id, &row, error))
    return FALSE;
  if (row)
    doubt_name(record, id);
  return !row || (mark_names_of(record, row, error) && mark_identity(record, id, error) &&
                  delete_of(record, "DELETE FROM authority_word WHERE authority = ?1", row, error) &&
                  delete_of(record, "DELETE FROM authority_name WHERE authority = ?1", row, error) &&
                  delete_of(record, "DELETE FROM authority_role WHERE authority = ?1", row, error) &&
                  delete_of(record, "DELETE FROM authority WHERE row = ?1", row, error));
}

static gboolean insert_words(OnrRecord *record, gint64 authority, const char *name, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "INSERT OR IGNORE INTO authority_word (key, word, authority) VALUES (?1, ?2, ?3)", error);
  g_autoptr(GPtrArray) words = onr_name_words(name), keys = onr_name_keys(name);
  for (guint i = 0; s && i < words->len; i++) {
    onr_bind_text(s, 1, keys->pdata[i]);
    onr_bind_text(s, 2, words->pdata[i]);
    onr_bind_int(s, 3, authority);
    if (!onr_run(s, error))
      return FALSE;
  }
  return s != NULL;
}

static gboolean insert_name(OnrRecord *record, gint64 authority, gint64 number, const char *name,
                            const char *words, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "INSERT INTO authority_name (authority, number, name, words) VALUES (?1, ?2, ?3, ?4)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, authority);
  onr_bind_int(s, 2, number);
  onr_bind_text(s, 3, name);
  onr_bind_text(s, 4, words);
  return onr_run(s, error) && mark_words(record, words, error) &&
         insert_words(record, authority, name, error);
}

/* An id that is made of a name asks for that name too; number -1. */
static gboolean insert_names(OnrRecord *record, gint64 authority, const OnrAuthorityEntry *entry,
                             GError **error) {
  const char *of_id = words_of_id(entry->id);
  g_autofree char *of_name = words_of_name(entry->name);
  if ((of_id && !insert_name(record, authority, -1, "", of_id, error)) ||
      (*of_name && !insert_name(record, authority, 0, entry->name, of_name, error)))
    return FALSE;
  for (guint i = 0; i < entry->aliases->len; i++) {
    g_autofree char *words = words_of_name(entry->aliases->pdata[i]);
    if (!insert_name(record, authority, i + 1, entry->aliases->pdata[i], words, error))
      return FALSE;
  }
  return TRUE;
}

static void bind_day(sqlite3_stmt *s, int parameter, gint32 day) {
  if (day == ONR_NO_DAY)
    onr_bind_null(s, parameter);
  else
    onr_bind_int(s, parameter, day);
}

static gboolean insert_roles(OnrRecord *record, gint64 authority, const OnrAuthorityEntry *entry,
                             GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "INSERT INTO authority_role (authority, number, name, \"from\", \"to\", first_day, last_day) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      error);
  for (guint i = 0; s && i < entry->roles->len; i++) {
    const OnrAuthorityRole *role = &g_array_index(entry->roles, OnrAuthorityRole, i);
    onr_bind_int(s, 1, authority);
    onr_bind_int(s, 2, i);
    onr_bind_text(s, 3, role->name);
    onr_bind_text(s, 4, role->from);
    onr_bind_text(s, 5, role->to);
    bind_day(s, 6, role->first_day);
    bind_day(s, 7, role->last_day);
    if (!onr_run(s, error))
      return FALSE;
  }
  return s != NULL;
}

static char *join_lines(const GPtrArray *lines) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf(out, "%s%s", i ? "\n" : "", (char *)lines->pdata[i]);
  return g_string_free(out, FALSE);
}

static gboolean insert_header(OnrRecord *record, const OnrAuthorityEntry *entry, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "INSERT INTO authority (id, name, type, same_as, links) VALUES (?1, ?2, ?3, ?4, ?5)", error);
  g_autofree char *links = join_lines(entry->links);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, entry->id);
  onr_bind_text(s, 2, entry->name);
  onr_bind_int(s, 3, entry->type);
  onr_bind_text(s, 4, entry->same_as);
  onr_bind_text(s, 5, links);
  return onr_run(s, error);
}

gboolean onr_record_put_authority(OnrRecord *record, const OnrAuthorityEntry *entry, GError **error) {
  if (!onr_record_needs_transaction(record, error) || !drop_entry(record, entry->id, error) ||
      !insert_header(record, entry, error))
    return FALSE;
  gint64 row = sqlite3_last_insert_rowid(record->db);
  doubt_name(record, entry->id);
  return insert_names(record, row, entry, error) && insert_roles(record, row, entry, error) &&
         mark_identity(record, entry->id, error);
}

/* The names of identities that are listed may be others now. */
static gboolean doubt_listed(OnrRecord *record, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT e.row FROM authority a JOIN entity e ON e.id = a.id", error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    onr_names_doubt(record->names, onr_column_int(s, 0));
  return step == ONR_STEP_DONE;
}

/* clang-format off */
static const char clear_sql[] =
    "INSERT OR IGNORE INTO unresolved SELECT block FROM entity "
    "WHERE block IS NOT NULL AND substr(id, instr(id, ':') + 1) IN (SELECT words FROM authority_name);"
    "INSERT OR IGNORE INTO unresolved SELECT n.block FROM entity e JOIN authority a ON a.id = e.id "
    "JOIN entity n ON n.identity = e.row WHERE n.block IS NOT NULL;"
    "INSERT OR IGNORE INTO unresolved SELECT n.block FROM entity e JOIN authority a ON a.id = e.id "
    "JOIN sense s ON s.identity = e.row JOIN entity n ON n.row = s.entity WHERE n.block IS NOT NULL;"
    "DELETE FROM authority_word; DELETE FROM authority_name; DELETE FROM authority_role; DELETE FROM authority";
/* clang-format on */

gboolean onr_record_clear_authority(OnrRecord *record, GError **error) {
  return onr_record_needs_transaction(record, error) && onr_record_flush(record, error) &&
         doubt_listed(record, error) && onr_database_exec(record->db, clear_sql, error);
}

gboolean onr_record_drop_authority(OnrRecord *record, const char *id, gboolean *is_dropped, GError **error) {
  gint64 row;
  if (!onr_record_needs_transaction(record, error) || !find_authority(record, id, &row, error))
    return FALSE;
  *is_dropped = row != 0;
  return drop_entry(record, id, error);
}

gboolean onr_record_is_listed(OnrRecord *record, const char *id) {
  gint64 row;
  return find_authority(record, id, &row, NULL) && row != 0;
}

gboolean onr_record_load_listed(OnrRecord *record, const char *id, OnrIdentity *out, GError **error) {
  g_autofree char *is = g_strdup(id);
  g_autoptr(OnrStatement) s = NULL;
  if (!onr_record_follow(record, &is, error) ||
      !(s = onr_record_statement(record, "SELECT name, type FROM authority WHERE id = ?1", error)))
    return FALSE;
  onr_bind_text(s, 1, is);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    *out = (OnrIdentity){.id = g_strdup(is),
                         .name = g_strdup(onr_column_text(s, 0)),
                         .type = (OnrEntityType)onr_column_int(s, 1)};
  else if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no identity '%s', which '%s' is said to be", is, id);
  return step == ONR_STEP_ROW;
}

gboolean onr_record_check_authority(OnrRecord *record, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "WITH RECURSIVE chain (id, next, n) AS (SELECT id, same_as, 1 FROM authority WHERE same_as IS NOT NULL "
      "UNION ALL SELECT c.id, a.same_as, n + 1 FROM chain c JOIN authority a ON a.id = c.next "
      "WHERE a.same_as IS NOT NULL AND c.next <> c.id AND n < " G_STRINGIFY(
          MAX_CHAIN) ") "
                     "SELECT id FROM chain WHERE next = id ORDER BY id LIMIT 1",
      error);
  OnrStep step = s ? onr_step(s, error) : ONR_STEP_ERROR;
  if (step == ONR_STEP_ROW)
    g_set_error(
        error, ONR_ERROR, ONR_ERROR_FORMAT,
        "same_as of '%s' goes in a circle, together with what the archive's authority file has already",
        onr_column_text(s, 0));
  return step == ONR_STEP_DONE;
}

/* --- rulings --- */

void onr_ruling_clear(gpointer p) {
  OnrRuling *ruling = p;
  g_free(ruling->name);
  g_free(ruling->article);
  g_free(ruling->identity);
  g_free(ruling->reason);
}

gboolean onr_record_has_rulings(OnrRecord *record, gboolean *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT EXISTS (SELECT 1 FROM ruling) OR EXISTS (SELECT 1 FROM authority)", error);
  gint64 n;
  if (!s || !onr_step_int(s, 0, &n, error))
    return FALSE;
  *out = n != 0;
  return TRUE;
}

/* One step from ID to what it is said to be; *NEXT NULL where nothing is said. */
static gboolean next_of(OnrRecord *record, const char *id, char **next, GError **error) {
  const char *part = strchr(id, '~');
  g_autofree char *name = part ? g_strndup(id, (gsize)(part - id)) : g_strdup(id);
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT identity FROM ruling WHERE name = ?1 AND article = '' AND part = ?2 AND identity <> ?3 "
      "UNION ALL SELECT same_as FROM authority WHERE id = ?3 AND same_as IS NOT NULL LIMIT 1",
      error);
  *next = NULL;
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, name);
  onr_bind_int(s, 2, part ? g_ascii_strtoll(part + 1, NULL, 16) : -1);
  onr_bind_text(s, 3, id);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ROW)
    *next = g_strdup(onr_column_text(s, 0));
  return step != ONR_STEP_ERROR;
}

gboolean onr_record_follow(OnrRecord *record, char **id, GError **error) {
  for (guint n = 0; n < MAX_CHAIN; n++) {
    char *next;
    if (!next_of(record, *id, &next, error))
      return FALSE;
    if (!next)
      break;
    g_free(*id);
    *id = next;
  }
  return TRUE;
}

static gboolean read_rulings(OnrRecord *record, const char *name, GArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT r.article, r.part, r.identity, r.reason, a.row FROM ruling r "
      "LEFT JOIN article a ON a.id = r.article WHERE r.name = ?1 ORDER BY r.article, r.part",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, name);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrRuling ruling = {.name = g_strdup(name),
                        .article = g_strdup(onr_column_text(s, 0)),
                        .part = onr_column_int(s, 1),
                        .identity = g_strdup(onr_column_text(s, 2)),
                        .reason = g_strdup(onr_column_text(s, 3)),
                        .article_row = onr_column_int(s, 4)};
    g_array_append_val(out, ruling);
  }
  return step == ONR_STEP_DONE;
}

/* Those who list a name: by type or, for names of several words that nobody lists with that type, any. */
typedef struct {
  GHashTable *same, *other; /* sets of ids */
  gboolean has_parts;       /* parts of the name are listed too: then those stay what they are */
} Claims;

static void claims_clear(Claims *claims) {
  g_hash_table_unref(claims->same);
  g_hash_table_unref(claims->other);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Claims, claims_clear)

static gboolean is_part_of(const char *id, const char *name) {
  gsize n = strlen(name);
  return !strncmp(id, name, n) && id[n] == '~';
}

static gboolean gather_claims(OnrRecord *record, const char *name, const char *words, Claims *claims,
                              GError **error) {
  OnrEntityType type = onr_entity_type_of_id(name);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(int));
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "SELECT a.id, a.type FROM authority_name n JOIN authority a ON a.row = n.authority WHERE n.words = ?1",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, words);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    int of = (int)onr_column_int(s, 1);
    const char *id = onr_column_text(s, 0);
    claims->has_parts |= is_part_of(id, name);
    if (is_part_of(id, name))
      continue;
    g_ptr_array_add(ids, g_strdup(id));
    g_array_append_val(types, of);
  }
  for (guint i = 0; step == ONR_STEP_DONE && i < ids->len; i++) {
    char *id = g_strdup(ids->pdata[i]);
    if (!onr_record_follow(record, &id, error))
      step = ONR_STEP_ERROR;
    g_hash_table_add(g_array_index(types, int, i) == (int)type ? claims->same : claims->other, id);
  }
  return step == ONR_STEP_DONE;
}

/* A name that two list is left to the articles. */
static gboolean find_claim(OnrRecord *record, const char *name, GArray *out, GError **error) {
  const char *words = words_of_id(name);
  g_auto(Claims) claims = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                           g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL), FALSE};
  if (!words)
    return TRUE;
  if (!gather_claims(record, name, words, &claims, error))
    return FALSE;
  GHashTable *of = g_hash_table_size(claims.same) || !strchr(words, '-') ? claims.same : claims.other;
  if (g_hash_table_size(of) != 1)
    return TRUE;
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, of);
  g_hash_table_iter_next(&iter, &id, NULL);
  OnrRuling ruling = {.name = g_strdup(name),
                      .article = g_strdup(""),
                      .part = -1,
                      .identity = g_strdup(id),
                      .reason = g_strdup("authority file"),
                      .is_whole = !claims.has_parts};
  g_array_append_val(out, ruling);
  return TRUE;
}

gboolean onr_record_rulings_of(OnrRecord *record, const char *name, GArray *out, GError **error) {
  gboolean is_ruled = FALSE;
  if (!read_rulings(record, name, out, error))
    return FALSE;
  for (guint i = 0; i < out->len; i++) {
    OnrRuling *ruling = &g_array_index(out, OnrRuling, i);
    is_ruled = is_ruled || (!*ruling->article && ruling->part < 0);
    if (!onr_record_follow(record, &ruling->identity, error))
      return FALSE;
  }
  return is_ruled || find_claim(record, name, out, error);
}

static gboolean insert_ruling(OnrRecord *record, const OnrRuling *ruling, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "INSERT OR REPLACE INTO ruling (name, article, part, identity, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, ruling->name);
  onr_bind_text(s, 2, ruling->article);
  onr_bind_int(s, 3, ruling->part);
  onr_bind_text(s, 4, ruling->identity);
  onr_bind_text(s, 5, ruling->reason);
  return onr_run(s, error);
}

static gboolean gather_texts(OnrRecord *record, const char *sql, GPtrArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    g_ptr_array_add(out, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

/* All names that a ruling is of or leads to, with those that the authority file lists for either. */
static gboolean mark_ruled(OnrRecord *record, GError **error) {
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  if (!gather_texts(record, "SELECT name FROM ruling UNION SELECT identity FROM ruling", ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    gint64 row;
    if (!mark_identity(record, ids->pdata[i], error) || !find_authority(record, ids->pdata[i], &row, error) ||
        (row && !mark_names_of(record, row, error)))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_record_set_rulings(OnrRecord *record, const GArray *rulings, GError **error) {
  if (!onr_record_needs_transaction(record, error) || !onr_record_flush(record, error) ||
      !mark_ruled(record, error) || !onr_database_exec(record->db, "DELETE FROM ruling", error))
    return FALSE;
  for (guint i = 0; i < rulings->len; i++)
    if (!insert_ruling(record, &g_array_index(rulings, OnrRuling, i), error))
      return FALSE;
  return mark_ruled(record, error);
}
