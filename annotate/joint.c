/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* Sentences before this one whose subjects "they" may be. */
#define SUBJECT_REACH 2

static guint32 mention_end(const OnrReading *r, guint32 i, guint32 upper) {
  guint32 end = i + 1;
  while (end < upper && r->words[end].mention == r->words[i].mention)
    end++;
  return end;
}

/* The next comma from I on, or, where MAY_JOIN, coordinator outside names; UPPER where there is none. */
static guint32 next_joint(const OnrReading *r, guint32 i, guint32 upper, gboolean may_join) {
  while (i < upper && onr_tag(r, i) != ONR_TAG_COMMA &&
         !(may_join && onr_tag(r, i) == ONR_TAG_COORDINATOR && !r->words[i].mention))
    i++;
  return i;
}

/* The name that the words from I on lead to, titles and nouns passed over: "Democratic Senator Ada Quill".
 * UPPER where they lead to none. */
static guint32 name_ahead(const OnrReading *r, guint32 i, guint32 upper) {
  for (; i < upper; i++) {
    OnrTag tag = onr_tag(r, i);
    if (r->words[i].mention) {
      guint32 end = mention_end(r, i, upper);
      gboolean is_last = end == upper || (onr_tag(r, end) != ONR_TAG_NOUN && !r->words[end].mention &&
                                          !(r->words[end].classes & ONR_WORD_TITLE));
      if (onr_reading_token(r, end - 1)->possessive && end < upper)
        return upper;
      if (is_last)
        return i;
      i = end - 1;
      continue;
    }
    gboolean leads = tag == ONR_TAG_DETERMINER || tag == ONR_TAG_NOUN || tag == ONR_TAG_NAME ||
                     tag == ONR_TAG_OTHER || tag == ONR_TAG_ADVERB || tag == ONR_TAG_COORDINATOR;
    if (!leads)
      return upper;
  }
  return upper;
}

/* Is the comma at I followed by what says more of the name before, and not by another name? */
static gboolean is_apposition(const OnrReading *r, guint32 i, guint32 upper) {
  if (i + 1 >= upper || onr_tag(r, i) != ONR_TAG_COMMA || onr_tag(r, i + 1) == ONR_TAG_COORDINATOR)
    return FALSE;
  guint32 end = next_joint(r, i + 1, upper, TRUE);
  return name_ahead(r, i + 1, end) == end;
}

/* "Dorn and his aides" are Dorn's. */
static gboolean take_first(const OnrSpeaker *joint, OnrSpeaker *out) {
  *out = onr_speaker_because(*joint, ONR_BECAUSE_WITH_OTHERS);
  return TRUE;
}

gboolean onr_joint_resolve(const OnrResolver *s, OnrSpan source, OnrSpeaker *out) {
  const OnrReading *r = s->r;
  OnrSpeaker joint = onr_nobody;
  gboolean is_joined = FALSE;
  for (guint32 i = source.begin; i < source.end && joint.n < ONR_SPEAKERS_MAX;) {
    guint32 name = name_ahead(r, i, source.end);
    if (name == source.end)
      return is_joined && joint.n == 1 && onr_tag(r, i) == ONR_TAG_POSSESSIVE && take_first(&joint, out);
    guint32 entity = onr_resolver_entity_at(s, name);
    OnrSpeaker one = onr_speaker_named(s, entity);
    if (onr_resolver_entity(s, entity)->type == ONR_ENTITY_MISC)
      return FALSE; /* Democrats and Republicans */
    gboolean is_new = TRUE;
    for (guint32 k = 0; k < joint.n; k++)
      is_new = is_new && joint.entities[k] != entity;
    if (!joint.n)
      joint = one;
    else if (is_new)
      joint.entities[joint.n++] = entity;
    i = next_joint(r, mention_end(r, name, source.end), source.end, TRUE);
    while (is_apposition(r, i, source.end)) /* Dorn, the mayor of Halden, and Quill */
      i = next_joint(r, i + 1, source.end, FALSE);
    if (i < source.end && onr_tag(r, i) == ONR_TAG_COMMA)
      i++;
    if (i < source.end && onr_tag(r, i) == ONR_TAG_COORDINATOR) {
      is_joined = TRUE;
      i++;
    }
  }
  if (!is_joined || joint.n < 2)
    return FALSE;
  joint.is_plural = TRUE;
  joint.role = NULL;
  joint.gender = ONR_GENDER_UNKNOWN;
  *out = onr_speaker_because(joint, ONR_BECAUSE_TOGETHER);
  return TRUE;
}

/* The several that [BEGIN, END) has as its subject: "Dorn and Quill agreed". */
static OnrSpeaker joint_of(const OnrResolver *s, guint32 begin, guint32 end) {
  guint32 verb = begin;
  while (verb < end && onr_tag(s->r, verb) != ONR_TAG_VERB && onr_tag(s->r, verb) != ONR_TAG_AUXILIARY &&
         !s->r->words[verb].quoted)
    verb++;
  guint32 first = verb < end ? onr_noun_phrase_begin(s->r, begin, verb) : verb;
  OnrSpeaker joint = onr_nobody;
  return first < verb && onr_joint_resolve(s, (OnrSpan){first, verb}, &joint) && joint.n > 1
             ? onr_speaker_because(joint, ONR_BECAUSE_SEVERAL)
             : onr_nobody;
}

OnrSpeaker onr_joint_subject(const OnrResolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  OnrSpeaker joint = joint_of(s, doc->sentences[k].first_token, token);
  for (guint32 back = 1; !joint.n && back <= SUBJECT_REACH && back <= k; back++)
    joint = joint_of(s, doc->sentences[k - back].first_token, doc->sentences[k - back].end_token);
  return joint;
}
