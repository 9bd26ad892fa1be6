/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is printed more than once: found the same whatever the order of articles, the number of runs and of
   workers, and after articles have gone. */
#include "archive/groups.h"
#include "inputs.h"

#include "support/support.h"

#include <glib/gstdio.h>
#include <string.h>

ONR_SUITE(duplicates);

#define FERRY                                                                                                \
  "The ferry to Sandhythe will not sail until the wall of the quay is mended, the harbour master said. "     \
  "A trawler had struck it in the fog on Monday, and the crane fell into the basin. Nobody was hurt, but "   \
  "three boats were crushed and their owners ask who will pay for them. \\u201cWe shall look at the wall "   \
  "when the tide is out, and not an hour before,\\u201d Ada Quill said. \\u201cNo,\\u201d Ada Quill said. "
#define MORE                                                                                                 \
  "Fishermen complained that they had not been told, and sold their herring from carts beside the road. "    \
  "The old pier is too short for the ferry, and the new one has been a drawing for eleven years."
/* Ids, days, papers, texts. The ferry's story comes in four wordings; the council's is one form, filled in
   twice; a speaker says the same in a story of another kind. */
static const char *const articles[][4] = {
    {"b-herald", "2024-06-02", "Herald", FERRY},
    {"c-wire", "2024-06-02", "Wire", FERRY MORE},
    {"a-courier", "2024-06-03", "Courier", "SANDHYTHE (Reuters) - " FERRY MORE},
    {"d-mirror", "2024-06-04", "Mirror", FERRY MORE " \\u00a9 Mirror"},
    {"e-brask", "2024-06-05", "Courier",
     "The council of Brask met on 4 June in the old school, since the hall is still without a roof. On the "
     "table were the price of water, the new bus to the coast and a bridge for carts over the river. Whoever "
     "wanted to speak had to say so before noon and spoke for a few minutes only, but nobody went home "
     "early."},
    {"f-brask", "2024-06-12", "Courier",
     "The council of Brask met on 11 June in the old school, since the hall is still without a roof. On the "
     "table were the price of water, the new bus to the coast and a bridge for carts over the river. Whoever "
     "wanted to speak had to say so before noon and spoke for a few minutes only, but nobody went home "
     "early."},
    {"g-look", "2024-06-20", "Herald",
     "Ada Quill keeps her word in Sandhythe. \\u201cWe will look at the wall when the tide is out, and not "
     "an "
     "hour before,\\u201d Quill said weeks ago, and so she did. \\u201cNo,\\u201d Ada Quill said to a boy."},
    {"h-alone", "2024-06-02", "Wire", "Herring is dear in Marenport since the boats stay in the harbour."},
};
#define N_ARTICLES G_N_ELEMENTS(articles)

static void put(OnrTestArchive *t, guint i) {
  g_autofree char *name = g_strdup_printf("%s.jsonl", articles[i][0]);
  g_autofree char *line = g_strdup_printf("{\"id\": \"%s\", \"date\": \"%s\", \"source\": \"%s\", \"title\": "
                                          "\"Headline %u\", \"body\": \"%s\"}\n",
                                          articles[i][0], articles[i][1], articles[i][2], i, articles[i][3]);
  g_free(onr_test_write(t->input, name, line, -1));
}

static void drop(OnrTestArchive *t, guint i) {
  g_autofree char *name = g_strdup_printf("%s.jsonl", articles[i][0]);
  g_autofree char *path = g_build_filename(t->input, name, NULL);
  g_unlink(path);
}

/* The group of ROW as a line, the first publication first, where it was not printed yet. */
static void print_group(OnrTestArchive *t, OnrTable table, gint64 row, GHashTable *keys, GString *out) {
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func(onr_copy_free);
  gint64 key;
  guint64 n;
  cr_assert_eq(onr_archive_group_key(t->archive, table, row, &key, NULL), TRUE);
  cr_assert_eq(onr_archive_copies(t->archive, table, row, copies, &n, NULL), TRUE);
  cr_expect_eq(n, copies->len);
  if (!copies->len || !g_hash_table_add(keys, g_memdup2(&key, sizeof key)))
    return;
  for (guint k = 0; k < copies->len; k++)
    g_string_append_printf(out, "%s ", ((OnrCopy *)copies->pdata[k])->id);
  g_string_append_c(out, '\n');
}

static void print_statements(OnrTestArchive *t, gint64 article, GHashTable *keys, GString *out) {
  OnrRecord *record = onr_archive_record(t->archive);
  gint64 owner;
  guint number;
  for (gint64 quote = onr_record_first_quote(record, article);
       onr_record_locate_quote(record, quote, &owner, &number) && owner == article; quote++)
    print_group(t, ONR_TABLE_QUOTES, quote, keys, out);
}

static void print_groups(OnrTestArchive *t, OnrTable table, GString *out) {
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  cr_assert_eq(onr_record_article_rows_by_id(onr_archive_record(t->archive), rows, NULL), TRUE);
  for (guint i = 0; i < rows->len; i++)
    if (table == ONR_TABLE_ARTICLES)
      print_group(t, table, g_array_index(rows, gint64, i), keys, out);
    else
      print_statements(t, g_array_index(rows, gint64, i), keys, out);
}

static char *groups(OnrTestArchive *t) {
  GString *out = g_string_new(NULL);
  print_groups(t, ONR_TABLE_ARTICLES, out);
  print_groups(t, ONR_TABLE_QUOTES, out);
  return g_string_free(out, FALSE);
}

/* Of a fresh archive with articles FIRST and on. */
static char *in_one_run(guint first, guint n_jobs) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  OnrIndexOptions options = {.n_jobs = n_jobs};
  for (guint i = first; i < N_ARTICLES; i++)
    put(t, i);
  onr_test_index(t, &options);
  onr_test_check(t);
  return groups(t);
}

static void expect_groups(OnrTestArchive *t, const char *wanted) {
  g_autofree char *got = groups(t);
  cr_expect_str_eq(got, wanted, "%s\nwanted:\n%s", got, wanted);
}

static void expect_line(const char *all, const char *line) {
  cr_expect_not_null(strstr(all, line), "no '%s' in:\n%s", line, all);
}

/* Of one day the id decides. A short quote is one statement within a group only, a long one wherever its
 * speaker says it. */
Test(duplicates, are_found) {
  g_autofree char *one = in_one_run(0, 1), *four = in_one_run(0, 4);
  cr_expect_str_eq(one, four);
  cr_expect_eq(g_str_has_prefix(one, "b-herald c-wire a-courier d-mirror \nb-herald#1 "), TRUE, "%s", one);
  expect_line(one, "\nb-herald#3 c-wire#3 a-courier#3 d-mirror#3 g-look#1 \n"); /* the tide */
  expect_line(one, "\nb-herald#4 c-wire#4 a-courier#4 d-mirror#4 \n");          /* "No" */
  cr_expect_null(strstr(one, "brask"));
  cr_expect_null(strstr(one, "h-alone"));
}

Test(duplicates, do_not_depend_on_order_and_runs) {
  g_autofree char *wanted = in_one_run(0, 2);
  for (guint step = 1; step < N_ARTICLES; step += 2) {
    g_autoptr(OnrTestArchive) t = onr_test_archive_new();
    for (guint i = 0; i < N_ARTICLES; i++) {
      put(t, (i + 1) * step % N_ARTICLES);
      if (i % step == 0)
        onr_test_index(t, NULL);
    }
    onr_test_index(t, NULL);
    onr_test_check(t);
    expect_groups(t, wanted);
  }
}

/* Each that goes leaves what there would be had it never come; the first two that go are first publications.
 */
Test(duplicates, are_told_again_when_articles_go_and_come) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autofree char *all = in_one_run(0, 2);
  for (guint i = 0; i < N_ARTICLES; i++)
    put(t, i);
  onr_test_index(t, NULL);
  for (guint i = 0; i < 4; i++) {
    g_autofree char *wanted = in_one_run(i + 1, 2);
    drop(t, i);
    onr_test_index(t, NULL);
    onr_test_check(t);
    expect_groups(t, wanted);
  }
  for (guint i = 4; i-- > 0;)
    put(t, i);
  onr_test_index(t, NULL);
  expect_groups(t, all);
}

Test(duplicates, are_the_same_after_reindex) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  OnrIndexOptions options = {.n_jobs = 2};
  OnrIndexProgress report;
  for (guint i = 0; i < N_ARTICLES; i++)
    put(t, i);
  onr_test_index(t, NULL);
  g_autofree char *wanted = groups(t), *dir = g_build_filename(t->dir, ONR_ARCHIVE_FOLDER, NULL);
  onr_archive_close(t->archive);
  t->archive = onr_archive_open(dir, ONR_OPEN_REINDEX, NULL);
  cr_assert_not_null(t->archive);
  cr_assert_eq(onr_reindex(t->archive, NULL, NULL, &options, &report, NULL), TRUE);
  expect_groups(t, wanted);
}

/* A run that was cut short before it came to grouping leaves that to the next, and what is there meanwhile is
 * whole. */
Test(duplicates, of_a_run_cut_short_are_found_by_the_next) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autofree char *wanted = in_one_run(1, 2);
  for (guint i = 0; i < N_ARTICLES; i++)
    put(t, i);
  onr_test_index(t, NULL);
  gint64 first = onr_record_find_article(onr_archive_record(t->archive), articles[0][0], NULL);
  cr_assert_eq(onr_archive_begin(t->archive, NULL), TRUE);
  cr_assert_eq(onr_archive_remove(t->archive, first, NULL), TRUE);
  cr_assert_eq(onr_archive_commit(t->archive, NULL), TRUE);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(g_free);
  cr_assert_eq(onr_archive_check(t->archive, findings, NULL), TRUE);
  cr_expect_eq(findings->len, 0, "%s", findings->len ? (char *)findings->pdata[0] : "");
  cr_assert_eq(onr_resolve_identities(t->archive, NULL), TRUE);
  expect_groups(t, wanted);
}

/* Two reports of other scores never come into one group, also not through a reprint that is cut before the
   score: that goes with the nearer one. */
Test(duplicates, that_are_similar_stay_apart) {
  static const char story[] =
      "The keeper of Marenport held two penalties before eleven thousand in the old ground by the canal, and "
      "the crowd sang until the lamps went out. The visitors had the better chances until the break, but "
      "their captain hit the post, and in the end the stands were empty well before the whistle. ";
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autofree char *lines = g_strdup_printf(
      "{\"id\": \"one\", \"date\": \"2024-06-01\", \"title\": \"Match\", \"body\": \"%sIt ended 3 to 1.\"}\n"
      "{\"id\": \"two\", \"date\": \"2024-06-09\", \"title\": \"Match\", \"body\": \"%sIt ended 2 to 1.\"}\n"
      "{\"id\": \"cut\", \"date\": \"2024-06-08\", \"title\": \"Sport\", \"body\": \"%s\"}\n",
      story, story, story);
  g_free(onr_test_write(t->input, "matches.jsonl", lines, -1));
  onr_test_index(t, NULL);
  onr_test_check(t);
  expect_groups(t, "cut two \n");
}

Test(duplicates, are_counted_once) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gint64));
  guint64 n;
  gboolean has_groups;
  cr_assert_eq(onr_archive_has_groups(t->archive, ONR_TABLE_ARTICLES, &has_groups, NULL), TRUE);
  cr_expect_eq(has_groups, FALSE);
  for (guint i = 0; i < N_ARTICLES; i++)
    put(t, i);
  onr_test_index(t, NULL);
  cr_assert_eq(onr_record_article_rows(onr_archive_record(t->archive), NULL, rows, NULL), TRUE);
  cr_assert_eq(onr_archive_count_distinct(t->archive, ONR_TABLE_ARTICLES, rows, &n, NULL), TRUE);
  cr_expect_eq(n, 5);
  cr_assert_eq(onr_archive_has_groups(t->archive, ONR_TABLE_QUOTES, &has_groups, NULL), TRUE);
  cr_expect_eq(has_groups, TRUE);
  g_array_set_size(rows, 0);
  cr_assert_eq(onr_archive_count_distinct(t->archive, ONR_TABLE_QUOTES, rows, &n, NULL), TRUE);
  cr_expect_eq(n, 0);
}
