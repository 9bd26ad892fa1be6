/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/senses.h"

#include "archive/record.h"
#include "archive/stored.h"

/* To look up the items of one article costs as much as to pass over so many of the name's. */
#define ITEMS_AN_ARTICLE 16

/* Of name ?1: its items with their articles, ?2 at most; its items in article ?2. */
typedef struct {
  const char *all, *in_article;
} LinkSql;

#define QUOTES_OF_ARTICLE                                                                                    \
  "quote BETWEEN (SELECT min(row) FROM quote WHERE article = ?2) AND "                                       \
  "(SELECT max(row) FROM quote WHERE article = ?2)"

static const LinkSql link_sql[][2] = {
    [ONR_RELATION_SPEAKER] =
        {[ONR_TABLE_ARTICLES] =
             {"SELECT article, article FROM speaker_quote WHERE speaker = ?1 LIMIT ?2",
              "SELECT article FROM speaker_quote WHERE speaker = ?1 AND " QUOTES_OF_ARTICLE},
         [ONR_TABLE_QUOTES] = {"SELECT quote, article FROM speaker_quote WHERE speaker = ?1 LIMIT ?2",
                               "SELECT quote FROM speaker_quote WHERE speaker = ?1 AND " QUOTES_OF_ARTICLE}},
    [ONR_RELATION_MENTION] =
        {[ONR_TABLE_ARTICLES] = {"SELECT article, article FROM entity_article WHERE entity = ?1 LIMIT ?2",
                                 "SELECT article FROM entity_article WHERE entity = ?1 AND article = ?2"},
         [ONR_TABLE_QUOTES] = {"SELECT m.quote, q.article FROM entity_quote m CROSS JOIN quote q "
                               "ON q.row = m.quote WHERE m.entity = ?1 LIMIT ?2",
                               "SELECT quote FROM entity_quote WHERE entity = ?1 AND " QUOTES_OF_ARTICLE}},
};

typedef struct {
  OnrRecord *record;
  const LinkSql *sql;
  const char *bearers; /* rows of the identities: JSON, which SQL takes as a table */
  OnrRowSet *rows;
} Gathering;

/* A name in an article. */
typedef struct {
  gint64 name, article;
} Sense;

static gboolean has_article(const Sense *senses, guint n, gint64 article) {
  guint low = 0;
  for (guint high = n; low < high;) {
    guint middle = low + (high - low) / 2;
    if (senses[middle].article < article)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && senses[low].article == article;
}

/* Of the first LIMIT items of a name those whose article is, or with IS_BUT is not, among its SENSES, of
   ascending articles. *N_SEEN: how many items were looked at. */
static gboolean add_of_all(const Gathering *g, const Sense *senses, guint n, gboolean is_but, gint64 limit,
                           gint64 *n_seen, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(g->record, g->sql->all, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, senses->name);
  onr_bind_int(s, 2, limit);
  OnrStep step;
  for (*n_seen = 0; (step = onr_step(s, error)) == ONR_STEP_ROW; ++*n_seen)
    if (has_article(senses, n, onr_column_int(s, 1)) != is_but)
      onr_row_set_add(g->rows, (guint32)onr_column_int(s, 0));
  return step == ONR_STEP_DONE;
}

static gboolean add_of_article(const Gathering *g, const Sense *sense, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(g->record, g->sql->in_article, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, sense->name);
  onr_bind_int(s, 2, sense->article);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    onr_row_set_add(g->rows, (guint32)onr_column_int(s, 0));
  return step == ONR_STEP_DONE;
}

/* --- which names --- */

#define IS_THEIRS(identity) identity " IN (SELECT value FROM json_each(?1))"

/* Names that are theirs but in some articles, with all their senses; names that are others' with the senses
   that are theirs. CROSS JOIN holds SQLite to the order, in which each name's senses come together, by
   article. */
static const char own_sql[] = "SELECT e.row, s.article, " IS_THEIRS(
    "s.identity") " FROM json_each(?1) w "
                  "CROSS JOIN entity e ON e.identity = w.value CROSS JOIN sense s ON s.entity = e.row";
static const char others_sql[] =
    "SELECT s.entity, s.article, 0 FROM json_each(?1) w CROSS JOIN sense s ON s.identity = w.value "
    "CROSS JOIN entity e ON e.row = s.entity WHERE NOT " IS_THEIRS("e.identity");

/* Senses (Sense) that differ from whose the name is elsewhere; each name's begin with one of no article, 0.
 */
static gboolean read_senses(const Gathering *g, const char *sql, GArray *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(g->record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, g->bearers);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    const Sense sense = {onr_column_int(s, 0), onr_column_int(s, 1)}, none = {sense.name, 0};
    if (!out->len || g_array_index(out, Sense, out->len - 1).name != sense.name)
      g_array_append_val(out, none);
    if (!onr_column_int(s, 2))
      g_array_append_val(out, sense);
  }
  return step == ONR_STEP_DONE;
}

/* All items of a name that is theirs, but those of SENSES. */
static gboolean add_own(const Gathering *g, const Sense *senses, guint n, GError **error) {
  gint64 n_seen;
  return add_of_all(g, senses, n, TRUE, G_MAXINT64, &n_seen, error);
}

/* Those of SENSES of a name that is another's: a surname may have ten items, or a thousand times those of a
   bearer of little fame. */
static gboolean add_others(const Gathering *g, const Sense *senses, guint n, GError **error) {
  const gint64 limit = (gint64)n * ITEMS_AN_ARTICLE;
  gint64 n_seen;
  if (!add_of_all(g, senses, n, FALSE, limit, &n_seen, error))
    return FALSE;
  for (guint i = 0; n_seen == limit && i < n; i++)
    if (!add_of_article(g, &senses[i], error))
      return FALSE;
  return TRUE;
}

typedef gboolean (*AddFunc)(const Gathering *g, const Sense *senses, guint n, GError **error);

/* Hands ADD the senses of each name. */
static gboolean each_name(const Gathering *g, const char *sql, AddFunc add, GError **error) {
  g_autoptr(GArray) senses = g_array_new(FALSE, FALSE, sizeof(Sense));
  if (!read_senses(g, sql, senses, error))
    return FALSE;
  const Sense *all = (const Sense *)(gpointer)senses->data;
  for (guint first = 0, end; first < senses->len; first = end) {
    for (end = first + 1; end < senses->len && all[end].name == all[first].name;)
      end++;
    if (!add(g, all + first, end - first, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_record_add_senses(OnrRecord *record, OnrTable table, OnrRelation relation,
                               const GPtrArray *identities, OnrRowSet *rows, GError **error) {
  g_autoptr(GString) bearers = g_string_new("[");
  for (guint i = 0; i < identities->len; i++)
    onr_stored_append_row(bearers, onr_record_find_entity(record, identities->pdata[i]));
  g_string_append_c(bearers, ']');
  const Gathering g = {record, &link_sql[relation][table], bearers->str, rows};
  return each_name(&g, own_sql, add_own, error) && each_name(&g, others_sql, add_others, error);
}
