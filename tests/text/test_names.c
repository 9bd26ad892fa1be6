/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_text.h"

#include "support/support.h"
#include "text/name.h"

#include <string.h>

ONR_SUITE(names);

/* Each expected line is "= NAME" for the same keys, "/ NAME" for others, "keys …", "id …". */
static char *keys_of(const char *name) {
  g_autoptr(GPtrArray) keys = onr_name_keys(name);
  g_ptr_array_add(keys, NULL);
  return g_strjoinv(" ", (char **)keys->pdata);
}

Test(names, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("names.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *keys = keys_of(c->input);
    for (guint k = 0; k < c->expected->len; k++) {
      const char *line = c->expected->pdata[k];
      g_autofree char *other = keys_of(line + 2);
      g_autofree char *id = onr_name_id("person", c->input);
      if (g_str_has_prefix(line, "= "))
        cr_expect_str_eq(keys, other, "names.test:%u: %s is \"%s\", %s is \"%s\"", c->line, c->input, keys,
                         line + 2, other);
      else if (g_str_has_prefix(line, "/ "))
        cr_expect_str_neq(keys, other, "names.test:%u: %s and %s are both \"%s\"", c->line, c->input,
                          line + 2, other);
      else if (g_str_has_prefix(line, "keys"))
        cr_expect_str_eq(keys, line + MIN(5, strlen(line)), "names.test:%u: \"%s\"", c->line, keys);
      else if (g_str_has_prefix(line, "id "))
        cr_expect_str_eq(id, line + 3, "names.test:%u: \"%s\"", c->line, id);
      else
        cr_fail("names.test:%u: \"%s\" says nothing", c->line, line);
    }
  }
}

Test(names, words_go_with_keys) {
  g_autoptr(GPtrArray) words = onr_name_words("Prime Minister Séan O'Brien-Smith’s");
  g_autoptr(GPtrArray) keys = onr_name_keys("Prime Minister Séan O'Brien-Smith’s");
  static const char *const expected[] = {"sean", "obrien", "smith"};
  cr_assert_eq(words->len, 3);
  cr_assert_eq(keys->len, 3);
  for (guint i = 0; i < 3; i++)
    cr_assert_str_eq(words->pdata[i], expected[i]);
}

Test(names, any_text) {
  GRand *rand = g_rand_new_with_seed(10);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 3000; i++) {
    random_text(rand, 12, text);
    g_autoptr(GPtrArray) keys = onr_name_keys(text->str);
    g_autoptr(GPtrArray) words = onr_name_words(text->str);
    g_autofree char *id = onr_name_id("org", text->str);
    cr_assert_neq(g_str_has_prefix(id, "org:"), 0);
    cr_assert_eq(keys->len, words->len);
    for (guint k = 0; k < keys->len; k++) {
      cr_assert_neq(*(char *)keys->pdata[k], 0, "an empty key in \"%s\"", text->str);
      g_autofree char *again = onr_name_word_key(keys->pdata[k], -1);
      cr_assert_neq(*again, 0);
    }
  }
  g_rand_free(rand);
}

Test(names, join_as_prose_lists_them) {
  const char *const names[] = {"Ada", "Bo", "Cy"};
  cr_assert_null(onr_name_join(names, 0));
  g_autofree char *one = onr_name_join(names, 1), *two = onr_name_join(names, 2),
                  *three = onr_name_join(names, 3);
  cr_expect_str_eq(one, "Ada");
  cr_expect_str_eq(two, "Ada and Bo");
  cr_expect_str_eq(three, "Ada, Bo and Cy");
}
