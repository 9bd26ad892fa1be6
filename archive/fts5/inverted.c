/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/fts5/inverted.h"

#include <string.h>

#define TOKENIZER "onrecord"
#define FUNCTION "onr_visit"
#define POINTER_TYPE "onr_walk" /* of sqlite3_bind_pointer */

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

static int tokenize_postings(void *context, const guint8 *bytes, gsize n_bytes, TokenFunc token) {
  OnrPosting posting;
  for (gsize at = 0; onr_postings_next(bytes, n_bytes, &at, &posting);) {
    int rc =
        token(context, posting.is_colocated ? FTS5_TOKEN_COLOCATED : 0, posting.term, posting.length, 0, 0);
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

/* --- the function --- */

typedef struct {
  OnrVisit visit;
  gpointer data;
  gboolean is_sweep; /* visit the rows of each phrase, then end */
  GError *error;
} Walk;

static int visit_phrase_row(const Fts5ExtensionApi *api, Fts5Context *context, void *user) {
  Walk *walk = user;
  OnrPlace place = {api, context};
  return walk->visit(&place, walk->data, &walk->error) ? SQLITE_OK : SQLITE_ABORT;
}

static int sweep(const Fts5ExtensionApi *api, Fts5Context *context, Walk *walk) {
  int rc = SQLITE_OK;
  for (int i = 0; rc == SQLITE_OK && i < api->xPhraseCount(context); i++)
    rc = api->xQueryPhrase(context, i, walk, visit_phrase_row);
  return rc;
}

/* onr_visit(table, walk): true, which ends the statement, after a sweep; never true in a walk. */
static void on_row(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result,
                   int n_arguments, sqlite3_value **arguments) {
  Walk *walk = n_arguments == 1 ? sqlite3_value_pointer(arguments[0], POINTER_TYPE) : NULL;
  if (!walk) {
    sqlite3_result_error(result, FUNCTION " is for Onrecord's own use", -1);
    return;
  }
  int rc = walk->is_sweep ? sweep(api, context, walk) : visit_phrase_row(api, context, walk);
  if (rc != SQLITE_OK)
    sqlite3_result_error_code(result, rc);
  else
    sqlite3_result_int(result, walk->is_sweep);
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
  if (rc == SQLITE_OK)
    rc = api->xCreateFunction(api, FUNCTION, NULL, on_row, NULL);
  return rc == SQLITE_OK || onr_database_fail_code(db, rc, error);
}

/* --- the tables --- */

/* A small hash stays in the processor's cache (measured: 4 MiB 20.9 MB/s, 64 MiB 14.5 MB/s of text); the many
   segments that it leaves are merged CRISIS_MERGE at a time and by optimise. PGSZ: so that a block fits into
   a page of the file with its header. */
#define HASH_BYTES "4194304"
#define CRISIS_MERGE "64"
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

guint onr_inverted_column_weight(OnrTable table, int column) {
  static const guint weights[][3] = {
      [ONR_TABLE_ARTICLES] = {ONR_TITLE_WEIGHT, 1, 0}, [ONR_TABLE_QUOTES] = {1, 0, 0}};
  return weights[table][column];
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

gboolean onr_inverted_optimise(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "optimize", error);
}

gboolean onr_inverted_check(OnrRecord *record, OnrTable table, GError **error) {
  return run_command(record, table, "integrity-check", error);
}

/* --- walking --- */

void onr_inverted_quote(GString *out, const char *term) {
  g_string_append_c(out, '"');
  for (; *term; term++) {
    if (*term == '"')
      g_string_append_c(out, '"');
    g_string_append_c(out, *term);
  }
  g_string_append_c(out, '"');
}

static gboolean run_walk(OnrRecord *record, OnrTable table, const char *expression, guint32 low, guint32 high,
                         Walk *walk, GError **error) {
  static const char *const sql[] = {
      [ONR_TABLE_ARTICLES] =
          "SELECT 1 FROM fts5_article WHERE fts5_article MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
          " AND " FUNCTION "(fts5_article, ?4)",
      [ONR_TABLE_QUOTES] = "SELECT 1 FROM fts5_quote WHERE fts5_quote MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
                           " AND " FUNCTION "(fts5_quote, ?4)"};
  g_autoptr(OnrStatement) s = onr_record_statement(record, sql[table], error);
  if (!s)
    return FALSE;
  onr_bind_text(s, 1, expression);
  onr_bind_int(s, 2, low);
  onr_bind_int(s, 3, high);
  sqlite3_bind_pointer(s, 4, walk, POINTER_TYPE, NULL);
  g_autoptr(GError) local = NULL;
  OnrStep step = onr_step(s, &local);
  if (walk->error)
    g_propagate_error(error, g_steal_pointer(&walk->error));
  else if (step == ONR_STEP_ERROR)
    g_propagate_error(error, g_steal_pointer(&local));
  else
    return TRUE;
  return FALSE;
}

gboolean onr_inverted_walk(OnrRecord *record, OnrTable table, const char *expression, guint32 low,
                           guint32 high, OnrVisit visit, gpointer data, GError **error) {
  Walk walk = {.visit = visit, .data = data};
  return run_walk(record, table, expression, low, high, &walk, error);
}

/* Strings in one expression: FTS5 opens the lists of all of them to find the row in which the sweep begins.
 */
#define SWEEP_STRINGS 100

gboolean onr_inverted_sweep(OnrRecord *record, OnrTable table, const char *const *terms, guint n_terms,
                            OnrVisit visit, gpointer data, GError **error) {
  Walk walk = {.visit = visit, .data = data, .is_sweep = TRUE};
  g_autoptr(GString) expression = g_string_new(NULL);
  for (guint i = 0; i < n_terms; i++) {
    g_string_append(expression, expression->len ? " OR " : "");
    onr_inverted_quote(expression, terms[i]);
    if (i % SWEEP_STRINGS != SWEEP_STRINGS - 1 && i != n_terms - 1)
      continue;
    if (!run_walk(record, table, expression->str, 0, G_MAXUINT32, &walk, error))
      return FALSE;
    g_string_truncate(expression, 0);
  }
  return TRUE;
}
