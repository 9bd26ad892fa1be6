/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/facets.h"

static int run(OnrSession *session, GError **error) {
  return onr_facets_run(session, ONR_FACET_ENTITY, (OnrTable)session->options.within, error);
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_QUERY,
                                               &ONR_GROUP_WITHIN,
                                               &ONR_GROUP_PAGE,
                                               &ONR_GROUP_FORMAT_ROWS,
                                               &ONR_GROUP_SHARDS,
                                               &ONR_GROUP_COMMON,
                                               NULL};

const OnrCommand ONR_COMMAND_ENTITIES = {
    .name = "entities",
    .arguments = "[QUERY]",
    .max_words = G_MAXUINT,
    .takes_query = TRUE,
    .takes_shards = TRUE,
    .summary = "count who and what is mentioned",
    .about = "Lists the people, organisations and places that are named in all articles, or in those that "
             "QUERY finds, the most often named "
             "first.",
    .examples = {{"entities", "who and what is named most"},
                 {"entities ferry", "in articles about the ferry"},
                 {"entities --in quotes speaker:lavrov", "what Lavrov speaks about"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
