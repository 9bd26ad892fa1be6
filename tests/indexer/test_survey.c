/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run would find, without running; and runs that stop at the first fault. */
#include "indexer/survey.h"
#include "inputs.h"

#include "packed.h"
#include "support/support.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

ONR_SUITE(survey);

static void put(OnrTestArchive *t, const char *name, const char *content) {
  g_autofree char *path = onr_test_write(t->input, name, content, -1);
  struct utimbuf old = {1000000000, 1000000000};
  cr_assert_eq(utime(path, &old), 0);
}

static void drop(OnrTestArchive *t, const char *name) {
  g_autofree char *path = g_build_filename(t->input, name, NULL);
  cr_assert_eq(g_remove(path), 0);
}

typedef struct {
  OnrTestArchive *t;
  GString *out;
  guint n_left; /* files after which it is stopped */
} Told;

static gboolean tell(const OnrSurveyFile *f, gpointer data) {
  Told *told = data;
  const char *name = f->path + strlen(told->t->input) + 1;
  const char *state = onr_survey_state_name(f->state);
  g_string_append_printf(told->out,
                         "%s %s %s: items %u articles %u skipped %u duplicates %u kills %u, no title %u date "
                         "%u text %u; %s %s\n",
                         name, f->format ? f->format : "-", state ? state : "-", (guint)f->n_items,
                         (guint)f->n_articles, (guint)f->n_skipped, (guint)f->n_duplicates, (guint)f->n_kills,
                         (guint)f->n_untitled, (guint)f->n_undated, (guint)f->n_textless,
                         f->title ? f->title : "-", f->published ? f->published : "-");
  for (guint i = 0; i < f->problems->len; i++) {
    const OnrSurveyProblem *p = &g_array_index(f->problems, OnrSurveyProblem, i);
    g_string_append_printf(told->out, "  [%s] %s: %s\n", p->member, p->kind, p->reason);
  }
  return --told->n_left > 0;
}

static char *survey(OnrTestArchive *t, OnrArchive *archive, const OnrIndexOptions *options, guint n_files,
                    GError **error) {
  const char *const paths[] = {t->input, NULL};
  const OnrIndexOptions none = {0};
  OnrIndexProgress report;
  Told told = {t, g_string_new(NULL), n_files};
  gboolean is_done = onr_survey(paths, options ? options : &none, archive, NULL, tell, &told, &report, error);
  cr_assert_eq(is_done, !error || !*error);
  return g_string_free(told.out, FALSE);
}

static char *survey_all(OnrTestArchive *t, OnrArchive *archive, guint n_jobs) {
  OnrIndexOptions options = {.n_jobs = n_jobs};
  return survey(t, archive, &options, G_MAXUINT, NULL);
}

static void put_sample(OnrTestArchive *t) {
  put(t, "a.jsonl",
      "{\"id\": \"a\", \"title\": \"A\", \"date\": \"2024-05-01\", \"body\": \"Text.\"}\n"
      "{\"id\": \"b\", \"body\": \"Text.\"}\n"
      "{broken\n"
      "{\"id\": \"a\", \"title\": \"Again\"}\n"
      "{\"id\": \"k\", \"pubstatus\": \"canceled\"}\n"
      "{\"pubstatus\": \"canceled\"}\n");
  put(t, "b.jpg", "\xff\xd8\xff\xe0");
  put(t, "c.txt", "Harbour reopens\n\nShips came in.\n");
  put(t, "d.json", "{\"id\": \"b\", \"title\": \"B\"}");
  put(t, "e.html", "");
}

static const char *const ALL =
    "a.jsonl jsonl %s: items 6 articles 3 skipped 2 duplicates 1 kills 1, no title 1 date 2 text 1; A "
    "2024-05-01\n"
    "  [3] broken: no JSON at line 3, column 7: string or '}' expected near 'broken'\n"
    "  [6] broken: a kill that does not say of which article\n"
    "b.jpg - %s: items 1 articles 0 skipped 1 duplicates 0 kills 0, no title 0 date 0 text 0; - -\n"
    "  [] unsupported: a JPEG image, which is not read\n"
    "c.txt txt %s: items 1 articles 1 skipped 0 duplicates 0 kills 0, no title 0 date 1 text 0; Harbour "
    "reopens -\n"
    "d.json json %s: items 1 articles 1 skipped 0 duplicates 1 kills 0, no title 0 date 1 text 1; B -\n"
    "e.html - %s: items 1 articles 0 skipped 1 duplicates 0 kills 0, no title 0 date 0 text 0; - -\n"
    "  [] broken: empty file\n";

static char *with_state(const char *state) {
  g_auto(GStrv) parts = g_strsplit(ALL, "%s", -1);
  return g_strjoinv(state, parts);
}

Test(survey, says_what_each_file_would_give) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  for (guint jobs = 1; jobs <= 4; jobs += 3) {
    g_autofree char *found = survey_all(t, NULL, jobs), *wanted = with_state("-");
    cr_expect_str_eq(found, wanted, "%s", found);
  }
}

Test(survey, counts_as_a_run_does) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  onr_test_index(t, NULL);
  cr_expect_eq(t->report.n_skipped, 4);
  cr_expect_eq(t->report.n_duplicates, 2);
  cr_expect_eq(t->report.n_kills, 1);
  cr_expect_eq(t->report.n_stored + t->report.n_duplicates, 5);
}

Test(survey, compares_with_an_archive_and_leaves_it) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  g_autofree char *fresh = survey_all(t, t->archive, 2), *all_new = with_state("new");
  cr_expect_str_eq(fresh, all_new);
  cr_expect_null(onr_test_load(t, "a"), "nothing is stored");
  onr_test_index(t, NULL);
  put(t, "c.txt", "Harbour closes\n\nShips went.\n");
  put(t, "f.txt", "New\n\nText.\n");
  drop(t, "b.jpg");
  drop(t, "a.jsonl");
  g_autofree char *later = survey_all(t, t->archive, 2);
  cr_expect_str_eq(
      later,
      "c.txt txt changed: items 1 articles 1 skipped 0 duplicates 0 kills 0, no title 0 date 1 text 0; "
      "Harbour closes -\n"
      "d.json json unchanged: items 1 articles 1 skipped 0 duplicates 0 kills 0, no title 0 date 1 text 1; B "
      "-\n"
      "e.html - unchanged: items 1 articles 0 skipped 1 duplicates 0 kills 0, no title 0 date 0 text 0; - -\n"
      "  [] broken: empty file\n"
      "f.txt txt new: items 1 articles 1 skipped 0 duplicates 0 kills 0, no title 0 date 1 text 0; New -\n"
      "a.jsonl - gone: items 0 articles 2 skipped 0 duplicates 0 kills 0, no title 0 date 0 text 0; - -\n"
      "b.jpg - gone: items 0 articles 0 skipped 0 duplicates 0 kills 0, no title 0 date 0 text 0; - -\n");
  OnrIndexOptions keep = {.keep_missing = TRUE};
  g_autofree char *kept = survey(t, t->archive, &keep, G_MAXUINT, NULL);
  cr_expect_null(strstr(kept, "gone"));
  g_autoptr(OnrArticle) article = onr_test_load(t, "a");
  cr_expect_not_null(article, "what is gone is still there");
}

Test(survey, an_id_that_another_file_has_in_the_archive) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put(t, "x/a.json", "{\"id\": \"a\", \"title\": \"A\"}");
  onr_test_index(t, NULL);
  put(t, "y/b.json", "{\"id\": \"a\", \"title\": \"A\"}");
  g_autofree char *y = g_build_filename(t->input, "y", NULL);
  const char *const all[] = {t->input, NULL}, *const some[] = {y, NULL}, *const *const runs[] = {all, some};
  const OnrIndexOptions options = {0};
  for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
    OnrIndexProgress report;
    Told told = {t, g_string_new(NULL), G_MAXUINT};
    cr_assert_neq(onr_survey(runs[i], &options, t->archive, NULL, tell, &told, &report, NULL), FALSE);
    cr_expect_not_null(strstr(told.out->str, "y/b.json json new: items 1 articles 1 skipped 0 duplicates 1"),
                       "%s", told.out->str);
    cr_expect_null(
        strstr(told.out->str, "x/a.json json unchanged: items 1 articles 1 skipped 0 duplicates 1"), "%s",
        told.out->str);
    g_string_free(told.out, TRUE);
  }
}

Test(survey, tells_the_first_of_many_faults) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GString) lines = g_string_new("{\"title\": \"A\"}\n");
  for (guint i = 0; i < 3 * ONR_SURVEY_PROBLEMS; i++)
    g_string_append(lines, "{broken\n");
  put(t, "a.jsonl", lines->str);
  g_autofree char *found = survey_all(t, NULL, 2);
  g_auto(GStrv) told = g_strsplit(found, "\n", -1);
  cr_expect_eq(g_strv_length(told), ONR_SURVEY_PROBLEMS + 2);
  cr_expect_not_null(strstr(told[0], "skipped 300"), "%s", told[0]);
}

Test(survey, stops_when_told_and_reports_what_index_does) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  g_autoptr(GError) stopped = NULL;
  g_autofree char *found = survey(t, NULL, NULL, 2, &stopped);
  cr_expect_neq(g_error_matches(stopped, ONR_ERROR, ONR_ERROR_CANCELLED), FALSE);
  cr_expect_not_null(strstr(found, "b.jpg"));
  cr_expect_null(strstr(found, "c.txt"));
  OnrIndexOptions options = {0};
  OnrIndexProgress report;
  Told told = {t, g_string_new(NULL), G_MAXUINT};
  const char *const nothing[] = {NULL}, *const missing[] = {"/none/such", NULL};
  g_autoptr(GError) no_path = NULL, no_file = NULL;
  cr_expect_eq(onr_survey(nothing, &options, NULL, NULL, tell, &told, &report, &no_path), FALSE);
  cr_expect_neq(g_error_matches(no_path, ONR_ERROR, ONR_ERROR_USAGE), FALSE);
  cr_expect_eq(onr_survey(missing, &options, NULL, NULL, tell, &told, &report, &no_file), FALSE);
  cr_expect_neq(g_error_matches(no_file, ONR_ERROR, ONR_ERROR_NOT_FOUND), FALSE);
  g_string_free(told.out, TRUE);
}

/* --- strict --- */

Test(survey, strict_names_the_first_fault) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  OnrIndexOptions strict = {.is_strict = TRUE};
  g_autoptr(GError) error = NULL;
  g_autofree char *found = survey(t, NULL, &strict, G_MAXUINT, &error);
  cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_FORMAT), FALSE);
  cr_expect_str_eq(found, "", "its file is not handed out");
  cr_expect_not_null(strstr(error->message, "a.jsonl:3: no JSON at line 3"), "%s", error->message);
}

/* What a crawl holds beside pages is no fault. */
Test(survey, a_strict_run_reads_a_crawl) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_autoptr(GString) warc = g_string_new(NULL);
  onr_test_add_response(warc, "https://coast.example/1", "200 OK", "Content-Type: text/html\r\n",
                        "<html><p>One</p></html>");
  onr_test_add_response(warc, "https://coast.example/a.png", "200 OK", "Content-Type: image/png\r\n", "PNG");
  g_free(onr_test_write(t->input, "a.warc", warc->str, (gssize)warc->len));
  const char *const paths[] = {t->input, NULL};
  OnrIndexOptions strict = {.is_strict = TRUE};
  cr_assert_null(onr_test_index_paths(t, paths, &strict));
  g_autofree char *ids = onr_test_ids(t);
  cr_expect_str_eq(ids, "https://coast.example/1");
  g_autofree char *found = survey(t, NULL, &strict, G_MAXUINT, NULL);
  cr_expect_not_null(strstr(found, "image/png"), "%s", found);
}

/* The articles before the fault are kept, the file is read again. */
Test(survey, a_strict_run_keeps_what_came_before) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  put_sample(t);
  const char *const paths[] = {t->input, NULL};
  OnrIndexOptions strict = {.is_strict = TRUE, .n_jobs = 2};
  for (guint run = 0; run < 2; run++) {
    g_autoptr(GError) error = onr_test_index_paths(t, paths, &strict);
    cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_FORMAT), FALSE);
    cr_expect_not_null(strstr(error->message, "a.jsonl:3: no JSON at line 3"), "%s", error->message);
    cr_expect_not_null(strstr(error->message, "stopped there, the 2 articles before it are kept"), "%s",
                       error->message);
    g_autofree char *ids = onr_test_ids(t);
    cr_expect_str_eq(ids, "a b");
  }
  put(t, "a.jsonl", "{\"id\": \"a\", \"title\": \"A\"}\n");
  g_autoptr(GError) next = onr_test_index_paths(t, paths, &strict);
  cr_assert_neq(g_error_matches(next, ONR_ERROR, ONR_ERROR_UNSUPPORTED), FALSE);
  cr_expect_not_null(strstr(next->message, "b.jpg: a JPEG image"), "%s", next->message);
  drop(t, "b.jpg");
  drop(t, "e.html");
  cr_assert_null(onr_test_index_paths(t, paths, &strict));
  onr_test_check(t);
}
