/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* Mentions that are looked back at for a pronoun: some pages of text. */
#define LOOK_BACK 200
/* Sentences, in whatever paragraph, whose subject "he" may be. */
#define SUBJECT_REACH 2
/* Paragraphs over which somebody goes on speaking without being named again. */
#define RUNNING_REACH 3

typedef gboolean (*EntityTest)(const OnrResolver *s, guint32 entity, OnrGender gender);

static gboolean fits(OnrGender a, OnrGender b) {
  return a == ONR_GENDER_UNKNOWN || b == ONR_GENDER_UNKNOWN || a == b;
}

guint32 onr_mention_from(const OnrResolver *s, guint32 offset) {
  guint32 low = 0, high = s->out->mentions->len;
  while (low < high) {
    guint32 mid = (low + high) / 2;
    if (onr_resolver_mention(s, mid)->span.begin < offset)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

gboolean onr_antecedent_is_talked_of(const OnrResolver *s, guint32 entity) {
  for (guint i = 0; i < s->talked_of->len; i++)
    if (g_array_index(s->talked_of, guint32, i) == entity)
      return TRUE;
  return FALSE;
}

gboolean onr_antecedent_is_person(const OnrResolver *s, guint32 entity, OnrGender gender) {
  return onr_resolver_entity(s, entity)->type == ONR_ENTITY_PERSON &&
         fits(onr_resolver_gender(s, entity), gender) && !onr_antecedent_is_talked_of(s, entity);
}

static gboolean is_body(const OnrResolver *s, guint32 entity, OnrGender gender) {
  (void)gender;
  OnrEntityType type = onr_resolver_entity(s, entity)->type;
  return type == ONR_ENTITY_ORG || type == ONR_ENTITY_PLACE;
}

/* The first entity that passes TEST named in [BEGIN, END) as a subject can be: outside marks,
 * behind no preposition, before the first verb. */
static guint32 subject_entity(const OnrResolver *s, guint32 begin, guint32 end, EntityTest test,
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
    guint32 entity = onr_resolver_mention(s, w->mention - 1)->entity;
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

guint32 onr_antecedent_subject(const OnrResolver *s, guint32 begin, guint32 end, OnrGender gender) {
  return subject_entity(s, begin, end, onr_antecedent_is_person, gender);
}

guint32 onr_antecedent_subject_body(const OnrResolver *s, guint32 begin, guint32 end) {
  return subject_entity(s, begin, end, is_body, ONR_GENDER_UNKNOWN);
}

guint32 onr_antecedent_doer(const OnrResolver *s, guint32 begin, guint32 end) {
  guint32 person = onr_antecedent_subject(s, begin, end, ONR_GENDER_UNKNOWN);
  return person != ONR_NO_ENTITY ? person : onr_antecedent_subject_body(s, begin, end);
}

/* A person of whose gender only a surname speaks that is a given name too. */
static gboolean is_unsure_person(const OnrResolver *s, guint32 entity, OnrGender gender) {
  (void)gender;
  return onr_resolver_entity(s, entity)->type == ONR_ENTITY_PERSON &&
         onr_identity_is_gender_weak(onr_entities_identity(s->entities, entity));
}

static guint32 last_that(const OnrResolver *s, guint32 token, EntityTest test, OnrGender gender) {
  guint32 k = onr_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = onr_resolver_mention(s, --k)->entity;
    guint32 place = onr_reading_token_from(s->r, onr_resolver_mention(s, k)->span.begin);
    if (place < s->r->n && !s->r->words[place].quoted && test(s, entity, gender))
      return entity;
  }
  return ONR_NO_ENTITY;
}

gboolean onr_antecedent_is_known(const OnrResolver *s, guint32 entity, guint32 mention) {
  for (guint32 k = mention; k > 0 && mention - k < LOOK_BACK; k--)
    if (onr_resolver_mention(s, k - 1)->entity == entity)
      return TRUE;
  return FALSE;
}

gboolean onr_antecedent_runs(const OnrResolver *s, guint32 paragraph) {
  return s->running_paragraph != G_MAXUINT32 && paragraph >= s->running_paragraph &&
         paragraph - s->running_paragraph <= RUNNING_REACH;
}

guint32 onr_antecedent_running_org(const OnrResolver *s, guint32 paragraph) {
  gboolean runs = onr_antecedent_runs(s, paragraph) && s->running.n == 1 &&
                  onr_resolver_is(s, s->running.entities[0], ONR_ENTITY_ORG);
  return runs ? s->running.entities[0] : ONR_NO_ENTITY;
}

guint32 onr_antecedent_of_sentence(const OnrResolver *s, guint32 k, OnrGender gender) {
  const OnrSentence *sentence = &s->r->doc->sentences[k];
  return onr_antecedent_subject(s, sentence->first_token, sentence->end_token, gender);
}

gboolean onr_antecedent_goes_on(const OnrDocument *doc, guint32 k) {
  return k > 0 && doc->sentences[k - 1].paragraph == doc->sentences[k].paragraph;
}

OnrSpeaker onr_antecedent_third(OnrResolver *s, guint32 token, OnrGender gender) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  const OnrSentence *sentence = &doc->sentences[k];
  guint32 back = 1; /* the nearest sentence that has not been looked at */
  OnrReason reason = ONR_BECAUSE_SUBJECT_HERE;
  guint32 found = onr_antecedent_subject(s, sentence->first_token, token, gender);
  if (found == ONR_NO_ENTITY && onr_antecedent_goes_on(doc, k)) {
    found = onr_antecedent_of_sentence(s, k - back++, gender);
    reason = ONR_BECAUSE_SUBJECT_BEFORE;
  }
  gboolean goes_on = onr_antecedent_runs(s, sentence->paragraph) && !s->running.is_plural &&
                     fits(s->running.gender, gender) &&
                     !(s->running.n && onr_antecedent_is_talked_of(s, s->running.entities[0]));
  if (found == ONR_NO_ENTITY && goes_on && s->running.is_human)
    return onr_speaker_because(s->running, ONR_BECAUSE_SPEAKING);
  for (; found == ONR_NO_ENTITY && back <= SUBJECT_REACH && back <= k; back++) {
    found = onr_antecedent_of_sentence(s, k - back, gender);
    reason = ONR_BECAUSE_SUBJECT_BACK;
  }
  if (found == ONR_NO_ENTITY) {
    found = last_that(s, token, onr_antecedent_is_person, gender);
    reason = ONR_BECAUSE_LAST_NAMED;
  }
  if (found == ONR_NO_ENTITY)
    found = last_that(s, token, is_unsure_person, gender);
  if (found != ONR_NO_ENTITY)
    return onr_speaker_because(onr_speaker_named(s, found), reason);
  if (!s->talked_of->len)
    return onr_nobody;
  g_array_set_size(s->talked_of, 0); /* nobody else: they speak of themselves */
  return onr_antecedent_third(s, token, gender);
}

guint32 onr_antecedent_body(const OnrResolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  guint32 found = onr_antecedent_subject_body(s, doc->sentences[k].first_token, token);
  if (found == ONR_NO_ENTITY && onr_antecedent_goes_on(doc, k))
    found =
        onr_antecedent_subject_body(s, doc->sentences[k - 1].first_token, doc->sentences[k - 1].end_token);
  return found;
}
