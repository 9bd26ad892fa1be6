/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a user has corrected: speakers, quotes that are none, identities that are one or two. Kept as lines of a small text file in the archive
   (docs/formats.md), which is the truth that the record is brought to (indexer/indexer.h): lines may be written by hand, shared and taken out again. A quote is known by its
   article, offsets and folded words, so that it is found again where a better model cuts it otherwise. */
#pragma once

#include "archive/record.h"

G_BEGIN_DECLS

#define ONR_CORRECTIONS_FILE "corrections.tsv"

typedef enum {
  ONR_CORRECTION_SPEAKER,     /* a quote's speaker is another */
  ONR_CORRECTION_NOT_A_QUOTE, /* a quote is none */
  ONR_CORRECTION_MERGE,       /* identities are the first of them */
  ONR_CORRECTION_SPLIT,       /* names are the first one's, and not their identity's */
  ONR_CORRECTION_BEARER,      /* in one article a name is another's */
  ONR_N_CORRECTIONS
} OnrCorrectionKind;
const char *onr_correction_kind_name(OnrCorrectionKind kind); /* "speaker", "not-a-quote", … */

typedef struct {
  OnrCorrectionKind kind;
  char *article;   /* id; NULL for MERGE and SPLIT */
  OnrSpan content; /* of the quote: from its first to its last code point */
  char *words;     /* of the quote, folded */
  char *identity;  /* SPEAKER, BEARER: id of who it is; NULL: nobody that is named */
  char *name_id;   /* SPEAKER, BEARER: the name by which the article has it: "person:sergey-lavrov" */
  char *name;      /* SPEAKER: as it is shown where the article does not have it */
  GPtrArray *ids;  /* MERGE: identities; SPLIT: the identity, then names; NULL else */
} OnrCorrection;

typedef struct OnrCorrections OnrCorrections;

OnrCorrections *onr_corrections_new(void);
/* TEXT: what the file holds. FORMAT with the line that is none. */
OnrCorrections *onr_corrections_parse(const char *text, GError **error);
char *onr_corrections_print(const OnrCorrections *corrections); /* the caller frees it */
void onr_corrections_free(OnrCorrections *corrections);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrCorrections, onr_corrections_free)

guint onr_corrections_count(const OnrCorrections *corrections);
const OnrCorrection *onr_corrections_get(const OnrCorrections *corrections, guint i);
char *onr_correction_print(const OnrCorrection *correction); /* its line, without line end; the caller frees it */
/* Adds a copy at the end. One that says the same of the same quote, name or identities in other words goes. FALSE where the very line is there. */
gboolean onr_corrections_add(OnrCorrections *corrections, const OnrCorrection *correction);
void onr_corrections_remove(OnrCorrections *corrections, guint i);

/* Adds the quote at INDEX of ARTICLE to OUT, which is all zero: article, content and words. Freed with onr_correction_clear. */
void onr_correction_set_quote(OnrCorrection *out, const OnrArticle *article, guint index);
void onr_correction_clear(OnrCorrection *correction);

/* Applies what concerns the quotes of ARTICLE, as annotation has left it. FOUND, when not NULL, is TRUE at the index of each correction whose quote was found; it has a place for all.
   Returns how many were not. Reads CORRECTIONS only: several threads may. */
guint onr_corrections_apply(const OnrCorrections *corrections, OnrArticle *article, gboolean *found);

/* Adds to ARTICLES (set of char *, owned) the articles whose quotes A and B say different things of; either may be NULL. */
void onr_corrections_differ(const OnrCorrections *a, const OnrCorrections *b, GHashTable *articles);

/* An id for one more bearer of the name NAME_ID, of which ARTICLES (ids, NULL-terminated) speak: made as those of parts are. The caller frees it. */
char *onr_correction_new_bearer(const char *name_id, const char *const *articles);

/* What all of them come to for names: OnrRuling, the caller unrefs. Later lines stand over earlier ones. */
GArray *onr_corrections_rulings(const OnrCorrections *corrections);

G_END_DECLS
