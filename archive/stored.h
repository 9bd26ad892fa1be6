/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the JSON texts inside the record's rows. They are written and read back here only; what is read must be exactly what is written here, anything else is
   damage.

     spans      [[0,12],[40,55]]                        code points, half open
     rows       [3,17]
     entities   [[3,5,0,[[0,12],[40,55]]],[17,40,2,[]]]  entity, alias, role or 0, spans; in order of first mention */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

void onr_stored_append_spans(GString *out, const OnrSpan *spans, guint n);

/* A list of rows in the making: "[" … "]". */
void onr_stored_append_row(GString *out, gint64 row);

/* An entity of the list in the making: call with its spans, one after the other, between "[" and "]". */
void onr_stored_append_entity(GString *out, gint64 entity, gint64 alias, gint64 role, const OnrSpan *spans, guint n);

/* Appends to OUT. FALSE, with OUT as far as it was read, where JSON is damaged, or a span ends before it begins or beyond N_POINTS. */
gboolean onr_stored_read_spans(const char *json, guint32 n_points, GArray *out);
/* Appends gint64. */
gboolean onr_stored_read_rows(const char *json, GArray *out);

typedef struct {
  gint64 entity, alias, role; /* role 0: none */
  GArray *spans;              /* of OnrSpan; the caller's, emptied first */
} OnrStoredEntity;

/* Steps through a list of entities: *AT is the JSON at first. FALSE at its end and where it is damaged: whole where *AT is "" then. */
gboolean onr_stored_next_entity(const char **at, guint32 n_points, OnrStoredEntity *out);

G_END_DECLS
