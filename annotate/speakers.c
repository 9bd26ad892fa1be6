/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/speakers.h"

#include "annotate/phrases.h"

/* Mentions that are looked back at for a pronoun or a role: some pages of text. */
#define LOOK_BACK 200
/* Sentences, in whatever paragraph, whose subject "he" may be. */
#define SUBJECT_REACH 2
/* Paragraphs of an article that may keep back who speaks, and mentions among which the name is then looked
 * for. */
#define LEAD_PARAGRAPHS 1
#define LEAD_MENTIONS 20
/* Paragraphs over which somebody goes on speaking without being named again. */
#define RUNNING_REACH 3

typedef struct {
  OnrSpeakerType type;
  guint32 entity; /* or ONR_NO_ENTITY */
  const char *role;
  OnrGender gender;
  gboolean is_plural;
  gboolean is_human;  /* of one without a name: what "he" may be; reports and years are not */
  const char *reason; /* static: how it was found */
} Speaker;

typedef struct {
  const OnrAttributions *a;
  const OnrReading *r;
  OnrEntities *entities;
  OnrAnnotation *out;
  Speaker running;
  guint32 running_paragraph; /* of the running speaker's last words; G_MAXUINT32 before the first */
  guint64 document;          /* key of the last document whose author was named ("poll"), 0 for none */
  guint32 document_author;
} Resolver;

static const Speaker nobody = {.type = ONR_SPEAKER_UNKNOWN, .entity = ONR_NO_ENTITY};

static const OnrMention *mention_at(const Resolver *s, guint32 i) {
  return &g_array_index(s->out->mentions, OnrMention, i);
}

static const OnrEntity *entity_at(const Resolver *s, guint32 i) {
  return &g_array_index(s->out->entities, OnrEntity, i);
}

static OnrGender gender_of(const Resolver *s, guint32 entity) {
  return onr_identity_gender(onr_entities_identity(s->entities, entity));
}

static gboolean fits(OnrGender a, OnrGender b) {
  return a == ONR_GENDER_UNKNOWN || b == ONR_GENDER_UNKNOWN || a == b;
}

static Speaker named(const Resolver *s, guint32 entity) {
  const OnrEntity *e = entity_at(s, entity);
  gboolean is_body = e->type == ONR_ENTITY_ORG || e->type == ONR_ENTITY_PLACE;
  return (Speaker){.type = is_body ? ONR_SPEAKER_ORG : ONR_SPEAKER_PERSON,
                   .entity = entity,
                   .role = e->role,
                   .gender = is_body ? ONR_GENDER_UNKNOWN : gender_of(s, entity),
                   .is_human = !is_body};
}

/* A name that is nobody's known: "Quellen". */
static gboolean is_bare_name(const OnrReading *r, OnrSpan source, guint64 classes) {
  return source.end == source.begin + 1 && onr_tag(r, source.begin) == ONR_TAG_NAME &&
         !(classes & (ONR_WORD_DEMONYM | ONR_WORD_PEOPLE | ONR_WORD_PLURAL));
}

/* SPEAKER, found for REASON. */
static Speaker because(Speaker speaker, const char *reason) {
  speaker.reason = reason;
  return speaker;
}

static Speaker described(const Resolver *s, OnrSpeakerType type, OnrSpan source) {
  const OnrReading *r = s->r;
  while (source.begin + 1 < source.end &&
         (onr_tag(r, source.begin) == ONR_TAG_DETERMINER || onr_tag(r, source.begin) == ONR_TAG_ADVERB))
    source.begin++;
  guint64 c = 0;
  for (guint32 i = source.begin; i < source.end; i++)
    c |= r->words[i].classes;
  Speaker speaker = {.type = type,
                     .entity = ONR_NO_ENTITY,
                     .role = onr_reading_text(r, source, s->out->strings),
                     .is_plural = (c & ONR_WORD_PLURAL) != 0,
                     .is_human = (c & (ONR_WORD_ROLE | ONR_WORD_MALE | ONR_WORD_FEMALE)) != 0 ||
                                 is_bare_name(r, source, c)};
  if (!(c & ONR_WORD_MALE) != !(c & ONR_WORD_FEMALE))
    speaker.gender = c & ONR_WORD_MALE ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
  return because(speaker, "described without a name");
}

/* --- looking back --- */

/* Index of the first mention that begins at or after byte OFFSET. */
static guint32 first_mention_from(const Resolver *s, guint32 offset) {
  guint32 low = 0, high = s->out->mentions->len;
  while (low < high) {
    guint32 mid = (low + high) / 2;
    if (mention_at(s, mid)->span.begin < offset)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

static gboolean is_person(const Resolver *s, guint32 entity, OnrGender gender) {
  return entity_at(s, entity)->type == ONR_ENTITY_PERSON && fits(gender_of(s, entity), gender);
}

static gboolean is_body(const Resolver *s, guint32 entity, OnrGender gender) {
  (void)gender;
  OnrEntityType type = entity_at(s, entity)->type;
  return type == ONR_ENTITY_ORG || type == ONR_ENTITY_PLACE;
}

typedef gboolean (*EntityTest)(const Resolver *s, guint32 entity, OnrGender gender);

/* The first entity that passes TEST named in [BEGIN, END) as a subject can be: outside marks, behind no
 * preposition, before the first verb. */
static guint32 subject_entity(const Resolver *s, guint32 begin, guint32 end, EntityTest test,
                              OnrGender gender) {
  const OnrReading *r = s->r;
  begin = end - begin > ONR_SENTENCE_REACH ? end - ONR_SENTENCE_REACH : begin;
  gboolean seen_verb = FALSE;
  for (guint32 i = begin; i < end; i++) {
    const OnrWord *w = &r->words[i];
    if (w->quoted)
      continue;
    seen_verb = seen_verb || w->tag == ONR_TAG_VERB || w->tag == ONR_TAG_AUXILIARY;
    gboolean begins = w->mention && (i == begin || r->words[i - 1].mention != w->mention);
    if (!begins)
      continue;
    guint32 entity = mention_at(s, w->mention - 1)->entity;
    gboolean is_topic =
        i > begin + 1 && onr_reading_equals(r, i - 1, "for") && onr_reading_equals(r, i - 2, "as");
    gboolean is_governed =
        i > begin && ((onr_tag(r, i - 1) == ONR_TAG_PREPOSITION && !is_topic) || seen_verb);
    guint32 last = i;
    while (last + 1 < end && r->words[last + 1].mention == w->mention)
      last++;
    gboolean is_possessive = onr_reading_token(r, last)->possessive != 0;
    gboolean is_modifier = last + 1 < end && onr_tag(r, last + 1) == ONR_TAG_NOUN; /* the Dorn campaign */
    if (!is_governed && !is_possessive && !is_modifier && test(s, entity, gender))
      return entity;
  }
  return ONR_NO_ENTITY;
}

static guint32 subject_person(const Resolver *s, guint32 begin, guint32 end, OnrGender gender) {
  return subject_entity(s, begin, end, is_person, gender);
}

static guint32 first_body(const Resolver *s, guint32 begin, guint32 end) {
  return subject_entity(s, begin, end, is_body, ONR_GENDER_UNKNOWN);
}

/* A person of whose gender only a surname speaks that is a given name too. */
static gboolean is_unsure_person(const Resolver *s, guint32 entity, OnrGender gender) {
  (void)gender;
  return entity_at(s, entity)->type == ONR_ENTITY_PERSON &&
         onr_identity_is_gender_weak(onr_entities_identity(s->entities, entity));
}

static guint32 last_that(const Resolver *s, guint32 token, EntityTest test, OnrGender gender) {
  guint32 k = first_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = mention_at(s, --k)->entity;
    guint32 place = onr_reading_token_from(s->r, mention_at(s, k)->span.begin);
    if (place < s->r->n && !s->r->words[place].quoted && test(s, entity, gender))
      return entity;
  }
  return ONR_NO_ENTITY;
}

static gboolean is_running(const Resolver *s, guint32 paragraph) {
  return s->running_paragraph != G_MAXUINT32 && paragraph >= s->running_paragraph &&
         paragraph - s->running_paragraph <= RUNNING_REACH;
}

/* Of sentence K as a whole. */
static guint32 subject_of(const Resolver *s, guint32 k, OnrGender gender) {
  const OnrSentence *sentence = &s->r->doc->sentences[k];
  return subject_person(s, sentence->first_token, sentence->end_token, gender);
}

/* Does sentence K go on in the paragraph of the one before? */
static gboolean goes_on_from(const OnrDocument *doc, guint32 k) {
  return k > 0 && doc->sentences[k - 1].paragraph == doc->sentences[k].paragraph;
}

/* "he", "she": the subject of this sentence so far, of the sentence before in the paragraph, the running
 * speaker, the subject of a sentence not far back, whoever was named last. */
static Speaker resolve_third(Resolver *s, guint32 token, OnrGender gender) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  const OnrSentence *sentence = &doc->sentences[k];
  guint32 back = 1; /* the nearest sentence that has not been looked at */
  const char *reason = "the pronoun's sentence has them as its subject";
  guint32 found = subject_person(s, sentence->first_token, token, gender);
  if (found == ONR_NO_ENTITY && goes_on_from(doc, k)) {
    found = subject_of(s, k - back++, gender);
    reason = "the subject of the sentence before";
  }
  gboolean goes_on =
      is_running(s, sentence->paragraph) && !s->running.is_plural && fits(s->running.gender, gender);
  if (found == ONR_NO_ENTITY && goes_on && s->running.is_human)
    return because(s->running, "who was speaking before");
  for (; found == ONR_NO_ENTITY && back <= SUBJECT_REACH && back <= k; back++) {
    found = subject_of(s, k - back, gender);
    reason = "the subject of a sentence not far back";
  }
  if (found == ONR_NO_ENTITY) {
    found = last_that(s, token, is_person, gender);
    reason = "the last person named whom the pronoun fits";
  }
  if (found == ONR_NO_ENTITY)
    found = last_that(s, token, is_unsure_person, gender);
  if (found == ONR_NO_ENTITY)
    return nobody;
  return because(named(s, found), reason);
}

/* The person whom the article has given the role WORD, looked for backwards. */
static guint32 bearer_of_role(const Resolver *s, guint32 token, guint64 word, OnrGender gender) {
  guint32 k = first_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = mention_at(s, --k)->entity;
    if (is_person(s, entity, gender) &&
        onr_identity_has_role(onr_entities_identity(s->entities, entity), word))
      return entity;
  }
  return ONR_NO_ENTITY;
}

static gboolean was_mentioned_before(const Resolver *s, guint32 entity, guint32 mention) {
  for (guint32 k = mention; k > 0 && mention - k < LOOK_BACK; k--)
    if (mention_at(s, k - 1)->entity == entity)
      return TRUE;
  return FALSE;
}

/* "A former chairman wants …": who an article's first paragraphs keep back, and who is then brought in under
 * this role. */
static guint32 bearer_ahead(const Resolver *s, guint32 token, guint64 word, OnrGender gender) {
  const OnrDocument *doc = s->r->doc;
  guint32 offset = onr_reading_token(s->r, token)->begin, first = s->r->n_headline;
  guint32 paragraph = doc->sentences[onr_document_sentence_at(doc, offset)].paragraph;
  guint32 lead =
      first < s->r->n
          ? doc->sentences[onr_document_sentence_at(doc, onr_reading_token(s->r, first)->begin)].paragraph
          : 0;
  if (paragraph > lead + LEAD_PARAGRAPHS)
    return ONR_NO_ENTITY;
  for (guint32 k = first_mention_from(s, offset), n = 0; k < s->out->mentions->len && n < LEAD_MENTIONS;
       k++, n++) {
    guint32 entity = mention_at(s, k)->entity;
    const OnrIdentity *identity = onr_entities_identity(s->entities, entity);
    gboolean is_new = k == 0 || !was_mentioned_before(s, entity, k);
    if (is_new && is_person(s, entity, gender) && onr_identity_has_role(identity, word))
      return entity;
  }
  return ONR_NO_ENTITY;
}

/* The organisation that "the committee", "the newspaper" takes up: one that bears the word in its name. */
static guint32 bearer_of_body(const Resolver *s, guint32 token, guint64 word) {
  guint32 k = first_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = mention_at(s, --k)->entity;
    if (entity_at(s, entity)->type == ONR_ENTITY_ORG &&
        onr_entities_identity(s->entities, entity)->last_key == word)
      return entity;
  }
  return ONR_NO_ENTITY;
}

/* "The agency", "the union": the organisation that speaks, or that this sentence or the one before named
 * last. */
static guint32 body_meant(const Resolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  guint32 offset = onr_reading_token(s->r, token)->begin;
  guint32 k = onr_document_sentence_at(doc, offset);
  if (is_running(s, doc->sentences[k].paragraph) && s->running.type == ONR_SPEAKER_ORG &&
      s->running.entity != ONR_NO_ENTITY && entity_at(s, s->running.entity)->type == ONR_ENTITY_ORG)
    return s->running.entity;
  guint32 from = doc->sentences[k > 0 ? k - 1 : 0].span.begin;
  for (guint32 m = first_mention_from(s, offset); m > 0 && mention_at(s, m - 1)->span.begin >= from; m--)
    if (entity_at(s, mention_at(s, m - 1)->entity)->type == ONR_ENTITY_ORG)
      return mention_at(s, m - 1)->entity;
  return ONR_NO_ENTITY;
}

/* --- sources --- */

static guint32 head_end(const OnrReading *r, OnrSpan source) {
  for (guint32 i = source.begin; i < source.end; i++) {
    OnrTag tag = onr_tag(r, i);
    gboolean ends = tag == ONR_TAG_COMMA || tag == ONR_TAG_OPEN || tag == ONR_TAG_DASH ||
                    tag == ONR_TAG_THAT || (tag == ONR_TAG_WH && i > source.begin);
    if (ends && i > source.begin)
      return i;
  }
  return source.end;
}

/* Where what is said of a noun begins: "of the state", "released last year" behind a document. */
static guint32 core_end(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 1; i < end; i++) {
    gboolean is_document = (r->words[i - 1].classes & ONR_WORD_DOCUMENT) != 0;
    if (!r->words[i].mention && (onr_tag(r, i) == ONR_TAG_PREPOSITION ||
                                 (is_document && r->words[i].forms & ONR_FORM_PARTICIPLE && i + 1 < end)))
      return i;
  }
  return end;
}

static guint32 mention_begin(const OnrReading *r, guint32 i) {
  while (i > 0 && r->words[i - 1].mention == r->words[i].mention)
    i--;
  return i;
}

static gboolean is_kind(const OnrReading *r, guint32 token) {
  return (r->words[token].classes & (ONR_WORD_DEMONYM | ONR_WORD_PEOPLE)) != 0;
}

/* The entity named by the last words of [BEGIN, END), or ONR_NO_ENTITY. */
static guint32 entity_ending_at(const Resolver *s, guint32 begin, guint32 end) {
  const OnrReading *r = s->r;
  while (end > begin && (onr_tag(r, end - 1) == ONR_TAG_OTHER || onr_tag(r, end - 1) == ONR_TAG_OBJECT ||
                         onr_tag(r, end - 1) == ONR_TAG_CLOSE ||
                         (onr_tag(r, end - 1) == ONR_TAG_PRONOUN && end > begin + 1)))
    end--; /* himself; the pronoun of a doubled subject */
  return end > begin && r->words[end - 1].mention ? mention_at(s, r->words[end - 1].mention - 1)->entity
                                                  : ONR_NO_ENTITY;
}

static Speaker resolve_span(Resolver *s, OnrSpan source, gboolean may_recur);

/* "who", "which": what stands before. */
static Speaker resolve_relative(Resolver *s, guint32 wh) {
  const OnrReading *r = s->r;
  const OnrSentence *sentence =
      &r->doc->sentences[onr_document_sentence_at(r->doc, onr_reading_token(r, wh)->begin)];
  guint32 end = wh;
  if (end > sentence->first_token && onr_tag(r, end - 1) == ONR_TAG_COMMA)
    end--;
  if (end == sentence->first_token)
    return nobody;
  guint32 begin = onr_noun_phrase_begin(r, sentence->first_token, end);
  if (begin == end)
    return nobody;
  guint32 entity = entity_ending_at(s, begin, end);
  gboolean is_whom =
      entity != ONR_NO_ENTITY && /* voters in Norland, who */
      (entity_at(s, entity)->type == ONR_ENTITY_PERSON || !onr_reading_equals_any(r, wh, "who who’s who's"));
  Speaker meant = is_whom ? named(s, entity) : resolve_span(s, (OnrSpan){begin, end}, FALSE);
  return because(meant, "what the relative pronoun stands for");
}

/* "it": the organisation or state that is the subject of this sentence so far, or of the one before in its
 * paragraph. */
static guint32 subject_body(const Resolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  guint32 found = first_body(s, doc->sentences[k].first_token, token);
  if (found == ONR_NO_ENTITY && goes_on_from(doc, k))
    found = first_body(s, doc->sentences[k - 1].first_token, doc->sentences[k - 1].end_token);
  return found;
}

static Speaker resolve_pronoun(Resolver *s, guint32 token) {
  const OnrWord *w = &s->r->words[token];
  guint32 paragraph =
      s->r->doc->sentences[onr_document_sentence_at(s->r->doc, onr_reading_token(s->r, token)->begin)]
          .paragraph;
  if (w->classes & ONR_WORD_FIRST)
    return (Speaker){.type = ONR_SPEAKER_AUTHOR,
                     .entity = ONR_NO_ENTITY,
                     .is_human = TRUE,
                     .reason = "the first person is the writer's"};
  if (w->classes & (ONR_WORD_MALE | ONR_WORD_FEMALE)) {
    OnrGender gender = w->classes & ONR_WORD_MALE ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
    return resolve_third(s, token, gender);
  }
  gboolean runs = is_running(s, paragraph);
  if (onr_reading_equals_any(s->r, token, "it its it’s it's")) {
    if (runs && (s->running.type == ONR_SPEAKER_ORG || s->running.type == ONR_SPEAKER_DOCUMENT))
      return because(s->running, "who was speaking before");
    guint32 body = subject_body(s, token);
    return body != ONR_NO_ENTITY
               ? because(named(s, body), "the body that is the subject here or in the sentence before")
               : nobody;
  }
  if (onr_reading_equals_any(s->r, token, "they their they’ve they've they’re they're") && runs &&
      (s->running.is_plural || s->running.type == ONR_SPEAKER_ORG))
    return because(s->running, "who was speaking before");
  return described(s, ONR_SPEAKER_UNNAMED, (OnrSpan){token, token + 1});
}

static gboolean is_indefinite(const OnrReading *r, guint32 i) {
  return onr_tag(r, i) == ONR_TAG_NUMBER ||
         (onr_tag(r, i) == ONR_TAG_DETERMINER && !onr_reading_equals_any(r, i, "the this that"));
}

/* Words that describe somebody who is known already, where offices (the mayor, the minister) and helpers (the
 * spokesman) may be somebody else's. */
static gboolean describes_anew(const OnrReading *r, guint32 begin, guint32 head) {
  if (!onr_reading_equals(r, begin, "the"))
    return FALSE;
  for (guint32 i = begin + 1; i < head;
       i++) /* the former first lady and senator, but not the candidate and his aides */
    if (onr_tag(r, i) == ONR_TAG_COORDINATOR &&
        (onr_tag(r, i + 1) == ONR_TAG_DETERMINER || onr_tag(r, i + 1) == ONR_TAG_POSSESSIVE ||
         onr_tag(r, i + 1) == ONR_TAG_NAME))
      return FALSE;
  for (guint32 i = begin + 1; i < head; i++)
    if (onr_reading_equals_any(r, i, "former retired onetime ex erstwhile"))
      return TRUE;
  return onr_reading_equals_any(
      r, head,
      "candidate nominee contender hopeful frontrunner front-runner billionaire millionaire businessman "
      "businesswoman mogul tycoon magnate politician lawmaker legislator senator congressman congresswoman "
      "governor");
}

/* "The former senator", "the billionaire", where nobody has been called so: whoever is talked about, the
 * subject of the sentence before or the running speaker. */
static Speaker resolve_anew(Resolver *s, guint32 token, OnrGender gender) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  guint32 found = goes_on_from(doc, k) ? subject_of(s, k - 1, gender) : ONR_NO_ENTITY;
  if (found != ONR_NO_ENTITY)
    return because(named(s, found), "whom the sentence before is about");
  gboolean goes_on = is_running(s, doc->sentences[k].paragraph) && s->running.entity != ONR_NO_ENTITY &&
                     is_person(s, s->running.entity, gender);
  return goes_on ? because(s->running, "who was speaking before") : nobody;
}

static gboolean has_name(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (onr_tag(r, i) == ONR_TAG_NAME)
      return TRUE;
  return FALSE;
}

/* Whose a document is: "an analysis by Lily Batcher", "a statement from the board", "a Quinnip University
 * poll"; one that was named so before, for "the poll". ONR_NO_ENTITY where the text does not say. */
static guint32 author_of(Resolver *s, OnrSpan source, guint32 core, guint32 end) {
  const OnrReading *r = s->r;
  guint64 head = r->words[core - 1].key;
  guint32 by = core;
  while (by + 1 < end && !onr_reading_equals_any(r, by, "by from"))
    by++;
  if (by + 1 < end &&
      onr_reading_equals_any(r, by - 1, "obtained reviewed seen viewed cited analyzed quoted"))
    by = end; /* it was somebody else's */
  guint32 entity = by + 1 < end ? entity_ending_at(s, by + 1, core_end(r, by + 1, end)) : ONR_NO_ENTITY;
  if (entity != ONR_NO_ENTITY && onr_reading_equals(r, by, "from") &&
      entity_at(s, entity)->type != ONR_ENTITY_ORG)
    entity = ONR_NO_ENTITY; /* a report from Norland, a quotation from Dorn */
  for (guint32 i = source.begin; i + 1 < core && entity == ONR_NO_ENTITY; i++)
    if (r->words[i].mention && !onr_reading_token(r, i)->possessive &&
        entity_at(s, mention_at(s, r->words[i].mention - 1)->entity)->type == ONR_ENTITY_ORG)
      entity = mention_at(s, r->words[i].mention - 1)->entity;
  if (entity != ONR_NO_ENTITY) {
    s->document = head;
    s->document_author = entity;
  } else if (head == s->document && onr_reading_equals_any(r, source.begin, "the this") && by + 1 >= end &&
             !has_name(r, source.begin, core)) {
    entity = s->document_author;
  }
  return entity;
}

/* A source whose head is a common noun. */
static Speaker resolve_description(Resolver *s, OnrSpan source, guint32 core) {
  const OnrReading *r = s->r;
  guint32 head = core - 1;
  guint64 c = r->words[head].classes;
  OnrSpan span = {source.begin, head_end(r, source)};
  gboolean owned = FALSE;
  for (guint32 i = source.begin; i < head; i++)
    owned = owned || onr_reading_token(r, i)->possessive || onr_tag(r, i) == ONR_TAG_POSSESSIVE;
  if (c & ONR_WORD_ROLE && !(c & ONR_WORD_PLURAL)) {
    OnrGender gender = !(c & ONR_WORD_MALE) == !(c & ONR_WORD_FEMALE) ? ONR_GENDER_UNKNOWN
                       : c & ONR_WORD_MALE                            ? ONR_GENDER_MALE
                                                                      : ONR_GENDER_FEMALE;
    guint32 entity = is_indefinite(r, source.begin) || owned
                         ? ONR_NO_ENTITY
                         : bearer_of_role(s, source.begin, r->words[head].key, gender);
    if (entity == ONR_NO_ENTITY && onr_reading_equals_any(r, source.begin, "a an"))
      entity = bearer_ahead(s, source.begin, r->words[head].key, gender);
    if (entity != ONR_NO_ENTITY)
      return because(named(s, entity), "whom the article gives this role");
    Speaker meant =
        !owned && describes_anew(r, source.begin, head) ? resolve_anew(s, source.begin, gender) : nobody;
    return meant.entity != ONR_NO_ENTITY ? meant : described(s, ONR_SPEAKER_UNNAMED, span);
  }
  if (c & (ONR_WORD_PLURAL | ONR_WORD_PEOPLE))
    return described(s, ONR_SPEAKER_UNNAMED, span);
  if (c & ONR_WORD_DOCUMENT && !owned) {
    guint32 entity = author_of(s, source, core, span.end);
    return entity != ONR_NO_ENTITY ? because(named(s, entity), "whose the document is")
                                   : described(s, ONR_SPEAKER_DOCUMENT, span);
  }
  for (guint32 i = source.begin; i < head && c & ONR_WORD_BODY; i++)
    if (r->words[i].mention &&
        entity_at(s, mention_at(s, r->words[i].mention - 1)->entity)->type == ONR_ENTITY_ORG && !owned)
      return because(named(s, mention_at(s, r->words[i].mention - 1)->entity), /* the Halden city council */
                     "the body that the source names");
  if (c & ONR_WORD_BODY) {
    guint32 entity = is_indefinite(r, source.begin) || owned
                         ? ONR_NO_ENTITY
                         : bearer_of_body(s, source.begin, r->words[head].key);
    if (entity == ONR_NO_ENTITY && !owned && onr_reading_equals(r, source.begin, "the"))
      entity = body_meant(s, source.begin);
    return entity != ONR_NO_ENTITY ? because(named(s, entity), "the body that is talked about")
                                   : described(s, ONR_SPEAKER_ORG, span);
  }
  if (c & ONR_WORD_DOCUMENT)
    return described(s, ONR_SPEAKER_DOCUMENT, span);
  return described(s, ONR_SPEAKER_UNNAMED, span);
}

/* The mention at I, over a title; UPPER where there is none. */
static guint32 name_behind(const OnrReading *r, guint32 i, guint32 upper) {
  while (i < upper && !r->words[i].mention &&
         (r->words[i].classes & ONR_WORD_TITLE ||
          (onr_tag(r, i) == ONR_TAG_OTHER && onr_reading_is_mark(r, i, '.'))))
    i++;
  return i < upper && r->words[i].mention ? i : upper;
}

static Speaker resolve_span(Resolver *s, OnrSpan source, gboolean may_recur) {
  const OnrReading *r = s->r;
  guint32 end = head_end(r, source);
  guint32 core = core_end(r, source.begin, end);
  guint32 entity = entity_ending_at(s, source.begin, core);
  if (entity == ONR_NO_ENTITY && core < end) { /* the Foreign Minister of Russia Sergey Lavrov */
    guint32 whole = entity_ending_at(s, source.begin, end);
    guint32 first = whole != ONR_NO_ENTITY ? mention_begin(r, end - 1) : source.begin;
    gboolean is_apposed = first > source.begin && onr_tag(r, first - 1) != ONR_TAG_PREPOSITION &&
                          onr_tag(r, first - 1) != ONR_TAG_COORDINATOR &&
                          onr_tag(r, first - 1) != ONR_TAG_DETERMINER;
    gboolean is_role = r->words[core - 1].classes & ONR_WORD_ROLE && onr_reading_equals(r, core, "of");
    if (whole != ONR_NO_ENTITY && entity_at(s, whole)->type == ONR_ENTITY_PERSON && is_apposed &&
        (is_role || r->words[first - 1].mention))
      entity = whole;
  }
  guint32 apposed = onr_tag(r, end < r->n ? end : r->n - 1) == ONR_TAG_COMMA
                        ? name_behind(r, end + 1, source.end)
                        : source.end;
  if (entity == ONR_NO_ENTITY && apposed < source.end &&
      r->words[core - 1].classes & ONR_WORD_ROLE) { /* the foreign minister, Mr. Lavrov */
    guint32 behind = mention_at(s, r->words[apposed].mention - 1)->entity;
    if (entity_at(s, behind)->type == ONR_ENTITY_PERSON)
      entity = behind;
  }
  if (entity != ONR_NO_ENTITY) {
    gboolean is_misc = entity_at(s, entity)->type == ONR_ENTITY_MISC;
    return is_misc && is_kind(r, core - 1) ? described(s, ONR_SPEAKER_UNNAMED, (OnrSpan){source.begin, end})
                                           : because(named(s, entity), "named in the source");
  }
  OnrTag first = onr_tag(r, source.begin);
  if (first == ONR_TAG_WH || (first == ONR_TAG_THAT && source.end == source.begin + 1))
    return may_recur ? resolve_relative(s, source.begin) : nobody;
  gboolean is_alone = core == source.begin + 1;
  if ((first == ONR_TAG_PRONOUN || first == ONR_TAG_POSSESSIVE || first == ONR_TAG_OBJECT) && is_alone)
    return resolve_pronoun(s, source.begin);
  return resolve_description(s, source, core);
}

/* Words without a source: those of the running speaker, or of the subject of the sentence before. */
static Speaker resolve_follow_on(Resolver *s, guint32 token, guint32 paragraph) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  if (k > 0 && doc->sentences[k - 1].paragraph == paragraph && doc->sentences[k].first_token == token) {
    guint32 found = subject_person(s, doc->sentences[k - 1].first_token, doc->sentences[k - 1].end_token,
                                   ONR_GENDER_UNKNOWN);
    if (found != ONR_NO_ENTITY)
      return because(named(s, found), "no source: the subject of the sentence before");
  }
  return is_running(s, paragraph) ? because(s->running, "no source: who was speaking before") : nobody;
}

static void learn_gender(Resolver *s, OnrSpan source, const Speaker *speaker) {
  if (speaker->entity == ONR_NO_ENTITY || speaker->type != ONR_SPEAKER_PERSON ||
      source.end != source.begin + 1)
    return;
  guint64 c = s->r->words[source.begin].classes;
  OnrIdentity *identity = &g_array_index(s->entities->identities, OnrIdentity,
                                         g_array_index(s->entities->order, guint32, speaker->entity));
  identity->n_male += c & ONR_WORD_MALE ? 1 : 0;
  identity->n_female += c & ONR_WORD_FEMALE ? 1 : 0;
}

static Speaker resolve(Resolver *s, const OnrAttribution *item, const OnrQuote *quote) {
  if (item->source.begin < item->source.end) {
    Speaker speaker = resolve_span(s, item->source, TRUE);
    learn_gender(s, item->source, &speaker);
    return speaker;
  }
  if (item->construction != ONR_CONSTRUCTION_FOLLOW_ON && item->construction != ONR_CONSTRUCTION_DIRECT)
    return nobody;
  guint32 offset = onr_annotation_spans(s->out, quote->content)[0].begin;
  return resolve_follow_on(s, onr_reading_token_from(s->r, offset), item->paragraph);
}

static gboolean is_transcript_letter(const OnrReading *r, const OnrAttribution *item) {
  return item->construction == ONR_CONSTRUCTION_TRANSCRIPT && item->source.end == item->source.begin + 1 &&
         onr_reading_equals_any(r, item->source.begin, "q a");
}

void onr_speakers_resolve(const OnrAttributions *a, const GArray *order, OnrEntities *entities,
                          OnrAnnotation *out) {
  Resolver s = {.a = a,
                .r = a->reading,
                .entities = entities,
                .out = out,
                .running = nobody,
                .running_paragraph = G_MAXUINT32};
  for (guint32 k = 0; k < out->quotes->len; k++) {
    OnrQuote *quote = &g_array_index(out->quotes, OnrQuote, k);
    const OnrAttribution *item = onr_attributions_get(a, g_array_index(order, guint32, k));
    Speaker speaker = is_transcript_letter(s.r, item) ? nobody : resolve(&s, item, quote);
    quote->speaker = speaker.entity;
    quote->speaker_type = speaker.type;
    quote->role = speaker.role;
    quote->reason = speaker.reason;
    if (speaker.type != ONR_SPEAKER_UNKNOWN && speaker.type != ONR_SPEAKER_AUTHOR) {
      s.running = speaker;
      s.running_paragraph = item->paragraph;
    }
  }
}
