/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading an article back. What is read is checked as bad input is: a damaged record ends in CORRUPT, never
 * in offsets outside a text. */
#include "archive/record_private.h"

#include "archive/stored.h"
#include "text/utf8.h"

#include <string.h>

static gboolean fail_damaged(const OnrArticle *article, const char *what, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "article '%s': %s damaged", article->id, what);
  return FALSE;
}

/* The string of a column in the article's own chunk; NULL where it is NULL or no UTF-8. */
static const char *take_text(sqlite3_stmt *s, int column, OnrArticle *out, gsize *n_bytes) {
  const char *text = onr_column_text(s, column);
  gsize length = (gsize)sqlite3_column_bytes(s, column);
  if (!text || onr_utf8_valid_prefix(text, length) != length)
    return NULL;
  if (n_bytes)
    *n_bytes = length;
  return g_string_chunk_insert_len(out->strings, text, (gssize)length);
}

static const char *take_required(sqlite3_stmt *s, int column, OnrArticle *out) {
  const char *text = take_text(s, column, out, NULL);
  return text ? text : "";
}

static void read_header(sqlite3_stmt *s, gint64 row, OnrArticle *out) {
  out->row = row;
  out->id = take_required(s, 0, out);
  out->path = take_required(s, 1, out);
  out->member = take_required(s, 2, out);
  out->title = take_text(s, 3, out, NULL);
  out->byline = take_text(s, 4, out, NULL);
  out->dateline = take_text(s, 5, out, NULL);
  out->published = take_text(s, 6, out, NULL);
  out->day = onr_column_day(s, 7);
  out->publisher = take_text(s, 8, out, NULL);
  out->section = take_text(s, 9, out, NULL);
  out->language = take_text(s, 10, out, NULL);
  out->url = take_text(s, 11, out, NULL);
  out->has_attribution = onr_column_int(s, 12) != 0;
}

/* clang-format off */
static const char header_sql[] =
    "SELECT a.id, s.path, a.member, a.title, a.byline, a.dateline, a.published, a.day, a.publisher, a.section, "
    "  a.language, a.url, a.has_attribution "
    "FROM article a LEFT JOIN source s ON s.row = a.source WHERE a.row = ?1";
/* clang-format on */

static gboolean load_header(OnrRecord *record, gint64 row, OnrArticle *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, header_sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_DONE)
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no article in row %" G_GINT64_FORMAT, row);
  if (step != ONR_STEP_ROW)
    return FALSE;
  read_header(s, row, out);
  return sqlite3_column_type(s, 1) != SQLITE_NULL || fail_damaged(out, "source is", error);
}

static gboolean load_text(OnrRecord *record, OnrArticle *out, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT text FROM article_text WHERE article = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, out->row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  gsize length = 0;
  const char *text = step == ONR_STEP_ROW ? take_text(s, 0, out, &length) : NULL;
  if (!text || memchr(text, 0, length))
    return fail_damaged(out, "text is", error);
  out->text = text;
  out->text_length = length;
  return TRUE;
}

static gboolean load_notes(OnrRecord *record, OnrArticle *out, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(
      record, "SELECT name, value FROM article_note WHERE article = ?1 ORDER BY number", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, out->row);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    const char *name = take_text(s, 0, out, NULL), *value = take_text(s, 1, out, NULL);
    if (!name || !value)
      return fail_damaged(out, "a note is", error);
    onr_article_add_note(out, name, value);
  }
  return step == ONR_STEP_DONE;
}

static int by_begin(gconstpointer a, gconstpointer b) {
  const OnrMentionRow *x = a, *y = b;
  return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* Id, name and type of an entity and its role, into the next of OUT->entities. */
static gboolean append_entity(OnrRecord *record, const OnrStoredEntity *stored, OnrArticle *out,
                              GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "SELECT e.id, e.name, e.type, (SELECT name FROM role WHERE row = ?2), i.id, "
                           "i.name FROM entity e LEFT JOIN sense s "
                           "ON s.entity = e.row AND s.article = ?3 LEFT JOIN entity i ON i.row = "
                           "coalesce(s.identity, e.identity) WHERE e.row = ?1",
                           error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, stored->entity);
  onr_bind_int(s, 2, stored->role);
  onr_bind_int(s, 3, out->row);
  OnrStep step = onr_step(s, error);
  if (step == ONR_STEP_ERROR)
    return FALSE;
  OnrEntityType type = (OnrEntityType)onr_column_int(s, 2);
  if (step == ONR_STEP_DONE || (guint)type >= ONR_N_ENTITY_TYPES)
    return fail_damaged(out, "entities are", error);
  OnrEntityRow entity = {.id = take_required(s, 0, out),
                         .name = take_required(s, 1, out),
                         .type = type,
                         .role = take_text(s, 3, out, NULL),
                         .identity_id = take_text(s, 4, out, NULL),
                         .identity_name = take_text(s, 5, out, NULL)};
  if (!entity.identity_id)
    return fail_damaged(out, "identities are", error);
  g_array_append_val(out->entities, entity);
  return TRUE;
}

static void append_mentions(const OnrStoredEntity *stored, OnrArticle *out) {
  for (guint i = 0; i < stored->spans->len; i++) {
    OnrMentionRow mention = {.span = g_array_index(stored->spans, OnrSpan, i),
                             .entity = out->entities->len - 1};
    g_array_append_val(out->mentions, mention);
  }
}

/* INDEX gets row of entity → index into OUT->entities. */
static gboolean read_entities(OnrRecord *record, const char *json, guint32 n_points, OnrArticle *out,
                              GHashTable *index, GError **error) {
  OnrStoredEntity stored = {.spans = record->spans};
  const char *at = json;
  while (onr_stored_next_entity(&at, n_points, &stored)) {
    if (!append_entity(record, &stored, out, error))
      return FALSE;
    g_hash_table_insert(index, g_memdup2(&stored.entity, sizeof stored.entity),
                        GUINT_TO_POINTER(out->entities->len - 1));
    append_mentions(&stored, out);
  }
  g_array_sort(out->mentions, by_begin);
  return !*at || fail_damaged(out, "mentions are", error);
}

static gboolean load_entities(OnrRecord *record, guint32 n_points, OnrArticle *out, GHashTable *index,
                              GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record, "SELECT entities FROM article_mentions WHERE article = ?1", error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, out->row);
  OnrStep step = onr_step(s, error);
  return step == ONR_STEP_ROW ? read_entities(record, onr_column_text(s, 0), n_points, out, index, error)
                              : step == ONR_STEP_DONE;
}

static gboolean is_in_vocabulary(const OnrQuoteRow *quote) {
  return (guint)quote->kind < ONR_N_QUOTE_KINDS && (guint)quote->act < ONR_N_ACTS &&
         (guint)quote->speaker_type < ONR_N_SPEAKER_TYPES && quote->confidence <= 100 &&
         quote->speaker_confidence <= 100;
}

/* Rows of entities into indices of the article's. */
static gboolean read_speakers(OnrRecord *record, const char *json, GHashTable *index, GArray *speakers) {
  g_array_set_size(record->speakers, 0);
  if (!onr_stored_read_rows(json, record->speakers))
    return FALSE;
  for (guint i = 0; i < record->speakers->len; i++) {
    gpointer number;
    if (!g_hash_table_lookup_extended(index, &g_array_index(record->speakers, gint64, i), NULL, &number))
      return FALSE;
    guint32 entity = GPOINTER_TO_UINT(number);
    g_array_append_val(speakers, entity);
  }
  return TRUE;
}

static gboolean read_quote(OnrRecord *record, sqlite3_stmt *s, guint32 n_points, OnrArticle *out,
                           GHashTable *index) {
  OnrQuoteRow *quote = onr_article_add_quote(out);
  quote->number = (guint)onr_column_int(s, 10);
  quote->kind = (OnrQuoteKind)onr_column_int(s, 0);
  quote->act = (OnrAct)onr_column_int(s, 1);
  quote->speaker_type = (OnrSpeakerType)onr_column_int(s, 3);
  quote->role = take_text(s, 4, out, NULL);
  quote->confidence = (guint8)onr_column_int(s, 5);
  quote->speaker_confidence = (guint8)onr_column_int(s, 9);
  return is_in_vocabulary(quote) && read_speakers(record, onr_column_text(s, 2), index, quote->speakers) &&
         onr_stored_read_spans(onr_column_text(s, 6), n_points, quote->source) &&
         onr_stored_read_spans(onr_column_text(s, 7), n_points, quote->cue) &&
         onr_stored_read_spans(onr_column_text(s, 8), n_points, quote->content) && quote->content->len > 0;
}

static gboolean load_quotes(OnrRecord *record, guint32 n_points, OnrArticle *out, GHashTable *index,
                            GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(record,
                           "SELECT kind, act, speakers, speaker_type, role, confidence, source_spans, "
                           "cue_spans, content_spans, speaker_confidence, number FROM quote "
                           "WHERE article = ?1 ORDER BY number",
                           error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, out->row);
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW)
    if (!read_quote(record, s, n_points, out, index))
      return fail_damaged(out, "quotes are", error);
  return step == ONR_STEP_DONE;
}

gboolean onr_record_load_article(OnrRecord *record, gint64 row, gboolean with_text, OnrArticle *out,
                                 GError **error) {
  onr_article_reset(out);
  if (!load_header(record, row, out, error))
    return FALSE;
  if (!with_text)
    return TRUE;
  if (!load_text(record, out, error) || !load_notes(record, out, error) || !onr_names_insert_new(record->names, error))
    return FALSE;
  g_autoptr(GHashTable) index = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  guint32 n_points = onr_offsets_to_points(onr_article_offsets(out), (guint32)out->text_length);
  return load_entities(record, n_points, out, index, error) &&
         load_quotes(record, n_points, out, index, error);
}
