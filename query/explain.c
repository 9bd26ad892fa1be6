/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --explain: each stage prints itself. */
#include "query/query_private.h"

static void append_left_out(const OnrQuery *query, GString *out) {
  if (!query->left_out->len)
    return;
  g_string_append(out, "left out: ");
  for (guint i = 0; i < query->left_out->len; i++)
    g_string_append_printf(out, "%s%s", i ? ", " : "", (char *)query->left_out->pdata[i]);
  g_string_append(out, " (stop words, under --any)\n");
}

/* Appends BLOCK's lines, indented. */
static void append_block(GString *out, const char *name, const char *block) {
  g_auto(GStrv) lines = g_strsplit(block, "\n", -1);
  g_string_append_printf(out, "%s:\n", name);
  for (guint i = 0; lines[i]; i++)
    if (*lines[i])
      g_string_append_printf(out, "  %s\n", lines[i]);
}

#define MAX_NAMES 20 /* of the identities that a plan asks for */

/* What the identities of PLAN are called: "person:ada-kolm = Ada Kolm"; nothing for one that no record has.
 */
static void append_names(const OnrQuery *query, const OnrPlan *plan, guint *n, GString *out) {
  for (guint i = 0; plan->identities && i < plan->identities->len && *n < MAX_NAMES; i++, ++*n) {
    const char *id = plan->identities->pdata[i];
    g_autofree char *name = onr_archive_identity_name(query->archive, id);
    if (name)
      g_string_append_printf(out, "%s = %s\n", id, name);
  }
  for (guint i = 0; plan->children && i < plan->children->len; i++)
    append_names(query, plan->children->pdata[i], n, out);
}

gboolean onr_query_explain(OnrQuery *query, GString *out, GError **error) {
  OnrArchive *archive = query->archive;
  g_autoptr(GString) plan = g_string_new(NULL), engine = g_string_new(NULL), names = g_string_new(NULL);
  guint n_names = 0;
  onr_plan_print(query->plan, plan);
  if (!onr_archive_engine_class(archive)->print(onr_archive_engine(archive), query->plan, query->table,
                                                engine, error))
    return FALSE;
  append_names(query, query->plan, &n_names, names);
  g_string_append(out, "query: ");
  onr_ast_write(query->ast, out);
  g_string_append(out, "\nast: ");
  onr_ast_print(query->ast, out);
  g_string_append_c(out, '\n');
  append_left_out(query, out);
  append_block(out, "plan", plan->str);
  if (names->len)
    append_block(out, "identities", names->str);
  append_block(out, "engine", engine->str);
  return TRUE;
}

static void score_clear(gpointer p) {
  g_free(((OnrTermScore *)p)->term);
}

gboolean onr_query_explain_row(OnrQuery *query, gint64 row, GString *out, GError **error) {
  OnrArchive *archive = query->archive;
  g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(OnrTermScore));
  g_array_set_clear_func(scores, score_clear);
  if (!onr_archive_engine_class(archive)->explain(onr_archive_engine(archive), query->plan, query->table, row,
                                                  scores, error))
    return FALSE;
  double sum = 0;
  for (guint i = 0; i < scores->len; i++)
    sum += g_array_index(scores, OnrTermScore, i).weight;
  if (scores->len)
    g_string_append_printf(out, "score %.6f, length %.0f =\n", sum,
                           g_array_index(scores, OnrTermScore, 0).length);
  else
    g_string_append(out, "score 0: no condition of the query scores\n");
  for (guint i = 0; i < scores->len; i++) {
    const OnrTermScore *score = &g_array_index(scores, OnrTermScore, i);
    g_string_append_printf(out, "  %.6f %s: %u × here, %u × in the query, in %" G_GUINT64_FORMAT " %s\n",
                           score->weight, score->term, score->wdf, score->wqf, score->doc_frequency,
                           query->table == ONR_TABLE_QUOTES ? "quotes" : "articles");
  }
  return TRUE;
}
