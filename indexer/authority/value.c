/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/authority/value.h"

#include "text/utf8.h"

#include <string.h>

#define SHOWN_CHARACTERS 60

static gboolean is_blank(gint32 c) {
  if (c < 0x80)
    return c <= ' ' || c == 0x7f;
  return g_unichar_isspace((gunichar)c) || g_unichar_iscntrl((gunichar)c);
}

void onr_authority_clean(const char *text, gsize length, GString *out) {
  const char *end = text + length, *word = text;
  g_string_truncate(out, 0);
  while (text < end) {
    guint n;
    gint32 c = onr_utf8_get(text, end, &n);
    if (is_blank(c)) {
      g_string_append_len(out, word, text - word);
      word = text + n;
      if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c(out, ' ');
    }
    text += n;
  }
  g_string_append_len(out, word, end - word);
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate(out, out->len - 1);
}

char *onr_authority_shorten(const char *text) {
  if (g_utf8_strlen(text, -1) <= SHOWN_CHARACTERS)
    return g_strdup(text);
  const char *cut = g_utf8_offset_to_pointer(text, SHOWN_CHARACTERS);
  return g_strdup_printf("%.*s…", (int)(cut - text), text);
}

/* --- the time of a role --- */

static const char *trim_end(const char *text, const char *end) {
  while (end > text) {
    const char *last = g_utf8_find_prev_char(text, end);
    guint n;
    if (!last || !is_blank(onr_utf8_get(last, end, &n)))
      break;
    end = last;
  }
  return end;
}

/* An odd number of backslashes before P: an even one is backslashes themselves. */
static gboolean is_escaped(const char *text, const char *p) {
  const char *first = p;
  while (first > text && first[-1] == '\\')
    first--;
  return (p - first) % 2 == 1;
}

/* Digits and hyphens; blanks and the dash of "2004 – 2012" too, so that it is told as a wrong date rather
   than taken for part of the name. */
static gboolean is_like_date(const char *p, const char *end) {
  static const char dash[] = "–";
  gboolean has_digit = FALSE;
  while (p < end) {
    if (g_ascii_isdigit(*p))
      has_digit = TRUE;
    gboolean is_dash = (gsize)(end - p) >= sizeof dash - 1 && memcmp(p, dash, sizeof dash - 1) == 0;
    if (!is_dash && !g_ascii_isdigit(*p) && *p != '-' && *p != ' ')
      return FALSE;
    p += is_dash ? sizeof dash - 1 : 1;
  }
  return has_digit;
}

/* One end of a time; NULL where it is open. FALSE where it is none. */
static gboolean take_end(const char *p, const char *end, char **date) {
  end = trim_end(p, end);
  while (p < end && *p == ' ')
    p++;
  if (p < end && !is_like_date(p, end))
    return FALSE;
  *date = p < end ? g_strndup(p, (gsize)(end - p)) : NULL;
  return TRUE;
}

gsize onr_authority_find_time(const char *text, gsize length, char **from, char **to) {
  const char *end = trim_end(text, text + length);
  *from = *to = NULL;
  if (end == text || end[-1] != ')')
    return length;
  end--;
  const char *bracket = g_strrstr_len(text, end - text, "(");
  if (!bracket || is_escaped(text, bracket))
    return length;
  const char *first = bracket + 1, *dots = g_strstr_len(first, end - first, "..");
  g_autofree char *a = NULL, *b = NULL;
  if (!take_end(first, dots ? dots : end, &a) || !take_end(dots ? dots + 2 : first, end, &b) || (!a && !b))
    return length;
  *from = g_steal_pointer(&a);
  *to = g_steal_pointer(&b);
  return (gsize)(bracket - text);
}
