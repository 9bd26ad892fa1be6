/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From arguments to an exit status: find the command, read its options, open what it needs, run it, and see
 * that all it wrote has arrived. */
#include "cli/command.h"
#include "cli/help.h"

#include "text/stem.h"
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

/* --- the archive --- */

static char *locate_archive(const OnrSession *session) {
  g_autofree char *here = g_get_current_dir();
  return onr_archive_locate(session->options.archives->pdata[0], here);
}

/* Several archives as one, NAMES being NULL-terminated. */
static gboolean open_shards(OnrSession *session, const char *const *names, GError **error) {
  const OnrOptions *o = &session->options;
  const OnrShardOptions options = {.timeout_ms = MIN(o->timeout_seconds, G_MAXUINT / 1000) * 1000,
                                   .allows_partial = o->partial == ONR_PARTIAL_ALLOW};
  if (!session->command->takes_shards) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "%s works on one archive, in a folder",
                session->command->name);
    return FALSE;
  }
  session->archive = onr_archive_open_shards(names, &options, error);
  return session->archive != NULL;
}

/* The settings and PATHs are looked at first, so that a slip of the pen leaves no empty archive behind. */
static gboolean check_before_create(const OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  if (o->engine && !onr_engine_class(o->engine)) {
    g_autofree char *names = g_strjoinv(", ", (char **)onr_engine_names());
    g_set_error(error, ONR_ERROR, ONR_ERROR_UNSUPPORTED, "--engine '%s': there are %s", o->engine, names);
    return FALSE;
  }
  g_autoptr(OnrStemmer) stemmer = o->language ? onr_stemmer_new(o->language, error) : NULL;
  if (o->language && !stemmer)
    return FALSE;
  for (guint i = 0; onr_session_need(session) == ONR_NEEDS_CREATE && i < o->n_words; i++)
    if (!g_file_test(o->words->pdata[i], G_FILE_TEST_EXISTS)) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no such file or folder: '%s'",
                  (char *)o->words->pdata[i]);
      return FALSE;
    }
  return TRUE;
}

static gboolean has_record(const char *dir) {
  g_autofree char *file = g_build_filename(dir, ONR_RECORD_FILE, NULL);
  return g_file_test(file, G_FILE_TEST_EXISTS);
}

static gboolean create_if_missing(OnrSession *session, char **dir, GError **error) {
  if (!*dir)
    *dir = g_strdup(ONR_ARCHIVE_FOLDER);
  if (!check_before_create(session, error))
    return FALSE;
  if (has_record(*dir))
    return TRUE;
  const OnrArchiveSettings settings = {.engine = session->options.engine,
                                       .language = session->options.language};
  if (!onr_archive_create(*dir, &settings, error))
    return FALSE;
  onr_session_note(session, "new archive: %s", *dir);
  return TRUE;
}

/* DIR holds no archive: says so, and where one is that may have been meant. */
static void report_no_record(const char *dir, GError **error) {
  g_autofree char *below = g_build_filename(dir, ONR_ARCHIVE_FOLDER, NULL);
  if (has_record(below))
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no archive in '%s'; did you mean '%s'?", dir, below);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no archive in '%s'", dir);
}

static gboolean open_archive(OnrSession *session, GError **error) {
  static const OnrOpenMode modes[] = {[ONR_NEEDS_READ] = ONR_OPEN_READ,
                                      [ONR_NEEDS_WRITE] = ONR_OPEN_WRITE,
                                      [ONR_NEEDS_CREATE] = ONR_OPEN_WRITE,
                                      [ONR_NEEDS_REINDEX] = ONR_OPEN_REINDEX};
  OnrNeed need = onr_session_need(session);
  g_autofree char *dir = locate_archive(session);
  if (need == ONR_NEEDS_CREATE && !create_if_missing(session, &dir, error))
    return FALSE;
  if (need == ONR_NEEDS_REINDEX && !check_before_create(session, error))
    return FALSE;
  if (!dir) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND,
                "no archive here; `onrecord index PATH` makes one, -a DIR names one elsewhere");
    return FALSE;
  }
  if (session->options.archives->len > 2)
    return open_shards(session, (const char *const *)session->options.archives->pdata, error);
  if (onr_archive_is_shard_name(dir))
    return open_shards(session, (const char *const[]){dir, NULL}, error);
  if (!has_record(dir)) {
    report_no_record(dir, error);
    return FALSE;
  }
  session->archive = onr_archive_open(dir, modes[need], error);
  return session->archive != NULL;
}

/* --- the command --- */

static gboolean check_words(const OnrSession *session, GError **error) {
  const OnrCommand *command = session->command;
  guint n = session->options.n_words;
  if (n < command->min_words)
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "%s needs %s; see `onrecord help %s`", command->name,
                command->arguments, command->name);
  else if (n > command->max_words)
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "%s: unexpected '%s'", command->name,
                (char *)session->options.words->pdata[command->max_words]);
  return n >= command->min_words && n <= command->max_words;
}

static void open_outputs(OnrSession *session) {
  onr_output_init(&session->out, stdout, (OnrColor)session->options.color);
  onr_output_init(&session->err, stderr, (OnrColor)session->options.color);
}

static int run_command(OnrSession *session, char *const *argv, GError **error) {
  const OnrCommand *command = session->command;
  gboolean is_parsed =
      onr_options_parse(&session->options, command->groups, argv,
                        command->takes_query ? ONR_PARSE_QUERY : ONR_PARSE_MIXED, NULL, error);
  open_outputs(session);
  if (!is_parsed)
    return ONR_EXIT_FAILURE;
  if (session->options.is_help) {
    onr_help_command(command, &session->out);
    return ONR_EXIT_DONE;
  }
  if (!check_words(session, error) || (onr_session_need(session) != ONR_NEEDS_NOTHING && !open_archive(session, error)))
    return ONR_EXIT_FAILURE;
  return command->run(session, error);
}

/* What the build and the tests ask the program for; FALSE where ARGV asks for nothing of it. */
static gboolean print_for_build(OnrSession *session, char *const *argv, GError **error) {
  if (!g_strcmp0(argv[0], "--print-man"))
    onr_manual_print(&session->out);
  else if (!g_strcmp0(argv[0], "--print-examples"))
    onr_examples_print(&session->out);
  else if (!g_strcmp0(argv[0], "--print-completion"))
    onr_completion_print(argv[1], &session->out, error);
  else
    return FALSE;
  return TRUE;
}

/* ARGV without the program's name. */
static int run(OnrSession *session, char *const *argv, GError **error) {
  static const OnrOptionGroup *const groups[] = {&ONR_GROUP_COMMON, &ONR_GROUP_PROGRAM, NULL};
  if (print_for_build(session, argv, error))
    return ONR_EXIT_DONE;
  guint n_used = 0;
  gboolean is_parsed = onr_options_parse(&session->options, groups, argv, ONR_PARSE_LEADING, &n_used, error);
  open_outputs(session);
  if (!is_parsed)
    return ONR_EXIT_FAILURE;
  if (session->options.is_version) {
    onr_help_version(&session->out);
    return ONR_EXIT_DONE;
  }
  if (session->options.is_help && !argv[n_used]) {
    onr_help_program(&session->out);
    return ONR_EXIT_DONE;
  }
  if (!argv[n_used]) {
    onr_help_usage(&session->err);
    return ONR_EXIT_FAILURE;
  }
  session->command = onr_command_require(argv[n_used], error);
  return session->command ? run_command(session, argv + n_used + 1, error) : ONR_EXIT_FAILURE;
}

static int finish(OnrSession *session, int status, GError *error) {
  g_autoptr(GError) failure = error;
  if (!failure)
    onr_output_finish(&session->out, &failure);
  if (failure) {
    onr_session_complain(session, "%s", failure->message);
    status = onr_exit_of(failure);
  } else if (session->out.is_closed) {
    status = ONR_EXIT_DONE;
  }
  g_clear_pointer(&session->archive, onr_archive_close);
  onr_options_clear(&session->options);
  return status;
}

int main(int argc G_GNUC_UNUSED, char **argv) {
  signal(SIGPIPE, SIG_IGN); /* a reader that goes away shows as EPIPE */
  OnrSession session = {0};
  onr_options_init(&session.options);
  open_outputs(&session);
  GError *error = NULL;
  int status = run(&session, argv + (argv[0] != NULL), &error);
  return finish(&session, status, error);
}
