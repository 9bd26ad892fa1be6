/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How fast an engine indexes, alone: what an archive holds is handed once more to an engine, and only what
   the engine and its commits take is clocked; reading the archive and making postings is not.

     bench_build ARCHIVE_DIR ENGINE OUT_DIR [ARTICLES [articles]]   builds in OUT_DIR, which must be empty
     bench_build ARCHIVE_DIR --terms [ARTICLES]                     writes what an engine is handed

   ARTICLES 0: all. "articles": without quotes and mentions, what is left being text, title and short fields.
   OUT_DIR becomes an archive whose record has no articles, and whose index has all of them.

   --terms writes to standard output, for scripts/lib/measure/plain_xapian.txt. An article is, in 32-bit
   numbers of the machine: its row, bytes of its text and title, then three times the length and the bytes of
   packed postings (text/terms.h) of text, title and fields. */
#include "archive/archive.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* As the indexer commits: so many bytes of postings and text. */
#define BATCH_BYTES (32u << 20)
#define ARTICLE_BYTES 1024

typedef struct {
  OnrArchive *archive;
  OnrRecord *from;
  OnrTermMaker *maker;
  OnrDocument *doc;
  OnrArticle *article;
  OnrArticlePostings *postings;
  GArray *rows; /* gint64 */
  gboolean is_without_quotes;
  guint64 text_bytes;
} Source;

typedef struct {
  OnrRecord *record;
  const OnrEngineClass *class;
  OnrEngine *engine;
  gsize batch_bytes;
  double wall, cpu; /* seconds */
  double wall_began, cpu_began;
} Target;

static void die(GError *error) {
  fprintf(stderr, "bench_build: %s\n", error ? error->message : "unknown error");
  exit(2);
}

static void check(gboolean is_done, GError *error) {
  if (!is_done)
    die(error);
}

/* --- the clock --- */

static double seconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void clock_on(Target *target) {
  target->wall_began = seconds_of(CLOCK_MONOTONIC);
  target->cpu_began = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

static void clock_off(Target *target) {
  target->wall += seconds_of(CLOCK_MONOTONIC) - target->wall_began;
  target->cpu += seconds_of(CLOCK_PROCESS_CPUTIME_ID) - target->cpu_began;
}

/* --- what there is to index --- */

static void source_open(Source *source, const char *dir, guint n_articles) {
  GError *error = NULL;
  source->archive = onr_archive_open(dir, ONR_OPEN_READ, &error);
  check(source->archive != NULL, error);
  source->from = onr_archive_record(source->archive);
  source->maker = onr_term_maker_new(onr_archive_language(source->archive), &error);
  check(source->maker != NULL, error);
  source->doc = onr_document_new();
  source->article = onr_article_new();
  source->postings = onr_article_postings_new();
  source->rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  check(onr_record_article_rows(source->from, NULL, source->rows, &error), error);
  if (n_articles && n_articles < source->rows->len)
    g_array_set_size(source->rows, n_articles);
}

static void source_close(Source *source) {
  g_array_unref(source->rows);
  onr_article_postings_free(source->postings);
  onr_article_free(source->article);
  onr_document_free(source->doc);
  onr_term_maker_free(source->maker);
  onr_archive_close(source->archive);
}

/* Article I with its postings; returns the bytes of its text and title. */
static guint32 source_load(Source *source, guint i) {
  GError *error = NULL;
  OnrArticle *article = source->article;
  gint64 row = g_array_index(source->rows, gint64, i);
  check(onr_record_load_article(source->from, row, TRUE, article, &error), error);
  if (source->is_without_quotes)
    onr_article_clear_annotation(article);
  onr_document_set_text(source->doc, article->text, article->text_length);
  onr_article_postings_make(source->postings, source->maker, article, source->doc);
  guint32 n_bytes = (guint32)(article->text_length + (article->title ? strlen(article->title) : 0));
  source->text_bytes += n_bytes;
  return n_bytes;
}

/* --- the engine --- */

static char *record_file(const char *dir) {
  return g_build_filename(dir, ONR_RECORD_FILE, NULL);
}

static void target_open(Target *target, const Source *source, const char *dir) {
  GError *error = NULL;
  g_autofree char *file = record_file(dir);
  if (g_mkdir_with_parents(dir, 0777) != 0 || g_file_test(file, G_FILE_TEST_EXISTS)) {
    fprintf(stderr, "bench_build: '%s' cannot be made, or is in use\n", dir);
    exit(2);
  }
  target->record = onr_record_open(file, ONR_OPEN_CREATE, &error);
  check(
      target->record && onr_record_begin(target->record, &error) &&
          onr_record_set_setting(target->record, "engine", target->class->name, &error) &&
          onr_record_set_setting(target->record, "language", onr_archive_language(source->archive), &error) &&
          target->class->create(target->record, &error) && onr_record_commit(target->record, &error) &&
          (target->engine = target->class->open(target->record, TRUE, &error)),
      error);
}

static void target_close(Target *target) {
  target->class->close(target->engine);
  onr_record_close(target->record);
}

static void commit(Target *target) {
  GError *error = NULL;
  check(target->class->flush(target->engine, &error) && onr_record_commit(target->record, &error), error);
  onr_engines_clean(target->record);
  target->batch_bytes = 0;
}

static void put(Target *target, const Source *source) {
  GError *error = NULL;
  const OnrArticle *article = source->article;
  gint64 first_quote = article->quotes->len ? onr_record_first_quote(source->from, article->row) : 0;
  clock_on(target);
  if (!onr_record_is_in_transaction(target->record))
    check(onr_record_begin(target->record, &error), error);
  check(target->class->put(target->engine, article, first_quote, source->postings, &error), error);
  target->batch_bytes += onr_article_postings_size(source->postings) + article->text_length + ARTICLE_BYTES;
  if (target->batch_bytes >= BATCH_BYTES)
    commit(target);
  clock_off(target);
}

static void settle(Target *target) {
  GError *error = NULL;
  clock_on(target);
  if (onr_record_is_in_transaction(target->record))
    commit(target);
  for (gboolean is_done = FALSE; !is_done;) {
    check(onr_record_begin(target->record, &error) && target->class->settle(target->engine, &is_done, &error),
          error);
    commit(target);
  }
  clock_off(target);
}

/* Of what is in use of the record's file; the rest is free for what comes. */
static guint64 used_bytes(const char *dir) {
  g_autofree char *file = record_file(dir);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint64 n_bytes = 0;
  if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(db,
                         "SELECT (page_count - freelist_count) * page_size"
                         " FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
                         -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW)
    n_bytes = (guint64)sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return n_bytes;
}

static void build(Source *source, const char *engine, const char *dir) {
  Target target = {.class = onr_engine_class(engine)};
  if (!target.class) {
    fprintf(stderr, "bench_build: no engine '%s'\n", engine);
    exit(2);
  }
  target_open(&target, source, dir);
  guint64 n_bytes_before = used_bytes(dir);
  for (guint i = 0; i < source->rows->len; i++) {
    source_load(source, i);
    put(&target, source);
  }
  settle(&target);
  guint64 n_own_bytes = target.class->size_bytes(target.engine);
  target_close(&target);
  printf("{\"articles\": %u, \"text_bytes\": %" G_GUINT64_FORMAT
         ", \"wall\": %.3f, \"cpu\": %.3f, \"index_bytes\": %" G_GUINT64_FORMAT "}\n",
         source->rows->len, source->text_bytes, target.wall, target.cpu,
         n_own_bytes + used_bytes(dir) - n_bytes_before);
}

/* --- for others --- */

static void write_bytes(const void *bytes, gsize n) {
  if (n && fwrite(bytes, 1, n, stdout) != n) {
    perror("bench_build");
    exit(2);
  }
}

static void write_number(guint32 number) {
  write_bytes(&number, sizeof number);
}

static void write_block(const void *bytes, gsize n) {
  write_number((guint32)n);
  write_bytes(bytes, n);
}

static void write_postings(const OnrPostings *postings) {
  write_block(postings->bytes ? postings->bytes->data : NULL, postings->bytes ? postings->bytes->len : 0);
}

static void write_terms(Source *source) {
  for (guint i = 0; i < source->rows->len; i++) {
    guint32 n_bytes = source_load(source, i);
    write_number((guint32)source->article->row);
    write_number(n_bytes);
    write_block(source->article->id, strlen(source->article->id));
    write_postings(&source->postings->text);
    write_postings(&source->postings->title);
    write_postings(&source->postings->fields);
  }
  if (fflush(stdout) != 0)
    perror("bench_build");
}

static guint number_of(const char *text) {
  return text ? (guint)strtoul(text, NULL, 10) : 0;
}

int main(int argc, char **argv) {
  Source source = {0};
  gboolean is_for_others = argc > 2 && !strcmp(argv[2], "--terms");
  if (argc < (is_for_others ? 3 : 4) || argc > (is_for_others ? 4 : 6) ||
      (argc == 6 && strcmp(argv[5], "articles") != 0)) {
    fprintf(stderr, "usage: bench_build ARCHIVE_DIR ENGINE OUT_DIR [ARTICLES [articles]]\n"
                    "       bench_build ARCHIVE_DIR --terms [ARTICLES]\n");
    return 2;
  }
  source.is_without_quotes = is_for_others || argc == 6;
  source_open(&source, argv[1], number_of(is_for_others ? argv[3] : argc > 4 ? argv[4] : NULL));
  if (is_for_others)
    write_terms(&source);
  else
    build(&source, argv[2], argv[3]);
  source_close(&source);
  return 0;
}
