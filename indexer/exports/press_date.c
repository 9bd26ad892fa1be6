/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/press_date.h"

#include "text/calendar_words.h"
#include "text/date.h"

#include <string.h>

#define MAX_LINE_BYTES 200

static const char FILLERS[] = "of the de den der del di le il el on at à um uhr h";

typedef struct {
  int year, month, day; /* 0: not seen */
  char *time;           /* "10:15 pm", or NULL */
  const char *zone;     /* the word behind it */
} Parts;

static gboolean is_in(const char *words, const char *word) {
  gsize n = strlen(word);
  for (const char *p = words; (p = strstr(p, word)); p++)
    if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
      return TRUE;
  return FALSE;
}

static int month_of(const char *word) {
  int month = onr_month_find(word);
  return month ? month : onr_month_find_short(word);
}

/* "6", "6.", "6th", "1er"; 0 where it is no day. */
static int day_of(const char *word) {
  gsize n = strspn(word, "0123456789");
  int day = n > 0 && n <= 2 ? (int)g_ascii_strtoull(word, NULL, 10) : 0;
  return day <= 31 && is_in("st nd rd th er e ", word[n] ? word + n : "st") ? day : 0;
}

static int year_of(const char *word) {
  int year = strlen(word) == 4 && strspn(word, "0123456789") == 4 ? (int)g_ascii_strtoull(word, NULL, 10) : 0;
  return year >= 1500 ? year : 0;
}

static gboolean is_time(const char *word) {
  gsize n = strspn(word, "0123456789");
  return n >= 1 && n <= 2 && word[n] == ':' && g_ascii_isdigit(word[n + 1]);
}

/* Takes WORD; FALSE where it is no part of a date. */
static gboolean take(Parts *parts, const char *word) {
  int value;
  if (onr_weekday_is(word) || is_in(FILLERS, word))
    return TRUE;
  if (!parts->month && (value = month_of(word)))
    parts->month = value;
  else if (!parts->year && (value = year_of(word)))
    parts->year = value;
  else if (!parts->day && (value = day_of(word)))
    parts->day = value;
  else if (!parts->time && is_time(word))
    parts->time = g_strdup(word);
  else
    return FALSE;
  return TRUE;
}

static gboolean is_half(const char *word) {
  return strcmp(word, "am") == 0 || strcmp(word, "pm") == 0;
}

/* The words of LINE in order; those behind a whole date may be an edition. */
static gboolean take_words(Parts *parts, char **words) {
  for (; *words; words++) {
    gsize n = strlen(*words);
    if (n > 0 && (*words)[n - 1] == '.')
      (*words)[n - 1] = '\0';
    if (!**words || take(parts, *words))
      continue;
    if (!parts->year || !parts->month)
      return FALSE;
    if (parts->time && !strchr(parts->time, ' ') && is_half(*words)) {
      char *whole = g_strconcat(parts->time, " ", *words, NULL);
      g_free(parts->time);
      parts->time = whole;
      continue;
    }
    parts->zone = parts->time && !parts->zone ? *words : parts->zone;
    if (!parts->time)
      return parts->day > 0; /* "May 2022 was warm" is no date */
  }
  return parts->year && parts->month;
}

static char *to_iso(const Parts *parts) {
  static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  g_autofree char *date = g_strdup_printf("%d %s %04d", parts->day, names[parts->month - 1], parts->year);
  g_autofree char *with_time = g_strjoin(" ", date, parts->time, NULL);
  g_autofree char *with_zone = g_strjoin(" ", with_time, parts->zone, NULL);
  const char *const tries[] = {with_zone, with_time, date};
  char *iso = NULL;
  gint32 day;
  for (guint i = 0; i < G_N_ELEMENTS(tries) && !iso; i++)
    onr_date_parse_exact(tries[i], &iso, &day);
  return iso;
}

gboolean onr_press_date_parse(const char *line, gsize length, char **iso) {
  gint32 day;
  *iso = NULL;
  if (length == 0 || length > MAX_LINE_BYTES)
    return FALSE;
  g_autofree char *text = g_strstrip(g_strndup(line, length));
  if (onr_date_parse_exact(text, iso, &day))
    return TRUE;
  g_autofree char *folded = g_utf8_casefold(text, -1);
  g_auto(GStrv) words = g_strsplit_set(folded, " \t,;()", -1);
  Parts parts = {0};
  gboolean is_date = take_words(&parts, words);
  if (is_date && parts.day)
    *iso = to_iso(&parts);
  g_free(parts.time);
  return is_date && (!parts.day || *iso);
}
