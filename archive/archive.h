/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An archive: the folder that holds the record and its engine's index, opened and written as one thing. One writer (a lock file, held from open to
   close), many readers, each of which sees whole batches only.

     g_autoptr(OnrArchive) archive = onr_archive_open(dir, ONR_OPEN_WRITE, error);
     onr_archive_begin(archive, error);
     onr_archive_put(archive, article, postings, error);      // × n
     onr_archive_commit(archive, error);                      // atomic: record and index */
#pragma once

#include "archive/engine.h"
#include "archive/record.h"

G_BEGIN_DECLS

#define ONR_ARCHIVE_FOLDER ".onrecord"
#define ONR_RECORD_FILE "record.sqlite"

typedef struct OnrArchive OnrArchive;

/* What an archive is made with; fixed until `reindex`. */
typedef struct {
  const char *engine;   /* NULL: "fts5" */
  const char *language; /* of stems; NULL: "english" */
} OnrArchiveSettings;

/* Makes an empty archive in folder DIR (made when missing). USAGE when there is one already. */
gboolean onr_archive_create(const char *dir, const OnrArchiveSettings *settings, GError **error);
/* Reports what onr_record_open reports; BUSY when another process writes (modes WRITE and REINDEX). REINDEX opens for writing whatever term version the
   archive was made with. */
OnrArchive *onr_archive_open(const char *dir, OnrOpenMode mode, GError **error);
void onr_archive_close(OnrArchive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrArchive, onr_archive_close)

/* --- several archives as one, for reading --- */

typedef struct {
  guint timeout_ms;        /* for each answer of a server */
  gboolean allows_partial; /* shards that do not answer are left out; else they are an error that names the shard */
} OnrShardOptions;

/* Opens all of NAMES (NULL-terminated) as one: a folder is an archive of the xapian engine; "host:port" what `serve-shard` serves there; any other
   file lists more of these, one a line ('#' begins a comment; folders are relative to the file's). Reports NOT_FOUND, UNSUPPORTED (another
   engine, format, language), IO and what onr_archive_open reports. */
OnrArchive *onr_archive_open_shards(const char *const *names, const OnrShardOptions *options, GError **error);
/* TRUE where NAME is no folder but a list or a server, which only onr_archive_open_shards opens. */
gboolean onr_archive_is_shard_name(const char *name);
/* Of the shards that are left out: "NAME: reason" (char *); borrowed, empty where all answer. */
const GPtrArray *onr_archive_missing(OnrArchive *archive);

/* -a DIR, else $ONRECORD_ARCHIVE, else the nearest .onrecord/ from START upwards; NULL where none is. The caller frees it. */
char *onr_archive_locate(const char *given, const char *start);

const char *onr_archive_dir(const OnrArchive *archive);
const char *onr_archive_language(const OnrArchive *archive);
const OnrEngineClass *onr_archive_engine_class(const OnrArchive *archive);
OnrRecord *onr_archive_record(OnrArchive *archive);  /* borrowed; NULL where several archives are read as one: see archive/holdings.h */
OnrEngine *onr_archive_engine(OnrArchive *archive);  /* borrowed */

/* What the record counts, with file_bytes of the engine's own files too. */
gboolean onr_archive_count(OnrArchive *archive, OnrCounts *out, GError **error);

gboolean onr_archive_begin(OnrArchive *archive, GError **error);
/* Stores and indexes. The caller has made sure that no article has the id. */
gboolean onr_archive_put(OnrArchive *archive, OnrArticle *article, const OnrArticlePostings *postings, GError **error);
/* Takes an article out of index and record: its postings are made again from the record. */
gboolean onr_archive_remove(OnrArchive *archive, gint64 article_row, GError **error);
gboolean onr_archive_commit(OnrArchive *archive, GError **error);
void onr_archive_rollback(OnrArchive *archive);

/* Record, index, and that each agrees with the other: every article and quote indexed once with the terms its text gives. Appends a
   line (char *) a finding. */
gboolean onr_archive_check(OnrArchive *archive, GPtrArray *findings, GError **error);
/* After a run of commits: a step of merging that keeps searches quick, in a transaction of its own. *IS_DONE where there was none to
   take; until then the archive is searched as well as before. */
gboolean onr_archive_settle(OnrArchive *archive, gboolean *is_done, GError **error);
/* After a run of commits: a step of finding whose the names are that came or went (archive/record.h), in a transaction of its own; as settle. */
gboolean onr_archive_resolve(OnrArchive *archive, const OnrIdentityModel *model, gboolean *is_done, GError **error);
/* After that: a step of finding what is printed more than once, in a transaction of its own where there is anything to do; as settle. */
gboolean onr_archive_group(OnrArchive *archive, gboolean *is_done, GError **error);
/* Merges and gives free pages back to the system. */
gboolean onr_archive_compact(OnrArchive *archive, GError **error);
/* `reindex`, all in one transaction of the caller (begin → reset → reindex × n → commit), so that a run cut short changes nothing and readers go
   on with the former index. Reset empties the index and the record's annotations, and takes ENGINE (NULL: the same), LANGUAGE (NULL: the same) and the
   current term version; it works on an archive of an older term version. */
gboolean onr_archive_reset_index(OnrArchive *archive, const char *engine, const char *language, GError **error);
/* Gives a stored article (ARTICLE->row) its new annotations and postings. */
gboolean onr_archive_reindex(OnrArchive *archive, OnrArticle *article, const OnrArticlePostings *postings, GError **error);

G_END_DECLS
