/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first pass: who and what an article names. Names are found where they stand (annotate/names.h) and
   compared over the article here: a surname joins the full name, an acronym its expansion. */
#pragma once

#include "annotate/annotation.h"
#include "annotate/keys.h"
#include "annotate/names.h"

G_BEGIN_DECLS

#define ONR_IDENTITY_ROLES 8 /* role words kept for one identity; more tell nothing new */

#define ONR_IDENTITY_PLACES 4

/* What the article lets know of one entity beside its name. Parallel to OnrAnnotation.entities. */
typedef struct {
  guint64 key, first_key, last_key;
  guint8 type; /* OnrEntityType */
  gboolean has_forms; /* a person whose full name has several forms */
  guint32 n_male, n_female;
  guint64 roles[ONR_IDENTITY_ROLES]; /* keys of words like "minister" */
  guint32 n_roles;
  guint64 places[ONR_IDENTITY_PLACES]; /* keys of words like "norland", "norlandic" that roles say where from */
  guint32 n_places;
  guint32 same_last;  /* 1 + the identity before with the same last word; 0 none */
  guint32 first_name; /* 1 + the name that mentions it first */
  guint32 best_name;  /* 1 + the name that gives its canonical form */
  guint32 role_name;  /* 1 + the name that gives its role */
  const char *meaning; /* of letters: annotate/acronyms.h; NULL where that is not told */
  guint32 number;     /* 1 + its index in the output; 0 while it has no mention */
} OnrIdentity;

typedef struct {
  GArray *names;      /* OnrName */
  GArray *identities; /* OnrIdentity, as found */
  GArray *order;      /* guint32: the identity of each output entity */
  OnrKeys by_key, by_last, by_first, by_initials;
  gboolean has_forms;             /* a person of the article has several full forms; if so: */
  OnrKeys times_full, times_alone; /* how often each full form stands there, and each single word */
} OnrEntities;

void onr_entities_init(OnrEntities *e);
void onr_entities_clear(OnrEntities *e);

/* Joins the names that RECOGNISER has labelled in READING, writes entities and mentions to OUT, and marks the
 * mention in READING's words. */
void onr_entities_find(OnrEntities *e, const OnrRecogniser *recogniser, OnrReading *reading, OnrAnnotation *out);

/* What is known of entity INDEX of the last output. */
static inline const OnrIdentity *onr_entities_identity(const OnrEntities *e, guint32 index) {
  return &g_array_index(e->identities, OnrIdentity, g_array_index(e->order, guint32, index));
}

/* The index in OUT of the body that the word at token HEAD makes of entity OWNER: of "campaign" and Ada Quill the
 * Quill campaign. It is added, without a mention, where the article does not name it. */
guint32 onr_entities_body_of(OnrEntities *e, const OnrReading *r, guint32 owner, guint32 head, OnrAnnotation *out);

/* The index of the campaign of entity OWNER, where the article names it, else ONR_NO_ENTITY. */
guint32 onr_entities_campaign_of(const OnrEntities *e, guint32 owner);

/* The index in OUT of the person whom the tokens LABEL of a transcript name, "MR. VAN DER BERG": Van Der Berg; added
 * likewise. ONR_NO_ENTITY where LABEL is no name. */
guint32 onr_entities_person_of(OnrEntities *e, const OnrReading *r, OnrSpan label, OnrAnnotation *out);

OnrGender onr_identity_gender(const OnrIdentity *identity);
/* Nothing but a single name speaks for its gender: no title, no given name before a surname. */
gboolean onr_identity_is_gender_weak(const OnrIdentity *identity);
gboolean onr_identity_has_role(const OnrIdentity *identity, guint64 key);
/* Does the word say where somebody is from: Norland, Norlandic? Parties do not. */
gboolean onr_is_place_word(const OnrReading *r, guint32 i);
gboolean onr_identity_has_place(const OnrIdentity *identity, guint64 key);

G_END_DECLS
