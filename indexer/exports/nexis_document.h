/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document of LexisNexis or Nexis Uni, as readers/nexis.c cuts them, as an article. Its lines are joined to
   paragraphs (unwrap.h), so the text is not the file's bytes. The words of SUBJECT, COMPANY, ORGANIZATION, PERSON,
   GEOGRAPHIC and the like are subjects, and no text. A text of less than half the words that LENGTH says is a stub. */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

/* Fills ARTICLE from TEXT (valid UTF-8, LF). FORMAT where no label shows where its text begins: a cover, or the
   database's excuse. */
gboolean onr_nexis_read_article(const char *text, gsize length, OnrArticle *article, guint32 *n_replaced,
                                GError **error);

G_END_DECLS
