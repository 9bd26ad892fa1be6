/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The engine's class: the slots of OnrEngineClass over the parts of this folder. */
#include "archive/xapian/engine.h"

#include "archive/xapian/index.h"

#include <string.h>

/* Of the 512 MiB that indexing may take, drafts take draft_bytes, with as much again for what Xapian gathers.
   copy_part: a byte takes 40 times as long to copy as to compact (0.6 and 24 MB of text a CPU second,
   measured on 36 MB with 133,000 quotes), and compaction goes through what is there as well. */
const OnrXapianLimits ONR_XAPIAN_LIMITS = {.draft_bytes = 128u << 20,
                                           .part_bytes = 4u << 20,
                                           .level_bytes = 32u << 20,
                                           .fan_in = 16,
                                           .copy_part = 32};

/* A reader that meets a writer's commit looks again: so often, so long after each other. */
#define READ_TRIES 100
#define READ_WAIT_US 20000
/* So many looks at one list that names what is not there are enough: a writer that had gone on would have
   left another. */
#define READ_SAME 3

static inline OnrXapianIndex *index_of(OnrEngine *engine) {
  return (OnrXapianIndex *)engine;
}

/* --- life --- */

static gboolean create(OnrRecord *record, GError **error) {
  return onr_record_set_setting(record, "xapian_format", ONR_XAPIAN_FORMAT, error) &&
         onr_record_set_setting(record, ONR_XAPIAN_PARTS_SETTING, "", error);
}

static void close_engine(OnrEngine *engine) {
  OnrXapianIndex *index = index_of(engine);
  if (!index)
    return;
  onr_shards_close(index);
  onr_parts_close(index);
  g_array_unref(index->parts);
  onr_drafts_clear(&index->drafts);
  g_free(index->language);
  g_free(index->folder);
  g_free(index);
}

static gboolean check_format(OnrRecord *record, GError **error) {
  g_autofree char *format = onr_record_get_setting(record, "xapian_format");
  if (g_strcmp0(format, ONR_XAPIAN_FORMAT) == 0)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
              "'%s': its index is of format %s, this program uses %s: run `onrecord reindex`",
              onr_record_file(record), format ? format : "none", ONR_XAPIAN_FORMAT);
  return FALSE;
}

static OnrEngine *open_engine(OnrRecord *record, gboolean is_writable, GError **error) {
  if (!is_writable && !check_format(record, error))
    return NULL;
  OnrXapianIndex *index = g_new0(OnrXapianIndex, 1);
  index->record = record;
  index->folder = onr_xapian_folder(record);
  index->is_writable = is_writable;
  index->bm25 = ONR_BM25_DEFAULT;
  index->limits = ONR_XAPIAN_LIMITS;
  index->parts = g_array_new(FALSE, TRUE, sizeof(OnrPart));
  index->next_number = 1;
  onr_drafts_init(&index->drafts);
  return (OnrEngine *)index;
}

/* A writer's first look is put off until it is asked for something: `reindex` opens an archive whose index
   cannot be used, drops that and makes another. */
static gboolean get_ready(OnrXapianIndex *index, GError **error) {
  if (!index->is_writable || index->is_ready)
    return onr_parts_load(index, error);
  index->is_ready = check_format(index->record, error) && onr_parts_repair(index, error);
  return index->is_ready;
}

/* --- writing --- */

static gboolean check_rows(const OnrArticle *article, gint64 first_quote_row, guint n_quotes,
                           GError **error) {
  gint64 last_quote = first_quote_row + n_quotes;
  if (article->row > 0 && article->row <= ONR_XAPIAN_ROW_MAX && first_quote_row >= 0 &&
      last_quote <= ONR_XAPIAN_ROW_MAX)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
              "article '%s': row %" G_GINT64_FORMAT " or quote row %" G_GINT64_FORMAT " is beyond %u",
              article->id, article->row, last_quote, ONR_XAPIAN_ROW_MAX);
  return FALSE;
}

static gboolean put(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row,
                    const OnrArticlePostings *postings, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  g_assert(postings->n_quotes == article->quotes->len);
  if (!get_ready(index, error) || !check_rows(article, first_quote_row, postings->n_quotes, error))
    return FALSE;
  onr_drafts_add(&index->drafts, article, (guint32)first_quote_row, postings);
  return index->drafts.bytes->len < index->limits.draft_bytes || onr_build_drafts(index, error);
}

static gboolean fail_absent(const OnrXapianIndex *index, const char *what, gint64 row, GError **error) {
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
              "'%s': the index does not hold %s %" G_GINT64_FORMAT
              " as the record has it: run `onrecord reindex`",
              onr_record_file(index->record), what, row);
  return FALSE;
}

static gboolean remove_document(const OnrXapianIndex *index, OnrPart *part, OnrTable table, gint64 row,
                                GError **error) {
  g_autoptr(GError) local = NULL;
  if (onr_xap_writer_remove(part->writers[table], (guint32)row, &local))
    return TRUE;
  if (g_error_matches(local, ONR_ERROR, ONR_ERROR_NOT_FOUND))
    return fail_absent(index, table == ONR_TABLE_ARTICLES ? "article" : "quote", row, error);
  g_propagate_error(error, g_steal_pointer(&local));
  return FALSE;
}

static gboolean take_out(OnrEngine *engine, const OnrArticle *article, gint64 first_quote_row,
                         const OnrArticlePostings *postings, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  if (!get_ready(index, error))
    return FALSE;
  /* A changed article goes and comes again: what waits is built only where it is that which is to go. */
  if (onr_drafts_have(&index->drafts, (guint32)article->row) && !onr_build_drafts(index, error))
    return FALSE;
  gint found = onr_parts_find(index, ONR_TABLE_ARTICLES, article->row);
  if (found < 0)
    return fail_absent(index, "article", article->row, error);
  OnrPart *part = onr_part_at(index, (guint)found);
  if (!onr_part_change(index, part, error) ||
      !remove_document(index, part, ONR_TABLE_ARTICLES, article->row, error))
    return FALSE;
  for (guint i = 0; i < postings->n_quotes; i++)
    if (!remove_document(index, part, ONR_TABLE_QUOTES, first_quote_row + i, error))
      return FALSE;
  return TRUE;
}

static gboolean flush(OnrEngine *engine, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  return get_ready(index, error) && onr_build_drafts(index, error) && onr_parts_flush(index, error);
}

static gboolean rollback(OnrEngine *engine, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  onr_drafts_empty(&index->drafts);
  index->is_ready = FALSE;
  onr_parts_rollback(index);
  return get_ready(index, error);
}

static gboolean settle(OnrEngine *engine, gboolean *is_done, GError **error) {
  return get_ready(index_of(engine), error) && onr_merge_settle(index_of(engine), is_done, error);
}

static gboolean optimise(OnrEngine *engine, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  return get_ready(index, error) && onr_build_drafts(index, error) && onr_merge_all(index, error);
}

/* The folders stay until the record has committed: clean. */
static gboolean drop(OnrEngine *engine, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  sqlite3 *db = onr_record_database(index->record);
  onr_drafts_empty(&index->drafts);
  onr_parts_close(index);
  index->is_ready = FALSE;
  return onr_database_exec(db, "DELETE FROM setting WHERE name GLOB 'xapian_*'", error);
}

/* --- reading --- */

/* What a writer has put is there for it to read; a reader's list and databases are those of its record. */
static gboolean prepare_reading(OnrXapianIndex *index, GError **error) {
  if (index->shards)
    return onr_shards_prepare(index, error);
  return get_ready(index, error) && onr_build_drafts(index, error) && onr_parts_open(index, error);
}

static gboolean check_engine(OnrRecord *record, GError **error) {
  g_autofree char *engine = onr_record_get_setting(record, "engine");
  if (!engine || strcmp(engine, ONR_XAPIAN_ENGINE.name) == 0)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_BUSY,
              "'%s' has just been made anew with the %s engine: open it again", onr_record_file(record),
              engine);
  return FALSE;
}

/* Goes over to what the record of one archive says now; *IS_SAME where it says what it said. */
static gboolean renew(OnrXapianIndex *index, gboolean *is_same, GError **error) {
  g_autofree char *before = g_strdup(index->listed);
  onr_parts_close(index);
  if (!onr_record_renew(index->record, error) || !check_engine(index->record, error))
    return FALSE;
  g_autofree char *now = onr_record_get_setting(index->record, ONR_XAPIAN_PARTS_SETTING);
  *is_same = before && g_strcmp0(before, now) == 0;
  return TRUE;
}

/* Where a writer has gone on under a reader's hands, the reader goes over to what the records say now. WHY,
   if they have not gone on at all, is damage. */
static gboolean go_over(OnrXapianIndex *index, const GError *why, GError **error) {
  gboolean is_same = TRUE;
  g_usleep(READ_WAIT_US);
  if (!index->shards && !renew(index, &is_same, error))
    return FALSE;
  onr_parts_close(index);
  for (guint i = 0; index->shards && i < index->shards->len; i++) {
    const OnrShardState *shard = index->shards->pdata[i];
    gboolean is_same_shard = TRUE;
    if (shard->local && !renew(shard->local, &is_same_shard, error))
      return FALSE;
    is_same &= is_same_shard;
  }
  index->n_same = is_same ? index->n_same + 1 : 0;
  if (index->n_same < READ_SAME)
    return TRUE;
  index->n_same = 0;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CORRUPT, why->message);
  return FALSE;
}

typedef gboolean (*Reading)(OnrXapianIndex *index, gpointer data, GError **error);

/* TRUE where READ is to be tried again after ERROR, which then is cleared. */
static gboolean may_try_again(OnrXapianIndex *index, guint n_tries, GError **error) {
  g_autoptr(GError) why = NULL;
  if (index->is_writable || n_tries >= READ_TRIES)
    return FALSE;
  if (g_error_matches(*error, ONR_ERROR, ONR_ERROR_BUSY)) {
    why = g_steal_pointer(error);
    return go_over(index, why, error);
  }
  return index->shards && onr_shards_recover(index, error);
}

static gboolean read_index(OnrEngine *engine, Reading read, gpointer data, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  for (guint n_tries = 1;; n_tries++) {
    GError *local = NULL;
    if (prepare_reading(index, &local) && read(index, data, &local)) {
      index->n_same = 0;
      return TRUE;
    }
    if (!may_try_again(index, n_tries, &local)) {
      g_propagate_error(error, local);
      return FALSE;
    }
  }
}

typedef struct {
  const OnrPlan *plan;
  const OnrSearchSpec *spec;
  OnrHits *hits;
  OnrTable table;
  gint64 row;
  GArray *array;
  const char *term;
  guint limit;
  GPtrArray *list;
  OnrTermStats *stats;
  GString *text;
} Request;

static gboolean read_search(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  return onr_xapian_search(index, r->plan, r->spec, r->hits, error);
}

static gboolean search(OnrEngine *engine, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *out,
                       GError **error) {
  return read_index(engine, read_search, &(Request){.plan = plan, .spec = spec, .hits = out}, error);
}

static gboolean read_match(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  return onr_xapian_match(index, r->plan, r->table, r->array, error);
}

static gboolean match(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GArray *rows, GError **error) {
  return read_index(engine, read_match, &(Request){.plan = plan, .table = table, .array = rows}, error);
}

static gboolean read_stats(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  OnrXapDatabase *db = index->databases[r->table];
  OnrXapCounts counts;
  guint64 n_items = 0, n_postings = 0;
  gsize length = strlen(r->term);
  if (!onr_xap_database_count(db, &counts, error) ||
      (length && length <= ONR_XAP_TERM_MAX &&
       !onr_xap_database_term(db, r->term, length, &n_items, &n_postings, error)))
    return FALSE;
  double n = (double)counts.n_documents;
  *r->stats = (OnrTermStats){.n_items = counts.n_documents,
                             .average_length = n > 0 ? (double)counts.total_length / 2 / n : 0,
                             .doc_frequency = n_items,
                             .collection_frequency = n_postings};
  return TRUE;
}

static gboolean term_stats(OnrEngine *engine, OnrTable table, const char *term, OnrTermStats *out,
                           GError **error) {
  return read_index(engine, read_stats, &(Request){.table = table, .term = term, .stats = out}, error);
}

/* The engine's own terms are nobody's words. */
static gboolean is_own(const char *term) {
  return g_str_has_prefix(term, ONR_XAPIAN_OWN);
}

static gboolean read_terms(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  guint most = r->limit == G_MAXUINT ? G_MAXUINT : r->limit + 1;
  g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
  if (is_own(r->term))
    return TRUE;
  if (!onr_xap_database_terms(index->databases[r->table], r->term, *r->term ? most : G_MAXUINT, terms, error))
    return FALSE;
  for (guint i = 0, n = 0; i < terms->len && n < most; i++)
    if (!is_own(terms->pdata[i])) {
      g_ptr_array_add(r->list, g_steal_pointer(&terms->pdata[i]));
      n++;
    }
  return TRUE;
}

static gboolean expand(OnrEngine *engine, OnrTable table, const char *prefix, guint limit, GPtrArray *terms,
                       GError **error) {
  return read_index(engine, read_terms,
                    &(Request){.table = table, .term = prefix, .limit = limit, .list = terms}, error);
}

static gboolean read_explanation(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  return onr_xapian_explain(index, r->plan, r->table, r->row, r->array, error);
}

static gboolean explain(OnrEngine *engine, const OnrPlan *plan, OnrTable table, gint64 row, GArray *scores,
                        GError **error) {
  if (row <= 0 || row > ONR_XAPIAN_ROW_MAX)
    return TRUE;
  return read_index(engine, read_explanation,
                    &(Request){.plan = plan, .table = table, .row = row, .array = scores}, error);
}

static gboolean read_description(OnrXapianIndex *index, gpointer data, GError **error) {
  const Request *r = data;
  g_autoptr(OnrXapQuery) query = onr_xapian_compile(index, r->plan, r->table, TRUE, error);
  g_autofree char *text = query ? onr_xap_query_describe(query, error) : NULL;
  if (!text)
    return FALSE;
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_string_append_printf(r->text, "xapian %s: %s\n", r->table == ONR_TABLE_ARTICLES ? "articles" : "quotes",
                         valid);
  return TRUE;
}

static gboolean print(OnrEngine *engine, const OnrPlan *plan, OnrTable table, GString *out, GError **error) {
  return read_index(engine, read_description, &(Request){.plan = plan, .table = table, .text = out}, error);
}

static gboolean read_check(OnrXapianIndex *index, gpointer data, GError **error) {
  return onr_xapian_check(index, ((const Request *)data)->list, error);
}

static gboolean check(OnrEngine *engine, OnrFindings *findings, GError **error) {
  return read_index(engine, read_check, &(Request){.list = findings}, error);
}

static guint64 size_bytes(OnrEngine *engine) {
  return onr_parts_size_bytes(index_of(engine));
}

const OnrEngineClass ONR_XAPIAN_ENGINE = {
    .name = "xapian",
    .library_version = onr_xap_version,
    .create = create,
    .open = open_engine,
    .close = close_engine,
    .put = put,
    .remove = take_out,
    .flush = flush,
    .rollback = rollback,
    .clean = onr_parts_clean,
    .settle = settle,
    .optimise = optimise,
    .drop = drop,
    .search = search,
    .match = match,
    .term_stats = term_stats,
    .expand = expand,
    .explain = explain,
    .print = print,
    .check = check,
    .size_bytes = size_bytes,
};
