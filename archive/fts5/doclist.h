/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of a term: its rows in order, and where the term stands in each. Of one form over one segment
   (doclist), and over all of a table's (OnrList), in which a row of a newer segment hides that of an older
   one, and an empty one says that the row is gone.

     g_autoptr(OnrList) list = onr_list_open(segments, forms);
     for (guint32 row = onr_list_seek(list, 0); row != ONR_NO_ROW; row = onr_list_seek(list, row + 1)) …
     if (!onr_segments_check(segments, error)) return FALSE; */
#pragma once

#include "archive/fts5/segments.h"

G_BEGIN_DECLS

typedef struct {
  OnrSegments *segments;
  OnrSegment segment;
  OnrLeaf leaf, ahead;  /* ahead: a later page, looked at to see whether it can be leapt to */
  guint32 begin;        /* of the row's positions, on the leaf */
  guint32 n_bytes;      /* that they take; they may run on over further leaves */
  guint32 end;          /* of the list on this leaf */
  gboolean is_last;     /* the list ends on this leaf */
  guint32 last_page;    /* that the list may reach; 0: not asked yet */
  guint32 looked_from;  /* the leaf from which the ones ahead were looked at */
  guint32 row;          /* at hand; ONR_NO_ROW: no more */
  GByteArray *gathered; /* positions that run over leaves */
  char *form;
  guint n_form; /* which of the list's forms */
} OnrDoclist;

typedef struct {
  OnrDoclist *parts; /* form by form, of each the newest segment first */
  guint n_parts;
  /* Segments mostly follow one another in rows, so few parts are looked at at a time: those that have been
     come to and are not at their end. */
  guint *active; /* by index */
  guint n_active;
  guint *asleep; /* parts still at their first row, the lowest last */
  guint n_asleep;
  OnrDoclist **present; /* those that have the row at hand, one a form */
  guint n_present;
  guint32 row; /* at hand; ONR_NO_ROW: no more */
  gboolean is_begun;
  GArray *merged; /* guint64: positions of several forms in one order; scratch */
} OnrList;

/* The list of all FORMS (char *) together: of one for a form, of those that it stands for with a stem. Never
   NULL: what nothing has, or what is damaged, has no row. */
OnrList *onr_list_open(OnrSegments *segments, const GPtrArray *forms);
void onr_list_free(OnrList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrList, onr_list_free)

/* Moves to ROW or the first row after it; never back. Returns the row at hand. */
guint32 onr_list_seek_on(OnrList *list, guint32 row);

static inline guint32 onr_list_seek(OnrList *list, guint32 row) {
  return list->is_begun && list->row >= row ? list->row : onr_list_seek_on(list, row);
}

/* --- where the term stands in the row at hand --- */

/* Positions in order: column in the upper half, so that neighbours are neighbours of one column, word in the
 * lower. */
typedef struct {
  const guint8 *at, *end;             /* as FTS5 packs them, */
  const guint64 *merged, *merged_end; /* or, of several forms, as they are */
  guint64 position;
} OnrPositions;

#define ONR_NO_POSITION G_MAXUINT64

/* Sets POSITIONS to the first in the list's row; until the list moves on. */
void onr_list_positions(OnrList *list, OnrPositions *positions);

/* Into POSITIONS->position; ONR_NO_POSITION after the last. A number of one begins another column, whose
   number follows; any other is two more than the distance from the last word. */
static inline void onr_positions_next(OnrPositions *positions) {
  guint64 value;
  if (positions->merged) {
    positions->position = positions->merged < positions->merged_end ? *positions->merged++ : ONR_NO_POSITION;
    return;
  }
  guint n = onr_varint_read(positions->at, positions->end, &value);
  positions->at += n;
  if (n && value == 1) {
    n = onr_varint_read(positions->at, positions->end, &value);
    positions->position = value << 32;
    positions->at += n;
    n = onr_varint_read(positions->at, positions->end, &value);
    positions->at += n;
  }
  positions->position = n ? positions->position + value - 2 : ONR_NO_POSITION;
}

/* How often the term stands in the row, a place in column i counted WEIGHTS[i] times (N_COLUMNS of them). */
guint onr_list_wdf(OnrList *list, const guint *weights, guint n_columns);

G_END_DECLS
