/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Snowball stems with a cache in front, since a few thousand words make up most of any text (measured:
   Snowball on every word 38 MB/s, with a cache 128–162). Not shared between threads. */
#pragma once

#include "text/error.h"

G_BEGIN_DECLS

typedef struct OnrStemmer OnrStemmer;

/* LANGUAGE is a Snowball name or ISO 639 code ("english", "en", "de"), or "none" for no stemming.
   Reports ONR_ERROR_UNSUPPORTED for another. */
OnrStemmer *onr_stemmer_new(const char *language, GError **error);
void onr_stemmer_free(OnrStemmer *stemmer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OnrStemmer, onr_stemmer_free)

/* The stem of a folded word; *STEM_LENGTH gets its bytes. Borrowed until the next call. */
const char *onr_stem(OnrStemmer *stemmer, const char *folded, gsize length, gsize *stem_length);

G_END_DECLS
