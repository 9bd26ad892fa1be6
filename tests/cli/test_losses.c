/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/losses.h"
#include "support/support.h"

ONR_SUITE(losses);

static char *list_of(const OnrLosses *losses) {
  g_autoptr(GPtrArray) list = onr_losses_list(losses);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < list->len; i++) {
    const OnrLoss *loss = list->pdata[i];
    g_string_append_printf(out, "%u %s (%s)\n", (guint)loss->n, loss->reason, loss->kind ? loss->kind : "-");
  }
  return g_string_free(out, FALSE);
}

Test(losses, reasons_that_differ_in_numbers_and_quoted_words_are_one) {
  static const char *const reasons[] = {
      "no JSON at line 5, column 0: '}' expected near end of file",
      "a JPEG image, which is not read",
      "no JSON at line 1,204, column 17: ']' expected near end of file",
      "an MP3 file", /* a number inside a word is none */
      "the item's text isn't that of 'Ada's ferry', 3.5 MB",
      "the item's text isn't that of 'Bo', 12.25 MB",
      "a JPEG image, which is not read",
      "no end of 'this",
      "a JPEG image, which is not read",
      "2",
  };
  g_autoptr(OnrLosses) losses = onr_losses_new();
  for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
    onr_losses_add(losses, i ? NULL : "broken", reasons[i]);
  g_autofree char *found = list_of(losses);
  cr_expect_str_eq(found, "3 a JPEG image, which is not read (-)\n"
                          "2 no JSON at line N, column N: '…' expected near end of file (broken)\n"
                          "2 the item's text isn't that of '…', N MB (-)\n"
                          "1 N (-)\n"
                          "1 an MP3 file (-)\n"
                          "1 no end of 'this (-)\n");
}

Test(losses, memory_is_bounded) {
  g_autoptr(OnrLosses) losses = onr_losses_new();
  for (guint i = 0; i < ONR_LOSSES_MAX + 500; i++) {
    char reason[3] = {(char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676)};
    g_autofree char *word = g_strndup(reason, 3);
    onr_losses_add(losses, "broken", word);
  }
  g_autoptr(GPtrArray) list = onr_losses_list(losses);
  cr_expect_eq(list->len, ONR_LOSSES_MAX + 1);
  const OnrLoss *most = list->pdata[0];
  cr_expect_eq(most->n, 500);
  cr_expect_str_eq(most->reason, "other reasons");
  cr_expect_null(most->kind);
}
