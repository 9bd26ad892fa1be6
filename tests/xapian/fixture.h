/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small databases, and what is found in them as text: "3 1 2" is documents 3, 1 and 2, best first. Every
   function fails the running test where the binding reports an error that it does not expect. */
#pragma once

#include "archive/xapian/xapian_c.h"
#include "support/support.h"

/* A folder for the test's databases, removed at its end. */
typedef struct {
  char *dir;
  char *one, *two, *three; /* paths in it for databases; nothing is there yet */
} Fixture;

Fixture *fixture_new(void);
void fixture_free(Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fixture, fixture_free)

#define FIXTURE_SLOT 0 /* of fixture_put's values */

void fixture_no_error(GError *error);
/* ERROR is of CODE and its message has PART in it and is one line; clears it. */
void fixture_expect(GError **error, OnrErrorCode code, const char *part);

OnrXapWriter *fixture_writer(const char *path, OnrXapWriteMode mode);
/* Word I of WORDS stands at position I, from 1, and counts once; "form|stem" are two at one position. The
   data are WORDS, the value is VALUE where that is not NULL. */
OnrXapDocument *fixture_document(const char *words, const char *value);
void fixture_put(OnrXapWriter *writer, guint32 docid, const char *words, const char *value);
void fixture_commit(OnrXapWriter *writer);
/* A database of documents FIRST, FIRST + STEP, … with the words and values of TEXTS: "words", "value", …,
   NULL. An empty value is none. */
void fixture_build(const char *path, guint32 first, guint32 step, const char *const *texts);

/* Of the parts at the paths, up to a NULL. */
OnrXapDatabase *fixture_open(const char *path, ...) G_GNUC_NULL_TERMINATED;

OnrXapQuery *fixture_term(const char *term);
/* Of space-separated terms; "a|b" stands for either. */
OnrXapQuery *fixture_group(OnrXapOperator op, const char *terms, guint window);

/* BM25 with Xapian's default constants, all matches, counted exactly, ordered by ORDER and FIXTURE_SLOT. */
OnrXapSpec fixture_spec(OnrXapOrder order);
void fixture_search(OnrXapDatabase *db, const OnrXapQuery *query, const OnrXapSpec *spec, OnrXapMatches *out);
/* Takes QUERY. */
char *fixture_found(OnrXapDatabase *db, OnrXapQuery *query, OnrXapOrder order);
void fixture_finds(OnrXapDatabase *db, OnrXapQuery *query, OnrXapOrder order, const char *expected);

/* Everything that reading gives about a database, as lines of text: two databases with the same content print
 * the same. */
char *fixture_print(OnrXapDatabase *db);
/* The documents' numbers. */
char *fixture_docids(OnrXapDatabase *db);
