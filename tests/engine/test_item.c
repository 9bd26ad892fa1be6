/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An article as the data of its document: packed, unpacked, and damaged on the way. */
#include "fixture.h"

#include "archive/xapian/item.h"

#include <string.h>

ONR_SUITE(engine_item);

static OnrArticle *made_article(void) {
  OnrArticle *article = onr_article_new();
  static const char text[] = "“The dam will hold,” Ada Kolm said. Élan 東京 — nobody else spoke.";
  article->id = "a#1";
  article->path = "/news/ü/a.txt";
  article->member = "line 3";
  article->title = "";
  article->byline = "Mara Fishing-Vote";
  article->published = "2022-03-01";
  article->day = 19052;
  article->publisher = "The Harbour Wire";
  article->language = "en";
  article->url = "https://wire.example/1";
  article->has_attribution = TRUE;
  article->text = text;
  article->text_length = strlen(text);
  OnrEntityRow entities[] = {
      {.id = "person:ada-kolm", .name = "Ada Kolm", .type = ONR_ENTITY_PERSON, .role = "minister"},
      {.id = "place:tokyo", .name = "東京", .type = ONR_ENTITY_PLACE}};
  g_array_append_vals(article->entities, entities, G_N_ELEMENTS(entities));
  OnrMentionRow mentions[] = {{.span = {21, 29}, .entity = 0}, {.span = {41, 43}, .entity = 1}};
  g_array_append_vals(article->mentions, mentions, G_N_ELEMENTS(mentions));
  OnrQuoteRow *quote = onr_article_add_quote(article);
  OnrSpan content = {1, 18}, source = {21, 29}, cue = {30, 34};
  quote->confidence = 100;
  quote->speaker_confidence = 83;
  const guint32 speakers[] = {0, 1};
  g_array_append_vals(quote->speakers, speakers, G_N_ELEMENTS(speakers));
  quote->speaker_type = ONR_SPEAKER_PERSON;
  quote->role = "minister";
  g_array_append_val(quote->content, content);
  g_array_append_val(quote->source, source);
  g_array_append_val(quote->cue, cue);
  quote = onr_article_add_quote(article);
  quote->kind = ONR_QUOTE_MIXED;
  g_array_append_val(quote->content, content);
  g_array_append_val(quote->content, cue);
  return article;
}

static GByteArray *pack(const OnrArticle *article) {
  GByteArray *bytes = g_byte_array_new();
  onr_item_pack(article, bytes);
  return bytes;
}

static void expect_round_trip(const OnrArticle *article) {
  GError *error = NULL;
  g_autoptr(GByteArray) bytes = pack(article);
  g_autoptr(OnrArticle) again = onr_article_new();
  onr_item_unpack(bytes->data, bytes->len, again, &error);
  fixture_no_error(error);
  cr_assert_str_eq(again->id, article->id);
  cr_assert_str_eq(again->path, article->path);
  cr_assert_eq(g_strcmp0(again->title, article->title), 0);
  cr_assert_eq(g_strcmp0(again->url, article->url), 0);
  cr_assert_eq(g_strcmp0(again->section, article->section), 0);
  cr_assert_eq(again->day, article->day);
  cr_assert_eq(again->has_attribution, article->has_attribution);
  cr_assert_eq(again->text_length, article->text_length);
  cr_assert_eq(memcmp(again->text, article->text, article->text_length), 0);
  cr_assert_eq(again->entities->len, article->entities->len);
  cr_assert_eq(again->mentions->len, article->mentions->len);
  cr_assert_eq(again->quotes->len, article->quotes->len);
  g_autoptr(GByteArray) twice = pack(again); /* all the rest */
  cr_assert_eq(twice->len, bytes->len);
  cr_assert_eq(memcmp(twice->data, bytes->data, bytes->len), 0);
}

Test(engine_item, what_is_packed_comes_back) {
  g_autoptr(OnrArticle) made = made_article();
  expect_round_trip(made);
  g_autoptr(OnrArticle) bare = onr_article_new();
  bare->id = bare->path = "x";
  bare->member = "";
  bare->day = ONR_NO_DAY;
  bare->text = "";
  expect_round_trip(bare);
}

/* --- damage --- */

static gboolean is_in_text(OnrSpan span, guint32 n_points) {
  return span.begin <= span.end && span.end <= n_points;
}

static gboolean are_in_text(const GArray *spans, guint32 n_points) {
  for (guint i = 0; i < spans->len; i++)
    if (!is_in_text(g_array_index(spans, OnrSpan, i), n_points))
      return FALSE;
  return TRUE;
}

/* Whatever bytes were taken for an article: it can be shown. */
static void expect_usable(const OnrArticle *article) {
  cr_assert_eq(g_utf8_validate_len(article->text, article->text_length, NULL), TRUE);
  guint32 n_points = (guint32)g_utf8_strlen(article->text, (gssize)article->text_length);
  for (guint i = 0; i < article->entities->len; i++)
    cr_assert_lt(g_array_index(article->entities, OnrEntityRow, i).type, ONR_N_ENTITY_TYPES);
  for (guint i = 0; i < article->mentions->len; i++) {
    const OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, i);
    cr_assert_lt(mention->entity, article->entities->len);
    cr_assert_eq(is_in_text(mention->span, n_points), TRUE);
  }
  for (guint i = 0; i < article->quotes->len; i++) {
    const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, i);
    for (guint s = 0; s < quote->speakers->len; s++)
      cr_assert_lt(g_array_index(quote->speakers, guint32, s), article->entities->len);
    cr_assert_leq(quote->confidence, 100);
    cr_assert_leq(quote->speaker_confidence, 100);
    cr_assert_gt(quote->content->len, 0);
    cr_assert_eq(are_in_text(quote->content, n_points) && are_in_text(quote->source, n_points) &&
                     are_in_text(quote->cue, n_points),
                 TRUE);
    g_autofree char *words = onr_article_quote_words(article, quote);
    cr_assert_not_null(words);
  }
}

/* TRUE where the bytes were taken. */
static gboolean try(const guint8 *bytes, gsize length, OnrArticle *article) {
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *exact = g_memdup2(bytes, length); /* so that a byte too many is seen */
  if (onr_item_unpack(exact, length, article, &error)) {
    expect_usable(article);
    return TRUE;
  }
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CORRUPT), 0);
  return FALSE;
}

Test(engine_item, what_is_cut_short_is_refused) {
  g_autoptr(OnrArticle) made = made_article();
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GByteArray) bytes = pack(made);
  for (gsize length = 0; length < bytes->len; length++)
    cr_assert_eq(try(bytes->data, length, article), FALSE, "%zu bytes of %u are taken", length, bytes->len);
  cr_assert_eq(try(bytes->data, bytes->len, article), TRUE);
  g_byte_array_append(bytes, (const guint8 *)"\0", 1);
  cr_assert_eq(try(bytes->data, bytes->len, article), FALSE);
}

/* Each byte set to what is most likely to be wrong. */
Test(engine_item, each_byte_damaged_does_no_harm) {
  static const guint8 values[] = {0, 1, 0x7f, 0x80, 0xff};
  g_autoptr(OnrArticle) made = made_article();
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GByteArray) bytes = pack(made);
  guint n_taken = 0;
  for (guint i = 0; i < bytes->len; i++) {
    guint8 kept = bytes->data[i];
    for (guint v = 0; v < G_N_ELEMENTS(values); v++) {
      bytes->data[i] = values[v];
      n_taken += try(bytes->data, bytes->len, article) ? 1 : 0;
    }
    bytes->data[i] = kept;
  }
  cr_assert_gt(n_taken, 100, "nothing but refusals");
}

Test(engine_item, random_damage_does_no_harm) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260101);
  g_autoptr(OnrArticle) made = made_article();
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GByteArray) bytes = pack(made);
  g_autofree guint8 *broken = g_malloc(bytes->len);
  for (guint round = 0; round < 20000; round++) {
    gsize length = bytes->len;
    memcpy(broken, bytes->data, length);
    for (gint32 n = g_rand_int_range(rand, 1, 4); n > 0; n--) {
      guint32 at = (guint32)g_rand_int_range(rand, 0, (gint32)length);
      broken[at] = (guint8)(g_rand_boolean(rand) ? g_rand_int(rand) : broken[at] ^ (1u << (round % 8)));
    }
    if (round % 16 == 0)
      length = (gsize)g_rand_int_range(rand, 0, (gint32)length + 1);
    try(broken, length, article);
  }
}

Test(engine_item, noise_does_no_harm) {
  g_autoptr(GRand) rand = g_rand_new_with_seed(7);
  g_autoptr(OnrArticle) article = onr_article_new();
  guint8 noise[300];
  for (guint round = 0; round < 5000; round++) {
    for (guint i = 0; i < sizeof noise; i++)
      noise[i] =
          g_rand_int_range(rand, 0, 3) ? (guint8)g_rand_int_range(rand, 0, 8) : (guint8)g_rand_int(rand);
    cr_assert_eq(try(noise, (gsize)g_rand_int_range(rand, 0, sizeof noise), article), FALSE);
  }
}

/* --- values that an annotator would not give --- */

static void expect_refused(OnrArticle *article, const char *what) {
  g_autoptr(GByteArray) bytes = pack(article);
  g_autoptr(OnrArticle) again = onr_article_new();
  cr_assert_eq(try(bytes->data, bytes->len, again), FALSE, "%s", what);
}

Test(engine_item, what_points_outside_is_refused) {
  for (guint fault = 0; fault < 12; fault++) {
    g_autoptr(OnrArticle) article = made_article();
    OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, 0);
    OnrMentionRow *mention = &g_array_index(article->mentions, OnrMentionRow, 1);
    guint32 n_points = (guint32)g_utf8_strlen(article->text, -1);
    g_autofree char *what = g_strdup_printf("fault %u", fault);
    switch (fault) {
    case 0:
      mention->span.end = n_points + 1;
      break;
    case 1:
      mention->span = (OnrSpan){5, 4};
      break;
    case 2:
      mention->entity = 2;
      break;
    case 3:
      g_array_index(quote->content, OnrSpan, 0).end = n_points + 1;
      break;
    case 4:
      g_array_index(quote->source, OnrSpan, 0) = (OnrSpan){G_MAXUINT32 - 1, G_MAXUINT32};
      break;
    case 5:
      g_array_index(quote->cue, OnrSpan, 0) = (OnrSpan){3, 2};
      break;
    case 6:
      g_array_index(quote->speakers, guint32, 1) = 2;
      break;
    case 7:
      quote->confidence = 101;
      break;
    case 10:
      quote->speaker_confidence = 101;
      break;
    case 8:
      g_array_set_size(quote->content, 0);
      break;
    case 9:
      article->text = "\xff\xfe";
      article->text_length = 2;
      onr_article_clear_annotation(article);
      break;
    default:
      article->text = "a\0b";
      article->text_length = 3;
      onr_article_clear_annotation(article);
    }
    expect_refused(article, what);
  }
}
