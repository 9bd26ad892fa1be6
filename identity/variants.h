/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of persons that are another's name with a slip in its surname (Sarsour, Sasour), with a surname more
   (Ana Kolm-Varan) or with its words turned, and so lie in another block (identity/block.h). Whose variant a
   name is depends on the two names and their articles alone; the variant then stands in the block of the name
   that it is one of, where it is resolved. */
#pragma once

#include "identity/resolve.h"

G_BEGIN_DECLS

/* Names with a slip in the surname have the same key: given name, first and last letter of the surname. 0: ID
   is no full name of a person. */
guint64 onr_variant_key(const char *id);

/* The ids that are ID with a word less, or with its last two words turned: char *, each once. The caller
 * unrefs it. */
GPtrArray *onr_variant_ids(const char *id);

/* May one of two ids of persons be a variant of the other, by its spelling? */
gboolean onr_may_be_variant(const char *id, const char *other);

/* The index in OTHERS (OnrNameNode, with items, of other blocks) of the name with more articles, of equals
   with the lower id, that NODE is a variant of most surely; G_MAXUINT where it is none's. Pure, as
   onr_identities_resolve is. */
guint onr_variant_of(const OnrIdentityModel *model, const OnrNameNode *node, const GArray *others,
                     OnrTopicFunc topic, gpointer data);

G_END_DECLS
