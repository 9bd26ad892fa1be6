/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `check` finds wrong: lines, of which a kind that is found often takes few. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef GPtrArray OnrFindings; /* of char * */

/* One kind at a time, of an engine's index. {.findings = …}; borrowed. */
typedef struct {
  OnrFindings *findings;
  guint n_found;
} OnrFindingKind;

/* "index: FORMAT", unless ten of the kind have been told already. */
void onr_finding_add(OnrFindingKind *kind, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Says how many more there were; the next finding is of another kind. */
void onr_finding_end(OnrFindingKind *kind);

G_END_DECLS
