/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A word of up to 24 bytes as three numbers, so that folding, comparing and looking up its stem cost a few
 * instructions. */
#pragma once

#include "text/bytes.h"
#include "text/stem.h"

G_BEGIN_DECLS

#define ONR_WORD_KEY_MAX 24 /* bytes */

#define ONR_STEM_ROOM 32 /* bytes of a stem that fits beside its word */

typedef struct {
  guint64 part[ONR_WORD_KEY_MAX / 8]; /* the word's bytes, zero padded */
} OnrWordKey;

/* WORD of 1 to ONR_WORD_KEY_MAX bytes. */
static inline OnrWordKey onr_word_key(const char *word, gsize length) {
  return (OnrWordKey){{onr_load_up_to_8(word, length),
                       length > 8 ? onr_load_up_to_8(word + 8, length - 8) : 0,
                       length > 16 ? onr_load_up_to_8(word + 16, length - 16) : 0}};
}

/* onr_stem for a word whose key is there, into OUT, of which ONR_STEM_ROOM bytes may be written. Returns the
 * stem's bytes. */
gsize onr_stem_keyed(OnrStemmer *stemmer, const OnrWordKey *key, const char *folded, gsize length, char *out);

/* Has the processor fetch what onr_stem_keyed will read: the cache of stems is larger than near caches. */
void onr_stem_fetch(const OnrStemmer *stemmer, const OnrWordKey *key);

G_END_DECLS
