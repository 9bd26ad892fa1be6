/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prose on a terminal: styled pieces gathered into one paragraph, wrapped by display columns and printed with
   an indent.

     g_auto(OnrProse) prose = {0};
     onr_prose_add(&prose, ONR_STYLE_NAME, "Sergey Lavrov", -1);
     onr_prose_add(&prose, ONR_STYLE_PLAIN, ", Foreign Minister of Russia", -1);
     onr_prose_print(&prose, 2, out);      // and empties it */
#pragma once

#include "cli/output.h"
#include "text/span.h"

G_BEGIN_DECLS

typedef enum {
  ONR_STYLE_PLAIN,
  ONR_STYLE_MATCH, /* words that matched */
  ONR_STYLE_TITLE,
  ONR_STYLE_NAME,   /* speakers */
  ONR_STYLE_FAINT,  /* where to look it up; context */
  ONR_STYLE_DOT,    /* between parts of a line; left out where the line is cut there */
  ONR_STYLE_QUOTE,  /* inside an article: what is said */
  ONR_STYLE_SOURCE, /* inside an article: the words that say by whom */
  ONR_N_STYLES
} OnrStyle;

typedef struct {
  GString *text; /* NULL before first use */
  GArray *runs;  /* of {end, style} */
} OnrProse;

void onr_prose_clear(OnrProse *prose);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrProse, onr_prose_clear)

/* Appends LENGTH bytes of TEXT (-1: up to the NUL; NULL adds nothing), made safe and with white space folded
 * (visible.h). */
void onr_prose_add(OnrProse *prose, OnrStyle style, const char *text, gssize length);
void onr_prose_printf(OnrProse *prose, OnrStyle style, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Appends TEXT with MATCHES (OnrSpan, bytes of TEXT, in order; may be NULL) in style MATCH, the rest in
 * STYLE. */
void onr_prose_add_matched(OnrProse *prose, OnrStyle style, const char *text, const GArray *matches);
gboolean onr_prose_is_empty(const OnrProse *prose);

/* Prints the paragraph wrapped to OUT's width, each line after INDENT blanks, with a line end, and empties
 * it. An empty paragraph prints nothing. */
void onr_prose_print(OnrProse *prose, guint indent, OnrOutput *out);

/* The same where the first line's indent stands already: a name with its value beside it. */
void onr_prose_print_hanging(OnrProse *prose, guint indent, OnrOutput *out);
/* Ends the paragraph at byte END and appends ELLIPSIS in the style found there. */
void onr_prose_cut(OnrProse *prose, gsize end, const char *ellipsis);

/* The lines that WIDTH columns cut LENGTH bytes of TEXT into: OnrSpan, blanks at the cuts left out. A word
   wider than a line is cut between characters; ideographs may be cut anywhere. */
void onr_layout_wrap(const char *text, gsize length, guint width, GArray *lines);

/* The escape sequence that begins STYLE; "" where OUT has no colour. onr_style_end ends any. */
const char *onr_style_begin(const OnrOutput *out, OnrStyle style);
const char *onr_style_end(const OnrOutput *out, OnrStyle style);

G_END_DECLS
