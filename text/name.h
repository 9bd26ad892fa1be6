/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names as keys. Two spellings of one name fold to one key word by word (Sergei/Sergey,
   Zelensky/Zelenskyy/Zelenskiy, Yusuf/Youssuf, Müller/Mueller), so that a query's spelling finds another's.
   Used where identities are stored and where queries look them up; never for ordinary words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The spelling key of a single word of a name: folded, possessive cut, then rewritten (ph f, ck k, y/i/j
   endings one, doubled letters single, …). Never empty for a word with a letter or digit. The caller frees
   it. */
char *onr_name_word_key(const char *word, gssize length);

/* The keys of all words of NAME, in order, titles (Mr, Dr, Sen., Prime Minister …) left out unless nothing
 * else is there. */
GPtrArray *onr_name_keys(const char *name); /* of char *, owned */

/* The folded words that onr_name_keys makes its keys of: same number, same order; letters and digits only
 * (O'Brien is obrien). */
GPtrArray *onr_name_words(const char *name); /* of char *, owned */

/* The keys of WORDS, which onr_name_words gave. */
GPtrArray *onr_name_keys_of(const GPtrArray *words); /* of char *, owned */

/* The identity of a name of TYPE's name ("person", "org", …): "person:sergey-lavrov". Built from folded
   words, so it comes from content alone. The caller frees it. */
char *onr_name_id(const char *type_name, const char *name);

/* Adds to ID the LENGTH bytes of one word of running text as onr_name_id has them, a hyphen before each word that
   it is made of but ID's first. The possessive is the caller's to leave out. */
void onr_name_id_append(GString *id, const char *word, gsize length);

/* "Dorn", "Dorn and Quill", "Dorn, Quill and Tolland"; NULL where N is 0. The caller frees it. */
char *onr_name_join(const char *const *names, guint n);

G_END_DECLS
