/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of items that have one id. */
#include "fixture.h"

#include "archive/edition.h"

#include <string.h>

ONR_SUITE(ids);

static void put(OnrRecord *record, const OnrSource *source) {
  GError *error = NULL;
  require(onr_record_put_source(record, source, NULL, &error), error);
}

static void put_kill(OnrRecord *record, const char *path, const char *member, const char *id,
                     gint64 version) {
  put(record, &(OnrSource){.path = path,
                           .member = member,
                           .status = ONR_SOURCE_KILL,
                           .reason = "wrong name",
                           .article_id = id,
                           .title = "Ferry",
                           .version = version,
                           .notice = "kill"});
}

static OnrRecord *begin(const char *dir) {
  OnrRecord *record = sample_record(dir);
  GError *error = NULL;
  require(onr_record_begin(record, &error), error);
  return record;
}

static gboolean line(const OnrSource *source, gpointer data) {
  g_autofree char *why = onr_source_explain(source);
  g_string_append_printf(data, "%s:%s %s %s|", source->path, source->member,
                         onr_source_status_name(source->status), why);
  return TRUE;
}

static void expect_left_out(OnrRecord *record, const char *expected) {
  g_autoptr(GString) got = g_string_new(NULL);
  GError *error = NULL;
  require(onr_record_each_skipped(record, line, got, &error), error);
  cr_expect_str_eq(got->str, expected);
}

Test(ids, a_holder_comes_with_its_notes) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = begin(dir);
  GError *error = NULL;
  g_auto(OnrSource) found = {0};
  require(onr_record_find_holder(record, "nobody", &found, &error), error);
  cr_expect_eq(found.row, 0);
  g_autoptr(OnrArticle) article = onr_article_new();
  article->id = "s";
  article->path = "/news/s.xml";
  article->member = "2";
  article->title = "Ferry";
  article->published = "2024-05-01";
  onr_article_add_note(article, ONR_NOTE_SLUG, "ferry");
  onr_article_add_note(article, ONR_NOTE_VERSION, "3");
  onr_article_add_note(article, ONR_NOTE_UPDATED, "2024-05-02");
  onr_article_add_note(article, ONR_NOTE_NOTICE, "correction");
  require(onr_record_put_article(record, article, NULL, &error), error);
  require(onr_record_find_holder(record, "s", &found, &error), error);
  cr_expect_eq(found.row, article->row);
  cr_expect_str_eq(found.path, "/news/s.xml");
  cr_expect_str_eq(found.member, "2");
  cr_expect_eq(found.version, 3);
  OnrEdition stored, given;
  onr_source_read_edition(&found, &stored);
  onr_edition_of_article(&given, article);
  cr_expect_eq(onr_edition_compare(&stored, &given), 0);
  fixture_end(dir);
}

Test(ids, what_is_left_out_says_what_holds) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = begin(dir);
  GError *error = NULL;
  put(record, &(OnrSource){.path = "/a", .member = "1", .status = ONR_SOURCE_DUPLICATE, .article_id = "b1"});
  put(record, &(OnrSource){.path = "/a", .member = "2", .status = ONR_SOURCE_REPLACED, .article_id = "b1"});
  put(record,
      &(OnrSource){.path = "/a", .member = "3", .status = ONR_SOURCE_DUPLICATE, .article_id = "gone"});
  put(record, &(OnrSource){.path = "/a", .member = "4", .status = ONR_SOURCE_KILLED, .article_id = "k"});
  put(record,
      &(OnrSource){
          .path = "/a", .member = "5", .status = ONR_SOURCE_SKIPPED, .reason = "broken", .kind = "broken"});
  put_kill(record, "/b", "7", "k", 2);
  put_kill(record, "/b", "8", "k", 3);
  expect_left_out(record, "/a:1 duplicate id 'b1' is that of an article in '/news/b.txt'|"
                          "/a:2 replaced replaced by a later version in '/news/b.txt'|"
                          "/a:3 duplicate id 'gone' was that of an article that is gone|"
                          "/a:4 killed killed by '/b:8': wrong name|"
                          "/a:5 skipped broken|"
                          "/b:7 kill kill of 'k', version 2: wrong name|"
                          "/b:8 kill kill of 'k', version 3: wrong name|");
  OnrCounts counts;
  require(onr_record_count(record, &counts, &error), error);
  cr_expect_eq(counts.n_skipped, 1);
  cr_expect_eq(counts.n_duplicates, 2);
  cr_expect_eq(counts.n_replaced, 1);
  cr_expect_eq(counts.n_killed, 1, "one article, whatever the number of kills");
  require(onr_record_lower_duplicates(record, "b1", &error), error);
  require(onr_record_count(record, &counts, &error), error);
  cr_expect_eq(counts.n_duplicates, 1);
  cr_expect_eq(counts.n_replaced, 2);
  fixture_end(dir);
}

static void expect_ids(GPtrArray *ids, const char *expected) {
  g_ptr_array_add(ids, NULL);
  g_autofree char *got = g_strjoinv(" ", (char **)ids->pdata);
  cr_expect_str_eq(got, expected);
}

Test(ids, kills_hold_until_their_file_is_read_again) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = begin(dir);
  GError *error = NULL;
  put_kill(record, "/b", "", "one", 1);
  put_kill(record, "/b", "7", "two", 2);
  put_kill(record, "/c", "7", "three", 2);
  require(onr_record_set_kills_aside(record, "/b", &error), error);
  require(onr_record_set_kills_aside(record, "/b", &error), error); /* as after a run that was cut short */
  put(record, &(OnrSource){.path = "/b", .member = ""});
  put_kill(record, "/b", "7", "four", 2); /* another stands there now */
  require(onr_record_set_kills_aside(record, "/b", &error), error);
  put_kill(record, "/b", "7", "five", 2);
  require(onr_record_clear_items(record, "/b", &error), error);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  require(onr_record_kills_of_file(record, "/b", all, &error), error);
  expect_ids(all, "five four one two");
  g_autoptr(GPtrArray) old = g_ptr_array_new_with_free_func(g_free);
  require(onr_record_drop_kills_aside(record, "/b", old, &error), error);
  expect_ids(old, "four one two");
  expect_left_out(
      record,
      "/b:7 kill kill of 'five', version 2: wrong name|/c:7 kill kill of 'three', version 2: wrong name|");
  fixture_end(dir);
}

static void put_embargoed(OnrRecord *record, const char *id, const char *until) {
  g_autoptr(OnrArticle) article = onr_article_new();
  article->id = g_string_chunk_insert(article->strings, id);
  article->path = "/e";
  onr_article_add_note(article, ONR_NOTE_EMBARGO, until);
  onr_article_add_note(article, ONR_NOTE_NOTICE, "correction");
  GError *error = NULL;
  require(onr_record_put_article(record, article, NULL, &error), error);
}

Test(ids, embargoes_and_corrections_are_counted) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = begin(dir);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc();
  g_autoptr(GDateTime) later = g_date_time_add_hours(now, 3), earlier = g_date_time_add_hours(now, -3);
  g_autofree char *future = g_date_time_format(later, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *past = g_date_time_format(earlier, "%Y-%m-%dT%H:%M:%SZ");
  put_embargoed(record, "e1", future);
  put_embargoed(record, "e2", past);
  put_embargoed(record, "e3", "9999-01-01");
  OnrCounts counts;
  GError *error = NULL;
  require(onr_record_count(record, &counts, &error), error);
  cr_expect_eq(counts.n_embargoed, 2);
  cr_expect_eq(counts.n_corrected, 3);
  fixture_end(dir);
}

static gboolean add_format(const OnrFormatCounts *c, gpointer data) {
  g_string_append_printf(data, "%s %u %u %u %u|", c->format ? c->format : "-", (guint)c->n_files,
                         (guint)c->n_items, (guint)c->n_articles, (guint)c->n_skipped);
  return TRUE;
}

Test(ids, counts_by_format) {
  char *dir = fixture_begin();
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  GError *error = NULL;
  g_autoptr(OnrRecord) record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  require(record != NULL, error);
  require(onr_record_begin(record, &error), error);
  put(record, &(OnrSource){.path = "/a", .member = "", .format = "jsonl", .n_articles = 5});
  put(record, &(OnrSource){.path = "/a", .member = "6", .format = "jsonl", .status = ONR_SOURCE_SKIPPED});
  put(record,
      &(OnrSource){
          .path = "/a", .member = "7", .format = "jsonl", .status = ONR_SOURCE_REPLACED, .article_id = "x"});
  put(record, &(OnrSource){.path = "/b", .member = "", .format = "html", .n_articles = 1});
  put(record, &(OnrSource){.path = "/c", .member = "", .format = "html", .status = ONR_SOURCE_SKIPPED});
  put(record, &(OnrSource){.path = "/d", .member = "", .status = ONR_SOURCE_SKIPPED});
  g_autoptr(GString) got = g_string_new(NULL);
  require(onr_record_each_format(record, add_format, got, &error), error);
  cr_expect_str_eq(got->str, "html 2 2 1 1|jsonl 1 7 5 1|- 1 1 0 1|");
  fixture_end(dir);
}
