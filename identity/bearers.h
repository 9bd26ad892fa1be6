/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One name of several bearers: which of its articles are whose. Articles of a common name, or of a body that
   many have, are put together as far as evidence ties them; those of a town by the state or country that they
   give. */
#pragma once

#include "identity/block_names.h"

G_BEGIN_DECLS

/* May several bear the person's name? */
gboolean onr_person_is_common(const OnrIdentityModel *model, const OnrPerson *person);

gboolean onr_bearers_may_be_several(const OnrBlock *block, const OnrBlockName *name);

/* Have A and B, two names of one key, one bearer in the articles that are left to them once those have been parted that
   several may bear? */
gboolean onr_bearers_are_one(const OnrBlock *block, OnrBlockName *a, OnrBlockName *b);

/* Sets the part, or the label of its part, of NAME's items, and NAME's parts. */
void onr_bearers_part(const OnrBlock *block, OnrBlockName *name);

/* What stands around NAME in the articles of its PART, from 1; the caller frees it. */
OnrProfile *onr_bearers_part_profile(const OnrBlock *block, const OnrBlockName *name, guint part);

/* The articles of NAME's PART are the name BEARER's of the block; those behind it move up by one. */
void onr_bearers_give_part(OnrBlockName *name, guint part, guint bearer);

G_END_DECLS
