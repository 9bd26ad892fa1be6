/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/visible.h"

#include "text/utf8.h"
#include <string.h>
#include <utf8proc.h>

#define CONTROL_PICTURES 0x2400 /* Unicode block whose first 32 characters picture C0 */
#define PICTURE_OF_DELETE 0x2421
#define REPLACEMENT 0xfffd

static gboolean is_bidi_control(gint32 c) {
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean is_blank(gint32 c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void append_blank(GString *out, gint32 c, OnrVisibleMode mode) {
  if (mode == ONR_VISIBLE_LINES && (c == '\n' || c == '\t'))
    g_string_append_c(out, (char)c);
  else if (mode == ONR_VISIBLE_LINES || !out->len || out->str[out->len - 1] != ' ')
    g_string_append_c(out, ' ');
}

static void append_character(GString *out, gint32 c, OnrVisibleMode mode) {
  if (is_blank(c))
    append_blank(out, c, mode);
  else if (c < 0x20)
    g_string_append_unichar(out, (gunichar)(CONTROL_PICTURES + c));
  else if (c == 0x7f)
    g_string_append_unichar(out, PICTURE_OF_DELETE);
  else if (c >= 0x80 && c < 0xa0)
    g_string_append_unichar(out, REPLACEMENT);
  else if (!is_bidi_control(c))
    g_string_append_unichar(out, (gunichar)c);
}

static void append_valid(GString *out, const char *text, gsize length, OnrVisibleMode mode) {
  const char *end = text + length;
  while (text < end) {
    guint n;
    gint32 c = onr_utf8_get(text, end, &n);
    append_character(out, c, mode);
    text += n;
  }
}

void onr_visible_append(GString *out, const char *text, gssize length, OnrVisibleMode mode) {
  gsize left = length < 0 ? strlen(text) : (gsize)length;
  for (;;) {
    gsize n_valid = onr_utf8_valid_prefix(text, left);
    append_valid(out, text, n_valid, mode);
    text += n_valid;
    left -= n_valid;
    if (!left)
      return;
    gsize n_bad = onr_utf8_bad_length(text, left);
    g_string_append_unichar(out, REPLACEMENT);
    text += n_bad;
    left -= n_bad;
  }
}

char *onr_visible_dup(const char *text, OnrVisibleMode mode) {
  GString *out = g_string_new(NULL);
  onr_visible_append(out, text, -1, mode);
  return g_string_free(out, FALSE);
}

guint onr_visible_width(const char *text, gsize length) {
  const char *end = text + length;
  guint width = 0;
  while (text < end) {
    guint n;
    width += (guint)MAX(utf8proc_charwidth(onr_utf8_get(text, end, &n)), 0);
    text += n;
  }
  return width;
}
