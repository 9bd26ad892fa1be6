/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Private to archive/'s archive*.c. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

struct OnrArchive {
  char *dir;
  char *language;
  int lock; /* -1: not held */
  OnrRecord *record;   /* NULL over shards */
  GPtrArray *members;  /* over shards: OnrArchive of each local one, NULL for the others; else NULL */
  const OnrEngineClass *engine_class;
  OnrEngine *engine; /* NULL only where a rollback could not open it again */
  gboolean has_failed; /* in the open transaction */
  gboolean is_reset;   /* in the open transaction */
  OnrTermMaker *maker; /* these four are made when first needed */
  OnrDocument *doc;
  OnrArticle *article;
  OnrArticlePostings *postings;
};

/* The article in ROW, lent until the next is loaded. */
OnrArticle *onr_archive_load(OnrArchive *archive, gint64 row, GError **error);
/* What a stored article posts, made again; lent until the next are made. */
const OnrArticlePostings *onr_archive_make_postings(OnrArchive *archive, const OnrArticle *article, GError **error);

G_END_DECLS
