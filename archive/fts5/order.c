/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last word on order: rows that rank alike go by their article's id, byte by byte, and quotes of one
 * article by number. */
#include "archive/fts5/best.h"
#include "archive/rowset.h"

#include <string.h>

static guint32 article_of(OnrIndex *index, OnrTable table, guint32 row) {
  return table == ONR_TABLE_ARTICLES ? row : onr_columns_get(index->columns, ONR_QUOTE_ARTICLE, row);
}

/* --- few rows: look up each id --- */

typedef struct {
  const char *id; /* of the article */
  guint32 row;
} Named;

static int compare_names(gconstpointer a, gconstpointer b) {
  const Named *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  return order ? order : (x->row > y->row) - (x->row < y->row);
}

static int compare_rows(gconstpointer a, gconstpointer b) {
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return (x > y) - (x < y);
}

/* One look-up an article: its quotes are neighbours once rows are sorted. */
static gboolean name_rows(OnrIndex *index, OnrTable table, GArray *rows, GStringChunk *strings, Named *named,
                          GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(index->record, "SELECT id FROM article WHERE row = ?1", error);
  if (!s)
    return FALSE;
  g_array_sort(rows, compare_rows);
  guint32 last = 0;
  for (guint i = 0; i < rows->len; i++) {
    named[i].row = g_array_index(rows, guint32, i);
    guint32 article = article_of(index, table, named[i].row);
    if (i && article == last) {
      named[i].id = named[i - 1].id;
      continue;
    }
    last = article;
    sqlite3_reset(s);
    onr_bind_int(s, 1, article);
    OnrStep step = onr_step(s, error);
    if (step == ONR_STEP_ERROR)
      return FALSE;
    named[i].id = g_string_chunk_insert(strings, step == ONR_STEP_ROW ? onr_column_text(s, 0) : "");
  }
  return TRUE;
}

static gboolean order_by_names(OnrIndex *index, OnrTable table, GArray *rows, GError **error) {
  g_autofree Named *named = g_new(Named, rows->len);
  GStringChunk *strings = g_string_chunk_new(4096);
  gboolean ok = name_rows(index, table, rows, strings, named, error);
  if (ok) {
    qsort(named, rows->len, sizeof *named, compare_names);
    for (guint i = 0; i < rows->len; i++)
      g_array_index(rows, guint32, i) = named[i].row;
  }
  g_string_chunk_free(strings);
  return ok;
}

/* --- many rows: go through all ids in order --- */

/* Appends those rows of SET that are ARTICLE, or its quotes. */
static void take_rows(OnrIndex *index, OnrTable table, const OnrRowSet *set, guint32 article, GArray *rows) {
  guint32 first = article, n = 1;
  if (table == ONR_TABLE_QUOTES) {
    first = onr_columns_get(index->columns, ONR_ARTICLE_FIRST_QUOTE, article);
    n = onr_columns_get(index->columns, ONR_ARTICLE_N_QUOTES, article);
  }
  for (guint32 row = first; row < first + n; row++)
    if (onr_row_set_has(set, row))
      g_array_append_val(rows, row);
}

static gboolean order_by_walk(OnrIndex *index, OnrTable table, GArray *rows, guint needed, GError **error) {
  g_autoptr(OnrStatement) s =
      onr_record_statement(index->record, "SELECT row FROM article ORDER BY id", error);
  if (!s)
    return FALSE;
  g_autoptr(OnrRowSet) set = onr_row_set_new();
  for (guint i = 0; i < rows->len; i++)
    onr_row_set_add(set, g_array_index(rows, guint32, i));
  g_array_set_size(rows, 0);
  OnrStep step = ONR_STEP_ROW;
  while (rows->len < needed && (step = onr_step(s, error)) == ONR_STEP_ROW)
    take_rows(index, table, set, (guint32)onr_column_int(s, 0), rows);
  return step != ONR_STEP_ERROR;
}

/* A look-up by row costs what some twelve steps along the ids cost (measured: 2 µs, 0.15 µs). */
#define STEPS_A_LOOKUP 12

/* The first NEEDED of ROWS by id, in order; what comes after them in ROWS is of no meaning. */
static gboolean order_rows(OnrIndex *index, OnrTable table, GArray *rows, guint needed, GError **error) {
  if (rows->len < 2)
    return TRUE;
  double n = rows->len, n_articles = (double)index->totals[ONR_TABLE_ARTICLES].n_items;
  double steps = n_articles * MIN(1, needed / n); /* as many ids as hold the needed share of the rows */
  return n * STEPS_A_LOOKUP > steps ? order_by_walk(index, table, rows, needed, error)
                                    : order_by_names(index, table, rows, error);
}

/* --- the kept --- */

static int compare_ranked(gconstpointer a, gconstpointer b) {
  return onr_ranked_compare(a, b);
}

/* Gives the rows of the tie at [BEGIN, END) of KEPT their order; OTHERS, where not NULL, are in the same tie.
 */
static gboolean order_tie(OnrBest *best, OnrIndex *index, OnrTable table, guint begin, guint end,
                          const GArray *others, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = begin; i < end; i++)
    g_array_append_val(rows, g_array_index(best->kept, OnrRanked, i).row);
  if (others)
    g_array_append_vals(rows, others->data, others->len);
  if (!order_rows(index, table, rows, end - begin, error))
    return FALSE;
  for (guint i = begin; i < end && i - begin < rows->len; i++)
    g_array_index(best->kept, OnrRanked, i).row = g_array_index(rows, guint32, i - begin);
  return TRUE;
}

gboolean onr_best_finish(OnrBest *best, OnrIndex *index, OnrTable table, guint offset, GArray *hits,
                         GError **error) {
  GArray *kept = best->kept;
  g_array_sort(kept, compare_ranked);
  for (guint begin = 0, end; begin < kept->len; begin = end) {
    const OnrRanked *first = &g_array_index(kept, OnrRanked, begin);
    for (end = begin + 1; end < kept->len; end++)
      if (onr_ranked_compare(first, &g_array_index(kept, OnrRanked, end)) != 0)
        break;
    if (!order_tie(best, index, table, begin, end, end == kept->len ? best->ties : NULL, error))
      return FALSE;
  }
  for (guint i = offset; i < kept->len; i++) {
    OnrHit hit = {.row = g_array_index(kept, OnrRanked, i).row,
                  .score = g_array_index(kept, OnrRanked, i).score};
    g_array_append_val(hits, hit);
  }
  return onr_columns_check(index->columns, error);
}
