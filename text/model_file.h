/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of learned weights: made by training/, mapped and only read. Features are hashed to rows without keys
   (Weinberger et al., "Feature hashing for large scale multitask learning", 2009): what falls on one row was
   trained to share it. All weights are small integers, so that scores are exact sums and the same on every
   machine. Numbers are little endian.

     g_autofree char *path = onr_model_find("attribution.model");
     GMappedFile *file = onr_model_map(path, &onr_attribution_file, error); */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How every such file begins. */
typedef struct {
  char magic[8];
  guint32 features; /* raised whenever a feature means something else */
  guint32 reserved;
  guint64 checksum; /* onr_model_checksum of all that follows */
} OnrModelSeal;

#define ONR_MODEL_HEADER_BYTES 512 /* the seal and what a model has beside its rows, padded with zeros */

typedef struct {
  const char *magic; /* eight bytes */
  guint32 features;
  gsize bytes;      /* of the whole file, a multiple of eight */
  const char *name; /* "attribution" */
} OnrModelFile;

/* Maps the file at PATH. ONR_ERROR_IO when it cannot be read, ONR_ERROR_UNSUPPORTED when it is for other
 * features, ONR_ERROR_CORRUPT when it is another kind's, cut short or damaged. */
GMappedFile *onr_model_map(const char *path, const OnrModelFile *kind, GError **error);

/* Seals KIND's file, whose BYTES are in memory, and writes it at PATH, whole or not at all. */
gboolean onr_model_write(char *bytes, const OnrModelFile *kind, const char *path, GError **error);

/* The path of the model of that file name: in the folder $ONRECORD_MODELS, else beside the sources this
 * program was built from, else where it was installed. Free with g_free. */
char *onr_model_find(const char *name);

/* Of LENGTH bytes, a multiple of eight. */
guint64 onr_model_checksum(const void *bytes, gsize length);

/* The row that feature (TEMPLATE, A, B) is hashed to, in a table of 1 << BITS rows. The mixing is that of
 * MurmurHash3's finaliser (Austin Appleby, public domain). */
static inline guint32 onr_feature_row(guint32 template, guint64 a, guint64 b, guint bits) {
  guint64 h =
      (a + template * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
  h ^= h >> 33;
  h = (h + b) * G_GUINT64_CONSTANT(0xc4ceb9fe1a85ec53);
  h ^= h >> 29;
  return (guint32)((h * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)) >> (64 - bits));
}

G_END_DECLS
