/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What annotation found in an article, into its rows: entities with their mentions, quotes, and which quotes
 * mention whom. */
#include "archive/record_private.h"

#include "archive/spans.h"

#include <string.h>

/* No mention follows. */
#define END G_MAXUINT

/* The entities of one article while they are stored. An annotator may give one identity twice: the second
 * counts as the first. */
typedef struct {
  const OnrArticle *article;
  const OnrOffsets *offsets;
  gint64 *rows, *aliases; /* by index into article->entities */
  guint *first;           /* by the same: index of the first entity with the same row */
  guint *heads,
      *nexts; /* the mentions of each first entity, in text order: heads by entity, nexts by mention */
} Entities;

static void entities_clear(Entities *entities) {
  g_free(entities->rows);
  g_free(entities->aliases);
  g_free(entities->first);
  g_free(entities->heads);
  g_free(entities->nexts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Entities, entities_clear)

static void chain_mentions(Entities *e) {
  const GArray *mentions = e->article->mentions;
  for (guint i = 0; i < e->article->entities->len; i++)
    e->heads[i] = END;
  for (guint m = mentions->len; m-- > 0;) {
    guint entity = e->first[g_array_index(mentions, OnrMentionRow, m).entity];
    e->nexts[m] = e->heads[entity];
    e->heads[entity] = m;
  }
}

static gboolean use_entity(OnrRecord *record, Entities *e, guint i, GHashTable *seen, GError **error) {
  const OnrEntityRow *entity = &g_array_index(e->article->entities, OnrEntityRow, i);
  if (!onr_names_use(record->names, entity, &e->rows[i], &e->aliases[i], error))
    return FALSE;
  gpointer first;
  if (g_hash_table_lookup_extended(seen, &e->rows[i], NULL, &first)) {
    e->first[i] = GPOINTER_TO_UINT(first);
    return onr_names_unuse(record->names, e->rows[i], e->aliases[i], error);
  }
  e->first[i] = i;
  g_hash_table_insert(seen, &e->rows[i], GUINT_TO_POINTER(i));
  return TRUE;
}

static gboolean use_entities(OnrRecord *record, const OnrArticle *article, Entities *out, GError **error) {
  guint n = article->entities->len;
  *out = (Entities){.article = article,
                    .offsets = onr_article_offsets(article),
                    .rows = g_new(gint64, n),
                    .aliases = g_new(gint64, n),
                    .first = g_new(guint, n),
                    .heads = g_new(guint, n),
                    .nexts = g_new(guint, article->mentions->len)};
  g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n; i++)
    if (!use_entity(record, out, i, seen, error))
      return FALSE;
  chain_mentions(out);
  return TRUE;
}

/* The bytes of SPAN of the article's text. */
static const char *cut(const Entities *e, OnrSpan span, gsize *length) {
  OnrSpan bytes = onr_offsets_span_to_bytes(e->offsets, span);
  *length = onr_span_length(bytes);
  return e->article->text + bytes.begin;
}

/* The spans of the mentions of entity I into record->spans; each counted under its form. */
static gboolean gather_mentions(OnrRecord *record, const Entities *e, guint i, GError **error) {
  g_array_set_size(record->spans, 0);
  for (guint m = e->heads[i]; m != END; m = e->nexts[m]) {
    OnrSpan span = g_array_index(e->article->mentions, OnrMentionRow, m).span;
    gsize length;
    const char *form = cut(e, span, &length);
    if (!onr_names_count(record->names, e->rows[i], form, length, +1, error))
      return FALSE;
    g_array_append_val(record->spans, span);
  }
  record->totals[ONR_TOTAL_MENTIONS] += record->spans->len;
  return TRUE;
}

static void bind_spans(OnrRecord *record, sqlite3_stmt *s, int parameter, const GArray *spans) {
  onr_spans_print((const OnrSpan *)spans->data, spans->len, record->json);
  sqlite3_bind_text64(s, parameter, record->json->str, record->json->len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static gboolean insert_entities(OnrRecord *record, const Entities *e, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record,
                                                   "INSERT INTO article_entity (article, number, entity, "
                                                   "alias, role, spans) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                                   error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, e->article->row);
  for (guint i = 0; i < e->article->entities->len; i++) {
    if (e->first[i] != i)
      continue;
    if (!gather_mentions(record, e, i, error))
      return FALSE;
    onr_bind_int(s, 2, i);
    onr_bind_int(s, 3, e->rows[i]);
    onr_bind_int(s, 4, e->aliases[i]);
    onr_bind_text(s, 5, g_array_index(e->article->entities, OnrEntityRow, i).role);
    bind_spans(record, s, 6, record->spans);
    if (!onr_run(s, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean insert_quote(OnrRecord *record, sqlite3_stmt *s, const Entities *e, const OnrQuoteRow *quote,
                             GError **error) {
  onr_bind_int(s, 4, quote->kind);
  onr_bind_int(s, 5, quote->act);
  if (quote->speaker == ONR_NO_INDEX)
    onr_bind_null(s, 6);
  else
    onr_bind_int(s, 6, e->rows[quote->speaker]);
  onr_bind_int(s, 7, quote->speaker_type);
  onr_bind_text(s, 8, quote->role);
  onr_bind_int(s, 9, quote->confidence);
  bind_spans(record, s, 10, quote->source);
  bind_spans(record, s, 11, quote->cue);
  bind_spans(record, s, 12, quote->content);
  return onr_run(s, error);
}

/* The first mention that ends after POINT. */
static guint mention_after(const GArray *mentions, guint32 point) {
  guint low = 0, high = mentions->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index(mentions, OnrMentionRow, middle).span.end <= point)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean insert_quote_entities(OnrRecord *record, const Entities *e, const OnrQuoteRow *quote,
                                      gint64 row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "INSERT OR IGNORE INTO quote_entity (quote, entity) VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  const GArray *mentions = e->article->mentions;
  for (guint c = 0; c < quote->content->len; c++) {
    OnrSpan content = g_array_index(quote->content, OnrSpan, c);
    for (guint m = mention_after(mentions, content.begin); m < mentions->len; m++) {
      const OnrMentionRow *mention = &g_array_index(mentions, OnrMentionRow, m);
      if (!onr_span_overlaps(mention->span, content))
        break;
      onr_bind_int(s, 2, e->rows[mention->entity]);
      if (!onr_run(s, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* Rows of quotes rise without a gap, so those of one article are consecutive. */
static gboolean next_quote_row(OnrRecord *record, gint64 *out, GError **error) {
  if (!record->next_quote) {
    g_autoptr(OnrStatement) s = onr_record_statement(record, "SELECT max(row) FROM quote", error);
    gint64 last;
    if (!s || !onr_step_int(s, 0, &last, error))
      return FALSE;
    record->next_quote = last + 1;
  }
  *out = record->next_quote;
  return TRUE;
}

static gboolean insert_quotes(OnrRecord *record, const Entities *e, gint64 first, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record,
      "INSERT INTO quote (row, article, number, kind, act, speaker, speaker_type, role, confidence, "
      "source_spans, "
      "cue_spans, content_spans) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      error);
  if (!s)
    return FALSE;
  const GArray *quotes = e->article->quotes;
  onr_bind_int(s, 2, e->article->row);
  for (guint i = 0; i < quotes->len; i++) {
    const OnrQuoteRow *quote = &g_array_index(quotes, OnrQuoteRow, i);
    onr_bind_int(s, 1, first + i);
    onr_bind_int(s, 3, i + 1);
    if (!insert_quote(record, s, e, quote, error) ||
        !insert_quote_entities(record, e, quote, first + i, error))
      return FALSE;
  }
  record->next_quote = first + quotes->len;
  record->totals[ONR_TOTAL_QUOTES] += quotes->len;
  return TRUE;
}

gboolean onr_record_insert_annotation(OnrRecord *record, const OnrArticle *article, gint64 *first_quote,
                                      GError **error) {
  g_auto(Entities) entities = {0};
  gint64 first;
  if (!use_entities(record, article, &entities, error) || !next_quote_row(record, &first, error) ||
      !insert_entities(record, &entities, error) || !insert_quotes(record, &entities, first, error))
    return FALSE;
  if (first_quote)
    *first_quote = first;
  return TRUE;
}

/* --- taking out --- */

/* Takes back what one entity of an article counted. */
static gboolean uncount(OnrRecord *record, sqlite3_stmt *row, const OnrArticle *article, GError **error) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  gint64 entity = onr_column_int(row, 0);
  g_array_set_size(record->spans, 0);
  guint32 n_points = onr_offsets_to_points(offsets, (guint32)article->text_length);
  if (!onr_spans_parse(onr_column_text(row, 2), n_points, record->spans)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "article '%s': offsets of mentions are damaged",
                article->id);
    return FALSE;
  }
  for (guint i = 0; i < record->spans->len; i++) {
    OnrSpan bytes = onr_offsets_span_to_bytes(offsets, g_array_index(record->spans, OnrSpan, i));
    if (!onr_names_count(record->names, entity, article->text + bytes.begin, onr_span_length(bytes), -1,
                         error))
      return FALSE;
  }
  record->totals[ONR_TOTAL_MENTIONS] -= record->spans->len;
  return onr_names_unuse(record->names, entity, onr_column_int(row, 1), error);
}

static gboolean uncount_entities(OnrRecord *record, const OnrArticle *article, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT entity, alias, spans FROM article_entity WHERE article = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article->row);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (!uncount(record, s, article, error))
      return FALSE;
  return step == ONR_STEP_DONE;
}

static gboolean run_for(OnrRecord *record, const char *sql, gint64 row, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  return onr_run(s, error);
}

static const char delete_quote_entities[] =
    "DELETE FROM quote_entity WHERE quote IN (SELECT row FROM quote WHERE article = ?1)";

gboolean onr_record_delete_annotation(OnrRecord *record, const OnrArticle *article, GError **error) {
  if (!uncount_entities(record, article, error) ||
      !run_for(record, delete_quote_entities, article->row, error) ||
      !run_for(record, "DELETE FROM article_entity WHERE article = ?1", article->row, error) ||
      !run_for(record, "DELETE FROM quote WHERE article = ?1", article->row, error))
    return FALSE;
  record->totals[ONR_TOTAL_QUOTES] -= sqlite3_changes(record->db);
  record->next_quote = 0;
  return TRUE;
}

gboolean onr_record_clear_annotations(OnrRecord *record, GError **error) {
  if (!onr_record_needs_transaction(record, error) || !onr_names_flush(record->names, error))
    return FALSE;
  onr_names_forget(record->names);
  record->next_quote = 0;
  record->totals[ONR_TOTAL_QUOTES] = record->totals[ONR_TOTAL_MENTIONS] = record->totals[ONR_TOTAL_ENTITIES] =
      0;
  return onr_database_exec(
      record->db,
      "DELETE FROM quote_entity; DELETE FROM quote; DELETE FROM article_entity;"
      "DELETE FROM entity_word; DELETE FROM name_word; DELETE FROM alias; DELETE FROM entity;"
      "DELETE FROM total WHERE name IN ('quotes', 'mentions', 'entities')",
      error);
}
