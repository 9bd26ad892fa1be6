/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "text/date.h"

#include "text/calendar_words.h"

#include <string.h>

#define NO_ZONE G_MAXINT
#define MAX_WORD 12         /* bytes with a terminator: "wednesday" */
#define MAX_FOREIGN_WORD 40 /* bytes: "воскресенье" */

typedef struct {
  gboolean is_field; /* a date is asked for: what cannot be read behind the day is passed over */
  OnrDateOrder order;
  int year, month, day;
  gboolean has_short_year;
  gboolean has_time;
  int hour, minute, second;
  int zone; /* minutes east of UTC, NO_ZONE */
} Moment;

static gboolean is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month) {
  static const guint8 days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Years that begin in March, so that the leap day is the last one, in eras of 400: H. Hinnant,
   "chrono-compatible low-level date algorithms". */
gint32 onr_date_days(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return ONR_NO_DAY;
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400, of_era = y % 400;
  int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void onr_date_from_days(gint32 days, int *year, int *month, int *day) {
  gint64 z = (gint64)days + 719468;
  gint64 era = (z >= 0 ? z : z - 146096) / 146097;
  gint64 of_era = z - era * 146097;
  gint64 y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * y + y / 4 - y / 100);
  gint64 m = (5 * of_year + 2) / 153;
  *day = (int)(of_year - (153 * m + 2) / 5 + 1);
  *month = (int)(m < 10 ? m + 3 : m - 9);
  *year = (int)(y + era * 400 + (*month <= 2));
}

static void skip_spaces(const char **p) {
  while (g_ascii_isspace(**p) || !strncmp(*p, "\xc2\xa0", 2))
    *p += **p == '\xc2' ? 2 : 1;
}

static gboolean take_char(const char **p, char c) {
  if (**p != c)
    return FALSE;
  ++*p;
  return TRUE;
}

/* A number of MIN to MAX digits that no further digit follows. Returns its digits, 0 when there is none. */
static int take_number(const char **p, int min, int max, int *value) {
  int n = 0, v = 0;
  for (; n < max && g_ascii_isdigit((*p)[n]); n++)
    v = v * 10 + ((*p)[n] - '0');
  if (n < min || g_ascii_isdigit((*p)[n]))
    return 0;
  *p += n;
  *value = v;
  return n;
}

/* Just N digits, whatever follows. */
static gboolean take_digits(const char **p, int n, int *value) {
  int v = 0;
  for (int i = 0; i < n; i++) {
    if (!g_ascii_isdigit((*p)[i]))
      return FALSE;
    v = v * 10 + ((*p)[i] - '0');
  }
  *p += n;
  *value = v;
  return TRUE;
}

/* Letters into WORD, lower case; FALSE, *P untouched, for none or too many. */
static gboolean take_word(const char **p, char word[MAX_WORD]) {
  int n = 0;
  while (g_ascii_isalpha((*p)[n])) {
    if (n == MAX_WORD - 1)
      return FALSE;
    word[n] = g_ascii_tolower((*p)[n]);
    n++;
  }
  word[n] = '\0';
  *p += n;
  return n > 0;
}

/* The number from 1 of the name in LIST that WORD is, or a short form of (three letters or more), else 0. */
static int find_name(const char *const *list, int n_names, const char *word) {
  gsize n = strlen(word);
  for (int i = 0; i < n_names; i++)
    if (n >= 3 && !strncmp(list[i], word, n))
      return i + 1;
  return 0;
}

/* Bytes of the word at P: letters of any alphabet, and joints. */
static gsize word_length(const char *p) {
  const char *q = p;
  for (;;) {
    gunichar c = g_utf8_get_char_validated(q, -1);
    if (c == 0 || c >= (gunichar)-2 || !(g_unichar_isalpha(c) || (c == '-' && q > p)))
      return (gsize)(q - p);
    q = g_utf8_next_char(q);
  }
}

/* The word at P in small letters, *LENGTH its bytes there; NULL for none and for what is too long. The caller
 * frees it. */
static char *foreign_word(const char *p, gsize *length) {
  *length = word_length(p);
  return *length > 0 && *length <= MAX_FOREIGN_WORD ? g_utf8_strdown(p, (gssize)*length) : NULL;
}

static gboolean take_foreign_month(const char **p, int *month) {
  gsize n;
  g_autofree char *word = foreign_word(*p, &n);
  *month = word ? onr_month_find(word) : 0;
  if (word && !*month)
    *month = onr_month_find_short(word);
  if (*month)
    *p += n;
  return *month > 0;
}

static gboolean take_english_month(const char **p, int *month) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  const char *start = *p;
  char word[MAX_WORD];
  if (!take_word(p, word) || !(*month = find_name(months, G_N_ELEMENTS(months), word))) {
    *p = start;
    return FALSE;
  }
  return TRUE;
}

static gboolean take_month(const char **p, Moment *m) {
  if (!(m->is_field && take_foreign_month(p, &m->month)) && !take_english_month(p, &m->month))
    return FALSE;
  take_char(p, '.');
  return TRUE;
}

/* "So, 06 Feb 2022", "dimanche 6 février": a word before a comma, or a day of the week in any language that
 * we know. */
static gboolean skip_foreign_weekday(const char **p) {
  gsize n;
  g_autofree char *word = foreign_word(*p, &n);
  if (!word)
    return FALSE;
  const char *q = *p + n;
  take_char(&q, '.');
  skip_spaces(&q);
  if (!take_char(&q, ',') && !onr_weekday_is(word))
    return FALSE;
  skip_spaces(&q);
  *p = q;
  return TRUE;
}

/* Where a date is asked for, what stands between its parts: "6. Februar", "6 de febrero de", "6 février à".
 */
static void skip_fillers(const char **p, const Moment *m) {
  static const char *const fillers[] = {"of", "de", "del", "di",  "do",   "den", "der", "the", "at",   "à",
                                        "às", "um", "kl",  "klo", "alle", "ore", "om",  "г",   "года", "в"};
  gboolean has_more = m->is_field;
  while (has_more) {
    skip_spaces(p);
    has_more = take_char(p, '.') || take_char(p, ',');
    gsize n;
    g_autofree char *word = has_more ? NULL : foreign_word(*p, &n);
    for (guint i = 0; word && !has_more && i < G_N_ELEMENTS(fillers); i++)
      has_more = strcmp(word, fillers[i]) == 0;
    *p += word && has_more ? n : 0;
  }
}

static void skip_weekday(const char **p) {
  static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
  const char *start = *p;
  char word[MAX_WORD];
  if (!take_word(p, word) || !find_name(weekdays, G_N_ELEMENTS(weekdays), word)) {
    *p = start;
    return;
  }
  take_char(p, '.');
  skip_spaces(p);
  take_char(p, ',');
  skip_spaces(p);
}

/* 6, 06, 6th, 1er */
static gboolean take_day(const char **p, int *day) {
  if (!take_number(p, 1, 2, day))
    return FALSE;
  static const char *const endings[] = {"st", "nd", "rd", "th", "er"};
  for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
    if (!g_ascii_strncasecmp(*p, endings[i], 2) && !g_ascii_isalpha((*p)[2])) {
      *p += 2;
      break;
    }
  return TRUE;
}

/* Four digits, or two as RFC 2822, 4.3 reads them: 00 to 49 are 2000 to 2049. */
static gboolean take_year(const char **p, Moment *m) {
  int n = take_number(p, 2, 4, &m->year);
  m->has_short_year = n == 2;
  if (n == 2)
    m->year += m->year < 50 ? 2000 : 1900;
  return n == 2 || n == 4;
}

/* Zones that mean one thing wherever they are written; minutes east. RFC 822 and what agencies of other parts
 * of the world use. Names in capitals are words of English otherwise. */
static const struct {
  const char *name;
  int minutes;
} zones[] = {
    {"z", 0},      {"ut", 0},     {"utc", 0},    {"gmt", 0},     {"est", -300},  {"edt", -240}, {"cst", -360},
    {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480},  {"pdt", -420},  {"bst", 60},   {"cet", 60},
    {"cest", 120}, {"eet", 120},  {"eest", 180}, {"msk", 180},   {"jst", 540},   {"kst", 540},  {"sgt", 480},
    {"hkt", 480},  {"aest", 600}, {"aedt", 660}, {"acst", 570},  {"acdt", 630},  {"awst", 480}, {"nzst", 720},
    {"nzdt", 780}, {"sast", 120}, {"pkt", 300},  {"akst", -540}, {"akdt", -480}, {"WAT", 60},   {"EAT", 180},
};

/* Zones without a fixed offset: the time is kept, without a zone. */
static const char *const vague_zones[] = {"et",    "ct",      "mt",      "pt",     "ist",
                                          "local", "eastern", "pacific", "central"};

static gboolean take_named_zone(const char **p, int *zone) {
  const char *start = *p;
  char word[MAX_WORD];
  if (!take_word(p, word))
    return FALSE;
  gsize n = strlen(word);
  for (guint i = 0; i < G_N_ELEMENTS(zones); i++)
    if (!strcmp(word, zones[i].name) || (!strncmp(start, zones[i].name, n) && !zones[i].name[n])) {
      *zone = zones[i].minutes;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS(vague_zones); i++)
    if (!strcmp(word, vague_zones[i]))
      return TRUE;
  *p = start;
  return FALSE;
}

/* +02:00, +0200, +02 */
static gboolean take_offset(const char **p, int *zone) {
  const char *q = *p;
  int sign = *q == '-' ? -1 : 1, hours, minutes = 0;
  if ((*q != '+' && *q != '-') || (q++, !take_digits(&q, 2, &hours)))
    return FALSE;
  if (take_char(&q, ':') || g_ascii_isdigit(*q))
    if (!take_digits(&q, 2, &minutes))
      return FALSE;
  if (hours > 14 || minutes > 59) /* +14:00 is the farthest zone there is */
    return FALSE;
  *zone = sign * (hours * 60 + minutes);
  *p = q;
  return TRUE;
}

/* A zone that we do not know, AMST or Europe/Berlin; not an "a" or "p", which may be half of a "p.m.". */
static gboolean skip_unknown_zone(const char **p) {
  gsize n = strspn(*p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/_");
  if (n == 0 || (n == 1 && strchr("APap", **p)))
    return FALSE;
  *p += n;
  return TRUE;
}

/* "(Coordinated Universal Time)", "[America/New_York]" */
static void skip_brackets(const char **p) {
  skip_spaces(p);
  const char *end = **p == '(' ? strchr(*p, ')') : **p == '[' ? strchr(*p, ']') : NULL;
  *p = end ? end + 1 : *p;
}

/* RFC 2822 comment: "+0100 (CET)" */
static void skip_comment(const char **p) {
  const char *q = *p;
  int ignored = 0;
  if (take_char(&q, '(') && take_named_zone(&q, &ignored) && take_char(&q, ')'))
    *p = q;
}

static void take_zone(const char **p, Moment *m) {
  skip_spaces(p);
  gboolean is_named = take_named_zone(p, &m->zone) || (m->is_field && skip_unknown_zone(p));
  gboolean has_offset = FALSE;
  if (!is_named || (m->zone == 0 && (**p == '+' || **p == '-'))) /* GMT+2 */
    has_offset = take_offset(p, &m->zone);
  skip_spaces(p);
  if (!m->is_field) {
    skip_comment(p);
    return;
  }
  int ignored;
  if (has_offset && !is_named && !skip_unknown_zone(p)) /* Go says it twice: "+0000 UTC", "+0300 +03" */
    take_offset(p, &ignored);
  skip_brackets(p);
}

static gboolean take_half(const char **p, Moment *m) {
  const char *q = *p;
  skip_spaces(&q);
  char half = g_ascii_tolower(*q);
  if (half != 'a' && half != 'p')
    return TRUE;
  q++;
  take_char(&q, '.');
  if (g_ascii_tolower(*q) != 'm' || g_ascii_isalpha(q[1]))
    return TRUE;
  q++;
  take_char(&q, '.');
  if (m->hour < 1 || m->hour > 12)
    return FALSE;
  m->hour = m->hour % 12 + (half == 'p' ? 12 : 0);
  *p = q;
  return TRUE;
}

/* 10:15, 10:15:00; where a date is asked for also 10.15, which elsewhere may be a price. */
static gboolean take_parted_time(const char **p, Moment *m) {
  char joint = m->is_field && **p == '.' ? '.' : ':';
  return take_char(p, joint) && take_number(p, 2, 2, &m->minute) &&
         (!take_char(p, joint) || take_number(p, 2, 2, &m->second));
}

/* 10:15, 10:15:00, 15:01:01.79, 101500, each with am or pm. */
static gboolean take_time(const char **p, Moment *m) {
  const char *start = *p;
  m->second = 0;
  if (!take_number(p, 1, 2, &m->hour)) {
    if (!take_digits(p, 2, &m->hour) || !take_digits(p, 2, &m->minute))
      return FALSE;
    if (g_ascii_isdigit(**p) && !take_digits(p, 2, &m->second))
      return FALSE;
  } else if (!take_parted_time(p, m)) {
    *p = start;
    return FALSE;
  }
  if (**p == '.' || **p == ',') {
    const char *q = *p + 1;
    while (g_ascii_isdigit(*q))
      q++;
    *p = q > *p + 1 ? q : *p;
  }
  m->has_time = TRUE;
  return take_half(p, m) && m->hour < 24 && m->minute < 60 && m->second <= 60;
}

/* Nothing, or a time and zone. */
static gboolean take_whole_tail(const char *p, Moment *m) {
  skip_spaces(&p);
  take_char(&p, ',');
  skip_spaces(&p);
  if (!*p)
    return TRUE;
  if (*p == 'T' || *p == 't')
    p++;
  else if (!g_ascii_strncasecmp(p, "at ", 3))
    p += 3;
  else if (*p == '-' && p[1] == ' ')
    p++;
  skip_spaces(&p);
  skip_fillers(&p, m);
  if (!take_time(&p, m))
    return FALSE;
  take_zone(&p, m);
  skip_spaces(&p);
  return !*p;
}

/* What may follow a day. Where a date is asked for that is anything but more of the same word
 * ("2022-02-06th"): a day is not lost for an hour of 24. Behind a year of two digits it might be a time's, "6
 * Feb 10:15". */
static gboolean take_tail(const char *p, Moment *m) {
  if (take_whole_tail(p, m))
    return TRUE;
  m->has_time = FALSE;
  gboolean is_joint = *p && strchr("TtZz", *p) && !g_ascii_isalpha(p[1]);
  return m->is_field && !m->has_short_year && (is_joint || !g_ascii_isalpha(*p));
}

/* 2022-02-06, 2022/02/06, 2022.02.06, 20220206 */
static gboolean parse_year_first(const char *p, Moment *m) {
  if (!take_digits(&p, 4, &m->year))
    return FALSE;
  if (g_ascii_isdigit(*p))
    return take_digits(&p, 2, &m->month) && take_digits(&p, 2, &m->day) && !g_ascii_isdigit(*p) &&
           take_tail(p, m);
  char separator = *p;
  if (separator != '-' && separator != '/' && separator != '.')
    return FALSE;
  p++;
  return take_number(&p, 1, 2, &m->month) && take_char(&p, separator) && take_number(&p, 1, 2, &m->day) &&
         take_tail(p, m);
}

/* 06.02.2022 is day first by custom; with slash or hyphen either order is in use, so one part must be over 12
 * or both equal, or the order told. */
static gboolean parse_year_last(const char *p, Moment *m) {
  int first, second;
  if (!take_number(&p, 1, 2, &first))
    return FALSE;
  char separator = *p;
  if (separator != '.' && separator != '/' && separator != '-')
    return FALSE;
  p++;
  if (!take_number(&p, 1, 2, &second) || !take_char(&p, separator) || !take_number(&p, 4, 4, &m->year))
    return FALSE;
  gboolean is_open = separator != '.' && first <= 12 && second <= 12 && first != second;
  if (is_open && m->order == ONR_DATE_ORDER_NONE)
    return FALSE;
  gboolean is_day_first = is_open ? m->order == ONR_DATE_ORDER_DAY : separator == '.' || first > 12;
  m->day = is_day_first ? first : second;
  m->month = is_day_first ? second : first;
  return take_tail(p, m);
}

static void skip_separators(const char **p) {
  skip_spaces(p);
  if (**p == '-' || **p == ',' || **p == '/')
    ++*p;
  skip_spaces(p);
}

/* Sun, 06 Feb 2022 …; 6 February 2022; 26-FEB-1987 15:01:01.79 */
static gboolean parse_day_month(const char *p, Moment *m) {
  skip_weekday(&p);
  if (!take_day(&p, &m->day))
    return FALSE;
  skip_separators(&p);
  if (!g_ascii_strncasecmp(p, "of ", 3))
    p += 3;
  skip_fillers(&p, m);
  if (!take_month(&p, m))
    return FALSE;
  skip_separators(&p);
  skip_fillers(&p, m);
  return take_year(&p, m) && take_tail(p, m);
}

/* February 6, 2022; Sun Feb  6 10:15:00 UTC 2022 */
static gboolean parse_month_day(const char *p, Moment *m) {
  skip_weekday(&p);
  if (!take_month(&p, m))
    return FALSE;
  skip_separators(&p);
  if (!take_day(&p, &m->day))
    return FALSE;
  skip_separators(&p);
  const char *q = p;
  if (take_number(&q, 4, 4, &m->year))
    return take_tail(q, m);
  if (!take_time(&p, m))
    return FALSE;
  take_zone(&p, m);
  skip_separators(&p);
  if (!take_number(&p, 4, 4, &m->year))
    return FALSE;
  skip_spaces(&p);
  return !*p;
}

static char *format_moment(const Moment *m) {
  GString *iso = g_string_new(NULL);
  g_string_append_printf(iso, "%04d-%02d-%02d", m->year, m->month, m->day);
  if (m->has_time)
    g_string_append_printf(iso, "T%02d:%02d:%02d", m->hour, m->minute, m->second);
  if (m->has_time && m->zone == 0)
    g_string_append_c(iso, 'Z');
  else if (m->has_time && m->zone != NO_ZONE)
    g_string_append_printf(iso, "%c%02d:%02d", m->zone < 0 ? '-' : '+', ABS(m->zone) / 60, ABS(m->zone) % 60);
  return g_string_free(iso, FALSE);
}

static gboolean parse_at(const char *text, gboolean is_field, OnrDateOrder order, char **iso, gint32 *days) {
  static gboolean (*const parsers[])(const char *, Moment *) = {parse_year_first, parse_year_last,
                                                                parse_day_month, parse_month_day};
  for (guint i = 0; i < G_N_ELEMENTS(parsers); i++) {
    Moment m = {.is_field = is_field, .order = order, .zone = NO_ZONE};
    if (!parsers[i](text, &m))
      continue;
    gint32 day = onr_date_days(m.year, m.month, m.day);
    if (day == ONR_NO_DAY || m.year < ONR_FIRST_YEAR)
      return FALSE;
    *iso = format_moment(&m);
    *days = day;
    return TRUE;
  }
  return FALSE;
}

static gboolean parse(const char *text, gboolean is_field, OnrDateOrder order, char **iso, gint32 *days) {
  skip_spaces(&text);
  return parse_at(text, is_field, order, iso, days) ||
         (is_field && skip_foreign_weekday(&text) && parse_at(text, is_field, order, iso, days));
}

gboolean onr_date_parse_exact(const char *text, char **iso, gint32 *days) {
  return parse(text, FALSE, ONR_DATE_ORDER_NONE, iso, days);
}

gboolean onr_date_parse_ordered(const char *text, OnrDateOrder order, char **iso, gint32 *days) {
  gboolean has_digit = strpbrk(text, "0123456789") != NULL;
  return has_digit && (parse(text, FALSE, order, iso, days) || onr_date_parse_number(text, iso, days) ||
                       parse(text, TRUE, order, iso, days));
}

gboolean onr_date_parse(const char *text, char **iso, gint32 *days) {
  return onr_date_parse_ordered(text, ONR_DATE_ORDER_NONE, iso, days);
}

/* A day or a month as it may be. */
static gboolean take_part(const char **p, int *part) {
  return take_number(p, 1, 2, part) && *part >= 1 && *part <= 31;
}

OnrDateOrder onr_date_find_order(const char *text, gboolean *is_open) {
  int first, second, year;
  *is_open = FALSE;
  skip_spaces(&text);
  if (!take_part(&text, &first) || (*text != '/' && *text != '-'))
    return ONR_DATE_ORDER_NONE;
  char separator = *text++;
  if (!take_part(&text, &second) || !take_char(&text, separator) || !take_number(&text, 4, 4, &year) ||
      (first > 12 && second > 12))
    return ONR_DATE_ORDER_NONE;
  *is_open = first <= 12 && second <= 12 && first != second;
  return first > 12 ? ONR_DATE_ORDER_DAY : second > 12 ? ONR_DATE_ORDER_MONTH : ONR_DATE_ORDER_NONE;
}

gboolean onr_date_parse_range(const char *text, gint32 *first, gint32 *last) {
  int year, month = 0, day = 0;
  const char *p = text;
  if (!take_number(&p, 4, 4, &year))
    return FALSE;
  if (take_char(&p, '-') && !take_number(&p, 2, 2, &month))
    return FALSE;
  if (month && take_char(&p, '-') && (!take_number(&p, 2, 2, &day) || day == 0))
    return FALSE;
  if (*p || (p - text > 4 && (month < 1 || month > 12)))
    return FALSE;
  gint32 a = onr_date_days(year, month ? month : 1, day ? day : 1);
  if (a == ONR_NO_DAY)
    return FALSE;
  int last_month = month ? month : 12;
  *first = a;
  *last = day ? a : onr_date_days(year, last_month, days_in_month(year, last_month));
  return TRUE;
}
