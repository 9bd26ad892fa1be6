/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/exports/sgml_scan.h"

#include "indexer/readers/entity.h"

#include <string.h>

#define MAX_TAG_BYTES 2000

/* The '>' of the tag at P, or NULL. IS_OPEN: no comment ends from here on. */
static const char *find_close(const char *p, const char *end, gboolean *is_open) {
  gsize room = MIN((gsize)(end - p), MAX_TAG_BYTES);
  gboolean is_comment = room > 4 && memcmp(p, "<!--", 4) == 0;
  if (is_comment) {
    const char *dashes = *is_open ? NULL : g_strstr_len(p + 4, end - p - 4, "-->");
    *is_open = !dashes;
    return dashes ? dashes + 2 : NULL;
  }
  const char *close = memchr(p, '>', room);
  const char *open = close ? memchr(p + 1, '<', (gsize)(close - p - 1)) : NULL;
  return open ? NULL : close;
}

static gboolean may_be_tag(const char *p, const char *end) {
  if (end - p < 3)
    return FALSE;
  char c = p[1] == '/' ? p[2] : p[1];
  return g_ascii_isalpha(c) || p[1] == '!' || p[1] == '?';
}

static void take_name(const char *p, const char *close, OnrSgmlToken *token) {
  gsize n = 0;
  for (; p < close && (g_ascii_isalnum(*p) || *p == '_' || *p == '-'); p++)
    if (n < sizeof token->name - 1)
      token->name[n++] = g_ascii_toupper(*p);
  token->name[n] = '\0';
  token->text = p;
  token->length = (gsize)(close - p);
}

gboolean onr_sgml_next(const char **at, const char *end, OnrSgmlToken *token) {
  const char *p = *at;
  if (p >= end)
    return FALSE;
  const char *close = *p == '<' && may_be_tag(p, end) ? find_close(p, end, &token->is_open) : NULL;
  if (close) {
    gboolean is_end = p[1] == '/';
    token->kind = is_end ? ONR_SGML_END : ONR_SGML_START;
    take_name(p + (is_end ? 2 : 1), close, token);
    *at = close + 1;
    return TRUE;
  }
  const char *next = memchr(p + 1, '<', (gsize)(end - p - 1));
  *token = (OnrSgmlToken){.kind = ONR_SGML_TEXT,
                          .text = p,
                          .length = (gsize)((next ? next : end) - p),
                          .is_open = token->is_open};
  *at = next ? next : end;
  return TRUE;
}

/* The value at P, behind "NAME=". The caller frees it. */
static char *take_value(const char *p, const char *end) {
  const char *close = *p == '"' || *p == '\'' ? memchr(p + 1, *p, (gsize)(end - p - 1)) : NULL;
  const char *begin = close ? p + 1 : p;
  if (!close)
    for (close = p; close < end && !g_ascii_isspace(*close);)
      close++;
  g_autoptr(GString) value = g_string_new(NULL);
  onr_sgml_append_text(begin, (gsize)(close - begin), value);
  return g_strstrip(g_string_free(g_steal_pointer(&value), FALSE));
}

char *onr_sgml_attribute(const OnrSgmlToken *token, const char *name) {
  const char *end = token->text + token->length;
  gsize n = strlen(name);
  for (const char *p = token->text; p + n < end; p++) {
    if (!g_ascii_isspace(*p) || (gsize)(end - p) <= n + 1 || g_ascii_strncasecmp(p + 1, name, n) != 0)
      continue;
    const char *q = p + 1 + n;
    while (q < end && g_ascii_isspace(*q))
      q++;
    if (q + 1 >= end || *q++ != '=')
      continue;
    while (q < end && g_ascii_isspace(*q))
      q++;
    return q < end ? take_value(q, end) : NULL;
  }
  return NULL;
}

static gboolean is_control(guchar c) {
  return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f;
}

/* "&#3;": its bytes; 0 for what is no reference of a control character. */
static gsize control_reference(const char *p, const char *end) {
  gsize n = 2, value = 0;
  if (end - p < 4 || p[1] != '#')
    return 0;
  while (p + n < end && n < 6 && g_ascii_isdigit(p[n]))
    value = value * 10 + (gsize)(p[n++] - '0');
  return n > 2 && p + n < end && p[n] == ';' && value < 0x20 && is_control((guchar)value) ? n + 1 : 0;
}

/* Marks of typesetting in wire copy: "&UR;", "&Cx1f;"; their bytes, or 0. */
static gsize typesetting_mark(const char *p, const char *end) {
  static const char *const marks[] = {"&UR;", "&LR;", "&QL;", "&QC;", "&QR;"};
  for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
    if ((gsize)(end - p) >= strlen(marks[i]) && memcmp(p, marks[i], strlen(marks[i])) == 0)
      return strlen(marks[i]);
  gboolean is_code = end - p >= 6 && memcmp(p, "&Cx", 3) == 0 && g_ascii_isxdigit(p[3]) && p[5] == ';';
  return is_code && g_ascii_isxdigit(p[4]) ? 6 : 0;
}

void onr_sgml_append_text(const char *text, gsize length, GString *out) {
  const char *p = text, *end = text + length;
  while (p < end) {
    gsize n = *p == '&' ? control_reference(p, end) : 0, n_mark = *p == '&' ? typesetting_mark(p, end) : 0;
    gboolean is_between_blanks = n_mark > 0 && p + n_mark < end && p[n_mark] == ' ' && out->len > 0 &&
                                 g_ascii_isspace(out->str[out->len - 1]);
    n = MAX(n, n_mark + (is_between_blanks ? 1 : 0));
    const char *after = *p == '&' && n == 0 ? onr_entity_append(p, end, out) : NULL;
    if (n == 0 && !after && !is_control((guchar)*p))
      g_string_append_c(out, *p);
    p = after ? after : p + MAX(n, 1);
  }
}
