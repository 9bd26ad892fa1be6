/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Attributed articles as training sees them: read, tagged by the rules, and with the annotators' spans as
   spans of our tokens. Each article keeps what annotation keeps in scratch, since training comes back to it.
 */
#pragma once

#include "annotate/entities.h"
#include "annotate/linking.h"
#include "training/perceptron.h"

G_BEGIN_DECLS

/* An attribution by the annotators: token spans of each role. */
typedef struct {
  GArray *spans[ONR_N_ROLES]; /* OnrSpan, not empty */
} OnrGold;

typedef struct {
  char *id, *title, *body;
  OnrDocument *doc;
  OnrReading reading;
  OnrRecogniser recogniser;
  OnrEntities entities;
  OnrAnnotation *annotation;
  OnrAttributions rules;
  OnrTagger tagger;
  GArray *gold;   /* OnrGold */
  guint8 *labels; /* OnrLabel a token, by the annotators */
  guint8 *first;  /* by a first pass that has not seen the article */
} OnrExample;

typedef struct {
  GPtrArray *examples; /* OnrExample, owned */
  GArray *labelled;    /* OnrLabelled, each borrowed from the example of its number */
  OnrLexicon *lexicon;
  GMappedFile *names; /* the entity model */
} OnrCorpus;

/* Reads JSON Lines, gzipped or not: objects with id, title, body and attributions (lists of [begin, end) in
   code points of the body by the names of roles). NAMES: path of the entity model. GROUPS: ONR_FEATURES_… */
OnrCorpus *onr_corpus_read(const char *path, const char *names, guint32 groups, GError **error);
void onr_corpus_free(OnrCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrCorpus, onr_corpus_free)

static inline OnrExample *onr_corpus_get(const OnrCorpus *corpus, guint k) {
  return g_ptr_array_index(corpus->examples, k);
}

/* The attribution of which SPAN shares most tokens with spans of ROLE; NULL where it shares none. */
const OnrGold *onr_example_gold(const OnrExample *e, OnrRole role, OnrSpan span);

gboolean onr_gold_overlaps(const OnrGold *gold, OnrRole role, OnrSpan span);

G_END_DECLS
