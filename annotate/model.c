/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/model.h"

#include "text/bytes.h"
#include "text/error.h"

#include <string.h>

guint64 onr_model_checksum(const void *bytes, gsize length) {
  guint64 hash = length;
  for (const char *p = bytes, *end = p + length; p < end; p += sizeof(guint64)) {
    hash = (hash ^ GUINT64_FROM_LE(onr_load8(p))) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
    hash ^= hash >> 32;
  }
  return hash;
}

char *onr_model_find(void) {
  const char *named = g_getenv("ONRECORD_MODEL");
  if (named && *named)
    return g_strdup(named);
  if (g_file_test(ONR_MODEL_BUILT, G_FILE_TEST_EXISTS))
    return g_strdup(ONR_MODEL_BUILT);
  return g_strdup(ONR_MODEL_INSTALLED);
}

static gboolean check(const char *path, GMappedFile *file, GError **error) {
  gsize length = g_mapped_file_get_length(file);
  const OnrModelHeader *h = (const OnrModelHeader *)(gpointer)g_mapped_file_get_contents(file);
  if (length < ONR_MODEL_HEADER_BYTES || memcmp(h->magic, ONR_MODEL_MAGIC, sizeof h->magic) != 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s' is no attribution model; build one with onrecord-train, or install onrecord again",
                path);
    return FALSE;
  }
  if (GUINT32_FROM_LE(h->features) != ONR_MODEL_FEATURES) {
    g_set_error(
        error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
        "'%s' was trained for features %u, this program has %u; build it with onrecord-train of this version",
        path, GUINT32_FROM_LE(h->features), (guint)ONR_MODEL_FEATURES);
    return FALSE;
  }
  const char *checked = (const char *)h + ONR_MODEL_CHECKED_FROM;
  if (length != ONR_MODEL_BYTES ||
      onr_model_checksum(checked, length - ONR_MODEL_CHECKED_FROM) != GUINT64_FROM_LE(h->checksum)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "model '%s' is cut short or damaged (%zu bytes); install onrecord again", path, length);
    return FALSE;
  }
  return TRUE;
}

OnrModel *onr_model_open(const char *path, GError **error) {
  g_autoptr(GError) cause = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
  if (!file) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO,
                "cannot read the attribution model: %s; install onrecord again, or name it in ONRECORD_MODEL",
                cause->message);
    return NULL;
  }
  if (!check(path, file, error))
    return NULL;
  OnrModel *model = g_new0(OnrModel, 1);
  const char *bytes = g_mapped_file_get_contents(file);
  model->header = (const OnrModelHeader *)(gconstpointer)bytes;
  model->tag_rows = (const OnrLabelRow *)(gconstpointer)(bytes + ONR_MODEL_HEADER_BYTES);
  const gint16 *rank_weights =
      (const gint16 *)(gconstpointer)(bytes + ONR_MODEL_HEADER_BYTES + ONR_MODEL_TAG_BYTES);
  for (guint ranker = 0; ranker < ONR_N_RANKERS; ranker++)
    model->rank_weights[ranker] = rank_weights + ((gsize)ranker << ONR_RANK_BITS);
  model->file = g_steal_pointer(&file);
  return model;
}

void onr_model_close(OnrModel *model) {
  if (!model)
    return;
  g_mapped_file_unref(model->file);
  g_free(model);
}
