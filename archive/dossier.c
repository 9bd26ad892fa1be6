/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/dossier.h"

#include "archive/record_private.h"

#include <math.h>
#include <string.h>

static void name_clear(gpointer p) {
  OnrDossierName *name = p;
  g_free(name->id);
  g_free(name->name);
  g_free(name->reason);
}

static void role_clear(gpointer p) {
  g_free(((OnrDossierRole *)p)->role);
}

static void company_clear(gpointer p) {
  g_free(((OnrDossierCompany *)p)->id);
  g_free(((OnrDossierCompany *)p)->name);
}

static GArray *list_new(guint size, GDestroyNotify clear) {
  GArray *list = g_array_new(FALSE, FALSE, size);
  g_array_set_clear_func(list, clear);
  return list;
}

void onr_dossier_clear(OnrDossier *dossier) {
  onr_identity_clear(&dossier->identity);
  g_clear_pointer(&dossier->aliases, g_ptr_array_unref);
  g_clear_pointer(&dossier->names, g_array_unref);
  g_clear_pointer(&dossier->roles, g_array_unref);
  g_clear_pointer(&dossier->company, g_array_unref);
}

/* --- finding --- */

typedef struct {
  gint64 row;
  guint64 n_quotes, n_articles;
} Found;

static int by_quotes(gconstpointer a, gconstpointer b) {
  const Found *x = a, *y = b;
  if (x->n_quotes != y->n_quotes)
    return x->n_quotes > y->n_quotes ? -1 : 1;
  if (x->n_articles != y->n_articles)
    return x->n_articles > y->n_articles ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static gboolean add_found(OnrRecord *record, gint64 row, GArray *found, GError **error) {
  OnrIdentity identity;
  if (!onr_record_load_identity(record, row, &identity, error))
    return FALSE;
  Found one = {row, identity.n_quotes, identity.n_articles};
  g_array_append_val(found, one);
  onr_identity_clear(&identity);
  return TRUE;
}

gboolean onr_record_find_bearers(OnrRecord *record, const char *name, guint types, GArray *rows,
                                 GError **error) {
  g_autoptr(GArray) identities = g_array_new(FALSE, FALSE, sizeof(gint64)),
                    found = g_array_new(FALSE, FALSE, sizeof(Found));
  if (!onr_record_find_identity_rows(record, name, types, identities, error))
    return FALSE;
  for (guint i = 0; i < identities->len; i++)
    if (!add_found(record, g_array_index(identities, gint64, i), found, error))
      return FALSE;
  g_array_sort(found, by_quotes);
  for (guint i = 0; i < found->len; i++)
    g_array_append_val(rows, g_array_index(found, Found, i).row);
  return TRUE;
}

/* --- loading --- */

#define ITEMS "WITH item (entity, article) AS (" ONR_ITEMS_OF("?1") ") "

/* clang-format off */
static const char days_sql[] = ITEMS "SELECT min(a.day), max(a.day) FROM item i JOIN article a ON a.row = i.article";
static const char names_sql[] =
    ITEMS "SELECT e.id, e.name, count(*), CASE WHEN e.row = ?1 THEN NULL WHEN e.identity = ?1 THEN e.reason "
    "WHEN (SELECT part_of FROM entity WHERE row = ?1) = e.row THEN 'another bearer of this name' "
    "WHEN EXISTS (SELECT 1 FROM ruling r JOIN entity t ON t.id = r.identity WHERE r.name = e.id AND r.article <> '' AND t.row = ?1) "
    "THEN 'correction, in these articles' ELSE 'surname, in these articles' END, "
    "CASE WHEN e.row <> ?1 AND e.identity = ?1 THEN e.score END "
    "FROM item i JOIN entity e ON e.row = i.entity GROUP BY e.row ORDER BY 3 DESC, 1";
static const char roles_sql[] =
    ITEMS "SELECT r.name, count(*), min(a.day), max(a.day) FROM item i JOIN article_mentions m ON m.article = i.article "
    "JOIN json_each(m.entities) j ON j.value->>0 = i.entity JOIN role r ON r.row = j.value->>2 JOIN article a ON a.row = i.article "
    "GROUP BY r.name ORDER BY 2 DESC, 1 LIMIT " G_STRINGIFY(ONR_DOSSIER_ROLES);
static const char company_sql[] =
    ITEMS ", said AS (SELECT DISTINCT q.article FROM item i JOIN quote q ON q.article = i.article "
    "JOIN json_each(q.speakers) j ON j.value = i.entity) "
    "SELECT e.id, e.name, count(DISTINCT q.article) FROM said s JOIN quote q ON q.article = s.article JOIN json_each(q.speakers) j "
    "JOIN bearers b ON b.entity = j.value AND b.article = q.article JOIN entity e ON e.row = b.identity "
    "WHERE e.row <> ?1 GROUP BY e.row ORDER BY 3 DESC, 1 LIMIT " G_STRINGIFY(ONR_DOSSIER_COMPANY);
/* clang-format on */

static void take_days(sqlite3_stmt *s, OnrDossier *out) {
  out->first_day = onr_column_day(s, 0);
  out->last_day = onr_column_day(s, 1);
}

static void take_name(sqlite3_stmt *s, OnrDossier *out) {
  OnrDossierName name = {.id = g_strdup(onr_column_text(s, 0)),
                         .name = g_strdup(onr_column_text(s, 1)),
                         .n_articles = (guint64)onr_column_int(s, 2),
                         .reason = g_strdup(onr_column_text(s, 3)),
                         .odds =
                             sqlite3_column_type(s, 4) == SQLITE_NULL ? 0 : exp(sqlite3_column_double(s, 4))};
  g_array_append_val(out->names, name);
}

static void take_role(sqlite3_stmt *s, OnrDossier *out) {
  OnrDossierRole role = {g_strdup(onr_column_text(s, 0)), (guint64)onr_column_int(s, 1), onr_column_day(s, 2),
                         onr_column_day(s, 3)};
  g_array_append_val(out->roles, role);
}

static void take_company(sqlite3_stmt *s, OnrDossier *out) {
  OnrDossierCompany company = {g_strdup(onr_column_text(s, 0)), g_strdup(onr_column_text(s, 1)),
                               (guint64)onr_column_int(s, 2)};
  g_array_append_val(out->company, company);
}

static gboolean load(OnrRecord *record, const char *sql, gint64 row,
                     void (*take)(sqlite3_stmt *, OnrDossier *), OnrDossier *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    take(s, out);
  return step == ONR_STEP_DONE;
}

gboolean onr_record_load_dossier(OnrRecord *record, gint64 row, OnrDossier *out, GError **error) {
  out->aliases = g_ptr_array_new_with_free_func(g_free);
  out->names = list_new(sizeof(OnrDossierName), name_clear);
  out->roles = list_new(sizeof(OnrDossierRole), role_clear);
  out->company = list_new(sizeof(OnrDossierCompany), company_clear);
  return onr_record_load_identity(record, row, &out->identity, error) &&
         onr_record_load_aliases(record, row, out->aliases, error) &&
         load(record, days_sql, row, take_days, out, error) &&
         load(record, names_sql, row, take_name, out, error) &&
         load(record, roles_sql, row, take_role, out, error) &&
         load(record, company_sql, row, take_company, out, error);
}
