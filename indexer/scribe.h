/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The writing side of a run: takes the feed's events in order and brings the archive to what the files say.

   A file's row is written twice: before its first article as a row that no file looks like (size -1), with
   its real size, time and hash after its last. So a run that is cut short leaves whole articles under a file
   that the next run reads again, and finds what is stored already.

   A file that is read again keeps its old articles until it says otherwise: an item with an id that the file
   had replaces that article (or leaves it as it is when it is the same), and what the file no longer has is
   removed at its end; where the disk refuses the rest of a file, the rest is kept.

   Of the items with one id the latest edition is stored (archive/edition.h), of those that say nothing of editions the one that came first. Each other, of the same or another file,
   has a row in `source` that says what became of it: a duplicate, replaced, killed, or a kill itself. When the article goes, or a kill does, the files that hold what may be stored now are
   marked (size -1), to be read again: in the same run where they lie below its PATHs, else when they are
   indexed next. A kill holds until the file that it was in has been read to its end without it. */
#pragma once

#include "indexer/feed.h"
#include "indexer/indexer.h"

G_BEGIN_DECLS

typedef struct OnrScribe OnrScribe;

/* OPTIONS (batch_bytes, skipped) and REPORT, which is counted in, are borrowed. */
OnrScribe *onr_scribe_new(OnrArchive *archive, const OnrIndexOptions *options, OnrIndexProgress *report);
void onr_scribe_free(OnrScribe *scribe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrScribe, onr_scribe_free)

/* Writes what JOB, an OnrFeedEvent, says; commits where the batch is full. After an error: rollback. */
gboolean onr_scribe_take(OnrScribe *scribe, const OnrJob *job, GError **error);

/* Removes a file's rows and articles. */
gboolean onr_scribe_remove_file(OnrScribe *scribe, const char *name, GError **error);

/* Removes one article and marks the files that hold what may be stored in its place. */
gboolean onr_scribe_remove_article(OnrScribe *scribe, gint64 row, GError **error);

/* Ends the batch, if one is open. */
gboolean onr_scribe_commit(OnrScribe *scribe, GError **error);
/* Ends it where it is half full. */
gboolean onr_scribe_commit_half(OnrScribe *scribe, GError **error);
void onr_scribe_rollback(OnrScribe *scribe);

/* Names of files that were marked since the last call; the caller frees the array. */
GPtrArray *onr_scribe_take_marked(OnrScribe *scribe);

/* TRUE where this run has skipped the file NAME. */
gboolean onr_scribe_has_skipped(const OnrScribe *scribe, const char *name);

/* What kind of a reason WHY is for not reading something: "broken", "unsupported", "too large", "unreadable". */
const char *onr_skip_kind(const GError *why);

G_END_DECLS
