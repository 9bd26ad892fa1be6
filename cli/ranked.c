/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ranked.h"

#include "cli/batch.h"
#include "cli/text_parts.h"

#define LIMIT_TREC 1000 /* hits a query in a run file: what trec_eval looks at by custom */
/* So many rows of shards are loaded before the first is written: one that goes meanwhile costs another try
   without it, or leaves nothing written. */
#define LOADED_MOST 1000
#define TRIES_MOST 100

/* --- the query of a command line --- */

OnrQueryOptions onr_session_query_options(const OnrSession *session) {
  const OnrOptions *o = &session->options;
  return (OnrQueryOptions){.any = o->is_any,
                           .speaker = o->speaker,
                           .mentioning = o->mentioning,
                           .from = o->from,
                           .to = o->to,
                           .source = o->source,
                           .all_acts = o->is_every_act};
}

static gboolean is_utf8(const char *what, const char *text, GError **error) {
  if (!text || g_utf8_validate(text, -1, NULL))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_SYNTAX, "%s: not valid UTF-8", what);
  return FALSE;
}

static gboolean check_utf8(const OnrOptions *o, const char *query, GError **error) {
  return is_utf8("query", query, error) && is_utf8("--speaker", o->speaker, error) &&
         is_utf8("--mentioning", o->mentioning, error) && is_utf8("--from", o->from, error) &&
         is_utf8("--to", o->to, error) && is_utf8("--source", o->source, error);
}

char *onr_session_query(OnrSession *session, gboolean *is_empty, GError **error) {
  const OnrOptions *o = &session->options;
  g_autofree char *query = g_strjoinv(" ", (char **)o->words->pdata);
  if (!check_utf8(o, query, error))
    return NULL;
  gboolean is_nothing =
      !*g_strstrip(query) && !o->speaker && !o->mentioning && !o->from && !o->to && !o->source;
  if (is_empty) {
    *is_empty = is_nothing;
  } else if (is_nothing) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "%s needs a QUERY (* finds everything)",
                session->command->name);
    return NULL;
  }
  return g_steal_pointer(&query);
}

gboolean onr_session_suggest(OnrSession *session, OnrQuery *query, GError **error) {
  if (session->options.is_quiet)
    return TRUE;
  g_autoptr(GPtrArray) lines = onr_query_suggest(query, error);
  for (guint i = 0; lines && i < lines->len; i++)
    onr_session_note(session, "%s", (char *)lines->pdata[i]);
  return lines != NULL;
}

/* --- hits --- */

typedef struct {
  OnrSession *session;
  OnrTable table;
  OnrWriter *writer; /* NULL until there is something to write */
  guint limit;       /* hits wanted of each query; 0: all */
  gboolean is_batch, has_hits;
  gboolean is_begun; /* something of the query is written */
} Ranked;

static OnrRecordKind kind_of(const Ranked *r) {
  if (r->session->options.is_count)
    return ONR_RECORD_COUNT;
  return r->table == ONR_TABLE_QUOTES ? ONR_RECORD_QUOTE_HIT : ONR_RECORD_ARTICLE_HIT;
}

static gboolean open_writer(Ranked *r, GError **error) {
  if (!r->writer)
    r->writer = onr_session_writer(r->session, kind_of(r), r->is_batch, error);
  return r->writer != NULL;
}

/* The row is filled for as long as it is written, so that however many hits there are one article's text is
 * held. */
static gboolean write_row(Ranked *r, OnrQuery *query, OnrRow *row, guint64 rank, GError **error) {
  const OnrOptions *o = &r->session->options;
  if (!row->article && onr_writer_needs_rows(onr_session_format(r->session)) &&
      !onr_query_fill_row(query, row, o->context < 0 ? 0 : (guint)o->context, error))
    return FALSE;
  if (o->group == ONR_GROUP_DUPLICATES && onr_writer_needs_rows(onr_session_format(r->session)) &&
      !onr_query_fill_copies(query, row, error))
    return FALSE;
  g_autoptr(GString) explain = g_string_new(NULL);
  if (o->is_explain && !onr_query_explain_row(query, row->row, explain, error))
    return FALSE;
  onr_writer_put(r->writer,
                 &(OnrHitRecord){.row = row, .rank = rank, .explain = o->is_explain ? explain->str : NULL});
  onr_row_empty(row);
  return TRUE;
}

static gboolean write_rows(Ranked *r, OnrQuery *query, const OnrResults *results, GError **error) {
  guint64 rank = r->session->options.offset;
  for (guint i = 0; i < results->rows->len && !onr_output_is_done(&r->session->out); i++)
    if (!write_row(r, query, results->rows->pdata[i], ++rank, error))
      return FALSE;
  return TRUE;
}

static void note_undated(OnrSession *session, OnrTable table, guint64 n_undated) {
  if (!n_undated)
    return;
  g_autofree char *count = table == ONR_TABLE_QUOTES ? onr_counted(n_undated, "quote", "quotes")
                                                     : onr_counted(n_undated, "article", "articles");
  onr_session_note(session, "%s without a date %s left out by the date filter", count,
                   n_undated == 1 ? "was" : "were");
}

static gboolean write_results(Ranked *r, OnrQuery *query, const char *id, const char *text,
                              const OnrResults *results, GError **error) {
  OnrSession *s = r->session;
  g_autoptr(GString) explain = g_string_new(NULL);
  if (!open_writer(r, error) || (s->options.is_explain && !onr_query_explain(query, explain, error)))
    return FALSE;
  gboolean is_quotes = r->table == ONR_TABLE_QUOTES;
  OnrCountRecord count = {.query = text,
                          .query_id = id,
                          .explain = s->options.is_explain ? explain->str : NULL,
                          .what = is_quotes ? "quotes" : "articles",
                          .n_matches = results->n_matches,
                          .n_total = results->n_items_total,
                          .n_articles = is_quotes ? results->n_articles : ONR_NO_TOTAL,
                          .n_articles_total = is_quotes ? results->n_articles_total : ONR_NO_TOTAL,
                          .n_distinct = results->n_distinct,
                          .is_grouped = s->options.group == ONR_GROUP_DUPLICATES,
                          .offset = s->options.offset,
                          .missing = onr_archive_missing(s->archive)};
  onr_session_note_missing(s);
  r->is_begun = TRUE;
  onr_writer_begin_query(r->writer, &count);
  gboolean is_written = s->options.is_count || write_rows(r, query, results, error);
  onr_writer_end_query(r->writer);
  note_undated(s, r->table, results->n_undated);
  return is_written;
}

static gboolean needs_loaded(const Ranked *r) {
  gboolean is_shards = !onr_archive_record(r->session->archive);
  return is_shards && !r->session->options.is_count && r->limit && r->limit <= LOADED_MOST &&
         onr_writer_needs_rows(onr_session_format(r->session));
}

/* Counting what is distinct takes a look at all that matches. */
static gboolean shows_counts(const Ranked *r) {
  OnrFormat format = onr_session_format(r->session);
  return r->session->options.is_count || format == ONR_FORMAT_TEXT || format == ONR_FORMAT_JSON;
}

static gboolean try_query(Ranked *r, const char *id, const char *text, GError **error) {
  OnrSession *s = r->session;
  OnrQueryOptions options = onr_session_query_options(s);
  g_autoptr(OnrQuery) query = onr_query_new(s->archive, r->table, text, &options, error);
  if (!query)
    return FALSE;
  const OnrRunSpec spec = {.offset = s->options.offset,
                           .limit = s->options.is_count ? 1 : r->limit,
                           .sort = (OnrSort)s->options.sort,
                           .context = s->options.context < 0 ? 0 : (guint)s->options.context,
                           .is_grouped = s->options.group == ONR_GROUP_DUPLICATES,
                           .counts_distinct = shows_counts(r),
                           .with_rows = needs_loaded(r)};
  g_autoptr(OnrResults) results = onr_query_run(query, &spec, error);
  if (!results || !write_results(r, query, id, text, results, error))
    return FALSE;
  if (results->n_matches)
    r->has_hits = TRUE;
  else if (!r->is_batch)
    return onr_session_suggest(s, query, error);
  return TRUE;
}

/* TRUE where ERROR, which then is cleared, came of a shard that is left out since, or has gone on. */
static gboolean may_try_again(const Ranked *r, guint n_missing, GError **error) {
  gboolean is_other = onr_archive_missing(r->session->archive)->len > n_missing ||
                      g_error_matches(*error, ONR_ERROR, ONR_ERROR_BUSY);
  if (!is_other || r->is_begun)
    return FALSE;
  g_clear_error(error);
  return TRUE;
}

static gboolean run_query(const char *id, const char *text, gpointer data, GError **error) {
  Ranked *r = data;
  r->is_begun = FALSE;
  for (guint n_tries = 1;; n_tries++) {
    guint n_missing = onr_archive_missing(r->session->archive)->len;
    GError *local = NULL;
    if (try_query(r, id, text, &local))
      return TRUE;
    if (n_tries == TRIES_MOST || !may_try_again(r, n_missing, &local)) {
      g_propagate_error(error, local);
      return FALSE;
    }
  }
}

/* What cannot be meant, or written, is refused before anything is run. */
static gboolean check_options(const Ranked *r, GError **error) {
  OnrFormat format = onr_session_format(r->session);
  if (r->session->options.is_explain && !onr_writer_has_explanations(format)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE,
                "--explain: explanations are written as text or json only");
    return FALSE;
  }
  if (r->is_batch && r->session->options.n_words) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--batch: the queries come from its file, not from '%s'",
                (char *)r->session->options.words->pdata[0]);
    return FALSE;
  }
  return onr_session_can_write(r->session, kind_of(r), error);
}

/* An empty batch is still a whole document, so that the writer is opened in any case. */
static gboolean run_batch(Ranked *r, GError **error) {
  g_autoptr(GError) failure = NULL;
  gboolean is_clean = onr_batch_run(r->session, run_query, r, &failure);
  if (failure) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
  }
  return open_writer(r, error) && is_clean;
}

static gboolean run_words(Ranked *r, GError **error) {
  g_autofree char *text = onr_session_query(r->session, NULL, error);
  return text && run_query(NULL, text, r, error);
}

static guint find_limit(const OnrSession *session) {
  if (session->options.limit >= 0)
    return (guint)session->options.limit;
  return onr_writer_needs_rows(onr_session_format(session)) ? ONR_LIMIT_DEFAULT : LIMIT_TREC;
}

int onr_ranked_run(OnrSession *session, OnrTable table, GError **error) {
  Ranked r = {.session = session,
              .table = table,
              .is_batch = session->options.batch != NULL,
              .limit = find_limit(session)};
  if (!check_options(&r, error))
    return ONR_EXIT_FAILURE;
  gboolean is_complete = r.is_batch ? run_batch(&r, error) : run_words(&r, error);
  if (r.writer)
    onr_writer_close(r.writer);
  return !is_complete ? ONR_EXIT_FAILURE : r.has_hits ? ONR_EXIT_DONE : ONR_EXIT_NO_HITS;
}
