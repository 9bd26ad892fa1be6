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
  g_free(shard->language);
  g_clear_error(&shard->missing);
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
  if (from->record) {
    shard->local = (OnrXapianIndex *)ONR_XAPIAN_ENGINE.open(from->record, FALSE, error);
    shard->language = onr_record_get_setting(from->record, ONR_XAPIAN_LANGUAGE_KEY);
  }
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

const GPtrArray *onr_shards_missing(OnrEngine *engine) {
  return index_of(engine)->missing;
}

/* Takes WHY. */
static void give_up(OnrXapianIndex *index, OnrShardState *shard, GError *why) {
  shard->missing = why;
  if (index->allows_partial)
    g_ptr_array_add(index->missing, g_strdup_printf("%s: %s", shard->name, why->message));
}

static gboolean check_missing(const OnrXapianIndex *index, GError **error) {
  for (guint i = 0; !index->allows_partial && i < index->shards->len; i++) {
    const OnrShardState *shard = shard_at(index, i);
    if (shard->missing) {
      g_propagate_prefixed_error(error, g_error_copy(shard->missing), "shard '%s': ", shard->name);
      return FALSE;
    }
  }
  return TRUE;
}

/* --- probing --- */

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

static gboolean read_language(OnrXapDatabase *db, OnrShardState *shard, GError **error) {
  g_autoptr(GString) found = g_string_new(NULL);
  if (!onr_xap_database_metadata(db, ONR_XAPIAN_LANGUAGE_KEY, found, error))
    return FALSE;
  g_free(shard->language);
  shard->language = found->len ? g_strdup(found->str) : NULL;
  return TRUE;
}

/* The server answers for both databases, and they are what this program reads. */
static gboolean probe(const OnrXapianIndex *index, OnrShardState *shard, GError **error) {
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
    if (!db || !add_remote(index, shard, (OnrTable)t, db, error) ||
        !check_setting(db, ONR_XAPIAN_FORMAT_KEY, ONR_XAPIAN_FORMAT, error) ||
        !check_setting(db, ONR_XAPIAN_TERMS_KEY, G_STRINGIFY(ONR_TERM_VERSION), error) ||
        (t == ONR_TABLE_ARTICLES && !read_language(db, shard, error)))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  const OnrXapianIndex *index;
  OnrShardState *shard;
  GThread *thread;
  GError *error;
} Probe;

static gpointer run_probe(gpointer data) {
  Probe *p = data;
  probe(p->index, p->shard, &p->error);
  return NULL;
}

/* All at the same time, so that however many are silent the timeout is waited for once. */
static void probe_all(GArray *probes) {
  for (guint i = 0; i < probes->len; i++) {
    Probe *p = &g_array_index(probes, Probe, i);
    p->thread = g_thread_try_new("probe", run_probe, p, NULL);
    if (!p->thread)
      run_probe(p);
  }
  for (guint i = 0; i < probes->len; i++)
    if (g_array_index(probes, Probe, i).thread)
      g_thread_join(g_array_index(probes, Probe, i).thread);
}

/* BUSY where a server has been overtaken by its writer, which says nothing about the shard. */
static gboolean probe_shards(OnrXapianIndex *index, GError **error) {
  g_autoptr(GArray) probes = g_array_new(FALSE, TRUE, sizeof(Probe));
  g_autoptr(GError) busy = NULL;
  for (guint i = 0; i < index->shards->len; i++) {
    Probe p = {index, shard_at(index, i), NULL, NULL};
    if (!p.shard->local && !p.shard->missing)
      g_array_append_val(probes, p);
  }
  probe_all(probes);
  for (guint i = 0; i < probes->len; i++) {
    Probe *p = &g_array_index(probes, Probe, i);
    if (p->error && g_error_matches(p->error, ONR_ERROR, ONR_ERROR_BUSY)) {
      g_clear_error(&busy);
      busy = p->error;
    } else if (p->error) {
      give_up(index, p->shard, p->error);
    }
  }
  if (!check_missing(index, error))
    return FALSE;
  if (!busy)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&busy));
  return FALSE;
}

/* --- opening --- */

/* A server may go between the probe and this. */
static gboolean add_probed(OnrXapianIndex *index, OnrShardState *shard, OnrTable table, OnrXapDatabase *db,
                           GError **error) {
  GError *local = NULL;
  if (add_remote(index, shard, table, db, &local))
    return TRUE;
  if (g_error_matches(local, ONR_ERROR, ONR_ERROR_BUSY)) {
    g_propagate_error(error, local);
    return FALSE;
  }
  give_up(index, shard, local);
  return check_missing(index, error) && onr_xap_database_add_empty(db, error);
}

static gboolean add_local(const OnrShardState *shard, OnrTable table, OnrXapDatabase *db, GError **error) {
  if (onr_parts_load(shard->local, error) && onr_parts_add_to(shard->local, table, db, error))
    return TRUE;
  g_prefix_error(error, "shard '%s': ", shard->name);
  return FALSE;
}

static gboolean add_databases(OnrXapianIndex *index, OnrShardState *shard, OnrTable table, OnrXapDatabase *db,
                              GError **error) {
  if (shard->missing)
    return onr_xap_database_add_empty(db, error);
  return shard->local ? add_local(shard, table, db, error) : add_probed(index, shard, table, db, error);
}

/* Part by part, in the same order for articles and quotes. */
static gboolean open_table(OnrXapianIndex *index, OnrTable table, GError **error) {
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(error);
  g_array_set_size(index->part_shards, 0);
  for (guint i = 0; db && i < index->shards->len; i++) {
    if (!add_databases(index, shard_at(index, i), table, db, error))
      return FALSE;
    while (index->part_shards->len < onr_xap_database_n_parts(db))
      g_array_append_val(index->part_shards, i);
  }
  index->databases[table] = g_steal_pointer(&db);
  return index->databases[table] != NULL;
}

/* Again where a shard has gone when its articles were open already. */
gboolean onr_shards_prepare(OnrXapianIndex *index, GError **error) {
  while (!index->databases[0] || !index->databases[1]) {
    onr_parts_close(index);
    if (!check_missing(index, error) || !probe_shards(index, error))
      return FALSE;
    guint n_missing = index->missing->len;
    for (int t = 0; t < ONR_N_TABLES; t++)
      if (!open_table(index, (OnrTable)t, error))
        return FALSE;
    if (index->missing->len > n_missing)
      onr_parts_close(index);
  }
  return TRUE;
}

/* --- going on without --- */

/* The shard whose server ERROR comes from; NULL where it does not say so. */
static OnrShardState *culprit_of(const OnrXapianIndex *index, const GError *error) {
  for (guint i = 0; i < index->shards->len; i++)
    for (guint t = 0; t < ONR_N_TABLES; t++) {
      OnrShardState *shard = shard_at(index, i);
      g_autofree char *server =
          g_strdup_printf("(" ONR_XAP_REMOTE_CONTEXT "%s:%u)", shard->host, shard->port + t);
      if (shard->host && !shard->missing && strstr(error->message, server))
        return shard;
    }
  return NULL;
}

gboolean onr_shards_recover(OnrXapianIndex *index, GError **error) {
  guint n_missing = index->missing->len;
  GError *named = NULL;
  if (!g_error_matches(*error, ONR_ERROR, ONR_ERROR_IO) &&
      !g_error_matches(*error, ONR_ERROR, ONR_ERROR_UNSUPPORTED))
    return FALSE;
  if (g_str_has_prefix((*error)->message, "shard '"))
    return FALSE;
  OnrShardState *culprit = culprit_of(index, *error);
  onr_parts_close(index);
  if (culprit && index->allows_partial)
    give_up(index, culprit, g_error_copy(*error));
  else if (!probe_shards(index, &named)) {
    g_clear_error(error);
    *error = named;
    return FALSE;
  }
  if (index->missing->len == n_missing) {
    if (culprit)
      g_prefix_error(error, "shard '%s': ", culprit->name);
    return FALSE;
  }
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

/* Rows are of the databases as they are open: nothing is tried again here. A shard that has gone is among the
   missing then, and whoever asks anew gets the rest. */
static gboolean read_shards(OnrEngine *engine, Reading read, Wanted *wanted, GError **error) {
  OnrXapianIndex *index = index_of(engine);
  GError *local = NULL;
  if (onr_shards_prepare(index, &local) && read(index, wanted, &local))
    return TRUE;
  GError *named = g_error_copy(local);
  if (onr_shards_recover(index, &named))
    named = g_steal_pointer(&local);
  g_clear_error(&local);
  g_propagate_error(error, named);
  return FALSE;
}

static gboolean read_id(OnrXapianIndex *index, Wanted *wanted, GError **error) {
  g_autoptr(GString) order = g_string_new(NULL);
  if (!onr_xap_database_value(index->databases[wanted->table], (guint32)wanted->row, ONR_XAPIAN_SLOT_ORDER,
                              order, error))
    return FALSE;
  if (order->len < ONR_XAPIAN_ORDER_TAIL) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_CORRUPT, "index: a document has no id");
    return FALSE;
  }
  guint32 big;
  memcpy(&big, order->str + order->len - sizeof big, sizeof big);
  wanted->number = GUINT32_FROM_BE(big);
  wanted->id = g_strndup(order->str, order->len - ONR_XAPIAN_ORDER_TAIL);
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
  OnrXapSpec spec = {.order = ONR_XAP_BY_DOCID, .n = index->part_shards->len};
  g_auto(OnrXapMatches) matches = {0};
  if (!read_id(index, wanted, error))
    return FALSE;
  g_autofree char *key = onr_term_compose(ONR_XAPIAN_KEY, FALSE, wanted->id);
  g_autoptr(OnrXapQuery) query = onr_xap_query_term(key, strlen(key), 1, error);
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
  const OnrXapianIndex *index = index_of(engine);
  const OnrShardState *first = NULL;
  for (guint i = 0; i < index->shards->len; i++) {
    const OnrShardState *shard = shard_at(index, i);
    if (!shard->language || shard->missing)
      continue;
    first = first ? first : shard;
    if (strcmp(shard->language, first->language) != 0) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                  "shard '%s': its stems are %s, those of '%s' are %s: they cannot be searched as one",
                  shard->name, shard->language, first->name, first->language);
      return NULL;
    }
  }
  return g_strdup(first ? first->language : "english");
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
   gone through. */
static gboolean search_names(OnrXapianIndex *index, NameSearch *search, GError **error) {
  gboolean has_key = search->keys->len > 1 || !search->is_prefix;
  g_autofree char *beginning = g_strconcat(ONR_XAPIAN_NAME, has_key ? search->keys->pdata[0] : "", NULL);
  for (int t = 0; t < ONR_N_TABLES; t++) {
    g_autoptr(GPtrArray) terms = g_ptr_array_new_with_free_func(g_free);
    if (!onr_xap_database_terms(index->databases[t], beginning, G_MAXUINT, terms, error))
      return FALSE;
    for (guint i = 0; i < terms->len; i++)
      take_name(search, terms->pdata[i]);
  }
  return TRUE;
}

/* Again without the shards that do not answer, where that is allowed. */
static gboolean search_names_anew(OnrXapianIndex *index, NameSearch *search, GError **error) {
  GError *local = NULL;
  while (!(onr_shards_prepare(index, &local) && search_names(index, search, &local)))
    if (!onr_shards_recover(index, &local)) {
      g_propagate_error(error, local);
      return FALSE;
    }
  return TRUE;
}

static gboolean has_remote(const OnrXapianIndex *index) {
  for (guint i = 0; i < index->shards->len; i++)
    if (!shard_at(index, i)->local && !shard_at(index, i)->missing)
      return TRUE;
  return FALSE;
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
  if (search.keys->len && has_remote(index) && !search_names_anew(index, &search, error))
    return FALSE;
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, search.ids);
  while (g_hash_table_iter_next(&iter, &id, NULL))
    g_ptr_array_add(ids, g_strdup(id));
  return TRUE;
}
