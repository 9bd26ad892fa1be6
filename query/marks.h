/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which places of a text a plan matched. Words are cut as they were when the text was indexed, and compared with the plan's
   own terms, so that a mark stands where the engine found a posting and nowhere else: a phrase only where its words stand side by
   side, NEAR's words only within its window, nothing that a NOT asks for.

     g_autoptr(OnrMarker) marker = onr_marker_new(maker, plan, "");
     onr_marker_find_in(marker, text, marks); */
#pragma once

#include "archive/plan.h"
#include "text/span.h"
#include "text/terms.h"

G_BEGIN_DECLS

typedef struct OnrMarker OnrMarker;

typedef struct {
  OnrSpan span;   /* bytes of the text */
  guint group;    /* what was asked for: all words of one prefix are one group */
  double weight;  /* of the group */
} OnrMark;

/* A term's weight, for choosing among places. */
typedef double (*OnrWeightFunc)(const char *term, gpointer data);

/* Marks for PLAN's terms that are posted with PREFIX ("" for bare words); conditions about a quote's article are passed
   over. WEIGH may be NULL: all weigh 1. MAKER is borrowed. */
OnrMarker *onr_marker_new(OnrTermMaker *maker, const OnrPlan *plan, const char *prefix, OnrWeightFunc weigh, gpointer data);
void onr_marker_free(OnrMarker *marker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrMarker, onr_marker_free)

/* Groups are numbered below this. */
guint onr_marker_groups(const OnrMarker *marker);

/* Appends the marks of a text that is cut into TOKENS (OnrMark); sort them with onr_marks_sort. */
void onr_marker_find(OnrMarker *marker, const char *text, const OnrTokens *tokens, GArray *marks);
/* The same for a short text, which is cut here. */
void onr_marker_find_in(OnrMarker *marker, const char *text, GArray *marks);

/* By place; equal places once. */
void onr_marks_sort(GArray *marks);
/* The places that sorted MARKS cover (OnrSpan), in order; marks that touch or overlap are one. */
GArray *onr_marks_spans(const GArray *marks);

G_END_DECLS
