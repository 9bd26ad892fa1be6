/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What annotation finds in one article: mentions of entities, and quotes with their spans and speaker.
   Offsets are bytes of the document's text. The object is reused from article to article; all strings in it
   are owned by it and live until the next reset. */
#pragma once

#include "text/span.h"
#include "text/vocabulary.h"

G_BEGIN_DECLS

#define ONR_NO_ENTITY G_MAXUINT32
#define ONR_SPEAKERS_MAX 8 /* of one quote; of a longer list the first */

/* Someone or something that the article names, under the fullest name it gives. */
typedef struct {
  const char *name; /* canonical within the article: "Sergey Lavrov" */
  OnrEntityType type;
  const char
      *role; /* what the text says they are: "Foreign Minister of Russia"; NULL where it says nothing */
} OnrEntity;

typedef struct {
  OnrSpan span;
  guint32 entity; /* index into entities */
} OnrMention;

/* A few spans of one role, in text order: a split quote has two contents. */
typedef struct {
  guint32 first; /* index into OnrAnnotation.spans */
  guint32 n;
} OnrSpanList;

/* Who speaks: several where the source names several, "Dorn and Quill", in the order of the text. */
typedef struct {
  guint32 first; /* index into OnrAnnotation.speakers */
  guint32 n;     /* 0 where nobody is named; at most ONR_SPEAKERS_MAX */
} OnrSpeakerList;

typedef struct {
  OnrQuoteKind kind;
  OnrAct act;
  OnrSpanList source;  /* "the minister"; empty where the text names none */
  OnrSpanList cue;     /* "said", "according to"; may be empty */
  OnrSpanList content; /* never empty; marks at both ends are inside the span of a fully quoted content */
  OnrSpeakerList speakers;
  OnrSpeakerType speaker_type; /* of the first */
  const char *role;  /* as the text gives it for this speaker, or NULL */
  const char *reason; /* static: how the speaker was found; NULL where nobody was */
  guint8 confidence;  /* 0 to 100: of so many in a hundred, content and source are right */
  guint8 speaker_confidence; /* likewise of those who are really quotes: the speaker, or that nobody is named */
} OnrQuote;

typedef struct {
  GArray *entities; /* OnrEntity, in order of first mention */
  GArray *mentions; /* OnrMention, in text order, not overlapping */
  GArray *quotes;   /* OnrQuote, in order of their first span of content */
  GArray *spans;    /* OnrSpan */
  GArray *speakers; /* guint32: index into entities */
  GStringChunk *strings;
} OnrAnnotation;

OnrAnnotation *onr_annotation_new(void);
void onr_annotation_reset(OnrAnnotation *annotation); /* empties, keeps the memory */
void onr_annotation_free(OnrAnnotation *annotation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrAnnotation, onr_annotation_free)

static inline const OnrSpan *onr_annotation_spans(const OnrAnnotation *a, OnrSpanList list) {
  return &g_array_index(a->spans, OnrSpan, list.first);
}

/* Indices into entities, QUOTE->speakers.n of them. */
static inline const guint32 *onr_annotation_speakers(const OnrAnnotation *a, const OnrQuote *quote) {
  return &g_array_index(a->speakers, guint32, quote->speakers.first);
}

/* The entity that is speaker I of QUOTE, I < QUOTE->speakers.n. */
static inline const OnrEntity *onr_annotation_speaker(const OnrAnnotation *a, const OnrQuote *quote, guint32 i) {
  return &g_array_index(a->entities, OnrEntity, onr_annotation_speakers(a, quote)[i]);
}

/* "Pavel Dorn and Ada Quill"; NULL where nobody is named. The caller frees it. */
char *onr_annotation_speaker_names(const OnrAnnotation *a, const OnrQuote *quote);

G_END_DECLS
