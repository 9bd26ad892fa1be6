/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

/* Words between a document and whose it is; words that are looked back over for it. */
#define DOCUMENT_REACH 8
#define DOCUMENT_BACK 1500
/* Places that name the document among them, and quotes that are looked back over for the speaker of such a
 * place. */
#define DOCUMENTS_BACK 16
#define SENTENCE_QUOTES 64
/* Quotes that are looked back over for who writes. */
#define WRITER_BACK 6
/* Words between a document and "by": "a report released on Monday by". */
#define BY_REACH 3

static gboolean has_name(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin; i < end; i++)
    if (onr_tag(r, i) == ONR_TAG_NAME)
      return TRUE;
  return FALSE;
}

static gboolean is_poll(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "poll survey polls surveys");
}

/* Is ENTITY, which may be ONR_NO_ENTITY, an organisation or a person? */
static gboolean is_author(const OnrResolver *s, guint32 entity) {
  return onr_resolver_is(s, entity, ONR_ENTITY_ORG) || onr_resolver_is(s, entity, ONR_ENTITY_PERSON);
}

/* The organisation or person that token I is part of the name of. */
static guint32 author_at(const OnrResolver *s, guint32 i) {
  guint32 entity = onr_resolver_entity_at(s, i);
  return is_author(s, entity) ? entity : ONR_NO_ENTITY;
}

/* The organisation or person whom the words beside the document at token I give it to: "Dorn’s report", "the
 * Halden Institute report", "a report released by Dorn", with no more than REACH words before "by". */
static guint32 owner_beside(const OnrResolver *s, guint32 i, guint32 reach) {
  const OnrReading *r = s->r;
  const OnrSentence *sentence = onr_resolver_sentence(s, i);
  for (guint32 k = i; k > sentence->first_token && i - k < DOCUMENT_REACH; k--) {
    OnrTag tag = onr_tag(r, k - 1);
    guint32 entity = author_at(s, k - 1);
    if (onr_resolver_is(s, entity, ONR_ENTITY_ORG) ||
        (entity != ONR_NO_ENTITY && onr_reading_token(r, k - 1)->possessive))
      return entity;
    if (!r->words[k - 1].mention && tag != ONR_TAG_NOUN && tag != ONR_TAG_NAME && tag != ONR_TAG_NUMBER)
      break;
  }
  guint32 end = MIN(sentence->end_token, i + 2 + reach);
  for (guint32 by = i + 1; by + 1 < end; by++)
    if (onr_reading_equals_any(r, by, "by from"))
      return author_at(s, by + 1 + (onr_tag(r, by + 1) == ONR_TAG_DETERMINER && by + 2 < end ? 1 : 0));
  return ONR_NO_ENTITY;
}

/* The only one whose polls the article tells of: "the Halden Institute poll", "the survey was conducted for
 * the networks by the Halden Institute". */
static guint32 only_pollster(OnrResolver *s) {
  if (s->has_pollster)
    return s->pollster;
  s->has_pollster = TRUE;
  s->pollster = ONR_NO_ENTITY;
  for (guint32 i = 0; i < s->r->n; i++) {
    guint32 found = is_poll(s->r, i) ? owner_beside(s, i, ONR_SENTENCE_REACH) : ONR_NO_ENTITY;
    if (!onr_resolver_is(s, found, ONR_ENTITY_ORG) || found == s->pollster)
      continue;
    if (s->pollster != ONR_NO_ENTITY)
      return s->pollster = ONR_NO_ENTITY;
    s->pollster = found;
  }
  return s->pollster;
}

/* Is the source a poll, or what a poll found: "results of a survey"? */
static gboolean is_of_poll(const OnrReading *r, OnrSpan source, guint32 core) {
  if (onr_reading_equals_any(r, core - 1, "poll survey"))
    return TRUE;
  for (guint32 i = core; i < source.end && onr_reading_equals_any(r, core - 1, "results data"); i++)
    if (onr_reading_equals_any(r, i, "poll survey"))
      return TRUE;
  return FALSE;
}

/* What a newspaper prints: one is called by several of these words. */
static gboolean is_piece(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "article piece story feature column editorial op-ed essay profile");
}

static gboolean is_same_document(const OnrReading *r, guint32 a, guint32 b) {
  return r->words[a].key == r->words[b].key || (is_poll(r, a) && is_poll(r, b)) ||
         (is_piece(r, a) && is_piece(r, b));
}

/* Who spoke last in the sentence of token I: "Dorn writes in her book". */
static guint32 speaker_in_sentence(const OnrResolver *s, guint32 i) {
  OnrSpan span = onr_resolver_sentence(s, i)->span;
  for (guint32 k = s->quote, n = 0; k > 0 && n < SENTENCE_QUOTES; k--, n++) {
    const OnrQuote *quote = &g_array_index(s->out->quotes, OnrQuote, k - 1);
    if (!quote->cue.n)
      continue;
    OnrSpan cue = onr_annotation_spans(s->out, quote->cue)[0];
    if (cue.end <= span.begin)
      break;
    if (cue.begin < span.end && quote->speakers.n == 1)
      return onr_annotation_speakers(s->out, quote)[0];
  }
  return ONR_NO_ENTITY;
}

/* Who "issued a statement", of the document at token I: the subject of the verb before it. */
static guint32 issuer_of(const OnrResolver *s, guint32 i) {
  const OnrReading *r = s->r;
  guint32 begin = onr_resolver_sentence(s, i)->first_token;
  for (guint32 verb = i; verb-- > begin && i - verb < DOCUMENT_REACH;) {
    if (!onr_reading_equals_any(
            r, verb,
            "issued issuing released releasing published publishing wrote signed sent sending "
            "posted ran running printed launched launching aired airing unveiled unveiling"))
      continue;
    guint32 person = onr_antecedent_subject(s, begin, verb, ONR_GENDER_UNKNOWN);
    return person != ONR_NO_ENTITY ? person : onr_antecedent_body(s, verb);
  }
  return ONR_NO_ENTITY;
}

/* Whoever last wrote, of what is said in "the book": an account that nobody has called so before. */
static guint32 writer_before(const OnrResolver *s, guint32 head) {
  const OnrReading *r = s->r;
  if (!onr_reading_equals_any(r, head, "book memoir letter column article piece post essay op-ed"))
    return ONR_NO_ENTITY;
  for (guint32 k = s->quote, n = 0; k > 0 && n < WRITER_BACK; k--, n++) {
    const OnrQuote *quote = &g_array_index(s->out->quotes, OnrQuote, k - 1);
    const OnrAttribution *item = onr_attributions_get(s->a, g_array_index(s->order, guint32, k - 1));
    for (guint32 i = item->cue.begin; i < item->cue.end && quote->speakers.n == 1; i++)
      if (onr_reading_equals_any(r, i, "wrote writes write written"))
        return onr_annotation_speakers(s->out, quote)[0];
  }
  return ONR_NO_ENTITY;
}

/* "According to the data", behind what a body said: its own. */
static guint32 body_speaking(const OnrResolver *s, guint32 begin, guint32 head) {
  gboolean is_finding = onr_reading_equals_any(
      s->r, head,
      "data figures numbers statistics findings report study survey poll analysis statement editorial");
  return is_finding ? onr_antecedent_running_org(s, onr_resolver_sentence(s, begin)->paragraph)
                    : ONR_NO_ENTITY;
}

/* Whose "the report" is: whose the article said that it is when it last spoke of one. */
static guint32 owner_before(const OnrResolver *s, guint32 begin, guint32 head) {
  const OnrReading *r = s->r;
  guint32 n_named = 0;
  for (guint32 i = begin, n = 0; i > r->n_headline && n < DOCUMENT_BACK && n_named < DOCUMENTS_BACK;
       i--, n++) {
    if (r->words[i - 1].quoted || !is_same_document(r, i - 1, head))
      continue;
    n_named++;
    guint32 owner = owner_beside(s, i - 1, BY_REACH);
    owner = owner == ONR_NO_ENTITY ? speaker_in_sentence(s, i - 1) : owner;
    owner = owner == ONR_NO_ENTITY ? issuer_of(s, i - 1) : owner;
    if (owner != ONR_NO_ENTITY)
      return owner;
  }
  guint32 writer = writer_before(s, head);
  return writer != ONR_NO_ENTITY ? writer : body_speaking(s, begin, head);
}

/* Whom the source itself names as the author. */
static guint32 author_in(const OnrResolver *s, OnrSpan source, guint32 core, guint32 by) {
  const OnrReading *r = s->r;
  guint32 end = source.end;
  gboolean is_cited = by + 1 < end && onr_reading_equals_any(
                                          r, by - 1, "obtained reviewed seen viewed cited analyzed quoted");
  guint32 entity = by + 1 < end && !is_cited
                       ? onr_source_entity(s, by + 1, onr_source_core_end(r, by + 1, end))
                       : ONR_NO_ENTITY;
  gboolean is_sent = onr_reading_equals_any(
      r, core - 1, "post letter memo memorandum email e-mail mail message tweet note statement");
  gboolean is_sender = onr_resolver_is(s, entity, ONR_ENTITY_ORG) ||
                       (is_sent && onr_resolver_is(s, entity, ONR_ENTITY_PERSON));
  if (entity != ONR_NO_ENTITY && (onr_reading_equals(r, by, "by") || is_sender))
    return entity; /* not a report from Norland, a quotation from Dorn */
  for (guint32 i = source.begin; i + 1 < core; i++)
    if (!onr_reading_token(r, i)->possessive &&
        onr_resolver_is(s, onr_resolver_entity_at(s, i), ONR_ENTITY_ORG))
      return onr_resolver_entity_at(s, i);
  return ONR_NO_ENTITY;
}

/* "In a statement announcing the pick, the union called her": the subject behind the comma. */
static guint32 subject_behind(const OnrResolver *s, OnrSpan source) {
  const OnrReading *r = s->r;
  guint32 end = onr_resolver_sentence(s, source.begin)->end_token, comma = source.end;
  if (source.begin == 0 || !onr_reading_equals(r, source.begin - 1, "in"))
    return ONR_NO_ENTITY;
  while (comma < end && onr_tag(r, comma) != ONR_TAG_COMMA)
    comma++;
  if (comma + 1 >= end)
    return ONR_NO_ENTITY;
  return onr_antecedent_doer(s, comma + 1, end);
}

guint32 onr_document_author(OnrResolver *s, OnrSpan source, guint32 core) {
  const OnrReading *r = s->r;
  guint32 subject = subject_behind(s, source);
  if (subject != ONR_NO_ENTITY)
    return subject;
  if (onr_reading_equals_any(r, core - 1, "filing filings record records"))
    return ONR_NO_ENTITY; /* they are with a body, not of it */
  guint32 by = core;
  while (by + 1 < source.end && !onr_reading_equals_any(r, by, "by from"))
    by++;
  guint32 entity = author_in(s, source, core, by);
  gboolean is_known = onr_reading_equals_any(r, source.begin, "the this") && by + 1 >= source.end &&
                      !has_name(r, source.begin, core);
  if (entity == ONR_NO_ENTITY && is_known)
    entity = owner_before(s, source.begin, core - 1);
  if (entity == ONR_NO_ENTITY && is_of_poll(r, source, core))
    entity = only_pollster(s);
  return entity;
}

/* Does a participle say of a thing that it is somebody's own: "a directive issued", not "experts
 * interviewed"? */
static gboolean is_made(const OnrReading *r, guint32 i) {
  return !(r->words[i].forms & ONR_FORM_PARTICIPLE) ||
         onr_reading_equals_any(r, i,
                                "issued released published posted conducted written prepared compiled kept "
                                "shared signed produced commissioned maintained");
}

OnrSpeaker onr_document_maker(const OnrResolver *s, OnrSpan source, guint32 core) {
  const OnrReading *r = s->r;
  OnrSpeaker joint;
  if (core + 1 >= source.end || !onr_reading_equals(r, core, "by") || !is_made(r, core - 1) ||
      r->words[core - 1].classes & (ONR_WORD_TIME | ONR_WORD_CALENDAR))
    return onr_nobody;
  if (onr_joint_resolve(s, (OnrSpan){core + 1, source.end}, &joint))
    return joint;
  guint32 end = onr_source_core_end(r, core + 1, source.end);
  for (guint32 i = core + 1; i < end; i++)
    if (onr_tag(r, i) == ONR_TAG_COORDINATOR && !r->words[i].mention)
      return onr_nobody;
  guint32 entity = onr_source_entity(s, core + 1, end);
  return is_author(s, entity) ? onr_speaker_named(s, entity) : onr_nobody;
}

guint32 onr_document_owner(OnrResolver *s, OnrSpan source, guint32 head) {
  const OnrReading *r = s->r;
  if (!(r->words[head].classes & ONR_WORD_CUE_NOUN) &&
      !onr_reading_equals_any(
          r, head,
          "statement memoir report book op-ed ad advertisement commercial tweet tweets editorial "
          "column letter poll survey study analysis website platform ruling opinion memo "
          "memorandum post blog manifesto article story plan proposal policy video release"))
    return ONR_NO_ENTITY;
  for (guint32 i = head; i-- > source.begin;) {
    if (onr_tag(r, i) == ONR_TAG_POSSESSIVE) {
      OnrSpeaker meant = onr_resolve_pronoun(s, i);
      return meant.n == 1 ? meant.entities[0] : ONR_NO_ENTITY;
    }
    if (onr_reading_token(r, i)->possessive)
      return onr_resolver_entity_at(s, i);
  }
  return ONR_NO_ENTITY;
}
