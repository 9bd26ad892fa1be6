/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Stretches of tokens that may be a content, a source or a cue: those that the tagger labels, and those of
   the rules that it leaves out. What becomes of them is decided in annotate/linking.h. */
#pragma once

#include "annotate/tagger.h"

G_BEGIN_DECLS

typedef enum { ONR_ROLE_CONTENT, ONR_ROLE_SOURCE, ONR_ROLE_CUE, ONR_N_ROLES } OnrRole;

typedef struct {
  OnrSpan tokens;      /* never empty */
  OnrSpan rule_tokens; /* of the rules' attribution below, in this role; empty without one */
  guint32 rule;        /* 1 + index of the rules' attribution that shares most tokens; 0 none */
  gboolean is_rule;    /* the tagger does not have it */
} OnrSegment;

typedef struct {
  const OnrAttributions *rules;
  GArray *of[ONR_N_ROLES]; /* OnrSegment, in text order; in one role none overlaps another */
  guint32 capacity;
  guint32 *rule_at[ONR_N_ROLES]; /* a member a token: 1 + index of the rules' attribution there */
  guint32 *begun[ONR_N_ROLES];   /* a member a token and one: segments that begin before it */
} OnrSegments;

void onr_segments_init(OnrSegments *s);
void onr_segments_clear(OnrSegments *s);

/* Cuts LABELS, one a token, into segments and adds those of RULES that overlap none, and the subjects of cues. */
void onr_segments_set(OnrSegments *s, const guint8 *labels, const OnrFeatures *f, const OnrAttributions *rules);

/* Must follow changes of the segments' tokens. */
void onr_segments_count(OnrSegments *s);

static inline guint32 onr_segments_n(const OnrSegments *s, OnrRole role) {
  return s->of[role]->len;
}

static inline OnrSegment *onr_segments_get(const OnrSegments *s, OnrRole role, guint32 k) {
  return &g_array_index(s->of[role], OnrSegment, k);
}

/* Segments of ROLE that begin in [BEGIN, END). */
static inline guint32 onr_segments_between(const OnrSegments *s, OnrRole role, guint32 begin, guint32 end) {
  return begin < end ? s->begun[role][end] - s->begun[role][begin] : 0;
}

/* Index of the first segment of ROLE that begins at TOKEN or behind it. */
static inline guint32 onr_segments_from(const OnrSegments *s, OnrRole role, guint32 token) {
  return s->begun[role][token];
}

G_END_DECLS
