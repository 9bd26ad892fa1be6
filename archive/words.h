/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the words of aliases, by which names in queries find entities (tables name_word and entity_word). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct OnrRecord OnrRecord;
typedef struct OnrWords OnrWords;

OnrWords *onr_words_new(OnrRecord *record);
void onr_words_free(OnrWords *words);
void onr_words_forget(OnrWords *words); /* after a rollback */
guint onr_words_n_cached(const OnrWords *words);

/* Puts words that are new into their table: before that is read. */
gboolean onr_words_insert_new(OnrWords *words, GError **error);

/* ENTITY bears the words of NAME from now on. */
gboolean onr_words_add(OnrWords *words, gint64 entity, const char *name, GError **error);
/* Alias NAME of ENTITY has gone from table alias: its words go too where no other alias has them. */
gboolean onr_words_drop(OnrWords *words, gint64 entity, const char *name, GError **error);

G_END_DECLS
