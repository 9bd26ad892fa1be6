/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The contract of docs/output.md: which members a record has, in which order, of which type. One function a
   kind of record, from which JSON, JSON Lines, CSV and TSV all come. */
#pragma once

#include "cli/emitter.h"
#include "cli/records.h"

G_BEGIN_DECLS

/* Emits the members of RECORD, which is of KIND's type; the caller has begun the object. */
void onr_shape_emit(OnrRecordKind kind, OnrEmitter *e, gconstpointer record);

/* The columns of KIND as rows name them, without a record: what stands over an empty table. FALSE where KIND
 * is not written as rows. */
gboolean onr_shape_emit_names(OnrRecordKind kind, OnrEmitter *e);

/* "holds", "no quote", … Static. */
const char *onr_correction_state_name(OnrCorrectionState state);

/* A day as "2022-02-06", NULL for ONR_NO_DAY. The caller frees it. */
char *onr_day_text(gint32 day);

G_END_DECLS
