/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <string.h>

ONR_SUITE(facets);

/* "name quotes/articles first..last" for each facet, then how many there are in all. */
static char *shown(OnrRecord *record, OnrFacetKind what, gboolean over_quotes, const GArray *rows,
                   guint offset, guint limit) {
  g_autoptr(GArray) facets = g_array_new(FALSE, FALSE, sizeof(OnrFacet));
  guint64 n_distinct = 0;
  GError *error = NULL;
  require(onr_record_facets(record, what, over_quotes, rows, offset, limit, facets, &n_distinct, &error),
          error);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < facets->len; i++) {
    OnrFacet *f = &g_array_index(facets, OnrFacet, i);
    g_string_append_printf(out, "%s %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, f->name, f->n_quotes,
                           f->n_articles);
    if (f->first_day != ONR_NO_DAY)
      g_string_append_printf(out, " %d..%d", f->first_day, f->last_day);
    g_string_append(out, "; ");
    onr_facet_clear(f);
  }
  g_string_append_printf(out, "%" G_GUINT64_FORMAT, n_distinct);
  return g_string_free(out, FALSE);
}

static GArray *rows_of(gint64 first, ...) {
  GArray *rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  va_list more;
  va_start(more, first);
  for (gint64 row = first; row; row = va_arg(more, gint64))
    g_array_append_val(rows, row);
  va_end(more);
  return rows;
}

static void expect(OnrRecord *record, OnrFacetKind what, gboolean over_quotes, const GArray *rows,
                   const char *expected) {
  g_autofree char *got = shown(record, what, over_quotes, rows, 0, 0);
  cr_expect_str_eq(got, expected, "%s", got);
}

/* Days of the samples: 2022-02-06 is 19029, 2022-03-01 is 19052; "b1" has no date and no publisher. */

Test(facets, over_all_quotes) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, ONR_FACET_SPEAKER, TRUE, NULL, "Dario Quellmann 2/1 19029..19029; Mira Zelenskaya 1/1; 2");
  expect(record, ONR_FACET_ENTITY, TRUE, NULL, "Lindahl 1/1 19029..19029; 1");
  expect(record, ONR_FACET_PUBLISHER, TRUE, NULL,
         "Lindahl Courier 2/1 19029..19029; Morning Gull 1/1 19052..19052; 2");
  expect(record, ONR_FACET_MONTH, TRUE, NULL, "2022-02 2/1 19029..19029; 2022-03 1/1 19052..19052; 2");
  expect(record, ONR_FACET_KIND, TRUE, NULL,
         "direct 2/2 19029..19052; indirect 1/1; mixed 1/1 19029..19029; 3");
  fixture_end(dir);
}

/* What two said together counts for each, is taken out for each, and comes back as it was. */
Test(facets, over_a_quote_of_two_speakers) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) joint = article_of("j1", "/news/j.txt", NULL,
                                           "Mira Zelenskaya and Dario Quellmann agreed: no ship leaves.\n");
  const guint32 mira = mention(joint, ONR_ENTITY_PERSON, "Mira Zelenskaya", "Mira Zelenskaya");
  const guint32 dario = mention(joint, ONR_ENTITY_PERSON, "Dario Quellmann", "Dario Quellmann");
  OnrQuoteRow *said = quote(joint, "no ship leaves", mira);
  g_array_append_val(said->speakers, dario);
  put_alone(record, joint);
  expect(record, ONR_FACET_SPEAKER, TRUE, NULL, "Dario Quellmann 3/2 19029..19029; Mira Zelenskaya 2/2; 2");
  expect(record, ONR_FACET_SPEAKER, FALSE, NULL, "Dario Quellmann 3/2 19029..19029; Mira Zelenskaya 2/2; 2");
  g_autoptr(OnrArticle) loaded = onr_article_new();
  GError *error = NULL;
  require(onr_record_load_article(record, joint->row, TRUE, loaded, &error), error);
  g_autofree char *names =
      onr_article_speaker_names(loaded, &g_array_index(loaded->quotes, OnrQuoteRow, 0));
  cr_expect_str_eq(names, "Mira Zelenskaya and Dario Quellmann");
  remove_alone(record, "j1");
  expect(record, ONR_FACET_SPEAKER, TRUE, NULL, "Dario Quellmann 2/1 19029..19029; Mira Zelenskaya 1/1; 2");
  fixture_end(dir);
}

Test(facets, over_all_articles) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  expect(record, ONR_FACET_SPEAKER, FALSE, NULL, "Dario Quellmann 2/1 19029..19029; Mira Zelenskaya 1/1; 2");
  expect(record, ONR_FACET_ENTITY, FALSE, NULL,
         "Lindahl 0/3 19029..19052; Dario Quellmann 0/2 19029..19052; Mira Zelenskaya 0/2 19052..19052; "
         "Port Authority of Lindahl 0/1 19029..19029; 4");
  expect(record, ONR_FACET_PUBLISHER, FALSE, NULL,
         "Lindahl Courier 0/1 19029..19029; Morning Gull 0/1 19052..19052; 2");
  expect(record, ONR_FACET_MONTH, FALSE, NULL, "2022-02 0/1 19029..19029; 2022-03 0/1 19052..19052; 2");
  expect(record, ONR_FACET_KIND, FALSE, NULL,
         "direct 2/2 19029..19052; indirect 1/1; mixed 1/1 19029..19029; 3");
  fixture_end(dir);
}

Test(facets, over_a_set_of_hits_count_only_those) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  gint64 a1 = onr_record_find_article(record, "a1", NULL), b1 = onr_record_find_article(record, "b1", NULL);
  g_autoptr(GArray) articles = rows_of(a1, b1, (gint64)0);
  expect(record, ONR_FACET_ENTITY, FALSE, articles,
         "Lindahl 0/2 19029..19029; Dario Quellmann 0/1 19029..19029; Mira Zelenskaya 0/1; "
         "Port Authority of Lindahl 0/1 19029..19029; 4");
  g_autoptr(GArray) quotes =
      rows_of(onr_record_first_quote(record, a1), onr_record_first_quote(record, b1), (gint64)0);
  expect(record, ONR_FACET_SPEAKER, TRUE, quotes, "Dario Quellmann 1/1 19029..19029; Mira Zelenskaya 1/1; 2");
  g_autoptr(GArray) none = rows_of((gint64)0);
  expect(record, ONR_FACET_SPEAKER, TRUE, none, "0");
  g_autoptr(GArray) beyond = rows_of((gint64)5000, (gint64)6000, (gint64)0);
  expect(record, ONR_FACET_PUBLISHER, FALSE, beyond, "0");
  fixture_end(dir);
}

Test(facets, come_in_pages) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *first = shown(record, ONR_FACET_ENTITY, FALSE, NULL, 0, 2);
  g_autofree char *second = shown(record, ONR_FACET_ENTITY, FALSE, NULL, 2, 1);
  g_autofree char *rest = shown(record, ONR_FACET_ENTITY, FALSE, NULL, 3, 0);
  g_autofree char *beyond = shown(record, ONR_FACET_ENTITY, FALSE, NULL, 9, 5);
  cr_expect_str_eq(first, "Lindahl 0/3 19029..19052; Dario Quellmann 0/2 19029..19052; 4");
  cr_expect_str_eq(second, "Mira Zelenskaya 0/2 19052..19052; 4");
  cr_expect_str_eq(rest, "Port Authority of Lindahl 0/1 19029..19029; 4");
  cr_expect_str_eq(beyond, "4");
  fixture_end(dir);
}

/* 300 articles with 1 to 3 quotes; a sparse set is looked up row by row, a dense one read as a range: both
 * must count alike. */
Test(facets, count_sparse_and_dense_sets_alike) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  require(onr_record_begin(record, &error), error);
  for (int i = 0; i < 300; i++) {
    g_autofree char *id = g_strdup_printf("n%03d", i), *publisher = g_strdup_printf("Paper %d", i % 7);
    g_autoptr(OnrArticle) a =
        article_of(id, "/n", NULL, "Olen Varga and Mira Zelenskaya said one, two, three.");
    a->publisher = publisher;
    guint olen = mention(a, ONR_ENTITY_PERSON, "Olen Varga", "Olen Varga");
    guint mira = mention(a, ONR_ENTITY_PERSON, "Mira Zelenskaya", "Mira Zelenskaya");
    static const char *const words[] = {"one", "two", "three"};
    for (int q = 0; q <= i % 3; q++)
      quote(a, words[q], q % 2 ? olen : mira);
    require(onr_record_put_article(record, a, NULL, &error), error);
  }
  require(onr_record_commit(record, &error), error);
  for (OnrFacetKind what = ONR_FACET_SPEAKER; what <= ONR_FACET_KIND; what++) {
    for (int over_quotes = 0; over_quotes < 2; over_quotes++) {
      g_autoptr(GArray) sparse = g_array_new(FALSE, FALSE, sizeof(gint64));
      for (gint64 row = 10; row < 290; row += 40)
        g_array_append_val(sparse, row);
      g_autoptr(GArray) dense = g_array_copy(sparse);
      for (gint64 row = 5000; row < 5400; row++) /* beyond all rows: only makes the set look dense */
        g_array_append_val(dense, row);
      gint64 far = 5400;
      g_array_append_val(dense, far);
      g_autofree char *x = shown(record, what, over_quotes, sparse, 0, 0);
      g_autofree char *y = shown(record, what, over_quotes, dense, 0, 0);
      cr_expect_str_eq(x, y);
    }
  }
  fixture_end(dir);
}
