/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the index agrees with itself and with the record. Every posting is gone through once, in order of
   terms (fts5vocab); what is counted on the way must be what the dictionary, the columns and the totals say,
   and these must be what the record's tables say. */
#include "archive/fts5/doclist.h"
#include "archive/fts5/index.h"

#include <string.h>

typedef struct {
  OnrIndex *index;
  OnrFindingKind kind;
  OnrTable table;
  GArray *lengths; /* guint32 by row: sum of weights of the forms found */
} Check;

static const char *item_name(const Check *check) {
  return check->table == ONR_TABLE_ARTICLES ? "article" : "quote";
}

/* Damage is a finding; what keeps the check from looking is an error. */
static gboolean damage_is_found(Check *check, gboolean ok, GError *local, GError **error) {
  if (ok)
    return TRUE;
  if (!g_error_matches(local, ONR_ERROR, ONR_ERROR_CORRUPT)) {
    g_propagate_error(error, local);
    return FALSE;
  }
  g_ptr_array_add(check->kind.findings,
                  g_strdup_printf("index: %s lists: %s", item_name(check), local->message));
  g_error_free(local);
  return TRUE;
}

/* --- postings against the dictionary --- */

/* Forms of the dictionary, in order. */
typedef struct {
  OnrDictionaryCursor *cursor;
  OnrDictionaryEntry entry;
  OnrStep step;
} FormCursor;

/* Stems are in no list of their own: check_stems. */
static gboolean next_form(FormCursor *forms, GError **error) {
  do
    forms->step = onr_dictionary_cursor_next(forms->cursor, &forms->entry, error);
  while (forms->step == ONR_STEP_ROW && (forms->entry.form || onr_term_is_stem(forms->entry.term)));
  return forms->step != ONR_STEP_ERROR;
}

/* What the lists give for one term. */
typedef struct {
  GString *term;
  gint64 n_items, n_postings;
  gint64 last_row;
} Counted;

/* Moves on to TERM or what comes after it; NULL: to the end. What is passed over is in no list. */
static gboolean pass_forms(Check *check, FormCursor *forms, const char *term, GError **error) {
  while (forms->step == ONR_STEP_ROW && !(term && strcmp(forms->entry.term, term) >= 0)) {
    onr_finding_add(&check->kind, "%s term '%s' is counted but in no list", item_name(check),
                    forms->entry.term);
    if (!next_form(forms, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean compare_term(Check *check, const Counted *counted, FormCursor *forms, GError **error) {
  const char *term = counted->term->str;
  if (!pass_forms(check, forms, term, error))
    return FALSE;
  const OnrDictionaryEntry *entry = &forms->entry;
  if (forms->step == ONR_STEP_DONE || strcmp(entry->term, term) != 0) {
    onr_finding_add(&check->kind, "%s term '%s' is in the lists but not counted", item_name(check), term);
    return TRUE;
  }
  if (entry->n_items != counted->n_items || entry->n_postings != counted->n_postings)
    onr_finding_add(&check->kind,
                    "%s term '%s' is counted in %" G_GINT64_FORMAT " items with weight %" G_GINT64_FORMAT
                    ", listed in %" G_GINT64_FORMAT " with %" G_GINT64_FORMAT,
                    item_name(check), term, entry->n_items, entry->n_postings, counted->n_items,
                    counted->n_postings);
  return next_form(forms, error);
}

/* fts5vocab names columns. */
static int column_number(OnrTable table, const char *name) {
  if (g_str_equal(name, "fields"))
    return table == ONR_TABLE_ARTICLES ? 2 : 1;
  return g_str_equal(name, "text");
}

static void count_posting(Check *check, Counted *counted, gint64 row, const char *column) {
  guint weight = onr_inverted_weights(check->table)[column_number(check->table, column)];
  counted->n_items += row != counted->last_row;
  counted->last_row = row;
  counted->n_postings += weight;
  if (row <= 0 || row > ONR_ROW_MAX) {
    onr_finding_add(&check->kind, "lists name %s %" G_GINT64_FORMAT, item_name(check), row);
    return;
  }
  if (row >= check->lengths->len)
    g_array_set_size(check->lengths, (guint)row + 1);
  g_array_index(check->lengths, guint32, row) += weight;
}

/* POSTINGS: term, row, column, in order of terms and rows. */
static gboolean compare_postings(Check *check, sqlite3_stmt *postings, FormCursor *forms, Counted *counted,
                                 GError **error) {
  OnrStep step;
  while ((step = onr_step(postings, error)) == ONR_STEP_ROW) {
    const char *term = onr_column_text(postings, 0);
    if (strcmp(term, counted->term->str) != 0) {
      if (counted->term->len && !compare_term(check, counted, forms, error))
        return FALSE;
      g_string_assign(counted->term, term);
      counted->n_items = counted->n_postings = 0;
      counted->last_row = 0;
    }
    count_posting(check, counted, onr_column_int(postings, 1), onr_column_text(postings, 2));
  }
  if (step == ONR_STEP_ERROR || (counted->term->len && !compare_term(check, counted, forms, error)))
    return FALSE;
  return pass_forms(check, forms, NULL, error);
}

static gboolean read_lists(Check *check, GError **error) {
  gboolean is_article = check->table == ONR_TABLE_ARTICLES;
  sqlite3 *db = onr_record_database(check->index->record);
  g_autoptr(OnrOwnStatement) postings =
      onr_database_prepare(db,
                           is_article ? "SELECT term, doc, col FROM temp.fts5_article_list"
                                      : "SELECT term, doc, col FROM temp.fts5_quote_list",
                           error);
  g_autoptr(OnrDictionaryCursor) cursor =
      postings ? onr_dictionary_cursor_new(check->index->dictionaries[check->table], error) : NULL;
  if (!cursor)
    return FALSE;
  g_autoptr(GString) term = g_string_new(NULL);
  FormCursor forms = {.cursor = cursor};
  Counted counted = {.term = term};
  return next_form(&forms, error) && compare_postings(check, postings, &forms, &counted, error);
}

/* --- stems against the lists of their forms --- */

/* A stem that is being checked, with its forms so far. */
typedef struct {
  GString *term; /* empty: none */
  gint64 n_items, n_postings;
  GPtrArray *forms; /* char * */
} Stem;

static void check_stem(Check *check, const Stem *stem) {
  if (!stem->term->len)
    return;
  g_autoptr(OnrList) list = onr_list_open(check->index->segments[check->table], stem->forms);
  gint64 n_rows = 0, sum = 0;
  for (guint32 row = onr_list_seek(list, 0); row != ONR_NO_ROW; row = onr_list_seek(list, row + 1)) {
    n_rows++;
    sum += onr_list_wdf(list, onr_inverted_weights(check->table), ONR_MAX_COLUMNS);
  }
  if (n_rows != stem->n_items || sum != stem->n_postings)
    onr_finding_add(&check->kind,
                    "%s stem '%s' is counted in %" G_GINT64_FORMAT " items with weight %" G_GINT64_FORMAT
                    ", its forms are listed in %" G_GINT64_FORMAT " with %" G_GINT64_FORMAT,
                    item_name(check), stem->term->str, stem->n_items, stem->n_postings, n_rows, sum);
}

static void begin_stem(Stem *stem, const OnrDictionaryEntry *entry) {
  g_string_assign(stem->term, entry->term);
  stem->n_items = entry->n_items;
  stem->n_postings = entry->n_postings;
  g_ptr_array_set_size(stem->forms, 0);
}

/* A form of a stem says again in how many items it is. */
static gboolean check_form(Check *check, const OnrDictionaryEntry *entry, GError **error) {
  guint64 n_items, n_postings;
  if (!onr_dictionary_find(check->index->dictionaries[check->table], entry->form, &n_items, &n_postings,
                           error))
    return FALSE;
  if (entry->n_items < 0 || (guint64)entry->n_items != n_items)
    onr_finding_add(&check->kind,
                    "%s term '%s' is counted in %" G_GUINT64_FORMAT
                    " items, as a form of '%s' in %" G_GINT64_FORMAT,
                    item_name(check), entry->form, n_items, entry->term, entry->n_items);
  return TRUE;
}

static gboolean check_entry(Check *check, Stem *stem, const OnrDictionaryEntry *entry, GError **error) {
  if (!entry->form) {
    check_stem(check, stem);
    begin_stem(stem, onr_term_is_stem(entry->term) ? entry : &(OnrDictionaryEntry){.term = ""});
    return TRUE;
  }
  if (strcmp(entry->term, stem->term->str) != 0)
    onr_finding_add(&check->kind, "%s stem '%s' has the form '%s' but is not counted", item_name(check),
                    entry->term, entry->form);
  else
    g_ptr_array_add(stem->forms, g_strdup(entry->form));
  return check_form(check, entry, error);
}

static gboolean check_entries(Check *check, Stem *stem, GError **error) {
  g_autoptr(OnrDictionaryCursor) cursor =
      onr_dictionary_cursor_new(check->index->dictionaries[check->table], error);
  if (!cursor)
    return FALSE;
  OnrDictionaryEntry entry;
  OnrStep step;
  while ((step = onr_dictionary_cursor_next(cursor, &entry, error)) == ONR_STEP_ROW)
    if (!check_entry(check, stem, &entry, error))
      return FALSE;
  check_stem(check, stem);
  onr_finding_end(&check->kind);
  return step != ONR_STEP_ERROR;
}

static gboolean check_stems(Check *check, GError **error) {
  OnrSegments *segments = check->index->segments[check->table];
  if (!onr_segments_load(segments, error))
    return FALSE;
  g_autoptr(GString) term = g_string_new(NULL);
  g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
  Stem stem = {.term = term, .forms = forms};
  return check_entries(check, &stem, error) && onr_segments_check(segments, error);
}

/* --- columns and totals --- */

static void compare_lengths(Check *check) {
  OnrColumns *columns = check->index->columns;
  OnrColumn column = onr_length_column(check->table);
  const OnrIndexTotal *total = &check->index->totals[check->table];
  OnrIndexTotal seen = {0};
  guint32 end = MAX(onr_columns_end(columns, column), check->lengths->len);
  for (guint32 row = 0; row < end; row++) {
    guint32 stored = onr_columns_get(columns, column, row);
    guint32 listed = row < check->lengths->len ? g_array_index(check->lengths, guint32, row) : 0;
    seen.n_items += stored > 0;
    seen.length += stored ? stored - 1 : 0;
    if (listed != (stored ? stored - 1 : 0))
      onr_finding_add(&check->kind, "%s %u has length %u, its lists give %u", item_name(check), row,
                      stored ? stored - 1 : 0, listed);
  }
  onr_finding_end(&check->kind);
  if (seen.n_items != total->n_items || seen.length != total->length)
    onr_finding_add(&check->kind,
                    "totals say %" G_GUINT64_FORMAT " %ss of length %" G_GUINT64_FORMAT
                    ", there are %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
                    total->n_items, item_name(check), total->length, seen.n_items, seen.length);
  onr_finding_end(&check->kind);
}

/* --- the record --- */

static guint32 number_of(const Check *check, OnrColumn column, gint64 row) {
  return row > 0 && row <= ONR_ROW_MAX ? onr_columns_get(check->index->columns, column, (guint32)row) : 0;
}

/* At one row of: row, day, first quote, number of quotes. */
static void compare_article(Check *check, sqlite3_stmt *s) {
  gint64 row = onr_column_int(s, 0);
  gint32 day = sqlite3_column_type(s, 1) == SQLITE_NULL ? ONR_NO_DAY : (gint32)onr_column_int(s, 1);
  if (!number_of(check, ONR_ARTICLE_LENGTH, row))
    onr_finding_add(&check->kind, "article %" G_GINT64_FORMAT " is not indexed", row);
  else if (onr_day_decode(number_of(check, ONR_ARTICLE_DAY, row)) != day)
    onr_finding_add(&check->kind, "article %" G_GINT64_FORMAT " has another day than in the record", row);
  else if (number_of(check, ONR_ARTICLE_FIRST_QUOTE, row) != onr_column_int(s, 2) ||
           number_of(check, ONR_ARTICLE_N_QUOTES, row) != onr_column_int(s, 3))
    onr_finding_add(&check->kind, "article %" G_GINT64_FORMAT " has other quotes than in the record", row);
}

/* At one row of: row, article, kind, act, confidence. */
static void compare_quote(Check *check, sqlite3_stmt *s) {
  gint64 row = onr_column_int(s, 0);
  guint32 traits = onr_traits_encode((guint)onr_column_int(s, 2), (guint)onr_column_int(s, 3),
                                     (guint)onr_column_int(s, 4));
  if (!number_of(check, ONR_QUOTE_LENGTH, row))
    onr_finding_add(&check->kind, "quote %" G_GINT64_FORMAT " is not indexed", row);
  else if (number_of(check, ONR_QUOTE_ARTICLE, row) != onr_column_int(s, 1))
    onr_finding_add(&check->kind, "quote %" G_GINT64_FORMAT " has another article than in the record", row);
  else if (number_of(check, ONR_QUOTE_TRAITS, row) != traits)
    onr_finding_add(&check->kind,
                    "quote %" G_GINT64_FORMAT " has another kind, act or confidence than in the record", row);
}

static gboolean compare_record(Check *check, GError **error) {
  gboolean is_article = check->table == ONR_TABLE_ARTICLES;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(
      onr_record_database(check->index->record),
      is_article ? "SELECT a.row, a.day, ifnull(min(q.row), 0), count(q.row) FROM article a"
                   " LEFT JOIN quote q ON q.article = a.row GROUP BY a.row"
                 : "SELECT row, article, kind, act, confidence FROM quote",
      error);
  if (!s)
    return FALSE;
  guint64 n_rows = 0;
  OnrStep step;
  while ((step = onr_step(s, error)) == ONR_STEP_ROW) {
    n_rows++;
    if (is_article)
      compare_article(check, s);
    else
      compare_quote(check, s);
  }
  onr_finding_end(&check->kind);
  guint64 n_items = check->index->totals[check->table].n_items;
  if (step == ONR_STEP_DONE && n_rows != n_items)
    onr_finding_add(&check->kind, "%" G_GUINT64_FORMAT " %ss are indexed, the record has %" G_GUINT64_FORMAT,
                    n_items, item_name(check), n_rows);
  onr_finding_end(&check->kind);
  return step != ONR_STEP_ERROR;
}

/* --- all of it --- */

static gboolean check_lists(Check *check, GError **error) {
  GError *local = NULL;
  gboolean ok = onr_dictionary_check(check->index->dictionaries[check->table], &local) &&
                read_lists(check, &local) && check_stems(check, &local);
  onr_finding_end(&check->kind);
  if (!ok)
    return damage_is_found(check, FALSE, local, error);
  compare_lengths(check);
  return TRUE;
}

/* FTS5 checks its structures only for those who may write. */
static gboolean check_structure(Check *check, GError **error) {
  GError *local = NULL;
  gboolean ok = !check->index->is_writable || onr_inverted_check(check->index->record, check->table, &local);
  return damage_is_found(check, ok, local, error);
}

static gboolean check_table(Check *check, GError **error) {
  if (!check_structure(check, error) || !check_lists(check, error) || !compare_record(check, error))
    return FALSE;
  GError *local = NULL;
  gboolean ok = onr_columns_check(check->index->columns, &local);
  return damage_is_found(check, ok, local, error);
}

gboolean onr_index_check(OnrIndex *index, OnrFindings *findings, GError **error) {
  static const char lists[] =
      "DROP TABLE IF EXISTS temp.fts5_article_list; DROP TABLE IF EXISTS temp.fts5_quote_list;"
      "CREATE VIRTUAL TABLE temp.fts5_article_list USING fts5vocab(main, fts5_article, instance);"
      "CREATE VIRTUAL TABLE temp.fts5_quote_list USING fts5vocab(main, fts5_quote, instance)";
  gboolean ok = onr_database_exec(onr_record_database(index->record), lists, error);
  for (int t = 0; ok && t < ONR_N_TABLES; t++) {
    Check check = {.index = index, .kind = {.findings = findings}, .table = (OnrTable)t};
    check.lengths = g_array_new(FALSE, TRUE, sizeof(guint32));
    ok = check_table(&check, error);
    g_array_unref(check.lengths);
  }
  sqlite3_exec(onr_record_database(index->record),
               "DROP TABLE IF EXISTS temp.fts5_article_list; DROP TABLE IF EXISTS temp.fts5_quote_list", NULL,
               NULL, NULL);
  return ok;
}
