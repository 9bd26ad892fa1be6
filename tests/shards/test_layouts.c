/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One archive, the same articles in four, and the same four on other machines: the same answers. */
#include "corpus.h"
#include "hits.h"

#include <string.h>

ONR_SUITE(layouts);

/* What both commands understand. */
static const char *const QUERIES[] = {"harbour wall",
                                      "\"harbour wall\"",
                                      "harbour NEAR/3 wall",
                                      "nato NEAR winter",
                                      "econom*",
                                      "(ferry OR dam) -herring",
                                      "NOT harbour",
                                      "ferry OR \"old lighthouse\"",
                                      "speaker:lavrin",
                                      "speaker:\"Sergei Lavrin\"",
                                      "speaker:\"sergey lavrin\" nato",
                                      "speaker:lav*",
                                      "speaker:\"ines lavenham\" OR speaker:\"José Ferrandel\"",
                                      "mention:nato",
                                      "mention:\"european union\" winter",
                                      "person:lavrin",
                                      "place:brask dam",
                                      "publisher:\"Kestrian Wire\" ferry",
                                      "publisher:herald",
                                      "section:\"local news\" eels",
                                      "lang:en-GB harbour",
                                      "title:harbour",
                                      "date:2022",
                                      "date:2022-01..2023-06 eels",
                                      "-date:2024 barley OR winter",
                                      "path:wire.jsonl winter",
                                      "path:*/1/* dam",
                                      "url:wire.example treaty",
                                      "url:*/12?.html",
                                      "id:a-019",
                                      "id:a-300",
                                      "text:\"price of barley\" ferry",
                                      "*",
                                      "herring",
                                      "unicorn"};
static const char *const QUOTE_QUERIES[] = {
    "id:a-019#5",           "kind:direct harbour", "kind:mixed|indirect",  "act:any ferry", "act:attitude",
    "confidence:>0.9 eels", "confidence:..0.8",    "role:minister winter", "cue:told"};

typedef struct {
  const char *command, *options;
  guint step; /* every query, or every third */
} Question;

/* Pages, orders and counts; short pages, since each hit is fetched by itself. */
static const Question QUESTIONS[] = {{"search", "-n 10", 1},
                                     {"search", "-n 4 --any --offset 3", 3},
                                     {"search", "-n 5 --sort date", 3},
                                     {"search", "-n 4 --offset 4 --sort -date", 3},
                                     {"search", "--count", 1},
                                     {"quotes", "-n 10", 1},
                                     {"quotes", "-n 4 --any --offset 3", 3},
                                     {"quotes", "-n 5 --sort date", 3},
                                     {"quotes", "-n 4 --offset 4 --sort -date", 3},
                                     {"quotes", "-n 4 --context 2", 3},
                                     {"quotes", "--count", 1}};

static void add_queries(GString *lines, const char *const *queries, guint n, guint step) {
  for (guint i = 0; i < n; i += step)
    g_string_append_printf(lines, "%s\n", queries[i]);
}

static char *text_of(const Question *question) {
  GString *lines = g_string_new(NULL);
  add_queries(lines, QUERIES, G_N_ELEMENTS(QUERIES), question->step);
  if (strcmp(question->command, "quotes") == 0)
    add_queries(lines, QUOTE_QUERIES, G_N_ELEMENTS(QUOTE_QUERIES), question->step);
  return g_string_free(lines, FALSE);
}

static Run *ask(const Scene *scene, const Question *question, const char *layout) {
  g_autofree char *text = text_of(question);
  g_autofree char *line = g_strdup_printf("onrecord %s %s --quiet --batch - --format jsonl %s",
                                          question->command, layout, question->options);
  Run *run = run_start(&scene->place, line);
  run_write(run, text);
  return run;
}

/* Each of LAYOUTS (NULL-terminated) beside the one archive; those run at the same time. */
static void expect_same(const Scene *scene, const Question *question, const char *const *layouts) {
  g_autoptr(GPtrArray) runs = g_ptr_array_new_with_free_func((GDestroyNotify)run_free);
  g_ptr_array_add(runs, ask(scene, question, "-a whole"));
  for (guint i = 0; layouts[i]; i++)
    g_ptr_array_add(runs, ask(scene, question, layouts[i]));
  const Run *whole = runs->pdata[0];
  for (guint i = 0; i < runs->len; i++) {
    Run *run = runs->pdata[i];
    run_end(run);
    cr_assert_eq(run->status, 0, "%s: %s", run->line, run->err);
    cr_assert_str_eq(run->err, "");
    cr_assert_gt(hits_expect_same(whole->out, run->out, run->line), 20);
  }
}

static void expect_all_same(const Scene *scene, const char *const *layouts) {
  for (guint i = 0; i < G_N_ELEMENTS(QUESTIONS); i++)
    expect_same(scene, &QUESTIONS[i], layouts);
}

Test(layouts, archives_of_this_machine) {
  Scene scene;
  scene_init(&scene);
  expect_all_same(&scene, (const char *const[]){"-a a0 -a a1 -a a2 -a a3", "-a shards.conf", NULL});
  scene_clear(&scene);
}

Test(layouts, archives_that_are_served) {
  Scene scene;
  scene_init_served(&scene);
  g_autofree char *served = scene_layout(&scene, 0), *mixed = scene_layout(&scene, 1 | 4);
  expect_all_same(&scene, (const char *const[]){served, mixed, NULL});
  scene_clear(&scene);
}

/* --- counted by records --- */

static void expect_equal_output(const Scene *scene, const char *format, const char *layout) {
  g_autofree char *one = g_strdup_printf(format, "-a whole"), *several = g_strdup_printf(format, layout);
  g_autofree char *wanted = run_expect(&scene->place, one, 0), *got = run_expect(&scene->place, several, 0);
  g_autofree char *a = hits_without_distinct(wanted), *b = hits_without_distinct(got);
  cr_assert_str_eq(b, a, "%s", several);
}

Test(layouts, speakers_and_entities_of_local_archives) {
  static const char *const lines[] = {"onrecord speakers %s -n 0 --format jsonl",
                                      "onrecord speakers %s -n 0 --format jsonl nato",
                                      "onrecord speakers %s -n 5 --offset 2 --format json",
                                      "onrecord speakers %s --count --format json winter",
                                      "onrecord entities %s -n 0 --format jsonl",
                                      "onrecord entities %s -n 0 --format jsonl speaker:lavrin",
                                      "onrecord entities %s -n 0 --format jsonl --in quotes"};
  Scene scene;
  scene_init(&scene);
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
    expect_equal_output(&scene, lines[i], "-a a0 -a a1 -a a2 -a a3");
  scene_clear(&scene);
}

Test(layouts, speakers_and_entities_of_others_are_refused) {
  static const char *const commands[] = {"speakers", "speakers nato", "entities", "entities --in quotes"};
  Scene scene;
  scene_init_served(&scene);
  g_autofree char *mixed = scene_layout(&scene, 1 | 4);
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *line = g_strdup_printf("onrecord %s %s", commands[i], mixed);
    g_autoptr(Run) run = run_whole(&scene.place, line);
    cr_assert_eq(run->status, 2);
    cr_assert_str_eq(run->out, "");
    ASSERT_HAS(run->err, "another machine's is not at hand");
  }
  scene_clear(&scene);
}

/* --- with one authority file --- */

static const char *const LISTED = "id\tname\taliases\troles\n"
                                  "Q1\tLavrin & Taskell\tSergei Lavrin | Corvin Taskell | the Fox of "
                                  "Brask\tshadow minister (2022..2023-06)\n"
                                  "Q2\tMarit Quellen\tHollis Amberdene\tshadow minister (2024..)\n";

static const char *const LISTED_QUERIES[] = {"speaker:fox", "speaker:Q1 harbour", "speaker:taskell",
                                             "speaker:\"sergey lavrin\" date:2023", "-speaker:Q2 date:2024"};
static const char *const LISTED_MENTIONS[] = {"mention:amberdene", "person:\"fox of brask\"",
                                              "mention:Q1 eels"};

/* Copies, since tests change none of those that all use. */
static void copy_archives(const Scene *scene) {
  static const char *const names[] = {"whole", "a0", "a1", "a2", "a3"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *line = g_strdup_printf("cp -RL %s listed-%s", names[i], names[i]);
    g_free(run_expect(&scene->place, line, 0));
  }
  g_free(onr_test_write(scene->place.dir, "who.tsv", LISTED, -1));
}

static void take_list(const Scene *scene, const char *archive) {
  g_autofree char *line = g_strdup_printf("onrecord -a listed-%s authority import who.tsv", archive);
  g_free(run_expect(&scene->place, line, 0));
}

static void expect_equal_to_listed(const Scene *scene, const char *command, const char *query,
                                   const char *layout) {
  g_autofree char *one = g_strdup_printf("onrecord %s -a listed-whole '%s'", command, query);
  g_autofree char *several = g_strdup_printf("onrecord %s %s '%s'", command, layout, query);
  g_autofree char *wanted = run_expect(&scene->place, one, 0), *got = run_expect(&scene->place, several, 0);
  g_autofree char *a = hits_without_distinct(wanted), *b = hits_without_distinct(got);
  cr_assert_str_eq(b, a, "%s", several);
}

static void expect_same_by_list(const Scene *scene, const char *layout) {
  for (guint i = 0; i < G_N_ELEMENTS(LISTED_QUERIES); i++) {
    expect_equal_to_listed(scene, "quotes -n 0 --sort date --format trec", LISTED_QUERIES[i], layout);
    expect_equal_to_listed(scene, "search --count", LISTED_QUERIES[i], layout);
  }
  expect_equal_to_listed(scene, "quotes -n 0 --sort date --format trec", "role:\"shadow minister\"", layout);
  for (guint i = 0; i < G_N_ELEMENTS(LISTED_MENTIONS); i++)
    expect_equal_to_listed(scene, "search -n 0 --sort date --format trec", LISTED_MENTIONS[i], layout);
}

/* All archives have the list, or one of them that others are asked with. */
Test(layouts, by_one_authority_file) {
  static const char *const layout = "-a listed-a0 -a listed-a1 -a listed-a2 -a listed-a3";
  Scene scene;
  scene_init(&scene);
  copy_archives(&scene);
  take_list(&scene, "whole");
  take_list(&scene, "a1");
  expect_same_by_list(&scene, layout);
  take_list(&scene, "a0");
  take_list(&scene, "a2");
  take_list(&scene, "a3");
  expect_same_by_list(&scene, layout);
  expect_equal_to_listed(&scene, "speakers -n 0 --format jsonl", "harbour", layout);
  expect_equal_to_listed(&scene, "entities -n 0 --format jsonl", "speaker:fox", layout);
  scene_clear(&scene);
}

Test(layouts, by_one_authority_file_beside_served_archives) {
  Scene scene;
  scene_init_served(&scene);
  copy_archives(&scene);
  take_list(&scene, "whole");
  take_list(&scene, "a0");
  g_autofree char *served = scene_layout(&scene, 1);
  g_autofree char *rest = g_strdup(strstr(served + strlen(" -a a0"), "-a "));
  g_autofree char *layout = g_strconcat("-a listed-a0 ", rest, NULL);
  expect_same_by_list(&scene, layout);
  scene_clear(&scene);
}

/* --- beside hits --- */

Test(layouts, documents_notes_and_statuses) {
  Scene scene;
  scene_init_served(&scene);
  g_autofree char *served = scene_layout(&scene, 0);
  expect_equal_output(&scene, "onrecord quotes %s --count --format json 'speaker:lavrin winter'", served);
  expect_equal_output(&scene, "onrecord search %s --count date:2022", served);
  g_autofree char *none = g_strdup_printf("onrecord quotes %s unicorn", served);
  g_autoptr(Run) run = run_whole(&scene.place, none);
  cr_assert_eq(run->status, 1);
  ASSERT_HAS(run->err, "understood as: unicorn");
  g_autofree char *trec = g_strdup_printf("onrecord quotes %s --format trec nato", served);
  g_autofree char *ids = run_expect(&scene.place, trec, 0);
  ASSERT_HAS(ids, "1 Q0 a-0");
  g_autofree char *explained = g_strdup_printf("onrecord search %s --explain -n 1 'nato winter'", served);
  g_autofree char *why = run_expect(&scene.place, explained, 0);
  ASSERT_HAS(why, "xapian articles: ");
  scene_clear(&scene);
}

Test(layouts, what_works_on_one_archive_says_so) {
  static const char *const commands[] = {"status",     "check",        "export articles",
                                         "show a-001", "forget a-001", "compact",
                                         "reindex",    "index .",      "serve-shard --port 7400"};
  Scene scene;
  scene_init(&scene);
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
    g_autofree char *line = g_strdup_printf("onrecord -a a0 -a a1 %s", commands[i]);
    g_autoptr(Run) run = run_whole(&scene.place, line);
    cr_assert_eq(run->status, 2, "%s", line);
    ASSERT_HAS(run->err, "works on one archive, in a folder");
  }
  scene_clear(&scene);
}

Test(layouts, names_that_are_no_shards) {
  static const struct {
    const char *line, *error;
  } cases[] = {
      {"onrecord quotes -a missing.conf nato", "no archive in 'missing.conf'"},
      {"onrecord quotes -a a0 -a missing nato", "missing"},
      {"onrecord quotes -a comments.conf nato", "'comments.conf' lists no archive"},
      {"onrecord quotes -a wrong.conf nato", "'wrong.conf': 'nowhere' is neither a folder nor a server"},
      {"onrecord quotes -a small -a a0 nato", "archive 'small' is of the fts5 engine; several are searched "
                                              "as one with xapian: `onrecord reindex -a small "
                                              "--engine xapian`"},
      {"onrecord quotes -a a0:99999 nato", "a0:99999"},
      {"onrecord quotes -a a0:0 nato", "a0:0"}};
  Scene scene;
  scene_init(&scene);
  g_free(onr_test_write(scene.place.dir, "comments.conf", "# a0\n\n", -1));
  g_free(onr_test_write(scene.place.dir, "wrong.conf", "a0\nnowhere\n", -1));
  g_autofree char *article = articles_line("one", "One", "Nobody in Brask was surprised.");
  g_free(onr_test_write(scene.place.dir, "one.jsonl", article, -1));
  g_free(run_expect(&scene.place, "onrecord -a small index --quiet one.jsonl", 0));
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(Run) run = run_whole(&scene.place, cases[i].line);
    cr_assert_eq(run->status, 2, "%s: %d", cases[i].line, run->status);
    ASSERT_HAS(run->err, cases[i].error);
  }
  scene_clear(&scene);
}

/* $ONRECORD_ARCHIVE may name a list. */
Test(layouts, a_list_by_the_environment) {
  Scene scene;
  scene_init(&scene);
  g_autofree char *wanted = run_expect(&scene.place, "onrecord -a shards.conf quotes --format jsonl nato", 0);
  scene.place.env = g_environ_setenv(scene.place.env, "ONRECORD_ARCHIVE", "shards.conf", TRUE);
  g_autofree char *got = run_expect(&scene.place, "onrecord quotes --format jsonl nato", 0);
  cr_assert_str_eq(got, wanted);
  scene_clear(&scene);
}
