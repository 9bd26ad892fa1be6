/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "annotate/acronyms.h"

#include "annotate/phrases.h"

#include <string.h>

#define INITIALS_MAX 12
#define MEANING_MIN 3 /* letters */

guint64 onr_initials_key(const OnrReading *r, OnrSpan name, gboolean has_small) {
  char initials[INITIALS_MAX + 1];
  gsize n = 0;
  for (guint32 i = name.begin; i < name.end && n < INITIALS_MAX; i++) {
    char c = r->doc->text[onr_reading_token(r, i)->begin];
    if (g_ascii_isalpha(c) && (has_small || onr_reading_is_capital(r, i)))
      initials[n++] = g_ascii_tolower(c);
    const OnrToken *t = onr_reading_token(r, i);
    for (guint32 p = t->begin; p + 1 < t->end && n && n < INITIALS_MAX; p++) /* Hewlett-Packard */
      if (r->doc->text[p] == '-' && g_ascii_isupper(r->doc->text[p + 1]))
        initials[n++] = g_ascii_tolower(r->doc->text[p + 1]);
  }
  return n > 1 ? onr_word_key(initials, n) : 0;
}

guint64 onr_acronym_key(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  if (!(t->flags & (ONR_TOKEN_ALL_CAPS | ONR_TOKEN_DOTTED)))
    return 0;
  char letters[INITIALS_MAX + 1];
  gsize n = 0;
  for (guint32 p = t->begin; p < onr_token_bare_end(t); p++) {
    char c = r->doc->text[p];
    if (!g_ascii_isalpha(c))
      continue;
    if (n == INITIALS_MAX)
      return 0;
    letters[n++] = g_ascii_tolower(c);
  }
  return n > 1 ? onr_word_key(letters, n) : 0;
}

/* --- what letters mean --- */

static char initial_of(const OnrReading *r, guint32 i) {
  return g_ascii_tolower(r->doc->text[onr_reading_token(r, i)->begin]);
}

static gboolean is_small_word(const OnrReading *r, guint32 i) {
  return onr_reading_equals_any(r, i, "of for and the in on to a");
}

/* Where the words before END begin, no mark between them, whose initials, but for small words, are those of
   the LENGTH bytes at LETTERS; END where there are none. */
static guint32 begin_of_initials(const OnrReading *r, guint32 end, const char *letters, guint32 length) {
  guint32 i = end;
  for (guint32 k = length; k; k--) {
    char letter = g_ascii_tolower(letters[k - 1]);
    while (i > 0 && is_small_word(r, i - 1) && initial_of(r, i - 1) != letter)
      i--;
    if (!i || initial_of(r, i - 1) != letter || !r->words[i - 1].key)
      return end;
    i--;
  }
  return i;
}

static guint32 count_capitals(const OnrReading *r, OnrSpan words) {
  guint32 n = 0;
  for (guint32 i = words.begin; i < words.end; i++)
    n += onr_reading_is_capital(r, i) ? 1 : 0;
  return n;
}

/* Empty where there are none. */
static OnrSpan words_meant(const OnrReading *r, guint32 i) {
  const OnrToken *t = onr_reading_token(r, i);
  guint32 length = t->end - t->begin, open = i - 1;
  gboolean may_be = t->flags & ONR_TOKEN_ALL_CAPS && length >= MEANING_MIN && length <= INITIALS_MAX &&
                    i > 1 && i + 1 < r->n && onr_reading_is_mark(r, open, '(') &&
                    onr_reading_is_mark(r, i + 1, ')');
  if (!may_be)
    return (OnrSpan){0, 0};
  guint32 begin = begin_of_initials(r, open, r->doc->text + t->begin, length);
  OnrSpan words = {begin, open};
  gboolean is_meant = begin < open && !is_small_word(r, begin) && 2 * count_capitals(r, words) < open - begin;
  return is_meant ? words : (OnrSpan){0, 0};
}

static const char *agency_of(const OnrReading *r, guint32 i) {
  static const struct {
    const char *letters, *agency;
  } agencies[] = {{"epa", "European Pressphoto Agency"}, {"dpa", "Deutsche Presse-Agentur"}};
  gboolean is_behind_colon = i > 1 && onr_reading_is_mark(r, i - 1, ':') &&
                             onr_reading_equals_any(r, i - 2, "photo photograph picture image credit");
  if (!i || !(is_behind_colon || onr_reading_equals(r, i - 1, "copyright")))
    return NULL;
  for (guint k = 0; k < G_N_ELEMENTS(agencies); k++)
    if (onr_reading_equals(r, i, agencies[k].letters))
      return agencies[k].agency;
  return NULL;
}

const char *onr_acronym_meaning(const OnrReading *r, guint32 i, GStringChunk *chunk) {
  OnrSpan words = words_meant(r, i);
  return words.end ? onr_reading_text(r, words, chunk) : agency_of(r, i);
}
