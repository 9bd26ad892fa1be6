/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conditions on speakers and mentions where names are joined, and where one is another's in some articles. */
#include "fixture.h"
#include "query/query.h"

#include <sqlite3.h>

ONR_SUITE(identities);

static void add(OnrFixture *fixture, const char *id, const char *name) {
  g_autofree char *written =
      g_strdup_printf("id: %s\ntitle: Harbour %s\npath: /n/%s.txt\nquote: direct speech 90 person:%s\n\n"
                      "{c1:“The harbour is ours, {p:%s},”} {v1:said} {s1:{p:%s|%s}}.\n",
                      id, id, id, name, name, name, name);
  g_autoptr(OnrArticle) article = onr_fixture_parse(written);
  onr_fixture_add(fixture, article);
}

static OnrFixture *archive_of(const char *const *names, guint n, const char *sql) {
  OnrFixture *fixture = onr_fixture_new();
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf("a%u", i + 1);
    add(fixture, id, names[i]);
  }
  onr_fixture_ready(fixture);
  sqlite3 *db;
  cr_assert_eq(sqlite3_open(onr_record_file(onr_archive_record(fixture->archive)), &db), SQLITE_OK);
  cr_assert_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK, "%s", sqlite3_errmsg(db));
  sqlite3_close(db);
  cr_assert_neq(onr_record_renew(onr_archive_record(fixture->archive), NULL), FALSE);
  return fixture;
}

/* Kolm is Ada's in a1 and Ines's in a2; Ada goes by two names. */
static OnrFixture *kolms(void) {
  static const char sql[] = "UPDATE entity SET identity = (SELECT row FROM entity WHERE id = "
                            "'person:ada-kolm') WHERE id = 'person:ada-b-kolm';"
                            "INSERT INTO sense SELECT e.row, a.row, i.row FROM entity e, article a, entity i "
                            "WHERE e.id = 'person:kolm' AND ((a.id = 'a1' AND i.id = 'person:ada-kolm') OR "
                            "(a.id = 'a2' AND i.id = 'person:ines-kolm'))";
  static const char *const names[] = {"Kolm", "Kolm", "Ada Kolm", "Ines Kolm", "Ada B. Kolm", "Kolm"};
  return archive_of(names, G_N_ELEMENTS(names), sql);
}

#define N_MANY 45

/* Kolm is Ines's in a40 only, one of many; and "Ada Kolm" is hers in a42. */
static OnrFixture *many_kolms(void) {
  static const char sql[] = "INSERT INTO sense SELECT e.row, a.row, i.row FROM entity e, article a, entity i "
                            "WHERE i.id = 'person:ines-kolm' AND ((e.id = 'person:kolm' AND a.id = 'a40') OR "
                            "(e.id = 'person:ada-kolm' AND a.id = 'a42'))";
  const char *names[N_MANY];
  for (guint i = 0; i < N_MANY; i++)
    names[i] = i < 40 ? "Kolm" : i < 43 ? "Ada Kolm" : "Ines Kolm";
  return archive_of(names, N_MANY, sql);
}

static int by_text(gconstpointer a, gconstpointer b) {
  return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

static void expect(OnrFixture *fixture, OnrTable table, const char *text, const char *expected) {
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, table, text, NULL, &error);
  cr_assert_not_null(query, "%s: %s", text, error ? error->message : "");
  g_autoptr(OnrResults) results = onr_query_run(query, &(OnrRunSpec){.with_rows = TRUE}, &error);
  cr_assert_not_null(results, "%s: %s", text, error ? error->message : "");
  g_autoptr(GPtrArray) ids = g_ptr_array_new();
  for (guint i = 0; i < results->rows->len; i++)
    g_ptr_array_add(ids, (gpointer)((const OnrRow *)results->rows->pdata[i])->article->id);
  g_ptr_array_sort(ids, by_text);
  g_ptr_array_add(ids, NULL);
  g_autofree char *got = g_strjoinv(" ", (char **)ids->pdata);
  cr_expect_str_eq(got, expected, "%s: %s", text, got);
}

Test(identities, are_asked_for_by_all_their_names_and_only_where_these_are_theirs) {
  g_autoptr(OnrFixture) fixture = kolms();
  for (guint i = 0; i < 2; i++) {
    OnrTable table = i ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES;
    expect(fixture, table, "speaker:\"ada kolm\"", "a1 a3 a5");
    expect(fixture, table, "speaker:\"ada b kolm\"", "a1 a3 a5");
    expect(fixture, table, "speaker:ines", "a2 a4");
    expect(fixture, table, "speaker:kolm", "a1 a2 a3 a4 a5 a6");
    expect(fixture, table, "speaker:\"person:kolm\"", "a6");
    expect(fixture, table, "speaker:\"person:ada-kolm\"", "a1 a3 a5");
    expect(fixture, table, "speaker:\"person:ada-kolm\" harbour", "a1 a3 a5");
    expect(fixture, table, "speaker:kolm -speaker:ines", "a1 a3 a5 a6");
    expect(fixture, table, "speaker:ines OR speaker:\"person:kolm\"", "a2 a4 a6");
  }
  expect(fixture, ONR_TABLE_ARTICLES, "person:\"ada kolm\"", "a1 a3 a5");
  expect(fixture, ONR_TABLE_ARTICLES, "mention:ines", "a2 a4");
}

Test(identities, share_names_that_are_mostly_another_s) {
  g_autoptr(OnrFixture) fixture = many_kolms();
  for (guint i = 0; i < 4; i++) {
    OnrTable table = i % 2 ? ONR_TABLE_ARTICLES : ONR_TABLE_QUOTES;
    const char *field = i < 2 ? "speaker" : "mention";
    g_autofree char *ines = g_strdup_printf("%s:ines", field), *ada = g_strdup_printf("%s:ada", field),
                    *not_ada = g_strdup_printf("%s:kolm -%s:\"person:kolm\"", field, field),
                    *either = g_strdup_printf("%s:ines OR %s:\"person:ada-kolm\"", field, field),
                    *among = g_strdup_printf("harbour %s:ines id:a40", field);
    expect(fixture, table, ines, "a40 a42 a44 a45");
    expect(fixture, table, ada, "a40 a41 a42 a43 a44 a45"); /* who is called so: Ines too, in a42 */
    expect(fixture, table, not_ada, "a40 a41 a42 a43 a44 a45");
    expect(fixture, table, either, "a40 a41 a42 a43 a44 a45");
    expect(fixture, table, among, "a40");
  }
  expect(fixture, ONR_TABLE_QUOTES, "speaker:\"person:ada-kolm\"", "a41 a43");
  expect(fixture, ONR_TABLE_QUOTES, "mention:\"person:ada-kolm\"", "a41 a43");
  expect(fixture, ONR_TABLE_ARTICLES, "mention:\"person:ada-kolm\"", "a41 a43");
}

static guint n_marks(OnrFixture *fixture, const char *text) {
  g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, ONR_TABLE_QUOTES, text, NULL, NULL);
  g_autoptr(OnrResults) results = onr_query_run(query, &(OnrRunSpec){.with_rows = TRUE}, NULL);
  cr_assert_eq(results->rows->len, 1);
  return ((const OnrRow *)results->rows->pdata[0])->snippet.matches->len;
}

Test(identities, are_marked_where_a_name_is_theirs) {
  g_autoptr(OnrFixture) fixture = many_kolms();
  cr_expect_eq(n_marks(fixture, "mention:ines id:a40"), 1);
  cr_expect_eq(n_marks(fixture, "mention:ines id:a44"), 1);
  cr_expect_eq(n_marks(fixture, "id:a1 (harbour OR mention:ines)"), 1, "Kolm is not Ines there");
  cr_expect_eq(n_marks(fixture, "id:a40 (harbour OR mention:ines)"), 2);
}

Test(identities, are_shown_under_the_name_that_stands_for_them) {
  g_autoptr(OnrFixture) fixture = kolms();
  g_autoptr(OnrQuery) query = onr_query_new(fixture->archive, ONR_TABLE_QUOTES, "id:a5", NULL, NULL);
  g_autoptr(OnrResults) results = onr_query_run(query, &(OnrRunSpec){.with_rows = TRUE}, NULL);
  cr_assert_eq(results->rows->len, 1);
  const OnrArticle *article = ((const OnrRow *)results->rows->pdata[0])->article;
  const OnrEntityRow *speaker =
      onr_article_speaker(article, &g_array_index(article->quotes, OnrQuoteRow, 0), 0);
  cr_expect_str_eq(speaker->id, "person:ada-b-kolm");
  cr_expect_str_eq(onr_entity_shown_id(speaker), "person:ada-kolm");
  cr_expect_str_eq(onr_entity_shown_name(speaker), "Ada Kolm");
}

Test(identities, of_any_script_are_found) {
  g_autoptr(OnrFixture) fixture = onr_fixture_new();
  add(fixture, "a1", "Зеленский");
  add(fixture, "a2", "Ada \\ Kolm");
  onr_fixture_ready(fixture);
  expect(fixture, ONR_TABLE_QUOTES, "speaker:Зеленский", "a1");
  expect(fixture, ONR_TABLE_ARTICLES, "mention:зеленский", "a1");
  expect(fixture, ONR_TABLE_QUOTES, "speaker:kolm", "a2");
}
