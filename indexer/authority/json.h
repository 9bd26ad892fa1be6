/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Authority files as JSON: an object, and an array that is cut into its objects as it is read. */
#pragma once

#include "indexer/authority/draft.h"
#include "indexer/stream.h"

G_BEGIN_DECLS

/* Puts the members of the one object in N_BYTES of TEXT, which is UTF-8, and finishes DRAFT. */
void onr_authority_json_read(const char *text, gsize n_bytes, OnrAuthorityDraft *draft);

typedef struct {
  OnrStream *stream; /* borrowed; stands behind the '[' */
  guint64 line;      /* where it stands, from 1 */
  guint64 n_objects;
  GString *object; /* the one cut last; one over the limit is cut short, but not to the limit */
} OnrAuthorityArray;

/* Cuts out the next object by brackets and quotes alone, so that one which does not parse costs itself; *LINE
   is where it begins. FALSE at the end: without more, with FAULTS where the array itself is broken there (in
   array.line), or with ERROR as the stream reports it. */
gboolean onr_authority_array_next(OnrAuthorityArray *array, guint64 *line, OnrAuthorityFaults *faults,
                                  GError **error);

G_END_DECLS
