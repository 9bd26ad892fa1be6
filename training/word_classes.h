/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds classes of words by exchange (Martin, Liermann and Ney, "Algorithms for bigram and trigram word
   clustering", 1998): each word moves to the class in which the classes of neighbouring words say most of
   each other, until few move. Deterministic. */
#pragma once

#include "annotate/word_classes.h"

G_BEGIN_DECLS

typedef struct OnrWordStream OnrWordStream;

OnrWordStream *onr_word_stream_new(void);
void onr_word_stream_free(OnrWordStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrWordStream, onr_word_stream_free)

/* Adds the bodies of JSON Lines, gzipped or not. */
gboolean onr_word_stream_read(OnrWordStream *stream, const char *path, GError **error);

/* Fills OUT, which is all zero, with the classes of words that the stream has often enough; returns how many
 * words. */
guint onr_word_classes_find(const OnrWordStream *stream, OnrWordClasses *out);

G_END_DECLS
