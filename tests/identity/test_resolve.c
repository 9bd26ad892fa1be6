/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "identity/block.h"

ONR_SUITE(resolve);

#define IDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The same in every order. */
static void expect(Archive *archive, const char *id, const char *expected) {
  for (guint seed = 0; seed < 5; seed++) {
    g_autofree char *got = archive_resolve(archive, onr_identity_block(id), seed);
    cr_expect_str_eq(got, expected, "order %u: %s", seed, got);
  }
}

static void add_skipper(Archive *archive, const char *article, const char *name, const char *id) {
  g_autofree char *text =
      g_strdup_printf("The trawler skipper %s landed herring at the quay of Sandhythe. The harbour master of "
                      "Sandhythe praised "
                      "the catch, and %s sold the herring at the auction beside the quay.",
                      name, name);
  g_autofree char *both = g_strdup_printf("%s=%s", id, name);
  archive_add(archive, article, text, IDS(both, "place:sandhythe=Sandhythe"));
}

static void add_violinist(Archive *archive, const char *article, const char *name, const char *id) {
  g_autofree char *text = g_strdup_printf("The violinist %s played Brahms with the orchestra of Marenport. "
                                          "Critics in Marenport praised the concerto, "
                                          "and %s bowed twice before the orchestra left the concert hall.",
                                          name, name);
  g_autofree char *both = g_strdup_printf("%s=%s", id, name);
  archive_add(archive, article, text, IDS(both, "place:marenport=Marenport"));
}

Test(resolve, joins_names_that_stand_in_alike_articles) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "William Orlovec", "person:william-orlovec");
  add_skipper(archive, "a2", "William Orlovec", "person:william-orlovec");
  add_skipper(archive, "a3", "Bill Orlovec", "person:bill-orlovec");
  add_skipper(archive, "a4", "W. Orlovec", "person:w-orlovec");
  add_skipper(archive, "a5", "William J. Orlovec", "person:william-j-orlovec");
  add_skipper(archive, "a6", "William Orloves", "person:william-orloves");
  expect(archive, "person:william-orlovec", "william-orlovec[a1 a2 a3 a4 a5]");
}

Test(resolve, what_a_user_says_stands_over_all) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "William Orlovec", "person:william-orlovec");
  add_skipper(archive, "a2", "Bill Orlovec", "person:bill-orlovec");
  add_skipper(archive, "a3", "W. Orlovec", "person:w-orlovec");
  archive_add(
      archive, "a4",
      "The trawler skipper William Orlovec and the trawler skipper Ada Orlovec landed herring at Sandhythe.",
      IDS("person:william-orlovec=William Orlovec", "person:ada-orlovec=Ada Orlovec"));
  archive_label(archive, "person:bill-orlovec",
                "person:bill-orlovec"); /* he is not William, who stays with W. */
  archive_label(archive, "person:william-orlovec", "Q1");
  archive_label(archive, "person:ada-orlovec", "Q1"); /* though both stand in one article */
  expect(archive, "person:william-orlovec", "Q1[a1 a3 a4 a4]; bill-orlovec[a2]");
}

Test(resolve, two_who_stand_in_one_article_are_two) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "William Orlovec", "person:william-orlovec");
  add_skipper(archive, "a2", "Bill Orlovec", "person:bill-orlovec");
  archive_add(
      archive, "a3",
      "The trawler skipper William Orlovec and the trawler skipper Bill Orlovec landed herring at Sandhythe.",
      IDS("person:william-orlovec=William Orlovec", "person:bill-orlovec=Bill Orlovec"));
  expect(archive, "person:william-orlovec", "bill-orlovec[a2 a3]; william-orlovec[a1 a3]");
}

Test(resolve, father_and_son_are_two) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "William Orlovec Jr.", "person:william-orlovec-jr");
  add_skipper(archive, "a2", "William Orlovec Sr.", "person:william-orlovec-sr");
  expect(archive, "person:william-orlovec", "william-orlovec-jr[a1]; william-orlovec-sr[a2]");
}

Test(resolve, who_has_no_generation_is_the_one_of_them_who_is_named_oftenest) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "William Orlovec Jr.", "person:william-orlovec-jr");
  add_skipper(archive, "a2", "William Orlovec Jr.", "person:william-orlovec-jr");
  add_violinist(archive, "b1", "William Orlovec III", "person:william-orlovec-iii");
  add_violinist(archive, "b2", "William Orlovec", "person:william-orlovec");
  expect(archive, "person:william-orlovec", "william-orlovec-iii[b1]; william-orlovec-jr[a1 a2 b2]");
}

Test(resolve, parts_a_common_name_where_nothing_ties_its_articles) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "John Smith", "person:john-smith");
  add_skipper(archive, "a2", "John Smith", "person:john-smith");
  add_skipper(archive, "a3", "John Smith", "person:john-smith");
  add_violinist(archive, "b1", "John Smith", "person:john-smith");
  add_violinist(archive, "b2", "John Smith", "person:john-smith");
  g_autofree char *got = archive_resolve(archive, onr_identity_block("person:john-smith"), 0);
  g_autofree char *expected = g_strdup_printf("john-smith[a1 a2 a3]; john-smith~%08x[b1 b2]",
                                              MIN(onr_signature_lot("b1"), onr_signature_lot("b2")));
  expect(archive, "person:john-smith", expected);
  cr_expect_str_eq(got, expected);
}

Test(resolve, a_part_of_a_name_may_be_one_with_another_spelling) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 6; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    add_skipper(archive, a, "Bill Reed", "person:bill-reed");
  }
  add_violinist(archive, "b1", "William Reed", "person:william-reed");
  add_violinist(archive, "b2", "William Reed", "person:william-reed");
  add_skipper(archive, "c1", "William Reed", "person:william-reed");
  expect(archive, "person:bill-reed", "bill-reed[a0 a1 a2 a3 a4 a5 c1]; william-reed[b1 b2]");
}

Test(resolve, a_name_that_was_cut_wrongly_once_parts_no_others) {
  g_autoptr(Archive) archive = archive_new();
  GString *expected = g_string_new("bill-orlovec[");
  for (guint i = 10; i < 50; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    add_skipper(archive, a, "Bill Orlovec", "person:bill-orlovec");
    g_string_append_printf(expected, "%s ", a);
  }
  add_skipper(archive, "b1", "Bill Orlovec Ewald", "person:bill-ewald-orlovec");
  add_skipper(archive, "b2", "William Richard Orlovec", "person:william-richard-orlovec");
  g_string_append(expected, "b1 b2]");
  expect(archive, "person:bill-orlovec", expected->str);
  g_string_free(expected, TRUE);
}

Test(resolve, a_full_name_stands_for_who_is_oftener_called_by_the_surname) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "Ada Quellen", "person:ada-quellen");
  add_skipper(archive, "a2", "Quellen", "person:quellen");
  add_skipper(archive, "a3", "Quellen", "person:quellen");
  expect(archive, "person:ada-quellen", "ada-quellen[a1 a2 a3]");
}

Test(resolve, a_rare_name_is_one_whatever_it_does) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "Odile Brandreth", "person:odile-brandreth");
  add_violinist(archive, "a2", "Odile Brandreth", "person:odile-brandreth");
  expect(archive, "person:odile-brandreth", "odile-brandreth[a1 a2]");
}

Test(resolve, a_surname_alone_goes_to_who_bears_it_there) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 4; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i), *b = g_strdup_printf("b%u", i);
    add_skipper(archive, a, "Ada Quellen", "person:ada-quellen");
    add_violinist(archive, b, "Marit Quellen", "person:marit-quellen");
  }
  add_skipper(archive, "c1", "Quellen", "person:quellen");
  add_violinist(archive, "c2", "Quellen", "person:quellen");
  expect(archive, "person:quellen", "ada-quellen[a0 a1 a2 a3 c1]; marit-quellen[b0 b1 b2 b3 c2]");
}

/* N articles of a skipper with a full name, and one that is hardly like them with the surname alone. */
static void add_lone_surname(Archive *archive, guint n) {
  for (guint i = 0; i < n; i++) {
    g_autofree char *a = g_strdup_printf("a%03u", i);
    add_skipper(archive, a, "Ada Quellen", "person:ada-quellen");
  }
  archive_add(archive, "b1", "The violinist Quellen played Brahms at the harbour.",
              IDS("person:quellen=Quellen"));
}

Test(resolve, a_surname_alone_is_the_famous_bearer_s_where_little_tells) {
  g_autoptr(Archive) few = archive_new(), many = archive_new();
  add_lone_surname(few, 2);
  add_lone_surname(many, 200);
  g_autofree char *of_few = archive_resolve(few, onr_identity_block("person:quellen"), 1),
                  *of_many = archive_resolve(many, onr_identity_block("person:quellen"), 1);
  cr_expect_str_eq(of_few, "ada-quellen[a000 a001]; quellen[b1]", "%s", of_few);
  cr_expect_neq(g_str_has_suffix(of_many, "a199 b1]"), FALSE, "%s", of_many);
}

Test(resolve, a_double_surname_alone_is_a_surname) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 3; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i), *b = g_strdup_printf("b%u", i);
    add_skipper(archive, a, "Ada Varan-Quellen", "person:ada-varan-quellen");
    add_violinist(archive, b, "Marit Varan-Quellen", "person:marit-varan-quellen");
  }
  add_skipper(archive, "c1", "Varan-Quellen", "person:varan-quellen");
  add_violinist(archive, "c2", "Varan Quellen", "person:varan-quellen");
  expect(archive, "person:quellen", "ada-varan-quellen[a0 a1 a2 c1]; marit-varan-quellen[b0 b1 b2 c2]");
}

Test(resolve, a_full_name_behind_a_word_is_no_double_surname) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 3; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    add_skipper(archive, a, "Varan Quellen", "person:varan-quellen");
  }
  add_skipper(archive, "b1", "Mates Varan Quellen", "person:mates-varan-quellen");
  expect(archive, "person:quellen", "varan-quellen[a0 a1 a2 b1]");
}

Test(resolve, a_word_that_hardly_anybody_has_for_a_surname_is_none) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 3; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    add_skipper(archive, a, "Quellen", "person:quellen");
  }
  add_skipper(archive, "b1", "Standeth Quellen", "person:standeth-quellen");
  expect(archive, "person:quellen", "quellen[a0 a1 a2]; standeth-quellen[b1]");
}

Test(resolve, a_surname_that_was_taken_for_a_place_goes_there_too) {
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 4; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    add_skipper(archive, a, "Ada Quellen", "person:ada-quellen");
  }
  add_skipper(archive, "c1", "Quellen", "place:quellen");
  expect(archive, "person:quellen", "ada-quellen[a0 a1 a2 a3 c1]");
}

Test(resolve, a_place_that_is_named_oftener_than_its_namesake_is_a_place) {
  g_autoptr(Archive) archive = archive_new();
  add_skipper(archive, "a1", "Ada Quellen", "person:ada-quellen");
  add_skipper(archive, "c1", "Quellen", "place:quellen");
  add_skipper(archive, "c2", "Quellen", "place:quellen");
  expect(archive, "person:quellen", "ada-quellen[a1]; quellen[c1 c2]");
}

Test(resolve, a_place_of_which_hardly_anybody_says_where_it_is_is_one) {
  g_autoptr(Archive) archive = archive_new();
  GString *expected = g_string_new("great-marsh[");
  for (guint i = 10; i < 22; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i);
    archive_add(archive, a,
                i % 6 == 0 ? "Sailors crossed the Great Marsh, Ohio, and painted the lighthouse white."
                           : "Miners left the coal pit at the Great Marsh and the colliery closed for good.",
                IDS("place:great-marsh=Great Marsh"));
    g_string_append_printf(expected, "%s%s", i > 10 ? " " : "", a);
  }
  g_string_append_c(expected, ']');
  expect(archive, "place:great-marsh", expected->str);
  g_string_free(expected, TRUE);
}

Test(resolve, a_town_that_is_not_said_where_is_that_of_articles_like_it) {
  static const char coal[] = "Miners left the coal pit above Charleston%s and the colliery closed for good.",
                    ships[] = "Sailors moored the sloop at Charleston%s and painted the lighthouse white.";
  g_autoptr(Archive) archive = archive_new();
  for (guint i = 0; i < 3; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i), *b = g_strdup_printf("b%u", i);
    g_autofree char *mine = g_strdup_printf(coal, ", W.Va.,"), *port = g_strdup_printf(ships, ", S.C.,");
    archive_add(archive, b, port, IDS("place:charleston=Charleston"));
    if (i < 2)
      archive_add(archive, a, mine, IDS("place:charleston=Charleston"));
  }
  g_autofree char *mine = g_strdup_printf(coal, "");
  archive_add(archive, "c1", mine, IDS("place:charleston=Charleston"));
  archive_add(archive, "d1", "Sailors moored in Charleston.", IDS("place:charleston=Charleston"));
  g_autofree char *expected =
      g_strdup_printf("charleston[b0 b1 b2 d1]; charleston~%08x[a0 a1 c1]",
                      MIN(MIN(onr_signature_lot("a0"), onr_signature_lot("a1")), onr_signature_lot("c1")));
  expect(archive, "place:charleston", expected);
}

/* Of two alone, the one that is first by lot keeps the name. */
static void expect_two(Archive *archive, const char *id, const char *name, const char *first,
                       const char *second) {
  gboolean is_first = onr_signature_lot(first) < onr_signature_lot(second);
  const char *one = is_first ? first : second, *other = is_first ? second : first;
  g_autofree char *expected =
      g_strdup_printf("%s[%s]; %s~%08x[%s]", name, one, name, onr_signature_lot(other), other);
  expect(archive, id, expected);
}

Test(resolve, towns_of_which_nothing_is_said_are_two_where_nothing_ties_them) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1", "Miners left the coal pit above Charleston and the colliery closed for good.",
              IDS("place:charleston=Charleston"));
  archive_add(archive, "b1", "Sailors moored the sloop at Charleston and painted the lighthouse white.",
              IDS("place:charleston=Charleston"));
  expect_two(archive, "place:charleston", "charleston", "a1", "b1");
}

Test(resolve, a_word_that_is_nobodys_surname_may_be_a_towns) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1",
              "Miners left the coal pit above Quellen, Ohio, and the colliery closed for good.",
              IDS("place:quellen=Quellen"));
  archive_add(archive, "b1", "Sailors moored the sloop at Quellen, Maine, and painted the lighthouse white.",
              IDS("place:quellen=Quellen"));
  add_skipper(archive, "c1", "Ada Varan", "person:ada-varan");
  expect_two(archive, "person:quellen", "quellen", "a1", "b1");
}

Test(resolve, a_site_that_towns_have_is_that_of_the_town_beside_it) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1",
              "Guests of the Heron Hotel in Chicago left after the gala, and the lobby closed.",
              IDS("place:heron-hotel=Heron Hotel"));
  archive_add(archive, "b1", "Guests of the Heron Hotel in Moscow left after the gala, and the lobby closed.",
              IDS("place:heron-hotel=Heron Hotel"));
  expect_two(archive, "place:heron-hotel", "heron-hotel", "a1", "b1");
}

static void add_ministry(Archive *archive, const char *article, const char *people) {
  g_autofree char *text =
      g_strdup_printf("The envoy met ministers on Monday. The %s Foreign Ministry praised the talks "
                      "about grain, and the ambassador left.",
                      people);
  archive_add(archive, article, text, IDS("org:foreign-ministry=Foreign Ministry"));
}

Test(resolve, a_body_that_many_have_is_that_of_the_state_beside_it) {
  g_autoptr(Archive) archive = archive_new();
  add_ministry(archive, "a1", "Russian");
  add_ministry(archive, "a2", "Russian");
  add_ministry(archive, "a3", "Russian");
  add_ministry(archive, "b1", "Ukrainian");
  g_autofree char *expected =
      g_strdup_printf("foreign-ministry[a1 a2 a3]; foreign-ministry~%08x[b1]", onr_signature_lot("b1"));
  expect(archive, "org:foreign-ministry", expected);
}

Test(resolve, a_state_stands_out_of_the_many_articles_of_a_body) {
  static const char *const whose[] = {"", "Ohio "};
  g_autoptr(Archive) archive = archive_new();
  g_autoptr(GString) expected = g_string_new("supreme-court[");
  for (guint i = 0; i < 72; i++) { /* more than speak for a name */
    g_autofree char *id = g_strdup_printf("a%02u", i);
    g_autofree char *text = g_strdup_printf(
        "The %sSupreme Court heard the herring case. The justices were late.", whose[i >= 70]);
    archive_add(archive, id, text, IDS("org:supreme-court=Supreme Court"));
    g_string_append_printf(expected, "%s%s", i == 70 ? "" : i ? " " : "", i < 70 ? id : "");
  }
  g_string_truncate(expected, expected->len - 1);
  g_string_append_printf(expected, "]; supreme-court~%08x[a70 a71]",
                         MIN(onr_signature_lot("a70"), onr_signature_lot("a71")));
  g_autofree char *got = archive_resolve(archive, onr_identity_block("org:supreme-court"), 1);
  cr_expect_str_eq(got, expected->str, "%s", got);
}

/* Letters are short for the name with these initials whose articles are like theirs. */
static void add_harbour_and_hall(Archive *archive) {
  static const char boats[] = "%s counted the herring boats in the harbour of Sandhythe. The skippers of the "
                              "trawlers asked %s for longer nets at the quay.",
                    songs[] =
                        "%s gave a concert with the orchestra of Marenport. The violinist praised %s for "
                        "the concerto by Brahms.";
  static const char *const names[] = {"Brask Harbour Board", "Brask Hall Band"};
  for (guint i = 0; i < 3; i++) {
    g_autofree char *a = g_strdup_printf("a%u", i), *b = g_strdup_printf("b%u", i);
    g_autofree char *boat = g_strdup_printf(boats, names[0], names[0]),
                    *song = g_strdup_printf(songs, names[1], names[1]);
    archive_add(archive, a, boat, IDS("org:brask-harbour-board=Brask Harbour Board"));
    archive_add(archive, b, song, IDS("org:brask-hall-band=Brask Hall Band"));
  }
  g_autofree char *boat = g_strdup_printf(boats, "BHB", "BHB"), *song = g_strdup_printf(songs, "BHB", "BHB");
  archive_add(archive, "c1", boat, IDS("org:bhb=BHB"));
  archive_add(archive, "c2", song, IDS("org:bhb=BHB"));
}

Test(resolve, letters_that_no_article_explains_are_the_body_they_are_like) {
  g_autoptr(Archive) archive = archive_new();
  add_harbour_and_hall(archive);
  expect(archive, "org:bhb", "brask-hall-band[b0 b1 b2 c2]; brask-harbour-board[a0 a1 a2 c1]");
}

Test(resolve, letters_are_not_short_for_a_name_that_begins_with_them) {
  static const char boats[] = "%s counted the herring boats in the harbour of Sandhythe. The skippers of the "
                              "trawlers asked for longer nets at the quay.";
  g_autoptr(Archive) archive = archive_new();
  g_autofree char *own = g_strdup_printf(boats, "BHB"), *longer = g_strdup_printf(boats, "BHB Herring Board");
  archive_add(archive, "a1", own, IDS("org:bhb=BHB"));
  archive_add(archive, "a2", longer, IDS("org:bhb-herring-board=BHB Herring Board"));
  expect(archive, "org:bhb", "bhb-herring-board[a2]; bhb[a1]");
}

Test(resolve, letters_that_a_user_lists_with_their_body_are_still_its) {
  g_autoptr(Archive) archive = archive_new();
  add_harbour_and_hall(archive);
  archive_label(archive, "org:bhb", "org:bhb");
  archive_label(archive, "org:brask-harbour-board", "org:bhb");
  expect(archive, "org:bhb", "bhb[a0 a1 a2 c1]; brask-hall-band[b0 b1 b2 c2]");
}

Test(resolve, two_names_of_a_body_that_many_have_are_one_where_one_state_has_both) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1", "The Russian Defense Ministry counted tanks near Moscow.",
              IDS("org:defense-ministry=Defense Ministry"));
  archive_add(archive, "a2", "The Russian Ministry of Defense counted tanks near Moscow.",
              IDS("org:ministry-of-defense=Ministry of Defense"));
  archive_add(archive, "b1", "The Estonian Defence Ministry bought a ferry.",
              IDS("org:defence-ministry=Defence Ministry"));
  archive_add(archive, "b2", "The Japanese Ministry of Defence painted a lighthouse.",
              IDS("org:ministry-of-defence=Ministry of Defence"));
  expect(archive, "org:defense-ministry",
         "defence-ministry[b1]; defense-ministry[a1 a2]; ministry-of-defence[b2]");
}

Test(resolve, the_us_court_is_no_states) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1", "The Supreme Court of Ohio sat in June.",
              IDS("org:supreme-court=Supreme Court"));
  archive_add(archive, "a2", "The Ohio Supreme Court sat in May.", IDS("org:supreme-court=Supreme Court"));
  archive_add(archive, "a3", "The U.S. Supreme Court sat in May.",
              IDS("org:us-supreme-court=U.S. Supreme Court"));
  expect(archive, "org:supreme-court", "supreme-court[a1 a2]; us-supreme-court[a3]");
}

Test(resolve, known_names_of_bodies_and_places_are_one) {
  g_autoptr(Archive) archive = archive_new();
  archive_add(archive, "a1", "NATO met.", IDS("org:nato=NATO"));
  archive_add(archive, "a2", "NATO met, and the North Atlantic Treaty Organization spoke.",
              IDS("org:north-atlantic-treaty-organization=North Atlantic Treaty Organization"));
  archive_add(archive, "a3", "NATO met.", IDS("org:nato=NATO"));
  expect(archive, "org:nato", "nato[a1 a2 a3]");
}

Test(resolve, nothing_is_resolved_to_nothing) {
  g_autoptr(Archive) archive = archive_new();
  expect(archive, "person:nobody", "");
}
