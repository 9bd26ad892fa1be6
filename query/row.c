/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hit with all that is shown of it. */
#include "query/query_private.h"

#include <math.h>
#include <string.h>

/* Beside words, whose weight is their rarity (5 for one item in 150), a name that was asked for by name. */
#define NAME_WEIGHT 5.0

static void loaded_clear(gpointer p) {
  onr_article_free(((OnrLoaded *)p)->article);
}

void onr_loaded_unref(OnrLoaded *loaded) {
  if (loaded)
    g_rc_box_release_full(loaded, loaded_clear);
}

void onr_row_empty(OnrRow *row) {
  onr_loaded_unref(g_steal_pointer(&row->loaded));
  row->article = NULL;
  g_clear_pointer(&row->words, g_free);
  g_clear_pointer(&row->before, g_free);
  g_clear_pointer(&row->after, g_free);
  g_clear_pointer(&row->title_matches, g_array_unref);
  g_clear_pointer(&row->copies, g_ptr_array_unref);
  onr_snippet_clear(&row->snippet);
}

/* --- what marks are made by --- */

/* Rare words say more: the logarithm of how many items there are to one that has the term. */
static double weigh(const char *term, gpointer data) {
  const OnrQuery *query = data;
  OnrTermStats stats;
  if (!onr_archive_engine_class(query->archive)
           ->term_stats(onr_archive_engine(query->archive), query->table, term, &stats, NULL))
    return 1;
  return log(1 + (double)stats.n_items / (double)MAX(stats.doc_frequency, 1));
}

/* Adds to IDS those that nodes of KIND in PLAN ask for in RELATION; they stay the plan's. */
static void collect_identities(const OnrPlan *plan, OnrPlanKind kind, OnrRelation relation, GHashTable *ids) {
  gboolean is_asked = plan->kind == kind && plan->relation == relation;
  for (guint i = 0; is_asked && i < plan->identities->len; i++)
    g_hash_table_add(ids, plan->identities->pdata[i]);
  guint n = !plan->children ? 0 : plan->kind == ONR_PLAN_NOT ? 1 : plan->children->len;
  for (guint i = 0; i < n; i++)
    collect_identities(plan->children->pdata[i], kind, relation, ids);
}

static OnrAskedNames names_of(const OnrPlan *plan, OnrRelation relation) {
  OnrAskedNames asked = {g_hash_table_new(g_str_hash, g_str_equal),
                         g_hash_table_new(g_str_hash, g_str_equal)};
  collect_identities(plan, ONR_PLAN_IDENTITY, relation, asked.names);
  collect_identities(plan, ONR_PLAN_SENSES, relation, asked.bearers);
  return asked;
}

static gboolean prepare(OnrQuery *query, GError **error) {
  if (query->shown)
    return TRUE;
  OnrPlanning planning = onr_query_planning(query);
  planning.is_for_marks = TRUE;
  query->shown = onr_query_make_plan(&planning, query->ast, NULL, error);
  if (!query->shown)
    return FALSE;
  query->words = onr_marker_new(query->maker, query->shown, "", weigh, query);
  query->title = onr_marker_new(query->maker, query->shown, ONR_PREFIX_TITLE, NULL, NULL);
  query->document = onr_document_new();
  query->mentioned = names_of(query->shown, ONR_RELATION_MENTION);
  query->speakers = names_of(query->shown, ONR_RELATION_SPEAKER);
  return TRUE;
}

/* --- names --- */

static gboolean asks(const OnrAskedNames *asked) {
  return g_hash_table_size(asked->names) || g_hash_table_size(asked->bearers);
}

static gboolean is_asked(const OnrAskedNames *asked, const OnrEntityRow *entity) {
  return g_hash_table_contains(asked->names, entity->id) ||
         g_hash_table_contains(asked->bearers, onr_entity_shown_id(entity));
}

static gboolean is_speaker_asked(const OnrAskedNames *asked, const OnrArticle *article,
                                 const OnrQuoteRow *quote) {
  for (guint i = 0; i < quote->speakers->len; i++)
    if (is_asked(asked, onr_article_speaker(article, quote, i)))
      return TRUE;
  return FALSE;
}

static void add_mark(GArray *marks, OnrSpan span, guint group) {
  OnrMark mark = {.span = span, .group = group, .weight = NAME_WEIGHT};
  g_array_append_val(marks, mark);
}

/* Mentions of the identities asked for, as bytes of the article's text. */
static void mark_mentions(const OnrQuery *query, const OnrArticle *article, GArray *marks) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  for (guint i = 0; asks(&query->mentioned) && i < article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, i);
    if (is_asked(&query->mentioned, &g_array_index(article->entities, OnrEntityRow, mention->entity)))
      add_mark(marks, onr_offsets_span_to_bytes(offsets, mention->span), onr_marker_groups(query->words));
  }
}

/* What the text calls the speakers asked for where it quotes them: "Lavrov", "he". */
static void mark_sources(const OnrQuery *query, const OnrArticle *article, GArray *marks) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  for (guint i = 0; asks(&query->speakers) && i < article->quotes->len; i++) {
    const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, i);
    if (!is_speaker_asked(&query->speakers, article, quote))
      continue;
    for (guint j = 0; j < quote->source->len; j++)
      add_mark(marks, onr_offsets_span_to_bytes(offsets, g_array_index(quote->source, OnrSpan, j)),
               onr_marker_groups(query->words) + 1);
  }
}

/* --- quotes --- */

static OnrSpan span_of_content(const OnrArticle *article, const OnrQuoteRow *quote, guint i) {
  return onr_offsets_span_to_bytes(onr_article_offsets(article), g_array_index(quote->content, OnrSpan, i));
}

/* Moves marks of the article's text to where its pieces stand in the quote's words, and drops those outside.
 */
static void move_marks(const OnrArticle *article, const OnrQuoteRow *quote, const GArray *in_text,
                       GArray *marks) {
  guint32 base = 0;
  for (guint i = 0; i < quote->content->len; i++) {
    OnrSpan piece = span_of_content(article, quote, i);
    for (guint j = 0; j < in_text->len; j++) {
      OnrMark mark = g_array_index(in_text, OnrMark, j);
      if (!onr_span_overlaps(piece, mark.span))
        continue;
      mark.span.begin = MAX(mark.span.begin, piece.begin) - piece.begin + base;
      mark.span.end = MIN(mark.span.end, piece.end) - piece.begin + base;
      g_array_append_val(marks, mark);
    }
    base += onr_span_length(piece) + (guint32)strlen(" … ");
  }
}

/* What a quote's words leave of their sentence's punctuation belongs to neither. */
static guint32 skip_marks(const OnrDocument *doc, guint32 begin, guint32 end) {
  while (begin < end && strchr(".,;:!? ", doc->text[begin]))
    begin++;
  return begin;
}

/* Sentences around the quote and the rest of its own, as the text has them before and after its words. */
static void fill_context(const OnrDocument *doc, OnrSpan quote, guint context, OnrRow *row) {
  guint32 first = onr_document_sentence_at(doc, quote.begin);
  guint32 last = onr_document_sentence_at(doc, quote.end ? quote.end - 1 : 0);
  if (!doc->n_sentences)
    return;
  first -= MIN(first, context);
  last = (guint32)MIN((guint64)last + context, doc->n_sentences - 1);
  guint32 begin = doc->sentences[first].span.begin, end = doc->sentences[last].span.end;
  row->before = onr_snippet_line(doc->text, (OnrSpan){MIN(begin, quote.begin), quote.begin});
  end = MAX(end, quote.end);
  row->after = onr_snippet_line(doc->text, (OnrSpan){skip_marks(doc, quote.end, end), end});
}

static void fill_quote(OnrQuery *query, guint context, OnrRow *row) {
  const OnrArticle *article = row->article;
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, row->quote);
  row->words = onr_article_quote_words(article, quote);
  g_autoptr(GArray) in_text = g_array_new(FALSE, FALSE, sizeof(OnrMark));
  g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(OnrMark));
  mark_mentions(query, article, in_text);
  move_marks(article, quote, in_text, marks);
  onr_marker_find_in(query->words, row->words, marks);
  onr_marks_sort(marks);
  onr_snippet_whole(row->words, strlen(row->words), marks, &row->snippet);
  OnrSpan first = span_of_content(article, quote, 0);
  OnrSpan last = span_of_content(article, quote, quote->content->len - 1);
  row->paragraph = onr_document_paragraph_at(query->document, first.begin) + 1;
  if (context)
    fill_context(query->document, (OnrSpan){first.begin, last.end}, context, row);
}

/* --- articles --- */

static void fill_title(OnrQuery *query, OnrRow *row) {
  const char *title = row->article->title ? row->article->title : "";
  g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(OnrMark));
  onr_marker_find_in(query->words, title, marks);
  onr_marker_find_in(query->title, title, marks);
  onr_marks_sort(marks);
  row->title_matches = onr_marks_spans(marks);
}

/* Where the text goes on after a first paragraph that repeats the title: its words are the title's. */
static guint32 after_title(const OnrDocument *doc, const char *title) {
  if (!title || !doc->n_paragraphs)
    return 0;
  OnrSpan first = doc->paragraphs[0].span;
  gboolean is_title =
      strlen(title) == onr_span_length(first) && !memcmp(doc->text + first.begin, title, strlen(title));
  return is_title && doc->n_paragraphs > 1 ? first.end : 0;
}

static void drop_marks_before(GArray *marks, guint32 begin) {
  guint n = 0;
  while (n < marks->len && g_array_index(marks, OnrMark, n).span.begin < begin)
    n++;
  if (n)
    g_array_remove_range(marks, 0, n);
}

static void fill_article(OnrQuery *query, OnrRow *row) {
  const OnrArticle *article = row->article;
  g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(OnrMark));
  onr_marker_find(query->words, article->text, &query->document->tokens, marks);
  mark_mentions(query, article, marks);
  mark_sources(query, article, marks);
  onr_marks_sort(marks);
  guint32 from = after_title(query->document, article->title);
  drop_marks_before(marks, from);
  guint32 about = onr_snippet_best(query->document, marks, from, &row->snippet);
  row->paragraph = onr_document_paragraph_at(query->document, about) + 1;
  fill_title(query, row);
}

/* Makes query->last the article of ROW, with its text cut in query->document, unless it is already. */
static gboolean load(OnrQuery *query, gint64 row, GError **error) {
  if (query->last && query->last->row == row)
    return TRUE;
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!onr_archive_load_article(query->archive, row, article, error))
    return FALSE;
  onr_document_set_text(query->document, article->text, article->text_length);
  onr_loaded_unref(query->last);
  query->last = g_rc_box_new(OnrLoaded);
  *query->last = (OnrLoaded){row, g_steal_pointer(&article)};
  return TRUE;
}

gboolean onr_query_fill_row(OnrQuery *query, OnrRow *row, guint context, GError **error) {
  gint64 article_row;
  guint number;
  onr_row_empty(row);
  if (!prepare(query, error) ||
      !onr_archive_locate_item(query->archive, query->table, row->row, &article_row, &number, error) ||
      !load(query, article_row, error))
    return FALSE;
  row->loaded = g_rc_box_acquire(query->last);
  row->article = query->last->article;
  if (!row->id)
    row->id = onr_query_item_id(row->article->id, number);
  if (query->table == ONR_TABLE_ARTICLES) {
    fill_article(query, row);
    return TRUE;
  }
  row->quote = onr_article_find_quote(row->article, number);
  if (row->quote == G_MAXUINT) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "no quote '%s' in its article", row->id);
    return FALSE;
  }
  fill_quote(query, context, row);
  return TRUE;
}
