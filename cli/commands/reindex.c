/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/indexing.h"

static int run(OnrSession *session, GError **error) {
  const OnrOptions *o = &session->options;
  OnrIndexing indexing;
  onr_indexing_begin(&indexing, session, TRUE);
  const OnrIndexOptions options = {.n_jobs = o->jobs, .progress = onr_indexing_progress, .data = &indexing};
  gboolean is_done = onr_reindex(session->archive, o->engine, o->language, &options, &indexing.report, error);
  return onr_indexing_end(&indexing, is_done, error);
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_MADE_WITH, &ONR_GROUP_JOBS,
                                               &ONR_GROUP_FORMAT_OBJECT, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_REINDEX = {
    .name = "reindex",
    .arguments = "",
    .summary = "make quotes and index anew from the stored articles",
    .about = "Finds quotes and names again in every stored article and builds the index anew, after an "
             "update of onrecord asks for it, or for another "
             "language or engine. The articles' files are not needed. A run cut short changes nothing.",
    .examples = {{"reindex", "after an update"},
                 {"reindex --engine xapian", "an archive that has grown large"},
                 {"reindex --language none", "search words as they are, without stems"}},
    .need = ONR_NEEDS_REINDEX,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
