/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the recogniser sees of a token (annotate/recogniser.h): words, shapes, endings and listed names around
   it, the run of capitals that it stands in, and, in the second pass, what the first found elsewhere in the
   article: what is a person once is one throughout. */
#pragma once

#include "annotate/keys.h"
#include "annotate/labeller.h"
#include "annotate/word_classes.h"
#include "text/vocabulary.h"

G_BEGIN_DECLS

#define ONR_ENTITY_BITS 17 /* log2 of the rows: 2 MB, two passes of 8 labels each */

/* A token's label is 0 for no entity's, else 1 + its OnrEntityType. Two entities of one type that nothing
 * parts are rare enough to go without a label for where one begins. */
#define ONR_N_ENTITY_LABELS (1 + ONR_N_ENTITY_TYPES)

/* How the first pass labelled a word: tokens of the article by label. */
typedef struct {
  guint32 of[ONR_N_ENTITY_LABELS];     /* all of them */
  guint32 longer[ONR_N_ENTITY_LABELS]; /* those with a neighbour of the same label */
  gboolean is_small;                   /* the article has the word without a capital as well */
} OnrLabelCounts;

/* A token of a stretch. */
typedef struct {
  guint32 sentence;
  OnrSpan run;    /* the capitals around it; empty where it has none itself */
  guint64 listed; /* classes of the listed name that holds it, 0 for none */
  guint8 listed_words, listed_offset;
  guint8 kind;     /* of the run: 1 + what its words and its neighbours say, 0 outside of runs */
  guint8 is_small; /* is the word written without a capital elsewhere in the article? */
  /* Of the first pass, elsewhere in the article, as codes: */
  guint8 most;   /* the label that the word has most, of how many, and whether always */
  guint8 longer; /* the label that longer names with this word have most, of how many */
} OnrEntityToken;

typedef struct {
  const OnrReading *reading;
  const OnrWordClasses *classes; /* borrowed; to be set before the first article */
  OnrKeys words;                 /* of words with a capital: index into counts */
  GArray *counts;                /* OnrLabelCounts */
  GArray *stretches;             /* OnrSpan: where entities can be, in text order, each within a sentence */
  OnrEntityToken *items;         /* a member a token, set in the stretches only */
  guint16 *word_classes;         /* a member a token, set in sentences with a stretch */
  gboolean is_results;           /* scratch: the last sentence was a line of scores */
  guint8 *density;               /* a member a sentence: numbers among its tokens, in eighths */
  guint32 capacity;
} OnrEntityFeatures;

void onr_entity_features_init(OnrEntityFeatures *f);
void onr_entity_features_clear(OnrEntityFeatures *f);

/* Takes over READING and finds the stretches of capitals, numbers and the small words between them: tokens
 * elsewhere are no entity's. */
void onr_entity_features_set(OnrEntityFeatures *f, const OnrReading *reading);

/* What it sees is an OnrEntityFeatures. */
extern const OnrLabelTask onr_entity_task;

G_END_DECLS
