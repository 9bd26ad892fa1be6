/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/groups.h"

#include "archive/archive_private.h"
#include "archive/database.h"
#include "archive/xapian/shards.h"

/* Looking a row up costs this many times more than reading it in order. */
#define LOOK_UP_COST 6

/* A shard's groups are told apart from another's by bits that no row has. */
#define SHARD_SHIFT 48

/* clang-format off */
static const struct {
  const char *first, *range, *any, *members;
} sqls[] = {
    [ONR_TABLE_ARTICLES] = {
        .first = "SELECT first FROM article_group WHERE article = ?1",
        .range = "SELECT article, first FROM article_group WHERE article BETWEEN ?1 AND ?2 ORDER BY article",
        .any = "SELECT EXISTS (SELECT 1 FROM article_group)",
        .members = "SELECT g.article, a.id, 0, a.published, a.publisher, a.row, count(*) OVER () FROM article_group g JOIN article a ON a.row = g.article "
                   "WHERE g.first = ?1 ORDER BY g.article <> g.first, a.day IS NULL, a.day, a.published, a.id LIMIT ?2"},
    [ONR_TABLE_QUOTES] = {
        .first = "SELECT first FROM statement WHERE quote = ?1",
        .range = "SELECT quote, first FROM statement WHERE quote BETWEEN ?1 AND ?2 ORDER BY quote",
        .any = "SELECT EXISTS (SELECT 1 FROM statement)",
        .members = "SELECT s.quote, a.id, q.number, a.published, a.publisher, a.row, count(*) OVER () FROM statement s JOIN quote q ON q.row = s.quote "
                   "JOIN article a ON a.row = q.article WHERE s.first = ?1 "
                   "ORDER BY s.quote <> s.first, a.day IS NULL, a.day, a.published, a.id, q.number LIMIT ?2"},
};
/* clang-format on */

/* The record that ROW is of, and its row there; NULL where that is another machine's. */
static OnrRecord *record_of(OnrArchive *archive, gint64 row, guint *shard, gint64 *local) {
  *shard = 0;
  *local = row;
  if (!archive->members)
    return archive->record;
  onr_shards_split_row(archive->engine, row, shard, local);
  const OnrArchive *member = archive->members->pdata[*shard];
  return member ? member->record : NULL;
}

/* 0 where it is alone. */
static gboolean first_of(OnrRecord *record, OnrTable table, gint64 row, gint64 *first, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sqls[table].first, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  return onr_step_int(s, 0, first, error);
}

gboolean onr_archive_group_key(OnrArchive *archive, OnrTable table, gint64 row, gint64 *key, GError **error) {
  guint shard;
  gint64 local, first = 0;
  OnrRecord *record = record_of(archive, row, &shard, &local);
  if (record && !first_of(record, table, local, &first, error))
    return FALSE;
  *key = !first ? row : -(first + ((gint64)shard << SHARD_SHIFT));
  return TRUE;
}

/* --- counting --- */

static gboolean has_groups(OnrRecord *record, OnrTable table, gboolean *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sqls[table].any, error);
  gint64 any;
  if (!s || !onr_step_int(s, 0, &any, error))
    return FALSE;
  *out = any != 0;
  return TRUE;
}

gboolean onr_archive_has_groups(OnrArchive *archive, OnrTable table, gboolean *out, GError **error) {
  *out = FALSE;
  if (!archive->members)
    return has_groups(archive->record, table, out, error);
  for (guint i = 0; i < archive->members->len && !*out; i++) {
    const OnrArchive *member = archive->members->pdata[i];
    if (member && !has_groups(member->record, table, out, error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  const GArray *rows;
  guint at;
  GHashTable *firsts; /* set of gint64 */
  guint64 n_copies;   /* rows of groups that were met before */
} Count;

static void count_member(Count *count, gint64 first) {
  if (!g_hash_table_add(count->firsts, g_memdup2(&first, sizeof first)))
    count->n_copies++;
}

/* Members of groups from row FIRST to row LAST that are in the rows from count->at on. */
static gboolean count_range(Count *count, sqlite3_stmt *s, gint64 first, gint64 last, GError **error) {
  onr_bind_int(s, 1, first);
  onr_bind_int(s, 2, last);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    gint64 row = onr_column_int(s, 0);
    while (count->at < count->rows->len && g_array_index(count->rows, gint64, count->at) < row)
      count->at++;
    if (count->at < count->rows->len && g_array_index(count->rows, gint64, count->at) == row)
      count_member(count, onr_column_int(s, 1));
  }
  sqlite3_reset(s);
  return step == ONR_STEP_DONE;
}

static gboolean count_of_record(OnrRecord *record, OnrTable table, const GArray *rows, guint64 *n,
                                GError **error) {
  g_autoptr(GHashTable) firsts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(OnrStatement) s = onr_record_statement(record, sqls[table].range, error);
  Count count = {.rows = rows, .firsts = firsts};
  if (!s)
    return FALSE;
  gint64 first = rows->len ? g_array_index(rows, gint64, 0) : 0,
         last = rows->len ? g_array_index(rows, gint64, rows->len - 1) : -1;
  gboolean is_dense = (guint64)(last - first) / LOOK_UP_COST < rows->len;
  if (is_dense && !count_range(&count, s, first, last, error))
    return FALSE;
  for (guint i = 0; i < rows->len && !is_dense; i++) {
    gint64 row = g_array_index(rows, gint64, i);
    if (!count_range(&count, s, row, row, error))
      return FALSE;
  }
  *n = rows->len - count.n_copies;
  return TRUE;
}

/* ROWS of shards are dealt out to the archives that they are of. */
static gboolean count_of_members(OnrArchive *archive, OnrTable table, const GArray *rows, guint64 *n,
                                 GError **error) {
  g_autoptr(GPtrArray) dealt = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < archive->members->len; i++)
    g_ptr_array_add(dealt, g_array_new(FALSE, FALSE, sizeof(gint64)));
  for (guint i = 0; i < rows->len; i++) {
    guint shard;
    gint64 row;
    onr_shards_split_row(archive->engine, g_array_index(rows, gint64, i), &shard, &row);
    g_array_append_val(dealt->pdata[shard], row);
  }
  *n = 0;
  for (guint i = 0; i < dealt->len; i++) {
    const OnrArchive *member = archive->members->pdata[i];
    const GArray *of_shard = dealt->pdata[i];
    guint64 n_distinct = of_shard->len;
    if (member && !count_of_record(member->record, table, of_shard, &n_distinct, error))
      return FALSE;
    *n += n_distinct;
  }
  return TRUE;
}

gboolean onr_archive_count_distinct(OnrArchive *archive, OnrTable table, const GArray *rows, guint64 *n,
                                    GError **error) {
  return archive->members ? count_of_members(archive, table, rows, n, error)
                          : count_of_record(archive->record, table, rows, n, error);
}

/* --- copies --- */

void onr_copy_free(gpointer p) {
  OnrCopy *copy = p;
  g_free(copy->id);
  g_free(copy->published);
  g_free(copy->publisher);
  g_free(copy->words);
  g_free(copy);
}

typedef struct {
  gint64 article;
  guint number;
} Place;

/* What they say is read behind the statement that lists them. */
static gboolean list_members(OnrRecord *record, OnrTable table, gint64 first, gint64 asked, GPtrArray *copies,
                             GArray *places, guint64 *n, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sqls[table].members, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, first);
  onr_bind_int(s, 2, ONR_COPIES_MOST);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    OnrCopy *copy = g_new0(OnrCopy, 1);
    Place place = {onr_column_int(s, 5), (guint)onr_column_int(s, 2)};
    copy->id = place.number ? g_strdup_printf("%s#%u", onr_column_text(s, 1), place.number)
                            : g_strdup(onr_column_text(s, 1));
    copy->published = g_strdup(onr_column_text(s, 3));
    copy->publisher = g_strdup(onr_column_text(s, 4));
    copy->is_asked = onr_column_int(s, 0) == asked;
    *n = (guint64)onr_column_int(s, 6);
    g_ptr_array_add(copies, copy);
    g_array_append_val(places, place);
  }
  return step == ONR_STEP_DONE;
}

static void read_words(OnrRecord *record, const Place *place, OnrCopy *copy) {
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!onr_record_load_article(record, place->article, TRUE, article, NULL))
    return;
  guint i = onr_article_find_quote(article, place->number);
  if (i != G_MAXUINT)
    copy->words = onr_article_quote_words(article, &g_array_index(article->quotes, OnrQuoteRow, i));
}

gboolean onr_archive_copies(OnrArchive *archive, OnrTable table, gint64 row, GPtrArray *copies, guint64 *n,
                            GError **error) {
  guint shard;
  gint64 local, first = 0;
  OnrRecord *record = record_of(archive, row, &shard, &local);
  *n = 0;
  if (record && !first_of(record, table, local, &first, error))
    return FALSE;
  if (!first)
    return TRUE;
  guint n_before = copies->len;
  g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(Place));
  if (!list_members(record, table, first, local, copies, places, n, error))
    return FALSE;
  for (guint i = 0; i < places->len && table == ONR_TABLE_QUOTES; i++)
    read_words(record, &g_array_index(places, Place, i), copies->pdata[n_before + i]);
  return TRUE;
}
