/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learned recogniser: which tokens name a person, an organisation, a place, or something else
   (annotate/entity_features.h). Its weights are a file of their own (text/model_file.h). */
#pragma once

#include "annotate/entity_features.h"
#include "annotate/known.h"
#include "text/model_file.h"

G_BEGIN_DECLS

/* What the file holds, then the rows and the classes of words. */
typedef struct {
  OnrModelSeal seal;
  OnrLabelTransitions transitions[ONR_LABEL_PASSES];
} OnrEntityHeader;

#define ONR_ENTITY_MODEL "entities.model"
#define ONR_ENTITY_ROWS_BYTES (sizeof(OnrLabelRow) << ONR_ENTITY_BITS)
#define ONR_ENTITY_MODEL_BYTES (ONR_MODEL_HEADER_BYTES + ONR_ENTITY_ROWS_BYTES + sizeof(OnrWordClasses))
extern const OnrModelFile onr_entity_file;

/* By how much a word's labels won over the article, by type. */
typedef struct {
  gint64 of[ONR_N_ENTITY_TYPES];
} OnrTypeSums;

typedef struct {
  OnrEntityFeatures features;
  OnrLabeller run; /* its labels are the result; it points to features: an OnrRecogniser is not copied */
  guint8 *goes_on; /* a byte a token: 1 where a name goes on behind it, whatever it is */
  OnrKeys words;   /* scratch of what follows: of entities of one word, index into sums */
  GArray *sums;    /* OnrTypeSums */
} OnrRecogniser;

void onr_recogniser_init(OnrRecogniser *n);
void onr_recogniser_clear(OnrRecogniser *n);
/* MODEL, a mapped file, is borrowed until another one is set. */
void onr_recogniser_set_model(OnrRecogniser *n, GMappedFile *model);

/* Takes over READING; then labels it. An entity of one word is what that word is elsewhere in the article,
 * where that is far surer; known names are whole (annotate/known.h). */
void onr_recogniser_set(OnrRecogniser *n, const OnrReading *reading);
void onr_recogniser_label(OnrRecogniser *n);

/* Are tokens I - 1 and I, of one sentence, of one entity? */
static inline gboolean onr_recogniser_links(const OnrRecogniser *n, guint32 i) {
  return n->run.labels[i] == n->run.labels[i - 1] && !onr_known_ends(n->features.reading, n->goes_on, i - 1);
}

/* The next entity at token *I or behind it: its tokens, and its label in LABEL; *I is moved behind it. Empty
 * when there is none. */
OnrSpan onr_recogniser_next(const OnrRecogniser *n, guint32 *i, guint8 *label);

G_END_DECLS
