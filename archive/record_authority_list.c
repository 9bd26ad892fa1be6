/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Identities as an authority file has them: what users list and what articles say, by id. */
#include "archive/dossier.h"
#include "archive/record_private.h"

#include "identity/block.h"

#include <string.h>

typedef struct {
  OnrRecord *record;
  OnrOwnStatement *roles; /* of articles, by identity's id; NULL where only what is listed is wanted */
  gboolean has_role;      /* at a row */
  OnrAuthorityEntry entry;
} Listing;

/* clang-format off */
static const char all_sql[] =
    "SELECT e.id, e.row, coalesce(a.row, 0), coalesce(a.name, e.name), coalesce(a.type, e.type), a.same_as, a.links "
    "FROM entity e LEFT JOIN authority a ON a.id = e.id WHERE e.identity = e.row "
    "UNION ALL SELECT a.id, 0, a.row, a.name, a.type, a.same_as, a.links FROM authority a "
    "WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = a.id AND e.identity = e.row) ORDER BY 1";
static const char listed_sql[] =
    "SELECT id, 0, row, name, type, same_as, links FROM authority ORDER BY 1";
/* CROSS JOIN holds SQLite to the order: from articles to the few roles that they give. */
static const char roles_sql[] =
    "SELECT i.id, r.name, count(*), min(a.day), max(a.day) FROM article_mentions m CROSS JOIN json_each(m.entities) j "
    "CROSS JOIN role r ON r.row = j.value->>2 CROSS JOIN entity e ON e.row = r.entity "
    "LEFT JOIN sense s ON s.entity = e.row AND s.article = m.article "
    "CROSS JOIN entity i ON i.row = coalesce(s.identity, e.identity) CROSS JOIN article a ON a.row = m.article "
    "GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2";
/* clang-format on */

static void read_links(OnrAuthorityEntry *entry, const char *lines) {
  g_auto(GStrv) links = g_strsplit(lines ? lines : "", "\n", -1);
  for (guint i = 0; links[i]; i++)
    if (*links[i])
      g_ptr_array_add(entry->links, g_strdup(links[i]));
}

/* --- what is listed --- */

static gboolean read_names(Listing *l, gint64 authority, GHashTable *known, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      l->record, "SELECT number, name, words FROM authority_name WHERE authority = ?1 ORDER BY number",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, authority);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    if (onr_column_int(s, 0) > 0)
      g_ptr_array_add(l->entry.aliases, g_strdup(onr_column_text(s, 1)));
    g_hash_table_add(known, g_strdup(onr_column_text(s, 2)));
  }
  return step == ONR_STEP_DONE;
}

static gboolean read_roles(Listing *l, gint64 authority, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      l->record, "SELECT name, \"from\", \"to\" FROM authority_role WHERE authority = ?1 ORDER BY number",
      error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, authority);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    onr_authority_entry_add_role(&l->entry, onr_column_text(s, 0), onr_column_text(s, 1),
                                 onr_column_text(s, 2));
  return step == ONR_STEP_DONE;
}

/* --- what articles say --- */

/* Names of identity ROW, also persons' full names that it has in some articles though they are another's,
   those whose words are not KNOWN, in order of ids. */
static gboolean add_names(Listing *l, gint64 row, GHashTable *known, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(l->record,
                           "SELECT id, name FROM entity WHERE identity = ?1 AND block IS NOT NULL "
                           "UNION SELECT e.id, e.name FROM sense s JOIN entity e ON e.row = s.entity JOIN "
                           "entity i ON i.row = s.identity "
                           "WHERE s.identity = ?1 AND e.type = 0 AND e.block IS NOT NULL AND i.part_of IS "
                           "NOT e.row AND e.id LIKE '%-%' "
                           "ORDER BY 1",
                           error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    const char *id = onr_column_text(s, 0), *words = strchr(id, ':');
    if (strcmp(id, l->entry.id) != 0 && words && g_hash_table_add(known, g_strdup(words + 1)))
      g_ptr_array_add(l->entry.aliases, g_strdup(onr_column_text(s, 1)));
  }
  return step == ONR_STEP_DONE;
}

static gboolean next_role(Listing *l, GError **error) {
  OnrStep step = onr_step(l->roles, error);
  l->has_role = step == ONR_STEP_ROW;
  return step != ONR_STEP_ERROR;
}

static char *date_of(sqlite3_stmt *s, int column) {
  gint32 day = onr_column_day(s, column);
  int year, month, of_month;
  if (day == ONR_NO_DAY)
    return NULL;
  onr_date_from_days(day, &year, &month, &of_month);
  return g_strdup_printf("%04d-%02d-%02d", year, month, of_month);
}

/* Moves past the roles of the entry and of ids before it; takes them where IS_WANTED. */
static gboolean take_roles(Listing *l, gboolean is_wanted, GError **error) {
  int order = 0;
  while (l->has_role && (order = strcmp(onr_column_text(l->roles, 0), l->entry.id)) <= 0) {
    if (order == 0 && is_wanted && l->entry.roles->len < ONR_DOSSIER_ROLES) {
      g_autofree char *from = date_of(l->roles, 3), *to = date_of(l->roles, 4);
      onr_authority_entry_add_role(&l->entry, onr_column_text(l->roles, 1), from, to);
    }
    if (!next_role(l, error))
      return FALSE;
  }
  return TRUE;
}

/* --- all of them --- */

static gboolean read_entry(Listing *l, sqlite3_stmt *s, GError **error) {
  gint64 row = onr_column_int(s, 1), authority = onr_column_int(s, 2);
  g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  onr_authority_entry_reset(&l->entry);
  l->entry.id = g_strdup(onr_column_text(s, 0));
  l->entry.name = g_strdup(onr_column_text(s, 3));
  l->entry.type = (OnrEntityType)onr_column_int(s, 4);
  l->entry.same_as = g_strdup(onr_column_text(s, 5));
  read_links(&l->entry, onr_column_text(s, 6));
  return (!authority || (read_names(l, authority, known, error) && read_roles(l, authority, error))) &&
         (!row || add_names(l, row, known, error)) && (!l->roles || take_roles(l, !authority, error));
}

static gboolean list(Listing *l, sqlite3_stmt *s, OnrEntryFunc each, gpointer data, GError **error) {
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    if (!read_entry(l, s, error))
      return FALSE;
    if (!each(&l->entry, data))
      return TRUE;
  }
  return step == ONR_STEP_DONE;
}

gboolean onr_record_each_authority(OnrRecord *record, gboolean only_listed, OnrEntryFunc each, gpointer data,
                                   GError **error) {
  if (!onr_record_flush(record, error))
    return FALSE;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(record->db, only_listed ? listed_sql : all_sql, error);
  g_autoptr(OnrOwnStatement) roles =
      s && !only_listed ? onr_database_prepare(record->db, roles_sql, error) : NULL;
  if (!s || (!only_listed && !roles))
    return FALSE;
  Listing listing = {.record = record, .roles = roles};
  onr_authority_entry_init(&listing.entry);
  gboolean is_done = (!roles || next_role(&listing, error)) && list(&listing, s, each, data, error);
  onr_authority_entry_clear(&listing.entry);
  return is_done;
}

/* --- roles --- */

static gboolean wanted_roles(OnrRecord *record, OnrRoleWantedFunc is_wanted, gpointer data, GPtrArray *out,
                             GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT DISTINCT name FROM authority_role", error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (is_wanted(onr_column_text(s, 0), data))
      g_ptr_array_add(out, g_strdup(onr_column_text(s, 0)));
  return step == ONR_STEP_DONE;
}

/* EACH may ask the record. */
static gboolean each_bearer(OnrRecord *record, const char *role, OnrRoleFunc each, gpointer data,
                            GError **error) {
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      record->db,
      "SELECT a.id, r.first_day, r.last_day FROM authority_role r JOIN authority a ON a.row = r.authority "
      "WHERE r.name = ?1 ORDER BY a.id, r.number",
      error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, role);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (!each(onr_column_text(s, 0), onr_column_day(s, 1), onr_column_day(s, 2), data, error))
      return FALSE;
  return step == ONR_STEP_DONE;
}

gboolean onr_record_each_role(OnrRecord *record, OnrRoleWantedFunc is_wanted, OnrRoleFunc each, gpointer data,
                              GError **error) {
  g_autoptr(GPtrArray) roles = g_ptr_array_new_with_free_func(g_free);
  if (!wanted_roles(record, is_wanted, data, roles, error))
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    if (!each_bearer(record, roles->pdata[i], each, data, error))
      return FALSE;
  return TRUE;
}
