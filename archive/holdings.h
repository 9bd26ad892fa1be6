/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a query asks of an archive beside its engine, whether that is one archive with a record or several read as one: names, ids, articles, counts. Rows are those that
   the archive's engine gives. Over shards, what a local one knows comes from its record, and what another machine's knows from its databases. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* The article that ROW of TABLE is or belongs to; *NUMBER is the quote's, from 1, and 0 for an article. */
gboolean onr_archive_locate_item(OnrArchive *archive, OnrTable table, gint64 row, gint64 *article_row, guint *number, GError **error);
/* "ARTICLE" or "ARTICLE#n"; the caller frees it. */
char *onr_archive_item_id(OnrArchive *archive, OnrTable table, gint64 row, GError **error);
/* Fills OUT (reset first): header, text, entities, mentions, quotes. */
gboolean onr_archive_load_article(OnrArchive *archive, gint64 article_row, OnrArticle *out, GError **error);
gboolean onr_archive_count_items(OnrArchive *archive, guint64 *n_articles, guint64 *n_quotes, GError **error);
/* First and last day of dated articles, ONR_NO_DAY where none is; over shards those of the local ones. */
gboolean onr_archive_days(OnrArchive *archive, gint32 *first, gint32 *last, GError **error);

/* As onr_record_find_names or, over shards, onr_record_find_identities; tidied. */
gboolean onr_archive_find_identities(OnrArchive *archive, const char *name, guint types, OnrNameSet *set, GError **error);
/* As onr_record_nearest_identities; over shards, of the local ones. */
gboolean onr_archive_nearest_identities(OnrArchive *archive, const char *name, guint types, guint limit, GArray *out, GError **error);
/* The name of the identity ID; NULL where no record knows it. The caller frees it. */
char *onr_archive_identity_name(OnrArchive *archive, const char *id);
/* As onr_record_each_role, of all local shards. */
gboolean onr_archive_each_role(OnrArchive *archive, OnrRoleWantedFunc is_wanted, OnrRoleFunc each, gpointer data, GError **error);
/* As onr_record_facets; ROWS NULL: everything. UNSUPPORTED where a shard is another machine's. */
gboolean onr_archive_facets(OnrArchive *archive, OnrFacetKind what, gboolean over_quotes, const GArray *rows, guint offset, guint limit, GArray *out, guint64 *n_distinct,
                            GError **error);

G_END_DECLS
