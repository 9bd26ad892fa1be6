/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: spans as the record keeps them, JSON text of code points: [[0,12],[40,55]]. */
#pragma once

#include "text/span.h"

G_BEGIN_DECLS

/* Replaces OUT. */
void onr_spans_print(const OnrSpan *spans, guint n, GString *out);

/* Appends to OUT. FALSE, with OUT as far as it was read, where JSON is anything else than what onr_spans_print makes, or a span ends before it begins or beyond N_POINTS. */
gboolean onr_spans_parse(const char *json, guint32 n_points, GArray *out);

G_END_DECLS
