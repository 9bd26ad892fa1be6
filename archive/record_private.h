/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/'s record_*.c: the state that they share. */
#pragma once

#include "archive/checkpoint.h"
#include "archive/database.h"
#include "archive/lookups.h"
#include "archive/names.h"

G_BEGIN_DECLS

/* What is counted as it changes, so that no query counts rows. Kept in table `total`, summed up in memory during a transaction. */
typedef enum {
  ONR_TOTAL_ARTICLES,
  ONR_TOTAL_QUOTES,
  ONR_TOTAL_ENTITIES,
  ONR_TOTAL_MENTIONS,
  ONR_TOTAL_UNDATED,
  ONR_TOTAL_WITHOUT_ATTRIBUTION,
  ONR_TOTAL_TEXT_BYTES,
  ONR_N_TOTALS
} OnrTotal;

struct OnrRecord {
  sqlite3 *db;
  char *file;
  gboolean is_writable;
  gboolean is_in_transaction;
  gboolean is_file_immutable;
  OnrCheckpointer *checkpointer; /* NULL when opened for reading */
  GHashTable *statements; /* address of the SQL literal → OnrStatement */

  /* Of the open transaction. */
  gint64 changes_at_begin;
  gint64 totals[ONR_N_TOTALS]; /* to be added at commit */
  gint64 next_quote;           /* row of the next quote; 0 before it is asked for */
  char *source_path;           /* of the article last put, and its row: articles of one file come together */
  gint64 source_row;
  gint64 data_version;         /* raised by SQLite when another connection commits: then what is kept in memory is old */
  OnrNames *names;
  OnrLookups *lookups;

  gboolean is_group_marked;    /* in the open transaction: onr_record_mark_groups has been here */

  OnrSource found;             /* what onr_record_find_source lends */
  GString *json, *scratch;
  GArray *spans;               /* of OnrSpan */
  GArray *rows, *speakers;     /* of gint64 */
};

/* Name of a total, and the SQL that counts it anew. */
const char *onr_total_name(OnrTotal total);
gboolean onr_record_read_total(OnrRecord *record, OnrTotal total, gint64 *out, GError **error);

/* A SELECT of SOURCE_COLUMNS, and what it has at its row, with strings of its own. */
#define ONR_SOURCE_COLUMNS                                                                                              \
  "row, path, member, size_bytes, mtime_ns, hash, format, status, reason, n_articles, n_replaced, article_id, kind, title, version, updated, published, notice"
void onr_source_read_row(sqlite3_stmt *s, OnrSource *out);
/* Runs S to its end or until EACH returns FALSE. */
gboolean onr_source_each_row(sqlite3_stmt *s, OnrSourceFunc each, gpointer data, GError **error);
/* Fills the members of SOURCE that say what holds in its place. */
gboolean onr_record_find_successor(OnrRecord *record, OnrSource *source, GError **error);

/* Inserts what ARTICLE's row refers to: entities, mentions, quotes. */
gboolean onr_record_insert_annotation(OnrRecord *record, const OnrArticle *article, gint64 *first_quote, GError **error);

/* Writes what the open transaction still has in memory: before it commits, and before it reads identities. */
gboolean onr_record_flush(OnrRecord *record, GError **error);

/* The row that follows *LAST, into *LAST. Where it is 0, what LAST_SQL gives comes before: for tables whose rows are inserted later than they are numbered. */
gboolean onr_record_next_row(OnrRecord *record, const char *last_sql, gint64 *last, GError **error);

/* Notes that what is printed more than once is to be found again: articles, quotes or whose they are have changed. */
gboolean onr_record_mark_groups(OnrRecord *record, GError **error);

/* Takes them out again; ARTICLE is as it was loaded. */
gboolean onr_record_delete_annotation(OnrRecord *record, const OnrArticle *article, GError **error);

/* SQL: names (entity) of the identity in row IDENTITY with the articles in which they are its. */
#define ONR_ITEMS_OF(identity_row)                                                                           \
  "SELECT m.entity, m.article FROM entity n JOIN entity_article m ON m.entity = n.row "                      \
  "WHERE n.identity = " identity_row                                                                         \
  " AND NOT EXISTS (SELECT 1 FROM sense s WHERE s.entity = n.row AND s.article = m.article) "                \
  "UNION ALL SELECT s.entity, s.article FROM sense s WHERE s.identity = " identity_row

/* Appends the rows (gint64) of the identities that onr_record_find_identities finds, each once. */
gboolean onr_record_find_identity_rows(OnrRecord *record, const char *name, guint types, GArray *rows, GError **error);

/* Appends the aliases of an identity (char *: "text\tplaces"), the most frequent first. */
gboolean onr_record_load_aliases(OnrRecord *record, gint64 identity, GPtrArray *aliases, GError **error);

/* Are there any, of corrections or of an authority file? */
gboolean onr_record_has_rulings(OnrRecord *record, gboolean *out, GError **error);
/* Appends what users say of NAME, an id: corrections or, where they say nothing of all of it, the authority file. */
gboolean onr_record_rulings_of(OnrRecord *record, const char *name, GArray *out, GError **error);
/* Makes of *ID the id of the identity that users say it is in the end. */
gboolean onr_record_follow(OnrRecord *record, char **id, GError **error);
/* By its prefix; person where it has none. */
OnrEntityType onr_entity_type_of_id(const char *id);
/* entity.name of ID, NULL where there is none; the caller frees it. */
char *onr_record_name_of(OnrRecord *record, const char *id);

/* Deletes a name that no article has any more; names that it stood for stand for themselves until they are resolved again. */
gboolean onr_record_drop_name(OnrRecord *record, gint64 entity, GError **error);

/* Reports USAGE outside a transaction. */
gboolean onr_record_needs_transaction(OnrRecord *record, GError **error);

G_END_DECLS
