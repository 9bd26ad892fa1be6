/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/model_file.h"

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

char *onr_model_find(const char *name) {
  const char *folder = g_getenv("ONRECORD_MODELS");
  if (folder && *folder)
    return g_build_filename(folder, name, NULL);
  char *built = g_build_filename(ONR_MODELS_BUILT, name, NULL);
  if (g_file_test(built, G_FILE_TEST_EXISTS))
    return built;
  g_free(built);
  return g_build_filename(ONR_MODELS_INSTALLED, name, NULL);
}

static gboolean check(const char *path, const OnrModelFile *kind, GMappedFile *file, GError **error) {
  gsize length = g_mapped_file_get_length(file);
  const OnrModelSeal *seal = (const OnrModelSeal *)(gpointer)g_mapped_file_get_contents(file);
  if (length < ONR_MODEL_HEADER_BYTES || memcmp(seal->magic, kind->magic, sizeof seal->magic) != 0) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "'%s' is no %s model; build one with onrecord-train, or install onrecord again", path,
                kind->name);
    return FALSE;
  }
  if (GUINT32_FROM_LE(seal->features) != kind->features) {
    g_set_error(
        error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
        "'%s' was trained for features %u, this program has %u; build it with onrecord-train of this version",
        path, GUINT32_FROM_LE(seal->features), kind->features);
    return FALSE;
  }
  const char *checked = (const char *)(seal + 1);
  if (length != kind->bytes ||
      onr_model_checksum(checked, length - sizeof *seal) != GUINT64_FROM_LE(seal->checksum)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT,
                "model '%s' is cut short or damaged (%zu bytes); install onrecord again", path, length);
    return FALSE;
  }
  return TRUE;
}

GMappedFile *onr_model_map(const char *path, const OnrModelFile *kind, GError **error) {
  g_autoptr(GError) cause = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &cause);
  if (!file) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO,
                "cannot read the %s model: %s; install onrecord again, or name its folder in ONRECORD_MODELS",
                kind->name, cause->message);
    return NULL;
  }
  return check(path, kind, file, error) ? g_steal_pointer(&file) : NULL;
}

gboolean onr_model_write(char *bytes, const OnrModelFile *kind, const char *path, GError **error) {
  OnrModelSeal *seal = (OnrModelSeal *)(gpointer)bytes;
  memcpy(seal->magic, kind->magic, sizeof seal->magic);
  seal->features = GUINT32_TO_LE(kind->features);
  seal->checksum = GUINT64_TO_LE(onr_model_checksum(seal + 1, kind->bytes - sizeof *seal));
  return g_file_set_contents(path, bytes, (gssize)kind->bytes, error);
}
