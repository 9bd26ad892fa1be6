/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the tables that answer speaker: and mention:, from an identity to its quotes and articles, and from a word to identities. They are ordered by
   identity while rows come by article: each pair inserted as it comes would touch another page. So pairs are gathered over a batch, sorted, and written at its
   end, before any read or removal of the same transaction. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OnrRecord OnrRecord;
typedef struct OnrLookups OnrLookups;

typedef enum {
  ONR_LOOKUP_SPEAKER_QUOTE,  /* speaker_quote: speaker, quote, article */
  ONR_LOOKUP_ENTITY_QUOTE,   /* entity_quote: entity, quote */
  ONR_LOOKUP_ENTITY_ARTICLE, /* entity_article: entity, article, signature */
  ONR_LOOKUP_WORD_ENTITY,    /* entity_word: word, entity */
  ONR_N_LOOKUPS
} OnrLookup;

OnrLookups *onr_lookups_new(OnrRecord *record);
void onr_lookups_free(OnrLookups *lookups);
void onr_lookups_forget(OnrLookups *lookups); /* after a rollback */

/* ARTICLE is read for SPEAKER_QUOTE only. A pair added twice is stored once. */
void onr_lookups_add(OnrLookups *lookups, OnrLookup which, gint64 from, gint64 to, gint64 article);
/* ENTITY_ARTICLE with its signature, of at most 255 bytes; N 0: none. */
void onr_lookups_add_signed(OnrLookups *lookups, gint64 entity, gint64 article, const guint8 *signature, gsize n);
gboolean onr_lookups_flush(OnrLookups *lookups, GError **error);

G_END_DECLS
