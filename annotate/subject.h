/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who does what a verb says: the subject to the left of a verb group, or behind an inverted verb. */
#pragma once

#include "annotate/attribution.h"

G_BEGIN_DECLS

typedef struct {
  OnrSpan source;      /* empty where none was found */
  guint32 same_source; /* as in OnrAttribution */
} OnrSubject;

/* Where a subject may be looked for: a phrase only in what no other content has taken, the subject of a verb
   that this one is joined to anywhere in the sentence. */
typedef struct {
  guint32 sentence;  /* the sentence's first token */
  guint32 free_from; /* end of the last content before the verb */
  guint32 end;       /* of the sentence */
} OnrSubjectScope;

/* The subject of the verb group that begins at GROUP: pronoun, phrase with its apposition, the subject of the
   verb this one is joined to ("said … and added", "…, arguing"). FALSE where there is none. */
gboolean onr_subject_before(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                            OnrSubject *out);

/* The subject of the participle at GROUP: "…, adding that"; "Discussing the show, the actor said"; "issued a
 * statement saying". */
gboolean onr_subject_of_participle(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                                   OnrSubject *out);

/* The subject of the infinitive at GROUP: "tried to show", "prompted critics to wonder". */
gboolean onr_subject_of_infinitive(const OnrAttributions *a, const OnrSubjectScope *scope, guint32 group,
                                   OnrSubject *out);

/* Can SOURCE say or want anything: a person, people, a body, a document, somebody named? */
gboolean onr_is_agent(const OnrReading *r, OnrSpan source);

/* The subject behind an inverted verb, at BEGIN: "said Jane Doe, a farmer from Iowa". Returns its end; BEGIN
 * where there is none. */
guint32 onr_subject_after(const OnrAttributions *a, guint32 begin, guint32 upper);

/* The end of the apposition that begins at the comma COMMA, before UPPER: up to the closing comma or the
 * clause's end. */
guint32 onr_apposition_end(const OnrReading *r, guint32 comma, guint32 upper);

/* 1 + index of the last attribution whose cue stands in [LOWER, UPPER), 0 for none. */
guint32 onr_attribution_before(const OnrAttributions *a, guint32 lower, guint32 upper);

G_END_DECLS
