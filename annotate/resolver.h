/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to the pass that resolves speakers (annotate/speakers.h): what it knows while it goes through an
   article's quotes from the first to the last, and its parts. Each part takes the words of a source and says
   who is meant; all of them look backwards only, but for what a lead keeps back.

     antecedents.c   who was named before: subjects, the running speaker
     joint.c         several at once: "Dorn and Quill", "they"
     descriptions.c  roles and bodies: "the minister", "her campaign", "the agency"
     documents.c     what is written: "the Halden Institute poll", "the report"
     clauses.c       what stands around the source: "Dorn, a dealer, said", "in a statement"
     speakers.c      the source as a whole, and quotes without one */
#pragma once

#include "annotate/speakers.h"

#include "annotate/phrases.h"

G_BEGIN_DECLS

/* How a speaker was found. */
typedef enum {
  ONR_BECAUSE_NOTHING, /* nobody was */
  ONR_BECAUSE_NAMED,
  ONR_BECAUSE_TOGETHER,
  ONR_BECAUSE_WITH_OTHERS,
  ONR_BECAUSE_DESCRIBED,
  ONR_BECAUSE_LABEL,
  ONR_BECAUSE_INTERVIEWED,
  ONR_BECAUSE_SPEAKING,
  ONR_BECAUSE_SUBJECT_HERE,
  ONR_BECAUSE_SUBJECT_BEFORE,
  ONR_BECAUSE_SUBJECT_BACK,
  ONR_BECAUSE_LAST_NAMED,
  ONR_BECAUSE_WRITER,
  ONR_BECAUSE_BODY_SUBJECT,
  ONR_BECAUSE_SEVERAL,
  ONR_BECAUSE_RELATIVE,
  ONR_BECAUSE_ROLE,
  ONR_BECAUSE_ABOUT,
  ONR_BECAUSE_BODY_NAMED,
  ONR_BECAUSE_BODY_MEANT,
  ONR_BECAUSE_DOCUMENT,
  ONR_BECAUSE_CLAUSE,
  ONR_BECAUSE_NO_SOURCE_SPEAKING,
  ONR_BECAUSE_NO_SOURCE_BEFORE,
  ONR_BECAUSE_NO_SOURCE_SUBJECT,
  ONR_N_REASONS
} OnrReason;

/* Who is meant. Passed by value; the role is the annotation's string. */
typedef struct {
  OnrSpeakerType type;
  guint32 entities[ONR_SPEAKERS_MAX];
  guint32 n; /* of them; 0: nobody named */
  const char *role;
  OnrGender gender;
  gboolean is_plural;
  gboolean is_human; /* of one without a name: what "he" may be; reports and years are not */
  OnrReason reason;
} OnrSpeaker;

typedef struct {
  const OnrAttributions *a;
  const GArray *order; /* guint32: the attribution of each quote of OUT */
  guint32 quote;       /* the one at hand; those before it have their speakers */
  const OnrReading *r;
  OnrEntities *entities;
  OnrAnnotation *out;
  OnrSpeaker running;
  guint32 running_paragraph; /* of the running speaker's last words; G_MAXUINT32 before the first */
  GArray *talked_of; /* guint32: entities that the words of the quote at hand name: hardly its speaker */
  struct {
    gboolean is_begun; /* its first letter, Q or A, is seen */
    OnrSpeaker answers;
  } interview;
  gboolean has_pollster; /* the next is found */
  guint32 pollster;      /* the one whose polls the article tells of; ONR_NO_ENTITY for none or several */
} OnrResolver;

static const OnrSpeaker onr_nobody = {.type = ONR_SPEAKER_UNKNOWN};

static inline const OnrMention *onr_resolver_mention(const OnrResolver *s, guint32 i) {
  return &g_array_index(s->out->mentions, OnrMention, i);
}

static inline const OnrEntity *onr_resolver_entity(const OnrResolver *s, guint32 i) {
  return &g_array_index(s->out->entities, OnrEntity, i);
}

/* The entity that token TOKEN is part of the name of, or ONR_NO_ENTITY. */
static inline guint32 onr_resolver_entity_at(const OnrResolver *s, guint32 token) {
  guint32 mention = s->r->words[token].mention;
  return mention ? onr_resolver_mention(s, mention - 1)->entity : ONR_NO_ENTITY;
}

/* Is ENTITY, which may be ONR_NO_ENTITY, of TYPE? */
static inline gboolean onr_resolver_is(const OnrResolver *s, guint32 entity, OnrEntityType type) {
  return entity != ONR_NO_ENTITY && onr_resolver_entity(s, entity)->type == type;
}

/* The sentence that token TOKEN is in. */
static inline const OnrSentence *onr_resolver_sentence(const OnrResolver *s, guint32 token) {
  const OnrDocument *doc = s->r->doc;
  return &doc->sentences[onr_document_sentence_at(doc, onr_reading_token(s->r, token)->begin)];
}

OnrGender onr_resolver_gender(const OnrResolver *s, guint32 entity);

/* --- speakers (resolver.c) --- */

OnrSpeaker onr_speaker_named(const OnrResolver *s, guint32 entity);
/* Somebody without a name, by the words SOURCE: "critics". */
OnrSpeaker onr_speaker_described(const OnrResolver *s, OnrSpeakerType type, OnrSpan source);
/* SPEAKER, found for REASON. */
OnrSpeaker onr_speaker_because(OnrSpeaker speaker, OnrReason reason);
/* Into words; static, NULL for NOTHING. */
const char *onr_reason_text(OnrReason reason);
/* Of so many in a hundred found for REASON in a quote of CONFIDENCE the speaker is right. */
guint8 onr_reason_confidence(OnrReason reason, guint8 confidence);

/* --- the words of a source (resolver.c) --- */

/* Where what stands behind the head, apposed or relative, begins: SOURCE's end where nothing does. */
guint32 onr_source_head_end(const OnrReading *r, OnrSpan source);
/* Where what is said of a noun begins: "of the state", "released last year" behind a document. */
guint32 onr_source_core_end(const OnrReading *r, guint32 begin, guint32 end);
/* The entity named by the last words of [BEGIN, END), or ONR_NO_ENTITY. */
guint32 onr_source_entity(const OnrResolver *s, guint32 begin, guint32 end);
/* Does the word name a kind of people: Norlandic, Democrats, critics? */
static inline gboolean onr_is_kind(const OnrReading *r, guint32 token) {
  return (r->words[token].classes & (ONR_WORD_DEMONYM | ONR_WORD_PEOPLE)) != 0;
}

/* --- antecedents.c; entities are indices of OUT, ONR_NO_ENTITY for none --- */

/* Index of the first mention that begins at or after byte OFFSET. */
guint32 onr_mention_from(const OnrResolver *s, guint32 offset);
/* A person of whom GENDER may be said and of whom the quote at hand does not speak. */
gboolean onr_antecedent_is_person(const OnrResolver *s, guint32 entity, OnrGender gender);
gboolean onr_antecedent_is_talked_of(const OnrResolver *s, guint32 entity);
/* Was ENTITY named before mention MENTION? */
gboolean onr_antecedent_is_known(const OnrResolver *s, guint32 entity, guint32 mention);
/* The person who is the subject of the tokens [BEGIN, END), within one sentence; of sentence K as a whole. */
guint32 onr_antecedent_subject(const OnrResolver *s, guint32 begin, guint32 end, OnrGender gender);
guint32 onr_antecedent_subject_body(const OnrResolver *s, guint32 begin, guint32 end); /* likewise the body */
guint32 onr_antecedent_doer(const OnrResolver *s, guint32 begin, guint32 end); /* the person, else the body */
guint32 onr_antecedent_of_sentence(const OnrResolver *s, guint32 k, OnrGender gender);
/* "it" at TOKEN: the body that is the subject of the sentence so far, or of the one before in its paragraph.
 */
guint32 onr_antecedent_body(const OnrResolver *s, guint32 token);
/* Is somebody speaking when PARAGRAPH begins? */
gboolean onr_antecedent_runs(const OnrResolver *s, guint32 paragraph);
/* The one organisation that is. */
guint32 onr_antecedent_running_org(const OnrResolver *s, guint32 paragraph);
/* Does sentence K go on in the paragraph of the one before? */
gboolean onr_antecedent_goes_on(const OnrDocument *doc, guint32 k);
/* "he", "she" at TOKEN. Empties S->talked_of where nobody else is left. */
OnrSpeaker onr_antecedent_third(OnrResolver *s, guint32 token, OnrGender gender);

/* --- joint.c --- */

/* "Pavel Dorn and Ada Quill", "Senators Dorn of Halden and Quill of Lorne", "Dorn, Quill and the Tolland
 * Institute": all of them, where each part of SOURCE is a name; of "Dorn and his aides" Dorn. FALSE where a
 * part is no name otherwise, and where there is only one. */
gboolean onr_joint_resolve(const OnrResolver *s, OnrSpan source, OnrSpeaker *out);
/* "they" at TOKEN: the several that are the subject of this sentence so far or of one of those before. */
OnrSpeaker onr_joint_subject(const OnrResolver *s, guint32 token);

/* --- descriptions.c --- */

/* A source whose head, the token before CORE, is a common noun. */
OnrSpeaker onr_description_resolve(OnrResolver *s, OnrSpan source, guint32 core);
/* "The Norland Republican": whoever is talked about, where HEAD is such a word; nobody where it is none. */
OnrSpeaker onr_description_of_party(const OnrResolver *s, guint32 begin, guint32 head);

/* --- documents.c --- */

/* Whose a document is, whose head is the token before CORE: "an analysis by Lily Batcher", "a statement from
 * the board", "a Quinnip University poll"; one that was spoken of before, for "the poll". */
guint32 onr_document_author(OnrResolver *s, OnrSpan source, guint32 core);
/* "Calculations by Dorn", "a directive issued by the Tolland Institute": whoever made what the head, before
 * CORE, is, a document or not; nobody where no name says it. */
OnrSpeaker onr_document_maker(const OnrResolver *s, OnrSpan source, guint32 core);
/* "Dorn’s memoir", "her statement", "the board’s latest report": who speaks through a document, or a claim,
 * that is theirs. Not so the mail, the taxes and the files that somebody else reads. */
guint32 onr_document_owner(OnrResolver *s, OnrSpan source, guint32 head);

/* --- clauses.c --- */

/* "Pavel Dorn (Halden), a dealer in rope", "Ada Quill, who quarrels with the ferrymen": the person who stands
 * before the apposition that SOURCE is, or is in. */
guint32 onr_clause_apposed_to(const OnrResolver *s, OnrSpan source);
/* Whom the clause around ITEM's source names, where the source itself names nobody. */
OnrSpeaker onr_clause_speaker(const OnrResolver *s, const OnrAttribution *item);

/* --- speakers.c --- */

OnrSpeaker onr_resolve_pronoun(OnrResolver *s, guint32 token);

G_END_DECLS
