/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/text_parts.h"

static int run(OnrSession *session, GError **error) {
  guint64 n_removed = 0;
  for (guint i = 0; i < session->options.n_words; i++) {
    guint64 n = 0;
    if (!onr_forget(session->archive, session->options.words->pdata[i], &n, error))
      return ONR_EXIT_FAILURE;
    n_removed += n;
  }
  g_autofree char *count = onr_counted(n_removed, "article", "articles");
  onr_session_note(session, "%s removed", count);
  return ONR_EXIT_DONE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_FORGET = {
    .name = "forget",
    .arguments = "PATH|ID…",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .word = ONR_WORD_FILE,
    .summary = "remove articles from the archive",
    .about = "Removes the articles that came from PATH (a file, or all files below a folder) or the one "
             "article with the id ID. The files themselves "
             "are not touched; the next index run reads them again where they still are.",
    .examples = {{"forget ~/news/bote", "what was read below one folder"},
                 {"forget kw-2024-0612", "one article"}},
    .need = ONR_NEEDS_WRITE,
    .groups = GROUPS,
    .run = run,
};
