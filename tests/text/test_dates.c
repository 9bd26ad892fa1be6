/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "support/support.h"
#include "text/date.h"

#include <string.h>

ONR_SUITE(dates);

Test(dates, cases) {
  g_autoptr(GPtrArray) cases = onr_test_cases("dates.test");
  for (guint i = 0; i < cases->len; i++) {
    const OnrTestCase *c = cases->pdata[i];
    g_autofree char *iso = NULL, *exact = NULL;
    gint32 days = -7;
    if (!onr_date_parse_exact(c->input, &exact, &days))
      exact = g_strdup("none");
    const char *expected_exact = c->expected->pdata[c->expected->len > 1 ? 1 : 0];
    expected_exact += g_str_has_prefix(expected_exact, "exact: ") ? strlen("exact: ") : 0;
    cr_expect_str_eq(exact, expected_exact, "dates.test:%u: exact %s", c->line, exact);
    days = -7;
    gboolean read = onr_date_parse(c->input, &iso, &days);
    cr_expect_str_eq(read ? iso : "none", c->expected->pdata[0], "dates.test:%u: %s", c->line,
                     read ? iso : "none");
    int year, month, day;
    if (!read) {
      cr_expect_neq(iso == NULL && days == -7, 0);
      continue;
    }
    onr_date_from_days(days, &year, &month, &day);
    g_autofree char *shown = g_strdup_printf("%04d-%02d-%02d", year, month, day);
    cr_expect_neq(g_str_has_prefix(iso, shown), 0, "dates.test:%u: day %s", c->line, shown);
  }
}

Test(dates, days_and_back) {
  gint32 expected = onr_date_days(1, 1, 1);
  cr_assert_eq(expected, -719162);
  cr_assert_eq(onr_date_days(1970, 1, 1), 0);
  cr_assert_eq(onr_date_days(2022, 2, 6), 19029);
  cr_assert_eq(onr_date_days(9999, 12, 31), 2932896);
  for (int year = 1; year <= 9999; year++)
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= 31; day++) {
        gint32 days = onr_date_days(year, month, day);
        if (days == ONR_NO_DAY)
          continue;
        int y, m, d;
        onr_date_from_days(days, &y, &m, &d);
        cr_assert_neq(days == expected++ && y == year && m == month && d == day, 0, "%d-%d-%d", year, month,
                      day);
      }
  cr_assert_eq(expected, 2932897);
}

Test(dates, no_such_day) {
  static const int bad[][3] = {{0, 1, 1},     {10000, 1, 1}, {2022, 0, 1},  {2022, 13, 1}, {2022, 1, 0},
                               {2022, 1, 32}, {2022, 4, 31}, {2022, 2, 29}, {1900, 2, 29}, {-5, 1, 1}};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
    cr_expect_eq(onr_date_days(bad[i][0], bad[i][1], bad[i][2]), ONR_NO_DAY);
  cr_assert_neq(onr_date_days(2000, 2, 29), ONR_NO_DAY);
  int year, month, day; /* far outside the calendar: a date all the same, no overflow */
  onr_date_from_days(G_MAXINT32, &year, &month, &day);
  onr_date_from_days(G_MININT32, &year, &month, &day);
  cr_assert_neq(month >= 1 && month <= 12 && day >= 1 && day <= 31, 0);
}

Test(dates, ranges) {
  static const struct {
    const char *text;
    int first[3], last[3];
  } good[] = {{"2022", {2022, 1, 1}, {2022, 12, 31}},   {"2020-02", {2020, 2, 1}, {2020, 2, 29}},
              {"2022-02", {2022, 2, 1}, {2022, 2, 28}}, {"2022-02-06", {2022, 2, 6}, {2022, 2, 6}},
              {"0001", {1, 1, 1}, {1, 12, 31}},         {"9999-12", {9999, 12, 1}, {9999, 12, 31}}};
  static const char *const bad[] = {
      "",         "22",         "2022-",      "2022-2",      "2022-13",     "2022-00",
      "2022-02-", "2022-02-30", "2022-02-00", "2022-02-061", "2022-02-06T", "20220206",
      "0000",     " 2022",      "2022 ",      "2022..2023",  "-2022",       "2022-02-6"};
  gint32 first = 1, last = 2;
  for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
    cr_expect_neq(onr_date_parse_range(good[i].text, &first, &last), 0, "%s", good[i].text);
    cr_expect_eq(first, onr_date_days(good[i].first[0], good[i].first[1], good[i].first[2]), "%s",
                 good[i].text);
    cr_expect_eq(last, onr_date_days(good[i].last[0], good[i].last[1], good[i].last[2]), "%s", good[i].text);
  }
  first = 1, last = 2;
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
    cr_expect_not(onr_date_parse_range(bad[i], &first, &last), "%s", bad[i]);
  cr_assert_neq(first == 1 && last == 2, 0);
}

Test(dates, orders) {
  static const struct {
    const char *text;
    OnrDateOrder order;
    gboolean is_open;
  } cases[] = {{"13/04/2022", ONR_DATE_ORDER_DAY, FALSE},
               {" 4/13/2022 10:15", ONR_DATE_ORDER_MONTH, FALSE},
               {"04-13-2022", ONR_DATE_ORDER_MONTH, FALSE},
               {"03/04/2022", ONR_DATE_ORDER_NONE, TRUE},
               {"04/04/2022", ONR_DATE_ORDER_NONE, FALSE},
               {"13/14/2022", ONR_DATE_ORDER_NONE, FALSE},
               {"0/14/2022", ONR_DATE_ORDER_NONE, FALSE},
               {"4/32/2022", ONR_DATE_ORDER_NONE, FALSE},
               {"4/13/22", ONR_DATE_ORDER_NONE, FALSE},
               {"4/13-2022", ONR_DATE_ORDER_NONE, FALSE},
               {"13.04.2022", ONR_DATE_ORDER_NONE, FALSE},
               {"2022-04-13", ONR_DATE_ORDER_NONE, FALSE},
               {"", ONR_DATE_ORDER_NONE, FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    gboolean is_open;
    cr_expect_eq(onr_date_find_order(cases[i].text, &is_open), cases[i].order, "%s", cases[i].text);
    cr_expect_eq(is_open, cases[i].is_open, "%s", cases[i].text);
  }
}

Test(dates, read_in_an_order) {
  static const char *const cases[][3] = {{"3/4/2022", "2022-04-03", "2022-03-04"},
                                         {"03-04-2022 10:15", "2022-04-03T10:15:00", "2022-03-04T10:15:00"},
                                         {"3/4/2022 24:00", "2022-04-03", "2022-03-04"},
                                         {"13/04/2022", "2022-04-13", "2022-04-13"},
                                         {"03.04.2022", "2022-04-03", "2022-04-03"}};
  static const OnrDateOrder orders[] = {ONR_DATE_ORDER_DAY, ONR_DATE_ORDER_MONTH};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    for (guint k = 0; k < 2; k++) {
      g_autofree char *iso = NULL;
      gint32 days;
      cr_assert_neq(onr_date_parse_ordered(cases[i][0], orders[k], &iso, &days), 0, "%s", cases[i][0]);
      cr_expect_str_eq(iso, cases[i][k + 1]);
    }
}

/* Anything made of a date's pieces is read or refused, and what is read says the day it stores. */
Test(dates, pieces_by_chance) {
  static const char *const pieces[] = {"2022",  "22",  "6",   "06",   "13",  "99",  "-",         "/",
                                       ".",     ",",   " ",   ":",    "T",   "Z",   "+",         "02",
                                       "Feb",   "Sun", "pm",  "a.m.", "GMT", "th",  "(CET)",     "at ",
                                       "févr.", "de",  "So,", "\xc3", "[",   "XYZ", "1644142500"};
  GRand *rand = g_rand_new_with_seed(11);
  guint n_read = 0;
  for (guint i = 0; i < 60000; i++) {
    char text[64] = {0};
    gint32 n = g_rand_int_range(rand, 0, 10);
    for (gint32 k = 0; k < n; k++)
      g_strlcat(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))], sizeof text);
    g_autofree char *iso = NULL;
    gint32 days, first, last;
    if (!onr_date_parse(text, &iso, &days))
      continue;
    n_read++;
    g_autofree char *day = g_strndup(iso, 10);
    cr_assert_neq(onr_date_parse_range(day, &first, &last), 0, "%s: %s", text, iso);
    cr_assert_eq(first, days);
    g_autofree char *again = NULL; /* what was made of a date is read as the same date */
    cr_assert_neq(onr_date_parse(iso, &again, &days), 0, "%s: %s", text, iso);
    cr_assert_str_eq(iso, again);
  }
  cr_assert_gt(n_read, 20);
  g_rand_free(rand);
}
