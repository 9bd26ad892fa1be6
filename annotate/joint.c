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
                     tag == ONR_TAG_OTHER || (tag == ONR_TAG_ADVERB && !(r->words[i].classes & ONR_WORD_NOT));
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

static void add_speaker(const OnrResolver *s, OnrSpeaker *joint, guint32 entity) {
  for (guint32 k = 0; k < joint->n; k++)
    if (joint->entities[k] == entity)
      return;
  if (!joint->n)
    *joint = onr_speaker_named(s, entity);
  else if (joint->n < ONR_SPEAKERS_MAX)
    joint->entities[joint->n++] = entity;
}

static void make_plural(OnrSpeaker *joint, OnrReason reason) {
  joint->is_plural = joint->is_plural || joint->n > 1;
  joint->role = joint->n > 1 ? NULL : joint->role;
  joint->gender = joint->n > 1 ? ONR_GENDER_UNKNOWN : joint->gender;
  joint->reason = reason;
}

static gboolean has_preposition(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (onr_tag(r, i) == ONR_TAG_PREPOSITION)
      return TRUE;
  return FALSE;
}

/* Is the name of ENTITY, behind "and", rather governed with what stands before: Dorn of Reuters and the
 * Halden Post? */
static gboolean is_governed(const OnrResolver *s, const OnrSpeaker *joint, guint32 entity,
                            gboolean is_attached) {
  return joint->n && is_attached && onr_resolver_entity(s, entity)->type != ONR_ENTITY_PERSON;
}

gboolean onr_joint_resolve(const OnrResolver *s, OnrSpan source, OnrSpeaker *out) {
  const OnrReading *r = s->r;
  OnrSpeaker joint = onr_nobody;
  gboolean is_joined = FALSE, is_attached = FALSE;
  for (guint32 i = source.begin; i < source.end;) {
    guint32 name = name_ahead(r, i, source.end);
    if (name == source.end && is_joined && joint.n &&
        onr_tag(r, i) == ONR_TAG_POSSESSIVE) { /* Dorn and his aides */
      make_plural(&joint, ONR_BECAUSE_WITH_OTHERS);
      *out = joint;
      return TRUE;
    }
    guint32 entity = name < source.end ? onr_resolver_entity_at(s, name) : ONR_NO_ENTITY;
    if (entity == ONR_NO_ENTITY || onr_resolver_entity(s, entity)->type == ONR_ENTITY_MISC ||
        is_governed(s, &joint, entity, is_attached))
      return FALSE; /* Democrats and Republicans */
    add_speaker(s, &joint, entity);
    guint32 end = mention_end(r, name, source.end);
    i = next_joint(r, end, source.end, TRUE);
    is_attached = has_preposition(r, end, i);
    while (is_apposition(r, i, source.end)) /* Dorn, the mayor of Halden, and Quill */
      i = next_joint(r, i + 1, source.end, FALSE);
    i += i < source.end && onr_tag(r, i) == ONR_TAG_COMMA ? 1 : 0;
    if (i < source.end && onr_tag(r, i) == ONR_TAG_COORDINATOR) {
      if (!onr_reading_equals_any(r, i, "and or nor") && !onr_reading_is_mark(r, i, '&'))
        return FALSE; /* but not Quill */
      is_joined = TRUE;
      i++;
    }
  }
  if (!is_joined || joint.n < 2)
    return FALSE;
  make_plural(&joint, ONR_BECAUSE_TOGETHER);
  *out = joint;
  return TRUE;
}

/* The several that [BEGIN, END) has as its subject: "Dorn and Quill agreed". */
static OnrSpeaker joint_of(const OnrResolver *s, guint32 begin, guint32 end) {
  end = MIN(end, begin + ONR_SENTENCE_REACH);
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
