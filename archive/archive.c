/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "archive/archive.h"

#include "archive/archive_private.h"
#include "archive/database.h"
#include "identity/block.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_FILE "lock"
/* What an archive is called while it is made: renamed when it is whole. */
#define NEW_ENDING ".new"

static const char *const default_language = "english";

/* --- one writer --- */

/* The lock goes with the process, however that ends. */
static int lock_folder(const char *dir, GError **error) {
  g_autofree char *path = g_build_filename(dir, LOCK_FILE, NULL);
  int fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error(error, ONR_ERROR, ONR_ERROR_BUSY, "archive '%s' is being written by another process", dir);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", path, g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return -1;
}

static void unlock_folder(int fd) {
  if (fd >= 0)
    close(fd);
}

/* --- making --- */

static void remove_database(const char *file) {
  static const char *const endings[] = {"", "-wal", "-shm"};
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
    g_autofree char *path = g_strconcat(file, endings[i], NULL);
    g_unlink(path);
  }
}

static gboolean check_settings(const OnrEngineClass *engine, const char *engine_name, const char *language,
                               GError **error) {
  if (!engine) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "no engine '%s' in this build", engine_name);
    return FALSE;
  }
  g_autoptr(OnrTermMaker) maker = onr_term_maker_new(language, error);
  return maker != NULL;
}

static gboolean fill_record(OnrRecord *record, const OnrEngineClass *engine, const char *language,
                            GError **error) {
  if (!onr_record_begin(record, error))
    return FALSE;
  if (onr_record_set_setting(record, "engine", engine->name, error) &&
      onr_record_set_setting(record, "language", language, error) &&
      onr_record_set_setting(record, "identity_version", G_STRINGIFY(ONR_IDENTITY_VERSION), error) &&
      engine->create(record, error) && onr_record_commit(record, error))
    return TRUE;
  onr_record_rollback(record);
  return FALSE;
}

/* Everything is in the one file that is to be renamed: what stays in the log, on a disk that is full, would
 * be lost. */
static gboolean settle_record(OnrRecord *record, GError **error) {
  return onr_database_exec(onr_record_database(record), "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

static gboolean is_settled(const char *file, GError **error) {
  g_autofree char *wal = g_strconcat(file, "-wal", NULL);
  GStatBuf info;
  if (g_stat(wal, &info) || info.st_size == 0)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': could not be written whole", file);
  return FALSE;
}

/* The name of the file in its folder must last as well as its content. */
static gboolean rename_lasting(const char *from, const char *to, const char *dir, GError **error) {
  int fd = -1;
  gboolean is_done = g_rename(from, to) == 0 &&
                     (fd = g_open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)) >= 0 && fsync(fd) == 0;
  if (!is_done)
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", to, g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return is_done;
}

/* A file of no bytes is what a program that was killed, or `touch`, leaves: no archive yet. */
static gboolean is_record_there(const char *file) {
  GStatBuf info;
  return g_stat(file, &info) == 0 && info.st_size > 0;
}

/* The archive is whole or not there: it is made under another name. */
static gboolean create_locked(const char *dir, const OnrEngineClass *engine, const char *language,
                              GError **error) {
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  g_autofree char *new_file = g_strconcat(file, NEW_ENDING, NULL);
  if (is_record_there(file)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "there is an archive at '%s' already", dir);
    return FALSE;
  }
  remove_database(new_file);
  OnrRecord *record = onr_record_open(new_file, ONR_OPEN_CREATE, error);
  gboolean is_filled = record && fill_record(record, engine, language, error) && settle_record(record, error);
  onr_record_close(record);
  if (is_filled && is_settled(new_file, error) && rename_lasting(new_file, file, dir, error))
    return TRUE;
  remove_database(new_file);
  return FALSE;
}

gboolean onr_archive_create(const char *dir, const OnrArchiveSettings *settings, GError **error) {
  const char *engine_name = settings ? settings->engine : NULL;
  const char *language = settings && settings->language ? settings->language : default_language;
  const OnrEngineClass *engine = onr_engine_class(engine_name);
  if (!check_settings(engine, engine_name, language, error))
    return FALSE;
  if (g_mkdir_with_parents(dir, 0777)) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_IO, "'%s': %s", dir, g_strerror(errno));
    return FALSE;
  }
  int lock = lock_folder(dir, error);
  gboolean is_done = lock >= 0 && create_locked(dir, engine, language, error);
  unlock_folder(lock);
  return is_done;
}

/* --- opening --- */

static gboolean open_engine(OnrArchive *archive, GError **error) {
  g_autofree char *name = onr_record_get_setting(archive->record, "engine");
  archive->engine_class = name ? onr_engine_class(name) : NULL;
  if (!archive->engine_class) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED,
                "archive '%s' was made with engine '%s', which this build lacks", archive->dir,
                name ? name : "");
    return FALSE;
  }
  archive->engine =
      archive->engine_class->open(archive->record, onr_record_is_writable(archive->record), error);
  return archive->engine != NULL;
}

static void close_engine(OnrArchive *archive) {
  if (archive->engine)
    archive->engine_class->close(archive->engine);
  archive->engine = NULL;
}

static void read_language(OnrArchive *archive) {
  g_free(archive->language);
  archive->language = onr_record_get_setting(archive->record, "language");
  if (!archive->language)
    archive->language = g_strdup(default_language);
  g_clear_pointer(&archive->maker, onr_term_maker_free);
}

static gboolean has_record(const char *dir, const char *file, GError **error) {
  if (is_record_there(file))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no archive at '%s'", dir);
  return FALSE;
}

OnrArchive *onr_archive_open(const char *dir, OnrOpenMode mode, GError **error) {
  g_assert(mode != ONR_OPEN_CREATE);
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  if (!has_record(dir, file, error))
    return NULL;
  g_autoptr(OnrArchive) archive = g_new0(OnrArchive, 1);
  archive->dir = g_strdup(dir);
  archive->lock = -1;
  if (mode != ONR_OPEN_READ && (archive->lock = lock_folder(dir, error)) < 0)
    return NULL;
  archive->record = onr_record_open(file, mode, error);
  if (!archive->record || (mode == ONR_OPEN_READ && !onr_record_hold(archive->record, error)))
    return NULL;
  read_language(archive);
  if (mode != ONR_OPEN_READ)
    onr_engines_clean(archive->record);
  return open_engine(archive, error) ? g_steal_pointer(&archive) : NULL;
}

void onr_archive_close(OnrArchive *archive) {
  if (!archive)
    return;
  if (archive->record)
    onr_archive_rollback(archive);
  close_engine(archive);
  g_clear_pointer(&archive->members, g_ptr_array_unref); /* the engine has read their records */
  onr_record_close(archive->record);
  unlock_folder(archive->lock);
  onr_term_maker_free(archive->maker);
  if (archive->doc)
    onr_document_free(archive->doc);
  onr_article_free(archive->article);
  onr_article_postings_free(archive->postings);
  g_free(archive->language);
  g_free(archive->dir);
  g_free(archive);
}

char *onr_archive_locate(const char *given, const char *start) {
  const char *environment = g_getenv("ONRECORD_ARCHIVE");
  if (given)
    return g_strdup(given);
  if (environment && *environment)
    return g_strdup(environment);
  g_autofree char *folder = g_canonicalize_filename(start, NULL);
  for (;;) {
    g_autofree char *candidate = g_build_filename(folder, ONR_ARCHIVE_FOLDER, NULL);
    if (g_file_test(candidate, G_FILE_TEST_IS_DIR))
      return g_steal_pointer(&candidate);
    char *parent = g_path_get_dirname(folder);
    gboolean is_root = !strcmp(parent, folder);
    g_free(folder);
    folder = parent;
    if (is_root)
      return NULL;
  }
}

const char *onr_archive_dir(const OnrArchive *archive) {
  return archive->dir;
}

const char *onr_archive_language(const OnrArchive *archive) {
  return archive->language;
}

const OnrEngineClass *onr_archive_engine_class(const OnrArchive *archive) {
  return archive->engine_class;
}

OnrRecord *onr_archive_record(OnrArchive *archive) {
  return archive->record;
}

OnrEngine *onr_archive_engine(OnrArchive *archive) {
  return archive->engine;
}

gboolean onr_archive_count(OnrArchive *archive, OnrCounts *out, GError **error) {
  if (!onr_record_count(archive->record, out, error))
    return FALSE;
  out->file_bytes += archive->engine_class->size_bytes(archive->engine);
  return TRUE;
}

/* --- writing --- */

gboolean onr_archive_begin(OnrArchive *archive, GError **error) {
  if (!archive->engine) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_CORRUPT, "archive '%s': its index could not be opened again",
                archive->dir);
    return FALSE;
  }
  archive->has_failed = FALSE;
  archive->is_reset = FALSE;
  return onr_record_begin(archive->record, error);
}

/* After a write that was done by half, the transaction can only be rolled back. */
static gboolean note(OnrArchive *archive, gboolean is_done) {
  archive->has_failed |= !is_done;
  return is_done;
}

gboolean onr_archive_put(OnrArchive *archive, OnrArticle *article, const OnrArticlePostings *postings,
                         GError **error) {
  gint64 first_quote;
  return note(archive,
              onr_record_put_article(archive->record, article, &first_quote, error) &&
                  archive->engine_class->put(archive->engine, article, first_quote, postings, error));
}

const OnrArticlePostings *onr_archive_make_postings(OnrArchive *archive, const OnrArticle *article,
                                                    GError **error) {
  if (!archive->maker && !(archive->maker = onr_term_maker_new(archive->language, error)))
    return NULL;
  if (!archive->doc)
    archive->doc = onr_document_new();
  if (!archive->postings)
    archive->postings = onr_article_postings_new();
  onr_document_set_text(archive->doc, article->text, article->text_length);
  onr_article_postings_make(archive->postings, archive->maker, article, archive->doc);
  return archive->postings;
}

OnrArticle *onr_archive_load(OnrArchive *archive, gint64 row, GError **error) {
  if (!archive->article)
    archive->article = onr_article_new();
  return onr_record_load_article(archive->record, row, TRUE, archive->article, error) ? archive->article
                                                                                      : NULL;
}

static gboolean remove_article(OnrArchive *archive, gint64 row, GError **error) {
  OnrArticle *article = onr_archive_load(archive, row, error);
  const OnrArticlePostings *postings = article ? onr_archive_make_postings(archive, article, error) : NULL;
  if (!postings)
    return FALSE;
  gint64 first_quote = onr_record_first_quote(archive->record, row);
  return archive->engine_class->remove(archive->engine, article, first_quote, postings, error) &&
         onr_record_remove_loaded(archive->record, article, error);
}

gboolean onr_archive_remove(OnrArchive *archive, gint64 article_row, GError **error) {
  return note(archive, remove_article(archive, article_row, error));
}

gboolean onr_archive_commit(OnrArchive *archive, GError **error) {
  if (archive->has_failed) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE,
                "archive '%s': a write has failed, it can only be rolled back", archive->dir);
    return FALSE;
  }
  if (!note(archive, archive->engine_class->flush(archive->engine, error) &&
                         onr_record_commit(archive->record, error)))
    return FALSE;
  onr_engines_clean(archive->record);
  return TRUE;
}

/* After a reset the former engine is the archive's again. */
static void reopen_engine(OnrArchive *archive) {
  close_engine(archive);
  read_language(archive);
  archive->is_reset = FALSE;
  open_engine(archive, NULL);
}

void onr_archive_rollback(OnrArchive *archive) {
  archive->has_failed = FALSE;
  if (!onr_record_is_in_transaction(archive->record))
    return;
  onr_record_rollback(archive->record);
  if (archive->is_reset || (archive->engine && !archive->engine_class->rollback(archive->engine, NULL)))
    reopen_engine(archive);
  onr_engines_clean(archive->record);
}

/* --- upkeep --- */

/* Ends a transaction of upkeep: commits what was done, takes back what was not. */
static gboolean end_upkeep(OnrArchive *archive, gboolean is_done, GError **error) {
  if (note(archive, is_done) && onr_archive_commit(archive, error))
    return TRUE;
  onr_archive_rollback(archive);
  return FALSE;
}

gboolean onr_archive_settle(OnrArchive *archive, gboolean *is_done, GError **error) {
  return onr_archive_begin(archive, error) &&
         end_upkeep(archive, archive->engine_class->settle(archive->engine, is_done, error), error);
}

#define BLOCKS_AT_ONCE 20000 /* resolved in one transaction */

gboolean onr_archive_resolve(OnrArchive *archive, const OnrIdentityModel *model, gboolean *is_done,
                             GError **error) {
  return onr_archive_begin(archive, error) &&
         end_upkeep(archive, onr_record_resolve(archive->record, model, BLOCKS_AT_ONCE, is_done, error),
                    error);
}

#define PAIRS_AT_ONCE 50000 /* compared in one transaction */

gboolean onr_archive_group(OnrArchive *archive, gboolean *is_done, GError **error) {
  return onr_archive_begin(archive, error) &&
         end_upkeep(archive, onr_record_group(archive->record, PAIRS_AT_ONCE, is_done, error), error);
}

static gboolean optimise(OnrArchive *archive, GError **error) {
  return onr_archive_begin(archive, error) &&
         end_upkeep(archive, archive->engine_class->optimise(archive->engine, error), error);
}

gboolean onr_archive_compact(OnrArchive *archive, GError **error) {
  sqlite3 *db = onr_record_database(archive->record);
  if (!optimise(archive, error))
    return FALSE;
  if (!onr_database_exec(db, "VACUUM", error)) {
    g_prefix_error(error, "compacting needs free disk for two copies of the archive: ");
    return FALSE;
  }
  return onr_database_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}

/* The former engine's tables go, the new one's are made; has_failed until all of it is done. */
static gboolean change_engine(OnrArchive *archive, const OnrEngineClass *engine, GError **error) {
  gboolean is_dropped = archive->engine_class->drop(archive->engine, error);
  close_engine(archive);
  return is_dropped && engine->create(archive->record, error) &&
         onr_record_set_setting(archive->record, "engine", engine->name, error) &&
         open_engine(archive, error);
}

static gboolean reset_index(OnrArchive *archive, const OnrEngineClass *engine, const char *language,
                            GError **error) {
  archive->is_reset = TRUE;
  if (!onr_record_clear_annotations(archive->record, error) || !change_engine(archive, engine, error) ||
      !onr_record_set_setting(archive->record, "language", language, error) ||
      !onr_record_set_setting(archive->record, "term_version", G_STRINGIFY(ONR_TERM_VERSION), error))
    return FALSE;
  read_language(archive);
  return TRUE;
}

gboolean onr_archive_reset_index(OnrArchive *archive, const char *engine, const char *language,
                                 GError **error) {
  const OnrEngineClass *engine_class = engine ? onr_engine_class(engine) : archive->engine_class;
  g_autofree char *new_language = g_strdup(language ? language : archive->language);
  if (!check_settings(engine_class, engine, new_language, error))
    return FALSE;
  return note(archive, reset_index(archive, engine_class, new_language, error));
}

gboolean onr_archive_reindex(OnrArchive *archive, OnrArticle *article, const OnrArticlePostings *postings,
                             GError **error) {
  gint64 first_quote;
  return note(archive,
              onr_record_put_annotation(archive->record, article, &first_quote, error) &&
                  archive->engine_class->put(archive->engine, article, first_quote, postings, error));
}
