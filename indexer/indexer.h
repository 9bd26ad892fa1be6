/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way in: folders and files to articles in an archive.

     walk → read (split) → [parse → annotate → postings, on all cores] → write, in walk order

   Results come to the writer in the order in which items were read, whatever the number of threads, so that
   the same input makes the same archive. A batch ends by bytes posted; what is queued is bounded by bytes
   too, so memory stays bounded however large a file is. */
#pragma once

#include "archive/archive.h"
#include "archive/corrections.h"
#include "indexer/authority_file.h"

G_BEGIN_DECLS

#define ONR_BATCH_BYTES (32u << 20) /* of postings and text: one transaction */
#define ONR_QUEUE_BYTES (96u << 20) /* of items between reader and writer */

typedef struct {
  guint64 n_files, n_files_unchanged, n_files_removed;
  guint64 n_items, n_stored, n_skipped, n_duplicates; /* n_items, of files that were read, = stored + skipped + duplicates + … */
  guint64 n_replaced, n_killed, n_kills; /* … + items that a later version was there for, that a kill was there for, and kills */
  guint64 n_articles_removed;            /* of files that changed or are gone */
  guint64 n_articles_replaced, n_articles_killed; /* stored before, this run's too, and gone for a later version, for a kill */
  guint64 n_quotes;
  guint64 n_corrections_lost; /* of quotes that the articles of this run have not */
  guint64 read_bytes, text_bytes; /* as on disk; title and text of stored articles */
  guint64 n_bytes_expected;       /* on disk, of the files still to come and done: for a progress bar */
  guint64 n_bytes_done;
  double seconds;
  const char *current_path; /* borrowed during the callback */
} OnrIndexProgress;

typedef struct {
  const char *const *include; /* globs on the path below the PATH given; NULL: all */
  const char *const *exclude;
  gboolean keep_missing; /* do not remove what vanished */
  gboolean is_strict;    /* stop at the first item that cannot be read; what came before it is committed */
  guint n_jobs;          /* workers; 0: as many as cores: the writer is busy half the time */
  gsize batch_bytes;     /* 0: ONR_BATCH_BYTES */
  const char *const *map; /* "FIELD=COLUMN" of tables, see exports/columns.h; NULL: none */
  /* Called from the calling thread a few times a second; may be NULL. Returning FALSE stops: what is whole is
   * committed. */
  gboolean (*progress)(const OnrIndexProgress *progress, gpointer data);
  /* One line for each thing skipped; may be NULL. */
  void (*skipped)(const char *path, const char *member, const char *reason, gpointer data);
  /* What was taken for what in a file whose reader guesses; may be NULL. */
  void (*remarked)(const char *path, const char *remark, gpointer data);
  gpointer data;
  /* Called when everything is read, before identities and groups are found, which take memory of another shape: the
   * program's allocator may return what it holds. May be NULL. */
  void (*give_back_memory)(void);
  gint progress_ms; /* between two calls of progress; 0: 200, negative: none, a call at every step */
} OnrIndexOptions;

/* What lies between two calls of progress, in microseconds. */
gint64 onr_index_progress_us(const OnrIndexOptions *options);

/* Indexes PATHS (files or folders, NULL-terminated) into ARCHIVE (open for writing). Unchanged files are
   passed over, changed ones replaced, and files that vanished below a folder of PATHS that could be read are
   removed. Reports NOT_FOUND, before anything is changed, for a PATH that is missing, and USAGE for a folder
   without any file to read; CANCELLED after a stop. REPORT is filled in
   each case. */
gboolean onr_index(OnrArchive *archive, const char *const *paths, const OnrIndexOptions *options,
                   OnrIndexProgress *report, GError **error);

/* `reindex`: annotates and posts every stored article anew, in one transaction. ENGINE, LANGUAGE: NULL to
 * keep. */
gboolean onr_reindex(OnrArchive *archive, const char *engine, const char *language,
                     const OnrIndexOptions *options, OnrIndexProgress *report, GError **error);

/* `forget`: removes the articles of PATH (a file or all files below a folder) or, with an article's id, that
 * article. *N_REMOVED counts articles. */
gboolean onr_forget(OnrArchive *archive, const char *path_or_id, guint64 *n_removed, GError **error);

/* `annotate`: reads files (or "-") and hands out each article, annotated, in order; no archive. For an item
   that cannot be read ARTICLE is NULL and ITEM_ERROR says why. EACH returns FALSE to stop. An article's id
   here: the item's own `id`, else the file's name without folders and endings. */
typedef gboolean (*OnrArticleFunc)(const OnrArticle *article, const char *path, const char *member,
                                   const GError *item_error, gpointer data);
typedef struct {
  guint n_jobs;           /* as in OnrIndexOptions … */
  const char *const *map; /* … */
  OnrArticleFunc each;
  void (*remarked)(const char *path, const char *remark, gpointer data); /* … */
  gpointer data;
} OnrAnnotateOptions;
/* Reports USAGE for a wrong MAP. */
gboolean onr_annotate_files(const char *const *paths, const OnrAnnotateOptions *options, GError **error);

/* The corrections in ARCHIVE's file; none where there is no file. Reports IO and FORMAT, with the line. */
OnrCorrections *onr_corrections_read(OnrArchive *archive, GError **error);
/* Puts them in place of what the file holds, whole or not at all, and brings the archive (open for writing) to them; where that fails, the file is as it was. *N_LOST
   counts corrections of quotes, of the articles concerned, that were not found. */
gboolean onr_corrections_write(OnrArchive *archive, const OnrCorrections *corrections, guint *n_lost, GError **error);
/* Brings the archive to what its file holds, which may have been changed by hand: articles whose quotes it says other things of are annotated anew, identities resolved. `index`
   does so before it reads. */
gboolean onr_corrections_sync(OnrArchive *archive, guint *n_lost, GError **error);
/* The text of FILE has been applied to all: `reindex`. In a transaction. */
gboolean onr_corrections_note(OnrArchive *archive, const OnrCorrections *corrections, GError **error);

typedef enum {
  ONR_CORRECTION_HOLDS,
  ONR_CORRECTION_NO_ARTICLE,  /* its article is not in the archive */
  ONR_CORRECTION_NO_QUOTE,    /* nor is its quote, in the article */
  ONR_CORRECTION_NO_IDENTITY, /* an id is not known, neither from articles nor from an authority file */
} OnrCorrectionState;
/* How each of CORRECTIONS stands: appends an OnrCorrectionState for each. Annotates their articles, stores nothing. */
gboolean onr_corrections_examine(OnrArchive *archive, const OnrCorrections *corrections, GArray *states, GError **error);

/* Takes every entry of FILE ("-": standard input) into the archive (open for writing), in place of those with their ids or, where REPLACES, of all that there are, and resolves
   identities. Nothing is changed where the file has a fault: FAULT gets each, and FORMAT says how many. */
gboolean onr_authority_import(OnrArchive *archive, const char *file, gboolean replaces, OnrAuthorityFaultFunc fault, gpointer data, guint64 *n_entries, GError **error);

/* Finds whose the names are that came or went since the last time (archive/archive.h): the end of every run that writes. Reports what onr_identity_model_open does. */
gboolean onr_resolve_identities(OnrArchive *archive, GError **error);

G_END_DECLS
