/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One text with its tokens, sentences and paragraphs: the scratch object that flows through annotation and
   term making, reused from document to document so that nothing is allocated per article once warm.

     g_autoptr(OnrDocument) doc = onr_document_new();
     onr_document_set_text(doc, text, length);
     for (guint32 i = 0; i < doc->n_sentences; i++) use(&doc->sentences[i]); */
#pragma once

#include "text/token.h"

G_BEGIN_DECLS

typedef struct {
  OnrSpan span;        /* bytes: first token's begin to last token's end */
  guint32 first_token; /* index into tokens, half open */
  guint32 end_token;
  guint32 paragraph; /* index into paragraphs */
} OnrSentence;

typedef struct {
  OnrSpan span; /* bytes, white space at both ends left out */
  guint32 first_token;
  guint32 end_token;
  guint32 first_sentence;
  guint32 end_sentence;
} OnrParagraph;

typedef struct {
  const char *text; /* borrowed until the next set_text */
  gsize length;
  OnrTokens tokens;
  OnrSentence *sentences;
  guint32 n_sentences, sentences_capacity;
  OnrParagraph *paragraphs;
  guint32 n_paragraphs, paragraphs_capacity;
} OnrDocument;

OnrDocument *onr_document_new(void);
void onr_document_free(OnrDocument *doc);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrDocument, onr_document_free)

/* Cuts TEXT (valid UTF-8, LF line ends, at most 4 GiB - 1) into tokens, paragraphs and sentences. A paragraph
   ends at a blank line, and at every line end where the text has no blank lines or its lines are no wrapped
   ones; a sentence never crosses a paragraph. Full stops of abbreviations (Mr., Gen., U.S., initials),
   decimals and ellipses inside a sentence do not end it; quotation marks and brackets that close after the
   full stop belong to it. */
void onr_document_set_text(OnrDocument *doc, const char *text, gsize length);

/* Index of the sentence that holds byte OFFSET, or the last one before it; 0 when there is none. */
guint32 onr_document_sentence_at(const OnrDocument *doc, guint32 offset);
guint32 onr_document_paragraph_at(const OnrDocument *doc, guint32 offset);

/* Indices of the tokens of paragraph P; none where it has none. */
static inline OnrSpan onr_paragraph_tokens(const OnrDocument *doc, guint32 p) {
  return (OnrSpan){doc->paragraphs[p].first_token, doc->paragraphs[p].end_token};
}

G_END_DECLS
