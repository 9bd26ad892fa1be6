/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FTS5's lists, read where FTS5 keeps them. Its query interface costs 21 to 50 ns a posting (ten calls deep,
   and SQL's machine around them), reading its pages directly costs 3 to 8, and lets a list be sought by row;
   docs/index-format.md has the figures. What is read is the format that the head of SQLite's
   ext/fts5/fts5_index.c describes, version 4 of FTS5's config table: the one of every SQLite since 2015 for
   tables with the options that ours have. Another version is refused.

   A table's postings are in segments, each a b-tree: in `<table>_idx` the first term of each leaf page, in
   `<table>_data` the pages. Newer segments override older ones row by row. Here: which segments there are,
   and their pages. */
#pragma once

#include "archive/database.h"
#include "archive/engine.h"

G_BEGIN_DECLS

#define ONR_NO_ROW G_MAXUINT32

typedef struct {
  guint32 id;
  guint32 first_page, last_page;
} OnrSegment;

/* The lists of one table, as of one transaction. */
typedef struct {
  OnrRecord *record;
  OnrTable table;
  GArray *segments; /* OnrSegment, the newest first */
  guint32 n_listed; /* with those that a merge under way has used up */
  gboolean is_loaded;
  GError *error; /* the first that a read met; lists end there */
} OnrSegments;

OnrSegments *onr_segments_new(OnrRecord *record, OnrTable table);
void onr_segments_free(OnrSegments *segments);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrSegments, onr_segments_free)

/* What is known may be old: the next use reads it again. */
void onr_segments_forget(OnrSegments *segments);
gboolean onr_segments_load(OnrSegments *segments, GError **error);
/* Hands over the error that reads since the last call met, if any; FALSE when there was one. */
gboolean onr_segments_check(OnrSegments *segments, GError **error);
/* Notes that page NUMBER of SEGMENT is not what it must be. */
void onr_segments_set_corrupt(OnrSegments *segments, const OnrSegment *segment, guint32 number);

/* A leaf: a head of 4 bytes, then terms and lists, then from `end` on where the terms begin. */
typedef struct {
  guint8 *bytes;
  guint32 n_bytes, capacity;
  guint32 number;
  guint32 first_row; /* offset of the first row that continues a list begun on an earlier page; 0 where there
                        is none */
  guint32 end;
} OnrLeaf;

#define ONR_LEAF_HEAD 4

void onr_leaf_clear(OnrLeaf *leaf);
/* Reads page NUMBER of SEGMENT, whose head is then sound. FALSE, with the error noted, where it cannot be
 * read. */
gboolean onr_leaf_read(OnrLeaf *leaf, OnrSegments *segments, const OnrSegment *segment, guint32 number);
/* Offset of the leaf's first term; its end where no term begins on it. */
guint32 onr_leaf_first_term(const OnrLeaf *leaf);

/* Finds TERM in SEGMENT: reads the leaf where its list begins. *BEGIN gets the offset of what follows the
   term, *END where the next term begins, or the leaf's end. FALSE where the segment does not have the term,
   or, with the error noted, cannot be read. */
gboolean onr_leaf_find(OnrLeaf *leaf, OnrSegments *segments, const OnrSegment *segment, const char *term,
                       guint32 *begin, guint32 *end);
/* The last page of SEGMENT on which the list of TERM, which begins on an earlier one, may go on. */
guint32 onr_segment_last_page_of(OnrSegments *segments, const OnrSegment *segment, const char *term);

/* Reads SQLite's variable-length integer at BYTES, before END, into *VALUE; 0 where it is cut short, else the
 * bytes that it takes. */
guint onr_varint_read_long(const guint8 *bytes, const guint8 *end, guint64 *value);

/* Most numbers are of one or two bytes. */
static inline guint onr_varint_read(const guint8 *bytes, const guint8 *end, guint64 *value) {
  if (bytes < end && *bytes < 0x80) {
    *value = *bytes;
    return 1;
  }
  if (end - bytes > 1 && bytes[1] < 0x80) {
    *value = (guint64)(*bytes & 0x7f) << 7 | bytes[1];
    return 2;
  }
  return onr_varint_read_long(bytes, end, value);
}

G_END_DECLS
