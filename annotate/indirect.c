/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributions without marks, and those whose content is only partly in marks: cue verbs, nouns and
   adjectives in the sentences that quotations have left over. */
#include "annotate/attribution.h"
#include "annotate/complement.h"
#include "annotate/phrases.h"
#include "annotate/subject.h"

typedef struct {
  OnrAttributions *a;
  const OnrReading *r;
  guint32 begin, end; /* of the sentence */
  guint32 paragraph;
  guint32 free_from; /* end of the last content or clause: what stands before it belongs to another */
} Scope;

static guint32 add(Scope *s, OnrConstruction construction, OnrAct act, const OnrSubject *subject,
                   OnrSpan cue) {
  OnrAttribution item = {.construction = construction,
                         .act = act,
                         .source = subject->source,
                         .cue = cue,
                         .paragraph = s->paragraph,
                         .same_source = subject->same_source};
  s->free_from = MAX(s->free_from, MAX(cue.end, subject->source.end));
  return onr_attributions_add(s->a, &item);
}

static void add_content(Scope *s, guint32 index, guint32 begin, guint32 end) {
  onr_attributions_add_content(s->a, index, begin, end);
  s->free_from = MAX(s->free_from, end);
}

/* --- verbs --- */

typedef struct {
  OnrCueUse use;
  guint32 group;
  gboolean is_passive;
  gboolean is_infinitive;
  gboolean is_bare_participle; /* "…, adding": no auxiliary before it */
} Verb;

static gboolean is_passive(const OnrReading *r, guint32 lower, guint32 v) {
  if (onr_tag(r, v) != ONR_TAG_PARTICIPLE)
    return FALSE;
  for (guint32 i = v; i > lower;) {
    i--;
    if (onr_tag(r, i) == ONR_TAG_AUXILIARY)
      return (r->words[i].classes & ONR_WORD_BE) != 0;
    if (onr_tag(r, i) == ONR_TAG_PRONOUN && r->words[i].classes & ONR_WORD_CONTRACTED)
      return FALSE;
    if (onr_tag(r, i) != ONR_TAG_ADVERB)
      break;
  }
  return TRUE; /* a participle behind a noun: "the plan criticised by" */
}

/* The words before a cue that follows its content: "…, he said": from the last free place to the comma. */
static gboolean content_before(const Scope *s, guint32 end, OnrSpan *out) {
  guint32 begin = s->free_from;
  while (begin < end &&
         (onr_tag(s->r, begin) == ONR_TAG_COMMA || onr_tag(s->r, begin) == ONR_TAG_COORDINATOR ||
          onr_tag(s->r, begin) == ONR_TAG_STOP || onr_tag(s->r, begin) == ONR_TAG_DASH))
    begin++;
  end = onr_trim_content(s->r, begin, end);
  *out = (OnrSpan){begin, end};
  return end > begin && !onr_attributions_is_claimed(s->a, begin, end);
}

static gboolean ends_clause(const Scope *s, guint32 i) {
  if (i >= s->end)
    return TRUE;
  OnrTag tag = onr_tag(s->r, i);
  return tag == ONR_TAG_COMMA || tag == ONR_TAG_STOP || tag == ONR_TAG_DASH || tag == ONR_TAG_CLOSE;
}

static guint32 clause_end_behind(const Scope *s, const OnrCueUse *use) {
  guint32 i = onr_skip_adverbials(s->r, use->end, s->end);
  if (!ends_clause(s, i) && use->frames & (ONR_FRAME_OBJECT_CLAUSE | ONR_FRAME_NOUN))
    i = onr_skip_adverbials(s->r, onr_noun_phrase_end(s->r, use->end, s->end), s->end);
  return i;
}

/* "…, he said, …": BEGIN and END bound the clause of attribution. */
static gboolean add_parenthesis(Scope *s, const OnrCueUse *use, const OnrSubject *subject, guint32 begin,
                                guint32 end, OnrSpan cue) {
  OnrSpan before;
  gboolean is_set_off = begin > s->begin && onr_tag(s->r, begin - 1) == ONR_TAG_COMMA;
  if (!is_set_off || !content_before(s, begin - 1, &before))
    return FALSE;
  gboolean goes_on = end + 1 < s->end && onr_tag(s->r, end) == ONR_TAG_COMMA;
  if (!goes_on && !onr_has_finite_verb(s->r, before.begin, before.end))
    return FALSE;
  guint32 index = add(s, ONR_CONSTRUCTION_PARENTHESIS, use->act, subject, cue);
  add_content(s, index, before.begin, before.end);
  if (goes_on) {
    guint32 stop = onr_clause_end(s->a, end + 1, s->end);
    add_content(s, index, end + 1, onr_trim_content(s->r, end + 1, stop));
  }
  return TRUE;
}

/* "…, said Jane Doe of the farmers' union." */
static gboolean try_inversion(Scope *s, const Verb *verb) {
  const OnrReading *r = s->r;
  guint32 v = verb->use.begin;
  if (v == s->begin || onr_tag(r, v) != ONR_TAG_VERB || onr_tag(r, v - 1) != ONR_TAG_COMMA ||
      !(verb->use.frames & ONR_FRAME_AFTER))
    return FALSE;
  guint32 end = onr_subject_after(s->a, verb->use.end, s->end);
  if (end == verb->use.end)
    return FALSE;
  guint32 stop = onr_skip_adverbials(r, end, s->end);
  if (!ends_clause(s, stop))
    return FALSE;
  OnrSubject subject = {{verb->use.end, end}, 0};
  return add_parenthesis(s, &verb->use, &subject, v, stop, (OnrSpan){v, verb->use.end});
}

static gboolean try_passive(Scope *s, const Verb *verb) {
  const OnrReading *r = s->r;
  const OnrCueUse *use = &verb->use;
  OnrSubject subject, none = {{0, 0}, 0};
  OnrSubjectScope scope = {s->begin, s->free_from, s->end};
  if (!onr_subject_before(s->a, &scope, verb->group, &subject))
    return FALSE;
  guint32 i = use->end;
  OnrSpan cue = {verb->group, use->end};
  if (use->frames & ONR_FRAME_PASSIVE_TO && i + 1 < s->end && onr_tag(r, i) == ONR_TAG_TO) {
    guint32 index = add(s, ONR_CONSTRUCTION_PASSIVE, use->act, &none, cue);
    if (subject.source.begin < subject.source.end)
      add_content(s, index, subject.source.begin, subject.source.end);
    add_content(s, index, i, onr_trim_content(r, i, onr_clause_end(s->a, i, s->end)));
    return TRUE;
  }
  if (i < s->end && onr_reading_equals(r, i, "by") && use->frames & ONR_FRAME_NOUN) {
    guint32 end = onr_subject_after(s->a, i + 1, s->end);
    if (end == i + 1)
      return FALSE;
    OnrSubject by = {{i + 1, end}, 0};
    guint32 index = add(s, ONR_CONSTRUCTION_PASSIVE, use->act, &by, cue);
    add_content(s, index, subject.source.begin, subject.source.end);
    return TRUE;
  }
  OnrComplement c;
  gboolean is_impersonal =
      subject.source.end == subject.source.begin + 1 && onr_reading_equals(r, subject.source.begin, "it");
  if (is_impersonal && onr_complement_find(s->a, use, s->end, &c) &&
      c.construction == ONR_CONSTRUCTION_THAT) {
    guint32 index = add(s, ONR_CONSTRUCTION_PASSIVE, use->act, &none, cue);
    add_content(s, index, c.begin, c.end);
    return TRUE;
  }
  return FALSE;
}

static gboolean subject_of(const Scope *s, const Verb *verb, OnrSubject *subject) {
  OnrSubjectScope scope = {s->begin, s->free_from, s->end};
  if (verb->is_bare_participle)
    return onr_subject_of_participle(s->a, &scope, verb->group, subject);
  return verb->is_infinitive ? onr_subject_of_infinitive(s->a, &scope, verb->group, subject)
                             : onr_subject_before(s->a, &scope, verb->group, subject);
}

/* "…, he said": nothing that the cue governs follows it. */
static gboolean try_parenthesis(Scope *s, const Verb *verb) {
  const OnrCueUse *use = &verb->use;
  OnrSubject subject;
  OnrComplement c;
  if (!(use->frames & ONR_FRAME_AFTER) || verb->is_bare_participle || !subject_of(s, verb, &subject) ||
      subject.same_source)
    return FALSE;
  guint32 stop = clause_end_behind(s, use);
  return ends_clause(s, stop) && !onr_complement_find(s->a, use, s->end, &c) &&
         add_parenthesis(s, use, &subject, subject.source.begin, stop, (OnrSpan){verb->group, use->end});
}

/* "changes, which officials said will take effect": the clause has lost its subject to the pronoun before. */
static gboolean try_gapped(Scope *s, const Verb *verb, const OnrSubject *subject) {
  const OnrReading *r = s->r;
  guint32 i = verb->use.end, wh = subject->source.begin;
  if (!(verb->use.frames & ONR_FRAME_CLAUSE) || i >= s->end || wh <= s->free_from || subject->same_source)
    return FALSE;
  OnrTag before = onr_tag(r, wh - 1), next = onr_tag(r, i);
  if ((before != ONR_TAG_WH && before != ONR_TAG_THAT) || (next != ONR_TAG_AUXILIARY && next != ONR_TAG_VERB))
    return FALSE;
  guint32 index = add(s, ONR_CONSTRUCTION_CLAUSE, verb->use.act, subject, (OnrSpan){verb->group, i});
  guint32 end = onr_clause_end(s->a, i, s->end);
  for (guint32 k = i; k < end && wh > s->begin + 1 && onr_tag(r, wh - 2) == ONR_TAG_COMMA; k++)
    if (onr_tag(r, k) ==
        ONR_TAG_COMMA) /* the relative clause ends at the comma that answers the one before it */
      end = k;
  add_content(s, index, wh - 1, wh);
  add_content(s, index, i, onr_trim_content(r, i, end));
  return TRUE;
}

static OnrConstruction construction_of(const Verb *verb, OnrConstruction complement) {
  if (verb->is_bare_participle)
    return complement == ONR_CONSTRUCTION_NOUN_PHRASE ? ONR_CONSTRUCTION_PARTICIPLE_PHRASE
                                                      : ONR_CONSTRUCTION_PARTICIPLE;
  return verb->is_infinitive ? ONR_CONSTRUCTION_INFINITIVE : complement;
}

/* The cue stands in a clause that another one follows: "If he implied that he was leaving, nobody believed
 * it." */
static gboolean is_subordinate(const Scope *s, const OnrSubject *subject) {
  guint32 begin = subject->source.begin;
  if (subject->source.begin == subject->source.end || subject->same_source || begin <= s->begin)
    return FALSE;
  return onr_tag(s->r, begin - 1) == ONR_TAG_SUBORDINATOR ||
         onr_reading_equals_any(s->r, begin - 1,
                                "as when while if although though after before since because once");
}

static guint32 end_of_subordinate(const OnrReading *r, guint32 begin, guint32 end) {
  for (guint32 i = begin + 1; i + 1 < end; i++)
    if (onr_tag(r, i) == ONR_TAG_COMMA && !r->words[i].quoted)
      return i;
  return end;
}

/* "A website called “Night Ferry”": the name of a thing, nobody's word for it. */
static gboolean is_title_of_work(const OnrReading *r, const OnrSubject *subject, const OnrComplement *c) {
  guint32 verb = c->cue_end - 1;
  return onr_reading_equals_any(r, verb, "called dubbed labeled termed") &&
         subject->source.begin < subject->source.end && subject->source.end == verb &&
         onr_reading_equals_any(r, subject->source.begin, "a an") &&
         (r->words[c->begin].quoted || onr_tag(r, c->begin) == ONR_TAG_NAME);
}

static gboolean try_active(Scope *s, const Verb *verb) {
  const OnrCueUse *use = &verb->use;
  OnrSubject subject;
  OnrComplement c;
  if (!subject_of(s, verb, &subject) && !verb->is_bare_participle)
    return FALSE;
  if (!onr_complement_find(s->a, use, s->end, &c))
    return try_gapped(s, verb, &subject);
  if (is_subordinate(s, &subject))
    c.end = end_of_subordinate(s->r, c.begin, c.end);
  if (is_title_of_work(s->r, &subject, &c))
    return FALSE;
  if (verb->is_infinitive && !onr_is_agent(s->r, subject.source))
    return FALSE;
  OnrConstruction construction = construction_of(verb, c.construction);
  guint32 index = add(s, construction, use->act, &subject, (OnrSpan){verb->group, c.cue_end});
  add_content(s, index, c.begin, c.end);
  return TRUE;
}

/* "Asked by a reporter whether …, she said"; "when asked about …": who asks is named behind "by" or not at
 * all. */
static gboolean try_asked(Scope *s, const Verb *verb) {
  const OnrReading *r = s->r;
  OnrCueUse use = verb->use;
  gboolean opens = verb->group == s->begin || onr_tag(r, verb->group - 1) == ONR_TAG_SUBORDINATOR ||
                   onr_reading_equals_any(r, verb->group - 1, "when if");
  if (!opens || !onr_reading_equals(r, use.begin, "asked"))
    return FALSE;
  OnrSubject by = {{0, 0}, 0};
  OnrSpan cue = {verb->group, use.end};
  if (use.end + 1 < s->end && onr_reading_equals(r, use.end, "by")) {
    guint32 end = onr_bare_phrase_end(r, use.end + 1, s->end);
    by.source = (OnrSpan){use.end + 1, end};
    use.end = end;
  }
  OnrComplement c;
  if (!onr_complement_find(s->a, &use, s->end, &c))
    return FALSE;
  guint32 index = add(s, ONR_CONSTRUCTION_PASSIVE, use.act, &by, cue);
  for (guint32 i = c.begin; i < c.end; i++)
    if (onr_tag(r, i) == ONR_TAG_COMMA)
      c.end = i;
  add_content(s, index, c.begin, c.end);
  return TRUE;
}

static gboolean read_verb(const Scope *s, guint32 v, Verb *verb) {
  const OnrReading *r = s->r;
  OnrTag tag = onr_tag(r, v);
  if ((tag != ONR_TAG_VERB && tag != ONR_TAG_PARTICIPLE && tag != ONR_TAG_ING) ||
      !onr_cue_use_verb(r, v, s->end, &verb->use))
    return FALSE;
  verb->group = onr_verb_group_begin(r, s->free_from, v);
  verb->is_passive = is_passive(r, s->begin, v);
  gboolean contracted = verb->group > s->begin && onr_tag(r, verb->group - 1) == ONR_TAG_PRONOUN;
  verb->is_infinitive = verb->group > s->begin && onr_tag(r, verb->group - 1) == ONR_TAG_TO;
  verb->is_bare_participle = tag == ONR_TAG_ING && verb->group == v && !contracted;
  return TRUE;
}

static gboolean try_behind(Scope *s, guint32 v) {
  Verb verb;
  return read_verb(s, v, &verb) && !verb.is_passive && (try_inversion(s, &verb) || try_parenthesis(s, &verb));
}

static gboolean try_verb(Scope *s, guint32 v) {
  Verb verb;
  if (!read_verb(s, v, &verb))
    return FALSE;
  if (try_asked(s, &verb))
    return TRUE;
  return verb.is_passive ? try_passive(s, &verb) : try_active(s, &verb);
}

/* --- according to, nouns, adjectives --- */

static gboolean try_according(Scope *s, guint32 i) {
  const OnrReading *r = s->r;
  if (i + 2 >= s->end || !onr_reading_equals(r, i, "according") || !onr_reading_equals(r, i + 1, "to"))
    return FALSE;
  guint32 end = onr_subject_after(s->a, i + 2, s->end);
  if (end == i + 2)
    return FALSE;
  OnrSubject subject = {{i + 2, end}, 0};
  OnrSpan cue = {i, i + 2}, before = {i, i};
  gboolean has_before = i > s->begin && content_before(s, i, &before) && before.end > before.begin + 1;
  /* What a quotation's clause has left over is no content: "he said on Sunday, according to". */
  if (has_before && s->free_from > s->begin && !onr_has_finite_verb(r, before.begin, before.end))
    return FALSE;
  guint32 stop = onr_skip_adverbials(r, end, s->end);
  gboolean goes_on = stop + 1 < s->end && onr_tag(r, stop) == ONR_TAG_COMMA;
  if (!has_before && !goes_on)
    return FALSE;
  guint32 index = add(s, ONR_CONSTRUCTION_ACCORDING, ONR_ACT_SPEECH, &subject, cue);
  if (has_before)
    add_content(s, index, before.begin, before.end);
  /* Behind a whole clause the rest is the writer's; inside one it is the clause's end. */
  if (goes_on && (!has_before || !onr_has_finite_verb(r, before.begin, before.end)))
    add_content(s, index, stop + 1, onr_trim_content(r, stop + 1, onr_clause_end(s->a, stop + 1, s->end)));
  return TRUE;
}

/* The owner of a cue noun: "his claim", "the ministry's stated fear"; the subject of "made the claim", "has a
 * plan". */
static gboolean owner_of(const Scope *s, guint32 noun, OnrSubject *out, guint32 *cue_begin) {
  const OnrReading *r = s->r;
  guint32 i = noun;
  *out = (OnrSubject){{0, 0}, 0};
  while (i > s->free_from && i + 4 > noun &&
         (onr_tag(r, i - 1) == ONR_TAG_NOUN || onr_tag(r, i - 1) == ONR_TAG_ADVERB) &&
         !onr_reading_token(r, i - 1)->possessive)
    i--;
  if (i == s->free_from)
    return FALSE;
  *cue_begin = i;
  if (onr_tag(r, i - 1) == ONR_TAG_POSSESSIVE) {
    out->source = (OnrSpan){i - 1, i};
    return TRUE;
  }
  if (onr_reading_token(r, i - 1)->possessive && !(r->words[i - 1].classes & ONR_WORD_CONTRACTED)) {
    out->source = (OnrSpan){onr_noun_phrase_begin(r, s->free_from, i), i};
    return out->source.begin < i;
  }
  guint32 v = i;
  if (onr_tag(r, v - 1) == ONR_TAG_DETERMINER)
    v--;
  if (v == s->free_from)
    return FALSE;
  gboolean has = onr_tag(r, v - 1) == ONR_TAG_AUXILIARY && r->words[v - 1].classes & ONR_WORD_HAVE;
  gboolean supports =
      has ||
      ((onr_tag(r, v - 1) == ONR_TAG_VERB || onr_tag(r, v - 1) == ONR_TAG_PARTICIPLE) &&
       onr_reading_equals_any(
           r, v - 1,
           "made make makes raised raise raises issued issue issues held hold holds shared share shares "
           "gave give gives repeated repeats drew offered showed expressed"));
  if (!supports)
    return FALSE;
  guint32 group = onr_verb_group_begin(r, s->free_from, v - 1);
  OnrSubjectScope scope = {s->begin, s->free_from, s->end};
  *cue_begin = group;
  return onr_subject_before(s->a, &scope, group, out);
}

/* "The minister's claim that the bridge is safe angered the divers": a second finite verb that nothing joins
 * is the sentence's own. */
static guint32 end_before_main_verb(const OnrReading *r, guint32 begin, guint32 end) {
  gboolean seen = FALSE;
  for (guint32 i = begin + 1; i < end; i++) {
    OnrTag tag = onr_tag(r, i), before = onr_tag(r, i - 1);
    if (r->words[i].quoted || (tag != ONR_TAG_VERB && tag != ONR_TAG_AUXILIARY) || before == ONR_TAG_TO)
      continue;
    gboolean is_free = before == ONR_TAG_NOUN || before == ONR_TAG_NAME || before == ONR_TAG_COMMA;
    gboolean is_second = seen || onr_tag(r, begin) == ONR_TAG_TO;
    if (is_second && is_free)
      return before == ONR_TAG_COMMA ? i - 1 : i;
    seen = TRUE;
  }
  return end;
}

static gboolean try_noun(Scope *s, guint32 i) {
  OnrCueUse use;
  OnrSubject subject;
  OnrComplement c;
  guint32 cue_begin;
  if (onr_tag(s->r, i) != ONR_TAG_NOUN || !onr_cue_use_noun(s->r, i, &use) ||
      !owner_of(s, i, &subject, &cue_begin) || !onr_complement_find(s->a, &use, s->end, &c))
    return FALSE;
  if (c.construction == ONR_CONSTRUCTION_CLAUSE) /* "his fear he": a clause needs its "that" here */
    return FALSE;
  /* "her position on taxes" tells what it is about, not what it is; "her rejection of the plan" does. */
  gboolean is_topic = c.cue_end > use.end && !onr_reading_equals(s->r, use.end, "of");
  if (is_topic && cue_begin > subject.source.begin && subject.source.end == cue_begin)
    return FALSE;
  if (c.construction == ONR_CONSTRUCTION_THAT || c.construction == ONR_CONSTRUCTION_TO)
    c.end = end_before_main_verb(s->r, c.begin, c.end);
  guint32 index = add(s, ONR_CONSTRUCTION_CUE_NOUN, use.act, &subject, (OnrSpan){cue_begin, c.cue_end});
  add_content(s, index, c.begin, c.end);
  return TRUE;
}

static gboolean try_adjective(Scope *s, guint32 i) {
  const OnrReading *r = s->r;
  OnrCueUse use;
  OnrSubject subject;
  OnrComplement c;
  if (!onr_cue_use_adjective(r, i, &use))
    return FALSE;
  guint32 v = i;
  while (v > s->free_from && (onr_tag(r, v - 1) == ONR_TAG_ADVERB))
    v--;
  if (v == s->free_from)
    return FALSE;
  v--;
  gboolean copular = (onr_tag(r, v) == ONR_TAG_AUXILIARY && r->words[v].classes & ONR_WORD_BE) ||
                     (onr_tag(r, v) == ONR_TAG_PRONOUN && r->words[v].classes & ONR_WORD_CONTRACTED) ||
                     onr_reading_equals_any(r, v,
                                            "feel feels felt remain remains remained seem seems seemed grew "
                                            "became become becomes sounded appeared");
  if (!copular)
    return FALSE;
  guint32 group = onr_tag(r, v) == ONR_TAG_PRONOUN ? v + 1 : onr_verb_group_begin(r, s->free_from, v);
  OnrSubjectScope scope = {s->begin, s->free_from, s->end};
  if (!onr_subject_before(s->a, &scope, group, &subject) || !onr_complement_find(s->a, &use, s->end, &c))
    return FALSE;
  guint32 index = add(s, ONR_CONSTRUCTION_CUE_ADJECTIVE, use.act, &subject, (OnrSpan){group, c.cue_end});
  add_content(s, index, c.begin, c.end);
  return TRUE;
}

/* A clause of attribution behind its content is outermost: it is found before the cues inside that content.
 */
static void find_behind(Scope *s) {
  for (guint32 i = s->begin; i < s->end; i++) {
    const OnrWord *w = &s->r->words[i];
    if (s->a->claims[i])
      s->free_from = MAX(s->free_from, i + 1);
    else if (!w->quoted && (w->cue || w->classes & ONR_WORD_ACCORDING))
      (void)(try_according(s, i) || try_behind(s, i));
  }
  s->free_from = s->begin;
}

static void find_in_sentence(Scope *s) {
  find_behind(s);
  for (guint32 i = s->begin; i < s->end; i++) {
    const OnrWord *w = &s->r->words[i];
    if (s->a->claims[i]) {
      s->free_from = MAX(s->free_from, i + 1);
      continue;
    }
    if (w->quoted || !(w->cue || w->classes & (ONR_WORD_CUE_NOUN | ONR_WORD_CUE_ADJECTIVE)))
      continue;
    if (try_verb(s, i) || try_adjective(s, i) || try_noun(s, i))
      continue;
  }
}

void onr_find_indirect(OnrAttributions *a, guint32 paragraph) {
  const OnrReading *r = a->reading;
  const OnrParagraph *p = &r->doc->paragraphs[paragraph];
  for (guint32 k = p->first_sentence; k < p->end_sentence; k++) {
    const OnrSentence *sentence = &r->doc->sentences[k];
    if (sentence->end_token <= r->n_headline)
      continue;
    for (guint32 i = sentence->first_token; i < sentence->end_token; i += ONR_SENTENCE_REACH) {
      Scope s = {.a = a,
                 .r = r,
                 .begin = i,
                 .end = MIN(sentence->end_token, i + ONR_SENTENCE_REACH),
                 .paragraph = paragraph,
                 .free_from = i};
      find_in_sentence(&s);
    }
  }
}
