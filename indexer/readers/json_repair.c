/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/json_repair.h"

#include "indexer/reader.h"

#include <string.h>

typedef struct {
  const char *p, *end;
  GString *out;
  char open[ONR_MAX_JSON_DEPTH]; /* '{' or '[' */
  guint depth;
  char last; /* of the structure: one of {[,: or 'v' behind a value */
} Repair;

#define MAX_COMMENT_BYTES 4096 /* what opens like a longer one is none: else every mark looks to the end */

/* Behind the comment at P, or what stands for one in scripts and pages; P where there is none. */
static const char *skip_comment(const char *p, const char *end) {
  static const char *const pairs[][2] = {{"//", "\n"}, {"/*", "*/"},      {"<!--", ""},
                                         {"-->", ""},  {"<![CDATA[", ""}, {"]]>", ""}};
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
    gsize n = strlen(pairs[i][0]), n_close = strlen(pairs[i][1]);
    if ((gsize)(end - p) < n || memcmp(p, pairs[i][0], n) != 0)
      continue;
    gsize length = MIN((gsize)(end - p) - n, MAX_COMMENT_BYTES);
    const char *close = n_close > 0 ? g_strstr_len(p + n, (gssize)length, pairs[i][1]) : p + n;
    return close ? close + n_close : p;
  }
  return p;
}

static const char *skip_blank(const char *p, const char *end) {
  for (;;) {
    while (p < end && (guchar)*p <= 0x20)
      p++;
    const char *next = skip_comment(p, end);
    if (next == p)
      return p;
    p = next;
  }
}

static gboolean is_in_object(const Repair *repair) {
  return repair->depth > 0 && repair->open[repair->depth - 1] == '{';
}

static gboolean is_key(const Repair *repair) {
  return is_in_object(repair) && (repair->last == '{' || repair->last == ',');
}

/* Does the quotation mark before P end the string? What follows tells: a colon behind a key; behind a value
 * the end, a bracket, or a comma, behind which an object has its next key. */
static gboolean is_closing(const Repair *repair, const char *p) {
  p = skip_blank(p, repair->end);
  if (p == repair->end)
    return TRUE;
  if (is_key(repair))
    return *p == ':';
  if (*p == '}' || *p == ']')
    return TRUE;
  if (*p != ',')
    return FALSE;
  p = skip_blank(p + 1, repair->end);
  return !is_in_object(repair) || p == repair->end || (*p && strchr("\"'},", *p));
}

/* The escape at P (a backslash), or what was meant by it. Returns the place behind it. */
static const char *take_escape(const char *p, const char *end, GString *out) {
  char c = p + 1 < end ? p[1] : '\0';
  gboolean is_valid = c && strchr("\"\\/bfnrt", c);
  if (c == 'u' && end - p >= 6)
    is_valid = strspn(p + 2, "0123456789abcdefABCDEF") >= 4;
  if (is_valid)
    g_string_append_len(out, p, 2);
  else if (c != '\'')
    g_string_append(out, "\\\\");
  return is_valid ? p + 2 : p + 1;
}

/* The string whose opening mark, QUOTE, is before the place. */
static void take_string(Repair *repair, char quote) {
  GString *out = repair->out;
  const char *p = repair->p;
  g_string_append_c(out, '"');
  while (p < repair->end) {
    if (*p == '\\') {
      p = take_escape(p, repair->end, out);
    } else if (*p == quote && is_closing(repair, p + 1)) {
      p++;
      break;
    } else if (*p == '"') {
      g_string_append(out, "\\\"");
      p++;
    } else if (*p == '\n') {
      g_string_append(out, "\\n");
      p++;
    } else {
      g_string_append_c(out, (guchar)*p < 0x20 ? ' ' : *p);
      p++;
    }
  }
  g_string_append_c(out, '"');
  repair->p = p;
  repair->last = 'v';
}

/* "a": , and "a": } */
static void fill_value(Repair *repair) {
  if (repair->last == ':')
    g_string_append(repair->out, "null");
}

static void close_bracket(Repair *repair) {
  fill_value(repair);
  if (repair->last == ',') /* it is the last written */
    g_string_truncate(repair->out, repair->out->len - 1);
  g_string_append_c(repair->out, repair->open[--repair->depth] == '{' ? '}' : ']');
  repair->last = 'v';
}

static gboolean open_bracket(Repair *repair, char c) {
  if (repair->depth == G_N_ELEMENTS(repair->open))
    return FALSE;
  repair->open[repair->depth++] = c;
  g_string_append_c(repair->out, c);
  repair->last = c;
  return TRUE;
}

static void take_comma(Repair *repair) {
  fill_value(repair);
  if (repair->last == 'v' || repair->last == ':') {
    g_string_append_c(repair->out, ',');
    repair->last = ',';
  }
}

static gboolean take_one(Repair *repair) {
  char c = *repair->p++;
  switch (c) {
  case '{':
  case '[':
    return open_bracket(repair, c);
  case '}':
  case ']':
    close_bracket(repair);
    break;
  case ',':
    take_comma(repair);
    break;
  case '"':
  case '\'':
    take_string(repair, c);
    break;
  case ';':
    break;
  default:
    g_string_append_c(repair->out, c);
    repair->last = c == ':' ? ':' : 'v';
    break;
  }
  return TRUE;
}

char *onr_json_repair(const char *text, gsize length) {
  const char *end = text + length, *begin = skip_blank(text, end);
  while (begin < end && *begin != '{' && *begin != '[')
    begin = skip_blank(begin + 1, end);
  if (begin == end)
    return NULL;
  g_autoptr(GString) out = g_string_sized_new(length + 16);
  Repair repair = {.p = begin, .end = end, .out = out};
  do {
    repair.p = skip_blank(repair.p, end);
    if (repair.p < end && !take_one(&repair))
      return NULL;
  } while (repair.p < end && repair.depth > 0);
  while (repair.depth > 0)
    close_bracket(&repair);
  return g_strdup(out->str);
}
