/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of articles or quotes into their tables: who was first, and what is different from what is there. */
#include "archive/record_groups.h"
#include "archive/record_private.h"

#include "archive/sorting.h"

#include <string.h>

typedef struct {
  const char *describe; /* day, published, id of the article, number */
  const char *read, *put, *drop;
} GroupSql;

static const GroupSql sqls[] = {
    [ONR_TABLE_ARTICLES] = {.describe = "SELECT day, published, id, 0 FROM article WHERE row = ?1",
                            .read = "SELECT article, first FROM article_group ORDER BY article",
                            .put = "INSERT OR REPLACE INTO article_group (article, first) VALUES (?1, ?2)",
                            .drop = "DELETE FROM article_group WHERE article = ?1"},
    [ONR_TABLE_QUOTES] = {.describe = "SELECT a.day, a.published, a.id, q.number FROM quote q "
                                      "JOIN article a ON a.row = q.article WHERE q.row = ?1",
                          .read = "SELECT quote, first FROM statement ORDER BY quote",
                          .put = "INSERT OR REPLACE INTO statement (quote, first) VALUES (?1, ?2)",
                          .drop = "DELETE FROM statement WHERE quote = ?1"},
};

/* --- who was first --- */

typedef struct {
  gint64 row, number;
  gint32 day;
  char *published, *id;
} Publication;

static void publication_clear(Publication *p) {
  g_free(p->published);
  g_free(p->id);
  *p = (Publication){0};
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Publication, publication_clear)

static gboolean describe(OnrRecord *record, const GroupSql *sql, gint64 row, Publication *out,
                         GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql->describe, error);
  *out = (Publication){.row = row};
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s': a sketch of what is not there, row %" G_GINT64_FORMAT, record->file, row);
  if (step != ONR_STEP_ROW)
    return FALSE;
  out->day = onr_column_day(s, 0);
  out->published = g_strdup(onr_column_text(s, 1));
  out->id = g_strdup(onr_column_text(s, 2));
  out->number = onr_column_int(s, 3);
  return TRUE;
}

/* What has no date comes last. */
static gboolean is_before(const Publication *x, const Publication *y) {
  if (x->day != y->day)
    return y->day == ONR_NO_DAY || (x->day != ONR_NO_DAY && x->day < y->day);
  int order = g_strcmp0(x->published, y->published);
  order = order ? order : g_strcmp0(x->id, y->id);
  return order ? order < 0 : x->number < y->number;
}

static gboolean find_first(OnrRecord *record, const GroupSql *sql, const OnrGroupMember *members, guint n,
                           gint64 *first, GError **error) {
  g_auto(Publication) best = {0};
  for (guint i = 0; i < n; i++) {
    g_auto(Publication) next = {0};
    if (!describe(record, sql, members[i].row, &next, error))
      return FALSE;
    if (i > 0 && !is_before(&next, &best))
      continue;
    Publication was = best;
    best = next;
    next = was;
  }
  *first = best.row;
  return TRUE;
}

/* --- what is different --- */

typedef struct {
  gint64 row, first;
} Membership;

static int by_group(gconstpointer a, gconstpointer b) {
  const OnrGroupMember *x = a, *y = b;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return (x->row > y->row) - (x->row < y->row);
}

static int by_row(gconstpointer a, gconstpointer b) {
  gint64 x = ((const Membership *)a)->row, y = ((const Membership *)b)->row;
  return (x > y) - (x < y);
}

static guint64 group_of(gconstpointer member) {
  return ((const OnrGroupMember *)member)->group;
}

static guint64 row_of(gconstpointer membership) {
  return (guint64)((const Membership *)membership)->row;
}

/* Both are a row and what it belongs to: there may be a hundred megabytes of them, so one takes the other's
 * place. */
G_STATIC_ASSERT(sizeof(Membership) == sizeof(OnrGroupMember));

/* Makes of MEMBERS their Memberships, by row. */
static gboolean elect(OnrRecord *record, const GroupSql *sql, GArray *members, GError **error) {
  onr_sort_in_place(members, group_of, by_group);
  for (guint i = 0, end; i < members->len; i = end) {
    const OnrGroupMember *all = (const OnrGroupMember *)(gconstpointer)members->data;
    gint64 first;
    for (end = i; end < members->len && all[end].group == all[i].group;)
      end++;
    if (!find_first(record, sql, all + i, end - i, &first, error))
      return FALSE;
    for (guint k = i; k < end; k++) {
      Membership membership = {.row = all[k].row, .first = first};
      memcpy(members->data + k * sizeof membership, &membership, sizeof membership);
    }
  }
  onr_sort_in_place(members, row_of, by_row);
  return TRUE;
}

static gboolean read_memberships(OnrRecord *record, const GroupSql *sql, GArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql->read, error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    Membership membership = {onr_column_int(s, 0), onr_column_int(s, 1)};
    g_array_append_val(out, membership);
  }
  return step == ONR_STEP_DONE;
}

static gboolean run_with(OnrRecord *record, const char *sql, const Membership *membership, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, membership->row);
  if (sqlite3_bind_parameter_count(s) > 1)
    onr_bind_int(s, 2, membership->first);
  return onr_run(s, error);
}

static gboolean write_difference(OnrRecord *record, const GroupSql *sql, const GArray *old, const GArray *new,
                                 GError **error) {
  for (guint i = 0, at = 0; i < new->len || at < old->len;) {
    const Membership *n = i < new->len ? &g_array_index(new, Membership, i) : NULL;
    const Membership *o = at < old->len ? &g_array_index(old, Membership, at) : NULL;
    if (o && (!n || o->row < n->row)) {
      if (!run_with(record, sql->drop, o, error))
        return FALSE;
      at++;
      continue;
    }
    gboolean is_there = o && o->row == n->row;
    if (!(is_there && o->first == n->first) && !run_with(record, sql->put, n, error))
      return FALSE;
    at += is_there ? 1 : 0;
    i++;
  }
  return TRUE;
}

gboolean onr_record_write_groups(OnrRecord *record, OnrTable table, GArray *members, GError **error) {
  const GroupSql *sql = &sqls[table];
  g_autoptr(GArray) old = g_array_new(FALSE, FALSE, sizeof(Membership));
  return elect(record, sql, members, error) && read_memberships(record, sql, old, error) &&
         write_difference(record, sql, old, members, error);
}
