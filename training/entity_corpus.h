/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Articles whose entities are known, as training sees them: read, and with a label a token. */
#pragma once

#include "annotate/recogniser.h"
#include "training/perceptron.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *articles; /* owned */
  GArray *labelled;    /* OnrLabelled, each borrowed from the article of its number */
  OnrLexicon *lexicon;
  OnrWordClasses *classes;    /* to be filled before articles are read */
  guint n_doubts;             /* stretches of silver articles that are not trained on */
  guint n_entities, n_unseen; /* all, and those of which a token is in no stretch: they cannot be learned */
} OnrEntityCorpus;

OnrEntityCorpus *onr_entity_corpus_new(void);
void onr_entity_corpus_free(OnrEntityCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrEntityCorpus, onr_entity_corpus_free)

/* Adds JSON Lines, gzipped or not: objects with body, perhaps title, and entities (objects with begin and
 * end, in code points of the body, and type). */
gboolean onr_entity_corpus_read(OnrEntityCorpus *corpus, const char *path, GError **error);
/* Trains on the first N_GOLD articles; then, where there are others, once more on all, but of those only on
 * sentences in whose labels the first model agrees. In N_JOBS threads; the result does not depend on N_JOBS.
 */
void onr_entity_corpus_train(OnrEntityCorpus *corpus, guint n_gold, guint n_jobs, OnrLabelTable *out);

G_END_DECLS
