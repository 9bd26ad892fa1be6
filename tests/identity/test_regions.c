/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/block.h"
#include "identity/region.h"
#include "support/support.h"
#include "text/name.h"

#include <string.h>

ONR_SUITE(regions);

/* The region of the first place where FORM stands, "-" for none. */
static const char *region(const char *id, const char *form, const char *text) {
  const char *at = strstr(text, form);
  cr_assert_not_null(at, "no '%s' in: %s", form, text);
  OnrSpan span = {(guint32)(at - text), (guint32)(at - text + (gssize)strlen(form))};
  g_auto(OnrRegionText) in = {0};
  onr_region_text_set(&in, text, strlen(text));
  const char *found = onr_region_of(&in, id, &span, 1);
  return found ? found : "-";
}

Test(regions, stand_behind_a_town_or_near_it) {
  static const struct {
    const char *id, *form, *text, *region;
  } cases[] = {
      {"place:charleston", "Charleston", "The mill in Charleston, W.Va., closed.", "west-virginia"},
      {"place:charleston", "Charleston", "CHARLESTON, S.C. — In Charleston, South Carolina, it rained.",
       "south-carolina"},
      {"place:charleston", "Charleston", "Voters of West Virginia met. In Charleston it rained.",
       "west-virginia"},
      {"place:charleston", "Charleston",
       "South Carolina is far. West Virginians met in Charleston, and in Ohio.", "south-carolina"},
      {"place:charleston", "Charleston", "It rained in Charleston, and in Ohio.", "-"},
      {"place:charleston", "Charleston", "It rained in Charleston. Miss Quill and the Mass choir sang.", "-"},
      {"place:manchester", "Manchester", "The British minister went to Manchester.", "united-kingdom"},
      {"place:athens", "Athens", "The talks in Athens went on.", "greece"},
      {"place:athens", "Athens", "She studies at the University of Georgia in Athens.", "georgia"},
      {"place:athens", "Athens", "The mayor of Athens, Ohio, spoke.", "ohio"},
      {"place:washington", "Washington", "It rained in Washington.", "washington-dc"},
      {"place:washington", "Washington", "Apples grow in Washington state.", "washington-state"},
      {"place:washington", "Washington", "The hearing in Washington, U.S., was long.", "washington-dc"},
      {"place:washington", "Washington", "In Washington, China was blamed.", "washington-dc"},
      {"place:washington", "Washington", "The British minister flew to Washington.", "washington-dc"},
      {"place:washington", "Washington", "In Washington, Iowa, a pastor spoke.", "iowa"},
      {"place:washington", "Washington", "Voters in Oregon, Washington, Idaho and Utah", "washington-state"},
      {"place:washington", "Washington", "Voters of Washington, Oregon and Utah", "washington-state"},
      {"place:washington", "Washington", "Voters in Oregon, North Dakota, and Washington",
       "washington-state"},
      {"place:washington", "Washington", "Voters in Boston and Washington", "washington-dc"},
      {"place:washington", "Washington", "Voters in Oregon and Washington", "washington-dc"},
      {"place:washington", "Washington", "Voters in Vermont and Washington, D.C., met.", "washington-dc"},
      {"place:georgia", "Georgia", "Voters in Georgia, Florida and Utah", "georgia"},
      {"place:georgia", "Georgia", "Troops in Georgia, Ukraine and Moldova", "georgia-country"},
      {"place:georgia", "Georgia", "It is far from Ohio. Georgia is at war.", "georgia"},
      {"place:georgia", "Georgia", "It is far from Ohio and from Ukraine. Georgia is at war.", "-"},
      {"place:georgia", "Georgia", "It rained, and Georgia is at war.", "-"},
      {"place:georgia", "Georgia", "From Ohio he went to the republic of Georgia.", "georgia-country"},
      {"place:philadelphia", "Philadelphia", "It was near Philadelphia, Mississippi.", "mississippi"},
      {"place:chinatown", "Chinatown", "He was seen in Manhattan’s Chinatown.", "new-york-state"},
      {"place:marion-county", "Marion County", "In Florida, Marion County counted again.", "florida"},
      {"place:sandhythe", "Sandhythe", "The boats of Sandhythe lie in the harbour.", "-"},
      {"place:sandhythe", "Sandhythe", "The boats of Sandhythe, Maine", "maine"},
      {"place:paris", "Paris", "Paris", "france"},
      {"place:st-petersburg", "Petersburg", "The Russian minister spoke in St. Petersburg.", "russia"},
      {"place:newtown", "Newtown", "The schools of Connecticut closed, also those of Newtown.",
       "connecticut"},
      {"place:merkel", "Merkel", "It rained in Texas and in Merkel.", "texas"},
      {"place:bellevue", "Bellevue", "In Bellevue the lights went out, said a paper in Washington.", "-"},
      {"place:bellevue", "Bellevue", "In Bellevue the lights went out, as all over Washington state.",
       "washington-state"},
      {"place:georgia", "Georgia", "Georgia lost the war. In Tbilisi Georgia mourned.", "georgia-country"},
      {"place:georgia", "Georgia", "Voters of Georgia waited in Atlanta.", "georgia"},
      {"place:georgia", "Georgia", "Voters of Georgia waited. Georgia is large.", "-"},
      {"place:delaware", "Delaware", "It rained in Delaware.", "delaware"},
      {"place:delaware", "Delaware", "It rained in Delaware, Ohio, a town.", "ohio"},
      {"place:sandhythe", "Sandhythe", "In Texas they spoke of Sandhythe in Cairo.", "-"},
      {"place:capitol-hill", "Capitol Hill", "A debate on Capitol Hill in Washington went on.",
       "washington-dc"},
      {"place:victoria", "Victoria", "Voters of Texas met in Victoria.", "texas"},
      {"org:heron-hotel", "Heron Hotel", "They met at the Heron Hotel in Washington.", "washington-dc"},
      {"org:heron-hotel", "Heron Hotel", "They met at the Heron Hotel in Chicago.", "illinois"},
      {"place:heron-square", "Heron Square", "A crowd filled Cairo’s Heron Square.", "egypt"},
      {"org:heron-club", "Heron Club", "Members of the Heron Club in Bedminster, N.J., left.", "new-jersey"},
      {"org:heron-club", "Heron Club", "Members of the Heron Club in Merkel left.", "texas"},
      {"org:heron-club", "Heron Club", "Members of the Heron Club in Troy left.", "-"},
      {"org:heron-club", "Heron Club", "Members of the Heron Club left Ohio.", "-"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *found = region(cases[i].id, cases[i].form, cases[i].text);
    cr_expect_eq(strncmp(found, cases[i].region, strlen(cases[i].region)), 0, "%s: %s", cases[i].text, found);
  }
}

Test(regions, of_bodies_stand_beside_them) {
  static const struct {
    const char *form, *text, *region;
    gboolean is_usual;
  } cases[] = {
      {"Department of Justice", "Sellers write to the state Department of Justice.", "a-state", TRUE},
      {"Democratic Party", "In Iowa it rained. The state Democratic Party met.", "iowa", TRUE},
      {"U.S. Embassy", "The U.S. Embassy in Cairo was shut.", "egypt", FALSE},
      {"U.S. Embassy", "The U.S. Embassy was shut.", "-", FALSE},
      {"Capitol", "They met at the old Capitol building in Madison, Wisconsin.", "wisconsin", TRUE},
      {"Capitol", "It was cold. In Lansing, Michigan, drivers passed the Capitol.", "michigan", TRUE},
      {"Capitol", "In Lansing, Michigan, it was cold. Drivers passed the Capitol.", "-", TRUE},
      {"Department of Justice", "The Department of Justice sued the state.", "-", TRUE},
      {"Supreme Court", "The state Supreme Court sat.", "-", FALSE},
      {"Foreign Ministry", "The Russian Foreign Ministry wrote to Paris.", "russia", FALSE},
      {"Foreign Ministry", "Ukraine’s Foreign Ministry answered the Russian one.", "ukraine", FALSE},
      {"Supreme Court", "The Supreme Court of Ohio sat.", "ohio", FALSE},
      {"Supreme Court", "In Ohio, voters waited. The Supreme Court sat.", "-", FALSE},
      {"Supreme Court", "The South Korean Supreme Court sat.", "south-korea", FALSE},
      {"Supreme Court", "Mr. Dorn of Ohio told the Supreme Court that Texas was late.", "-", FALSE},
      {"Supreme Court", "The Supreme Court sat.", "-", FALSE},
      {"Supreme Court", "In Lansing, Michigan, they feared the Supreme Court.", "-", FALSE},
      {"Supreme Court", "The Supreme Court in Washington sat.", "-", FALSE},
      {"Russian Embassy", "The Russian Embassy in Washington was shut.", "washington-dc", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *text = cases[i].text, *at = strstr(text, cases[i].form);
    OnrSpan span = {(guint32)(at - text), (guint32)(at - text + (gssize)strlen(cases[i].form))};
    g_auto(OnrRegionText) in = {0};
    onr_region_text_set(&in, text, strlen(text));
    g_autofree char *id = onr_name_id("org", cases[i].form);
    const char *found = onr_region_of_body(&in, id, &span, 1, cases[i].is_usual);
    cr_expect_str_eq(found ? found : "-", cases[i].region, "%s", text);
  }
}

Test(regions, what_a_text_is_about_is_named_far_oftener_than_all_else) {
  static const struct {
    const char *text, *region;
  } cases[] = {
      {"Finland votes. The Finnish premier left Helsinki. Finland joins; Finnish planes fly over Sweden.",
       "finland"},
      {"Finland votes. The Finnish premier is in Sweden. Finland and Swedish Lapland; Finnish planes.", "-"},
      {"Finland votes.", "-"},
      {"The U.S. votes. U.S. planes; the U.S. and the U.S. again.", "-"},
      {"It rained.", "-"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(OnrRegionText) in = {0};
    onr_region_text_set(&in, cases[i].text, strlen(cases[i].text));
    const char *region = onr_region_of_text(&in, "org:city-council", FALSE);
    cr_expect_str_eq(region ? region : "-", cases[i].region, "%s", cases[i].text);
  }
}

Test(regions, a_body_of_the_united_states_is_theirs_where_the_text_names_them) {
  static const struct {
    const char *text, *id, *region;
  } cases[] = {
      {"Iran and Iran. Iranian ships left Tehran; Iran and Iran again. Congress waits.", "org:congress",
       "iran"},
      {"Iran and Iran. Iranian ships left Tehran; Iran and Iran again. Congress and the White House wait.",
       "org:congress", "-"},
      {"Ohio and Ohio. Ohio, Ohio, and Ohio again. The Senate waits.", "org:senate", "-"},
      {"Ohio and Ohio. Ohio, Ohio, and Ohio again. The legislature met; the Senate waits.", "org:senate",
       "ohio"},
      {"Ohio and Ohio. Ohio, Ohio, and Ohio again. The legislature met; Congress waits.", "org:congress",
       "-"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(OnrRegionText) in = {0};
    onr_region_text_set(&in, cases[i].text, strlen(cases[i].text));
    const char *region = onr_region_of_text(&in, cases[i].id, TRUE);
    cr_expect_str_eq(region ? region : "-", cases[i].region, "%s", cases[i].text);
  }
}

Test(regions, towns_and_counties_may_be_several) {
  cr_expect_neq(onr_region_is_shared("place:charleston"), FALSE);
  cr_expect_neq(onr_region_is_shared("place:jefferson-county"), FALSE);
  cr_expect_neq(onr_region_is_shared("place:sandhythe"), FALSE); /* the tables do not know it */
  cr_expect_eq(onr_region_is_shared("place:crimea"), FALSE);
  cr_expect_eq(onr_region_is_shared("place:germany"), FALSE);
  cr_expect_eq(onr_region_is_shared("org:charleston"), FALSE);
}

Test(regions, what_tables_know_is_of_their_kind) {
  static const struct {
    const char *id, *kind;
  } cases[] = {{"org:dprk", "place"},        {"place:nato", "org"},        {"misc:nato", "org"},
               {"person:holland", "person"}, {"place:brask", "person"},    {"person:ada-quill", "person"},
               {"misc:brask", "person"}, /* a surname, perhaps */
               {"place:gulf", "place"},      {"misc:socialists", "misc"},  {"misc:russian", "misc"},
               {"misc:old-brask", "misc"},   {"place:charleston", "place"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    cr_expect_str_eq(onr_identity_kind(cases[i].id), cases[i].kind, "%s: %s", cases[i].id,
                     onr_identity_kind(cases[i].id));
  cr_expect_eq(onr_identity_block("org:dprk"), onr_identity_block("place:north-korea"));
  cr_expect_eq(onr_identity_block("misc:nato"), onr_identity_block("org:nato"));
}
