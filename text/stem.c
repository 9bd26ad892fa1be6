/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/stem.h"

#include <libstemmer.h>
#include <string.h>

/* A set-associative cache of fixed size: a word has WAYS places, the newest in front. 8192 entries of 64
 * bytes, 512 KiB. */
#define N_SETS 4096 /* a power of two */
#define WAYS 2
#define MAX_CACHED 24   /* bytes; longer words are rare and go to Snowball each time */
#define MAX_STEMMED 100 /* bytes; longer than any word of a language, such runs are their own stem */

typedef struct {
  guint64 key[3]; /* the word, zero padded; all zero is free, since no word is empty */
  char stem[39];
  guint8 length;
} Entry;

G_STATIC_ASSERT(sizeof(Entry) == 64);

struct OnrStemmer {
  struct sb_stemmer *snowball; /* NULL: no stemming */
  Entry (*sets)[WAYS];
};

OnrStemmer *onr_stemmer_new(const char *language, GError **error) {
  struct sb_stemmer *snowball = NULL;
  if (strcmp(language, "none")) {
    snowball = sb_stemmer_new(language, "UTF_8");
    if (!snowball) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "no stemmer for language \"%s\"", language);
      return NULL;
    }
  }
  OnrStemmer *stemmer = g_new0(OnrStemmer, 1);
  stemmer->snowball = snowball;
  if (snowball)
    stemmer->sets = g_malloc0_n(N_SETS, sizeof *stemmer->sets);
  return stemmer;
}

void onr_stemmer_free(OnrStemmer *stemmer) {
  if (!stemmer)
    return;
  sb_stemmer_delete(stemmer->snowball);
  g_free(stemmer->sets);
  g_free(stemmer);
}

static inline guint32 load4(const char *p) {
  guint32 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline guint64 load8(const char *p) {
  guint64 v;
  memcpy(&v, p, sizeof v);
  return v;
}

/* 1 to 8 bytes as a number, different for different bytes, without reading past them. */
static inline guint64 load_tail(const char *p, gsize n) {
  if (n >= 8)
    return load8(p);
  if (n >= 4)
    return load4(p) | (guint64)load4(p + n - 4) << (8 * (n - 4));
  return (guint64)(guchar)p[0] | (guint64)(guchar)p[n / 2] << (8 * (n / 2)) |
         (guint64)(guchar)p[n - 1] << (8 * (n - 1));
}

static inline void make_key(const char *word, gsize length, guint64 key[3]) {
  key[0] = load_tail(word, length);
  key[1] = length > 8 ? load_tail(word + 8, length - 8) : 0;
  key[2] = length > 16 ? load_tail(word + 16, length - 16) : 0;
}

static inline guint32 hash_key(const guint64 key[3]) {
  /* odd constants of xxHash64; the high half of a product is mixed best */
  guint64 h = key[0] * 0x9e3779b185ebca87u;
  h = (h ^ (h >> 32) ^ key[1]) * 0xc2b2ae3d27d4eb4fu;
  h = (h ^ (h >> 32) ^ key[2]) * 0x165667b19e3779f9u;
  return (guint32)(h >> 40);
}

static inline gboolean has_key(const Entry *e, const guint64 key[3]) {
  return e->key[0] == key[0] && e->key[1] == key[1] && e->key[2] == key[2];
}

static const char *stem_by_snowball(OnrStemmer *stemmer, const char *word, gsize length, gsize *stem_length) {
  const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word, (int)length);
  int n = stem ? sb_stemmer_length(stemmer->snowball) : 0;
  if (n <= 0) { /* out of memory, or nothing left of the word */
    *stem_length = length;
    return word;
  }
  *stem_length = (gsize)n;
  return (const char *)stem;
}

static const char *stem_into_cache(OnrStemmer *stemmer, Entry *set, const guint64 key[3], const char *word,
                                   gsize length, gsize *stem_length) {
  const char *stem = stem_by_snowball(stemmer, word, length, stem_length);
  if (*stem_length > sizeof set->stem)
    return stem;
  memmove(set + 1, set, (WAYS - 1) * sizeof *set);
  memcpy(set->key, key, sizeof set->key);
  memcpy(set->stem, stem, *stem_length);
  set->length = (guint8)*stem_length;
  return set->stem;
}

const char *onr_stem(OnrStemmer *stemmer, const char *folded, gsize length, gsize *stem_length) {
  *stem_length = length;
  if (!stemmer->snowball || length == 0 || length > MAX_STEMMED)
    return folded;
  if (length > MAX_CACHED)
    return stem_by_snowball(stemmer, folded, length, stem_length);
  guint64 key[3];
  make_key(folded, length, key);
  Entry *set = stemmer->sets[hash_key(key) % N_SETS];
  for (guint i = 0; i < WAYS; i++) {
    if (has_key(&set[i], key)) {
      *stem_length = set[i].length;
      return set[i].stem;
    }
  }
  return stem_into_cache(stemmer, set, key, folded, length, stem_length);
}
