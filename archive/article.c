/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/article.h"

#include "text/name.h"

#include <string.h>

#define CHUNK_BYTES 4096

OnrArticle *onr_article_new(void) {
  OnrArticle *article = g_new0(OnrArticle, 1);
  article->entities = g_array_new(FALSE, FALSE, sizeof(OnrEntityRow));
  article->mentions = g_array_new(FALSE, FALSE, sizeof(OnrMentionRow));
  article->quotes = g_array_new(FALSE, FALSE, sizeof(OnrQuoteRow));
  article->notes = g_array_new(FALSE, FALSE, sizeof(OnrNote));
  article->strings = g_string_chunk_new(CHUNK_BYTES);
  article->offsets = g_new0(OnrOffsets, 1);
  onr_article_reset(article);
  return article;
}

static void quote_clear(OnrQuoteRow *quote) {
  g_array_unref(quote->speakers);
  g_array_unref(quote->source);
  g_array_unref(quote->cue);
  g_array_unref(quote->content);
}

static void clear_quotes(OnrArticle *article) {
  for (guint i = 0; i < article->quotes->len; i++)
    quote_clear(&g_array_index(article->quotes, OnrQuoteRow, i));
  g_array_set_size(article->quotes, 0);
}

void onr_article_clear_annotation(OnrArticle *article) {
  g_array_set_size(article->entities, 0);
  g_array_set_size(article->mentions, 0);
  clear_quotes(article);
  article->topic = article->sketch = article->quote_sketches = NULL;
  article->n_topic = article->n_sketch = article->n_quote_sketches = 0;
}

void onr_article_reset(OnrArticle *article) {
  onr_article_clear_annotation(article);
  g_array_set_size(article->notes, 0);
  g_string_chunk_clear(article->strings);
  onr_offsets_clear(article->offsets);
  *article = (OnrArticle){.id = "",
                          .path = "",
                          .member = "",
                          .day = ONR_NO_DAY,
                          .text = "",
                          .has_attribution = TRUE,
                          .entities = article->entities,
                          .mentions = article->mentions,
                          .quotes = article->quotes,
                          .notes = article->notes,
                          .strings = article->strings,
                          .offsets = article->offsets};
}

void onr_article_free(OnrArticle *article) {
  if (!article)
    return;
  clear_quotes(article);
  g_array_unref(article->entities);
  g_array_unref(article->mentions);
  g_array_unref(article->quotes);
  g_array_unref(article->notes);
  g_string_chunk_free(article->strings);
  onr_offsets_clear(article->offsets);
  g_free(article->offsets);
  g_free(article);
}

void onr_article_add_note(OnrArticle *article, const char *name, const char *value) {
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *old = &g_array_index(article->notes, OnrNote, i);
    if (strcmp(old->name, name) == 0 && strcmp(old->value, value) == 0)
      return;
  }
  OnrNote note = {.name = g_string_chunk_insert_const(article->strings, name),
                  .value = g_string_chunk_insert(article->strings, value)};
  g_array_append_val(article->notes, note);
}

const char *onr_article_get_note(const OnrArticle *article, const char *name) {
  for (guint i = 0; i < article->notes->len; i++) {
    const OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    if (strcmp(note->name, name) == 0)
      return note->value;
  }
  return NULL;
}

gboolean onr_article_is_kill(const OnrArticle *article) {
  const char *notice = onr_article_get_note(article, ONR_NOTE_NOTICE);
  return notice && (strcmp(notice, "kill") == 0 || strcmp(notice, "withhold") == 0);
}

OnrQuoteRow *onr_article_add_quote(OnrArticle *article) {
  const GArray *quotes = article->quotes;
  guint last = quotes->len ? g_array_index(quotes, OnrQuoteRow, quotes->len - 1).number : 0;
  OnrQuoteRow quote = {.number = last + 1,
                       .speakers = g_array_new(FALSE, FALSE, sizeof(guint32)),
                       .source = g_array_new(FALSE, FALSE, sizeof(OnrSpan)),
                       .cue = g_array_new(FALSE, FALSE, sizeof(OnrSpan)),
                       .content = g_array_new(FALSE, FALSE, sizeof(OnrSpan))};
  g_array_append_val(article->quotes, quote);
  return &g_array_index(article->quotes, OnrQuoteRow, article->quotes->len - 1);
}

guint onr_article_find_quote(const OnrArticle *article, guint number) {
  for (guint i = 0; i < article->quotes->len; i++)
    if (g_array_index(article->quotes, OnrQuoteRow, i).number == number)
      return i;
  return G_MAXUINT;
}

void onr_article_remove_quote(OnrArticle *article, guint index) {
  quote_clear(&g_array_index(article->quotes, OnrQuoteRow, index));
  g_array_remove_index(article->quotes, index);
}

/* The length in front keeps ("ab", "c") and ("a", "bc") apart. */
static void hash_field(GChecksum *sum, const char *field, gsize length) {
  char count[32];
  int n = g_snprintf(count, sizeof count, "%" G_GSIZE_FORMAT ":", length);
  g_checksum_update(sum, (const guchar *)count, n);
  g_checksum_update(sum, (const guchar *)field, (gssize)length);
}

static void hash_string(GChecksum *sum, const char *field) {
  hash_field(sum, field ? field : "", field ? strlen(field) : 0);
}

const char *onr_article_hash_id(OnrArticle *article) {
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  hash_string(sum, article->publisher);
  hash_string(sum, article->published);
  hash_string(sum, article->title);
  hash_field(sum, article->text, article->text_length);
  g_autofree char *id = g_strdup_printf("h-%.32s", g_checksum_get_string(sum));
  g_checksum_free(sum);
  return g_string_chunk_insert(article->strings, id);
}

const OnrOffsets *onr_article_offsets(const OnrArticle *article) {
  OnrOffsets *offsets = article->offsets;
  if (offsets->text != article->text || offsets->length != article->text_length)
    onr_offsets_set_text(offsets, article->text, article->text_length);
  return offsets;
}

char *onr_article_speaker_names(const OnrArticle *article, const OnrQuoteRow *quote) {
  g_autofree const char **names = g_new(const char *, quote->speakers->len);
  for (guint i = 0; i < quote->speakers->len; i++)
    names[i] = onr_entity_shown_name(onr_article_speaker(article, quote, i));
  return onr_name_join(names, quote->speakers->len);
}

char *onr_article_quote_words(const OnrArticle *article, const OnrQuoteRow *quote) {
  const OnrOffsets *offsets = onr_article_offsets(article);
  GString *words = g_string_new(NULL);
  for (guint i = 0; i < quote->content->len; i++) {
    OnrSpan span = onr_offsets_span_to_bytes(offsets, g_array_index(quote->content, OnrSpan, i));
    if (i)
      g_string_append(words, " … ");
    g_string_append_len(words, article->text + span.begin, onr_span_length(span));
  }
  return g_string_free(words, FALSE);
}
