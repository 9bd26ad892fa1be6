/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/inverted.h"

#include <string.h>

#define TOKENIZER "onrecord"

/* --- the tokenizer --- */

/* The postings that FTS5 is being given. A column's value in SQL is its number only: to pass postings through
   a value would have SQLite copy them. */
struct OnrHandover {
  const OnrColumnPostings *postings;
};

static int tokenizer_create(void *handover, const char **arguments, int n_arguments, Fts5Tokenizer **out) {
  (void)arguments, (void)n_arguments;
  *out = handover;
  return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer) {
  (void)tokenizer;
}

typedef int (*TokenFunc)(void *context, int flags, const char *token, int n_bytes, int begin, int end);

/* Stems are in no list: dictionary.h. */
static int tokenize_postings(void *context, const GByteArray *bytes, TokenFunc token) {
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(bytes->data, bytes->len, &at, &posting);) {
    if (posting.is_stem)
      continue;
    int flags = posting.is_colocated ? FTS5_TOKEN_COLOCATED : 0;
    int rc = token(context, flags, posting.term, posting.length, 0, 0);
    if (rc != SQLITE_OK)
      return rc;
  }
  return SQLITE_OK;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int n_bytes,
                    TokenFunc token) {
  if (flags & FTS5_TOKENIZE_QUERY)
    return n_bytes ? token(context, 0, text, n_bytes, 0, n_bytes) : SQLITE_OK;
  const OnrHandover *handover = (const OnrHandover *)(gpointer)tokenizer;
  int column = n_bytes == 1 ? *text - '0' : -1;
  if (!handover->postings || column < 0 || column >= ONR_MAX_COLUMNS)
    return SQLITE_ERROR; /* somebody else's INSERT */
  const OnrPostings *postings = handover->postings->columns[column];
  return postings->bytes ? tokenize_postings(context, postings->bytes, token) : SQLITE_OK;
}

/* --- registration --- */

/* FTS5's interface, as its documentation says to fetch it ("Extending FTS5"). */
static fts5_api *find_api(sqlite3 *db, GError **error) {
  fts5_api *api = NULL;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(db, "SELECT fts5(?1)", error);
  if (!s)
    return NULL;
  sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
  if (onr_step(s, error) != ONR_STEP_ERROR && !api)
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "this SQLite has no FTS5");
  return api;
}

/* The connection's; NULL before registration. */
static OnrHandover *find_handover(fts5_api *api) {
  void *handover;
  fts5_tokenizer known;
  if (api->xFindTokenizer(api, TOKENIZER, &handover, &known) != SQLITE_OK || known.xTokenize != tokenize)
    return NULL;
  return handover;
}

OnrHandover *onr_inverted_register(sqlite3 *db, GError **error) {
  static fts5_tokenizer tokenizer = {tokenizer_create, tokenizer_delete, tokenize};
  fts5_api *api = find_api(db, error);
  OnrHandover *known = api ? find_handover(api) : NULL;
  if (!api || known)
    return known;
  OnrHandover *made = g_new0(OnrHandover, 1);
  int rc = api->xCreateTokenizer(api, TOKENIZER, made, &tokenizer, g_free);
  if (rc == SQLITE_OK)
    return made;
  g_free(made);
  onr_database_fail_code(db, rc, error);
  return NULL;
}

/* --- the tables --- */

/* The hash: 1 to 32 MiB make little difference to the time (measured), and the smaller stays in the
   processor's cache. While a run writes, segments are merged CRISIS_MERGE at a time, and settle.c merges them
   at its end, by level from USER_MERGE on; FTS5's own steady merging costs more in all. PGSZ: so that a block
   fits into a page of the file with its header. */
#define HASH_BYTES "4194304"
#define CRISIS_MERGE "64"
#define USER_MERGE "8"
#define PAGE_HEADER 46

static gboolean create_table(sqlite3 *db, const char *name, const char *columns, gint64 page_bytes,
                             GError **error) {
  g_autofree char *sql = g_strdup_printf(
      "CREATE VIRTUAL TABLE %s USING fts5(%s, tokenize='" TOKENIZER "', content='', columnsize=0);"
      "INSERT INTO %s(%s, rank) VALUES ('hashsize', " HASH_BYTES "), ('automerge', 0),"
      " ('crisismerge', " CRISIS_MERGE "), ('usermerge', " USER_MERGE "), ('pgsz', %" G_GINT64_FORMAT ")",
      name, columns, name, name, page_bytes - PAGE_HEADER);
  return onr_database_exec(db, sql, error);
}

gboolean onr_inverted_create(sqlite3 *db, GError **error) {
  gint64 page_bytes;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(db, "PRAGMA page_size", error);
  return s && onr_step_int(s, 4096, &page_bytes, error) && onr_inverted_register(db, error) &&
         create_table(db, "fts5_article", "title, text, fields", page_bytes, error) &&
         create_table(db, "fts5_quote", "words, fields", page_bytes, error);
}

const guint *onr_inverted_weights(OnrTable table) {
  static const guint weights[][ONR_MAX_COLUMNS] = {
      [ONR_TABLE_ARTICLES] = {ONR_TITLE_WEIGHT, 1, 0}, [ONR_TABLE_QUOTES] = {1, 0, 0}};
  return weights[table];
}

static gboolean run_with_postings(OnrRecord *record, OnrHandover *handover, const char *sql, gint64 row,
                                  const OnrColumnPostings *postings, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql, error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  handover->postings = postings;
  gboolean is_done = onr_run(s, error);
  handover->postings = NULL;
  return is_done;
}

gboolean onr_inverted_put(OnrRecord *record, OnrHandover *handover, OnrTable table, gint64 row,
                          const OnrColumnPostings *postings, GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] =
          "INSERT INTO fts5_article(rowid, title, text, fields) VALUES (?1, '0', '1', '2')",
      [ONR_TABLE_QUOTES] = "INSERT INTO fts5_quote(rowid, words, fields) VALUES (?1, '0', '1')"};
  return run_with_postings(record, handover, sql[table], row, postings, error);
}

gboolean onr_inverted_remove(OnrRecord *record, OnrHandover *handover, OnrTable table, gint64 row,
                             const OnrColumnPostings *postings, GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] = "INSERT INTO fts5_article(fts5_article, rowid, title, text, fields) "
                             "VALUES ('delete', ?1, '0', '1', '2')",
      [ONR_TABLE_QUOTES] = "INSERT INTO fts5_quote(fts5_quote, rowid, words, fields) "
                           "VALUES ('delete', ?1, '0', '1')"};
  return run_with_postings(record, handover, sql[table], row, postings, error);
}

/* ARGUMENT: what COMMAND reads in column rank; else 0. */
static gboolean run_command(OnrRecord *record, OnrTable table, const char *command, int argument,
                            GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] = "INSERT INTO fts5_article(fts5_article, rank) VALUES (?1, ?2)",
      [ONR_TABLE_QUOTES] = "INSERT INTO fts5_quote(fts5_quote, rank) VALUES (?1, ?2)"};
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql[table], error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, command);
  onr_bind_int(s, 2, argument);
  return onr_run(s, error);
}

/* FTS5 does so whenever a savepoint is opened. */
gboolean onr_inverted_flush(OnrRecord *record, GError **error) {
  return onr_database_exec(onr_record_database(record), "SAVEPOINT fts5_flush; RELEASE fts5_flush", error);
}

/* A merge that finds nothing to do changes one row at most, as FTS5's documentation says ("The merge
 * Command"). */
#define IDLE_CHANGES 2

gboolean onr_inverted_merge(OnrRecord *record, OnrTable table, gboolean is_all, int n_pages,
                            gboolean *is_done, GError **error) {
  sqlite3 *db = onr_record_database(record);
  sqlite3_int64 n_before = sqlite3_total_changes64(db);
  if (!run_command(record, table, "merge", is_all ? -n_pages : n_pages, error))
    return FALSE;
  *is_done = sqlite3_total_changes64(db) - n_before < IDLE_CHANGES;
  return TRUE;
}

gboolean onr_inverted_optimise(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "optimize", 0, error);
}

gboolean onr_inverted_check(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "integrity-check", 0, error);
}
