/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributions while they are found: content, cue and source as token spans of a reading. The rules fill one list, the linker
   another (annotate/linking.h), which speakers are then resolved for. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* Words in marks that are a quotation: of four and more 97 % are speech. Fewer, without a stop at the end, are a scare quote
 * or a title unless a cue announces them. */
#define ONR_SPEECH_WORDS 4

/* How an attribution was recognised: the tagger and the judge learn what each is worth. */
typedef enum {
  ONR_CONSTRUCTION_DIRECT,            /* “…,” he said; he said: “…” */
  ONR_CONSTRUCTION_COLON,             /* The mayor was blunt: “…” */
  ONR_CONSTRUCTION_SIGNATURE,         /* “…” — Jane Smith */
  ONR_CONSTRUCTION_TRANSCRIPT,        /* SMITH: … */
  ONR_CONSTRUCTION_FOLLOW_ON,         /* a full quotation without a cue */
  ONR_CONSTRUCTION_ACCORDING,         /* according to */
  ONR_CONSTRUCTION_THAT,              /* said that … */
  ONR_CONSTRUCTION_CLAUSE,            /* said he would … */
  ONR_CONSTRUCTION_PARENTHESIS,       /* …, he said, … */
  ONR_CONSTRUCTION_TO,                /* promised to … */
  ONR_CONSTRUCTION_NOUN_PHRASE,       /* denounced the plan */
  ONR_CONSTRUCTION_OTHER,             /* asked whether, denied taking, complained about */
  ONR_CONSTRUCTION_PARTICIPLE,        /* …, adding that … */
  ONR_CONSTRUCTION_PARTICIPLE_PHRASE, /* …, denouncing the plan */
  ONR_CONSTRUCTION_INFINITIVE,        /* … to announce that … */
  ONR_CONSTRUCTION_CUE_NOUN,          /* her claim that … */
  ONR_CONSTRUCTION_CUE_ADJECTIVE,     /* is confident that … */
  ONR_CONSTRUCTION_PASSIVE,           /* is expected to … */
  ONR_N_CONSTRUCTIONS
} OnrConstruction;

typedef struct {
  OnrConstruction construction;
  OnrAct act;
  OnrSpan source; /* tokens; empty where the text has none */
  OnrSpan cue;
  guint32 paragraph;
  guint8 confidence;   /* percent; 0 until it is judged (annotate/linking.h) */
  guint32 same_source; /* 1 + index of the attribution whose source this one takes over ("…, adding that"); 0
                          none */
} OnrAttribution;

typedef struct {
  guint32 attribution;
  OnrSpan tokens;
} OnrPiece;

typedef struct {
  const OnrReading *reading;
  GArray *items;  /* OnrAttribution */
  GArray *pieces; /* OnrPiece: the contents, in any order */
  guint8 *claims; /* a byte a token: ONR_CLAIM_… */
  guint32 capacity;
} OnrAttributions;

#define ONR_CLAIM_CONTENT 1 /* said by somebody: no cue in it is looked at */
#define ONR_CLAIM_CUE 2     /* part of a cue already used */

void onr_attributions_init(OnrAttributions *a);
void onr_attributions_clear(OnrAttributions *a);
void onr_attributions_reset(OnrAttributions *a, const OnrReading *reading);

/* Adds an attribution and claims its cue; returns its index. */
guint32 onr_attributions_add(OnrAttributions *a, const OnrAttribution *item);

/* Adds [BEGIN, END) to the content of attribution INDEX and claims it. Empty spans are passed over. */
void onr_attributions_add_content(OnrAttributions *a, guint32 index, guint32 begin, guint32 end);

gboolean onr_attributions_is_claimed(const OnrAttributions *a, guint32 begin, guint32 end);

static inline OnrAttribution *onr_attributions_get(const OnrAttributions *a, guint32 index) {
  return &g_array_index(a->items, OnrAttribution, index);
}

/* Attributions with quotation marks around their content, and those without, of one paragraph:
   annotate/direct.c, annotate/indirect.c. */
void onr_find_direct(OnrAttributions *a, guint32 paragraph);
void onr_find_indirect(OnrAttributions *a, guint32 paragraph);
/* "SMITH: …": TRUE where the paragraph is a transcript's, and is then one attribution
 * (annotate/transcript.c). */
gboolean onr_find_transcript(OnrAttributions *a, guint32 paragraph);
/* Quotations that nothing claimed: they follow on to what the running speaker said (annotate/direct.c). */
void onr_find_follow_on(OnrAttributions *a, guint32 paragraph);

G_END_DECLS
