/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names that several bear. An index knows names only; whose such a name is in which article is what the record's table sense says, so what is related to one of its bearers is
   gathered from there. */
#pragma once

#include "archive/database.h"
#include "archive/plan.h"
#include "archive/rowset.h"

G_BEGIN_DECLS

typedef struct OnrRecord OnrRecord;

/* ONR_PLAN_SENSES: adds to ROWS those of TABLE that are in RELATION to a name that is another's in some articles and, in theirs, one of IDENTITIES (char *, ids; those that the
   record does not have add nothing). */
gboolean onr_record_add_senses(OnrRecord *record, OnrTable table, OnrRelation relation, const GPtrArray *identities, OnrRowSet *rows, GError **error);

G_END_DECLS
