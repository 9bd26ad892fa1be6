/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/correcting.h"
#include "cli/target.h"

static gboolean check_options(const OnrOptions *o, GError **error) {
  if ((o->speaker != NULL) + o->is_no_speaker + o->is_not_a_quote == 1)
    return TRUE;
  g_set_error_literal(error, ONR_ERROR, ONR_ERROR_USAGE,
                      "correct: say what is wrong with one of --speaker WHO, --no-speaker, --not-a-quote");
  return FALSE;
}

/* What the quote is corrected to, and how that is said. */
static gboolean fill(OnrSession *session, OnrCorrection *correction, char **said, GError **error) {
  const OnrOptions *o = &session->options;
  g_auto(OnrIdentity) identity = {0};
  if (o->is_not_a_quote) {
    correction->kind = ONR_CORRECTION_NOT_A_QUOTE;
    *said = g_strdup("is no quote");
    return TRUE;
  }
  correction->kind = ONR_CORRECTION_SPEAKER;
  if (o->is_no_speaker) {
    *said = g_strdup("has no speaker that is named");
    return TRUE;
  }
  if (!onr_target_find_identity(onr_archive_record(session->archive), o->speaker, &identity, error))
    return FALSE;
  correction->identity = g_strdup(identity.id);
  correction->name_id = onr_correcting_name_id(&identity);
  correction->name = g_strdup(identity.name);
  *said = g_strdup_printf("is by %s (%s)", identity.name, identity.id);
  return TRUE;
}

static int run(OnrSession *session, GError **error) {
  const char *id = session->options.words->pdata[0];
  g_autoptr(OnrArticle) article = onr_article_new();
  g_autoptr(GArray) lines = g_array_new(FALSE, TRUE, sizeof(OnrCorrection));
  g_autofree char *what = NULL;
  guint quote;
  g_array_set_clear_func(lines, (GDestroyNotify)onr_correction_clear);
  if (!check_options(&session->options, error) ||
      !onr_target_load_quote(onr_archive_record(session->archive), id, article, &quote, error))
    return ONR_EXIT_FAILURE;
  g_array_set_size(lines, 1);
  OnrCorrection *correction = &g_array_index(lines, OnrCorrection, 0);
  onr_correction_set_quote(correction, article, quote);
  if (!fill(session, correction, &what, error))
    return ONR_EXIT_FAILURE;
  g_autofree char *said = g_strconcat(id, " ", what, NULL);
  return onr_correcting_add(session, lines, said, error) ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_CORRECT, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_CORRECT = {
    .name = "correct",
    .arguments = "QUOTE-ID",
    .min_words = 1,
    .max_words = 1,
    .summary = "say who really speaks, or that a quote is none",
    .about = "Corrects the quote with the id QUOTE-ID (ARTICLE#n: the last words of each hit). The "
             "correction is kept as a line of "
             "corrections.tsv in the archive and holds through `reindex` and when the article is read again: "
             "the quote is known by its "
             "words and place. `onrecord corrections` lists all of them and takes them back.",
    .examples = {{"correct 'kw-2024-0612#3' --speaker 'zoran ilmarik'",
                  "it was the president, not his country, who said so"},
                 {"correct 'kw-2024-0612#6' --no-speaker", "nobody that is named"},
                 {"correct 'kw-2024-0612#2' --not-a-quote", "what was signed, not what was said"}},
    .need = ONR_NEEDS_WRITE,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
