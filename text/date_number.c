/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates that are numbers: onr_date_parse_number. */
#include "text/date.h"

#include <string.h>

#define SECONDS_A_DAY 86400
#define FIRST_SECOND 100000000 /* 1973-03-03: with fewer than nine digits it may count anything */
#define MAX_DAYS_AHEAD 366     /* as for web pages: a clock may be wrong, an issue dated ahead */
#define MAX_DIGITS 19          /* fit 64 bits */

/* 20220206101500, 202202061015, 20220206; a zone or a fraction may follow the time. */
static gboolean parse_stamp(const char *text, gsize n_digits, char **iso, gint32 *days) {
  g_autofree char *plain = n_digits == 8 ? g_strndup(text, 8) : g_strdup_printf("%.8sT%s", text, text + 8);
  return onr_date_parse_exact(plain, iso, days);
}

/* The unit is the one that makes it a moment of our time: units are a thousand apart, and the first and the
 * last such moment are not. */
static gboolean parse_epoch(guint64 number, char **iso, gint32 *days) {
  static const guint64 units[] = {1, 1000, 1000000, 1000000000};
  guint64 last = (guint64)(g_get_real_time() / G_USEC_PER_SEC) + (guint64)MAX_DAYS_AHEAD * SECONDS_A_DAY;
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    guint64 seconds = number / units[i];
    if (seconds < FIRST_SECOND || seconds > last)
      continue;
    int year, month, day, of_day = (int)(seconds % SECONDS_A_DAY);
    *days = (gint32)(seconds / SECONDS_A_DAY);
    onr_date_from_days(*days, &year, &month, &day);
    *iso = g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, of_day / 3600,
                           of_day / 60 % 60, of_day % 60);
    return TRUE;
  }
  return FALSE;
}

gboolean onr_date_parse_number(const char *text, char **iso, gint32 *days) {
  while (g_ascii_isspace(*text))
    text++;
  gsize n = strspn(text, "0123456789");
  gboolean is_century = g_str_has_prefix(text, "19") || g_str_has_prefix(text, "20");
  if (is_century && (n == 12 || n == 14)) /* never milliseconds: of 1976 they would be */
    return parse_stamp(text, n, iso, days);
  const char *end = text + n;
  if (*end == '.')
    end += 1 + strspn(end + 1, "0123456789");
  while (g_ascii_isspace(*end))
    end++;
  if (*end || n > MAX_DIGITS)
    return FALSE;
  return is_century && n == 8 ? parse_stamp(text, n, iso, days)
                              : parse_epoch(g_ascii_strtoull(text, NULL, 10), iso, days);
}
