/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/news/html_signs.h"

#include <string.h>

gboolean onr_is_markup(const char *text, gsize length) {
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++) {
    const char *q = p + 1 + (end - p > 1 && p[1] == '/');
    gsize n = 0;
    while (q + n < end && n < 12 && g_ascii_isalnum(q[n]))
      n++;
    gboolean is_name =
        n > 0 && g_ascii_isalpha(*q) && q + n < end && (g_ascii_isspace(q[n]) || q[n] == '>' || q[n] == '/');
    if ((is_name && memchr(q, '>', (gsize)(end - q))) || (end - p > 4 && memcmp(p, "<!--", 4) == 0))
      return TRUE;
    if (is_name) /* no '>' from here on */
      return FALSE;
  }
  return FALSE;
}

#define MAX_TAG_BYTES 2000

/* TRUE where a tag called NAME stands behind P, its '<' or its '/'. */
static gboolean is_tag(const char *p, const char *end, const char *name) {
  gsize n = strlen(name);
  if ((gsize)(end - p) < n + 2 || g_ascii_strncasecmp(p + 1, name, n) != 0)
    return FALSE;
  const char *q = p + 1 + n;
  if (*q != '>' && *q != '/' && !g_ascii_isspace(*q))
    return FALSE;
  const char *close = memchr(q, '>', (gsize)MIN(end - q, MAX_TAG_BYTES));
  return close && !memchr(q, '<', (gsize)(close - q));
}

static gboolean has_tag(const char *text, gsize length, const char *const *names) {
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++)
    for (gsize i = 0; names[i]; i++)
      if (is_tag(p, end, names[i]))
        return TRUE;
  return FALSE;
}

gboolean onr_is_html(const char *text, gsize length) {
  static const char *const tags[] = {"p", "/p", "/div", "/li", "/h1", "/h2", "/h3", "/h4", "/ul", "br", NULL};
  return has_tag(text, length, tags);
}

gboolean onr_has_inline_element(const char *text, gsize length) {
  static const char *const names[] = {"b", "i",   "em",  "strong", "a",   "span",
                                      "u", "sup", "sub", "small",  "font"};
  const char *end = text + length;
  guint begun = 0; /* a bit for each name */
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++) {
    gboolean is_end = end - p > 1 && p[1] == '/';
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
      if (is_tag(p + is_end, end, names[i])) {
        if (is_end && begun & 1u << i)
          return TRUE;
        begun |= is_end ? 0 : 1u << i;
      }
  }
  return FALSE;
}

/* A tag with NAME="VALUE". */
static gboolean has_attribute(const char *text, gsize length) {
  const char *end = text + length;
  for (const char *p = text; (p = memchr(p, '<', (gsize)(end - p))); p++) {
    const char *close = memchr(p, '>', (gsize)MIN(end - p, MAX_TAG_BYTES));
    if (!close || !g_ascii_isalpha(p[1]))
      continue;
    for (const char *q = p + 1; q + 1 < close && *q != '<'; q++)
      if (*q == '=' && (q[1] == '"' || q[1] == '\''))
        return TRUE;
  }
  return FALSE;
}

gboolean onr_is_sure_markup(const char *text, gsize length) {
  static const char *const tags[] = {"wbr",   "img",   "hr",    "figure",   "table",       "/span", "/a",
                                     "/cite", "/q",    "/abbr", "/section", "/blockquote", "/td",   "/pre",
                                     "/code", "/font", "/s",    "/strong",  "/em",         NULL};
  if (!memchr(text, '<', length))
    return FALSE;
  return onr_is_html(text, length) || onr_has_inline_element(text, length) || has_tag(text, length, tags) ||
         has_attribute(text, length) || g_strstr_len(text, (gssize)length, "<!--");
}

gboolean onr_is_html_document(const char *text, gsize length) {
  static const char *const tags[] = {"html", "head", "body", "title", "!doctype", NULL};
  return has_tag(text, length, tags);
}
