/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/inverted.h"

#include <string.h>

#define TOKENIZER "onrecord"

/* --- the tokenizer --- */

static int tokenizer_create(void *user, const char **arguments, int n_arguments, Fts5Tokenizer **out) {
  static char nothing; /* there is no state, but NULL would mean failure */
  (void)user, (void)arguments, (void)n_arguments;
  *out = (Fts5Tokenizer *)&nothing;
  return SQLITE_OK;
}

static void tokenizer_delete(Fts5Tokenizer *tokenizer) {
  (void)tokenizer;
}

typedef int (*TokenFunc)(void *context, int flags, const char *token, int n_bytes, int begin, int end);

/* Stems are in no list: dictionary.h. */
static int tokenize_postings(void *context, const guint8 *bytes, gsize n_bytes, TokenFunc token) {
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(bytes, n_bytes, &at, &posting);) {
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
  (void)tokenizer;
  if (flags & FTS5_TOKENIZE_QUERY)
    return n_bytes ? token(context, 0, text, n_bytes, 0, n_bytes) : SQLITE_OK;
  return tokenize_postings(context, (const guint8 *)text, (gsize)n_bytes, token);
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

gboolean onr_inverted_register(sqlite3 *db, GError **error) {
  static fts5_tokenizer tokenizer = {tokenizer_create, tokenizer_delete, tokenize};
  fts5_api *api = find_api(db, error);
  if (!api)
    return FALSE;
  void *user;
  fts5_tokenizer known;
  if (api->xFindTokenizer(api, TOKENIZER, &user, &known) == SQLITE_OK && known.xTokenize == tokenize)
    return TRUE;
  int rc = api->xCreateTokenizer(api, TOKENIZER, NULL, &tokenizer, NULL);
  return rc == SQLITE_OK || onr_database_fail_code(db, rc, error);
}

/* --- the tables --- */

/* The hash holds a batch, so that a batch leaves one segment (1 to 32 MiB make no difference to the time,
   measured). Segments are merged CRISIS_MERGE at a time, and all by optimise; FTS5's own steady merging costs
   more in all. PGSZ: so that a block fits into a page of the file with its header. */
#define HASH_BYTES "33554432"
#define CRISIS_MERGE "32"
#define PAGE_HEADER 46

static gboolean create_table(sqlite3 *db, const char *name, const char *columns, gint64 page_bytes,
                             GError **error) {
  g_autofree char *sql = g_strdup_printf(
      "CREATE VIRTUAL TABLE %s USING fts5(%s, tokenize='" TOKENIZER "', content='', columnsize=0);"
      "INSERT INTO %s(%s, rank) VALUES ('hashsize', " HASH_BYTES "), ('automerge', 0),"
      " ('crisismerge', " CRISIS_MERGE "), ('pgsz', %" G_GINT64_FORMAT ")",
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

static gboolean run_with_postings(OnrRecord *record, const char *const sql[2], OnrTable table, gint64 row,
                                  const OnrColumnPostings *postings, GError **error) {
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql[table], error);
  if (!s)
    return FALSE;
  onr_bind_int(s, 1, row);
  for (int i = 0; i < (table == ONR_TABLE_ARTICLES ? 3 : 2); i++) {
    const GByteArray *bytes = postings->columns[i]->bytes;
    onr_bind_blob(s, i + 2, bytes && bytes->len ? bytes->data : (const guint8 *)"", bytes ? bytes->len : 0);
  }
  return onr_run(s, error);
}

gboolean onr_inverted_put(OnrRecord *record, OnrTable table, gint64 row, const OnrColumnPostings *postings,
                          GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] = "INSERT INTO fts5_article(rowid, title, text, fields) VALUES (?1, ?2, ?3, ?4)",
      [ONR_TABLE_QUOTES] = "INSERT INTO fts5_quote(rowid, words, fields) VALUES (?1, ?2, ?3)"};
  return run_with_postings(record, sql, table, row, postings, error);
}

gboolean onr_inverted_remove(OnrRecord *record, OnrTable table, gint64 row, const OnrColumnPostings *postings,
                             GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] = "INSERT INTO fts5_article(fts5_article, rowid, title, text, fields) VALUES "
                             "('delete', ?1, ?2, ?3, ?4)",
      [ONR_TABLE_QUOTES] =
          "INSERT INTO fts5_quote(fts5_quote, rowid, words, fields) VALUES ('delete', ?1, ?2, ?3)"};
  return run_with_postings(record, sql, table, row, postings, error);
}

static gboolean run_command(OnrRecord *record, OnrTable table, const char *command, GError **error) {
  static const char *const sql[] = {[ONR_TABLE_ARTICLES] =
                                        "INSERT INTO fts5_article(fts5_article) VALUES (?1)",
                                    [ONR_TABLE_QUOTES] = "INSERT INTO fts5_quote(fts5_quote) VALUES (?1)"};
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql[table], error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, command);
  return onr_run(s, error);
}

/* FTS5 does so whenever a savepoint is opened. */
gboolean onr_inverted_flush(OnrRecord *record, GError **error) {
  return onr_database_exec(onr_record_database(record), "SAVEPOINT fts5_flush; RELEASE fts5_flush", error);
}

gboolean onr_inverted_optimise(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "optimize", error);
}

gboolean onr_inverted_check(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "integrity-check", error);
}
