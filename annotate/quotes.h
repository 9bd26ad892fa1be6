/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said in an article, with which cue, by which words of the text: the rules over a reading, and the writing of
   any list of attributions, theirs or the linker's. */
#pragma once

#include "annotate/annotation.h"
#include "annotate/attribution.h"

G_BEGIN_DECLS

/* Finds all attributions of the reading that A was reset with, in no particular order. */
void onr_quotes_find(OnrAttributions *a);

/* Writes them to OUT's quotes in the order of their first content, without speakers. *ORDER (of guint32,
   replaced) gets the index of each quote's attribution. */
void onr_quotes_write(OnrAttributions *a, OnrAnnotation *out, GArray *order);

G_END_DECLS
