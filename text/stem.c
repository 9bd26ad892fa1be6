/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/word_key.h"

#include <libstemmer.h>
#include <string.h>

/* A set-associative cache of fixed size: 32768 entries, 1 MiB. A set fills a cache line, the newest word in
 * front. */
#define SET_BITS 14
#define WAYS 2
#define MAX_STEMMED 100 /* bytes; longer than any word of a language, such runs are their own stem */
#define MAX_TAIL 6

/* A stem is the first KEEP bytes of its word and a tail of its own, mostly none. */
typedef struct {
  OnrWordKey key; /* all zero is free, since no word is empty */
  guint8 keep;
  guint8 n_tail;
  char tail[MAX_TAIL];
} Entry;

G_STATIC_ASSERT(sizeof(Entry) == 32);

struct OnrStemmer {
  struct sb_stemmer *snowball; /* NULL: no stemming */
  Entry (*sets)[WAYS];
  char stem[ONR_STEM_ROOM]; /* the last one that came from the cache */
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
    stemmer->sets = g_aligned_alloc0((gsize)1 << SET_BITS, sizeof *stemmer->sets, sizeof *stemmer->sets);
  return stemmer;
}

void onr_stemmer_free(OnrStemmer *stemmer) {
  if (!stemmer)
    return;
  sb_stemmer_delete(stemmer->snowball);
  g_aligned_free(stemmer->sets);
  g_free(stemmer);
}

/* The top bits of a product depend on all bits of its factors; the odd constants are those of xxHash64. */
static inline gsize set_of(const OnrWordKey *key) {
  guint64 h = key->part[0] * 0x9e3779b185ebca87u ^ key->part[1] * 0xc2b2ae3d27d4eb4fu ^
              key->part[2] * 0x165667b19e3779f9u;
  return h >> (64 - SET_BITS);
}

static inline gboolean has_key(const Entry *e, const OnrWordKey *key) {
  return e->key.part[0] == key->part[0] && e->key.part[1] == key->part[1] && e->key.part[2] == key->part[2];
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

static void remember(Entry *set, const OnrWordKey *key, const char *word, gsize length, const char *stem,
                     gsize stem_length) {
  gsize keep = 0;
  while (keep < length && keep < stem_length && word[keep] == stem[keep])
    keep++;
  if (stem_length - keep > MAX_TAIL)
    return;
  memmove(set + 1, set, (WAYS - 1) * sizeof *set);
  *set = (Entry){.key = *key, .keep = (guint8)keep, .n_tail = (guint8)(stem_length - keep)};
  memcpy(set->tail, stem + keep, stem_length - keep);
}

/* OUT has ONR_STEM_ROOM bytes: three whole words and a tail are written, whatever the stem's length. */
static inline gsize recall(const Entry *e, char *out) {
  for (guint i = 0; i < G_N_ELEMENTS(e->key.part); i++)
    onr_store8(out + 8 * i, e->key.part[i]);
  memcpy(out + e->keep, e->tail, MAX_TAIL);
  return (gsize)e->keep + e->n_tail;
}

static gsize stem_unseen(OnrStemmer *stemmer, Entry *set, const OnrWordKey *key, const char *folded,
                         gsize length, char *out) {
  gsize stem_length;
  const char *stem = stem_by_snowball(stemmer, folded, length, &stem_length);
  if (stem_length > ONR_STEM_ROOM) { /* no stemmer does so much; the word will do */
    stem = folded;
    stem_length = length;
  }
  remember(set, key, folded, length, stem, stem_length);
  memcpy(out, stem, stem_length);
  return stem_length;
}

void onr_stem_fetch(const OnrStemmer *stemmer, const OnrWordKey *key) {
  if (stemmer->snowball)
    __builtin_prefetch(stemmer->sets[set_of(key)]);
}

gsize onr_stem_keyed(OnrStemmer *stemmer, const OnrWordKey *key, const char *folded, gsize length,
                     char *out) {
  if (!stemmer->snowball) {
    memcpy(out, folded, length);
    return length;
  }
  Entry *set = stemmer->sets[set_of(key)];
  for (guint i = 0; i < WAYS; i++)
    if (has_key(&set[i], key))
      return recall(&set[i], out);
  return stem_unseen(stemmer, set, key, folded, length, out);
}

const char *onr_stem(OnrStemmer *stemmer, const char *folded, gsize length, gsize *stem_length) {
  *stem_length = length;
  if (!stemmer->snowball || length == 0 || length > MAX_STEMMED)
    return folded;
  if (length > ONR_WORD_KEY_MAX) /* rare enough to go to Snowball each time */
    return stem_by_snowball(stemmer, folded, length, stem_length);
  OnrWordKey key = onr_word_key(folded, length);
  *stem_length = onr_stem_keyed(stemmer, &key, folded, length, stemmer->stem);
  return stemmer->stem;
}
