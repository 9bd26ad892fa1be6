/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A mail a file (mail.h). */
#include "indexer/readers/readers.h"

#include "indexer/exports/mail.h"
#include "indexer/readers/whole.h"

static int probe(const char *bytes, gsize n_bytes, const char *ending) {
  (void)ending;
  return onr_mail_probe(bytes, n_bytes);
}

static gboolean parse(const OnrRawItem *item, const char *path, OnrArticle *article, guint32 *n_replaced,
                      GError **error) {
  (void)path;
  gsize n_bytes;
  const char *bytes = g_bytes_get_data(item->bytes, &n_bytes);
  return onr_mail_read_article(bytes ? bytes : "", n_bytes, article, n_replaced, error);
}

const OnrReader ONR_READER_EML = {
    .name = "eml",
    .what = "mail",
    .endings = (const char *const[]){"eml", "mht", "mhtml", NULL},
    .probe = probe,
    .split = onr_whole_split,
    .parse = parse,
};
