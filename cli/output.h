/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where bytes leave the program: standard output or standard error, with what is known of the terminal behind
   it. A reader that goes away (`| head`) is no failure: writing on is then a quiet no-op, and
   onr_output_is_closed lets long loops end. */
#pragma once

#include "cli/options.h"
#include <stdio.h>

G_BEGIN_DECLS

#define ONR_WIDTH_MIN 40  /* columns; narrower terminals are written to as if they had so many */
#define ONR_WIDTH_MAX 120 /* lines longer than this are hard to read, whatever the window */
#define ONR_WIDTH_PLAIN 80

typedef struct {
  FILE *file; /* borrowed */
  gboolean is_terminal;
  gboolean has_color;
  guint width;        /* columns */
  gboolean is_closed; /* the reader went away */
  int failure;        /* errno of a write that failed otherwise, or 0 */
} OnrOutput;

/* Looks at FILE and at COLUMNS, NO_COLOR (https://no-color.org) and TERM in the environment. */
void onr_output_init(OnrOutput *out, FILE *file, OnrColor color);

void onr_output_write(OnrOutput *out, const char *bytes, gsize n_bytes);
void onr_output_puts(OnrOutput *out, const char *text);
/* Takes LINE's content: writes it and empties it. */
void onr_output_drain(OnrOutput *out, GString *content);

/* TRUE when no more output can arrive: stop making it. */
static inline gboolean onr_output_is_done(const OnrOutput *out) {
  return out->is_closed || out->failure;
}

/* Flushes. Reports IO for a write that failed (disk full), nothing for a reader that went away. */
gboolean onr_output_finish(OnrOutput *out, GError **error);

G_END_DECLS
