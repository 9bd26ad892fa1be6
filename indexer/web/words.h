/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words of a small element (a byline, a date), and what an element is called. */
#pragma once

#include "indexer/web/tree.h"

G_BEGIN_DECLS

/* Appends the words below NODE to OUT on one line, white space squeezed; where two elements' words stand in
   different blocks, on different lines or touch ("Ada Moor" and "Reporter" in two <span>), " | " is between
   them. FALSE, OUT as it was, where that is more than MAX_BYTES, or of more than 200 elements and texts. */
gboolean onr_html_append_words(xmlNode *node, gsize max_bytes, GString *out);

/* What class and id names say of an element. */
typedef enum {
  ONR_CALLED_BYLINE = 1 << 0,
  ONR_CALLED_AUTHOR = 1 << 1,
  ONR_CALLED_DATE = 1 << 2,
  ONR_CALLED_UPDATED = 1 << 3,
  ONR_CALLED_FURNITURE = 1 << 4,
  ONR_CALLED_PUBLISHED = 1 << 5, /* "published updated", as hAtom has it, is the day of publication */
} OnrCalled;

/* The OnrCalled bits of NAMES, an attribute's value or NULL. Words are told apart at hyphens, underscores and
 * capitals, and known by how they begin. */
guint onr_html_called(const char *names);

G_END_DECLS
