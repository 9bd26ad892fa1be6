/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The closed vocabularies that spans, rows, queries and outputs share. The numbers are stored in archives
   and never change meaning; the names are those of docs/output.md. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_QUOTE_DIRECT = 0,
  ONR_QUOTE_MIXED = 1,
  ONR_QUOTE_INDIRECT = 2,
  ONR_N_QUOTE_KINDS
} OnrQuoteKind;

/* speech, or attitude for what is wanted, hoped, supported, expected */
typedef enum { ONR_ACT_SPEECH = 0, ONR_ACT_ATTITUDE = 1, ONR_N_ACTS } OnrAct;

typedef enum {
  ONR_SPEAKER_UNKNOWN = 0,  /* nobody is named or described */
  ONR_SPEAKER_PERSON = 1,   /* a named person */
  ONR_SPEAKER_ORG = 2,      /* a named organisation, government or place that speaks */
  ONR_SPEAKER_UNNAMED = 3,  /* described only: "a senior official", "critics" */
  ONR_SPEAKER_DOCUMENT = 4, /* a report, a poll, a law */
  ONR_SPEAKER_AUTHOR = 5,   /* the writer of the article */
  ONR_N_SPEAKER_TYPES
} OnrSpeakerType;

typedef enum {
  ONR_ENTITY_PERSON = 0,
  ONR_ENTITY_ORG = 1,
  ONR_ENTITY_PLACE = 2,
  ONR_ENTITY_MISC = 3,
  ONR_N_ENTITY_TYPES
} OnrEntityType;

/* Static strings: "direct", "speech", "person", … */
const char *onr_quote_kind_name(OnrQuoteKind kind);
const char *onr_act_name(OnrAct act);
const char *onr_speaker_type_name(OnrSpeakerType type);
const char *onr_entity_type_name(OnrEntityType type);

/* The value of NAME (exact, lower case), or -1 when there is no such name. */
int onr_quote_kind_parse(const char *name);
int onr_act_parse(const char *name);
int onr_speaker_type_parse(const char *name);
int onr_entity_type_parse(const char *name);

G_END_DECLS
