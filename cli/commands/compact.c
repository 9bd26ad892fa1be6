/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

static int run(OnrSession *session, GError **error) {
  OnrRecord *record = onr_archive_record(session->archive);
  OnrCounts before, after;
  if (!onr_record_count(record, &before, error) || !onr_archive_compact(session->archive, error) ||
      !onr_record_count(record, &after, error))
    return ONR_EXIT_FAILURE;
  onr_session_note(session, "%.1f MB, before %.1f MB", (double)after.file_bytes / 1e6,
                   (double)before.file_bytes / 1e6);
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_COMPACT = {
    .name = "compact",
    .arguments = "",
    .summary = "make the archive smaller and faster",
    .about = "Merges the parts of the index into one and gives free space back to the system. Worth it after "
             "much was removed or replaced; needs as "
             "much free space as the archive takes.",
    .examples = {{"compact", "tidy up"}},
    .need = ONR_NEEDS_WRITE,
    .groups = GROUPS,
    .run = run,
};
