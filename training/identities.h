/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What identities are judged by, learned from articles that nobody has labelled: how rare words, names,
   surnames and given names are, and which stand in articles of like subjects; and what stands around one
   person's name in two articles, or around two persons' names. A full name that is rare is one person's; two persons of other names stand in for
   namesakes, who have nothing more in common. */
#pragma once

#include "identity/evidence.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct OnrIdentityCorpus OnrIdentityCorpus;

OnrIdentityCorpus *onr_identity_corpus_new(GError **error);
void onr_identity_corpus_free(OnrIdentityCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrIdentityCorpus, onr_identity_corpus_free)

/* Counts the articles of PATH (JSON Lines with "body"); then, after onr_identity_corpus_rate, called again in
   the same order, keeps their signatures. */
gboolean onr_identity_corpus_read(OnrIdentityCorpus *corpus, const char *path, GError **error);
void onr_identity_corpus_rate(OnrIdentityCorpus *corpus);

/* Fits the weights on four pairs in five, and prints to LOG how they judge the rest. */
void onr_identity_corpus_fit(OnrIdentityCorpus *corpus, FILE *log);

/* The bytes of the model's file, ONR_IDENTITY_MODEL_BYTES of them, unsealed. The caller frees them. */
char *onr_identity_corpus_bytes(const OnrIdentityCorpus *corpus);

G_END_DECLS
