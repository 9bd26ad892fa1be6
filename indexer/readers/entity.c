/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "indexer/readers/entity.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_ENTITY_BYTES 12 /* "&thetasym;" and "&#x10ffff;" fit */

/* HTML has these in capitals too, and old wire systems wrote them so. */
static gunichar code_point_in_capitals(const char *name) {
  static const char *const names[] = {"AMP", "LT", "GT", "QUOT"};
  static const char characters[] = {'&', '<', '>', '"'};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(names[i], name) == 0)
      return (gunichar)characters[i];
  return 0;
}

static gunichar code_point_of(const char *name) {
  if (*name != '#') {
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : code_point_in_capitals(name);
  }
  gboolean is_hex = name[1] == 'x' || name[1] == 'X';
  guint64 value = g_ascii_strtoull(name + (is_hex ? 2 : 1), NULL, is_hex ? 16 : 10);
  return value <= 0x10ffff && g_unichar_validate((gunichar)value) ? (gunichar)value : 0;
}

const char *onr_entity_append(const char *p, const char *end, GString *out) {
  const char *semicolon = memchr(p, ';', MIN((gsize)(end - p), MAX_ENTITY_BYTES));
  if (!semicolon || semicolon == p + 1)
    return NULL;
  char name[MAX_ENTITY_BYTES];
  gsize n = (gsize)(semicolon - p - 1);
  memcpy(name, p + 1, n);
  name[n] = '\0';
  gunichar c = strcmp(name, "apos") == 0 ? '\'' : code_point_of(name); /* &apos; is XML's */
  if (c == 0)
    return NULL;
  g_string_append_unichar(out, c);
  return semicolon + 1;
}

GString *onr_entity_decode_bytes(const char *text, gsize length) {
  GString *out = g_string_sized_new(length);
  const char *end = text + length;
  while (text < end) {
    const char *next = *text == '&' ? onr_entity_append(text, end, out) : NULL;
    if (!next)
      g_string_append_c(out, *text);
    text = next ? next : text + 1;
  }
  return out;
}

char *onr_entity_decode(const char *text) {
  return g_string_free(onr_entity_decode_bytes(text, strlen(text)), FALSE);
}
