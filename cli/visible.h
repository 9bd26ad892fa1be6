/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text from outside made safe and measurable for a terminal. An article, a path or a query may hold escape
   sequences, carriage returns or bidirectional overrides that would recolour, rewrite or reorder what a
   reader sees; here is the one place where they lose that power. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ONR_VISIBLE_FOLD,  /* runs of white space, line ends too, become one blank */
  ONR_VISIBLE_LINES, /* line ends and tabs stay */
} OnrVisibleMode;

/* Appends LENGTH bytes of TEXT (-1: up to the NUL; any bytes). C0 controls become their pictures (ESC: ␛), C1
   controls and bytes that are no UTF-8 become U+FFFD, embeddings, overrides and isolates (U+202A–E, U+2066–9)
   vanish. */
void onr_visible_append(GString *out, const char *text, gssize length, OnrVisibleMode mode);

/* The same as a new string; the caller frees it. */
char *onr_visible_dup(const char *text, OnrVisibleMode mode);

/* Columns that LENGTH bytes of valid UTF-8 take on a terminal: wide characters two, combining ones none. */
guint onr_visible_width(const char *text, gsize length);

G_END_DECLS
