/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `correct`, `merge`, `split`, `corrections` and `authority`, from outside: what is corrected holds through
   whatever is done to the archive, and what is undone leaves no trace. */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

ONR_SUITE(corrections);

static char *print(Place *place, const char *line) {
  place_expect(place, line, 0);
  return g_strdup(place->out);
}

/* Everything that the program tells of the archive. */
static char *everything(Place *place) {
  return print(
      place,
      "onrecord export articles && onrecord export quotes && onrecord export entities && onrecord speakers "
      "&& onrecord quotes '*' -n 0 && onrecord authority export");
}

static void expect_sound(Place *place) {
  place_expect(place, "onrecord check", 0);
}

#define FIRST "h-6cf1e3f284fcc84fac2ea4da22d78f75"

static const char *const change_all =
    "onrecord correct '" FIRST "#2' --speaker 'Mira Holt' && onrecord correct '" FIRST
    "#1' --not-a-quote && onrecord correct wire-2#2 --no-speaker && onrecord merge person:ola-brandt "
    "person:pia-stroud "
    "&& onrecord split person:mira-holt --in wire-1";

static void expect_changed(Place *place) {
  g_autofree char *quotes = print(place, "onrecord export quotes --format tsv");
  g_autofree char *speakers = print(place, "onrecord speakers --format tsv");
  ASSERT_HAS(quotes, FIRST "#2\t");
  ASSERT_HAS(quotes, FIRST "#3\t"); /* keeps its number */
  ASSERT_HAS_NOT(quotes, FIRST "#1\t");
  ASSERT_HAS(speakers, "person:ola-brandt\tOla Brandt\tperson\t2\t");
  ASSERT_HAS_NOT(speakers, "person:pia-stroud");
  ASSERT_HAS(speakers, "person:mira-holt~");
  place_expect(place, "onrecord quotes 'speaker:holt waited' --count", 0);
  place_expect(place, "onrecord quotes 'speaker:reed waited' --count", 1);
  place_expect(place, "onrecord quotes 'speaker:stroud dam' --count", 0);
  place_expect(place, "onrecord quotes 'id:" FIRST "#1' --count", 1);
  place_expect(place, "onrecord show '" FIRST "#1'", 2);
  expect_sound(place);
}

static void hold_through_all(const char *engine) {
  Place place;
  place_init(&place);
  g_autofree char *index = g_strdup_printf("onrecord index --engine %s news", engine);
  g_autofree char *change =
      g_strdup_printf("onrecord reindex --engine %s", strcmp(engine, "fts5") ? "fts5" : "xapian");
  place_expect(&place, index, 0);
  g_autofree char *before = everything(&place);
  place_expect(&place, change_all, 0);
  expect_changed(&place);
  place_expect(&place, "onrecord reindex", 0);
  expect_changed(&place);
  place_expect(&place, change, 0);
  expect_changed(&place);
  place_expect(&place, "touch news/* news/lake/*; onrecord index news", 0);
  expect_changed(&place);
  place_expect(&place, "onrecord forget news && onrecord index news", 0);
  expect_changed(&place);
  place_expect(&place, "onrecord corrections undo 1 2 3 4 5", 0);
  expect_sound(&place);
  g_autofree char *after = everything(&place);
  cr_assert_str_eq(after, before);
  place_clear(&place);
}

Test(corrections, hold_through_all_and_are_undone_byte_for_byte) {
  hold_through_all("fts5");
}

Test(corrections, hold_through_all_and_are_undone_byte_for_byte_in_xapian) {
  hold_through_all("xapian");
}

/* Each alone, and in another order than they were made. */
Test(corrections, are_undone_one_by_one) {
  Place place;
  place_init_indexed(&place);
  g_autofree char *before = everything(&place);
  place_expect(&place, change_all, 0);
  static const char *const undo[] = {"onrecord corrections undo 2", "onrecord corrections undo 4",
                                     "onrecord corrections undo 1", "onrecord corrections undo 1",
                                     "onrecord corrections undo 1"};
  for (guint i = 0; i < G_N_ELEMENTS(undo); i++) {
    place_expect(&place, undo[i], 0);
    expect_sound(&place);
  }
  g_autofree char *after = everything(&place);
  cr_assert_str_eq(after, before);
  place_expect(&place, "onrecord corrections undo 1", 2);
  ASSERT_HAS(place.err, "no correction '1': there are 0");
  place_clear(&place);
}

Test(corrections, whose_quote_has_gone_are_reported_and_kept) {
  Place place;
  place_init_indexed(&place);
  place_expect(&place, change_all, 0);
  place_expect(&place,
               "sed -i 's/money well spent/a waste of every coin that the county has/' news/wire.jsonl && "
               "onrecord index news",
               0);
  ASSERT_HAS(place.out, "(see `onrecord corrections`)");
  place_expect(&place, "onrecord corrections", 0);
  ASSERT_HAS(place.out, "has no speaker that is named: no such\n    quote is in the article any more");
  place_expect(&place, "onrecord forget " FIRST, 0);
  place_expect(&place, "onrecord corrections --format tsv", 0);
  ASSERT_HAS(place.out, "1\tspeaker\tno article\t");
  ASSERT_HAS(place.out, "3\tspeaker\tno quote\twire-2\t");
  ASSERT_HAS(place.out, "4\tmerge\tholds\t");
  place_clear(&place);
}

/* The file is the truth: what is written there by hand, or taken over from elsewhere, holds. */
Test(corrections, are_taken_from_the_file) {
  Place place;
  place_init_indexed(&place);
  g_autofree char *before = everything(&place);
  place_expect(&place, change_all, 0);
  place_expect(&place,
               "cp .onrecord/corrections.tsv shared.tsv; rm .onrecord/corrections.tsv; onrecord index news",
               0);
  g_autofree char *without = everything(&place);
  cr_assert_str_eq(without, before);
  place_expect(&place, "onrecord corrections import shared.tsv", 0);
  expect_changed(&place);
  place_expect(&place, "onrecord corrections import shared.tsv; cmp shared.tsv .onrecord/corrections.tsv", 0);
  place_expect(&place, "echo 'merge one' >> .onrecord/corrections.tsv; onrecord index news", 2);
  ASSERT_HAS(place.err, "line 6 is no correction ('merge …')");
  place_clear(&place);
}

Test(corrections, say_what_is_wrong) {
  Place place;
  place_init_indexed(&place);
  static const struct {
    const char *line, *says;
  } cases[] = {
      {"onrecord correct wire-1#1", "say what is wrong with one of --speaker WHO"},
      {"onrecord correct wire-1#1 --no-speaker --not-a-quote", "say what is wrong with one of"},
      {"onrecord correct wire-1#9 --not-a-quote", "no quote 'wire-1#9': the article has 2"},
      {"onrecord correct wire-1 --not-a-quote", "'wire-1' is a whole article"},
      {"onrecord correct wire-9#1 --not-a-quote", "no article with the id 'wire-9#1'"},
      {"onrecord correct wire-1#1 --speaker hold", "no identity 'hold'; nearest: person:mira-holt"},
      {"onrecord merge person:mira-holt person:mira-holt", "these are one already"},
      {"onrecord merge person:mira-holt nobody", "no identity 'nobody'"},
      {"onrecord split person:mira-holt", "give the names that leave the identity"},
      {"onrecord split person:mira-holt 'Ola Brandt'",
       "'Ola Brandt' is no name of person:mira-holt; its names: "},
      {"onrecord split person:mira-holt 'Mira Holt'", "stands for the identity"},
      {"onrecord split person:pia-stroud --in wire-1", "article 'wire-1' does not name person:pia-stroud"},
      {"onrecord split person:pia-stroud --in wire-9", "no article with the id 'wire-9'"},
      {"onrecord corrections undo x", "no correction 'x'"},
      {"onrecord corrections undo", "list, undo N…, or import FILE"},
      {"onrecord corrections import none.tsv", "none.tsv"},
      {"onrecord authority import none.tsv", "none.tsv"},
      {"onrecord authority remove Q1", "'Q1' is not listed"},
      {"onrecord authority export x", "export, import FILE, check FILE, or remove ID"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    place_expect(&place, cases[i].line, 2);
    ASSERT_HAS(place.err, cases[i].says);
  }
  place_expect(&place, "test ! -e .onrecord/corrections.tsv", 0);
  place_clear(&place);
}

/* --- the authority file --- */

static void write_list(const Place *place, const char *lines) {
  g_autofree char *file = g_build_filename(place->dir, "who.tsv", NULL);
  cr_assert_neq(g_file_set_contents(file, lines, -1, NULL), FALSE);
}

static const char *const listed = "id\tname\ttype\taliases\troles\tlinks\tsame_as\n"
                                  "Q7\tMira A. Holt\tperson\tMira Holt | the Heron of Arnsby\tmayor "
                                  "(2020..2024-06) | minister (2024-07..)\twikidata=Q7\t\n"
                                  "Q8\tPia Stroud-Brandt\tperson\tPia Stroud | Ola Brandt\t\t\t\n"
                                  "old:1\t\tperson\t\t\t\tQ8\n";

static void expect_listed(Place *place) {
  g_autofree char *speakers = print(place, "onrecord speakers --format tsv");
  ASSERT_HAS(speakers, "Q7\tMira A. Holt\tperson\t5\t");
  ASSERT_HAS(speakers, "Q8\tPia Stroud-Brandt\tperson\t2\t");
  ASSERT_HAS_NOT(speakers, "person:mira-holt\t");
  static const char *const found[] = {"onrecord quotes 'speaker:\"heron of arnsby\" lake' --count",
                                      "onrecord quotes speaker:Q7 --count",
                                      "onrecord quotes speaker:heron --count",
                                      "onrecord quotes speaker:old:1 --count",
                                      "onrecord quotes 'speaker:stroud dam' --count",
                                      "onrecord search 'mention:heron' --count"};
  for (guint i = 0; i < G_N_ELEMENTS(found); i++)
    place_expect(place, found[i], 0);
  expect_sound(place);
}

static void go_by_the_list(const char *engine) {
  Place place;
  place_init(&place);
  g_autofree char *index = g_strdup_printf("onrecord index --engine %s news", engine);
  place_expect(&place, index, 0);
  g_autofree char *before = everything(&place);
  write_list(&place, listed);
  place_expect(&place, "onrecord authority check who.tsv && onrecord authority import who.tsv", 0);
  expect_listed(&place);
  place_expect(&place, "onrecord reindex", 0);
  expect_listed(&place);
  place_expect(&place, "onrecord forget news && onrecord index news", 0);
  expect_listed(&place);
  g_autofree char *list = print(&place, "onrecord authority export --listed");
  cr_assert_str_eq(list, listed);
  place_expect(
      &place,
      "onrecord authority export --format jsonl > all.jsonl && onrecord authority import --replace all.jsonl",
      0);
  expect_listed(&place);
  place_expect(&place, "onrecord authority export --listed --format jsonl | cmp - all.jsonl", 0);
  place_expect(&place, "head -1 who.tsv > none.tsv; onrecord authority import --replace none.tsv", 0);
  expect_sound(&place);
  g_autofree char *after = everything(&place);
  cr_assert_str_eq(after, before);
  place_clear(&place);
}

Test(authority, stands_over_what_articles_tell) {
  go_by_the_list("fts5");
}

Test(authority, stands_over_what_articles_tell_in_xapian) {
  go_by_the_list("xapian");
}

Test(authority, with_a_fault_changes_nothing) {
  Place place;
  place_init_indexed(&place);
  g_autofree char *before = everything(&place);
  write_list(
      &place,
      "id\tname\ttype\troles\tsame_as\nQ1\tMira Holt\tperson\t\t\nQ2\tTomas Reed\tperson\tmayor (2024-13)\t\n"
      "Q1\tOla Brandt\tman\t\t\na\tA\tperson\t\tb\nb\tB\tperson\t\ta\n");
  place_expect(&place, "onrecord authority import who.tsv", 2);
  ASSERT_HAS(place.err, "who.tsv:3: ");
  ASSERT_HAS(place.err, "'2024-13'");
  ASSERT_HAS(place.err, "who.tsv:4: ");
  ASSERT_HAS(place.err, "in a circle");
  ASSERT_HAS(place.err, "nothing is imported");
  g_autofree char *after = everything(&place);
  cr_assert_str_eq(after, before);
  place_expect(&place, "onrecord authority check who.tsv", 2);
  place_clear(&place);
}

/* A circle that closes with what is there already. */
Test(authority, closes_no_circle_over_two_files) {
  Place place;
  place_init_indexed(&place);
  write_list(&place, "id\tname\tsame_as\na\tA\tb\n");
  place_expect(&place, "onrecord authority import who.tsv", 0);
  write_list(&place, "id\tname\tsame_as\nb\tB\ta\n");
  place_expect(&place, "onrecord authority import who.tsv", 2);
  ASSERT_HAS(place.err, "goes in a circle");
  place_expect(&place, "onrecord authority export --listed | grep -c '^b'", 1);
  place_clear(&place);
}

/* A name that two have is left to what articles say. */
Test(authority, and_corrections_are_reasons) {
  Place place;
  place_init_indexed(&place);
  write_list(&place, "id\tname\nQ5\tPia Stroud\nQ6\tNobody Here\n");
  place_expect(&place, "onrecord authority import who.tsv && onrecord split person:mira-holt --in wire-1", 0);
  place_expect(&place, "onrecord who --explain stroud", 0);
  ASSERT_HAS(place.out, "(authority file)");
  place_expect(&place, "onrecord who --explain 'mira holt'", 0);
  ASSERT_HAS(place.out, "(correction, in these articles)");
  place_expect(&place, "onrecord who Q6", 1);
  ASSERT_HAS(place.err, "'Q6' is in the authority file, but no article names it");
  place_clear(&place);
}

Test(authority, leaves_a_name_that_two_have) {
  Place place;
  place_init_indexed(&place);
  write_list(&place, "id\tname\taliases\nQ1\tMira Holt, mayor\tMira Holt\nQ2\tMira Holt, judge\tMira Holt\n");
  place_expect(&place, "onrecord authority import who.tsv", 0);
  g_autofree char *speakers = print(&place, "onrecord speakers --format tsv");
  ASSERT_HAS(speakers, "person:mira-holt\tMira Holt\tperson\t5\t");
  place_clear(&place);
}

/* --- roles at the article's date --- */

static void find_by_role(const char *engine) {
  Place place;
  place_init(&place);
  g_autofree char *index = g_strdup_printf("onrecord index --engine %s news", engine);
  place_expect(&place, index, 0);
  write_list(&place,
             "id\tname\taliases\troles\n"
             "Q7\tMira Holt\t\tprime minister (2020..2024-09-18) | Heron of the lakes (..2024-05) | angler\n"
             "Q8\tOla Brandt\t\tprime minister (2024-09-19..)\nQ9\tNobody Here\t\tprime minister\n");
  place_expect(&place, "onrecord authority import who.tsv", 0);
  static const struct {
    const char *query, *found;
  } cases[] = {
      {"role:\"prime minister\" speaker:holt", "3 of"}, /* of five; two are of later articles */
      {"role:ministers", "4 of"},                       /* by stem, and Brandt's */
      {"role:\"ministers\"", "0 of"},
      {"role:heron", "2 of"},
      {"role:hero*", "2 of"},
      {"role:\"the lakes\" date:2024-05-02", "2 of"},
      {"role:angler", "5 of"}, /* at any time */
      {"role:\"minister prime\"", "0 of"},
      {"role:engineer", "1 of"}, /* as the text says */
      {"NOT role:angler", "5 of"},
      {"role:(minister angler)", "3 of"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *line = g_strdup_printf("onrecord quotes '%s' --count --quiet; true", cases[i].query);
    place_expect(&place, line, 0);
    cr_expect_neq(g_str_has_prefix(place.out, cases[i].found), FALSE, "%s, %s: %s", engine, cases[i].query,
                  place.out);
  }
  place_expect(&place, "onrecord quotes 'role:angler' --format tsv -n 0 | cut -f 2 | grep -c lake", 0);
  place_clear(&place);
}

Test(authority, says_what_somebody_is_at_the_date_of_an_article) {
  find_by_role("fts5");
}

Test(authority, says_what_somebody_is_at_the_date_of_an_article_in_xapian) {
  find_by_role("xapian");
}
