/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/model.h"

#include <string.h>

const OnrModelFile onr_identity_file = {"ONRIDENT", 2, ONR_IDENTITY_MODEL_BYTES, "identity"};

OnrIdentityModel *onr_identity_model_open(const char *path, GError **error) {
  g_autofree char *found = path ? NULL : onr_model_find("identities.model");
  GMappedFile *file = onr_model_map(path ? path : found, &onr_identity_file, error);
  if (!file)
    return NULL;
  OnrIdentityModel *model = g_new0(OnrIdentityModel, 1);
  const char *bytes = g_mapped_file_get_contents(file);
  const OnrIdentityHeader *header = (const OnrIdentityHeader *)(gconstpointer)bytes;
  model->file = file;
  model->tables = (const OnrIdentityTables *)(gconstpointer)(bytes + ONR_MODEL_HEADER_BYTES);
  for (guint k = 0; k < ONR_N_EVIDENCE_FEATURES; k++)
    model->weights[k] = (double)GINT32_FROM_LE(header->weights[k]) / ONR_EVIDENCE_ONE;
  return model;
}

void onr_identity_model_close(OnrIdentityModel *model) {
  if (!model)
    return;
  g_mapped_file_unref(model->file);
  g_free(model);
}

static double frequency(const guint8 table[ONR_N_BUCKETS], const char *name) {
  return table[onr_bucket(name, strlen(name))] / 16.0;
}

double onr_surname_frequency(const OnrIdentityTables *tables, const char *surname) {
  return frequency(tables->surnames, surname);
}

double onr_given_frequency(const OnrIdentityTables *tables, const char *given) {
  return frequency(tables->givens, given);
}
