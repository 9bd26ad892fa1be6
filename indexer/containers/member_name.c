/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/containers/member_name.h"

#include "indexer/container.h"

#include <string.h>

static gboolean is_shown(gunichar c) {
  return !g_unichar_iscntrl(c);
}

/* "./a" and "/a" are "a": one file, however it was packed. ".." stays, as the name that it is. */
static const char *skip_root(const char *raw) {
  while (*raw == '/' || (raw[0] == '.' && raw[1] == '/'))
    raw += *raw == '/' ? 1 : 2;
  return raw;
}

/* Bytes of the one character at P if it is valid UTF-8 that may be shown, else 0. */
static gsize good_bytes(const char *p) {
  gunichar c = g_utf8_get_char_validated(p, -1);
  gboolean is_good = c != (gunichar)-1 && c != (gunichar)-2 && is_shown(c);
  return is_good ? (gsize)(g_utf8_next_char(p) - p) : 0;
}

char *onr_member_name(const char *raw) {
  GString *name = g_string_new(NULL);
  for (const char *p = skip_root(raw ? raw : ""); *p;) {
    gsize n = good_bytes(p), before = name->len;
    if (n > 0)
      g_string_append_len(name, p, (gssize)n);
    else
      g_string_append_printf(name, "\\x%02X", (guchar)*p);
    if (name->len > ONR_MAX_MEMBER_BYTES) {
      g_string_truncate(name, before);
      break;
    }
    p += MAX(n, 1);
  }
  return g_string_free(name, FALSE);
}

gboolean onr_member_is_hidden(const char *name) {
  g_auto(GStrv) parts = g_strsplit(name, "/", -1);
  for (char **part = parts; *part; part++) {
    gboolean is_step = strcmp(*part, ".") == 0 || strcmp(*part, "..") == 0;
    if ((**part == '.' && !is_step) || strcmp(*part, "__MACOSX") == 0)
      return TRUE;
  }
  return FALSE;
}
