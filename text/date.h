/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates as newsrooms write them, kept as ISO 8601 text with a day number beside it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ONR_NO_DAY G_MININT32
#define ONR_FIRST_YEAR 1605 /* of the first newspaper: before it a date is a program's nothing, as 0001-01-01 */

/* Days since 1970-01-01 (negative before) of a proleptic Gregorian date; ONR_NO_DAY where there is no such
 * day. Years 1 to 9999. */
gint32 onr_date_days(int year, int month, int day);
void onr_date_from_days(gint32 days, int *year, int *month, int *day);

/* Reads ISO 8601 (2022-02-06, 2022-02-06T10:15:00Z, +02:00), RFC 822/2822, "6 February 2022", "February 6,
   2022", "Feb. 6, 2022", "2022/02/06", "20220206", "06.02.2022". Never guesses between day and month:
   03/04/2022 is no date unless one part is over 12. *ISO gets "2022-02-06" or "2022-02-06T10:15:00+02:00"
   (the caller frees it), *DAYS the day as written in its own zone. FALSE, both untouched, where TEXT is no
   date, an impossible one or one before ONR_FIRST_YEAR.

   For text that is a date as a whole, or none: running words are tried with it. */
gboolean onr_date_parse_exact(const char *text, char **iso, gint32 *days);
/* For what is said to be a date, a field's value. It is one also where what follows the day cannot be read: a zone
   of unknown letters leaves the time without a zone, anything else the day. A word before a comma is passed over, and
   months may be those of calendar_words.h: "So, 6. Februar 2022, 10.15 Uhr". What onr_date_parse_number reads is a
   date too. */
gboolean onr_date_parse(const char *text, char **iso, gint32 *days);

/* Which comes first in dates of three numbers, the year last. */
typedef enum {
  ONR_DATE_ORDER_NONE, /* not known */
  ONR_DATE_ORDER_DAY,
  ONR_DATE_ORDER_MONTH,
} OnrDateOrder;

/* What TEXT shows of it: 13/04/2022 and 04-13-2022 each an order, anything else none. *IS_OPEN: TEXT is a date that
   could be read in both, and is not the same in both. */
OnrDateOrder onr_date_find_order(const char *text, gboolean *is_open);
/* onr_date_parse, with 03/04/2022 read in ORDER. */
gboolean onr_date_parse_ordered(const char *text, OnrDateOrder order, char **iso, gint32 *days);

/* Numbers: 20220206101500, 202202061015 and 20220206 of the years 1900 to 2099, else seconds, milliseconds,
   microseconds or nanoseconds since 1970, from 1973-03-03 (a smaller number may count anything) to a year
   ahead of today. A fraction may follow, as where a table's column was read as real numbers. */
gboolean onr_date_parse_number(const char *text, char **iso, gint32 *days);

/* A query's date or part of one, "2022", "2022-02", "2022-02-06", as its first and last day. */
gboolean onr_date_parse_range(const char *text, gint32 *first, gint32 *last);

G_END_DECLS
