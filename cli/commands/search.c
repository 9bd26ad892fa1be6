/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/ranked.h"

static int run(OnrSession *session, GError **error) {
  return onr_ranked_run(session, ONR_TABLE_ARTICLES, error);
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_QUERY,
                                               &ONR_GROUP_PAGE,
                                               &ONR_GROUP_HITS,
                                               &ONR_GROUP_FORMAT_HITS,
                                               &ONR_GROUP_SHARDS,
                                               &ONR_GROUP_COMMON,
                                               NULL};

const OnrCommand ONR_COMMAND_SEARCH = {
    .name = "search",
    .arguments = "QUERY",
    .max_words = G_MAXUINT,
    .takes_query = TRUE,
    .takes_shards = TRUE,
    .summary = "find articles, best first",
    .about = "Finds the articles that hold all words of QUERY, in title or text, in any of their forms. "
             "\"Words in quotation marks\" are "
             "found as written and next to each other; -word leaves out; title:, byline:, publisher:, "
             "section:, mention:, speaker: and date: "
             "look in one field.",
    .examples = {{"search 'harbour budget'", "articles about the harbour's budget"},
                 {"search '\"foreign minister\" date:2022'", "a phrase, in articles of one year"},
                 {"search --mentioning Ukraine --sort date --format csv",
                  "a table for a spreadsheet, oldest first"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
