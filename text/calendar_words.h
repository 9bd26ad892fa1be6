/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What months and days of the week are called in English, German, French, Dutch, Spanish, Italian, Portuguese,
   Swedish, Danish and Russian. Words are given in small letters, without a full stop. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The month that WORD names, from 1, or 0. */
int onr_month_find(const char *word);
/* The same for short forms, "févr" and "okt"; some are other words in another language: "out", "set". */
int onr_month_find_short(const char *word);

/* Is WORD a day of the week, or short for one in English? */
gboolean onr_weekday_is(const char *word);

G_END_DECLS
