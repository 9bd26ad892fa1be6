/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text in a few numbers, by which those that share much of it are found without comparing all with all. Each run of
   ONR_SKETCH_SHINGLE words (a shingle) is hashed, and the smallest hashes are kept: two texts of which one holds a good part of
   the other have several of them in common, however much longer one is (Broder, "On the resemblance and containment of
   documents", 1997: bottom-k sketches). Quotes have smaller sketches of shorter shingles. Words come from postings, which are
   folded and in order already, so that a sketch costs a few microseconds.

     onr_sketch_add_words(&postings->text, words);                       // once a field
     onr_sketch_make((const guint64 *)words->data, words->len, &sketch);
     n = onr_sketch_write(&sketch, bytes);                               // as it is stored

   A change in what this header describes needs a new schema version: stored sketches are compared with new ones. */
#pragma once

#include "text/terms.h"

G_BEGIN_DECLS

#define ONR_SKETCH_SHINGLE 5 /* words */
#define ONR_SKETCH_MOST 24   /* hashes kept of an article: docs/duplicates.md says what fewer would miss */
#define ONR_SKETCH_LEAST_WORDS 8 /* a text of fewer has no sketch: nothing is said of what it is like */
#define ONR_SKETCH_BYTES_MAX (8 + 4 + 4 * ONR_SKETCH_MOST)

typedef struct {
  guint64 hash; /* of all words in order: equal for texts of equal words; 0 without a sketch */
  guint32 n_words;
  guint n;      /* at most ONR_SKETCH_MOST, 0 without a sketch */
  guint32 elements[ONR_SKETCH_MOST]; /* each once */
} OnrSketch;

/* Appends a hash (guint64) for each position of a field: of the form that stands there. */
void onr_sketch_add_words(const OnrPostings *postings, GArray *words);

void onr_sketch_make(const guint64 *words, guint n_words, OnrSketch *out);
/* Returns how many bytes of OUT, which has room for ONR_SKETCH_BYTES_MAX, it takes; 0 without a sketch. */
gsize onr_sketch_write(const OnrSketch *sketch, guint8 *out);
/* FALSE where BYTES are no sketch. */
gboolean onr_sketch_read(const guint8 *bytes, gsize n_bytes, OnrSketch *out);

/* How much of the words of the shorter of two texts the longer holds too, estimated from N_SHARED elements that their sketches have in common: 0 to 1 and, by chance, over. */
double onr_sketch_containment(const OnrSketch *a, const OnrSketch *b, guint n_shared);

/* --- quotes --- */

#define ONR_QUOTE_SHINGLE 3
#define ONR_QUOTE_SKETCH_MOST 8
#define ONR_QUOTE_LEAST_WORDS 6   /* a quote of fewer words, or of fewer than … */
#define ONR_QUOTE_LEAST_LONG 4    /* … this many of four letters or more, is only compared as a whole */

typedef struct {
  gboolean is_short; /* one element, of all words: equal or not */
  guint n_shingles;  /* at most 255 */
  guint n;           /* elements; 0 for a quote without a word */
  guint32 elements[ONR_QUOTE_SKETCH_MOST]; /* of 24 bits, each once */
} OnrQuoteSketch;

/* Of the words of POSTINGS; SCRATCH is a GArray of guint64, whose content is lost. */
void onr_quote_sketch_make(const OnrPostings *postings, GArray *scratch, OnrQuoteSketch *out);
/* Appends it to OUT: the sketches of an article's quotes stand one behind the other. */
void onr_quote_sketch_write(const OnrQuoteSketch *sketch, GByteArray *out);
/* As onr_sketch_containment, of shingles. */
double onr_quote_sketch_containment(const OnrQuoteSketch *a, const OnrQuoteSketch *b, guint n_shared);
/* Reads the sketch at *AT of BYTES and moves on; FALSE at the end or where they are damaged. */
gboolean onr_quote_sketch_next(const guint8 *bytes, gsize n_bytes, gsize *at, OnrQuoteSketch *out);

G_END_DECLS
