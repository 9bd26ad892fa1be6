/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The article as the passes see it: each token with what the lexicon knows of it and the one reading that its
   neighbours leave, and the stretches in quotation marks. Made once an article, then only read; token indices
   throughout. */
#pragma once

#include "annotate/annotate.h"
#include "annotate/lexicon.h"

G_BEGIN_DECLS

/* Tokens of one sentence that a rule looks at: longer sentences are read in pieces, so that a text without
   full stops costs no more than its length. The longest sentences of attributed news have about 200. */
#define ONR_SENTENCE_REACH 500
/* Bytes of a word that its key is made of; a multiple of eight. */
#define ONR_READING_FOLD_BYTES 256

/* What a token is in its sentence. Words that nothing else claims are nouns: a noun phrase is what the
   closed classes leave over. */
typedef enum {
  ONR_TAG_NOUN, /* also adjectives, participles before nouns, anything unknown */
  ONR_TAG_NAME, /* a capitalised word that is no sentence's beginning, or a known name */
  ONR_TAG_NUMBER,
  ONR_TAG_DETERMINER,
  ONR_TAG_POSSESSIVE,
  ONR_TAG_PRONOUN, /* a subject */
  ONR_TAG_OBJECT,
  ONR_TAG_PREPOSITION,
  ONR_TAG_COORDINATOR,
  ONR_TAG_SUBORDINATOR,
  ONR_TAG_THAT,
  ONR_TAG_WH,
  ONR_TAG_TO,
  ONR_TAG_ADVERB,     /* not, never, also, -ly */
  ONR_TAG_AUXILIARY,  /* modal, be, have, do */
  ONR_TAG_VERB,       /* finite, or bare after "to" and modals */
  ONR_TAG_PARTICIPLE, /* after be or have */
  ONR_TAG_ING,
  ONR_TAG_COMMA,
  ONR_TAG_COLON,
  ONR_TAG_STOP, /* full stop, ?, !, ; and the like */
  ONR_TAG_DASH,
  ONR_TAG_OPEN, /* bracket */
  ONR_TAG_CLOSE,
  ONR_TAG_QUOTE, /* a quotation mark that is one */
  ONR_TAG_OTHER, /* %, $, apostrophes */
} OnrTag;

typedef struct {
  guint64 key;     /* of the folded bare form; 0 for marks */
  guint64 classes; /* ONR_WORD_… */
  guint16 cue;     /* as in OnrLexeme */
  guint8 forms;
  guint8 tag;
  guint32 quoted;     /* 1 + index of the quoted stretch that holds the token, marks included; 0 outside */
  guint32 mention;    /* 1 + index into mentions once entities are found; 0 elsewhere */
  guint8 entity_type; /* OnrEntityType of that mention */
} OnrWord;

/* A stretch in quotation marks within one paragraph. */
typedef struct {
  guint32 begin; /* token of the opening mark, or the first word where the mark is missing */
  guint32 end;   /* one past the closing mark, or past the last token where it is missing */
  guint32 paragraph;
  gboolean is_single;    /* ‘…’ outside other marks */
  gboolean is_open;      /* runs on: not closed, and the next paragraph opens with a mark again */
  gboolean is_continued; /* the stretch before is open and this one takes it up */
  gboolean is_repaired;  /* a mark was missing or turned the wrong way */
} OnrQuoted;

typedef struct {
  const OnrDocument *doc;
  const OnrArticleHeader *header;
  const OnrLexicon *lexicon;
  OnrWord *words; /* as many as the document's tokens */
  guint32 n, capacity;
  GArray *quoted;    /* OnrQuoted, in text order, not overlapping */
  guint8 *headlines; /* a byte a sentence: 1 where Every Word Has a Capital, so that a capital says nothing */
  guint32 n_headlines;
  guint32 n_headline;                 /* tokens of the headline at the text's beginning, 0 when it has none */
  GString *fold;                      /* scratch */
  char ascii[ONR_READING_FOLD_BYTES]; /* scratch for words of ASCII alone */
} OnrReading;

void onr_reading_init(OnrReading *reading, const OnrLexicon *lexicon);
void onr_reading_clear(OnrReading *reading);

/* Reads DOC: classes, quotation marks, tags. The mention members are 0 afterwards. */
void onr_reading_set(OnrReading *reading, const OnrDocument *doc, const OnrArticleHeader *header);

/* The second and third step of onr_reading_set, in files of their own. */
void onr_reading_find_marks(OnrReading *reading); /* annotate/marks.c */
void onr_reading_tag(OnrReading *reading);        /* annotate/tagging.c */

static inline const OnrToken *onr_reading_token(const OnrReading *r, guint32 i) {
  return &r->doc->tokens.items[i];
}

static inline OnrTag onr_tag(const OnrReading *r, guint32 i) {
  return (OnrTag)r->words[i].tag;
}

static inline gboolean onr_reading_is(const OnrReading *r, guint32 i, guint64 classes) {
  return i < r->n && (r->words[i].classes & classes) != 0;
}

static inline gboolean onr_reading_is_capital(const OnrReading *r, guint32 i) {
  return (r->doc->tokens.items[i].flags & ONR_TOKEN_CAPITAL) != 0;
}

/* TRUE where token I is the single ASCII mark C. */
static inline gboolean onr_reading_is_mark(const OnrReading *r, guint32 i, char c) {
  const OnrToken *t = &r->doc->tokens.items[i];
  return t->kind == ONR_TOKEN_MARK && t->end == t->begin + 1 && r->doc->text[t->begin] == c;
}

/* The text of a token span, white space between words as one space, a final possessive left out. Owned by
 * CHUNK. */
const char *onr_reading_text(const OnrReading *r, OnrSpan tokens, GStringChunk *chunk);

/* Index of the first token that begins at byte OFFSET or behind it. */
guint32 onr_reading_token_from(const OnrReading *r, guint32 offset);

/* Length in words of the longest listed phrase (or single word) that begins at I and bears one of CLASSES, 0
 *for none; ENTRY gets it when ENTRY is not NULL. */
guint32 onr_reading_match(const OnrReading *r, guint32 i, guint32 end, guint64 classes,
                          const OnrLexeme **entry);

G_END_DECLS
