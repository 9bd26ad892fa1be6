/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs over files that come, change and go. */
#include "inputs.h"

#include "support/support.h"
#include "text/date.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

ONR_SUITE(index);

static const char *const STORY =
    "Harbour reopens\n\n\"We are glad,\" said Mayor Ada Moor on Monday. The ships came in.\n";

static void put(OnrTestArchive *t, const char *name, const char *content) {
  g_autofree char *path = onr_test_write(t->input, name, content, -1);
  struct utimbuf old = {1000000000, 1000000000}; /* not so new that only its hash counts */
  cr_assert_eq(utime(path, &old), 0);
}

/* Another time, so that the file looks changed. */
static void touch(OnrTestArchive *t, const char *name, long seconds) {
  g_autofree char *path = g_build_filename(t->input, name, NULL);
  struct utimbuf when = {seconds, seconds};
  cr_assert_eq(utime(path, &when), 0);
}

static void change(OnrTestArchive *t, const char *name, const char *content) {
  put(t, name, content);
  touch(t, name, 1100000000);
}

static void drop(OnrTestArchive *t, const char *name) {
  g_autofree char *path = g_build_filename(t->input, name, NULL);
  cr_assert_eq(g_remove(path), 0);
}

static void expect_ids(OnrTestArchive *t, const char *expected) {
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_str_eq(ids, expected);
}

static const char *first_skipped(const OnrTestArchive *t) {
  return t->skipped->len ? t->skipped->pdata[0] : "";
}

Test(index, stores_what_the_file_says) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl",
      "{\"id\": \"a\", \"title\": \"Harbour r\xc3\xa9opens\", \"date\": \"2022-02-06\", \"source\": \"Coast "
      "Daily\", \"body\": \"\xc3\x89t\xc3\xa9. \\\"We are glad,\\\" said Ada Moor.\"}\n");
  onr_test_index(t, NULL);
  onr_test_check(t);
  g_autoptr(OnrArticle) article = onr_test_load(t, "a");
  cr_assert_not_null(article);
  cr_assert_str_eq(article->publisher, "Coast Daily");
  cr_assert_eq(article->day, onr_date_days(2022, 2, 6));
  cr_assert_str_eq(article->member, "1");
  cr_assert_eq(article->quotes->len, 1);
  const OnrQuoteRow *quote = &g_array_index(article->quotes, OnrQuoteRow, 0);
  OnrSpan content = g_array_index(quote->content, OnrSpan, 0);
  cr_assert_eq(content.begin, 5, "offsets are code points"); /* "Été. " */
  g_autofree char *words = onr_article_quote_words(article, quote);
  cr_assert_not_null(strstr(words, "We are glad"), "%s", words);
  cr_assert_eq(t->report.n_quotes, 1);
}

Test(index, ids_are_own_or_address_or_hash) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl",
      "{\"id\": 7, \"url\": \"https://x.example/7\", \"title\": \"A\"}\n"
      "{\"url\": \"https://x.example/8\", \"title\": \"B\"}\n");
  put(t, "b.txt", STORY);
  onr_test_index(t, NULL);
  g_autofree char *ids = onr_test_ids(t);
  cr_assert_neq(g_str_has_prefix(ids, "7 h-"), FALSE, "%s", ids);
  cr_assert_neq(g_str_has_suffix(ids, " https://x.example/8"), FALSE, "%s", ids);
}

Test(index, an_unchanged_file_is_passed_over) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.txt", STORY);
  put(t, "b.png", "\x89PNG\r\n\x1a\n");
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->report.n_skipped, 1);
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_files, 2);
  cr_assert_eq(t->report.n_files_unchanged, 2);
  cr_assert_eq(t->report.n_items, 0);
  cr_assert_eq(t->skipped->len, 0);
  onr_test_check(t);
}

Test(index, a_touched_file_is_compared_by_hash) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.txt", STORY);
  onr_test_index(t, NULL);
  touch(t, "a.txt", 1200000000);
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_files_unchanged, 1);
  const OnrSource *source;
  g_autofree char *path = g_build_filename(t->input, "a.txt", NULL);
  source = onr_record_find_source(onr_archive_record(t->archive), path);
  cr_assert_eq(source->mtime_ns, 1200000000 * G_GINT64_CONSTANT(1000000000));
}

Test(index, a_file_changed_just_now_is_compared_by_hash) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autofree char *path = onr_test_write(t->input, "a.txt", "One line here.\n", -1);
  onr_test_index(t, NULL);
  struct stat st;
  cr_assert_eq(stat(path, &st), 0);
  g_free(onr_test_write(t->input, "a.txt", "Two line here.\n", -1));
  struct timespec times[] = {st.st_atim, st.st_mtim};
  cr_assert_eq(utimensat(AT_FDCWD, path, times, 0), 0); /* same size, same time */
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->report.n_articles_removed, 1);
}

Test(index, a_changed_file_is_replaced) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"Old\"}\n{\"id\": \"b\", \"title\": \"B\"}\n{broken\n");
  onr_test_index(t, NULL);
  expect_ids(t, "a b");
  change(t, "a.jsonl", "{\"id\": \"c\", \"title\": \"C\"}\n{\"id\": \"a\", \"title\": \"New\"}\n");
  onr_test_index(t, NULL);
  expect_ids(t, "a c");
  g_autoptr(OnrArticle) article = onr_test_load(t, "a");
  cr_assert_str_eq(article->title, "New");
  cr_assert_str_eq(article->member, "2");
  cr_assert_eq(t->report.n_articles_removed, 1);
  onr_test_check(t);
  OnrCounts counts;
  cr_assert_neq(onr_record_count(onr_archive_record(t->archive), &counts, NULL), FALSE);
  cr_assert_eq(counts.n_skipped, 0, "the broken line is gone");
}

Test(index, what_stays_in_a_changed_file_keeps_its_row) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n");
  onr_test_index(t, NULL);
  gint64 row = onr_record_find_article(onr_archive_record(t->archive), "a", NULL);
  change(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n");
  onr_test_index(t, NULL);
  expect_ids(t, "a b");
  cr_assert_eq(onr_record_find_article(onr_archive_record(t->archive), "a", NULL), row);
  cr_assert_eq(t->report.n_stored, 2);
  onr_test_check(t);
}

Test(index, a_file_that_is_no_article_any_more) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.txt", STORY);
  put(t, "b.txt", "Other\n");
  onr_test_index(t, NULL);
  change(t, "a.txt", "");
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_articles_removed, 1);
  cr_assert_str_eq(first_skipped(t), "a.txt: empty file");
  onr_test_check(t);
}

Test(index, vanished_files_are_removed) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n{broken\n");
  put(t, "sub/c.jsonl", "{\"id\": \"c\", \"title\": \"C\"}\n");
  onr_test_index(t, NULL);
  drop(t, "a.jsonl");
  OnrIndexOptions keep = {.keep_missing = TRUE};
  onr_test_index(t, &keep);
  expect_ids(t, "a b c");
  onr_test_index(t, NULL);
  expect_ids(t, "c");
  cr_assert_eq(t->report.n_files_removed, 1);
  cr_assert_eq(t->report.n_articles_removed, 2);
  onr_test_check(t);
}

Test(index, only_below_the_paths_of_the_run) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "x/a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n");
  put(t, "y/b.jsonl", "{\"id\": \"b\", \"title\": \"B\"}\n");
  put(t, "y/c.jsonl", "{\"id\": \"c\", \"title\": \"C\"}\n");
  put(t, "yy/d.jsonl", "{\"id\": \"d\", \"title\": \"D\"}\n");
  onr_test_index(t, NULL);
  drop(t, "x/a.jsonl");
  drop(t, "y/b.jsonl");
  drop(t, "yy/d.jsonl");
  g_autofree char *y = g_build_filename(t->input, "y", NULL);
  const char *const paths[] = {y, NULL};
  cr_assert_null(onr_test_index_paths(t, paths, NULL));
  expect_ids(t, "a c d");
}

Test(index, a_missing_or_empty_path_removes_nothing) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "x/a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n");
  put(t, "y/b.jsonl", "{\"id\": \"b\", \"title\": \"B\"}\n");
  onr_test_index(t, NULL);
  drop(t, "x/a.jsonl");
  drop(t, "y/b.jsonl");
  g_autofree char *x = g_build_filename(t->input, "x", NULL);
  g_autofree char *none = g_build_filename(t->input, "none", NULL);
  const char *const empty[] = {x, NULL};
  g_autoptr(GError) error = onr_test_index_paths(t, empty, NULL);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_USAGE), FALSE);
  const char *const missing[] = {t->input, none, NULL};
  g_autoptr(GError) other = onr_test_index_paths(t, missing, NULL);
  cr_assert_neq(g_error_matches(other, ONR_ERROR, ONR_ERROR_NOT_FOUND), FALSE);
  const char *const nothing[] = {NULL};
  g_autoptr(GError) third = onr_test_index_paths(t, nothing, NULL);
  cr_assert_neq(g_error_matches(third, ONR_ERROR, ONR_ERROR_USAGE), FALSE);
  expect_ids(t, "a b");
}

Test(index, excluded_files_are_not_removed) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n");
  put(t, "b.txt", "B\n");
  onr_test_index(t, NULL);
  const char *const globs[] = {"*.jsonl", NULL};
  OnrIndexOptions options = {.exclude = globs};
  onr_test_index(t, &options);
  cr_assert_eq(t->report.n_files, 1);
  cr_assert_eq(t->report.n_articles_removed, 0);
}

/* --- one id, two items --- */

Test(index, the_first_of_two_items_with_one_id_is_stored) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"x\", \"title\": \"First\"}\n{\"id\": \"x\", \"title\": \"Second\"}\n");
  put(t, "b.json", "{\"id\": \"x\", \"title\": \"Third\"}");
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->report.n_duplicates, 2);
  g_autoptr(OnrArticle) article = onr_test_load(t, "x");
  cr_assert_str_eq(article->title, "First");
  cr_assert_not_null(strstr(first_skipped(t), "a.jsonl:2: id 'x' is that of an article in '"), "%s",
                     first_skipped(t));
  onr_test_check(t);
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_files_unchanged, 2);
}

Test(index, a_duplicate_comes_in_when_the_first_vanishes) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"x\", \"title\": \"First\"}\n");
  put(t, "b.jsonl", "{\"id\": \"x\", \"title\": \"Second\"}\n{\"id\": \"y\", \"title\": \"Y\"}\n");
  onr_test_index(t, NULL);
  drop(t, "a.jsonl");
  onr_test_index(t, NULL);
  expect_ids(t, "x y");
  g_autoptr(OnrArticle) article = onr_test_load(t, "x");
  cr_assert_str_eq(article->title, "Second");
  cr_assert_eq(t->report.n_duplicates, 0);
  onr_test_check(t);
}

Test(index, a_duplicate_comes_in_when_the_first_changes) {
  for (guint order = 0; order < 2; order++) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    const char *other = order ? "0.jsonl" : "b.jsonl"; /* read before or after the file that changes */
    put(t, "a.jsonl", "{\"id\": \"x\", \"title\": \"First\"}\n");
    onr_test_index(t, NULL);
    put(t, other, "{\"id\": \"x\", \"title\": \"Second\"}\n");
    onr_test_index(t, NULL);
    cr_assert_eq(t->report.n_duplicates, 1, "who came first stays");
    change(t, "a.jsonl", "{\"id\": \"z\", \"title\": \"Z\"}\n");
    onr_test_index(t, NULL);
    expect_ids(t, "x z");
    g_autoptr(OnrArticle) article = onr_test_load(t, "x");
    cr_assert_str_eq(article->title, "Second");
    onr_test_check(t);
  }
}

Test(index, a_duplicate_outside_the_paths_comes_in_with_its_next_run) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "x/a.jsonl", "{\"id\": \"x\", \"title\": \"First\"}\n");
  put(t, "x/b.jsonl", "{\"id\": \"b\", \"title\": \"B\"}\n");
  put(t, "y/c.jsonl", "{\"id\": \"x\", \"title\": \"Second\"}\n");
  onr_test_index(t, NULL);
  drop(t, "x/a.jsonl");
  g_autofree char *x = g_build_filename(t->input, "x", NULL);
  const char *const paths[] = {x, NULL};
  cr_assert_null(onr_test_index_paths(t, paths, NULL));
  expect_ids(t, "b");
  onr_test_index(t, NULL);
  expect_ids(t, "b x");
  onr_test_check(t);
}

Test(index, a_renamed_file_keeps_its_articles) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "b.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n");
  onr_test_index(t, NULL);
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n");
  drop(t, "b.jsonl");
  onr_test_index(t, NULL);
  expect_ids(t, "a b");
  cr_assert_eq(t->report.n_duplicates, 0);
  onr_test_check(t);
}

/* --- order, batches, stopping --- */

static void put_many(OnrTestArchive *t, const char *name, guint n) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < n; i++) {
    if (i % 17 == 16)
      g_string_append(lines, "{\"broken\n");
    g_string_append_printf(
        lines,
        "{\"id\": \"%s-%03u\", \"title\": \"Story %u\", \"body\": \"\\\"Number %u is fine,\\\" said "
        "Mayor Ada Moor%s. Ben Vale, a minister, denied it in Northport.\\n\\nMore of it.\"}\n",
        name, i % (n - 5), i, i, i % 3 ? "" : " of Port Vale");
  }
  put(t, name, lines->str);
}

static void put_sample(OnrTestArchive *t) {
  put_many(t, "m.jsonl", 120);
  put_many(t, "k/l.jsonl", 60);
  put(t, "a.txt", STORY);
  put(t, "z.txt", "Other\n\nA line without a quote.\n");
  put(t, "e.json", "");
}

Test(index, the_same_whatever_the_jobs_and_batches) {
  g_autofree char *first = NULL;
  for (guint jobs = 1; jobs <= 5; jobs += 2) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    put_sample(t);
    OnrIndexOptions options = {.n_jobs = jobs, .batch_bytes = jobs == 3 ? 20000 : 0};
    onr_test_index(t, &options);
    onr_test_check(t);
    cr_assert_eq(t->report.n_duplicates, 10);
    g_autofree char *dump = onr_test_dump(t);
    if (!first)
      first = g_steal_pointer(&dump);
    else
      cr_assert_str_eq(dump, first);
  }
}

static gboolean stop_after(const OnrIndexProgress *progress, gpointer data) {
  return progress->n_items < *(const guint *)data;
}

Test(index, a_run_cut_short_goes_on_where_it_was) {
  g_autoptr(OnrTestArchive) whole = onr_test_archive_new();
  put_sample(whole);
  onr_test_index(whole, NULL);
  g_autofree char *expected = onr_test_dump(whole);

  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  const char *const paths[] = {t->input, NULL};
  guint n_stopped = 0;
  for (guint n = 1; n < 200; n += 23) {
    OnrIndexOptions options = {
        .progress = stop_after, .progress_ms = -1, .data = &n, .batch_bytes = 40000, .n_jobs = 2};
    g_autoptr(GError) error = NULL;
    if (!onr_index(t->archive, paths, &options, &t->report, &error)) {
      cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CANCELLED), FALSE, "%s", error->message);
      n_stopped++;
    }
    onr_test_check(t);
  }
  cr_assert_geq(n_stopped, 3, "%u", n_stopped);
  onr_test_index(t, NULL);
  onr_test_check(t);
  g_autofree char *found = onr_test_dump(t);
  cr_assert_str_eq(found, expected);
}

/* As a kill leaves it: batches of a file committed, its last row not written. */
Test(index, a_file_whose_row_is_not_final_is_read_again) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  onr_test_index(t, NULL);
  g_autofree char *expected = onr_test_dump(t);
  OnrRecord *record = onr_archive_record(t->archive);
  g_autofree char *path = g_build_filename(t->input, "m.jsonl", NULL);
  gint64 gone = onr_record_find_article(record, "m.jsonl-100", NULL);
  cr_assert_neq(onr_archive_begin(t->archive, NULL), FALSE);
  const OnrSource *known = onr_record_find_source(record, path);
  cr_assert_neq(onr_record_touch_source(record, known->row, -1, 0, NULL), FALSE);
  cr_assert_neq(onr_archive_remove(t->archive, gone, NULL), FALSE);
  cr_assert_neq(onr_archive_commit(t->archive, NULL), FALSE);
  onr_test_index(t, NULL);
  g_autofree char *found = onr_test_dump(t);
  cr_assert_str_eq(found, expected);
  cr_assert_eq(t->report.n_articles_removed, 0);
  onr_test_check(t);
}

/* --- forgetting, indexing anew --- */

static guint64 forget(OnrTestArchive *t, const char *what) {
  guint64 n = 0;
  GError *error = NULL;
  cr_assert_neq(onr_forget(t->archive, what, &n, &error), FALSE, "%s", error ? error->message : "");
  return n;
}

Test(index, forget_a_file_a_folder_or_an_article) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n{\"id\": \"b\", \"title\": \"B\"}\n");
  put(t, "x/c.jsonl", "{\"id\": \"c\", \"title\": \"C\"}\n{\"id\": \"a\", \"title\": \"Again\"}\n");
  put(t, "x/d.jsonl", "{\"id\": \"d\", \"title\": \"D\"}\n");
  onr_test_index(t, NULL);
  cr_assert_eq(forget(t, "b"), 1);
  expect_ids(t, "a c d");
  onr_test_index(t, NULL);
  expect_ids(t, "a c d"); /* its file has not changed */
  g_autofree char *a = g_build_filename(t->input, "a.jsonl", NULL);
  cr_assert_eq(forget(t, a), 1);
  g_autofree char *x = g_build_filename(t->input, "x", NULL);
  cr_assert_eq(forget(t, x), 2);
  expect_ids(t, "");
  onr_test_check(t);
  guint64 n;
  g_autoptr(GError) error = NULL;
  cr_assert_eq(onr_forget(t->archive, "none", &n, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_NOT_FOUND), FALSE);
  onr_test_index(t, NULL);
  expect_ids(t, "a b c d");
}

Test(index, reindex_gives_the_same_again) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  onr_test_index(t, NULL);
  g_autofree char *before = onr_test_dump(t);
  OnrIndexOptions options = {.n_jobs = 3};
  OnrIndexProgress report;
  GError *error = NULL;
  cr_assert_neq(onr_reindex(t->archive, NULL, NULL, &options, &report, &error), FALSE, "%s",
                error ? error->message : "");
  cr_assert_eq(report.n_stored, t->report.n_stored);
  cr_assert_eq(report.n_quotes, t->report.n_quotes);
  g_autofree char *after = onr_test_dump(t);
  cr_assert_str_eq(after, before);
  onr_test_check(t);
}

static gboolean stop_at_once(const OnrIndexProgress *progress, gpointer data) {
  (void)progress;
  (void)data;
  return FALSE;
}

Test(index, reindex_cut_short_changes_nothing) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  onr_test_index(t, NULL);
  g_autofree char *before = onr_test_dump(t);
  OnrIndexOptions options = {.progress = stop_at_once, .progress_ms = -1};
  OnrIndexProgress report;
  g_autoptr(GError) error = NULL;
  cr_assert_eq(onr_reindex(t->archive, NULL, "german", &options, &report, &error), FALSE);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_CANCELLED), FALSE);
  cr_assert_str_eq(onr_archive_language(t->archive), "english");
  g_autofree char *after = onr_test_dump(t);
  cr_assert_str_eq(after, before);
  onr_test_check(t);
}

/* --- languages --- */

Test(index, other_languages_have_no_attribution) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "a.jsonl",
      "{\"id\": \"de\", \"body\": \"\\\"Wir sind froh\\\", sagte die B\xc3\xbcrgermeisterin Ada Moor. Das "
      "ist nicht der "
      "erste Sturm, und es ist mit der Flut von Montag nicht zu vergleichen, die den Hafen "
      "zerst\xc3\xb6rte.\"}\n"
      "{\"id\": \"fr\", \"language\": \"fr\", \"body\": \"\\\"We are glad,\\\" said Ada Moor.\"}\n"
      "{\"id\": \"en\", \"language\": \"en-GB\", \"body\": \"\\\"We are glad,\\\" said Ada Moor.\"}\n");
  onr_test_index(t, NULL);
  static const struct {
    const char *id;
    gboolean has_attribution;
  } expected[] = {{"de", FALSE}, {"fr", FALSE}, {"en", TRUE}};
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autoptr(OnrArticle) article = onr_test_load(t, expected[i].id);
    cr_assert_eq(article->has_attribution, expected[i].has_attribution, "%s", expected[i].id);
    cr_assert_eq(article->quotes->len > 0, expected[i].has_attribution, "%s", expected[i].id);
  }
}
