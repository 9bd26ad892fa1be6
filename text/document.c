/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/document.h"

#include "text/chars.h"
#include "text/sentence.h"

#include <string.h>

/* Wrapped lines are filled to about the same width: nothing is wider than this many code points, and a third
   of the lines that another follows are longer than the lower bound and go on in lower case. */
#define MAX_WRAPPED 100
#define MIN_WRAPPED 40
#define MIN_INDENT 2

OnrDocument *onr_document_new(void) {
  return g_new0(OnrDocument, 1);
}

void onr_document_free(OnrDocument *doc) {
  if (!doc)
    return;
  onr_tokens_clear(&doc->tokens);
  g_free(doc->sentences);
  g_free(doc->paragraphs);
  g_free(doc);
}

static gboolean is_blank(const char *p, const char *end) {
  for (; p < end; p++)
    if (*p != ' ' && *p != '\t' && *p != '\r')
      return FALSE;
  return TRUE;
}

static const char *line_end(const char *p, const char *end) {
  const char *found = memchr(p, '\n', (gsize)(end - p));
  return found ? found : end;
}

/* Are the lines of TEXT cut at a width, rather than one a paragraph? */
static gboolean is_wrapped(const char *text, gsize length) {
  const char *end = text + length;
  guint32 n_inner = 0, n_going_on = 0;
  for (const char *p = text; p < end;) {
    const char *q = line_end(p, end);
    if (q - p > MAX_WRAPPED && onr_utf8_count(p, (gsize)(q - p)) > MAX_WRAPPED)
      return FALSE;
    const char *next = q < end ? q + 1 : end;
    if (!is_blank(p, q) && !is_blank(next, line_end(next, end))) {
      guint n;
      n_inner++;
      n_going_on += q - p >= MIN_WRAPPED && onr_char_class_at(next, end, &n) & ONR_CHAR_LOWER ? 1 : 0;
    }
    p = next;
  }
  return n_inner > 0 && n_going_on >= (n_inner + 2) / 3;
}

/* Line ends in the gap [P, END) between two tokens, and how far its last line is indented. */
static guint32 count_lines(const char *p, const char *end, guint32 *indent) {
  guint32 n_lines = 0;
  *indent = 0;
  guint n;
  for (; p < end; p += n) {
    guint8 k = onr_char_class_at(p, end, &n);
    n_lines += (k & ONR_CHAR_LINE) != 0;
    *indent = k & ONR_CHAR_LINE ? 0 : *indent + 1;
  }
  return n_lines;
}

/* Does a paragraph begin with token I, which has a line end before it? */
static gboolean begins_paragraph(const OnrDocument *doc, guint32 i, gboolean wrapped) {
  if (!wrapped)
    return TRUE;
  const OnrToken *t = &doc->tokens.items[i];
  guint32 indent;
  guint32 n_lines = count_lines(doc->text + t[-1].end, doc->text + t->begin, &indent);
  return n_lines > 1 || indent >= MIN_INDENT;
}

/* ARRAY with room for one more element of SIZE bytes after the first N. */
static gpointer grow(gpointer array, guint32 n, guint32 *capacity, gsize size) {
  if (n < *capacity)
    return array;
  *capacity = *capacity < G_MAXUINT32 / 2 ? MAX(64, *capacity * 2) : G_MAXUINT32;
  return g_realloc_n(array, *capacity, size);
}

static void add_sentence(OnrDocument *doc, guint32 first, guint32 end) {
  const OnrToken *items = doc->tokens.items;
  doc->sentences = grow(doc->sentences, doc->n_sentences, &doc->sentences_capacity, sizeof *doc->sentences);
  doc->sentences[doc->n_sentences++] = (OnrSentence){.span = {items[first].begin, items[end - 1].end},
                                                     .first_token = first,
                                                     .end_token = end,
                                                     .paragraph = doc->n_paragraphs};
}

static void add_paragraph(OnrDocument *doc, guint32 first, guint32 end) {
  const OnrToken *items = doc->tokens.items;
  guint32 first_sentence = doc->n_sentences;
  for (guint32 i = first; i < end;) {
    guint32 stop = onr_sentence_end(doc->text, &doc->tokens, i, end);
    add_sentence(doc, i, stop);
    i = stop;
  }
  doc->paragraphs =
      grow(doc->paragraphs, doc->n_paragraphs, &doc->paragraphs_capacity, sizeof *doc->paragraphs);
  doc->paragraphs[doc->n_paragraphs++] = (OnrParagraph){.span = {items[first].begin, items[end - 1].end},
                                                        .first_token = first,
                                                        .end_token = end,
                                                        .first_sentence = first_sentence,
                                                        .end_sentence = doc->n_sentences};
}

void onr_document_set_text(OnrDocument *doc, const char *text, gsize length) {
  doc->text = text;
  doc->length = length;
  doc->n_sentences = doc->n_paragraphs = 0;
  onr_tokens_scan(text, length, &doc->tokens);
  gboolean wrapped = is_wrapped(text, length);
  guint32 first = 0;
  for (guint32 i = 1; i < doc->tokens.n; i++) {
    if (doc->tokens.items[i].flags & ONR_TOKEN_LINE_BEFORE && begins_paragraph(doc, i, wrapped)) {
      add_paragraph(doc, first, i);
      first = i;
    }
  }
  if (first < doc->tokens.n)
    add_paragraph(doc, first, doc->tokens.n);
}

guint32 onr_document_sentence_at(const OnrDocument *doc, guint32 offset) {
  guint32 low = 0, high = doc->n_sentences;
  while (high - low > 1) {
    guint32 middle = low + (high - low) / 2;
    if (doc->sentences[middle].span.begin <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}

guint32 onr_document_paragraph_at(const OnrDocument *doc, guint32 offset) {
  guint32 low = 0, high = doc->n_paragraphs;
  while (high - low > 1) {
    guint32 middle = low + (high - low) / 2;
    if (doc->paragraphs[middle].span.begin <= offset)
      low = middle;
    else
      high = middle;
  }
  return low;
}
