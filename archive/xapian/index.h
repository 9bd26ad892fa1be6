/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/xapian/: the open index and what its files share.

   The index is a list of parts in the archive's folder xapian/. A part is two databases, articles-N and quotes-N, of consecutive rows: document D is row D of the record, and the
   rows of one part are all below those of the next. The list, with the revision of each database, is a setting of the record ("xapian_parts"), so that it is the record's commit that
   makes a change of the index true:

     new articles go into new parts, which nobody knows before the commit; so does a merge of parts;
     articles that go are taken out of their part in place. Before such a database commits, its former version file is laid by (articles-N.before, whose tables are links), and since
     Xapian leaves the former revision's blocks alone until the next change, a reader that still has the former list opens that, and the next writer goes back to it.

   What is in the folder and not on the list of the committed record is what a merge has replaced or a run that was cut short has left: writers remove it (clean). */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"
#include "archive/xapian/drafts.h"

G_BEGIN_DECLS

#define ONR_XAPIAN_PARTS_SETTING "xapian_parts"
#define ONR_XAPIAN_ROW_MAX 0xffffff00u /* rows are Xapian's document numbers, 32 bits */

typedef struct {
  guint number;
  guint64 revisions[ONR_N_TABLES];
  guint32 first[ONR_N_TABLES], last[ONR_N_TABLES]; /* rows; 0 where the part has none */
  guint64 n_bytes;                                 /* of the drafts it was built from: parts are compared by it */
  gboolean is_new;                                 /* since the last flush: on no list yet; synced by whoever made it */
  OnrXapWriter *writers[ONR_N_TABLES];             /* while the part is changed in place */
} OnrPart;

/* When drafts are built and parts are merged; tests set others. */
typedef struct {
  gsize draft_bytes;   /* drafts are built when they take so much */
  gsize part_bytes;    /* a part of fewer bytes of drafts is not worth its files */
  guint64 level_bytes; /* of drafts; a part of the lowest level has fewer than fan_in times as many */
  guint fan_in;        /* so many parts of a level become one of the next: a part is written once a level */
  guint copy_part;     /* parts beside the largest are copied into it where they are less than this part of it */
} OnrXapianLimits;
extern const OnrXapianLimits ONR_XAPIAN_LIMITS;

/* One of several archives that are read as one. A local one has an index of its own, for its list. */
typedef struct OnrXapianIndex OnrXapianIndex;
typedef struct {
  char *name;
  OnrXapianIndex *local;
  char *host;
  guint port;
  char *language;  /* of stems; NULL where nobody has said */
  GError *missing; /* why it is not asked any more; NULL where it answers */
} OnrShardState;

struct OnrXapianIndex {
  GPtrArray *shards; /* OnrShardState; NULL where the index is one archive's own, as everything below but databases then is */
  guint timeout_ms;
  gboolean allows_partial;
  GPtrArray *missing; /* char *: what onr_shards_missing lends */
  GArray *part_shards; /* guint: by part of databases, the shard */
  OnrRecord *record;
  char *folder;
  gboolean is_writable;
  OnrBm25 bm25;
  OnrXapianLimits limits;
  GArray *parts; /* OnrPart, rows ascending */
  char *listed;  /* the setting that parts were read from or written to; NULL before the first look */
  gboolean is_ready; /* of a writer: has looked, and what a run that was cut short had changed has gone back */
  guint n_same;      /* of a reader: tries one after the other that found the same list, and not what it names */
  guint next_number;
  char *language; /* of stems; set while parts are built */
  OnrDrafts drafts;
  OnrXapDatabase *databases[ONR_N_TABLES]; /* over all parts; NULL where they are to be opened */
};

static inline OnrPart *onr_part_at(const OnrXapianIndex *index, guint i) {
  return &g_array_index(index->parts, OnrPart, i);
}

/* --- part_files.c --- */

/* Paths, which the caller frees: of RECORD's databases; of one of a part; of that one's version that is laid by. */
char *onr_xapian_folder(OnrRecord *record);
char *onr_part_path(const OnrXapianIndex *index, guint number, OnrTable table);
char *onr_part_before_path(const OnrXapianIndex *index, guint number, OnrTable table);
/* The number in a folder's name, of a part or of what is laid by of one; 0 where it is none of ours. */
guint onr_part_number(const char *name);
void onr_part_remove_folder(const char *path);
/* Of all parts on disk. */
guint64 onr_parts_size_bytes(const OnrXapianIndex *index);
/* Makes a database last. */
gboolean onr_part_sync(const char *path, GError **error);
/* Makes the names of new parts last, and that of the folder, which may be new as well. */
gboolean onr_parts_sync_names(const OnrXapianIndex *index, GError **error);
/* Lays by the version that a database has now, which is about to commit another. The folder's name lasts before that commit does. */
gboolean onr_part_lay_by(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error);
/* To the version that is laid by: by a rename, which a full disk does not refuse. A reader that comes between finds the one or the other. */
gboolean onr_part_go_back(const OnrXapianIndex *index, const OnrPart *part, OnrTable table, GError **error);
/* Servers open one part, by links with the tables' names (articles leads to articles-N), until a whole run has left another. The number of that part, or 0. */
guint onr_served_number(const OnrXapianIndex *index);
/* Lets TABLE's link lead to the first part, and takes the links away. Neither reports: what is served stays what it was. */
void onr_served_link(const OnrXapianIndex *index, OnrTable table);
void onr_served_unlink(const char *folder);

/* --- parts.c --- */

/* Reads the list where it is not the one that is known. */
gboolean onr_parts_load(OnrXapianIndex *index, GError **error);
/* A writer's first look: what a run that was cut short has changed in place goes back. */
gboolean onr_parts_repair(OnrXapianIndex *index, GError **error);
/* Adds TABLE's databases of all parts to DB. */
gboolean onr_parts_add_to(OnrXapianIndex *index, OnrTable table, OnrXapDatabase *db, GError **error);
/* Opens databases over all parts. BUSY where a writer has gone on meanwhile: load and try again. */
gboolean onr_parts_open(OnrXapianIndex *index, GError **error);
void onr_parts_close(OnrXapianIndex *index);
/* Only databases over all parts, which are another set from now on. */
void onr_parts_close_databases(OnrXapianIndex *index);
/* The part that has ROW of TABLE, if any has; -1 where none can have it. */
gint onr_parts_find(const OnrXapianIndex *index, OnrTable table, gint64 row);
/* Opens its databases for a change in place. */
gboolean onr_part_change(OnrXapianIndex *index, OnrPart *part, GError **error);
/* Makes all that was done since the last flush lasting, and writes the list into the record's transaction. */
gboolean onr_parts_flush(OnrXapianIndex *index, GError **error);
/* Takes back all that was done since, but what flush has made lasting already: repair. */
void onr_parts_rollback(OnrXapianIndex *index);
/* Removes from the folder of RECORD what its list does not name. */
void onr_parts_clean(OnrRecord *record);
/* Takes part I off the list; its folders go when the record has committed. */
void onr_parts_take_off(OnrXapianIndex *index, guint i);

/* --- build.c --- */

/* Builds parts of what waits in drafts, on all processors. */
gboolean onr_build_drafts(OnrXapianIndex *index, GError **error);

/* --- merge.c --- */

/* Parts of like size, where there are many, become one. */
gboolean onr_merge_levels(OnrXapianIndex *index, GError **error);
/* A step towards one part. */
gboolean onr_merge_settle(OnrXapianIndex *index, gboolean *is_done, GError **error);
/* One part, written anew. */
gboolean onr_merge_all(OnrXapianIndex *index, GError **error);

/* --- compile.c --- */

/* PLAN over TABLE as Xapian's query; databases are open. SCORES FALSE: for a search that weighs nothing. */
OnrXapQuery *onr_xapian_compile(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, gboolean scores, GError **error);

/* The one item: quote NUMBER of an article, or, where that is 0, the article. */
OnrXapQuery *onr_xapian_item_query(const char *article_id, guint number, GError **error);

/* --- search.c --- */

gboolean onr_xapian_search(OnrXapianIndex *index, const OnrPlan *plan, const OnrSearchSpec *spec, OnrHits *out, GError **error);
gboolean onr_xapian_match(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, GArray *rows, GError **error);
gboolean onr_xapian_explain(OnrXapianIndex *index, const OnrPlan *plan, OnrTable table, gint64 row, GArray *scores, GError **error);

/* Rows and the numbers of documents of databases over all parts. Over shards a row is the number itself, since each shard counts its own rows. */
static inline gint64 onr_xapian_row(const OnrXapianIndex *index, guint32 docid) {
  return index->shards ? docid : (docid - 1) / MAX(index->parts->len, 1) + 1;
}
/* 0 where no part has ROW. */
guint32 onr_xapian_docid(const OnrXapianIndex *index, OnrTable table, gint64 row);

/* --- shards.c --- */

/* Opens databases over all shards where they are not. */
gboolean onr_shards_prepare(OnrXapianIndex *index, GError **error);
/* After ERROR of a search: leaves out the shards that do not answer, where that is allowed, and returns TRUE for another try; else ERROR gets the shard's name. A shard that could
   not even be opened again is not asked any more as long as the engine is open: all that is asked then fails at once, with the same error. */
gboolean onr_shards_recover(OnrXapianIndex *index, GError **error);
void onr_shards_close(OnrXapianIndex *index);

/* --- check.c --- */

gboolean onr_xapian_check(OnrXapianIndex *index, OnrFindings *findings, GError **error);

G_END_DECLS
