/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Classes of words that stand in like places of much text (training/word_classes.h): "Dr", "Sen." and "Rep."
   in one, "told" and "asked" in another. A word with a capital and without are two. */
#pragma once

#include "annotate/reading.h"

G_BEGIN_DECLS

#define ONR_N_WORD_CLASSES 1000
#define ONR_WORD_CLASS_NONE ONR_N_WORD_CLASSES /* of a word too rare to have one */
#define ONR_WORD_CLASS_SLOTS (1u << 16)
#define ONR_WORD_CLASS_WORDS_MAX (ONR_WORD_CLASS_SLOTS * 5 / 8)

/* An open-addressed table: of each word the upper 48 bits of its key, and 1 + its class below them; 0 is a
 * free slot. Little endian. */
typedef guint64 OnrWordClasses[ONR_WORD_CLASS_SLOTS];

/* What stands for token I: its word's key and whether it has a capital; numbers by their length, marks by
 * their tag. */
guint64 onr_word_class_key(const OnrReading *r, guint32 i);

/* The slot of KEY, or the free one where it would be. */
guint32 onr_word_class_slot(const OnrWordClasses *classes, guint64 key);

/* The class of token I, or ONR_WORD_CLASS_NONE. */
guint32 onr_word_class(const OnrWordClasses *classes, const OnrReading *r, guint32 i);

G_END_DECLS
