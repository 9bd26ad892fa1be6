/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/language.h"

#include "support/support.h"

#include <string.h>

ONR_SUITE(language);

static gboolean is_english(const char *text) {
  g_autoptr(OnrDocument) doc = onr_document_new();
  onr_document_set_text(doc, text, strlen(text));
  return onr_language_is_english(doc);
}

Test(language, english_and_what_shows_nothing) {
  cr_assert_neq(is_english(""), FALSE);
  cr_assert_neq(is_english("Harbour reopens"), FALSE);
  cr_assert_neq(is_english("The mayor said that the harbour would be open again by the end of the week."),
                FALSE);
  cr_assert_neq(
      is_english("Shr 22 cts vs 13 cts\nNet 1.1 mln vs 0.9 mln\nRevs 88 mln vs 72 mln\nAvg shrs 5 mln"),
      FALSE);
  cr_assert_neq(
      is_english(
          "De la Cruz of La Paz met El Salvador's Van der Berg and Del Rio in Los Angeles and said the "
          "talks had been good for all of them."),
      FALSE);
  cr_assert_neq(is_english("The sign read \xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0 and the guide "
                           "said it was the old name."),
                FALSE);
}

Test(language, other_languages) {
  cr_assert_eq(
      is_english(
          "Der B\xc3\xbcrgermeister sagte, dass der Hafen nicht vor dem Ende der Woche und auch dann nur zu "
          "einem Teil ge\xc3\xb6"
          "ffnet wird. Das ist das Ergebnis von Montag."),
      FALSE);
  cr_assert_eq(
      is_english(
          "La mairie a dit que le port sera ouvert dans la semaine et que les bateaux qui sont au large pour "
          "une nuit encore vont entrer."),
      FALSE);
  cr_assert_eq(
      is_english(
          "El alcalde dijo que el puerto se abre por la semana y que los barcos con las redes para la noche "
          "son de una empresa."),
      FALSE);
  GString *russian = g_string_new(NULL);
  for (guint i = 0; i < 30; i++)
    g_string_append(russian, "\xd0\xbf\xd0\xbe\xd1\x80\xd1\x82 ");
  cr_assert_eq(is_english(russian->str), FALSE);
  g_string_free(russian, TRUE);
}
