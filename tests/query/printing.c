/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "printing.h"

#include <string.h>

void onr_check_lines(const char *name, const OnrTestCase *c, const char *printed) {
  g_autofree char *trimmed = g_strchomp(g_strdup(printed));
  g_auto(GStrv) lines = g_strsplit(trimmed, "\n", -1);
  guint n = g_strv_length(lines);
  for (guint i = 0; i < MAX(n, c->expected->len); i++) {
    const char *is = i < n ? lines[i] : "(no line)";
    const char *should = i < c->expected->len ? c->expected->pdata[i] : "(no line)";
    cr_expect_str_eq(is, should, "%s:%u: %s\n  is:     %s\n  should: %s", name, c->line, c->input, is,
                     should);
  }
}

/* --- what is asked --- */

static void read_option(OnrAsked *asked, const char *word) {
  const struct {
    const char *name;
    const char **value;
  } values[] = {{"speaker=", &asked->options.speaker},
                {"mentioning=", &asked->options.mentioning},
                {"source=", &asked->options.source},
                {"from=", &asked->options.from},
                {"to=", &asked->options.to}};
  for (guint i = 0; i < G_N_ELEMENTS(values); i++)
    if (g_str_has_prefix(word, values[i].name))
      *values[i].value = g_strdelimit((char *)word, "_", ' ') + strlen(values[i].name);
  asked->options.any |= !strcmp(word, "any");
  asked->options.all_acts |= !strcmp(word, "all-acts");
  if (!strcmp(word, "by-date"))
    asked->sort = ONR_SORT_DATE;
  if (g_str_has_prefix(word, "context="))
    asked->context = (guint)g_ascii_strtoull(word + strlen("context="), NULL, 10);
}

void onr_asked_read(OnrAsked *asked, const char *input) {
  const char *colon = strstr(input, ":");
  cr_assert_not_null(colon, "no table in '%s'", input);
  g_autofree char *head = g_strndup(input, (gsize)(colon - input));
  *asked = (OnrAsked){.sort = ONR_SORT_RELEVANCE, .text = colon + 1 + (colon[1] == ' ' ? 1 : 0)};
  asked->words = g_strsplit(head, " ", -1);
  asked->table = !strcmp(asked->words[0], "quotes") ? ONR_TABLE_QUOTES : ONR_TABLE_ARTICLES;
  for (guint i = 1; asked->words[i]; i++)
    read_option(asked, asked->words[i]);
}

void onr_asked_clear(OnrAsked *asked) {
  g_clear_pointer(&asked->words, g_strfreev);
}

static OnrQuery *query_of(OnrFixture *fixture, const OnrAsked *asked, GString *out) {
  g_autoptr(GError) error = NULL;
  OnrQuery *query = onr_query_new(fixture->archive, asked->table, asked->text, &asked->options, &error);
  if (!query)
    g_string_append(out, error->message);
  return query;
}

/* --- plans --- */

char *onr_print_plan(OnrFixture *fixture, const char *input) {
  g_auto(OnrAsked) asked;
  onr_asked_read(&asked, input);
  GString *out = g_string_new(NULL);
  g_autoptr(OnrQuery) query = query_of(fixture, &asked, out);
  if (query)
    onr_plan_print(onr_query_plan(query), out);
  return g_string_free(out, FALSE);
}

/* --- hits --- */

static int compare_ids(gconstpointer a, gconstpointer b) {
  const OnrRow *x = *(OnrRow *const *)a, *y = *(OnrRow *const *)b;
  return strcmp(x->id, y->id);
}

/* Ranking is the engine's business: what is not sorted by date comes by id. */
static OnrResults *results_of(OnrQuery *query, const OnrAsked *asked, gboolean with_rows, GString *out) {
  const OnrRunSpec spec = {.sort = asked->sort, .context = asked->context, .with_rows = with_rows};
  g_autoptr(GError) error = NULL;
  OnrResults *results = onr_query_run(query, &spec, &error);
  if (!results)
    g_string_append(out, error->message);
  else if (asked->sort == ONR_SORT_RELEVANCE)
    g_ptr_array_sort(results->rows, compare_ids);
  return results;
}

char *onr_print_hits(OnrFixture *fixture, const char *input) {
  g_auto(OnrAsked) asked;
  onr_asked_read(&asked, input);
  GString *out = g_string_new(NULL);
  g_autoptr(OnrQuery) query = query_of(fixture, &asked, out);
  g_autoptr(OnrResults) results = query ? results_of(query, &asked, FALSE, out) : NULL;
  if (!results)
    return g_string_free(out, FALSE);
  for (guint i = 0; i < results->rows->len; i++)
    g_string_append_printf(out, "%s%s", i ? " " : "", ((OnrRow *)results->rows->pdata[i])->id);
  if (!results->rows->len)
    g_string_append(out, "(none)");
  g_string_append_printf(out, "\n%u of %u in %u of %u", (guint)results->n_matches,
                         (guint)results->n_items_total, (guint)results->n_articles,
                         (guint)results->n_articles_total);
  if (results->n_undated)
    g_string_append_printf(out, ", %u undated", (guint)results->n_undated);
  return g_string_free(out, FALSE);
}

/* --- snippets --- */

static void append_marked(GString *out, const char *text, const GArray *matches) {
  guint32 at = 0;
  for (guint i = 0; i < matches->len; i++) {
    OnrSpan match = g_array_index(matches, OnrSpan, i);
    g_string_append_len(out, text + at, match.begin - at);
    g_string_append_printf(out, "[%.*s]", (int)onr_span_length(match), text + match.begin);
    at = match.end;
  }
  g_string_append(out, text + at);
}

static void append_row(const OnrRow *row, GString *out) {
  g_string_append_printf(out, "%s %u: ", row->id, row->paragraph);
  if (row->title_matches && row->title_matches->len) {
    append_marked(out, row->article->title, row->title_matches);
    g_string_append(out, " / ");
  }
  if (row->before)
    g_string_append_printf(out, "<%s> ", row->before);
  g_string_append(out, row->snippet.starts_inside ? "… " : "");
  append_marked(out, row->snippet.text, row->snippet.matches);
  g_string_append(out, row->snippet.ends_inside ? " …" : "");
  if (row->after)
    g_string_append_printf(out, " <%s>", row->after);
  g_string_append_c(out, '\n');
}

char *onr_print_snippets(OnrFixture *fixture, const char *input) {
  g_auto(OnrAsked) asked;
  onr_asked_read(&asked, input);
  GString *out = g_string_new(NULL);
  g_autoptr(OnrQuery) query = query_of(fixture, &asked, out);
  g_autoptr(OnrResults) results = query ? results_of(query, &asked, TRUE, out) : NULL;
  for (guint i = 0; results && i < results->rows->len; i++)
    append_row(results->rows->pdata[i], out);
  return g_string_free(out, FALSE);
}

/* --- suggestions and explanations --- */

char *onr_print_suggestions(OnrFixture *fixture, const char *input) {
  g_auto(OnrAsked) asked;
  onr_asked_read(&asked, input);
  GString *out = g_string_new(NULL);
  g_autoptr(OnrQuery) query = query_of(fixture, &asked, out);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) lines = query ? onr_query_suggest(query, &error) : NULL;
  if (error)
    g_string_append(out, error->message);
  for (guint i = 0; lines && i < lines->len; i++)
    g_string_append_printf(out, "%s\n", (char *)lines->pdata[i]);
  return g_string_free(out, FALSE);
}

/* What the engine says in its own words is not compared, and neither are the figures of its formula. */
static char *without_engine(const char *explanation) {
  g_autoptr(GRegex) engine = g_regex_new("^  (fts5|xapian) .*\\n", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GRegex) figures = g_regex_new("[0-9]+\\.[0-9]{6}", 0, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal(engine, explanation, -1, 0, "", 0, NULL);
  return g_regex_replace_literal(figures, rest, -1, 0, "#", 0, NULL);
}

char *onr_print_explanation(OnrFixture *fixture, const char *input) {
  g_auto(OnrAsked) asked;
  onr_asked_read(&asked, input);
  GString *out = g_string_new(NULL);
  g_autoptr(OnrQuery) query = query_of(fixture, &asked, out);
  g_autoptr(OnrResults) results = query ? results_of(query, &asked, FALSE, out) : NULL;
  g_autoptr(GError) error = NULL;
  if (!results)
    return g_string_free(out, FALSE);
  gboolean ok = onr_query_explain(query, out, &error);
  for (guint i = 0; ok && i < results->rows->len; i++) {
    const OnrRow *row = results->rows->pdata[i];
    g_string_append_printf(out, "%s: ", row->id);
    ok = onr_query_explain_row(query, row->row, out, &error);
  }
  g_string_append(out, ok ? "" : error->message);
  char *printed = without_engine(out->str);
  g_string_free(out, TRUE);
  return printed;
}
