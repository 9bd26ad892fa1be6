/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to indexer/scribe*.c: scribe.c writes files, items and batches; scribe_ids.c decides which of the items with one id is stored. */
#pragma once

#include "archive/edition.h"
#include "indexer/scribe.h"

G_BEGIN_DECLS

#define ONR_REMOVED_BYTES (32u << 10) /* what a removal counts in a batch */

struct OnrScribe {
  OnrArchive *archive;
  OnrRecord *record;
  const OnrIndexOptions *options;
  OnrIndexProgress *report;
  gboolean is_in_batch;
  gsize batch_bytes, max_batch_bytes;
  OnrArticle *stored;  /* scratch: an article as it is in the record */
  GHashTable *marked;  /* names of files to be read again */
  GHashTable *skipped; /* names of files that this run skipped */

  /* of the file that is being read */
  char *name;      /* NULL between files */
  const char *format; /* borrowed while an item is taken */
  GHashTable *old; /* gint64 rows of articles that the file had and has not shown again */
  guint32 n_items, n_articles, n_replaced;
  OnrSource own;     /* what became of the one item of a file without members: its strings are owned */
  gboolean is_again; /* the file is to be read once more: what it showed as left out may hold now */
};

/* Notes that an item, whose place, status and reason MISSED says, is not stored. */
gboolean onr_scribe_put_missed(OnrScribe *scribe, const OnrSource *missed, GError **error);

/* What the record says of ARTICLE as an item that is left out with STATUS; borrowed from ARTICLE. */
OnrSource onr_scribe_left_out(const OnrArticle *article, OnrSourceStatus status);

/* What becomes of an item. */
typedef struct {
  OnrSourceStatus status; /* READ: it is stored */
  gint64 old_row;         /* the open file's own article that it stands for, still stored; 0: none */
  OnrSource by;           /* which holds, or kills it, where it is left out */
} OnrAdmission;
void onr_admission_clear(OnrAdmission *admission);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrAdmission, onr_admission_clear)

/* Decides about ARTICLE, no kill, of the open file; where it takes the place of another file's article, that is removed and its place noted. In a batch. */
gboolean onr_scribe_admit(OnrScribe *scribe, const OnrArticle *article, OnrAdmission *out, GError **error);

/* Notes the kill that ARTICLE, of FILE, is, and takes out what it kills. In a batch. */
gboolean onr_scribe_put_kill(OnrScribe *scribe, const OnrFile *file, const OnrArticle *article, GError **error);

/* After an article has gone or a kill has come or gone: removes what is killed, marks the files of items with ID that may hold now, and puts right what
   the record says of the others. In a batch, which it does not end. */
gboolean onr_scribe_settle_id(OnrScribe *scribe, const char *id, GError **error);

G_END_DECLS
