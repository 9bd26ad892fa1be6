/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facets.h"

static int run(OnrSession *session, GError **error) {
  return onr_facets_run(session, ONR_FACET_SPEAKER, ONR_TABLE_QUOTES, error);
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_QUERY,  &ONR_GROUP_PAGE,   &ONR_GROUP_FORMAT_ROWS,
                                               &ONR_GROUP_SHARDS, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_SPEAKERS = {
    .name = "speakers",
    .arguments = "[QUERY]",
    .max_words = G_MAXUINT,
    .takes_query = TRUE,
    .takes_shards = TRUE,
    .summary = "count who is quoted, and how often",
    .about = "Lists the speakers of all quotes, or of those that QUERY finds, the most quoted first.",
    .examples = {{"speakers", "who is quoted most"},
                 {"speakers nato", "who speaks about NATO"},
                 {"speakers -n 0 --format csv", "all of them, for a spreadsheet"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
