/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/corrections*.c. */
#pragma once

#include "archive/corrections.h"

G_BEGIN_DECLS

struct OnrCorrections {
  GArray *all;            /* of OnrCorrection, in order of making */
  GHashTable *of_article; /* id → GArray of guint: indices of those of its quotes */
};

/* SPEAKER and NOT_A_QUOTE. */
gboolean onr_correction_is_of_quote(const OnrCorrection *correction);

G_END_DECLS
