/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/complement.h"

#include "annotate/subject.h"

/* A parenthesis between cue and content: "said, in an interview with a local station, that" */
#define PARENTHESIS_REACH 14

guint32 onr_trim_content(const OnrReading *r, guint32 begin, guint32 end) {
  while (end > begin) {
    OnrTag tag = onr_tag(r, end - 1);
    gboolean is_loose = tag == ONR_TAG_COMMA || tag == ONR_TAG_STOP || tag == ONR_TAG_COLON ||
                        tag == ONR_TAG_DASH || tag == ONR_TAG_COORDINATOR;
    if (!is_loose || r->words[end - 1].quoted)
      break;
    end--;
  }
  return end;
}

/* A cue verb right behind I that takes a new stretch of content: "…, adding that", "… and warned that". */
static gboolean is_joined_cue(const OnrReading *r, guint32 i, guint32 upper, gboolean is_participle) {
  while (i < upper &&
         (onr_tag(r, i) == ONR_TAG_ADVERB || (!is_participle && onr_tag(r, i) == ONR_TAG_AUXILIARY)))
    i++;
  OnrCueUse use;
  if (i >= upper || r->words[i].quoted || !onr_cue_use_verb(r, i, upper, &use))
    return FALSE;
  if (is_participle)
    return onr_tag(r, i) == ONR_TAG_ING;
  return onr_tag(r, i) == ONR_TAG_VERB &&
         use.frames & (ONR_FRAME_CLAUSE | ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_AFTER);
}

/* A subject and a cue verb from I on: "he said", "the report found". */
static gboolean is_cue_clause(const OnrReading *r, guint32 i, guint32 upper) {
  guint32 end = onr_noun_phrase_end(r, i, upper);
  while (end > i && end < upper &&
         (onr_tag(r, end) == ONR_TAG_ADVERB || onr_tag(r, end) == ONR_TAG_AUXILIARY))
    end++;
  OnrCueUse use;
  return end > i && end < upper && onr_tag(r, end) == ONR_TAG_VERB && !r->words[end].quoted &&
         onr_cue_use_verb(r, end, upper, &use) &&
         use.frames & (ONR_FRAME_CLAUSE | ONR_FRAME_AFTER | ONR_FRAME_OBJECT_CLAUSE);
}

static gboolean is_according(const OnrReading *r, guint32 i, guint32 upper) {
  return i + 1 < upper && onr_reading_equals(r, i, "according") && onr_reading_equals(r, i + 1, "to");
}

/* Does the content stop before the comma at I? */
static gboolean stops_at_comma(const OnrReading *r, guint32 i, guint32 upper, gboolean is_short) {
  guint32 j = i + 1;
  if (j >= upper)
    return TRUE;
  if (is_according(r, j, upper) || is_joined_cue(r, j, upper, TRUE))
    return TRUE;
  OnrTag tag = onr_tag(r, j);
  if (tag == ONR_TAG_WH)
    return onr_reading_equals_any(r, j, "which who whose");
  if (is_short && (tag == ONR_TAG_COORDINATOR || tag == ONR_TAG_SUBORDINATOR))
    return TRUE;
  if (tag == ONR_TAG_COORDINATOR || tag == ONR_TAG_SUBORDINATOR)
    return is_joined_cue(r, j + 1, upper, FALSE) || is_cue_clause(r, j + 1, upper);
  return is_cue_clause(r, j, upper);
}

/* The comma that stands inside the marks: called it a “joke,” … */
static gboolean ends_in_comma(const OnrReading *r, guint32 begin, guint32 end) {
  return end > begin + 1 && onr_tag(r, end - 2) == ONR_TAG_COMMA && onr_tag(r, end - 1) == ONR_TAG_QUOTE;
}

static gboolean stops_behind_quote(const OnrReading *r, guint32 end, guint32 upper, gboolean is_short) {
  if (end >= upper)
    return TRUE;
  OnrTag tag = onr_tag(r, end);
  return tag == ONR_TAG_ING || tag == ONR_TAG_PRONOUN || stops_at_comma(r, end - 1, upper, is_short);
}

/* A verb that no infinitive can be joined to: "declined to speak and left". */
static gboolean is_finite(const OnrReading *r, guint32 i, guint32 upper) {
  while (i < upper && onr_tag(r, i) == ONR_TAG_ADVERB)
    i++;
  return i < upper && (onr_tag(r, i) == ONR_TAG_AUXILIARY ||
                       (onr_tag(r, i) == ONR_TAG_VERB && !(r->words[i].forms & ONR_FORM_BASE)));
}

/* IS_SHORT: the content of an infinitive or a participle, which what follows a dash or ", but" seldom belongs
 * to. */
static guint32 clause_end(const OnrAttributions *a, guint32 begin, guint32 upper, gboolean is_short) {
  const OnrReading *r = a->reading;
  gboolean is_infinitive = begin < upper && onr_tag(r, begin) == ONR_TAG_TO;
  guint32 depth = 0;
  for (guint32 i = begin; i < upper; i++) {
    const OnrWord *w = &r->words[i];
    if (a->claims[i])
      return i;
    if (w->quoted) {
      guint32 end = g_array_index(r->quoted, OnrQuoted, w->quoted - 1).end;
      if (end > upper) /* the quotation has sentences of its own */
        return end;
      if (!depth && ends_in_comma(r, i, end) && stops_behind_quote(r, end, upper, is_short))
        return end;
      i = end - 1;
      continue;
    }
    switch ((OnrTag)w->tag) {
    case ONR_TAG_OPEN:
      depth++;
      break;
    case ONR_TAG_CLOSE:
      if (!depth)
        return i;
      depth--;
      break;
    case ONR_TAG_STOP:
      if (onr_reading_is_mark(r, i, ';'))
        return i;
      break;
    case ONR_TAG_COMMA:
      if (!depth && i > begin && stops_at_comma(r, i, upper, is_short))
        return i;
      break;
    case ONR_TAG_DASH:
      if (is_short && !depth && i > begin)
        return i;
      break;
    case ONR_TAG_COORDINATOR:
      if (!depth && i > begin &&
          (is_joined_cue(r, i + 1, upper, FALSE) || (is_infinitive && is_finite(r, i + 1, upper))))
        return i;
      break;
    default:
      break;
    }
  }
  return upper;
}

guint32 onr_clause_end(const OnrAttributions *a, guint32 begin, guint32 upper) {
  return clause_end(a, begin, upper, FALSE);
}

static gboolean is_nominal(const OnrReading *r, guint32 i, guint32 upper) {
  return i < upper && (onr_tag(r, i) == ONR_TAG_NOUN || onr_tag(r, i) == ONR_TAG_NAME);
}

/* A day, "last week": not "the Tuesday meeting", "an early May vote". */
static gboolean is_time(const OnrReading *r, guint32 i, guint32 upper) {
  if (i < upper && onr_reading_equals_any(r, i, "last this next earlier late early"))
    i++;
  else if (i < upper && !(r->words[i].classes & ONR_WORD_CALENDAR) &&
           !onr_reading_equals_any(r, i, "today yesterday tonight tomorrow"))
    return FALSE;
  gboolean time = i < upper && r->words[i].classes & ONR_WORD_TIME && onr_tag(r, i) != ONR_TAG_VERB &&
                  onr_tag(r, i) != ONR_TAG_AUXILIARY;
  while (time && i + 1 < upper && r->words[i + 1].classes & ONR_WORD_TIME)
    i++;
  return time && !is_nominal(r, i + 1, upper);
}

/* "denounced the plan last week", "on Tuesday", "in a radio interview": when and where it was said is no
 * content. */
static gboolean is_occasion(const OnrReading *r, guint32 i, guint32 upper) {
  if (is_time(r, i, upper))
    return onr_tag(r, i - 1) != ONR_TAG_DETERMINER && onr_tag(r, i - 1) != ONR_TAG_PREPOSITION;
  if (!onr_reading_equals_any(r, i, "on in during at") || i + 1 >= upper)
    return FALSE;
  if (is_time(r, i + 1, upper))
    return TRUE;
  if (onr_tag(r, i + 1) != ONR_TAG_DETERMINER)
    return FALSE;
  guint32 end = onr_bare_phrase_end(r, i + 1, upper);
  return r->words[end - 1].classes & ONR_WORD_VENUE && onr_tag(r, end - 1) != ONR_TAG_NAME;
}

guint32 onr_phrase_content_end(const OnrAttributions *a, guint32 begin, guint32 upper) {
  const OnrReading *r = a->reading;
  guint32 depth = 0;
  for (guint32 i = begin; i < upper; i++) {
    const OnrWord *w = &r->words[i];
    if (i > begin && !w->quoted && is_occasion(r, i, upper)) {
      guint32 behind = onr_skip_adverbials(r, i, upper);
      if (behind == i || behind >= upper || !onr_reading_equals_any(r, behind, "of for as to over"))
        return i;
      i = behind - 1; /* accused the board on Sunday of lying */
      continue;
    }
    if (a->claims[i])
      return i;
    if (w->quoted) {
      guint32 end = g_array_index(r->quoted, OnrQuoted, w->quoted - 1).end;
      if (end > upper || ends_in_comma(r, i, end)) /* or the quotation has sentences of its own */
        return end;
      i = end - 1;
      continue;
    }
    switch ((OnrTag)w->tag) {
    case ONR_TAG_OPEN:
      depth++;
      break;
    case ONR_TAG_CLOSE:
      if (!depth)
        return i;
      depth--;
      break;
    case ONR_TAG_SUBORDINATOR:
    case ONR_TAG_DASH:
    case ONR_TAG_STOP:
    case ONR_TAG_COLON:
      return i;
    case ONR_TAG_COMMA:
      if (i > begin && !depth)
        return i;
      break;
    case ONR_TAG_COORDINATOR:
      if (i + 1 < upper && (onr_tag(r, i + 1) == ONR_TAG_VERB || onr_tag(r, i + 1) == ONR_TAG_AUXILIARY))
        return i;
      break;
    default:
      break;
    }
  }
  return upper;
}

static gboolean set(const OnrAttributions *a, OnrComplement *out, OnrConstruction construction, guint32 begin,
                    guint32 end, guint32 cue_end) {
  end = onr_trim_content(a->reading, begin, end);
  *out = (OnrComplement){begin, end, cue_end, construction};
  return end > begin;
}

static gboolean short_clause(const OnrAttributions *a, OnrComplement *out, OnrConstruction construction,
                             guint32 begin, guint32 upper, guint32 cue_end) {
  return set(a, out, construction, begin, clause_end(a, begin, upper, TRUE), cue_end);
}

static gboolean clause(const OnrAttributions *a, OnrComplement *out, OnrConstruction construction,
                       guint32 begin, guint32 upper, guint32 cue_end) {
  return set(a, out, construction, begin, onr_clause_end(a, begin, upper), cue_end);
}

/* "said, however, that"; "said, in an interview, he": the token behind the second comma, or I. */
static guint32 skip_parenthesis(const OnrReading *r, guint32 i, guint32 upper) {
  if (i >= upper || onr_tag(r, i) != ONR_TAG_COMMA)
    return i;
  for (guint32 j = i + 1; j < upper && j < i + PARENTHESIS_REACH; j++) {
    OnrTag tag = onr_tag(r, j);
    if (tag == ONR_TAG_STOP || tag == ONR_TAG_VERB || tag == ONR_TAG_AUXILIARY || r->words[j].quoted)
      return i;
    if (tag == ONR_TAG_COMMA)
      return j + 1 < upper && (onr_tag(r, j + 1) == ONR_TAG_THAT || onr_tag(r, j + 1) == ONR_TAG_PRONOUN)
                 ? j + 1
                 : i;
  }
  return i;
}

static gboolean opens_noun_phrase(const OnrReading *r, guint32 i) {
  switch (onr_tag(r, i)) {
  case ONR_TAG_NOUN:
  case ONR_TAG_NAME:
  case ONR_TAG_NUMBER:
  case ONR_TAG_DETERMINER:
  case ONR_TAG_POSSESSIVE:
  case ONR_TAG_OBJECT:
  case ONR_TAG_PRONOUN:
  case ONR_TAG_QUOTE:
    return TRUE;
  default:
    return r->words[i].quoted != 0;
  }
}

/* Content that begins at I, which no object and no adverbial separates from the cue any more. */
static gboolean at(const OnrAttributions *a, const OnrCueUse *use, guint32 frames, guint32 i, guint32 upper,
                   OnrComplement *out) {
  const OnrReading *r = a->reading;
  if (i >= upper || a->claims[i])
    return FALSE;
  OnrTag tag = onr_tag(r, i);
  gboolean clausal = (frames & (ONR_FRAME_CLAUSE | ONR_FRAME_OBJECT_CLAUSE)) != 0;
  if (tag == ONR_TAG_THAT || (tag == ONR_TAG_DETERMINER && clausal && onr_reading_equals(r, i, "that")))
    return clausal && clause(a, out, ONR_CONSTRUCTION_THAT, i, upper, use->end);
  if (tag == ONR_TAG_COLON)
    return clausal && i + 2 < upper && clause(a, out, ONR_CONSTRUCTION_CLAUSE, i + 1, upper, use->end);
  if (tag == ONR_TAG_WH || (frames & ONR_FRAME_WH && onr_reading_equals(r, i, "if")))
    return frames & ONR_FRAME_WH && short_clause(a, out, ONR_CONSTRUCTION_OTHER, i, upper, use->end);
  if (tag == ONR_TAG_TO && onr_reading_equals_any(r, i, use->prepositions) && i + 1 < upper &&
      onr_tag(r, i + 1) != ONR_TAG_VERB)
    return short_clause(a, out, ONR_CONSTRUCTION_OTHER, i + 1, upper, i + 1);
  if (tag == ONR_TAG_TO)
    return frames & ONR_FRAME_TO && i + 1 < upper &&
           short_clause(a, out, ONR_CONSTRUCTION_TO, i, upper, use->end);
  if (tag == ONR_TAG_ADVERB && onr_reading_equals(r, i, "not") && i + 1 < upper &&
      onr_tag(r, i + 1) == ONR_TAG_TO)
    return frames & ONR_FRAME_TO && short_clause(a, out, ONR_CONSTRUCTION_TO, i, upper, use->end);
  if (tag == ONR_TAG_ING && frames & ONR_FRAME_ING)
    return short_clause(a, out, ONR_CONSTRUCTION_OTHER, i, upper, use->end);
  if (onr_reading_equals_any(r, i, use->prepositions) && i + 1 < upper)
    return set(a, out, ONR_CONSTRUCTION_OTHER, i + 1, onr_phrase_content_end(a, i + 1, upper), i + 1);
  gboolean opens = opens_noun_phrase(r, i) || tag == ONR_TAG_ADVERB || tag == ONR_TAG_SUBORDINATOR ||
                   tag == ONR_TAG_PREPOSITION || tag == ONR_TAG_ING;
  if (frames & ONR_FRAME_CLAUSE && opens && onr_has_finite_verb(r, i, onr_clause_end(a, i, upper)))
    return clause(a, out, ONR_CONSTRUCTION_CLAUSE, i, upper, use->end);
  if (frames & (ONR_FRAME_NOUN | ONR_FRAME_CLAUSE) && r->words[i].quoted)
    return clause(a, out, ONR_CONSTRUCTION_CLAUSE, i, upper, use->end);
  if (frames & ONR_FRAME_NOUN && opens_noun_phrase(r, i) && !(r->words[i].classes & ONR_WORD_TIME))
    return set(a, out, ONR_CONSTRUCTION_NOUN_PHRASE, i, onr_phrase_content_end(a, i, upper), use->end);
  return FALSE;
}

static gboolean begins_object(const OnrReading *r, guint32 i) {
  return opens_noun_phrase(r, i) && !r->words[i].quoted && !(r->words[i].classes & ONR_WORD_TIME) &&
         !(onr_tag(r, i) == ONR_TAG_PRONOUN &&
           !(r->words[i].classes & (ONR_WORD_DETERMINER | ONR_WORD_PLURAL)));
}

/* told reporters that …; urged Congress to … */
static gboolean behind_object(const OnrAttributions *a, const OnrCueUse *use, guint32 upper,
                              OnrComplement *out) {
  const OnrReading *r = a->reading;
  if (!(use->frames & (ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_OBJECT_TO)) || use->end >= upper ||
      !begins_object(r, use->end))
    return FALSE;
  guint32 end = onr_noun_phrase_end(r, use->end, upper);
  if (end == use->end)
    return FALSE;
  if (use->frames & ONR_FRAME_OBJECT_TO && end + 1 < upper && onr_tag(r, end) == ONR_TAG_TO)
    return short_clause(a, out, ONR_CONSTRUCTION_TO, use->frames & ONR_FRAME_OBJECT_CLAUSE ? end : use->end,
                        upper, use->end);
  if (!(use->frames & (ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_WH)))
    return FALSE;
  guint32 i = onr_skip_adverbials(r, end, upper);
  guint32 frames = (use->frames & (ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_WH)) |
                   (use->frames & ONR_FRAME_OBJECT_CLAUSE ? ONR_FRAME_CLAUSE | ONR_FRAME_WH : 0);
  i = skip_parenthesis(r, i, upper);
  return at(a, use, frames, i, upper, out);
}

gboolean onr_complement_find(const OnrAttributions *a, const OnrCueUse *use, guint32 upper,
                             OnrComplement *out) {
  const OnrReading *r = a->reading;
  *out = (OnrComplement){0};
  if (behind_object(a, use, upper, out))
    return TRUE;
  guint32 frames = use->frames;
  if (frames & (ONR_FRAME_OBJECT_CLAUSE) &&
      !(frames & ONR_FRAME_CLAUSE)) /* tell that: the object may be missing */
    frames |= use->end < upper && onr_tag(r, use->end) == ONR_TAG_THAT ? ONR_FRAME_CLAUSE : 0;
  guint32 i = onr_skip_adverbials(r, use->end, upper);
  i = skip_parenthesis(r, i, upper);
  /* "said on Friday that": what stands between the cue and a clause is no content; but "said in Iowa". */
  gboolean has_gap = i > use->end && i < upper;
  gboolean gap_first = has_gap && !onr_reading_equals_any(r, use->end, use->prepositions);
  guint32 behind_gap = frames & ~(guint32)ONR_FRAME_NOUN;
  if (gap_first && at(a, use, behind_gap, i, upper, out))
    return TRUE;
  /* "declared on Thursday, two days later": an adverbial alone is no clause. */
  gboolean gap_only = i > use->end && onr_tag(r, use->end) == ONR_TAG_PREPOSITION &&
                      !onr_reading_equals_any(r, use->end, use->prepositions);
  if (at(a, use, gap_only ? frames & ~(guint32)ONR_FRAME_CLAUSE : frames, use->end, upper, out))
    return TRUE;
  return has_gap && !gap_first && at(a, use, behind_gap, i, upper, out);
}
