/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What goes in comes out; transactions; removal. */
#include "fixture.h"

#include "archive/database.h"

#include <string.h>

ONR_SUITE(record);

static OnrRecord *reader_of(OnrRecord *writer) {
  GError *error = NULL;
  OnrRecord *reader = onr_record_open(onr_record_file(writer), ONR_OPEN_READ, &error);
  require(reader != NULL, error);
  return reader;
}

static void load(OnrRecord *record, const char *id, OnrArticle *out) {
  GError *error = NULL;
  require(onr_record_load_article(record, onr_record_find_article(record, id, NULL), TRUE, out, &error),
          error);
}

Test(record, gives_back_each_article_as_it_was_put) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) loaded = onr_article_new();
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) a = sample_article(i);
    if (i == 1) /* the name that two articles give differently is the archive's; see names */
      g_array_index(a->entities, OnrEntityRow, 0).name = "Dario Quellmann";
    g_autoptr(GString) put = g_string_new(NULL), got = g_string_new(NULL);
    load(record, a->id, loaded);
    dump_article(a, put);
    dump_article(loaded, got);
    cr_expect_str_eq(got->str, put->str);
  }
  fixture_end(dir);
}

Test(record, loads_headers_without_text) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) a = onr_article_new();
  g_autofree char *path = NULL;
  gint64 row = onr_record_find_article(record, "a1", &path);
  cr_expect_str_eq(path, "/news/a.jsonl");
  require(onr_record_load_article(record, row, FALSE, a, &error), error);
  cr_expect_str_eq(a->title, "Harbour council meets");
  cr_expect_eq(a->row, row);
  cr_expect_str_eq(a->text, "");
  cr_expect_eq(a->quotes->len, 0);
  cr_expect_eq(onr_record_load_article(record, 999, TRUE, a, &error), FALSE);
  require_error(error, ONR_ERROR_NOT_FOUND, "no article in row 999");
  cr_expect_eq(onr_record_find_article(record, "zz", NULL), 0);
  fixture_end(dir);
}

Test(record, keeps_an_article_of_nothing_and_one_of_ten_megabytes) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) empty = article_of("empty", "/x", NULL, "");
  put_alone(record, empty);
  g_autofree char *long_text = g_strnfill(10 << 20, 'w');
  g_autoptr(OnrArticle) large = article_of("large", "/x", NULL, long_text);
  put_alone(record, large);
  g_autoptr(OnrArticle) loaded = onr_article_new();
  load(record, "empty", loaded);
  cr_expect_eq(loaded->text_length, 0);
  load(record, "large", loaded);
  cr_expect_str_eq(loaded->text, long_text);
  fixture_end(dir);
}

Test(record, numbers_the_quotes_of_an_article_in_a_row) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  gint64 a1 = onr_record_find_article(record, "a1", NULL), first = onr_record_first_quote(record, a1),
         article;
  guint number;
  cr_expect_eq(onr_record_locate_quote(record, first + 1, &article, &number), TRUE);
  cr_expect_eq(article, a1);
  cr_expect_eq(number, 2);
  cr_expect_eq(onr_record_locate_quote(record, 1000, &article, &number), FALSE);
  g_autoptr(OnrArticle) bare = article_of("bare", "/x", NULL, "Nobody speaks.");
  put_alone(record, bare);
  cr_expect_eq(onr_record_first_quote(record, bare->row), 0);
  fixture_end(dir);
}

Test(record, says_where_the_first_quote_went) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) a = sample_article(0);
  a->id = "another";
  gint64 first;
  require(onr_record_begin(record, &error), error);
  require(onr_record_put_article(record, a, &first, &error), error);
  require(onr_record_commit(record, &error), error);
  cr_expect_eq(first, onr_record_first_quote(record, a->row));
  fixture_end(dir);
}

Test(record, lists_articles_by_file_and_by_id) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) last = article_of("a0", "/news/c.txt", NULL, "x");
  put_alone(record, last);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  require(onr_record_article_rows(record, "/news/a.jsonl", rows, &error), error);
  cr_expect_eq(rows->len, 2);
  g_array_set_size(rows, 0);
  require(onr_record_article_rows(record, "/news/none", rows, &error), error);
  cr_expect_eq(rows->len, 0);
  require(onr_record_article_rows(record, NULL, rows, &error), error);
  cr_expect_eq(rows->len, 4);
  g_array_set_size(rows, 0);
  require(onr_record_article_rows_by_id(record, rows, &error), error);
  cr_expect_eq(g_array_index(rows, gint64, 0), last->row);
  fixture_end(dir);
}

/* --- removal --- */

Test(record, without_an_article_equals_one_that_never_had_it) {
  for (guint missing = 0; missing < N_SAMPLES; missing++) {
    char *dir = fixture_begin(), *other = fixture_begin();
    g_autoptr(OnrRecord) record = sample_record(dir);
    g_autofree char *file = g_build_filename(other, ONR_RECORD_FILE, NULL);
    g_autoptr(OnrRecord) never = onr_record_open(file, ONR_OPEN_CREATE, NULL);
    for (guint i = 0; i < N_SAMPLES; i++) {
      g_autoptr(OnrArticle) a = sample_article(i);
      if (i != missing)
        put_alone(never, a);
      else
        remove_alone(record, a->id);
    }
    g_autofree char *got = dump(record), *expected = dump(never);
    cr_expect_str_eq(got, expected);
    fixture_end(dir);
    fixture_end(other);
  }
}

Test(record, does_not_depend_on_the_order_of_articles_or_batches) {
  static const guint orders[][N_SAMPLES] = {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}};
  g_autofree char *first = NULL;
  for (guint k = 0; k < G_N_ELEMENTS(orders); k++) {
    char *dir = fixture_begin();
    GError *error = NULL;
    g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
    g_autoptr(OnrRecord) record = onr_record_open(file, ONR_OPEN_CREATE, NULL);
    require(onr_record_begin(record, &error), error);
    for (guint i = 0; i < N_SAMPLES; i++) {
      g_autoptr(OnrArticle) a = sample_article(orders[k][i]);
      require(onr_record_put_article(record, a, NULL, &error), error);
      if (k == 2) /* one batch an article; put, removed and put again within a batch */
        require(onr_record_remove_article(record, a->row, &error) &&
                    onr_record_put_article(record, a, NULL, &error) && onr_record_commit(record, &error) &&
                    onr_record_begin(record, &error),
                error);
    }
    require(onr_record_commit(record, &error), error);
    g_autofree char *content = dump(record);
    if (!first)
      first = g_steal_pointer(&content);
    else
      cr_expect_str_eq(content, first);
    fixture_end(dir);
  }
}

static gint64 count_rows(OnrRecord *record, const char *table) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", table);
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(onr_record_database(record), sql, NULL);
  gint64 n;
  cr_assert_eq(onr_step_int(s, 0, &n, NULL), TRUE);
  return n;
}

Test(record, leaves_nothing_of_its_last_article_behind) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  remove_alone(record, "a1");
  remove_alone(record, "a2");
  remove_alone(record, "b1");
  static const char *const tables[] = {
      "article", "article_text", "article_mentions", "quote",         "entity",       "alias",
      "role",    "name_word",    "entity_word",      "speaker_quote", "entity_quote", "entity_article"};
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
    cr_expect_eq(count_rows(record, tables[i]), 0, "%s", tables[i]);
  fixture_end(dir);
}

Test(record, takes_an_article_again_after_its_removal) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  remove_alone(record, "b1");
  g_autoptr(OnrArticle) a = sample_article(2);
  put_alone(record, a);
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}

Test(record, cannot_remove_what_is_not_there) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  require(onr_record_begin(record, &error), error);
  cr_expect_eq(onr_record_remove_article(record, 0, &error), FALSE);
  require_error(error, ONR_ERROR_NOT_FOUND, "no article in row 0");
  fixture_end(dir);
}

/* --- new annotations for stored articles --- */

Test(record, takes_new_annotations_in_place_of_the_old) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  require(onr_record_article_rows(record, NULL, rows, &error), error);
  require(onr_record_begin(record, &error), error);
  require(onr_record_clear_annotations(record, &error), error);
  for (guint i = 0; i < rows->len; i++) {
    g_autoptr(OnrArticle) a = sample_article(i);
    a->row = g_array_index(rows, gint64, i);
    require(onr_record_put_annotation(record, a, NULL, &error), error);
  }
  require(onr_record_commit(record, &error), error);
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}

/* --- transactions --- */

Test(record, forgets_what_was_rolled_back) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  require(onr_record_begin(record, &error), error);
  g_autoptr(OnrArticle) a = sample_article(0);
  a->id = "other";
  require(onr_record_put_article(record, a, NULL, &error), error);
  require(onr_record_remove_article(record, onr_record_find_article(record, "a2", NULL), &error), error);
  onr_record_rollback(record);
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  put_alone(record, a);
  remove_alone(record, "other");
  g_autofree char *again = dump(record);
  cr_expect_str_eq(again, before);
  fixture_end(dir);
}

Test(record, shows_readers_whole_batches_only) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) writer = sample_record(dir);
  g_autoptr(OnrRecord) reader = reader_of(writer);
  g_autoptr(OnrRecord) held = reader_of(writer);
  require(onr_record_hold(held, &error), error);
  g_autoptr(OnrArticle) a = article_of("new", "/x", NULL, "x");
  require(onr_record_begin(writer, &error), error);
  require(onr_record_put_article(writer, a, NULL, &error), error);
  cr_expect_gt(onr_record_find_article(writer, "new", NULL), 0);
  cr_expect_eq(onr_record_find_article(reader, "new", NULL), 0, "a reader sees half a batch");
  require(onr_record_commit(writer, &error), error);
  cr_expect_gt(onr_record_find_article(reader, "new", NULL), 0);
  cr_expect_eq(onr_record_find_article(held, "new", NULL), 0, "a held record changed");
  fixture_end(dir);
}

Test(record, raises_its_generation_with_each_batch_that_changed_something) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = onr_record_get_setting(record, "generation");
  cr_expect_str_eq(before, "3");
  require(onr_record_begin(record, &error) && onr_record_commit(record, &error), error);
  g_autofree char *same = onr_record_get_setting(record, "generation");
  cr_expect_str_eq(same, "3");
  remove_alone(record, "a1");
  g_autofree char *after = onr_record_get_setting(record, "generation");
  cr_expect_str_eq(after, "4");
  fixture_end(dir);
}

Test(record, keeps_settings) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  cr_expect_null(onr_record_get_setting(record, "none"));
  require(onr_record_set_setting(record, "annotate_version", "4", &error), error);
  require(onr_record_set_setting(record, "annotate_version", "5", &error), error);
  g_autofree char *value = onr_record_get_setting(record, "annotate_version");
  cr_expect_str_eq(value, "5");
  fixture_end(dir);
}

Test(record, refuses_wrong_use) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrArticle) a = article_of("new", "/x", NULL, "x");
  cr_expect_eq(onr_record_put_article(record, a, NULL, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "no transaction is open");
  cr_expect_eq(onr_record_commit(record, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "no transaction is open");
  cr_expect_eq(onr_record_remove_article(record, 1, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "no transaction is open");
  onr_record_rollback(record);
  require(onr_record_begin(record, &error), error);
  cr_expect_eq(onr_record_begin(record, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "a transaction is open already");
  g_autoptr(OnrRecord) reader = reader_of(record);
  cr_expect_eq(onr_record_begin(reader, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "opened for reading");
  fixture_end(dir);
}

Test(record, is_busy_while_another_connection_writes) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autoptr(OnrRecord) other = onr_record_open(onr_record_file(record), ONR_OPEN_WRITE, &error);
  require(other != NULL, error);
  sqlite3_busy_timeout(onr_record_database(other), 10);
  require(onr_record_begin(record, &error), error);
  cr_expect_eq(onr_record_begin(other, &error), FALSE);
  require_error(error, ONR_ERROR_BUSY, "database is locked");
  fixture_end(dir);
}

/* What is kept in memory from batch to batch must not outlive what another connection has removed. */
Test(record, notices_what_another_connection_did) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  g_autoptr(OnrRecord) other = onr_record_open(onr_record_file(record), ONR_OPEN_WRITE, &error);
  require(other != NULL, error);
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) a = sample_article(i);
    remove_alone(other, a->id);
  }
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) a = sample_article(i);
    put_alone(record, a);
  }
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}

Test(record, reports_a_duplicate_id_and_can_be_rolled_back) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  GError *error = NULL;
  g_autoptr(OnrArticle) a = sample_article(0);
  require(onr_record_begin(record, &error), error);
  cr_expect_eq(onr_record_put_article(record, a, NULL, &error), FALSE);
  require_error(error, ONR_ERROR_CORRUPT, "UNIQUE");
  onr_record_rollback(record);
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}

/* A disk that fills up, at every size from a little more than empty to enough. */
Test(record, survives_a_full_disk_at_any_moment) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *before = dump(record);
  sqlite3 *db = onr_record_database(record);
  g_autofree char *long_text = g_strnfill(100000, 'w');
  guint n_failed = 0, pages = 20;
  for (gboolean is_done = FALSE; !is_done; pages += 3) {
    g_autofree char *sql = g_strdup_printf("PRAGMA max_page_count = %u", pages);
    g_autoptr(OnrArticle) a = sample_article(0), large = article_of("large", "/y", NULL, long_text);
    GError *error = NULL;
    a->id = "again";
    require(onr_database_exec(db, sql, &error), error);
    is_done = onr_record_begin(record, &error) && onr_record_put_article(record, a, NULL, &error) &&
              onr_record_put_article(record, large, NULL, &error) && onr_record_commit(record, &error);
    if (is_done)
      break;
    require_error(error, ONR_ERROR_IO, "full");
    onr_record_rollback(record);
    n_failed++;
    g_autofree char *after = dump(record);
    cr_assert_str_eq(after, before, "at %u pages", pages);
  }
  cr_expect_gt(n_failed, 2);
  remove_alone(record, "again");
  remove_alone(record, "large");
  g_autofree char *after = dump(record);
  cr_expect_str_eq(after, before);
  fixture_end(dir);
}
