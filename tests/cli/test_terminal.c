/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What only a terminal sees: colour, width, the progress bar; and what it never sees. */
#include "program.h"

#include "cli/visible.h"
#include <string.h>

ONR_SUITE(terminal);

#define BOLD "\033[1"

/* The widest line of TEXT, escape sequences left out. */
static guint widest(const char *text) {
  g_autoptr(GRegex) escape = g_regex_new("\033\\[[0-9;]*m|\r", 0, 0, NULL);
  g_autofree char *plain = g_regex_replace_literal(escape, text, -1, 0, "", 0, NULL);
  g_auto(GStrv) lines = g_strsplit(plain, "\n", -1);
  guint width = 0;
  for (guint i = 0; lines[i]; i++)
    width = MAX(width, onr_visible_width(lines[i], strlen(lines[i])));
  return width;
}

Test(terminal, matches_are_bold_on_a_terminal_only) {
  Place p;
  place_init_indexed(&p);
  g_autofree char *shown = place_run_on_terminal(&p, "onrecord quotes lake", 80);
  ASSERT_HAS(shown, BOLD);
  place_expect(&p, "onrecord quotes lake", 0);
  ASSERT_HAS_NOT(p.out, "\033");
  place_expect(&p, "onrecord quotes --color always lake", 0);
  ASSERT_HAS(p.out, BOLD);
  place_clear(&p);
}

Test(terminal, colour_can_be_had_without) {
  static const char *const lines[] = {"NO_COLOR=1 onrecord quotes lake", "TERM=dumb onrecord quotes lake",
                                      "onrecord quotes --color never lake",
                                      "onrecord --color=never quotes lake"};
  Place p;
  place_init_indexed(&p);
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autofree char *shown = place_run_on_terminal(&p, lines[i], 80);
    cr_assert_eq(p.status, 0);
    ASSERT_HAS_NOT(shown, "\033");
  }
  g_autofree char *empty = place_run_on_terminal(&p, "NO_COLOR= onrecord quotes lake", 80);
  ASSERT_HAS(empty, BOLD);
  g_autofree char *asked = place_run_on_terminal(&p, "NO_COLOR=1 onrecord quotes --color always lake", 80);
  ASSERT_HAS(asked, BOLD);
  place_clear(&p);
}

Test(terminal, lines_fit_the_width) {
  static const guint widths[] = {40, 60, 80, 100, 120};
  static const char *const lines[] = {"onrecord quotes '*'",
                                      "onrecord search '*'",
                                      "onrecord show wire-1",
                                      "onrecord annotate news/lake/opening.txt",
                                      "onrecord status",
                                      "onrecord help quotes",
                                      "onrecord help",
                                      "onrecord index --dry-run news 2> /dev/null",
                                      "onrecord index --dry-run -v news 2> /dev/null"};
  Place p;
  place_init_indexed(&p);
  for (guint i = 0; i < G_N_ELEMENTS(widths); i++)
    for (guint j = 0; j < G_N_ELEMENTS(lines); j++) {
      g_autofree char *shown = place_run_on_terminal(&p, lines[j], widths[i]);
      cr_assert_leq(widest(shown), widths[i], "%s at %u columns:\n%s", lines[j], widths[i], shown);
    }
  place_clear(&p);
}

Test(terminal, the_progress_bar_is_drawn_and_taken_away) {
  Place p;
  place_init(&p);
  g_autofree char *shown = place_run_on_terminal(&p, "onrecord index news", 80);
  cr_assert_eq(p.status, 0);
  ASSERT_HAS(shown, "\r");
  place_expect(&p, "rm -r .onrecord && onrecord index news", 0);
  ASSERT_HAS_NOT(p.err, "\r");
  ASSERT_HAS_NOT(p.out, "\r");
  g_autofree char *quiet = place_run_on_terminal(&p, "rm -r .onrecord && onrecord index --quiet news", 80);
  cr_assert_str_eq(quiet, "");
  place_clear(&p);
}

static const char HOSTILE[] =
    "Title \033]0;owned\007 \302\2332J\nDate: 2024-01-01\nPublisher: \033[31mRed\n\n"
    "“The lake \033[2Jis \010\010gone\r,” said Mira\033[5m Holt. \342\200\256evil\n";

Test(terminal, no_article_can_drive_it) {
  static const char *const lines[] = {"onrecord quotes '*'",
                                      "onrecord search '*'",
                                      "onrecord speakers",
                                      "onrecord entities",
                                      "onrecord search --format csv '*'",
                                      "onrecord search --format tsv '*'",
                                      "onrecord search --format json '*'",
                                      "onrecord search --format trec '*'",
                                      "onrecord annotate evil/*",
                                      "onrecord export articles",
                                      "onrecord status",
                                      "onrecord status --skipped",
                                      "onrecord index --dry-run --verbose evil",
                                      "onrecord index --dry-run --format csv evil",
                                      "onrecord search --explain gone"};
  Place p;
  place_init(&p);
  g_free(onr_test_write(p.dir, "evil/\033[2Jname.txt", HOSTILE, -1));
  g_autofree char *indexed = place_run_on_terminal(&p, "onrecord index --color never --verbose evil", 80);
  ASSERT_HAS_NOT(indexed, "\033");
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autofree char *line = g_strdup_printf("%s --color never", lines[i]);
    g_autofree char *shown = place_run_on_terminal(&p, line, 80);
    ASSERT_HAS_NOT(shown, "\033");
    ASSERT_HAS_NOT(shown, "\007");
    ASSERT_HAS_NOT(shown, "\010");
    ASSERT_HAS_NOT(shown, "\302\233");
  }
  place_clear(&p);
}
