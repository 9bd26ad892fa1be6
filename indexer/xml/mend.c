/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/xml/mend.h"

#include "indexer/readers/entity.h"
#include "indexer/xml/scan.h"

#include <string.h>

typedef struct {
  const char *name;
  gsize length;
} Open;

typedef struct {
  GString *out;
  GArray *open; /* Open, the outermost first */
  guint32 n_replaced;
  gboolean is_over; /* the outermost element was closed */
} Mend;

/* XML 1.0, 2.2: what a document may hold; UTF-8 was checked before. */
static gboolean is_char(gunichar c) {
  return c >= 0x20 ? c != 0xfffe && c != 0xffff && !(c >= 0xd800 && c < 0xe000) && c <= 0x10ffff
                   : c == '\t' || c == '\n' || c == '\r';
}

static void add_replacement(Mend *mend) {
  g_string_append(mend->out, "\xef\xbf\xbd");
  mend->n_replaced++;
}

/* The numeric reference at P, a "&#"; the place behind it, or NULL where it is none. */
static const char *add_number(Mend *mend, const char *p, const char *end) {
  const char *q = p + 2;
  gboolean is_hex = q < end && (*q == 'x' || *q == 'X');
  q += is_hex;
  const char *digits = q;
  gunichar c = 0;
  for (; q < end && (is_hex ? g_ascii_isxdigit(*q) : g_ascii_isdigit(*q)); q++)
    c = MIN(c * (is_hex ? 16 : 10) + (gunichar)g_ascii_xdigit_value(*q), 0x110000);
  if (q == digits || q >= end || *q != ';')
    return NULL;
  if (is_char(c))
    g_string_append_len(mend->out, p, q + 1 - p);
  else
    add_replacement(mend);
  return q + 1;
}

/* What the '&' at P stands for; the place behind it. */
static const char *add_reference(Mend *mend, const char *p, const char *end) {
  static const char *const own[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
  for (gsize i = 0; i < G_N_ELEMENTS(own); i++)
    if ((gsize)(end - p) >= strlen(own[i]) && memcmp(p, own[i], strlen(own[i])) == 0) {
      g_string_append(mend->out, own[i]);
      return p + strlen(own[i]);
    }
  const char *next =
      end - p > 2 && p[1] == '#' ? add_number(mend, p, end) : onr_entity_append(p, end, mend->out);
  if (!next)
    g_string_append(mend->out, "&amp;");
  return next ? next : p + 1;
}

/* Text or an attribute's value. */
static void add_text(Mend *mend, const char *p, const char *end) {
  while (p < end && mend->out->len <= ONR_MAX_MENDED_BYTES) {
    if (*p == '&') {
      p = add_reference(mend, p, end);
      continue;
    }
    const char *next = g_utf8_next_char(p);
    if (*p == '<')
      g_string_append(mend->out, "&lt;");
    else if (*p == '>')
      g_string_append(mend->out, "&gt;");
    else if (*p == '"')
      g_string_append(mend->out, "&quot;");
    else if (is_char(g_utf8_get_char(p)))
      g_string_append_len(mend->out, p, next - p);
    else
      add_replacement(mend);
    p = next;
  }
}

static gboolean was_before(const OnrXmlToken *tag, const OnrXmlAttribute *attribute) {
  OnrXmlAttribute a;
  for (const char *at = NULL; onr_xml_next_attribute(tag, &at, &a) && a.name < attribute->name;)
    if (a.name_length == attribute->name_length && memcmp(a.name, attribute->name, a.name_length) == 0)
      return TRUE;
  return FALSE;
}

#define MAX_ATTRIBUTES 64 /* of a tag that is mended: each is compared with all before it */

static void add_tag(Mend *mend, const OnrXmlToken *tag, gboolean is_empty) {
  g_string_append_c(mend->out, '<');
  g_string_append_len(mend->out, tag->name, (gssize)tag->name_length);
  OnrXmlAttribute a;
  guint n = 0;
  for (const char *at = NULL; n < MAX_ATTRIBUTES && onr_xml_next_attribute(tag, &at, &a); n++) {
    if (was_before(tag, &a))
      continue;
    g_string_append_c(mend->out, ' ');
    g_string_append_len(mend->out, a.name, (gssize)a.name_length);
    g_string_append(mend->out, "=\"");
    add_text(mend, a.value, a.value + a.value_length);
    g_string_append_c(mend->out, '"');
  }
  g_string_append(mend->out, is_empty ? "/>" : ">");
}

static void close_last(Mend *mend) {
  const Open *last = &g_array_index(mend->open, Open, mend->open->len - 1);
  g_string_append(mend->out, "</");
  g_string_append_len(mend->out, last->name, (gssize)last->length);
  g_string_append_c(mend->out, '>');
  g_array_set_size(mend->open, mend->open->len - 1);
  mend->is_over = mend->open->len == 0;
}

/* Closes what stands open inside the element that the tag ends, and it; an end of nothing is passed over. */
static void end_element(Mend *mend, const OnrXmlToken *tag) {
  guint i = mend->open->len;
  while (i > 0) {
    const Open *open = &g_array_index(mend->open, Open, i - 1);
    if (open->length == tag->name_length && memcmp(open->name, tag->name, open->length) == 0)
      break;
    i--;
  }
  while (i > 0 && mend->open->len >= i)
    close_last(mend);
}

/* HTML's elements that have no end, where HTML was put into XML as it was; "link" is a feed's own. */
static gboolean is_void(const OnrXmlToken *tag) {
  static const char *const names[] = {"br", "img", "hr", "wbr", "input", "meta", "area", "embed", "param"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (strlen(names[i]) == tag->name_length &&
        g_ascii_strncasecmp(tag->name, names[i], tag->name_length) == 0)
      return TRUE;
  return FALSE;
}

static void add_token(Mend *mend, const OnrXmlToken *token) {
  Open open = {token->name, token->name_length};
  gboolean is_inside = mend->open->len > 0;
  switch (token->kind) {
  case ONR_XML_START:
    add_tag(mend, token, is_void(token));
    if (!is_void(token))
      g_array_append_val(mend->open, open);
    break;
  case ONR_XML_EMPTY:
    add_tag(mend, token, TRUE);
    break;
  case ONR_XML_END:
    end_element(mend, token);
    break;
  case ONR_XML_TEXT:
    if (is_inside)
      add_text(mend, token->begin, token->end);
    break;
  case ONR_XML_CDATA: /* as text: a character that must not be there cannot be escaped in it */
    for (const char *p = token->begin + 9; is_inside && p < token->end - 3; p = g_utf8_next_char(p))
      if (*p == '&')
        g_string_append(mend->out, "&amp;");
      else
        add_text(mend, p, g_utf8_next_char(p));
    break;
  default:
    break;
  }
}

static gboolean is_over_limit(const Mend *mend) {
  return mend->open->len > ONR_MAX_XML_DEPTH || mend->out->len > ONR_MAX_MENDED_BYTES;
}

GString *onr_xml_mend(const char *text, gsize length, guint32 *n_replaced) {
  Mend mend = {.out = g_string_sized_new(length + 1), .open = g_array_new(FALSE, FALSE, sizeof(Open))};
  OnrXmlScan scan = {.at = text, .end = text + length};
  OnrXmlToken token;
  while (!mend.is_over && !is_over_limit(&mend) && onr_xml_next(&scan, &token))
    add_token(&mend, &token);
  gboolean is_over = is_over_limit(&mend);
  while (!is_over && mend.open->len > 0)
    close_last(&mend);
  g_array_unref(mend.open);
  *n_replaced += is_over ? 0 : mend.n_replaced;
  if (!is_over)
    return mend.out;
  g_string_free(mend.out, TRUE);
  return NULL;
}
