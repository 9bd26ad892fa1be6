/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/command.h"

#include <string.h>

static const char *const WHAT[] = {"articles", "quotes", "entities", NULL};
static const OnrRecordKind KINDS[] = {ONR_RECORD_EXPORTED_ARTICLE, ONR_RECORD_EXPORTED_QUOTE,
                                      ONR_RECORD_EXPORTED_ENTITY};

typedef struct {
  OnrSession *session;
  OnrWriter *writer;
} Export;

static void write_article(Export *x, const OnrArticle *article) {
  if (x->writer->kind == ONR_RECORD_EXPORTED_ARTICLE) {
    onr_writer_put(x->writer, article);
    return;
  }
  for (guint i = 0; i < article->quotes->len; i++)
    onr_writer_put(x->writer, &(OnrQuoteRecord){.article = article, .quote = i});
}

static gboolean export_articles(Export *x, GError **error) {
  OnrRecord *record = onr_archive_record(x->session->archive);
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(OnrArticle) article = onr_article_new();
  if (!onr_record_article_rows_by_id(record, rows, error))
    return FALSE;
  for (guint i = 0; i < rows->len && !onr_output_is_done(&x->session->out); i++) {
    if (!onr_record_load_article(record, g_array_index(rows, gint64, i), TRUE, article, error))
      return FALSE;
    write_article(x, article);
  }
  return TRUE;
}

static gboolean write_entity(const OnrIdentity *identity, const GPtrArray *aliases, const GPtrArray *roles,
                             gpointer data) {
  Export *x = data;
  onr_writer_put(x->writer, &(OnrIdentityRecord){identity, aliases, roles});
  return !onr_output_is_done(&x->session->out);
}

static int run(OnrSession *session, GError **error) {
  const char *word = session->options.words->pdata[0];
  guint what = 0;
  while (WHAT[what] && strcmp(WHAT[what], word) != 0)
    what++;
  if (!WHAT[what]) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "export: '%s' is not articles, quotes or entities", word);
    return ONR_EXIT_FAILURE;
  }
  Export x = {session, onr_session_writer(session, KINDS[what], FALSE, error)};
  if (!x.writer)
    return ONR_EXIT_FAILURE;
  gboolean is_written =
      KINDS[what] == ONR_RECORD_EXPORTED_ENTITY
          ? onr_record_each_identity(onr_archive_record(session->archive), write_entity, &x, error)
          : export_articles(&x, error);
  onr_writer_close(x.writer);
  return is_written ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_FORMAT_EXPORT, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_EXPORT = {
    .name = "export",
    .arguments = "articles|quotes|entities",
    .min_words = 1,
    .max_words = 1,
    .word_choices = WHAT,
    .summary = "write out everything that is stored",
    .about = "Writes all articles, quotes or entities, ordered by id: one JSON object a line, or a table. "
             "The same articles give the same bytes.",
    .examples = {{"export quotes > quotes.jsonl", "every quote with its speaker and article"},
                 {"export entities --format csv", "people, organisations and places with their aliases"}},
    .need = ONR_NEEDS_READ,
    .format = ONR_FORMAT_JSONL,
    .groups = GROUPS,
    .run = run,
};
