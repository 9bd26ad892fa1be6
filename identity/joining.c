/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/joining.h"

#include <math.h>

/* Natural logarithms of odds that two spellings are one's: a logistic regression over 291 pairs that were
   judged by reading, then a search on training/identities.tsv. Less … */
#define JOIN_PER_SURNAME 1.35    /* of ln(1 + persons with the surname), … */
#define JOIN_PER_GIVEN 0.5       /* and with the given name, of the commoner one, … */
#define JOIN_PER_OTHER_GIVEN 1.4 /* and of the rarer, where one would be a slip: slips are rare names, … */
#define SLIP_PER_ARTICLE 1.0 /* and made seldom: of the logarithm of the articles of the rarer name, … */
#define GENERATION 2.0       /* and for Jr. against none. */
#define JOIN_PER_MIDDLE 2.0  /* More, for each middle name that both have. */

/* Of how many articles of the rarer name one may have both by a slip of annotation. */
#define ONE_SLIP_IN 10

gboolean onr_names_stand_together(const OnrBlockName *a, const OnrBlockName *b) {
  const GArray *x = a->node->items, *y = b->node->items;
  guint n_both = 0;
  for (guint i = 0, k = 0; i < x->len && k < y->len;) {
    gint64 p = g_array_index(x, OnrNameItem, i).article, q = g_array_index(y, OnrNameItem, k).article;
    n_both += p == q;
    if (p <= q)
      i++;
    if (p >= q)
      k++;
  }
  return n_both * ONE_SLIP_IN > MIN(x->len, y->len);
}

static gboolean has_initial(const OnrBlockName *name) {
  return name->is_full && !name->person.given[1];
}

gboolean onr_persons_differ(const OnrBlockName *a, const OnrBlockName *b) {
  return !has_initial(a) && !has_initial(b) &&
         onr_person_compare(&a->person, &b->person) == ONR_LIKENESS_NONE;
}

static double prior_of_likeness(const OnrBlockName *a, const OnrBlockName *b, OnrLikeness likeness) {
  static const double base[] = {
      [ONR_LIKENESS_NONE] = 0,     [ONR_LIKENESS_NEAR_GIVEN] = 5.3, [ONR_LIKENESS_NEAR_SURNAME] = 2.5,
      [ONR_LIKENESS_PART] = 3.0,   [ONR_LIKENESS_INITIAL] = 3.4,    [ONR_LIKENESS_NICKNAME] = 5.6,
      [ONR_LIKENESS_LONGER] = 6.2, [ONR_LIKENESS_SAME] = 7.6};
  guint n_middle = MIN(a->person.parts.words->len, b->person.parts.words->len) - 2;
  double prior = base[likeness] - JOIN_PER_SURNAME * MAX(a->surname, b->surname) -
                 JOIN_PER_GIVEN * MAX(a->given, b->given) + JOIN_PER_MIDDLE * n_middle;
  if (likeness == ONR_LIKENESS_NEAR_GIVEN)
    prior -= JOIN_PER_OTHER_GIVEN * MIN(a->given, b->given);
  if (likeness == ONR_LIKENESS_NEAR_GIVEN || likeness == ONR_LIKENESS_NEAR_SURNAME)
    prior -= SLIP_PER_ARTICLE * log(MAX(MIN(a->node->items->len, b->node->items->len), 1));
  if (a->person.parts.generation != b->person.parts.generation)
    prior -= GENERATION;
  return prior;
}

const char *onr_likeness_reason(OnrLikeness likeness) {
  static const char *const reasons[] = {[ONR_LIKENESS_NONE] = NULL,
                                        [ONR_LIKENESS_NEAR_GIVEN] = "given name spelled nearly so",
                                        [ONR_LIKENESS_NEAR_SURNAME] = "surname spelled nearly so",
                                        [ONR_LIKENESS_PART] = "a word more or less, or two turned",
                                        [ONR_LIKENESS_INITIAL] = "initial",
                                        [ONR_LIKENESS_NICKNAME] = "nickname",
                                        [ONR_LIKENESS_LONGER] = "longer name",
                                        [ONR_LIKENESS_SAME] = "same name"};
  return reasons[likeness];
}

double onr_persons_weigh(const OnrBlock *block, OnrBlockName *a, OnrBlockName *b, OnrLikeness *likeness) {
  OnrLikeness found = onr_person_compare(&a->person, &b->person);
  if (likeness)
    *likeness = found;
  if (found == ONR_LIKENESS_NONE || onr_names_stand_together(a, b))
    return -G_MAXDOUBLE;
  return prior_of_likeness(a, b, found) + ONR_JOIN_EVIDENCE * onr_evidence_weigh(block->model,
                                                                                 onr_block_profile(block, a),
                                                                                 onr_block_profile(block, b));
}

double onr_persons_weigh_part(const OnrBlock *block, const OnrBlockName *a, const OnrProfile *profile,
                              OnrBlockName *b) {
  OnrLikeness likeness = onr_person_compare(&a->person, &b->person);
  return likeness == ONR_LIKENESS_NONE
             ? -G_MAXDOUBLE
             : prior_of_likeness(a, b, likeness) +
                   ONR_JOIN_EVIDENCE * onr_evidence_weigh(block->model, profile, onr_block_profile(block, b));
}
