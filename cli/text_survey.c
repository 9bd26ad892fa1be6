/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run would find, for eyes: a few lines a file, a table by format, and what would be lost. */
#include "cli/text_parts.h"

#include "cli/visible.h"

#include <string.h>

#define PROBLEMS_SHOWN 5 /* of one file; --verbose shows all that are told */
#define DATE_LENGTH 10   /* of "2022-02-06" */
#define MAX_COLUMNS 8    /* of counts in a table */
#define WIDE_GAP 2       /* blanks between two columns; NARROW where that is too much for the line */
#define NARROW_GAP 1

/* --- tables of counts --- */

typedef struct {
  const char *const *names; /* of the columns, the first that of the rows' names */
  guint n_columns;          /* of counts */
  GArray *rows;             /* TableRow */
} Table;

typedef struct {
  const char *name;
  guint64 counts[MAX_COLUMNS];
} TableRow;

static void add_row(Table *table, const char *format, const guint64 *counts) {
  TableRow row = {.name = format ? format : "none"};
  memcpy(row.counts, counts, table->n_columns * sizeof *counts);
  g_array_append_val(table->rows, row);
}

static guint count_width(guint64 n) {
  char number[ONR_GROUPED_SIZE];
  return (guint)strlen(onr_grouped(n, number));
}

/* The columns' widths, the names' first; the whole without gaps is returned. */
static guint measure(const Table *table, guint widths[MAX_COLUMNS + 1]) {
  guint all = 0;
  for (guint c = 0; c <= table->n_columns; c++) {
    widths[c] = (guint)strlen(table->names[c]);
    for (guint r = 0; r < table->rows->len; r++) {
      const TableRow *row = &g_array_index(table->rows, TableRow, r);
      guint width = c ? count_width(row->counts[c - 1]) : onr_visible_width(row->name, strlen(row->name));
      widths[c] = MAX(widths[c], width);
    }
    all += widths[c];
  }
  return all;
}

static void add_cell(GString *line, const char *text, guint columns, gboolean is_number) {
  guint width = onr_visible_width(text, strlen(text));
  int padding = columns > width ? (int)(columns - width) : 0;
  g_string_append_printf(line, "%*s%s%*s", is_number ? padding : 0, "", text, is_number ? 0 : padding, "");
}

static void print_head(OnrPage *page, const Table *table, const guint *widths, guint gap) {
  g_autoptr(GString) line = g_string_new(NULL);
  add_cell(line, table->names[0], widths[0], FALSE);
  for (guint c = 1; c <= table->n_columns; c++)
    add_cell(line, table->names[c], widths[c] + gap, TRUE);
  g_string_append_c(line, '\n');
  onr_output_drain(page->out, line);
}

static void print_row(OnrPage *page, const Table *table, const TableRow *row, const guint *widths,
                      guint gap) {
  g_autoptr(GString) line = g_string_new(NULL);
  char number[ONR_GROUPED_SIZE];
  add_cell(line, row->name, widths[0], FALSE);
  for (guint c = 1; c <= table->n_columns; c++)
    add_cell(line, onr_grouped(row->counts[c - 1], number), widths[c] + gap, TRUE);
  g_string_append_c(line, '\n');
  onr_output_drain(page->out, line);
}

/* For lines that are too short for the table. */
static void print_as_prose(OnrPage *page, const Table *table, const TableRow *row) {
  char number[ONR_GROUPED_SIZE];
  onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s:", row->name);
  for (guint c = 0; c < table->n_columns; c++)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s %s %s", c ? "," : "", table->names[c + 1],
                     onr_grouped(row->counts[c], number));
  onr_page_print(page, 0);
}

/* After a blank line; nothing where it has no rows. Frees the rows. */
static void print_table(OnrPage *page, Table *table) {
  guint widths[MAX_COLUMNS + 1];
  guint all = measure(table, widths);
  guint gap = all + table->n_columns * WIDE_GAP <= page->out->width ? WIDE_GAP : NARROW_GAP;
  gboolean fits = all + table->n_columns * gap <= page->out->width;
  if (table->rows->len)
    onr_page_blank_line(page);
  if (table->rows->len && fits)
    print_head(page, table, widths, gap);
  for (guint r = 0; r < table->rows->len; r++) {
    const TableRow *row = &g_array_index(table->rows, TableRow, r);
    if (fits)
      print_row(page, table, row, widths, gap);
    else
      print_as_prose(page, table, row);
  }
  g_clear_pointer(&table->rows, g_array_unref);
}

static Table new_table(const char *const *names, guint n_names) {
  g_assert(n_names <= MAX_COLUMNS + 1);
  return (Table){
      .names = names, .n_columns = n_names - 1, .rows = g_array_new(FALSE, TRUE, sizeof(TableRow))};
}

void onr_print_format_counts(OnrPage *page, const GArray *formats) {
  static const char *const names[] = {"format", "files", "items", "articles", "skipped"};
  Table table = new_table(names, G_N_ELEMENTS(names));
  for (guint i = 0; formats && i < formats->len; i++) {
    const OnrFormatCounts *c = &g_array_index(formats, OnrFormatCounts, i);
    add_row(&table, c->format, (const guint64[]){c->n_files, c->n_items, c->n_articles, c->n_skipped});
  }
  print_table(page, &table);
}

/* --- what is lost --- */

#define LOSSES_SHOWN 12

void onr_print_losses(OnrPage *page, const OnrLosses *losses) {
  g_autoptr(GPtrArray) list = losses ? onr_losses_list(losses) : NULL;
  if (!list || !list->len)
    return;
  onr_page_blank_line(page);
  guint64 n_others = 0;
  for (guint i = 0; i < list->len; i++) {
    const OnrLoss *loss = list->pdata[i];
    gboolean is_shown = i < LOSSES_SHOWN || list->len == LOSSES_SHOWN + 1;
    if (is_shown)
      onr_print_number(page, loss->n, loss->reason);
    else
      n_others += loss->n;
  }
  if (n_others)
    onr_print_number(page, n_others, "for other reasons");
}

/* --- one file --- */

static void add_counts(OnrPage *page, const OnrSurveyFile *f) {
  g_autofree char *articles = onr_counted(f->n_articles, "article", "articles");
  g_autofree char *items = onr_counted(f->n_items, "item", "items");
  if (f->state == ONR_SURVEY_GONE || f->n_items == f->n_articles) {
    onr_page_add_part(page, ONR_STYLE_PLAIN, articles);
    return;
  }
  if (!f->n_articles && f->n_items == 1) /* what became of it stands below */
    return;
  g_autofree char *both = g_strdup_printf("%s of %s", articles, items);
  onr_page_add_part(page, ONR_STYLE_PLAIN, both);
}

static void add_flaw(OnrPage *page, guint64 n, guint64 n_all, const char *what) {
  if (!n)
    return;
  char number[ONR_GROUPED_SIZE];
  g_autofree char *text = n == n_all && n > 1 ? g_strdup_printf("all %s", what)
                          : n_all == 1        ? g_strdup(what)
                                              : g_strdup_printf("%s %s", onr_grouped(n, number), what);
  onr_page_add_part(page, ONR_STYLE_PLAIN, text);
}

/* The first article, so that eyes see whether title and date are those. */
static void add_first(OnrPage *page, const OnrSurveyFile *f) {
  g_autofree char *title = f->title ? g_strdup_printf("“%s”", f->title) : NULL;
  g_autofree char *day = f->published ? g_strndup(f->published, DATE_LENGTH) : NULL;
  onr_page_add_part(page, ONR_STYLE_TITLE, title);
  onr_page_add_part(page, ONR_STYLE_PLAIN, day);
}

static void add_flaws(OnrPage *page, const OnrSurveyFile *f) {
  add_flaw(page, f->n_untitled, f->n_articles, "without a title");
  add_flaw(page, f->n_undated, f->n_articles, "without a date");
  add_flaw(page, f->n_textless, f->n_articles, "without a text");
  add_flaw(page, f->n_duplicates, f->n_articles, "with an id that came before");
  g_autofree char *kills = f->n_kills ? onr_counted(f->n_kills, "kill", "kills") : NULL;
  onr_page_add_part(page, ONR_STYLE_PLAIN, kills);
}

static void print_problems(OnrPage *page, const OnrSurveyFile *f, gboolean is_verbose) {
  guint n_told = f->problems ? f->problems->len : 0;
  guint n = is_verbose || n_told <= PROBLEMS_SHOWN + 1 ? n_told : PROBLEMS_SHOWN;
  for (guint i = 0; i < n; i++) {
    const OnrSurveyProblem *problem = &g_array_index(f->problems, OnrSurveyProblem, i);
    onr_prose_printf(&page->prose, ONR_STYLE_MATCH, "skipped%s%s: ", *problem->member ? " " : "",
                     problem->member);
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, problem->reason, -1);
    onr_page_print(page, 2);
  }
  if (f->n_skipped > n) {
    g_autofree char *more = onr_counted(f->n_skipped - n, "item more", "items more");
    onr_prose_printf(&page->prose, ONR_STYLE_MATCH, "skipped: ");
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, more, -1);
    onr_page_print(page, 2);
  }
}

/* A file that is not read at all: one line says so. */
static gboolean print_refused(OnrPage *page, const OnrSurveyFile *f) {
  const OnrSurveyProblem *problem =
      f->problems && f->problems->len == 1 ? &g_array_index(f->problems, OnrSurveyProblem, 0) : NULL;
  if (!problem || f->n_items != 1 || *problem->member)
    return FALSE;
  onr_page_add_part(page, ONR_STYLE_MATCH, "skipped: ");
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, problem->reason, -1);
  onr_page_print(page, 0);
  return TRUE;
}

void onr_print_survey_file(OnrPage *page, const OnrSurveyFile *f, gboolean is_verbose) {
  gboolean is_dull = f->state == ONR_SURVEY_UNCHANGED && !f->n_skipped;
  if (is_dull && !is_verbose)
    return;
  onr_page_add_place(page, ONR_STYLE_NAME, f->path, "");
  onr_page_add_part(page, ONR_STYLE_FAINT, f->format);
  add_counts(page, f);
  onr_page_add_part(page, ONR_STYLE_FAINT, onr_survey_state_name(f->state));
  if (print_refused(page, f))
    return;
  onr_page_print(page, 0);
  if (f->state == ONR_SURVEY_GONE)
    return;
  add_first(page, f);
  add_flaws(page, f);
  onr_page_print(page, 2);
  if (f->remark)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, "read as %s", f->remark);
  onr_page_print(page, 2);
  print_problems(page, f, is_verbose);
}

/* --- the sum --- */

/* Of the formats that have any. */
static void print_flaws(OnrPage *page, const GArray *totals) {
  static const char *const names[] = {"format", "articles", "no title", "no date", "no text"};
  Table table = new_table(names, G_N_ELEMENTS(names));
  for (guint i = 0; i < totals->len; i++) {
    const OnrSurveyFile *t = &g_array_index(totals, OnrSurveyFile, i);
    if (t->n_untitled || t->n_undated || t->n_textless)
      add_row(&table, t->format,
              (const guint64[]){t->n_articles, t->n_untitled, t->n_undated, t->n_textless});
  }
  print_table(page, &table);
}

void onr_print_survey_totals(OnrPage *page, const GArray *totals) {
  static const char *const names[] = {"format",  "files",      "items", "articles",
                                      "skipped", "duplicates", "kills"};
  Table table = new_table(names, G_N_ELEMENTS(names));
  for (guint i = 0; i < totals->len; i++) {
    const OnrSurveyFile *t = &g_array_index(totals, OnrSurveyFile, i);
    add_row(
        &table, t->format,
        (const guint64[]){t->n_files, t->n_items, t->n_articles, t->n_skipped, t->n_duplicates, t->n_kills});
  }
  print_table(page, &table);
  print_flaws(page, totals);
}

void onr_print_survey_states(OnrPage *page, const guint64 *n_by_state) {
  for (int i = ONR_SURVEY_NEW; i < ONR_N_SURVEY_STATES; i++) {
    g_autofree char *files = onr_counted(n_by_state[i], "file is ", "files are ");
    g_autofree char *text = g_strconcat(files, onr_survey_state_name((OnrSurveyState)i), NULL);
    onr_page_add_part(page, ONR_STYLE_PLAIN, n_by_state[i] ? text : NULL);
  }
  onr_page_add_part(page, ONR_STYLE_PLAIN, "nothing was written");
  onr_page_blank_line(page);
  onr_page_print(page, 0);
}
