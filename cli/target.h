/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the words of a command line name: an article, a quote, an identity. */
#pragma once

#include "archive/record.h"

G_BEGIN_DECLS

/* A whole article, or its quote with NUMBER (from 1). */
typedef struct {
  gint64 article_row;
  guint number; /* 0: the article */
} OnrTarget;

/* ID: "ARTICLE" or "ARTICLE#n". Reports NOT_FOUND where there is no such article. */
gboolean onr_target_find(OnrRecord *record, const char *id, OnrTarget *out, GError **error);

/* Loads the article of TARGET into ARTICLE; *QUOTE gets the index of its quote. Reports NOT_FOUND where TARGET is a whole article, or the article has no such quote. */
gboolean onr_target_load_quote(OnrRecord *record, const char *id, OnrArticle *article, guint *quote, GError **error);

/* Finds the one identity that WORD names: by the id of it, of a name of it, or of an authority file's entry; or by its full name, or any name that only one has. Reports NOT_FOUND
   with the nearest, and USAGE with the ids of several. OUT has no counts; freed with onr_identity_clear. */
gboolean onr_target_find_identity(OnrRecord *record, const char *word, OnrIdentity *out, GError **error);

G_END_DECLS
