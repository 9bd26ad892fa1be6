/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/columns.h"

#include "indexer/readers/whole.h"
#include "text/decode.h"

#include <string.h>

#define MAX_REMARK_BYTES 1000
#define MAX_NAME_BYTES 100 /* of a column's name, as it is told */

static const char *const FIELDS[ONR_N_HEADERS] = {
    [ONR_HEADER_ID] = "id",
    [ONR_HEADER_TITLE] = "title",
    [ONR_HEADER_TEXT] = "text",
    [ONR_HEADER_BYLINE] = "byline",
    [ONR_HEADER_DATELINE] = "dateline",
    [ONR_HEADER_DATE] = "published",
    [ONR_HEADER_PUBLISHER] = "publisher",
    [ONR_HEADER_SECTION] = "section",
    [ONR_HEADER_LANGUAGE] = "language",
    [ONR_HEADER_URL] = "url",
};

static const char SEPARATORS[] = ",;\t|";

/* --- what the user says --- */

gboolean onr_column_map_check(const char *const *map, GError **error) {
  for (; map && *map; map++) {
    const char *equals = strchr(*map, '=');
    guint rank;
    if (equals && onr_header_find(*map, equals - *map, &rank) >= 0)
      continue;
    g_autofree char *fields = g_strjoin(", ", FIELDS[0], FIELDS[1], FIELDS[2], FIELDS[3], FIELDS[4],
                                        FIELDS[5], FIELDS[6], FIELDS[7], FIELDS[8], FIELDS[9], NULL);
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "--map '%s': expected FIELD=COLUMN, FIELD one of %s", *map,
                fields);
    return FALSE;
  }
  return TRUE;
}

G_STATIC_ASSERT(ONR_N_HEADERS == 10); /* the list above */

static gboolean is_number(const char *column, guint *number) {
  char *end;
  if (*column != '#' || !g_ascii_isdigit(column[1]))
    return FALSE;
  guint64 n = g_ascii_strtoull(column + 1, &end, 10);
  *number = (guint)MIN(n, G_MAXUINT);
  return *end == '\0';
}

/* NAME without case and joints, as onr_header_find compares names. The caller frees it. */
static char *squeeze(const char *name) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (; *name; name++)
    if (!strchr("_-: ", *name))
      g_string_append_c(out, *name);
  return g_utf8_casefold(out->str, (gssize)out->len);
}

/* The index of COLUMN, or -1. */
static int find_column(const OnrTableHead *table, const char *column) {
  guint number;
  if (is_number(column, &number))
    return number >= 1 && number <= table->columns->len ? (int)number - 1 : -1;
  g_autofree char *key = squeeze(column);
  for (guint i = 0; i < table->columns->len; i++) {
    g_autofree char *name = squeeze(g_array_index(table->columns, OnrColumn, i).name);
    if (strcmp(name, key) == 0)
      return (int)i;
  }
  return -1;
}

/* What the user calls a column takes the field from those that the header offered for it. LOST gets the
 * columns that are not there. */
static void apply_map(OnrTableHead *table, const char *const *map, GString *lost) {
  g_autofree gboolean *is_taken = g_new0(gboolean, table->columns->len);
  for (; map && *map; map++) {
    guint rank;
    const char *column = strchr(*map, '=') + 1;
    int field = onr_header_find(*map, column - 1 - *map, &rank), at = find_column(table, column);
    if (at < 0 && *column) {
      g_string_append_printf(lost, "; no column \"%s\"", column);
      continue;
    }
    for (guint i = 0; i < table->columns->len; i++) {
      OnrColumn *c = &g_array_index(table->columns, OnrColumn, i);
      if (c->field == field && !is_taken[i])
        c->field = -1;
    }
    if (at < 0)
      continue;
    g_array_index(table->columns, OnrColumn, at).field = field;
    g_array_index(table->columns, OnrColumn, at).rank = (guint)at;
    is_taken[at] = TRUE;
  }
}

/* --- what was found, for people --- */

static void append_name(GString *out, const OnrColumn *column) {
  static const char *const orders[] = {
      [ONR_DATE_ORDER_NONE] = "",
      [ONR_DATE_ORDER_DAY] = " (day/month)",
      [ONR_DATE_ORDER_MONTH] = " (month/day)",
  };
  gboolean is_plain = *column->name && !strpbrk(column->name, " \",;=");
  g_string_append_printf(out, is_plain ? "%s" : "\"%s\"", column->name);
  g_string_append(out, column->is_open ? " (day/month or month/day)" : orders[column->order]);
}

static void append_names(GString *out, const OnrTableHead *table, int field, const char *joint) {
  const char *before = "";
  for (guint i = 0; i < table->columns->len; i++) {
    const OnrColumn *c = &g_array_index(table->columns, OnrColumn, i);
    if (c->field != field)
      continue;
    if (out->len > MAX_REMARK_BYTES) {
      g_string_append(out, before), g_string_append(out, "…");
      return;
    }
    g_string_append(out, before);
    append_name(out, c);
    before = joint;
  }
}

static gboolean has_field(const OnrTableHead *table, int field) {
  for (guint i = 0; i < table->columns->len; i++)
    if (g_array_index(table->columns, OnrColumn, i).field == field)
      return TRUE;
  return FALSE;
}

static char *describe(const OnrTableHead *table) {
  GString *out = g_string_new(NULL);
  for (int field = 0; field < ONR_N_HEADERS; field++) {
    if (!has_field(table, field))
      continue;
    g_string_append_printf(out, "%s%s=", out->len ? " " : "", FIELDS[field]);
    append_names(out, table, field, ",");
  }
  if (has_field(table, -1)) {
    g_string_append(out, "; not used: ");
    append_names(out, table, -1, ", ");
  }
  g_string_append(out, table->lost);
  return g_string_free(out, FALSE);
}

/* --- the header --- */

void onr_table_head_free(OnrTableHead *table) {
  if (!table)
    return;
  for (guint i = 0; i < table->columns->len; i++)
    g_free(g_array_index(table->columns, OnrColumn, i).name);
  g_array_unref(table->columns);
  g_free(table->remark);
  g_free(table->lost);
  g_free(table);
}

OnrTableHead *onr_table_head_copy_exact(const OnrTableHead *table) {
  OnrTableHead *copy = g_new(OnrTableHead, 1);
  *copy =
      (OnrTableHead){.dialect = table->dialect, .columns = g_array_copy(table->columns), .is_exact = TRUE};
  for (guint i = 0; i < copy->columns->len; i++) {
    OnrColumn *column = &g_array_index(copy->columns, OnrColumn, i);
    column->name = g_strdup(column->name);
  }
  return copy;
}

/* CELL on one line, cut to what can be told. */
static char *clean_name(const char *cell) {
  g_autofree char *valid = g_utf8_make_valid(cell, -1);
  g_strdelimit(g_strstrip(valid), "\t\r\n", ' ');
  return g_utf8_substring(valid, 0, MIN(g_utf8_strlen(valid, -1), MAX_NAME_BYTES));
}

static OnrTableHead *table_new(const OnrDialect *dialect, const char *header, gsize n_bytes) {
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  onr_row_split(dialect, header, n_bytes, cells);
  OnrTableHead *table = g_new0(OnrTableHead, 1);
  table->dialect = *dialect;
  table->columns = g_array_new(FALSE, FALSE, sizeof(OnrColumn));
  for (guint i = 0; i < cells->len; i++) {
    OnrColumn column = {.name = clean_name(cells->pdata[i])};
    column.field = onr_header_find(column.name, -1, &column.rank);
    g_array_append_val(table->columns, column);
  }
  return table;
}

static guint count_known(const OnrTableHead *table) {
  guint n = 0;
  for (guint i = 0; i < table->columns->len; i++)
    n += g_array_index(table->columns, OnrColumn, i).field >= 0 ? 1 : 0;
  return n;
}

/* The bytes of the row that BYTES begin with. */
static gsize row_length(const OnrDialect *dialect, const char *bytes, gsize n_bytes) {
  OnrRowScan scan = {0};
  return onr_row_scan(dialect, bytes, n_bytes, TRUE, &scan) == ONR_ROW_STRAY ? scan.line_end : scan.at;
}

/* The table of the header at BYTES under its best separator. */
static OnrTableHead *best_table(const char *bytes, gsize n_bytes, const char *separators, gsize *n_header) {
  OnrTableHead *best = NULL;
  for (; *separators; separators++) {
    OnrDialect plain = {.separator = *separators,
                        .has_quotes = TRUE,
                        .has_blanks = TRUE,
                        .is_cr = !memchr(bytes, '\n', n_bytes)};
    gsize length = row_length(&plain, bytes, n_bytes);
    OnrTableHead *table = table_new(&plain, bytes, length);
    guint known = count_known(table), best_known = best ? count_known(best) : 0;
    if (best && (known < best_known || (known == best_known && table->columns->len <= best->columns->len))) {
      onr_table_head_free(table);
      continue;
    }
    onr_table_head_free(best);
    best = table;
    *n_header = length;
  }
  return best;
}

/* Bytes of blank lines and of "sep=;", whose character goes to SEPARATOR. */
static gsize skip_prolog(const char *bytes, gsize n_bytes, char separator[2]) {
  const char *at = bytes, *begin = bytes, *end = bytes + n_bytes, *line;
  gsize n;
  while (onr_line_next(&at, end, &line, &n)) {
    gboolean is_sep = n >= 5 && n <= 6 && g_ascii_strncasecmp(line, "sep=", 4) == 0;
    if (is_sep)
      separator[0] = line[4];
    else if (!onr_line_is_blank(line, n))
      break;
    begin = at;
  }
  return (gsize)(begin - bytes);
}

static gboolean check_table(const OnrTableHead *table, const char *lost, GError **error) {
  if (table->columns->len > ONR_MAX_COLUMNS) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT, "more than %d columns", ONR_MAX_COLUMNS);
    return FALSE;
  }
  if (has_field(table, ONR_HEADER_TITLE) || has_field(table, ONR_HEADER_TEXT))
    return TRUE;
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < table->columns->len && names->len < MAX_REMARK_BYTES; i++)
    g_string_append_printf(names, "%s\"%s\"", i ? ", " : "",
                           g_array_index(table->columns, OnrColumn, i).name);
  g_set_error(error, ONR_ERROR, ONR_ERROR_FORMAT,
              "no column is a title or a text: %s%s; --map text=COLUMN says which is", names->str, lost);
  return FALSE;
}

OnrTableHead *onr_table_head_find(const char *bytes, gsize n_bytes, const char *charset,
                                  const char *const *map, gsize *n_header, GError **error) {
  char separator[2] = "";
  gsize begin = skip_prolog(bytes, n_bytes, separator), n = 0;
  g_autoptr(GString) lost = g_string_new(NULL);
  g_autoptr(OnrTableHead) found =
      best_table(bytes + begin, n_bytes - begin, *separator ? separator : SEPARATORS, &n);
  OnrDialect dialect = onr_dialect_guess(bytes + begin, n_bytes - begin, found->dialect.separator);
  g_auto(OnrDecoded) header = {0};
  if (!onr_decode(bytes + begin, n, charset, &header, error))
    return NULL;
  g_autoptr(OnrTableHead) table = table_new(&found->dialect, header.text, header.length);
  table->dialect = dialect;
  apply_map(table, map, lost);
  if (!check_table(table, lost->str, error))
    return NULL;
  table->lost = g_strdup(lost->str);
  table->remark = describe(table);
  *n_header = begin + n;
  return g_steal_pointer(&table);
}

/* --- the order of day and month --- */

/* What the dates of a column show. */
typedef struct {
  gboolean has_day_first, has_month_first, has_open;
} Shown;

static void show_row(const OnrTableHead *table, const GPtrArray *cells, Shown *shown) {
  for (guint i = 0; i < MIN(cells->len, table->columns->len); i++) {
    if (g_array_index(table->columns, OnrColumn, i).field != ONR_HEADER_DATE)
      continue;
    gboolean is_open;
    OnrDateOrder order = onr_date_find_order(cells->pdata[i], &is_open);
    shown[i].has_day_first |= order == ONR_DATE_ORDER_DAY;
    shown[i].has_month_first |= order == ONR_DATE_ORDER_MONTH;
    shown[i].has_open |= is_open;
  }
}

/* Behind the line at BYTES. */
static gsize line_length(const OnrDialect *dialect, const char *bytes, gsize n_bytes) {
  const char *end = memchr(bytes, dialect->is_cr ? '\r' : '\n', n_bytes);
  return end ? (gsize)(end - bytes) + 1 : n_bytes;
}

/* The bytes of the row at AT. A mark that was never closed shows at a stray one behind it; up to that, STRAY,
 * a row is a line, for one with an open mark again would be looked at up to there again. */
static gsize next_row(const OnrDialect *dialect, const char *bytes, gsize n_bytes, gsize at, gsize *stray) {
  if (at < *stray)
    return line_length(dialect, bytes + at, n_bytes - at);
  OnrRowScan scan = {0};
  if (onr_row_scan(dialect, bytes + at, n_bytes - at, TRUE, &scan) != ONR_ROW_STRAY)
    return scan.at;
  *stray = at + scan.at;
  return scan.line_end;
}

/* Rows whose cells may stand in other columns, for there are too many or a mark is open, show nothing. */
static void show_rows(const OnrTableHead *table, const char *bytes, gsize n_bytes, Shown *shown) {
  for (gsize at = 0, stray = 0, n; at < n_bytes; at += n) {
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    n = next_row(&table->dialect, bytes, n_bytes, at, &stray);
    gboolean is_closed = onr_row_split(&table->dialect, bytes + at, n, cells);
    if (cells->len == table->columns->len || (is_closed && cells->len < table->columns->len))
      show_row(table, cells, shown);
  }
}

gboolean onr_table_head_find_orders(OnrTableHead *table, const char *bytes, gsize n_bytes) {
  gboolean is_certain = TRUE;
  if (!has_field(table, ONR_HEADER_DATE))
    return TRUE;
  g_autofree Shown *shown = g_new0(Shown, table->columns->len);
  show_rows(table, bytes, n_bytes, shown);
  for (guint i = 0; i < table->columns->len; i++) {
    OnrColumn *column = &g_array_index(table->columns, OnrColumn, i);
    gboolean is_both = shown[i].has_day_first && shown[i].has_month_first;
    column->order = is_both                    ? ONR_DATE_ORDER_NONE
                    : shown[i].has_day_first   ? ONR_DATE_ORDER_DAY
                    : shown[i].has_month_first ? ONR_DATE_ORDER_MONTH
                                               : ONR_DATE_ORDER_NONE;
    column->is_open = shown[i].has_open && column->order == ONR_DATE_ORDER_NONE;
    is_certain &= !column->is_open || is_both;
  }
  g_free(table->remark);
  table->remark = describe(table);
  return is_certain;
}

gboolean onr_table_head_is_evident(const char *bytes, gsize n_bytes) {
  char separator[2] = "";
  gsize begin = skip_prolog(bytes, n_bytes, separator), n = 0;
  g_autoptr(OnrTableHead) table =
      best_table(bytes + begin, n_bytes - begin, *separator ? separator : SEPARATORS, &n);
  guint n_columns = table->columns->len;
  if (n_columns < 3 || count_known(table) * 2 < n_columns ||
      !(has_field(table, ONR_HEADER_TITLE) || has_field(table, ONR_HEADER_TEXT)))
    return FALSE;
  if (g_strstr_len(bytes + begin, (gssize)n, ", "))
    return FALSE;
  OnrDialect dialect = onr_dialect_guess(bytes + begin, n_bytes - begin, table->dialect.separator);
  const char *row = bytes + begin + n;
  return onr_row_count(&dialect, row, row_length(&dialect, row, n_bytes - begin - n)) == n_columns;
}
