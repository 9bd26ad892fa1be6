/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tables of separated values with a header: a row is an article. Read as a stream: a row that is too long or
   broken costs itself.

   A quotation mark that is never closed would swallow the rows behind it. It counts as such where a mark that
   looks as if it opened a cell follows behind a line end (cells.h), or none follows at all. Then its row ends
   with its own line, and the lines up to the place where this showed are rows of a line each, which are taken
   when they have just as many cells as the header. */
#include "indexer/readers/readers.h"

#include "indexer/exports/columns.h"
#include "indexer/exports/cutter.h"
#include "indexer/news/given.h"
#include "indexer/readers/whole.h"

#include <string.h>

#define MAX_ORDER_BYTES (1u << 20) /* of rows that are looked at for the order of day and month */

static const char *const CSV_ENDINGS[] = {"csv", "psv", NULL};
static const char *const TSV_ENDINGS[] = {"tsv", "tab", NULL};

static int probe_csv(const char *bytes, gsize n_bytes, const char *ending) {
  if (g_strv_contains(CSV_ENDINGS, ending))
    return 2;
  gboolean is_open = strcmp(ending, "") == 0 || strcmp(ending, "txt") == 0;
  return is_open && onr_table_head_is_evident(bytes, n_bytes) ? 2 : 0;
}

static int probe_tsv(const char *bytes, gsize n_bytes, const char *ending) {
  (void)bytes;
  (void)n_bytes;
  return g_strv_contains(TSV_ENDINGS, ending) ? 2 : 0;
}

/* --- cutting --- */

typedef struct {
  OnrCutter *cutter;
  OnrTableHead *table;      /* owned by … */
  GBytes *usual, *exact;    /* … the first; OnrRawItem.shared */
  OnrRowScan scan;          /* of the row at the cutter's beginning */
  gsize exact_bytes;        /* from there on are rows of a line each */
  gboolean is_at_end;       /* the stream */
  gboolean is_passing_over; /* the rest of a row that is too long */
} Rows;

static void rows_free(gpointer p) {
  Rows *rows = p;
  g_clear_pointer(&rows->cutter, onr_cutter_free);
  g_clear_pointer(&rows->usual, g_bytes_unref);
  g_clear_pointer(&rows->exact, g_bytes_unref);
  g_free(rows);
}

static void free_table(gpointer table) {
  onr_table_head_free(table);
}

static GBytes *share(OnrTableHead *table) {
  return g_bytes_new_with_free_func(table, sizeof *table, free_table, table);
}

/* What the column's name says of a text; one that the user named is a text whatever it is called. */
static OnrGivenForm form_of(const OnrColumn *column) {
  guint rank;
  gboolean is_own = onr_header_find(column->name, -1, &rank) == ONR_HEADER_TEXT && rank == column->rank;
  return is_own ? onr_given_form(rank) : ONR_GIVEN_WORDS;
}

/* Summaries of what has no title are no articles: of goods, of data sets. */
static gboolean check_columns(const OnrTableHead *table, GError **error) {
  for (guint i = 0; i < table->columns->len; i++) {
    const OnrColumn *column = &g_array_index(table->columns, OnrColumn, i);
    if (column->field == ONR_HEADER_TITLE ||
        (column->field == ONR_HEADER_TEXT && form_of(column) != ONR_GIVEN_SUMMARY))
      return TRUE;
  }
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT,
                      "no column is a title or a text, only a summary; --map text=COLUMN says which is");
  return FALSE;
}

/* The order of day and month, from what has been read, or more where that does not tell. */
static void find_orders(Rows *rows, OnrStream *stream) {
  gsize n_bytes;
  const char *bytes = onr_cutter_bytes(rows->cutter, &n_bytes);
  if (onr_table_head_find_orders(rows->table, bytes, n_bytes))
    return;
  while (n_bytes < MAX_ORDER_BYTES && onr_cutter_more(rows->cutter, stream, NULL))
    bytes = onr_cutter_bytes(rows->cutter, &n_bytes);
  onr_table_head_find_orders(rows->table, bytes, n_bytes);
}

static gboolean start(OnrStream *stream, OnrSplit *split, GError **error) {
  Rows *rows = g_new0(Rows, 1);
  split->state = rows;
  split->free_state = rows_free;
  gsize n_bytes, n_header;
  if (!(rows->cutter = onr_cutter_open(stream, error)))
    return FALSE;
  onr_cutter_more(rows->cutter, stream, NULL);
  const char *bytes = onr_cutter_bytes(rows->cutter, &n_bytes);
  rows->table = onr_table_head_find(bytes, n_bytes, rows->cutter->charset, split->map, &n_header, error);
  if (!rows->table)
    return FALSE;
  if (!check_columns(rows->table, error)) {
    g_clear_pointer(&rows->table, onr_table_head_free);
    return FALSE;
  }
  onr_cutter_drop(rows->cutter, rows->cutter->begin + n_header);
  find_orders(rows, stream);
  rows->usual = share(rows->table);
  rows->exact = share(onr_table_head_copy_exact(rows->table));
  split->remark = g_strdup(rows->table->remark);
  return TRUE;
}

/* Behind the line at BYTES. */
static gsize line_length(const OnrDialect *dialect, const char *bytes, gsize n_bytes) {
  const char *end = memchr(bytes, dialect->is_cr ? '\r' : '\n', n_bytes);
  return end ? (gsize)(end - bytes) + 1 : n_bytes;
}

/* TRUE where one of the lines that an open mark has swallowed may be a row. */
static gboolean holds_row(const OnrTableHead *table, const char *bytes, gsize n_bytes) {
  for (gsize at = 0, n; at < n_bytes; at += n) {
    n = line_length(&table->dialect, bytes + at, n_bytes - at);
    if (onr_row_count(&table->dialect, bytes + at, n) == table->columns->len)
      return TRUE;
  }
  return FALSE;
}

/* Where the line with the byte AT begins. */
static gsize line_begin(const char *bytes, gsize at) {
  while (at > 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r')
    at--;
  return at;
}

/* A mark of the row at BYTES is open, as showed at UNTIL: returns where the row ends. */
static gsize end_open_row(Rows *rows, const char *bytes, gsize until, gboolean is_certain) {
  gsize end = rows->scan.line_end;
  if (!is_certain && !holds_row(rows->table, bytes + end, until - end))
    return until;
  rows->exact_bytes = until - MIN(end, until);
  return end;
}

/* The end of the row at BYTES, 0 where more is needed. */
static gsize find_end(Rows *rows, const char *bytes, gsize n_bytes) {
  if (rows->exact_bytes > 0) {
    gsize n = line_length(&rows->table->dialect, bytes, MIN(n_bytes, rows->exact_bytes));
    return n;
  }
  OnrRowScan *scan = &rows->scan;
  gboolean is_too_long = n_bytes > ONR_MAX_ITEM_BYTES;
  switch (onr_row_scan(&rows->table->dialect, bytes, n_bytes, rows->is_at_end, scan)) {
  case ONR_ROW_STRAY:
    return end_open_row(rows, bytes, line_begin(bytes, scan->at), TRUE);
  case ONR_ROW_WHOLE:
    return scan->is_quoted && scan->line_end ? end_open_row(rows, bytes, n_bytes, FALSE) : scan->at;
  default:
    if (!is_too_long)
      return 0;
    return scan->is_quoted && scan->line_end ? end_open_row(rows, bytes, n_bytes, FALSE) : n_bytes;
  }
}

/* TRUE for a row without a letter: of separators alone, as spreadsheets leave them at the end. */
static gboolean is_empty(const OnrDialect *dialect, const char *bytes, gsize n_bytes) {
  for (gsize i = 0; i < n_bytes; i++)
    if (!g_ascii_isspace(bytes[i]) && bytes[i] != dialect->separator)
      return FALSE;
  return TRUE;
}

/* Finds the end of the next row that is not empty; 0 at the end of the file, or with ERROR. */
static gsize seek_row(Rows *rows, OnrStream *stream, GError **error) {
  for (;;) {
    gsize n_bytes, end;
    const char *bytes = onr_cutter_bytes(rows->cutter, &n_bytes);
    if (n_bytes == 0 && rows->is_at_end)
      return 0;
    if (rows->is_passing_over) { /* up to the next line */
      end = line_length(&rows->table->dialect, bytes, n_bytes);
      rows->is_passing_over = end == n_bytes && !(n_bytes && bytes[n_bytes - 1] == '\n');
      onr_cutter_drop(rows->cutter, rows->cutter->begin + end);
    } else if (n_bytes > 0 && (end = find_end(rows, bytes, n_bytes)) > 0) {
      if (!is_empty(&rows->table->dialect, bytes, end))
        return end;
      rows->scan = (OnrRowScan){0};
      rows->exact_bytes -= MIN(rows->exact_bytes, end);
      onr_cutter_drop(rows->cutter, rows->cutter->begin + end);
      continue;
    }
    g_autoptr(GError) why = NULL;
    rows->is_at_end = !onr_cutter_more(rows->cutter, stream, &why);
    if (why) {
      g_propagate_error(error, g_steal_pointer(&why));
      return 0;
    }
  }
}

static gboolean split(OnrStream *stream, OnrSplit *split, OnrRawItem *out, GError **error) {
  if (!split->state && !start(stream, split, error))
    return FALSE;
  Rows *rows = split->state;
  gboolean is_exact = rows->exact_bytes > 0;
  gsize end = seek_row(rows, stream, error);
  if (end == 0)
    return FALSE;
  is_exact = is_exact && rows->exact_bytes > 0;
  if (is_exact)
    rows->exact_bytes -= MIN(rows->exact_bytes, end);
  rows->scan = (OnrRowScan){0};
  out->bytes = onr_cutter_take(rows->cutter, rows->cutter->begin + end, &out->error);
  rows->is_passing_over = out->error != NULL && !rows->is_at_end;
  out->shared = g_bytes_ref(is_exact ? rows->exact : rows->usual);
  out->charset = g_strdup(rows->cutter->charset);
  out->member = g_strdup_printf("%" G_GUINT64_FORMAT, ++split->n_items);
  return TRUE;
}

/* --- a row --- */

/* The cells of TEXT, as long as the header at most. A mark that is open is a character like the rest where
 * that makes of a line a row of the right length. */
static gboolean read_cells(const OnrTableHead *table, const char *text, gsize length, GPtrArray *cells,
                           GError **error) {
  guint n_columns = table->columns->len;
  gboolean is_closed = onr_row_split(&table->dialect, text, length, cells);
  if (!is_closed && (cells->len != n_columns || memchr(text, '\n', length > 0 ? length - 1 : 0))) {
    g_set_error_literal(error, ONR_ERROR, ONR_ERROR_FORMAT, "a quotation mark that opens here is not closed");
    return FALSE;
  }
  guint n = cells->len;
  while (n > n_columns && onr_line_is_blank(cells->pdata[n - 1], strlen(cells->pdata[n - 1])))
    n--;
  gboolean is_short = n < n_columns && (table->is_exact || n == 1);
  if (n > n_columns || is_short)
    g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT, "%u cell%s where the header has %u", n, n == 1 ? "" : "s",
                n_columns);
  else
    g_ptr_array_set_size(cells, (gint)n);
  return n <= n_columns && !is_short;
}

static void set_field(OnrFields *fields, const OnrColumn *column, const char *cell) {
  g_autofree char *iso = NULL;
  gint32 day;
  if (column->order != ONR_DATE_ORDER_NONE)
    onr_date_parse_ordered(cell, column->order, &iso, &day);
  onr_given_set(fields, (OnrHeaderField)column->field, column->rank, iso ? iso : cell, -1);
}

/* The cells' fields into ARTICLE. Returns the text's column, or -1. */
static int read_fields(const OnrTableHead *table, const GPtrArray *cells, OnrArticle *article) {
  OnrFields fields;
  onr_fields_init(&fields, article);
  int text = -1;
  guint text_rank = G_MAXUINT;
  for (guint i = 0; i < cells->len; i++) {
    const OnrColumn *column = &g_array_index(table->columns, OnrColumn, i);
    const char *cell = cells->pdata[i];
    if (column->field == ONR_HEADER_TEXT && column->rank < text_rank &&
        onr_given_is_text(cell, strlen(cell), form_of(column))) {
      text = (int)i;
      text_rank = column->rank;
    } else if (column->field >= 0 && column->field != ONR_HEADER_TEXT) {
      set_field(&fields, column, cell);
    }
  }
  onr_fields_finish(&fields);
  return text;
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  const OnrTableHead *table = g_bytes_get_data(item->shared, NULL);
  g_auto(OnrDecoded) row = {0};
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  if (!onr_whole_decode(item, item->charset, ONR_MAX_ITEM_BYTES, &row, error) ||
      !read_cells(table, row.text, row.length, cells, error))
    return FALSE;
  *n_replaced += row.n_replaced;
  int column = read_fields(table, cells, article);
  const char *text = column >= 0 ? cells->pdata[column] : "";
  OnrGivenForm form =
      column >= 0 ? form_of(&g_array_index(table->columns, OnrColumn, (guint)column)) : ONR_GIVEN_WORDS;
  if (form == ONR_GIVEN_SUMMARY && !article->title)
    text = "", form = ONR_GIVEN_WORDS;
  return onr_given_set_text(article, text, strlen(text), form, n_replaced, error);
}

const OnrReader ONR_READER_CSV = {
    .name = "csv",
    .what = "tables with a header (CSV)",
    .endings = CSV_ENDINGS,
    .probe = probe_csv,
    .split = split,
    .parse = parse,
};

const OnrReader ONR_READER_TSV = {
    .name = "tsv",
    .what = "tables with a header (TSV)",
    .endings = TSV_ENDINGS,
    .probe = probe_tsv,
    .split = split,
    .parse = parse,
};
