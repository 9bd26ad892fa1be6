/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/support.h"
#include "text/known_names.h"
#include "text/name.h"

ONR_SUITE(known_names);

Test(known_names, are_found_by_every_name) {
  cr_expect_str_eq(onr_known_body("pkk"), "kurdistan-workers-party");
  cr_expect_str_eq(onr_known_body("kurdistan-workers-party"), "kurdistan-workers-party");
  cr_expect_str_eq(onr_known_place("democratic-people-republic-of-korea"), "north-korea");
  cr_expect_null(onr_known_body("brask"));
  cr_expect_null(onr_known_place("pkk"));
}

Test(known_names, begin_with_their_first_words) {
  cr_expect_neq(onr_known_begins("kurdistan"), FALSE);
  cr_expect_neq(onr_known_begins("kurdistan-workers"), FALSE);
  cr_expect_eq(onr_known_begins("kurdistan-workers-party"), FALSE,
               "it is a whole name, and of no longer one");
  cr_expect_eq(onr_known_begins("kurd"), FALSE, "whole words only");
}

Test(known_names, are_ids_of_what_articles_write) {
  static const char *const written[][2] = {
      {"People’s Liberation Army", "people-liberation-army"},
      {"Kurdistan Workers’ Party", "kurdistan-workers-party"},
      {"Bureau of Alcohol, Tobacco, Firearms and Explosives",
       "bureau-of-alcohol-tobacco-firearms-and-explosives"},
      {"U.S. Court of Appeals for the D.C. Circuit", "us-court-of-appeals-for-the-dc-circuit"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(written); i++) {
    g_autofree char *id = onr_name_id("org", written[i][0]);
    cr_expect_str_eq(id + strlen("org:"), written[i][1]);
    cr_expect_not_null(onr_known_body(written[i][1]), "%s", written[i][1]);
  }
}

Test(known_names, grow_word_by_word) {
  g_autoptr(GString) id = g_string_new(NULL);
  onr_name_id_append(id, "U.S.", 4);
  onr_name_id_append(id, "Anglo-Norlandic", 15);
  onr_name_id_append(id, "O’Brien", strlen("O’Brien"));
  cr_expect_str_eq(id->str, "us-anglo-norlandic-obrien");
}
