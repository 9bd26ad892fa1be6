/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* Mentions that are looked back at for a role: some pages of text. */
#define LOOK_BACK 200
/* Paragraphs of an article that may keep back who speaks, and mentions among which the name is then looked
 * for. */
#define LEAD_PARAGRAPHS 1
#define LEAD_MENTIONS 20
/* Quotes and paragraphs behind it in which the one who is kept back speaks again. */
#define LEAD_QUOTES 6
#define LEAD_AHEAD 4

typedef enum { PLACE_OTHER, PLACE_NOT_SAID, PLACE_SAME } PlaceFit;

/* Does the article place ENTITY where the description [BEGIN, HEAD) does: "the Norland senator"? */
static PlaceFit fits_place(const OnrResolver *s, guint32 entity, guint32 begin, guint32 head) {
  const OnrIdentity *identity = onr_entities_identity(s->entities, entity);
  gboolean is_placed = FALSE;
  for (guint32 i = begin; i < head; i++) {
    if (!onr_is_place_word(s->r, i))
      continue;
    if (onr_identity_has_place(identity, s->r->words[i].key))
      return PLACE_SAME;
    is_placed = TRUE;
  }
  return is_placed && identity->n_places ? PLACE_OTHER : PLACE_NOT_SAID;
}

/* The person whom the article has given the role at HEAD of the description from BEGIN on, looked for
 * backwards: one from the same place before others. */
static guint32 bearer_of_role(const OnrResolver *s, guint32 begin, guint32 head, OnrGender gender) {
  guint32 k = onr_mention_from(s, onr_reading_token(s->r, begin)->begin), found = ONR_NO_ENTITY;
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = onr_resolver_mention(s, --k)->entity;
    if (!onr_antecedent_is_person(s, entity, gender) ||
        !onr_identity_has_role(onr_entities_identity(s->entities, entity), s->r->words[head].key))
      continue;
    PlaceFit fit = fits_place(s, entity, begin, head);
    if (fit == PLACE_SAME)
      return entity;
    if (fit == PLACE_NOT_SAID && found == ONR_NO_ENTITY)
      found = entity;
  }
  return found;
}

/* Is the token in the paragraphs of the article that may keep back who speaks? */
static gboolean is_in_lead(const OnrResolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  guint32 first = s->r->n_headline;
  if (first >= s->r->n)
    return FALSE;
  guint32 here = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  guint32 lead = onr_document_sentence_at(doc, onr_reading_token(s->r, first)->begin);
  return doc->sentences[here].paragraph <= doc->sentences[lead].paragraph + LEAD_PARAGRAPHS;
}

/* "A former chairman wants …": who an article's first paragraphs keep back, and who is then brought in under
 * this role. */
static guint32 bearer_ahead(const OnrResolver *s, guint32 token, guint64 word, OnrGender gender) {
  guint32 k = onr_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k < s->out->mentions->len && n < LEAD_MENTIONS; k++, n++) {
    guint32 entity = onr_resolver_mention(s, k)->entity;
    if (onr_antecedent_is_person(s, entity, gender) && !onr_antecedent_is_known(s, entity, k) &&
        onr_identity_has_role(onr_entities_identity(s->entities, entity), word))
      return entity;
  }
  return ONR_NO_ENTITY;
}

/* "A union of ferrymen says …", at the begin of an article: who speaks next and had not been
 * named until then, a person or, where IS_BODY, an organisation. */
static guint32 speaker_ahead(const OnrResolver *s, gboolean is_body, OnrGender gender) {
  guint32 paragraph = onr_attributions_get(s->a, g_array_index(s->order, guint32, s->quote))->paragraph;
  for (guint32 k = s->quote + 1; k < s->order->len && k <= s->quote + LEAD_QUOTES; k++) {
    const OnrAttribution *next = onr_attributions_get(s->a, g_array_index(s->order, guint32, k));
    if (next->paragraph > paragraph + LEAD_AHEAD)
      break;
    for (guint32 i = next->source.begin; i < next->source.end; i++) {
      if (!s->r->words[i].mention)
        continue;
      guint32 mention = s->r->words[i].mention - 1, entity = onr_resolver_mention(s, mention)->entity;
      OnrEntityType type = onr_resolver_entity(s, entity)->type;
      gboolean fits_kind = is_body
                               ? type == ONR_ENTITY_ORG
                               : onr_antecedent_is_person(s, entity, gender) &&
                                     !onr_entities_identity(s->entities, entity)->n_roles; /* none other */
      if (type == ONR_ENTITY_PERSON || type == ONR_ENTITY_ORG)
        return fits_kind && !onr_antecedent_is_known(s, entity, mention) ? entity : ONR_NO_ENTITY;
    }
  }
  return ONR_NO_ENTITY;
}

/* The organisation that "the committee", "the newspaper" takes up: one that bears the word in its name. */
static guint32 bearer_of_body(const OnrResolver *s, guint32 token, guint64 word) {
  guint32 k = onr_mention_from(s, onr_reading_token(s->r, token)->begin);
  for (guint32 n = 0; k > 0 && n < LOOK_BACK; n++) {
    guint32 entity = onr_resolver_mention(s, --k)->entity;
    if (onr_resolver_is(s, entity, ONR_ENTITY_ORG) &&
        onr_entities_identity(s->entities, entity)->last_key == word)
      return entity;
  }
  return ONR_NO_ENTITY;
}

/* "The agency", "the union": the organisation that speaks, or, where it MAY_BE_NAMED only, that this sentence
 * or the one before named last. */
static guint32 body_meant(const OnrResolver *s, guint32 token, gboolean may_be_named) {
  const OnrDocument *doc = s->r->doc;
  guint32 offset = onr_reading_token(s->r, token)->begin;
  guint32 k = onr_document_sentence_at(doc, offset);
  guint32 running = onr_antecedent_running_org(s, doc->sentences[k].paragraph);
  if (running != ONR_NO_ENTITY || !may_be_named)
    return running;
  guint32 here = doc->sentences[k].span.begin, from = doc->sentences[k > 0 ? k - 1 : 0].span.begin;
  guint32 found = ONR_NO_ENTITY;
  for (guint32 m = onr_mention_from(s, offset); m > 0 && onr_resolver_mention(s, m - 1)->span.begin >= from;
       m--) {
    const OnrMention *mention = onr_resolver_mention(s, m - 1);
    if (!onr_resolver_is(s, mention->entity, ONR_ENTITY_ORG))
      continue;
    found = mention->entity;
    if (mention->span.begin >= here)
      break;
  }
  return found;
}

static gboolean is_indefinite(const OnrReading *r, guint32 i) {
  return onr_tag(r, i) == ONR_TAG_NUMBER ||
         (onr_tag(r, i) == ONR_TAG_DETERMINER && !onr_reading_equals_any(r, i, "the this that"));
}

/* One of a party: the Republican, the Tory. */
static gboolean is_party(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(
      r, i, "republican democrat independent libertarian socialist conservative liberal tory");
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
         (r->words[i + 1].mention && r->words[i + 1].entity_type == ONR_ENTITY_PERSON)))
      return FALSE;
  for (guint32 i = begin + 1; i < head; i++)
    if (onr_reading_equals_any(r, i, "former retired onetime ex erstwhile") || onr_is_place_word(r, i))
      return TRUE;
  return is_party(r, head) ||
         onr_reading_equals_any(r, head,
                                "candidate nominee contender hopeful frontrunner "
                                "front-runner billionaire millionaire businessman "
                                "businesswoman mogul tycoon magnate politician lawmaker "
                                "legislator senator congressman congresswoman "
                                "governor native veteran graduate alumnus neurosurgeon newcomer "
                                "outsider incumbent challenger");
}

static gboolean may_be_described(const OnrResolver *s, guint32 entity, guint32 begin, guint32 head) {
  return entity != ONR_NO_ENTITY && fits_place(s, entity, begin, head) != PLACE_OTHER;
}

/* "The former senator", "the billionaire", where nobody has been called so: whoever is talked about, the
 * subject of the sentence before or the running speaker. */
static OnrSpeaker resolve_anew(const OnrResolver *s, guint32 begin, guint32 head, OnrGender gender) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, begin)->begin);
  guint32 subject = k > 0 ? onr_antecedent_of_sentence(s, k - 1, gender) : ONR_NO_ENTITY;
  OnrSpeaker meant = may_be_described(s, subject, begin, head)
                         ? onr_speaker_because(onr_speaker_named(s, subject), ONR_BECAUSE_ABOUT)
                         : onr_nobody;
  if (meant.n && onr_antecedent_goes_on(doc, k))
    return meant;
  gboolean goes_on = onr_antecedent_runs(s, doc->sentences[k].paragraph) && s->running.n == 1 &&
                     onr_antecedent_is_person(s, s->running.entities[0], gender) &&
                     may_be_described(s, s->running.entities[0], begin, head);
  return goes_on ? onr_speaker_because(s->running, ONR_BECAUSE_SPEAKING) : meant;
}

OnrSpeaker onr_description_of_party(const OnrResolver *s, guint32 begin, guint32 head) {
  return is_party(s->r, head) && describes_anew(s->r, begin, head)
             ? resolve_anew(s, begin, head, ONR_GENDER_UNKNOWN)
             : onr_nobody;
}

/* "Dorn’s campaign", "her campaign", "the Norlandic government": a body that is called after somebody,
 * whether or not the article names it as one. ONR_NO_ENTITY where the words say no more than "the campaign".
 */
static guint32 body_of_somebody(OnrResolver *s, OnrSpan source, guint32 head) {
  const OnrReading *r = s->r;
  gboolean is_government = onr_reading_equals_any(r, head, "government police");
  gboolean is_team =
      onr_reading_equals_any(r, head, "team camp"); /* their campaign, where the article speaks of one */
  if (!is_government && !is_team && !onr_reading_equals_any(r, head, "campaign administration"))
    return ONR_NO_ENTITY;
  guint32 owner = ONR_NO_ENTITY;
  for (guint32 i = source.begin; i < head; i++) {
    if (r->words[i].mention) {
      guint32 entity = onr_resolver_entity_at(s, i);
      OnrEntityType type = onr_resolver_entity(s, entity)->type;
      gboolean is_land = type == ONR_ENTITY_PLACE || (type == ONR_ENTITY_MISC && onr_is_kind(r, i));
      if (is_government ? is_land : type == ONR_ENTITY_PERSON)
        owner = entity;
    } else if (onr_tag(r, i) == ONR_TAG_POSSESSIVE && !is_government) {
      OnrSpeaker meant = onr_resolve_pronoun(s, i);
      owner = meant.n == 1 && meant.type == ONR_SPEAKER_PERSON ? meant.entities[0] : owner;
    }
  }
  if (owner == ONR_NO_ENTITY)
    return owner;
  return is_team ? onr_entities_campaign_of(s->entities, owner)
                 : onr_entities_body_of(s->entities, r, owner, head, s->out);
}

/* Words for those who are kept unnamed throughout. */
static gboolean may_be_secret(const OnrReading *r, guint32 head) {
  return onr_reading_equals_any(
      r, head,
      "source official aide spokesman spokeswoman spokesperson insider person operative "
      "friend reporter student voter man woman");
}

/* A source and what is said of its head. */
typedef struct {
  OnrSpan source;
  guint32 head;
  guint64 classes; /* of the head */
  gboolean owned;  /* "Dorn’s", "her" */
  gboolean is_a;   /* "a", "an" */
  gboolean is_the;
  gboolean may_be_known; /* by a definite article or a pronoun's possession */
} Description;

static OnrSpeaker resolve_role(OnrResolver *s, const Description *d) {
  guint32 begin = d->source.begin;
  OnrGender gender = onr_word_gender(d->classes);
  gboolean is_theirs = d->owned && onr_tag(s->r, begin) == ONR_TAG_POSSESSIVE; /* my father, his lawyer */
  guint32 entity =
      d->may_be_known && (!d->owned || is_theirs) ? bearer_of_role(s, begin, d->head, gender) : ONR_NO_ENTITY;
  if (entity == ONR_NO_ENTITY && (d->is_a || (d->is_the && d->owned)) && is_in_lead(s, begin)) {
    entity = bearer_ahead(s, begin, s->r->words[d->head].key, gender);
    if (entity == ONR_NO_ENTITY && !may_be_secret(s->r, d->head))
      entity = speaker_ahead(s, FALSE, gender);
  }
  if (entity != ONR_NO_ENTITY)
    return onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_ROLE);
  OnrSpeaker meant = !d->owned && describes_anew(s->r, begin, d->head)
                         ? resolve_anew(s, begin, d->head, gender)
                         : onr_nobody;
  return meant.n ? meant : onr_speaker_described(s, ONR_SPEAKER_UNNAMED, d->source);
}

/* "The two senators": the several that are talked about. */
static OnrSpeaker resolve_people(const OnrResolver *s, const Description *d) {
  const OnrReading *r = s->r;
  guint32 begin = d->source.begin;
  gboolean has_number = d->head == begin + 2 && onr_tag(r, begin + 1) == ONR_TAG_NUMBER;
  gboolean is_known = onr_reading_equals_any(r, begin, "the both") && (d->head == begin + 1 || has_number);
  OnrSpeaker joint = is_known ? onr_joint_subject(s, begin) : onr_nobody;
  return joint.n ? joint : onr_speaker_described(s, ONR_SPEAKER_UNNAMED, d->source);
}

/* The organisation within the source: the Halden city council. */
static guint32 organisation_in(const OnrResolver *s, const Description *d) {
  for (guint32 i = d->source.begin; i < d->head; i++) {
    guint32 entity = onr_resolver_entity_at(s, i);
    if (onr_resolver_is(s, entity, ONR_ENTITY_ORG))
      return entity;
  }
  return ONR_NO_ENTITY;
}

static OnrSpeaker resolve_body(OnrResolver *s, const Description *d) {
  const OnrReading *r = s->r;
  guint32 begin = d->source.begin;
  guint32 entity = d->owned ? ONR_NO_ENTITY : organisation_in(s, d);
  if (entity == ONR_NO_ENTITY)
    entity = body_of_somebody(s, d->source, d->head);
  if (entity != ONR_NO_ENTITY)
    return onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_BODY_NAMED);
  if (d->may_be_known && !d->owned)
    entity = bearer_of_body(s, begin, r->words[d->head].key);
  if (d->is_a && is_in_lead(s, begin))
    entity = speaker_ahead(s, TRUE, ONR_GENDER_UNKNOWN);
  gboolean is_any = onr_reading_equals_any(
      r, d->head, "agency group organization organisation company firm network newspaper union");
  if (d->is_the && !d->owned && (entity == ONR_NO_ENTITY || is_any)) { /* a word for any of many bodies */
    guint32 meant = body_meant(s, begin, entity == ONR_NO_ENTITY);
    entity = meant != ONR_NO_ENTITY ? meant : entity;
  }
  return entity != ONR_NO_ENTITY ? onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_BODY_MEANT)
                                 : onr_speaker_described(s, ONR_SPEAKER_ORG, d->source);
}

OnrSpeaker onr_description_resolve(OnrResolver *s, OnrSpan source, guint32 core) {
  const OnrReading *r = s->r;
  guint32 head = core - 1;
  Description d = {.source = source,
                   .head = head,
                   .classes = r->words[head].classes,
                   .is_a = onr_reading_equals_any(r, source.begin, "a an"),
                   .is_the = onr_reading_equals(r, source.begin, "the"),
                   .may_be_known = !is_indefinite(r, source.begin)};
  for (guint32 i = source.begin; i < head; i++)
    d.owned = d.owned || onr_reading_token(r, i)->possessive || onr_tag(r, i) == ONR_TAG_POSSESSIVE;
  if (d.classes & ONR_WORD_ROLE && !(d.classes & ONR_WORD_PLURAL))
    return resolve_role(s, &d);
  if (d.classes & (ONR_WORD_PLURAL | ONR_WORD_PEOPLE))
    return resolve_people(s, &d);
  gboolean is_average = onr_reading_equals(r, head, "average"); /* of polls */
  gboolean is_document = d.classes & ONR_WORD_DOCUMENT || is_average, is_body = d.classes & ONR_WORD_BODY;
  gboolean is_claim = d.owned && d.classes & ONR_WORD_CUE_NOUN && !is_body; /* her response */
  if (is_document || is_claim) {
    guint32 entity = d.owned ? onr_document_owner(s, source, head) : onr_document_author(s, source, core);
    if (entity != ONR_NO_ENTITY)
      return onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_DOCUMENT);
    if (!d.owned)
      return onr_speaker_described(s, ONR_SPEAKER_DOCUMENT, source);
  }
  if (is_body)
    return resolve_body(s, &d);
  OnrSpeaker maker = is_document ? onr_nobody : onr_document_maker(s, source, core);
  if (maker.n)
    return onr_speaker_because(maker, ONR_BECAUSE_DOCUMENT);
  return onr_speaker_described(s, is_document ? ONR_SPEAKER_DOCUMENT : ONR_SPEAKER_UNNAMED, source);
}
