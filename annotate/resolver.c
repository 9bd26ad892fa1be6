/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* In words, and of how many in a hundred quotes whose content and source are sure the speaker is right:
 * measured on the 112 articles of training/speakers.tsv, few cases drawn towards 85. */
static const struct {
  const char *text;
  guint8 right;
} reasons[ONR_N_REASONS] = {
    [ONR_BECAUSE_NOTHING] = {NULL, 76},
    [ONR_BECAUSE_NAMED] = {"named in the source", 98},
    [ONR_BECAUSE_TOGETHER] = {"named together in the source", 83},
    [ONR_BECAUSE_WITH_OTHERS] = {"named in the source, with others of theirs", 83},
    [ONR_BECAUSE_DESCRIBED] = {"described without a name", 68},
    [ONR_BECAUSE_LABEL] = {"the label before the words", 90},
    [ONR_BECAUSE_INTERVIEWED] = {"who is interviewed", 93},
    [ONR_BECAUSE_SPEAKING] = {"who was speaking before", 90},
    [ONR_BECAUSE_SUBJECT_HERE] = {"the pronoun's sentence has them as its subject", 91},
    [ONR_BECAUSE_SUBJECT_BEFORE] = {"the subject of the sentence before", 97},
    [ONR_BECAUSE_SUBJECT_BACK] = {"the subject of a sentence not far back", 85},
    [ONR_BECAUSE_LAST_NAMED] = {"the last person named whom the pronoun fits", 58},
    [ONR_BECAUSE_WRITER] = {"the first person is the writer's", 84},
    [ONR_BECAUSE_BODY_SUBJECT] = {"the body that is the subject here or in the sentence before", 60},
    [ONR_BECAUSE_SEVERAL] = {"the several that are the subject here or in the sentence before", 80},
    [ONR_BECAUSE_RELATIVE] = {"what the relative pronoun stands for", 92},
    [ONR_BECAUSE_ROLE] = {"whom the article gives this role", 79},
    [ONR_BECAUSE_ABOUT] = {"whom the sentence before is about", 83},
    [ONR_BECAUSE_BODY_NAMED] = {"the body that the source names", 95},
    [ONR_BECAUSE_BODY_MEANT] = {"the body that is talked about", 52},
    [ONR_BECAUSE_DOCUMENT] = {"whose the document is", 85},
    [ONR_BECAUSE_CLAUSE] = {"who stands before the words of the source", 85},
    [ONR_BECAUSE_NO_SOURCE_SPEAKING] = {"no source: who was speaking before", 70},
    [ONR_BECAUSE_NO_SOURCE_BEFORE] = {"no source: the subject of the sentence before", 75},
    [ONR_BECAUSE_NO_SOURCE_SUBJECT] = {"no source: the subject of its sentence", 78},
};

/* A quote in doubt is in doubt of its source too: as much of RIGHT is kept at the lowest confidence. */
#define KEPT_IN_DOUBT 85

const char *onr_reason_text(OnrReason reason) {
  return reasons[reason].text;
}

guint8 onr_reason_confidence(OnrReason reason, guint8 confidence) {
  guint32 kept = KEPT_IN_DOUBT * 100u + (100u - KEPT_IN_DOUBT) * confidence;
  return (guint8)((reasons[reason].right * kept + 5000) / 10000);
}

OnrGender onr_resolver_gender(const OnrResolver *s, guint32 entity) {
  return onr_identity_gender(onr_entities_identity(s->entities, entity));
}

OnrSpeaker onr_speaker_named(const OnrResolver *s, guint32 entity) {
  const OnrEntity *e = onr_resolver_entity(s, entity);
  gboolean is_body = e->type == ONR_ENTITY_ORG || e->type == ONR_ENTITY_PLACE;
  return (OnrSpeaker){.type = is_body ? ONR_SPEAKER_ORG : ONR_SPEAKER_PERSON,
                      .entities = {entity},
                      .n = 1,
                      .role = e->role,
                      .gender = is_body ? ONR_GENDER_UNKNOWN : onr_resolver_gender(s, entity),
                      .is_human = !is_body};
}

OnrSpeaker onr_speaker_because(OnrSpeaker speaker, OnrReason reason) {
  speaker.reason = reason;
  return speaker;
}

/* A name that is nobody's known: "Quellen". */
static gboolean is_bare_name(const OnrReading *r, OnrSpan source, guint64 classes) {
  return source.end == source.begin + 1 && onr_tag(r, source.begin) == ONR_TAG_NAME &&
         !(classes & (ONR_WORD_DEMONYM | ONR_WORD_PEOPLE | ONR_WORD_PLURAL));
}

OnrSpeaker onr_speaker_described(const OnrResolver *s, OnrSpeakerType type, OnrSpan source) {
  const OnrReading *r = s->r;
  while (source.begin + 1 < source.end &&
         (onr_tag(r, source.begin) == ONR_TAG_DETERMINER || onr_tag(r, source.begin) == ONR_TAG_ADVERB))
    source.begin++;
  guint64 c = 0;
  for (guint32 i = source.begin; i < source.end; i++)
    c |= r->words[i].classes;
  OnrSpeaker speaker = {.type = type,
                        .role = onr_reading_text(r, source, s->out->strings),
                        .gender = onr_word_gender(c),
                        .is_plural = (c & ONR_WORD_PLURAL) != 0,
                        .is_human = (c & (ONR_WORD_ROLE | ONR_WORD_MALE | ONR_WORD_FEMALE)) != 0 ||
                                    is_bare_name(r, source, c)};
  return onr_speaker_because(speaker, ONR_BECAUSE_DESCRIBED);
}

/* Without the time at the end: "a poll released on Thursday", "a report last month". */
static guint32 timeless_end(const OnrReading *r, guint32 begin, guint32 end) {
  guint32 e = end;
  while (e > begin + 1 && r->words[e - 1].classes & (ONR_WORD_TIME | ONR_WORD_CALENDAR) &&
         !r->words[e - 1].mention)
    e--;
  while (e < end && e > begin + 1 &&
         onr_reading_equals_any(r, e - 1, "last this next earlier early late on in"))
    e--;
  return e > begin + 1 || onr_tag(r, begin) != ONR_TAG_DETERMINER ? e : end;
}

guint32 onr_source_head_end(const OnrReading *r, OnrSpan source) {
  for (guint32 i = source.begin; i < source.end; i++) {
    OnrTag tag = onr_tag(r, i);
    gboolean ends = tag == ONR_TAG_COMMA || tag == ONR_TAG_OPEN || tag == ONR_TAG_DASH ||
                    tag == ONR_TAG_THAT || tag == ONR_TAG_AUXILIARY || tag == ONR_TAG_WH ||
                    (tag == ONR_TAG_VERB && !(r->words[i].forms & ONR_FORM_PARTICIPLE));
    if (ends && i > source.begin)
      return i;
  }
  return timeless_end(r, source.begin, source.end);
}

guint32 onr_source_core_end(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 1; i < end; i++) {
    gboolean is_document = (r->words[i - 1].classes & ONR_WORD_DOCUMENT) != 0;
    gboolean is_said_of = onr_tag(r, i) == ONR_TAG_ING && onr_tag(r, i - 1) == ONR_TAG_NOUN && i + 1 < end;
    if (!r->words[i].mention &&
        (is_said_of || onr_tag(r, i) == ONR_TAG_PREPOSITION || onr_tag(r, i) == ONR_TAG_TO ||
         (is_document && r->words[i].forms & ONR_FORM_PARTICIPLE)))
      return i;
  }
  return end;
}

guint32 onr_source_entity(const OnrResolver *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  while (end > begin && (onr_tag(r, end - 1) == ONR_TAG_OTHER || onr_tag(r, end - 1) == ONR_TAG_OBJECT ||
                         onr_tag(r, end - 1) == ONR_TAG_CLOSE ||
                         (onr_tag(r, end - 1) == ONR_TAG_PRONOUN && end > begin + 1)))
    end--; /* himself; the pronoun of a doubled subject */
  return end > begin && r->words[end - 1].mention ? onr_resolver_entity_at(s, end - 1) : ONR_NO_ENTITY;
}
