/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/correcting.h"
#include "cli/target.h"

#include "archive/dossier.h"
#include "text/name.h"

#include <string.h>

typedef struct {
  OnrSession *session;
  OnrRecord *record;
  OnrDossier dossier; /* of the identity that is split */
  GArray *lines;      /* OnrCorrection */
} Split;

static OnrCorrection *add_line(Split *split, OnrCorrectionKind kind) {
  g_array_set_size(split->lines, split->lines->len + 1);
  OnrCorrection *line = &g_array_index(split->lines, OnrCorrection, split->lines->len - 1);
  line->kind = kind;
  return line;
}

/* --- names --- */

/* The name of the identity that WORD is, by id or as written; NULL where none is. */
static const OnrDossierName *find_name(const Split *split, const char *word) {
  const OnrIdentity *identity = &split->dossier.identity;
  g_autofree char *id = onr_name_id(onr_entity_type_name(identity->type), word);
  for (guint i = 0; i < split->dossier.names->len; i++) {
    const OnrDossierName *name = &g_array_index(split->dossier.names, OnrDossierName, i);
    if (!strcmp(name->id, word) || !strcmp(name->id, id))
      return name;
  }
  return NULL;
}

static gboolean fail_name(const Split *split, const char *word, GError **error) {
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint i = 0; i < split->dossier.names->len; i++)
    g_string_append_printf(names, "%s%s", i ? ", " : "",
                           g_array_index(split->dossier.names, OnrDossierName, i).id);
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "'%s' is no name of %s; its names: %s", word,
              split->dossier.identity.id, names->str);
  return FALSE;
}

static gboolean split_names(Split *split, GString *said, GError **error) {
  const OnrOptions *o = &split->session->options;
  OnrCorrection *line = add_line(split, ONR_CORRECTION_SPLIT);
  line->ids = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(line->ids, g_strdup(split->dossier.identity.id));
  for (guint i = 1; i < o->n_words; i++) {
    const OnrDossierName *name = find_name(split, o->words->pdata[i]);
    if (!name)
      return fail_name(split, o->words->pdata[i], error);
    if (!strcmp(name->id, split->dossier.identity.id)) {
      g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE,
                  "'%s' stands for the identity: name those that are to leave it", name->id);
      return FALSE;
    }
    g_ptr_array_add(line->ids, g_strdup(name->id));
    g_string_append_printf(said, "%s%s", i > 1 ? ", " : "", name->name);
  }
  g_string_append_printf(said, " %s not %s", o->n_words > 2 ? "are" : "is", split->dossier.identity.id);
  return TRUE;
}

/* --- articles --- */

/* The id of whose the name is there. */
static char *new_bearer(const Split *split, GError **error) {
  const GPtrArray *articles = split->session->options.inside;
  g_autofree char *name = onr_correcting_name_id(&split->dossier.identity);
  if (split->session->options.to_identity) {
    g_auto(OnrIdentity) to = {0};
    return onr_target_find_identity(split->record, split->session->options.to_identity, &to, error)
               ? g_strdup(to.id)
               : NULL;
  }
  return onr_correction_new_bearer(name, (const char *const *)articles->pdata);
}

/* The names by which article ID speaks of the identity. */
static gboolean split_article(Split *split, const char *id, const char *bearer, GError **error) {
  g_autoptr(OnrArticle) article = onr_article_new();
  gint64 row = onr_record_find_article(split->record, id, NULL);
  guint n_before = split->lines->len;
  if (!row) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no article with the id '%s'", id);
    return FALSE;
  }
  if (!onr_record_load_article(split->record, row, TRUE, article, error))
    return FALSE;
  for (guint i = 0; i < article->entities->len; i++) {
    const OnrEntityRow *entity = &g_array_index(article->entities, OnrEntityRow, i);
    if (strcmp(onr_entity_shown_id(entity), split->dossier.identity.id) != 0)
      continue;
    OnrCorrection *line = add_line(split, ONR_CORRECTION_BEARER);
    line->article = g_strdup(id);
    line->name_id = g_strdup(entity->id);
    line->identity = g_strdup(bearer);
  }
  if (split->lines->len > n_before)
    return TRUE;
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "article '%s' does not name %s", id,
              split->dossier.identity.id);
  return FALSE;
}

static gboolean split_articles(Split *split, GString *said, GError **error) {
  const GPtrArray *articles = split->session->options.inside;
  g_autofree char *bearer = new_bearer(split, error);
  if (!bearer)
    return FALSE;
  for (guint i = 0; i < articles->len - 1; i++)
    if (!split_article(split, articles->pdata[i], bearer, error))
      return FALSE;
  g_string_printf(said, "%s is %s in %u %s", split->dossier.identity.name, bearer, articles->len - 1,
                  articles->len == 2 ? "article" : "articles");
  return TRUE;
}

/* --- both --- */

static gboolean check_options(const OnrOptions *o, GError **error) {
  gboolean has_articles = o->inside->len > 1, has_names = o->n_words > 1;
  if (has_articles != has_names && !(o->to_identity && !has_articles))
    return TRUE;
  g_set_error_literal(
      error, ONR_ERROR, ONR_ERROR_USAGE,
      "split: give the names that leave the identity, or --in ARTICLE for each article in which its "
      "name is another's (and --to ID where that one is known)");
  return FALSE;
}

static gboolean split_identity(Split *split, GString *said, GError **error) {
  const OnrOptions *o = &split->session->options;
  g_auto(OnrIdentity) identity = {0};
  if (!check_options(o, error) ||
      !onr_target_find_identity(split->record, o->words->pdata[0], &identity, error))
    return FALSE;
  if (!identity.row) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no article names %s", identity.id);
    return FALSE;
  }
  return onr_record_load_dossier(split->record, identity.row, &split->dossier, error) &&
         (o->n_words > 1 ? split_names(split, said, error) : split_articles(split, said, error));
}

static int run(OnrSession *session, GError **error) {
  Split split = {.session = session,
                 .record = onr_archive_record(session->archive),
                 .lines = g_array_new(FALSE, TRUE, sizeof(OnrCorrection))};
  g_autoptr(GString) said = g_string_new(NULL);
  g_array_set_clear_func(split.lines, (GDestroyNotify)onr_correction_clear);
  gboolean is_done =
      split_identity(&split, said, error) && onr_correcting_add(session, split.lines, said->str, error);
  onr_dossier_clear(&split.dossier);
  g_array_unref(split.lines);
  return is_done ? ONR_EXIT_DONE : ONR_EXIT_FAILURE;
}

static const OnrOptionGroup *const GROUPS[] = {&ONR_GROUP_SPLIT, &ONR_GROUP_COMMON, NULL};

const OnrCommand ONR_COMMAND_SPLIT = {
    .name = "split",
    .arguments = "ID [NAME…]",
    .min_words = 1,
    .max_words = G_MAXUINT,
    .summary = "say that an identity is two",
    .about = "Takes NAMEs out of the identity ID: they are another's, the first of them stands for it. Or, "
             "with --in, says that in "
             "some articles the identity's own name is another's. `onrecord who --explain ID` shows the "
             "names. The correction is "
             "kept as `correct` keeps it.",
    .examples = {{"split person:marit-quellen 'Petra Hallorsen'", "Petra is not Marit"},
                 {"split person:edda-marrowby --in kw-2023-1121", "another Edda Marrowby in this article"}},
    .need = ONR_NEEDS_WRITE,
    .format = ONR_FORMAT_TEXT,
    .groups = GROUPS,
    .run = run,
};
