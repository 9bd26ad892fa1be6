/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Are two full names one person's? By what their spellings say beforehand, and by what stands around them in
   their articles. */
#pragma once

#include "identity/block_names.h"

G_BEGIN_DECLS

#define ONR_JOIN_EVIDENCE                                                                                    \
  0.75 /* of the evidence of two names' articles, beside what the names say beforehand */

/* By how much A and B, two full names, are likelier one person's than two's, a natural logarithm of odds;
   -G_MAXDOUBLE where they are spelled as two persons' or stand in one article as two. *LIKENESS may be NULL.
 */
double onr_persons_weigh(const OnrBlock *block, OnrBlockName *a, OnrBlockName *b, OnrLikeness *likeness);

/* The same of A in those of its articles that PROFILE tells of, which are not the others'; whether B stands in one of them is not asked. */
double onr_persons_weigh_part(const OnrBlock *block, const OnrBlockName *a, const OnrProfile *profile, OnrBlockName *b);

/* Do both stand in one article, or in several where they have many? */
gboolean onr_names_stand_together(const OnrBlockName *a, const OnrBlockName *b);

/* Are A and B, two full names, spelled as two persons' are? W. Kolm and Bill Kolm say nothing of each other:
   they may both be William. */
gboolean onr_persons_differ(const OnrBlockName *a, const OnrBlockName *b);

/* Why names of that likeness are joined; static. */
const char *onr_likeness_reason(OnrLikeness likeness);

G_END_DECLS
