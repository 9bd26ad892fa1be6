/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the steps of finding what is printed more than once. Each makes its tables what follows from the tables before it, and
   writes only what is different from what is there: sketches → pairs → groups of articles → statements. */
#pragma once

#include "archive/plan.h"
#include "archive/sketch_set.h"

G_BEGIN_DECLS

/* Up to LIMIT pairs are compared; *IS_DONE where that was all. */
gboolean onr_record_update_pairs(OnrRecord *record, const OnrSketchSet *set, guint limit, gboolean *is_done, GError **error);
gboolean onr_record_update_groups(OnrRecord *record, const OnrSketchSet *set, GError **error);
gboolean onr_record_update_statements(OnrRecord *record, GError **error);

typedef struct {
  guint64 group; /* any number */
  gint64 row;    /* of an article or a quote */
} OnrGroupMember;

/* Makes article_group or statement, for quotes, hold MEMBERS (OnrGroupMember, each row once; they are lost) and nothing else: the first publication of each group stands for
   it, by date, then id. Groups have two members or more. */
gboolean onr_record_write_groups(OnrRecord *record, OnrTable table, GArray *members, GError **error);

/* --- sets that are joined --- */

/* The number that stands for I in PARENTS, which are made equal to their index at first. */
guint32 onr_join_root(guint32 *parents, guint32 i);

G_END_DECLS
