/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One reader (FUZZ_READER, its name) over any bytes: each item is cut and parsed; what comes out is checked.
 */
#include "indexer/reader.h"
#include "fuzz.h"
#include "text/utf8.h"

#include <string.h>

static const OnrReader *find_reader(const char *name) {
  for (const OnrReader *const *reader = onr_readers(); *reader; reader++)
    if (strcmp((*reader)->name, name) == 0)
      return *reader;
  g_error("no reader '%s'", name);
}

static void check_article(const OnrArticle *article) {
  const char *fields[] = {article->id, article->title, article->byline, article->published, article->url};
  g_assert_cmpuint(onr_utf8_valid_prefix(article->text, article->text_length), ==, article->text_length);
  g_assert_null(memchr(article->text, '\r', article->text_length));
  g_assert_cmpuint(strlen(article->text), ==, article->text_length);
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    g_assert_true(!fields[i] || (g_utf8_validate(fields[i], -1, NULL) && !strchr(fields[i], '\n')));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const OnrReader *reader = find_reader(FUZZ_READER);
  g_autoptr(GError) end = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(fuzz_file(data, size), NULL);
  g_autoptr(OnrArticle) article = onr_article_new();
  g_auto(OnrSplit) split = {0};
  OnrRawItem raw = {0};
  while (reader->split(stream, &split, &raw, &end)) {
    g_autoptr(GError) error = NULL;
    guint32 n_replaced = 0;
    onr_article_reset(article);
    if (!raw.error && reader->parse(&raw, "fuzz", article, &n_replaced, &error))
      check_article(article);
    else
      g_assert_true(raw.error || error);
    onr_raw_item_clear(&raw);
  }
  return 0;
}
