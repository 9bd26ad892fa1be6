/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

#define LIMIT_DEFAULT 3
#define EVERY_TYPE ((1u << ONR_N_ENTITY_TYPES) - 1)

static gboolean write_dossiers(OnrSession *session, const GArray *rows, guint begin, guint end,
                               GError **error) {
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_DOSSIER, FALSE, error);
  if (!writer)
    return FALSE;
  for (guint i = begin; i < end; i++) {
    g_auto(OnrDossier) dossier = {0};
    if (!onr_record_load_dossier(onr_archive_record(session->archive), g_array_index(rows, gint64, i),
                                 &dossier, error))
      return FALSE;
    onr_writer_put(writer, &(OnrDossierRecord){&dossier, session->options.is_explain});
  }
  onr_writer_close(writer);
  return TRUE;
}

/* "no one is called 'lavrof'; nearest: Sergey Lavrov". */
static gboolean suggest(OnrSession *session, const char *name, GError **error) {
  if (onr_record_is_listed(onr_archive_record(session->archive), name)) {
    onr_session_note(session, "'%s' is in the authority file, but no article names it", name);
    return TRUE;
  }
  g_autoptr(GArray) near = g_array_new(FALSE, TRUE, sizeof(OnrIdentity));
  g_array_set_clear_func(near, (GDestroyNotify)onr_identity_clear);
  if (!onr_record_nearest_identities(onr_archive_record(session->archive), name, EVERY_TYPE, LIMIT_DEFAULT,
                                     near, error))
    return FALSE;
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_printf(line, "no name is '%s'", name);
  for (guint i = 0; i < near->len; i++)
    g_string_append_printf(line, "%s %s", i ? ";" : "; nearest:", g_array_index(near, OnrIdentity, i).name);
  onr_session_note(session, "%s", line->str);
  return TRUE;
}

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  g_autofree char *name = g_strjoinv(" ", (char **)o->words->pdata);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!onr_record_find_bearers(onr_archive_record(session->archive), name, EVERY_TYPE, rows, error))
    return ONR_EXIT_FAILURE;
  if (!rows->len)
    return o->is_quiet || suggest(session, name, error) ? ONR_EXIT_NO_HITS : ONR_EXIT_FAILURE;
  guint limit = o->limit < 0 ? LIMIT_DEFAULT : o->limit == 0 ? rows->len : (guint)o->limit;
  guint begin = MIN((guint)o->offset, rows->len), end = begin + MIN(limit, rows->len - begin);
  if (!write_dossiers(session, rows, begin, end, error))
    return ONR_EXIT_FAILURE;
  if (end < rows->len && !o->is_quiet)
    onr_session_note(session, "%u of %u who are called so; more: --offset %u", end - begin, rows->len, end);
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_BEARERS, &ONR_GROUP_FORMAT_OBJECT,
                                               &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_WHO = {
    .name = "who",
    .arguments = "NAME…",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .summary = "show who or what a name is: other names, roles, company",
    .about = "Prints the identities that are called NAME, or the one with the id NAME: under which names "
             "articles speak of them, what they are said to be and "
             "when, and beside whom they are quoted. The most quoted come first, three unless -n says more.",
    .examples = {{"who lavrov", "all that the archive knows of Lavrov"},
                 {"who --explain 'sergey lavrov'", "and why each name is taken for his"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
