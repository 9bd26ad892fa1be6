/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What annotation found in an article, into its rows and out of them again: entities with their mentions,
   quotes, and from whom each is found. */
#include "archive/record_private.h"

#include "archive/stored.h"

/* No mention follows. */
#define END G_MAXUINT

/* The entities of one article while they are stored. An annotator may give one identity twice: the second
 * counts as the first. */
typedef struct {
  const OnrArticle *article;
  const OnrOffsets *offsets;
  OnrNameRows *rows; /* by index into article->entities */
  guint *first;      /* by the same: index of the first entity with the same row */
  guint *heads,
      *nexts; /* the mentions of each first entity, in text order: heads by entity, nexts by mention */
} Entities;

static void entities_clear(Entities *entities) {
  g_free(entities->rows);
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
  if (!onr_names_use(record->names, entity, &e->rows[i], error))
    return FALSE;
  gpointer first;
  if (g_hash_table_lookup_extended(seen, &e->rows[i].entity, NULL, &first)) {
    e->first[i] = GPOINTER_TO_UINT(first);
    return onr_names_unuse(record->names, &e->rows[i], error);
  }
  e->first[i] = i;
  g_hash_table_insert(seen, &e->rows[i].entity, GUINT_TO_POINTER(i));
  return TRUE;
}

static gboolean use_entities(OnrRecord *record, const OnrArticle *article, Entities *out, GError **error) {
  guint n = article->entities->len;
  *out = (Entities){.article = article,
                    .offsets = onr_article_offsets(article),
                    .rows = g_new(OnrNameRows, n),
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

/* The spans of the mentions of entity I into record->spans; each counted under its form. */
static gboolean gather_mentions(OnrRecord *record, const Entities *e, guint i, GError **error) {
  g_array_set_size(record->spans, 0);
  for (guint m = e->heads[i]; m != END; m = e->nexts[m]) {
    OnrSpan span = g_array_index(e->article->mentions, OnrMentionRow, m).span;
    OnrSpan bytes = onr_offsets_span_to_bytes(e->offsets, span);
    if (!onr_names_count(record->names, e->rows[i].entity, e->article->text + bytes.begin,
                         onr_span_length(bytes), +1, error))
      return FALSE;
    g_array_append_val(record->spans, span);
  }
  record->totals[ONR_TOTAL_MENTIONS] += record->spans->len;
  return TRUE;
}

static gboolean insert_entities(OnrRecord *record, const Entities *e, GError **error) {
  if (!e->article->entities->len)
    return TRUE;
  g_string_assign(record->json, "[");
  for (guint i = 0; i < e->article->entities->len; i++) {
    if (e->first[i] != i)
      continue;
    if (!gather_mentions(record, e, i, error))
      return FALSE;
    const OnrNameRows *rows = &e->rows[i];
    onr_stored_append_entity(record->json, rows->entity, rows->alias, rows->role,
                             (const OnrSpan *)record->spans->data, record->spans->len);
    const OnrEntityRow *entity = &g_array_index(e->article->entities, OnrEntityRow, i);
    onr_lookups_add_signed(record->lookups, rows->entity, e->article->row, entity->signature,
                           entity->n_signature);
  }
  g_string_append_c(record->json, ']');
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT INTO article_mentions (article, entities) VALUES (?1, ?2)", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, e->article->row);
  onr_bind_bytes(s, 2, record->json->str, record->json->len);
  return onr_run(s, error);
}

static gboolean insert_topic(OnrRecord *record, const OnrArticle *article, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "INSERT INTO article_topic (article, signature) VALUES (?1, ?2)", error);
  if (!s || !article->n_topic)
    return s != NULL;
  onr_bind_int(s, 1, article->row);
  onr_bind_blob(s, 2, article->topic, article->n_topic);
  return onr_run(s, error);
}

static gboolean insert_bytes(OnrRecord *record, const char *sql, gint64 article, gint64 first_quote,
                             const guint8 *bytes, gsize n, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s || !n)
    return s != NULL;
  onr_bind_int(s, 1, article);
  onr_bind_blob(s, 2, bytes, n);
  if (first_quote)
    onr_bind_int(s, 3, first_quote);
  return onr_run(s, error);
}

static gboolean insert_sketches(OnrRecord *record, const OnrArticle *article, gint64 first_quote,
                                GError **error) {
  return onr_record_mark_groups(record, error) &&
         insert_bytes(record, "INSERT INTO article_sketch (article, sketch) VALUES (?1, ?2)", article->row, 0,
                      article->sketch, article->n_sketch, error) &&
         insert_bytes(record, "INSERT INTO quote_sketch (article, sketches, quote) VALUES (?1, ?2, ?3)",
                      article->row, first_quote, article->quote_sketches, article->n_quote_sketches, error);
}

/* --- quotes --- */

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

static gboolean is_listed(const GArray *rows, gint64 row) {
  for (guint i = 0; i < rows->len; i++)
    if (g_array_index(rows, gint64, i) == row)
      return TRUE;
  return FALSE;
}

/* Each once, into record->speakers. */
static void gather_speakers(OnrRecord *record, const Entities *e, const OnrQuoteRow *quote) {
  g_array_set_size(record->speakers, 0);
  for (guint i = 0; i < quote->speakers->len; i++) {
    gint64 row = e->rows[g_array_index(quote->speakers, guint32, i)].entity;
    if (!is_listed(record->speakers, row))
      g_array_append_val(record->speakers, row);
  }
}

/* Those that the content of QUOTE mentions, each once, into record->rows. */
static void gather_quote_entities(OnrRecord *record, const Entities *e, const OnrQuoteRow *quote) {
  const GArray *mentions = e->article->mentions;
  g_array_set_size(record->rows, 0);
  for (guint c = 0; c < quote->content->len; c++) {
    OnrSpan content = g_array_index(quote->content, OnrSpan, c);
    for (guint m = mention_after(mentions, content.begin); m < mentions->len; m++) {
      const OnrMentionRow *mention = &g_array_index(mentions, OnrMentionRow, m);
      if (!onr_span_overlaps(mention->span, content))
        break;
      gint64 row = e->rows[mention->entity].entity;
      if (!is_listed(record->rows, row))
        g_array_append_val(record->rows, row);
    }
  }
}

static void add_lookups(OnrRecord *record, const Entities *e, gint64 row) {
  for (guint i = 0; i < record->speakers->len; i++)
    onr_lookups_add(record->lookups, ONR_LOOKUP_SPEAKER_QUOTE, g_array_index(record->speakers, gint64, i),
                    row, e->article->row);
  for (guint i = 0; i < record->rows->len; i++)
    onr_lookups_add(record->lookups, ONR_LOOKUP_ENTITY_QUOTE, g_array_index(record->rows, gint64, i), row, 0);
}

static void print_rows(GString *json, const GArray *rows) {
  g_string_append_c(json, '[');
  for (guint i = 0; i < rows->len; i++)
    onr_stored_append_row(json, g_array_index(rows, gint64, i));
  g_string_append_c(json, ']');
}

#define N_LISTS 5

/* Speakers, three lists of spans and the entities stand one after the other in record->json; ENDS gets where
 * each ends. */
static void print_lists(OnrRecord *record, const OnrQuoteRow *quote, gsize ends[N_LISTS]) {
  const GArray *lists[] = {quote->source, quote->cue, quote->content};
  g_string_truncate(record->json, 0);
  print_rows(record->json, record->speakers);
  ends[0] = record->json->len;
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    onr_stored_append_spans(record->json, (const OnrSpan *)lists[i]->data, lists[i]->len);
    ends[1 + i] = record->json->len;
  }
  print_rows(record->json, record->rows);
  ends[N_LISTS - 1] = record->json->len;
}

static gboolean insert_quote(OnrRecord *record, sqlite3_stmt *s, const OnrQuoteRow *quote, GError **error) {
  gsize ends[N_LISTS];
  onr_bind_int(s, 4, quote->kind);
  onr_bind_int(s, 5, quote->act);
  onr_bind_int(s, 6, quote->speaker_type);
  onr_bind_text(s, 7, quote->role);
  onr_bind_int(s, 8, quote->confidence);
  onr_bind_int(s, 9, quote->speaker_confidence);
  print_lists(record, quote, ends);
  for (int i = 0; i < N_LISTS; i++) {
    gsize begin = i ? ends[i - 1] : 0;
    onr_bind_bytes(s, 10 + i, record->json->str + begin, ends[i] - begin);
  }
  return onr_run(s, error);
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

/* clang-format off */
static const char insert_quote_sql[] =
    "INSERT INTO quote (row, article, number, kind, act, speaker_type, role, confidence, "
    "  speaker_confidence, speakers, source_spans, cue_spans, content_spans, entities) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
/* clang-format on */

static gboolean insert_quotes(OnrRecord *record, const Entities *e, gint64 first, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, insert_quote_sql, error);
  if (!s)
    return FALSE;
  const GArray *quotes = e->article->quotes;
  onr_bind_int(s, 2, e->article->row);
  for (guint i = 0; i < quotes->len; i++) {
    const OnrQuoteRow *quote = &g_array_index(quotes, OnrQuoteRow, i);
    onr_bind_int(s, 1, first + i);
    onr_bind_int(s, 3, quote->number);
    gather_speakers(record, e, quote);
    gather_quote_entities(record, e, quote);
    add_lookups(record, e, first + i);
    if (!insert_quote(record, s, quote, error))
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
      !insert_entities(record, &entities, error) || !insert_topic(record, article, error) ||
      !insert_quotes(record, &entities, first, error) || !insert_sketches(record, article, first, error))
    return FALSE;
  if (first_quote)
    *first_quote = first;
  return TRUE;
}

/* --- taking out --- */

static gboolean delete_pair(OnrRecord *record, gint64 entity, gint64 article, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "DELETE FROM entity_article WHERE entity = ?1 AND article = ?2", error);
  g_autoptr(OnrStatement) sense =
      onr_record_statement(record, "DELETE FROM sense WHERE entity = ?1 AND article = ?2", error);
  if (!s || !sense)
    return FALSE;
  onr_bind_int(s, 1, entity);
  onr_bind_int(s, 2, article);
  onr_bind_int(sense, 1, entity);
  onr_bind_int(sense, 2, article);
  return onr_run(s, error) && onr_run(sense, error);
}

/* Takes back what one entity of an article counted. */
static gboolean uncount(OnrRecord *record, const OnrStoredEntity *stored, const OnrArticle *article,
                        GError **error) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  for (guint i = 0; i < stored->spans->len; i++) {
    OnrSpan bytes = onr_offsets_span_to_bytes(offsets, g_array_index(stored->spans, OnrSpan, i));
    if (!onr_names_count(record->names, stored->entity, article->text + bytes.begin, onr_span_length(bytes),
                         -1, error))
      return FALSE;
  }
  record->totals[ONR_TOTAL_MENTIONS] -= stored->spans->len;
  OnrNameRows rows = {stored->entity, stored->alias, stored->role};
  return delete_pair(record, stored->entity, article->row, error) &&
         onr_names_unuse(record->names, &rows, error);
}

static gboolean uncount_entities(OnrRecord *record, const OnrArticle *article, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT entities FROM article_mentions WHERE article = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, article->row);
  OnrStep step = onr_step(s, error);
  if (step != ONR_STEP_ROW)
    return step == ONR_STEP_DONE;
  guint32 n_points = onr_offsets_to_points(onr_article_offsets(article), (guint32)article->text_length);
  const char *at = onr_column_text(s, 0);
  OnrStoredEntity stored = {.spans = record->spans};
  while (onr_stored_next_entity(&at, n_points, &stored))
    if (!uncount(record, &stored, article, error))
      return FALSE;
  if (!*at)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "article '%s': mentions are damaged", article->id);
  return FALSE;
}

/* clang-format off */
static const char *const deletes[] = {
    "DELETE FROM speaker_quote WHERE (speaker, quote) IN "
    "  (SELECT s.value, q.row FROM quote q, json_each(q.speakers) s WHERE q.article = ?1)",
    "DELETE FROM entity_quote WHERE (entity, quote) IN "
    "  (SELECT e.value, q.row FROM quote q, json_each(q.entities) e WHERE q.article = ?1)",
    "DELETE FROM article_mentions WHERE article = ?1",
    "DELETE FROM article_topic WHERE article = ?1",
    "DELETE FROM article_sketch WHERE article = ?1",
    "DELETE FROM quote_sketch WHERE article = ?1",
    "DELETE FROM article_pair WHERE article = ?1",
    "DELETE FROM article_pair WHERE other = ?1",
    "DELETE FROM article_group WHERE article = ?1 OR first = ?1", /* the others are alone until a first is chosen again */
    "DELETE FROM statement WHERE quote IN (SELECT row FROM quote WHERE article = ?1) OR first IN (SELECT row FROM quote WHERE article = ?1)",
    "DELETE FROM quote WHERE article = ?1",
};
/* clang-format on */

gboolean onr_record_delete_annotation(OnrRecord *record, const OnrArticle *article, GError **error) {
  if (!onr_record_mark_groups(record, error) || !onr_lookups_flush(record->lookups, error) ||
      !onr_names_insert_new(record->names, error) || !uncount_entities(record, article, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(deletes); i++) {
    g_autoptr(OnrStatement) s = onr_record_statement(record, deletes[i], error);
    if (!s)
      return FALSE;
    onr_bind_int(s, 1, article->row);
    if (!onr_run(s, error))
      return FALSE;
  }
  record->totals[ONR_TOTAL_QUOTES] -= sqlite3_changes(record->db);
  record->next_quote = 0;
  return TRUE;
}

/* clang-format off */
static const char clear_sql[] =
    "DELETE FROM article_sketch; DELETE FROM quote_sketch; DELETE FROM article_pair; DELETE FROM article_group; DELETE FROM statement;"
    "DELETE FROM speaker_quote; DELETE FROM entity_quote; DELETE FROM entity_article;"
    "DELETE FROM quote; DELETE FROM article_mentions; DELETE FROM article_topic; DELETE FROM sense; DELETE FROM unresolved; DELETE FROM unplaced;"
    "DELETE FROM entity_word; DELETE FROM name_word; DELETE FROM alias; DELETE FROM role; DELETE FROM entity;"
    "DELETE FROM total WHERE name IN ('quotes', 'mentions', 'entities')";
/* clang-format on */

gboolean onr_record_clear_annotations(OnrRecord *record, GError **error) {
  if (!onr_record_needs_transaction(record, error))
    return FALSE;
  onr_lookups_forget(record->lookups);
  onr_names_forget(record->names);
  record->next_quote = 0;
  record->totals[ONR_TOTAL_QUOTES] = record->totals[ONR_TOTAL_MENTIONS] = record->totals[ONR_TOTAL_ENTITIES] =
      0;
  return onr_database_exec(record->db, clear_sql, error);
}
