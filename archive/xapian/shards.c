/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/xapian/shards.h"

#include "archive/xapian/index.h"
#include "archive/xapian/item.h"
#include "text/name.h"
#include "text/vocabulary.h"

#include <string.h>

static inline OnrXapianIndex *index_of(OnrEngine *engine) {
  return (OnrXapianIndex *)engine;
}

static inline OnrShardState *shard_at(const OnrXapianIndex *index, guint i) {
  return index->shards->pdata[i];
}

/* --- life --- */

static void shard_free(gpointer p) {
  OnrShardState *shard = p;
  if (shard->local)
    ONR_XAPIAN_ENGINE.close((OnrEngine *)shard->local);
  g_free(shard->name);
  g_free(shard->host);
  g_free(shard->missing);
  g_free(shard);
}

void onr_shards_close(OnrXapianIndex *index) {
  g_clear_pointer(&index->shards, g_ptr_array_unref);
  g_clear_pointer(&index->missing, g_ptr_array_unref);
  g_clear_pointer(&index->part_shards, g_array_unref);
}

static gboolean add_shard(OnrXapianIndex *index, const OnrShard *from, GError **error) {
  OnrShardState *shard = g_new0(OnrShardState, 1);
  g_ptr_array_add(index->shards, shard);
  shard->name = g_strdup(from->name);
  shard->host = g_strdup(from->host);
  shard->port = from->port;
  if (from->record)
    shard->local = (OnrXapianIndex *)ONR_XAPIAN_ENGINE.open(from->record, FALSE, error);
  if (from->host || shard->local)
    return TRUE;
  g_prefix_error(error, "shard '%s': ", from->name);
  return FALSE;
}

static OnrXapianIndex *index_new(const OnrShardOptions *options) {
  OnrXapianIndex *index = g_new0(OnrXapianIndex, 1);
  index->shards = g_ptr_array_new_with_free_func(shard_free);
  index->missing = g_ptr_array_new_with_free_func(g_free);
  index->part_shards = g_array_new(FALSE, FALSE, sizeof(guint));
  index->parts = g_array_new(FALSE, TRUE, sizeof(OnrPart));
  index->timeout_ms = options->timeout_ms;
  index->allows_partial = options->allows_partial;
  index->bm25 = ONR_BM25_DEFAULT;
  onr_drafts_init(&index->drafts);
  return index;
}

OnrEngine *onr_shards_open(const OnrShard *shards, guint n, const OnrShardOptions *options, GError **error) {
  OnrXapianIndex *index = index_new(options);
  gboolean is_done = TRUE;
  for (guint i = 0; is_done && i < n; i++)
    is_done = add_shard(index, &shards[i], error);
  if (is_done && onr_shards_prepare(index, error))
    return (OnrEngine *)index;
  ONR_XAPIAN_ENGINE.close((OnrEngine *)index);
  return NULL;
}

/* --- those that do not answer --- */

static void leave_out(OnrXapianIndex *index, OnrShardState *shard, const char *reason) {
  shard->missing = g_strdup(reason);
  g_ptr_array_add(index->missing, g_strdup_printf("%s: %s", shard->name, reason));
}

const GPtrArray *onr_shards_missing(OnrEngine *engine) {
  return index_of(engine)->missing;
}

/* --- opening --- */

static gboolean add_remote(const OnrXapianIndex *index, const OnrShardState *shard, OnrTable table,
                           OnrXapDatabase *db, GError **error) {
  return onr_xap_database_add_remote(db, shard->host, shard->port + (guint)table, index->timeout_ms, error);
}

/* Of a database by itself; what has no documents has no metadata, and differs from nothing. */
static gboolean check_setting(OnrXapDatabase *db, const char *key, const char *wanted, GError **error) {
  g_autoptr(GString) found = g_string_new(NULL);
  if (!onr_xap_database_metadata(db, key, found, error))
    return FALSE;
  OnrXapCounts counts;
  if (strcmp(found->str, wanted) == 0)
    return TRUE;
  if (!onr_xap_database_count(db, &counts, error))
    return FALSE;
  if (!counts.n_documents)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "its %s is '%s', this program reads '%s'", key,
              found->str, wanted);
  return FALSE;
}

/* The server answers for both databases, and they are what this program reads. */
static gboolean probe(const OnrXapianIndex *index, const OnrShardState *shard, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
    if (!db || !add_remote(index, shard, (OnrTable)t, db, error) ||
        !check_setting(db, ONR_XAPIAN_FORMAT_KEY, ONR_XAPIAN_FORMAT, error) ||
        !check_setting(db, ONR_XAPIAN_TERMS_KEY, G_STRINGIFY(ONR_TERM_VERSION), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean add_databases(OnrXapianIndex *index, const OnrShardState *shard, OnrTable table,
                              OnrXapDatabase *db, GError **error) {
  if (shard->missing)
    return onr_xap_database_add_empty(db, error);
  return shard->local
             ? onr_parts_load(shard->local, error) && onr_parts_add_to(shard->local, table, db, error)
             : add_remote(index, shard, table, db, error);
}

/* Part by part, in the same order for articles and quotes. */
static gboolean open_table(OnrXapianIndex *index, OnrTable table, GError **error) {
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
  g_array_set_size(index->part_shards, 0);
  for (guint i = 0; db && i < index->shards->len; i++) {
    if (!add_databases(index, shard_at(index, i), table, db, error)) {
      g_prefix_error(error, "shard '%s': ", shard_at(index, i)->name);
      return FALSE;
    }
    while (index->part_shards->len < onr_xap_database_n_parts(db))
      g_array_append_val(index->part_shards, i);
  }
  index->databases[table] = g_steal_pointer(&db);
  return index->databases[table] != NULL;
}

static gboolean probe_shards(OnrXapianIndex *index, GError **error) {
  for (guint i = 0; i < index->shards->len; i++) {
    OnrShardState *shard = shard_at(index, i);
    g_autoptr(GError) local = NULL;
    if (shard->local || shard->missing || probe(index, shard, &local))
      continue;
    if (!index->allows_partial) {
      g_propagate_prefixed_error(error, g_steal_pointer(&local), "shard '%s': ", shard->name);
      return FALSE;
    }
    leave_out(index, shard, local->message);
  }
  return TRUE;
}

gboolean onr_shards_prepare(OnrXapianIndex *index, GError **error) {
  if (index->databases[0] && index->databases[1])
    return TRUE;
  onr_parts_close(index);
  if (!probe_shards(index, error))
    return FALSE;
  for (int t = 0; t < ONR_N_TABLES; t++)
    if (!open_table(index, (OnrTable)t, error))
      return FALSE;
  return TRUE;
}

/* Xapian does not say which server it was. */
gboolean onr_shards_recover(OnrXapianIndex *index, GError **error) {
  guint n_missing = index->missing->len;
  g_autoptr(GError) named = NULL;
  if (!g_error_matches(*error, ONR_ERROR, ONR_ERROR_IO) &&
      !g_error_matches(*error, ONR_ERROR, ONR_ERROR_UNSUPPORTED))
    return FALSE;
  if (g_str_has_prefix((*error)->message, "shard '"))
    return FALSE;
  onr_parts_close(index);
  if (!probe_shards(index, &named)) {
    g_clear_error(error);
    *error = g_steal_pointer(&named);
    return FALSE;
  }
  if (index->missing->len == n_missing)
    return FALSE;
  g_clear_error(error);
  return TRUE;
}

/* --- what a record would say --- */

typedef struct {
  OnrTable table;
  gint64 row;
  gint64 article_row;
  guint number;
  char *id;
  OnrArticle *article;
} Wanted;

typedef gboolean (*Reading)(OnrXapianIndex *index, Wanted *wanted, GError **error);

/* Rows are of the databases as they are open: nothing is tried again here. */
static gboolean read_shards(OnrEngine *engine, Reading read, Wanted *wanted, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  GError *local = NULL;
  if (onr_shards_prepare(index, &local) && read(index, wanted, &local))
    return TRUE;
  if (!index->allows_partial)
    onr_shards_recover(index, &local);
  g_propagate_error(error, local);
  return FALSE;
}

static gboolean read_id(OnrXapianIndex *index, Wanted *wanted, GError **error) {
  g_autoptr(GString) order = g_string_new(NULL);
  if (!onr_xap_database_value(index->databases[wanted->table], (guint32)wanted->row, ONR_XAPIAN_SLOT_ORDER,
                              order, error))
    return FALSE;
  if (order->len < 5) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CORRUPT, "index: a document has no id");
    return FALSE;
  }
  guint32 big;
  memcpy(&big, order->str + order->len - sizeof big, sizeof big);
  wanted->number = GUINT32_FROM_BE(big);
  wanted->id = g_strndup(order->str, order->len - 5);
  return TRUE;
}

char *onr_shards_article_id(OnrEngine *engine, OnrTable table, gint64 row, guint *number, GError **error) {
  Wanted wanted = {.table = table, .row = row};
  if (!read_shards(engine, read_id, &wanted, error))
    return NULL;
  *number = wanted.number;
  return wanted.id;
}

static guint part_of(const OnrXapianIndex *index, gint64 row) {
  return (guint)((row - 1) % MAX(index->part_shards->len, 1));
}

/* Another shard may have an article of the same id. */
static gboolean find_article(OnrXapianIndex *index, Wanted *wanted, GError **error) {
  OnrXapSpec spec = {.order = ONR_XAP_BY_DOCID, .n = G_MAXUINT};
  g_auto(OnrXapMatches) matches = {0};
  if (!read_id(index, wanted, error))
    return FALSE;
  g_autoptr(OnrXapQuery) query = onr_xapian_item_query(wanted->id, 0, error);
  if (!query || !onr_xap_database_search(index->databases[ONR_TABLE_ARTICLES], query, &spec, &matches, error))
    return FALSE;
  for (guint i = 0; i < matches.items->len; i++) {
    gint64 row = g_array_index(matches.items, OnrXapMatch, i).docid;
    if (part_of(index, row) == part_of(index, wanted->row)) {
      wanted->article_row = row;
      return TRUE;
    }
  }
  g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "index: no article '%s' for quote %u of it", wanted->id,
              wanted->number);
  return FALSE;
}

gboolean onr_shards_locate(OnrEngine *engine, OnrTable table, gint64 row, gint64 *article_row, guint *number,
                           GError **error) {
  Wanted wanted = {.table = table, .row = row};
  *article_row = row;
  *number = 0;
  if (table == ONR_TABLE_ARTICLES)
    return TRUE;
  gboolean is_found = read_shards(engine, find_article, &wanted, error);
  *article_row = wanted.article_row;
  *number = wanted.number;
  g_free(wanted.id);
  return is_found;
}

static gboolean read_article(OnrXapianIndex *index, Wanted *wanted, GError **error) {
  g_autoptr(GString) data = g_string_new(NULL);
  return onr_xap_database_data(index->databases[ONR_TABLE_ARTICLES], (guint32)wanted->row, data, error) &&
         onr_item_unpack(data->str, data->len, wanted->article, error);
}

gboolean onr_shards_load(OnrEngine *engine, gint64 article_row, OnrArticle *out, GError **error) {
  Wanted wanted = {.row = article_row, .article = out};
  return read_shards(engine, read_article, &wanted, error);
}

gboolean onr_shards_count(OnrEngine *engine, guint64 *n_articles, guint64 *n_quotes, GError **error) {
  OnrTermStats articles, quotes;
  if (!ONR_XAPIAN_ENGINE.term_stats(engine, ONR_TABLE_ARTICLES, "", &articles, error) ||
      !ONR_XAPIAN_ENGINE.term_stats(engine, ONR_TABLE_QUOTES, "", &quotes, error))
    return FALSE;
  *n_articles = articles.n_items;
  *n_quotes = quotes.n_items;
  return TRUE;
}

char *onr_shards_language(OnrEngine *engine, GError **error) {
  g_autoptr(GString) language = g_string_new(NULL);
  OnrXapianIndex *index = index_of(engine);
  if (!onr_shards_prepare(index, error) ||
      !onr_xap_database_metadata(index->databases[ONR_TABLE_ARTICLES], ONR_XAPIAN_LANGUAGE_KEY, language,
                                 error))
    return NULL;
  if (strchr(language->str, '\t')) {
    g_strdelimit(language->str, "\t", ' ');
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                "the shards are of several languages (%s) and cannot be searched as one", language->str);
    return NULL;
  }
  return g_strdup(language->len ? language->str : "english");
}

void onr_shards_split_row(OnrEngine *engine, gint64 row, guint *shard, gint64 *local_row) {
  const OnrXapianIndex *index = index_of(engine);
  *shard = g_array_index(index->part_shards, guint, part_of(index, row));
  *local_row = (row - 1) / MAX(index->part_shards->len, 1) + 1;
}

/* --- names --- */

typedef struct {
  GPtrArray *keys, *words; /* of the name asked for */
  gboolean is_prefix;      /* of its last word */
  guint types;
  GHashTable *ids;
} NameSearch;

static void name_search_clear(NameSearch *search) {
  g_clear_pointer(&search->keys, g_ptr_array_unref);
  g_clear_pointer(&search->words, g_ptr_array_unref);
  g_clear_pointer(&search->ids, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(NameSearch, name_search_clear)

static gboolean has_type(const char *id, guint types) {
  for (guint type = 0; type < ONR_N_ENTITY_TYPES; type++) {
    const char *name = onr_entity_type_name((OnrEntityType)type);
    if (g_str_has_prefix(id, name) && id[strlen(name)] == ':')
      return (types >> type) & 1;
  }
  return FALSE;
}

static gboolean begins_with(const NameSearch *search, char *const *keys, char *const *words) {
  for (guint i = 0; i < search->keys->len; i++) {
    gboolean is_last = i + 1 == search->keys->len;
    if (!keys[i] || !words[i] ||
        !(search->is_prefix && is_last ? g_str_has_prefix(words[i], search->words->pdata[i])
                                       : strcmp(keys[i], search->keys->pdata[i]) == 0))
      return FALSE;
  }
  return TRUE;
}

/* TERM: keys, TAB, words, TAB, id, behind its prefix. */
static void take_name(NameSearch *search, const char *term) {
  g_auto(GStrv) fields = g_strsplit(term + strlen(ONR_XAPIAN_NAME), "\t", 3);
  if (g_strv_length(fields) != 3 || !has_type(fields[2], search->types))
    return;
  g_auto(GStrv) keys = g_strsplit(fields[0], " ", -1), words = g_strsplit(fields[1], " ", -1);
  if (begins_with(search, keys, words))
    g_hash_table_add(search->ids, g_strdup(fields[2]));
}

/* Keys are the beginning of their terms; a single word's beginning is in the middle, so that all names are
 * gone through. */
static gboolean search_names(const OnrXapianIndex *index, const OnrShardState *shard, NameSearch *search,
                             GError **error) {
  gboolean has_key = search->keys->len > 1 || !search->is_prefix;
  g_autofree char *beginning = g_strconcat(ONR_XAPIAN_NAME, has_key ? search->keys->pdata[0] : "", NULL);
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    if (!db || !add_remote(index, shard, (OnrTable)t, db, error) ||
        !onr_xap_database_terms(db, beginning, G_MAXUINT, terms, error)) {
      g_prefix_error(error, "shard '%s': ", shard->name);
      return FALSE;
    }
    for (guint i = 0; i < terms->len; i++)
      take_name(search, terms->pdata[i]);
  }
  return TRUE;
}

gboolean onr_shards_find_remote(OnrEngine *engine, const char *name, guint types, GPtrArray *ids,
                                GError **error) {
  OnrXapianIndex *index = index_of(engine);
  g_autofree char *bare = g_strdup(name);
  gsize length = strlen(bare);
  g_auto(NameSearch) search = {.types = types,
                               .is_prefix = length && bare[length - 1] == '*',
                               .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
  if (search.is_prefix)
    bare[length - 1] = '\0';
  search.keys = onr_name_keys(bare);
  search.words = onr_name_words(bare);
  for (guint i = 0; search.keys->len && i < index->shards->len; i++) {
    const OnrShardState *shard = shard_at(index, i);
    if (!shard->local && !shard->missing && !search_names(index, shard, &search, error))
      return FALSE;
  }
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, search.ids);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_ptr_array_add(ids, g_strdup(id));
  return TRUE;
}
