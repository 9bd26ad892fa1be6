/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cases as data: an input line such as "quotes: speaker:tolland" or "search any: a b" over the fixture's archive, and what a stage prints for it. */
#pragma once

#include "fixture.h"
#include "query/query.h"

/* Compares PRINTED, which may hold several lines, with what a case of file NAME expects. */
void onr_check_lines(const char *name, const OnrTestCase *c, const char *printed);

/* What a case's input asks for: "TABLE [any] [all-acts] [by-date] [context=N] [speaker=…] [mentioning=…] [source=…] [from=…] [to=…]: QUERY"; a value of two words has _
   between them. */
typedef struct {
  OnrTable table;
  OnrQueryOptions options;
  OnrSort sort;
  guint context;
  const char *text;
  char **words; /* owns the options' values */
} OnrAsked;

void onr_asked_read(OnrAsked *asked, const char *input);
void onr_asked_clear(OnrAsked *asked);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrAsked, onr_asked_clear)

/* Each prints what a query gives, or the error's message; the caller frees it. */
char *onr_print_plan(OnrFixture *fixture, const char *input);
char *onr_print_hits(OnrFixture *fixture, const char *input);        /* ids, then the counts */
char *onr_print_snippets(OnrFixture *fixture, const char *input);    /* one line a hit, matches in [ ] */
char *onr_print_suggestions(OnrFixture *fixture, const char *input);
char *onr_print_explanation(OnrFixture *fixture, const char *input);
