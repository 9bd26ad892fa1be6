/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pieces of sentences over a reading's tags: noun phrases to the left and to the right, the words around a
   verb, adverbials. All bounds are token indices, half open; nothing here looks outside the bounds it is
   given. */
#pragma once

#include "annotate/cues.h"
#include "annotate/reading.h"

G_BEGIN_DECLS

/* Case-insensitive comparison of a token with an ASCII word. */
gboolean onr_reading_equals(const OnrReading *r, guint32 i, const char *word);

/* Is the token one of WORDS, which are apart by spaces? */
gboolean onr_reading_equals_any(const OnrReading *r, guint32 i, const char *words);

/* Begin of the noun phrase that ends at END, prepositional phrases and coordinated names taken in; END where
 * there is none. */
guint32 onr_noun_phrase_begin(const OnrReading *r, guint32 lower, guint32 end);

/* End of the noun phrase that begins at BEGIN, with what "of" and the like attach; BEGIN where there is none.
 */
guint32 onr_noun_phrase_end(const OnrReading *r, guint32 begin, guint32 upper);

/* The same without anything attached: "the minister" of "the minister of state". */
guint32 onr_bare_phrase_end(const OnrReading *r, guint32 begin, guint32 upper);

/* May a clause begin at token I? At the sentence's begin LOWER, behind a conjunction, a comma, "that", a
 * mark. */
gboolean onr_is_clause_edge(const OnrReading *r, guint32 lower, guint32 i);

/* First token of the auxiliaries and adverbs that lead to the verb at V. */
guint32 onr_verb_group_begin(const OnrReading *r, guint32 lower, guint32 v);

/* Skips adverbs, times ("on Tuesday", "last week") and prepositional phrases ("in a statement", "to
 * reporters"). */
guint32 onr_skip_adverbials(const OnrReading *r, guint32 i, guint32 upper);

/* Is there a finite verb or auxiliary in [BEGIN, END) outside quotation, before the clause ends? */
gboolean onr_has_finite_verb(const OnrReading *r, guint32 begin, guint32 end);

/* One use of a cue at a place of the text. */
typedef struct {
  guint32 begin;  /* the verb, noun or adjective */
  guint32 end;    /* past its particle */
  guint32 frames; /* ONR_FRAME_… */
  const char *prepositions;
  OnrAct act;
  gboolean is_noun, is_adjective;
} OnrCueUse;

/* Finds the row of the cue verb at token I whose particle, if it wants one, follows. FALSE where I is no cue
 * verb. */
gboolean onr_cue_use_verb(const OnrReading *r, guint32 i, guint32 upper, OnrCueUse *out);
gboolean onr_cue_use_noun(const OnrReading *r, guint32 i, OnrCueUse *out);
gboolean onr_cue_use_adjective(const OnrReading *r, guint32 i, OnrCueUse *out);

G_END_DECLS
