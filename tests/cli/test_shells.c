/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the program writes about itself, read by those who read it: mandoc, man, bash, zsh, fish; and its
 * examples, run. */
#include "program.h"

#include <string.h>

ONR_SUITE(shells);

static gboolean is_there(const char *program) {
  g_autofree char *path = g_find_program_in_path(program);
  return path != NULL;
}

/* --- the manual page --- */

Test(shells, the_manual_page_is_clean) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord --print-man > onrecord.1", 0);
  if (is_there("mandoc")) {
    place_run(&p, "mandoc -Tlint -W warning onrecord.1");
    cr_assert_str_eq(p.out, "");
    cr_assert_str_eq(p.err, "");
  }
  if (is_there("groff")) {
    place_expect(&p, "groff -mdoc -Tutf8 -Kutf8 -ww -z onrecord.1", 0);
    cr_assert_str_eq(p.err, "");
  }
  place_clear(&p);
}

Test(shells, the_manual_page_has_every_command_and_option) {
  Place p;
  place_init(&p);
  place_expect(&p,
               "for c in index search quotes speakers entities show annotate export status check forget "
               "reindex compact help; do "
               "onrecord --print-man | grep -q \"^.Ss \\\"onrecord $c\" || echo $c; done",
               0);
  cr_assert_str_eq(p.out, "");
  place_expect(&p, "onrecord --print-man | grep -c 'Fl \"\\\\-keep\\\\-missing\"'", 0);
  place_clear(&p);
}

/* --- completions --- */

/* What bash offers for WORDS, the last of which is being typed, one a line. */
static void expect_bash(Place *p, const char *words, const char *offered) {
  g_autofree char *line =
      g_strdup_printf("bash -c 'source ./completion; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
                      "_onrecord; printf \"%%s\\n\" \"${COMPREPLY[@]}\"' 2>&1",
                      words);
  place_expect(p, line, 0);
  cr_assert_str_eq(p->out, offered, "%s", words);
}

Test(shells, bash_completes) {
  if (!is_there("bash"))
    cr_skip_test("no bash here");
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord --print-completion bash > completion", 0);
  expect_bash(&p, "onrecord s", "search\nspeakers\nshow\nsplit\nstatus\nserve-shard\n");
  expect_bash(&p, "onrecord -a dir qu", "quotes\n");
  expect_bash(&p, "onrecord quotes --f", "--from\n--format\n");
  expect_bash(&p, "onrecord quotes --format js", "json\njsonl\n");
  expect_bash(&p, "onrecord quotes --format = t", "text\ntsv\ntrec\n");
  expect_bash(&p, "onrecord quotes --format = ", "text\njson\njsonl\ncsv\ntsv\ntrec\n");
  expect_bash(&p, "onrecord speakers --format t", "text\ntsv\n");
  expect_bash(&p, "onrecord quotes --sort -", "-date\n");
  expect_bash(&p, "onrecord quotes lake --lim", "--limit\n");
  expect_bash(&p, "onrecord export e", "entities\n");
  expect_bash(&p, "onrecord help comp", "compact\n");
  expect_bash(&p, "onrecord index n", "news\n");
  expect_bash(&p, "onrecord index news/la", "news/lake\n");
  expect_bash(&p, "onrecord quotes --batch news/w", "news/wire.jsonl\n");
  expect_bash(&p, "onrecord -a n", "news\n");
  expect_bash(&p, "onrecord index --batch-b", "\n");
  place_clear(&p);
}

Test(shells, zsh_and_fish_read_their_completions) {
  Place p;
  place_init(&p);
  place_expect(&p,
               "mkdir zsh && onrecord --print-completion zsh > zsh/_onrecord && onrecord --print-completion "
               "fish > onrecord.fish",
               0);
  if (is_there("zsh")) {
    place_expect(&p,
                 "zsh -f -c 'fpath=($PWD/zsh $fpath); autoload -U compinit; compinit -u -d dump; whence -w "
                 "_onrecord && autoload +X _onrecord'",
                 0);
    cr_assert_str_eq(p.err, "");
  }
  if (is_there("fish")) {
    place_expect(&p,
                 "fish --no-config -c 'source onrecord.fish; complete -C \"onrecord quo\"; complete -C "
                 "\"onrecord quotes --format js\"; "
                 "complete -C \"onrecord export ent\"'",
                 0);
    ASSERT_HAS(p.out, "quotes\t");
    ASSERT_HAS(p.out, "jsonl");
    ASSERT_HAS(p.out, "entities");
  }
  place_clear(&p);
}

/* --- help --- */

Test(shells, help_is_short_and_names_every_option) {
  Place p;
  place_init(&p);
  place_expect(&p, "onrecord quotes --help | tee help; onrecord help quotes | cmp help -", 0);
  static const char *const parts[] = {"usage: onrecord quotes [options] QUERY",
                                      "--speaker NAME",
                                      "-n, --limit N",
                                      "--sort ORDER",
                                      "--color WHEN",
                                      "Examples"};
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    ASSERT_HAS(p.out, parts[i]);
  ASSERT_HAS_NOT(p.out, "(null)");
  place_expect(&p, "onrecord help | wc -l", 0);
  cr_assert_lt(g_ascii_strtoull(p.out, NULL, 10), 40);
  place_clear(&p);
}

/* --- examples: those of help and the manual page, over samples/ in ~/news --- */

Test(shells, every_example_works) {
  Place p;
  place_init(&p);
  place_expect(&p, "rm -r news && cp -R '" ONR_TEST_SAMPLES "' news && onrecord --print-examples > examples",
               0);
  place_expect(&p, "cat examples", 0);
  g_auto(GStrv) lines = g_strsplit(p.out, "\n", -1);
  for (guint i = 0; *lines[i]; i++) {
    if (strstr(lines[i], "serve-shard")) /* does not end by itself, and the ports may be another's: test_shards.c */
      continue;
    place_expect(&p, lines[i], 0);
    if (strstr(lines[i], "forget")) /* for those that come after it */
      place_expect(&p, "onrecord index --quiet ~/news", 0);
  }
  place_clear(&p);
}
