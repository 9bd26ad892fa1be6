/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The names under which meta elements, and what is like them (parsely-page's JSON), state header fields. One
   sorted table; a name is looked for without case, and '.', '_', '-', ':' and '/' are one:
   "article:published_time", "DC.date.issued", "dcterms:created". */
#pragma once

#include "indexer/web/claims.h"

G_BEGIN_DECLS

typedef struct {
  OnrClaimKind kind;
  OnrOrigin origin;
  guint rank;
} OnrNamedClaim;

/* FALSE where NAME states nothing that is kept. */
gboolean onr_html_name_find(const char *name, OnrNamedClaim *out);

/* Adds what the meta element NODE states, under each name that it has (property, name, itemprop, http-equiv).
 */
void onr_html_read_named(const xmlNode *node, OnrClaims *claims);

G_END_DECLS
