/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/explain.h"

/* Tokens of one quote that are printed, at most: some pages. */
#define TOKENS_MAX 2000
#define HEADING "margin  label    first    rules    tag           token\n"
#define ROW "%+6d  %-7s  %-7s  %-7s  %-12s  %.*s\n"

static const char *const tag_names[] = {[ONR_TAG_NOUN] = "noun",
                                        [ONR_TAG_NAME] = "name",
                                        [ONR_TAG_NUMBER] = "number",
                                        [ONR_TAG_DETERMINER] = "determiner",
                                        [ONR_TAG_POSSESSIVE] = "possessive",
                                        [ONR_TAG_PRONOUN] = "pronoun",
                                        [ONR_TAG_OBJECT] = "object",
                                        [ONR_TAG_PREPOSITION] = "preposition",
                                        [ONR_TAG_COORDINATOR] = "coordinator",
                                        [ONR_TAG_SUBORDINATOR] = "subordinator",
                                        [ONR_TAG_THAT] = "that",
                                        [ONR_TAG_WH] = "wh",
                                        [ONR_TAG_TO] = "to",
                                        [ONR_TAG_ADVERB] = "adverb",
                                        [ONR_TAG_AUXILIARY] = "auxiliary",
                                        [ONR_TAG_VERB] = "verb",
                                        [ONR_TAG_PARTICIPLE] = "participle",
                                        [ONR_TAG_ING] = "ing",
                                        [ONR_TAG_COMMA] = "comma",
                                        [ONR_TAG_COLON] = "colon",
                                        [ONR_TAG_STOP] = "stop",
                                        [ONR_TAG_DASH] = "dash",
                                        [ONR_TAG_OPEN] = "open",
                                        [ONR_TAG_CLOSE] = "close",
                                        [ONR_TAG_QUOTE] = "quote",
                                        [ONR_TAG_OTHER] = "other"};

static const char *const label_names[ONR_N_LABELS] = {"-",      "CONTENT", "content", "SOURCE",
                                                      "source", "CUE",     "cue"};

void onr_explain_speaker(const OnrAnnotation *found, const OnrQuote *quote, GString *out) {
  g_autofree char *name = onr_annotation_speaker_names(found, quote);
  g_string_append_printf(out, "speaker: %s (%s): %s; of 100 such about %u are right\n",
                         name          ? name
                         : quote->role ? quote->role
                                       : "nobody",
                         onr_speaker_type_name(quote->speaker_type),
                         quote->reason ? quote->reason : "no source leads to anybody",
                         quote->speaker_confidence);
  g_string_append_printf(out, "confidence: of 100 such quotes about %u have the right content and source\n",
                         quote->confidence);
}

static void add_token(const OnrTagger *t, guint32 i, GString *out) {
  const OnrReading *r = t->features.reading;
  const OnrToken *token = onr_reading_token(r, i);
  g_string_append_printf(out, ROW, onr_labeller_margin(&t->run, i), label_names[t->run.labels[i]],
                         label_names[t->run.first[i]], label_names[t->features.rules[i]],
                         tag_names[r->words[i].tag], (int)(token->end - token->begin),
                         r->doc->text + token->begin);
}

void onr_explain_tokens(const OnrTagger *tagger, const OnrAnnotation *found, const OnrQuote *quote,
                        GString *out) {
  const OnrDocument *doc = tagger->features.reading->doc;
  const OnrSpanList lists[] = {quote->content, quote->source, quote->cue};
  guint32 first = doc->n_sentences, last = 0, n = 0;
  for (guint k = 0; k < G_N_ELEMENTS(lists); k++)
    for (guint32 i = 0; i < lists[k].n; i++) {
      OnrSpan span = onr_annotation_spans(found, lists[k])[i];
      first = MIN(first, onr_document_sentence_at(doc, span.begin));
      last = MAX(last, onr_document_sentence_at(doc, span.end - 1));
    }
  g_string_append(out, HEADING);
  for (guint32 s = first; s <= last && s < doc->n_sentences; s++)
    for (guint32 i = doc->sentences[s].first_token; i < doc->sentences[s].end_token && n < TOKENS_MAX;
         i++, n++)
      add_token(tagger, i, out);
}
