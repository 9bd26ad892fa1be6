/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files that tests of the indexer make, and archives they make of them. */
#pragma once

#include "archive/archive.h"
#include "indexer/indexer.h"

G_BEGIN_DECLS

/* CONTENT packed by gzip; the caller frees it. */
GBytes *onr_test_gzip(const char *content, gsize length);

/* Writes CONTENT packed by gzip, its last CUT bytes left out. Returns the path; the caller frees it. */
char *onr_test_write_gzip(const char *dir, const char *name, const char *content, gsize length, gsize cut);

/* A folder with an archive in it and a folder for input. */
typedef struct {
  char *dir;
  char *input; /* DIR/in */
  OnrArchive *archive;
  OnrIndexProgress report;
  GPtrArray *skipped; /* "name[:member]: reason" of the run before, names without folders */
} OnrTestArchive;

OnrTestArchive *onr_test_archive_new(void);
void onr_test_archive_free(OnrTestArchive *t);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrTestArchive, onr_test_archive_free)

/* Indexes the input folder; the test fails when that does. OPTIONS may be NULL. */
void onr_test_index(OnrTestArchive *t, const OnrIndexOptions *options);
/* The same for PATHS, NULL-terminated; the error is given back (NULL when all went well) and freed by the
 * caller. */
GError *onr_test_index_paths(OnrTestArchive *t, const char *const *paths, const OnrIndexOptions *options);

/* Ids of all articles in byte order, joined by spaces. The caller frees it. */
char *onr_test_ids(OnrTestArchive *t);

/* Everything that an export could show, by id: articles with their entities, mentions and quotes. The caller
 * frees it. */
char *onr_test_dump(OnrTestArchive *t);

/* The article with ID, or NULL; the caller frees it. */
OnrArticle *onr_test_load(OnrTestArchive *t, const char *id);

/* Fails the test unless each item of the run before was stored, skipped or a duplicate, and the archive's own
 * check finds nothing. */
void onr_test_check(OnrTestArchive *t);

G_END_DECLS
