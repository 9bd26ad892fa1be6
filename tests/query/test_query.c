/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"
#include "query/parser.h"
#include "query/planner.h"
#include "query/query.h"

#include <math.h>
#include <string.h>

ONR_SUITE(query);

static OnrFixture *news(void) {
  OnrFixture *fixture = onr_fixture_new();
  onr_fixture_add_file(fixture, "news.txt");
  onr_fixture_ready(fixture);
  return fixture;
}

static OnrQuery *ask(OnrFixture *fixture, OnrTable table, const char *text) {
  g_autoptr(GError) error = NULL;
  OnrQuery *query = onr_query_new(fixture->archive, table, text, NULL, &error);
  cr_assert_not_null(query, "%s: %s", text, error ? error->message : "");
  return query;
}

static OnrResults *run(OnrQuery *query, const OnrRunSpec *spec) {
  g_autoptr(GError) error = NULL;
  OnrResults *results = onr_query_run(query, spec, &error);
  cr_assert_not_null(results, "%s", error ? error->message : "");
  return results;
}

static const OnrRow *row_at(const OnrResults *results, guint i) {
  return results->rows->pdata[i];
}

static void expect_error(OnrFixture *fixture, const char *text, OnrErrorCode code) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, ONR_TABLE_ARTICLES, text, NULL, &error);
  cr_assert_null(query);
  cr_assert_eq(error->code, (int)code, "%s", error->message);
}

/* --- what is printed more than once --- */

/* N papers print one story, each a little less of it; every second also has a story of its own. */
static OnrFixture *wire(guint n) {
  OnrFixture *fixture = onr_fixture_new();
  for (guint i = 0; i < n; i++) {
    g_autofree char *written = g_strdup_printf(
        "id: w%02u\npublisher: Paper %u\npublished: 2024-06-%02u\ntitle: Headline %u\nurl: u%u\npath: /w/%u\n"
        "quote: direct speech 90 person:Ada Quill\n\nThe ferry to Sandhythe will not sail until the quay is "
        "mended. "
        "{c1:“We shall look at the wall when the tide is out, and not an hour before,”} {v1:said} {s1:{p:Ada "
        "Quill}}. "
        "A trawler had struck the quay in the fog, and the crane fell into the basin. Nobody was hurt "
        "there%s.",
        i, i, 28 - i, i, i, i,
        i % 3 ? ", but boats were crushed and their owners ask who will pay for them" : "");
    g_autofree char *other = g_strdup_printf(
        "id: z%02u\npublisher: Paper %u\npublished: 2024-06-01\ntitle: Quay\nurl: z%u\n"
        "path: /z/%u\n\nWord%u of the quay, and nothing that number%u has in common with others%u.",
        i, i, i, i, i, i, i);
    g_autoptr(OnrArticle) article = onr_fixture_parse(written), alone = onr_fixture_parse(other);
    onr_fixture_add(fixture, article);
    if (i % 2)
      onr_fixture_add(fixture, alone);
  }
  g_autoptr(GError) error = NULL;
  gboolean is_done = FALSE;
  cr_assert_eq(onr_archive_commit(fixture->archive, NULL), TRUE);
  while (!is_done)
    cr_assert_eq(onr_archive_group(fixture->archive, &is_done, &error), TRUE, "%s",
                 error ? error->message : "");
  cr_assert_eq(onr_archive_begin(fixture->archive, NULL), TRUE);
  onr_fixture_ready(fixture);
  return fixture;
}

static char *ids_of(OnrQuery *query, const OnrRunSpec *spec) {
  g_autoptr(OnrResults) results = run(query, spec);
  GString *ids = g_string_new(NULL);
  for (guint i = 0; i < results->rows->len; i++)
    g_string_append_printf(ids, "%s ", row_at(results, i)->id);
  return g_string_free(ids, FALSE);
}

/* In the order of the whole list, without those whose group is there already. */
Test(query, groups_are_shown_once_and_pages_are_parts_of_one_list) {
  g_autoptr(OnrFixture) fixture = wire(12);
  for (guint table = 0; table < 2; table++) {
    g_autoptr(OnrQuery) query = ask(fixture, (OnrTable)table, table ? "wall OR tide" : "quay");
    g_autoptr(OnrResults) all = run(query, &(OnrRunSpec){.counts_distinct = TRUE});
    g_autoptr(OnrResults) one = run(query, &(OnrRunSpec){.is_grouped = TRUE, .counts_distinct = TRUE});
    cr_expect_eq(all->n_distinct, table ? 1 : 7, "%" G_GUINT64_FORMAT, all->n_distinct);
    cr_expect_eq(one->n_distinct, all->n_distinct);
    cr_expect_eq(one->n_matches, all->n_matches);
    cr_expect_eq(all->rows->len, table ? 12 : 18);
    cr_expect_eq(one->rows->len, one->n_distinct);
    cr_expect_str_eq(row_at(one, 0)->id, row_at(all, 0)->id);
    g_autofree char *whole = ids_of(query, &(OnrRunSpec){.is_grouped = TRUE});
    for (guint limit = 1; limit < 5; limit++) {
      g_autoptr(GString) pages = g_string_new(NULL);
      for (guint offset = 0; offset < 8; offset += limit) {
        g_autofree char *page =
            ids_of(query, &(OnrRunSpec){.is_grouped = TRUE, .offset = offset, .limit = limit});
        g_string_append(pages, page);
      }
      cr_expect_str_eq(pages->str, whole, "%u a page", limit);
    }
  }
}

Test(query, a_group_has_all_its_publications) {
  g_autoptr(OnrFixture) fixture = wire(12);
  g_autoptr(OnrQuery) query = ask(fixture, ONR_TABLE_QUOTES, "tide");
  g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){.is_grouped = TRUE, .limit = 1});
  OnrRow *row = results->rows->pdata[0];
  cr_assert_eq(onr_query_fill_row(query, row, 0, NULL) && onr_query_fill_copies(query, row, NULL), TRUE);
  cr_assert_eq(row->copies->len, 12);
  cr_expect_eq(row->n_copies, 12);
  const OnrCopy *first = row->copies->pdata[0];
  cr_expect_str_eq(first->id, "w11#1", "the earliest, not %s", first->id);
  cr_expect_str_eq(first->publisher, "Paper 11");
  cr_expect_str_eq(first->words, row->words);
  guint n_asked = 0;
  for (guint i = 0; i < row->copies->len; i++) {
    const OnrCopy *copy = row->copies->pdata[i];
    n_asked += copy->is_asked ? 1 : 0;
    cr_expect_eq(copy->is_asked, !strcmp(copy->id, row->id));
  }
  cr_expect_eq(n_asked, 1);
  onr_row_empty(row);
  cr_expect_null(row->copies);
}

/* --- rows --- */

Test(query, a_row_filled_later_equals_one_filled_at_once) {
  g_autoptr(OnrFixture) fixture = news();
  g_autoptr(OnrQuery) query = ask(fixture, ONR_TABLE_QUOTES, "treaty OR speaker:tolland");
  g_autoptr(OnrResults) at_once = run(query, &(OnrRunSpec){.context = 1, .with_rows = TRUE});
  g_autoptr(OnrResults) later = run(query, &(OnrRunSpec){.with_rows = FALSE});
  cr_assert_eq(later->rows->len, at_once->rows->len);
  cr_assert_gt(later->rows->len, 2);
  for (guint i = 0; i < later->rows->len; i++) {
    OnrRow *row = later->rows->pdata[i];
    const OnrRow *other = row_at(at_once, i);
    cr_assert_null(row->article);
    for (guint twice = 0; twice < 2; twice++)
      cr_assert_eq(onr_query_fill_row(query, row, 1, NULL), TRUE);
    cr_assert_str_eq(row->id, other->id);
    cr_assert_str_eq(row->words, other->words);
    cr_assert_str_eq(row->snippet.text, other->snippet.text);
    cr_assert_str_eq(row->before, other->before);
    cr_assert_str_eq(row->after, other->after);
    cr_assert_eq(row->quote, other->quote);
    onr_row_empty(row);
    cr_assert_null(row->article);
    cr_assert_str_eq(row->id, other->id);
  }
}

Test(query, a_row_holds_its_article_and_quote) {
  g_autoptr(OnrFixture) fixture = news();
  g_autoptr(OnrQuery) query = ask(fixture, ONR_TABLE_QUOTES, "games act:any speaker:malkov");
  g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){.with_rows = TRUE});
  cr_assert_eq(results->rows->len, 1);
  const OnrRow *row = row_at(results, 0);
  cr_assert_str_eq(row->id, "treaty#2");
  cr_assert_str_eq(row->article->title, "Ministers sign the Delta treaty");
  const OnrQuoteRow *quote = &g_array_index(row->article->quotes, OnrQuoteRow, row->quote);
  cr_assert_eq(quote->kind, ONR_QUOTE_MIXED);
  cr_assert_eq(quote->speakers->len, 1);
  cr_assert_str_eq(onr_article_speaker(row->article, quote, 0)->name, "Sergei Malkov");
  cr_assert_str_eq(row->words, "the Northern League that its “games” must end");
  cr_assert_null(row->before);
}

Test(query, pages_do_not_overlap) {
  g_autoptr(OnrFixture) fixture = news();
  g_autoptr(OnrQuery) query = ask(fixture, ONR_TABLE_QUOTES, "the OR treaty");
  g_autoptr(OnrResults) all = run(query, &(OnrRunSpec){0});
  for (guint i = 0; i < all->rows->len; i++) {
    g_autoptr(OnrResults) page = run(query, &(OnrRunSpec){.offset = i, .limit = 1});
    cr_assert_eq(page->rows->len, 1);
    cr_assert_eq(page->n_matches, all->n_matches);
    cr_assert_str_eq(row_at(page, 0)->id, row_at(all, i)->id);
  }
  g_autoptr(OnrResults) beyond = run(query, &(OnrRunSpec){.offset = 1000, .limit = 5});
  cr_assert_eq(beyond->rows->len, 0);
  cr_assert_eq(beyond->n_matches, all->n_matches);
}

/* --- explain --- */

/* The numbers at the beginning of each line but the first add up to the first. */
static void check_sum(const char *explanation, double score) {
  g_auto(GStrv) lines = g_strsplit(explanation, "\n", -1);
  double sum = 0;
  for (guint i = 1; lines[i]; i++)
    sum += g_ascii_strtod(lines[i], NULL);
  cr_assert_float_eq(g_ascii_strtod(lines[0] + strlen("score "), NULL), score, 1e-6);
  cr_assert_float_eq(sum, score, 1e-5, "%s", explanation);
}

Test(query, explained_terms_sum_to_the_score) {
  static const char *const texts[] = {"treaty",
                                      "treaty delta harbour",
                                      "treaty OR harbour OR the",
                                      "\"the treaty\"",
                                      "title:treaty delta",
                                      "delta NEAR/4 treaty",
                                      "econom* treaty",
                                      "treaty treaty delta",
                                      "-harbour (treaty OR eel)",
                                      "publisher:courier",
                                      "title:\"delta treaty\""};
  g_autoptr(OnrFixture) fixture = news();
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    for (int table = ONR_TABLE_ARTICLES; table <= ONR_TABLE_QUOTES; table++) {
      g_autoptr(OnrQuery) query = ask(fixture, (OnrTable)table, texts[i]);
      g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){0});
      for (guint j = 0; j < results->rows->len; j++) {
        g_autoptr(GString) out = g_string_new(NULL);
        cr_assert_eq(onr_query_explain_row(query, row_at(results, j)->row, out, NULL), TRUE);
        check_sum(out->str, row_at(results, j)->score);
      }
    }
  }
}

/* --- facets --- */

static char *facet_names(OnrFixture *fixture, OnrQuery *query, OnrFacetKind what) {
  g_autoptr(GArray) facets = g_array_new(FALSE, FALSE, sizeof(OnrFacet));
  g_array_set_clear_func(facets, (GDestroyNotify)onr_facet_clear);
  g_autoptr(GError) error = NULL;
  guint64 n = 0;
  cr_assert_eq(onr_query_facets(fixture->archive, query, what, 0, 0, facets, &n, &error), TRUE, "%s",
               error ? error->message : "");
  cr_assert_eq(n, facets->len);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < facets->len; i++) {
    const OnrFacet *facet = &g_array_index(facets, OnrFacet, i);
    g_string_append_printf(out, "%s%s %u/%u", i ? ", " : "", facet->name, (guint)facet->n_quotes,
                           (guint)facet->n_articles);
  }
  return g_string_free(out, FALSE);
}

Test(query, facets_count_over_what_matches) {
  g_autoptr(OnrFixture) fixture = news();
  g_autoptr(OnrQuery) quotes = ask(fixture, ONR_TABLE_QUOTES, "treaty OR repairs OR fish");
  g_autofree char *some = facet_names(fixture, quotes, ONR_FACET_SPEAKER);
  cr_assert_str_eq(some, "Anna Östberg 2/1, Mira Tolland 1/1, Sergei Malkov 1/1");
  g_autofree char *all = facet_names(fixture, NULL, ONR_FACET_SPEAKER);
  cr_assert_str_eq(
      all, "Anna Östberg 2/1, Mira Tolland 2/1, Sergei Malkov 2/1, Lena al-Masri 1/1, Portworkers Union 1/1");
  g_autofree char *mentioned = facet_names(fixture, quotes, ONR_FACET_ENTITY);
  cr_assert_str_eq(mentioned, "Orland 2/2, Sergei Malkov 1/1");
}

/* --- limits --- */

Test(query, a_prefix_stands_for_a_thousand_words_at_most) {
  g_autoptr(OnrFixture) fixture = onr_fixture_new();
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GString) text = g_string_new("wander wonder");
  for (guint i = 0; i < ONR_PREFIX_MAX_TERMS; i++)
    g_string_append_printf(text, " qu%uth ki%uth", i, i);
  g_string_append(text, " quoth");
  article->id = "a";
  article->path = "/a";
  article->member = "";
  article->day = ONR_NO_DAY;
  onr_fixture_set_text(article, text->str);
  onr_fixture_add(fixture, article);
  onr_fixture_ready(fixture);
  g_autoptr(OnrQuery) within = ask(fixture, ONR_TABLE_ARTICLES, "ki* w*");
  g_autoptr(OnrResults) results = run(within, &(OnrRunSpec){.with_rows = TRUE});
  cr_assert_eq(results->n_matches, 1);
  expect_error(fixture, "qu*", ONR_ERROR_LIMIT);
  expect_error(fixture, "wander OR qu*", ONR_ERROR_LIMIT);
}

static char *numbered_words(guint n, const char *joint) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(out, "%sw%u", i ? joint : "", i);
  return g_string_free(out, FALSE);
}

Test(query, a_thousand_words_run_and_more_are_refused) {
  g_autoptr(OnrFixture) fixture = news();
  g_autofree char *within = numbered_words(ONR_QUERY_MAX_TERMS, " OR ");
  g_autofree char *all = numbered_words(ONR_QUERY_MAX_TERMS, " ");
  g_autofree char *beyond = numbered_words(10000, " ");
  g_autofree char *phrase = numbered_words(2000, " ");
  g_autofree char *quoted = g_strdup_printf("\"%s\"", phrase);
  g_autoptr(OnrQuery) any = ask(fixture, ONR_TABLE_ARTICLES, within);
  g_autoptr(OnrResults) results = run(any, &(OnrRunSpec){.with_rows = TRUE});
  cr_assert_eq(results->n_matches, 0);
  g_autoptr(OnrQuery) every = ask(fixture, ONR_TABLE_ARTICLES, all);
  g_autoptr(GPtrArray) lines = onr_query_suggest(every, NULL);
  cr_assert_not_null(lines);
  expect_error(fixture, beyond, ONR_ERROR_LIMIT);
  expect_error(fixture, quoted, ONR_ERROR_LIMIT);
}

Test(query, depth_within_the_parsers_limit_is_answered_one_way_or_the_other) {
  g_autoptr(OnrFixture) fixture = news();
  for (guint depth = 1; depth <= ONR_QUERY_MAX_DEPTH + 1; depth++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < depth; i++)
      g_string_append(text, i & 1 ? "treaty (" : "NOT harbour OR (");
    g_string_append(text, "delta");
    for (guint i = 0; i < depth; i++)
      g_string_append_c(text, ')');
    g_autoptr(GError) error = NULL;
    g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, ONR_TABLE_QUOTES, text->str, NULL, &error);
    if (query) {
      g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){.with_rows = TRUE});
      cr_assert_leq(results->n_matches, results->n_items_total);
    } else {
      cr_assert_eq(error->code, ONR_ERROR_LIMIT, "%s", error->message);
      cr_assert_gt(depth, 10);
    }
  }
}

/* --- snippets of texts that are hard to show --- */

static void check_long_text(const char *unit, guint n, const char *needle) {
  g_autoptr(OnrFixture) fixture = onr_fixture_new();
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < n; i++) {
    g_string_append(text, unit);
    if (i == n / 2)
      g_string_append_printf(text, " %s ", needle);
  }
  article->id = "long";
  article->path = "/long";
  article->member = "";
  article->day = ONR_NO_DAY;
  onr_fixture_set_text(article, text->str);
  onr_fixture_add(fixture, article);
  onr_fixture_ready(fixture);
  g_autoptr(OnrQuery) query = ask(fixture, ONR_TABLE_ARTICLES, needle);
  g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){.with_rows = TRUE});
  const OnrSnippet *snippet = &row_at(results, 0)->snippet;
  cr_assert_eq(g_utf8_validate(snippet->text, -1, NULL), TRUE);
  cr_assert_leq(g_utf8_strlen(snippet->text, -1), ONR_SNIPPET_MAX + 40);
  cr_assert_eq(snippet->matches->len, 1, "'%s'", snippet->text);
  OnrSpan match = g_array_index(snippet->matches, OnrSpan, 0);
  cr_assert_eq(strncmp(snippet->text + match.begin, needle, strlen(needle)), 0);
  cr_assert_eq(snippet->starts_inside && snippet->ends_inside, TRUE);
}

Test(query, snippets_of_unusual_texts_stay_short) {
  check_long_text("word ", 30000, "needle");
  check_long_text("word\n", 30000, "needle");
  check_long_text("слово ", 20000, "needle");
  check_long_text("漢字", 20000, "needle");
  check_long_text("!", 100000, "needle");
  check_long_text("e\314\201", 20000, "needle");
  check_long_text("😀 ", 20000, "needle");
}

/* --- stop words --- */

Test(query, any_keeps_stop_words_of_other_languages) {
  g_autofree char *dir = onr_test_make_dir();
  cr_assert_eq(onr_archive_create(dir, &(OnrArchiveSettings){.language = "german"}, NULL), TRUE);
  g_autoptr(OnrArchive) archive = onr_archive_open(dir, ONR_OPEN_READ, NULL);
  g_autoptr(OnrQuery) query =
      onr_query_new(archive, ONR_TABLE_ARTICLES, "was die", &(OnrQueryOptions){.any = TRUE}, NULL);
  g_autoptr(GString) plan = g_string_new(NULL);
  onr_plan_print(onr_query_plan(query), plan);
  cr_assert_str_eq(plan->str, "or\n  term Zwas\n  term Zdie\n");
  onr_test_remove_dir(dir);
}

/* --- random queries over an archive --- */

static const char *const fragments[] = {"treaty",
                                        "the",
                                        "OR",
                                        "AND",
                                        "NOT ",
                                        "NEAR/2",
                                        "-",
                                        "(",
                                        ")",
                                        "\"the treaty\"",
                                        "“delta”",
                                        "*",
                                        "tre*",
                                        "zz*",
                                        "speaker:",
                                        "mention:malkov",
                                        "title:",
                                        "title:(",
                                        "date:2022..",
                                        "date:<2022",
                                        "kind:direct|mixed",
                                        "act:any",
                                        "confidence:>0.5",
                                        "id:treaty#1",
                                        "url:courier",
                                        "path:*.html",
                                        "lang:e*",
                                        "person:\"?\"",
                                        "東京都",
                                        "10:30",
                                        "&",
                                        "al-masri",
                                        "U.S.",
                                        "é\001",
                                        "speaker:mal*",
                                        "text:delta",
                                        "quote:treaty",
                                        " ",
                                        " ",
                                        " "};

/* Either an error of the caller's or an answer whose rows can be shown and explained. */
static void check_any_query(OnrFixture *fixture, OnrTable table, const char *text,
                            const OnrQueryOptions *options) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, table, text, options, &error);
  if (!query) {
    cr_assert_eq(error->code == ONR_ERROR_SYNTAX || error->code == ONR_ERROR_LIMIT, TRUE, "%s: %s", text,
                 error->message);
    return;
  }
  g_autoptr(OnrResults) results = run(query, &(OnrRunSpec){.with_rows = TRUE, .context = 1, .limit = 3});
  g_autoptr(GString) out = g_string_new(NULL);
  g_autoptr(GPtrArray) lines = onr_query_suggest(query, &error);
  cr_assert_eq(lines != NULL && onr_query_explain(query, out, &error), TRUE, "%s: %s", text,
               error ? error->message : "");
  cr_assert_leq(results->n_matches + results->n_undated, results->n_items_total, "%s", text);
}

Test(query, random_queries_are_answered_or_refused) {
  g_autoptr(OnrFixture) fixture = news();
  g_autoptr(GRand) random = g_rand_new_with_seed(2026);
  for (guint i = 0; i < 1200; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (gint j = g_rand_int_range(random, 1, 10); j > 0; j--)
      g_string_append_printf(text, "%s%s", fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))],
                             g_rand_boolean(random) ? " " : "");
    OnrQueryOptions options = {.any = g_rand_int_range(random, 0, 4) == 0,
                               .all_acts = g_rand_boolean(random)};
    if (g_rand_int_range(random, 0, 6) == 0)
      options.speaker = "mal*";
    if (g_rand_int_range(random, 0, 6) == 0)
      options.to = "2022-03";
    check_any_query(fixture, i & 1 ? ONR_TABLE_QUOTES : ONR_TABLE_ARTICLES, text->str, &options);
  }
}
