/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON Lines, gzipped or not, and spans of code points in them. */
#pragma once

#include "annotate/reading.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Takes an item, or returns FALSE where it lacks what it should have. */
typedef gboolean (*OnrLineTaker)(const json_t *item, gpointer data);

/* Hands each line of PATH to TAKE. A line that is not taken is an error, which says that WANTED is missing.
 */
gboolean onr_lines_read(const char *path, OnrLineTaker take, gpointer data, const char *wanted,
                        GError **error);

/* The tokens that touch [BEGIN, END), in bytes. */
OnrSpan onr_lines_tokens(const OnrReading *r, OnrSpan bytes);

G_END_DECLS
