/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do two names, each in one article or in several, have one bearer? By what stands around them: cosines of
   sets of buckets (identity/signature.h), of the buckets themselves and of what they lie near, weighed by a
   logistic regression. The names themselves are no part
   of it: what they say is the caller's prior. */
#pragma once

#include "identity/signature.h"

G_BEGIN_DECLS

/* What is known of a name in some of its articles. */
typedef struct {
  GArray *entries[ONR_N_EVIDENCE]; /* of OnrBucketWeight, by bucket once settled */
  double norms[ONR_N_EVIDENCE];
  double vectors[ONR_N_EVIDENCE][ONR_N_DIRECTIONS]; /* sums of those of the entries by their weights; whole numbers */
  double lengths[ONR_N_EVIDENCE];                   /* of the vectors, once settled */
  guint n_items;
  guint16 first_day, last_day; /* 0: not known */
} OnrProfile;

typedef struct {
  guint32 bucket;
  guint32 weight;
} OnrBucketWeight;

OnrProfile *onr_profile_new(void);
void onr_profile_free(OnrProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrProfile, onr_profile_free)

/* Adds one article: the signature of the name and that of the article (N_TOPIC 0: unknown). The N_OWN buckets
   of OWN, the words of the name and its id, are left out. Damaged signatures add what can be read. */
void onr_profile_add(OnrProfile *profile, const OnrIdentityModel *model, const guint8 *name, gsize n_name,
                     const guint8 *topic, gsize n_topic, const guint16 *own, guint n_own);
void onr_profile_add_profile(OnrProfile *profile, const OnrProfile *other);
/* After the last that is added and before it is weighed. */
void onr_profile_settle(OnrProfile *profile);

/* The cosine of one kind of evidence: of the buckets that both have, 0 to 1; … */
double onr_profile_cosine(const OnrProfile *a, const OnrProfile *b, OnrEvidence which);
/* … and of where their buckets lie, -1 to 1. */
double onr_profile_direction(const OnrProfile *a, const OnrProfile *b, OnrEvidence which);

/* The features of two settled profiles, which the regression weighs: for training. */
void onr_evidence_features(const OnrProfile *a, const OnrProfile *b, double out[ONR_N_EVIDENCE_FEATURES]);

/* The natural logarithm of the odds that both are one's, where as many are as are not. */
double onr_evidence_weigh(const OnrIdentityModel *model, const OnrProfile *a, const OnrProfile *b);

G_END_DECLS
