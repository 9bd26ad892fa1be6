/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names of one block while it is resolved (identity/resolve.h), each with what is known of it. */
#pragma once

#include "identity/block.h"
#include "identity/persons.h"
#include "identity/resolve.h"

G_BEGIN_DECLS

#define ONR_SAMPLE 64 /* articles of a name, those of the lowest lots, that speak for it */

typedef struct {
  OnrNameNode *node;
  OnrPerson person;
  gboolean is_person, is_full;
  OnrSharing sharing;
  char *key; /* onr_identity_key of a body or place; NULL of persons */
  guint16 own[ONR_OWN_BUCKETS];
  guint n_own;
  double surname, given; /* of a full name: ln(1 + persons with each) */
  double commonness;     /* of both; see onr_person_commonness */
  OnrProfile *profile;   /* of the sample; NULL before it is asked for */
  GArray *members;       /* guint: of the cluster that this name leads */
  const char *label;     /* of that cluster; or NULL */
  guint index, leader;
} OnrBlockName;

typedef struct {
  const OnrIdentityModel *model;
  OnrTopicFunc topic;
  gpointer data;
  OnrBlockName *names;
  guint n;
} OnrBlock;

/* How many may bear a full name, by its logarithm: 1.5 × ln(1 + persons with the surname) + ln(1 + persons
   with the given name), in the texts that the model was made of, less 4 for each word more. */
double onr_person_commonness(const OnrIdentityTables *tables, const OnrPerson *person);

/* NAME, all zero, is the one of index I and leads a cluster of its own; the items of NODE, which is borrowed,
   are its. */
void onr_block_name_init(OnrBlock *block, OnrBlockName *name, OnrNameNode *node, guint i);
void onr_block_name_clear(OnrBlockName *name);

/* What stands around NAME in one article; the caller frees it. */
OnrProfile *onr_block_item_profile(const OnrBlock *block, const OnrBlockName *name, const OnrNameItem *item);

/* The articles in which NAME is nobody else's, by lot: OnrNameItem *, borrowed. The caller unrefs the array.
 */
GPtrArray *onr_block_items(const OnrBlockName *name);

/* What stands around NAME in its first ONR_SAMPLE articles; NAME's own. */
const OnrProfile *onr_block_profile(const OnrBlock *block, OnrBlockName *name);

G_END_DECLS
