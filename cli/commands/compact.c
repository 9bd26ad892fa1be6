/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/text_parts.h"

static int run(OnrSession *session, GError **error) {
  OnrCounts before, after;
  if (!onr_archive_count(session->archive, &before, error) || !onr_archive_compact(session->archive, error) ||
      !onr_archive_count(session->archive, &after, error))
    return ONR_EXIT_FAILURE;
  g_autofree char *size = onr_size_text(after.file_bytes), *former = onr_size_text(before.file_bytes);
  onr_session_note(session, "%s, before %s", size, former);
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
