/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/article_sketch.h"

#include "text/sketch.h"
#include "text/wording.h"

static const guint8 *keep_bytes(OnrArticle *article, const guint8 *bytes, gsize n) {
  return (const guint8 *)g_string_chunk_insert_len(article->strings, (const char *)bytes, (gssize)n);
}

static void sketch_text(OnrArticle *article, const OnrArticlePostings *postings, GArray *words) {
  OnrSketch sketch;
  guint8 bytes[ONR_SKETCH_BYTES_MAX];
  if (postings->text.n_forms < ONR_WORDING_TITLED)
    onr_sketch_add_words(&postings->title, words);
  onr_sketch_add_words(&postings->text, words);
  onr_sketch_make((const guint64 *)(gconstpointer)words->data, words->len, &sketch);
  article->n_sketch = onr_sketch_write(&sketch, bytes);
  article->sketch = keep_bytes(article, bytes, article->n_sketch);
}

static void sketch_quotes(OnrArticle *article, const OnrArticlePostings *postings, GArray *words) {
  g_autoptr(GByteArray) sketches = g_byte_array_new();
  for (guint i = 0; i < postings->n_quotes; i++) {
    OnrQuoteSketch sketch;
    onr_quote_sketch_make(&g_array_index(postings->quotes, OnrQuotePostings, i).words, words, &sketch);
    onr_quote_sketch_write(&sketch, sketches);
  }
  article->n_quote_sketches = sketches->len;
  article->quote_sketches = keep_bytes(article, sketches->data, sketches->len);
}

void onr_article_make_sketches(OnrArticle *article, const OnrArticlePostings *postings) {
  g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(guint64));
  sketch_text(article, postings, words);
  sketch_quotes(article, postings, words);
}
