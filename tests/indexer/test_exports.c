/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of many articles that are read as a stream: larger than the window, over the limits, hostile; and
 * --map. What becomes of a content is in tests/cases/readers_*.test. */
#include "inputs.h"

#include "indexer/reader.h"
#include "support/support.h"

#include <string.h>

ONR_SUITE(exports);

typedef struct {
  guint n_items, n_errors, n_dated;
  char *first_error, *last_member, *last_title;
  gsize last_length; /* of the text */
} Outcome;

static void outcome_clear(Outcome *outcome) {
  g_free(outcome->first_error);
  g_free(outcome->last_member);
  g_free(outcome->last_title);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Outcome, outcome_clear)

static void take_item(Outcome *outcome, const OnrReader *reader, const OnrRawItem *raw, OnrArticle *article) {
  g_autoptr(GError) why = NULL;
  guint32 n_replaced = 0;
  outcome->n_items++;
  onr_article_reset(article);
  if (raw->error || !reader->parse(raw, "x", article, &n_replaced, &why)) {
    outcome->n_errors++;
    if (!outcome->first_error)
      outcome->first_error = g_strdup((raw->error ? raw->error : why)->message);
    return;
  }
  g_free(outcome->last_member);
  g_free(outcome->last_title);
  outcome->last_member = g_strdup(raw->member);
  outcome->last_title = g_strdup(article->title);
  outcome->last_length = article->text_length;
  outcome->n_dated += article->published ? 1 : 0;
}

/* All items of a file NAME with CONTENT, which is freed. */
static Outcome read_items(const char *name, const char *reader_name, GString *content) {
  Outcome outcome = {0};
  g_autofree char *dir = onr_test_make_dir();
  g_autofree char *path = onr_test_write(dir, name, content->str, (gssize)content->len);
  g_string_free(content, TRUE);
  g_autoptr(GError) error = NULL;
  g_autoptr(OnrStream) stream = onr_stream_open(path, &error);
  const OnrReader *reader = onr_reader_choose(stream, path, &error);
  cr_assert_not_null(reader, "%s", error ? error->message : "");
  cr_assert_str_eq(reader->name, reader_name);
  g_autoptr(OnrArticle) article = onr_article_new();
  g_auto(OnrSplit) split = {0};
  OnrRawItem raw = {0};
  while (reader->split(stream, &split, &raw, &error)) {
    take_item(&outcome, reader, &raw, article);
    onr_raw_item_clear(&raw);
  }
  cr_assert_null(error, "%s", error ? error->message : "");
  onr_test_remove_dir(dir);
  return outcome;
}

static void append_run(GString *out, char c, gsize n) {
  gsize at = out->len;
  g_string_set_size(out, at + n);
  memset(out->str + at, c, n);
}

/* --- larger than the window --- */

#define N_ITEMS 3000 /* of about 700 bytes: eight windows */

/* A text of four paragraphs with the separators and marks of all formats in it. */
static void append_text(GString *out, const char *line_end, const char *mark, guint i) {
  for (guint k = 0; k < 4; k++) {
    g_string_append_printf(
        out, "Sentence %u of %u, with %smarks%s, commas; and more: it goes on <here> and there.", k, i, mark,
        mark);
    append_run(out, 'x', i % 97 + 1);
    g_string_append(out, line_end);
  }
}

Test(exports, tables_larger_than_the_window) {
  GString *csv = g_string_new("title,body,date\r\n");
  for (guint i = 1; i <= N_ITEMS; i++) {
    g_string_append_printf(csv, "Title %u,\"", i);
    append_text(csv, "\r\n\r\n", "\"\"", i);
    g_string_append(csv, "\",2022-02-06\r\n");
  }
  cr_assert_gt(csv->len, 1u << 20);
  g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
  cr_assert_eq(outcome.n_items, N_ITEMS);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "Title 3000");
  cr_assert_gt(outcome.last_length, 300);
}

/* N rows with a date that could be read in two orders, then one that tells which. */
static guint count_dated(guint n) {
  GString *csv = g_string_new("title,body,date\n");
  for (guint i = 1; i <= n; i++) {
    g_string_append_printf(csv, "Title %u,", i);
    append_run(csv, 'x', 500);
    g_string_append(csv, ",1/2/2019\n");
  }
  g_string_append(csv, "Last,x,1/15/2019\n");
  g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
  cr_assert_eq(outcome.n_items, n + 1);
  return outcome.n_dated;
}

Test(exports, order_of_dates_is_told_in_the_first_megabyte) {
  cr_expect_eq(count_dated(1), 2);
  cr_expect_eq(count_dated(1500), 1501);
  cr_expect_eq(count_dated(2500), 1);
}

Test(exports, mailboxes_larger_than_the_window) {
  GString *mbox = g_string_new(NULL);
  for (guint i = 1; i <= N_ITEMS; i++) {
    g_string_append_printf(mbox,
                           "From a@x Sun Feb  6 10:15:00 2022\nSubject: Title %u\nContent-Length: %u\n\n", i,
                           i % 2 ? 7u : 0u);
    append_text(mbox, "\n>From here\n\n", "\"", i);
  }
  g_auto(Outcome) outcome = read_items("a", "mbox", mbox);
  cr_assert_eq(outcome.n_items, N_ITEMS);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "Title 3000");
  cr_assert_str_eq(outcome.last_member, "3000");
}

Test(exports, nexis_files_larger_than_the_window) {
  GString *old = g_string_new(NULL), *uni = g_string_new(NULL);
  for (guint i = 1; i <= N_ITEMS; i++) {
    g_string_append_printf(old,
                           "\n      %u of 3000 DOCUMENTS\n\n        Paper\n\n        May 1, 2020\n\nTitle "
                           "%u\n\nLENGTH: 9 words\n\n",
                           i, i);
    append_text(old, "\n\n", "\"", i);
    g_string_append(old, "LOAD-DATE: May 2, 2020\n\n");
    g_string_append_printf(uni, "Title %u\nPaper\nMay 1, 2020\nLength: 9 words\nBody\n", i);
    append_text(uni, "\n\n", "\"", i);
    g_string_append(uni, "Load-Date: May 2, 2020\nEnd of Document\n\n");
  }
  g_auto(Outcome) outcome = read_items("a.txt", "nexis", old);
  g_auto(Outcome) of_uni = read_items("b.txt", "nexis", uni);
  cr_assert_eq(outcome.n_items, N_ITEMS);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "Title 3000");
  cr_assert_eq(of_uni.n_items, N_ITEMS);
  cr_assert_eq(of_uni.n_errors, 0);
  cr_assert_str_eq(of_uni.last_title, "Title 3000");
}

Test(exports, collections_larger_than_the_window) {
  GString *sgml = g_string_new(NULL);
  for (guint i = 1; i <= N_ITEMS; i++) {
    g_string_append_printf(sgml, "<DOC>\n<DOCNO>X%u</DOCNO><TITLE>Title %u</TITLE><TEXT>", i, i);
    append_text(sgml, "\n<P>", "\"", i);
    g_string_append(sgml, i % 2 ? "</TEXT>\n</DOC>\n" : "\n");
  }
  g_auto(Outcome) outcome = read_items("a", "sgml", sgml);
  cr_assert_eq(outcome.n_items, N_ITEMS);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "Title 3000");
}

Test(exports, utf16_tables) {
  g_autofree char *dir = onr_test_make_dir();
  static const char text[] = "title\tbody\r\nCaf\303\251\t\"One.\r\nTwo.\"\r\nB\tThree.\r\n";
  gsize n;
  g_autofree char *wide = g_convert(text, -1, "UTF-16LE", "UTF-8", NULL, &n, NULL);
  GString *content = g_string_new_len("\xff\xfe", 2);
  g_string_append_len(content, wide, (gssize)n);
  g_auto(Outcome) outcome = read_items("a.csv", "csv", content);
  cr_assert_eq(outcome.n_items, 2);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "B");
  onr_test_remove_dir(dir);
}

/* --- over the limit --- */

static void expect_one_lost(const char *name, const char *reader, GString *content) {
  g_auto(Outcome) outcome = read_items(name, reader, content);
  cr_assert_eq(outcome.n_items, 3, "%s: %u items", reader, outcome.n_items);
  cr_assert_eq(outcome.n_errors, 1, "%s: %u errors", reader, outcome.n_errors);
  cr_assert_str_eq(outcome.first_error, "the item is over the limit of 33554432 bytes");
  cr_assert_str_eq(outcome.last_title, "C");
  cr_assert_str_eq(outcome.last_member, "3");
}

#define TOO_MUCH (ONR_MAX_ITEM_BYTES + 300000)

Test(exports, a_row_over_the_limit_costs_itself) {
  GString *csv = g_string_new("title,body\nA,x\nB,");
  append_run(csv, 'x', TOO_MUCH);
  expect_one_lost("a.csv", "csv", g_string_append(csv, "\nC,x\n"));
}

Test(exports, a_mail_over_the_limit_costs_itself) {
  GString *mbox = g_string_new("From a@x Sun Feb  6 10:15:00 2022\nSubject: A\n\nx\n\nFrom a@x Sun Feb  6 "
                               "10:15:00 2022\nSubject: B\n\n");
  append_run(mbox, 'x', TOO_MUCH);
  expect_one_lost("a", "mbox",
                  g_string_append(mbox, "\n\nFrom a@x Sun Feb  6 10:15:00 2022\nSubject: C\n\nx\n"));
}

Test(exports, a_document_over_the_limit_costs_itself) {
  GString *nexis = g_string_new(
      "A\nP\nMay 1, 2020\nLength: 9 words\nBody\nx\nLoad-Date: May 2, 2020\nEnd of Document\nB\n");
  append_run(nexis, 'x', TOO_MUCH);
  expect_one_lost(
      "a.txt", "nexis",
      g_string_append(nexis,
                      "\nEnd of Document\nC\nP\nMay 1, 2020\nLength: 9 words\nBody\nx\nEnd of Document\n"));
  GString *sgml = g_string_new("<DOC><DOCNO>1</DOCNO><TITLE>A</TITLE></DOC>\n<DOC><TEXT>");
  append_run(sgml, 'x', TOO_MUCH);
  expect_one_lost("a", "sgml", g_string_append(sgml, "</TEXT></DOC>\n<DOC><TITLE>C</TITLE></DOC>\n"));
}

/* A mark that is never closed, with more behind it than fits an item. */
Test(exports, rows_behind_an_open_mark_are_not_lost) {
  GString *csv = g_string_new("id,title,body\n1,A,x\n2,\"B,x\n");
  guint n = 2;
  while (csv->len < TOO_MUCH)
    g_string_append_printf(csv, "%u,C,%0300d\n", ++n, 0);
  g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
  cr_assert_eq(outcome.n_items, n);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "C");
}

/* JSON whose list is longer than what is looked at to find it: its items are many, but not an author's. */
static guint count_listed(const char *begin) {
  GString *json = g_string_new(begin);
  for (guint i = 1; i <= N_ITEMS; i++)
    g_string_append_printf(json, "%s{\"title\": \"A\", \"text\": \"%0100d\"}", i > 1 ? "," : "", 0);
  g_string_append(json, "], \"title\": \"T\", \"text\": \"x\"}");
  g_auto(Outcome) outcome = read_items("a.json", "json", json);
  cr_assert_eq(outcome.n_errors, 0);
  return outcome.n_items;
}

Test(exports, lists_larger_than_what_is_seen) {
  cr_expect_eq(count_listed("{\"date\": \"2022-02-06\", \"news\": ["), N_ITEMS);
  cr_expect_eq(count_listed("{\"author\": \"Ada Moor\", \"news\": ["), 1);
  cr_expect_eq(count_listed("{\"count\": 2, \"items\": ["), N_ITEMS);
}

/* --- hostile --- */

/* Time grows with the bytes: each of these took minutes where it grew with their square. */
Test(exports, many_open_marks) {
  static const char *const pieces[] = {"\"a,", "\"a\n", "1,\"a\n", "\"\"\n\"a,", ",\"\n"};
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    GString *csv = g_string_new("id,title,body\n");
    while (csv->len < 1u << 20)
      g_string_append(csv, pieces[i]);
    g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
    cr_assert_gt(outcome.n_items, 0);
  }
}

/* Those that a stray mark at the end shows to be open, before the order of the dates is known. */
Test(exports, many_open_marks_beside_dates) {
  GString *csv = g_string_new("title,text,date\n");
  for (guint i = 0; i < 2600; i++) /* the first window, whose marks tell the dialect */
    g_string_append(csv, "A harbour,some text,1/2/2019\n");
  while (csv->len < 1u << 20)
    g_string_append(csv, "a,\" b\n");
  g_string_append(csv, "c,\"x\n");
  g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
  cr_assert_gt(outcome.n_items, 2600);
}

Test(exports, rows_between_open_marks_tell_the_order_of_dates) {
  GString *csv =
      g_string_new("title,text,date\nA,x,1/2/2019\nB,\"x,1/3/2019\nC,x,1/15/2019\nD,\"x\",1/4/2019\n");
  g_auto(Outcome) outcome = read_items("a.csv", "csv", csv);
  cr_assert_eq(outcome.n_items, 4);
  cr_assert_eq(outcome.n_dated, 4);
}

Test(exports, comments_that_do_not_end) {
  GString *sgml = g_string_new("<DOC><TITLE>T</TITLE><TEXT>\n");
  while (sgml->len < 3u << 20)
    g_string_append(sgml, "<!-- a\n");
  g_auto(Outcome) outcome = read_items("a", "sgml", g_string_append(sgml, "</TEXT></DOC>\n"));
  cr_assert_eq(outcome.n_items, 1);
  cr_assert_eq(outcome.n_errors, 0);
}

Test(exports, quotations_of_changing_depth) {
  GString *mail = g_string_new("From: a@x\nMessage-ID: <1@x>\nSubject: Deep\n\n");
  while (mail->len < 3u << 20)
    g_string_append(mail, ">a\n>>b\n");
  g_auto(Outcome) outcome = read_items("a.eml", "eml", mail);
  cr_assert_eq(outcome.n_items, 1);
  cr_assert_eq(outcome.n_errors, 0);
}

Test(exports, parts_inside_parts) {
  GString *mail = g_string_new("From: a@x\nMessage-ID: <1@x>\nSubject: Deep\nMIME-Version: 1.0\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf(mail, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append(mail, "\nText.\n");
  g_auto(Outcome) outcome = read_items("a.eml", "eml", mail);
  cr_assert_eq(outcome.n_items, 1);
  cr_assert_eq(outcome.n_errors, 0);
  cr_assert_str_eq(outcome.last_title, "Deep");
}

Test(exports, messages_inside_messages) {
  GString *mail = g_string_new("Message-ID: <1@x>\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append(mail, "From: a@x\nSubject: Deep\nContent-Type: message/rfc822\n\n");
  g_auto(Outcome) outcome = read_items("a.eml", "eml", mail);
  cr_assert_eq(outcome.n_items, 1);
  cr_assert_eq(outcome.n_errors, 0);
}

Test(exports, more_parts_than_memory_is_for) {
  static const char *const heads[] = {"Content-Type: multipart/mixed; boundary=b\n\n", "To: "};
  static const char *const pieces[] = {"--b\n\n", "a@x,"};
  for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
    GString *mail = g_string_new("From: a@x\nMessage-ID: <1@x>\n");
    g_string_append(mail, heads[i]);
    for (guint k = 0; k < 1000000; k++)
      g_string_append(mail, pieces[i]);
    g_auto(Outcome) outcome = read_items("a.eml", "eml", mail);
    cr_assert_eq(outcome.n_errors, 1);
    cr_assert_str_eq(outcome.first_error, "the mail's parts would take more than 167772160 bytes of memory");
  }
}

/* --- what the user says of columns --- */

static void note_remark(const char *path, const char *remark, gpointer data) {
  OnrTestArchive *t = data;
  g_autofree char *name = g_path_get_basename(path);
  g_ptr_array_add(t->skipped, g_strdup_printf("%s: %s", name, remark));
}

Test(exports, a_table_is_read_again_when_its_columns_are_called_otherwise) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_free(onr_test_write(t->input, "a.csv", "Kopf,Inhalt\nA,One.\n", -1));
  g_free(onr_test_write(t->input, "b.txt", "B", -1));
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->skipped->len, 1);
  cr_assert_str_eq(t->skipped->pdata[0], "a.csv: no column is a title or a text: \"Kopf\", \"Inhalt\"; --map "
                                         "text=COLUMN says which is");
  onr_test_index(t, NULL);
  cr_assert_eq(t->report.n_files_unchanged, 2);
  const char *const map[] = {"title=kopf", "text=#2", NULL};
  OnrIndexOptions options = {.map = map, .remarked = note_remark};
  onr_test_index(t, &options);
  cr_assert_eq(t->report.n_stored, 1);
  cr_assert_eq(t->report.n_files_unchanged, 1);
  cr_assert_eq(t->skipped->len, 1);
  cr_assert_str_eq(t->skipped->pdata[0], "a.csv: title=Kopf text=Inhalt");
  onr_test_check(t);
}

Test(exports, a_wrong_map_changes_nothing) {
  g_autoptr(OnrTestArchive) t = onr_test_archive_new();
  g_free(onr_test_write(t->input, "a.csv", "title\nA\n", -1));
  static const char *const wrong[] = {"title", "headlin=Kopf", "=Kopf", ""};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    const char *const map[] = {wrong[i], NULL}, *const paths[] = {t->input, NULL};
    OnrIndexOptions options = {.map = map};
    g_autoptr(GError) error = onr_test_index_paths(t, paths, &options);
    cr_assert_neq(g_error_matches(error, ONR_ERROR, ONR_ERROR_USAGE), FALSE, "%s", wrong[i]);
    cr_assert_eq(t->report.n_items, 0);
  }
}
