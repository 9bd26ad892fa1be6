/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Record and index as one: made, locked, written, rolled back, checked, compacted, indexed anew. */
#include "fixture.h"

#include "archive/database.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

ONR_SUITE(archive);

static OnrArchive *open_archive(const char *dir, OnrOpenMode mode) {
  GError *error = NULL;
  OnrArchive *archive = onr_archive_open(dir, mode, &error);
  require(archive != NULL, error);
  return archive;
}

static OnrArchive *empty_archive(const char *dir) {
  GError *error = NULL;
  require(onr_archive_create(dir, NULL, &error), error);
  return open_archive(dir, ONR_OPEN_WRITE);
}

/* What the indexer's workers do. */
static OnrArticlePostings *postings_of(OnrArchive *archive, const OnrArticle *article) {
  GError *error = NULL;
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new(onr_archive_language(archive), &error);
  require(maker != NULL, error);
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, article->text, article->text_length);
  OnrArticlePostings *postings = onr_article_postings_new();
  onr_article_postings_make(postings, maker, article, doc);
  return postings;
}

static gboolean put(OnrArchive *archive, OnrArticle *article, GError **error) {
  g_autoptr(OnrArticlePostings) postings = postings_of(archive, article);
  return onr_archive_put(archive, article, postings, error);
}

static void put_samples(OnrArchive *archive) {
  GError *error = NULL;
  require(onr_archive_begin(archive, &error), error);
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) article = sample_article(i);
    require(put(archive, article, &error), error);
  }
  require(onr_archive_commit(archive, &error), error);
}

static guint64 n_matches(OnrArchive *archive, OnrTable table, const char *term) {
  g_autoptr(OnrPlan) plan = onr_plan_term(term);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  GError *error = NULL;
  require(onr_archive_engine_class(archive)->match(onr_archive_engine(archive), plan, table, rows, &error),
          error);
  return rows->len;
}

static void expect_clean(OnrArchive *archive) {
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  GError *error = NULL;
  require(onr_archive_check(archive, findings, &error), error);
  cr_expect_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
}

static char *file_of(const char *dir) {
  return g_build_filename(dir, ONR_RECORD_FILE, NULL);
}

/* --- making --- */

Test(archive, is_made_in_a_folder_that_is_made_with_it) {
  char *dir = fixture_begin();
  g_autofree char *inner = g_build_filename(dir, "x", "y", NULL);
  g_autoptr(OnrArchive) archive = empty_archive(inner);
  cr_expect_str_eq(onr_archive_dir(archive), inner);
  cr_expect_str_eq(onr_archive_language(archive), "english");
  cr_expect_str_eq(onr_archive_engine_class(archive)->name, "fts5");
  expect_clean(archive);
  fixture_end(dir);
}

Test(archive, is_not_made_twice) {
  char *dir = fixture_begin();
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  g_clear_pointer(&archive, onr_archive_close);
  GError *error = NULL;
  cr_expect_eq(onr_archive_create(dir, NULL, &error), FALSE);
  require_error(error, ONR_ERROR_USAGE, "there is an archive at");
  archive = open_archive(dir, ONR_OPEN_READ);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  fixture_end(dir);
}

Test(archive, is_not_made_with_what_this_build_lacks) {
  char *dir = fixture_begin();
  g_autofree char *inner = g_build_filename(dir, "x", NULL);
  GError *error = NULL;
  cr_expect_eq(onr_archive_create(inner, &(OnrArchiveSettings){.engine = "abacus"}, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_UNSUPPORTED, "no engine 'abacus'");
  cr_expect_eq(onr_archive_create(inner, &(OnrArchiveSettings){.language = "klingon"}, &error), FALSE);
  require_error(error, ONR_ERROR_UNSUPPORTED, "klingon");
  cr_expect_eq(g_file_test(inner, G_FILE_TEST_EXISTS), FALSE);
  fixture_end(dir);
}

Test(archive, is_not_made_where_a_file_stands) {
  char *dir = fixture_begin();
  g_autofree char *file = onr_test_write(dir, "file", "x", 1);
  GError *error = NULL;
  cr_expect_eq(onr_archive_create(file, NULL, &error), FALSE);
  require_error(error, ONR_ERROR_IO, "");
  fixture_end(dir);
}

/* What a process that was killed while making one leaves behind. */
Test(archive, is_made_over_the_remains_of_one_that_was_never_whole) {
  char *dir = fixture_begin();
  g_free(onr_test_write(dir, ONR_RECORD_FILE ".new", "half a database", -1));
  g_free(onr_test_write(dir, ONR_RECORD_FILE ".new-wal", "half a log", -1));
  g_free(onr_test_write(dir, ONR_RECORD_FILE, "", 0));
  GError *error = NULL;
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_READ, &error));
  require_error(error, ONR_ERROR_NOT_FOUND, "no archive at");
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  expect_clean(archive);
  g_autofree char *left = g_build_filename(dir, ONR_RECORD_FILE ".new", NULL);
  cr_expect_eq(g_file_test(left, G_FILE_TEST_EXISTS), FALSE);
  fixture_end(dir);
}

/* --- opening --- */

Test(archive, that_is_not_there_is_not_found) {
  char *dir = fixture_begin();
  GError *error = NULL;
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_WRITE, &error));
  require_error(g_steal_pointer(&error), ONR_ERROR_NOT_FOUND, "no archive at");
  g_autofree char *inner = g_build_filename(dir, "none", NULL);
  cr_expect_null(onr_archive_open(inner, ONR_OPEN_READ, &error));
  require_error(error, ONR_ERROR_NOT_FOUND, "no archive at");
  g_autofree char *lock = g_build_filename(dir, "lock", NULL);
  cr_expect_eq(g_file_test(lock, G_FILE_TEST_EXISTS), FALSE, "looking for an archive left a file");
  fixture_end(dir);
}

Test(archive, of_an_engine_that_this_build_lacks_is_unsupported) {
  char *dir = fixture_begin();
  onr_archive_close(empty_archive(dir));
  g_autofree char *file = file_of(dir);
  vandalise(file, "UPDATE setting SET value = 'abacus' WHERE name = 'engine'");
  GError *error = NULL;
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_READ, &error));
  require_error(error, ONR_ERROR_UNSUPPORTED, "engine 'abacus', which this build lacks");
  fixture_end(dir);
}

Test(archive, has_one_writer_and_many_readers) {
  char *dir = fixture_begin();
  g_autoptr(OnrArchive) writer = empty_archive(dir);
  GError *error = NULL;
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_WRITE, &error));
  require_error(g_steal_pointer(&error), ONR_ERROR_BUSY, "is being written by another process");
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_REINDEX, &error));
  require_error(g_steal_pointer(&error), ONR_ERROR_BUSY, "is being written");
  cr_expect_eq(onr_archive_create(dir, NULL, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_BUSY, "is being written");
  g_autoptr(OnrArchive) one = open_archive(dir, ONR_OPEN_READ), other = open_archive(dir, ONR_OPEN_READ);
  cr_expect_eq(n_matches(one, ONR_TABLE_ARTICLES, "lindahl"), 0);
  cr_expect_eq(n_matches(other, ONR_TABLE_ARTICLES, "lindahl"), 0);
  g_clear_pointer(&writer, onr_archive_close);
  writer = open_archive(dir, ONR_OPEN_WRITE);
  fixture_end(dir);
}

Test(archive, of_a_writer_that_was_killed_opens_with_what_it_committed) {
  char *dir = fixture_begin();
  onr_archive_close(empty_archive(dir));
  pid_t child = fork();
  if (child == 0) {
    OnrArchive *archive = onr_archive_open(dir, ONR_OPEN_WRITE, NULL);
    put_samples(archive);
    g_autoptr(OnrArticle) article = article_of("half", "/x", NULL, "Never committed.");
    if (!onr_archive_begin(archive, NULL) || !put(archive, article, NULL))
      _exit(1);
    kill(getpid(), SIGKILL);
  }
  int status;
  cr_assert_eq(waitpid(child, &status, 0), child);
  cr_assert_eq(WIFSIGNALED(status) != 0, TRUE);
  g_autoptr(OnrArchive) reader = open_archive(dir, ONR_OPEN_READ);
  cr_expect_eq(n_matches(reader, ONR_TABLE_ARTICLES, "lindahl"), 3);
  cr_expect_eq(n_matches(reader, ONR_TABLE_ARTICLES, "never"), 0);
  g_autoptr(OnrArchive) writer = open_archive(dir, ONR_OPEN_WRITE);
  expect_clean(writer);
  fixture_end(dir);
}

/* --- writing --- */

Test(archive, finds_what_was_put_and_not_what_was_removed) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  cr_expect_eq(n_matches(archive, ONR_TABLE_QUOTES, "harbour"), 1);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "Pmorning"), 1);
  expect_clean(archive);
  require(onr_archive_begin(archive, &error), error);
  require(
      onr_archive_remove(archive, onr_record_find_article(onr_archive_record(archive), "a1", NULL), &error),
      error);
  require(onr_archive_commit(archive, &error), error);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 2);
  cr_expect_eq(n_matches(archive, ONR_TABLE_QUOTES, "harbour"), 0);
  expect_clean(archive);
  fixture_end(dir);
}

Test(archive, without_an_article_equals_one_that_never_had_it) {
  char *dir = fixture_begin(), *other = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir), never = empty_archive(other);
  put_samples(archive);
  require(onr_archive_begin(archive, &error) && onr_archive_begin(never, &error), error);
  require(
      onr_archive_remove(archive, onr_record_find_article(onr_archive_record(archive), "a2", NULL), &error),
      error);
  for (guint i = 0; i < N_SAMPLES; i += 2) {
    g_autoptr(OnrArticle) article = sample_article(i);
    require(put(never, article, &error), error);
  }
  require(onr_archive_commit(archive, &error) && onr_archive_commit(never, &error), error);
  g_autofree char *got = dump(onr_archive_record(archive)), *expected = dump(onr_archive_record(never));
  cr_expect_str_eq(got, expected);
  expect_clean(archive);
  fixture_end(dir);
  fixture_end(other);
}

Test(archive, is_as_it_was_after_a_rollback) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  g_autofree char *before = dump(onr_archive_record(archive));
  require(onr_archive_begin(archive, &error), error);
  g_autoptr(OnrArticle) article = article_of("new", "/x", "Fresh", "Fresh fish.");
  require(put(archive, article, &error), error);
  require(onr_archive_remove(archive, 1, &error), error);
  onr_archive_rollback(archive);
  onr_archive_rollback(archive);
  g_autofree char *after = dump(onr_archive_record(archive));
  cr_expect_str_eq(after, before);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "fish"), 0);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  expect_clean(archive);
  fixture_end(dir);
}

Test(archive, closed_in_a_batch_rolls_it_back) {
  char *dir = fixture_begin();
  GError *error = NULL;
  OnrArchive *archive = empty_archive(dir);
  put_samples(archive);
  require(onr_archive_begin(archive, &error), error);
  require(onr_archive_remove(archive, 1, &error), error);
  onr_archive_close(archive);
  archive = open_archive(dir, ONR_OPEN_WRITE);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  expect_clean(archive);
  onr_archive_close(archive);
  fixture_end(dir);
}

Test(archive, commits_nothing_after_a_write_that_failed) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  require(onr_archive_begin(archive, &error), error);
  g_autoptr(OnrArticle) fresh = article_of("new", "/x", "Fresh", "Fresh fish."),
                        duplicate = sample_article(0);
  require(put(archive, fresh, &error), error);
  cr_expect_eq(put(archive, duplicate, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_CORRUPT, "UNIQUE");
  cr_expect_eq(onr_archive_commit(archive, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "a write has failed");
  onr_archive_rollback(archive);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "fish"), 0);
  require(onr_archive_begin(archive, &error) && put(archive, fresh, &error) &&
              onr_archive_commit(archive, &error),
          error);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "fish"), 1);
  fixture_end(dir);
}

Test(archive, survives_a_full_disk_at_any_moment) {
  char *dir = fixture_begin();
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  g_autofree char *before = dump(onr_archive_record(archive));
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf(text, "word%u ", i);
  sqlite3 *db = onr_record_database(onr_archive_record(archive));
  guint n_failed = 0;
  for (guint pages = 40;; pages += 7) {
    g_autofree char *sql = g_strdup_printf("PRAGMA max_page_count = %u", pages);
    g_autoptr(OnrArticle) large = article_of("large", "/y", NULL, text->str);
    GError *error = NULL;
    require(onr_database_exec(db, sql, &error), error);
    if (onr_archive_begin(archive, &error) && put(archive, large, &error) &&
        onr_archive_commit(archive, &error))
      break;
    require_error(error, ONR_ERROR_IO, "full");
    onr_archive_rollback(archive);
    n_failed++;
    g_autofree char *after = dump(onr_archive_record(archive));
    cr_assert_str_eq(after, before, "at %u pages", pages);
    cr_assert_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  }
  cr_expect_gt(n_failed, 2);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "word777"), 1);
  expect_clean(archive);
  fixture_end(dir);
}

/* --- a reader --- */

Test(archive, read_is_as_it_was_when_it_was_opened) {
  char *dir = fixture_begin();
  g_autoptr(OnrArchive) writer = empty_archive(dir);
  g_autoptr(OnrArchive) before = open_archive(dir, ONR_OPEN_READ);
  put_samples(writer);
  g_autoptr(OnrArchive) after = open_archive(dir, ONR_OPEN_READ);
  GError *error = NULL;
  require(onr_archive_begin(writer, &error), error);
  require(onr_archive_remove(writer, 1, &error), error);
  cr_expect_eq(n_matches(after, ONR_TABLE_ARTICLES, "lindahl"), 3, "half a batch is seen");
  require(onr_archive_commit(writer, &error), error);
  cr_expect_eq(n_matches(before, ONR_TABLE_ARTICLES, "lindahl"), 0);
  cr_expect_eq(n_matches(after, ONR_TABLE_ARTICLES, "lindahl"), 3);
  cr_expect_eq(n_matches(writer, ONR_TABLE_ARTICLES, "lindahl"), 2);
  fixture_end(dir);
}

Test(archive, read_cannot_be_written) {
  char *dir = fixture_begin();
  onr_archive_close(empty_archive(dir));
  g_autoptr(OnrArchive) archive = open_archive(dir, ONR_OPEN_READ);
  GError *error = NULL;
  cr_expect_eq(onr_archive_begin(archive, &error), FALSE);
  require_error(error, ONR_ERROR_USAGE, "opened for reading");
  fixture_end(dir);
}

/* --- check --- */

static const struct {
  const char *sql, *finding;
} damages[] = {
    {"UPDATE article_text SET text = replace(text, 'Zelenskaya were', 'Zelenskaya sang')", "term 'sang'"},
    {"UPDATE article_text SET text = replace(text, 'Zelenskaya were', 'Zelenskaya sang')", "term 'were'"},
    {"UPDATE quote SET role = 'pilot' WHERE row = 1", "term 'Rpilot'"},
    {"UPDATE article SET title = NULL WHERE row = 1", "term 'council'"},
    {"UPDATE article SET title = NULL WHERE row = 1", "long on the average"},
    {"UPDATE total SET n = 7 WHERE name = 'quotes'", "total of quotes"},
};

Test(archive, check_finds_what_index_and_texts_do_not_share) {
  char *dir = fixture_begin();
  g_autofree char *file = file_of(dir);
  OnrArchive *archive = empty_archive(dir);
  put_samples(archive);
  onr_archive_close(archive);
  g_autofree char *bytes = NULL;
  gsize length;
  cr_assert_eq(g_file_get_contents(file, &bytes, &length, NULL), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS(damages); i++) {
    g_free(onr_test_write(dir, ONR_RECORD_FILE, bytes, (gssize)length));
    vandalise(file, damages[i].sql);
    archive = open_archive(dir, ONR_OPEN_WRITE);
    g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
    GError *error = NULL;
    require(onr_archive_check(archive, findings, &error), error);
    g_ptr_array_add(findings, NULL);
    g_autofree char *all = g_strjoinv("\n", (char **)findings->pdata);
    cr_expect_not_null(strstr(all, damages[i].finding), "%s\nwanted: %s\nfound: %s", damages[i].sql,
                       damages[i].finding, all);
    onr_archive_close(archive);
  }
  fixture_end(dir);
}

/* --- compact --- */

static gint64 size_of(const char *file) {
  GStatBuf info;
  cr_assert_eq(g_stat(file, &info), 0);
  return info.st_size;
}

Test(archive, compacted_is_smaller_and_the_same) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autofree char *file = file_of(dir), *wal = g_strconcat(file, "-wal", NULL);
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  g_autofree char *before = dump(onr_archive_record(archive));
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf(text, "word%u ", i);
  g_autoptr(OnrArticle) large = article_of("large", "/y", NULL, text->str);
  require(onr_archive_begin(archive, &error) && put(archive, large, &error) &&
              onr_archive_commit(archive, &error),
          error);
  require(onr_archive_begin(archive, &error) && onr_archive_remove(archive, large->row, &error) &&
              onr_archive_commit(archive, &error),
          error);
  require(onr_archive_compact(archive, &error), error);
  cr_expect_lt(size_of(file), 700000);
  cr_expect_eq(size_of(wal), 0);
  g_autofree char *after = dump(onr_archive_record(archive));
  cr_expect_str_eq(after, before);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  expect_clean(archive);
  require(onr_archive_begin(archive, &error) && put(archive, large, &error) &&
              onr_archive_commit(archive, &error),
          error);
  fixture_end(dir);
}

Test(archive, is_not_compacted_in_a_batch_or_by_a_reader) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) writer = empty_archive(dir), reader = open_archive(dir, ONR_OPEN_READ);
  require(onr_archive_begin(writer, &error), error);
  cr_expect_eq(onr_archive_compact(writer, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_USAGE, "a transaction is open");
  cr_expect_eq(onr_archive_compact(reader, &error), FALSE);
  require_error(error, ONR_ERROR_USAGE, "opened for reading");
  fixture_end(dir);
}

/* --- reindex --- */

static void reindex_all(OnrArchive *archive, const char *language) {
  GError *error = NULL;
  require(onr_archive_reset_index(archive, NULL, language, &error), error);
  for (guint i = 0; i < N_SAMPLES; i++) {
    g_autoptr(OnrArticle) article = sample_article(i);
    article->row = onr_record_find_article(onr_archive_record(archive), article->id, NULL);
    g_autoptr(OnrArticlePostings) postings = postings_of(archive, article);
    require(onr_archive_reindex(archive, article, postings, &error), error);
  }
}

Test(archive, is_indexed_anew_in_another_language) {
  char *dir = fixture_begin();
  GError *error = NULL;
  OnrArchive *archive = empty_archive(dir);
  put_samples(archive);
  g_autofree char *before = dump(onr_archive_record(archive));
  g_autoptr(OnrArchive) reader = open_archive(dir, ONR_OPEN_READ);
  require(onr_archive_begin(archive, &error), error);
  reindex_all(archive, "none");
  cr_expect_eq(n_matches(reader, ONR_TABLE_QUOTES, "Zstay"), 1, "a reader lost the former index");
  require(onr_archive_commit(archive, &error), error);
  onr_archive_close(archive);
  archive = open_archive(dir, ONR_OPEN_WRITE);
  cr_expect_str_eq(onr_archive_language(archive), "none");
  cr_expect_eq(n_matches(archive, ONR_TABLE_QUOTES, "Zstay"), 0);
  cr_expect_eq(n_matches(archive, ONR_TABLE_QUOTES, "Zstays"), 1);
  g_autofree char *after = dump(onr_archive_record(archive));
  cr_expect_str_eq(after, before);
  expect_clean(archive);
  onr_archive_close(archive);
  fixture_end(dir);
}

Test(archive, keeps_its_former_index_when_reindexing_is_cut_short) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  g_autofree char *before = dump(onr_archive_record(archive));
  require(onr_archive_begin(archive, &error), error);
  reindex_all(archive, "none");
  onr_archive_rollback(archive);
  cr_expect_str_eq(onr_archive_language(archive), "english");
  cr_expect_eq(n_matches(archive, ONR_TABLE_QUOTES, "Zstay"), 1);
  g_autofree char *after = dump(onr_archive_record(archive));
  cr_expect_str_eq(after, before);
  expect_clean(archive);
  require(onr_archive_begin(archive, &error), error);
  reindex_all(archive, NULL);
  require(onr_archive_commit(archive, &error), error);
  expect_clean(archive);
  fixture_end(dir);
}

Test(archive, of_other_terms_opens_again_after_reindexing) {
  char *dir = fixture_begin();
  GError *error = NULL;
  OnrArchive *archive = empty_archive(dir);
  put_samples(archive);
  onr_archive_close(archive);
  g_autofree char *file = file_of(dir);
  vandalise(file, "UPDATE setting SET value = '0' WHERE name = 'term_version'");
  cr_expect_null(onr_archive_open(dir, ONR_OPEN_READ, &error));
  require_error(g_steal_pointer(&error), ONR_ERROR_UNSUPPORTED, "onrecord reindex");
  archive = open_archive(dir, ONR_OPEN_REINDEX);
  require(onr_archive_begin(archive, &error), error);
  reindex_all(archive, NULL);
  require(onr_archive_commit(archive, &error), error);
  onr_archive_close(archive);
  archive = open_archive(dir, ONR_OPEN_READ);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  onr_archive_close(archive);
  fixture_end(dir);
}

Test(archive, is_not_reindexed_with_what_this_build_lacks) {
  char *dir = fixture_begin();
  GError *error = NULL;
  g_autoptr(OnrArchive) archive = empty_archive(dir);
  put_samples(archive);
  require(onr_archive_begin(archive, &error), error);
  cr_expect_eq(onr_archive_reset_index(archive, "abacus", NULL, &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_UNSUPPORTED, "no engine 'abacus'");
  cr_expect_eq(onr_archive_reset_index(archive, NULL, "klingon", &error), FALSE);
  require_error(g_steal_pointer(&error), ONR_ERROR_UNSUPPORTED, "klingon");
  onr_archive_rollback(archive);
  cr_expect_eq(n_matches(archive, ONR_TABLE_ARTICLES, "lindahl"), 3);
  fixture_end(dir);
}

/* --- where it is --- */

Test(archive, is_located_by_option_environment_and_folder) {
  char *dir = fixture_begin();
  g_autofree char *inner = g_build_filename(dir, "a", "b", NULL),
                  *folder = g_build_filename(dir, ".onrecord", NULL);
  cr_assert_eq(g_mkdir_with_parents(inner, 0755), 0);
  g_unsetenv("ONRECORD_ARCHIVE");
  g_autofree char *none = onr_archive_locate(NULL, "/");
  cr_expect_null(none);
  cr_assert_eq(g_mkdir(folder, 0755), 0);
  g_autofree char *above = onr_archive_locate(NULL, inner);
  cr_expect_str_eq(above, folder);
  g_autofree char *given = onr_archive_locate("/x/y", inner);
  cr_expect_str_eq(given, "/x/y");
  g_setenv("ONRECORD_ARCHIVE", "/e/f", TRUE);
  g_autofree char *environment = onr_archive_locate(NULL, inner);
  cr_expect_str_eq(environment, "/e/f");
  g_setenv("ONRECORD_ARCHIVE", "", TRUE);
  g_autofree char *unset = onr_archive_locate(NULL, inner);
  cr_expect_str_eq(unset, folder);
  g_unsetenv("ONRECORD_ARCHIVE");
  fixture_end(dir);
}
