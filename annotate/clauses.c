/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* Tokens between the comma that ends an apposition and the verb: "…, on Friday said". */
#define ADVERBIAL_REACH 4
/* Tokens and commas that are looked back over for what is apposed. */
#define APPOSITION_REACH 40
#define APPOSITION_COMMAS 3
/* Tokens of a bracket behind a name: (D-Halden). */
#define BRACKET_REACH 6
/* Tokens between "in a statement" and the verb. */
#define STATEMENT_REACH 2

/* Without a bracket before END: "Pavel Dorn (Halden)". */
static guint32 before_bracket(const OnrReading *r, guint32 lower, guint32 end) {
  guint32 open = end;
  while (open > lower && end - open < BRACKET_REACH && onr_tag(r, open - 1) != ONR_TAG_OPEN)
    open--;
  gboolean is_bracket =
      onr_tag(r, end - 1) == ONR_TAG_CLOSE && open > lower + 1 && onr_tag(r, open - 1) == ONR_TAG_OPEN;
  return is_bracket ? open - 1 : end;
}

/* The person whose name is the phrase before the comma COMMA, where a clause begins with it. */
static guint32 person_before(const OnrResolver *s, guint32 lower, guint32 comma) {
  const OnrReading *r = s->r;
  guint32 end = before_bracket(r, lower, comma), begin = onr_noun_phrase_begin(r, lower, end);
  guint32 entity =
      begin < end && onr_is_clause_edge(r, lower, begin) ? onr_source_entity(s, begin, end) : ONR_NO_ENTITY;
  return onr_resolver_is(s, entity, ONR_ENTITY_PERSON) ? entity : ONR_NO_ENTITY;
}

static gboolean is_verb(const OnrReading *r, guint32 i) {
  return onr_tag(r, i) == ONR_TAG_VERB || onr_tag(r, i) == ONR_TAG_AUXILIARY;
}

/* Does a comma divide SOURCE, and no clause but its own relative one, from VERB? */
static gboolean ends_apposition(const OnrReading *r, OnrSpan source, guint32 verb) {
  guint32 comma = verb;
  while (comma > source.end && verb - comma < ADVERBIAL_REACH && onr_tag(r, comma - 1) != ONR_TAG_COMMA)
    comma--;
  if (onr_tag(r, comma - 1) != ONR_TAG_COMMA || onr_tag(r, verb) == ONR_TAG_PREPOSITION)
    return FALSE;
  for (guint32 i = source.end; i + 1 < comma && onr_tag(r, source.end - 1) != ONR_TAG_WH; i++)
    if (is_verb(r, i))
      return FALSE;
  return TRUE;
}

guint32 onr_clause_apposed_to(const OnrResolver *s, OnrSpan source) {
  const OnrReading *r = s->r;
  guint32 lower = onr_resolver_sentence(s, source.begin)->first_token, n_commas = 0;
  gboolean has_verb = FALSE;
  for (guint32 i = source.begin; i > lower + 1 && source.begin - i < APPOSITION_REACH; i--) {
    OnrTag tag = onr_tag(r, i - 1);
    if (r->words[i - 1].quoted || tag == ONR_TAG_STOP || tag == ONR_TAG_COLON)
      return ONR_NO_ENTITY;
    has_verb = has_verb || is_verb(r, i - 1);
    if (tag != ONR_TAG_COMMA)
      continue;
    gboolean is_relative = onr_tag(r, i) == ONR_TAG_WH;
    if ((has_verb && !is_relative) || onr_tag(r, i) == ONR_TAG_COORDINATOR || ++n_commas > APPOSITION_COMMAS)
      return ONR_NO_ENTITY;
    has_verb = FALSE;
    guint32 person = person_before(s, lower, i - 1);
    if (person != ONR_NO_ENTITY)
      return person;
  }
  return ONR_NO_ENTITY;
}

/* "Ada Quill backs Dorn and in a statement praised him": whose the statement is. */
static gboolean is_aside(const OnrReading *r, OnrSpan source, guint32 verb) {
  return source.begin > 0 && onr_reading_equals(r, source.begin - 1, "in") &&
         verb - source.end <= STATEMENT_REACH && is_verb(r, verb) &&
         (r->words[source.end - 1].classes & ONR_WORD_DOCUMENT) != 0;
}

/* "Ada Quill sent a letter to the ferrymen saying": not those who are written to. */
static gboolean is_addressee(const OnrReading *r, OnrSpan source, guint32 verb) {
  return source.begin > 1 && onr_reading_equals(r, source.begin - 1, "to") && verb == source.end &&
         onr_tag(r, source.begin - 2) == ONR_TAG_NOUN &&
         onr_reading_equals_any(r, verb,
                                "saying stating telling asking urging warning arguing calling claiming "
                                "announcing encouraging promising");
}

OnrSpeaker onr_clause_speaker(const OnrResolver *s, const OnrAttribution *item) {
  const OnrReading *r = s->r;
  OnrSpan source = item->source;
  guint32 verb = item->cue.begin;
  if (item->cue.begin == item->cue.end || verb < source.end)
    return onr_nobody;
  guint32 lower = onr_resolver_sentence(s, source.begin)->first_token;
  gboolean is_doers = is_aside(r, source, verb) || is_addressee(r, source, verb);
  guint32 found = is_doers                           ? onr_antecedent_doer(s, lower, source.begin - 1)
                  : ends_apposition(r, source, verb) ? onr_clause_apposed_to(s, source)
                                                     : ONR_NO_ENTITY;
  return found != ONR_NO_ENTITY ? onr_speaker_because(onr_speaker_named(s, found), ONR_BECAUSE_CLAUSE)
                                : onr_nobody;
}
