/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several databases as one, one of none, and the uncommitted as a part. */
#include "fixture.h"

#include <string.h>

ONR_SUITE(xapian_parts);

static const char *const texts[] = {"the war the end", "1", "war and peace", "2", "a war", "", "peace", "1",
                                    "the end",         "3", "war war war",   "2", "",      "", NULL};

/* The texts in turn into the parts, so that document D of the whole has number D. */
static void build_parts(Fixture *fixture) {
  const char *paths[] = {fixture->one, fixture->two, fixture->three};
  for (guint part = 0; part < 3; part++) {
    const char *own[2 * 3 + 1] = {0};
    for (guint i = part, n = 0; i < G_N_ELEMENTS(texts) / 2; i += 3) {
      own[n++] = texts[2 * i];
      own[n++] = texts[2 * i + 1];
    }
    fixture_build(paths[part], 1, 1, own);
  }
}

static void expect_same_matches(OnrXapDatabase *a, OnrXapDatabase *b, OnrXapQuery *query, OnrXapOrder order) {
  g_auto(OnrXapMatches) in_a = {0}, in_b = {0};
  OnrXapSpec spec = fixture_spec(order);
  fixture_search(a, query, &spec, &in_a);
  fixture_search(b, query, &spec, &in_b);
  cr_assert_eq(in_a.n_matches, in_b.n_matches);
  cr_assert_eq(in_a.items->len, in_b.items->len);
  for (guint i = 0; i < in_a.items->len; i++) {
    const OnrXapMatch *left = &g_array_index(in_a.items, OnrXapMatch, i);
    const OnrXapMatch *right = &g_array_index(in_b.items, OnrXapMatch, i);
    cr_assert_eq(left->docid, right->docid);
    cr_assert_float_eq(left->weight, right->weight, 1e-12);
  }
}

Test(xapian_parts, many_parts_are_as_one) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_parts(fixture);
  g_autofree char *path = g_build_filename(fixture->dir, "whole", NULL);
  fixture_build(path, 1, 1, texts);
  g_autoptr(OnrXapDatabase) whole = fixture_open(path, NULL);
  g_autoptr(OnrXapDatabase) parts = fixture_open(fixture->one, fixture->two, fixture->three, NULL);
  cr_assert_eq(onr_xap_database_n_parts(whole), 1);
  cr_assert_eq(onr_xap_database_n_parts(parts), 3);
  g_autofree char *expected = fixture_print(whole);
  g_autofree char *printed = fixture_print(parts);
  cr_assert_str_eq(printed, expected);
  for (guint order = ONR_XAP_BY_DOCID; order <= ONR_XAP_BY_VALUE; order++) {
    g_autoptr(OnrXapQuery) any = fixture_group(ONR_XAP_OR, "war peace the", 0);
    g_autoptr(OnrXapQuery) phrase = fixture_group(ONR_XAP_PHRASE, "the end", 2);
    expect_same_matches(whole, parts, any, (OnrXapOrder)order);
    expect_same_matches(whole, parts, phrase, (OnrXapOrder)order);
  }
}

static OnrXapQuery *by_number(const OnrXapDatabase *db, const guint32 *docids, gsize n) {
  GError *error = NULL;
  OnrXapQuery *query = onr_xap_query_docids(db, docids, n, &error);
  fixture_no_error(error);
  return query;
}

static void expect_by_number(OnrXapDatabase *db) {
  static const guint32 docids[] = {2, 4, 6, 7};
  GError *error = NULL;
  fixture_finds(db, by_number(db, NULL, 0), ONR_XAP_BY_DOCID, "");
  fixture_finds(db, by_number(db, docids, 1), ONR_XAP_BY_WEIGHT_THEN_VALUE, "2");
  fixture_finds(db, by_number(db, docids, 4), ONR_XAP_BY_VALUE, "7 4 2 6");
  OnrXapQuery *both[] = {fixture_term("war"), by_number(db, docids, 4)};
  fixture_finds(db, onr_xap_query_group(ONR_XAP_AND, both, 2, 0, &error), ONR_XAP_BY_DOCID, "2 6");
  OnrXapQuery *either[] = {by_number(db, docids, 3), fixture_term("the")};
  fixture_finds(db, onr_xap_query_group(ONR_XAP_OR, either, 2, 0, &error), ONR_XAP_BY_DOCID, "1 2 4 5 6");
  fixture_finds(db, onr_xap_query_and_not(fixture_term("war"), by_number(db, docids, 4), &error),
                ONR_XAP_BY_DOCID, "1 3");
  fixture_finds(db, onr_xap_query_and_not(by_number(db, docids, 4), fixture_term("war"), &error),
                ONR_XAP_BY_DOCID, "4 7");
  g_autoptr(OnrXapQuery) printed = by_number(db, docids, 4);
  g_autofree char *text = onr_xap_query_describe(printed, &error);
  cr_assert_str_eq(text, "Query(PostingSource(4 documents))");
}

Test(xapian_parts, documents_by_number) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_parts(fixture);
  g_autofree char *path = g_build_filename(fixture->dir, "whole", NULL);
  fixture_build(path, 1, 1, texts);
  g_autoptr(OnrXapDatabase) whole = fixture_open(path, NULL);
  g_autoptr(OnrXapDatabase) parts = fixture_open(fixture->one, fixture->two, fixture->three, NULL);
  expect_by_number(whole);
  expect_by_number(parts);
}

static void append_count(const char *value, gsize length, guint64 n, gpointer data) {
  g_string_append_printf(data, "%.*s=%" G_GUINT64_FORMAT " ", (int)length, value, n);
}

Test(xapian_parts, values_are_counted_over_all_parts) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_parts(fixture);
  g_autoptr(OnrXapDatabase) parts = fixture_open(fixture->one, fixture->two, fixture->three, NULL);
  g_autoptr(OnrXapQuery) query = fixture_group(ONR_XAP_OR, "war peace the", 0);
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(OnrXapMatches) matches = {0};
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_DOCID);
  spec.n = 1, spec.each_value = append_count, spec.data = text;
  fixture_search(parts, query, &spec, &matches);
  cr_assert_str_eq(text->str, "1=2 2=2 3=1 =1 ");
  cr_assert_eq(matches.n_matches, 6);
}

/* A part that has fewer documents leaves holes in the numbers. */
Test(xapian_parts, numbers_of_the_whole) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", "a", "", "a", "", NULL});
  fixture_build(fixture->two, 2, 5, (const char *[]){"a b", "", "a", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, fixture->two, NULL);
  g_autofree char *docids = fixture_docids(db);
  cr_assert_str_eq(docids, "1 3 4 5 14");
  fixture_finds(db, fixture_term("b"), ONR_XAP_BY_DOCID, "4");
  GError *error = NULL;
  OnrXapCounts counts = {0};
  cr_assert_eq(onr_xap_database_count(db, &counts, &error), TRUE);
  cr_assert_eq(counts.n_documents, 5);
  cr_assert_eq(counts.total_length, 6);
  cr_assert_eq(counts.last_docid, 14);
  g_autoptr(GString) data = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_data(db, 2, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->two);
}

static void set_metadata(OnrXapWriter *writer, const char *key, const char *value) {
  GError *error = NULL;
  onr_xap_writer_set_metadata(writer, key, value, strlen(value), &error);
  fixture_no_error(error);
}

static void expect_metadata(OnrXapDatabase *db, const char *key, const char *expected) {
  GError *error = NULL;
  g_autoptr(GString) out = g_string_new("before");
  cr_assert_eq(onr_xap_database_metadata(db, key, out, &error), TRUE);
  cr_assert_str_eq(out->str, expected);
}

static void build_metadata(Fixture *fixture) {
  g_autoptr(OnrXapWriter) one = fixture_writer(fixture->one, ONR_XAP_CREATE);
  set_metadata(one, "set", "b\tc");
  set_metadata(one, "same", "z\ta");
  set_metadata(one, "only one", "x");
  fixture_commit(one);
  g_autoptr(OnrXapWriter) two = fixture_writer(fixture->two, ONR_XAP_CREATE);
  set_metadata(two, "set", "c\ta");
  set_metadata(two, "same", "z\ta");
  set_metadata(two, "only two", "y");
  fixture_commit(two);
}

static void expect_united(OnrXapDatabase *db) {
  expect_metadata(db, "set", "a\tb\tc");
  expect_metadata(db, "same", "z\ta");
  expect_metadata(db, "only one", "x");
  expect_metadata(db, "only two", "y");
  expect_metadata(db, "none", "");
}

Test(xapian_parts, metadata_of_parts_is_united) {
  g_autoptr(Fixture) fixture = fixture_new();
  build_metadata(fixture);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, fixture->two, NULL);
  expect_united(db);
}

Test(xapian_parts, metadata_is_merged_into_a_writers) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  build_metadata(fixture);
  g_autoptr(OnrXapDatabase) from = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->two, ONR_XAP_OPEN);
  cr_assert_eq(onr_xap_writer_merge_metadata(writer, from, &error), TRUE);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->two, NULL);
  expect_united(db);
}

Test(xapian_parts, a_database_of_no_parts_is_empty) {
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  cr_assert_eq(onr_xap_database_n_parts(db), 0);
  g_autofree char *printed = fixture_print(db);
  cr_assert_str_eq(printed, "0 documents of 0, last 0\n");
  g_autoptr(GString) text = g_string_new("before");
  cr_assert_eq(onr_xap_database_metadata(db, "key", text, &error), TRUE);
  cr_assert_str_eq(text->str, "");
  guint64 length;
  cr_assert_eq(onr_xap_database_data(db, 1, text, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, "no such document");
  cr_assert_eq(onr_xap_database_value(db, 1, 0, text, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, "no such document");
  cr_assert_eq(onr_xap_database_length(db, 1, &length, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, "no such document");
  cr_assert_eq(onr_xap_database_document_terms(db, 1, NULL, NULL, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, "no such document");
  guint64 n_documents = 9, n_occurrences = 9;
  cr_assert_eq(onr_xap_database_term(db, "a", 1, &n_documents, &n_occurrences, &error), TRUE);
  cr_assert_eq(n_documents + n_occurrences, 0);
  g_auto(OnrXapMatches) matches = {0};
  g_autoptr(OnrXapQuery) query = onr_xap_query_all(&error);
  OnrXapSpec spec = fixture_spec(ONR_XAP_BY_WEIGHT_THEN_VALUE);
  spec.each_value = append_count, spec.data = text;
  fixture_search(db, query, &spec, &matches);
  cr_assert_eq(matches.n_matches, 0);
  cr_assert_eq(matches.items->len, 0);
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
}

Test(xapian_parts, parts_without_documents) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){"a", "", NULL});
  g_autoptr(OnrXapDatabase) empty = fixture_open(fixture->one, NULL);
  fixture_finds(empty, fixture_term("a"), ONR_XAP_BY_WEIGHT_THEN_VALUE, "");
  g_autoptr(OnrXapDatabase) both = fixture_open(fixture->one, fixture->two, NULL);
  fixture_finds(both, fixture_term("a"), ONR_XAP_BY_WEIGHT_THEN_VALUE, "2");
}

/* It keeps the place of one that does not answer. */
Test(xapian_parts, an_empty_part_takes_its_share_of_the_numbers) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  build_metadata(fixture);
  fixture_build(fixture->three, 1, 1, (const char *[]){"a", "1", "a b", "2", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  cr_assert_eq(onr_xap_database_add_empty(db, &error), TRUE);
  onr_xap_database_add(db, fixture->two, &error);
  onr_xap_database_add(db, fixture->three, &error);
  fixture_no_error(error);
  cr_assert_eq(onr_xap_database_n_parts(db), 4);
  for (guint round = 0; round < 2; round++) {
    g_autofree char *docids = fixture_docids(db);
    cr_assert_str_eq(docids, "4 8");
    fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "a b", 2), ONR_XAP_BY_WEIGHT_THEN_VALUE, "8");
    fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "8 4");
    expect_metadata(db, "set", "a\tb\tc");
    expect_metadata(db, "only one", "x");
    cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  }
  g_autoptr(GString) data = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_data(db, 2, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
}

Test(xapian_parts, the_revision_is_of_one_part) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  guint64 revision = 0;
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){"a", "", NULL});
  g_autoptr(OnrXapDatabase) none = onr_xap_database_new(&error);
  cr_assert_eq(onr_xap_database_revision(none, &revision, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "revision");
  g_autoptr(OnrXapDatabase) both = fixture_open(fixture->one, fixture->two, NULL);
  cr_assert_eq(onr_xap_database_revision(both, &revision, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, fixture->two);
}

/* What a batch has put is found beside what stands in others, before it is committed and after it is taken
 * back. */
Test(xapian_parts, a_writer_as_a_part) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"old a", "1", NULL});
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->two, ONR_XAP_CREATE);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  cr_assert_eq(onr_xap_database_add_writer(db, writer, &error), TRUE);
  cr_assert_eq(onr_xap_database_n_parts(db), 2);
  onr_xap_writer_begin(writer, &error);
  for (guint round = 0; round < 2; round++) {
    fixture_put(writer, 1, "new a", "2");
    fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "2 1");
    fixture_put(writer, 1, "newer b", "2");
    fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "1");
    fixture_finds(db, fixture_group(ONR_XAP_PHRASE, "newer b", 2), ONR_XAP_BY_DOCID, "2");
    fixture_put(writer, 2, "last", "3");
    fixture_finds(db, fixture_term("last"), ONR_XAP_BY_VALUE, "4");
    cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
    cr_assert_eq(onr_xap_writer_rollback(writer, &error), TRUE);
    fixture_finds(db, onr_xap_query_all(&error), ONR_XAP_BY_DOCID, "1");
    onr_xap_writer_begin(writer, &error);
  }
  fixture_put(writer, 1, "new a", "2");
  fixture_commit(writer);
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_VALUE_THEN_WEIGHT, "2 1");
}

Test(xapian_parts, reopen_shows_what_was_committed_since) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){"a", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, fixture->two, NULL);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->two, ONR_XAP_OPEN);
  fixture_put(writer, 2, "a", NULL);
  fixture_commit(writer);
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_DOCID, "1 2");
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_DOCID, "1 2 4");
}

/* A stub's databases are parts of their own: Xapian knows no parts of parts. */
Test(xapian_parts, a_stub_adds_all_that_it_names) {
  g_autoptr(Fixture) fixture = fixture_new();
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){"b", "", NULL});
  g_autofree char *lines = g_strdup_printf("auto %s\nauto %s\n", fixture->one, fixture->two);
  g_autofree char *stub = onr_test_write(fixture->dir, "stub", lines, -1);
  g_autoptr(OnrXapDatabase) db = fixture_open(stub, fixture->one, NULL);
  cr_assert_eq(onr_xap_database_n_parts(db), 3);
  fixture_finds(db, fixture_term("b"), ONR_XAP_BY_DOCID, "2");
  fixture_finds(db, fixture_term("a"), ONR_XAP_BY_DOCID, "1 3");
}

Test(xapian_parts, an_error_names_all_parts) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"a", "", NULL});
  fixture_build(fixture->two, 1, 1, (const char *[]){"a", "", NULL});
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, fixture->two, NULL);
  g_autofree char *both = g_strdup_printf("\"%s, %s\"", fixture->one, fixture->two);
  g_autoptr(GString) data = g_string_new(NULL);
  cr_assert_eq(onr_xap_database_data(db, 9, data, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, both);
}
