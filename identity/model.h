/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of words and names before any archive is read (models/identities.model, made by
   `onrecord-train identities`): how rare each is, and how much what stands around two names says for or
   against one bearer. Words are hashed to 65,536 buckets without keys; so the tables are small, and a word
   that training has not seen has the weight of its bucket. */
#pragma once

#include "text/error.h"
#include "text/model_file.h"

G_BEGIN_DECLS

#define ONR_N_BUCKETS 65536
#define ONR_N_DIRECTIONS 64 /* of the space that words and names lie in */

/* What is compared of two names: what stands within 25 words of them, what their articles are about, whom
   else those name, and what the bearers are said to be. */
typedef enum {
  ONR_EVIDENCE_NEAR,
  ONR_EVIDENCE_CLOSE,
  ONR_EVIDENCE_TOPIC,
  ONR_EVIDENCE_NAMES,
  ONR_EVIDENCE_ROLE,
  ONR_N_EVIDENCE
} OnrEvidence;

#define ONR_N_EVIDENCE_FEATURES 33 /* see evidence.c */
#define ONR_EVIDENCE_ONE 65536     /* a weight of 1 */

typedef struct {
  OnrModelSeal seal;
  gint32 weights[ONR_N_EVIDENCE_FEATURES]; /* in 1/ONR_EVIDENCE_ONE of a natural logarithm of odds; little
                                              endian */
} OnrIdentityHeader;

typedef struct {
  guint8
      words[ONR_N_BUCKETS]; /* 16 × ln(articles / articles with the word); 0: too frequent to tell anything */
  guint8 names[ONR_N_BUCKETS];    /* the same of ids of entities */
  guint8 surnames[ONR_N_BUCKETS]; /* 16 × ln(1 + persons with the surname) */
  guint8 givens[ONR_N_BUCKETS];   /* the same of given names */
  /* Where words of a bucket lie: those of like subjects lie in like directions, though no text has both (latent
     semantic analysis: Deerwester et al., "Indexing by latent semantic analysis", 1990); and the same of ids of
     entities, by those that stand in one article. */
  gint8 word_vectors[ONR_N_BUCKETS][ONR_N_DIRECTIONS];
  gint8 name_vectors[ONR_N_BUCKETS][ONR_N_DIRECTIONS];
} OnrIdentityTables;

#define ONR_IDENTITY_MODEL_BYTES (ONR_MODEL_HEADER_BYTES + sizeof(OnrIdentityTables))
extern const OnrModelFile onr_identity_file;

typedef struct OnrIdentityModel {
  GMappedFile *file;
  double weights[ONR_N_EVIDENCE_FEATURES];
  const OnrIdentityTables *tables;
} OnrIdentityModel;

/* PATH NULL: where onr_model_find finds it. Reports what onr_model_map does. */
OnrIdentityModel *onr_identity_model_open(const char *path, GError **error);
void onr_identity_model_close(OnrIdentityModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrIdentityModel, onr_identity_model_close)

/* FNV-1a (Fowler, Noll, Vo) of LENGTH bytes. */
static inline guint32 onr_hash32(const char *text, gsize length) {
  guint32 hash = 2166136261u;
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8)text[i]) * 16777619u;
  return hash;
}

/* The bucket of LENGTH bytes of a folded word, or of an id: the halves of its hash put together. */
static inline guint16 onr_bucket(const char *text, gsize length) {
  guint32 hash = onr_hash32(text, length);
  return (guint16)(hash ^ (hash >> 16));
}

/* ln(1 + persons with the surname), and with the given name, in the model's texts; both are folded. */
double onr_surname_frequency(const OnrIdentityTables *tables, const char *surname);
double onr_given_frequency(const OnrIdentityTables *tables, const char *given);

G_END_DECLS
