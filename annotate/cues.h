/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cues: words that give words to a source, with the frames in which each one does so. A linguist's table
   (annotate/tables/cues.c): a verb listed here is a cue only before a complement that one of its frames
   allows. */
#pragma once

#include "text/vocabulary.h"

G_BEGIN_DECLS

/* Frames: what may follow the cue and hold the content. Letters as in the table. */
enum {
  ONR_FRAME_CLAUSE = 1 << 0,        /* c  said (that) he won; said: “…” */
  ONR_FRAME_TO = 1 << 1,            /* t  promised to resign */
  ONR_FRAME_NOUN = 1 << 2,          /* n  denounced the plan */
  ONR_FRAME_WH = 1 << 3,            /* w  asked whether, explained how */
  ONR_FRAME_ING = 1 << 4,           /* g  denied taking money */
  ONR_FRAME_OBJECT_CLAUSE = 1 << 5, /* o  told reporters that */
  ONR_FRAME_OBJECT_TO = 1 << 6,     /* O  urged voters to wait */
  ONR_FRAME_AFTER = 1 << 7,         /* p  may follow or interrupt its content: “…,” he said */
  ONR_FRAME_QUOTED = 1 << 8,        /* q  a cue of quotation only: “…,” she laughed */
  ONR_FRAME_PASSIVE_TO = 1 << 9,    /* x  is expected to win: the subject belongs to the content, no source */
};

typedef struct {
  const char *lemma;
  const char *particle;     /* "out" of point out, or NULL; several apart by a space: "out at" */
  const char *frames;       /* letters, see above */
  const char *prepositions; /* that may open the content, apart by spaces, or NULL: "about of" */
  OnrAct act;
} OnrCueRow;

/* Rows of one lemma stand together; the first row without a particle, when there is one, last. */
extern const OnrCueRow onr_cue_verbs[];
extern const guint onr_n_cue_verbs;
extern const OnrCueRow onr_cue_nouns[]; /* claim, fear: X's claim that */
extern const guint onr_n_cue_nouns;
extern const OnrCueRow onr_cue_adjectives[]; /* confident, afraid: is confident that */
extern const guint onr_n_cue_adjectives;

G_END_DECLS
