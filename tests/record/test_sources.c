/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include <string.h>

ONR_SUITE(sources);

static OnrRecord *empty_record(const char *dir) {
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  GError *error = NULL;
  OnrRecord *record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  require(record != NULL, error);
  require(onr_record_begin(record, &error), error);
  return record;
}

static gint64 put(OnrRecord *record, const char *path, const char *member, OnrSourceStatus status) {
  OnrSource source = {.path = path,
                      .member = member,
                      .size_bytes = 100,
                      .mtime_ns = 5,
                      .hash = "00ff",
                      .format = "jsonl",
                      .status = status,
                      .reason = status == ONR_SOURCE_SKIPPED ? "line is no JSON" : NULL,
                      .n_articles = 3,
                      .n_replaced = 1,
                      .article_id = status == ONR_SOURCE_DUPLICATE ? "a1" : NULL};
  GError *error = NULL;
  gint64 row;
  require(onr_record_put_source(record, &source, &row, &error), error);
  return row;
}

/* "path:member " for each source. */
static gboolean name(const OnrSource *source, gpointer data) {
  g_string_append_printf(data, "%s:%s ", source->path, source->member);
  return TRUE;
}

static void expect_below(OnrRecord *record, const char *root, const char *expected) {
  g_autoptr(GString) got = g_string_new(NULL);
  GError *error = NULL;
  require(onr_record_each_source(record, root, name, got, &error), error);
  cr_expect_str_eq(got->str, expected, "below %s: %s", root ? root : "all", got->str);
}

Test(sources, come_back_as_they_were_put) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  gint64 row = put(record, "/news/a.jsonl", "", ONR_SOURCE_READ);
  const OnrSource *s = onr_record_find_source(record, "/news/a.jsonl");
  cr_assert_not_null(s);
  cr_expect_eq(s->row, row);
  cr_expect_eq(s->size_bytes, 100);
  cr_expect_eq(s->mtime_ns, 5);
  cr_expect_str_eq(s->hash, "00ff");
  cr_expect_str_eq(s->format, "jsonl");
  cr_expect_eq(s->n_articles, 3);
  cr_expect_eq(s->n_replaced, 1);
  cr_expect_null(s->reason);
  cr_expect_null(onr_record_find_source(record, "/news/A.jsonl"));
  fixture_end(dir);
}

Test(sources, keep_their_row_when_they_are_put_again) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  gint64 row = put(record, "/a", "", ONR_SOURCE_READ);
  put(record, "/a", "1", ONR_SOURCE_SKIPPED);
  cr_expect_eq(put(record, "/a", "", ONR_SOURCE_SKIPPED), row);
  cr_expect_eq(onr_record_find_source(record, "/a")->status, ONR_SOURCE_SKIPPED);
  cr_expect_eq(put(record, "/a", "", ONR_SOURCE_READ), row);
  cr_expect_null(onr_record_find_source(record, "/a")->reason);
  fixture_end(dir);
}

Test(sources, that_were_only_touched_change_nothing_else) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  gint64 row = put(record, "/a", "", ONR_SOURCE_READ);
  GError *error = NULL;
  require(onr_record_touch_source(record, row, 101, 77, &error), error);
  const OnrSource *s = onr_record_find_source(record, "/a");
  cr_expect_eq(s->size_bytes, 101);
  cr_expect_eq(s->mtime_ns, 77);
  cr_expect_str_eq(s->hash, "00ff");
  fixture_end(dir);
}

Test(sources, are_listed_below_a_folder_by_path) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  static const char *const paths[] = {"/news/b",     "/news/a/1", "/news/a", "/news",
                                      "/news-old/x", "/newt",     "/é/x",    "rel/y"};
  for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
    put(record, paths[i], "", ONR_SOURCE_READ);
  put(record, "/news/b", "3", ONR_SOURCE_SKIPPED);
  expect_below(record, "/news", "/news: /news/a: /news/a/1: /news/b: ");
  expect_below(record, "/news/", "/news: /news/a: /news/a/1: /news/b: ");
  expect_below(record, "/news/a", "/news/a: /news/a/1: ");
  expect_below(record, "/new", "");
  expect_below(record, "/é", "/é/x: ");
  expect_below(record, "/", "/news: /news-old/x: /news/a: /news/a/1: /news/b: /newt: /é/x: ");
  expect_below(record, NULL, "/news: /news-old/x: /news/a: /news/a/1: /news/b: /newt: /é/x: rel/y: ");
  fixture_end(dir);
}

static gboolean stop_at_once(const OnrSource *source, gpointer data) {
  name(source, data);
  return FALSE;
}

Test(sources, stop_when_the_caller_says_so) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  put(record, "/a", "", ONR_SOURCE_READ);
  put(record, "/b", "", ONR_SOURCE_READ);
  g_autoptr(GString) got = g_string_new(NULL);
  GError *error = NULL;
  require(onr_record_each_source(record, NULL, stop_at_once, got, &error), error);
  cr_expect_str_eq(got->str, "/a: ");
  fixture_end(dir);
}

Test(sources, that_were_not_stored_are_listed_with_their_reason) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  put(record, "/b", "", ONR_SOURCE_SKIPPED);
  put(record, "/a", "", ONR_SOURCE_READ);
  put(record, "/a", "7", ONR_SOURCE_DUPLICATE);
  put(record, "/a", "4", ONR_SOURCE_SKIPPED);
  g_autoptr(GString) got = g_string_new(NULL);
  GError *error = NULL;
  require(onr_record_each_skipped(record, name, got, &error), error);
  cr_expect_str_eq(got->str, "/a:4 /a:7 /b: ");
  OnrCounts counts;
  require(onr_record_count(record, &counts, &error), error);
  cr_expect_eq(counts.n_sources, 2);
  cr_expect_eq(counts.n_skipped, 2);
  cr_expect_eq(counts.n_duplicates, 1);
  g_string_truncate(got, 0);
  require(onr_record_each_with_id(record, "a1", name, got, &error), error);
  cr_expect_str_eq(got->str, "/a:7 ");
  g_string_truncate(got, 0);
  require(onr_record_each_with_id(record, "a2", name, got, &error), error);
  cr_expect_str_eq(got->str, "");
  fixture_end(dir);
}

Test(sources, items_of_a_file_go_and_the_file_stays) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = empty_record(dir);
  put(record, "/a", "", ONR_SOURCE_READ);
  put(record, "/a", "4", ONR_SOURCE_SKIPPED);
  put(record, "/b", "4", ONR_SOURCE_SKIPPED);
  GError *error = NULL;
  require(onr_record_clear_items(record, "/a", &error), error);
  g_autoptr(GString) got = g_string_new(NULL);
  require(onr_record_each_skipped(record, name, got, &error), error);
  cr_expect_str_eq(got->str, "/b:4 ");
  cr_expect_not_null(onr_record_find_source(record, "/a"));
  fixture_end(dir);
}

Test(sources, go_only_when_their_articles_have_gone) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  GError *error = NULL;
  require(onr_record_begin(record, &error), error);
  cr_expect_eq(onr_record_remove_source(record, "/news/b.txt", &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "still has articles");
  require(onr_record_remove_article(record, onr_record_find_article(record, "b1", NULL), &error), error);
  require(onr_record_remove_source(record, "/news/b.txt", &error), error);
  cr_expect_null(onr_record_find_source(record, "/news/b.txt"));
  g_autoptr(OnrArticle) again = sample_article(2);
  require(onr_record_put_article(record, again, NULL, &error), error);
  cr_expect_not_null(onr_record_find_source(record, "/news/b.txt"),
                     "the article's file is not in the record");
  fixture_end(dir);
}

/* An article may come before its file's row: a run that is cut short then leaves a file that no run takes for
 * read. */
Test(sources, made_for_an_article_have_a_size_that_no_file_has) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  const OnrSource *s = onr_record_find_source(record, "/news/b.txt");
  cr_expect_eq(s->size_bytes, -1);
  cr_expect_null(s->hash);
  fixture_end(dir);
}
