/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "archive/corrections.h"

#include <string.h>

ONR_SUITE(correction_lines);

static const char *const lines =
    "# by the desk\n"
    "speaker\ta1\t3\t9\tno ship\\tleaves\\\\\tperson:mira-holt\tperson:mira-holt\tMira Holt\n"
    "\n"
    "speaker\ta1\t30\t39\tno train\t\t\t\r\n"
    "not-a-quote\ta2\t0\t4\tferry\n"
    "merge\tperson:a\tperson:b\tperson:c\n"
    "split\tperson:a\tperson:b\n"
    "bearer\ta1\tperson:a\tperson:a~0000ffff\n";

static OnrCorrections *parse(const char *text) {
  GError *error = NULL;
  OnrCorrections *corrections = onr_corrections_parse(text, &error);
  require(corrections != NULL, error);
  return corrections;
}

Test(correction_lines, are_read_and_printed_the_same) {
  g_autoptr(OnrCorrections) corrections = parse(lines);
  cr_assert_eq(onr_corrections_count(corrections), 6);
  const OnrCorrection *first = onr_corrections_get(corrections, 0);
  cr_expect_str_eq(first->words, "no ship\tleaves\\");
  cr_expect_str_eq(first->identity, "person:mira-holt");
  cr_expect_eq(first->content.end, 9);
  cr_expect_null(onr_corrections_get(corrections, 1)->identity);
  g_autofree char *once = onr_corrections_print(corrections);
  g_autoptr(OnrCorrections) again = parse(once);
  g_autofree char *twice = onr_corrections_print(again);
  cr_expect_str_eq(twice, once);
}

Test(correction_lines, that_are_none_are_told_with_their_number) {
  static const char *const wrong[] = {"speaker\ta1\t3\t9\twords",
                                      "speaker\ta1\t9\t3\twords\tp\tp\tP",
                                      "speaker\ta1\tx\t9\twords\tp\tp\tP",
                                      "speaker\ta1\t3\t9\twords\tperson:a\t\t",
                                      "not-a-quote\ta1\t3\t9",
                                      "not-a-quote\t\t3\t9\tw",
                                      "merge\tperson:a",
                                      "merge\tperson:a\t",
                                      "bearer\ta1\tperson:a",
                                      "undo\t3",
                                      "speaker",
                                      "merge\tperson:\xff\tperson:b"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autofree char *text = g_strdup_printf("# one\nmerge\ta\tb\n%s\n", wrong[i]);
    GError *error = NULL;
    cr_assert_null(onr_corrections_parse(text, &error), "%s", wrong[i]);
    require_error(error, ONR_ERROR_FORMAT, "line 3 is no correction");
  }
}

Test(correction_lines, about_the_same_stand_in_place_of_each_other) {
  g_autoptr(OnrCorrections) corrections = parse(lines);
  g_autoptr(OnrCorrections) other = parse(
      "speaker\ta1\t3\t9\tno ship\\tleaves\\\\\tperson:x\tperson:x\tX\nbearer\ta1\tperson:a\tperson:b\n");
  cr_expect_neq(onr_corrections_add(corrections, onr_corrections_get(other, 0)), FALSE);
  cr_expect_neq(onr_corrections_add(corrections, onr_corrections_get(other, 1)), FALSE);
  cr_expect_eq(onr_corrections_add(corrections, onr_corrections_get(other, 1)), FALSE);
  cr_assert_eq(onr_corrections_count(corrections), 6);
  cr_expect_str_eq(onr_corrections_get(corrections, 4)->identity, "person:x");
  cr_expect_str_eq(onr_corrections_get(corrections, 5)->identity, "person:b");
}

/* --- finding a quote again --- */

static OnrArticle *ferry_article(void) {
  OnrArticle *article = article_of(
      "f1", "/news/f.txt", "Ferry",
      "“The ferry sails at noon from the old quay,” said Ada Quill. “The ferry sails at dusk from the new "
      "quay,” said Pavel Dorn. “No,” said Mara Tolland. “No,” said Pavel Dorn.");
  guint ada = mention(article, ONR_ENTITY_PERSON, "Ada Quill", "Ada Quill");
  guint pavel = mention(article, ONR_ENTITY_PERSON, "Pavel Dorn", "Pavel Dorn");
  quote(article, "“The ferry sails at noon from the old quay,”", ada);
  quote(article, "“The ferry sails at dusk from the new quay,”", pavel);
  return article;
}

/* The speakers of the article's quotes after LINE, "-" for none, and how many lines found no quote. */
static char *apply(const char *line, guint *n_lost) {
  g_autoptr(OnrArticle) article = ferry_article();
  g_autoptr(OnrCorrections) corrections = parse(line);
  GString *out = g_string_new(NULL);
  *n_lost = onr_corrections_apply(corrections, article, NULL);
  for (guint i = 0; i < article->quotes->len; i++) {
    const OnrQuoteRow *q = &g_array_index(article->quotes, OnrQuoteRow, i);
    g_autofree char *names = onr_article_speaker_names(article, q);
    g_string_append_printf(out, "%u %s;", q->number, names ? names : "-");
  }
  return g_string_free(out, FALSE);
}

Test(correction_lines, find_their_quote_by_words_and_place) {
  static const struct {
    const char *line, *expected;
    guint n_lost;
  } cases[] = {
      {"speaker\tf1\t0\t44\t“the ferry sails at noon from the old quay,”\tperson:x\tperson:x\tX",
       "1 X;2 Pavel Dorn;", 0},
      /* the text has moved */
      {"speaker\tf1\t900\t944\t“the ferry sails at dusk from the new quay,”\tperson:x\tperson:x\tX",
       "1 Ada Quill;2 X;", 0},
      /* a model cuts shorter, or a word has changed */
      {"speaker\tf1\t61\t90\tthe ferry sails at dusk\tperson:ada-quill\tperson:ada-quill\tAda Quill",
       "1 Ada Quill;2 Ada Quill;", 0},
      {"speaker\tf1\t0\t44\t“the ferry leaves at noon from the old quay,”\t\t\t", "1 -;2 Pavel Dorn;", 0},
      {"not-a-quote\tf1\t0\t44\t“the ferry sails at noon from the old quay,”", "2 Pavel Dorn;", 0},
      /* other words, or other articles */
      {"not-a-quote\tf1\t0\t44\t“a train never comes here any more,”", "1 Ada Quill;2 Pavel Dorn;", 1},
      {"not-a-quote\tf2\t0\t44\t“the ferry sails at noon from the old quay,”", "1 Ada Quill;2 Pavel Dorn;",
       0},
      /* both say it of one quote: it goes once */
      {"not-a-quote\tf1\t0\t44\t“the ferry sails at noon from the old quay,”\nnot-a-quote\tf1\t0\t30\tthe "
       "ferry sails at noon "
       "from the old",
       "2 Pavel Dorn;", 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    guint n_lost;
    g_autofree char *got = apply(cases[i].line, &n_lost);
    cr_expect_str_eq(got, cases[i].expected, "%s: %s", cases[i].line, got);
    cr_expect_eq(n_lost, cases[i].n_lost, "%s: %u lost", cases[i].line, n_lost);
  }
}

/* --- what they come to --- */

static int by_text(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *rulings_of(const char *text) {
  g_autoptr(OnrCorrections) corrections = parse(text);
  g_autoptr(GArray) rulings = onr_corrections_rulings(corrections);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < rulings->len; i++) {
    const OnrRuling *r = &g_array_index(rulings, OnrRuling, i);
    g_autofree char *part = r->part < 0 ? g_strdup("") : g_strdup_printf("~%x", (guint)r->part);
    g_ptr_array_add(
        all, g_strdup_printf("%s%s%s%s=%s", r->name, part, *r->article ? "@" : "", r->article, r->identity));
  }
  g_ptr_array_sort(all, by_text);
  g_ptr_array_add(all, NULL);
  return g_strjoinv(" ", (char **)all->pdata);
}

Test(correction_lines, of_names_hold_in_their_order) {
  static const struct {
    const char *lines, *expected;
  } cases[] = {
      {"merge\ta\tb\tc", "a=a b=a c=a"},
      {"merge\ta\tb\nmerge\tc\ta", "a=c b=c c=c"},
      {"merge\ta\tb\nmerge\tb\ta", "a=a b=a"},
      {"merge\ta\tb\nsplit\ta\tb", "a=a b=b"},
      {"split\ta\tb\nmerge\ta\tb", "a=a b=a"},
      {"split\ta\tb\tc", "a=a b=b c=b"},
      {"merge\ta\ta~ff", "a=a a~ff=a"},
      {"bearer\tx1\ta\ta~ff", "a@x1=a~ff"},
      {"bearer\tx1\ta\tb\nmerge\tc\tb", "a@x1=c b=c c=c"},
      {"speaker\tx1\t0\t1\tw\tQ1\ta\tA", "Q1=Q1 a@x1=Q1"},
      {"speaker\tx1\t0\t1\tw\ta\ta\tA", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = rulings_of(cases[i].lines);
    cr_expect_str_eq(got, cases[i].expected, "%s: %s", cases[i].lines, got);
  }
}
