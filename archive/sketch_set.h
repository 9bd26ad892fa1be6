/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/: the sketches of all articles, as far as it takes to say which are worth comparing. Articles with the same words are one class, for
   which the first by id stands: its leader. Classes are numbered in the order of the hash of their words, which is the same however
   the articles came. Some 40 bytes an article. */
#pragma once

#include "archive/record.h"

G_BEGIN_DECLS

typedef struct {
  guint64 hash;
  gint64 leader; /* row of an article */
} OnrSketchClass;

typedef struct {
  GArray *rows;    /* gint64, ascending: articles with a sketch */
  GArray *classes; /* OnrSketchClass, by number */
  guint32 *class_of; /* by index into rows */
} OnrSketchSet;

typedef struct {
  guint32 a, b; /* classes, b < a */
} OnrClassPair;

gboolean onr_sketch_set_read(OnrRecord *record, OnrSketchSet *out, GError **error);
void onr_sketch_set_clear(OnrSketchSet *set);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(OnrSketchSet, onr_sketch_set_clear)

/* The class of the article in ROW; G_MAXUINT32 where it has none. */
guint32 onr_sketch_set_class(const OnrSketchSet *set, gint64 row);

/* Appends the pairs (OnrClassPair) of classes whose texts may have enough in common to be the same or similar, in order. */
gboolean onr_sketch_set_pairs(OnrRecord *record, const OnrSketchSet *set, GArray *pairs, GError **error);

G_END_DECLS
