/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/model.h"

const OnrModelFile onr_attribution_file = {"ONRMODEL", 3, ONR_MODEL_BYTES, "attribution"};

OnrModel *onr_model_open(const char *path, GError **error) {
  GMappedFile *file = onr_model_map(path, &onr_attribution_file, error);
  if (!file)
    return NULL;
  OnrModel *model = g_new0(OnrModel, 1);
  const char *bytes = g_mapped_file_get_contents(file);
  model->file = file;
  model->header = (const OnrModelHeader *)(gconstpointer)bytes;
  model->tag_rows = (const OnrLabelRow *)(gconstpointer)(bytes + ONR_MODEL_HEADER_BYTES);
  const gint16 *rank_weights =
      (const gint16 *)(gconstpointer)(bytes + ONR_MODEL_HEADER_BYTES + ONR_MODEL_TAG_BYTES);
  for (guint ranker = 0; ranker < ONR_N_RANKERS; ranker++)
    model->rank_weights[ranker] = rank_weights + ((gsize)ranker << ONR_RANK_BITS);
  return model;
}

void onr_model_close(OnrModel *model) {
  if (!model)
    return;
  g_mapped_file_unref(model->file);
  g_free(model);
}
