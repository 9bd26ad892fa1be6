/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is behind a quote, in lines for eyes: who was taken for its speaker and why, what each token was labelled. */
#pragma once

#include "annotate/annotation.h"
#include "annotate/tagger.h"

G_BEGIN_DECLS

/* "speaker: Pavel Dorn (person): the subject of the sentence before", and the confidence. */
void onr_explain_speaker(const OnrAnnotation *found, const OnrQuote *quote, GString *out);

/* A line a token of the sentences that content, cue and source stand in: by how much the second pass prefers its label to the
 * next best, that label, the first pass's and the rules', the tag, the word. A part's first token is in capitals. */
void onr_explain_tokens(const OnrTagger *tagger, const OnrAnnotation *found, const OnrQuote *quote, GString *out);

G_END_DECLS
