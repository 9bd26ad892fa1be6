/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs of a transcript: a label and a colon, then what that person says. */
#include "annotate/attribution.h"

/* A label, in tokens: "MR. VAN DER BERG:" */
#define LABEL_REACH 7

static gboolean is_label(const OnrReading *r, guint32 begin, guint32 colon) {
  gboolean has_name = FALSE;
  for (guint32 i = begin; i < colon; i++) {
    const OnrToken *t = onr_reading_token(r, i);
    if (t->kind == ONR_TOKEN_MARK) {
      if (!onr_reading_is_mark(r, i, '.'))
        return FALSE;
      continue;
    }
    if (r->words[i].classes & ONR_WORD_GREETING || !(t->flags & ONR_TOKEN_CAPITAL))
      return FALSE;
    gboolean upper_case = (t->flags & ONR_TOKEN_ALL_CAPS) != 0;
    gboolean letter = t->end == t->begin + 1 &&
                      (r->doc->text[t->begin] == 'Q' || r->doc->text[t->begin] == 'A') && colon == begin + 1;
    gboolean is_known = r->words[i].mention && r->words[i].entity_type == ONR_ENTITY_PERSON;
    has_name = has_name || upper_case || letter || is_known ||
               r->words[i].classes & (ONR_WORD_GIVEN | ONR_WORD_TITLE);
  }
  return has_name;
}

gboolean onr_find_transcript(OnrAttributions *a, guint32 paragraph) {
  const OnrReading *r = a->reading;
  const OnrParagraph *p = &r->doc->paragraphs[paragraph];
  guint32 begin = p->first_token, end = p->end_token;
  if (begin < end && r->words[begin].tag == ONR_TAG_QUOTE) /* “SMITH: …, as printed within another's words */
    begin++;
  guint32 colon = begin;
  while (colon < end && colon < begin + LABEL_REACH && r->words[colon].tag != ONR_TAG_COLON)
    colon++;
  if (end <= r->n_headline || colon == begin || colon + 2 >= end || r->words[colon].tag != ONR_TAG_COLON ||
      !is_label(r, begin, colon))
    return FALSE;
  OnrAttribution item = {.construction = ONR_CONSTRUCTION_TRANSCRIPT,
                         .source = {begin, colon},
                         .cue = {colon, colon + 1},
                         .paragraph = paragraph};
  onr_attributions_add_content(a, onr_attributions_add(a, &item), colon + 1, end);
  return TRUE;
}
