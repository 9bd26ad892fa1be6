/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a text says a person is, where it stands: before the name or behind it, around a word like "minister".
   Token spans without determiners; empty where there is none. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

/* "The Foreign Minister of Russia, Sergey Lavrov," and "spokesman Jane Doe": the role before the name at
 * BEGIN, in [LOWER, BEGIN). */
OnrSpan onr_role_before(const OnrReading *r, guint32 lower, guint32 begin);

/* "Sergey Lavrov, the Russian foreign minister,": the role behind the name that ends at END, before UPPER. */
OnrSpan onr_role_behind(const OnrReading *r, guint32 end, guint32 upper);

G_END_DECLS
