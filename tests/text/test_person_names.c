/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of persons compared by their words alone. */
#include "support/support.h"
#include "text/person_name.h"

ONR_SUITE(person_names);

typedef struct {
  OnrLikeness likeness;
  const char *a, *b;
} Case;

static const Case cases[] = {
    {ONR_LIKENESS_SAME, "Sergey Lavrov", "Sergei Lavrov"},
    {ONR_LIKENESS_SAME, "Volodymyr Zelensky", "Volodymyr Zelenskyy"},
    {ONR_LIKENESS_SAME, "Kim Jong-un", "Kim Jong Un"},
    {ONR_LIKENESS_SAME, "Kim Jong-un", "Kim Jongun"},
    {ONR_LIKENESS_SAME, "Bashar al-Assad", "Bashar Assad"},
    {ONR_LIKENESS_SAME, "Sen. Ada Quill", "Ada Quill"},
    {ONR_LIKENESS_SAME, "George “Jay” Keyworth", "George Keyworth"},
    {ONR_LIKENESS_SAME, "Ada Quill (D-Norland)", "Ada Quill"},
    {ONR_LIKENESS_SAME, "Emma González", "Emma Gonzalez"},
    {ONR_LIKENESS_SAME, "John R. Dorn", "John Reyk Dorn"},
    {ONR_LIKENESS_LONGER, "Donald J. Trump", "Donald Trump"},
    {ONR_LIKENESS_LONGER, "Pavel Dorn Jr.", "Pavel Dorn"},
    {ONR_LIKENESS_LONGER, "Pavel R. S. Dorn", "Pavel R. Dorn"},
    {ONR_LIKENESS_NICKNAME, "Bill Clinton", "William Clinton"},
    {ONR_LIKENESS_NICKNAME, "Bill Clinton", "William J. Clinton"},
    {ONR_LIKENESS_NICKNAME, "Bob Dorn", "Rob Dorn"},
    {ONR_LIKENESS_NICKNAME, "Jerry Dorn", "Jerrold Dorn"},
    {ONR_LIKENESS_NICKNAME, "Siraj Dorn", "Sirajuddin Dorn"},
    {ONR_LIKENESS_INITIAL, "S. Lavrov", "Sergey Lavrov"},
    {ONR_LIKENESS_PART, "Leslie McCrae Dorn", "McCrae Dorn"},
    {ONR_LIKENESS_PART, "Ana Varan-Quill", "Ana Varan"},
    {ONR_LIKENESS_PART, "Ines Varan Quill", "Ines Quill Varan"},
    {ONR_LIKENESS_NEAR_GIVEN, "Nikolas Roof", "Nikloas Roof"},
    {ONR_LIKENESS_NEAR_SURNAME, "Rahm Emanual", "Rahm Emanuel"},
    {ONR_LIKENESS_NONE, "George H. W. Bush", "George Walker Bush"},
    {ONR_LIKENESS_NONE, "Pavel Dorn Jr.", "Pavel Dorn Sr."},
    {ONR_LIKENESS_NONE, "Ada Quill", "Ida Quill"},
    {ONR_LIKENESS_NONE, "Tim Scott", "Tom Scott"},
    {ONR_LIKENESS_NONE, "Ada Holt", "Ada Holm"},
    {ONR_LIKENESS_NONE, "Bill Emanual", "William Emanuel"}, /* two doubts */
    {ONR_LIKENESS_NONE, "Carl Dorn", "Carla Dorn"},         /* of another gender */
    {ONR_LIKENESS_NONE, "Paul Dorn", "Pauline Dorn"},
    {ONR_LIKENESS_NONE, "Ana Varan Quill", "Varan Dorn"},
    {ONR_LIKENESS_NONE, "Lavrov", "Sergey Lavrov"},
    {ONR_LIKENESS_NONE, "", "Sergey Lavrov"},
};

Test(person_names, are_compared_by_their_parts) {
  for (guint k = 0; k < G_N_ELEMENTS(cases); k++) {
    g_auto(OnrPersonName) a = {0}, b = {0};
    onr_person_name_set(&a, cases[k].a);
    onr_person_name_set(&b, cases[k].b);
    cr_expect_eq(onr_person_name_compare(&a, &b), cases[k].likeness, "%s, %s: %d", cases[k].a, cases[k].b,
                 (int)onr_person_name_compare(&a, &b));
    cr_expect_eq(onr_person_name_compare(&b, &a), cases[k].likeness, "%s, %s the other way", cases[k].b,
                 cases[k].a);
  }
}

Test(person_names, nicknames_go_both_ways) {
  cr_expect_neq(onr_is_nickname("bill", "william"), FALSE);
  cr_expect_neq(onr_is_nickname("william", "bill"), FALSE);
  cr_expect_neq(onr_is_nickname("bob", "rob"), FALSE);
  cr_expect_eq(onr_is_nickname("bill", "bob"), FALSE);
  cr_expect_eq(onr_is_nickname("wil", "william"), FALSE); /* a part of a word of the row is none */
}

Test(person_names, are_cut_into_parts) {
  g_auto(OnrPersonName) name = {0};
  onr_person_name_set(&name, "Dr. Martin Luther King Jr.");
  cr_assert_eq(name.words->len, 3);
  cr_expect_str_eq(name.words->pdata[0], "martin");
  cr_expect_str_eq(name.words->pdata[2], "king");
  cr_expect_eq(name.generation, ONR_GENERATION_JUNIOR);
}
