/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

static int run(OnrSession *session, GError **error) {
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_FINDING, FALSE, error);
  if (!writer)
    return ONR_EXIT_FAILURE;
  gboolean is_checked = onr_archive_check(session->archive, findings, error);
  for (guint i = 0; i < findings->len; i++)
    onr_writer_put(writer, findings->pdata[i]);
  onr_writer_close(writer);
  if (!is_checked || findings->len)
    return ONR_EXIT_FAILURE;
  onr_session_note(session, "%s is sound", onr_archive_dir(session->archive));
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_FORMAT_OBJECT, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_CHECK = {
    .name = "check",
    .arguments = "",
    .summary = "check that the archive is sound",
    .about = "Checks the database and the index, and that each agrees with the other. Prints a line for each "
             "fault and exits with 2 where there is "
             "any; `onrecord reindex` mends an index.",
    .examples = {{"check", "look for damage"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
