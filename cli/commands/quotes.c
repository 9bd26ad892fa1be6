/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ranked.h"

static int run(OnrSession *session, GError **error) {
  return onr_ranked_run(session, ONR_TABLE_QUOTES, error);
}

static const OnrOptionGroup *const GROUPS[] = {
    &ONR_GROUP_QUERY,       &ONR_GROUP_PAGE,   &ONR_GROUP_HITS,   &ONR_GROUP_CONTEXT,
    &ONR_GROUP_FORMAT_HITS, &ONR_GROUP_SHARDS, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_QUOTES = {
    .name = "quotes",
    .arguments = "QUERY",
    .max_words = G_MAXUINT,
    .takes_query = TRUE,
    .takes_shards = TRUE,
    .summary = "find quotes, best first",
    .about = "Finds what was said. The words of QUERY are looked for in the quote itself; speaker:, role:, "
             "mention:, kind: and the article's "
             "fields (date:, publisher:, title:) say more about it. A surname finds all who bear it, and any "
             "spelling of a name finds the others.",
    .examples = {{"quotes 'speaker:lavrov nato'", "all Lavrov quotes mentioning NATO, best first"},
                 {"quotes 'speaker:lavrov nato -ukraine'", "the same, but none that mentions Ukraine"},
                 {"quotes --speaker lavrov --from 2022 --context 1",
                  "all he said since 2022, with a sentence around each quote"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
