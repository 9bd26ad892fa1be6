/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/indexing.h"
#include "cli/surveying.h"

#include "text/stem.h"
#include <string.h>

/* An archive keeps what it was made with: another language or engine is for `reindex`. */
static gboolean check_setting(const char *option, const char *asked, const char *present, GError **error) {
  if (!asked || !strcmp(asked, present))
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE,
              "this archive was made with --%s %s; `onrecord reindex --%s %s` changes it", option, present,
              option, asked);
  return FALSE;
}

static OnrNeed need_of(const OnrOptions *options) {
  return options->is_dry_run ? ONR_NEEDS_NOTHING : ONR_NEEDS_CREATE;
}

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  if (o->is_dry_run)
    return onr_surveying_run(session, error);
  if (!onr_session_can_write(session, ONR_RECORD_SUMMARY, error))
    return ONR_EXIT_FAILURE;
  if (!check_setting("engine", o->engine, onr_archive_engine_class(session->archive)->name, error) ||
      !check_setting("language", o->language, onr_archive_language(session->archive), error))
    return ONR_EXIT_FAILURE;
  OnrIndexing indexing;
  onr_indexing_begin(&indexing, session, FALSE);
  const OnrIndexOptions options = {.give_back_memory = onr_indexing_give_back_memory,
                                   .include = (const char *const *)o->include->pdata,
                                   .exclude = (const char *const *)o->exclude->pdata,
                                   .keep_missing = o->is_keeping_missing,
                                   .is_strict = o->is_strict,
                                   .n_jobs = o->jobs,
                                   .batch_bytes = o->batch_bytes,
                                   .map = (const char *const *)o->map->pdata,
                                   .progress = onr_indexing_progress,
                                   .skipped = o->is_verbose ? onr_indexing_skipped : NULL,
                                   .remarked = onr_indexing_remarked,
                                   .data = &indexing};
  gboolean is_done =
      onr_index(session->archive, (const char *const *)o->words->pdata, &options, &indexing.report, error);
  return onr_indexing_end(&indexing, is_done, error);
}

static const OnrOptionGroup *const GROUPS[] = {
    &ONR_GROUP_INDEX, &ONR_GROUP_MAP,         &ONR_GROUP_STRICT, &ONR_GROUP_MADE_WITH,
    &ONR_GROUP_JOBS,  &ONR_GROUP_FORMAT_ROWS, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_INDEX = {
    .name = "index",
    .arguments = "PATH…",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .word = ONR_WORD_FILE,
    .summary = "read articles into the archive, or bring it up to date",
    .about = "Reads the articles in PATHs, files or folders: plain text, Markdown, HTML, JSON, JSON "
             "Lines, feeds and what agencies send, CSV, TSV, mail, Nexis and SGML collections, each also "
             "packed, in zip and tar files and in crawls (WARC, ARC). Files that have not "
             "changed are passed over, changed ones are read again, and articles whose files are gone are "
             "removed. The archive is made where there "
             "is none, as .onrecord/ in the current folder unless --archive says where. Ctrl-C keeps what is "
             "whole.",
    .examples = {{"index ~/news", "make an archive, or update it"},
                 {"index --dry-run ~/news", "what would be read as what, and what would be lost"},
                 {"index --include '*.html' --verbose ~/news", "web pages only; say what is skipped"}},
    .need = ONR_NEEDS_CREATE,
    .need_of = need_of,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
