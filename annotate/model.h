/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learned weights of attribution, in one file (text/model_file.h).

     g_autoptr(OnrModel) model = onr_model_open(path, error);
     model->tag_rows[row].weights[pass][label]; */
#pragma once

#include "annotate/labeller.h"
#include "text/model_file.h"

G_BEGIN_DECLS

#define ONR_TAG_BITS 18  /* log2 of the tagger's rows: 4 MB, two passes of 8 labels each */
#define ONR_RANK_BITS 18 /* log2 of each ranker's rows: 512 kB */
#define ONR_N_CONFIDENCES 64

/* The linker's choices (annotate/linking.h), each with a table of its own. */
typedef enum { ONR_RANKER_EDGES, ONR_RANKER_PARTNERS, ONR_RANKER_JUDGE, ONR_N_RANKERS } OnrRanker;

/* What the file holds, then the tag rows and the rank weights. */
typedef struct {
  OnrModelSeal seal;
  OnrLabelTransitions transitions[ONR_LABEL_PASSES];
  gint16 confidence_from, confidence_step;
  guint8
      confidences[ONR_N_CONFIDENCES]; /* percent right, by the judge's score above confidence_from in steps */
} OnrModelHeader;

typedef struct {
  GMappedFile *file;
  const OnrModelHeader *header;
  const OnrLabelRow *tag_rows;
  const gint16 *rank_weights[ONR_N_RANKERS];
} OnrModel;

#define ONR_MODEL_TAG_BYTES (sizeof(OnrLabelRow) << ONR_TAG_BITS)
#define ONR_MODEL_RANK_BYTES ((sizeof(gint16) * ONR_N_RANKERS) << ONR_RANK_BITS)
#define ONR_MODEL_BYTES (ONR_MODEL_HEADER_BYTES + ONR_MODEL_TAG_BYTES + ONR_MODEL_RANK_BYTES)

#define ONR_ATTRIBUTION_MODEL "attribution.model"
extern const OnrModelFile onr_attribution_file;

/* Maps the model at PATH; reports what onr_model_map does. */
OnrModel *onr_model_open(const char *path, GError **error);
void onr_model_close(OnrModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrModel, onr_model_close)

G_END_DECLS
