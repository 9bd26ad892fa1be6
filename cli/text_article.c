/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An article for eyes, with its quotes and speakers marked; one quote where it stands; and what annotation
 * found. */
#include "cli/text_parts.h"

#include "cli/visible.h"
#include "text/document.h"
#include "text/offsets.h"
#include <string.h>

#define INDENT 2
#define DETAIL_COLUMN 12 /* where values begin after their names */

/* --- the head of an article --- */

/* NOTE stands after the place; may be NULL. */
static void print_header(OnrPage *page, const OnrArticle *article, const char *path, const char *member,
                         const char *note) {
  onr_prose_add(&page->prose, ONR_STYLE_TITLE, article->title ? article->title : "(no title)", -1);
  onr_page_print(page, 0);
  onr_page_add_publication(page, ONR_STYLE_PLAIN, article);
  onr_page_add_part(page, ONR_STYLE_PLAIN, article->section);
  onr_page_add_part(page, ONR_STYLE_PLAIN, article->byline);
  onr_page_print(page, INDENT);
  onr_page_add_part(page, ONR_STYLE_FAINT, article->url);
  onr_page_print(page, INDENT);
  onr_page_add_place(page, ONR_STYLE_FAINT, path, member);
  onr_page_add_part(page, ONR_STYLE_FAINT, note);
  onr_page_print(page, INDENT);
}

/* --- a text whose bytes are painted with styles --- */

typedef struct {
  const OnrArticle *article;
  OnrOffsets offsets;
  guint8 *styles; /* OnrStyle of each byte */
} Painting;

static void paint(Painting *p, const GArray *spans, OnrStyle style) {
  for (guint i = 0; i < spans->len; i++) {
    OnrSpan span = onr_offsets_span_to_bytes(&p->offsets, g_array_index(spans, OnrSpan, i));
    memset(p->styles + span.begin, (int)style, onr_span_length(span));
  }
}

static void paint_quote(Painting *p, const OnrQuoteRow *quote) {
  paint(p, quote->content, ONR_STYLE_QUOTE);
  paint(p, quote->source, ONR_STYLE_SOURCE);
}

static void begin_painting(Painting *p, const OnrArticle *article) {
  *p = (Painting){.article = article, .styles = g_malloc0(article->text_length + 1)};
  onr_offsets_set_text(&p->offsets, article->text, article->text_length);
}

static void end_painting(Painting *p) {
  g_free(p->styles);
  onr_offsets_clear(&p->offsets);
}

static void print_paragraph(OnrPage *page, const Painting *p, OnrSpan span) {
  for (guint32 at = span.begin; at < span.end;) {
    guint32 end = at + 1;
    while (end < span.end && p->styles[end] == p->styles[at])
      end++;
    onr_prose_add(&page->prose, (OnrStyle)p->styles[at], p->article->text + at, end - at);
    at = end;
  }
  onr_page_print(page, 0);
}

static guint32 quote_begin(const Painting *p, const OnrQuoteRow *quote) {
  return onr_offsets_to_bytes(&p->offsets, g_array_index(quote->content, OnrSpan, 0).begin);
}

static guint32 quote_end(const Painting *p, const OnrQuoteRow *quote) {
  return onr_offsets_to_bytes(&p->offsets,
                              g_array_index(quote->content, OnrSpan, quote->content->len - 1).end);
}

/* --- notes under a paragraph: who says what in it, a line each --- */

/* Cuts the paragraph under way to one line. */
static void print_one_line(OnrPage *page, guint indent) {
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(OnrSpan));
  GString *text = page->prose.text;
  guint width = page->out->width - indent - 1; /* a column for the ellipsis */
  onr_layout_wrap(text->str, text->len, width, lines);
  if (lines->len > 1)
    onr_prose_cut(&page->prose, g_array_index(lines, OnrSpan, 0).end, "…");
  onr_page_print(page, indent);
}

static void print_note(OnrPage *page, const OnrArticle *article, guint index) {
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, index);
  g_autofree char *words = onr_article_quote_words(article, quote);
  g_autofree char *number = g_strdup_printf("#%u", quote->number);
  onr_page_add_part(page, ONR_STYLE_FAINT, number);
  onr_page_add_speaker(page, article, quote);
  onr_prose_printf(&page->prose, ONR_STYLE_FAINT, ": %s", words);
  print_one_line(page, 2 * INDENT);
}

/* Notes of the quotes that begin in PARAGRAPH; *NEXT is the first quote not yet noted. */
static void print_notes(OnrPage *page, const Painting *p, const OnrParagraph *paragraph, guint *next) {
  const GArray *quotes = p->article->quotes;
  while (*next < quotes->len &&
         quote_begin(p, &g_array_index(quotes, OnrQuoteRow, *next)) < paragraph->span.end)
    print_note(page, p->article, (*next)++);
}

/* --- show ARTICLE --- */

static gboolean is_title(const OnrArticle *article, OnrSpan span) {
  return article->title && strlen(article->title) == onr_span_length(span) &&
         !memcmp(article->title, article->text + span.begin, onr_span_length(span));
}

void onr_print_article(OnrPage *page, const OnrArticle *article) {
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, article->text, article->text_length);
  Painting painting;
  begin_painting(&painting, article);
  for (guint i = 0; i < article->quotes->len; i++)
    paint_quote(&painting, &g_array_index(article->quotes, OnrQuoteRow, i));
  print_header(page, article, article->path, article->member, article->id);
  guint next = 0;
  for (guint32 i = 0; i < doc->n_paragraphs && !onr_output_is_done(page->out); i++) {
    if (i == 0 && is_title(article, doc->paragraphs[i].span))
      continue;
    onr_page_blank_line(page);
    print_paragraph(page, &painting, doc->paragraphs[i].span);
    print_notes(page, &painting, &doc->paragraphs[i], &next);
  }
  end_painting(&painting);
}

/* --- show ARTICLE#n --- */

static void print_detail(OnrPage *page, const char *name, const char *value) {
  if (!value || !*value)
    return;
  g_autofree char *padded = g_strdup_printf("%-*s", DETAIL_COLUMN, name);
  /* A hanging name: the value is wrapped beside it. */
  onr_output_puts(page->out, onr_style_begin(page->out, ONR_STYLE_FAINT));
  g_autofree char *line = g_strdup_printf("%*s%s", INDENT, "", padded);
  onr_output_puts(page->out, line);
  onr_output_puts(page->out, onr_style_end(page->out, ONR_STYLE_FAINT));
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, value, -1);
  onr_prose_print_hanging(&page->prose, INDENT + DETAIL_COLUMN, page->out);
}

static void print_details(OnrPage *page, const OnrArticle *article, guint index) {
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, index);
  g_autofree char *names = onr_article_speaker_names(article, quote);
  g_autofree char *source = onr_span_words(article, quote->source);
  g_autofree char *cue = onr_span_words(article, quote->cue);
  g_autofree char *kind =
      g_strdup_printf("%s %s", onr_quote_kind_name(quote->kind), onr_act_name(quote->act));
  g_autofree char *confidence =
      g_strdup_printf("%u %%, of the speaker %u %%", quote->confidence, quote->speaker_confidence);
  g_autofree char *id = g_strdup_printf("%s#%u", article->id, quote->number);
  g_autofree char *named =
      g_strdup_printf("%s (%s)", names ? names : "not named", onr_speaker_type_name(quote->speaker_type));
  print_detail(page, "speaker", named);
  print_detail(page, "role", quote->role);
  print_detail(page, "source", source);
  print_detail(page, "cue", cue);
  print_detail(page, "kind", kind);
  print_detail(page, "confidence", confidence);
  print_detail(page, "id", id);
}

static void print_gap(OnrPage *page) {
  onr_page_blank_line(page);
  onr_prose_add(&page->prose, ONR_STYLE_FAINT, "…", -1);
  onr_page_print(page, 0);
}

void onr_print_passage(OnrPage *page, const OnrQuoteRecord *record) {
  const OnrArticle *article = record->article;
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, record->quote);
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, article->text, article->text_length);
  Painting painting;
  begin_painting(&painting, article);
  paint_quote(&painting, quote);
  guint32 first = onr_document_paragraph_at(doc, quote_begin(&painting, quote));
  guint32 last = onr_document_paragraph_at(doc, quote_end(&painting, quote) - 1);
  first -= MIN(first, record->context);
  last = (guint32)MIN((guint64)last + record->context, doc->n_paragraphs - 1);
  print_header(page, article, article->path, article->member, NULL);
  if (first > 0)
    print_gap(page);
  for (guint32 i = first; i <= last; i++) {
    onr_page_blank_line(page);
    print_paragraph(page, &painting, doc->paragraphs[i].span);
  }
  if (last + 1 < doc->n_paragraphs)
    print_gap(page);
  onr_page_blank_line(page);
  print_details(page, article, record->quote);
  end_painting(&painting);
}

/* --- annotate --- */

static void print_found_quote(OnrPage *page, const OnrArticle *article, const OnrQuoteRow *quote) {
  g_autofree char *words = onr_article_quote_words(article, quote);
  g_autofree char *cue = onr_span_words(article, quote->cue);
  onr_page_blank_line(page);
  onr_prose_add(&page->prose, ONR_STYLE_PLAIN, words, -1);
  onr_page_print(page, 0);
  onr_page_add_speaker(page, article, quote);
  onr_page_print(page, INDENT);
  onr_prose_printf(&page->prose, ONR_STYLE_FAINT, "%s %s", onr_quote_kind_name(quote->kind),
                   onr_act_name(quote->act));
  if (*cue) {
    g_autofree char *named = g_strdup_printf("cue: %s", cue);
    onr_page_add_part(page, ONR_STYLE_FAINT, named);
  }
  g_autofree char *confidence = g_strdup_printf("%u %% sure", quote->confidence);
  onr_page_add_part(page, ONR_STYLE_FAINT, confidence);
  onr_page_print(page, INDENT);
}

static void print_names(OnrPage *page, const OnrArticle *article) {
  if (!article->entities->len)
    return;
  onr_page_blank_line(page);
  onr_prose_add(&page->prose, ONR_STYLE_FAINT, "Named: ", -1);
  for (guint i = 0; i < article->entities->len; i++) {
    const OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, i);
    g_autofree char *name = g_strdup_printf("%s (%s)", onr_entity_shown_name(entity), onr_entity_type_name(entity->type));
    onr_prose_printf(&page->prose, ONR_STYLE_FAINT, "%s%s", i ? ", " : "", name);
  }
  onr_page_print(page, 0);
}

void onr_print_annotated(OnrPage *page, const OnrAnnotatedRecord *record) {
  const OnrArticle *article = record->article;
  g_autofree char *count = onr_counted(article->quotes->len, "quote", "quotes");
  print_header(page, article, record->path, record->member, count);
  for (guint i = 0; i < article->quotes->len; i++)
    print_found_quote(page, article, &g_array_index(article->quotes, OnrQuoteRow, i));
  print_names(page, article);
  onr_page_blank_line(page);
}
