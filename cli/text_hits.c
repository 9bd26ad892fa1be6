/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hits, facets and counts for eyes. A quote's words come first, at the left edge, as the article has them:
   what is copied from the screen is the quote and nothing else. */
#include "cli/text_parts.h"

#include "cli/shapes.h"
#include "cli/visible.h"
#include <string.h>

#define INDENT 2

static const char ELLIPSIS[] = "…";

static void print_snippet(OnrPage *page, const OnrSnippet *snippet, guint indent) {
  if (snippet->starts_inside)
    onr_prose_add(&page->prose, ONR_STYLE_FAINT, "… ", -1);
  onr_prose_add_matched(&page->prose, ONR_STYLE_PLAIN, snippet->text, snippet->matches);
  if (snippet->ends_inside)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, " %s", ELLIPSIS);
  onr_page_print(page, indent);
}

/* Where the hit stands: file, paragraph, id. */
static void print_place(OnrPage *page, const OnrRow *row) {
  onr_page_add_place(page, ONR_STYLE_FAINT, row->article->path, row->article->member);
  if (row->paragraph)
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, ", paragraph %u", row->paragraph);
  onr_page_add_part(page, ONR_STYLE_FAINT, row->id);
  onr_page_print(page, INDENT);
}

static void print_explanation(OnrPage *page, const char *explain) {
  g_auto(GStrv) lines = g_strsplit(explain ? explain : "", "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    guint indent = INDENT + (guint)strspn(lines[i], " ");
    onr_prose_add(&page->prose, ONR_STYLE_FAINT, g_strchug(lines[i]), -1);
    onr_page_print(page, indent);
  }
}

static void print_context(OnrPage *page, const char *sentences) {
  if (!sentences || !*sentences)
    return;
  onr_prose_add(&page->prose, ONR_STYLE_FAINT, sentences, -1);
  onr_page_print(page, INDENT);
}

#define OUTLETS_SHOWN 3

/* Who else has printed it: publishers, each once, or ids where they are not known. */
static GPtrArray *other_outlets(const OnrRow *row) {
  GPtrArray *outlets = g_ptr_array_new();
  for (guint i = 0; i < row->copies->len; i++) {
    const OnrCopy *copy = row->copies->pdata[i];
    const char *outlet = copy->publisher && *copy->publisher ? copy->publisher : copy->id;
    if (!copy->is_asked && !g_ptr_array_find_with_equal_func(outlets, outlet, g_str_equal, NULL))
      g_ptr_array_add(outlets, (gpointer)outlet);
  }
  return outlets;
}

/* "also in: Courier, Herald (+3) · first: 2022-03-01 · Courier · a1" */
static void print_copies(OnrPage *page, const OnrRow *row) {
  if (!row->copies || row->copies->len < 2)
    return;
  g_autoptr(GPtrArray) outlets = other_outlets(row);
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, "also in: ", -1);
  for (guint i = 0; i < outlets->len && i < OUTLETS_SHOWN; i++)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "%s%s", i ? ", " : "", (char *)outlets->pdata[i]);
  if (outlets->len > OUTLETS_SHOWN)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, " (+%u)", outlets->len - OUTLETS_SHOWN);
  const OnrCopy *first = row->copies->pdata[0];
  if (!first->is_asked) {
    g_autofree char *day = onr_published_day(first->published);
    onr_prose_add(&page->prose, ONR_STYLE_DOT, ONR_DOT, -1);
    onr_prose_add(&page->prose, ONR_STYLE_PLAIN, "first:", -1);
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, " %s", day ? day : "no date");
    onr_page_add_part(page, ONR_STYLE_PLAIN, first->publisher);
    onr_page_add_part(page, ONR_STYLE_FAINT, first->id);
  }
  onr_page_print(page, INDENT);
}

void onr_print_quote_hit(OnrPage *page, const OnrHitRecord *hit) {
  const OnrRow *row = hit->row;
  const OnrQuoteRow *quote = &g_array_index(row->article->quotes, OnrQuoteRow, row->quote);
  print_context(page, row->before);
  print_snippet(page, &row->snippet, 0);
  print_context(page, row->after);
  onr_page_add_speaker(page, row->article, quote);
  if (quote->kind == ONR_QUOTE_INDIRECT)
    onr_page_add_part(page, ONR_STYLE_FAINT, onr_quote_kind_name(quote->kind));
  if (quote->act != ONR_ACT_SPEECH)
    onr_page_add_part(page, ONR_STYLE_FAINT, onr_act_name(quote->act));
  onr_page_print(page, INDENT);
  onr_page_add_publication(page, ONR_STYLE_PLAIN, row->article);
  onr_page_add_part(page, ONR_STYLE_PLAIN, row->article->title);
  onr_page_print(page, INDENT);
  print_copies(page, row);
  print_place(page, row);
  print_explanation(page, hit->explain);
  onr_page_blank_line(page);
}

void onr_print_article_hit(OnrPage *page, const OnrHitRecord *hit) {
  const OnrRow *row = hit->row;
  onr_prose_add_matched(&page->prose, ONR_STYLE_TITLE,
                        row->article->title ? row->article->title : "(no title)", row->title_matches);
  onr_page_print(page, 0);
  onr_page_add_publication(page, ONR_STYLE_PLAIN, row->article);
  onr_page_add_part(page, ONR_STYLE_PLAIN, row->article->byline);
  onr_page_print(page, INDENT);
  print_copies(page, row);
  print_snippet(page, &row->snippet, INDENT);
  print_place(page, row);
  print_explanation(page, hit->explain);
  onr_page_blank_line(page);
}

/* --- facets: columns of fixed width, since all values but the last are short --- */

typedef struct {
  const char *quotes, *distinct, *articles, *first, *last, *type, *name;
} Cells;

static void print_cells(OnrPage *page, OnrRecordKind kind, OnrStyle style, const Cells *cells) {
  g_autoptr(GString) line = g_string_new(onr_style_begin(page->out, style));
  if (kind != ONR_RECORD_ENTITY)
    g_string_append_printf(line, "%8s  %8s  ", cells->quotes, cells->distinct);
  g_string_append_printf(line, "%8s  %-10s  %-10s  ", cells->articles, cells->first, cells->last);
  if (kind != ONR_RECORD_SPEAKER)
    g_string_append_printf(line, "%-6s  ", cells->type);
  onr_visible_append(line, cells->name, -1, ONR_VISIBLE_FOLD);
  g_string_append_printf(line, "%s\n", onr_style_end(page->out, style));
  onr_output_drain(page->out, line);
}

void onr_print_facet_head(OnrPage *page, OnrRecordKind kind) {
  const Cells heads = {.quotes = "quotes",
                       .distinct = "distinct",
                       .articles = "articles",
                       .first = "first",
                       .last = "last",
                       .type = "type",
                       .name = kind == ONR_RECORD_SPEAKER ? "speaker" : "name"};
  print_cells(page, kind, ONR_STYLE_FAINT, &heads);
}

void onr_print_facet(OnrPage *page, OnrRecordKind kind, const OnrFacet *facet) {
  char quotes[ONR_GROUPED_SIZE], distinct[ONR_GROUPED_SIZE], articles[ONR_GROUPED_SIZE];
  g_autofree char *first = onr_day_text(facet->first_day), *last = onr_day_text(facet->last_day);
  const Cells cells = {.quotes = onr_grouped(facet->n_quotes, quotes),
                       .distinct = onr_grouped(facet->n_distinct, distinct),
                       .articles = onr_grouped(facet->n_articles, articles),
                       .first = first ? first : "",
                       .last = last ? last : "",
                       .type = facet->type < 0 ? "" : onr_entity_type_name((OnrEntityType)facet->type),
                       .name = facet->name};
  print_cells(page, kind, ONR_STYLE_PLAIN, &cells);
}

/* --- counts --- */

/* "speakers" where there is one: "speaker". */
static char *singular(const char *what) {
  gsize length = strlen(what);
  if (g_str_has_suffix(what, "ies"))
    return g_strdup_printf("%.*sy", (int)(length - strlen("ies")), what);
  return g_strndup(what, length - strlen("s"));
}

/* "12 of 4,310 quotes" */
static char *ratio(guint64 n, guint64 total, const char *what) {
  char some[ONR_GROUPED_SIZE], all[ONR_GROUPED_SIZE];
  g_autofree char *one = singular(what);
  if (total == ONR_NO_TOTAL)
    return onr_counted(n, one, what);
  return g_strdup_printf("%s of %s %s", onr_grouped(n, some), onr_grouped(total, all),
                         total == 1 ? one : what);
}

char *onr_count_text(const OnrCountRecord *count) {
  g_autofree char *matches = ratio(count->n_matches, count->n_total, count->what);
  g_autoptr(GString) text = g_string_new(matches);
  if (count->n_articles_total != ONR_NO_TOTAL) {
    g_autofree char *articles = ratio(count->n_articles, count->n_articles_total, "articles");
    g_string_append_printf(text, ", in %s", articles);
  }
  char distinct[ONR_GROUPED_SIZE];
  if (count->n_distinct != ONR_NO_TOTAL && count->n_distinct != count->n_matches)
    g_string_append_printf(text, ", %s distinct", onr_grouped(count->n_distinct, distinct));
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/* How many there are to page through. */
static guint64 listed(const OnrCountRecord *count) {
  return count->is_grouped && count->n_distinct != ONR_NO_TOTAL ? count->n_distinct : count->n_matches;
}

/* Which of the matches were shown, where not all were. */
static void add_shown(OnrPage *page, const OnrCountRecord *count, guint64 n_shown) {
  char from[ONR_GROUPED_SIZE], to[ONR_GROUPED_SIZE];
  guint64 first = count->offset + 1ULL, last = count->offset + n_shown;
  onr_grouped(first, from);
  if (!n_shown)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "; none from %s on", from);
  else if (n_shown == 1)
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "; shown: %s", from);
  else
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, "; shown: %s to %s", from, onr_grouped(last, to));
  if (n_shown && last < listed(count))
    onr_prose_printf(&page->prose, ONR_STYLE_PLAIN, " (more: --offset %" G_GUINT64_FORMAT ")", last);
}

void onr_print_count(OnrPage *page, const OnrCountRecord *count, guint64 n_shown) {
  g_autofree char *text = onr_count_text(count);
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, text, -1);
  if (n_shown < listed(count))
    add_shown(page, count, n_shown);
  onr_page_print(page, 0);
}

void onr_print_query_head(OnrPage *page, const OnrCountRecord *count) {
  onr_prose_printf(&page->prose, ONR_STYLE_TITLE, "%s: %s", count->query_id, count->query);
  onr_page_print(page, 0);
  onr_page_blank_line(page);
}

void onr_print_explanation(OnrPage *page, const char *explain) {
  print_explanation(page, explain);
  onr_page_blank_line(page);
}
