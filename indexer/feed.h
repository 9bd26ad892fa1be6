/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reading side of a run, a thread of its own: walks, passes over files that have not changed, cuts the
   others into items and pushes it all to the crew, where it comes out in this order:

     file with nothing to do:  UNCHANGED | TOUCHED | SKIPPED
     file that is read:        BEGIN ITEM* END

   What is known of files it reads from the record over a connection of its own. */
#pragma once

#include "archive/record.h"
#include "indexer/crew.h"
#include "indexer/walk.h"

G_BEGIN_DECLS

typedef enum {
  ONR_FEED_UNCHANGED,
  ONR_FEED_TOUCHED, /* other time, same content */
  ONR_FEED_SKIPPED, /* by the walk: reason says why */
  ONR_FEED_BEGIN,
  ONR_FEED_ITEM, /* job->result holds the article or the reason why it is none */
  ONR_FEED_END,
} OnrFeedEvent;

/* One file, shared by its jobs. Written by the feed before END is pushed, by nobody after. */
typedef struct {
  char *path, *name; /* see OnrWalkEntry */
  gint64 source_row; /* in the record; 0: unknown so far */
  gint64 size_bytes, mtime_ns;
  char *format;       /* "jsonl", "jsonl.gz"; NULL where no reader was found */
  char *remark;       /* what was read as what, for people: "title=Headline text=Body"; NULL */
  char *hash;         /* NULL where the file was not read to its end */
  GError *error;      /* why the file, or what is left of it, was not read */
  gboolean is_folder; /* SKIPPED */
} OnrFile;

typedef struct {
  OnrCrew *crew;
  OnrWalk *walk;
  OnrRecord *record; /* NULL: every file is read */
} OnrFeed;

/* Runs to the walk's end or until the crew is cancelled, then closes the crew. A GThreadFunc; FEED is
 * borrowed until it returns. */
gpointer onr_feed_run(gpointer feed);

/* Reads one file: BEGIN ITEM* END. "-" is standard input. FALSE once the crew is cancelled. */
gboolean onr_feed_read(OnrCrew *crew, const OnrWalkEntry *entry, gint64 source_row);

G_END_DECLS
