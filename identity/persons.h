/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of persons as an archive compares them: wider than within one article (text/person_name.h), since
   what stands around them is asked next. Particles are part of a surname (von der Leyen, bin Laden, De
   Blasio), and transliterations are near that share a skeleton: what is left of a surname when sounds that
   alphabets share are one letter and vowels are gone (Gaddafi, Qadhafi, Kadafi: ktf). */
#pragma once

#include "text/person_name.h"

G_BEGIN_DECLS

typedef struct {
  OnrPersonName parts; /* words: given names, then the surname with its particles as one */
  const char *surname; /* of parts */
  const char *given;   /* of parts; NULL where there is the surname alone */
} OnrPerson;

void onr_person_set(OnrPerson *out, const char *name); /* OUT is all zero, or was cleared */
void onr_person_clear(OnrPerson *person);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrPerson, onr_person_clear)

/* As onr_person_name_compare, with transliterations as NEAR_SURNAME and NEAR_GIVEN. */
OnrLikeness onr_person_compare(const OnrPerson *a, const OnrPerson *b);

/* The skeleton of a folded word, at least its first letter. The caller frees it. */
char *onr_skeleton(const char *word);

G_END_DECLS
