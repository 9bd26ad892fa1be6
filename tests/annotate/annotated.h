/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One text annotated, and what was found as lines that case files can hold. */
#pragma once

#include "annotate/annotate.h"
#include "support/support.h"

typedef struct {
  OnrAnnotator *annotator;
  OnrDocument *doc;
  OnrAnnotation *found;
} Annotated;

void annotated_init(Annotated *a);
void annotated_clear(Annotated *a);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Annotated, annotated_clear)

/* Annotates TEXT (borrowed until the next call) under TITLE, which may be NULL. */
void annotated_set(Annotated *a, const char *text, const char *title);

/* Writes line I of what was found; the caller frees it. */
typedef char *(*AnnotatedLine)(const Annotated *a, guint i);

/* Runs tests/cases/NAME: of each group the lines LINE gives for N(found) items are compared with the expected
   ones. Lines of a group that begin with '@' are no expectations: "@title T" gives the article's title,
   "@broken REASON" marks a known defect, whose group must fail. */
void annotated_run_cases(const char *name, guint (*count)(const Annotated *a), AnnotatedLine line);
