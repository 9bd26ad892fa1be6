/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "identity/persons.h"

ONR_SUITE(persons);

static OnrLikeness compare(const char *a, const char *b) {
  g_auto(OnrPerson) x = {0}, y = {0};
  onr_person_set(&x, a);
  onr_person_set(&y, b);
  OnrLikeness likeness = onr_person_compare(&x, &y);
  cr_expect_eq(onr_person_compare(&y, &x), likeness, "%s, %s the other way round", a, b);
  return likeness;
}

Test(persons, are_compared_by_spelling_sound_and_form) {
  static const struct {
    const char *a, *b;
    OnrLikeness likeness;
  } cases[] = {{"Ada Kolm", "Ada Kolm", ONR_LIKENESS_SAME},
               {"Sergei Lavrov", "Sergey Lavrov", ONR_LIKENESS_SAME},
               {"Muammar Gaddafi", "Muammar Qathafi", ONR_LIKENESS_NEAR_SURNAME},
               {"Moqtada al-Sadr", "Muktada al-Sadr", ONR_LIKENESS_NEAR_GIVEN},
               {"William Kolm", "Bill Kolm", ONR_LIKENESS_NICKNAME},
               {"A. Kolm", "Ada Kolm", ONR_LIKENESS_INITIAL},
               {"Ada B. Kolm", "Ada Kolm", ONR_LIKENESS_LONGER},
               {"B. Ada Kolm", "Ada Kolm", ONR_LIKENESS_LONGER},
               {"Ada Kolm Jr.", "Ada Kolm", ONR_LIKENESS_LONGER},
               {"Ada Kolm Kolm", "Ada Kolm", ONR_LIKENESS_SAME},
               {"Crown Prince Idris Varan", "Idris Varan", ONR_LIKENESS_SAME},
               {"Ursula von der Lahn", "Ursula von der Lahn", ONR_LIKENESS_SAME},
               {"Ada Kolm Jr.", "Ada Kolm Sr.", ONR_LIKENESS_NONE},
               {"Ada B. Kolm", "Ada C. Kolm", ONR_LIKENESS_NONE},
               {"Ada H.W. Kolm", "Ada Helen Wilma Kolm", ONR_LIKENESS_SAME},
               {"Ada H.W. Kolm", "Ada W. Kolm", ONR_LIKENESS_NONE},
               {"Ada Bazo Kolm", "Ada Baza Kolm", ONR_LIKENESS_SAME},
               {"Ada Kolm", "Ines Kolm", ONR_LIKENESS_NONE},
               {"Muammar Gaddafi", "Saif Qaddafi", ONR_LIKENESS_NONE},
               {"Kolm", "Ada Kolm", ONR_LIKENESS_NONE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    cr_expect_eq(compare(cases[i].a, cases[i].b), cases[i].likeness, "%s, %s: %d", cases[i].a, cases[i].b,
                 (int)compare(cases[i].a, cases[i].b));
}

Test(persons, particles_belong_to_the_surname) {
  static const struct {
    const char *name, *surname, *given;
  } cases[] = {{"Ursula von der Lahn", "vonderlahn", "ursula"},
               {"von der Lahn", "vonderlahn", NULL},
               {"Bashar al-Assad", "assad", "bashar"},
               {"Ben Carson", "carson", "ben"},
               {"Bill de Blasio", "deblasio", "bill"},
               {"Mullah Omar", "omar", NULL},
               {"Kolm", "kolm", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(OnrPerson) person = {0};
    onr_person_set(&person, cases[i].name);
    cr_expect_str_eq(person.surname, cases[i].surname, "%s", cases[i].name);
    cr_expect_eq(g_strcmp0(person.given, cases[i].given), 0, "%s: %s", cases[i].name, person.given);
  }
}

Test(persons, skeletons_keep_what_alphabets_share) {
  static const char *const same[][2] = {
      {"gaddafi", "qadhafi"}, {"zelensky", "selenskyj"}, {"soleimani", "suleymani"}, {"mueller", "muller"},
      {"tsipras", "cipras"},  {"khashoggi", "kashoggi"}, {"yeltsin", "eltsin"}};
  for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
    g_autofree char *a = onr_skeleton(same[i][0]), *b = onr_skeleton(same[i][1]);
    cr_expect_str_eq(a, b, "%s, %s", same[i][0], same[i][1]);
  }
  g_autofree char *empty = onr_skeleton(""), *marks = onr_skeleton("…");
  cr_expect_str_eq(empty, "");
  cr_expect_str_eq(marks, "…");
}
