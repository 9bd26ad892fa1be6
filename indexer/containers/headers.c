/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/headers.h"

#include <string.h>

#define MEDIA_TYPE_MAX 60 /* bytes; longer ones are cut */

gsize onr_headers_length(const char *bytes, gsize n_bytes) {
  const char *end = bytes + n_bytes, *at = bytes, *lf;
  while ((lf = memchr(at, '\n', (gsize)(end - at)))) {
    if (lf == at || (lf == at + 1 && *at == '\r'))
      return (gsize)(lf + 1 - bytes);
    at = lf + 1;
  }
  return 0;
}

static gboolean is_named(const char *line, gsize length, const char *name) {
  gsize n = strlen(name);
  if (length <= n || g_ascii_strncasecmp(line, name, n) != 0)
    return FALSE;
  while (n < length && (line[n] == ' ' || line[n] == '\t'))
    n++;
  return n < length && line[n] == ':';
}

/* The line that begins at AT, with those folded below it. */
static gsize folded_length(const char *at, const char *end) {
  const char *p = at;
  do {
    const char *lf = memchr(p, '\n', (gsize)(end - p));
    p = lf ? lf + 1 : end;
  } while (p < end && (*p == ' ' || *p == '\t'));
  return (gsize)(p - at);
}

char *onr_headers_get(const char *block, gsize n_bytes, const char *name) {
  const char *end = block + n_bytes;
  for (const char *at = block; at < end;) {
    gsize n = folded_length(at, end);
    if (is_named(at, n, name)) {
      const char *colon = memchr(at, ':', n);
      g_autofree char *value = g_strndup(colon + 1, n - (gsize)(colon + 1 - at));
      return g_strdup(g_strstrip(g_strdelimit(value, "\r\n\t", ' ')));
    }
    at += n;
  }
  return NULL;
}

/* Of a parameter's value: without quotes, up to its end. */
static char *parameter_value(const char *p) {
  p += strspn(p, " \"'");
  gsize n = strcspn(p, " \"';,");
  return n > 0 ? g_strndup(p, n) : NULL;
}

static char *find_charset(const char *parameters) {
  g_autofree char *lower = g_ascii_strdown(parameters, -1);
  const char *at = strstr(lower, "charset");
  if (!at)
    return NULL;
  const char *p = parameters + (at - lower) + strlen("charset");
  p += strspn(p, " ");
  return *p == '=' ? parameter_value(p + 1) : NULL;
}

char *onr_media_type(const char *value, char **charset) {
  if (!value)
    value = "";
  gsize n = strcspn(value, ";, ");
  *charset = find_charset(value + n);
  char *type = g_ascii_strdown(value, (gssize)MIN(n, MEDIA_TYPE_MAX));
  for (char *p = type; *p; p++)
    if (!g_ascii_isgraph(*p))
      *p = '?';
  return type;
}
