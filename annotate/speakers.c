/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/resolver.h"

#include "annotate/kinds.h"

/* Tokens of a list of names that is looked back over. */
#define LIST_REACH 40

static OnrSpeaker resolve_span(OnrResolver *s, OnrSpan source, gboolean may_recur);

static guint32 mention_begin(const OnrReading *r, guint32 i) {
  while (i > 0 && r->words[i - 1].mention == r->words[i].mention)
    i--;
  return i;
}

/* "who", "which": what stands before. */
static OnrSpeaker resolve_relative(OnrResolver *s, guint32 wh) {
  const OnrReading *r = s->r;
  const OnrSentence *sentence = onr_resolver_sentence(s, wh);
  guint32 end = wh;
  if (end > sentence->first_token &&
      (onr_tag(r, end - 1) == ONR_TAG_COMMA || onr_tag(r, end - 1) == ONR_TAG_DASH))
    end--;
  if (end == sentence->first_token)
    return onr_nobody;
  guint32 begin = onr_noun_phrase_begin(r, sentence->first_token, end);
  if (begin == end)
    return onr_nobody;
  for (guint32 i = begin + 1; i < end; i++) /* a setback for the senator, who */
    if (onr_tag(r, i - 1) == ONR_TAG_PREPOSITION && !onr_reading_equals_any(r, i - 1, "of in from at") &&
        onr_tag(r, i) == ONR_TAG_DETERMINER)
      begin = i;
  guint32 entity = onr_source_entity(s, begin, end);
  gboolean is_whom = entity != ONR_NO_ENTITY && /* voters in Norland, who */
                     (onr_resolver_entity(s, entity)->type == ONR_ENTITY_PERSON ||
                      !onr_reading_equals_any(r, wh, "who who’s who's"));
  OnrSpeaker meant = is_whom ? onr_speaker_named(s, entity) : resolve_span(s, (OnrSpan){begin, end}, FALSE);
  gboolean is_one = end > begin && !(r->words[end - 1].classes & (ONR_WORD_PEOPLE | ONR_WORD_PLURAL));
  guint32 person = meant.n || !is_one ? ONR_NO_ENTITY : onr_clause_apposed_to(s, (OnrSpan){begin, end});
  if (person != ONR_NO_ENTITY) /* Dorn, a lawyer who */
    meant = onr_speaker_named(s, person);
  return onr_speaker_because(meant, ONR_BECAUSE_RELATIVE);
}

OnrSpeaker onr_resolve_pronoun(OnrResolver *s, guint32 token) {
  const OnrWord *w = &s->r->words[token];
  if (w->classes & ONR_WORD_FIRST)
    return (OnrSpeaker){.type = ONR_SPEAKER_AUTHOR, .is_human = TRUE, .reason = ONR_BECAUSE_WRITER};
  if (w->classes & (ONR_WORD_MALE | ONR_WORD_FEMALE)) {
    OnrGender gender = w->classes & ONR_WORD_MALE ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
    return onr_antecedent_third(s, token, gender);
  }
  gboolean runs = onr_antecedent_runs(s, onr_resolver_sentence(s, token)->paragraph);
  gboolean is_they = onr_reading_equals_any(s->r, token, "they their they’ve they've they’re they're");
  if (onr_reading_equals_any(s->r, token, "it its it’s it's")) {
    if (runs && (s->running.type == ONR_SPEAKER_ORG || s->running.type == ONR_SPEAKER_DOCUMENT))
      return onr_speaker_because(s->running, ONR_BECAUSE_SPEAKING);
    guint32 body = onr_antecedent_body(s, token);
    return body != ONR_NO_ENTITY ? onr_speaker_because(onr_speaker_named(s, body), ONR_BECAUSE_BODY_SUBJECT)
                                 : onr_nobody;
  }
  OnrSpeaker joint = is_they ? onr_joint_subject(s, token) : onr_nobody;
  if (joint.n)
    return joint;
  if (is_they && runs && (s->running.is_plural || s->running.type == ONR_SPEAKER_ORG))
    return onr_speaker_because(s->running, ONR_BECAUSE_SPEAKING);
  return onr_speaker_described(s, ONR_SPEAKER_UNNAMED, (OnrSpan){token, token + 1});
}

/* The mention at I, over a title; UPPER where there is none. */
static guint32 name_behind(const OnrReading *r, guint32 i, guint32 upper) {
  while (i < upper && !r->words[i].mention &&
         (r->words[i].classes & ONR_WORD_TITLE ||
          (onr_tag(r, i) == ONR_TAG_OTHER && onr_reading_is_mark(r, i, '.'))))
    i++;
  return i < upper && r->words[i].mention ? i : upper;
}

/* May what begins at FIRST be a name that stands beside the words before it, and not one that they govern? */
static gboolean is_apposable(const OnrReading *r, guint32 begin, guint32 first) {
  return first > begin && onr_tag(r, first - 1) != ONR_TAG_PREPOSITION &&
         onr_tag(r, first - 1) != ONR_TAG_COORDINATOR && onr_tag(r, first - 1) != ONR_TAG_DETERMINER;
}

/* The person whom [BEGIN, END) leads up to, behind what its head, before CORE, governs: "the Foreign Minister
 * of Russia Sergey Lavrov", "Fair Fares director Pavel Dorn", but not "an adviser for President Quill". */
static guint32 person_led_to(const OnrResolver *s, guint32 begin, guint32 core, guint32 end) {
  const OnrReading *r = s->r;
  guint32 whole = onr_source_entity(s, begin, end);
  if (!onr_resolver_is(s, whole, ONR_ENTITY_PERSON))
    return ONR_NO_ENTITY;
  guint32 first = mention_begin(r, end - 1), lead = first;
  if (r->words[core - 1].classes & ONR_WORD_ROLE && onr_reading_equals(r, core, "of"))
    return is_apposable(r, begin, first) ? whole : ONR_NO_ENTITY;
  while (lead > begin && (r->words[lead - 1].mention || r->words[lead - 1].classes & ONR_WORD_TITLE ||
                          onr_tag(r, lead - 1) == ONR_TAG_OTHER))
    lead--;
  gboolean is_titled =
      first > begin && (r->words[first - 1].mention || r->words[first - 1].classes & ONR_WORD_ROLE);
  return is_titled && is_apposable(r, begin, lead) ? whole : ONR_NO_ENTITY;
}

/* "The foreign minister, Mr. Lavrov": the person apposed to the head, before CORE, behind the comma at END.
 */
static guint32 person_apposed(const OnrResolver *s, OnrSpan source, guint32 core, guint32 end) {
  const OnrReading *r = s->r;
  guint64 c = r->words[core - 1].classes;
  gboolean is_one = (onr_tag(r, core - 1) == ONR_TAG_NOUN || c & ONR_WORD_ROLE) &&
                    !(c & (ONR_WORD_PEOPLE | ONR_WORD_PLURAL));
  if (end >= source.end || onr_tag(r, end) != ONR_TAG_COMMA || !is_one)
    return ONR_NO_ENTITY;
  guint32 behind = name_behind(r, end + 1, source.end);
  guint32 entity = behind < source.end ? onr_resolver_entity_at(s, behind) : ONR_NO_ENTITY;
  return onr_resolver_is(s, entity, ONR_ENTITY_PERSON) ? entity : ONR_NO_ENTITY;
}

/* "Dorn the realist". */
static guint32 person_first(const OnrResolver *s, OnrSpan source) {
  const OnrReading *r = s->r;
  guint32 end = source.begin, mention = r->words[source.begin].mention;
  while (mention && end < source.end && r->words[end].mention == mention)
    end++;
  gboolean is_named_so = end > source.begin && end < source.end && onr_reading_equals(r, end, "the");
  guint32 entity = is_named_so ? onr_resolver_entity_at(s, source.begin) : ONR_NO_ENTITY;
  return onr_resolver_is(s, entity, ONR_ENTITY_PERSON) ? entity : ONR_NO_ENTITY;
}

/* A source that ends in the name of ENTITY; of a kind, "the Norland Republican", perhaps one who is known. */
static OnrSpeaker resolve_name(OnrResolver *s, guint32 entity, guint32 begin, guint32 core, guint32 end) {
  if (onr_resolver_entity(s, entity)->type != ONR_ENTITY_MISC || !onr_is_kind(s->r, core - 1))
    return onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_NAMED);
  OnrSpeaker one = onr_description_of_party(s, begin, core - 1);
  return one.n ? one : onr_speaker_described(s, ONR_SPEAKER_UNNAMED, (OnrSpan){begin, end});
}

/* The coordinator of "the nominee and his aides", or END. */
static guint32 with_theirs(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 1; i + 1 < end; i++)
    if (onr_tag(r, i) == ONR_TAG_COORDINATOR && onr_tag(r, i + 1) == ONR_TAG_POSSESSIVE)
      return i;
  return end;
}

static OnrSpeaker resolve_span(OnrResolver *s, OnrSpan source, gboolean may_recur) {
  const OnrReading *r = s->r;
  if (source.begin > 0 && onr_tag(r, source.begin - 1) == ONR_TAG_DETERMINER)
    source.begin--; /* a tagger may cut it off */
  OnrSpeaker joint;
  if (onr_joint_resolve(s, source, &joint))
    return joint;
  guint32 end = with_theirs(r, source.begin, onr_source_head_end(r, source));
  guint32 core = onr_source_core_end(r, source.begin, end);
  guint32 entity = onr_source_entity(s, source.begin, core);
  if (entity == ONR_NO_ENTITY && core < end)
    entity = person_led_to(s, source.begin, core, end);
  if (entity == ONR_NO_ENTITY)
    entity = person_apposed(s, source, core, end);
  if (entity == ONR_NO_ENTITY)
    entity = person_first(s, source);
  if (entity != ONR_NO_ENTITY)
    return resolve_name(s, entity, source.begin, core, end);
  OnrTag first = onr_tag(r, source.begin);
  if (first == ONR_TAG_WH || r->words[source.begin].classes & ONR_WORD_WH ||
      (first == ONR_TAG_THAT && source.end == source.begin + 1))
    return may_recur ? resolve_relative(s, source.begin) : onr_nobody;
  gboolean is_pronoun = first == ONR_TAG_PRONOUN || first == ONR_TAG_POSSESSIVE || first == ONR_TAG_OBJECT;
  return is_pronoun && core == source.begin + 1
             ? onr_resolve_pronoun(s, source.begin)
             : onr_description_resolve(s, (OnrSpan){source.begin, end}, core);
}

/* Words without a source: those of the running speaker, or of the subject of the sentence before. */
static OnrSpeaker resolve_follow_on(OnrResolver *s, guint32 token, guint32 paragraph) {
  const OnrDocument *doc = s->r->doc;
  guint32 k = onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin);
  if (k > 0 && doc->sentences[k - 1].paragraph == paragraph && doc->sentences[k].first_token == token) {
    guint32 found = onr_antecedent_of_sentence(s, k - 1, ONR_GENDER_UNKNOWN);
    if (found != ONR_NO_ENTITY)
      return onr_speaker_because(onr_speaker_named(s, found), ONR_BECAUSE_NO_SOURCE_BEFORE);
  }
  return onr_antecedent_runs(s, paragraph) ? onr_speaker_because(s->running, ONR_BECAUSE_NO_SOURCE_SPEAKING)
                                           : onr_nobody;
}

static void learn_gender(OnrResolver *s, OnrSpan source, const OnrSpeaker *speaker) {
  if (speaker->n != 1 || speaker->type != ONR_SPEAKER_PERSON || source.end != source.begin + 1)
    return;
  guint64 c = s->r->words[source.begin].classes;
  OnrIdentity *identity = &g_array_index(s->entities->identities, OnrIdentity,
                                         g_array_index(s->entities->order, guint32, speaker->entities[0]));
  identity->n_male += c & ONR_WORD_MALE ? 1 : 0;
  identity->n_female += c & ONR_WORD_FEMALE ? 1 : 0;
}

/* A cue without a source: "Dorn is said to be likely to remind them that", "…, noting that": the subject of
 * its sentence, where the verb is none in the passive. */
static OnrSpeaker resolve_unsaid(const OnrResolver *s, const OnrAttribution *item) {
  const OnrReading *r = s->r;
  guint32 verb = item->cue.begin;
  if (item->cue.begin == item->cue.end || r->words[verb].quoted)
    return onr_nobody;
  for (guint32 i = item->cue.begin; i < item->cue.end; i++)
    if (r->words[i].classes & (ONR_WORD_BE | ONR_WORD_CUE_NOUN))
      return onr_nobody;
  if (verb > 0 && r->words[verb - 1].classes & ONR_WORD_BE && !(r->words[verb].forms & ONR_FORM_ING))
    return onr_nobody;
  const OnrSentence *sentence = onr_resolver_sentence(s, verb);
  guint32 found = onr_antecedent_subject(s, sentence->first_token, verb, ONR_GENDER_UNKNOWN);
  return found != ONR_NO_ENTITY
             ? onr_speaker_because(onr_speaker_named(s, found), ONR_BECAUSE_NO_SOURCE_SUBJECT)
             : onr_nobody;
}

/* The entities that the words of QUOTE name, where they are the speaker's own. */
static void gather_talked_of(OnrResolver *s, const OnrQuote *quote) {
  g_array_set_size(s->talked_of, 0);
  for (guint32 i = 0; i < quote->content.n && quote->kind == ONR_QUOTE_DIRECT; i++) {
    OnrSpan span = onr_annotation_spans(s->out, quote->content)[i];
    for (guint32 k = onr_mention_from(s, span.begin);
         k < s->out->mentions->len && onr_resolver_mention(s, k)->span.end <= span.end; k++)
      g_array_append_val(s->talked_of, onr_resolver_mention(s, k)->entity);
  }
}

/* The label of a transcript is no more than words of every day: MODERATOR, AUDIENCE MEMBER. */
static gboolean is_plain_label(const OnrReading *r, OnrSpan label) {
  for (guint32 i = label.begin; i < label.end; i++)
    if (r->words[i].classes & ONR_WORD_ORDINARY & ~ONR_WORD_TITLE && !(r->words[i].classes & ONR_WORD_GIVEN))
      return TRUE;
  return FALSE;
}

/* "Q." asks and "A." answers: the person whom the words before name most often. */
static OnrSpeaker interviewee(OnrResolver *s, guint32 token) {
  if (s->interview.is_begun)
    return s->interview.answers;
  s->interview.is_begun = TRUE;
  guint32 end = onr_mention_from(s, onr_reading_token(s->r, token)->begin), best = 0;
  g_autofree guint32 *n = g_new0(guint32, s->out->entities->len + 1);
  for (guint32 k = 0; k < end; k++) {
    guint32 entity = onr_resolver_mention(s, k)->entity;
    if (onr_resolver_entity(s, entity)->type == ONR_ENTITY_PERSON && ++n[entity] > best) {
      best = n[entity];
      s->interview.answers = onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_INTERVIEWED);
    }
  }
  return s->interview.answers;
}

static OnrSpeaker resolve_label(OnrResolver *s, OnrSpan label) {
  const OnrReading *r = s->r;
  while (label.end > label.begin + 1 && onr_reading_is_mark(r, label.end - 1, '.'))
    label.end--; /* J. K.: */
  if (label.end == label.begin + 1 && onr_reading_equals_any(r, label.begin, "q a")) {
    OnrSpeaker answers = interviewee(s, label.begin);
    return onr_reading_equals(r, label.begin, "a") ? answers : onr_nobody;
  }
  OnrSpeaker speaker = resolve_span(s, label, TRUE);
  if (speaker.n || is_plain_label(r, label))
    return speaker;
  guint32 entity = onr_entities_person_of(s->entities, r, label, s->out);
  return entity != ONR_NO_ENTITY ? onr_speaker_because(onr_speaker_named(s, entity), ONR_BECAUSE_LABEL)
                                 : speaker;
}

/* Where the list of names begins whose last ones stand before token I: "Sens. Dorn (Halden), Quill and"; I
 * where it has ended before: "Dorn and Quill, Holt". */
static guint32 list_begin(const OnrReading *r, guint32 lower, guint32 i) {
  guint32 end = i;
  for (; i > lower && end - i < LIST_REACH; i--) {
    OnrTag tag = onr_tag(r, i - 1);
    gboolean is_of_list = tag == ONR_TAG_NAME || tag == ONR_TAG_COMMA || tag == ONR_TAG_OPEN ||
                          tag == ONR_TAG_CLOSE || tag == ONR_TAG_COORDINATOR ||
                          (tag == ONR_TAG_OTHER && onr_reading_is_mark(r, i - 1, '.')) ||
                          (r->words[i - 1].classes & ONR_WORD_TITLE && onr_reading_is_capital(r, i - 1));
    if (tag == ONR_TAG_COORDINATOR && onr_tag(r, end - 1) == ONR_TAG_COMMA)
      return end;
    if (!is_of_list)
      break;
  }
  return i;
}

/* "Critics, like Senator Dorn, say", "leaders, including Dorn, Holt and Quill, say": the many that SOURCE is
 * an example of; SOURCE where it is none. */
static OnrSpan example_of(const OnrResolver *s, OnrSpan source) {
  const OnrReading *r = s->r;
  guint32 lower = onr_resolver_sentence(s, source.begin)->first_token, i = list_begin(r, lower, source.begin);
  i -= i > lower + 1 && onr_reading_equals(r, i - 1, "as") && onr_reading_equals(r, i - 2, "such") ? 1 : 0;
  if (i < lower + 3 || onr_tag(r, source.end - 1) == ONR_TAG_WH ||
      !onr_reading_equals_any(r, i - 1, "like including such") || onr_tag(r, i - 2) != ONR_TAG_COMMA)
    return source;
  guint32 begin = onr_noun_phrase_begin(r, lower, i - 2);
  return begin < i - 2 ? (OnrSpan){begin, i - 2} : source;
}

static OnrSpeaker resolve(OnrResolver *s, const OnrAttribution *item, const OnrQuote *quote) {
  gather_talked_of(s, quote);
  if (item->construction == ONR_CONSTRUCTION_TRANSCRIPT && item->source.begin < item->source.end)
    return resolve_label(s, item->source);
  if (item->source.begin < item->source.end) {
    OnrSpeaker speaker = resolve_span(s, example_of(s, item->source), TRUE);
    OnrSpeaker around = speaker.n ? onr_nobody : onr_clause_speaker(s, item);
    speaker = around.n ? around : speaker;
    learn_gender(s, item->source, &speaker);
    return speaker;
  }
  if (item->construction != ONR_CONSTRUCTION_FOLLOW_ON && item->construction != ONR_CONSTRUCTION_DIRECT)
    return resolve_unsaid(s, item);
  guint32 offset = onr_annotation_spans(s->out, quote->content)[0].begin;
  return resolve_follow_on(s, onr_reading_token_from(s->r, offset), item->paragraph);
}

/* "Dorn asked whether", "a reporter asked Quill how": what follows is not the asker's. */
static gboolean is_question(const OnrReading *r, const OnrAttribution *item, const OnrQuote *quote) {
  return quote->kind == ONR_QUOTE_INDIRECT && item->cue.begin < item->cue.end &&
         onr_reading_equals_any(r, item->cue.begin, "asked asks ask pressed");
}

/* Who is asked: named directly behind the cue, else nobody new. */
static OnrSpeaker answerer(const OnrResolver *s, const OnrAttribution *item) {
  guint32 upper = MIN(item->cue.end + 3, s->r->n);
  guint32 i = name_behind(s->r, item->cue.end, upper);
  guint32 entity = i < upper ? onr_resolver_entity_at(s, i) : ONR_NO_ENTITY;
  return entity != ONR_NO_ENTITY && onr_antecedent_is_person(s, entity, ONR_GENDER_UNKNOWN)
             ? onr_speaker_named(s, entity)
             : onr_nobody;
}

void onr_speakers_resolve(const OnrAttributions *a, const GArray *order, OnrEntities *entities,
                          OnrAnnotation *out) {
  OnrResolver s = {.a = a,
                   .order = order,
                   .r = a->reading,
                   .entities = entities,
                   .out = out,
                   .running = onr_nobody,
                   .running_paragraph = G_MAXUINT32,
                   .talked_of = g_array_new(FALSE, FALSE, sizeof(guint32))};
  for (guint32 k = 0; k < out->quotes->len; k++) {
    OnrQuote *quote = &g_array_index(out->quotes, OnrQuote, k);
    const OnrAttribution *item = onr_attributions_get(a, g_array_index(order, guint32, k));
    s.quote = k;
    OnrSpeaker speaker = resolve(&s, item, quote);
    quote->speakers = (OnrSpeakerList){out->speakers->len, speaker.n};
    g_array_append_vals(out->speakers, speaker.entities, speaker.n);
    quote->speaker_type = speaker.type;
    quote->role = speaker.role;
    quote->reason = onr_reason_text(speaker.reason);
    quote->speaker_confidence = onr_reason_confidence(speaker.reason, quote->confidence);
    OnrSpeaker next = is_question(s.r, item, quote) ? answerer(&s, item) : speaker;
    if (next.type != ONR_SPEAKER_UNKNOWN && next.type != ONR_SPEAKER_AUTHOR) {
      s.running = next;
      s.running_paragraph = item->paragraph;
    }
  }
  g_array_unref(s.talked_of);
}
