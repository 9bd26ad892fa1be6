/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

#include "identity/block.h"

ONR_SUITE(blocks);

static void expect_one(const char *a, const char *b) {
  cr_expect_eq(onr_identity_block(a), onr_identity_block(b), "%s, %s", a, b);
}

static void expect_two(const char *a, const char *b) {
  cr_expect_neq(onr_identity_block(a), onr_identity_block(b), "%s, %s", a, b);
}

Test(blocks, hold_all_that_may_be_one) {
  expect_one("person:muammar-gaddafi", "person:moammar-qadhafi");
  expect_one("person:ada-kolm", "person:kolm");
  expect_one("person:ada-kolm-jr", "person:a-kolm");
  expect_one("person:ursula-von-der-leyen", "person:von-der-leyen");
  expect_one("person:osama-bin-laden", "person:bin-laden");
  expect_one("person:volodymyr-zelensky", "person:zelenskyy");
  expect_one("org:nato", "org:north-atlantic-treaty-organization");
  expect_one("org:fbi", "org:federal-bureau-of-investigation");
  expect_one("org:harbour-board-of-brask", "org:bbh");
  expect_one("org:justice-department", "org:department-of-justice");
  expect_one("org:the-brask-courier", "org:brask-courier");
  expect_one("org:quellen-inc", "org:quellen");
  expect_one("org:us-department-of-state", "org:state-department");
  expect_one("place:us", "place:united-states-of-america");
  expect_one("place:kyiv", "place:kiev");
  expect_one("place:islamic-republic-of-iran", "place:iran");
}

Test(blocks, part_what_is_never_one) {
  expect_two("person:ada-kolm", "person:ada-quill");
  expect_two("person:ada-kolm", "org:kolm");
  expect_two("place:georgia", "place:germany");
  expect_two("place:washington", "org:washington");
  expect_two("person:ben-carson", "person:bencarson");
}

Test(blocks, keys_are_the_usual_names) {
  static const struct {
    const char *id, *key;
  } cases[] = {{"org:the-fed", "federal-reserve"},
               {"org:us-treasury-department", "department-of-the-treasury"},
               {"org:brask-department", "department-brask"},
               {"org:quellen-holdings-ltd", "quellen"},
               {"org:united-states-harbour-board", "harbour-board"},
               {"org:united-states", "united-states"},
               {"org:us-army", "army"},
               {"org:congress-of-the-united-states", "congress"},
               {"org:house-of-representatives-brask-committee", "house-brask-committee"},
               {"org:brask-research-centre", "brask-research-center"},
               {"org:institute-for-brask-studies", "institute-brask-studies"},
               {"org:us-administration", "us-administration"},
               {"org:united-states-women", "united-states-women"},
               {"org:white-house-national-economic-council", "national-economic-council"},
               {"org:white-house-press-office", "office-white-house-press"},
               {"place:commonwealth-of-pennsylvania", "pennsylvania"},
               {"org:state-of-ohio", "ohio"},
               {"place:state-of-kolm", "state-of-kolm"},
               {"org:quellen-international-airport", "quellen-airport"},
               {"place:quellen-airport", "quellen-airport"},
               {"place:international-airport", "international-airport"},
               {"org:us", "united-states"},
               {"org:inc", "inc"},
               {"place:d-c", "washington-dc"},
               {"place:the-brask", "brask"},
               {"misc:the-brask-act", "the-brask-act"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *key = onr_identity_key(cases[i].id);
    cr_expect_str_eq(key, cases[i].key, "%s: %s", cases[i].id, key);
  }
}

Test(blocks, acronyms_are_the_initials_of_the_key) {
  static const struct {
    const char *id, *acronym;
  } cases[] = {{"org:harbour-board-of-brask", "hbb"}, {"org:the-brask-courier", "bc"}, {"org:quellen", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *acronym = onr_identity_acronym(cases[i].id);
    cr_expect_eq(g_strcmp0(acronym, cases[i].acronym), 0, "%s: %s", cases[i].id, acronym);
  }
}

Test(blocks, names_that_several_bear) {
  cr_expect_eq(onr_identity_sharing("misc:social-democrats"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("place:manchester"), ONR_SHARED_TOWN);
  cr_expect_eq(onr_identity_sharing("place:orange-county"), ONR_SHARED_TOWN);
  cr_expect_eq(onr_identity_sharing("org:city-council"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:supreme-court"), ONR_SHARED_USUAL);
  cr_expect_eq(onr_identity_sharing("org:ministry-of-foreign-affairs"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:rules-committee"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:senate-rules-committee"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("place:city-hall"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:department-of-justice"), ONR_SHARED_USUAL);
  cr_expect_eq(onr_identity_sharing("org:justice-department"), ONR_SHARED_USUAL);
  cr_expect_eq(onr_identity_sharing("org:doj"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("org:army"), ONR_SHARED_USUAL);
  cr_expect_eq(onr_identity_sharing("org:brask-city-council"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("org:nato"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("place:ukraine"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("person:john-smith"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("org:us-embassy"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:british-consulate-general"), ONR_SHARED_BODY);
  cr_expect_eq(onr_identity_sharing("org:democratic-party"), ONR_SHARED_USUAL);
  cr_expect_eq(onr_identity_sharing("org:heron-hotel"), ONR_SHARED_TOWN);
  cr_expect_eq(onr_identity_sharing("place:heron-square"), ONR_SHARED_TOWN);
  cr_expect_eq(onr_identity_sharing("org:hotel"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("person:heron-hotel"), ONR_SHARED_NOT);
  cr_expect_eq(onr_identity_sharing("place:south"), ONR_SHARED_BODY);
}
