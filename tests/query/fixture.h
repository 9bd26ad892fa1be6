/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small archive for tests, its articles written down with their quotes and mentions marked in the text, so that no annotator is needed. */
#pragma once

#include "archive/archive.h"
#include "support/support.h"

typedef struct {
  char *dir;
  OnrArchive *archive;
  OnrTermMaker *maker;
  OnrDocument *doc;
  OnrArticlePostings *postings;
} OnrFixture;

/* The engine that this run is of: $ONR_TEST_ENGINE, or the default. */
const char *onr_fixture_engine(void);

/* An empty archive of that engine in a temporary folder, open for writing. */
OnrFixture *onr_fixture_new(void);
/* Stores ARTICLE; its path is stored as a source first. */
void onr_fixture_add(OnrFixture *fixture, OnrArticle *article);
/* Commits and opens again for reading. */
void onr_fixture_ready(OnrFixture *fixture);
void onr_fixture_free(OnrFixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrFixture, onr_fixture_free)

/* Adds every article of tests/query/NAME: articles parted by lines of "----", each with header lines "key: value" (id title byline published
   publisher section language url path), lines "quote: KIND ACT CONFIDENCE [SPEAKER_TYPE:NAME [| ROLE]]", a blank line and the text. In the text, {c1:…} is content of quote 1,
   {s1:…} its source, {v1:…} its cue; {p:…}, {o:…}, {l:…} mention a person, an organisation, a place, called in full what follows a | inside. */
void onr_fixture_add_file(OnrFixture *fixture, const char *name);

/* One article so written; the caller frees it. */
OnrArticle *onr_fixture_parse(const char *written);

/* The entity of NAME and TYPE in ARTICLE, added if need be. */
guint32 onr_fixture_entity(OnrArticle *article, OnrEntityType type, const char *name);
/* A copy of TEXT that ARTICLE owns. */
const char *onr_fixture_own(OnrArticle *article, const char *text);
void onr_fixture_set_text(OnrArticle *article, const char *text);
