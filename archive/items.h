/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the articles that names stand in, with what stands around them there, as identity/ takes them. */
#pragma once

#include "archive/record.h"
#include "identity/resolve.h"

G_BEGIN_DECLS

typedef struct OnrItems OnrItems;

OnrItems *onr_items_new(OnrRecord *record);
void onr_items_free(OnrItems *items);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrItems, onr_items_free)

/* Appends the OnrNameItems of ENTITY to OUT, ascending by article; BYTES owns their signatures. The signatures of their articles
   are kept for onr_items_topic. */
gboolean onr_items_read(OnrItems *items, gint64 entity, GStringChunk *bytes, GArray *out, GError **error);

/* An OnrTopicFunc, of the articles that were read since onr_items_forget: threads may ask at once. */
const guint8 *onr_items_topic(gint64 article, gsize *n, gpointer items);

/* Lets the signatures of articles go where they are many. */
void onr_items_forget(OnrItems *items);

/* Asks of the names that came or went, and of the names like them, whose variants they are (identity/variants.h), and puts them
   into the blocks that follow from it. */
gboolean onr_record_place_variants(OnrRecord *record, OnrItems *items, const OnrIdentityModel *model, GError **error);

G_END_DECLS
