/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/holdings.h"

#include "archive/archive_private.h"
#include "archive/xapian/shards.h"

#include <string.h>

static inline OnrArchive *member_at(const OnrArchive *archive, guint i) {
  return archive->members->pdata[i];
}

/* --- items --- */

static gboolean fail_row(gint64 row, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
              "index names quote %" G_GINT64_FORMAT ", which the record has not", row);
  return FALSE;
}

gboolean onr_archive_locate_item(OnrArchive *archive, OnrTable table, gint64 row, gint64 *article_row,
                                 guint *number, GError **error) {
  if (archive->members)
    return onr_shards_locate(archive->engine, table, row, article_row, number, error);
  *article_row = row;
  *number = 0;
  return table == ONR_TABLE_ARTICLES || onr_record_locate_quote(archive->record, row, article_row, number) ||
         fail_row(row, error);
}

static char *article_id(OnrArchive *archive, OnrTable table, gint64 row, guint *number, GError **error) {
  if (archive->members)
    return onr_shards_article_id(archive->engine, table, row, number, error);
  gint64 article_row;
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!onr_archive_locate_item(archive, table, row, &article_row, number, error) ||
      !onr_record_load_article(archive->record, article_row, FALSE, article, error))
    return NULL;
  return g_strdup(article->id);
}

char *onr_archive_item_id(OnrArchive *archive, OnrTable table, gint64 row, GError **error) {
  guint number;
  char *id = article_id(archive, table, row, &number, error);
  if (!id || !number)
    return id;
  char *quote_id = g_strdup_printf("%s#%u", id, number);
  g_free(id);
  return quote_id;
}

gboolean onr_archive_load_article(OnrArchive *archive, gint64 article_row, OnrArticle *out, GError **error) {
  if (archive->members)
    return onr_shards_load(archive->engine, article_row, out, error);
  return onr_record_load_article(archive->record, article_row, TRUE, out, error);
}

gboolean onr_archive_count_items(OnrArchive *archive, guint64 *n_articles, guint64 *n_quotes,
                                 GError **error) {
  if (archive->members)
    return onr_shards_count(archive->engine, n_articles, n_quotes, error);
  return onr_record_count_items(archive->record, n_articles, n_quotes, error);
}

static void widen_days(gint32 *first, gint32 *last, const OnrCounts *counts) {
  if (counts->first_day == ONR_NO_DAY)
    return;
  *first = *first == ONR_NO_DAY ? counts->first_day : MIN(*first, counts->first_day);
  *last = *last == ONR_NO_DAY ? counts->last_day : MAX(*last, counts->last_day);
}

/* Runs EACH over every record there is. */
typedef gboolean (*RecordFunc)(OnrRecord *record, gpointer data, GError **error);

static gboolean each_record(const OnrArchive *archive, RecordFunc each, gpointer data, GError **error) {
  if (!archive->members)
    return each(archive->record, data, error);
  for (guint i = 0; i < archive->members->len; i++)
    if (member_at(archive, i) && !each(member_at(archive, i)->record, data, error))
      return FALSE;
  return TRUE;
}

typedef struct {
  gint32 first, last;
} Days;

static gboolean add_days(OnrRecord *record, gpointer data, GError **error) {
  Days *days = data;
  OnrCounts counts;
  if (!onr_record_count(record, &counts, error))
    return FALSE;
  widen_days(&days->first, &days->last, &counts);
  return TRUE;
}

gboolean onr_archive_days(OnrArchive *archive, gint32 *first, gint32 *last, GError **error) {
  Days days = {ONR_NO_DAY, ONR_NO_DAY};
  if (!each_record(archive, add_days, &days, error))
    return FALSE;
  *first = days.first;
  *last = days.last;
  return TRUE;
}

/* --- identities --- */

typedef struct {
  const char *name;
  guint types, limit;
  OnrNameSet *set;
  GArray *near;
} NameRequest;

static gboolean find_in_record(OnrRecord *record, gpointer data, GError **error) {
  NameRequest *r = data;
  return onr_record_find_identities(record, r->name, r->types, r->set, error);
}

typedef struct {
  GPtrArray *names;
  OnrNameSet *set;
} Expansion;

static gboolean expand_in_record(OnrRecord *record, gpointer data, GError **error) {
  Expansion *e = data;
  return onr_record_expand_names(record, e->names, e->set, error);
}

static GPtrArray *copy_names(const OnrNameSet *set) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < set->names->len; i++)
    g_ptr_array_add(names, g_strdup(set->names->pdata[i]));
  return names;
}

#define MAX_ROUNDS 5 /* of shards that know each other's names by yet others */

/* What one shard calls them, another may have joined with more names. */
static gboolean expand(OnrArchive *archive, OnrNameSet *set, GError **error) {
  for (guint round = 0, n = 0; round < MAX_ROUNDS && set->names->len > n; round++) {
    g_autoptr(GPtrArray) names = copy_names(set);
    Expansion expansion = {names, set};
    n = names->len;
    if (!each_record(archive, expand_in_record, &expansion, error))
      return FALSE;
    onr_name_set_tidy(set);
  }
  return TRUE;
}

/* An identity that any shard knows by NAME is asked for in all: another may know it by other names only. */
gboolean onr_archive_find_identities(OnrArchive *archive, const char *name, guint types, OnrNameSet *set,
                                     GError **error) {
  NameRequest request = {.name = name, .types = types, .set = set};
  if (archive->members ? !each_record(archive, find_in_record, &request, error) ||
                             !onr_shards_find_remote(archive->engine, name, types, set->names, error)
                       : !onr_record_find_names(archive->record, name, types, set, error))
    return FALSE;
  onr_name_set_tidy(set);
  return !archive->members || expand(archive, set, error);
}

static gboolean find_near(OnrRecord *record, gpointer data, GError **error) {
  NameRequest *r = data;
  return onr_record_nearest_identities(record, r->name, r->types, r->limit, r->near, error);
}

gboolean onr_archive_nearest_identities(OnrArchive *archive, const char *name, guint types, guint limit,
                                        GArray *out, GError **error) {
  NameRequest request = {.name = name, .types = types, .limit = limit, .near = out};
  return each_record(archive, find_near, &request, error);
}

typedef struct {
  OnrRoleWantedFunc is_wanted;
  OnrRoleFunc each;
  gpointer data;
} RoleRequest;

static gboolean find_roles(OnrRecord *record, gpointer data, GError **error) {
  RoleRequest *r = data;
  return onr_record_each_role(record, r->is_wanted, r->each, r->data, error);
}

gboolean onr_archive_each_role(OnrArchive *archive, OnrRoleWantedFunc is_wanted, OnrRoleFunc each,
                               gpointer data, GError **error) {
  RoleRequest request = {is_wanted, each, data};
  return each_record(archive, find_roles, &request, error);
}

typedef struct {
  const char *id;
  char *name;
} IdRequest;

static gboolean name_in_record(OnrRecord *record, gpointer data, GError **error) {
  IdRequest *r = data;
  gint64 row = r->name ? 0 : onr_record_find_entity(record, r->id);
  OnrIdentity identity = {0};
  if (!row)
    return TRUE;
  if (!onr_record_load_identity(record, row, &identity, error))
    return FALSE;
  r->name = g_strdup(identity.name);
  onr_identity_clear(&identity);
  return TRUE;
}

char *onr_archive_identity_name(OnrArchive *archive, const char *id) {
  IdRequest request = {.id = id};
  each_record(archive, name_in_record, &request, NULL);
  return request.name;
}

/* --- facets --- */

static void facet_clear(gpointer facet) {
  onr_facet_clear(facet);
}

/* ROWS dealt out to the shards that they are of; NULL for all. */
static GPtrArray *deal_rows(OnrArchive *archive, const GArray *rows) {
  GPtrArray *dealt = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < archive->members->len; i++)
    g_ptr_array_add(dealt, g_array_new(FALSE, FALSE, sizeof(gint64)));
  for (guint i = 0; i < rows->len; i++) {
    guint shard;
    gint64 row;
    onr_shards_split_row(archive->engine, g_array_index(rows, gint64, i), &shard, &row);
    g_array_append_val(dealt->pdata[shard], row);
  }
  return dealt;
}

/* --- whose names are one's over several shards: those that any of them has joined --- */

/* The id that stands for ID. */
static const char *find_root(GHashTable *parents, const char *id) {
  const char *parent;
  while ((parent = g_hash_table_lookup(parents, id)))
    id = parent;
  return id;
}

/* The first in byte order stands for both. */
static void add_joined(const char *name, const char *identity, gpointer parents) {
  const char *a = find_root(parents, name), *b = find_root(parents, identity);
  int order = strcmp(a, b);
  if (order)
    g_hash_table_insert(parents, g_strdup(order < 0 ? b : a), g_strdup(order < 0 ? a : b));
}

static gboolean gather_joined(OnrRecord *record, gpointer parents, GError **error) {
  return onr_record_each_joined(record, add_joined, parents, error);
}

/* What counts one value over all shards is known by its id, or by its name where it has none. */
static void add_facet(GHashTable *all, GHashTable *parents, OnrFacet *facet) {
  char *key = g_strdup(facet->id ? find_root(parents, facet->id) : facet->name);
  OnrFacet *sum = g_hash_table_lookup(all, key);
  if (!sum) {
    g_hash_table_insert(all, key, g_memdup2(facet, sizeof *facet));
    *facet = (OnrFacet){0};
    return;
  }
  g_free(key);
  sum->n_quotes += facet->n_quotes;
  sum->n_articles += facet->n_articles;
  sum->n_distinct += facet->n_distinct;
  widen_days(&sum->first_day, &sum->last_day,
             &(OnrCounts){.first_day = facet->first_day, .last_day = facet->last_day});
}

static gboolean gather_facets(OnrArchive *archive, OnrFacetKind what, gboolean over_quotes,
                              const GArray *rows, GHashTable *all, GError **error) {
  g_autoptr(GHashTable) parents = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  if ((what == ONR_FACET_SPEAKER || what == ONR_FACET_ENTITY) &&
      !each_record(archive, gather_joined, parents, error))
    return FALSE;
  g_autoptr(GPtrArray) dealt = rows ? deal_rows(archive, rows) : NULL;
  for (guint i = 0; i < archive->members->len; i++) {
    guint64 n;
    g_autoptr(GArray) facets = g_array_new(FALSE, TRUE, sizeof(OnrFacet));
    g_array_set_clear_func(facets, facet_clear);
    if (!onr_record_facets(member_at(archive, i)->record, what, over_quotes, dealt ? dealt->pdata[i] : NULL,
                           0, 0, facets, &n, error))
      return FALSE;
    for (guint k = 0; k < facets->len; k++)
      add_facet(all, parents, &g_array_index(facets, OnrFacet, k));
  }
  return TRUE;
}

/* As one record sorts them: by what is counted, then by name. */
static int compare_facets(gconstpointer a, gconstpointer b, gpointer counts_quotes) {
  const OnrFacet *x = *(OnrFacet *const *)a, *y = *(OnrFacet *const *)b;
  guint64 n = counts_quotes ? x->n_quotes : x->n_articles, m = counts_quotes ? y->n_quotes : y->n_articles;
  if (n != m)
    return n > m ? -1 : 1;
  int order = strcmp(x->name, y->name);
  return order ? order : g_strcmp0(x->id, y->id);
}

static void free_facet(gpointer facet) {
  onr_facet_clear(facet);
  g_free(facet);
}

static gboolean facets_of_members(OnrArchive *archive, OnrFacetKind what, gboolean over_quotes,
                                  const GArray *rows, guint offset, guint limit, GArray *out,
                                  guint64 *n_distinct, GError **error) {
  g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_facet);
  if (!gather_facets(archive, what, over_quotes, rows, all, error))
    return FALSE;
  g_autoptr(GPtrArray) sorted = g_ptr_array_new();
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, all);
  while (g_hash_table_iter_next(&iter, NULL, &value))
    g_ptr_array_add(sorted, value);
  gboolean counts_quotes = over_quotes || what == ONR_FACET_SPEAKER || what == ONR_FACET_KIND;
  g_ptr_array_sort_with_data(sorted, compare_facets, counts_quotes ? archive : NULL);
  *n_distinct = sorted->len;
  guint end = limit ? (guint)MIN((guint64)offset + limit, sorted->len) : sorted->len;
  for (guint i = offset; i < end; i++) {
    OnrFacet *facet = sorted->pdata[i];
    g_array_append_vals(out, facet, 1);
    *facet = (OnrFacet){0};
  }
  return TRUE;
}

gboolean onr_archive_facets(OnrArchive *archive, OnrFacetKind what, gboolean over_quotes, const GArray *rows,
                            guint offset, guint limit, GArray *out, guint64 *n_distinct, GError **error) {
  if (!archive->members)
    return onr_record_facets(archive->record, what, over_quotes, rows, offset, limit, out, n_distinct, error);
  for (guint i = 0; i < archive->members->len; i++)
    if (!member_at(archive, i)) {
      g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                          "who is quoted and what is mentioned is counted by records, and another machine's "
                          "is not at hand: ask there, or list local archives only");
      return FALSE;
    }
  return facets_of_members(archive, what, over_quotes, rows, offset, limit, out, n_distinct, error);
}
