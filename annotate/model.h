/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The learned weights of attribution: one file, mapped and only read, made by training/. Features are hashed
   to rows without keys (Weinberger et al., "Feature hashing for large scale multitask learning", 2009): what
   falls on one row was trained to share it. All weights are small integers, so that scores are exact sums and
   the same on every machine.

     g_autoptr(OnrModel) model = onr_model_open(path, error);
     onr_model_tag_row(model, row)->weights[pass][label]; */
#pragma once

#include "annotate/labeller.h"

G_BEGIN_DECLS

/* Raised whenever a feature means something else: a model trained for other features is refused. */
#define ONR_MODEL_FEATURES 1

#define ONR_TAG_BITS 18  /* log2 of the tagger's rows: 8 MB, two passes of 8 labels each */
#define ONR_RANK_BITS 18 /* log2 of each ranker's rows: 512 kB */
#define ONR_N_CONFIDENCES 64

/* The linker's choices (annotate/linking.h), each with a table of its own. */
typedef enum { ONR_RANKER_EDGES, ONR_RANKER_PARTNERS, ONR_RANKER_JUDGE, ONR_N_RANKERS } OnrRanker;

/* What the file holds, then the tag rows and the rank weights; numbers are little endian. */
typedef struct {
  char magic[8]; /* ONR_MODEL_MAGIC */
  guint32 features;
  guint32 reserved;
  guint64 checksum; /* onr_model_checksum of all that follows */
  OnrLabelTransitions transitions[ONR_LABEL_PASSES];
  gint16 confidence_from, confidence_step;
  guint8
      confidences[ONR_N_CONFIDENCES]; /* percent right, by the judge's score above confidence_from in steps */
} OnrModelHeader;

#define ONR_MODEL_MAGIC "ONRMODEL"
#define ONR_MODEL_CHECKED_FROM G_STRUCT_OFFSET(OnrModelHeader, transitions)

typedef struct {
  GMappedFile *file;
  const OnrModelHeader *header;
  const OnrLabelRow *tag_rows;
  const gint16 *rank_weights[ONR_N_RANKERS];
} OnrModel;

#define ONR_MODEL_TAG_BYTES (sizeof(OnrLabelRow) << ONR_TAG_BITS)
#define ONR_MODEL_RANK_BYTES ((sizeof(gint16) * ONR_N_RANKERS) << ONR_RANK_BITS)
#define ONR_MODEL_HEADER_BYTES 512 /* the header, padded with zeros */
#define ONR_MODEL_BYTES (ONR_MODEL_HEADER_BYTES + ONR_MODEL_TAG_BYTES + ONR_MODEL_RANK_BYTES)

/* Maps the model at PATH. ONR_ERROR_IO when it cannot be read, ONR_ERROR_UNSUPPORTED when it is another
 * version's, ONR_ERROR_CORRUPT when it is cut short or damaged. */
OnrModel *onr_model_open(const char *path, GError **error);
void onr_model_close(OnrModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrModel, onr_model_close)

/* Where the model is: $ONRECORD_MODEL, else beside the sources this program was built from, else where it was
 * installed. Free with g_free. */
char *onr_model_find(void);

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
