/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the rules know of single words: classes of words, verbs with their forms, cues with their frames,
   names of people and places. One open-addressed table from a word's folded form to its entry, built once
   from the lists in annotate/tables/; phrases of up to ONR_PHRASE_MAX words ("United States", "prime
   minister") are entries whose key is made of the words' keys. A key is 64 bits of hash and stands for the
   word: words are compared by key alone.

     g_autoptr(OnrLexicon) lexicon = onr_lexicon_new();
     const OnrLexeme *l = onr_lexicon_find(lexicon, onr_word_key("said", 4)); */
#pragma once

#include "text/bytes.h"

G_BEGIN_DECLS

#define ONR_PHRASE_MAX                                                                                       \
  5 /* words in the longest listed name: "Islamic Republic of the Congo" and the like                        \
     */

/* Bits of OnrLexeme.classes. A word may bear several; context decides in annotate/reading.c. */
#define ONR_WORD_DETERMINER (G_GUINT64_CONSTANT(1) << 0)   /* the, this, many */
#define ONR_WORD_POSSESSIVE (G_GUINT64_CONSTANT(1) << 1)   /* his, their */
#define ONR_WORD_PRONOUN (G_GUINT64_CONSTANT(1) << 2)      /* can be a subject: he, it, everyone */
#define ONR_WORD_OBJECT (G_GUINT64_CONSTANT(1) << 3)       /* him, them, himself */
#define ONR_WORD_PREPOSITION (G_GUINT64_CONSTANT(1) << 4)  /* of, in, about */
#define ONR_WORD_COORDINATOR (G_GUINT64_CONSTANT(1) << 5)  /* and, or, but */
#define ONR_WORD_SUBORDINATOR (G_GUINT64_CONSTANT(1) << 6) /* because, while, although */
#define ONR_WORD_THAT (G_GUINT64_CONSTANT(1) << 7)
#define ONR_WORD_WH (G_GUINT64_CONSTANT(1) << 8) /* who, what, whether */
#define ONR_WORD_MODAL (G_GUINT64_CONSTANT(1) << 9)
#define ONR_WORD_BE (G_GUINT64_CONSTANT(1) << 10)
#define ONR_WORD_HAVE (G_GUINT64_CONSTANT(1) << 11)
#define ONR_WORD_DO (G_GUINT64_CONSTANT(1) << 12)
#define ONR_WORD_TO (G_GUINT64_CONSTANT(1) << 13)
#define ONR_WORD_NOT (G_GUINT64_CONSTANT(1) << 14)
#define ONR_WORD_ADVERB (G_GUINT64_CONSTANT(1) << 15)
#define ONR_WORD_NUMBER (G_GUINT64_CONSTANT(1) << 16)   /* two, dozen, million */
#define ONR_WORD_TIME (G_GUINT64_CONSTANT(1) << 17)     /* Sunday, week, yesterday */
#define ONR_WORD_CALENDAR (G_GUINT64_CONSTANT(1) << 18) /* days and months: capitalised, yet no names */
#define ONR_WORD_TITLE (G_GUINT64_CONSTANT(1) << 19)    /* before a name, no part of it: Mr, Sen., Minister */
#define ONR_WORD_ROLE (G_GUINT64_CONSTANT(1) << 20)   /* one person by what they are: minister, spokeswoman */
#define ONR_WORD_PEOPLE (G_GUINT64_CONSTANT(1) << 21) /* several: officials, critics */
#define ONR_WORD_DOCUMENT (G_GUINT64_CONSTANT(1) << 22) /* report, poll, law */
#define ONR_WORD_BODY (G_GUINT64_CONSTANT(1) << 23)     /* a body that acts: ministry, committee, company */
#define ONR_WORD_GIVEN_MALE (G_GUINT64_CONSTANT(1) << 24)
#define ONR_WORD_GIVEN_FEMALE (G_GUINT64_CONSTANT(1) << 25)
#define ONR_WORD_GIVEN (G_GUINT64_CONSTANT(1) << 26) /* a given name, whatever else the word may be */
#define ONR_WORD_PLACE (G_GUINT64_CONSTANT(1) << 27)
#define ONR_WORD_STATE                                                                                       \
  (G_GUINT64_CONSTANT(1) << 28) /* of places: a country, whose name also means its government */
#define ONR_WORD_ORG (G_GUINT64_CONSTANT(1) << 29)     /* the name of an organisation */
#define ONR_WORD_DEMONYM (G_GUINT64_CONSTANT(1) << 30) /* Russian, Democrats: capitalised, names a kind */
#define ONR_WORD_COMMON                                                                                      \
  (G_GUINT64_CONSTANT(1) << 31) /* no name when only a sentence's beginning capitalises it */
#define ONR_WORD_CUE_NOUN (G_GUINT64_CONSTANT(1) << 32)
#define ONR_WORD_CUE_ADJECTIVE (G_GUINT64_CONSTANT(1) << 33)
#define ONR_WORD_FEMALE (G_GUINT64_CONSTANT(1) << 34) /* she, Mrs, spokeswoman */
#define ONR_WORD_MALE (G_GUINT64_CONSTANT(1) << 35)
#define ONR_WORD_PLURAL (G_GUINT64_CONSTANT(1) << 36) /* they, officials */
#define ONR_WORD_FIRST (G_GUINT64_CONSTANT(1) << 37)  /* I, we, my: the one who speaks or writes */
#define ONR_WORD_VENUE                                                                                       \
  (G_GUINT64_CONSTANT(1) << 38) /* where words are said: statement, interview, television */
#define ONR_WORD_GEO (G_GUINT64_CONSTANT(1) << 39)      /* last word of a place's name: River, County */
#define ONR_WORD_SUFFIX (G_GUINT64_CONSTANT(1) << 40)   /* last word of a company's name: Inc, Corp */
#define ONR_WORD_PARTICLE (G_GUINT64_CONSTANT(1) << 41) /* inside names: van, bin, al */
#define ONR_WORD_STARTS_PHRASE (G_GUINT64_CONSTANT(1) << 42)
#define ONR_WORD_WORK (G_GUINT64_CONSTANT(1) << 43)       /* what may bear a quoted title: book, film */
#define ONR_WORD_CONTRACTED (G_GUINT64_CONSTANT(1) << 44) /* pronoun and auxiliary in one: he'd, they're */
#define ONR_WORD_VERB (G_GUINT64_CONSTANT(1) << 45)
#define ONR_WORD_NOUN                                                                                        \
  (G_GUINT64_CONSTANT(1) << 46) /* a verb's form that is a noun more often: plan, report */
#define ONR_WORD_NEGATED (G_GUINT64_CONSTANT(1) << 47) /* auxiliary with n't */
#define ONR_WORD_GREETING                                                                                    \
  (G_GUINT64_CONSTANT(1) << 48) /* before a colon, yet no speaker: Photo, Update, Note */
#define ONR_WORD_ACCORDING (G_GUINT64_CONSTANT(1) << 49) /* according (to) */
#define ONR_WORD_THING                                                                                       \
  (G_GUINT64_CONSTANT(1)                                                                                     \
   << 50) /* last word of the name of what is neither person, body nor place: Act, Cup */

#define ONR_WORD_SMALL (G_GUINT64_CONSTANT(1) << 51) /* hardly ever in a name: news writes it small */

/* Forms of a verb; a word can be several ("put"). */
enum {
  ONR_FORM_BASE = 1 << 0,
  ONR_FORM_S = 1 << 1,
  ONR_FORM_PAST = 1 << 2,
  ONR_FORM_PARTICIPLE = 1 << 3,
  ONR_FORM_ING = 1 << 4,
};

typedef struct {
  guint64 key; /* 0 marks a free slot */
  guint64 classes;
  guint16 cue; /* 1 + index of the first cue of this word (annotate/cues.h), 0 for none */
  guint8 forms;
  guint8 n_words; /* of a phrase; 1 for a word */
} OnrLexeme;

typedef struct OnrLexicon OnrLexicon;

OnrLexicon *onr_lexicon_new(void);
void onr_lexicon_free(OnrLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrLexicon, onr_lexicon_free)

/* The entry of a key, or NULL. Borrowed from the lexicon. */
const OnrLexeme *onr_lexicon_find(const OnrLexicon *lexicon, guint64 key);

/* Has the processor fetch what onr_lexicon_find will read: the table is larger than near caches. */
void onr_lexicon_fetch(const OnrLexicon *lexicon, guint64 key);

/* The key of a folded word: 64 bits of hash, never 0. */
guint64 onr_word_key(const char *folded, gsize length);

/* The same in steps, for a caller that has the word in registers: begin with its length, add its bytes eight
 * at a time, the last ones zero padded, and set the lowest bit. The step is that of MurmurHash3's finaliser
 * (Austin Appleby, public domain). */
static inline guint64 onr_word_key_begin(gsize length) {
  return length * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
}

static inline guint64 onr_word_key_add(guint64 hash, guint64 bytes) {
  hash = (hash ^ bytes) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
  return hash ^ hash >> 32;
}

/* The key of a phrase that is one word longer. */
static inline guint64 onr_phrase_key(guint64 phrase, guint64 word) {
  return (phrase ^ (word + G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + (phrase << 6) + (phrase >> 2))) | 1;
}

G_END_DECLS
