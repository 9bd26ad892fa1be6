/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Valid UTF-8 made by chance, rich in what cuts words: marks that join, quotation marks, line ends, scripts
 * side by side. */
#pragma once

#include <glib.h>

/* Up to MAX_CHARACTERS characters into OUT, replaced. The same seed gives the same texts. */
void random_text(GRand *rand, guint max_characters, GString *out);
