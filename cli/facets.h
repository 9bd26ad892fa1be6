/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `speakers` and `entities`: who is quoted, or named, in what a query finds, or in everything. */
#pragma once

#include "cli/command.h"

G_BEGIN_DECLS

int onr_facets_run(OnrSession *session, OnrFacetKind what, OnrTable table, GError **error);

G_END_DECLS
