/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotated.h"

#include <string.h>

ONR_SUITE(explain);

static char *explained(Annotated *a, const char *text, guint quote) {
  GString *out = g_string_new(NULL);
  annotated_set(a, text, NULL);
  cr_assert_gt(a->found->quotes->len, quote);
  onr_annotator_explain(a->annotator, a->found, quote, out);
  return g_string_free(out, FALSE);
}

static void expect(const char *text, guint quote, const char *words) {
  g_auto(Annotated) a;
  annotated_init(&a);
  g_autofree char *lines = explained(&a, text, quote);
  cr_assert_not_null(strstr(lines, words), "quote %u of \"%s\" is explained without \"%s\":\n%s", quote, text,
                     words, lines);
}

Test(explain, says_why_the_speaker_is_who_it_is) {
  const char *text =
      "Mara Ellison, the mayor, arrived late. “I am sorry,” Ellison said. She said the train had stopped.";
  expect(text, 0, "speaker: Mara Ellison (person): named in the source");
  expect(text, 1, "speaker: Mara Ellison (person): the subject of the sentence before");
  expect("Critics said the plan was bad.", 0, "speaker: Critics (unnamed): described without a name");
  expect("Mara Ellison met Pavel Dorn, the transport minister. The minister said the plan was bad.", 0,
         "whom the article gives this role");
}

Test(explain, shows_each_token_with_its_labels) {
  g_auto(Annotated) a;
  annotated_init(&a);
  g_autofree char *lines = explained(&a, "Mara Ellison said that the bridge was safe. It opened.", 0);
  g_auto(GStrv) rows = g_strsplit(lines, "\n", -1);
  guint n = 0;
  for (guint i = 3; rows[i] && *rows[i]; i++)
    n++;
  cr_assert_eq(n, 9, "one line for each token of the first sentence:\n%s", lines);
  cr_assert_neq(g_str_has_suffix(rows[3], "Mara"), FALSE, "%s", rows[3]);
  cr_assert_not_null(strstr(rows[3], "SOURCE"), "%s", rows[3]);
  cr_assert_neq(g_str_has_suffix(rows[5], "said"), FALSE, "%s", rows[5]);
  cr_assert_not_null(strstr(rows[5], "CUE"), "%s", rows[5]);
  cr_assert_neq(g_str_has_suffix(rows[6], "that"), FALSE, "%s", rows[6]);
  cr_assert_not_null(strstr(rows[6], "CONTENT"), "%s", rows[6]);
  cr_assert_not_null(strstr(lines, "confidence: of 100 such quotes about "), "%s", lines);
}
