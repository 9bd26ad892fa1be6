/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts, and whether the record is whole. */
#include "archive/edition.h"
#include "archive/record_private.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_FINDINGS 100 /* of one kind: a damaged file has one cause, not a million */

static const struct {
  const char *name;
  const char *sql; /* counts it anew */
} totals[] = {
    [ONR_TOTAL_ARTICLES] = {"articles", "SELECT count(*) FROM article"},
    [ONR_TOTAL_QUOTES] = {"quotes", "SELECT count(*) FROM quote"},
    [ONR_TOTAL_ENTITIES] = {"entities", "SELECT count(*) FROM entity WHERE identity = row"},
    [ONR_TOTAL_MENTIONS] = {"mentions", "SELECT sum(json_array_length(spans)) FROM article_entities"},
    [ONR_TOTAL_UNDATED] = {"undated", "SELECT count(*) FROM article WHERE day IS NULL"},
    [ONR_TOTAL_WITHOUT_ATTRIBUTION] = {"without_attribution",
                                       "SELECT count(*) FROM article WHERE has_attribution = 0"},
    [ONR_TOTAL_TEXT_BYTES] = {"text_bytes", "SELECT sum(text_bytes) FROM article"},
};
G_STATIC_ASSERT(G_N_ELEMENTS(totals) == ONR_N_TOTALS);

const char *onr_total_name(OnrTotal total) {
  return totals[total].name;
}

gboolean onr_record_read_total(OnrRecord *record, OnrTotal total, gint64 *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT n FROM total WHERE name = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, totals[total].name);
  return onr_step_int(s, 0, out, error);
}

/* --- counts --- */

static gboolean query_int(OnrRecord *record, const char *sql, gint64 default_value, gint64 *out,
                          GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  return s && onr_step_int(s, default_value, out, error);
}

static guint64 file_size(const char *file, const char *ending) {
  g_autofree char *path = g_strconcat(file, ending, NULL);
  GStatBuf info;
  return g_stat(path, &info) ? 0 : (guint64)info.st_size;
}

static gboolean count_days(OnrRecord *record, OnrCounts *out, GError **error) {
  gint64 first, last;
  if (!query_int(record, "SELECT day FROM article WHERE day IS NOT NULL ORDER BY day LIMIT 1", ONR_NO_DAY,
                 &first, error) ||
      !query_int(record, "SELECT day FROM article WHERE day IS NOT NULL ORDER BY day DESC LIMIT 1",
                 ONR_NO_DAY, &last, error))
    return FALSE;
  out->first_day = (gint32)first;
  out->last_day = (gint32)last;
  return TRUE;
}

/* clang-format off */
static const char sources_sql[] =
    "SELECT total(member = ''), total(status = 1), total(status = 2), total(status = 3), "
    "  (SELECT count(DISTINCT article_id) FROM source k WHERE status = 5 "
    "   AND NOT EXISTS (SELECT 1 FROM article a WHERE a.id = k.article_id)), "
    "  (SELECT count(DISTINCT article) FROM article_note WHERE name = 'notice' AND value = 'correction') "
    "FROM source";
/* clang-format on */

static gboolean count_sources(OnrRecord *record, OnrCounts *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sources_sql, error);
  if (!s || onr_step(s, error) != ONR_STEP_ROW)
    return FALSE;
  guint64 *const counts[] = {&out->n_sources,  &out->n_skipped, &out->n_duplicates,
                             &out->n_replaced, &out->n_killed,  &out->n_corrected};
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
    *counts[i] = (guint64)onr_column_int(s, (int)i);
  return TRUE;
}

/* Embargoes are few values, and those of the past are not looked at: texts of dates sort by day. */
static gboolean count_embargoed(OnrRecord *record, OnrCounts *out, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "SELECT value, count(*) FROM article_note WHERE name = 'embargo' AND value >= "
                           "date('now', '-2 days') GROUP BY value",
                           error);
  if (!s)
    return FALSE;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (onr_moment_read(onr_column_text(s, 0)).us > g_get_real_time())
      out->n_embargoed += (guint64)onr_column_int(s, 1);
  return step == ONR_STEP_DONE;
}

/* clang-format off */
static const char formats_sql[] =
    "SELECT format, total(member = ''), total(n_articles) + total(status <> 0), total(n_articles), total(status = 1) "
    "FROM source GROUP BY format ORDER BY format IS NULL, format";
/* clang-format on */

gboolean onr_record_each_format(OnrRecord *record, OnrFormatFunc each, gpointer data, GError **error) {
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(record->db, formats_sql, error);
  if (!s)
    return FALSE;
  OnrStep step;
  gboolean goes_on = TRUE;
  while (goes_on && (step = onr_step(s, error)) == ONR_STEP_ROW) {
    const OnrFormatCounts counts = {.format = onr_column_text(s, 0),
                                    .n_files = (guint64)onr_column_int(s, 1),
                                    .n_items = (guint64)onr_column_int(s, 2),
                                    .n_articles = (guint64)onr_column_int(s, 3),
                                    .n_skipped = (guint64)onr_column_int(s, 4)};
    goes_on = each(&counts, data);
  }
  return !goes_on || step == ONR_STEP_DONE;
}

gboolean onr_record_count_items(OnrRecord *record, guint64 *n_articles, guint64 *n_quotes, GError **error) {
  gint64 articles, quotes;
  if (!onr_record_read_total(record, ONR_TOTAL_ARTICLES, &articles, error) ||
      !onr_record_read_total(record, ONR_TOTAL_QUOTES, &quotes, error))
    return FALSE;
  *n_articles = (guint64)articles;
  *n_quotes = (guint64)quotes;
  return TRUE;
}

gboolean onr_record_count(OnrRecord *record, OnrCounts *out, GError **error) {
  gint64 n[ONR_N_TOTALS];
  OnrCounts counts = {.file_bytes = file_size(record->file, "") + file_size(record->file, "-wal")};
  for (int i = 0; i < ONR_N_TOTALS; i++)
    if (!onr_record_read_total(record, (OnrTotal)i, &n[i], error))
      return FALSE;
  if (!count_days(record, &counts, error) || !count_sources(record, &counts, error) ||
      !count_embargoed(record, &counts, error))
    return FALSE;
  counts.n_articles = (guint64)n[ONR_TOTAL_ARTICLES];
  counts.n_quotes = (guint64)n[ONR_TOTAL_QUOTES];
  counts.n_entities = (guint64)n[ONR_TOTAL_ENTITIES];
  counts.n_mentions = (guint64)n[ONR_TOTAL_MENTIONS];
  counts.n_undated = (guint64)n[ONR_TOTAL_UNDATED];
  counts.n_without_attribution = (guint64)n[ONR_TOTAL_WITHOUT_ATTRIBUTION];
  counts.text_bytes = (guint64)n[ONR_TOTAL_TEXT_BYTES];
  *out = counts;
  return TRUE;
}

/* --- check --- */

static void add_finding(GPtrArray *findings, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void add_finding(GPtrArray *findings, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_ptr_array_add(findings, g_strdup_vprintf(format, arguments));
  va_end(arguments);
}

/* Damage is what a check looks for: it is a finding, and what comes after is looked at as far as that goes.
 */
static gboolean find_damage(GError *damage, GPtrArray *findings, GError **error) {
  if (!g_error_matches(damage, ONR_ERROR, ONR_ERROR_CORRUPT)) {
    g_propagate_error(error, damage);
    return FALSE;
  }
  add_finding(findings, "%s", damage->message);
  g_error_free(damage);
  return TRUE;
}

/* Each row of SQL is a finding, its one column put into FORMAT in place of "%s". */
static gboolean check_sql(OnrRecord *record, const char *sql, const char *what, GPtrArray *findings,
                          GError **error) {
  GError *damage = NULL;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(record->db, sql, &damage);
  OnrStep step = s ? ONR_STEP_ROW : ONR_STEP_ERROR;
  for (guint n = 0; s && n < MAX_FINDINGS && (step = onr_step(s, &damage)) == ONR_STEP_ROW; n++)
    if (g_strcmp0(onr_column_text(s, 0), "ok"))
      add_finding(findings, "%s%s", what, onr_column_text(s, 0));
  return step != ONR_STEP_ERROR || find_damage(damage, findings, error);
}

/* Pairs that stand in one of two SELECTs only: "5: 17". */
#define DIFFERENCE(a, b)                                                                                     \
  "SELECT x || ': ' || y FROM (SELECT * FROM (" a " EXCEPT " b ") UNION ALL SELECT * FROM (" b " EXCEPT " a  \
  "))"

/* Between an article's removal and the end of a run groups may lack members. */
#define NOT_DUE "coalesce((SELECT value FROM setting WHERE name = 'groups_due'), '0') = '0'"
#define BAD_GROUP(table, member)                                                                             \
  "(NOT EXISTS (SELECT 1 FROM " table " f WHERE f." member " = g.first AND f.first = g.first) "              \
  "OR NOT EXISTS (SELECT 1 FROM " table " o WHERE o.first = g.first AND o." member " <> g." member "))"

/* clang-format off */
static const struct {
  const char *what, *sql;
} checks[] = {
    {"record: ", "PRAGMA integrity_check(" G_STRINGIFY(MAX_FINDINGS) ")"},
    {"record: ",
     "SELECT \"table\" || ' row ' || coalesce(rowid, '') || ' refers to a missing ' || parent "
     "FROM pragma_foreign_key_check"},
    {"record: quotes are not numbered in the order of their rows, in a row, in article ",
     "SELECT a.id FROM (SELECT article, row, number <= lag(number, 1, 0) OVER (PARTITION BY article ORDER BY row) AS is_bad FROM quote) q "
     "JOIN article a ON a.row = q.article GROUP BY q.article HAVING max(q.is_bad) OR max(q.row) - min(q.row) + 1 <> count(*)"},
    {"record: no text for article ",
     "SELECT id FROM article WHERE NOT EXISTS (SELECT 1 FROM article_text t WHERE t.article = article.row)"},
    {"record: length of text is wrong for article ",
     "SELECT a.id FROM article a JOIN article_text t ON t.article = a.row "
     "WHERE a.text_bytes <> length(CAST(t.text AS BLOB))"},
    {"record: an item that was left out has no id, or another row has one: ",
     "SELECT path || ':' || member FROM source WHERE (status >= 2) <> (article_id IS NOT NULL)"},
    {"record: killed, but by nothing: ",
     "SELECT path || ':' || member FROM source s WHERE status = 4 "
     "AND NOT EXISTS (SELECT 1 FROM source k WHERE k.article_id = s.article_id AND k.status = 5) "
     "AND NOT EXISTS (SELECT 1 FROM source f WHERE f.path = s.path AND f.member = '' AND f.size_bytes = -1)"},
    {"record: articles that give it in full are miscounted for alias ",
     DIFFERENCE("SELECT row AS x, n_full AS y FROM alias WHERE n_full <> 0",
                "SELECT e.value->>1 AS x, count(*) AS y FROM article_mentions m, json_each(m.entities) e GROUP BY 1")},
    {"record: articles are miscounted for role ",
     DIFFERENCE("SELECT row AS x, n AS y FROM role",
                "SELECT e.value->>2 AS x, count(*) AS y FROM article_mentions m, json_each(m.entities) e "
                "WHERE e.value->>2 <> 0 GROUP BY 1")},
    {"record: no article names entity ",
     "SELECT id FROM entity WHERE block IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entity_article m WHERE m.entity = entity.row)"},
    {"record: no name is ",
     "SELECT id FROM entity WHERE block IS NULL AND part_of IS NULL "
     "AND NOT EXISTS (SELECT 1 FROM entity n WHERE n.identity = entity.row AND n.row <> entity.row) "
     "AND NOT EXISTS (SELECT 1 FROM sense s WHERE s.identity = entity.row)"},
    {"record: no article has part ",
     "SELECT id FROM entity WHERE part_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sense s WHERE s.identity = entity.row)"},
    {"record: a variant is in another block than the name that it is a variant of: ",
     "SELECT e.id FROM entity e JOIN entity v ON v.row = e.variant_of WHERE e.block <> v.block"},
    {"record: a name stands for another, but not for itself: ",
     "SELECT e.id FROM entity e JOIN entity i ON i.row = e.identity WHERE i.identity <> i.row "
     "UNION SELECT e.id FROM sense s JOIN entity e ON e.row = s.entity JOIN entity i ON i.row = s.identity WHERE i.identity <> i.row"},
    {"record: a sense of no mention, entity and article ",
     "SELECT entity || ': ' || article FROM sense s WHERE NOT EXISTS "
     "(SELECT 1 FROM entity_article m WHERE m.entity = s.entity AND m.article = s.article)"},
    {"record: no alias for entity ",
     "SELECT id FROM entity WHERE block IS NOT NULL AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.entity = entity.row)"},
    {"record: speaker_quote and quotes differ at ",
     DIFFERENCE("SELECT s.value AS x, q.row AS y FROM quote q, json_each(q.speakers) s",
                "SELECT speaker AS x, quote AS y FROM speaker_quote")},
    {"record: entity_quote and quotes differ at ",
     DIFFERENCE("SELECT e.value AS x, q.row AS y FROM quote q, json_each(q.entities) e",
                "SELECT entity AS x, quote AS y FROM entity_quote")},
    {"record: entity_article and mentions differ at ",
     DIFFERENCE("SELECT e.value->>0 AS x, m.article AS y FROM article_mentions m, json_each(m.entities) e",
                "SELECT entity AS x, article AS y FROM entity_article")},
    {"record: sketches are not those of an article's quotes in row ",
     "SELECT k.quote FROM quote_sketch k WHERE k.quote <> (SELECT min(row) FROM quote q WHERE q.article = k.article)"},
    {"record: a pair of articles is there twice, or of one: ",
     "SELECT article || ', ' || other FROM article_pair WHERE article >= other"},
    {"record: the group has no first publication, or no other, of article ",
     "SELECT a.id FROM article_group g JOIN article a ON a.row = g.article WHERE " NOT_DUE " AND " BAD_GROUP("article_group", "article")},
    {"record: the statement has no first publication, or no other, of quote ",
     "SELECT g.quote FROM statement g WHERE " NOT_DUE " AND " BAD_GROUP("statement", "quote")},
};
/* clang-format on */

static gboolean check_total(OnrRecord *record, OnrTotal total, GPtrArray *findings, GError **error) {
  GError *damage = NULL;
  gint64 kept = 0, counted = 0;
  if (!onr_record_read_total(record, total, &kept, &damage) ||
      !query_int(record, totals[total].sql, 0, &counted, &damage))
    return find_damage(damage, findings, error);
  if (kept != counted)
    add_finding(findings, "record: total of %s is %" G_GINT64_FORMAT ", there are %" G_GINT64_FORMAT,
                totals[total].name, kept, counted);
  return TRUE;
}

typedef struct {
  OnrEdition held;
  gboolean is_killed;
} KillCheck;

static gboolean check_kill(const OnrSource *kill, gpointer data) {
  KillCheck *check = data;
  OnrEdition edition;
  onr_source_read_edition(kill, &edition);
  check->is_killed = check->is_killed || onr_edition_kills(&edition, &check->held);
  return !check->is_killed;
}

/* No article is stored that a kill takes out. */
static gboolean check_kills(OnrRecord *record, GPtrArray *findings, GError **error) {
  GError *damage = NULL;
  g_autoptr(OnrOwnStatement) s =
      onr_database_prepare(record->db,
                           "SELECT DISTINCT k.article_id FROM source k JOIN article a ON a.id = k.article_id "
                           "WHERE k.status = 5 ORDER BY 1",
                           &damage);
  OnrStep step = s ? ONR_STEP_ROW : ONR_STEP_ERROR;
  for (guint n = 0; s && n < MAX_FINDINGS && (step = onr_step(s, &damage)) == ONR_STEP_ROW; n++) {
    g_auto(OnrSource) holder = {0};
    KillCheck check = {0};
    const char *id = onr_column_text(s, 0);
    if (!onr_record_find_holder(record, id, &holder, &damage))
      return find_damage(damage, findings, error);
    onr_source_read_edition(&holder, &check.held);
    if (!onr_record_each_kill(record, id, check_kill, &check, &damage))
      return find_damage(damage, findings, error);
    if (check.is_killed)
      add_finding(findings, "record: killed and yet stored: article %s", id);
  }
  return step != ONR_STEP_ERROR || find_damage(damage, findings, error);
}

/* Loading looks at everything: text that is UTF-8, offsets inside it, entities that are there. */
static gboolean check_articles(OnrRecord *record, GPtrArray *findings, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrArticle) article = onr_article_new();
  GError *damage = NULL;
  if (!onr_record_article_rows(record, NULL, rows, &damage) && !find_damage(damage, findings, error))
    return FALSE;
  for (guint i = 0, n = 0; i < rows->len && n < MAX_FINDINGS; i++) {
    damage = NULL;
    if (onr_record_load_article(record, g_array_index(rows, gint64, i), TRUE, article, &damage))
      continue;
    n++;
    if (!find_damage(damage, findings, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_record_check(OnrRecord *record, GPtrArray *findings, GError **error) {
  for (guint i = 0; i < G_N_ELEMENTS(checks); i++)
    if (!check_sql(record, checks[i].sql, checks[i].what, findings, error))
      return FALSE;
  for (int i = 0; i < ONR_N_TOTALS; i++)
    if (!check_total(record, (OnrTotal)i, findings, error))
      return FALSE;
  return check_kills(record, findings, error) && check_articles(record, findings, error);
}
