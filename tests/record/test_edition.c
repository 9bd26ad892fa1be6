/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of two items with one id holds, and what a kill kills. */
#include "fixture.h"

#include "archive/edition.h"

ONR_SUITE(edition);

/* "VERSION UPDATED PUBLISHED NOTICE", '-' for what is not said. */
static OnrEdition edition(const char *text) {
  g_auto(GStrv) parts = g_strsplit(text, " ", 4);
  OnrEdition out;
  cr_assert_eq(g_strv_length(parts), 4, "%s", text);
  const char *said[4];
  for (guint i = 0; i < 4; i++)
    said[i] = g_strcmp0(parts[i], "-") ? parts[i] : NULL;
  onr_edition_read(&out, said[0], said[1], said[2], said[3]);
  return out;
}

Test(edition, moments) {
  OnrMoment noon = onr_moment_read("2024-05-01T12:00:00Z"),
            zoned = onr_moment_read("2024-05-01T14:00:00+02:00");
  OnrMoment day = onr_moment_read("2024-05-01");
  cr_expect_eq(noon.us, G_GINT64_CONSTANT(1714564800000000));
  cr_expect_eq(zoned.us, noon.us);
  cr_expect_eq(onr_moment_read("2024-05-01T12:00:00").us, noon.us, "no zone is UTC");
  cr_expect_eq(noon.is_day, FALSE);
  cr_expect_eq(day.is_day, TRUE);
  cr_expect_eq(day.us, noon.us - 12 * G_GINT64_CONSTANT(3600000000));
  cr_expect_eq(onr_moment_read("soon").is_known, FALSE);
  cr_expect_eq(onr_moment_read(NULL).is_known, FALSE);
}

/* Rising: each is below all that follow. */
static const char *const RISING[] = {
    "- - 2024-05-09 -", /* plain: its date says nothing */
    "- - - correction",
    "- - 2024-05-01 correction",
    "- 2024-05-01 - -",
    "- 2024-05-01 2024-05-01 -",
    "- 2024-05-01 - correction",
    "- 2024-05-01T00:00:01Z - -",
    "- 2024-05-02 - -",
    "1 - - -",
    "1 - 2024-05-01 -",
    "1 2024-05-01 - -",
    "2 - - -",
    "2 - - correction",
    "10 - - -",
};

Test(edition, one_order_of_all) {
  for (guint i = 0; i < G_N_ELEMENTS(RISING); i++)
    for (guint k = 0; k < G_N_ELEMENTS(RISING); k++) {
      OnrEdition a = edition(RISING[i]), b = edition(RISING[k]);
      int wanted = (i > k) - (i < k), found = onr_edition_compare(&a, &b);
      cr_expect_eq((found > 0) - (found < 0), wanted, "%s against %s", RISING[i], RISING[k]);
    }
}

Test(edition, plain_items_are_equal) {
  OnrEdition a = edition("- - 2024-05-01 -"), b = edition("- - 2024-05-02 -"), c = edition("x soon - what");
  cr_expect_eq(onr_edition_compare(&a, &b), 0);
  cr_expect_eq(onr_edition_is_plain(&c), TRUE, "no number, no time, no notice");
  cr_expect_eq(onr_edition_compare(&a, &c), 0);
  OnrEdition zero = edition("0 - - -"), negative = edition("-3 - - -");
  cr_expect_eq(onr_edition_is_plain(&zero), TRUE);
  cr_expect_eq(onr_edition_is_plain(&negative), TRUE);
}

static const struct {
  const char *kill, *other;
  gboolean is_killed;
} KILLS[] = {
    {"3 - - kill", "2 - - -", TRUE},
    {"3 - - withhold", "3 - - correction", TRUE},
    {"3 - - kill", "4 - - -", FALSE},
    {"3 2024-05-09 - kill", "4 2024-05-01 - -", FALSE}, /* versions say more than times */
    {"3 2024-05-01 - kill", "2 2024-05-09 - -", TRUE},
    {"3 2024-05-01T10:00:00Z - kill", "3 2024-05-01T11:00:00Z - -", FALSE}, /* free again */
    {"3 2024-05-01T10:00:00Z - kill", "3 2024-05-01T10:00:00Z - -", TRUE},
    {"- - - kill", "9 2024-05-01 2024-05-01 -", TRUE}, /* all, where it says nothing */
    {"- 2024-05-02 - kill", "9 2024-05-01 - -", TRUE},
    {"- 2024-05-02 - kill", "9 2024-05-03 - -", FALSE},
    {"- 2024-05-02 - kill", "- - 2024-05-01 -", TRUE},
    {"- 2024-05-02 - kill", "- - 2024-05-03 -", FALSE},
    {"- 2024-05-02 - kill", "- - - -", TRUE},
    {"- 2024-05-02 - kill", "- 2024-05-02T09:00:00Z - -", TRUE}, /* on one day: the kill */
    {"- 2024-05-02T08:00:00Z - kill", "- 2024-05-02 - -", TRUE},
    {"3 2024-05-02 - kill", "- 2024-05-01 - -", TRUE},
    {"- - 2024-05-02 kill", "- - 2024-05-03 -", TRUE}, /* its date may be the article's */
};

Test(edition, kills) {
  for (guint i = 0; i < G_N_ELEMENTS(KILLS); i++) {
    OnrEdition kill = edition(KILLS[i].kill), other = edition(KILLS[i].other);
    cr_expect_eq(onr_edition_kills(&kill, &other), KILLS[i].is_killed, "%s: %s", KILLS[i].kill,
                 KILLS[i].other);
  }
}

Test(edition, of_an_article) {
  g_autoptr(OnrArticle) article = onr_article_new();
  article->published = "2024-05-01";
  OnrEdition found;
  onr_edition_of_article(&found, article);
  cr_expect_eq(onr_edition_is_plain(&found), TRUE);
  cr_expect_eq(onr_article_is_kill(article), FALSE);
  onr_article_add_note(article, ONR_NOTE_VERSION, "4");
  onr_article_add_note(article, ONR_NOTE_UPDATED, "2024-05-02T10:00:00Z");
  onr_article_add_note(article, ONR_NOTE_NOTICE, "withhold");
  onr_edition_of_article(&found, article);
  cr_expect_eq(found.version, 4);
  cr_expect_eq(found.updated.is_known && !found.updated.is_day && found.published.is_day, TRUE);
  cr_expect_eq((int)found.notice, (int)ONR_NOTICE_KILL);
  cr_expect_eq(onr_article_is_kill(article), TRUE);
}
