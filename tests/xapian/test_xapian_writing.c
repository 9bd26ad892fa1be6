/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Transactions: what is kept, what is lost, and what others see of it. */
#include "fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

ONR_SUITE(xapian_writing);

static void begin(OnrXapWriter *writer) {
  GError *error = NULL;
  onr_xap_writer_begin(writer, &error);
  fixture_no_error(error);
}

static void expect_docids(const char *path, const char *expected) {
  g_autoptr(OnrXapDatabase) db = fixture_open(path, NULL);
  g_autofree char *docids = fixture_docids(db);
  cr_assert_str_eq(docids, expected);
}

/* What WRITER itself would read. */
static void expect_own_docids(OnrXapWriter *writer, const char *expected) {
  GError *error = NULL;
  g_autoptr(OnrXapDatabase) db = onr_xap_database_new(&error);
  onr_xap_database_add_writer(db, writer, &error);
  fixture_no_error(error);
  g_autofree char *docids = fixture_docids(db);
  cr_assert_str_eq(docids, expected);
}

Test(xapian_writing, put_replaces_and_remove_removes) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 1, 1, (const char *[]){"old words", "1", "other", "2", NULL});
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  fixture_put(writer, 1, "new", NULL);
  cr_assert_eq(onr_xap_writer_remove(writer, 2, &error), TRUE);
  cr_assert_eq(onr_xap_writer_remove(writer, 2, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  cr_assert_eq(onr_xap_writer_remove(writer, 0, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  fixture_commit(writer); /* what is not there to be removed is no failure of the batch */
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  g_autofree char *printed = fixture_print(db);
  cr_assert_str_eq(printed, "1 documents of 1, last 2\n1 [new] = 1: new:1@1\nnew in 1, 1 times\n");
}

Test(xapian_writing, documents_are_numbered_from_1) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  g_autoptr(OnrXapDocument) doc = fixture_document("a", NULL);
  cr_assert_eq(onr_xap_writer_put(writer, 0, doc, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "numbered from 1");
}

Test(xapian_writing, create_overwrites_and_open_does_not_create) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  cr_assert_null(onr_xap_writer_open(fixture->one, ONR_XAP_OPEN, &error));
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  fixture_build(fixture->one, 1, 1, (const char *[]){"old", "", NULL});
  onr_xap_writer_free(fixture_writer(fixture->one, ONR_XAP_CREATE));
  expect_docids(fixture->one, "");
  fixture_build(fixture->one, 7, 1, (const char *[]){"new", "", NULL});
  expect_docids(fixture->one, "7");
}

Test(xapian_writing, a_transaction_is_seen_when_it_is_committed) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  begin(writer);
  fixture_put(writer, 1, "a", NULL);
  expect_docids(fixture->one, "");
  expect_own_docids(writer, "1");
  fixture_commit(writer);
  expect_docids(fixture->one, "1");
  begin(writer);
  fixture_put(writer, 2, "b", NULL);
  fixture_commit(writer);
  expect_docids(fixture->one, "1 2");
}

Test(xapian_writing, transactions_do_not_nest) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  begin(writer);
  fixture_put(writer, 1, "a", NULL);
  cr_assert_eq(onr_xap_writer_begin(writer, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "transaction already in progress");
  fixture_commit(writer);
  expect_docids(fixture->one, "1");
}

/* Also of what stands in no transaction, and metadata with it. */
Test(xapian_writing, rollback_takes_back_to_the_last_commit) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  fixture_build(fixture->one, 1, 1, (const char *[]){"kept words", "1", NULL});
  g_autoptr(OnrXapDatabase) before = fixture_open(fixture->one, NULL);
  g_autofree char *expected = fixture_print(before);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  for (guint round = 0; round < 4; round++) {
    if (round % 2)
      begin(writer);
    fixture_put(writer, 1, "replaced", "9");
    fixture_put(writer, 2, "added", "2");
    onr_xap_writer_set_metadata(writer, "key", "x", 1, &error);
    cr_assert_eq(onr_xap_writer_rollback(writer, &error), TRUE);
    expect_own_docids(writer, "1");
  }
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) after = fixture_open(fixture->one, NULL);
  g_autofree char *printed = fixture_print(after);
  cr_assert_str_eq(printed, expected);
  cr_assert_eq(onr_xap_database_metadata(after, "key", out, &error), TRUE);
  cr_assert_str_eq(out->str, "");
}

Test(xapian_writing, a_transaction_begins_with_a_commit) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  fixture_put(writer, 1, "before", NULL);
  begin(writer);
  fixture_put(writer, 2, "within", NULL);
  cr_assert_eq(onr_xap_writer_rollback(writer, &error), TRUE);
  expect_docids(fixture->one, "1");
}

Test(xapian_writing, free_commits_nothing) {
  g_autoptr(Fixture) fixture = fixture_new();
  onr_xap_writer_free(NULL);
  for (guint round = 0; round < 2; round++) {
    fixture_build(fixture->one, 1, 1, (const char *[]){"kept", "", NULL});
    OnrXapWriter *writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
    if (round)
      begin(writer);
    fixture_put(writer, 2, "lost", NULL);
    onr_xap_writer_free(writer);
    expect_docids(fixture->one, "1");
  }
}

static void put_many(OnrXapWriter *writer, guint first, guint n) {
  for (guint i = first; i < first + n; i++) {
    g_autofree char *words = g_strdup_printf("all number%u some words", i);
    fixture_put(writer, i, words, NULL);
  }
}

static guint64 count(const char *path) {
  GError *error = NULL;
  OnrXapCounts counts = {0};
  g_autoptr(OnrXapDatabase) db = fixture_open(path, NULL);
  onr_xap_database_count(db, &counts, &error);
  fixture_no_error(error);
  return counts.n_documents;
}

/* XAPIAN_FLUSH_THRESHOLD, 10,000 by default, frees memory within a transaction and commits outside of one. */
Test(xapian_writing, a_transaction_is_not_committed_by_its_size) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_setenv("XAPIAN_FLUSH_THRESHOLD", "20", TRUE);
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  begin(writer);
  put_many(writer, 1, 210);
  cr_assert_eq(count(fixture->one), 0);
  cr_assert_eq(onr_xap_writer_rollback(writer, &error), TRUE);
  cr_assert_eq(count(fixture->one), 0);
  begin(writer);
  put_many(writer, 1, 210);
  fixture_commit(writer);
  cr_assert_eq(count(fixture->one), 210);
  put_many(writer, 211, 30);
  cr_assert_eq(count(fixture->one), 230, "this is what transactions are for");
}

Test(xapian_writing, a_new_one_is_whole_when_it_is_committed_and_freed) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_setenv("XAPIAN_FLUSH_THRESHOLD", "100", TRUE);
  GError *error = NULL;
  for (guint round = 0; round < 2; round++) {
    OnrXapWriter *writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
    if (round)
      begin(writer);
    put_many(writer, 1, 500);
    fixture_commit(writer);
    onr_xap_writer_free(writer);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    cr_assert_eq(onr_xap_check(fixture->one, findings, &error), TRUE);
    cr_assert_eq(findings->len, 0);
    g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
    fixture_finds(db, fixture_term("number444"), ONR_XAP_BY_DOCID, "444");
    cr_assert_eq(count(fixture->one), 500);
  }
}

Test(xapian_writing, the_revision_rises_with_each_commit_of_a_change) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  guint64 first = 99, second = 99, third = 99, read = 99;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  cr_assert_eq(onr_xap_writer_revision(writer, &first, &error), TRUE);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  cr_assert_eq(onr_xap_database_revision(db, &read, &error), TRUE);
  cr_assert_eq(read, first);
  begin(writer);
  fixture_put(writer, 1, "a", NULL);
  cr_assert_eq(onr_xap_writer_revision(writer, &second, &error), TRUE);
  cr_assert_eq(second, first);
  fixture_commit(writer);
  cr_assert_eq(onr_xap_writer_revision(writer, &second, &error), TRUE);
  cr_assert_gt(second, first);
  begin(writer);
  fixture_commit(writer);
  cr_assert_eq(onr_xap_writer_revision(writer, &third, &error), TRUE);
  cr_assert_eq(third, second, "a commit of nothing is none");
  onr_xap_writer_set_metadata(writer, "key", "x", 1, &error);
  fixture_commit(writer);
  cr_assert_eq(onr_xap_writer_revision(writer, &third, &error), TRUE);
  cr_assert_gt(third, second);
  cr_assert_eq(onr_xap_database_revision(db, &read, &error), TRUE);
  cr_assert_eq(read, first);
  cr_assert_eq(onr_xap_database_reopen(db, &error), TRUE);
  cr_assert_eq(onr_xap_database_revision(db, &read, &error), TRUE);
  cr_assert_eq(read, third);
}

Test(xapian_writing, metadata) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  g_autoptr(GString) out = g_string_new(NULL);
  g_autofree char *longest = g_strnfill(ONR_XAP_TERM_MAX, 'k');
  g_autofree char *longer = g_strnfill(ONR_XAP_TERM_MAX + 1, 'k');
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  cr_assert_eq(onr_xap_writer_set_metadata(writer, "gone", "x", 1, &error), TRUE);
  cr_assert_eq(onr_xap_writer_set_metadata(writer, longest, "1", 1, &error), TRUE);
  cr_assert_eq(onr_xap_writer_set_metadata(writer, "gone", "", 0, &error), TRUE);
  cr_assert_eq(onr_xap_writer_set_metadata(writer, longer, "1", 1, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_LIMIT, "at most 245 bytes");
  cr_assert_eq(onr_xap_writer_set_metadata(writer, "", "1", 1, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "a key is not empty");
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) db = fixture_open(fixture->one, NULL);
  cr_assert_eq(onr_xap_database_metadata(db, longest, out, &error), TRUE);
  cr_assert_str_eq(out->str, "1");
  cr_assert_eq(onr_xap_database_metadata(db, "gone", out, &error), TRUE);
  cr_assert_str_eq(out->str, "");
}

Test(xapian_writing, a_copy_is_whole) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  fixture_build(fixture->one, 5, 3,
                (const char *[]){"the war the end", "1914", "", "", "peace end", "1918", NULL});
  g_autoptr(OnrXapDatabase) from = fixture_open(fixture->one, NULL);
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->two, ONR_XAP_CREATE);
  begin(writer);
  fixture_put(writer, 8, "in the way", "0");
  for (guint32 docid = 5; docid <= 11; docid += 3)
    cr_assert_eq(onr_xap_writer_copy(writer, from, docid, &error), TRUE);
  cr_assert_eq(onr_xap_writer_copy(writer, from, 6, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  cr_assert_eq(onr_xap_writer_copy(writer, from, 0, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_NOT_FOUND, fixture->one);
  fixture_commit(writer);
  g_autoptr(OnrXapDatabase) to = fixture_open(fixture->two, NULL);
  g_autofree char *expected = fixture_print(from);
  g_autofree char *printed = fixture_print(to);
  cr_assert_str_eq(printed, expected);
}

static void limit_files(rlim_t bytes) {
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

/* A full disk within a batch: Xapian drops what was written but would let the rest of it be committed. */
Test(xapian_writing, a_failed_change_ends_the_batch) {
  g_autoptr(Fixture) fixture = fixture_new();
  g_setenv("XAPIAN_FLUSH_THRESHOLD", "50", TRUE);
  GError *error = NULL;
  g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  put_many(writer, 1, 3);
  fixture_commit(writer);
  begin(writer);
  put_many(writer, 4, 10);
  limit_files(50000);
  g_autoptr(OnrXapDocument) doc = onr_xap_document_new(&error);
  for (guint i = 14; i < 5000 && !error; i++) {
    onr_xap_document_reset(doc, &error);
    g_autofree char *term = g_strdup_printf("%0200u", i * 7919 % 5000);
    onr_xap_document_add_posting(doc, term, 200, 1, 1, &error);
    onr_xap_writer_put(writer, i, doc, &error);
  }
  limit_files(RLIM_INFINITY);
  fixture_expect(&error, ONR_ERROR_IO, "File too large");
  cr_assert_eq(onr_xap_writer_put(writer, 6000, doc, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "roll back");
  cr_assert_eq(onr_xap_writer_commit(writer, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_USAGE, "roll back");
  cr_assert_eq(onr_xap_writer_rollback(writer, &error), TRUE);
  expect_own_docids(writer, "1 2 3");
  begin(writer);
  fixture_put(writer, 4, "after", NULL);
  fixture_commit(writer);
  expect_docids(fixture->one, "1 2 3 4");
}

Test(xapian_writing, a_change_that_fails_says_why) {
  g_setenv("XAPIAN_FLUSH_THRESHOLD", "50", TRUE);
  for (guint round = 0; round < 2; round++) {
    g_autoptr(Fixture) fixture = fixture_new();
    GError *error = NULL;
    g_autoptr(OnrXapWriter) writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
    if (round)
      begin(writer);
    limit_files(50000);
    g_autoptr(OnrXapDocument) doc = fixture_document("many words that stand in every document", NULL);
    for (guint i = 1; i < 20000 && !error; i++)
      onr_xap_writer_put(writer, i, doc, &error);
    limit_files(RLIM_INFINITY);
    fixture_expect(&error, ONR_ERROR_IO, "File too large");
    cr_assert_eq(onr_xap_writer_commit(writer, &error), FALSE);
    fixture_expect(&error, ONR_ERROR_USAGE, "an earlier change failed");
  }
}

Test(xapian_writing, a_failed_commit_keeps_the_last_one) {
  g_autoptr(Fixture) fixture = fixture_new();
  GError *error = NULL;
  OnrXapWriter *writer = fixture_writer(fixture->one, ONR_XAP_CREATE);
  put_many(writer, 1, 3);
  fixture_commit(writer);
  begin(writer);
  put_many(writer, 4, 1000);
  limit_files(20000);
  cr_assert_eq(onr_xap_writer_commit(writer, &error), FALSE);
  fixture_expect(&error, ONR_ERROR_IO, "File too large");
  limit_files(RLIM_INFINITY);
  expect_docids(fixture->one, "1 2 3");
  onr_xap_writer_free(writer);
  expect_docids(fixture->one, "1 2 3");
  writer = fixture_writer(fixture->one, ONR_XAP_OPEN);
  fixture_put(writer, 4, "after", NULL);
  fixture_commit(writer);
  onr_xap_writer_free(writer);
  expect_docids(fixture->one, "1 2 3 4");
}
