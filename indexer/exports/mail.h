/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One mail (RFC 5322, MIME) as an article, for files of one and of many. Its id is the Message-ID, its title the
   Subject, its byline the sender's name, its publisher the List-Id's name, else the sender's host; Date, Content-Language
   and Archived-At give the rest, Keywords the subjects. A page that a browser has saved as mail (MHTML) says of itself
   what its HTML says.

   GMime parses: header fields that break the rules, encoded words, transfer encodings and nesting are its concern. */
#pragma once

#include "indexer/reader.h"

G_BEGIN_DECLS

/* Fills ARTICLE as OnrReader.parse does. LIMIT where the parts and header fields would take more than
   ONR_MAX_TREE_BYTES, FORMAT where there is no header. */
gboolean onr_mail_read_article(const char *bytes, gsize n_bytes, OnrArticle *article, guint32 *n_replaced,
                               GError **error);

/* How sure it is that a mail begins here: 3 for a header that only mail has, 0. */
int onr_mail_probe(const char *bytes, gsize n_bytes);

G_END_DECLS
