/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

#include <string.h>

#define MAX_FAULTS_TOLD 20

static const char *const WHAT[] = {"export", "import", "check", "remove", NULL};

static OnrNeed need_of(const OnrOptions *o) {
  const char *what = o->words->pdata[0];
  return !strcmp(what, "check")    ? ONR_NEEDS_NOTHING
         : !strcmp(what, "export") ? ONR_NEEDS_READ
                                   : ONR_NEEDS_WRITE;
}

/* --- export --- */

typedef struct {
  OnrSession *session;
  OnrAuthorityFormat format;
  GString *line;
} Export;

static gboolean print_entry(const OnrAuthorityEntry *entry, gpointer data) {
  Export *x = data;
  g_string_truncate(x->line, 0);
  onr_authority_print(entry, x->format, x->line);
  onr_output_write(&x->session->out, x->line->str, x->line->len);
  return !onr_output_is_done(&x->session->out);
}

static int export_all(OnrSession *session, GError **error) {
  g_autoptr(GString) line = g_string_new(NULL);
  Export x = {session,
              onr_session_format(session) == ONR_FORMAT_JSONL ? ONR_AUTHORITY_JSONL : ONR_AUTHORITY_TSV,
              line};
  if (x.format == ONR_AUTHORITY_TSV)
    onr_output_puts(&session->out, ONR_AUTHORITY_HEADER);
  return onr_record_each_authority(onr_archive_record(session->archive), session->options.is_listed,
                                   print_entry, &x, error)
             ? ONR_EXIT_DONE
             : ONR_EXIT_FAILURE;
}

/* --- import and check --- */

typedef struct {
  OnrSession *session;
  const char *file;
  guint64 n;
} Faults;

static void tell_fault(guint64 line, const char *what, gpointer data) {
  Faults *faults = data;
  if (faults->n++ < MAX_FAULTS_TOLD)
    onr_session_complain(faults->session, "%s:%" G_GUINT64_FORMAT ": %s", faults->file, line, what);
}

static void tell_rest(const Faults *faults) {
  if (faults->n > MAX_FAULTS_TOLD)
    onr_session_complain(faults->session, "… and %" G_GUINT64_FORMAT " more", faults->n - MAX_FAULTS_TOLD);
}

static int import_file(OnrSession *session, const char *file, GError **error) {
  Faults faults = {session, file, 0};
  guint64 n;
  gboolean is_done = onr_authority_import(session->archive, file, session->options.is_replacing, tell_fault,
                                          &faults, &n, error);
  tell_rest(&faults);
  if (!is_done)
    return ONR_EXIT_FAILURE;
  onr_session_note(session, "%" G_GUINT64_FORMAT " %s taken over", n, n == 1 ? "identity" : "identities");
  return ONR_EXIT_DONE;
}

static gboolean pass_over(const OnrAuthorityEntry *entry, guint64 line, gpointer data, GError **error) {
  (void)entry, (void)line, (void)data, (void)error;
  return TRUE;
}

static int check_file(OnrSession *session, const char *file, GError **error) {
  Faults faults = {session, file, 0};
  guint64 n;
  if (!onr_authority_file_read(file, pass_over, tell_fault, &faults, &n, NULL, error)) {
    g_prefix_error(error, "'%s': ", file);
    return ONR_EXIT_FAILURE;
  }
  tell_rest(&faults);
  onr_session_note(session, "%" G_GUINT64_FORMAT " %s, %" G_GUINT64_FORMAT " %s", n,
                   n == 1 ? "identity" : "identities", faults.n, faults.n == 1 ? "fault" : "faults");
  return faults.n ? ONR_EXIT_FAILURE : ONR_EXIT_DONE;
}

/* --- remove --- */

static gboolean remove_ids(OnrSession *session, GError **error) {
  for (guint i = 1; i < session->options.n_words; i++) {
    const char *id = session->options.words->pdata[i];
    gboolean is_dropped;
    if (!onr_record_drop_authority(onr_archive_record(session->archive), id, &is_dropped, error))
      return FALSE;
    if (!is_dropped) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND,
                  "'%s' is not listed; `onrecord authority export --listed` is all", id);
      return FALSE;
    }
  }
  return onr_archive_commit(session->archive, error);
}

static int remove_all(OnrSession *session, GError **error) {
  if (!onr_archive_begin(session->archive, error))
    return ONR_EXIT_FAILURE;
  if (remove_ids(session, error))
    return onr_resolve_identities(session->archive, error) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
  onr_archive_rollback(session->archive);
  return ONR_EXIT_FAILURE;
}

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  const char *what = o->words->pdata[0];
  if (!strcmp(what, "export") && o->n_words == 1)
    return export_all(session, error);
  if (!strcmp(what, "import") && o->n_words == 2)
    return import_file(session, o->words->pdata[1], error);
  if (!strcmp(what, "check") && o->n_words == 2)
    return check_file(session, o->words->pdata[1], error);
  if (!strcmp(what, "remove") && o->n_words > 1)
    return remove_all(session, error);
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE,
                      "authority: export, import FILE, check FILE, or remove ID…");
  return ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_AUTHORITY, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_AUTHORITY = {
    .name = "authority",
    .arguments = "export | import FILE | check FILE | remove ID…",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .word_choices = WHAT,
    .summary = "your own list of who is who, whose word stands over ours",
    .about = "`export` writes every identity, one a line: id, name, type, aliases, roles with their time, "
             "links, as tab-separated values or JSON "
             "Lines. `import` takes such a file (or - for standard input) into the archive, all of it or, "
             "where a line is wrong, "
             "nothing: from then on its names are whose it says, `speaker:` finds by its aliases, and "
             "`role:` by its roles at an "
             "article's date. `check` only looks for what is wrong. `remove` takes entries out again.",
    .examples = {{"authority export > who.tsv", "all identities, to look through and correct"},
                 {"authority import who.tsv", "go by this list from now on"},
                 {"authority export --listed --format jsonl", "what was imported, as JSON Lines"}},
    .need = ONR_NEEDS_READ,
    .need_of = need_of,
    .format = ONR_FORMAT_TSV,
    .groups = GROUPS,
    .run = run,
};
