/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names where they stand: runs of capitalised words, cut into titles, peoples, places, organisations and
   persons by what the lexicon and the neighbours say. Each name is judged alone here; annotate/entities.c
   compares them over the article. */
#pragma once

#include "annotate/reading.h"

#include "text/vocabulary.h"

G_BEGIN_DECLS

typedef enum { ONR_GENDER_UNKNOWN, ONR_GENDER_MALE, ONR_GENDER_FEMALE } OnrGender;

/* Of whom words of CLASSES are said, "he", "spokeswoman"; unknown where both are, or none. */
static inline OnrGender onr_word_gender(guint64 classes) {
  gboolean is_male = (classes & ONR_WORD_MALE) != 0, is_female = (classes & ONR_WORD_FEMALE) != 0;
  return is_male == is_female ? ONR_GENDER_UNKNOWN : is_male ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
}

typedef struct {
  guint32 begin, end; /* tokens, titles and a final possessive's mark not counted */
  guint64 key;        /* of all words */
  guint64 first_key, last_key;
  guint32
      head; /* bytes of the last token that are the name's, where the token goes on: Texas-based; else 0 */
  OnrSpan role;    /* tokens that say what the person is: "Foreign Minister" before, "the mayor" behind; else
                      empty */
  guint32 entity;  /* filled by annotate/entities.c */
  guint8 type;     /* OnrEntityType */
  guint8 strength; /* of the evidence for the type: 0 hardly any, 1 a hint, 2 sure */
  guint8 gender;   /* OnrGender, by title and given name */
  guint8 n_words;
  gboolean has_title;
  gboolean is_loose;    /* names only whom the article names elsewhere */
  gboolean is_surname;  /* an everyday word: names only somebody whose surname it is */
  gboolean is_doubtful; /* capitals that a sentence's begin or a headline explains: a name only where the
                           article has it elsewhere */
} OnrName;

/* Appends the names of the whole reading to NAMES (of OnrName), in text order, not overlapping. */
void onr_names_find(const OnrReading *reading, GArray *names);

G_END_DECLS
