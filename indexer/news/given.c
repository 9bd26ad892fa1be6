/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/given.h"

#include "indexer/news/notes.h"
#include "indexer/news/paragraphs.h"
#include "indexer/news/people.h"

#include <string.h>

static void strip(const char **value, gsize *length) {
  while (*length > 0 && g_ascii_isspace(**value)) {
    ++*value;
    --*length;
  }
  while (*length > 0 && g_ascii_isspace((*value)[*length - 1]))
    --*length;
}

static gboolean is_any(const char *value, gsize length, const char *const *words, gsize n_words) {
  for (gsize i = 0; i < n_words; i++)
    if (strlen(words[i]) == length && memcmp(words[i], value, length) == 0)
      return TRUE;
  return FALSE;
}

/* As they are written and in no other case: "Nan" and "Null" are names. */
gboolean onr_given_is_nothing(const char *value, gsize length) {
  static const char *const words[] = {
      "NA",   "N/A",       "n/a", "NaN", "nan", "NAN", "NaT", "<NA>", "#N/A",      "None",      "none",
      "NULL", "undefined", "-",   "--",  "–",   "—",   "\\N", "null", "[deleted]", "[removed]", "[Removed]"};
  strip(&value, &length);
  const gsize longest = strlen("undefined");
  return length == 0 || (length <= longest && is_any(value, length, words, G_N_ELEMENTS(words)));
}

gboolean onr_given_is_doubtful(const char *value, gsize length) {
  static const char *const words[] = {"NA", "N/A", "n/a", "None", "none", "-", "--", "–", "—"};
  strip(&value, &length);
  return is_any(value, length, words, G_N_ELEMENTS(words));
}

gboolean onr_given_is_number(const char *value, gsize length) {
  strip(&value, &length);
  gsize n = 0;
  while (n < length && g_ascii_isdigit(value[n]))
    n++;
  return n > 0 && n == length;
}

static gboolean set_byline(OnrFields *fields, guint rank, const char *line) {
  g_autoptr(GPtrArray) people = onr_people_new();
  onr_people_add(people, line);
  g_autofree char *names = onr_people_join(people);
  return names && onr_fields_set(fields, ONR_HEADER_BYLINE, rank, names, -1);
}

gboolean onr_given_set(OnrFields *fields, OnrHeaderField field, guint rank, const char *value,
                       gssize length) {
  gsize n = length < 0 ? strlen(value) : (gsize)length;
  gboolean is_late = fields->values[field] && fields->ranks[field] <= rank;
  gboolean is_words = field == ONR_HEADER_TITLE || field == ONR_HEADER_BYLINE || field == ONR_HEADER_SECTION;
  if (is_late || onr_given_is_nothing(value, n) ||
      (field == ONR_HEADER_SECTION && onr_given_is_number(value, n)))
    return FALSE;
  gboolean is_marked = memchr(value, '&', n) || memchr(value, '<', n);
  if (!is_words || (field != ONR_HEADER_BYLINE && !is_marked))
    return onr_fields_set(fields, field, rank, value, (gssize)n);
  const char *line = onr_header_clean(fields->article, value, (gssize)n);
  if (!line)
    return FALSE;
  if (field == ONR_HEADER_BYLINE)
    return set_byline(fields, rank, line);
  g_autofree char *plain = onr_plain_words(line);
  return onr_fields_set(fields, field, rank, plain, -1);
}

/* --- text --- */

OnrGivenForm onr_given_form(guint rank) {
  return rank >= ONR_RANK_SUMMARY  ? ONR_GIVEN_SUMMARY
         : rank >= ONR_RANK_MARKUP ? ONR_GIVEN_MARKUP
                                   : ONR_GIVEN_WORDS;
}

static gboolean is_page(const char *value, gsize length) {
  strip(&value, &length);
  return (length > 9 && g_ascii_strncasecmp(value, "<!doctype", 9) == 0) ||
         (length > 5 && g_ascii_strncasecmp(value, "<html", 5) == 0);
}

gboolean onr_given_is_text(const char *value, gsize length, OnrGivenForm form) {
  return !onr_given_is_nothing(value, length) && (form == ONR_GIVEN_WORDS || !is_page(value, length));
}

/* A summary is mostly plain: what only looks like a tag in it are words. */
static gboolean is_plain(const char *text, gsize length, OnrGivenForm form) {
  return form == ONR_GIVEN_SUMMARY && onr_is_markup(text, length) && !onr_is_sure_markup(text, length);
}

/* Bytes of TEXT before "… [+2342 chars]", with which NewsAPI ends what it cut; LENGTH where it does not. */
static gsize cut_rest(const char *text, gsize length) {
  static const char tail[] = " chars]";
  gsize n = length, n_tail = strlen(tail);
  while (n > 0 && g_ascii_isspace(text[n - 1]))
    n--;
  if (n < n_tail || memcmp(text + n - n_tail, tail, n_tail) != 0)
    return length;
  n -= n_tail;
  gsize digits = n;
  while (n > 0 && g_ascii_isdigit(text[n - 1]))
    n--;
  if (digits == n || n < 2 || memcmp(text + n - 2, "[+", 2) != 0)
    return length;
  n -= 2;
  while (n > 0 && g_ascii_isspace(text[n - 1]))
    n--;
  if (n >= 3 && (memcmp(text + n - 3, "…", 3) == 0 || memcmp(text + n - 3, "...", 3) == 0))
    n -= 3;
  while (n > 0 && g_ascii_isspace(text[n - 1]))
    n--;
  return n;
}

gboolean onr_given_set_text(OnrArticle *article, const char *text, gsize length, OnrGivenForm form,
                            guint32 *n_replaced, GError **error) {
  gsize n = cut_rest(text, length);
  const char *extent = n < length ? "stub" : form == ONR_GIVEN_SUMMARY ? "summary" : NULL;
  if (extent && !onr_article_is_kill(article))
    onr_news_add_note(article, ONR_NOTE_EXTENT, extent);
  if (form == ONR_GIVEN_WORDS)
    return onr_article_set_words(article, text, n, n_replaced, error);
  g_auto(OnrParagraphs) body = {0};
  if (is_plain(text, n, form))
    onr_paragraphs_add_plain(&body, text, n);
  else if (!onr_paragraphs_add_markup(&body, text, n, article->title, error))
    return FALSE;
  const char *found = onr_paragraphs_text(&body);
  onr_article_set_text(article, found, strlen(found), n_replaced);
  return TRUE;
}
