/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program from outside: exit statuses, what goes to which stream, where the archive is looked for, and
   what disturbs a run. What it prints in full is in golden/. */
#include "program.h"

#include "archive/archive.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ONR_SUITE(program);

#define NOBODY 65534

/* --- wrong use --- */

Test(program, alone_it_shows_how_to_begin) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord", 2);
  cr_assert_str_eq(p.out, "");
  ASSERT_HAS(p.err, "onrecord index ~/news");
  ASSERT_HAS(p.err, "onrecord quotes 'speaker:lavrov nato'");
  ASSERT_HAS(p.err, "onrecord search");
  place_clear(&p);
}

Test(program, wrong_use_is_named) {
  static const struct {
    const char *line, *error;
  } cases[] = {
      {"onrecord qoutes nato", "onrecord: no command 'qoutes'; did you mean 'quotes'?\n"},
      {"onrecord frobnicate", "onrecord: no command 'frobnicate'; `onrecord help` lists them\n"},
      {"onrecord help shwo", "onrecord: no command 'shwo'; did you mean 'show'?\n"},
      {"onrecord --versoin", "onrecord: unknown option '--versoin'; did you mean '--version'?\n"},
      {"onrecord -n 3 quotes nato", "onrecord: unknown option '-n'\n"},
      {"onrecord index", "onrecord: index needs PATH…; see `onrecord help index`\n"},
      {"onrecord show a b", "onrecord: show: unexpected 'b'\n"},
      {"onrecord status nato", "onrecord: status: unexpected 'nato'\n"},
      {"onrecord quotes", "onrecord: quotes needs a QUERY (* finds everything)\n"},
      {"onrecord quotes ' '", "onrecord: quotes needs a QUERY (* finds everything)\n"},
      {"onrecord export speakers", "onrecord: export: 'speakers' is not articles, quotes or entities\n"},
      {"onrecord quotes --explain --format csv lake",
       "onrecord: --explain: explanations are written as text or json only\n"},
      {"onrecord quotes --count --format trec lake",
       "onrecord: --format trec does not go with the other options\n"},
      {"onrecord quotes --batch - lake",
       "onrecord: --batch: the queries come from its file, not from 'lake'\n"},
      {"onrecord quotes --batch missing.txt", "onrecord: --batch 'missing.txt': No such file or directory\n"},
      {"onrecord status --format csv", "onrecord: --format csv does not go with the other options\n"},
      {"onrecord show nothing", "onrecord: no article with the id 'nothing'\n"},
      {"onrecord show 'wire-1#9'", "onrecord: no quote 'wire-1#9': the article has 2\n"},
      {"onrecord show 'wire-1#0'", "onrecord: no article with the id 'wire-1#0'\n"},
      {"onrecord quotes \"$(printf 'a\\377')\"", "onrecord: query: not valid UTF-8\n"},
      {"onrecord index --engine lucene news", "onrecord: --engine 'lucene': there are fts5, xapian\n"},
      {"onrecord --print-completion tcsh",
       "onrecord: completions are made for bash, zsh and fish, not for 'tcsh'\n"},
  };
  Place p;
  place_init_indexed(&p);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    place_expect(&p, cases[i].line, 2);
    cr_assert_str_eq(p.err, cases[i].error);
    cr_assert_str_eq(p.out, "", "%s", cases[i].line);
  }
  place_clear(&p);
}

Test(program, control_characters_of_arguments_reach_no_terminal) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord \"$(printf 'a\\033[2J')\"", 2);
  ASSERT_HAS(p.err, "a␛[2J");
  ASSERT_HAS_NOT(p.err, "\033");
  place_clear(&p);
}

/* --- where the archive is --- */

Test(program, without_an_archive) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord quotes lake", 2);
  ASSERT_HAS(p.err, "no archive here; `onrecord index PATH` makes one");
  place_expect(&p, "onrecord -a nowhere quotes lake", 2);
  ASSERT_HAS(p.err, "no archive in 'nowhere'");
  place_expect(&p, "onrecord index --quiet news && onrecord -a . quotes lake", 2);
  ASSERT_HAS(p.err, "no archive in '.'; did you mean './.onrecord'?");
  place_clear(&p);
}

Test(program, the_archive_is_found) {
  Place p;
  place_init_indexed(&p);
  place_expect(&p, "mkdir -p a/b && cd a/b && onrecord quotes lake", 0);
  place_expect(&p, "cd / && onrecord -a \"$HOME/.onrecord\" quotes lake", 0);
  place_expect(&p, "cd / && onrecord quotes -a \"$HOME/.onrecord\" lake", 0);
  place_expect(&p, "cd / && ONRECORD_ARCHIVE=\"$HOME/.onrecord\" onrecord quotes lake", 0);
  place_expect(&p, "cd / && ONRECORD_ARCHIVE=/nowhere onrecord -a \"$HOME/.onrecord\" quotes lake", 0);
  place_expect(
      &p,
      "mkdir other && cd other && onrecord -a ../made index --quiet ../news && test -f ../made/record.sqlite",
      0);
  place_clear(&p);
}

Test(program, a_missing_path_leaves_no_archive_behind) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord index nothing", 2);
  ASSERT_HAS(p.err, "'nothing'");
  place_expect(&p, "onrecord index --language klingon news", 2);
  place_expect(&p, "test -e .onrecord", 1);
  place_clear(&p);
}

Test(program, a_missing_path_removes_nothing) {
  Place p;
  place_init_indexed(&p);
  place_expect(&p, "onrecord export articles > before; mv news gone; onrecord index news", 2);
  place_expect(&p, "mkdir news; onrecord index news", 2);
  place_expect(&p, "onrecord export articles | cmp - before", 0);
  place_clear(&p);
}

Test(program, an_archive_keeps_what_it_was_made_with) {
  Place p;
  place_init_indexed(&p);
  place_expect(&p, "onrecord index --language german news", 2);
  ASSERT_HAS(p.err, "made with --language english; `onrecord reindex --language german` changes it");
  place_expect(&p, "onrecord reindex --quiet --language german", 0);
  place_expect(&p, "onrecord status | grep -q 'language german'", 0);
  place_expect(&p, "onrecord check", 0);
  place_clear(&p);
}

/* --- hits, no hits, failure --- */

Test(program, exit_statuses) {
  static const struct {
    const char *line;
    int status;
  } cases[] = {
      {"onrecord quotes lake", 0},
      {"onrecord quotes unicorn", 1},
      {"onrecord quotes --count lake", 0},
      {"onrecord quotes --count xyzzy", 1},
      {"onrecord search lake", 0},
      {"onrecord search unicorn", 1},
      {"onrecord speakers", 0},
      {"onrecord speakers xyzzy", 1},
      {"onrecord entities", 0},
      {"onrecord entities xyzzy", 1},
      {"onrecord quotes '(lake'", 2},
      {"onrecord search 'speeker:holt'", 2},
      {"onrecord show wire-1", 0},
      {"onrecord show 'wire-1#1'", 0},
      {"onrecord status", 0},
      {"onrecord status --skipped", 0},
      {"onrecord check", 0},
      {"onrecord export quotes", 0},
      {"onrecord annotate news/undated.txt", 0},
      {"onrecord annotate missing.txt", 2},
      {"onrecord help quotes", 0},
      {"onrecord quotes --help", 0},
      {"onrecord --help", 0},
      {"onrecord help", 0},
      {"onrecord --version", 0},
      {"onrecord compact", 0},
      {"onrecord forget wire-2", 0},
      {"onrecord show wire-2", 2},
      {"onrecord reindex", 0},
  };
  Place p;
  place_init_indexed(&p);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    place_expect(&p, cases[i].line, cases[i].status);
    gboolean has_output = cases[i].status == 0 && !strstr(cases[i].line, "check") &&
                          !strstr(cases[i].line, "compact") && !strstr(cases[i].line, "forget");
    if (has_output)
      cr_assert_gt(strlen(p.out), 0, "%s", cases[i].line);
    if (cases[i].status == 2)
      cr_assert_gt(strlen(p.err), 0, "%s", cases[i].line);
  }
  place_clear(&p);
}

Test(program, quiet_says_nothing_but_results) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord index --quiet news", 0);
  cr_assert_str_eq(p.out, "");
  cr_assert_str_eq(p.err, "");
  place_expect(&p, "onrecord quotes --quiet unicorn", 1);
  cr_assert_str_eq(p.out, "");
  cr_assert_str_eq(p.err, "");
  place_expect(&p, "onrecord quotes --quiet --from 2024-01 oldest", 1);
  cr_assert_str_eq(p.err, "");
  place_clear(&p);
}

/* --- versions --- */

Test(program, version_names_engine_and_libraries) {
  static const char *const parts[] = {"onrecord ", "output version 1", "fts5",       "SQLite 3.", "utf8proc",
                                      "Snowball",  "libxml2",          "libarchive", "jansson",   "GLib"};
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord --version", 0);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    ASSERT_HAS(p.out, parts[i]);
  place_clear(&p);
}

/* --- batches --- */

Test(program, a_batch_goes_on_after_an_error) {
  Place p;
  place_init_indexed(&p);
  place_expect(&p,
               "printf 'q1\\tlake\\n\\nq2\\t(lake\\ndam\\r\\n\\377\\nunicorn' > queries; onrecord quotes "
               "--batch queries --format trec",
               2);
  ASSERT_HAS(p.err, "onrecord: queries:3: ");
  ASSERT_HAS(p.err, "onrecord: queries:5: not valid UTF-8");
  ASSERT_HAS(p.out, "q1 Q0 ");
  ASSERT_HAS(p.out, "4 Q0 ");
  ASSERT_HAS_NOT(p.out, "q2 Q0 ");
  place_expect(&p, "printf 'lake\\nunicorn\\n' | onrecord quotes --batch - --format jsonl", 0);
  ASSERT_HAS(p.out, "{\"query_id\": \"1\", ");
  place_expect(&p, "printf 'unicorn\\n' | onrecord quotes --batch - --format json", 1);
  ASSERT_HAS(p.out, "\"query_id\": \"1\"");
  place_expect(&p, "onrecord quotes --batch /dev/null --format json", 1);
  ASSERT_HAS(p.out, "\"batch\": []");
  place_expect(&p, "onrecord quotes --batch . --format json", 2);
  place_clear(&p);
}

/* --- disturbances --- */

Test(program, a_busy_archive_is_75) {
  Place p;
  place_init_indexed(&p);
  g_autofree char *dir = g_build_filename(p.dir, ONR_ARCHIVE_FOLDER, NULL);
  g_autoptr(GError) error = NULL;
  OnrArchive *writer = onr_archive_open(dir, ONR_OPEN_WRITE, &error);
  cr_assert_not_null(writer, "%s", error ? error->message : "");
  place_expect(&p, "onrecord index news", 75);
  cr_assert_gt(strlen(p.err), 0);
  place_expect(&p, "onrecord forget wire-1", 75);
  place_expect(&p, "onrecord reindex", 75);
  place_expect(&p, "onrecord quotes lake", 0); /* readers are not disturbed */
  onr_archive_close(writer);
  place_expect(&p, "onrecord index news", 0);
  place_clear(&p);
}

/* Runs LINE as a user who owns nothing, as root may write everywhere; with a copy of the program, whose own
 * folder that user may not even enter. */
static void expect_as_nobody(Place *p, const char *line, int status) {
  g_autofree char *dropped =
      g_strdup_printf("mkdir -p bin && cp -u \"$(command -v onrecord)\" bin && PATH=\"$PWD/bin:$PATH\" && "
                      "exec setpriv --reuid=%d --clear-groups sh -c \"%s\"",
                      NOBODY, line);
  place_expect(p, getuid() == 0 ? dropped : line, status);
}

Test(program, a_read_only_archive_is_searched) {
  Place p;
  place_init_indexed(&p);
  place_expect(&p, "chmod 755 . && chmod -R a+rX .onrecord news && chmod -R a-w .onrecord", 0);
  expect_as_nobody(&p, "onrecord quotes lake", 0);
  ASSERT_HAS(p.out, "lake");
  expect_as_nobody(&p, "onrecord status", 0);
  expect_as_nobody(&p, "onrecord index news", 2);
  place_expect(&p, "chmod -R u+w .onrecord", 0);
  place_clear(&p);
}

#define SHELL_FD 9 /* the highest that every sh can name */

/* Runs the program with FD as its standard output; what it says on standard error is in p->err. */
static int run_with_output(Place *p, int fd, const char *command) {
  cr_assert_eq(dup2(fd, SHELL_FD), SHELL_FD);
  g_autofree char *line = g_strdup_printf("%s 2> err >&%d", command, SHELL_FD);
  char *argv[] = {"/bin/sh", "-c", line, NULL};
  GPid pid;
  cr_assert_eq(g_spawn_async(p->dir, argv, p->env, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                             NULL, NULL, &pid, NULL),
               TRUE);
  int status = place_wait(pid);
  close(SHELL_FD);
  g_autofree char *path = g_build_filename(p->dir, "err", NULL);
  g_clear_pointer(&p->err, g_free);
  g_file_get_contents(path, &p->err, NULL, NULL);
  return status;
}

Test(program, a_reader_that_goes_away_is_quiet_success) {
  Place p;
  place_init_indexed(&p);
  int ends[2];
  cr_assert_eq(pipe(ends), 0);
  close(ends[0]);
  static const char *const lines[] = {"onrecord export articles",          "onrecord quotes '*'",
                                      "onrecord quotes --format csv '*'",  "onrecord show wire-1",
                                      "onrecord annotate news/wire.jsonl", "onrecord --help"};
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    cr_assert_eq(run_with_output(&p, ends[1], lines[i]), 0, "%s", lines[i]);
    if (!strstr(lines[i], "annotate")) /* which reports the broken line */
      cr_assert_str_eq(p.err, "", "%s", lines[i]);
  }
  close(ends[1]);
  place_clear(&p);
}

Test(program, a_full_disk_is_a_failure) {
  Place p;
  place_init_indexed(&p);
  int full = open("/dev/full", O_WRONLY);
  if (full < 0)
    cr_skip_test("no /dev/full here");
  cr_assert_eq(run_with_output(&p, full, "onrecord export articles"), 2);
  ASSERT_HAS(p.err, "onrecord: standard output: No space left on device");
  close(full);
  place_clear(&p);
}

/* --- Ctrl-C --- */

#define N_MANY 20000 /* articles: some seconds of work under the sanitizers */

static void write_many(const Place *p) {
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < N_MANY; i++)
    g_string_append_printf(lines,
                           "{\"id\": \"m-%05u\", \"title\": \"Item %u\", \"body\": \"“The dam number %u "
                           "holds,” said Ola Brandt, an engineer.\"}\n",
                           i, i, i);
  g_free(onr_test_write(p->dir, "many.jsonl", lines->str, (gssize)lines->len));
}

/* Starts the program beside the test. */
static pid_t start(Place *p, char **argv) {
  GPid pid;
  g_autoptr(GError) error = NULL;
  g_spawn_async(p->dir, argv, p->env,
                G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &pid, &error);
  cr_assert_null(error);
  return pid;
}

/* Until the archive at P has articles. */
static void wait_for_articles(Place *p) {
  for (guint i = 0; i < 600; i++) {
    if (place_run(p, "onrecord search --count 'dam' 2> /dev/null") == 0)
      return;
    g_usleep(50000);
  }
  cr_assert_eq(0, 1, "nothing was indexed");
}

Test(program, ctrl_c_keeps_what_is_whole) {
  Place p;
  place_init(&p);
  write_many(&p);
  char *argv[] = {(char *)ONR_TEST_PROGRAM, "index", "--batch-bytes", "50000", "many.jsonl", NULL};
  pid_t pid = start(&p, argv);
  wait_for_articles(&p);
  kill(pid, SIGINT);
  cr_assert_eq(place_wait(pid), 130);
  place_expect(&p, "onrecord check", 0);
  place_expect(&p, "onrecord export articles | wc -l", 0);
  guint64 n_kept = g_ascii_strtoull(p.out, NULL, 10);
  cr_assert_gt(n_kept, 0);
  cr_assert_lt(n_kept, N_MANY);
  place_expect(&p, "onrecord index --quiet many.jsonl && onrecord export articles | wc -l", 0);
  cr_assert_eq(g_ascii_strtoull(p.out, NULL, 10), N_MANY);
  place_expect(&p, "onrecord export quotes > before", 0);
  char *reindex[] = {(char *)ONR_TEST_PROGRAM, "reindex", "--language", "none", NULL};
  pid = start(&p, reindex);
  g_usleep(400000);
  kill(pid, SIGINT);
  cr_assert_eq(place_wait(pid), 130);
  place_expect(&p,
               "onrecord check && onrecord export quotes | cmp - before && onrecord status | grep -q "
               "'language english'",
               0);
  place_clear(&p);
}
