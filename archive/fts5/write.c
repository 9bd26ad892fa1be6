/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Putting articles into the index and taking them out. */
#include "archive/fts5/index.h"

typedef struct {
  OnrTable table;
  guint32 row;
  guint32 length;
  OnrColumnPostings postings;
} Item;

static Item article_item(const OnrArticle *article, const OnrArticlePostings *postings) {
  return (Item){.table = ONR_TABLE_ARTICLES,
                .row = (guint32)article->row,
                .length = postings->length,
                .postings = {{&postings->title, &postings->text, &postings->fields}}};
}

static Item quote_item(gint64 first_quote_row, const OnrArticlePostings *postings, guint i) {
  const OnrQuotePostings *quote = &g_array_index(postings->quotes, OnrQuotePostings, i);
  return (Item){.table = ONR_TABLE_QUOTES,
                .row = (guint32)(first_quote_row + i),
                .length = quote->length,
                .postings = {{&quote->words, &quote->fields}}};
}

/* SIGN 1: the item comes, -1: it goes. */
static void count_item(OnrIndex *index, const Item *item, int sign) {
  OnrIndexTotal *total = &index->totals[item->table];
  total->n_items += (guint64)sign;
  total->length += (guint64)sign * item->length;
  onr_columns_set(index->columns, onr_length_column(item->table), item->row, sign > 0 ? item->length + 1 : 0);
}

static void count_terms(OnrIndex *index, const OnrArticlePostings *postings, int sign) {
  onr_dictionary_count(index->dictionaries[ONR_TABLE_ARTICLES], &postings->article_terms, sign);
  onr_dictionary_count(index->dictionaries[ONR_TABLE_QUOTES], &postings->quote_terms, sign);
}

static gboolean put_item(OnrIndex *index, const Item *item, GError **error) {
  count_item(index, item, 1);
  return onr_inverted_put(index->record, index->handover, item->table, item->row, &item->postings, error);
}

/* FTS5 believes whatever it is told to delete: postings that are not those of the item would damage other
 * items' lists. */
static gboolean remove_item(OnrIndex *index, const Item *item, GError **error) {
  if (onr_columns_get(index->columns, onr_length_column(item->table), item->row) != item->length + 1) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s': the index does not hold %s %u as the record has it: run `onrecord reindex`",
                onr_record_file(index->record), item->table == ONR_TABLE_ARTICLES ? "article" : "quote",
                item->row);
    return FALSE;
  }
  count_item(index, item, -1);
  return onr_inverted_remove(index->record, index->handover, item->table, item->row, &item->postings, error);
}

static gboolean check_rows(const OnrArticle *article, gint64 first_quote_row,
                           const OnrArticlePostings *postings, GError **error) {
  gint64 last_quote = first_quote_row + postings->n_quotes;
  if (article->row > 0 && article->row <= ONR_ROW_MAX && first_quote_row >= 0 && last_quote <= ONR_ROW_MAX)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_LIMIT,
              "article '%s': row %" G_GINT64_FORMAT " or quote row %" G_GINT64_FORMAT " is beyond %u",
              article->id, article->row, last_quote, ONR_ROW_MAX);
  return FALSE;
}

static void set_article_numbers(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                                guint n_quotes) {
  guint32 row = (guint32)article->row;
  onr_columns_set(index->columns, ONR_ARTICLE_DAY, row, onr_day_encode(article->day));
  onr_columns_set(index->columns, ONR_ARTICLE_FIRST_QUOTE, row, n_quotes ? (guint32)first_quote_row : 0);
  onr_columns_set(index->columns, ONR_ARTICLE_N_QUOTES, row, n_quotes);
}

static void set_quote_numbers(OnrIndex *index, const OnrArticle *article, guint32 row,
                              const OnrQuoteRow *quote) {
  onr_columns_set(index->columns, ONR_QUOTE_ARTICLE, row, (guint32)article->row);
  onr_columns_set(index->columns, ONR_QUOTE_TRAITS, row,
                  onr_traits_encode(quote->kind, quote->act, quote->confidence));
}

static void clear_numbers(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                          guint n_quotes) {
  guint32 row = (guint32)article->row;
  for (OnrColumn c = ONR_ARTICLE_DAY; c <= ONR_ARTICLE_N_QUOTES; c++)
    onr_columns_set(index->columns, c, row, 0);
  for (guint32 q = (guint32)first_quote_row; q < first_quote_row + n_quotes; q++) {
    onr_columns_set(index->columns, ONR_QUOTE_ARTICLE, q, 0);
    onr_columns_set(index->columns, ONR_QUOTE_TRAITS, q, 0);
  }
}

static gboolean begin_change(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                             const OnrArticlePostings *postings, GError **error) {
  if (!check_rows(article, first_quote_row, postings, error) || !onr_index_load_totals(index, error))
    return FALSE;
  index->is_dirty = index->is_list_pending = TRUE;
  return TRUE;
}

gboolean onr_index_put(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                       const OnrArticlePostings *postings, GError **error) {
  g_assert(postings->n_quotes == article->quotes->len);
  if (!begin_change(index, article, first_quote_row, postings, error))
    return FALSE;
  count_terms(index, postings, 1);
  set_article_numbers(index, article, first_quote_row, postings->n_quotes);
  Item item = article_item(article, postings);
  if (!put_item(index, &item, error))
    return FALSE;
  for (guint i = 0; i < postings->n_quotes; i++) {
    item = quote_item(first_quote_row, postings, i);
    set_quote_numbers(index, article, item.row, &g_array_index(article->quotes, OnrQuoteRow, i));
    if (!put_item(index, &item, error))
      return FALSE;
  }
  return TRUE;
}

gboolean onr_index_remove(OnrIndex *index, const OnrArticle *article, gint64 first_quote_row,
                          const OnrArticlePostings *postings, GError **error) {
  if (!begin_change(index, article, first_quote_row, postings, error))
    return FALSE;
  count_terms(index, postings, -1);
  clear_numbers(index, article, first_quote_row, postings->n_quotes);
  Item item = article_item(article, postings);
  if (!remove_item(index, &item, error))
    return FALSE;
  for (guint i = 0; i < postings->n_quotes; i++) {
    item = quote_item(first_quote_row, postings, i);
    if (!remove_item(index, &item, error))
      return FALSE;
  }
  return TRUE;
}
