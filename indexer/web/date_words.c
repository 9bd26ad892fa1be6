/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates in running words: onr_date_find. */
#include "indexer/web/dates.h"

#include "indexer/web/byline_words.h"
#include "text/calendar_words.h"
#include "text/date.h"

#include <string.h>

#define MAX_TOKENS 60      /* of a line with a date */
#define MAX_DATE_TOKENS 9  /* "Sunday , 6 February 2022 at 12:01 p.m. GMT" */
#define MAX_TOKEN_BYTES 40 /* "2022-02-06T10:15:00.000000+02:00" */
#define MAX_TIME_TOKENS 3  /* before the day: "12:01 p.m. GMT, 6 February 2022" */

typedef struct {
  char
      word[MAX_TOKEN_BYTES]; /* without punctuation at its end, a month in English; "" for what is left out */
  gboolean begins;           /* a date may begin with it */
  gsize at, end;             /* in the text */
} Token;

typedef struct {
  Token tokens[MAX_TOKENS];
  guint n;
} Line;

/* Months, folded to what onr_date_parse_exact knows. */
static const char *const ENGLISH[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* Years, months and days of Chinese, Japanese and Korean become joints, other separators blanks; as many
 * bytes as before, so that places stay. */
static char *plain(const char *text) {
  static const char *const signs[][2] = {{"年", "-  "},   {"月", "-  "}, {"日", "   "}, {"년 ", "-   "},
                                         {"월 ", "-   "}, {"년", "-  "}, {"월", "-  "}, {"일", "   "},
                                         {"|", " "},      {"•", "   "},  {"·", "  "},   {"–", "   "},
                                         {"—", "   "},    {"\n", " "},   {"\t", " "},   {"\xc2\xa0", "  "}};
  char *out = g_strdup(text);
  for (char *p = out; *p; p++)
    for (gsize i = 0, n = strchr("|\n\t", *p) || (guchar)*p >= 0x80 ? G_N_ELEMENTS(signs) : 0; i < n; i++)
      if (g_str_has_prefix(p, signs[i][0]))
        memcpy(p, signs[i][1], strlen(signs[i][1]));
  return out;
}

/* "6." as the Germans write it, "г." and "de" mean nothing to onr_date_parse_exact, nor do foreign months. */
static void translate(Token *token) {
  static const char fillers[] = " de del of г. года г den der le à um ";
  g_autofree char *lower = g_utf8_strdown(token->word, -1);
  gsize n = strlen(lower), length = strlen(token->word);
  if (onr_word_is_listed(fillers, lower)) {
    *token->word = '\0';
    return;
  }
  if (n > 3 && lower[n - 1] == '.')
    lower[n - 1] = '\0';
  if (strspn(token->word, "0123456789") + 1 == length && token->word[length - 1] == '.')
    token->word[length - 1] = '\0';
  int month = onr_month_find(lower);
  if (month)
    g_strlcpy(token->word, ENGLISH[month - 1], sizeof token->word);
  token->begins = g_ascii_isdigit(*token->word) || (onr_byline_word(token->word) & ONR_WORD_DAY);
}

static void split(const char *text, Line *line) {
  line->n = 0;
  for (const char *p = text; *p && line->n < MAX_TOKENS;) {
    p += strspn(p, " \r");
    gsize n = strcspn(p, " \r"), bare = n;
    while (bare > 0 && strchr(",;)(", p[bare - 1]))
      bare--;
    if (n > 0) {
      Token *token = &line->tokens[line->n++];
      *token = (Token){.at = (gsize)(p - text), .end = (gsize)(p - text) + n};
      if (bare < sizeof token->word)
        memcpy(token->word, p, bare);
      translate(token);
    }
    p += n;
  }
}

/* The tokens from FIRST to END with single blanks; what follows a joint is not set off. */
static char *join(const Line *line, guint first, guint end) {
  GString *out = g_string_new(NULL);
  for (guint i = first; i < end; i++) {
    if (!*line->tokens[i].word)
      continue;
    if (out->len > 0 && out->str[out->len - 1] != '-')
      g_string_append_c(out, ' ');
    g_string_append(out, line->tokens[i].word);
  }
  if (out->len > 0 && strchr("-.", out->str[out->len - 1]))
    g_string_truncate(out, out->len - 1);
  return g_string_free(out, FALSE);
}

static gboolean has_year(const char *text) {
  for (const char *p = text; *p; p++)
    if ((p == text || !g_ascii_isdigit(p[-1])) && (*p == '1' || *p == '2') && g_ascii_isdigit(p[1]) &&
        g_ascii_isdigit(p[2]) && g_ascii_isdigit(p[3]))
      return TRUE;
  return FALSE;
}

static char *parse(const char *text) {
  char *iso = NULL;
  gint32 day;
  return has_year(text) && onr_date_parse_exact(text, &iso, &day) ? iso : NULL;
}

static gboolean has_time(const char *iso) {
  return strchr(iso, 'T') != NULL;
}

/* "12:01 p.m. GMT," before the tokens of a day. */
static char *add_time_before(const Line *line, guint first, const char *day) {
  for (guint n = MIN(MAX_TIME_TOKENS, first); n > 0; n--) {
    guint begin = first - n, end = first;
    if (!strchr(line->tokens[begin].word, ':'))
      continue;
    if (g_ascii_strcasecmp(line->tokens[end - 1].word, "on") == 0)
      end--;
    g_autofree char *time = join(line, begin, end);
    g_autofree char *both = g_strconcat(day, " ", time, NULL);
    char *iso = parse(both);
    if (iso)
      return iso;
  }
  return NULL;
}

/* The longest date that begins with token FIRST; *END gets the token behind it. */
static char *date_at(const Line *line, guint first, guint *end) {
  for (guint n = MIN(MAX_DATE_TOKENS, line->n - first); n > 0; n--) {
    g_autofree char *text = join(line, first, first + n);
    char *iso = parse(text);
    if (!iso)
      continue;
    *end = first + n;
    char *with_time = has_time(iso) ? NULL : add_time_before(line, first, iso);
    if (!with_time)
      return iso;
    g_free(iso);
    return with_time;
  }
  return NULL;
}

static void take_label(const Token *token, gboolean *is_updated) {
  static const char *const updated[] = {"updat", "modif", "revis", "edited", "actuali", "aktuali", "jour"};
  static const char *const published[] = {"publi", "posted", "created", "issued",
                                          "first", "veröff", "veroff",  "pubbl"};
  g_autofree char *lower = g_ascii_strdown(token->word, -1);
  for (gsize i = 0; i < G_N_ELEMENTS(updated); i++)
    if (strstr(lower, updated[i]))
      *is_updated = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS(published); i++)
    if (strstr(lower, published[i]))
      *is_updated = FALSE;
}

/* 1574168580, 1574168580000, 20191119130300; a number of another length is what pages are full of. */
static char *parse_number(const char *text) {
  gsize n = strspn(text, "0123456789");
  char *iso = NULL;
  gint32 day;
  if (text[n] || (n != 10 && n != 13 && n != 14))
    return NULL;
  return onr_date_parse_number(text, &iso, &day) ? iso : NULL;
}

char *onr_date_find(const char *text, gsize *at, gsize *begin, gboolean *is_updated) {
  const char *from = text + *at;
  g_autofree char *words = plain(from);
  char *iso = parse_number(g_strstrip(words));
  if (iso) {
    *begin = *at;
    *at += strlen(from);
    return iso;
  }
  g_free(words);
  words = plain(from);
  Line line;
  split(words, &line);
  for (guint i = 0, end; i < line.n; i++) {
    iso = line.tokens[i].begins ? date_at(&line, i, &end) : NULL;
    if (iso) {
      *begin = *at + line.tokens[i].at;
      *at += line.tokens[end - 1].end;
      return iso;
    }
    take_label(&line.tokens[i], is_updated);
  }
  return NULL;
}
