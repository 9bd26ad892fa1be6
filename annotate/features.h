/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the learned tagger sees of a token: words, tags, shapes, quotation marks, cues and names around it,
   and what the rules say of it. Each feature is a row of the model's table (annotate/model.h); training and
   annotation make them here, so that they cannot differ. */
#pragma once

#include "annotate/attribution.h"
#include "annotate/labeller.h"

G_BEGIN_DECLS

/* Part of what is said, of who says it, of what says that it is said; each with its first token. */
typedef enum {
  ONR_LABEL_NONE,
  ONR_LABEL_CONTENT,
  ONR_LABEL_CONTENT_ON,
  ONR_LABEL_SOURCE,
  ONR_LABEL_SOURCE_ON,
  ONR_LABEL_CUE,
  ONR_LABEL_CUE_ON,
  ONR_N_LABELS
} OnrLabel;

/* Groups of features; training leaves one out to see what it is worth. */
enum {
  ONR_FEATURES_WORDS = 1 << 0,
  ONR_FEATURES_TAGS = 1 << 1,
  ONR_FEATURES_SHAPES = 1 << 2,
  ONR_FEATURES_MARKS = 1 << 3,
  ONR_FEATURES_CUES = 1 << 4,
  ONR_FEATURES_ENTITIES = 1 << 5,
  ONR_FEATURES_RULES = 1 << 6,
  ONR_FEATURES_LABELS = 1 << 7, /* of the first pass, in the second */
  ONR_FEATURES_ALL = (1 << 8) - 1
};

/* The nearest cue of the first pass on either side of a token, within its paragraph. */
typedef struct {
  guint32 before, behind; /* 1 + index; 0 none */
} OnrNearCues;

/* An article as features are made of it. The arrays have a member a token and are this object's, reused from
   article to article. */
typedef struct {
  const OnrReading *reading;
  guint32 groups;
  guint8 *rules;        /* OnrLabel that the rules give */
  guint8 *construction; /* 1 + OnrConstruction of the rules' attribution there; 0 outside */
  guint32 *cue_before;  /* 1 + index of the last word before it in its sentence that can be a cue; 0 none */
  guint32 *cue_behind;
  guint32 *sentence;         /* index of its sentence */
  OnrNearCues *near;         /* once the first pass's labels are taken in */
  guint8 *rules_of_sentence; /* a member a sentence: the set of the rules' labels there, a bit each */
  guint32 capacity;
} OnrFeatures;

void onr_features_init(OnrFeatures *f);
void onr_features_clear(OnrFeatures *f);

/* Takes over the reading and the attributions of RULES. */
void onr_features_set(OnrFeatures *f, const OnrAttributions *rules);

/* Its labels are OnrLabel, what it sees is an OnrFeatures, and a stretch is a paragraph. */
extern const OnrLabelTask onr_attribution_task;

/* A distance in eight steps: 0, 1, 2, 3, to 5, to 8, to 13, to 21, beyond. */
guint32 onr_distance_step(guint32 distance);

G_END_DECLS
