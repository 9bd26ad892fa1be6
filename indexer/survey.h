/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `index --dry-run`: what a run over PATHs would find, file by file, without an archive and without writing anything. Every file is read and every item parsed, on all cores, as
   `index` does it; nothing is annotated. With an archive to compare with, it is said which files are new, changed, as they were, or gone.

     onr_survey(paths, &options, NULL, print_file, data, &report, error);         // print_file gets one OnrSurveyFile a file, in walk order */
#pragma once

#include "archive/archive.h"
#include "indexer/indexer.h"

G_BEGIN_DECLS

#define ONR_SURVEY_PROBLEMS 100 /* told of one file; the others are counted */

typedef enum {
  ONR_SURVEY_UNKNOWN, /* there is no archive */
  ONR_SURVEY_NEW,
  ONR_SURVEY_CHANGED,
  ONR_SURVEY_UNCHANGED,
  ONR_SURVEY_GONE,
  ONR_N_SURVEY_STATES
} OnrSurveyState;
/* "new", "changed" …; NULL for UNKNOWN. */
const char *onr_survey_state_name(OnrSurveyState state);

typedef struct {
  const char *member; /* "" for the file itself */
  const char *reason;
  const char *kind; /* of OnrSource */
} OnrSurveyProblem;

/* One file; or the sum of several, without path, title and date. */
typedef struct {
  const char *path;   /* as in the record */
  const char *format; /* reader's name, NULL where none takes it */
  const char *remark; /* what was read as what: "title=Headline text=Body"; or NULL */
  OnrSurveyState state;
  guint64 n_files, n_bytes;                     /* as on disk */
  guint64 n_items, n_articles, n_skipped;       /* of GONE: n_articles that the archive has of it */
  guint64 n_duplicates;                         /* articles with an id that came before in this run, or that the archive has from a file that this run does not look at */
  guint64 n_kills;                              /* n_items = n_articles + n_skipped + n_kills */
  guint64 n_untitled, n_undated, n_textless;    /* of the articles */
  const char *title, *published;                /* of the first article; NULL where it has none */
  GArray *problems;                             /* OnrSurveyProblem: the first of what cannot be read; NULL is none */
} OnrSurveyFile;

/* FILE is borrowed for the call. Returns FALSE to stop. */
typedef gboolean (*OnrSurveyFunc)(const OnrSurveyFile *file, gpointer data);

/* Looks at PATHS (NULL-terminated). OPTIONS: include, exclude, keep_missing (what is gone is not listed), is_strict, n_jobs, progress (REPORT counts articles as stored) as for onr_index. ARCHIVE (may be NULL) is open
   for reading, ARCHIVE_DIR (may be NULL) a folder that is passed over. Files that are gone come last. Reports what onr_index does of PATHS, CANCELLED after a stop by progress or EACH, and with
   is_strict the first item that cannot be read. */
gboolean onr_survey(const char *const *paths, const OnrIndexOptions *options, OnrArchive *archive, const char *archive_dir, OnrSurveyFunc each, gpointer data,
                    OnrIndexProgress *report, GError **error);

G_END_DECLS
