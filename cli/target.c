/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/target.h"

#include "archive/dossier.h"
#include "text/name.h"

#include <string.h>

#define EVERY_TYPE ((1u << ONR_N_ENTITY_TYPES) - 1)
#define MAX_SHOWN 5 /* of several that are named so, or near ones */

/* An article's id may hold '#' itself, so that the whole is tried first. */
gboolean onr_target_find(OnrRecord *record, const char *id, OnrTarget *out, GError **error) {
  gint64 row = onr_record_find_article(record, id, NULL);
  guint64 number = 0;
  const char *mark = strrchr(id, '#');
  if (!row && mark && g_ascii_string_to_unsigned(mark + 1, 10, 1, G_MAXUINT32, &number, NULL)) {
    g_autofree char *article_id = g_strndup(id, (gsize)(mark - id));
    row = onr_record_find_article(record, article_id, NULL);
  }
  if (!row) {
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no article with the id '%s'", id);
    return FALSE;
  }
  *out = (OnrTarget){row, (guint)number};
  return TRUE;
}

gboolean onr_target_load_quote(OnrRecord *record, const char *id, OnrArticle *article, guint *quote,
                               GError **error) {
  OnrTarget target;
  if (!onr_target_find(record, id, &target, error) ||
      !onr_record_load_article(record, target.article_row, TRUE, article, error))
    return FALSE;
  *quote = onr_article_find_quote(article, target.number);
  if (*quote != G_MAXUINT)
    return TRUE;
  if (target.number)
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND, "no quote '%s': the article has %u", id,
                article->quotes->len);
  else
    g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND,
                "'%s' is a whole article; its quotes are '%s#1' and on: see `onrecord show %s`", id, id, id);
  return FALSE;
}

/* --- identities --- */

/* Of those in ROWS the one that has WORD for a full name, where only one has; else 0. */
static gint64 bearer_of_full_name(OnrRecord *record, const GArray *rows, const char *word) {
  gint64 found = 0;
  for (int type = 0; type < ONR_N_ENTITY_TYPES; type++) {
    g_autofree char *id = onr_name_id(onr_entity_type_name((OnrEntityType)type), word);
    gint64 row = onr_record_identity_of(record, id);
    gboolean is_listed = FALSE;
    for (guint i = 0; i < rows->len; i++)
      is_listed = is_listed || g_array_index(rows, gint64, i) == row;
    if (!is_listed || row == found)
      continue;
    if (found)
      return 0;
    found = row;
  }
  return found;
}

static gboolean fail_several(OnrRecord *record, const GArray *rows, const char *word, GError **error) {
  g_autoptr(GString) ids = g_string_new(NULL);
  for (guint i = 0; i < MIN(rows->len, MAX_SHOWN); i++) {
    g_auto(OnrIdentity) identity = {0};
    if (!onr_record_load_identity(record, g_array_index(rows, gint64, i), &identity, error))
      return FALSE;
    g_string_append_printf(ids, "%s%s", i ? ", " : "", identity.id);
  }
  g_set_error(error, ONR_ERROR, ONR_ERROR_USAGE, "'%s' may be %u: give an id: %s%s", word, rows->len,
              ids->str, rows->len > MAX_SHOWN ? ", …" : "");
  return FALSE;
}

static gboolean fail_unknown(OnrRecord *record, const char *word, GError **error) {
  g_autoptr(GArray) near = g_array_new(FALSE, TRUE, sizeof(OnrIdentity));
  g_array_set_clear_func(near, (GDestroyNotify)onr_identity_clear);
  if (!onr_record_nearest_identities(record, word, EVERY_TYPE, MAX_SHOWN, near, error))
    return FALSE;
  g_autoptr(GString) line = g_string_new(NULL);
  for (guint i = 0; i < near->len; i++)
    g_string_append_printf(line, "%s %s", i ? "," : "; nearest:", g_array_index(near, OnrIdentity, i).id);
  g_set_error(error, ONR_ERROR, ONR_ERROR_NOT_FOUND,
              "no identity '%s'%s; somebody new is listed with `onrecord authority import`", word, line->str);
  return FALSE;
}

gboolean onr_target_find_identity(OnrRecord *record, const char *word, OnrIdentity *out, GError **error) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  gint64 row = onr_record_identity_of(record, word);
  if (row)
    return onr_record_load_identity(record, row, out, error);
  if (onr_record_is_listed(record, word))
    return onr_record_load_listed(record, word, out, error);
  if (!onr_record_find_bearers(record, word, EVERY_TYPE, rows, error))
    return FALSE;
  if (!rows->len)
    return fail_unknown(record, word, error);
  row = rows->len == 1 ? g_array_index(rows, gint64, 0) : bearer_of_full_name(record, rows, word);
  return row ? onr_record_load_identity(record, row, out, error) : fail_several(record, rows, word, error);
}
