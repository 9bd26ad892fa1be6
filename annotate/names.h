/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names where they stand: what the recogniser labels, with the titles before a person, roles around, gender
   by given name and title, and what joins names over the article (annotate/entities.h): keys of their words.
 */
#pragma once

#include "annotate/recogniser.h"

G_BEGIN_DECLS

typedef enum { ONR_GENDER_UNKNOWN, ONR_GENDER_MALE, ONR_GENDER_FEMALE } OnrGender;

/* Of whom words of CLASSES are said, "he", "spokeswoman"; unknown where both are, or none. */
static inline OnrGender onr_word_gender(guint64 classes) {
  gboolean is_male = (classes & ONR_WORD_MALE) != 0, is_female = (classes & ONR_WORD_FEMALE) != 0;
  return is_male == is_female ? ONR_GENDER_UNKNOWN : is_male ? ONR_GENDER_MALE : ONR_GENDER_FEMALE;
}

typedef struct {
  guint32 begin, end;          /* tokens, titles and a final possessive's mark not counted */
  guint64 key;                 /* of all words */
  guint64 first_key, last_key; /* "Jr." is no last word */
  guint32
      head; /* bytes of the last token that are the name's, where the token goes on: Texas-based; else 0 */
  OnrSpan role;   /* tokens that say what the person is: "Foreign Minister" before, "the mayor" behind; else
                     empty */
  guint32 entity; /* filled by annotate/entities.c */
  guint8 type;    /* OnrEntityType */
  guint8 gender;  /* OnrGender, by title and given name */
  guint8 n_words;
  gboolean has_title;
  gboolean in_headline; /* a headline, Whose Every Word Has A Capital */
  gboolean is_loose; /* of no type: names only what the article names elsewhere */
} OnrName;

/* Appends the names that RECOGNISER has labelled to NAMES (of OnrName), in text order, not overlapping. */
void onr_names_find(const OnrRecogniser *recogniser, GArray *names);

G_END_DECLS
