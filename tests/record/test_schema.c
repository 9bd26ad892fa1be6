/* SPDX-License-Identifier: GPL-2.0-or-later */
/* docs/schema.md against the tables there are: its SQL runs and gives what it says, and it names every table
 * and column. */
#include "fixture.h"

#include "archive/database.h"

#include <string.h>

ONR_SUITE(schema);

static char *read_doc(void) {
  char *doc = NULL;
  GError *error = NULL;
  require(g_file_get_contents(ONR_TEST_SCHEMA_DOC, &doc, NULL, &error), error);
  return doc;
}

/* Columns by '|', rows by line ends, as sqlite3 prints them. */
static char *run(sqlite3 *db, const char *sql) {
  GError *error = NULL;
  g_autoptr(OnrOwnStatement) s = onr_database_prepare(db, sql, &error);
  require(s != NULL, error);
  GString *out = g_string_new(NULL);
  OnrStep step;
  while ((step = onr_step(s, &error)) == ONR_STEP_ROW) {
    for (int i = 0; i < sqlite3_column_count(s); i++)
      g_string_append_printf(out, "%s%s", i ? "|" : "", onr_column_text(s, i) ? onr_column_text(s, i) : "");
    g_string_append_c(out, '\n');
  }
  require(step == ONR_STEP_DONE, error);
  return g_string_free(out, FALSE);
}

/* The text between "```KIND\n" and "```" from *AT on; NULL where there is none. */
static char *next_block(const char **at, const char *kind) {
  g_autofree char *opening = g_strdup_printf("```%s\n", kind);
  const char *begin = strstr(*at, opening);
  if (!begin)
    return NULL;
  begin += strlen(opening);
  const char *end = strstr(begin, "```");
  *at = end + 3;
  return g_strndup(begin, (gsize)(end - begin));
}

Test(schema, examples_of_the_document_run_and_give_what_it_says) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *doc = read_doc();
  guint n = 0;
  for (const char *at = doc;; n++) {
    g_autofree char *sql = next_block(&at, "sql");
    if (!sql)
      break;
    g_autofree char *expected = next_block(&at, "text");
    cr_assert_not_null(expected, "no result for %s", sql);
    g_autofree char *got = run(onr_record_database(record), sql);
    cr_expect_str_eq(got, expected, "%s\n%s", sql, got);
  }
  cr_expect_geq(n, 5);
  fixture_end(dir);
}

Test(schema, document_names_every_table_view_and_column) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *doc = read_doc();
  g_autofree char *names = run(onr_record_database(record),
                               "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
                               "WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite%'");
  g_auto(GStrv) lines = g_strsplit(names, "\n", -1);
  cr_expect_gt(g_strv_length(lines), 50);
  for (guint i = 0; lines[i] && *lines[i]; i++) {
    g_auto(GStrv) pair = g_strsplit(lines[i], "|", 2);
    g_autofree char *heading = g_strdup_printf("\n### %s\n", pair[0]),
                    *column = g_strdup_printf("`%s`", pair[1]);
    const char *section = strstr(doc, heading);
    cr_assert_not_null(section, "no heading for %s", pair[0]);
    const char *end = strstr(section + 1, "\n### ");
    const char *place = strstr(section, column);
    cr_expect_eq(place && (!end || place < end), TRUE, "%s.%s is not described", pair[0], pair[1]);
  }
  fixture_end(dir);
}

Test(schema, is_kept_with_its_comments) {
  char *dir = fixture_begin();
  g_autoptr(OnrRecord) record = sample_record(dir);
  g_autofree char *sql =
      run(onr_record_database(record), "SELECT sql FROM sqlite_schema WHERE name = 'quote'");
  cr_expect_not_null(strstr(sql, "-- 0 direct, 1 mixed, 2 indirect"), "%s", sql);
  fixture_end(dir);
}
