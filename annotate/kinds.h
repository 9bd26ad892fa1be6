/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run of capitals names, person, organisation or place, by its words, its shape and its neighbours in the
   sentence: evidence that the recogniser weighs (annotate/entity_features.h). Strength says how far it goes by
   itself: 0 hardly, 1 a hint, 2 sure. */
#pragma once

#include "annotate/phrases.h"
#include "annotate/reading.h"

#include "text/vocabulary.h"

G_BEGIN_DECLS

#define ONR_WORD_NAMED (ONR_WORD_PLACE | ONR_WORD_ORG | ONR_WORD_DEMONYM)

/* What a word is when a capital at a sentence's begin proves nothing. */
#define ONR_WORD_ORDINARY                                                                                    \
  (ONR_WORD_COMMON | ONR_WORD_ADVERB | ONR_WORD_VERB | ONR_WORD_CUE_NOUN | ONR_WORD_CUE_ADJECTIVE |          \
   ONR_WORD_ROLE | ONR_WORD_PEOPLE | ONR_WORD_DOCUMENT | ONR_WORD_BODY | ONR_WORD_TIME | ONR_WORD_NUMBER |   \
   ONR_WORD_WORK | ONR_WORD_VENUE | ONR_WORD_MODAL | ONR_WORD_SUFFIX | ONR_WORD_GEO | ONR_WORD_GREETING |    \
   ONR_WORD_CALENDAR | ONR_WORD_SMALL)

/* The kind of the name that is the one token I of SENTENCE. */
OnrEntityType onr_kind_of_word(const OnrReading *r, OnrSpan sentence, guint32 i, guint8 *strength);

/* The kind of a name of several words. */
OnrEntityType onr_kind_of_words(const OnrReading *r, OnrSpan sentence, OnrSpan name, guint8 *strength);

/* Does what stands behind END say that a team's name ends there: "Halden striker Ana Torvel"? */
gboolean onr_kind_is_team(const OnrReading *r, OnrSpan sentence, guint32 end);

/* Does any token of [BEGIN, END) bear one of CLASSES? */
gboolean onr_reading_any(const OnrReading *r, guint32 begin, guint32 end, guint64 classes);

/* A single letter with or without a full stop. */
gboolean onr_reading_is_initial(const OnrReading *r, guint32 i);

/* "Citizens for Tax Justice", "Communications Workers of America": people whose body is named so. */
static inline gboolean onr_reading_is_people_of(const OnrReading *r, guint32 i) {
  return r->words[i].classes & (ONR_WORD_PEOPLE | ONR_WORD_PLURAL) && onr_reading_is_capital(r, i) &&
         i + 1 < r->n && onr_reading_equals_any(r, i + 1, "for of");
}

/* May a name that ends in token I go on with "of": University of, Bank of? */
static inline gboolean onr_reading_takes_of(const OnrReading *r, guint32 i) {
  return onr_reading_is_capital(r, i) && onr_reading_is(r, i, ONR_WORD_SUFFIX | ONR_WORD_BODY);
}

G_END_DECLS
