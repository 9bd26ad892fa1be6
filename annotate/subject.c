/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/subject.h"

#include "annotate/phrases.h"

/* An apposition between commas, in tokens: "Smith, 42, who has run the shop for ten years and …, said". */
#define APPOSITION_REACH 45
/* Attributions that are looked back at for one in the same sentence. */
#define LOOK_BACK 8

static gboolean set(OnrSubject *out, guint32 begin, guint32 end) {
  out->source = (OnrSpan){begin, end};
  out->same_source = 0;
  return begin < end;
}

guint32 onr_attribution_before(const OnrAttributions *a, guint32 lower, guint32 upper) {
  guint32 best = 0;
  for (guint32 n = 0, k = a->items->len; k > 0 && n < LOOK_BACK; n++) {
    const OnrAttribution *item = onr_attributions_get(a, --k);
    if (item->cue.begin >= lower && item->cue.end <= upper && item->cue.begin < item->cue.end &&
        (!best || item->cue.begin > onr_attributions_get(a, best - 1)->cue.begin))
      best = k + 1;
  }
  return best;
}

static gboolean opens_apposition(const OnrReading *r, guint32 i) {
  switch (onr_tag(r, i)) {
  case ONR_TAG_PRONOUN:
  case ONR_TAG_COORDINATOR:
  case ONR_TAG_SUBORDINATOR:
  case ONR_TAG_THAT:
  case ONR_TAG_VERB:
  case ONR_TAG_AUXILIARY:
  case ONR_TAG_QUOTE:
  case ONR_TAG_STOP:
    return FALSE;
  default:
    return TRUE;
  }
}

/* The verb stands behind a comma: "Lavrov, the foreign minister, said". */
static gboolean apposition_subject(const OnrAttributions *a, guint32 lower, guint32 comma, OnrSubject *out) {
  const OnrReading *r = a->reading;
  guint32 floor = comma > lower + APPOSITION_REACH ? comma - APPOSITION_REACH : lower;
  guint32 begin = comma, fallback = comma;
  for (guint32 p = comma; p > floor + 1;) {
    p--;
    if (onr_tag(r, p) == ONR_TAG_STOP || onr_tag(r, p) == ONR_TAG_COLON)
      break;
    gboolean divides = onr_tag(r, p) == onr_tag(r, comma);
    if (!divides || p + 1 == comma || !opens_apposition(r, p + 1))
      continue;
    guint32 phrase = onr_noun_phrase_begin(r, lower, p);
    if (phrase == p)
      continue;
    if (onr_is_clause_edge(r, lower, phrase)) {
      begin = phrase;
      /* "Smith, 42, a farmer, said": the phrase may itself be an apposition of what stands before it. */
      if (phrase > lower && onr_tag(r, phrase - 1) == ONR_TAG_COMMA && opens_apposition(r, phrase))
        continue;
      break;
    }
    fallback = MIN(fallback, phrase);
  }
  if (begin == comma)
    begin = fallback;
  return set(out, begin, comma);
}

/* The subject of the first finite verb of the sentence: what a participle or a second verb hangs on. */
static gboolean main_subject(const OnrAttributions *a, guint32 lower, guint32 group, OnrSubject *out) {
  const OnrReading *r = a->reading;
  guint32 from = lower;
  if (from < group && onr_tag(r, from) == ONR_TAG_SUBORDINATOR)
    while (from < group && onr_tag(r, from) != ONR_TAG_COMMA)
      from++;
  for (guint32 v = from; v < group; v++) {
    OnrTag tag = onr_tag(r, v);
    if (tag != ONR_TAG_VERB && tag != ONR_TAG_AUXILIARY)
      continue;
    if (a->claims[v] & ONR_CLAIM_CONTENT || (v > lower && onr_tag(r, v - 1) == ONR_TAG_TO))
      continue;
    guint32 g = onr_verb_group_begin(r, lower, v);
    if (g == lower)
      continue;
    OnrTag before = onr_tag(r, g - 1);
    if (before == ONR_TAG_PRONOUN)
      return set(out, g - 1, g);
    if (before == ONR_TAG_COMMA)
      return apposition_subject(a, lower, g - 1, out);
    guint32 begin = onr_noun_phrase_begin(r, lower, g);
    if (begin < g)
      return set(out, begin, g);
  }
  return FALSE;
}

/* The same for the last finite verb before GROUP: what an infinitive hangs on. */
static gboolean nearest_subject(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                                OnrSubject *out) {
  const OnrReading *r = a->reading;
  for (guint32 v = group; v > scope->sentence;) {
    OnrTag tag = onr_tag(r, --v);
    gboolean finite = (tag == ONR_TAG_VERB && onr_tag(r, v - (v > scope->sentence)) != ONR_TAG_TO) ||
                      tag == ONR_TAG_AUXILIARY;
    if (!finite)
      continue;
    guint32 g = onr_verb_group_begin(r, scope->sentence, v);
    OnrSubjectScope before = {scope->sentence, scope->sentence, scope->end};
    if (g > scope->sentence && onr_tag(r, g - 1) != ONR_TAG_TO && onr_subject_before(a, &before, g, out))
      return TRUE;
  }
  return FALSE;
}

static gboolean joined_subject(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                               OnrSubject *out) {
  guint32 same = onr_attribution_before(a, scope->sentence, group);
  if (same) {
    const OnrAttribution *item = onr_attributions_get(a, same - 1);
    out->source = item->source;
    out->same_source = same;
    return item->source.begin < item->source.end || item->same_source;
  }
  return main_subject(a, scope->sentence, group, out);
}

/* "President Joe Biden he said": a subject taken up by its pronoun, as translated text has it. "The deal he
 * said was dead" is none. */
static guint32 doubled_subject(const OnrReading *r, guint32 lower, guint32 pronoun) {
  gboolean third = r->words[pronoun].classes & (ONR_WORD_MALE | ONR_WORD_FEMALE) && pronoun > lower &&
                   onr_tag(r, pronoun - 1) == ONR_TAG_NAME;
  guint32 begin = third ? onr_noun_phrase_begin(r, lower, pronoun) : pronoun;
  return onr_is_clause_edge(r, lower, begin) ? begin : pronoun;
}

static gboolean is_time_phrase(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (!(r->words[i].classes & (ONR_WORD_TIME | ONR_WORD_NUMBER)) && onr_tag(r, i) != ONR_TAG_NUMBER &&
        onr_tag(r, i) != ONR_TAG_DETERMINER)
      return FALSE;
  return TRUE;
}

/* "In particular", "on Monday": the phrase before a verb that is no subject. */
static gboolean is_adverbial(const OnrReading *r, guint32 begin, guint32 end) {
  return is_time_phrase(r, begin, end) ||
         (end == begin + 1 && onr_reading_equals_any(r, begin, "particular addition fact general turn part"));
}

static gboolean phrase_subject(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 end,
                               OnrSubject *out) {
  const OnrReading *r = a->reading;
  guint32 lower = scope->free_from;
  guint32 begin = onr_noun_phrase_begin(r, lower, end);
  if (begin == end)
    return FALSE;
  if (!is_adverbial(r, begin, end))
    return set(out, begin, end);
  while (begin > lower &&
         (onr_tag(r, begin - 1) == ONR_TAG_PREPOSITION || onr_tag(r, begin - 1) == ONR_TAG_COMMA))
    begin--;
  begin = onr_verb_group_begin(r, lower, begin);
  return begin > lower && onr_subject_before(a, scope, begin, out);
}

gboolean onr_subject_before(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                            OnrSubject *out) {
  const OnrReading *r = a->reading;
  guint32 lower = scope->free_from;
  *out = (OnrSubject){{0, 0}, 0};
  if (group <= scope->sentence)
    return FALSE;
  guint32 i = group;
  if (i > lower + 1 && onr_tag(r, i - 1) == ONR_TAG_OBJECT) /* he himself said */
    i--;
  OnrTag before = onr_tag(r, i - 1);
  if (before == ONR_TAG_COORDINATOR || before == ONR_TAG_TO || before == ONR_TAG_VERB ||
      before == ONR_TAG_PREPOSITION || before == ONR_TAG_PARTICIPLE)
    return joined_subject(a, scope, group, out);
  if (before == ONR_TAG_DASH)
    return i > lower + 1 && apposition_subject(a, lower, i - 1, out);
  if (before == ONR_TAG_COMMA)
    return (i > lower + 1 && apposition_subject(a, lower, i - 1, out)) ||
           joined_subject(a, scope, group, out);
  if (i <= lower)
    return FALSE;
  switch (before) {
  case ONR_TAG_PRONOUN:
    return set(out, doubled_subject(r, lower, i - 1), i);
  case ONR_TAG_WH:
    return onr_reading_equals_any(r, i - 1, "who which whom that") && set(out, i - 1, i);
  case ONR_TAG_THAT: {
    guint32 begin = onr_noun_phrase_begin(r, lower, i - 1);
    return begin < i - 1 && set(out, begin, i);
  }
  case ONR_TAG_NOUN:
  case ONR_TAG_NAME:
  case ONR_TAG_NUMBER:
  case ONR_TAG_CLOSE:
  case ONR_TAG_OTHER:
    return phrase_subject(a, scope, i, out);
  case ONR_TAG_DETERMINER:
    return phrase_subject(a, scope, i, out) || set(out, i - 1, i);
  default:
    return FALSE;
  }
}

/* "Discussing the show, the actor said": the phrase behind the comma that ends the participle's clause. */
static gboolean subject_behind(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 from,
                               OnrSubject *out) {
  const OnrReading *r = a->reading;
  for (guint32 i = from; i + 1 < scope->end; i++) {
    if (r->words[i].quoted || onr_tag(r, i) == ONR_TAG_STOP)
      return FALSE;
    if (onr_tag(r, i) == ONR_TAG_COMMA)
      return set(out, i + 1, onr_noun_phrase_end(r, i + 1, scope->end));
  }
  return FALSE;
}

/* "officials saying", "a memo stating": the noun before the participle speaks; not so in "issued a statement
 * saying", "began the week calling for". */
static gboolean speaks_itself(const OnrReading *r, guint32 sentence, guint32 begin, guint32 end) {
  guint32 head = end;
  while (head > begin + 1 && r->words[head - 1].classes & ONR_WORD_TIME)
    head--;
  const OnrWord *w = &r->words[head - 1];
  gboolean is_object = begin > sentence && (onr_tag(r, begin - 1) == ONR_TAG_VERB ||
                                            onr_tag(r, begin - 1) == ONR_TAG_PARTICIPLE ||
                                            onr_tag(r, begin - 1) == ONR_TAG_PREPOSITION);
  if (head < end || (is_object && w->classes & (ONR_WORD_DOCUMENT | ONR_WORD_VENUE)))
    return FALSE;
  gboolean is_agent = w->classes & (ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_BODY | ONR_WORD_DOCUMENT) ||
                      w->tag == ONR_TAG_NAME;
  return is_agent || !is_object;
}

gboolean onr_is_agent(const OnrReading *r, OnrSpan source) {
  for (guint32 i = source.begin; i < source.end; i++) {
    const OnrWord *w = &r->words[i];
    OnrTag tag = (OnrTag)w->tag;
    if (tag == ONR_TAG_COMMA)
      break;
    if (tag == ONR_TAG_PRONOUN &&
        !onr_reading_equals_any(r, i, "it this that there it's it’s that's that’s there's there’s"))
      return TRUE;
    if (tag == ONR_TAG_NAME || (tag == ONR_TAG_WH && onr_reading_equals(r, i, "who")))
      return TRUE;
    if (w->classes & (ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_BODY | ONR_WORD_DOCUMENT | ONR_WORD_ORG |
                      ONR_WORD_DEMONYM))
      return TRUE;
  }
  return FALSE;
}

gboolean onr_subject_of_infinitive(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                                   OnrSubject *out) {
  const OnrReading *r = a->reading;
  *out = (OnrSubject){{0, 0}, 0};
  guint32 to = group - 1;
  if (to <= scope->sentence)
    return FALSE;
  OnrTag before = onr_tag(r, to - 1);
  if (before == ONR_TAG_NOUN || before == ONR_TAG_NAME || before == ONR_TAG_OBJECT) {
    guint32 begin = before == ONR_TAG_OBJECT ? to - 1 : onr_noun_phrase_begin(r, scope->free_from, to);
    gboolean is_object =
        begin > scope->sentence && begin < to &&
        (onr_tag(r, begin - 1) == ONR_TAG_VERB || onr_tag(r, begin - 1) == ONR_TAG_ING ||
         onr_tag(r, begin - 1) == ONR_TAG_PARTICIPLE || onr_reading_equals(r, begin - 1, "for"));
    const OnrWord *head = &r->words[to - 1];
    gboolean is_agent = head->tag == ONR_TAG_NAME || head->tag == ONR_TAG_OBJECT ||
                        head->classes & (ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_BODY);
    if (is_object && is_agent)
      return set(out, begin, to);
  }
  return nearest_subject(a, scope, to, out);
}

gboolean onr_subject_of_participle(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                                   OnrSubject *out) {
  const OnrReading *r = a->reading;
  *out = (OnrSubject){{0, 0}, 0};
  guint32 i = group;
  if (i > scope->sentence &&
      (onr_tag(r, i - 1) == ONR_TAG_PREPOSITION || onr_tag(r, i - 1) == ONR_TAG_SUBORDINATOR))
    i--;
  if (i == scope->sentence)
    return subject_behind(a, scope, group, out);
  guint32 begin = i;
  if (onr_tag(r, i - 1) == ONR_TAG_NOUN || onr_tag(r, i - 1) == ONR_TAG_NAME) {
    begin = onr_noun_phrase_begin(r, scope->sentence, i);
    if (speaks_itself(r, scope->sentence, begin, i))
      return set(out, begin, i);
  }
  return joined_subject(a, scope, begin, out);
}

guint32 onr_apposition_end(const OnrReading *r, guint32 comma, guint32 upper) {
  guint32 end = MIN(upper, comma + APPOSITION_REACH);
  for (guint32 i = comma + 1; i < end; i++) {
    OnrTag tag = onr_tag(r, i);
    if (tag == ONR_TAG_STOP || tag == ONR_TAG_QUOTE || tag == ONR_TAG_COLON || tag == ONR_TAG_DASH)
      return i;
    if (tag == ONR_TAG_COMMA && onr_tag(r, i - 1) != ONR_TAG_NUMBER)
      return i;
  }
  return end;
}

/* Is [BEGIN, END) a phrase or a relative clause, not a clause of its own? */
static gboolean is_apposition(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++) {
    OnrTag tag = onr_tag(r, i);
    if (tag == ONR_TAG_WH || tag == ONR_TAG_THAT)
      return TRUE;
    if (tag == ONR_TAG_AUXILIARY || tag == ONR_TAG_VERB || tag == ONR_TAG_PRONOUN)
      return FALSE;
  }
  return TRUE;
}

guint32 onr_subject_after(const OnrAttributions *a, guint32 begin, guint32 upper) {
  const OnrReading *r = a->reading;
  if (begin >= upper)
    return begin;
  guint32 end = onr_noun_phrase_end(r, begin, upper);
  if (end == begin || onr_tag(r, begin) == ONR_TAG_OBJECT)
    return begin;
  guint32 last = end;
  while (last > begin + 1 && r->words[last - 1].classes & ONR_WORD_TIME) /* said Smith Monday */
    last--;
  if (last < end)
    return last;
  if (end + 1 < upper && onr_tag(r, end) == ONR_TAG_COMMA && opens_apposition(r, end + 1) &&
      onr_tag(r, end + 1) != ONR_TAG_ING && !r->words[end + 1].quoted &&
      (onr_tag(r, end + 1) != ONR_TAG_PREPOSITION)) {
    guint32 stop = onr_apposition_end(r, end, upper);
    return is_apposition(r, end + 1, stop) ? stop : end;
  }
  if (end < upper && onr_tag(r, end) == ONR_TAG_WH)
    return onr_apposition_end(r, end, upper);
  return end;
}
