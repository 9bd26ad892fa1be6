/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One document of Reuters-21578 or of a TREC collection as an article. The elements that collections use for one
   thing are that thing: TITLE, HEADLINE, HL, HEAD and TI the title, and so on (docs/formats.md lists them); a field
   ends with its end tag or where another begins. What stands outside the text and is no field is left out. Lines are
   joined to paragraphs (unwrap.h).

   A document of Reuters has "reuters-NEWID" for an id and Reuters for a publisher; one of TREC its DOCNO, which also
   gives the day where no element does: AP880212-0001, NYT_ENG_20020131.0001. */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

/* Fills ARTICLE from TEXT (valid UTF-8). FORMAT where it does not begin with <REUTERS> or <DOC>. */
gboolean onr_sgml_read_article(const char *text, gsize length, OnrArticle *article, guint32 *n_replaced,
                               GError **error);

G_END_DECLS
