/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts for eyes: the stretch of an article that shows best why it was found. */
#pragma once

#include "query/marks.h"
#include "text/document.h"

G_BEGIN_DECLS

#define ONR_SNIPPET_MAX 280 /* characters of an article's snippet, but for a single longer match */

/* A stretch of text with the places in it that matched. */
typedef struct {
  char *text;             /* one line: white space folded to single blanks */
  GArray *matches;        /* OnrSpan, bytes of text, in order, not overlapping */
  gboolean starts_inside; /* text was left out before it */
  gboolean ends_inside;
} OnrSnippet;

void onr_snippet_clear(OnrSnippet *snippet);

/* [SPAN) of TEXT on one line; the caller frees it. */
char *onr_snippet_line(const char *text, OnrSpan span);

/* All LENGTH bytes of TEXT with MARKS (OnrMark, sorted). */
void onr_snippet_whole(const char *text, gsize length, const GArray *marks, OnrSnippet *out);

/* The stretch of DOC's text whose MARKS (sorted) weigh most, or two stretches joined by " … " where one cannot show everything that was found; cut
   at sentences where they fit, else at words. Without marks the beginning, from byte FROM on. Returns the byte that it is about: the first
   mark of the heaviest stretch. */
guint32 onr_snippet_best(const OnrDocument *doc, const GArray *marks, guint32 from, OnrSnippet *out);

G_END_DECLS
