/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/notes.h"

#include "text/date.h"

#include <string.h>

/* VALUE's number from MIN to MAX as digits, or NULL. The caller frees it. */
static char *clean_number(const char *value, guint64 min, guint64 max) {
  const char *digits = value + strspn(value, " \t\n\r");
  char *end;
  guint64 number = g_ascii_isdigit(*digits) ? g_ascii_strtoull(digits, &end, 10) : G_MAXUINT64;
  return number >= min && number <= max && end[strspn(end, " \t\n\r")] == '\0'
             ? g_strdup_printf("%" G_GUINT64_FORMAT, number)
             : NULL;
}

static char *clean_date(const char *value) {
  char *iso = NULL;
  gint32 day;
  return onr_date_parse(value, &iso, &day) ? iso : NULL;
}

void onr_news_add_note(OnrArticle *article, const char *name, const char *value) {
  if (!value || article->notes->len >= ONR_MAX_NOTES)
    return;
  g_autofree char *own = NULL;
  if (strcmp(name, ONR_NOTE_UPDATED) == 0 || strcmp(name, ONR_NOTE_EMBARGO) == 0)
    own = clean_date(value);
  else if (strcmp(name, ONR_NOTE_URGENCY) == 0)
    own = clean_number(value, 1, 9);
  else if (strcmp(name, ONR_NOTE_VERSION) == 0)
    own = clean_number(value, 0, G_MAXINT64);
  else
    own = g_strdup(value);
  const char *clean = own ? onr_header_clean(article, own, -1) : NULL;
  if (clean)
    onr_article_add_note(article, name, clean);
}

const char *onr_news_local_code(const char *code) {
  const char *local = code;
  for (const char *p = code; *p; p++)
    if ((*p == ':' || *p == '/' || *p == '#') && p[1])
      local = p + 1;
  return local;
}

/* Addresses of IPTC's NewsCodes, with the aliases that its own catalog gives them. */
static char *shorten(const char *code) {
  static const char *const schemes[][2] = {
      {"mediatopic/", "medtop:"}, {"subjectcode/", "subj:"}, {"genre/", "genre:"}};
  const char *own = strstr(code, "cv.iptc.org/newscodes/");
  own = own ? own + strlen("cv.iptc.org/newscodes/") : code;
  for (gsize i = 0; own > code && i < G_N_ELEMENTS(schemes); i++)
    if (g_str_has_prefix(own, schemes[i][0]))
      return g_strconcat(schemes[i][1], own + strlen(schemes[i][0]), NULL);
  return g_strdup(code);
}

void onr_news_add_subject(OnrArticle *article, const char *code, const char *words) {
  g_autofree char *own = code && *code ? shorten(code) : NULL;
  gboolean has_words = words && *words;
  g_autofree char *both = own && has_words ? g_strconcat(own, " ", words, NULL) : NULL;
  onr_news_add_note(article, ONR_NOTE_SUBJECT, both ? both : own ? own : words);
}

void onr_news_add_notice(OnrArticle *article, const char *kind) {
  static const char *const kinds[] = {"correction", "withhold", "kill"};
  for (guint i = 0; i < article->notes->len; i++) {
    OnrNote *note = &g_array_index(article->notes, OnrNote, i);
    if (strcmp(note->name, ONR_NOTE_NOTICE) != 0)
      continue;
    for (gsize k = 0; k < G_N_ELEMENTS(kinds) && strcmp(kinds[k], kind) != 0; k++)
      if (strcmp(note->value, kinds[k]) == 0)
        note->value = g_string_chunk_insert_const(article->strings, kind);
    return;
  }
  onr_article_add_note(article, ONR_NOTE_NOTICE, kind);
}

void onr_news_add_status(OnrArticle *article, const char *status) {
  const char *local = status ? onr_news_local_code(status) : "";
  if (g_ascii_strcasecmp(local, "canceled") == 0 || g_ascii_strcasecmp(local, "cancelled") == 0)
    onr_news_add_notice(article, "kill");
  else if (g_ascii_strcasecmp(local, "withheld") == 0)
    onr_news_add_notice(article, "withhold");
}

void onr_news_add_updated(OnrArticle *article, const char *value) {
  g_autofree char *iso = value ? clean_date(value) : NULL;
  if (iso && (!article->published || strcmp(iso, article->published) != 0))
    onr_article_add_note(article, ONR_NOTE_UPDATED, iso);
}

static gboolean is_mail_address(const char *words) {
  return strchr(words, '@') && !strpbrk(words, " \t\n");
}

/* Bytes of the "By " that NAME begins with. "Von" and its like may be a name's own: they are no "By" but
 * before two words. */
static gsize by_length(const char *name) {
  static const char *const labels[] = {"by ", "par ", "por ", "von "};
  for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
    gsize n = strlen(labels[i]);
    if (g_ascii_strncasecmp(name, labels[i], n) == 0)
      return i == 0 || (strchr(name + n, ' ') && g_ascii_isupper(name[0]) && !g_ascii_islower(name[n])) ? n
                                                                                                        : 0;
  }
  return 0;
}

char *onr_news_person(const char *words) {
  if (!words)
    return NULL;
  g_autofree char *own = g_strstrip(g_strdup(words));
  char *name = own, *open = strchr(own, '('), *close = strrchr(own, ')');
  char *angle = strchr(own, '<');
  if (open && close && close > open && memchr(own, '@', (gsize)(open - own))) {
    *close = '\0';
    name = open + 1;
  } else if (angle && angle > own && strchr(angle, '@')) {
    *angle = '\0';
  }
  name += by_length(name);
  g_strstrip(name);
  for (gsize n = strlen(name); n > 0 && (name[n - 1] == ',' || g_ascii_isspace(name[n - 1])); n--)
    name[n - 1] = '\0';
  return *name && !is_mail_address(name) && !strstr(name, "://") ? g_strdup(name) : NULL;
}

char *onr_news_place(const char *words) {
  g_autofree char *date = words ? clean_date(words) : NULL;
  return words && !date ? g_strdup(words) : NULL;
}
