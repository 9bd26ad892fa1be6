/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From segments to attributions, by learned choices: where a segment begins and ends, which cue says a
   content, who is a cue's source, and whether the whole is an attribution at all. Each choice is a list of
   candidates with features; the one whose weights sum highest is taken (a linear ranker). Training asks for
   the same lists. */
#pragma once

#include "annotate/segments.h"

G_BEGIN_DECLS

#define ONR_RANK_FEATURES_MAX 40
#define ONR_CANDIDATES_MAX 24
#define ONR_NO_SEGMENT G_MAXUINT32

typedef struct {
  guint32 segment; /* of the role asked for; ONR_NO_SEGMENT: none is right */
  OnrSpan tokens;  /* of choices of edges */
  guint32 n;
  guint32 rows[ONR_RANK_FEATURES_MAX];
} OnrCandidate;

typedef struct {
  guint32 n;
  OnrCandidate items[ONR_CANDIDATES_MAX];
} OnrChoice;

/* An attribution in the making. */
typedef struct {
  guint32 content; /* its first segment */
  guint32 n_contents;
  guint32 cue, source; /* segments, or ONR_NO_SEGMENT */
} OnrLink;

typedef struct {
  const OnrModel *model;
  const OnrTagger *tagger;
  const OnrReading *reading;
  OnrSegments segments;
  GArray *links;           /* OnrLink, in order of their first content */
  GArray *link_of_content; /* guint32 a content: index into links */
  GArray *source_of_cue;   /* guint32 a cue: a source or ONR_NO_SEGMENT */
  GArray *contents;        /* scratch: OnrSpan */
  OnrChoice choice;        /* scratch */
} OnrLinker;

void onr_linker_init(OnrLinker *l, const OnrModel *model);
void onr_linker_clear(OnrLinker *l);

/* Turns what TAGGER has labelled into OUT (reset first), which borrows nothing of RULES. CONFIDENCE is set in
 * each item. */
void onr_linker_attribute(OnrLinker *l, const OnrTagger *tagger, const OnrAttributions *rules,
                          OnrAttributions *out);

/* --- the steps of onr_linker_attribute, for training --- */

void onr_linker_begin(OnrLinker *l, const OnrTagger *tagger, const OnrAttributions *rules);
/* Candidates of where segment K of ROLE begins and ends; the first is as it stands. */
void onr_linker_edges(const OnrLinker *l, OnrRole role, guint32 k, OnrChoice *out);
/* Candidates of segment K of ROLE for its partner of role WITH; the first is none. A content's partner among
 * the contents is the one before it, whose words it goes on with. */
void onr_linker_partners(const OnrLinker *l, OnrRole role, guint32 k, OnrRole with, OnrChoice *out);
void onr_linker_choose_edges(OnrLinker *l);
void onr_linker_choose_partners(OnrLinker *l);
/* The token spans of LINK's contents, in text order: OUT is an array of OnrSpan. */
void onr_linker_contents(const OnrLinker *l, guint32 link, GArray *out);
/* The features by which LINK is judged. */
void onr_linker_judged(const OnrLinker *l, const OnrLink *link, OnrCandidate *out);

/* The paragraph of the token. */
static inline guint32 onr_linker_paragraph(const OnrLinker *l, guint32 token) {
  return l->reading->doc->sentences[l->tagger->features.sentence[token]].paragraph;
}

gint32 onr_candidate_score(const OnrModel *model, OnrRanker ranker, const OnrCandidate *candidate);
guint32 onr_choice_best(const OnrModel *model, OnrRanker ranker, const OnrChoice *choice);

G_END_DECLS
