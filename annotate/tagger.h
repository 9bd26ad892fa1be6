/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learned tagger: gives each token of an article a label of attribution (annotate/features.h), one
   paragraph at a time (annotate/labeller.h). */
#pragma once

#include "annotate/features.h"
#include "annotate/model.h"

G_BEGIN_DECLS

typedef struct {
  OnrFeatures features;
  OnrLabeller run; /* its labels are the result; it points to features: an OnrTagger is not copied */
} OnrTagger;

void onr_tagger_init(OnrTagger *t);
/* MODEL is borrowed until another one is set. */
void onr_tagger_set_model(OnrTagger *t, const OnrModel *model);
void onr_tagger_clear(OnrTagger *t);

/* Takes over the article that RULES stand for; then labels it. */
void onr_tagger_set(OnrTagger *t, const OnrAttributions *rules);
void onr_tagger_label(OnrTagger *t);

G_END_DECLS
