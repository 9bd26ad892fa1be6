/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "identity/variants.h"

#include "support/support.h"

ONR_SUITE(variants);

Test(variants, have_the_key_of_what_they_are_variants_of) {
  cr_expect_eq(onr_variant_key("person:ada-sarsour"), onr_variant_key("person:ada-sasour"));
  cr_expect_neq(onr_variant_key("person:ada-sarsour"), onr_variant_key("person:ines-sasour"));
  cr_expect_neq(onr_variant_key("person:ada-sarsour"), onr_variant_key("person:ada-quill"));
  cr_expect_eq(onr_variant_key("person:sarsour"), 0);
  cr_expect_eq(onr_variant_key("org:ada-sarsour"), 0);
}

Test(variants, lie_in_another_block_and_are_spelled_alike) {
  static const struct {
    const char *a, *b;
    gboolean may_be;
  } cases[] = {{"person:ada-sarsour", "person:ada-sasour", TRUE},
               {"person:ana-varan", "person:ana-varan-quill", TRUE},
               {"person:ines-varan-quill", "person:ines-quill-varan", TRUE},
               {"person:ada-sarsour", "person:ida-sasour", FALSE},
               {"person:ada-quill", "person:ida-quill", FALSE},
               {"person:ada-gaddafi", "person:ada-qadhafi", FALSE}, /* of one block */
               {"person:ada-sarsour", "org:ada-sasour", FALSE},
               {"person:sarsour", "person:ada-sasour", FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    cr_expect_eq(onr_may_be_variant(cases[i].a, cases[i].b), cases[i].may_be, "%s, %s", cases[i].a,
                 cases[i].b);
    cr_expect_eq(onr_may_be_variant(cases[i].b, cases[i].a), cases[i].may_be, "%s, %s", cases[i].b,
                 cases[i].a);
  }
}

Test(variants, ids_have_a_word_less_or_two_turned) {
  g_autoptr(GPtrArray) ids = onr_variant_ids("person:ana-varan-quill"),
                       none = onr_variant_ids("person:ana-varan");
  cr_assert_eq(ids->len, 2);
  cr_expect_str_eq(ids->pdata[0], "person:ana-varan");
  cr_expect_str_eq(ids->pdata[1], "person:ana-quill-varan");
  cr_expect_eq(none->len, 0);
}
