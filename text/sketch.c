/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/sketch.h"

#include "text/bytes.h"

#include <string.h>

#define LONG_WORD_BYTES 4

/* --- hashes --- */

/* The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
static inline guint64 mix(guint64 h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdu;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53u;
  return h ^ h >> 33;
}

static inline guint64 join(guint64 h, guint64 word) {
  return ((h << 23 | h >> 41) ^ word) * 0x9e3779b97f4a7c15u;
}

static guint64 hash_word(const char *word, gsize length) {
  guint64 h = length;
  for (; length > 8; word += 8, length -= 8)
    h = join(h, onr_load8(word));
  return mix(length ? join(h, onr_load_up_to_8(word, length)) : h);
}

static guint64 hash_words(const guint64 *words, guint n) {
  guint64 h = n;
  for (guint i = 0; i < n; i++)
    h = join(h, words[i]);
  return mix(h);
}

/* --- words --- */

/* The next form that begins a position; FALSE at the end. */
static gboolean next_word(const OnrPostings *postings, gsize *at, OnrPosting *posting) {
  while (onr_postings_next(postings->bytes->data, postings->bytes->len, at, posting))
    if (!posting->is_stem && !posting->is_colocated && posting->length)
      return TRUE;
  return FALSE;
}

void onr_sketch_add_words(const OnrPostings *postings, GArray *words) {
  gsize at = 0;
  OnrPosting posting;
  while (postings->bytes && next_word(postings, &at, &posting)) {
    guint64 hash = hash_word(posting.term, posting.length);
    g_array_append_val(words, hash);
  }
}

/* --- the smallest hashes --- */

typedef struct {
  guint64 *kept; /* ascending, each once */
  guint n, most;
} Smallest;

static void offer(Smallest *s, guint64 hash) {
  if (s->n == s->most && hash >= s->kept[s->n - 1])
    return;
  guint at = s->n;
  while (at > 0 && s->kept[at - 1] > hash)
    at--;
  if (at > 0 && s->kept[at - 1] == hash)
    return;
  guint n_moved = MIN(s->n, s->most - 1) - at;
  memmove(s->kept + at + 1, s->kept + at, n_moved * sizeof *s->kept);
  s->kept[at] = hash;
  s->n = MIN(s->n + 1, s->most);
}

/* Words at different places are turned by different amounts, so that their order counts; in place of
 * multiplying word by word. */
static inline guint64 hash_shingle(const guint64 *words, guint n) {
  guint64 h = words[0];
  for (guint k = 1; k < n; k++)
    h = (h << 11 | h >> 53) ^ words[k];
  return mix(h);
}

static void offer_shingles(Smallest *s, const guint64 *words, guint n_words, guint n_shingle) {
  for (guint i = 0; i + n_shingle <= n_words; i++)
    offer(s, hash_shingle(words + i, n_shingle));
}

/* What is kept is small in its upper bits; the lower ones tell elements apart. */
void onr_sketch_make(const guint64 *words, guint n_words, OnrSketch *out) {
  guint64 kept[ONR_SKETCH_MOST];
  Smallest smallest = {kept, 0, ONR_SKETCH_MOST};
  *out = (OnrSketch){0};
  if (n_words < ONR_SKETCH_LEAST_WORDS)
    return;
  offer_shingles(&smallest, words, n_words, ONR_SKETCH_SHINGLE);
  out->hash = hash_words(words, n_words);
  out->n_words = n_words;
  out->n = smallest.n;
  for (guint i = 0; i < smallest.n; i++)
    out->elements[i] = (guint32)kept[i];
}

/* Hash and number of words, then elements, all little endian. */
#define HEAD_BYTES (sizeof(guint64) + sizeof(guint32))

gsize onr_sketch_write(const OnrSketch *sketch, guint8 *out) {
  if (!sketch->n)
    return 0;
  guint64 hash = GUINT64_TO_LE(sketch->hash);
  guint32 n_words = GUINT32_TO_LE(sketch->n_words);
  memcpy(out, &hash, sizeof hash);
  memcpy(out + sizeof hash, &n_words, sizeof n_words);
  for (guint i = 0; i < sketch->n; i++) {
    guint32 element = GUINT32_TO_LE(sketch->elements[i]);
    memcpy(out + HEAD_BYTES + i * sizeof element, &element, sizeof element);
  }
  return HEAD_BYTES + sketch->n * sizeof(guint32);
}

gboolean onr_sketch_read(const guint8 *bytes, gsize n_bytes, OnrSketch *out) {
  *out = (OnrSketch){0};
  if (n_bytes <= HEAD_BYTES || n_bytes > ONR_SKETCH_BYTES_MAX || n_bytes % sizeof(guint32))
    return FALSE;
  memcpy(&out->hash, bytes, sizeof out->hash);
  memcpy(&out->n_words, bytes + sizeof out->hash, sizeof out->n_words);
  out->hash = GUINT64_FROM_LE(out->hash);
  out->n_words = GUINT32_FROM_LE(out->n_words);
  out->n = (guint)((n_bytes - HEAD_BYTES) / sizeof(guint32));
  memcpy(out->elements, bytes + HEAD_BYTES, out->n * sizeof(guint32));
  for (guint i = 0; i < out->n; i++)
    out->elements[i] = GUINT32_FROM_LE(out->elements[i]);
  return TRUE;
}

/* The smallest hashes of the longer text that are the shorter one's too are among the smallest of that. */
static double containment(guint32 length_a, guint n_a, guint32 length_b, guint n_b, guint n_shared) {
  guint32 longer = MAX(length_a, length_b), shorter = MIN(length_a, length_b);
  guint n = length_a >= length_b ? n_a : n_b;
  return n && shorter ? (double)n_shared / n * longer / shorter : 0;
}

double onr_sketch_containment(const OnrSketch *a, const OnrSketch *b, guint n_shared) {
  return containment(a->n_words, a->n, b->n_words, b->n, n_shared);
}

/* --- quotes --- */

#define ELEMENT_BYTES 3
#define ELEMENT_MASK 0xffffffu
#define SHORT_MARK 0x80
#define QUOTE_HEAD_BYTES 2 /* elements and mark; shingles */

static guint count_long_words(const OnrPostings *postings) {
  gsize at = 0;
  guint n = 0;
  OnrPosting posting;
  while (postings->bytes && next_word(postings, &at, &posting))
    n += posting.length >= LONG_WORD_BYTES;
  return n;
}

/* Two hashes that differ may be one in their lower bits. */
static void keep_elements(const Smallest *smallest, OnrQuoteSketch *out) {
  for (guint i = 0; i < smallest->n; i++) {
    guint32 element = (guint32)smallest->kept[i] & ELEMENT_MASK;
    gboolean is_new = TRUE;
    for (guint k = 0; k < out->n; k++)
      is_new = is_new && out->elements[k] != element;
    if (is_new)
      out->elements[out->n++] = element;
  }
}

void onr_quote_sketch_make(const OnrPostings *postings, GArray *scratch, OnrQuoteSketch *out) {
  guint64 kept[ONR_QUOTE_SKETCH_MOST];
  Smallest smallest = {kept, 0, ONR_QUOTE_SKETCH_MOST};
  *out = (OnrQuoteSketch){0};
  g_array_set_size(scratch, 0);
  onr_sketch_add_words(postings, scratch);
  const guint64 *words = (const guint64 *)(gconstpointer)scratch->data;
  out->is_short = scratch->len < ONR_QUOTE_LEAST_WORDS || count_long_words(postings) < ONR_QUOTE_LEAST_LONG;
  if (!scratch->len)
    return;
  out->n_shingles = out->is_short ? 1 : MIN(scratch->len + 1 - ONR_QUOTE_SHINGLE, G_MAXUINT8);
  if (out->is_short)
    offer(&smallest, hash_words(words, scratch->len));
  else
    offer_shingles(&smallest, words, scratch->len, ONR_QUOTE_SHINGLE);
  keep_elements(&smallest, out);
}

double onr_quote_sketch_containment(const OnrQuoteSketch *a, const OnrQuoteSketch *b, guint n_shared) {
  return containment(a->n_shingles, a->n, b->n_shingles, b->n, n_shared);
}

void onr_quote_sketch_write(const OnrQuoteSketch *sketch, GByteArray *out) {
  guint8 head[] = {(guint8)(sketch->n | (sketch->is_short ? SHORT_MARK : 0)), (guint8)sketch->n_shingles};
  g_byte_array_append(out, head, sizeof head);
  for (guint i = 0; i < sketch->n; i++) {
    guint32 element = GUINT32_TO_LE(sketch->elements[i]);
    g_byte_array_append(out, (const guint8 *)&element, ELEMENT_BYTES);
  }
}

gboolean onr_quote_sketch_next(const guint8 *bytes, gsize n_bytes, gsize *at, OnrQuoteSketch *out) {
  *out = (OnrQuoteSketch){0};
  if (*at >= n_bytes || n_bytes - *at < QUOTE_HEAD_BYTES)
    return FALSE;
  guint8 head = bytes[*at];
  guint n = head & (SHORT_MARK - 1);
  if (n > ONR_QUOTE_SKETCH_MOST || n_bytes - *at - QUOTE_HEAD_BYTES < (gsize)n * ELEMENT_BYTES)
    return FALSE;
  out->n_shingles = bytes[*at + 1];
  out->is_short = (head & SHORT_MARK) != 0;
  out->n = n;
  for (guint i = 0; i < n; i++) {
    guint32 element = 0;
    memcpy(&element, bytes + *at + QUOTE_HEAD_BYTES + i * ELEMENT_BYTES, ELEMENT_BYTES);
    out->elements[i] = GUINT32_FROM_LE(element);
  }
  *at += QUOTE_HEAD_BYTES + n * ELEMENT_BYTES;
  return TRUE;
}
