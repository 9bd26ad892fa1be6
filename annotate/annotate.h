/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tokens in, spans out: who is named in an article, what is said in it, and by whom. Passes over one
   document, each in its own file and each replaceable behind the same spans: entities (the learned
   recogniser.h, joined in annotate/entities.h), quotes (content, cue and source: rules in annotate/quotes.h, the learned tagger.h and linking.h over them),
   speakers (annotate/speakers.h: which entity a source is). But for the models, which are mapped once, pure
   functions: no file, no clock, the same answer on every machine.

     g_autoptr(OnrAnnotator) annotator = onr_annotator_new(error);   // one a thread
     g_autoptr(OnrAnnotation) found = onr_annotation_new();
     onr_document_set_text(doc, text, length);
     onr_annotate(annotator, doc, &header, found); */
#pragma once

#include "annotate/annotation.h"
#include "text/document.h"
#include "text/error.h"

G_BEGIN_DECLS

/* Raised whenever annotation may give other results: archives made with another version keep their quotes
 * until `reindex`. */
#define ONR_ANNOTATE_VERSION 14

typedef struct OnrAnnotator OnrAnnotator;

/* What is known of the article beside its text; any may be NULL. */
typedef struct {
  const char
      *title; /* when it also stands as the first paragraph of the text, that paragraph is a headline */
  const char *byline;   /* author names: "I" outside quotes is the author */
  const char *language; /* ISO 639, "en-GB"; other than English: entities and quotes are left out */
} OnrArticleHeader;

/* Maps the models (onr_model_find); reports what onr_model_map does. */
OnrAnnotator *onr_annotator_new(GError **error);
void onr_annotator_free(OnrAnnotator *annotator);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrAnnotator, onr_annotator_free)

/* Fills OUT (reset first) from DOC, whose text, tokens, sentences and paragraphs are only read. Linear in the
   text's length but for sentences, which are bounded: never more than ONR_ANNOTATE_MAX_QUOTES quotes. */
void onr_annotate(OnrAnnotator *annotator, const OnrDocument *doc, const OnrArticleHeader *header,
                  OnrAnnotation *out);

/* Appends to OUT, in lines, why quote QUOTE of FOUND, the last result of ANNOTATOR, is what it is: its speaker's reason, and
 * the tokens of its sentences with their tags, the rules' labels, those of both passes, and by how much the last ones won.
 * DOC must be unchanged. */
void onr_annotator_explain(const OnrAnnotator *annotator, const OnrAnnotation *found, guint quote, GString *out);

#define ONR_ANNOTATE_MAX_BYTES (4u << 20) /* a longer text is no article and is left unannotated */
#define ONR_ANNOTATE_MAX_QUOTES 10000     /* what comes after is left unannotated */

/* TRUE where attribution handles LANGUAGE (NULL counts as English). */
gboolean onr_annotate_knows_language(const char *language);

G_END_DECLS
