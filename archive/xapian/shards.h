/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several archives read as one: local ones, by their records' lists of parts, and what xapian-tcpsrv serves of others. A search is ranked with the statistics of all of them
   together. Rows are numbers of their own: they hold as long as the engine is open, whichever shards answer.

     OnrEngine *engine = onr_shards_open(shards, n, &options, error);
     ONR_XAPIAN_ENGINE.search(engine, …)                                // as any engine that is read only
     onr_shards_locate(engine, hit->row, &article_row, &number, error); // what a record would say
     onr_shards_load(engine, article_row, article, error); */
#pragma once

#include "archive/archive.h"
#include "archive/xapian/engine.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;  /* as the user calls it */
  OnrRecord *record; /* of a local archive of the xapian engine, borrowed; or NULL */
  const char *host;  /* where it is remote: articles at PORT, quotes at PORT + 1 */
  guint port;
} OnrShard;

/* Strings of SHARDS are copied. Errors name the shard. UNSUPPORTED where the shards differ in format, terms or language. */
OnrEngine *onr_shards_open(const OnrShard *shards, guint n, const OnrShardOptions *options, GError **error);

/* Of the shards that are left out: "NAME: reason" (char *), borrowed, NULL-terminated or empty. */
const GPtrArray *onr_shards_missing(OnrEngine *engine);
/* Of stems, as records and databases say, english where none says; the caller frees it. UNSUPPORTED where a shard's is another than the first one's. */
char *onr_shards_language(OnrEngine *engine, GError **error);

/* The article of ROW of TABLE, and the quote's number, 0 for an article. */
gboolean onr_shards_locate(OnrEngine *engine, OnrTable table, gint64 row, gint64 *article_row, guint *number, GError **error);
/* The id of an article or of a quote's article, and the quote's number; the caller frees it. */
char *onr_shards_article_id(OnrEngine *engine, OnrTable table, gint64 row, guint *number, GError **error);
/* Fills OUT (reset first). */
gboolean onr_shards_load(OnrEngine *engine, gint64 article_row, OnrArticle *out, GError **error);
gboolean onr_shards_count(OnrEngine *engine, guint64 *n_articles, guint64 *n_quotes, GError **error);

/* Appends the ids of identities that the remote shards know under NAME, of TYPES (a mask), as onr_record_find_identities does for a record; each once, in no order. */
gboolean onr_shards_find_remote(OnrEngine *engine, const char *name, guint types, GPtrArray *ids, GError **error);

/* Where the database of TABLE is that servers and replicas of RECORD's archive open: a link to the one part that the last run has left. USAGE where there is none yet. */
char *onr_shards_served_path(OnrRecord *record, OnrTable table, GError **error);

/* The shard that ROW is of, and its row there, for local shards. */
void onr_shards_split_row(OnrEngine *engine, gint64 row, guint *shard, gint64 *local_row);

G_END_DECLS
