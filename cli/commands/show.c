/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"
#include "cli/target.h"

#define CONTEXT_DEFAULT 1

static gboolean write_quote(OnrSession *session, const OnrArticle *article, guint number, GError **error) {
  guint quote = onr_article_find_quote(article, number);
  if (quote == G_MAXUINT) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no quote '%s#%u': the article has %u", article->id,
                number, article->quotes->len);
    return FALSE;
  }
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_PASSAGE, FALSE, error);
  if (!writer)
    return FALSE;
  gint64 context = session->options.context < 0 ? CONTEXT_DEFAULT : session->options.context;
  onr_writer_put(writer, &(OnrQuoteRecord){.article = article, .quote = quote, .context = (guint)context});
  onr_writer_close(writer);
  return TRUE;
}

static gboolean write_article(OnrSession *session, const OnrArticle *article, GError **error) {
  OnrWriter *writer = onr_session_writer(session, ONR_RECORD_ARTICLE, FALSE, error);
  if (!writer)
    return FALSE;
  onr_writer_put(writer, article);
  onr_writer_close(writer);
  return TRUE;
}

static int run(OnrSession *session, GError **error) {
  OnrRecord *record = onr_archive_record(session->archive);
  OnrTarget target;
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!onr_target_find(record, session->options.words->pdata[0], &target, error) ||
      !onr_record_load_article(record, target.article_row, TRUE, article, error))
    return ONR_EXIT_FAILURE;
  gboolean is_written = target.number ? write_quote(session, article, target.number, error)
                                      : write_article(session, article, error);
  return is_written ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_PARAGRAPHS, &ONR_GROUP_FORMAT_OBJECT,
                                               &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_SHOW = {
    .name = "show",
    .arguments = "ID",
    .min_words = 1,
    .max_words = 1,
    .summary = "show one article, or one quote where it stands",
    .about = "Prints the article with the id ID, its quotes and speakers marked; or, for a quote's id "
             "(ARTICLE#n), the paragraphs around that "
             "quote. The last line of each hit ends in its id.",
    .examples = {{"show kw-2024-0612", "an article with all its quotes"},
                 {"show 'kw-2024-0612#2'", "its second quote, with a paragraph around it"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
