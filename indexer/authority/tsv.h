/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Authority files as tab-separated values. */
#pragma once

#include "indexer/authority/draft.h"

G_BEGIN_DECLS

typedef struct {
  OnrAuthorityField fields[ONR_N_AUTHORITY_FIELDS];
  guint n;
} OnrAuthorityColumns;

/* Reads the first line; FAULTS get all that is wrong with it. */
void onr_authority_tsv_read_header(const char *line, gsize length, OnrAuthorityColumns *columns,
                                   OnrAuthorityFaults *faults);
/* Puts the fields of any other line and finishes DRAFT. */
void onr_authority_tsv_read(const char *line, gsize length, const OnrAuthorityColumns *columns,
                            OnrAuthorityDraft *draft);

G_END_DECLS
