/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether two texts are the same one, printed twice, or only alike. Both are laid beside each other, word by word, and what differs
   decides. Papers cut an agency's text, put lines in front of and behind it and change words here and there: the same. A form
   filled in anew, two reports of earnings, of matches, of the weather, differs in what it reports: where all or most of
   what was changed is a number for a number or a name for a name, the texts are similar, however much else they share. */
#pragma once

#include "text/wording.h"

G_BEGIN_DECLS

/* A change in what is decided raises it: pairs are looked at again. */
#define ONR_LIKENESS_VERSION 1

#define ONR_LIKENESS_LEAD 60 /* words with which an article begins: what sites put below many articles is not what makes them one */

typedef enum { ONR_LIKENESS_NONE, ONR_LIKENESS_SIMILAR, ONR_LIKENESS_SAME } OnrLikeness;

/* In words. */
typedef struct {
  guint n_shared;  /* of both texts, side by side */
  guint n_shorter, n_longer; /* of the texts */
  guint n_facts;   /* numbers for numbers, names for names */
  guint n_gone;    /* of those: facts that one of the texts does not have anywhere */
  guint n_edits;   /* other words changed */
  guint n_cut;     /* in longer stretches that one of them alone has */
  guint n_lead;    /* of the first ONR_LIKENESS_LEAD of one text, of which the other has more, those that it has */
} OnrLikenessFigures;

/* A text of few words that comes again weeks later, "the bank left its rate unchanged", says something else: one of fewer than ONR_LIKENESS_BRIEF words is
   not the same when it was printed more than ONR_LIKENESS_DAYS days apart. */
#define ONR_LIKENESS_BRIEF 100
#define ONR_LIKENESS_DAYS 7

/* N_DAYS between the two, 0 where that is not known. FIGURES may be NULL. The same whichever of the two comes first. */
OnrLikeness onr_likeness(const OnrWording *a, const OnrWording *b, guint n_days, OnrLikenessFigures *figures);

/* How much of the shorter text's words the other has, in thousandths. */
guint onr_likeness_shared(const OnrLikenessFigures *figures);

G_END_DECLS
